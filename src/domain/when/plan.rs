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
    has_lone_number: bool,
}

/// Words that open a window, before `from 8 to 10`.
const OPENINGS: &str = "từ|from|between|giữa|trong khoảng|trong khoảng từ|từ khoảng";
const JOINTS: &str = "đến|tới|cho đến|cho tới|to|until|till|and|và";
/// What stands for the present at the beginning of a window: `từ nay đến thứ 6`.
const PRESENT: &str = "nay|giờ|bây giờ|now";

/// Every way to understand the whole phrase. A window counts as its end: the promise is kept by then.
pub(super) fn plans(words: Words) -> Vec<Plan> {
    let whole = Pieces::of(&words).plans();
    let simple: Vec<Plan> = whole.into_iter().filter(|plan| plan.stands_alone()).collect();
    if simple.is_empty() { windows(&words) } else { simple }
}

fn windows(words: &Words) -> Vec<Plan> {
    let (opened, from) = words.any(0, OPENINGS).map_or((false, 0), |next| (true, next));
    let pieces = Pieces::of(words);
    let mut found = Vec::new();
    for joint in from + 1..words.len() {
        let dash = words.sign(joint, '-');
        let Some(next) = words.any(joint, JOINTS).or(dash) else { continue };
        // "8 and 10" are two hours; only "between" makes a window of them.
        if !opened && words.any(joint, "and|và").is_some() {
            continue;
        }
        let starts = if words.any(from, PRESENT) == Some(joint) {
            vec![Plan::default()]
        } else {
            pieces.between(from, joint)
        };
        for end in pieces.between(next, words.len()) {
            // "24-11" is a date; a dash joins hours only where the second is plainly one.
            let joined = dash.is_none() || !end.has_lone_number || end.half.is_some();
            found.extend(starts.iter().filter(|_| joined).filter_map(|start| end.closing(start)));
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

    fn plans(&self) -> Vec<Plan> {
        self.between(0, self.at.len())
    }

    /// The plans that use up exactly the words from one position to another. Every word but a filler takes a place in
    /// the plan that can be taken once, so few ways are ever open.
    fn between(&self, from: usize, to: usize) -> Vec<Plan> {
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
            Piece::Lead(lead) => {
                self.lead = Some(lead);
                self.has_words = true;
                return Some(self);
            }
            Piece::Whole if self.whole => return None,
            Piece::Whole => self.whole = true,
            Piece::Filler => {}
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
        // `trước` may end nothing: "2 ngày trước" is two days ago.
        let ends_well = self.lead.is_none_or(|lead| lead == Lead::Latest);
        let has_more =
            has_day || self.clock.is_some() || self.part.is_some() || self.span.is_some() || self.whole;
        let half_fits = self.half.is_none() || self.clock.is_some();
        let whole_fits = !(self.whole && self.clock.is_some());
        span_fits && week_fits && ends_well && has_more && half_fits && whole_fits
    }

    /// Whether a number is an hour only because a window stands around it.
    fn stands_alone(&self) -> bool {
        !self.has_lone_number || self.half.is_some() || self.part.is_some()
    }

    /// Whether some day is named.
    pub fn has_day(&self) -> bool {
        self.day.is_some() || self.weekday.is_some() || self.week.is_some()
    }

    /// This plan as the end of a window that begins with `start`: what only the beginning names holds for both.
    fn closing(mut self, start: &Self) -> Option<Self> {
        if start.span.is_some()
            || start.whole
            || (start.clock.is_some() && self.clock.is_none() && !self.has_day())
        {
            return None;
        }
        let same_day = !self.has_day() && self.span.is_none();
        if same_day {
            (self.day, self.weekday, self.week) = (start.day, start.weekday, start.week);
        }
        if self.clock.is_some_and(Clock::is_open) && self.part.is_none() && self.half.is_none() {
            if start.clock.is_none() {
                self.part = start.part;
            } else if same_day {
                self.opens = start.only_minute();
            }
        }
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
