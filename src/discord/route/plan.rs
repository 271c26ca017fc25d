//! What is to be done about an interaction.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::desk::request::Request;
use crate::discord::commands::Filter;
use crate::discord::custom_id::CustomId;
use crate::domain::command::Refusal;
use crate::domain::report::PeriodKind;
use crate::domain::settings::Setup;
use crate::features::discord::Press;
use crate::features::promise::Appointment;
use crate::kernel::ids::{ComplaintId, IncidentId, MessageId, RequestId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kit::option::{Attached, Source};
use crate::sla::clocks::ClockKind;

/// What is to be done about an interaction.
#[derive(Clone, Debug)]
pub enum Plan {
    /// Open this form at once. A file that came along is fetched meanwhile.
    Form(Json, Option<Attached>),
    /// Ask the desk; files are fetched first and put into the request.
    Request {
        /// The request.
        request: Box<Request>,
        /// Files to fetch.
        files: Vec<Attached>,
        /// The `/complain` whose file was fetched before, or 0.
        files_of: u64,
        /// The language of the answer, where it was chosen just now.
        lang: Option<Lang>,
    },
    /// Look something up.
    Query(Query),
    /// Do something that is more than one request to the desk.
    Action(Action),
    /// Say kindly why not.
    Refuse(Refusal),
}

/// What can be looked up. It changes nothing.
#[derive(Clone, Debug)]
pub enum Query {
    /// The asking customer's complaints.
    Mine,
    /// The open complaints.
    List {
        /// Which.
        filter: Filter,
    },
    /// One complaint: by number, or the one of this thread.
    Show {
        /// Its number.
        number: Option<i64>,
    },
    /// Complaints by number, customer or words.
    Find {
        /// What is looked for.
        query: String,
    },
    /// Words that did not arrive, to be changed and sent again.
    Resend {
        /// The complaint.
        complaint: ComplaintId,
        /// Which of what was to be told.
        number: i64,
    },
    /// Every field of a complaint, and what is done seldom.
    More(ComplaintId),
    /// A complaint's whole contact.
    Contact(ComplaintId),
    /// Which complaint a message belongs to.
    Sort {
        /// The complaint that took it.
        complaint: ComplaintId,
        /// The message.
        message: MessageId,
    },
    /// Figures of a period.
    Report {
        /// Which.
        period: PeriodKind,
    },
    /// Suggestions for an option.
    Suggest {
        /// What is suggested; none: nothing, such as to somebody who may not use the command.
        source: Option<Source>,
        /// What is typed so far.
        typed: String,
    },
    /// Why a deadline of this thread's complaint is what it is.
    Why {
        /// Which clock.
        clock: ClockKind,
    },
    /// The deadlines of a complaint received at some time.
    Simulate {
        /// When, as typed.
        received: String,
    },
    /// How the desk is doing.
    Health,
    /// The version of an incident that is in use, by what was typed or chosen.
    Incident {
        /// Its id or number.
        incident: String,
    },
    /// Promises of this thread's complaint, or else of all that the asking person answers for.
    Promises,
    /// Something about a person's own data.
    Data(DataQuery),
}

/// What is done with more than one request to the desk, or with what is looked up first.
#[derive(Clone, Debug)]
pub enum Action {
    /// The case file of a complaint, by number or that of this thread.
    CaseFile {
        /// Its number.
        number: Option<i64>,
        /// The language of the page; none: the reader's.
        lang: Option<Lang>,
        /// Whether contract and telephone numbers stand there whole.
        whole: bool,
        /// Whether the files go along.
        files: bool,
    },
    /// Opens a form about a complaint, filled in, if what it asks for is possible.
    Open {
        /// The form.
        form: CustomId,
        /// What stands in it.
        inputs: BTreeMap<String, String>,
    },
    /// Opens a form again with the words that were kept.
    OpenKept {
        /// The interaction that was not carried out.
        of: u64,
    },
    /// Sends the words that were kept to the desk, as its customer.
    SayKept {
        /// The complaint.
        complaint: ComplaintId,
        /// The interaction that was not carried out.
        of: u64,
    },
    /// What the desk is set to, after setting what is said here.
    Setup(Box<Setup>),
    /// The panel is to be posted.
    Panel,
    /// Something with an incident.
    Incident(IncidentAction),
    /// Something of the procedure.
    Procedure(ProcedureAction),
    /// Something about a person's own data.
    Data(DataAction),
    /// Open deadlines computed anew.
    Recompute,
    /// Opening those who have waited longest in an incident's list.
    OpenListed {
        /// The incident.
        incident: IncidentId,
        /// How many at most.
        most: i64,
    },
}

/// What of the procedure needs the complaint before it is asked for.
#[derive(Clone, Debug)]
pub enum ProcedureAction {
    /// Opens the form of the recording for the complaint of this thread.
    OpenRead,
    /// Opens the form of a proposal for this complaint or (none) that of this thread, filled in with two remedies: the
    /// numbers of usual ones, or words.
    OpenPropose {
        /// Which complaint.
        which: Option<ComplaintId>,
        /// The remedies, as far as the options named them.
        remedies: [String; 2],
        /// What they cost, as it was written.
        values: [String; 2],
    },
    /// Open a capability's form for the complaint of the thread.
    Open(Press),
    /// A promise in the words that were typed; the time is shown back before it is filed.
    Promise {
        /// What.
        what: String,
        /// Until when, as typed.
        when: String,
        /// Whether both sides meet then.
        appointment: Option<Appointment>,
    },
    /// Files the promise whose words a command kept.
    FilePromise {
        /// The complaint.
        complaint: ComplaintId,
        /// The command.
        words_of: u64,
        /// Until when (Unix ms).
        due: i64,
    },
    /// A promise was kept; before its hour a form asks what came of it.
    KeepPromise {
        /// The complaint.
        complaint: ComplaintId,
        /// Which promise.
        promise: i64,
    },
    /// All open complaints of somebody are somebody else's from now on.
    HandOver {
        /// Whose they are; none: the asking person's.
        from: Option<Person>,
        /// Whose they become.
        to: Person,
    },
}

/// What can be looked up about a person's own data.
#[derive(Clone, Copy, Debug)]
pub enum DataQuery {
    /// What is kept.
    Kept,
    /// All of it, as a file.
    Export,
    /// What would be erased.
    Erasable,
}

/// What can be done about a person's own data.
#[derive(Clone, Debug)]
pub enum DataAction {
    /// Erase it.
    Erase,
    /// Ask for anything else.
    Ask {
        /// The words.
        text: String,
    },
    /// A manager answers a request.
    Answer {
        /// Which.
        request: RequestId,
        /// The words.
        text: String,
    },
}

/// What can be done with incidents.
#[derive(Clone, Debug)]
pub enum IncidentAction {
    /// Open the form of a new one.
    Declare {
        /// The playbook's file name.
        playbook: String,
        /// Where it is felt.
        area: Option<String>,
        /// When the next word comes.
        next_update: Option<String>,
    },
    /// The form of a new one came back.
    Declared {
        /// The playbook's file name.
        playbook: String,
        /// The command whose options belong to it.
        options_of: u64,
        /// The inputs.
        inputs: BTreeMap<String, String>,
    },
    /// Open the form of a new version.
    Update {
        /// What was typed or chosen: its id or number.
        incident: String,
        /// When the next word comes.
        next_update: Option<String>,
    },
    /// The form of a new version came back.
    Updated {
        /// The incident.
        incident: IncidentId,
        /// The command whose options belong to it.
        options_of: u64,
        /// The inputs.
        inputs: BTreeMap<String, String>,
    },
    /// Approve a version.
    Approve {
        /// The incident.
        incident: IncidentId,
        /// The version.
        version: i64,
    },
    /// End it.
    Resolve {
        /// What was typed or chosen.
        incident: String,
    },
}
