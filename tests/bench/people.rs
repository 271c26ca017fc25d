//! What people's words cost: the reader of times with its own words repeated and mixed.

use std::hint::black_box;

use langnghe::language::when::{Reader, Toward, length, vocabulary};

use crate::office::{self, MORNING};
use crate::{Failure, instant, ms, row};

/// How many mixes are read.
const MIXES: u64 = 20_000;
/// No phrase may take longer (µs).
const AT_MOST: i64 = 50_000;

/// Reads mixes of the vocabulary, as long as a phrase can be, and fails where one takes too long.
pub fn measure() -> Result<(), Failure> {
    println!("\nwords of people");
    let policy = office::rules()?.policy;
    let reader = Reader { zone: policy.zone, now: MORNING, office: policy.office() };
    let mut words: Vec<String> = vocabulary().into_iter().map(str::to_owned).collect();
    words.extend(vocabulary().into_iter().map(langnghe::language::fold::fold));
    words.extend(["9h", "9", "24/11", "-", ":", "8-10h", "30'"].map(str::to_owned));
    let mut seed: u64 = 11;
    let mut draw = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % below
    };
    let mut taken = Vec::new();
    let mut slowest = (0, String::new());
    for mix in 0..MIXES {
        // From one word again and again to all different ones.
        let few = 1 + usize::try_from(mix % 12).unwrap_or(0);
        let some: Vec<&String> = (0..few).map(|_| &words[draw(words.len())]).collect();
        let text: Vec<&str> = (0..60).map(|_| some[draw(few)].as_str()).collect();
        let text: String = text.join(" ").chars().take(120).collect();
        let begun = instant();
        black_box(reader.read(black_box(&text), Toward::Promise));
        black_box(length(black_box(&text)));
        let micros = i64::try_from(begun.elapsed().as_micros())?;
        taken.push(micros);
        if micros > slowest.0 {
            slowest = (micros, text);
        }
    }
    let at = |percent| ms(langnghe::domain::stats::percentile(&taken, percent));
    row(&format!("a time of 120 letters (n {MIXES})"), &format!("p50 {}  p99 {}", at(50), at(99)));
    row("the slowest (aim: under 50 ms)", &format!("{} {:?}", ms(Some(slowest.0)), slowest.1));
    if slowest.0 > AT_MOST { Err(format!("too slow: {slowest:?}").into()) } else { Ok(()) }
}
