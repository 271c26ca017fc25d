//! Rejections on Discord: forms, what a manager agrees to, what the customer reads.

use serde_json::{Value, json};

use super::{Command, REASON_LIMIT, Refused, Rejection, Response, State, ToManagers, ToThread, Which};
use crate::kernel::core::Core;
use crate::kernel::ids::{ComplaintId, MessageId};
use crate::kernel::people::Person;
use crate::kit::body::{Style, Voice, button, cut, no_pings, plain, quoted, row, small};
use crate::kit::command::{Audience, commands};
use crate::kit::custom_id::custom_ids;
use crate::kit::form::{Input, form, one_box};
use crate::kit::route::{Given, Post, Route};
use crate::sla::clocks::ClockKind;
use crate::text::{Words, sentences};

/// The inputs of its form: why.
const REASON: &str = "reason";
/// The law or the term of the contract.
const BASIS: &str = "basis";
/// What the customer can do.
const RECOURSE: &str = "recourse";

commands! {
    /// Its slash commands.
    pub enum Used;

    staff "case refuse" => Write {},
}

impl Used {
    /// What it asks for.
    pub fn route(self) -> Route<Command, Press> {
        let Self::Write {} = self;
        Route::FormInThread(Press::Write(ComplaintId(0)))
    }
}

custom_ids! {
    /// Its buttons and forms.
    pub enum Press;

    /// The form of a rejection.
    record "refuse" => Write(complaint: ComplaintId),
    /// Agrees to a rejection.
    record "agree-refusal" => Agree { complaint: ComplaintId, number: i64 },
    /// Opens the form that asks for a change of it.
    alone "open-return-refusal" => OpenReturn { complaint: ComplaintId, number: i64 },
    /// The form that asks for a change of it.
    record "return-refusal" => Return { complaint: ComplaintId, number: i64 },
    /// Opens the customer's form against it.
    alone "open-object" => OpenObject(complaint: ComplaintId),
    /// The customer's form against it.
    alone "object" => Object(complaint: ComplaintId),
}

impl Press {
    /// What it asks for.
    pub fn route(&self, given: &Given<'_>) -> Route<Command, Self> {
        match *self {
            Self::Write(complaint) => {
                let (reason, basis, recourse) =
                    (given.input(REASON), given.input(BASIS), given.input(RECOURSE));
                Route::Staff(complaint, Command::Write { reason, basis, recourse })
            }
            Self::Agree { complaint, number } => Route::Staff(complaint, Command::Agree { number }),
            Self::OpenReturn { complaint, number } => Route::Form(Self::Return { complaint, number }),
            Self::Return { complaint, number } => {
                Route::Staff(complaint, Command::Return { number, text: given.text() })
            }
            Self::OpenObject(complaint) => Route::Form(Self::Object(complaint)),
            Self::Object(complaint) => {
                let message = MessageId(given.interaction);
                Route::Customer(complaint, Command::Object { message, text: given.text() })
            }
        }
    }

    /// The same for this complaint.
    pub fn of(self, complaint: ComplaintId) -> Self {
        match self {
            Self::Write(_) => Self::Write(complaint),
            other => other,
        }
    }

    /// Whether whoever uses it must know what was said last.
    pub fn settles(&self) -> bool {
        matches!(self, Self::Write(_) | Self::Agree { .. })
    }

    /// Whether it is a form, which is sent and not pressed.
    pub fn is_form(&self) -> bool {
        matches!(self, Self::Write(_) | Self::Return { .. } | Self::Object(_))
    }

    /// The form as it opens, where it is one; `theirs`: words in the customer's language.
    pub fn form(&self, core: &Core, state: &State, words: &Words, theirs: &Words) -> Option<Value> {
        match self {
            Self::Write(_) => Some(self.write(core, state, words, theirs)),
            Self::Return { .. } => Some(one_box(self, words.change_title(), words.change_label(), 500)),
            Self::Object(_) => Some(one_box(self, words.object_button(), words.object_label(), 500)),
            Self::Agree { .. } | Self::OpenReturn { .. } | Self::OpenObject(_) => None,
        }
    }

    /// What the customer can do stands in it already, in their language.
    fn write(&self, core: &Core, state: &State, words: &Words, theirs: &Words) -> Value {
        let held = state.0.last();
        let input = |name: &str, label: String, hint: String, limit: usize, value: Option<String>| Input {
            name: name.to_owned(),
            label,
            hint,
            long: true,
            required: true,
            limit,
            value: value.unwrap_or_default(),
        };
        let (reason, basis) = (held.map(|held| held.reason.clone()), held.map(|held| held.basis.clone()));
        let recourse = held.map_or_else(|| theirs.recourse_draft(), |held| held.recourse.clone());
        let basis = input(BASIS, words.refuse_basis(), words.refuse_basis_hint(), 300, basis);
        form(
            self,
            &words.refuse_title(),
            &[
                input(REASON, words.refuse_reason(), words.refuse_reason_hint(), REASON_LIMIT, reason),
                Input { long: false, required: core.vulnerable, ..basis },
                input(RECOURSE, words.refuse_recourse(), String::new(), 500, Some(recourse)),
            ],
        )
    }
}

