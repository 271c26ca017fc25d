//! A command on a complaint: decided, and kept with its facts, timers, outbox messages and what it spends in the one transaction.
//! Who may do what, and what they must have seen before, is asked here.

use super::Desk;
use super::delivery_outcome::OutboxPlace;
use super::error::{Error, answered};
use super::public_answer::{PublicAnswer, kept_record};
use super::request::Asker;
use crate::domain::command::{Answer, Command, Delivery, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::context::Context;
use crate::domain::decide::{self, Decision};
use crate::domain::event::Event;
use crate::domain::outbox::{CustomerPost, OutboxMessage};
use crate::domain::sight::{self, Sight, Unseen};
use crate::domain::{gate, timer};
use crate::kernel::board::Board;
use crate::kernel::ids::{ChannelId, ComplaintId, GuildId, Stream, UserId};
use crate::kernel::people::{Actor, Person};
use crate::sla::calendar::wall;
use crate::store::db::Tx;
use crate::store::timer::Timer;
use crate::store::{self, StoreError, json};

/// So much of what happened meanwhile is shown; what lies before it stands in the thread.
const SHOWN: usize = 4;

/// What a request came to: the answer with the place of a reply or of its record.
pub(super) type Carried = (Answer, Option<OutboxPlace>);

/// Complaints at the desk.
#[derive(Clone, Copy)]
pub struct Complaints<'a> {
    pub(super) desk: &'a Desk,
}

