//! Random histories: after every fact the report says what the state says.

use proptest::prelude::*;

use super::journals::{HOUR, MINUTE, NINE, Play, person};
use super::*;
use crate::domain::command::{Command, Delivery, ToCustomer};
use crate::domain::complaint::{Complaint, Line, Stage};
use crate::domain::disposition;
use crate::domain::event::{self, CloseReason, DismissReason, Entry, Undelivered};
use crate::domain::policy::Policy;
use crate::domain::running::Stop;
use crate::domain::timer::timers;
use crate::features::{self, promise};
use crate::kernel::ids::{ChannelId, ComplaintId, MessageId};
use crate::kernel::people::Actor;

/// What may happen next, by number.
const KINDS: u8 = 20;

fn step(play: &mut Play, kind: u8, at: i64) -> bool {
    let (staff, customer) = (Actor::Staff(person(3)), Actor::Customer(person(2)));
    let cycle = play.cycle();
    let message = MessageId(at.unsigned_abs());
    let wrote = |text: &str| Command::CustomerWrote {
        message,
        text: text.into(),
        files: vec![],
        extras: vec![],
        sorted: false,
    };
    let arrives = |what: ToCustomer| {
        let line = Line::Direct { channel: ChannelId(9) };
        Command::Delivered(Delivery::Customer { what, line, direct_closed: false, message })
    };
    let (by, command) = match kind {
        0 => (customer, wrote("Mạng vẫn rớt")),
        1 => (customer, wrote("Cảm ơn em")),
        2 => (customer, wrote("ok em")),
        3 => (staff, Command::Reply { text: "Dạ em xem ngay.".into(), files: vec![], allowed: None }),
        4 => (staff, Command::NoAnswerNeeded),
        5 => (staff, Command::Resolve { outcome: "Đã nối lại cáp".into() }),
        6 => (Actor::Desk, arrives(ToCustomer::Outcome { cycle })),
        7 => {
            let what = ToCustomer::Outcome { cycle };
            let reason = Undelivered::Closed;
            let lost = Delivery::CustomerUnreachable { what, reason, direct_closed: true };
            (Actor::Desk, Command::Delivered(lost))
        }
        8 => (customer, Command::Rate { cycle, score: 1 + at % 5 }),
        9 => (customer, Command::AnswerFixed { cycle, fixed: event::Fixed::Yes }),
        10 => (customer, Command::AnswerFixed { cycle, fixed: event::Fixed::No }),
        11 => (customer, Command::AddWord { cycle, text: "Modem vẫn nóng, gọi cho tôi".into() }),
        12 => (customer, Command::CustomerReopen { cycle }),
        13 => (staff, Command::Reopen { reason: "Khách gọi lại".into() }),
        14 => (staff, Command::Claim),
        15 => (staff, Command::Wait { reason: String::new() }),
        16 => {
            let (what, due) = ("gọi lại".into(), at + 3 * HOUR);
            let promise = promise::Command::Give { what, due, appointment: None };
            (staff, Command::Feature(features::Command::Promise(promise)))
        }
        18 => {
            let (reply, by) = (play.complaint.replies, person(3));
            (
                Actor::Desk,
                arrives(ToCustomer::Reply { reply, by, text: "Dạ em xem ngay.".into(), asked: None }),
            )
        }
        17 => (staff, Command::Dismiss { reason: DismissReason::Test }),
        _ => {
            let withdraw = disposition::Deed::Withdraw { heard: None, text: String::new() };
            (customer, Command::Disposition(withdraw))
        }
    };
    play.tries(by, at, command)
}

/// Whatever is due at `at` (Unix ms) fires.
fn fire(play: &mut Play, at: i64) {
    for _ in 0..8 {
        let due = timers(&play.complaint, &play.policy).into_iter().find(|(_, due)| *due <= at);
        let Some((slot, due)) = due else { return };
        play.tries(Actor::Desk, at, Command::Fired { slot, due, hushed: false });
    }
}

/// The report and the state, told from the same facts.
fn agree(journal: &[Entry], policy: &Policy) {
    let state = Complaint::replay(ComplaintId(1), journal).expect("it begins with a filing");
    let fact = case_fact(journal, i64::MAX, policy).expect("it begins with a filing");
    let last = journal.last().expect("a fact");
    let told = || format!("after {last:?}");

    let open: Vec<i64> =
        fact.waits.iter().filter(|wait| wait.answered.is_none()).map(|wait| wait.started).collect();
    let owed: Vec<i64> = state.owes_answer().map(|waiting| waiting.since).into_iter().collect();
    assert_eq!(open, owed, "who waits {}", told());
    let answers: Vec<i64> = fact.waits.iter().filter_map(|wait| wait.answered).collect();
    assert!(answers.windows(2).all(|pair| pair[0] <= pair[1]), "waits follow each other {}", told());
    assert!(fact.waits.iter().all(|wait| wait.answered.is_none_or(|at| at >= wait.started)), "{}", told());

    let given: Vec<i64> = state.ratings.iter().filter_map(|rating| rating.score).collect();
    let counted: Vec<i64> = fact.ratings.iter().filter_map(|rating| rating.score.map(i64::from)).collect();
    assert_eq!(counted, given, "scores {}", told());
    let scores = journal.iter().filter(|entry| matches!(entry.event, event::Event::Rated { .. })).count();
    assert_eq!(counted.len(), scores, "no score is lost {}", told());
    let reopened =
        journal.iter().filter(|entry| matches!(entry.event, event::Event::Reopened { .. })).count();
    assert_eq!(fact.reopened.len(), reopened, "{}", told());

    assert_eq!(fact.resolved.is_some(), state.stage == Stage::Resolved || well(&state), "{}", told());
    assert_eq!((fact.ended, fact.dismissed), (state.ended_at, state.stage == Stage::Dismissed), "{}", told());
    assert_eq!(fact.category, state.category);
    for (clock, run) in &state.clocks {
        let of_it = fact.clocks.iter().filter(|held| held.clock == clock.as_str());
        let latest = of_it.max_by_key(|held| held.cycle).expect("each run is a figure");
        assert_eq!((latest.cycle, latest.stopped), (run.cycle, run.stopped), "{clock} {}", told());
        assert_eq!(latest.missed.is_some(), run.is_breached(), "{clock} {}", told());
        assert_eq!(latest.called_off, run.stop == Some(Stop::Cancelled), "{clock} {}", told());
    }
    let kept: Vec<_> =
        state.features.procedure.promises.iter().map(|held| (held.due, held.kept_at)).collect();
    let promised: Vec<_> = fact.promises.iter().map(|held| (held.due, held.kept)).collect();
    assert_eq!(promised, kept, "{}", told());
}

fn well(state: &Complaint) -> bool {
    matches!(state.closed, Some(CloseReason::Confirmed | CloseReason::Silence))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_report_says_after_every_fact_what_the_state_says(
        steps in prop::collection::vec((0..KINDS, 1_i64..600), 1..40)
    ) {
        let mut play = Play::filed(NINE, NINE);
        let mut at = NINE;
        for (kind, minutes) in steps {
            at += minutes * MINUTE;
            fire(&mut play, at);
            step(&mut play, kind, at);
        }
        for length in 1..=play.journal.len() {
            agree(&play.journal[..length], &play.policy);
        }
        let replayed = Complaint::replay(ComplaintId(1), &play.journal);
        prop_assert_eq!(replayed.as_ref(), Some(&play.complaint));
    }
}
