//! Judging a clause: what of value is in it, who gives it, and what stands against it.

use std::ops::Range;

use super::pattern::{is_customer, is_us};
use super::phrases;
use super::table::{Found, TABLES, Table};
use super::tokens::{Sort, Token};
use super::{Kind, Offer};

/// How far in front of a benefit a denial reaches, in tokens.
const DENIAL_REACH: usize = 6;

/// How far behind a benefit the one who gets it may be named, in tokens.
const RECIPIENT_REACH: usize = 6;

/// How near its start a clause must name a benefit to go on with the promise of the clause before.
const CARRY_REACH: usize = 2;

/// How near in front of a benefit a denial or a question must stand where the desk itself speaks, in tokens.
const DESK_REACH: usize = 4;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// A member of staff, in conversation: who gives is said.
    Talk,
    /// The desk: it is always the giver.
    Desk,
}

/// Whether what was said so far promises, so that the next clause may go on with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    Open,
    Gives,
    Denies,
}

/// A sentence and what holds for all of it.
pub(super) struct Sentence<'a> {
    tokens: &'a [Token],
    marked: bool,
    asks: bool,
    proposes: bool,
    needs_approval: bool,
    tells_contract: bool,
    voice: Voice,
}

/// Something promised, before it is shown.
pub(super) struct Promise {
    kind: Kind,
    amount: Option<Sort>,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(tokens: &'a [Token], question: bool, marked: bool, voice: Voice) -> Self {
        let has = |table: &Table| !table.find(tokens, marked).is_empty();
        let ends_asking =
            TABLES.asking.find(tokens, marked).iter().any(|found| found.place.end == tokens.len());
        let is_question = question || ends_asking;
        let proposes = is_question && has(&TABLES.proposals);
        let (needs_approval, tells_contract) = (has(&TABLES.approvals), has(&TABLES.contract));
        let asks = match voice {
            Voice::Talk => is_question && !proposes,
            // Only what is asked of the customer: `Hoàn 300k?` among remedies is one.
            Voice::Desk => is_question && !proposes && has(&TABLES.inquiries),
        };
        Self { tokens, marked, asks, proposes, needs_approval, tells_contract, voice }
    }

    /// Its clauses: cut at pauses, and at a joint after which a clause of its own begins.
    pub(super) fn clauses(&self) -> Vec<&'a [Token]> {
        let mut clauses = Vec::new();
        let mut start = 0;
        for (at, token) in self.tokens.iter().enumerate() {
            let rest = self.tokens.get(at + 1..).unwrap_or_default();
            let joins = || TABLES.joints.starts(self.tokens.get(at..).unwrap_or_default(), self.marked);
            if token.sort == Sort::Pause || (joins() && TABLES.openings.starts(rest, self.marked)) {
                clauses.extend(self.tokens.get(start..at));
                start = at + 1;
            }
        }
        clauses.extend(self.tokens.get(start..));
        clauses
    }

    /// What a clause promises, and the stance in which it leaves the next one.
    pub(super) fn judge(&self, clause: &[Token], before: Stance) -> (Vec<Promise>, Stance) {
        let reading = Reading::new(clause, self.marked, self.voice);
        let groups = reading.groups();
        let mut promises = Vec::new();
        if self.voice == Voice::Desk {
            if !self.asks {
                promises = reading.given_by_desk(&groups);
            }
            return (promises, before);
        }
        let mut given = false;
        for (at, group) in groups.iter().enumerate() {
            let from = at.checked_sub(1).and_then(|at| groups.get(at)).map_or(0, |group| group.place.end);
            let to = groups.get(at + 1).map_or(clause.len(), |group| group.place.start);
            // `hoàn 300k hoặc tặng 1 tháng`: the second goes on with the promise of the first.
            let goes_on =
                if at == 0 { before == Stance::Gives && group.place.start <= CARRY_REACH } else { given };
            given = !self.asks && !self.needs_approval && self.is_promised(&reading, group, goes_on);
            if let Some(kind) = group.kind.filter(|_| given) {
                promises.push(Promise { kind, amount: amount(clause, &group.place, from..to) });
            }
        }
        let silent = groups.is_empty() && !self.asks && !self.needs_approval && !self.tells_contract;
        promises.extend(silent.then(|| reading.between_us()).flatten());
        (promises, reading.stance_at(clause.len()).unwrap_or(before))
    }

    fn is_promised(&self, reading: &Reading<'_>, group: &Found, goes_on: bool) -> bool {
        let start = group.place.start;
        let is_denied_after = reading.denied_after.iter().any(|found| found.place.start >= start);
        if is_denied_after {
            return false;
        }
        let stance = reading.stance_at(start);
        if stance == Some(Stance::Denies) {
            return false;
        }
        let ours = group.gives || reading.has_ours(start) || reading.is_ours_here(start);
        let theirs = stance == Some(Stance::Gives) || reading.names_recipient(&group.place);
        let is_given = goes_on || theirs || self.proposes;
        ours || (is_given && !self.tells_contract)
    }
}

