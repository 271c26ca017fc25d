//! What `/desk setup` was given.

use chrono_tz::Tz;

use super::{Action, Plan, Routing};
use crate::domain::command::Refusal;
use crate::domain::ledger;
use crate::domain::settings::Setup;

impl Routing<'_> {
    pub(super) fn setup(&self, said: Setup) -> Result<Plan, Refusal> {
        // Who decides is not for those to change who are decided about: managers of the desk see it.
        if ledger::decides(&said) && !self.asker.rank.setup {
            return Err(Refusal::SetupByOwner);
        }
        Ok(Plan::Action(Action::Setup(Box::new(said))))
    }

    pub(super) fn time_zone(&self, written: String) -> Result<Tz, Refusal> {
        let slot = || self.view.words(self.lang).setup_time_zone();
        written.parse().map_err(|_| Refusal::WrongSlot { slot: slot(), written })
    }
}
