//! Who is on which server. Discord says yes or no, or does not say: that is neither.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::future::join_all;

use super::bot::Bot;
use super::rest::{Call, CallError, Priority};
use crate::domain::draft::Desks;
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::{GuildId, UserId};

/// How long a form may wait for the word whether its person is on a server; it must open within three seconds. An outbox
/// message may ask again later.
pub(super) const SOON: Duration = Duration::from_millis(500);
/// How long a message may wait for it. Nobody looks at a clock meanwhile, but what was written is to be stored soon.
const MESSAGE: Duration = Duration::from_secs(3);
/// What Discord said holds for so long (ms): a burst of messages asks once.
const HOLDS: i64 = 60_000;

/// What Discord said lately.
#[derive(Clone, Debug, Default)]
pub(super) struct Members(Arc<Mutex<Known>>);

/// Whether a person is on a server, and when that was learned (Unix ms).
type Known = BTreeMap<(GuildId, UserId), (bool, i64)>;

impl Members {
    fn known(&self, at: (GuildId, UserId), now: i64) -> Option<bool> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, (_, since)| now - *since < HOLDS);
        held.get(&at).map(|(is_member, _)| *is_member)
    }

    fn note(&self, at: (GuildId, UserId), is_member: bool, now: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(at, (is_member, now));
    }
}

impl Bot {
    /// Whether a person is on a server.
    ///
    /// # Errors
    ///
    /// [`CallError`] if Discord does not say.
    pub(super) async fn is_member(
        &self,
        guild: GuildId,
        person: UserId,
        within: Option<Duration>,
    ) -> Result<bool, CallError> {
        let now = self.desk().now();
        if let Some(known) = self.members().known((guild, person), now) {
            return Ok(known);
        }
        let call = Call::get_member(guild, person).priority(Priority::Person).deadline(within);
        let is_member = match self.sender().call(call).await {
            Ok(_) => true,
            Err(CallError::Refused { status: 404, .. }) => false,
            Err(error) => return Err(error),
        };
        self.members().note((guild, person), is_member, now);
        Ok(is_member)
    }

    /// The desks a person may mean: those on servers they are on, and those of which Discord does not say.
    pub(super) async fn desks_of(&self, person: UserId) -> Desks {
        let desks = self.desk().desks();
        let name = |desk: &GuildDesk| match desk.name.is_empty() {
            true => self.settings().company.clone(),
            false => desk.name.clone(),
        };
        let mut meant = Desks { several: desks.len() > 1, ..Desks::default() };
        // With one desk there is nothing to ask: a direct message needs a server in common.
        let asked = join_all(desks.iter().map(|desk| async {
            if desks.len() == 1 { Ok(true) } else { self.is_member(desk.guild, person, Some(MESSAGE)).await }
        }));
        for (desk, is_member) in desks.iter().zip(asked.await) {
            match is_member {
                Ok(false) => continue,
                Ok(true) => {}
                Err(error) => {
                    tracing::warn!(guild.id = desk.guild.0, user.id = person.0, %error, "not known whether they are on this server");
                    meant.unsure.insert(desk.guild);
                }
            }
            meant.named.insert(desk.guild, name(desk));
        }
        meant
    }

    /// The desks whose forms a person may send in direct messages: those on servers they are on; with `only` that one.
    /// While Discord does not say, none is taken away from them.
    pub(super) async fn shared_desks(&self, person: UserId, only: Option<GuildId>) -> Vec<GuildDesk> {
        let mut desks = self.desk().desks();
        if desks.len() < 2 {
            return desks;
        }
        desks.retain(|desk| only.is_none_or(|only| desk.guild == only));
        let asked = join_all(desks.iter().map(|desk| self.is_member(desk.guild, person, Some(SOON)))).await;
        let may = |is_member: &Result<bool, CallError>| !matches!(is_member, Ok(false));
        desks.into_iter().zip(asked).filter(|(_, asked)| may(asked)).map(|(desk, _)| desk).collect()
    }
}
