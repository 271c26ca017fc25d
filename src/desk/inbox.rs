//! The inbox: a request is carried out once, a second delivery under the same key is told what the first one was told. It also
//! keeps what a command was given and its form or button, which comes back later, cannot carry.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Desk;
use crate::domain::command::Refusal;
use crate::kernel::ids::{ComplaintId, GuildId, MessageId, UserId};
use crate::store::db::Tx;
use crate::store::{self, StoreError, json};

/// Under what a request is carried out once. As text it is the key of the inbox, and stays what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// An interaction: `i12`.
    Interaction(u64),
    /// What an interaction does with one of several complaints: `i12-3`.
    OneOf(u64, ComplaintId),
    /// A message: `m12`.
    Message(MessageId),
    /// A message that was changed, and which change that is: `e12-…`.
    Changed(MessageId, String),
    /// A message that was deleted: `x12`.
    Deleted(MessageId),
    /// What was typed into a command, whatever press files it: `w12`.
    WordsOf(u64),
    /// What was asked again: the press that stands for it, and whose: `1~57:do-kept:12-34`.
    Again(String, UserId),
    /// Words that were kept, sent as a message: `say-12-34`.
    Said(u64, UserId),
    /// What a command was given and its form or button, which comes back later, cannot carry: `o12-34`.
    Given(u64, UserId),
    /// The same request once more, after whoever looked after its complaint was found to have left: `…-left`.
    AfterLeaving(Box<Self>),
    /// What is wrong with a desk's set-up, by its fingerprint: `faults-7-…`.
    Faults(GuildId, String),
    /// Any other text, for programs that ask without Discord.
    Text(String),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interaction(id) => write!(f, "i{id}"),
            Self::OneOf(id, complaint) => write!(f, "i{id}-{}", complaint.0),
            Self::Message(id) => write!(f, "m{id}"),
            Self::Changed(id, change) => write!(f, "e{id}-{change}"),
            Self::Deleted(id) => write!(f, "x{id}"),
            Self::WordsOf(id) => write!(f, "w{id}"),
            Self::Again(pressed, person) => write!(f, "{pressed}-{person}"),
            Self::Said(of, person) => write!(f, "say-{of}-{person}"),
            Self::Given(of, person) => write!(f, "o{of}-{person}"),
            Self::AfterLeaving(key) => write!(f, "{key}-left"),
            Self::Faults(guild, fingerprint) => write!(f, "faults-{guild}-{fingerprint}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

/// What was told, as the inbox holds it: a refusal, or what names itself under the same tag.
#[derive(Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "kebab-case")]
pub enum Stored<T> {
    /// It was not done.
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// It was done.
    #[serde(untagged)]
    Done(T),
}

/// Whom and what an answer is about, so that it is erased with them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct About {
    pub(super) person: Option<UserId>,
    pub(super) complaint: Option<ComplaintId>,
}

/// What was heard and what was told, so that a second delivery changes nothing.
#[derive(Clone, Copy)]
pub struct Inbox<'a> {
    pub(super) desk: &'a Desk,
}

impl Inbox<'_> {
    /// What a request was told, if it came before.
    pub(super) async fn told_before<T: DeserializeOwned>(
        &self,
        tx: &mut Tx,
        key: &Key,
    ) -> Result<Option<Result<T, Refusal>>, StoreError> {
        let Some(told) = store::inbox::lookup(tx, &key.to_string()).await? else { return Ok(None) };
        Ok(Some(match json::read("inbox", &told)? {
            Stored::Refused { refusal } => Err(refusal),
            Stored::Done(done) => Ok(done),
        }))
    }

    /// Remembers what a request is told. A unique violation means that another process was faster.
    pub(super) async fn remember<T: Serialize>(
        &self,
        tx: &mut Tx,
        key: &Key,
        told: &Result<T, Refusal>,
        about: About,
    ) -> Result<(), StoreError> {
        let told = match told {
            Ok(done) => json::write(&Stored::Done(done))?,
            Err(refusal) => json::write(&Stored::<()>::Refused { refusal: refusal.clone() })?,
        };
        store::inbox::add(tx, &key.to_string(), self.desk.now(), &told, about.person, about.complaint).await
    }

    /// Keeps what the command `interaction` of `person` was given about `complaint`, as long as neither is erased. A second
    /// delivery keeps the first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn keep_for_later(
        &self,
        interaction: u64,
        person: UserId,
        complaint: Option<ComplaintId>,
        given: &impl Serialize,
    ) -> Result<(), StoreError> {
        let key = Key::Given(interaction, person).to_string();
        let mut tx = self.desk.db().begin().await?;
        if store::inbox::lookup(&mut tx, &key).await?.is_none() {
            let given = json::write(given)?;
            store::inbox::add(&mut tx, &key, self.desk.now(), &given, Some(person), complaint).await?;
        }
        tx.commit().await
    }

    /// What the command `interaction` of `person` was given; nothing if nothing was kept.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses or the row cannot be read.
    pub async fn kept<T: DeserializeOwned + Default>(
        &self,
        interaction: u64,
        person: UserId,
    ) -> Result<T, StoreError> {
        let mut tx = self.desk.db().begin().await?;
        let kept = store::inbox::lookup(&mut tx, &Key::Given(interaction, person).to_string()).await?;
        kept.map_or_else(|| Ok(T::default()), |kept| json::read("inbox", &kept))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "told", rename_all = "kebab-case")]
    enum Step {
        Done { version: i64 },
    }

    #[test]
    fn a_refusal_and_what_was_done_read_back_as_they_were_stored() {
        let read = |text: &str| serde_json::from_str::<Stored<Step>>(text).expect("it reads");
        let written = |stored: &Stored<Step>| serde_json::to_string(stored).expect("it is written");
        let done = r#"{"told":"done","version":3}"#;
        assert!(matches!(read(done), Stored::Done(Step::Done { version: 3 })));
        assert_eq!(written(&read(done)), done);
        let refused = written(&Stored::Refused { refusal: Refusal::NotOpen });
        assert!(matches!(read(&refused), Stored::Refused { refusal: Refusal::NotOpen }));
        assert!(refused.starts_with(r#"{"told":"refused""#), "{refused}");
        let count = serde_json::from_str::<Stored<i64>>("5").expect("a figure that was stored alone");
        assert!(matches!(count, Stored::Done(5)));
    }
}
