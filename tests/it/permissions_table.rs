//! The permission table itself: a row for each command, menu and custom id, an outbox message for each kind of person.

use langnghe::discord::custom_id::{CustomId, OwnData};
use langnghe::domain::event::{Fixed, Medium};
use langnghe::features::clarify::discord::Press as Question;
use langnghe::features::discord::Press;
use langnghe::features::goodwill::discord::Press as Gift;
use langnghe::features::rejection::discord::Press as Rejection;
use langnghe::kernel::ids::{ComplaintId, DraftId, GuildId, IncidentId, MessageId, RequestId, UserId};
use langnghe::kernel::lang::Lang;
use langnghe::kit::custom_id::Within;
use langnghe::sandbox::Forged;
use langnghe::sla::clocks::ClockKind;
use serde_json::{Value, json};

use crate::permissions_ground::Ground;

/// Where a row is done by those of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// In the complaint's desk thread, which customers do not see.
    Thread,
    /// On the card in the desk channel, which customers do not see either.
    Card,
    /// The customer in their line, everybody else on the card.
    Line,
    /// On the request for approval in the managers' channel.
    Request,
}

/// What a row needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Nothing,
    Filed,
    Read,
    Promised,
    Promising,
    Proposed,
    Agreed,
    Sent,
    Talking,
    TalkTaken,
    Refusing,
    Refused,
    Spoken,
    Waiting,
    Resolved,
    Giving,
    Questioned,
    Rated,
    TwoComplaints,
    Draft,
    Incident,
    Asked,
}

/// A row: what is done, where, and on what.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub name: &'static str,
    pub seat: Seat,
    pub stand: Stand,
}

const fn row(name: &'static str, seat: Seat, stand: Stand) -> Row {
    Row { name, seat, stand }
}

/// The name of an id on the wire.
pub fn name_of(id: &CustomId) -> String {
    id.written().split(':').next().unwrap_or_default().to_owned()
}

fn command(path: &str, options: &[(&str, Value)]) -> Forged {
    let options = options.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    Forged::Command(path.to_owned(), options)
}

use Seat::{Card, Line, Request, Thread};
use Stand::{
    Agreed, Draft, Filed, Incident, Nothing, Promised, Promising, Proposed, Rated, Read, Resolved,
    TwoComplaints, Waiting,
};

type Used = (&'static Row, fn(&Ground) -> Forged, &'static str);

