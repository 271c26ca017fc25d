//! Turns a plan into the instants and days it can mean, seen from now.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Weekday};
use chrono_tz::Tz;

use super::Toward;
use super::lunar::{after_tet, before_tet};
use super::piece::{Clock, Day, Form, Month, Part, Span, Turn, Way, usual_hours};
use super::plan::Plan;
use super::wall::{instant, instants};
use crate::sla::hours::Hours;

/// A date without a year that lies no further behind is taken as past, not as next year's.
const LATELY_DAYS: u64 = 60;

/// Of what happened, a date without a year is the nearest one.
const HALF_YEAR_DAYS: u64 = 183;

/// Until here an hour that no day goes with belongs to the coming night.
const END_OF_NIGHT: i32 = 6 * 60;

/// The last minute of a day, so that what is shown back bears the date that was named.
const LAST_MINUTE: i32 = 24 * 60 - 1;

/// An hour without a day may lie across midnight, but no farther than this (ms): 12 h.
const ACROSS_MIDNIGHT: i64 = 12 * 60 * 60 * 1_000;

/// Where one is when one reads, and which way one looks.
pub(super) struct Present<'a> {
    pub zone: Tz,
    pub now: i64,
    pub wall: NaiveDateTime,
    pub toward: Toward,
    pub office: Option<&'a Hours>,
}

impl Present<'_> {
    /// The instant at a minute of a date; minutes outside of 0 to 1440 lie in the days around it. Of a time that comes twice
    /// the first, or if that is over the second, where one looks ahead.
    fn at_minute(&self, date: NaiveDate, minute: i32) -> Option<i64> {
        let shown =
            date.and_time(chrono::NaiveTime::MIN).checked_add_signed(TimeDelta::minutes(minute.into()))?;
        let (first, last) = instants(self.zone, shown)?;
        let is_over = self.toward != Toward::Past && first <= self.now && last > self.now;
        Some(if is_over { last } else { first })
    }

    fn fits(&self, at: i64) -> bool {
        match self.toward {
            Toward::Promise | Toward::Soon => at > self.now,
            Toward::Past => at <= self.now,
        }
    }

    /// When the office closes on a date; nothing where it does not open or never closes.
    fn office_closes(&self, date: NaiveDate) -> Option<i64> {
        let office = self.office.filter(|office| !office.never_closes())?;
        let (from, to) = (self.at_minute(date, 0)?, self.at_minute(date, 24 * 60)?);
        office.open_between(from, to).last().map(|(_, closes)| *closes)
    }
}

/// What the plans for one phrase come to, all together.
#[derive(Default)]
pub(super) struct Found {
    /// The instants on the side of now that is looked at.
    pub fitting: BTreeSet<i64>,
    pub days: BTreeSet<NaiveDate>,
    /// The instants on the other side.
    pub missed: BTreeSet<i64>,
    /// What may be meant where the hour that was said is over.
    pub instead: BTreeSet<i64>,
    /// The hours (in minutes) to choose from, where a day has none.
    pub hours: BTreeSet<u16>,
    /// The same where a part of the day was named; `toi` may be `tối`, and then its hours are the better guess.
    pub hours_of_part: BTreeSet<u16>,
}

/// The days that are meant.
enum Dates {
    /// No day was named.
    Unnamed,
    /// Each of them can be meant.
    Any(Vec<NaiveDate>),
    /// The first, or the second where the first is over; of what happened, where the first is still to come.
    Coming(NaiveDate, NaiveDate),
}

impl Found {
    /// Adds what the plan can mean. None where it means nothing, such as 30 February.
    pub fn add(&mut self, plan: &Plan, present: &Present<'_>) -> Option<()> {
        match plan.span {
            Some(span) => self.add_span(plan, span, present),
            None => self.add_dates(plan, dates(plan, present)?, present),
        }
    }

