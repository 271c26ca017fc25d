//! Finds every way in which all words of a phrase are pieces about time that go together.

use chrono::Weekday;

use super::piece::{Clock, Day, Form, Lead, Part, Piece, Span, Turn};
use super::vocabulary::PHRASES;
use super::words::Words;
use super::{clock, day, span};

/// One way to understand a phrase. Each kind of piece is said at most once.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub clock: Option<Clock>,
    /// am or pm.
    pub half: Option<Part>,
    pub part: Option<Part>,
    pub day: Option<Day>,
    pub weekday: Option<(Weekday, Turn)>,
    pub week: Option<i64>,
    pub span: Option<Span>,
    /// The last minute of the day, or of the part of it, is meant.
    pub whole: bool,
    /// The time of day that it is now is meant.
    pub same_time: bool,
    /// The hour at which the office closes is meant.
    pub office_closes: bool,
    /// The minute of the day at which a window opens: it closes later.
    pub opens: Option<i32>,
    lead: Option<Lead>,
    has_words: bool,
    /// It is the beginning of a window, by its words.
    opens_window: bool,
    /// A number is an hour only if something around it says so.
    has_lone_number: bool,
    /// That number is in Vietnamese words, which only a window makes an hour.
    is_spelled: bool,
}

/// More ways to understand the words up to one place than this are no way: nobody writes so.
const MOST_WAYS: usize = 128;

/// More steps than this are not taken for one phrase.
const MOST_STEPS: u32 = 40_000;

/// What was done to understand a phrase. Words of any kind, however often repeated, stay below fixed bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// Words of the vocabulary that were compared with those of the phrase.
    pub compared: u32,
    /// Pieces that were put to plans.
    pub steps: u32,
    /// The most plans held at once for one place in the phrase.
    pub ways: u32,
}

/// What joins the two ends of a window.
pub(super) const JOINTS: &str = "đến|tới|cho đến|cho tới|to|until|till|and|và";

/// Every way to understand the whole phrase; none where there are too many. A window counts as its end: the promise is
/// kept by then.
pub(super) fn plans(words: &Words) -> (Vec<Plan>, Effort) {
    let mut search = Search::of(words);
    let ahead = search.from(0, words.len());
    let mut simple = search.whole(&ahead, words.len());
    simple.retain(Plan::stands_alone);
    let found = if simple.is_empty() { search.windows(words, &ahead) } else { simple };
    let is_too_much = search.is_exhausted || words.is_exhausted();
    (if is_too_much { Vec::new() } else { found }, Effort { compared: words.compared(), ..search.effort })
}

/// The plans for the words up to each place, counted from where the search began.
type Reached = Vec<Vec<Plan>>;

/// A search for plans: place by place, and no plan is held twice, however many readings of a word lead to it.
struct Search {
    /// For each position the pieces that can be read there, with the position after each.
    at: Vec<Vec<(Vec<Piece>, usize)>>,
    effort: Effort,
    is_exhausted: bool,
}

impl Search {
    fn of(words: &Words) -> Self {
        let at = (0..words.len()).map(|at| pieces_at(words, at)).collect();
        Self { at, effort: Effort::default(), is_exhausted: false }
    }

    /// What the words from one position on can mean, up to each later one.
    fn from(&mut self, from: usize, to: usize) -> Reached {
        let mut reached: Reached = vec![Vec::new(); to + 1];
        reached[from].push(Plan::default());
        for at in from..to {
            let here = std::mem::take(&mut reached[at]);
            for (pieces, next) in self.at[at].iter().filter(|(_, next)| *next <= to) {
                for plan in &here {
                    self.effort.steps += 1;
                    let together = pieces.iter().try_fold(*plan, |plan, piece| plan.with(*piece));
                    let Some(together) = together.filter(|plan| !reached[*next].contains(plan)) else {
                        continue;
                    };
                    if reached[*next].len() == MOST_WAYS || self.effort.steps >= MOST_STEPS {
                        self.is_exhausted = true;
                        return vec![Vec::new(); to + 1];
                    }
                    reached[*next].push(together);
                }
            }
            self.effort.ways = self.effort.ways.max(u32::try_from(here.len()).unwrap_or(u32::MAX));
            reached[at] = here;
        }
        reached
    }