/// Commands and menus. Outbox messages as in `permissions::meant`.
#[rustfmt::skip]
pub const USED: &[Used] = &[
    (&row("complain", Thread, Nothing), |_| command("complain", &[]), "+++++++++"),
    (&row("my-complaints", Thread, Nothing), |_| command("my-complaints", &[]), "+++++++++"),
    (&row("my-data", Thread, Nothing), |_| command("my-data", &[]), "+++++++++"),
    (&row("reply", Thread, Filed), |_| command("reply", &[("text", json!("Dạ em xem ạ."))]), "sss+++stg"),
    (&row("case claim", Thread, Filed), |_| command("case claim", &[]), "sss+++stg"),
    // The other desk's staff know nobody of ours.
    (&row("case assign", Thread, Filed), |on| command("case assign", &[("person", json!(on.assignee.to_string()))]), "sss+++s-g"),
    (&row("case classify", Thread, Filed), |on| command("case classify", &[("category", json!(on.category))]), "sss+++stg"),
    (&row("case note", Thread, Filed), |_| command("case note", &[("text", json!("đã gọi"))]), "sss+++stg"),
    (&row("case read", Thread, Filed), |_| command("case read", &[]), "sss+++stg"),
    (&row("case ask", Thread, Filed), |_| command("case ask", &[("question", json!("when-and-where")), ("answer", json!("hôm qua, qua điện thoại"))]), "sss+++stg"),
    (&row("case propose", Thread, Filed), |_| command("case propose", &[]), "sss+++stg"),
    (&row("case promise", Thread, Filed), |_| command("case promise", &[("what", json!("gọi lại")), ("when", json!("2027-03-01 09:00"))]), "sss+++stg"),
    (&row("case promises", Thread, Filed), |_| command("case promises", &[]), "sss+++s+g"),
    // Nobody here has a case; whether somebody else's may be handed over is tried in a scene.
    (&row("case hand-over", Thread, Filed), |on| command("case hand-over", &[("person", json!(on.assignee.to_string()))]), "sss+++s-g"),
    (&row("case log", Thread, Filed), |_| command("case log", &[("medium", json!("phone"))]), "sss+++s+g"),
    (&row("case file", Thread, Filed), |_| command("case file", &[]), "sss+++stg"),
    (&row("case find", Thread, Filed), |_| command("case find", &[("query", json!("quat"))]), "sss+++s+g"),
    (&row("case refuse", Thread, Filed), |_| command("case refuse", &[]), "sss+++stg"),
    (&row("case goodwill", Thread, Resolved), |_| command("case goodwill", &[("kind", json!("voucher")), ("value", json!("200k")), ("text", json!("Cảm ơn anh"))]), "sss+++stg"),
    (&row("case withdraw", Thread, Filed), |_| command("case withdraw", &[("medium", json!("phone")), ("reason", json!("khách báo"))]), "sss+++stg"),
    (&row("case merge", Thread, TwoComplaints), |on| command("case merge", &[("number", json!(on.number - 1))]), "sss+++stg"),
    (&row("case list", Thread, Filed), |_| command("case list", &[]), "sss+++s+g"),
    (&row("case show", Thread, Filed), |on| command("case show", &[("number", json!(on.number))]), "sss+++sng"),
    (&row("case resolve", Thread, Filed), |_| command("case resolve", &[("outcome", json!("Đã xong."))]), "sss+++stg"),
    (&row("case wait", Thread, Filed), |_| command("case wait", &[]), "sss+++stg"),
    (&row("case resume", Thread, Waiting), |_| command("case resume", &[]), "sss+++stg"),
    (&row("case why", Thread, Filed), |_| command("case why", &[("clock", json!("reply"))]), "sss+++stg"),
    (&row("case reopen", Thread, Resolved), |_| command("case reopen", &[("reason", json!("khách gọi"))]), "sss+++stg"),
    (&row("case dismiss", Thread, Filed), |_| command("case dismiss", &[("reason", json!("test"))]), "mmmm++mtg"),
    (&row("incident declare", Request, Incident), |_| command("incident declare", &[("playbook", json!("cable-cut"))]), "mmmm++m+g"),
    (&row("incident update", Request, Incident), |on| command("incident update", &[("incident", json!(on.number.to_string()))]), "mmmm++mig"),
    (&row("incident show", Request, Incident), |on| command("incident show", &[("incident", json!(on.number.to_string()))]), "sss+++sig"),
    (&row("incident resolve", Request, Incident), |on| command("incident resolve", &[("incident", json!(on.number.to_string()))]), "mmmm++mig"),
    (&row("report overview", Thread, Nothing), |_| command("report overview", &[]), "mmmm++m+g"),
    (&row("desk setup", Thread, Nothing), |_| command("desk setup", &[("locale", json!("vi"))]), "uuuu++++g"),
    (&row("desk simulate", Thread, Nothing), |_| command("desk simulate", &[("received", json!("9:00"))]), "mmmm++m+g"),
    (&row("desk recompute", Thread, Nothing), |_| command("desk recompute", &[]), "mmmm++m+g"),
    (&row("desk health", Thread, Nothing), |_| command("desk health", &[]), "mmmm++m+g"),
    (&row("desk panel", Thread, Nothing), |_| command("desk panel", &[]), "uuuu++++g"),
    (&row("Send to customer", Thread, Filed), |_| Forged::Menu("Send to customer".to_owned()), "sss+++stg"),
    (&row("Keep in case file", Thread, Filed), |_| Forged::Menu("Keep in case file".to_owned()), "sss+++stg"),
];

const fn own(ground: &Ground) -> OwnData {
    OwnData { person: UserId(ground.customer), guild: GuildId(0) }
}