    fn add_span(&mut self, plan: &Plan, span: Span, present: &Present<'_>) -> Option<()> {
        let today = present.wall.date();
        let is_ago = match (present.toward, span.way) {
            (Toward::Past, Way::Ahead) | (Toward::Promise | Toward::Soon, Way::Ago) => return None,
            (Toward::Past, _) => true,
            (Toward::Promise | Toward::Soon, _) => false,
        };
        if span.working_days > 0 {
            // The day itself is not counted, as the law counts.
            let date = present.office?.open_date_after(today, span.working_days).filter(|_| !is_ago)?;
            if plan.names_hour() {
                return self.add_dates(plan, Dates::Any(vec![date]), present);
            }
            let closes = present.office_closes(date).or_else(|| present.at_minute(date, LAST_MINUTE))?;
            self.add_instant(closes, present);
            return Some(());
        }
        let date = if is_ago {
            let months = today.checked_sub_months(Months::new(span.months))?;
            months.checked_sub_days(Days::new(span.days.into()))?
        } else {
            months_later(today, span.months)?.checked_add_days(Days::new(span.days.into()))?
        };
        if plan.names_hour() {
            return self.add_dates(plan, Dates::Any(vec![date]), present);
        }
        let same_time = if date == today {
            present.now
        } else {
            instant(present.zone, date.and_time(present.wall.time()))?
        };
        let minutes = 60_000 * i64::from(span.minutes);
        let at = if is_ago { same_time.checked_sub(minutes) } else { same_time.checked_add(minutes) };
        self.add_instant(at?, present);
        span.or_clock
            .map_or(Some(()), |clock| self.add_dates(&Plan::of_clock(clock), Dates::Unnamed, present))
    }

    fn add_instant(&mut self, at: i64, present: &Present<'_>) {
        if present.fits(at) {
            self.fitting.insert(at)
        } else {
            self.missed.insert(at)
        };
    }

    fn add_dates(&mut self, plan: &Plan, dates: Dates, present: &Present<'_>) -> Option<()> {
        let asks_day = matches!(&dates, Dates::Any(dates) if dates.len() > 1);
        if !plan.names_hour() && (asks_day || !plan.whole) {
            return self.add_days(plan, dates, present);
        }
        let on = |date: NaiveDate| instants_on(plan, date, present);
        let fits = |instants: &[i64]| instants.iter().any(|at| present.fits(*at));
        let instants: Vec<i64> = match dates {
            // The office closes at no hour of a day on which it does not open: the hour is asked for.
            Dates::Any(dates) if plan.office_closes && dates.iter().all(|date| on(*date).is_empty()) => {
                return self.add_days(plan, Dates::Any(dates), present);
            }
            Dates::Unnamed if plan.office_closes && on(present.wall.date()).is_empty() => {
                return self.add_days(plan, Dates::Unnamed, present);
            }
            Dates::Coming(first, later)
                if plan.office_closes && on(first).is_empty() && on(later).is_empty() =>
            {
                return self.add_days(plan, Dates::Coming(first, later), present);
            }
            Dates::Any(dates) => {
                let all: Vec<i64> = dates.iter().copied().flat_map(on).collect();
                if let [only] = dates.as_slice()
                    && self.add_over(plan, *only, &all, present)
                {
                    return Some(());
                }
                all
            }
            Dates::Coming(first, later) => {
                let mut all = on(first);
                if present.toward == Toward::Past {
                    if fits(&all) { all } else { on(later) }
                } else {
                    let usual = usual_instant(plan, first, present).filter(|at| *at <= present.now);
                    if usual.is_some() || !fits(&all) {
                        all.extend(on(later));
                    }
                    if self.add_over(plan, first, &all, present) {
                        return Some(());
                    }
                    all
                }
            }
            Dates::Unnamed => self.unnamed(plan, present)?,
        };
        (!instants.is_empty()).then_some(())?;
        instants.into_iter().for_each(|at| self.add_instant(at, present));
        Some(())
    }

    /// "thứ tư tuần này 9h" on that Wednesday at ten: nine is over, and to take the only hour that is left would be a guess.
    /// Whether that is so.
    fn add_over(&mut self, plan: &Plan, date: NaiveDate, all: &[i64], present: &Present<'_>) -> bool {
        if present.toward == Toward::Past || date != present.wall.date() {
            return false;
        }
        let Some(usual) = usual_instant(plan, date, present).filter(|at| *at <= present.now) else {
            return false;
        };
        let left: BTreeSet<i64> = all.iter().copied().filter(|at| *at > present.now).collect();
        if left.len() != 1 {
            return false;
        }
        self.missed.insert(usual);
        self.instead.extend(left);
        true
    }

