//! The table of authority: what may be given to a customer, up to which value, by whom, without asking anybody.

use serde::{Deserialize, Serialize};

use crate::kernel::people::{Grade, Rank};
use crate::language::fold::fold;
use crate::language::offer::{Kind, Offer};

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Who.
    pub role: Grade,
    /// What kinds of things; none: all.
    pub kinds: Vec<Kind>,
    /// Up to so much (đồng); none: not limited by an amount.
    pub up_to: Option<i64>,
    /// Up to so many percent; none: not limited by a share.
    pub up_to_percent: Option<u32>,
}

impl Grant {
    /// Whether it allows an offer beside what was given before (đồng). What has a limit does not cover what names no figure
    /// to hold against it.
    fn allows(&self, offer: &Offer, beside: i64) -> bool {
        let kind = self.kinds.is_empty() || self.kinds.contains(&offer.kind);
        let value = offer.value.map(|value| value.saturating_add(beside));
        let within = match (value, offer.percent) {
            (None, None) => self.up_to.is_none() && self.up_to_percent.is_none(),
            (value, percent) => {
                let amount = value.is_none_or(|value| self.up_to.is_none_or(|most| value <= most));
                let share = percent.is_none_or(|share| match (self.up_to_percent, self.up_to) {
                    (Some(most), _) => share <= most,
                    // A share of nobody knows what is held by no amount.
                    (None, Some(_)) => value.is_some(),
                    (None, None) => true,
                });
                amount && share
            }
        };
        kind && within
    }
}

/// Whether a role may make an offer by itself, beside what was given on its authority before (đồng). Each role holds what those
/// below it hold.
pub fn allows(table: &[Grant], offer: &Offer, role: Grade, beside: i64) -> bool {
    table.iter().any(|grant| grant.role <= role && grant.allows(offer, beside))
}

/// Who speaks in a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Voice {
    /// A member of staff talks: who gives is said.
    Talk,
    /// The desk speaks: whatever is of value is given by it.
    Desk,
}

/// Words of a person that the customer will read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// Who speaks in them.
    pub voice: Voice,
    /// The words.
    pub text: String,
    /// What they cost, where that was held against the table by itself.
    pub worth: Worth,
}

/// What words cost by what goes with them (đồng).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worth {
    /// Nothing goes with them.
    Open,
    /// The words themselves are said to cost so much.
    Stated(i64),
    /// Something of so much goes with them, and may be named in them.
    Beside(i64),
}

impl Said {
    /// Words of somebody who talks.
    pub fn talk(text: &str) -> Self {
        Self { voice: Voice::Talk, text: text.to_owned(), worth: Worth::Open }
    }

    /// Words in which the desk speaks.
    pub fn desk(text: &str) -> Self {
        Self { voice: Voice::Desk, ..Self::talk(text) }
    }
}

/// Something given away on somebody's own authority, as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The stable name of the role on whose authority.
    pub role: String,
    /// What kind.
    pub kind: Kind,
    /// How much (đồng); none: it was not said.
    pub value: Option<i64>,
    /// How many percent.
    pub percent: Option<u32>,
    /// The words.
    pub words: String,
}

/// What somebody may give in a case, beside what was given there before.
#[derive(Clone, Debug)]
pub struct Authority<'a> {
    /// The table.
    pub table: &'a [Grant],
    /// What whoever asks may do.
    pub rank: Rank,
    /// What was given away in words.
    pub told: &'a [Given],
    /// What else was given, on whose authority (đồng).
    pub spent: Vec<(Grade, i64)>,
}

