//! Turns a plan into the instants and days it can mean, seen from now.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use chrono_tz::Tz;

use super::piece::{Clock, Day, Month, Part, Turn};
use super::plan::Plan;
use super::wall::{at_minute, instant};

/// A date without a year that lies no further behind is taken as past, not as next year's.
const LATELY_DAYS: u64 = 60;

/// Until here an hour that no day goes with belongs to the coming night.
const END_OF_NIGHT: i32 = 6 * 60;

/// The last minute of a day, so that what is shown back bears the date that was named.
const LAST_MINUTE: i32 = 24 * 60 - 1;

/// Where one is when one reads.
pub(super) struct Present {
    pub zone: Tz,
    pub now: i64,
    pub wall: NaiveDateTime,
}

/// What the plans for one phrase come to, all together.
#[derive(Default)]
pub(super) struct Found {
    pub ahead: BTreeSet<i64>,
    pub days: BTreeSet<NaiveDate>,
    pub behind: BTreeSet<i64>,
}

/// The days that are meant.
enum Dates {
    /// No day was named.
    Unnamed,
    /// Each of them can be meant.
    Any(Vec<NaiveDate>),
    /// The first, or the second where the first lies behind.
    Coming(NaiveDate, NaiveDate),
}

impl Found {
    /// Adds what the plan can mean. None where it means nothing, such as 30 February.
    pub fn add(&mut self, plan: &Plan, present: &Present) -> Option<()> {
        let today = present.wall.date();
        if let Some(span) = plan.span {
            let date = months_later(today, span.months)?.checked_add_days(Days::new(span.days.into()))?;
            if plan.clock.is_some() {
                return self.add_dates(plan, Dates::Any(vec![date]), present);
            }
            let later = if date == today {
                present.now
            } else {
                instant(present.zone, date.and_time(present.wall.time()))?
            };
            self.add_instant(later.checked_add(60_000 * i64::from(span.minutes))?, present);
            return span
                .or_clock
                .map_or(Some(()), |clock| self.add_dates(&Plan::of_clock(clock), Dates::Unnamed, present));
        }
        self.add_dates(plan, dates(plan, today)?, present)
    }

    fn add_instant(&mut self, at: i64, present: &Present) {
        if at > present.now {
            self.ahead.insert(at)
        } else {
            self.behind.insert(at)
        };
    }

    fn add_dates(&mut self, plan: &Plan, dates: Dates, present: &Present) -> Option<()> {
        let today = present.wall.date();
        let asks_day = matches!(&dates, Dates::Any(dates) if dates.len() > 1);
        if plan.clock.is_none() && (asks_day || !plan.whole) {
            return self.add_days(plan, dates, present);
        }
        let on = |date: NaiveDate| -> Vec<i64> {
            let minutes = minutes(plan, date == today);
            minutes.into_iter().filter_map(|minute| at_minute(present.zone, date, minute)).collect()
        };
        let lie_behind = |instants: &[i64]| instants.iter().all(|at| *at <= present.now);
        let instants = match dates {
            Dates::Any(dates) => dates.into_iter().flat_map(on).collect(),
            Dates::Coming(first, later) => {
                let mut instants = on(first);
                // "9h thứ 5" on a Thursday at ten: tonight at nine, or nine in the morning a week from now.
                let usual_hour_is_over = first == today
                    && minutes(plan, false).first().is_some_and(|minute| {
                        at_minute(present.zone, first, *minute).is_some_and(|at| at <= present.now)
                    })
                    && minutes(plan, false).len() == 1;
                if usual_hour_is_over || lie_behind(&instants) {
                    instants.extend(on(later));
                }
                instants
            }
            Dates::Unnamed => {
                let mut instants = on(today);
                let is_of_the_night = |minute: &i32| *minute < END_OF_NIGHT;
                let sure = minutes(plan, true);
                if lie_behind(&instants) && sure.len() == 1 && sure.iter().all(is_of_the_night) {
                    instants.extend(on(today.succ_opt()?));
                }
                instants
            }
        };
        (!instants.is_empty()).then_some(())?;
        instants.into_iter().for_each(|at| self.add_instant(at, present));
        Some(())
    }

    /// Days without an hour.
    fn add_days(&mut self, plan: &Plan, dates: Dates, present: &Present) -> Option<()> {
        let end = plan.part.map_or(24 * 60, Part::end);
        let is_over = |date: NaiveDate| at_minute(present.zone, date, end).is_none_or(|at| at <= present.now);
        let dates = match dates {
            Dates::Unnamed => vec![present.wall.date()],
            Dates::Any(dates) => dates,
            Dates::Coming(first, later) => vec![if is_over(first) { later } else { first }],
        };
        for date in dates {
            if is_over(date) {
                self.behind.insert(at_minute(present.zone, date, if plan.part.is_some() { end } else { 0 })?);
            } else {
                self.days.insert(date);
            }
        }
        Some(())
    }
}

/// The minutes of a day that the plan can mean, the usual one first.
fn minutes(plan: &Plan, is_today: bool) -> Vec<i32> {
    let Some(clock) = plan.clock else { return vec![LAST_MINUTE] };
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

fn dates(plan: &Plan, today: NaiveDate) -> Option<Dates> {
    let Some(day) = plan.day else {
        return match (plan.weekday, plan.week) {
            (Some((weekday, _)), Some(week)) => Some(Dates::Any(vec![in_week(today, week, weekday)?])),
            (Some((weekday, turn)), None) => weekday_dates(today, weekday, turn),
            (None, Some(week)) => Some(Dates::Any(whole_week(today, week))),
            (None, None) => Some(Dates::Unnamed),
        };
    };
    let dates = day_dates(day, plan.week, today)?;
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

fn weekday_dates(today: NaiveDate, weekday: Weekday, turn: Turn) -> Option<Dates> {
    let ahead = weekday.days_since(today.weekday());
    let after = |days: u32| today.checked_add_days(Days::new(days.into()));
    let from_tomorrow = if ahead == 0 { 7 } else { ahead };
    Some(match turn {
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

fn day_dates(day: Day, week: Option<i64>, today: NaiveDate) -> Option<Dates> {
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
            let earliest = today.checked_sub_days(Days::new(LATELY_DAYS))?;
            let years = today.year() - 1..=today.year() + 8;
            let mut dates = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
            Some(Dates::Any(vec![dates.find(|date| *date >= earliest)?]))
        }
        Day::OfMonth { day, away: Some(away) } => {
            Some(Dates::Any(vec![month_of(today, Month::Away(away))?.with_day(day)?]))
        }
        Day::OfMonth { day, away: None } => {
            let months = (0..12).filter_map(|away| month_of(today, Month::Away(away))?.with_day(day));
            let mut coming = months.filter(|date| *date >= today);
            Some(Dates::Coming(coming.next()?, coming.next()?))
        }
        Day::MonthFirst(Month::Away(0)) => day_dates(Day::MonthFirst(Month::Away(1)), week, today),
        Day::MonthFirst(month) => Some(Dates::Any(vec![month_of(today, month)?])),
        Day::MonthLast(month) => {
            let next = months_later(month_of(today, month)?, 1)?;
            Some(Dates::Any(vec![next.pred_opt()?]))
        }
        Day::WeekStart if week.is_none() => weekday_dates(today, Weekday::Mon, Turn::Coming),
        Day::WeekStart => this_week(&[Weekday::Mon]),
        Day::WeekEnd => this_week(&[Weekday::Fri, Weekday::Sat, Weekday::Sun]),
        Day::Weekend => this_week(&[Weekday::Sat, Weekday::Sun]),
    }
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