    /// The instants of an hour that no day goes with.
    fn unnamed(&mut self, plan: &Plan, present: &Present<'_>) -> Option<Vec<i64>> {
        let today = present.wall.date();
        let instants = instants_on(plan, today, present);
        let is_near = |at: &i64| present.fits(*at) && (at - present.now).abs() <= ACROSS_MIDNIGHT;
        match present.toward {
            Toward::Promise => {
                let is_of_the_night = |minute: &i32| *minute < END_OF_NIGHT;
                let sure = minutes(plan, true, present);
                let lie_behind = instants.iter().all(|at| *at <= present.now);
                if lie_behind && sure.len() == 1 && sure.iter().all(is_of_the_night) {
                    let tomorrow = instants_on(plan, today.succ_opt()?, present);
                    return Some(instants.into_iter().chain(tomorrow).collect());
                }
                Some(instants)
            }
            Toward::Soon => {
                // `8:00` here is as it is written: what is under way is told of in hours of 24.
                let mut written = *plan;
                if let (Some(clock), None, None) = (&mut written.clock, plan.part, plan.half) {
                    clock.form = Form::Clear;
                }
                let instants = instants_on(&written, today, present);
                let tomorrow = instants_on(&written, today.succ_opt()?, present);
                let near = instants.iter().chain(&tomorrow).copied().filter(is_near).min();
                if near.is_none() {
                    self.instead.extend(tomorrow);
                    return Some(instants);
                }
                near.map(|first| vec![first])
            }
            Toward::Past => {
                if instants.iter().any(|at| present.fits(*at)) {
                    return Some(instants);
                }
                let yesterday: Vec<i64> =
                    instants_on(plan, today.pred_opt()?, present).into_iter().filter(is_near).collect();
                Some(if yesterday.is_empty() { instants } else { yesterday })
            }
        }
    }

    /// Days without an hour.
    fn add_days(&mut self, plan: &Plan, dates: Dates, present: &Present<'_>) -> Option<()> {
        let end = plan.part.map_or(24 * 60, Part::end);
        let is_over = |date: NaiveDate| present.at_minute(date, end).is_none_or(|at| at <= present.now);
        let is_to_come = |date: NaiveDate| present.at_minute(date, 0).is_none_or(|at| at > present.now);
        let misses = |date: NaiveDate| match present.toward {
            Toward::Promise | Toward::Soon => is_over(date),
            Toward::Past => is_to_come(date),
        };
        let dates = match dates {
            Dates::Unnamed => vec![present.wall.date()],
            Dates::Any(dates) => dates,
            Dates::Coming(first, later) => vec![if misses(first) { later } else { first }],
        };
        for date in dates {
            if misses(date) {
                let begins = if plan.part.is_some() && present.toward != Toward::Past { end } else { 0 };
                self.missed.insert(present.at_minute(date, begins)?);
            } else {
                self.days.insert(date);
                let hours = if plan.part.is_some() { &mut self.hours_of_part } else { &mut self.hours };
                hours.extend(usual_hours(plan.part).iter().map(|hour| hour * 60));
            }
        }
        Some(())
    }
}

/// The instants that the plan can mean on a date.
fn instants_on(plan: &Plan, date: NaiveDate, present: &Present<'_>) -> Vec<i64> {
    if plan.office_closes {
        return present.office_closes(date).into_iter().collect();
    }
    let minutes = minutes(plan, date == present.wall.date(), present);
    minutes.into_iter().filter_map(|minute| present.at_minute(date, minute)).collect()
}

/// The one instant that the plan would mean on a date if it were not today, where that is only one.
fn usual_instant(plan: &Plan, date: NaiveDate, present: &Present<'_>) -> Option<i64> {
    if plan.office_closes {
        return present.office_closes(date);
    }
    match minutes(plan, false, present).as_slice() {
        [only] => present.at_minute(date, *only),
        _ => None,
    }
}

