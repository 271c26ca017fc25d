//! Why something is not done.

use serde::{Deserialize, Serialize};

use super::sight::Unseen;
use crate::features::{self, promise};
use crate::kernel::ids::UserId;
use crate::kernel::nested::nested;
use crate::kernel::people::Person;
use crate::kernel::refused::{Common, Refused};
use crate::sla::clocks::ClockKind;

/// Why something is not done. Said kindly to the person, in their language; no error of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self", tag = "refusal", rename_all = "kebab-case")]
pub enum Refusal {
    /// There are no words in it.
    Blank,
    /// There are too many words in it.
    TooLong {
        /// The limit in characters.
        limit: i64,
        /// How many there are.
        length: i64,
    },
    /// A file is too large.
    FileTooLarge {
        /// Its name.
        name: String,
        /// The limit in bytes.
        limit: i64,
    },
    /// A file of a message is too large; the rest of the message arrived.
    FileLeftOut {
        /// Its name.
        name: String,
        /// The limit in bytes.
        limit: i64,
    },
    /// A file could not be fetched.
    FileLost {
        /// Its name.
        name: String,
    },
    /// There is no room for more files of this customer.
    FilesFull {
        /// The file's name.
        name: String,
        /// How much is kept for one customer (bytes).
        limit: i64,
    },
    /// A file could not be kept: that is our fault, and sending it again does not help.
    FileNotKept {
        /// Its name.
        name: String,
    },
    /// There is nothing to choose: it was not sent by then, there is no such remedy, or the customer has chosen.
    NoChoice,
    /// Somebody has told the customer already.
    AlreadyTold,
    /// Files cannot be told by voice.
    NoFilesByVoice,
    /// What a customer said elsewhere lies ahead, or its time is not understood.
    SpokenWhen {
        /// What was written.
        written: String,
    },
    /// A complaint cannot be merged with itself.
    SameComplaint,
    /// The two are complaints of different customers.
    OtherCustomer,
    /// Only staff may.
    StaffOnly,
    /// Only managers may.
    ManagerOnly,
    /// Only head office may.
    HeadOfficeOnly,
    /// Only whoever manages the server may.
    SetupOnly,
    /// Only the customer of the complaint may.
    CustomerOnly,
    /// This is said in a desk thread.
    ThreadOnly,
    /// This is said on a server.
    GuildOnly,
    /// There is no such complaint.
    NoComplaint,
    /// Somebody has it already.
    AlreadyClaimed {
        /// Who.
        by: Person,
    },
    /// It is theirs already.
    AlreadyYours,
    /// It is resolved or has ended.
    NotOpen,
    /// It is open already.
    AlreadyOpen,
    /// There is no such category.
    NoCategory {
        /// What was asked for.
        asked: String,
    },
    /// Nobody handles a complaint of their own.
    OwnComplaint,
    /// Nobody handles a complaint about themselves.
    AboutYou,
    /// That person is whom the complaint is about.
    AboutThem {
        /// Their name.
        name: String,
    },
    /// The desk waits for the customer already.
    AlreadyWaiting,
    /// The desk does not wait.
    NotPaused,
    /// A nudge is not put off past its deadline.
    SnoozeTooLong {
        /// Which clock.
        clock: ClockKind,
        /// Its deadline (Unix ms).
        deadline: i64,
    },
    /// What was written is no duration.
    NoDuration {
        /// What was written.
        written: String,
    },
    /// What was written is no time.
    NoTime {
        /// What was written.
        written: String,
    },
    /// No message of the customer waits for an answer.
    NothingUnanswered,
    /// That clock never ran on this complaint.
    NoClock {
        /// Which clock.
        clock: ClockKind,
    },
    /// The button belongs to something that is over.
    Stale,
    /// What was done could not be read.
    Unclear,
    /// Several desks may be meant, and none was chosen.
    NoDesk,
    /// The rating was given already.
    AlreadyRated {
        /// The first tap.
        score: i64,
    },
    /// The rating is closed.
    RatingClosed,
    /// It is too late to open it again.
    ReopenTooLate,
    /// That person is no staff.
    NotStaff {
        /// Who.
        name: String,
    },
    /// The desk is not set up here.
    NotSetUp,
    /// This customer has just filed the same thing.
    JustFiled {
        /// Its number.
        number: i64,
    },
    /// This customer has filed very often in a short while.
    FiledOften {
        /// The number of their latest complaint.
        number: i64,
    },
    /// The draft is gone: sent or discarded.
    DraftGone,
    /// There is no such incident.
    NoIncident,
    /// The incident has ended.
    IncidentOver {
        /// Its number.
        number: i64,
    },
    /// There is no such playbook.
    NoPlaybook {
        /// What was asked for.
        asked: String,
    },
    /// A slot of the playbook is empty or not understood.
    WrongSlot {
        /// Its name.
        slot: String,
        /// What was written.
        written: String,
    },
    /// It offers the customer something that its writer may not give by themselves.
    Offer {
        /// The words that offer.
        words: String,
        /// The stable name of the lowest role that may; none: the table has nobody for it.
        role: Option<String>,
    },
    /// What a remedy is said to cost is less than its words give.
    OtherValue {
        /// The words that give.
        what: String,
        /// What they say (đồng); none: it is given, and they name no amount.
        said: Option<i64>,
        /// What was stated (đồng).
        stated: i64,
    },
    /// Two pairs of eyes: nobody agrees to what they proposed themselves.
    FourEyes {
        /// Who could, of those who were there lately.
        #[serde(default)]
        could: Vec<UserId>,
    },
    /// Who decides is changed by whoever manages the server, not by managers of the desk.
    SetupByOwner,
    /// A proposal needs another role to agree.
    AgreeOther {
        /// The stable name of that role.
        role: String,
    },
    /// A proposal has to be agreed to first.
    NotAgreed,
    /// A proposal has one remedy and no word why.
    OnlyOne,
    /// A promise is still to be kept.
    PromiseOpen {
        /// What was promised.
        what: String,
        /// Until when (Unix ms).
        due: i64,
    },
    /// Something in a form is not understood.
    NotUnderstood {
        /// The input's name.
        slot: String,
        /// What was written.
        written: String,
        /// What would be understood.
        like: String,
    },
    /// The words say two or more times.
    TwoTimes {
        /// What was written.
        written: String,
        /// The times (Unix ms).
        times: Vec<i64>,
    },
    /// The hour that was written is over.
    HourPassed {
        /// What was written.
        written: String,
        /// The instant it says (Unix ms).
        at: i64,
        /// What may be meant instead (Unix ms).
        instead: Vec<i64>,
    },
    /// The words name a day and no hour.
    NoHour {
        /// What was written.
        written: String,
        /// Noon of that day, or of each day that may be meant (Unix ms).
        days: Vec<i64>,
    },
    /// There is no such request about somebody's data.
    NoRequest,
    /// The request was answered already.
    RequestOver {
        /// Its number.
        number: i64,
    },
    /// What was written is no amount.
    NoAmount {
        /// What was written.
        written: String,
    },
    /// Something happened that whoever acts has not seen: it is shown, and they are asked again.
    Unseen {
        /// What, the oldest first; the latest of it where there is much.
        unseen: Vec<Unseen>,
        /// How many facts they have seen when they have read this.
        seen: i64,
    },
    /// Several things are not right, and all are named at once.
    Several {
        /// Which.
        refusals: Vec<Refusal>,
    },
    /// The version is not waiting for approval.
    NotWaiting,
    /// It could not be saved; the person should try again.
    NotSaved,
    /// Why a capability does nothing.
    #[serde(skip)]
    Feature(features::Refused),
}

