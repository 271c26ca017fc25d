//! What a capability says without knowing its reader's language or zone: it is put into words where those are known.

/// A piece of what is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// Somebody's words, or a name.
    Text(String),
    /// A number.
    Number(i64),
    /// An amount (đồng).
    Money(i64),
    /// An instant (Unix ms); none: it has not come.
    Instant(Option<i64>),
    /// Several, with this between them; what is empty is left out.
    Joined(&'static str, Vec<Phrase>),
    /// Something that is not as it should be.
    Bad(Box<Phrase>),
    /// A message of the locale files by its key, with its arguments.
    Words(String, Vec<(&'static str, Phrase)>),
}

impl Phrase {
    /// A message without arguments.
    pub fn words(key: impl Into<String>) -> Self {
        Self::Words(key.into(), Vec::new())
    }

    /// The same, as something that is not as it should be.
    pub fn bad(phrase: Self) -> Self {
        Self::Bad(Box::new(phrase))
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Phrase {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

/// One fact as a line of the case file: the key of what happened, and what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `withdrawn` is said by the message `file-fact-withdrawn`.
    pub key: &'static str,
    /// What belongs to it.
    pub parts: Vec<Phrase>,
}

/// A table of the case file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its heading: `promises` is said by the message `file-promises`.
    pub heading: &'static str,
    /// The headings of its columns, likewise.
    pub columns: &'static [&'static str],
    /// Its rows.
    pub rows: Vec<Vec<Phrase>>,
}
