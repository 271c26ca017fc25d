//! Every sentence that the program says has its words in every language, with the arguments that it is given.

use std::collections::BTreeMap;

use langnghe::features::discord;
use langnghe::kernel::lang::Lang;
use langnghe::text::{BUILT_IN, SENTENCES};

fn placeables(text: &str) -> Vec<String> {
    let mut found: Vec<String> = text
        .split("$")
        .skip(1)
        .map(|rest| rest.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect())
        .collect();
    found.sort();
    found.dedup();
    found
}

fn messages(lang: Lang) -> BTreeMap<String, String> {
    let mut messages: BTreeMap<String, String> = BTreeMap::new();
    for (_, _, text) in BUILT_IN.iter().filter(|(held, ..)| *held == lang) {
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
        for (name, args) in SENTENCES.iter().chain(discord::SENTENCES).copied().flatten() {
            let key = name.replace('_', "-");
            let Some(text) = messages.get(&key) else { panic!("{lang}: {key} is missing") };
            let mut wanted: Vec<String> = args.iter().map(ToString::to_string).collect();
            wanted.sort();
            let found = placeables(text);
            assert!(found.iter().all(|arg| wanted.contains(arg)), "{lang}: {key}: {found:?} of {wanted:?}");
        }
    }
    let (vi, en) = (messages(Lang::Vi), messages(Lang::En));
    assert_eq!(vi.keys().collect::<Vec<_>>(), en.keys().collect::<Vec<_>>());
    for (key, text) in &vi {
        assert_eq!(placeables(text), placeables(&en[key]), "{key}");
    }
}
