//! Why nothing is done, as far as every capability may say it.

use super::ids::UserId;

/// What any capability may refuse for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Common {
    /// There are no words in it.
    Blank,
    /// There are too many words in it.
    TooLong {
        /// The limit in characters.
        limit: i64,
        /// How many there are.
        length: i64,
    },
    /// The button belongs to something that is over.
    Stale,
    /// Only staff may.
    StaffOnly,
    /// Only the customer of the complaint may.
    CustomerOnly,
    /// Nobody handles a complaint of their own.
    OwnComplaint,
    /// Nobody handles a complaint about themselves.
    AboutYou,
    /// It is resolved or has ended.
    NotOpen,
    /// Two pairs of eyes: nobody agrees to what they proposed themselves.
    FourEyes {
        /// Who could, of those who were there lately.
        could: Vec<UserId>,
    },
    /// Another role has to agree.
    AgreeOther {
        /// The stable name of that role.
        role: String,
    },
    /// What something is said to cost is less than its words give.
    OtherValue {
        /// The words that give.
        what: String,
        /// What they say (đồng); none: it is given, and they name no amount.
        said: Option<i64>,
        /// What was stated (đồng).
        stated: i64,
    },
    /// A promise is still to be kept.
    PromiseOpen {
        /// What was promised.
        what: String,
        /// Until when (Unix ms).
        due: i64,
    },
    /// It is too late to open it again.
    ReopenTooLate,
    /// What was written is no amount.
    NoAmount {
        /// What was written.
        written: String,
    },
}

/// Why a capability does nothing: for a reason that all know, or for one of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused<R> {
    /// A reason that all know.
    Common(Common),
    /// Its own.
    Own(R),
}

impl<R> From<Common> for Refused<R> {
    fn from(common: Common) -> Self {
        Self::Common(common)
    }
}

impl<R> Refused<R> {
    /// The same, with its own reasons in another type.
    pub fn map<S>(self, own: impl FnOnce(R) -> S) -> Refused<S> {
        match self {
            Self::Common(common) => Refused::Common(common),
            Self::Own(held) => Refused::Own(own(held)),
        }
    }
}
