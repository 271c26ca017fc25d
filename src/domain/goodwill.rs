//! Goodwill: a voucher, a gift or free service on top of what put the matter right. Never before the matter itself, never
//! for a rating, and within what the desk may spend in a month. Derived from the journal like everything else.

use serde::{Deserialize, Serialize};

use super::complaint::{Complaint, Stage};
use super::event::{CloseReason, Fixed};
use crate::kernel::ids::ComplaintId;
use crate::kernel::people::Grade;
use crate::kernel::people::Person;
use crate::language::fold;
use crate::language::offer::Kind;

/// The kinds of offers that may be goodwill; all others put a matter right.
pub const KINDS: [Kind; 3] = [Kind::Voucher, Kind::Gift, Kind::FreeService];

/// What a desk may give as goodwill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoodwillPolicy {
    /// Of which kinds; none: nothing is given.
    pub kinds: Vec<Kind>,
    /// How much in a calendar month of the desk's zone (đồng).
    pub budget: i64,
    /// How often for one complaint.
    pub per_case: i64,
}

/// One entry of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goodwill {
    /// Counts those of a complaint from 1.
    pub number: i64,
    /// What kind of thing.
    pub kind: Kind,
    /// What it costs the company (đồng).
    pub value: i64,
    /// The words that go with it, as the customer reads them.
    pub text: String,
    /// Who wants to give it.
    pub by: Person,
    /// The stable name of the role that must agree; none: the table of authority covers it for whoever gives it.
    pub needs: Option<String>,
    /// Who agreed, where somebody had to.
    pub agreed_by: Option<Person>,
    /// When it was given (Unix ms).
    pub given_at: Option<i64>,
    /// When it was turned down (Unix ms).
    pub turned_down_at: Option<i64>,
}

impl Goodwill {
    /// Whether somebody has still to agree.
    pub fn waits(&self) -> bool {
        self.given_at.is_none() && self.turned_down_at.is_none()
    }
}

/// One fact, as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "goodwill", rename_all = "kebab-case")]
pub enum Fact {
    /// Somebody wants to give something.
    Drafted {
        /// As it stands then.
        draft: Box<Goodwill>,
    },
    /// It was given: the customer is told, and the month's budget is less.
    Given {
        /// Which.
        number: i64,
        /// What it costs (đồng).
        value: i64,
        /// Who agreed; none: nobody had to.
        agreed_by: Option<Person>,
        /// Whether it was their own, since the desk has no other manager.
        #[serde(default)]
        alone: bool,
    },
    /// It was turned down.
    TurnedDown {
        /// Which.
        number: i64,
        /// By whom.
        by: Person,
    },
}

/// What people ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Give something.
    Give {
        /// What kind of thing.
        kind: Kind,
        /// What it costs (đồng).
        value: i64,
        /// The words that go with it.
        text: String,
    },
    /// Agree to what somebody else wants to give.
    Agree {
        /// Which.
        number: i64,
    },
    /// Turn it down.
    TurnDown {
        /// Which.
        number: i64,
    },
}

impl Deed {
    /// Which grade somebody else must have, if it is an agreement.
    pub fn agreement(&self, ledger: &[Goodwill]) -> Option<Grade> {
        let Self::Agree { number } = self else { return None };
        let held = ledger.iter().find(|held| held.number == *number);
        Some(held.and_then(|held| held.needs.as_deref()).and_then(Grade::parse).unwrap_or(Grade::Manager))
    }
}

/// What the asking person is told: how it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// The complaint.
    pub complaint: ComplaintId,
    /// How it stands.
    pub goodwill: Box<Goodwill>,
    /// Whether its giver agreed to it, as the only manager.
    pub alone: bool,
    /// What is left of the month's budget (đồng).
    pub left: i64,
}

/// Takes a fact into the ledger of a complaint; `at`: when it was written (Unix ms).
pub(super) fn apply(ledger: &mut Vec<Goodwill>, fact: &Fact, at: i64) {
    let mut on = |number: i64, change: &dyn Fn(&mut Goodwill)| {
        if let Some(held) = ledger.iter_mut().find(|held| held.number == number) {
            change(held);
        }
    };
    match fact {
        Fact::Drafted { draft } => ledger.push((**draft).clone()),
        Fact::Given { number, agreed_by, .. } => on(*number, &|held| {
            held.given_at = Some(at);
            held.agreed_by.clone_from(agreed_by);
        }),
        Fact::TurnedDown { number, .. } => on(*number, &|held| held.turned_down_at = Some(at)),
    }
}

/// Whether the matter itself is handled: resolved, and not said to be unfixed. Whoever was refused, or withdrew, was not
/// helped.
pub fn matter_is_handled(complaint: &Complaint) -> bool {
    let resolved = complaint.stage == Stage::Resolved
        || matches!(complaint.closed, Some(CloseReason::Confirmed | CloseReason::Silence));
    let unfixed = complaint.rating().is_some_and(|rating| matches!(rating.fixed, Some(Fixed::No)));
    resolved && !unfixed
}

/// Whether words speak of a rating, which nothing is given for: with or without accents, in both languages.
pub fn speaks_of_a_rating(text: &str) -> bool {
    const PHRASES: [&str; 11] = [
        "danh gia",
        "cham diem",
        "nam sao",
        "rate",
        "rates",
        "rating",
        "ratings",
        "review",
        "reviews",
        "star",
        "stars",
    ];
    let folded = fold::fold(text);
    let words: Vec<&str> =
        folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined = format!(" {} ", words.join(" "));
    let phrase = PHRASES.iter().any(|phrase| joined.contains(&format!(" {phrase} ")));
    // `5 sao`, `5sao`, `★`.
    let counted = words.windows(2).any(|pair| pair[0].parse::<u32>().is_ok() && pair[1] == "sao");
    let glued =
        words.iter().any(|word| word.strip_suffix("sao").is_some_and(|count| count.parse::<u32>().is_ok()));
    phrase || counted || glued || text.contains(['★', '⭐'])
}

#[cfg(test)]
mod tests {
    use super::speaks_of_a_rating;

    #[test]
    fn nothing_is_given_for_a_rating_in_whatever_words() {
        for text in [
            "Anh đánh giá 5 sao giúp em nhé",
            "danh gia giup em",
            "Cho em 5sao nha",
            "năm sao nhé chị",
            "Anh chấm điểm cao giúp em",
            "Please leave a review",
            "We would love a 5-star rating",
            "⭐⭐⭐⭐⭐ nhé",
        ] {
            assert!(speaks_of_a_rating(text), "{text}");
        }
        for text in [
            "Cảm ơn anh đã kiên nhẫn chờ đợi",
            "Sao anh không gọi lại cho em",
            "Vì sao mạng chậm em đã giải thích",
            "Thank you for your patience; we started again at once",
            "The voucher is separate and generated today",
            "Quà tặng từ bên em ạ",
        ] {
            assert!(!speaks_of_a_rating(text), "{text}");
        }
    }
}
