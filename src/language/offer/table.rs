//! The tables of phrases made ready, and what of them is in a line.

use std::ops::Range;
use std::sync::LazyLock;

use super::Kind;
use super::pattern::Pattern;
use super::phrases;
use super::tokens::Token;

/// A phrase found; the place is in tokens.
pub(super) struct Found {
    pub place: Range<usize>,
    pub kind: Option<Kind>,
    /// Whether it holds the promise itself.
    pub gives: bool,
}

/// Phrases ready to be looked for.
pub(super) struct Table {
    patterns: Vec<(Pattern, Option<Kind>)>,
    gives: bool,
}

impl Table {
    fn plain(phrases: &[&str]) -> Self {
        Self { patterns: phrases.iter().map(|phrase| (Pattern::new(phrase), None)).collect(), gives: false }
    }

    fn of_kinds(kinds: &[(Kind, &[&str])], gives: bool) -> Self {
        let each = kinds.iter().flat_map(|(kind, phrases)| phrases.iter().map(move |phrase| (phrase, *kind)));
        Self { patterns: each.map(|(phrase, kind)| (Pattern::new(phrase), Some(kind))).collect(), gives }
    }

    /// Everything of the table that is in these tokens.
    pub(super) fn find(&self, tokens: &[Token], marked: bool) -> Vec<Found> {
        let mut found = Vec::new();
        for start in 0..tokens.len() {
            let here = tokens.get(start..).unwrap_or_default();
            found.extend(self.patterns.iter().filter_map(|(pattern, kind)| {
                let length = pattern.length(here, marked)?;
                Some(Found { place: start..start + length, kind: *kind, gives: self.gives })
            }));
        }
        found
    }

    /// Whether something of the table is right here.
    pub(super) fn starts(&self, tokens: &[Token], marked: bool) -> bool {
        self.patterns.iter().any(|(pattern, _)| pattern.length(tokens, marked).is_some())
    }
}

/// Each of the tables of `phrases`.
pub(super) struct Tables {
    pub benefits: Table,
    pub given: Table,
    pub ours: Table,
    pub theirs: Table,
    pub proposals: Table,
    pub asking: Table,
    pub innocent: Table,
    pub hedges: Table,
    pub approvals: Table,
    pub denials: Table,
    pub denied_after: Table,
    pub already: Table,
    pub contract: Table,
    pub joints: Table,
    pub openings: Table,
    pub separators: Table,
    pub recipients: Table,
    pub inquiries: Table,
    pub seen: Table,
    pub desk_benefits: Table,
    pub desk_innocent: Table,
    pub desk_denials: Table,
    pub desk_asked: Table,
    pub desk_prices: Table,
    pub desk_cuts: Table,
    pub desk_each: Table,
    pub desk_counts: Table,
}

/// All the tables, read once.
pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
    benefits: Table::of_kinds(phrases::BENEFITS, false),
    given: Table::of_kinds(phrases::GIVEN, true),
    ours: Table::plain(phrases::OURS),
    theirs: Table::plain(phrases::THEIRS),
    proposals: Table::plain(phrases::PROPOSALS),
    asking: Table::plain(phrases::ASKING),
    innocent: Table::plain(phrases::INNOCENT),
    hedges: Table::plain(phrases::HEDGES),
    approvals: Table::plain(phrases::APPROVALS),
    denials: Table::plain(phrases::DENIALS),
    denied_after: Table::plain(phrases::DENIED_AFTER),
    already: Table::plain(phrases::ALREADY),
    contract: Table::plain(phrases::CONTRACT),
    joints: Table::plain(phrases::JOINTS),
    openings: Table::plain(phrases::OPENINGS),
    separators: Table::plain(phrases::SEPARATORS),
    recipients: Table::plain(phrases::RECIPIENTS),
    inquiries: Table::plain(phrases::INQUIRIES),
    seen: Table::plain(phrases::SEEN),
    desk_benefits: Table::of_kinds(phrases::DESK_BENEFITS, true),
    desk_innocent: Table::plain(&desk_innocent()),
    desk_denials: Table::plain(phrases::DESK_DENIALS),
    desk_asked: Table::plain(phrases::DESK_ASKED),
    desk_prices: Table::plain(phrases::DESK_PRICES),
    desk_cuts: Table::plain(phrases::DESK_CUTS),
    desk_each: Table::plain(phrases::DESK_EACH),
    desk_counts: Table::plain(phrases::DESK_COUNTS),
});

/// What only looks like a benefit where the desk speaks.
fn desk_innocent() -> Vec<&'static str> {
    let shared = phrases::INNOCENT.iter().filter(|phrase| !phrases::DESK_MEANT.contains(phrase));
    shared.chain(phrases::DESK_INNOCENT).copied().collect()
}
