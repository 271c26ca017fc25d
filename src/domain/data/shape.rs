//! The shape of the document about a person; the manual's page data-and-law lists its keys.

use serde::Serialize;

use crate::domain::complaint::Stage;
use crate::domain::event::{CloseReason, DismissReason, Fixed, Source};
use crate::features::record::Portable;
use crate::kernel::lang::Lang;

/// The version of the document's shape.
pub(super) const FORMAT: &str = "langnghe-my-data/1";

/// The whole document.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    pub(super) format: &'static str,
    pub(super) made_at: String,
    /// Who it is about.
    pub profile: Profile,
    /// Their complaints, the first first.
    pub complaints: Vec<Case>,
    /// Messages that were not sent as a complaint.
    pub drafts: Vec<DraftShown>,
    /// What they asked about their data.
    pub data_requests: Vec<Request>,
}

/// Who the document is about.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    /// Their id on Discord.
    pub discord_id: String,
    /// The name that was shown when they asked.
    pub name: String,
    /// The language they chose.
    pub language_chosen: Option<Lang>,
    /// The language their Discord was last seen in.
    pub language_seen: Option<Lang>,
    /// The server they last chose.
    pub server_chosen: Option<String>,
}

/// A desk, as the document names it.
#[derive(Clone, Debug, Serialize)]
pub struct DeskName {
    /// The server's id.
    pub id: String,
    /// Its name, where it is known.
    pub name: String,
}

/// A complaint.
#[derive(Clone, Debug, Serialize)]
pub struct Case {
    pub(super) desk: DeskName,
    pub(super) number: i64,
    pub(super) filed_at: String,
    pub(super) first_written_at: String,
    pub(super) filed_by: Source,
    pub(super) stage: Stage,
    pub(super) ended_at: Option<String>,
    pub(super) end: Option<End>,
    pub(super) kept_until: Option<String>,
    pub(super) extras_erased_at: Option<String>,
    pub(super) language: Lang,
    pub(super) category: Option<String>,
    pub(super) treated_as_vulnerable: bool,
    pub(super) words: String,
    pub(super) wish: String,
    pub(super) contact: String,
    pub(super) files: Vec<File>,
    pub(super) messages: Vec<Message>,
    pub(super) replies: Vec<Reply>,
    pub(super) summaries: Vec<Summary>,
    pub(super) remedies: Vec<Remedies>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) withdrawals: Vec<Words>,
    #[serde(flatten)]
    pub(super) features: Portable,
    pub(super) merged_into: Option<i64>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(super) enum End {
    Closed(CloseReason),
    Dismissed(DismissReason),
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct File {
    pub(super) name: String,
    pub(super) media_type: String,
    pub(super) bytes: i64,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Message {
    pub(super) at: String,
    pub(super) text: String,
    pub(super) files: Vec<File>,
    pub(super) edits: Vec<Words>,
    pub(super) deleted_at: Option<String>,
    pub(super) moved_to: Option<i64>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Words {
    pub(super) at: String,
    pub(super) text: String,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Reply {
    pub(super) at: String,
    pub(super) by: String,
    pub(super) text: String,
    pub(super) files: Vec<File>,
    pub(super) delivered: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Summary {
    pub(super) at: String,
    pub(super) by: String,
    pub(super) text: String,
    pub(super) right: Option<bool>,
    pub(super) correction: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Remedies {
    pub(super) sent_at: String,
    pub(super) by: String,
    pub(super) text: String,
    pub(super) remedies: Vec<Remedy>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Remedy {
    pub(super) what: String,
    pub(super) due: Option<String>,
    pub(super) chosen: bool,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Outcome {
    pub(super) at: String,
    pub(super) by: String,
    pub(super) text: String,
    pub(super) rating: Option<i64>,
    pub(super) rated_at: Option<String>,
    pub(super) fixed: Option<Fixed>,
    pub(super) word: Option<String>,
}

/// Messages that were not sent as a complaint.
#[derive(Clone, Debug, Serialize)]
pub struct DraftShown {
    pub(super) messages: Vec<DraftMessage>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct DraftMessage {
    pub(super) at: String,
    pub(super) text: String,
    pub(super) files: Vec<File>,
}

/// A request about their data.
#[derive(Clone, Debug, Serialize)]
pub struct Request {
    pub(super) desk: DeskName,
    pub(super) number: i64,
    pub(super) asked_at: String,
    pub(super) asks: &'static str,
    pub(super) text: Option<String>,
    pub(super) due: Option<String>,
    pub(super) answered_at: Option<String>,
    pub(super) answered_by: Option<String>,
    pub(super) answer: Option<String>,
}
