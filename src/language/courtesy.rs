//! Words that are thanks and nothing else: they reach the desk, but open no complaint and reopen none.

use std::sync::LazyLock;

use super::safety;
use crate::language::fold::{accented, fold};

mod words;

#[cfg(test)]
mod tests;

/// So many words are short.
const SHORT: usize = 12;
/// Nobody thanks in more words than this and says nothing else.
const LONGEST: usize = 80;

/// How a message is meant that comes when a matter is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Courtesy {
    /// It thanks, or says that all is well.
    Thanks,
    /// Nothing in it asks for anything, but it may be more than thanks: *ok em*, 👍, or thanks with words nobody expects.
    Unclear,
    /// It is about a matter.
    Matter,
}

/// Reads how a message is meant.
pub fn courtesy(text: &str) -> Courtesy {
    let Some(reading) = Reading::of(text) else { return Courtesy::Matter };
    // Whatever it comes with, nobody passes over somebody's safety.
    if safety::suggests_vulnerable(text) {
        return Courtesy::Matter;
    }
    if reading.thanks || reading.content {
        let plain = reading.unknown == 0 && !reading.asked;
        return if plain { Courtesy::Thanks } else { Courtesy::Unclear };
    }
    let said = (reading.assent || reading.glad) && reading.unknown == 0;
    if said { Courtesy::Unclear } else { Courtesy::Matter }
}

/// Whether `text` only thanks or agrees (*cảm ơn em nhiều nhé*, *ok thanks*, 👍).
pub fn is_thanks(text: &str) -> bool {
    let known = |reading: Reading| reading.unknown == 0 && !reading.asked && reading.count <= SHORT;
    courtesy(text) != Courtesy::Matter && Reading::of(text).is_some_and(known)
}

/// What a message holds in which nothing speaks of a matter.
#[derive(Clone, Copy, Debug, Default)]
struct Reading {
    thanks: bool,
    content: bool,
    assent: bool,
    glad: bool,
    /// Whether it names something that could be asked for, as what the customer thanks for.
    asked: bool,
    unknown: usize,
    count: usize,
}

/// A word as typed: folded, with its marks, whether it has any, whether it begins with a capital, and whether a clause ends
/// after it.
struct Word {
    folded: String,
    marked: String,
    capital: bool,
    ends: bool,
}

impl Word {
    fn is(&self, part: &Part) -> bool {
        // Whoever types no marks is understood without them.
        if self.folded == self.marked { self.folded == part.folded } else { self.marked == part.marked }
    }
}

/// A word of a phrase.
struct Part {
    folded: String,
    marked: String,
}

/// Phrases, made ready to be compared.
struct Phrases(Vec<Vec<Part>>);

impl Phrases {
    fn of(phrases: &str) -> Self {
        let part = |word: &str| Part { folded: fold(word), marked: accented(word) };
        Self(phrases.split(", ").map(|phrase| phrase.split(' ').map(part).collect()).collect())
    }

    /// How many words the longest phrase takes with which `words` begin.
    fn first(&self, words: &[Word]) -> Option<usize> {
        let fits = |phrase: &&Vec<Part>| {
            let same =
                phrase.len() <= words.len() && phrase.iter().zip(words).all(|(part, word)| word.is(part));
            // A phrase does not reach into the next clause.
            same && !words[..phrase.len() - 1].iter().any(|word| word.ends)
        };
        self.0.iter().filter(fits).map(Vec::len).max()
    }
}

/// Every list of phrases.
struct Lists {
    thanks: Phrases,
    content: Phrases,
    assent: Phrases,
    dressing: Phrases,
    titles: Phrases,
    settled: Phrases,
    over: Phrases,
    no_more: Phrases,
    faults: Phrases,
    against: Phrases,
    asking: Phrases,
    thanked_for: Phrases,
    after_a_name: Phrases,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists {
    thanks: Phrases::of(words::THANKS),
    content: Phrases::of(words::CONTENT),
    assent: Phrases::of(words::ASSENT),
    dressing: Phrases::of(words::DRESSING),
    titles: Phrases::of(words::TITLES),
    settled: Phrases::of(words::SETTLED),
    over: Phrases::of(words::OVER),
    no_more: Phrases::of(words::NO_MORE),
    faults: Phrases::of(words::FAULTS),
    against: Phrases::of(words::AGAINST),
    asking: Phrases::of(words::ASKING),
    thanked_for: Phrases::of(words::THANKED_FOR),
    after_a_name: Phrases::of(words::AFTER_A_NAME),
});