/// The minutes of a day that the plan can mean, the usual one first.
fn minutes(plan: &Plan, is_today: bool, present: &Present<'_>) -> Vec<i32> {
    if plan.same_time {
        let time = present.wall.time();
        return vec![(60 * time.hour() + time.minute()).cast_signed()];
    }
    let Some(clock) = plan.clock else {
        // "trong sáng mai" ends with the morning.
        return vec![plan.part.map_or(LAST_MINUTE, |part| part.end().min(LAST_MINUTE))];
    };
    let hour = clock.hour.cast_signed();
    let hours = match (plan.half, plan.part) {
        (Some(half), Some(part)) => {
            let of_part = part.hours(clock.hour);
            half.hours(clock.hour).into_iter().filter(|hour| of_part.contains(hour)).collect()
        }
        (Some(part), None) | (None, Some(part)) => part.hours(clock.hour),
        (None, None) if clock.is_open() => open_hours(clock, is_today || plan.opens.is_some()),
        (None, None) => vec![hour],
    };
    let all = hours.into_iter().map(|hour| 60 * hour + clock.minutes).filter(|minute| *minute >= 0);
    let Some(opens) = plan.opens else { return all.collect() };
    // A window may close in the night after it opens; any other end before its beginning is a slip.
    let closes = |minute: i32| {
        let in_the_night_after = (minute < END_OF_NIGHT).then_some(minute + 24 * 60);
        if minute > opens { Some(minute) } else { in_the_night_after }
    };
    let mut ends: Vec<i32> = all.filter_map(closes).collect();
    ends.sort_unstable();
    ends.truncate(1);
    ends
}

/// A desk works by day: on another day `9h` is in the morning; `5h` can be either and is asked.
fn open_hours(clock: Clock, is_today: bool) -> Vec<i32> {
    let hour = clock.hour.cast_signed();
    if is_today || hour < 7 { vec![hour, hour + 12] } else { vec![hour] }
}

fn dates(plan: &Plan, present: &Present<'_>) -> Option<Dates> {
    let today = present.wall.date();
    let Some(day) = plan.day else {
        return match (plan.weekday, plan.week) {
            (Some((weekday, _)), Some(week)) => Some(Dates::Any(vec![in_week(today, week, weekday)?])),
            (Some((weekday, turn)), None) => weekday_dates(today, weekday, turn, present.toward),
            // "giờ này tuần sau": the same weekday.
            (None, Some(week)) if plan.same_time => {
                Some(Dates::Any(vec![today.checked_add_signed(TimeDelta::weeks(week))?]))
            }
            (None, Some(week)) => Some(Dates::Any(whole_week(today, week))),
            (None, None) => Some(Dates::Unnamed),
        };
    };
    let dates = day_dates(day, plan.week, today, present.toward)?;
    let Some((weekday, _)) = plan.weekday else { return Some(dates) };
    // A weekday beside a date must agree with it.
    let mut named = match dates {
        Dates::Any(named) => named,
        Dates::Coming(first, later) => vec![first, later],
        Dates::Unnamed => Vec::new(),
    };
    named.retain(|date| date.weekday() == weekday);
    (!named.is_empty()).then_some(Dates::Any(named))
}

fn weekday_dates(today: NaiveDate, weekday: Weekday, turn: Turn, toward: Toward) -> Option<Dates> {
    let ahead = weekday.days_since(today.weekday());
    let after = |days: u32| today.checked_add_days(Days::new(days.into()));
    let from_tomorrow = if ahead == 0 { 7 } else { ahead };
    Some(match turn {
        Turn::Coming if toward == Toward::Past => {
            let back = today.weekday().days_since(weekday);
            let before = |days: u32| today.checked_sub_days(Days::new(days.into()));
            Dates::Coming(before(back)?, before(back + 7)?)
        }
        Turn::Coming => Dates::Coming(after(ahead)?, after(ahead + 7)?),
        Turn::AfterToday => Dates::Any(vec![after(from_tomorrow)?]),
        Turn::Next => Dates::Any(vec![after(from_tomorrow)?, in_week(today, 1, weekday)?]),
        Turn::Last => Dates::Any(vec![after(from_tomorrow)?.checked_sub_days(Days::new(if ahead == 0 {
            14
        } else {
            7
        }))?]),
    })
}

