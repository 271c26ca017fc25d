//! The rules of a rejection: nobody rejects alone, nor over a promise; who objects is heard, and managers hear of it.

use super::{
    Command, ENDS, Fact, Message, REASON_LIMIT, Refused, Rejection, Response, State, ToManagers, ToThread,
    Which,
};
use crate::features::decision::{Close, Decision, Effect};
use crate::features::written::{SHORT, few_words, words};
use crate::kernel::context::Context;
use crate::kernel::core::Core;
use crate::kernel::ids::MessageId;
use crate::kernel::people::{Grade, Person};
use crate::kernel::reasons::CloseReason;
use crate::kernel::refused::{self, Common};
use crate::sla::clocks::{ClockKind, Stop};

/// What it does: the complaint was read, answered, and decided. Nothing is put right by it, and no plan agreed.
const DONE_BY_IT: [ClockKind; 7] = [
    ClockKind::Recorded,
    ClockKind::Reply,
    ClockKind::Update,
    ClockKind::ReceiptNotice,
    ClockKind::WrittenAnswer,
    ClockKind::Refusal,
    ClockKind::Negotiation,
];

type Decided = Decision<Fact, Message, Response>;
type Refusal = refused::Refused<Refused>;

/// Decides on a command.
///
/// # Errors
///
/// Why it is not rejected.
pub fn decide(core: &Core, state: &State, command: Command, context: &Context) -> Result<Decided, Refusal> {
    let work = Work { core, state, context };
    match command {
        Command::Write { reason, basis, recourse } => work.write(&reason, &basis, &recourse),
        Command::Agree { number } => work.agree(number),
        Command::Return { number, text } => work.give_back(number, &text),
        Command::Object { message, text } => work.object(message, &text),
    }
}

struct Work<'a> {
    core: &'a Core,
    state: &'a State,
    context: &'a Context,
}

impl Work<'_> {
    /// What is written here reaches the customer once somebody else has agreed. The law's time for it counts from the filing
    /// (Decree 174/2026/NĐ-CP art. 63).
    fn write(&self, reason: &str, basis: &str, recourse: &str) -> Result<Decided, Refusal> {
        let by = self.staff()?;
        self.core.open()?;
        self.core.nothing_promised()?;
        let (reason, basis) = (words(reason, REASON_LIMIT)?, few_words(basis)?);
        let recourse = words(recourse, SHORT)?;
        if self.core.vulnerable && basis.is_empty() {
            return Err(refused::Refused::Own(Refused::NoBasis));
        }
        let number = i64::try_from(self.state.0.len()).unwrap_or(i64::MAX) + 1;
        let rejection = Rejection { number, by, reason, basis, recourse, agreed_by: None };
        let effects = vec![
            Effect::Take,
            Effect::Fact(Fact::Drafted { rejection: Box::new(rejection.clone()) }),
            Effect::EnsureClock { clock: ClockKind::Refusal, since: self.core.since },
            Effect::Message(Message::ToManagers(ToManagers::Waits)),
            Effect::Refresh,
        ];
        Ok(self.stands(effects, rejection, false))
    }

    fn agree(&self, number: i64) -> Result<Decided, Refusal> {
        let by = self.staff()?;
        let rejection = self.state.current(number).cloned().ok_or(Common::Stale)?;
        if rejection.agreed_by.is_some() {
            return Ok(self.stands(Vec::new(), rejection, false));
        }
        self.core.open()?;
        if self.context.grade().is_none_or(|grade| grade < Grade::Manager) {
            return Err(Common::AgreeOther { role: Grade::Manager.as_str().to_owned() }.into());
        }
        let alone = rejection.by.id == by.id;
        if alone && !self.context.is_alone {
            return Err(Common::FourEyes { could: Vec::new() }.into());
        }
        self.core.nothing_promised()?;
        let told = Message::ToCustomer(Which { number });
        let mut effects = vec![
            Effect::Announce(told.clone()),
            Effect::Fact(Fact::Agreed { number, by: by.clone(), alone }),
        ];
        effects.extend(alone.then(|| Effect::Message(Message::AgreedAlone(by.clone()))));
        effects.push(Effect::CancelClocks { but: &DONE_BY_IT });
        effects.push(Effect::Close(Close { reason: CloseReason::Refused, how: Stop::Done, kept: &ENDS }));
        effects.push(Effect::Message(told));
        Ok(self.stands(effects, Rejection { agreed_by: Some(by), ..rejection }, alone))
    }

    fn give_back(&self, number: i64, text: &str) -> Result<Decided, Refusal> {
        let by = self.staff()?;
        let held = self.state.current(number).ok_or(Common::Stale)?;
        if held.agreed_by.is_some() {
            return Err(Common::Stale.into());
        }
        let text = words(text, SHORT)?;
        let effects = vec![Effect::Fact(Fact::Returned { number, by, text: text.clone() })];
        Ok(Decision { effects, response: Response::Returned { text } })
    }

    /// What was rejected is open again with the customer's word: the law calls it a negotiation that the customer asks for
    /// (Law 19/2023/QH15 art. 56).
    fn object(&self, message: MessageId, text: &str) -> Result<Decided, Refusal> {
        self.core.customer(&self.context.by)?;
        if !self.state.0.iter().any(|held| held.agreed_by.is_some()) {
            return Err(Common::Stale.into());
        }
        let may_reopen = self.core.reopens_until.is_some_and(|until| self.context.now <= until);
        if !self.core.stage.is_open() && !may_reopen {
            return Err(Common::ReopenTooLate.into());
        }
        let text = words(text, SHORT)?;
        let post = Message::ToThread(ToThread::Objected { text: text.clone() });
        let effects = vec![
            Effect::Fact(Fact::Objected { text: text.clone() }),
            Effect::Heard { message, text, post },
            Effect::EnsureClock { clock: ClockKind::Negotiation, since: self.context.now },
            Effect::Message(Message::ToManagers(ToManagers::Objected)),
        ];
        Ok(Decision { effects, response: Response::Objected { number: self.core.number } })
    }

    fn staff(&self) -> Result<Person, Refusal> {
        Ok(self.core.staff(&self.context.by)?)
    }

    fn stands(&self, effects: Vec<Effect<Fact, Message>>, rejection: Rejection, alone: bool) -> Decided {
        let (complaint, rejection) = (self.core.id, Box::new(rejection));
        Decision { effects, response: Response::Stands { complaint, rejection, alone } }
    }
}
