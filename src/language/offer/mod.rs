//! Whether a reply to a customer promises something of value: money back, a discount, a free month, a gift.
//!
//! A clause offers where it names something of value and somebody gives it, and nothing in it denies it, tells it as
//! past, asks for it or leaves it to another's approval. Prices, invoices, rules and regret are none of that. What stands in
//! quotation marks or behind a `>` is read like everything else: the customer reads it, too.

mod clause;
mod hidden;
mod money;
mod pattern;
mod phrases;
mod table;
mod tokens;

pub use money::{Amount, amount, money};

use serde::{Deserialize, Serialize};

use clause::{Sentence, Stance, Voice};
use tokens::{Sort, Token, is_marked, tokens};

/// What a line promises to give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What kind.
    pub kind: Kind,
    /// How much, in đồng, where it says so.
    pub value: Option<i64>,
    /// How many percent, where it says so.
    pub percent: Option<u32>,
    /// The words it was found in, as they are read.
    pub words: String,
}

/// The kinds of things that are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Money that was paid comes back.
    Refund,
    /// A charge is not asked for.
    Waiver,
    /// A price is lowered.
    Discount,
    /// Money or credit for what went wrong.
    Compensation,
    /// Time of service without a price.
    FreeService,
    /// A voucher or code.
    Voucher,
    /// A present.
    Gift,
}

/// What is given on top of what puts a matter right; all others put it right.
pub const GIFTS: [Kind; 3] = [Kind::Voucher, Kind::Gift, Kind::FreeService];

impl Kind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Refund,
        Self::Waiver,
        Self::Discount,
        Self::Compensation,
        Self::FreeService,
        Self::Voucher,
        Self::Gift,
    ];

    /// Reads the stable name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Its name in settings and records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Refund => "refund",
            Self::Waiver => "waiver",
            Self::Discount => "discount",
            Self::Compensation => "compensation",
            Self::FreeService => "free-service",
            Self::Voucher => "voucher",
            Self::Gift => "gift",
        }
    }
}

/// The offers in what a member of staff writes to a customer; empty: none. Who gives must be said.
pub fn offers(text: &str) -> Vec<Offer> {
    read(text, Voice::Talk)
}

/// What is given away in words in which the desk itself speaks: a remedy, a promise, an outcome. Nobody need be named there:
/// whatever is of value counts, unless it is denied or asked.
pub fn given(text: &str) -> Vec<Offer> {
    read(text, Voice::Desk)
}

fn read(text: &str, voice: Voice) -> Vec<Offer> {
    let mut found: Vec<Offer> = Vec::new();
    for reading in hidden::readings(text) {
        let offers = offers_in(&reading, voice);
        // Read better, it has a better name.
        found.retain(|known: &Offer| {
            let same = |offer: &&Offer| (offer.value, offer.percent) == (known.value, known.percent);
            let named = offers.iter().filter(same).any(|offer| offer.kind != known.kind);
            let still = offers.iter().filter(same).any(|offer| offer.kind == known.kind);
            known.kind != Kind::Compensation || still || !named
        });
        for offer in offers {
            let known = found.iter().any(|known| {
                (known.kind, known.value, known.percent) == (offer.kind, offer.value, offer.percent)
            });
            if !known {
                found.push(offer);
            }
        }
    }
    found
}

fn offers_in(text: &str, voice: Voice) -> Vec<Offer> {
    let tokens = tokens(text);
    let marked = is_marked(&tokens);
    let mut found: Vec<Offer> = Vec::new();
    for (sentence, question) in sentences(&tokens) {
        let sentence = Sentence::new(sentence, question, marked, voice);
        let mut stance = Stance::Open;
        for clause in sentence.clauses() {
            let (promises, after) = sentence.judge(clause, stance);
            stance = after;
            for promise in promises {
                let offer = promise.into_offer(clause, text);
                let is_told_again = offer.value.is_none()
                    && offer.percent.is_none()
                    && found.iter().any(|known| known.kind == offer.kind);
                if !is_told_again {
                    found.push(offer);
                }
            }
        }
    }
    found
}

/// The sentences, each with whether it ends in a question mark.
fn sentences(tokens: &[Token]) -> impl Iterator<Item = (&[Token], bool)> {
    let ends = |token: &Token| matches!(token.sort, Sort::Stop | Sort::Ask);
    tokens.split_inclusive(move |token| ends(token)).map(move |sentence| match sentence.split_last() {
        Some((last, rest)) if ends(last) => (rest, last.sort == Sort::Ask),
        _ => (sentence, false),
    })
}