const fn on(ground: &Ground) -> ComplaintId {
    ComplaintId(ground.complaint)
}

fn button(_: &Ground) -> Option<Vec<String>> {
    None
}

type Pressed = (&'static Row, fn(&Ground) -> CustomId, fn(&Ground) -> Option<Vec<String>>, &'static str);

/// Buttons and selects. A form opens only for whoever may send it.
#[rustfmt::skip]
pub const PRESSED: &[Pressed] = &[
    (&row("open-filing", Card, Nothing), |_| CustomId::OpenFiling, button, "+++++++++"),
    (&row("claim", Card, Filed), |at| CustomId::Claim(on(at)), button, "sss+++sng"),
    (&row("open-reply", Card, Filed), |at| CustomId::OpenReply(on(at)), button, "sss+++sng"),
    (&row("open-read", Card, Filed), |at| CustomId::OpenRead(on(at)), button, "sss+++sng"),
    (&row("open-more", Card, Filed), |at| CustomId::OpenMore(on(at)), button, "sss+++sng"),
    (&row("set-severity", Card, Filed), |at| CustomId::SetSeverity(on(at)), |_| Some(vec!["high".to_owned()]), "sss+++sng"),
    (&row("set-vulnerable", Card, Filed), |at| CustomId::SetVulnerable(on(at)), |_| Some(vec!["yes".to_owned()]), "sss+++sng"),
    (&row("open-propose", Card, Filed), |at| CustomId::OpenPropose(on(at)), button, "sss+++sng"),
    (&row("resume", Card, Waiting), |at| CustomId::Resume(on(at)), button, "sss+++sng"),
    (&row("summary-right", Line, Read), |at| CustomId::SummaryRight(on(at)), button, "c+ccccccc"),
    (&row("open-summary-wrong", Line, Read), |at| CustomId::OpenSummaryWrong(on(at)), button, "c+ccccccc"),
    // It gives away what a manager must agree to.
    (&row("agree", Thread, Proposed), |at| CustomId::Agree { complaint: on(at), proposal: 1 }, button, "sss-++sng"),
    (&row("open-change", Thread, Proposed), |at| CustomId::OpenChange { complaint: on(at), proposal: 1 }, button, "sss+++sng"),
    (&row("open-send-remedies", Thread, Agreed), |at| CustomId::OpenSendRemedies { complaint: on(at), proposal: 1 }, button, "sss+++sng"),
    (&row("choose", Line, Stand::Sent), |at| CustomId::Choose { complaint: on(at), proposal: 1, remedy: 1 }, button, "c+ccccccc"),
    (&row("open-something-else", Line, Stand::Sent), |at| CustomId::OpenSomethingElse { complaint: on(at), proposal: 1 }, button, "c+ccccccc"),
    (&row("ask-manager", Line, Stand::Sent), |at| CustomId::AskManager { complaint: on(at), proposal: 1 }, button, "c+ccccccc"),
    (&row("take-talk", Card, Stand::Talking), |at| CustomId::TakeTalk(on(at)), button, "mmmm++mng"),
    (&row("talk-held", Card, Stand::TalkTaken), |at| CustomId::TalkHeld(on(at)), button, "mmmm+-mng"),
    (&row("told", Thread, Stand::Spoken), |at| CustomId::Told { complaint: on(at), number: 1 }, button, "sss+++sng"),
    (&row("open-resend", Thread, Stand::Spoken), |at| CustomId::OpenResend { complaint: on(at), number: 1 }, button, "sss+++sng"),
    (&row("agree-refusal", Thread, Stand::Refusing), |at| CustomId::Feature(Press::Reject(Rejection::Agree { complaint: on(at), number: 1 })), button, "sss-++sng"),
    // Only of whom it was spoken before.
    (&row("about", Card, Filed), |at| CustomId::About { complaint: on(at), person: UserId(7), holds: true }, button, "sssxxxsng"),
    (&row("ask-superior", Card, Filed), |at| CustomId::AskSuperior(on(at)), button, "sss+++sng"),
    (&row("rest", Card, Filed), |at| CustomId::Rest(on(at)), button, "sss+++sng"),
    (&row("ask-question", Card, Filed), |at| CustomId::Feature(Press::Clarify(Question::Ask(on(at)))), |_| Some(vec!["when-and-where".to_owned()]), "sss+++sng"),
    (&row("open-answer", Line, Stand::Questioned), |at| CustomId::Feature(Press::Clarify(Question::OpenAnswer { complaint: on(at), number: 1 })), button, "c+ccccccc"),
    (&row("agree-goodwill", Thread, Stand::Giving), |at| CustomId::Feature(Press::Goodwill(Gift::Agree { complaint: on(at), number: 1 })), button, "sss-++sng"),
    // Whoever wanted to give it may think better of it.
    (&row("turn-down-goodwill", Thread, Stand::Giving), |at| CustomId::Feature(Press::Goodwill(Gift::TurnDown { complaint: on(at), number: 1 })), button, "sss+++sng"),
    (&row("open-return-refusal", Thread, Stand::Refusing), |at| CustomId::Feature(Press::Reject(Rejection::OpenReturn { complaint: on(at), number: 1 })), button, "sss+++sng"),
    (&row("open-object", Line, Stand::Refused), |at| CustomId::Feature(Press::Reject(Rejection::OpenObject(on(at)))), button, "c+ccccccc"),
    (&row("choose-withdraw", Line, Filed), |_| CustomId::ChooseWithdraw, |at| Some(vec![at.complaint.to_string()]), "c+ccccccc"),
    (&row("open-note-choice", Thread, Stand::Sent), |at| CustomId::OpenNoteChoice { complaint: on(at), proposal: 1 }, button, "sss+++sng"),
    // The words of a promise are filed by whoever typed them, and by nobody else.
    (&row("file-promise", Thread, Promising), |at| CustomId::FilePromise { complaint: on(at), words_of: at.message, due: 1_803_000_000_000 }, button, "sss+xxsxg"),
    (&row("keep-promise", Thread, Promised), |at| CustomId::KeepPromise { complaint: on(at), promise: 1 }, button, "sss+++sng"),
    (&row("open-move-promise", Thread, Promised), |at| CustomId::OpenMovePromise { complaint: on(at), promise: 1 }, button, "sss+++sng"),
    (&row("open-resolve", Card, Filed), |at| CustomId::OpenResolve(on(at)), button, "sss+++sng"),
    (&row("open-snooze", Card, Filed), |at| CustomId::OpenSnooze { complaint: on(at), clock: ClockKind::Reply }, button, "sss+++sng"),
    (&row("no-answer", Card, Filed), |at| CustomId::NoAnswer(on(at)), button, "sss+++sng"),
    (&row("classify", Card, Filed), |at| CustomId::Classify(on(at)), |at| Some(vec![at.category.clone()]), "sss+++sng"),
    (&row("show-contact", Card, Filed), |at| CustomId::ShowContact(on(at)), button, "sss+++sng"),
    (&row("send-draft", Line, Draft), |at| CustomId::SendDraft(DraftId(at.draft)), button, "c+ccccccc"),
    (&row("drop-draft", Line, Draft), |at| CustomId::DropDraft(DraftId(at.draft)), button, "c+ccccccc"),
    (&row("draft-language", Line, Draft), |at| CustomId::DraftLanguage { draft: DraftId(at.draft), lang: Lang::En }, button, "d+ddddddd"),
    (&row("choose-desk", Line, Draft), |at| CustomId::ChooseDesk(DraftId(at.draft)), |at| Some(vec![at.guild.to_string()]), "d+ddddddd"),
    (&row("rate", Line, Resolved), |at| CustomId::Rate { complaint: on(at), cycle: 1, score: Within(4) }, button, "c+ccccccc"),
    (&row("fixed", Line, Rated), |at| CustomId::Fixed { complaint: on(at), cycle: 1, fixed: Fixed::Partly }, button, "c+ccccccc"),
    (&row("open-word", Line, Rated), |at| CustomId::OpenWord { complaint: on(at), cycle: 1 }, button, "c+ccccccc"),
    (&row("reopen", Line, Rated), |at| CustomId::Reopen { complaint: on(at), cycle: 1 }, button, "c+ccccccc"),
    (&row("open-sort", Line, TwoComplaints), |at| CustomId::OpenSort { complaint: on(at), message: MessageId(at.message) }, button, "c+ccccccc"),
    (&row("sort", Line, TwoComplaints), |at| CustomId::Sort { complaint: on(at), message: MessageId(at.message) }, |at| Some(vec![at.second.to_string()]), "n+nnnnnnn"),
    (&row("open-write", Line, Filed), |at| CustomId::OpenWrite(on(at)), button, "c+ccccccc"),
    (&row("language", Line, Filed), |at| CustomId::Language { complaint: on(at), lang: Lang::En }, button, "c+ccccccc"),
    (&row("open listed", Card, Incident), |at| CustomId::OpenListed { incident: IncidentId(at.incident), most: Within(1) }, button, "sss+++sig"),
    // Nobody presses with what is somebody else's; in the customer's direct messages it is all of theirs.
    (&row("data-export", Line, Filed), |at| CustomId::DataExport(own(at)), button, "x+xxxxxxx"),
    (&row("data-erase", Line, Filed), |at| CustomId::DataErase(own(at)), button, "x+xxxxxxx"),
    (&row("data-erase-now", Line, Filed), |at| CustomId::DataEraseNow(own(at)), button, "x+xxxxxxx"),
    (&row("open-data-request", Line, Filed), |at| CustomId::OpenDataRequest(own(at)), button, "x+xxxxxxx"),
    (&row("open-answer-request", Request, Stand::Asked), |at| CustomId::OpenAnswerRequest(RequestId(at.asked)), button, "mmmm++m+g"),
    // What was kept is found by whoever wrote it, and by nobody else.
    (&row("do-kept", Thread, Filed), |at| CustomId::DoKept { of: at.message }, button, "xxxxxxxxx"),
    (&row("open-kept", Thread, Filed), |at| CustomId::OpenKept { of: at.message }, button, "xxxxxxxxx"),
    (&row("say-kept", Line, Filed), |at| CustomId::SayKept { complaint: on(at), of: at.message }, button, "xxxxxxxxx"),
    (&row("time-kept", Thread, Filed), |at| CustomId::TimeKept { of: at.message, at: 1 }, button, "xxxxxxxxx"),
    (&row("approve", Request, Incident), |at| CustomId::Approve { incident: IncidentId(at.incident), version: 1 }, button, "hhhhh+hig"),
];

