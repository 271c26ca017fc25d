//! The procedure as a complaint's thread keeps it: who read it and how they sum it up, and what was promised. Derived from the
//! journal like everything else.

mod done;

use serde::{Deserialize, Serialize};

use super::filing::Medium;
use super::proposal::{Choice, Proposal, Remedy};
use super::running::Running;
use crate::features::authority::Given;
use crate::kernel::ids::MessageId;
use crate::kernel::people::Grade;
use crate::kernel::people::Person;
use crate::kernel::severity::Severity;

pub use done::Done;

pub use crate::features::procedure::{Procedure, Record, Talk, Verdict};
pub use crate::features::promise::{Promise, Standing};

/// One step of the procedure, as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum Step {
    /// A named person has read the complaint: that records it.
    Read {
        /// Who.
        by: Person,
        /// The matter in one line, as the customer reads it.
        summary: String,
        /// Whether the customer depends on others' care more than most: ill, old, alone with children. None: not said yet.
        vulnerable: Option<bool>,
    },
    /// A person said whether the customer is vulnerable.
    VulnerableSaid {
        /// Who.
        by: Person,
        /// Whether they are.
        vulnerable: bool,
    },
    /// The customer says that the summary is right.
    SummaryConfirmed,
    /// The customer says what the summary gets wrong.
    SummaryCorrected {
        /// Their words.
        text: String,
    },
    /// Somebody proposed what could be done.
    Proposed {
        /// As it stands then.
        proposal: Box<Proposal>,
    },
    /// Somebody with the authority for it agreed to a proposal.
    ProposalAgreed {
        /// Which.
        proposal: i64,
        /// Who.
        by: Person,
        /// Whether it was their own, since the desk has no other manager.
        #[serde(default)]
        alone: bool,
    },
    /// Somebody wants a proposal changed.
    ChangeAsked {
        /// Which.
        proposal: i64,
        /// Who.
        by: Person,
        /// How.
        text: String,
    },
    /// A person sent an agreed proposal to the customer.
    RemediesSent {
        /// Which.
        proposal: i64,
        /// Who.
        by: Person,
        /// The words around it.
        text: String,
    },
    /// The customer said what they want.
    RemedyChosen {
        /// Of which proposal.
        proposal: i64,
        /// What.
        #[serde(flatten)]
        choice: Choice,
    },
    /// The customer said elsewhere what they want, and a member of staff wrote it down.
    ChoiceSpoken {
        /// Of which proposal.
        proposal: i64,
        /// Which remedy, counted from 1.
        remedy: i64,
        /// How they said it.
        medium: Medium,
        /// When (Unix ms).
        at: i64,
        /// Who wrote it down.
        by: Person,
        /// In their words; may be empty.
        text: String,
    },
    /// A manager let an offer go out that the table of authority does not cover.
    OfferAllowed {
        /// Who.
        by: Person,
        /// The words that offer.
        words: String,
        /// Why.
        reason: String,
    },
    /// Something was given away on the writer's own authority.
    Offered {
        /// Who.
        by: Person,
        /// What.
        given: Box<Given>,
    },
    /// The customer wants to talk with a manager.
    ManagerAsked,
    /// A manager takes it on to talk with the customer.
    ManagerTook {
        /// Who.
        by: Person,
    },
    /// A manager has spoken or written with the customer.
    ManagerSpoke {
        /// Who.
        by: Person,
    },
}

/// What people ask of the procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// I have read it.
    Read {
        /// Id of a category; none: not known yet.
        category: Option<String>,
        /// How bad it is; none: not said yet.
        severity: Option<Severity>,
        /// The matter in one line.
        summary: String,
        /// Whether the customer is vulnerable; none: not said yet.
        vulnerable: Option<bool>,
    },
    /// Say whether the customer is vulnerable.
    SayVulnerable {
        /// Whether they are.
        vulnerable: bool,
    },
    /// Propose what could be done.
    Propose {
        /// What could be done; one or two.
        remedies: Vec<Remedy>,
        /// Which one is recommended, counted from 1.
        recommended: i64,
        /// Why that one, or why only one.
        remark: String,
    },
    /// Agree to a proposal.
    Agree {
        /// Which.
        proposal: i64,
        /// Whether it is said elsewhere than in the thread, which is told then.
        away: bool,
    },
    /// Want a proposal changed.
    AskChange {
        /// Which.
        proposal: i64,
        /// How.
        text: String,
        /// Whether it is said elsewhere than in the thread, which is told then.
        away: bool,
    },
    /// Send an agreed proposal to the customer.
    SendRemedies {
        /// Which.
        proposal: i64,
        /// The words before the remedies.
        text: String,
    },
    /// The customer says what they want.
    Choose {
        /// Of which proposal.
        proposal: i64,
        /// What.
        choice: Choice,
        /// The press or form it came with, which stands for a message.
        message: MessageId,
        /// Their words, where they want something else.
        text: String,
    },
    /// Write down what the customer chose elsewhere.
    NoteChoice {
        /// Of which proposal.
        proposal: i64,
        /// Which remedy, counted from 1.
        remedy: i64,
        /// How they said it.
        medium: Medium,
        /// When (Unix ms).
        at: i64,
        /// In their words; may be empty.
        text: String,
    },
    /// The customer: that's right.
    ConfirmSummary,
    /// The customer: not quite.
    CorrectSummary {
        /// The form it came with, which stands for a message.
        message: MessageId,
        /// What is not right.
        text: String,
    },
    /// Take it on to talk with the customer, as a manager.
    TakeTalk,
    /// Say that the customer was spoken with, as a manager.
    TalkHeld,
}

