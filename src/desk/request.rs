//! What a person asks for: the request with whoever asks, and what they had before their eyes.

use super::inbox::Key;
use super::public_answer::PublicAnswer;
use crate::domain::command::Command;
use crate::domain::complaint::FileRef;
use crate::domain::draft::Desks;
use crate::domain::event::Medium;
use crate::domain::sight::Sight;
use crate::kernel::extra::Extra;
use crate::kernel::ids::{ChannelId, ComplaintId, DraftId, GuildId, MessageId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kernel::people::Rank;

/// Who asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Asker {
    /// The person.
    pub person: Person,
    /// The language Discord says they read, if it is one of ours.
    pub lang: Option<Lang>,
    /// What they may do where they ask.
    pub rank: Rank,
}

/// A request of a person, decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// A second delivery has the same one.
    pub key: Key,
    /// Who asks.
    pub asker: Asker,
    /// What for.
    pub kind: RequestKind,
    /// The answer that may be the record of a complaint's thread; none where only the asking person reads it.
    pub record: Option<PublicAnswer>,
    /// The message that was pressed, where the answer takes its place.
    pub pressed: Option<(ChannelId, MessageId)>,
    /// How much of the complaint they had before their eyes.
    pub sight: Sight,
}

/// Which complaint is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// This one, asked for on this server: nobody reaches over to another one's, whatever a forged button says.
    Complaint(ComplaintId, GuildId),
    /// The one whose desk thread this is.
    Thread(ChannelId),
}

/// What a person asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum RequestKind {
    /// To file a complaint with the form.
    File {
        /// At which desk.
        guild: GuildId,
        /// What happened.
        words: String,
        /// What would put it right.
        wish: String,
        /// Contract or phone number.
        contact: String,
        /// Files that came along.
        files: Vec<FileRef>,
        /// Files that were to come along.
        lost: Vec<Extra>,
    },
    /// To write down what a customer said elsewhere than on Discord, as staff.
    Log {
        /// At which desk.
        guild: GuildId,
        /// Who said it; [`ELSEWHERE`](crate::kernel::ids::UserId::ELSEWHERE) if they are not on Discord.
        customer: Person,
        /// How.
        medium: Medium,
        /// When (Unix ms).
        since: i64,
        /// What happened.
        words: String,
        /// What would put it right.
        wish: String,
        /// Contract or phone number.
        contact: String,
    },
    /// Something with a complaint, as staff.
    Staff {
        /// Which.
        target: Target,
        /// What.
        command: Command,
    },
    /// To merge the complaint of a thread with another one, as staff.
    Merge {
        /// On which server.
        guild: GuildId,
        /// The desk thread of the one.
        thread: ChannelId,
        /// The number of the other.
        number: i64,
    },
    /// Something with a complaint, as its customer.
    Customer {
        /// Which.
        complaint: ComplaintId,
        /// What.
        command: Command,
    },
    /// A direct message.
    Say {
        /// The direct-message channel.
        channel: ChannelId,
        /// The message.
        message: MessageId,
        /// When it was written (Unix ms).
        at: i64,
        /// Its words.
        text: String,
        /// Files that came along.
        files: Vec<FileRef>,
        /// What else came along.
        extras: Vec<Extra>,
        /// The message it replies to.
        reply_to: Option<MessageId>,
        /// Desks it may be meant for.
        desks: Desks,
    },
    /// A direct message was changed (`Some`) or deleted (`None`).
    Change {
        /// The direct-message channel.
        channel: ChannelId,
        /// Which.
        message: MessageId,
        /// Its new words.
        text: Option<String>,
    },
    /// To file a draft.
    SendDraft {
        /// Which.
        draft: DraftId,
    },
    /// To drop a draft.
    DropDraft {
        /// Which.
        draft: DraftId,
    },
    /// To say which desk a draft is meant for.
    ChooseDesk {
        /// Which draft.
        draft: DraftId,
        /// Which desk.
        guild: GuildId,
    },
    /// To read and write about a draft in the other language.
    ChooseDraftLanguage {
        /// Which draft.
        draft: DraftId,
        /// Which language.
        lang: Lang,
    },
    /// To move a message to another complaint, or (none) to a new draft.
    Move {
        /// The message.
        message: MessageId,
        /// The complaint that took it.
        from: ComplaintId,
        /// Where it belongs; none: it is a new matter.
        to: Option<ComplaintId>,
    },
}