impl Complaints<'_> {
    /// Carries out a command on a complaint.
    pub(super) async fn carry_out(
        &self,
        tx: &mut Tx,
        id: ComplaintId,
        by: &Actor,
        command: Command,
    ) -> Result<Carried, Error> {
        let complaint = store::complaint::lookup(tx, id).await?.ok_or(Refusal::NoComplaint)?;
        let policy = self.desk.policy_of(complaint.filed.guild);
        let context = Context::new(by.clone(), &policy, self.desk.now());
        self.settle(tx, &complaint, command, &context, (None, None)).await
    }

    /// The desk notes what became of an outbox message.
    pub(super) async fn learn(
        &self,
        tx: &mut Tx,
        id: ComplaintId,
        delivery: Delivery,
    ) -> Result<Option<OutboxPlace>, StoreError> {
        // The desk itself may always tell its own state what it saw.
        let learned = answered(self.carry_out(tx, id, &Actor::Desk, Command::Delivered(delivery)).await)?;
        Ok(learned.ok().and_then(|(_, record)| record))
    }

    /// What is decided is kept. What a member of staff writes, the `writer`, passes the gate first.
    pub(super) async fn settle(
        &self,
        tx: &mut Tx,
        complaint: &Complaint,
        command: Command,
        context: &Context<'_>,
        (writer, record): (Option<(&Asker, Sight)>, Option<PublicAnswer>),
    ) -> Result<Carried, Error> {
        let classified = matches!(command, Command::Classify { .. });
        let must_see = sight::is_needed(&command);
        let allowed = match &command {
            Command::Reply { allowed, .. } => allowed.clone(),
            _ => None,
        };
        let mut decision = decide::decide(complaint, command, context)?;
        if let Some((Asker { person, rank, .. }, _)) = writer {
            let writer = gate::Writer { person, rank: *rank, allowed: allowed.as_deref() };
            decision = gate::pass(complaint, decision, writer, context.policy, context.now)?;
        }
        if let Some((asker, sight)) = writer.filter(|_| must_see)
            && let Some(unseen) = self.unseen_by(tx, complaint, asker.person.id, sight).await?
        {
            return Err(unseen.into());
        }
        if let (Some(public), Actor::Staff(by)) = (record, &context.by)
            && complaint.thread == Some(public.channel)
        {
            // Before all other outbox messages of the decision: so the thread reads the same whether the answer stands or not.
            let kept = kept_record(by, &decision.answer, public);
            decision.outbox.splice(..0, kept);
        }
        let reply = self.keep(tx, &decision).await?;
        if classified {
            self.tell_incidents(tx, &decision.complaint).await?;
        }
        Ok((decision.answer, reply))
    }

    /// Stores a decision on a complaint: state, facts, timers and outbox messages in the one transaction.
    /// Returns the place of a reply, or of its record, among the outbox messages.
    pub(super) async fn keep(
        &self,
        tx: &mut Tx,
        decision: &Decision,
    ) -> Result<Option<OutboxPlace>, StoreError> {
        let complaint = &decision.complaint;
        let left = decision.entries.iter().any(|entry| matches!(entry.event, Event::Opened { .. }));
        if left || (complaint.listed.is_some() && !complaint.stage.is_open()) {
            self.desk.active_incidents().list_left(tx, complaint).await?;
        }
        if decision.entries.is_empty() && decision.outbox.is_empty() {
            self.arm(tx, complaint).await?;
            return Ok(None);
        }
        store::complaint::save(tx, complaint, &decision.entries).await?;
        self.spend(tx, decision).await?;
        self.arm(tx, complaint).await?;
        let reply = self.post(tx, complaint, &decision.outbox).await?;
        if !decision.notices.is_empty() {
            self.desk.boards().notify(tx, complaint.filed.guild, complaint.id, &decision.notices).await?;
        }
        Ok(reply)
    }

    pub(super) async fn arm(&self, tx: &mut Tx, complaint: &Complaint) -> Result<(), StoreError> {
        let guild = complaint.filed.guild;
        let policy = self.desk.policy_of(guild);
        let timers: Vec<Timer> = timer::timers(complaint, &policy)
            .into_iter()
            .map(|(slot, due_at)| {
                let place = timer::place(complaint, slot).map(|place| Board { guild, place }.to_string());
                Timer { slot: slot.to_string(), due_at, place }
            })
            .collect();
        store::timer::replace(tx, Stream::Complaint(complaint.id), &timers).await
    }

    pub(super) async fn post(
        &self,
        tx: &mut Tx,
        complaint: &Complaint,
        outbox: &[OutboxMessage],
    ) -> Result<Option<OutboxPlace>, StoreError> {
        let mut place = None;
        for outgoing in outbox {
            let stream = outgoing.stream(complaint.id);
            let body = json::write(outgoing)?;
            // One refresh that waits will show whatever is true when it is sent.
            if outgoing.is_refresh() && store::outbox::waits(tx, stream, &body).await? {
                continue;
            }
            let (now, rank) = (self.desk.now(), outgoing.urgency().rank());
            let seq = store::outbox::add_due(tx, stream, rank, &body, now, now + outgoing.grace_ms()).await?;
            if matches!(outgoing, OutboxMessage::ToCustomer { post: CustomerPost::Reply { .. } }) {
                place = Some((stream, seq));
                store::complaint::touch(tx, complaint.id, self.desk.now()).await?;
            } else if outgoing.grace_ms() > 0 {
                place = Some((stream, seq));
            }
        }
        Ok(place)
    }

    /// Tells the customer, and shows in the thread, what active incidents say of the complaint's category.
    async fn tell_incidents(&self, tx: &mut Tx, complaint: &Complaint) -> Result<(), StoreError> {
        let mut complaint = complaint.clone();
        let category = complaint.category.clone();
        for incident in
            self.desk.active_incidents().concerning(tx, complaint.filed.guild, category.as_deref()).await?
        {
            let (Some(version), Some(line)) = (incident.in_use(), incident.line(complaint.lang)) else {
                continue;
            };
            if complaint.told.contains(&incident.id) {
                continue;
            }
            let version = version.number;
            let commands = [
                Command::TellIncident { incident: incident.id, version, text: line.to_owned() },
                Command::ShowTalkingPoints { incident: incident.id, version },
            ];
            for command in commands {
                let policy = self.desk.policy_of(complaint.filed.guild);
                let decided =
                    decide::decide(&complaint, command, &Context::new(Actor::Desk, &policy, self.desk.now()));
                if let Ok(decision) = decided {
                    self.keep(tx, &decision).await?;
                    complaint = decision.complaint;
                }
            }
        }
        Ok(())
    }

    /// What somebody must be shown before they act; none if they have seen it all.
    async fn unseen_by(
        &self,
        tx: &mut Tx,
        complaint: &Complaint,
        person: UserId,
        sight: Sight,
    ) -> Result<Option<Refusal>, StoreError> {
        let seen = match sight {
            Sight::Present => return Ok(None),
            Sight::Facts(seen) if seen >= complaint.facts => return Ok(None),
            Sight::Facts(seen) => seen,
            Sight::Unknown => 0,
        };
        let journal = store::complaint::journal_after(tx, complaint.id, seen).await?;
        let mut unseen: Vec<Unseen> = journal.iter().filter_map(|entry| Unseen::of(entry, person)).collect();
        unseen.drain(..unseen.len().saturating_sub(SHOWN));
        let seen = complaint.facts;
        Ok((!unseen.is_empty()).then_some(Refusal::Unseen { unseen, seen }))
    }

    /// Whether a member of staff could do this now, words apart: asked before they write anything into a form.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] says why not.
    pub fn may_do(&self, complaint: &Complaint, asker: &Asker, command: &Command) -> Result<(), Refusal> {
        let (policy, now) = (self.desk.policy_of(complaint.filed.guild), self.desk.now());
        if !asker.rank.staff {
            return Err(Refusal::StaffOnly);
        }
        // Whether somebody else is there, and what was given this month, is looked up when it is done.
        let by = Actor::Staff(asker.person.clone());
        let mut context = Context::new(by, &policy, now);
        (context.rank, context.is_alone) = (asker.rank, true);
        let allowed = match command {
            Command::Reply { allowed, .. } => allowed.as_deref(),
            _ => None,
        };
        let decision = decide::decide(complaint, command.clone(), &context)?;
        let writer = gate::Writer { person: &asker.person, rank: asker.rank, allowed };
        gate::pass(complaint, decision, writer, &policy, now).map(|_| ())
    }

    /// Whether a complaint's customer could do this now, words apart.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] says why not.
    pub fn customer_may(
        &self,
        complaint: &Complaint,
        asker: &Asker,
        command: &Command,
    ) -> Result<(), Refusal> {
        let policy = self.desk.policy_of(complaint.filed.guild);
        let context = Context::new(Actor::Customer(asker.person.clone()), &policy, self.desk.now());
        decide::decide(complaint, command.clone(), &context).map(|_| ())
    }

    /// What was spent this month of a budget (đồng); nobody else spends of it until this transaction ends.
    pub(super) async fn spent_this_month(
        &self,
        tx: &mut Tx,
        guild: GuildId,
        budget: &str,
    ) -> Result<i64, StoreError> {
        store::counter::hold(tx, &self.month_of(guild, budget)).await
    }

    /// Takes what a decision spends from its month's budget.
    async fn spend(&self, tx: &mut Tx, decision: &Decision) -> Result<(), StoreError> {
        for entry in &decision.entries {
            let Event::Feature(fact) = &entry.event else { continue };
            if let Some((budget, value)) = fact.spends() {
                store::counter::add(tx, &self.month_of(decision.complaint.filed.guild, budget), value)
                    .await?;
            }
        }
        Ok(())
    }

    /// The counter of a budget for this calendar month in the desk's zone.
    fn month_of(&self, guild: GuildId, budget: &str) -> String {
        let zone = self.desk.policy_of(guild).zone;
        format!("{budget}-{}-{}", guild.0, wall(zone, self.desk.now()).format("%Y-%m"))
    }

    /// Computes the open deadlines of a desk anew, by the policy and the calendars of now. Returns how many complaints were
    /// looked at and how many of them have other deadlines now.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses; what was done until then stays.
    pub async fn recompute(&self, guild: GuildId, by: &Person) -> Result<(usize, usize), StoreError> {
        let policy = self.desk.policy_of(guild);
        let ids = store::board::alive(self.desk.db(), guild).await?;
        let mut changed = 0;
        for id in &ids {
            let mut tx = self.desk.db().begin().await?;
            let Some(complaint) = store::complaint::lookup(&mut tx, *id).await? else { continue };
            let by = Actor::Staff(by.clone());
            let decided = decide::decide(
                &complaint,
                Command::Recompute,
                &Context::new(by.clone(), &policy, self.desk.now()),
            );
            if let Ok(decision) = decided
                && !decision.entries.is_empty()
            {
                changed += 1;
                self.keep(&mut tx, &decision).await?;
                tx.commit().await?;
            }
        }
        self.desk.wake();
        Ok((ids.len(), changed))
    }

    /// The complaint of a desk thread.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn in_thread(&self, thread: ChannelId) -> Result<Option<ComplaintId>, StoreError> {
        let held = store::complaint::read_by_thread(self.desk.db(), thread).await?;
        Ok(held.map(|held| held.id))
    }
}