nested! { Refusal::Feature(features::Refused); }

impl From<Common> for Refusal {
    fn from(common: Common) -> Self {
        match common {
            Common::Blank => Self::Blank,
            Common::TooLong { limit, length } => Self::TooLong { limit, length },
            Common::Stale => Self::Stale,
            Common::StaffOnly => Self::StaffOnly,
            Common::CustomerOnly => Self::CustomerOnly,
            Common::OwnComplaint => Self::OwnComplaint,
            Common::AboutYou => Self::AboutYou,
            Common::NotOpen => Self::NotOpen,
            Common::FourEyes { could } => Self::FourEyes { could },
            Common::AgreeOther { role } => Self::AgreeOther { role },
            Common::OtherValue { what, said, stated } => Self::OtherValue { what, said, stated },
            Common::NoAmount { written } => Self::NoAmount { written },
            Common::PromiseOpen { what, due } => Self::PromiseOpen { what, due },
            Common::ReopenTooLate => Self::ReopenTooLate,
        }
    }
}

impl From<promise::Refused> for Refusal {
    fn from(refused: promise::Refused) -> Self {
        Self::Feature(features::Refused::Promise(refused))
    }
}

impl From<Refused<features::Refused>> for Refusal {
    fn from(refused: Refused<features::Refused>) -> Self {
        match refused {
            Refused::Common(common) => common.into(),
            Refused::Own(own) => Self::Feature(own),
        }
    }
}

impl Refusal {
    /// All that is not right; none if nothing is.
    pub fn all(mut refusals: Vec<Self>) -> Option<Self> {
        match refusals.len() {
            0 | 1 => refusals.pop(),
            _ => Some(Self::Several { refusals }),
        }
    }

    /// Whether somebody else may, or nobody: what was written is of no use here.
    pub fn is_about_rights(&self) -> bool {
        matches!(
            self,
            Self::StaffOnly
                | Self::ManagerOnly
                | Self::HeadOfficeOnly
                | Self::SetupOnly
                | Self::CustomerOnly
                | Self::ThreadOnly
                | Self::GuildOnly
                | Self::NoComplaint
                | Self::NotSetUp
        )
    }

    /// The first words in which a time is not clear, although it is known which ones they may mean.
    pub fn unclear_time(&self) -> Option<&str> {
        match self {
            Self::TwoTimes { written, .. }
            | Self::HourPassed { written, .. }
            | Self::NoHour { written, .. } => Some(written),
            Self::Several { refusals } => refusals.iter().find_map(Self::unclear_time),
            _ => None,
        }
    }

    /// Whether other words, another time or another look may get it done: the form can be opened again with what was written.
    pub fn is_mendable(&self) -> bool {
        match self {
            Self::Several { refusals } => refusals.iter().all(Self::is_mendable),
            Self::Feature(refused) => refused.is_mendable(),
            Self::Blank
            | Self::TooLong { .. }
            | Self::SpokenWhen { .. }
            | Self::NoCategory { .. }
            | Self::SnoozeTooLong { .. }
            | Self::NoDuration { .. }
            | Self::NoTime { .. }
            | Self::NoPlaybook { .. }
            | Self::WrongSlot { .. }
            | Self::Offer { .. }
            | Self::OtherValue { .. }
            | Self::OnlyOne
            | Self::PromiseOpen { .. }
            | Self::NotUnderstood { .. }
            | Self::TwoTimes { .. }
            | Self::HourPassed { .. }
            | Self::NoHour { .. }
            | Self::NoAmount { .. }
            | Self::Unseen { .. }
            | Self::FileNotKept { .. } => true,
            _ => false,
        }
    }
}