sentences! {
    SENTENCES:
    refuse_title();
    refuse_reason();
    refuse_reason_hint();
    refuse_basis();
    refuse_basis_hint();
    refuse_recourse();
    recourse_draft();
    refusal_drafted(name);
    refusal_basis(basis);
    refusal_waits();
    next_refusal();
    nudge_do_refusal();
    refusal_waits_for(role, place);
    refusal_agree_button();
    refusal_agreed(name);
    refusal_agreed_alone(name);
    refusal_returned(name, text);
    refusal_objected(name);
    refusal_objected_for(role, place);
    customer_refused(number, body, name);
    object_button();
    object_label();
    objection_heard(number);
}

/// What whoever asked reads, and who else does.
pub fn response(response: &Response, asker: &Person, words: &Words) -> (Audience, Value) {
    let name = plain(&asker.name);
    let (audience, text) = match response {
        Response::Stands { complaint, rejection, alone } => {
            return (Audience::Record, stands(*complaint, rejection, *alone, words));
        }
        Response::Returned { text } => (Audience::Record, words.refusal_returned(name, quoted(&plain(text)))),
        Response::Objected { number } => (Audience::Alone, words.objection_heard(*number)),
    };
    (audience, json!({ "content": cut(&text, 2_000), "components": [], "allowed_mentions": no_pings() }))
}

/// How it stands, with what can be done with it now.
fn stands(complaint: ComplaintId, held: &Rejection, alone: bool, words: &Words) -> Value {
    let text = format!("{}\n{}", words.refusal_drafted(plain(&held.by.name)), body(held, words));
    let (state, rows) = match &held.agreed_by {
        Some(by) if alone => (words.refusal_agreed_alone(plain(&by.name)), Vec::new()),
        Some(by) => (words.refusal_agreed(plain(&by.name)), Vec::new()),
        None => {
            let buttons = buttons(complaint, held, Style::Primary, words);
            (words.refusal_waits(), vec![row(buttons)])
        }
    };
    let text = format!("{text}\n{}", small(&state));
    json!({ "content": cut(&text, 2_000), "components": rows, "allowed_mentions": no_pings() })
}

fn buttons(complaint: ComplaintId, held: &Rejection, agree: Style, words: &Words) -> Vec<Value> {
    let number = held.number;
    vec![
        button(agree, &words.refusal_agree_button(), &Press::Agree { complaint, number }),
        button(Style::Secondary, &words.change_button(), &Press::OpenReturn { complaint, number }),
    ]
}

fn body(held: &Rejection, words: &Words) -> String {
    let mut text = quoted(&plain(&held.reason));
    if !held.basis.is_empty() {
        text = format!("{text}\n{}", words.refusal_basis(plain(&held.basis)));
    }
    format!("{text}\n{}", plain(&held.recourse))
}

/// As the customer reads it, with the button against it.
pub fn to_customer(
    post: Which,
    core: &Core,
    state: &State,
    words: &Words,
    voice: &Voice<'_>,
) -> (String, Vec<Value>) {
    let Some(held) = state.told(post.number) else {
        return (words.customer_closed(core.number), Vec::new());
    };
    let text = words.customer_refused(core.number, body(held, words), voice.signature(&held.by.name));
    let object = button(Style::Secondary, &words.object_button(), &Press::OpenObject(core.id));
    (text, vec![row(vec![object])])
}

/// What the thread reads; `name` is the customer's.
pub fn to_thread(post: &ToThread, name: &str, words: &Words) -> Post {
    let ToThread::Objected { text } = post;
    Post::Heard(words.refusal_objected(name), text.clone())
}

/// What managers are told: `asked` is a mention of them, `place` leads to the complaint.
pub fn to_managers(post: ToManagers, asked: String, place: String, words: &Words) -> String {
    match post {
        ToManagers::Waits => words.refusal_waits_for(asked, place),
        ToManagers::Objected => words.refusal_objected_for(asked, place),
    }
}

/// The next step of the complaint, where one waits.
pub fn next_step(state: &State, words: &Words) -> Option<String> {
    state.waiting().map(|_| words.next_refusal())
}

/// What is to be done about its clock, and the buttons for it where one waits.
pub fn clock_step(
    clock: ClockKind,
    core: &Core,
    state: &State,
    words: &Words,
) -> Option<(String, Vec<Value>)> {
    let buttons =
        state.waiting().map(|held| buttons(core.id, held, Style::Success, words)).unwrap_or_default();
    (clock == ClockKind::Refusal).then(|| (words.nudge_do_refusal(), buttons))
}

/// Why it is not rejected.
pub fn refused(refused: Refused, words: &Words) -> String {
    match refused {
        Refused::NoBasis => words.say("refusal-no-basis", &[]),
    }
}
