//! Every sentence the desk says is a typed function here; its words stand in `config/locales`, where operators may change them.

mod again;
mod compare;
mod delivery;
mod extras;
mod procedure;
mod sentences;
mod units;

pub use units::grouped;

use std::collections::{BTreeMap, BTreeSet};

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::kernel::lang::Lang;

/// Every sentence, part by part: the key in the locale files, and its arguments.
pub const SENTENCES: [&[(&str, &[&str])]; 4] =
    [sentences::DESK, procedure::PROCEDURE, delivery::DELIVERY, again::AGAIN];

/// The words that ship with the program: language, file name, text.
pub const BUILT_IN: [(Lang, &str, &str); 28] = [
    (Lang::Vi, "customer.ftl", include_str!("../../config/locales/vi/customer.ftl")),
    (Lang::Vi, "desk.ftl", include_str!("../../config/locales/vi/desk.ftl")),
    (Lang::Vi, "deadline.ftl", include_str!("../../config/locales/vi/deadline.ftl")),
    (Lang::Vi, "command.ftl", include_str!("../../config/locales/vi/command.ftl")),
    (Lang::Vi, "refusal.ftl", include_str!("../../config/locales/vi/refusal.ftl")),
    (Lang::Vi, "report.ftl", include_str!("../../config/locales/vi/report.ftl")),
    (Lang::Vi, "incident.ftl", include_str!("../../config/locales/vi/incident.ftl")),
    (Lang::Vi, "health.ftl", include_str!("../../config/locales/vi/health.ftl")),
    (Lang::Vi, "procedure.ftl", include_str!("../../config/locales/vi/procedure.ftl")),
    (Lang::Vi, "disposition.ftl", include_str!("../../config/locales/vi/disposition.ftl")),
    (Lang::Vi, "case-file.ftl", include_str!("../../config/locales/vi/case-file.ftl")),
    (Lang::Vi, "data.ftl", include_str!("../../config/locales/vi/data.ftl")),
    (Lang::Vi, "delivery.ftl", include_str!("../../config/locales/vi/delivery.ftl")),
    (Lang::Vi, "again.ftl", include_str!("../../config/locales/vi/again.ftl")),
    (Lang::En, "customer.ftl", include_str!("../../config/locales/en/customer.ftl")),
    (Lang::En, "desk.ftl", include_str!("../../config/locales/en/desk.ftl")),
    (Lang::En, "deadline.ftl", include_str!("../../config/locales/en/deadline.ftl")),
    (Lang::En, "command.ftl", include_str!("../../config/locales/en/command.ftl")),
    (Lang::En, "refusal.ftl", include_str!("../../config/locales/en/refusal.ftl")),
    (Lang::En, "report.ftl", include_str!("../../config/locales/en/report.ftl")),
    (Lang::En, "incident.ftl", include_str!("../../config/locales/en/incident.ftl")),
    (Lang::En, "health.ftl", include_str!("../../config/locales/en/health.ftl")),
    (Lang::En, "procedure.ftl", include_str!("../../config/locales/en/procedure.ftl")),
    (Lang::En, "disposition.ftl", include_str!("../../config/locales/en/disposition.ftl")),
    (Lang::En, "case-file.ftl", include_str!("../../config/locales/en/case-file.ftl")),
    (Lang::En, "data.ftl", include_str!("../../config/locales/en/data.ftl")),
    (Lang::En, "delivery.ftl", include_str!("../../config/locales/en/delivery.ftl")),
    (Lang::En, "again.ftl", include_str!("../../config/locales/en/again.ftl")),
];

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
        let built_in = BUILT_IN.into_iter().map(|(lang, file, text)| resource(lang, file, text));
        let held = compare::Held::shipped(built_in.collect::<Result<Vec<_>, _>>()?.into_iter());
        for lang in Lang::ALL {
            let (mut bundle, mut shipped) = (empty(lang), empty(lang));
            for (_, file, text) in BUILT_IN.into_iter().filter(|(held, ..)| *held == lang) {
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

    fn placeables(text: &str) -> Vec<String> {
        let mut found: Vec<String> = text
            .split("$")
            .skip(1)
            .map(|rest| {
                rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }

    fn messages(lang: Lang) -> BTreeMap<String, String> {
        let mut messages: BTreeMap<String, String> = BTreeMap::new();
        for (_, _, text) in BUILT_IN.into_iter().filter(|(held, ..)| *held == lang) {
            let mut key = None;
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                if !line.starts_with(' ') {
                    key = line.split_once(" =").map(|(key, _)| key.to_owned());
                }
                if let Some(key) = &key {
                    messages.entry(key.clone()).or_default().push_str(line);
                }
            }
        }
        messages
    }

    #[test]
    fn every_sentence_and_argument_exists_in_every_language() {
        for lang in Lang::ALL {
            let messages = messages(lang);
            for (name, args) in SENTENCES.iter().copied().flatten() {
                let key = name.replace('_', "-");
                let Some(text) = messages.get(&key) else { panic!("{lang}: {key} is missing") };
                let mut wanted: Vec<String> = args.iter().map(ToString::to_string).collect();
                wanted.sort();
                let found = placeables(text);
                assert!(
                    found.iter().all(|arg| wanted.contains(arg)),
                    "{lang}: {key}: {found:?} of {wanted:?}"
                );
            }
        }
        let (vi, en) = (messages(Lang::Vi), messages(Lang::En));
        assert_eq!(vi.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
        for (key, text) in &vi {
            assert_eq!(placeables(text), placeables(&en[key]), "{key}");
        }
    }

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