impl Promise {
    /// The offer, with the words of its clause.
    pub(super) fn into_offer(self, clause: &[Token], text: &str) -> Offer {
        let start = clause.first().map_or(0, |token| token.start);
        let end = clause.last().map_or(start, |token| token.end);
        let (value, percent) = match self.amount {
            Some(Sort::Amount(value)) => (value, None),
            Some(Sort::Percent(percent)) => (None, Some(percent)),
            _ => (None, None),
        };
        let words = text.get(start..end).unwrap_or_default().to_owned();
        Offer { kind: self.kind, value, percent, words }
    }
}

/// How much: inside the benefit's own words, else after them, else before.
fn amount(clause: &[Token], benefit: &Range<usize>, part: Range<usize>) -> Option<Sort> {
    let places = [benefit.clone(), benefit.end..part.end, part.start..benefit.start];
    places.into_iter().find_map(|place| {
        let mut sorts = clause.get(place)?.iter().map(|token| token.sort);
        sorts.find(|sort| matches!(sort, Sort::Amount(_) | Sort::Percent(_)))
    })
}

/// A clause and the phrases found in it.
struct Reading<'a> {
    clause: &'a [Token],
    marked: bool,
    benefits: Vec<Found>,
    ours: Vec<Found>,
    theirs: Vec<Found>,
    hedges: Vec<Found>,
    denials: Vec<Found>,
    already: Vec<Found>,
    denied_after: Vec<Found>,
    /// Where the desk speaks: what asks, doubts or leaves it to others.
    asked: Vec<Found>,
    innocent: Vec<Found>,
}

impl<'a> Reading<'a> {
    fn new(clause: &'a [Token], marked: bool, voice: Voice) -> Self {
        let at_desk = voice == Voice::Desk;
        let innocent = if at_desk { &TABLES.desk_innocent } else { &TABLES.innocent };
        let innocent = innocent.find(clause, marked);
        let meant = |found: Vec<Found>| -> Vec<Found> {
            found.into_iter().filter(|found| !innocent.iter().any(|other| overlap(found, other))).collect()
        };
        let benefits = TABLES.benefits.find(clause, marked).into_iter();
        let mut benefits: Vec<Found> = benefits.chain(TABLES.given.find(clause, marked)).collect();
        if at_desk {
            benefits.extend(TABLES.desk_benefits.find(clause, marked));
        }
        let mut benefits = meant(benefits);
        benefits.sort_by_key(|found| (found.place.start, found.place.end));
        let outside = |table: &Table| {
            let found = table.find(clause, marked).into_iter();
            found.filter(|found| !benefits.iter().any(|benefit| holds(benefit, found))).collect()
        };
        Self {
            ours: meant(TABLES.ours.find(clause, marked)),
            theirs: meant(TABLES.theirs.find(clause, marked)),
            hedges: outside(&TABLES.hedges),
            denials: outside(if at_desk { &TABLES.desk_denials } else { &TABLES.denials }),
            already: outside(&TABLES.already),
            denied_after: outside(&TABLES.denied_after),
            asked: outside(&TABLES.desk_asked),
            innocent,
            clause,
            marked,
            benefits,
        }
    }

