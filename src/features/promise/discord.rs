//! Promises on Discord: what the customer reads, and what came of a promise.

use serde_json::{Value, json};

use super::{Refused, Response, ToCustomer};
use crate::kernel::core::Core;
use crate::kernel::people::Person;
use crate::kit::body::{Voice, at, cut, no_pings, plain, quoted, relative};
use crate::kit::command::Audience;
use crate::text::{Words, sentences};

sentences! {
    SENTENCES:
    promised(number, when, what, name);
    promise_moved(number, from, when, what, reason, name);
    promise_kept_told(number, what, outcome, name);
    appointment_made(number, how, when, what, name);
    appointment_reminder(number, how, when, what, name);
    promise_done(name, when, relative, what);
    promise_moved_done(name, from, when, what, reason);
    promise_kept_done(name, what);
    promise_late_done(name, what);
    promise_kept_title();
    promise_kept_label();
    promise_when();
    promise_when_hint();
    promise_reason();
    promise_move_title();
    promise_read(when, relative, what);
    promise_which(what);
    promise_passed(when, what);
    promise_open(when, relative);
    promise_broken(when);
    promise_kept(when);
    promise_kept_late(when);
    promise_moved_times(times);
    promise_line(number, what, name, standing);
    promise_keep_button(number);
    promise_move_button(number);
    promises_of(number);
    promises_open(count);
    promises_none();
    promises_none_open();
    promise_released();
}

/// What the customer reads.
pub fn to_customer(post: &ToCustomer, core: &Core, words: &Words, voice: &Voice<'_>) -> String {
    let number = core.number;
    match post {
        ToCustomer::Promised { by, what, due, appointment } => {
            let (when, what, name) = (at(*due), quoted(&plain(what)), voice.signature(&by.name));
            match appointment {
                Some(held) => {
                    let how = words.say(&format!("appointment-{}", held.as_str()), &[]);
                    words.appointment_made(number, how, when, what, name)
                }
                None => words.promised(number, when, what, name),
            }
        }
        ToCustomer::Reminder { promise: held, appointment } => {
            let how = words.say(&format!("appointment-{}", appointment.as_str()), &[]);
            let (when, what) = (at(held.due), quoted(&plain(&held.what)));
            words.appointment_reminder(number, how, when, what, voice.signature(&held.by.name))
        }
        ToCustomer::Moved { by, what, from, due, reason } => {
            let (what, name) = (quoted(&plain(what)), voice.signature(&by.name));
            words.promise_moved(number, at(*from), at(*due), what, plain(reason), name)
        }
        ToCustomer::Kept { by, what, outcome, .. } => {
            let (what, outcome) = (quoted(&plain(what)), quoted(&plain(outcome)));
            words.promise_kept_told(number, what, outcome, voice.signature(&by.name))
        }
    }
}

/// What whoever asked reads, and who else does.
pub fn response(response: &Response, asker: &Person, words: &Words) -> (Audience, Value) {
    let name = plain(&asker.name);
    let text = match response {
        Response::Promised { what, due, .. } => {
            words.promise_done(name, at(*due), relative(*due), quoted(&plain(what)))
        }
        Response::Moved { what, from, due, reason, .. } => {
            words.promise_moved_done(name, at(*from), at(*due), quoted(&plain(what)), plain(reason))
        }
        Response::Kept { what, in_time: true, .. } => words.promise_kept_done(name, quoted(&plain(what))),
        Response::Kept { what, in_time: false, .. } => words.promise_late_done(name, quoted(&plain(what))),
    };
    let body = json!({ "content": cut(&text, 2_000), "components": [], "allowed_mentions": no_pings() });
    (Audience::Record, body)
}

/// Why nothing is promised, moved or kept.
pub fn refused(refused: Refused, words: &Words) -> String {
    let when = |key: &str, due: i64| words.say(&format!("refusal-{key}"), &[("when", at(due).into())]);
    match refused {
        Refused::NoPromise { number } => words.say("refusal-no-promise", &[("number", number.into())]),
        Refused::PromisePast { due } => when("promise-past", due),
        Refused::PromiseFar { due } => when("promise-far", due),
        Refused::PromiseOver { due } => when("promise-over", due),
        Refused::PromiseUnmoved { due } => when("promise-unmoved", due),
    }
}