impl Reading {
    /// None where something speaks of a matter.
    fn of(text: &str) -> Option<Self> {
        let mut text = text.to_owned();
        let mut reading = Self::default();
        if text.contains(['?', '？']) || text.contains(|sign| words::CROSS.contains(sign)) {
            return None;
        }
        let lower = text.to_lowercase();
        if words::CROSS_TYPED.split(", ").any(|sign| lower.contains(sign)) {
            return None;
        }
        for sign in words::GLAD_TYPED.split(", ") {
            for sign in [sign.to_owned(), sign.to_uppercase()] {
                reading.glad |= text.contains(&sign);
                text = text.replace(&sign, " ");
            }
        }
        reading.glad |= text.contains(|sign| words::GLAD.contains(sign));
        let words = words_of(&text);
        reading.count = words.len();
        if reading.count > LONGEST {
            return None;
        }
        let mut place = 0;
        let mut thanking = false;
        while place < words.len() {
            let taken = reading.take(&words, place, &mut thanking)?;
            thanking &= !words[place..place + taken].iter().any(|word| word.ends);
            place += taken;
        }
        Some(reading)
    }

    /// Takes what stands at `place`: how many words; none where they speak of a matter. `thanking`: they may be what the customer
    /// thanks for.
    fn take(&mut self, words: &[Word], place: usize, thanking: &mut bool) -> Option<usize> {
        let (rest, lists) = (&words[place..], &*LISTS);
        let over = over(rest);
        if let Some(length) = lists.settled.first(rest).max(over) {
            self.content |= over.is_some();
            return Some(length);
        }
        if let Some(length) = lists.thanks.first(rest) {
            self.thanks = true;
            // Thanks for something: until the clause ends.
            let clause = rest.iter().position(|word| word.ends).map_or(rest.len(), |last| last + 1);
            let marker = |place: usize| lists.thanked_for.first(&rest[place..clause]).is_some();
            *thanking = (length..clause).any(marker);
            return Some(length);
        }
        if let Some(length) = lists.content.first(rest) {
            self.content = true;
            return Some(length);
        }
        if is_name(words, place) {
            return Some(1);
        }
        if lists.against.first(rest).is_some() {
            return None;
        }
        if let Some(length) = lists.asking.first(rest).max(lists.faults.first(rest)) {
            self.asked = true;
            return thanking.then_some(length);
        }
        if let Some(length) = lists.assent.first(rest) {
            self.assent = true;
            return Some(length);
        }
        if let Some(length) = lists.dressing.first(rest) {
            return Some(length);
        }
        // A number is an hour, a sum or a telephone number.
        if rest[0].folded.contains(|sign: char| sign.is_ascii_digit()) {
            return None;
        }
        self.unknown += usize::from(!*thanking);
        Some(1)
    }
}

/// A fault that is over: *hết chậm*, *không rớt nữa*, *no longer slow*.
fn over(words: &[Word]) -> Option<usize> {
    let lists = &*LISTS;
    let before = lists.over.first(words)?;
    let after = before + lists.faults.first(&words[before..])?;
    let more = lists.no_more.first(&words[after..]);
    let bare =
        words[..before].iter().any(|word| ["het", "con", "longer", "more"].contains(&word.folded.as_str()));
    (bare || more.is_some()).then_some(after + more.unwrap_or_default())
}

/// Whether the word is a name: it follows a title, and begins with a capital or ends what is said to that person.
fn is_name(words: &[Word], place: usize) -> bool {
    let Some(before) = place.checked_sub(1).map(|before| &words[before]) else { return false };
    let (word, lists) = (&words[place], &*LISTS);
    let titled = !before.ends && lists.titles.first(std::slice::from_ref(before)).is_some();
    let last =
        word.ends || place + 1 == words.len() || lists.after_a_name.first(&words[place + 1..]).is_some();
    let cue = lists.against.first(&words[place..=place]).is_some();
    let plainly_a_cue = cue && word.folded != word.marked;
    titled && !plainly_a_cue && (word.capital || (last && cue))
}

fn words_of(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut typed = String::new();
    for sign in text.chars().chain([' ']) {
        if sign.is_alphanumeric() || matches!(sign, '\'' | '’' | '\u{300}'..='\u{36f}') {
            typed.push(if sign == '’' { '\'' } else { sign });
            continue;
        }
        if !typed.is_empty() {
            let capital = typed.chars().next().is_some_and(char::is_uppercase);
            words.push(Word { folded: fold(&typed), marked: accented(&typed), capital, ends: false });
            typed.clear();
        }
        if let (true, Some(last)) =
            (matches!(sign, ',' | '.' | ';' | '!' | ':' | '\n' | '…'), words.last_mut())
        {
            last.ends = true;
        }
    }
    words.retain(|word| !word.folded.is_empty());
    words
}