fn day_dates(day: Day, week: Option<i64>, today: NaiveDate, toward: Toward) -> Option<Dates> {
    let this_week = |weekdays: &[Weekday]| {
        let dates: Option<Vec<NaiveDate>> =
            weekdays.iter().map(|weekday| in_week(today, week.unwrap_or(0), *weekday)).collect();
        dates.map(Dates::Any)
    };
    match day {
        Day::Away(days) => Some(Dates::Any(vec![today.checked_add_signed(TimeDelta::days(days))?])),
        Day::Date { day, month, year: Some(year) } => {
            Some(Dates::Any(vec![NaiveDate::from_ymd_opt(year, month, day)?]))
        }
        Day::Date { day, month, year: None } => {
            let lately = if toward == Toward::Past { HALF_YEAR_DAYS } else { LATELY_DAYS };
            let earliest = today.checked_sub_days(Days::new(lately))?;
            let years = today.year() - 1..=today.year() + 8;
            let mut dates = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
            Some(Dates::Any(vec![dates.find(|date| *date >= earliest)?]))
        }
        Day::OfMonth { day, away: Some(away) } => {
            Some(Dates::Any(vec![month_of(today, Month::Away(away))?.with_day(day)?]))
        }
        Day::OfMonth { day, away: None } if toward == Toward::Past => {
            let this_month = today.with_day(1)?;
            let months = (0..12).filter_map(|back| this_month.checked_sub_months(Months::new(back)));
            let mut gone = months.filter_map(|first| first.with_day(day)).filter(|date| *date <= today);
            Some(Dates::Coming(gone.next()?, gone.next()?))
        }
        Day::OfMonth { day, away: None } => {
            let months = (0..12).filter_map(|away| month_of(today, Month::Away(away))?.with_day(day));
            let mut coming = months.filter(|date| *date >= today);
            Some(Dates::Coming(coming.next()?, coming.next()?))
        }
        Day::MonthFirst(Month::Away(0)) => day_dates(Day::MonthFirst(Month::Away(1)), week, today, toward),
        Day::MonthFirst(month) => Some(Dates::Any(vec![month_of(today, month)?])),
        Day::MonthLast(month) => {
            let next = months_later(month_of(today, month)?, 1)?;
            Some(Dates::Any(vec![next.pred_opt()?]))
        }
        Day::WeekStart if week.is_none() => weekday_dates(today, Weekday::Mon, Turn::Coming, toward),
        Day::WeekStart => this_week(&[Weekday::Mon]),
        Day::MidWeek => this_week(&[Weekday::Wed, Weekday::Thu]),
        Day::WeekEnd => this_week(&[Weekday::Fri, Weekday::Sat, Weekday::Sun]),
        Day::Weekend => this_week(&[Weekday::Sat, Weekday::Sun]),
        Day::Soon => {
            let after = |days: u64| today.checked_add_days(Days::new(days));
            Some(Dates::Any(vec![after(1)?, after(2)?]))
        }
        Day::YearLast => Some(Dates::Any(vec![NaiveDate::from_ymd_opt(today.year(), 12, 31)?])),
        Day::Tet(days) => nearest(after_tet(days), today, toward),
        Day::BeforeTet(day) => nearest(before_tet(day), today, toward),
    }
}

/// Of the dates of some years, in their order, the one that is meant now.
fn nearest(
    mut dates: impl DoubleEndedIterator<Item = NaiveDate>,
    today: NaiveDate,
    toward: Toward,
) -> Option<Dates> {
    let date = match toward {
        Toward::Promise | Toward::Soon => {
            let earliest = today.checked_sub_days(Days::new(LATELY_DAYS))?;
            dates.find(|date| *date >= earliest)
        }
        Toward::Past => dates.rfind(|date| *date <= today),
    };
    Some(Dates::Any(vec![date?]))
}

/// The first day of a month: of one named, the coming one, the present month included.
fn month_of(today: NaiveDate, month: Month) -> Option<NaiveDate> {
    let this_month = today.with_day(1)?;
    match month {
        Month::Away(away) => months_later(this_month, away),
        Month::Named(named) => months_later(this_month, (named + 12 - today.month()) % 12),
    }
}

fn months_later(date: NaiveDate, months: u32) -> Option<NaiveDate> {
    date.checked_add_months(Months::new(months))
}

/// The weekday in this week (0) or one away from it; weeks begin on Monday.
fn in_week(today: NaiveDate, week: i64, weekday: Weekday) -> Option<NaiveDate> {
    let days = 7 * week + i64::from(weekday.num_days_from_monday())
        - i64::from(today.weekday().num_days_from_monday());
    today.checked_add_signed(TimeDelta::days(days))
}

fn whole_week(today: NaiveDate, week: i64) -> Vec<NaiveDate> {
    let monday = in_week(today, week, Weekday::Mon);
    monday.into_iter().flat_map(|monday| monday.iter_days().take(7)).collect()
}
