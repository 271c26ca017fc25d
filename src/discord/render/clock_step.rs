//! What keeps a deadline: for each clock one sentence and the buttons whose press does it. Every press named here stops
//! its clock, or leads to the form that does.

use serde_json::Value;

use super::{Style, bar, button, cut, plain};
use crate::discord::custom_id::CustomId;
use crate::domain::complaint::Complaint;
use crate::features::discord;
use crate::sla::clocks::ClockKind;
use crate::text::Words;

/// How much of a promise a nudge says, in characters.
const PROMISE: usize = 200;

/// What to do about a clock: a sentence, and what is pressed for it.
pub fn step(clock: ClockKind, complaint: &Complaint, words: &Words) -> (String, Vec<Value>) {
    let id = complaint.id;
    let reply = || button(Style::Primary, &words.reply_button(), &CustomId::OpenReply(id));
    let resolve = |style| button(style, &words.resolve_button(), &CustomId::OpenResolve(id));
    let propose = || bar::propose_button(id, words);
    match clock {
        ClockKind::Recorded => (
            words.nudge_do_read(),
            vec![button(Style::Primary, &words.read_button(), &CustomId::OpenRead(id))],
        ),
        ClockKind::Reply => {
            let none = button(Style::Secondary, &words.no_answer_button(), &CustomId::NoAnswer(id));
            (words.nudge_do_reply(), vec![reply(), none])
        }
        ClockKind::Consult => match complaint.features.procedure.proposals.last() {
            Some(held) if !held.is_agreed() => {
                let number = held.number;
                let agree = CustomId::Agree { complaint: id, proposal: number };
                let change = CustomId::OpenChange { complaint: id, proposal: number };
                let buttons = vec![
                    button(Style::Success, &words.agree_button(), &agree),
                    button(Style::Secondary, &words.change_button(), &change),
                ];
                (words.nudge_do_agree(), buttons)
            }
            _ => (words.nudge_do_propose(), vec![propose()]),
        },
        ClockKind::Plan => match complaint.features.procedure.proposals.last() {
            Some(held) if held.sent_at.is_some() => {
                let note = CustomId::OpenNoteChoice { complaint: id, proposal: held.number };
                (
                    words.nudge_do_choice(),
                    vec![button(Style::Primary, &words.note_choice_button(), &note), reply()],
                )
            }
            Some(held) if held.is_agreed() => {
                let send = CustomId::OpenSendRemedies { complaint: id, proposal: held.number };
                (words.nudge_do_send(), vec![button(Style::Primary, &words.remedies_button(), &send)])
            }
            _ => (words.nudge_do_propose(), vec![propose()]),
        },
        ClockKind::Promise => {
            let run = complaint.run(clock);
            let watched = complaint.features.procedure.promises.open().into_iter().find(|promise| {
                run.is_some_and(|run| crate::domain::procedure::Procedure::is_watched_by(promise, run))
            });
            let Some(promise) = watched else { return (words.nudge_do_other(), vec![reply()]) };
            let keep = CustomId::KeepPromise { complaint: id, promise: promise.number };
            let mut buttons = vec![button(Style::Success, &words.promise_keep_button(promise.number), &keep)];
            if run.is_some_and(|run| !run.is_breached()) {
                let to = CustomId::OpenMovePromise { complaint: id, promise: promise.number };
                buttons.push(button(Style::Secondary, &words.promise_move_button(promise.number), &to));
            }
            (words.nudge_do_promise(plain(&cut(&promise.what, PROMISE))), buttons)
        }
        ClockKind::Update => (words.nudge_do_update(), vec![reply(), resolve(Style::Secondary)]),
        ClockKind::Resolution => (words.nudge_do_resolve(), vec![resolve(Style::Primary), reply()]),
        ClockKind::ReceiptNotice | ClockKind::WrittenAnswer => (words.nudge_do_law(), vec![reply()]),
        ClockKind::Refusal => {
            let step = discord::clock_step(clock, &complaint.core(), &complaint.features, words);
            match step {
                Some((text, buttons)) if !buttons.is_empty() => (text, buttons),
                Some((text, _)) => (text, vec![reply()]),
                None => (words.nudge_do_other(), vec![reply()]),
            }
        }
        ClockKind::Negotiation => {
            (words.nudge_do_negotiate(), vec![propose(), resolve(Style::Secondary), reply()])
        }
        ClockKind::Recovery => (words.nudge_do_recovery(), vec![reply()]),
        ClockKind::Rating | ClockKind::Cause | ClockKind::Action | ClockKind::Told => {
            (words.nudge_do_other(), vec![reply()])
        }
    }
}