    /// Benefits that are one thing: those with a word like `và` between them are two.
    fn groups(&self) -> Vec<Found> {
        let mut groups: Vec<Found> = Vec::new();
        for benefit in &self.benefits {
            let known = groups.last_mut().filter(|group| {
                let between = self.clause.get(group.place.end..benefit.place.start).unwrap_or_default();
                TABLES.separators.find(between, self.marked).is_empty()
            });
            match known {
                Some(group) => {
                    group.kind =
                        [group.kind, benefit.kind].into_iter().flatten().min_by_key(|kind| rank(*kind));
                    group.place.end = group.place.end.max(benefit.place.end);
                    group.gives |= benefit.gives;
                }
                None => {
                    let Found { place, kind, gives } = benefit;
                    groups.push(Found { place: place.clone(), kind: *kind, gives: *gives });
                }
            }
        }
        groups
    }

    /// What the words in front of a place say last: a hedge anywhere in front counts most, for what follows it is not
    /// ours to give.
    fn stance_at(&self, place: usize) -> Option<Stance> {
        let last = |found: &[Found], reach: usize| {
            let near =
                found.iter().filter(|found| found.place.start < place && place - found.place.start <= reach);
            near.map(|found| found.place.end.min(place)).max()
        };
        if last(&self.hedges, usize::MAX).is_some() {
            return Some(Stance::Denies);
        }
        let denied = last(&self.denials, DENIAL_REACH).max(last(&self.already, usize::MAX));
        let given = last(&self.ours, usize::MAX).max(last(&self.theirs, usize::MAX));
        match (denied, given) {
            (None, None) => None,
            (denied, given) if given > denied => Some(Stance::Gives),
            _ => Some(Stance::Denies),
        }
    }

    /// Money that we have something to do with and the customer, too, whatever the deed is called: `em mời anh ly cà
    /// phê 50k`. What is seen, asked for, paid or a price is none.
    fn between_us(&self) -> Option<Promise> {
        let at = self.clause.iter().position(|token| matches!(token.sort, Sort::Amount(_)))?;
        let before = self.clause.get(..at)?;
        let us = before.iter().position(is_us);
        let after = us.and_then(|us| self.clause.get(us..)).unwrap_or_default();
        let them = after.iter().any(|token| is_customer(token, self.marked));
        let innocent = self.innocent.iter().any(|found| found.place.contains(&at));
        let other = |table: &Table| !table.find(self.clause, self.marked).is_empty();
        let is_given = (them || self.has_ours(at)) && !innocent && self.stance_at(at) != Some(Stance::Denies);
        if !is_given || other(&TABLES.seen) || other(&TABLES.desk_prices) {
            return None;
        }
        let amount = self.clause.get(at).map(|token| token.sort);
        Some(Promise { kind: Kind::Compensation, amount })
    }

