//! Goodwill: a voucher, a gift or free service on top of what put the matter right. Never before the matter itself, never
//! for a rating, and within what the desk may spend in a month.

mod config;
mod decide;
pub mod discord;
mod record;

use serde::{Deserialize, Serialize};

use crate::features::authority::{Said, Worth};
use crate::kernel::context::Needs;
use crate::kernel::ids::ComplaintId;
use crate::kernel::people::{Grade, Person};
use crate::language::offer::Kind;

pub use config::read;
pub use decide::decide;
pub use record::{Given, line, table};

/// The name of what may be spent in a month.
const BUDGET: &str = "goodwill";

/// What a desk may give as goodwill.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Of which kinds; none: nothing is given.
    pub kinds: Vec<Kind>,
    /// How much in a calendar month of the desk's zone (đồng).
    pub budget: i64,
    /// How often for one complaint.
    pub per_case: i64,
}

/// Something given on top, or wanted to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
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

impl Item {
    /// Whether somebody has still to agree.
    pub fn waits(&self) -> bool {
        self.given_at.is_none() && self.turned_down_at.is_none()
    }

    /// Who has to agree, as it was written.
    fn needed(&self) -> Grade {
        self.needs.as_deref().and_then(Grade::parse).unwrap_or(Grade::Manager)
    }
}

/// What was given on top of a complaint, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct State(Vec<Item>);

/// One fact, as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "goodwill", rename_all = "kebab-case")]
pub enum Fact {
    /// Somebody wants to give something.
    Drafted {
        /// As it stands then.
        draft: Box<Item>,
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
pub enum Command {
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

/// What is brought to Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The customer reads what is given.
    ToCustomer(ToCustomer),
    /// Managers are asked.
    ToManagers(ToManagers),
    /// Managers hear that this person agreed to their own, as the only manager.
    AgreedAlone(Person),
}

/// What the customer reads: what is given on top, now that the matter is handled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToCustomer {
    /// Which.
    pub number: i64,
}

/// What managers are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "post")]
pub enum ToManagers {
    /// Something waits for somebody with the authority for it.
    #[serde(rename = "goodwill-waits")]
    Waits {
        /// Whether only head office has.
        head_office: bool,
    },
}

/// A message of the thread asks managers to agree to this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Which.
    pub number: i64,
}

/// What the asking person is told: how it stands now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// The complaint.
    pub complaint: ComplaintId,
    /// How it stands.
    pub goodwill: Box<Item>,
    /// Whether its giver agreed to it, as the only manager.
    pub alone: bool,
    /// What is left of the month's budget (đồng).
    pub left: i64,
}

/// Why nothing is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "kebab-case")]
pub enum Refused {
    /// That kind of thing is not given here.
    NoGoodwill {
        /// The stable name of the kind.
        kind: String,
    },
    /// The matter itself comes first.
    GoodwillEarly,
    /// Nothing is given for a rating.
    GoodwillForRating,
    /// This complaint has had what one gets.
    GoodwillEnough {
        /// How many that is.
        limit: i64,
    },
    /// The month's budget does not reach.
    GoodwillBudget {
        /// What is left of it (đồng).
        left: i64,
    },
}

impl Refused {
    /// Whether other words may get it done.
    pub fn is_mendable(&self) -> bool {
        matches!(self, Self::GoodwillForRating)
    }
}

impl Command {
    /// What must be looked up before it can be decided.
    pub fn needs(&self, state: &State) -> Needs {
        let agreement = match self {
            Self::Agree { number } => Some(state.item(*number).map_or(Grade::Manager, Item::needed)),
            Self::Give { .. } | Self::TurnDown { .. } => None,
        };
        Needs { agreement, budget: Some(BUDGET), cover: false }
    }

    /// Whether it goes to the customer, so that whoever gives it must know what was said last.
    pub fn settles(&self) -> bool {
        matches!(self, Self::Give { .. } | Self::Agree { .. })
    }
}

impl Fact {
    /// What it takes of which month's budget (đồng).
    pub fn spends(&self) -> Option<(&'static str, i64)> {
        match self {
            Self::Given { value, .. } => Some((BUDGET, *value)),
            Self::Drafted { .. } | Self::TurnedDown { .. } => None,
        }
    }
}

impl State {
    /// Whether nothing was ever given or wanted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One of them.
    pub fn item(&self, number: i64) -> Option<&Item> {
        self.0.iter().find(|held| held.number == number)
    }

    /// Takes in a fact, written at `at` (Unix ms).
    pub fn apply(&mut self, fact: &Fact, at: i64) {
        match fact {
            Fact::Drafted { draft } => self.0.push((**draft).clone()),
            Fact::Given { number, agreed_by, .. } => self.on(*number, |held| {
                held.given_at = Some(at);
                held.agreed_by.clone_from(agreed_by);
            }),
            Fact::TurnedDown { number, .. } => self.on(*number, |held| held.turned_down_at = Some(at)),
        }
    }

    fn on(&mut self, number: i64, change: impl FnOnce(&mut Item)) {
        if let Some(held) = self.0.iter_mut().find(|held| held.number == number) {
            change(held);
        }
    }

    /// What was given, on whose authority (đồng).
    pub fn spent(&self) -> impl Iterator<Item = (Grade, i64)> {
        let role = |held: &Item| held.needs.as_deref().and_then(Grade::parse).unwrap_or(Grade::Staff);
        self.0.iter().filter(|held| held.given_at.is_some()).map(move |held| (role(held), held.value))
    }

    /// The words that go with what is given.
    pub fn said(&self) -> impl Iterator<Item = Said> {
        self.0.iter().map(|held| Said { worth: Worth::Beside(held.value), ..Said::desk(&held.text) })
    }

    /// Whether what a message asks is decided.
    pub fn is_over(&self, prompt: Prompt) -> bool {
        self.item(prompt.number).is_none_or(|held| !held.waits())
    }
}
