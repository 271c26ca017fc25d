//! Incidents at the desk: each step is one transaction, talking points reach open threads one complaint at a time.

use serde::{Deserialize, Serialize};

use super::Desk;
use super::error::{Error, answered};
use super::inbox::{About, Key};
use crate::domain::command::{Command, Refusal};
use crate::domain::gate;
use crate::domain::incident::change::{self, Change, Declaration, Draft};
use crate::domain::incident::{Incident, IncidentMessage, IncidentStage};
use crate::domain::outbox::Urgency;
use crate::kernel::ids::{ChannelId, GuildId, IncidentId, MessageId, Stream};
use crate::kernel::people::{Actor, Person, Rank};
use crate::store::db::Tx;
use crate::store::timer::Timer;
use crate::store::{self, StoreError, json};

/// How many open complaints are read to find the next one that an incident concerns.
const READ_AHEAD: i64 = 50;

/// What the options of a command filled, kept until its form comes back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Where it is felt, checked.
    pub area: Option<String>,
    /// When the next word comes (Unix ms), checked.
    pub next_update: Option<i64>,
}

/// What came of a step: the incident as it stands with the version it was about, or a refusal.
pub type Stepped = Result<(Incident, i64), Refusal>;

/// What a step was told; stored, so that a second delivery is told the same.
#[derive(Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "kebab-case")]
pub enum Done {
    /// The step was done.
    Done {
        /// Of which incident.
        incident: IncidentId,
        /// The version that it was about.
        version: i64,
    },
}

/// Incidents, from their declaration to their end.
#[derive(Clone, Copy)]
pub struct Incidents<'a> {
    pub(super) desk: &'a Desk,
}

