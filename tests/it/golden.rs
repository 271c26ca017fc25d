//! What was stored by an earlier version of this program means the same to this one.

mod constructed;
mod desk;
pub mod harvest;
mod lines;
mod names;
mod played;
mod reduce;
mod shape;
mod texts;

use std::path::PathBuf;

use serde_json::Value;

/// The program's types of what is stored, and those that it is made of. When one of them moves or gets another name, this is
/// the place to say so; what they are called where they are stored never changes.
mod stored {
    pub use langnghe::desk::Told;
    pub use langnghe::desk::data_requests::Done as DataTold;
    pub use langnghe::desk::inbox::Stored;
    pub use langnghe::desk::incidents::{Done as IncidentTold, Options as IncidentOptions};
    pub use langnghe::desk::outcome::Done as RequestTold;
    pub use langnghe::discord::custom_id::CustomId;
    pub use langnghe::discord::{KeptDeed, KeptPromise};
    pub use langnghe::domain::arriving::Word;
    pub use langnghe::domain::colleague::Fact as About;
    pub use langnghe::domain::command::{Answer, Refusal};
    pub use langnghe::domain::complaint::{Complaint, Stage};
    pub use langnghe::domain::data::{DataRequest, RequestMessage};
    pub use langnghe::domain::disposition::{Done as DispositionDone, Fact as Disposition};
    pub use langnghe::domain::draft::{Draft, DraftOutboxMessage};
    pub use langnghe::domain::erasing::Erasure;
    pub use langnghe::domain::event::{
        CloseReason, DismissReason, Entry, Event, Fixed, Medium, Source, Undelivered,
    };
    pub use langnghe::domain::footing::Fault;
    pub use langnghe::domain::incident::{Incident, IncidentMessage, IncidentStage};
    pub use langnghe::domain::ledger::{Entry as RecordEntry, Overreach, Record};
    pub use langnghe::domain::line::Line;
    pub use langnghe::domain::notice::{BoardMessage, Notice};
    pub use langnghe::domain::outbox::{CustomerPost, DeskPost, ManagerPost, OutboxMessage, ThreadPost};
    pub use langnghe::domain::procedure::{Done as ProcedureDone, Step};
    pub use langnghe::domain::prompt::Asks;
    pub use langnghe::domain::proposal::Choice;
    pub use langnghe::domain::running::{Cause, Stop};
    pub use langnghe::domain::settings::Setup;
    pub use langnghe::domain::sight::Meanwhile;
    pub use langnghe::domain::speech::Fact as Speech;
    pub use langnghe::domain::timer::Slot;
    pub use langnghe::features::clarify::{Fact as Clarifying, Response as ClarifyingDone};
    pub use langnghe::features::goodwill::Fact as Goodwill;
    pub use langnghe::features::promise::{
        Appointment, Fact as Promise, Response as PromiseDone, ToCustomer as PromisePost, Word as PromiseWord,
    };
    pub use langnghe::features::rejection::{Fact as Rejection, Response as RejectionDone};
    pub use langnghe::kernel::board::Board;
    pub use langnghe::kernel::extra::Extra;
    pub use langnghe::kernel::ids::Stream;
    pub use langnghe::kernel::lang::Lang;
    pub use langnghe::kernel::people::Actor;
    pub use langnghe::kernel::severity::Severity;
    pub use langnghe::language::offer::Kind as OfferKind;
    pub use langnghe::sla::clocks::{Addressee, ClockKind};

    /// What drafts, incidents, requests about data and boards wait for.
    pub const OTHER_SLOTS: [&str; 10] = [
        langnghe::domain::draft::SHOW,
        langnghe::domain::draft::FILE_UNSENT,
        langnghe::domain::data::REMIND,
        langnghe::domain::data::MISSED,
        langnghe::domain::incident::change::FAN_OUT,
        langnghe::domain::incident::change::NEXT_UPDATE,
        langnghe::desk::FLUSH,
        langnghe::desk::LIST,
        langnghe::desk::DIGEST,
        langnghe::desk::GIVEN_UP,
    ];
}

/// The folder of what was committed.
fn committed() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/golden")
}

/// The lines of a committed file.
fn lines_of(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(committed().join(name)).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

/// The values of a committed file of JSON lines.
fn values_of(name: &str) -> Vec<Value> {
    lines_of(name).iter().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// Compares a text with the committed one; where a folder is named to write to, writes it there instead.
fn expect_text(name: &str, text: &str) {
    if let Some(folder) = harvest::folder() {
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(name), text).expect("it is written");
        return;
    }
    let expected = std::fs::read_to_string(committed().join(name)).expect("it was committed");
    for (number, (now, then)) in text.lines().zip(expected.lines()).enumerate() {
        assert_eq!(now, then, "{name}, line {}", number + 1);
    }
    assert_eq!(text.lines().count(), expected.lines().count(), "{name} has another length");
}