impl Authority<'_> {
    /// Who must agree to something of this kind and value (đồng); none: it is covered for whoever asks.
    pub fn agreement(&self, kind: Kind, value: i64) -> Option<Grade> {
        let offer = Offer { kind, value: Some(value), percent: None, words: String::new() };
        let within = |role: &Grade| allows(self.table, &offer, *role, self.up_to(*role, &offer, &[]));
        let covered = Grade::ALL.iter().any(|role| role.is_held_by(self.rank) && within(role));
        let lowest = || Grade::ALL.into_iter().find(within).unwrap_or(Grade::HeadOffice);
        (!covered).then(lowest)
    }

    /// What was given in this case on the authority of a role or of those below it (đồng), `more` of it just now, beside an
    /// offer that is only told again.
    pub fn up_to(&self, role: Grade, offer: &Offer, more: &[Given]) -> i64 {
        let up_to = |name: &str| Grade::parse(name).unwrap_or(Grade::Staff) <= role;
        let told = self.told.iter().filter(|held| up_to(&held.role) && !is_told_again(held, offer));
        let now = more.iter().filter(|held| up_to(&held.role));
        let said = told.chain(now).filter_map(|held| held.value);
        let spent = self.spent.iter().filter(|(held, _)| *held <= role).map(|(_, value)| *value);
        said.chain(spent).fold(0, i64::saturating_add)
    }
}

/// Whether an offer tells of what was given before, and gives nothing once more.
pub fn is_told_again(held: &Given, offer: &Offer) -> bool {
    (held.kind, held.value, held.percent) == (offer.kind, offer.value, offer.percent)
        && !says_more(&offer.words)
}

/// Whether words give something once more.
pub fn says_more(words: &str) -> bool {
    const MORE: [&str; 9] =
        ["them", "nua", "another", "more", "additional", "extra", "again", "second", "hai lan"];
    let key = format!(" {} ", fold(words).replace(|sign: char| !sign.is_alphanumeric(), " "));
    MORE.iter().any(|more| key.contains(&format!(" {more} ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(kind: Kind, value: Option<i64>, percent: Option<u32>) -> Offer {
        Offer { kind, value, percent, words: String::new() }
    }

    #[test]
    fn each_row_covers_what_it_says_and_no_more() {
        let row = |role, kinds: &[Kind], up_to, up_to_percent| Grant {
            role,
            kinds: kinds.to_vec(),
            up_to,
            up_to_percent,
        };
        let table = [
            row(Grade::Staff, &[Kind::Voucher, Kind::Gift], Some(100_000), None),
            row(Grade::Manager, &[Kind::Refund, Kind::Discount], Some(2_000_000), Some(20)),
            row(Grade::HeadOffice, &[], None, None),
        ];
        for (given, by, lowest) in [
            (offer(Kind::Voucher, Some(100_000), None), [true, true, true], Some(Grade::Staff)),
            (offer(Kind::Voucher, Some(100_001), None), [false, false, true], Some(Grade::HeadOffice)),
            // Nobody knows what it costs.
            (offer(Kind::Gift, None, None), [false, false, true], Some(Grade::HeadOffice)),
            (offer(Kind::Voucher, None, Some(5)), [false, false, true], Some(Grade::HeadOffice)),
            (offer(Kind::Refund, Some(2_000_000), None), [false, true, true], Some(Grade::Manager)),
            (offer(Kind::Discount, None, Some(20)), [false, true, true], Some(Grade::Manager)),
            (offer(Kind::Discount, None, Some(21)), [false, false, true], Some(Grade::HeadOffice)),
            (offer(Kind::Discount, Some(50_000), Some(30)), [false, false, true], Some(Grade::HeadOffice)),
            (offer(Kind::Waiver, None, None), [false, false, true], Some(Grade::HeadOffice)),
        ] {
            assert_eq!(Grade::ALL.map(|role| allows(&table, &given, role, 0)), by, "{given:?}");
            let covering = Grade::ALL.into_iter().find(|role| allows(&table, &given, *role, 0));
            assert_eq!(covering, lowest, "{given:?}");
        }
        let waiver = offer(Kind::Waiver, None, None);
        assert!(!Grade::ALL.iter().any(|role| allows(&table[..2], &waiver, *role, 0)));
        // What was given before counts.
        let refund = offer(Kind::Refund, Some(1_500_000), None);
        assert!(allows(&table, &refund, Grade::Manager, 500_000));
        assert!(!allows(&table, &refund, Grade::Manager, 500_001));
    }
}