    /// What the desk gives away: every benefit that is neither denied nor asked, and money that is no price.
    fn given_by_desk(&self, groups: &[Found]) -> Vec<Promise> {
        let mut promises = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            let from = at.checked_sub(1).and_then(|at| groups.get(at)).map_or(0, |group| group.place.end);
            let to = groups.get(at + 1).map_or(self.clause.len(), |group| group.place.start);
            let denied_after = self.denied_after.iter().any(|found| found.place.start >= group.place.start);
            if denied_after || self.is_withheld(group.place.start) {
                continue;
            }
            if let Some(kind) = group.kind {
                promises.push(Promise { kind, amount: self.largest(from..to) });
            }
        }
        let priced = !TABLES.desk_prices.find(self.clause, self.marked).is_empty();
        if groups.is_empty() {
            let money = self.clause.iter().enumerate().filter(|(at, token)| {
                let innocent = self.innocent.iter().any(|found| found.place.contains(at));
                let counts = match token.sort {
                    Sort::Amount(Some(0)) => true,
                    Sort::Amount(_) => !priced,
                    _ => false,
                };
                counts && !innocent && !self.is_withheld(*at)
            });
            if let Some((at, _)) = money.into_iter().next() {
                let amount = self.largest(at..self.clause.len());
                // `Giá 0đ` gives the price away.
                let nothing = matches!(amount, Some(Sort::Amount(Some(0))));
                let kind = if nothing { Kind::Waiver } else { Kind::Compensation };
                promises.push(Promise { kind, amount: amount.filter(|_| !nothing) });
            }
        }
        promises
    }

    /// Whether a denial or a question stands right in front of a place and no other deed between them.
    fn is_withheld(&self, place: usize) -> bool {
        self.denials.iter().chain(&self.asked).any(|found| {
            let Range { start, end } = found.place;
            let near = start < place && place - start <= DESK_REACH;
            let between = self.clause.get(end..place).unwrap_or_default();
            let next = self.clause.get(end).map(|token| token.accented.as_str());
            let is_comfort = next.is_some_and(|word| phrases::NO_DENIAL.contains(&word));
            near && !is_comfort && TABLES.desk_cuts.find(between, self.marked).is_empty()
        })
    }

    /// The largest amount of a part, as often as it is given; a share where there is no amount.
    fn largest(&self, part: Range<usize>) -> Option<Sort> {
        let tokens = self.clause.get(part).unwrap_or_default();
        let amounts: Vec<Option<i64>> = tokens
            .iter()
            .filter_map(|token| match token.sort {
                Sort::Amount(value) => Some(value),
                _ => None,
            })
            .collect();
        if amounts.is_empty() {
            let shares = tokens.iter().filter_map(|token| match token.sort {
                Sort::Percent(share) => Some(share),
                _ => None,
            });
            return shares.max().map(Sort::Percent);
        }
        // An amount that nobody can tell is larger than any.
        let most =
            amounts.iter().copied().collect::<Option<Vec<i64>>>().and_then(|all| all.into_iter().max());
        Some(Sort::Amount(match self.times() {
            Times::Once => most,
            Times::Known(times) => most.and_then(|most| most.checked_mul(times)),
            Times::Unknown => None,
        }))
    }

    /// How often what is given each month is given.
    fn times(&self) -> Times {
        let each = TABLES.desk_each.find(self.clause, self.marked);
        if each.is_empty() {
            return Times::Once;
        }
        let counted = TABLES.desk_counts.find(self.clause, self.marked).into_iter();
        let numbers = counted.filter(|found| !each.iter().any(|each| overlap(found, each)));
        let number =
            numbers.filter_map(|found| self.clause.get(found.place.start)?.folded.parse::<i64>().ok()).max();
        number.map_or(Times::Unknown, Times::Known)
    }

    fn has_ours(&self, place: usize) -> bool {
        self.ours.iter().any(|found| found.place.start < place)
    }

    /// `em hoàn anh 300k`: we stand right in front of what is given.
    fn is_ours_here(&self, place: usize) -> bool {
        let near = self.clause.get(place.saturating_sub(2)..place).unwrap_or_default();
        near.iter().any(is_us)
    }

    /// `hoàn cho anh`, `20% off for you`, or the soft ending with which one hands something over.
    fn names_recipient(&self, benefit: &Range<usize>) -> bool {
        let inside = self.clause.get(benefit.clone()).unwrap_or_default();
        let end = self.clause.len().min(benefit.end + RECIPIENT_REACH);
        let after = self.clause.get(benefit.end..end).unwrap_or_default();
        inside.iter().any(|token| is_customer(token, self.marked))
            || !TABLES.recipients.find(after, self.marked).is_empty()
    }
}

/// How often something is given.
enum Times {
    Once,
    Known(i64),
    /// Each month, and nobody says for how long.
    Unknown,
}

fn overlap(one: &Found, other: &Found) -> bool {
    one.place.start < other.place.end && other.place.start < one.place.end
}

fn holds(outer: &Found, inner: &Found) -> bool {
    outer.place.start <= inner.place.start && inner.place.end <= outer.place.end
}

/// The higher a kind stands in the table of benefits, the more it says.
fn rank(kind: Kind) -> usize {
    phrases::BENEFITS.iter().position(|(known, _)| *known == kind).unwrap_or(phrases::BENEFITS.len())
}
