//! Finds every way in which all words of a phrase are pieces about time that go together.

use chrono::Weekday;

use super::piece::{Clock, Day, Form, Lead, Part, Piece, Span, Turn};
use super::vocabulary::PHRASES;
use super::words::Words;
use super::{clock, day, span};

/// One way to understand a phrase. Each kind of piece is said at most once.
#[derive(Clone, Copy, Default)]
pub(super) struct Plan {
    pub clock: Option<Clock>,
    /// am or pm.
    pub half: Option<Part>,
    pub part: Option<Part>,
    pub day: Option<Day>,
    pub weekday: Option<(Weekday, Turn)>,
    pub week: Option<i64>,
    pub span: Option<Span>,
    /// The last minute of the day is meant.
    pub whole: bool,
    /// The minute of the day at which a window opens: it closes later.
    pub opens: Option<i32>,
    lead: Option<Lead>,
    has_words: bool,
    /// It is the beginning of a window, by its words.
    opens_window: bool,
    /// A number is an hour only if something around it says so.
    has_lone_number: bool,
}

/// What joins the two ends of a window.
const JOINTS: &str = "đến|tới|cho đến|cho tới|to|until|till|and|và";

/// Every way to understand the whole phrase. A window counts as its end: the promise is kept by then.
pub(super) fn plans(words: &Words) -> Vec<Plan> {
    let pieces = Pieces::of(words);
    let mut simple = pieces.plans(0, words.len());
    simple.retain(Plan::stands_alone);
    if simple.is_empty() { windows(words, &pieces) } else { simple }
}

/// The ways to understand it as a window, by what joins its two ends.
fn windows(words: &Words, pieces: &Pieces) -> Vec<Plan> {
    let mut found = Vec::new();
    for joint in 1..words.len() {
        let dash = words.sign(joint, '-');
        let Some(next) = words.any(joint, JOINTS).or(dash) else { continue };
        // "8 and 10" are two hours; only "between" makes a window of them.
        let is_and = words.any(joint, "and|và").is_some();
        let mut starts = pieces.plans(0, joint);
        starts.retain(|start| start.opens_window || !is_and);
        for end in pieces.plans(next, words.len()) {
            // "24-11" is a date; a dash joins hours only where the second is plainly one.
            let is_joined = dash.is_none() || !end.has_lone_number || end.half.is_some();
            found.extend(starts.iter().filter(|_| is_joined).filter_map(|start| end.closing(start)));
        }
    }
    found
}

/// For each position the pieces that can be read there, with the position after each.
struct Pieces {
    at: Vec<Vec<(Vec<Piece>, usize)>>,
}

impl Pieces {
    fn of(words: &Words) -> Self {
        Self { at: (0..words.len()).map(|at| pieces_at(words, at)).collect() }
    }

    /// The plans that use up exactly the words from one position to another. Every word but a filler takes a place in
    /// the plan that can be taken once, so few ways are ever open.
    fn plans(&self, from: usize, to: usize) -> Vec<Plan> {
        let mut found = Vec::new();
        let mut open = vec![(Plan::default(), from)];
        while let Some((plan, at)) = open.pop() {
            if at == to {
                found.extend(plan.is_consistent().then_some(plan));
                continue;
            }
            let read = self.at.get(at).into_iter().flatten().filter(|(_, next)| *next <= to);
            open.extend(read.filter_map(|(pieces, next)| {
                let together = pieces.iter().try_fold(plan, |plan, piece| plan.with(*piece))?;
                Some((together, *next))
            }));
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
                self.has_lone_number = clock.form == Form::Lone && self.lead.is_none();
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
        let span_fits = self.span.is_none_or(|span| {
            let counts_days = span.minutes == 0;
            !has_day && !self.whole && if self.clock.is_some() { counts_days } else { self.part.is_none() }
        });
        let week_fits = self.week.is_none()
            || self.weekday.is_some_and(|(_, turn)| turn == Turn::Coming) && self.day.is_none()
            || self.weekday.is_none()
                && matches!(self.day, None | Some(Day::WeekStart | Day::WeekEnd | Day::Weekend));
        // The end of a week is a day; only that of a day is an hour.
        let close_fits = self.part != Some(Part::Close) || self.week.is_none() || self.weekday.is_some();
        // `trước` may end nothing: "2 ngày trước" is two days ago.
        let ends_well = self.lead.is_none_or(|lead| lead == Lead::Latest);
        let is_said = self.clock.is_some() || self.part.is_some() || self.span.is_some() || self.whole;
        let has_more = has_day || is_said || self.opens_window;
        let half_fits = self.half.is_none() || self.clock.is_some();
        let whole_fits = !(self.whole && self.clock.is_some());
        span_fits && week_fits && ends_well && has_more && half_fits && whole_fits && close_fits
    }

    /// Whether it needs no window around it.
    fn stands_alone(&self) -> bool {
        !self.opens_window && (!self.has_lone_number || self.half.is_some() || self.part.is_some())
    }

    /// Whether some day is named.
    pub fn has_day(&self) -> bool {
        self.day.is_some() || self.weekday.is_some() || self.week.is_some()
    }

    /// This plan as the end of a window that begins with `start`: what only the beginning names holds for both.
    fn closing(mut self, start: &Self) -> Option<Self> {
        if self.opens_window
            || start.span.is_some()
            || start.whole
            || (start.clock.is_some() && self.clock.is_none() && !self.has_day())
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
