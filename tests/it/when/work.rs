//! Any text of the reader's own words, repeated and mixed, is answered with bounded work: counted, not timed.

use langnghe::language::fold::fold;
use langnghe::language::when::{Effort, Reader, Toward, length, vocabulary};
use proptest::prelude::*;

use super::{NOW, POLICY, SAIGON, at};

use crate::tiers::few_or_all;

/// The most words of a table that are compared, pieces that are tried and plans that are held at once for one phrase. One
/// comparison takes some 10 ns, one step some 100 ns, one plan 200 bytes a place: far below 50 ms and 16 MB.
const COMPARED: u32 = 400_000;
const STEPS: u32 = 40_000;
const WAYS: u32 = 128;

fn effort(text: &str) -> Effort {
    let reader = Reader { zone: SAIGON, now: at(SAIGON, NOW), office: POLICY.office() };
    let _ = length(text);
    let looked = [Toward::Promise, Toward::Soon, Toward::Past].map(|toward| reader.read(text, toward).effort);
    assert!(looked.iter().all(|effort| *effort == looked[0]), "{text}");
    looked[0]
}

fn within_bounds(text: &str) -> Effort {
    let done = effort(text);
    assert!(done.compared <= COMPARED && done.steps <= STEPS && done.ways <= WAYS, "{text:?}: {done:?}");
    done
}

/// The words in both spellings, and what stands between and beside them.
fn pieces() -> Vec<String> {
    let words = vocabulary();
    let plain = words.iter().map(|word| fold(word));
    let others =
        ["9", "09", "9h", "9h30", "24/11", "30'", ":", "-", "/", ".", ",", "2026", "t2", "1", "10", "8-10h"];
    words.iter().map(ToString::to_string).chain(plain).chain(others.map(str::to_owned)).collect()
}

fn cut(text: &str) -> String {
    text.chars().take(120).collect()
}

#[test]
fn faults_i2_words_said_again_and_again_cost_no_more_than_once_each() {
    let mut most = Effort::default();
    for word in pieces().into_iter().step_by(few_or_all(10, 1)) {
        for text in [
            format!("{word} ").repeat(120),
            word.repeat(120),
            format!("9h sang mai {}", format!("{word} ").repeat(110)),
        ] {
            let done = within_bounds(cut(&text).trim());
            most.compared = most.compared.max(done.compared);
            most.steps = most.steps.max(done.steps);
            most.ways = most.ways.max(done.ways);
        }
    }
    println!("{most:?}");
    for text in [
        format!("9h sang mai {}", "nhe ".repeat(27)),
        "nhe ".repeat(30),
        "mai ".repeat(30),
        "9h ".repeat(40),
        "thu tu ".repeat(17),
        "toi toi sau sau nam nam tu tu ".repeat(4),
        "tu 9 den 10 den 11 den 12 den 1 den 2 den 3 den 4 den 5 den 6 den 7 den 8 den 9 den 10".to_owned(),
        "-".repeat(120),
        "1-".repeat(60),
        "1/1-".repeat(30),
        "hai muoi mot ".repeat(9),
        "truoc ".repeat(20),
    ] {
        within_bounds(&cut(&text));
    }
}

#[test]
fn faults_i2_what_is_too_long_is_not_looked_at() {
    assert_eq!(effort(&"mai ".repeat(1_000_000)), Effort::default());
    assert_eq!(effort(&"e\u{301}".repeat(100)), Effort::default());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: few_or_all(40, 400), ..ProptestConfig::default() })]

    #[test]
    fn faults_i2_any_mix_of_the_vocabulary_is_answered_with_bounded_work(
        few in proptest::collection::vec(proptest::sample::select(pieces()), 1..6),
        order in proptest::collection::vec(any::<proptest::sample::Index>(), 1..120),
        gaps in proptest::collection::vec(prop_oneof![4 => Just(" "), 1 => Just("")], 120),
    ) {
        let mixed: String =
            order.iter().zip(&gaps).map(|(place, gap)| format!("{}{gap}", place.get(&few))).collect();
        within_bounds(&cut(&mixed));
    }

    #[test]
    fn faults_i2_many_different_words_are_answered_with_bounded_work(
        many in proptest::collection::vec(proptest::sample::select(pieces()), 1..60),
    ) {
        within_bounds(&cut(&many.join(" ")));
    }
}