    /// Those that use up all words up to a place and go together.
    fn whole(&self, reached: &Reached, to: usize) -> Vec<Plan> {
        reached.get(to).into_iter().flatten().copied().filter(Plan::is_consistent).collect()
    }

    /// The ways to understand it as a window, by what joins its two ends.
    fn windows(&mut self, words: &Words, ahead: &Reached) -> Vec<Plan> {
        let mut found: Vec<Plan> = Vec::new();
        for joint in 1..words.len() {
            if self.is_exhausted {
                break;
            }
            let dash = words.sign(joint, '-');
            let Some(next) = words.any(joint, JOINTS).or(dash) else { continue };
            // "8 and 10" are two hours; only "between" makes a window of them.
            let is_and = words.any(joint, "and|và").is_some();
            let mut starts = self.whole(ahead, joint);
            starts.retain(|start| start.opens_window || !is_and);
            if starts.is_empty() {
                continue;
            }
            let reached = self.from(next, words.len());
            for end in self.whole(&reached, words.len()) {
                // "24-11" is a date; a dash joins hours only where the second is plainly one.
                let is_joined = dash.is_none() || !end.has_lone_number || end.half.is_some();
                for start in starts.iter().filter(|_| is_joined && !end.is_spelled) {
                    self.effort.steps += 1;
                    let closed = end.closing(start);
                    found.extend(closed.filter(|plan| !found.contains(plan)));
                }
            }
            if found.len() > MOST_WAYS || self.effort.steps >= MOST_STEPS {
                self.is_exhausted = true;
            }
        }
        found
    }
}

fn pieces_at(words: &Words, at: usize) -> Vec<(Vec<Piece>, usize)> {
    let phrases = words.lookup(at, PHRASES).map(|(pieces, next)| (pieces.to_vec(), next));
    let comma = words.sign(at, ',').or_else(|| words.sign(at, '-').filter(|next| !words.is_glued(*next)));
    let single = (clock::clocks(words, at).into_iter().map(|(clock, next)| (Piece::Clock(clock), next)))
        .chain(span::spans(words, at).into_iter().map(|(span, next)| (Piece::Span(span), next)))
        .chain(day::dates(words, at).into_iter().map(|(day, next)| (Piece::Day(day), next)))
        .chain(day::weekdays(words, at))
        .chain(comma.map(|next| (Piece::Filler, next)));
    phrases.chain(single.map(|(piece, next)| (vec![piece], next))).collect()
}

impl Plan {
    pub fn of_clock(clock: Clock) -> Self {
        Self { clock: Some(clock), ..Self::default() }
    }

    /// The plan with one more piece; None where that does not fit.
    fn with(mut self, piece: Piece) -> Option<Self> {
        let lead = if matches!(piece, Piece::Filler) { self.lead } else { None };
        match piece {
            Piece::Clock(clock) => {
                self.is_spelled = clock.form == Form::Spelled;
                self.has_lone_number = self.is_spelled || clock.form == Form::Lone && self.lead.is_none();
                fill(&mut self.clock, clock)?;
            }
            Piece::Part(part) if part.is_half() => fill(&mut self.half, part)?,
            Piece::Part(part) => fill(&mut self.part, part)?,
            Piece::Day(day) => fill(&mut self.day, day)?,
            Piece::Weekday(weekday, turn) => fill(&mut self.weekday, (weekday, turn))?,
            Piece::Week(week) => fill(&mut self.week, week)?,
            Piece::Span(span) => {
                fill(&mut self.span, span)?;
                if self.lead == Some(Lead::Before) {
                    return None;
                }
            }
            Piece::Lead(Lead::Until) if self.has_words => return None,
            Piece::Lead(Lead::From) if self.opens_window => return None,
            Piece::Lead(lead) => {
                self.opens_window |= lead == Lead::From;
                self.lead = Some(lead);
                self.has_words = true;
                return Some(self);
            }
            Piece::SameTime if self.same_time => return None,
            Piece::SameTime => self.same_time = true,
            Piece::OfficeCloses if self.office_closes => return None,
            Piece::OfficeCloses => self.office_closes = true,
            Piece::Whole if self.whole => return None,
            Piece::Whole => self.whole = true,
            Piece::Present | Piece::Filler => {}
        }
        self.lead = lead;
        self.has_words |= !matches!(piece, Piece::Filler);
        Some(self)
    }

