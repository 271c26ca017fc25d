//! The table of authority: what may be given to a customer, up to which value, by whom, without asking anybody.

use crate::kernel::people::Grade;
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
