//! Every sentence the desk says is a typed function here; its words stand in `config/locales`, where operators may change them.

mod again;
mod compare;
mod delivery;
mod extras;
mod procedure;
mod sentences;
mod units;

pub(crate) use sentences::sentences;
pub use units::grouped;

use std::collections::{BTreeMap, BTreeSet};

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::kernel::lang::Lang;

/// Every sentence, part by part: the key in the locale files, and its arguments.
pub const SENTENCES: [&[(&str, &[&str])]; 4] =
    [sentences::DESK, procedure::PROCEDURE, delivery::DELIVERY, again::AGAIN];

/// The files of words that ship with the program, in each language.
macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        /// The words that ship with the program: language, file name, text.
        pub const BUILT_IN: &[(Lang, &str, &str)] = &[$(
            (Lang::Vi, concat!($name, ".ftl"), include_str!(concat!("../../config/locales/vi/", $name, ".ftl"))),
            (Lang::En, concat!($name, ".ftl"), include_str!(concat!("../../config/locales/en/", $name, ".ftl"))),
        )*];
    };
}

shipped! {
    "customer",
    "desk",
    "deadline",
    "command",
    "refusal",
    "report",
    "incident",
    "health",
    "procedure",
    "disposition",
    "case-file",
    "data",
    "delivery",
    "again",
    "clarify",
    "goodwill",
    "promise",
    "rejection",
}

/// What is wrong with an operator's words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {what}")]
pub struct WordsError {
    /// The language.
    pub lang: Lang,
    /// The file.
    pub file: String,
    /// What is wrong, with the place.
    pub what: String,
}

/// The words of one language.
pub struct Words {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
    /// What ships, for what the operator's words cannot say.
    shipped: FluentBundle<FluentResource>,
    /// The messages of the operator that are not used.
    left_away: BTreeSet<String>,
}

/// The words of all languages.
pub struct Texts {
    words: BTreeMap<Lang, Words>,
    faults: Vec<WordsError>,
}

impl Texts {
    /// The shipped words, with the operator's over them (language, file, text). A message of theirs that could not be said is
    /// left away, and named among the [`Texts::faults`].
    ///
    /// # Errors
    ///
    /// [`WordsError`] names the first file that is no Fluent text.
    pub fn load(overrides: &[(Lang, String, String)]) -> Result<Self, WordsError> {
        let (mut words, mut faults) = (BTreeMap::new(), Vec::new());
        let built_in = BUILT_IN.iter().copied().map(|(lang, file, text)| resource(lang, file, text));
        let held = compare::Held::shipped(built_in.collect::<Result<Vec<_>, _>>()?.into_iter());
        for lang in Lang::ALL {
            let (mut bundle, mut shipped) = (empty(lang), empty(lang));
            for (_, file, text) in BUILT_IN.iter().copied().filter(|(held, ..)| *held == lang) {
                shipped.add_resource_overriding(resource(lang, file, text)?);
                bundle.add_resource_overriding(resource(lang, file, text)?);
            }
            let mut left_away = BTreeSet::new();
            for (_, file, text) in overrides.iter().filter(|(held, ..)| *held == lang) {
                let own = resource(lang, file, text)?;
                let (found, broken) = compare::faults(lang, file, text, &own, &held);
                faults.extend(found);
                left_away.extend(broken);
                bundle.add_resource_overriding(own);
            }
            words.insert(lang, Words { lang, bundle, shipped, left_away });
        }
        Ok(Self { words, faults })
    }

    /// What is wrong with the operator's words, message by message.
    pub fn faults(&self) -> &[WordsError] {
        &self.faults
    }

    /// The words of a language.
    pub fn of(&self, lang: Lang) -> &Words {
        &self.words[&lang]
    }
}

impl Words {
    /// The language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether the message `key` exists.
    pub fn has(&self, key: &str) -> bool {
        self.bundle.get_message(key).is_some_and(|message| message.value().is_some())
    }

    /// The message `key` with its arguments; the shipped one where the operator's cannot be said. A message that is missing
    /// shows its key: visible, and never silent.
    pub fn say(&self, key: &str, args: &[(&'static str, FluentValue<'_>)]) -> String {
        let mut held = FluentArgs::new();
        for (name, value) in args {
            held.set(*name, value.clone());
        }
        let own = (!self.left_away.contains(key)).then_some(&self.bundle);
        let mut nearly = None;
        for bundle in own.into_iter().chain([&self.shipped]) {
            let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { continue };
            let mut errors = Vec::new();
            let said = bundle.format_pattern(pattern, Some(&held), &mut errors).into_owned();
            if errors.is_empty() {
                return said;
            }
            tracing::error!(key, lang = self.lang.as_str(), ?errors, "words with an unknown argument");
            nearly = Some(said);
        }
        nearly.unwrap_or_else(|| {
            tracing::error!(key, lang = self.lang.as_str(), "missing words");
            key.to_owned()
        })
    }
}

/// A bundle without words.
fn empty(lang: Lang) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(vec![identifier(lang)]);
    // Isolation marks are for mixed directions; here they would only stand in the way of copying and matching.
    bundle.set_use_isolating(false);
    bundle
}

fn identifier(lang: Lang) -> LanguageIdentifier {
    // Both names are well-formed; the default (undetermined) would only lose the plural rules.
    lang.as_str().parse().unwrap_or_default()
}

fn resource(lang: Lang, file: &str, text: &str) -> Result<FluentResource, WordsError> {
    FluentResource::try_new(text.to_owned()).map_err(|(_, errors)| {
        let said = errors.iter().map(|error| {
            let before = text.as_bytes().get(..error.pos.start).unwrap_or_default();
            let line = before.iter().filter(|sign| **sign == b'\n').count() + 1;
            format!("{error}; write it as in the shipped words, or leave it out (line {line})")
        });
        WordsError { lang, file: file.to_owned(), what: said.collect::<Vec<_>>().join("; ") }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_changes_words_without_compiling() -> Result<(), WordsError> {
        let own = (Lang::Vi, "own.ftl".to_owned(), "panel-button = Góp ý cho chúng tôi".to_owned());
        let texts = Texts::load(&[own])?;
        assert_eq!(texts.of(Lang::Vi).panel_button(), "Góp ý cho chúng tôi");
        assert_eq!(texts.of(Lang::En).panel_button(), "File a complaint");
        Ok(())
    }

    #[test]
    fn words_that_are_no_fluent_text_are_named_with_their_file() {
        let own = (Lang::En, "config/locales/en/own.ftl".to_owned(), "= nothing".to_owned());
        let error = Texts::load(&[own]).map(|_| ()).map_err(|error| error.to_string());
        assert!(error.is_err_and(|error| error.starts_with("config/locales/en/own.ftl: ")));
    }
}