    /// Whether what is said goes together, whatever stands around it.
    fn is_consistent(&self) -> bool {
        let has_day = self.has_day();
        let has_hour = self.clock.is_some() || self.same_time || self.office_closes;
        let span_fits = self.span.is_none_or(|span| {
            let counts_days = span.minutes == 0;
            !has_day && !self.whole && if has_hour { counts_days } else { self.part.is_none() }
        });
        let week_fits = self.week.is_none()
            || self.weekday.is_some_and(|(_, turn)| turn == Turn::Coming) && self.day.is_none()
            || self.weekday.is_none()
                && matches!(
                    self.day,
                    None | Some(Day::WeekStart | Day::MidWeek | Day::WeekEnd | Day::Weekend)
                );
        // The end of a week is a day; only that of a day is an hour.
        let close_fits = self.part != Some(Part::Close) || self.week.is_none() || self.weekday.is_some();
        // `trước` may end nothing: "2 ngày trước" is two days ago.
        let ends_well = self.lead.is_none_or(|lead| lead == Lead::Latest);
        let is_said = has_hour || self.part.is_some() || self.span.is_some() || self.whole;
        let has_more = has_day || is_said || self.opens_window;
        let half_fits = self.half.is_none() || self.clock.is_some();
        // `giờ này` alone is now; beside an hour or a part of the day it contradicts.
        let hours_said = [self.clock.is_some(), self.same_time, self.office_closes, self.whole];
        let hours_fit = hours_said.into_iter().filter(|said| *said).count() <= 1
            && !(self.same_time && (self.part.is_some() || !(has_day || self.span.is_some())))
            && !(self.office_closes && self.part.is_some());
        span_fits && week_fits && ends_well && has_more && half_fits && hours_fit && close_fits
    }

    /// Whether it needs no window around it.
    fn stands_alone(&self) -> bool {
        !self.opens_window
            && !self.is_spelled
            && (!self.has_lone_number || self.half.is_some() || self.part.is_some())
    }

    /// Whether some day is named.
    pub fn has_day(&self) -> bool {
        self.day.is_some() || self.weekday.is_some() || self.week.is_some()
    }

    /// Whether the hour is said, in one of the ways to say it.
    pub fn names_hour(&self) -> bool {
        self.clock.is_some() || self.same_time || self.office_closes
    }

    /// This plan as the end of a window that begins with `start`: what only the beginning names holds for both.
    fn closing(mut self, start: &Self) -> Option<Self> {
        if self.opens_window
            || start.span.is_some()
            || start.whole
            || start.same_time
            || (start.clock.is_some() && !self.names_hour() && !self.has_day())
        {
            return None;
        }
        let same_day = !self.has_day() && self.span.is_none();
        if same_day {
            (self.day, self.weekday, self.week) = (start.day, start.weekday, start.week);
        }
        let is_open = self.clock.is_some_and(Clock::is_open) && self.part.is_none() && self.half.is_none();
        if is_open && start.clock.is_none() {
            self.part = start.part;
        }
        self.opens = start.only_minute().filter(|_| same_day);
        Some(self)
    }

    /// The minute of the day, if the words leave only one.
    fn only_minute(&self) -> Option<i32> {
        let clock = self.clock?;
        let hours = match self.half.or(self.part) {
            Some(part) => part.hours(clock.hour),
            None if clock.is_open() => Vec::new(),
            None => vec![clock.hour.cast_signed()],
        };
        match hours.as_slice() {
            [hour] => Some(60 * hour + clock.minutes),
            _ => None,
        }
    }
}

fn fill<T>(place: &mut Option<T>, said: T) -> Option<()> {
    place.replace(said).is_none().then_some(())
}