type Sent = (&'static Row, fn(&Ground) -> CustomId, &'static [(&'static str, &'static str)], &'static str);

const TEXT: &[(&str, &str)] = &[("text", "Dạ em xem ngay ạ.")];
const SLOTS: &[(&str, &str)] =
    &[("area", "Quận 7"), ("since", "8:30"), ("next_update", "11:00"), ("news", "Đang nối lại cáp.")];

/// Forms.
#[rustfmt::skip]
pub const SENT: &[Sent] = &[
    (&row("filing", Line, Nothing), |at| CustomId::Filing { guild: GuildId(at.guild), files_of: 0 }, &[("words", "Mạng chậm")], "+++++++x+"),
    (&row("reply form", Card, Filed), |at| CustomId::Reply(on(at)), TEXT, "sss+++sng"),
    (&row("reply form here", Thread, Filed), |_| CustomId::ReplyHere, TEXT, "sss+++stg"),
    (&row("read form", Card, Filed), |at| CustomId::Read(on(at)), &[("summary", "Mất mạng"), ("severity", "Nặng")], "sss+++sng"),
    (&row("propose form", Card, Filed), |at| CustomId::Propose(on(at)), &[("first", "Thay dây"), ("remark", "chỉ có cách này")], "sss+++sng"),
    (&row("change form", Thread, Proposed), |at| CustomId::Change { complaint: on(at), proposal: 1 }, TEXT, "sss+++sng"),
    (&row("send-remedies form", Thread, Agreed), |at| CustomId::SendRemedies { complaint: on(at), proposal: 1 }, TEXT, "sss+++sng"),
    (&row("note-choice form", Thread, Stand::Sent), |at| CustomId::NoteChoice { complaint: on(at), proposal: 1 }, &[("number", "1"), ("medium", "điện thoại")], "sss+++sng"),
    (&row("something-else form", Line, Stand::Sent), |at| CustomId::SomethingElse { complaint: on(at), proposal: 1 }, TEXT, "c+ccccccc"),
    (&row("log form", Card, Filed), |at| CustomId::Log { medium: Medium::Phone, person: UserId(at.customer), since: 0 }, &[("name", "Chị Hòa"), ("words", "Mất mạng nữa")], "sss+++s+g"),
    (&row("log-more form", Thread, Filed), |_| CustomId::LogMore { medium: Medium::Mail }, TEXT, "sss+++stg"),
    (&row("log-more-at form", Thread, Filed), |_| CustomId::LogMoreAt { medium: Medium::Mail, since: 0 }, TEXT, "sss+++stg"),
    (&row("refuse form", Card, Filed), |at| CustomId::Feature(Press::Reject(Rejection::Write(on(at)))), &[("reason", "Đã kiểm tra"), ("recourse", "Nhắn lại")], "sss+++sng"),
    (&row("return-refusal form", Thread, Stand::Refusing), |at| CustomId::Feature(Press::Reject(Rejection::Return { complaint: on(at), number: 1 })), TEXT, "sss+++sng"),
    (&row("object form", Line, Stand::Refused), |at| CustomId::Feature(Press::Reject(Rejection::Object(on(at)))), TEXT, "c+ccccccc"),
    (&row("withdraw form", Line, Filed), |at| CustomId::Withdraw(on(at)), TEXT, "c+ccccccc"),
    (&row("answer form", Line, Stand::Questioned), |at| CustomId::Feature(Press::Clarify(Question::Answer { complaint: on(at), number: 1 })), TEXT, "c+ccccccc"),
    (&row("summary-wrong form", Line, Read), |at| CustomId::SummaryWrong(on(at)), TEXT, "c+ccccccc"),
    (&row("kept-promise form", Thread, Promised), |at| CustomId::KeptPromise { complaint: on(at), promise: 1 }, TEXT, "sss+++sng"),
    (&row("move-promise form", Thread, Promised), |at| CustomId::MovePromise { complaint: on(at), promise: 1 }, &[("when", "2027-03-02 09:00"), ("text", "thợ bận")], "sss+++sng"),
    (&row("resolve form", Card, Filed), |at| CustomId::Resolve(on(at)), TEXT, "sss+++sng"),
    (&row("resolve form here", Thread, Filed), |_| CustomId::ResolveHere, TEXT, "sss+++stg"),
    (&row("snooze form", Card, Filed), |at| CustomId::Snooze { complaint: on(at), clock: ClockKind::Reply }, &[("for", "3m"), ("text", "đang gọi")], "sss+++sng"),
    (&row("word form", Line, Rated), |at| CustomId::Word { complaint: on(at), cycle: 1 }, TEXT, "c+ccccccc"),
    (&row("write form", Line, Filed), |at| CustomId::Write(on(at)), TEXT, "c+ccccccc"),
    (&row("data-request form", Line, Filed), |at| CustomId::DataRequest(own(at)), TEXT, "x+xxxxxxx"),
    (&row("answer-request form", Request, Stand::Asked), |at| CustomId::AnswerRequest(RequestId(at.asked)), TEXT, "mmmm++mrg"),
    (&row("declare form", Request, Incident), |_| CustomId::Declare { playbook: "cable-cut".to_owned(), options_of: 0 }, SLOTS, "mmmm++m+g"),
    (&row("update form", Request, Incident), |at| CustomId::Update { incident: IncidentId(at.incident), options_of: 0 }, SLOTS, "mmmm++mig"),
];
