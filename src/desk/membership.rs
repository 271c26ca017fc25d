//! Who is at the desk: whoever does anything at all on its server is there and could be asked, whoever left has no complaint any
//! more; and whom of them a customer's words mean: looked for where a complaint comes in, where somebody would act on it, and in
//! what they say to a rating.

use super::Desk;
use super::error::answered;
use super::request::Asker;
use crate::domain::colleague::{Deed, Likeness, is_mentioned, named};
use crate::domain::command::Command;
use crate::domain::complaint::{Complaint, Rating};
use crate::domain::decide::LOW_SCORE;
use crate::kernel::ids::{ComplaintId, GuildId, UserId};
use crate::kernel::people::{Actor, Grade, Person, Rank};
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// A manager who was not there for so long (ms) is none that could be asked: 30 days.
const THERE: i64 = 30 * 24 * 60 * 60 * 1_000;
/// That somebody is there is written down again after this while (ms).
const AGAIN: i64 = 5 * 60_000;

/// As what and under which name somebody was noted, and when (Unix ms).
pub(super) type Noted = (i64, Grade, String);

/// Who is at the desk.
#[derive(Clone, Copy)]
pub struct Membership<'a> {
    pub(super) desk: &'a Desk,
}

impl Membership<'_> {
    /// Notes that somebody with a rank is there, whatever they do. What they do does not depend on it.
    pub async fn note_there(&self, guild: GuildId, person: &Person, rank: Rank) {
        let Some(grade) = Grade::highest(rank) else { return };
        let now = self.desk.now();
        let known = |(at, held, name): &Noted| now - at < AGAIN && *held == grade && *name == person.name;
        if super::lock(&self.desk.shared.there).get(&(guild, person.id)).is_some_and(known) {
            return;
        }
        let written = async {
            let mut tx = self.desk.begin().await?;
            store::guild::see_colleague(&mut tx, guild, person, grade, now).await?;
            tx.commit().await
        };
        match written.await {
            Ok(()) => {
                let noted = (now, grade, person.name.clone());
                super::lock(&self.desk.shared.there).insert((guild, person.id), noted);
            }
            Err(error) => tracing::warn!(guild.id = guild.0, %error, "who is there was not noted"),
        }
    }

    pub(super) async fn others_there(
        &self,
        tx: &mut Tx,
        guild: GuildId,
        person: UserId,
        grade: Grade,
    ) -> Result<Vec<UserId>, StoreError> {
        store::guild::others_there(tx, guild, person, grade, self.desk.now() - THERE).await
    }

    /// Whoever has a complaint is no staff any more: it is nobody's. Returns how it stands then.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it could not be stored; nothing was done then.
    pub async fn owner_left(&self, id: ComplaintId, owner: UserId) -> Result<Option<Complaint>, StoreError> {
        let mut tx = self.desk.begin().await?;
        let command = Command::OwnerLeft { owner };
        // What was made nobody's refuses; then nobody has it anyway.
        let _ = answered(self.desk.complaints().carry_out(&mut tx, id, &Actor::Desk, command).await)?;
        let left = store::complaint::lookup(&mut tx, id).await?;
        tx.commit().await?;
        self.desk.wake();
        Ok(left)
    }

    /// Looks for everybody who ever was at the desk in the words of a filing.
    pub(super) async fn find_colleagues(&self, tx: &mut Tx, complaint: &Complaint) -> Result<(), StoreError> {
        let known = store::guild::colleagues(tx, complaint.filed.guild).await?;
        let people = in_filing(complaint, &known);
        self.note_found(tx, complaint.id, people).await.map(|_| ())
    }

    /// Looks for whoever is about to act, who may never have been here before. Returns the complaint as it stands then.
    pub(super) async fn find_asker(
        &self,
        tx: &mut Tx,
        complaint: Complaint,
        asker: &Asker,
    ) -> Result<Complaint, StoreError> {
        if complaint.about.knows(asker.person.id) {
            return Ok(complaint);
        }
        let people = in_filing(&complaint, std::slice::from_ref(&asker.person));
        let changed = self.note_found(tx, complaint.id, people).await?;
        Ok(changed.unwrap_or(complaint))
    }

    /// Looks for colleagues in what the customer is about to say to a low rating: whoever is named there does not win them
    /// back, and does not read it. Returns the complaint as it stands then.
    pub(super) async fn find_rated(
        &self,
        tx: &mut Tx,
        complaint: Complaint,
        (cycle, word): (i64, &str),
    ) -> Result<Complaint, StoreError> {
        let rating = complaint.ratings.iter().find(|rating| rating.cycle == cycle);
        let low = |rating: &&Rating| rating.score.is_some_and(|score| score <= LOW_SCORE);
        let Some(rating) = rating.filter(low) else { return Ok(complaint) };
        let mut known = store::guild::colleagues(tx, complaint.filed.guild).await?;
        if known.iter().all(|held| held.id != rating.handler.id) {
            known.push(rating.handler.clone());
        }
        let customer = &complaint.filed.customer;
        let people = known.into_iter().filter_map(|person| {
            // Who handled it is known: their name alone is enough.
            let sure = named(word, &person, customer)?;
            let sure = if person.id == rating.handler.id { Likeness::Certain } else { sure };
            Some((person, sure))
        });
        let people = people.collect();
        let changed = self.note_found(tx, complaint.id, people).await?;
        Ok(changed.unwrap_or(complaint))
    }

    /// Looks for colleagues in what the customer writes later. Whoever looks after it is called by name there like anybody whom
    /// one talks with; of the others only a mention is certain.
    pub(super) async fn find_written(
        &self,
        tx: &mut Tx,
        id: ComplaintId,
        text: &str,
    ) -> Result<(), StoreError> {
        let Some(complaint) = store::complaint::lookup(tx, id).await? else { return Ok(()) };
        let owner = complaint.owner.as_ref().map(|owner| owner.id);
        let known = store::guild::colleagues(tx, complaint.filed.guild).await?;
        let people = known.into_iter().filter(|person| Some(person.id) != owner).filter_map(|person| {
            let whole = named(text, &person, &complaint.filed.customer)? == Likeness::Certain;
            let sure = if is_mentioned(text, person.id) { Likeness::Certain } else { Likeness::Perhaps };
            whole.then_some((person, sure))
        });
        let people = people.collect();
        self.note_found(tx, id, people).await.map(|_| ())
    }

    async fn note_found(
        &self,
        tx: &mut Tx,
        id: ComplaintId,
        people: Vec<(Person, Likeness)>,
    ) -> Result<Option<Complaint>, StoreError> {
        if people.is_empty() {
            return Ok(None);
        }
        let command = Command::About(Deed::Found { people });
        // What was made nobody's refuses; then there is nothing to note.
        let _ = answered(self.desk.complaints().carry_out(tx, id, &Actor::Desk, command).await)?;
        store::complaint::lookup(tx, id).await
    }
}

fn in_filing(complaint: &Complaint, known: &[Person]) -> Vec<(Person, Likeness)> {
    let filed = &complaint.filed;
    let text = format!("{}\n{}", filed.words, filed.wish);
    let found =
        known.iter().filter_map(|person| Some((person.clone(), named(&text, person, &filed.customer)?)));
    found.collect()
}
