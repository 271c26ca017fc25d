//! One request, one transaction: look up what was told before, decide, store, and only then answer.

use super::complaints::Carried;
use super::error::{Error, answered};
use super::filings::Filing;
use super::inbox::{About, Key};
use super::outcome::{Done, Outcome, Told, told};
use super::request::{Asker, Request, RequestKind, Target};
use super::{Desk, thread_records};
use crate::domain::colleague;
use crate::domain::command::{Answer, Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::composure::{BREAK, Cover, SOON};
use crate::domain::context::Context;
use crate::domain::event::Source;
use crate::domain::ledger::{Entry, Record};
use crate::domain::policy::Policy;
use crate::kernel::ids::{ComplaintId, GuildId, UserId};
use crate::kernel::people::{Actor, Grade, Person};
use crate::language::fold;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// Requests of people.
#[derive(Clone, Copy)]
pub struct Requests<'a> {
    pub(super) desk: &'a Desk,
}

impl Requests<'_> {
    /// Answers a request, once: a second delivery gets the first answer.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored; nothing was done then.
    pub async fn ask(&self, request: Request) -> Result<Outcome, StoreError> {
        let outcome = self.hear(request).await;
        self.desk.watch().asked(match &outcome {
            Ok(Outcome { told: Told::Done { .. }, .. }) => "done",
            Ok(Outcome { told: Told::Refused { .. }, .. }) => "refused",
            Err(_) => "failed",
        });
        outcome.inspect_err(|error| self.desk.watch().failed(error))
    }

    /// Whether a request was answered before.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn has_heard(&self, key: &Key) -> Result<bool, StoreError> {
        let mut tx = self.desk.begin().await?;
        Ok(store::inbox::lookup(&mut tx, &key.to_string()).await?.is_some())
    }

    /// Notes that a request was heard in which there was nothing to answer.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn note_heard(&self, key: &Key) -> Result<(), StoreError> {
        let mut tx = self.desk.begin().await?;
        if self.desk.inbox().told_before::<Done>(&mut tx, key).await?.is_none() {
            let told = Ok(Done::Done { answer: Answer::Silent });
            self.desk.inbox().remember(&mut tx, key, &told, About::default()).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn hear(&self, request: Request) -> Result<Outcome, StoreError> {
        match Box::pin(self.ask_once(&request)).await {
            // Two processes may hear the same request while one takes over from the other.
            Err(error) if error.is_conflict() => Box::pin(self.ask_once(&request)).await,
            outcome => outcome,
        }
    }

    async fn ask_once(&self, request: &Request) -> Result<Outcome, StoreError> {
        let mut tx = self.desk.begin().await?;
        if let Some(before) = self.desk.inbox().told_before::<Done>(&mut tx, &request.key).await? {
            let told = told(before);
            return Ok(Outcome { told, fate: None, in_thread: false, record: None, bar: None, seen: None });
        }
        if let Some(lang) = request.asker.lang {
            store::guild::see_lang(&mut tx, request.asker.person.id, lang).await?;
        }
        let (carried, reply) = match answered(Box::pin(self.carry_out(&mut tx, request)).await)? {
            Ok((answer, reply)) => (Ok(Done::Done { answer }), reply),
            Err(refusal) => (Err(refusal), None),
        };
        let about = match &request.kind {
            RequestKind::Staff { target: Target::Thread(thread), .. } => {
                store::complaint::by_thread(&mut tx, *thread).await?
            }
            RequestKind::Staff { target: Target::Complaint(id, _), .. }
            | RequestKind::Customer { complaint: id, .. } => Some(*id),
            RequestKind::Merge { thread, .. } => store::complaint::by_thread(&mut tx, *thread).await?,
            _ => None,
        };
        let whose = About { person: Some(request.asker.person.id), complaint: about };
        self.desk.inbox().remember(&mut tx, &request.key, &carried, whose).await?;
        let told = told(carried);
        let in_thread = self.desk.thread_records().is_in_thread(&mut tx, request.record, about).await?;
        // Whoever waits for a reply's fate is known before any worker can see the outbox message. Where the answer is no record
        // (it was asked outside the thread) nobody waits, and the thread is told instead.
        let place = reply.filter(|_| in_thread);
        let (reply, record) = if told.is_reply() { (place, None) } else { (None, place) };
        if let Some((stream, seq)) = reply {
            store::outbox::keep_for(&mut tx, stream, seq, self.desk.owner()).await?;
        }
        let fate =
            reply.map(|(stream, seq)| self.desk.shared.waiters.add((stream, seq), &request.key.to_string()));
        let bar = match (about, &told) {
            (Some(about), Told::Done { answer }) if thread_records::carries(answer) => {
                self.desk.thread_records().bar_carried(&mut tx, about, request.pressed).await?
            }
            _ => None,
        };
        if let Some(about) = about {
            self.desk.thread_records().prompt_answered(&mut tx, about, request.pressed).await?;
        }
        // What is shown of it is what whoever reads it has seen.
        let seen = match about.filter(|_| told.is_step()) {
            Some(about) => store::complaint::lookup(&mut tx, about).await?.map(|held| (held.id, held.facts)),
            None => None,
        };
        tx.commit().await?;
        self.desk.wake();
        Ok(Outcome { told, fate, in_thread, record, bar, seen })
    }

    async fn carry_out(&self, tx: &mut Tx, request: &Request) -> Result<Carried, Error> {
        let asker = &request.asker;
        match &request.kind {
            RequestKind::File { guild, words, wish, contact, files, lost } => {
                let lang = self.desk.lang_of(tx, asker.person.id, Some(*guild)).await?;
                let filing = Filing {
                    guild: *guild,
                    customer: asker.person.clone(),
                    lang,
                    source: Source::Form,
                    words: fold::clean_input(words),
                    wish: fold::clean_input(wish),
                    contact: fold::clean_input(contact),
                    files: files.clone(),
                    extras: lost.clone(),
                    since: self.desk.now(),
                    direct: None,
                    spoken: None,
                };
                self.desk.filings().file(tx, filing).await
            }
            RequestKind::Log { guild, customer, medium, since, words, wish, contact } => {
                let name = fold::clean_input(&customer.name);
                if !asker.rank.staff {
                    return Err(Refusal::StaffOnly.into());
                }
                if customer.id == asker.person.id {
                    return Err(Refusal::OwnComplaint.into());
                }
                if fold::is_blank(&name) {
                    return Err(Refusal::Blank.into());
                }
                let id = if customer.id.is_nobody() { UserId::ELSEWHERE } else { customer.id };
                let filing = Filing {
                    guild: *guild,
                    customer: Person { id, name },
                    lang: self.desk.lang_of(tx, id, Some(*guild)).await?,
                    source: Source::Logged,
                    words: fold::clean_input(words),
                    wish: fold::clean_input(wish),
                    contact: fold::clean_input(contact),
                    files: Vec::new(),
                    extras: Vec::new(),
                    since: (*since).min(self.desk.now()),
                    direct: None,
                    spoken: Some((*medium, asker.person.clone())),
                };
                self.desk.filings().file(tx, filing).await
            }
            RequestKind::Staff { target, command } => {
                if !asker.rank.staff {
                    return Err(Refusal::StaffOnly.into());
                }
                let for_managers = matches!(
                    command,
                    Command::Dismiss { .. }
                        | Command::Export { whole: true, .. }
                        | Command::About(colleague::Deed::Clear { .. })
                );
                if for_managers && !asker.rank.manager {
                    return Err(Refusal::ManagerOnly.into());
                }
                let held = match target {
                    Target::Complaint(id, guild) => {
                        let held = store::complaint::lookup(tx, *id).await?;
                        held.filter(|held| held.filed.guild == *guild)
                    }
                    Target::Thread(thread) => match store::complaint::by_thread(tx, *thread).await? {
                        Some(id) => store::complaint::lookup(tx, id).await?,
                        None => None,
                    },
                };
                let missing = match target {
                    Target::Complaint(..) => Refusal::NoComplaint,
                    Target::Thread(_) => Refusal::ThreadOnly,
                };
                let held = held.ok_or(missing)?;
                let held = self.desk.membership().find_asker(tx, held, asker).await?;
                let policy = self.desk.policy_of(held.filed.guild);
                let context = self.context_for(tx, (&held, &policy), asker, command).await?;
                let (writer, record) = (Some((asker, request.sight)), request.record);
                let carried = self
                    .desk
                    .complaints()
                    .settle(tx, &held, command.clone(), &context, (writer, record))
                    .await;
                self.write_down_refused(tx, &held, asker, (command, carried)).await
            }
            RequestKind::Merge { guild, thread, number } => {
                let merged = self.desk.mergers().merge(tx, asker, *guild, *thread, *number).await?;
                self.desk.thread_records().keep(tx, asker, *thread, request.record, merged).await
            }
            RequestKind::Customer { complaint, command } => {
                let by = Actor::Customer(asker.person.clone());
                let carried = answered(self.on_as_customer(tx, *complaint, &by, command.clone()).await)?;
                self.desk.intake().note_line_place(tx, request, *complaint).await?;
                Ok(carried?)
            }
            _ => Box::pin(self.desk.intake().take_in(tx, request)).await,
        }
    }

    async fn on_as_customer(
        &self,
        tx: &mut Tx,
        id: ComplaintId,
        by: &Actor,
        command: Command,
    ) -> Result<Carried, Error> {
        let complaint = store::complaint::lookup(tx, id).await?.ok_or(Refusal::NoComplaint)?;
        let theirs = matches!(by, Actor::Customer(person) if person.id == complaint.filed.customer.id);
        if !theirs {
            return Err(Refusal::CustomerOnly.into());
        }
        let words = match &command {
            Command::Feature(command) => command.is_said(),
            command => {
                matches!(command, Command::CustomerWrote { .. } | Command::CustomerWroteUnread { .. })
            }
        };
        // Whoever writes in the line of a complaint that was merged is heard where it is looked after.
        let followed = if words { self.desk.mergers().looked_after_in(tx, id).await? } else { None };
        let command = match (command, &followed) {
            (Command::Feature(command), Some(there)) => {
                Command::Feature(command.moved(&complaint.features, &there.features))
            }
            (command, _) => command,
        };
        let complaint = followed.unwrap_or(complaint);
        match &command {
            Command::CustomerWrote { message, .. } => {
                store::complaint::add_line_message(tx, *message, complaint.id, self.desk.now()).await?;
            }
            Command::ChooseLanguage { lang } => {
                store::guild::choose_lang(tx, complaint.filed.customer.id, *lang).await?;
            }
            _ => {}
        }
        let complaint = match &command {
            Command::AddWord { cycle, text } => {
                self.desk.membership().find_rated(tx, complaint, (*cycle, text)).await?
            }
            Command::CustomerWrote { text, .. } => {
                self.desk.membership().find_written(tx, complaint.id, text).await?;
                store::complaint::lookup(tx, complaint.id).await?.unwrap_or(complaint)
            }
            _ => complaint,
        };
        let policy = self.desk.policy_of(complaint.filed.guild);
        let context = Context::new(by.clone(), &policy, self.desk.now());
        self.desk.complaints().settle(tx, &complaint, command, &context, (None, None)).await
    }

    /// All that a command of a member of staff may depend on besides its complaint. Where it spends of the month's budget,
    /// nobody else gives anything until it is done.
    async fn context_for<'a>(
        &self,
        tx: &mut Tx,
        (complaint, policy): (&Complaint, &'a Policy),
        asker: &Asker,
        command: &Command,
    ) -> Result<Context<'a>, StoreError> {
        let (guild, person) = (complaint.filed.guild, asker.person.id);
        let needs = command.needs(complaint);
        let mut context = Context::new(Actor::Staff(asker.person.clone()), policy, self.desk.now());
        context.rank = asker.rank;
        context.is_alone = policy.approve_alone
            && asker.rank.manager
            && needs.agreement.is_some()
            && self.desk.membership().others_there(tx, guild, person, Grade::Manager).await?.is_empty();
        if let Some(budget) = needs.budget {
            context.spent = self.desk.complaints().spent_this_month(tx, guild, budget).await?;
        }
        if needs.cover {
            context.cover = self.cover_for(tx, guild, person).await?;
        }
        Ok(context)
    }

    /// Writes down what was refused since its doer may not decide it, and names who could.
    async fn write_down_refused(
        &self,
        tx: &mut Tx,
        complaint: &Complaint,
        asker: &Asker,
        (command, carried): (&Command, Result<Carried, Error>),
    ) -> Result<Carried, Error> {
        let mut refusal = match carried {
            Err(Error::Refused(refusal)) => refusal,
            carried => return carried,
        };
        let guild = complaint.filed.guild;
        if let Some(entry) = Entry::of(&refusal) {
            let by = Some(asker.person.clone());
            let record = Record { at: self.desk.now(), by, complaint: Some(complaint.id), entry };
            store::ledger::add(tx, guild, &record).await?;
        }
        if let Refusal::FourEyes { could } = &mut refusal {
            let needed = command.needs(complaint).agreement.unwrap_or(Grade::Manager);
            *could = self.desk.membership().others_there(tx, guild, asker.person.id, needed).await?;
        }
        Err(refusal.into())
    }

    /// What is due soon among the open complaints of a person, the most urgent first.
    async fn cover_for(&self, tx: &mut Tx, guild: GuildId, person: UserId) -> Result<Vec<Cover>, StoreError> {
        let due = store::complaint::due_by(tx, guild, person, self.desk.now() + BREAK + SOON).await?;
        let covered = due.iter().filter_map(|held| {
            let (clock, due) = held.next_deadline()?;
            Some(Cover { number: held.number(), thread: held.thread, clock, due })
        });
        Ok(covered.collect())
    }

    /// Writes down a deed that was refused before it came to the desk.
    pub async fn write_down(
        &self,
        guild: GuildId,
        by: &Person,
        complaint: Option<ComplaintId>,
        entry: Entry,
    ) {
        let record = Record { at: self.desk.now(), by: Some(by.clone()), complaint, entry };
        let written = async {
            let mut tx = self.desk.begin().await?;
            store::ledger::add(&mut tx, guild, &record).await?;
            tx.commit().await
        };
        if let Err(error) = written.await {
            tracing::error!(guild.id = guild.0, person.id = by.id.0, %error, "a refused deed was not written down");
        }
    }
}
