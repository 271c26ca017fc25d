//! People at a desk, so many interactions a second, whether the program keeps up or not.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use langnghe::discord::custom_id::CustomId;
use langnghe::kernel::ids::ComplaintId;
use langnghe::sandbox::{AnswerKind, Sandbox};
use tokio::sync::mpsc;

use crate::Failure;
use crate::ground::Ground;

/// Interactions a second.
pub const RATE: u64 = 200;
/// For how long.
pub const SECONDS: u64 = 10;
/// What each one in turn is: of five, two forms are opened, two are sent, one complaint is claimed.
const TURN: [Kind; 5] = [Kind::Open, Kind::Send, Kind::Open, Kind::Send, Kind::Claim];
/// A form is filled in for so many turns of two before it is sent; people take longer.
const FILLING: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Open,
    Send,
    Claim,
}

/// What came of it.
pub struct Outcome {
    /// Microseconds from the planned instant of an interaction to its callback, by kind.
    pub taken: BTreeMap<&'static str, Vec<i64>>,
    /// Complaints filed in all.
    pub filed: i64,
    /// Interactions that were not answered as they should be.
    pub failed: usize,
}

/// One interaction that was answered.
struct Taken {
    kind: Kind,
    micros: i64,
    right: bool,
}

/// Presses, sends and claims for a while; then waits for the last answers.
///
/// Each interaction counts from the instant it was planned for, so a program that stalls is not spared the waiting.
pub async fn run(sandbox: &Sandbox, ground: &Ground) -> Result<Outcome, Failure> {
    let panel = newest(sandbox, ground.intake)?;
    let card = newest(sandbox, ground.desk)?;
    // One complaint is there; it is the first that is claimed.
    let filed = Arc::new(AtomicI64::new(1));
    let mut claimed = 0;
    let mut forms = VecDeque::new();
    let (tell, mut told) = mpsc::unbounded_channel();
    let mut ticks = tokio::time::interval(Duration::from_micros(1_000_000 / RATE));
    for number in 0..RATE * SECONDS {
        let planned = ticks.tick().await.into_std();
        let customer = ground.customers[usize::try_from(number)? % ground.customers.len()];
        let turn = TURN[usize::try_from(number)? % TURN.len()];
        let (kind, interaction) = match turn {
            Kind::Send if forms.len() > FILLING && is_open(sandbox, &forms) => {
                let (user, form_of) = forms.pop_front().ok_or("no form")?;
                let words = format!("Mạng rớt, đây là lần thứ {number} em phải gọi.");
                (Kind::Send, sandbox.submit(user, form_of, &[("words", &words)])?)
            }
            Kind::Claim if claimed < filed.load(Ordering::SeqCst) => {
                claimed += 1;
                let id = CustomId::Claim(ComplaintId(claimed)).to_string();
                (Kind::Claim, sandbox.raw_press(ground.staff, ground.desk, card, &id))
            }
            _ => {
                let form_of =
                    sandbox.raw_press(customer, ground.intake, panel, &CustomId::OpenFiling.to_string());
                forms.push_back((customer, form_of));
                (Kind::Open, form_of)
            }
        };
        let (sandbox, filed, tell) = (sandbox.clone(), Arc::clone(&filed), tell.clone());
        tokio::spawn(async move {
            let answer = sandbox.answer(interaction).await;
            let micros = i64::try_from(planned.elapsed().as_micros()).unwrap_or(i64::MAX);
            let right = match kind {
                Kind::Open => answer.kind == AnswerKind::Form,
                Kind::Send | Kind::Claim => answer.kind == AnswerKind::Message && answer.text().contains('#'),
            };
            if kind == Kind::Send && right {
                filed.fetch_add(1, Ordering::SeqCst);
            }
            if !right {
                eprintln!("{kind:?}: {:?} {}", answer.kind, answer.text());
            }
            // Nobody listens only when the measuring was given up.
            let _ = tell.send(Taken { kind, micros, right });
        });
    }
    drop(tell);
    let mut outcome = Outcome { taken: BTreeMap::new(), filed: 0, failed: 0 };
    while let Some(Taken { kind, micros, right }) = told.recv().await {
        let name = match kind {
            Kind::Open => "button → form",
            Kind::Send => "form sent → receipt",
            Kind::Claim => "claim → answer",
        };
        outcome.taken.entry("all").or_default().push(micros);
        outcome.taken.entry(name).or_default().push(micros);
        outcome.failed += usize::from(!right);
    }
    outcome.filed = filed.load(Ordering::SeqCst);
    Ok(outcome)
}

/// Whether the oldest form has come; a program that falls behind is asked for another one instead.
fn is_open(sandbox: &Sandbox, forms: &VecDeque<(u64, u64)>) -> bool {
    forms.front().is_some_and(|(_, form_of)| sandbox.answer_now(*form_of).kind == AnswerKind::Form)
}

fn newest(sandbox: &Sandbox, channel: u64) -> Result<u64, Failure> {
    let id = sandbox.messages(channel).pop().and_then(|message| message["id"].as_str()?.parse().ok());
    id.ok_or_else(|| "no message to press".into())
}
