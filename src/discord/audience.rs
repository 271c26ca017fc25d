//! Who reads an answer. It is known before the work begins: an answer that comes late was announced to its readers already.

use super::commands::{self, MENUS};
use super::custom_id::CustomId;
use super::decode::{Deed, Heard};
use super::render::answers::Shape;
pub use crate::kit::command::Audience;

/// How an answer was announced that takes longer than Discord waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announced {
    /// *Thinking …*, for the asking person alone.
    Alone,
    /// Not at all: the message that was pressed stays until it changes.
    InPlace,
}

impl Audience {
    /// Who reads the answer to this.
    pub fn of(deed: &Deed) -> Self {
        match deed {
            Deed::Command { path, .. } => commands::find(path).map_or(Self::Alone, |held| held.audience),
            Deed::Menu { name, .. } => {
                let held = MENUS.iter().find(|(held, ..)| held == name);
                held.map_or(Self::Alone, |(.., audience)| *audience)
            }
            Deed::Suggest { .. } => Self::Alone,
            // An id that is not ours is refused.
            Deed::Press { id, .. } | Deed::Submit { id, .. } => {
                id.parse().map_or(Self::Alone, |id: CustomId| id.audience())
            }
        }
    }

    /// How an answer that takes longer is announced: never to more people than will read it.
    pub fn announced(self, heard: &Heard) -> Announced {
        match self {
            Self::InPlace if heard.pressed.is_some() => Announced::InPlace,
            Self::InPlace | Self::Alone | Self::Record => Announced::Alone,
        }
    }

    /// The shape that an answer may really have.
    pub fn admits(self, shape: Shape, heard: &Heard) -> Shape {
        match (self, shape) {
            (Self::Record, Shape::Public) => Shape::Public,
            (Self::InPlace, Shape::InPlace) if heard.pressed.is_some() => Shape::InPlace,
            (_, Shape::Form) => Shape::Form,
            (_, Shape::Private | Shape::Public | Shape::InPlace) => Shape::Private,
        }
    }
}

impl CustomId {
    /// Who reads the answer to this button, select or form.
    pub fn audience(&self) -> Audience {
        match self {
            // What customers ask for, lists, forms that open, and what staff are told on the side.
            Self::OpenFiling
            | Self::Filing { .. }
            | Self::OpenMore(_)
            | Self::OpenPropose(_)
            | Self::OpenReply(_)
            | Self::OpenResend { .. }
            | Self::OpenRead(_)
            | Self::OpenSummaryWrong(_)
            | Self::OpenChange { .. }
            | Self::OpenSendRemedies { .. }
            | Self::OpenSomethingElse { .. }
            | Self::OpenNoteChoice { .. }
            | Self::NoteChoice { .. }
            | Self::OpenMovePromise { .. }
            | Self::AskSuperior(_)
            | Self::Rest(_)
            | Self::AskQuestion(_)
            | Self::OpenAnswer { .. }
            | Self::OpenReturnRefusal { .. }
            | Self::OpenObject(_)
            | Self::Object(_)
            | Self::ChooseWithdraw
            | Self::Withdraw(_)
            | Self::Log { .. }
            | Self::LogMore { .. }
            | Self::OpenResolve(_)
            | Self::OpenSnooze { .. }
            | Self::ShowContact(_)
            | Self::OpenWord { .. }
            | Self::OpenWrite(_)
            | Self::Write(_)
            | Self::OpenListed { .. }
            | Self::Declare { .. }
            | Self::Update { .. }
            | Self::DataExport(_)
            | Self::OpenDataRequest(_)
            | Self::DataRequest(_)
            | Self::OpenAnswerRequest(_)
            | Self::AnswerRequest(_)
            | Self::OpenKept { .. } => Audience::Alone,
            // What happened in a complaint, for its thread.
            Self::Reply(_)
            | Self::ReplyHere
            | Self::Read(_)
            | Self::Propose(_)
            | Self::Agree { .. }
            | Self::Change { .. }
            | Self::Refuse(_)
            | Self::AgreeRefusal { .. }
            | Self::ReturnRefusal { .. }
            | Self::AgreeGoodwill { .. }
            | Self::TurnDownGoodwill { .. }
            | Self::Resolve(_)
            | Self::ResolveHere
            | Self::Resume(_) => Audience::Record,
            // What the pressed message turns into: of the action bar, the new one; elsewhere who pressed is answered alone.
            Self::Claim(_)
            | Self::NoAnswer(_)
            | Self::Snooze { .. }
            | Self::Told { .. }
            | Self::About { .. }
            | Self::SendRemedies { .. }
            | Self::FilePromise { .. }
            | Self::KeepPromise { .. }
            | Self::KeptPromise { .. }
            | Self::MovePromise { .. }
            | Self::Sort { .. }
            | Self::Classify(_)
            | Self::SetSeverity(_)
            | Self::SetVulnerable(_)
            | Self::SummaryRight(_)
            | Self::SummaryWrong(_)
            | Self::Choose { .. }
            | Self::SomethingElse { .. }
            | Self::AskManager { .. }
            | Self::Answer { .. }
            | Self::SendDraft(_)
            | Self::DropDraft(_)
            | Self::DraftLanguage { .. }
            | Self::ChooseDesk(_)
            | Self::Rate { .. }
            | Self::Fixed { .. }
            | Self::Word { .. }
            | Self::Reopen { .. }
            | Self::OpenSort { .. }
            | Self::Language { .. }
            | Self::Approve { .. }
            | Self::TakeTalk(_)
            | Self::TalkHeld(_)
            | Self::DataErase(_)
            | Self::DataEraseNow(_)
            // What was asked again privately turns into what came of it; the thread has its record.
            | Self::DoKept { .. }
            | Self::TimeKept { .. }
            | Self::SayKept { .. } => Audience::InPlace,
        }
    }
}