impl Incidents<'_> {
    /// Declares an incident, by somebody of this rank. A second delivery has the same `key`.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored; nothing was done then.
    pub async fn declare(
        &self,
        key: &Key,
        declaration: Declaration,
        rank: Rank,
    ) -> Result<Stepped, StoreError> {
        let mut tx = self.desk.db().begin().await?;
        if let Some(before) = self.stepped_before(&mut tx, key).await? {
            return Ok(before);
        }
        if let Err(refusal) = self.draft_passes(declaration.guild, &declaration.draft, rank) {
            return self.settle_step(tx, key, Err(refusal)).await;
        }
        let id = IncidentId(store::counter::next(&mut tx, "incident").await?);
        let number = store::counter::next(&mut tx, &format!("incident/{}", declaration.guild)).await?;
        let change = change::declare(id, number, declaration, self.desk.now());
        self.settle_step(tx, key, Ok((change, 1))).await
    }

    /// What a person wrote into a version, and the line as customers will read it, pass the gate.
    fn draft_passes(&self, guild: GuildId, draft: &Draft, rank: Rank) -> Result<(), Refusal> {
        gate::words_pass(&draft.said(), rank, &self.desk.policy_of(guild))
    }

    /// Writes the next version of an incident of this guild, by somebody of this rank.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored; nothing was done then.
    pub async fn revise(
        &self,
        key: &Key,
        guild: GuildId,
        id: IncidentId,
        draft: Draft,
        rank: Rank,
    ) -> Result<Stepped, StoreError> {
        self.step(key, guild, id, |incident| {
            self.draft_passes(guild, &draft, rank)?;
            let version = incident.versions.last().map_or(1, |latest| latest.number + 1);
            change::revise(incident, draft, self.desk.now()).map(|change| (change, version))
        })
        .await
    }

    /// Approves a version. Whether this person may is checked before.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored; nothing was done then.
    pub async fn approve(
        &self,
        key: &Key,
        guild: GuildId,
        id: IncidentId,
        version: i64,
        by: Person,
    ) -> Result<Stepped, StoreError> {
        self.step(key, guild, id, |incident| {
            change::approve(incident, version, by, self.desk.now()).map(|change| (change, version))
        })
        .await
    }

    /// Ends an incident.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored; nothing was done then.
    pub async fn end(
        &self,
        key: &Key,
        guild: GuildId,
        id: IncidentId,
        by: Person,
    ) -> Result<Stepped, StoreError> {
        self.step(key, guild, id, |incident| {
            let version = incident.versions.last().map_or(0, |latest| latest.number);
            change::resolve(incident, by, self.desk.now()).map(|change| (change, version))
        })
        .await
    }

    async fn step(
        &self,
        key: &Key,
        guild: GuildId,
        id: IncidentId,
        take: impl FnOnce(Incident) -> Result<(Change, i64), Refusal>,
    ) -> Result<Stepped, StoreError> {
        let mut tx = self.desk.db().begin().await?;
        if let Some(before) = self.stepped_before(&mut tx, key).await? {
            return Ok(before);
        }
        let held = store::incident::lookup(&mut tx, id).await?.filter(|held| held.guild == guild);
        let taken = held.ok_or(Refusal::NoIncident).and_then(take);
        self.settle_step(tx, key, taken).await
    }

    async fn stepped_before(&self, tx: &mut Tx, key: &Key) -> Result<Option<Stepped>, StoreError> {
        Ok(match self.desk.inbox().told_before(tx, key).await? {
            None => None,
            Some(Err(refusal)) => Some(Err(refusal)),
            Some(Ok(Done::Done { incident, version })) => {
                let held = store::incident::lookup(tx, incident).await?;
                Some(held.map(|held| (held, version)).ok_or(Refusal::NoIncident))
            }
        })
    }

    async fn settle_step(
        &self,
        mut tx: Tx,
        key: &Key,
        taken: Result<(Change, i64), Refusal>,
    ) -> Result<Stepped, StoreError> {
        if let Ok((change, _)) = &taken {
            self.keep_change(&mut tx, change).await?;
        }
        let stepped = taken.map(|(change, version)| (change.incident, version));
        let told =
            stepped.as_ref().map(|(held, version)| Done::Done { incident: held.id, version: *version });
        self.desk.inbox().remember(&mut tx, key, &told.map_err(Clone::clone), About::default()).await?;
        tx.commit().await?;
        self.desk.wake();
        Ok(stepped)
    }

    /// Stores an incident with its timers and outbox messages in the one transaction.
    async fn keep_change(&self, tx: &mut Tx, change: &Change) -> Result<(), StoreError> {
        store::incident::save(tx, &change.incident).await?;
        let stream = Stream::Incident(change.incident.id);
        for fact in &change.facts {
            store::journal::append(tx, stream, fact.at, fact).await?;
        }
        let timers: Vec<Timer> = change::timers(&change.incident).into_iter().map(Timer::from).collect();
        store::timer::replace(tx, stream, &timers).await?;
        for outgoing in &change.outbox {
            let body = json::write(outgoing)?;
            store::outbox::add(tx, stream, Urgency::Desk.rank(), &body, self.desk.now()).await?;
        }
        Ok(())
    }

    /// A timer of an incident is due (`due` in Unix ms). One that its state no longer knows is dropped.
    pub(super) async fn fired(
        &self,
        tx: &mut Tx,
        id: IncidentId,
        slot: &str,
        due: i64,
    ) -> Result<(), StoreError> {
        let Some(incident) = store::incident::lookup(tx, id).await? else {
            return store::timer::remove(tx, Stream::Incident(id), slot).await;
        };
        let armed = change::timers(&incident).contains(&(slot.to_owned(), due));
        let change = match slot {
            change::FAN_OUT if armed => self.fan_out(tx, incident).await?,
            change::NEXT_UPDATE if armed => change::remind(incident),
            _ => Change::none(incident),
        };
        self.keep_change(tx, &change).await
    }

    /// Puts the talking points into the next open thread that they concern. How far they came is part of the incident,
    /// so a crash repeats nothing and leaves nobody out; the timer stays due until everybody has them.
    async fn fan_out(&self, tx: &mut Tx, mut incident: Incident) -> Result<Change, StoreError> {
        let Some(mut reached) = incident.fan_out else { return Ok(Change::none(incident)) };
        let open = store::incident::open_complaints(tx, incident.guild, reached.after, READ_AHEAD).await?;
        let next = open.iter().find(|complaint| incident.concerns(complaint.likely_category()));
        incident.fan_out = match (next.or(open.last()), next) {
            (None, _) => None,
            (Some(last), next) => {
                reached.after = last.id;
                if let Some(complaint) = next {
                    let command =
                        Command::ShowTalkingPoints { incident: incident.id, version: reached.version };
                    // A complaint that ended meanwhile needs none.
                    let _ = answered(
                        self.desk.complaints().carry_out(tx, complaint.id, &Actor::Desk, command).await,
                    )?;
                }
                Some(reached)
            }
        };
        Ok(Change::none(incident))
    }

    /// An outbox message of an incident stands in a message.
    pub(super) async fn posted(
        &self,
        tx: &mut Tx,
        id: IncidentId,
        outgoing: &IncidentMessage,
        channel: ChannelId,
        message: MessageId,
    ) -> Result<(), StoreError> {
        let Some(mut incident) = store::incident::lookup(tx, id).await? else { return Ok(()) };
        let place = Some((channel, message));
        if *outgoing == IncidentMessage::List {
            incident.list = place;
        }
        for held in &mut incident.versions {
            match outgoing {
                IncidentMessage::Request { version } if *version == held.number => held.request = place,
                IncidentMessage::Card { version } if *version == held.number => held.card = place,
                _ => {}
            }
        }
        store::incident::save(tx, &incident).await
    }

    /// The incident of a guild that somebody names by its number: `1` or `#1`.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn named(&self, guild: GuildId, name: &str) -> Result<Option<Incident>, StoreError> {
        match name.trim().trim_start_matches('#').parse() {
            Ok(number) => store::incident::by_number(self.desk.db(), guild, number).await,
            Err(_) => Ok(None),
        }
    }

    /// The incidents that can be named: the latest, or those that go on.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn list(&self, guild: GuildId, ended_too: bool) -> Result<Vec<Incident>, StoreError> {
        let mut latest = store::incident::latest(self.desk.db(), guild, 100).await?;
        latest.retain(|incident| ended_too || incident.stage != IncidentStage::Resolved);
        Ok(latest)
    }

    /// Opens those who have waited longest in an incident's list, at most `most`. Returns how many were opened. `key` is the
    /// interaction: a second delivery opens nobody else.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored; nothing was done then.
    pub async fn open_listed(
        &self,
        key: &Key,
        guild: GuildId,
        incident: IncidentId,
        most: i64,
        by: &Person,
    ) -> Result<usize, Error> {
        let mut tx = self.desk.db().begin().await?;
        if let Some(before) = self.desk.inbox().told_before(&mut tx, key).await? {
            return Ok(before?);
        }
        let held = store::incident::lookup(&mut tx, incident).await?.filter(|held| held.guild == guild);
        if held.is_none() {
            return Err(Refusal::NoIncident.into());
        }
        let ids = store::incident::longest_listed(&mut tx, incident, most).await?;
        let mut opened = 0;
        for id in ids {
            let done = answered(
                self.desk.complaints().carry_out(&mut tx, id, &Actor::Staff(by.clone()), Command::Open).await,
            )?;
            opened += usize::from(done.is_ok());
        }
        self.desk.inbox().remember(&mut tx, key, &Ok(opened), About::default()).await?;
        tx.commit().await?;
        self.desk.wake();
        Ok(opened)
    }
}