impl Deed {
    /// Which grade somebody else must have, if it is an agreement.
    pub fn agreement(&self, procedure: &Procedure) -> Option<Grade> {
        let Self::Agree { proposal, .. } = self else { return None };
        let needs =
            procedure.proposal(*proposal).and_then(|held| held.needs.as_deref()).and_then(Grade::parse);
        Some(needs.unwrap_or(Grade::Manager))
    }
}

impl Procedure {
    /// Whether the customer is vulnerable; none while nobody has said so or not.
    pub fn vulnerable(&self) -> Option<bool> {
        self.said_vulnerable.or_else(|| self.record.as_ref().and_then(|record| record.vulnerable))
    }

    /// The proposal with this number, if no later one took its place.
    pub fn proposal(&self, number: i64) -> Option<&Proposal> {
        self.proposals.last().filter(|proposal| proposal.number == number)
    }

    /// Whether a run of the promise clock watches this promise.
    pub fn is_watched_by(promise: &Promise, run: &Running) -> bool {
        run.breach_at() == Some(promise.due)
            || run.breach.is_some_and(|breach| breach.deadline == promise.due)
    }

    /// Takes in a step of the journal, written at `at` (Unix ms).
    pub(super) fn apply(&mut self, step: &Step, at: i64) {
        match step {
            Step::Read { by, summary, vulnerable } => {
                let unchanged = self.record.as_ref().is_some_and(|record| record.summary == *summary);
                let verdict = self.record.as_ref().and_then(|record| record.verdict).filter(|_| unchanged);
                let (by, summary, vulnerable) = (by.clone(), summary.clone(), *vulnerable);
                if vulnerable.is_some() {
                    self.said_vulnerable = vulnerable;
                }
                self.record = Some(Record { by, at, summary, vulnerable, verdict });
            }
            Step::VulnerableSaid { vulnerable, .. } => self.said_vulnerable = Some(*vulnerable),
            Step::SummaryConfirmed => self.judge(Verdict::Right),
            Step::SummaryCorrected { .. } => self.judge(Verdict::NotQuite),
            Step::OfferAllowed { .. } | Step::ChangeAsked { .. } => {}
            Step::Offered { given, .. } => self.offered.push((**given).clone()),
            Step::ManagerAsked => self.talk = Some(Talk { asked_at: at, taken_by: None }),
            Step::ManagerTook { by } => {
                if let Some(talk) = &mut self.talk {
                    talk.taken_by = Some(by.clone());
                }
            }
            Step::ManagerSpoke { .. } => self.talk = None,
            Step::Proposed { proposal } => self.proposals.push((**proposal).clone()),
            Step::ProposalAgreed { proposal, by, .. } => {
                self.on_proposal(*proposal, |held| held.agreed_by = Some(by.clone()));
            }
            Step::RemediesSent { proposal, .. } => {
                self.on_proposal(*proposal, |held| held.sent_at = Some(at));
            }
            Step::ChoiceSpoken { proposal, remedy, .. } => {
                let choice = Choice::Remedy { remedy: *remedy };
                self.on_proposal(*proposal, |held| held.choice = Some(choice));
            }
            Step::RemedyChosen { proposal, choice } => {
                self.on_proposal(*proposal, |held| held.choice = Some(*choice));
            }
        }
    }

    fn judge(&mut self, verdict: Verdict) {
        if let Some(record) = &mut self.record {
            record.verdict = Some(verdict);
        }
    }

    fn on_proposal(&mut self, number: i64, change: impl FnOnce(&mut Proposal)) {
        if let Some(proposal) = self.proposals.iter_mut().find(|proposal| proposal.number == number) {
            change(proposal);
        }
    }
}
