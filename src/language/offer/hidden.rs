//! A text as its reader takes it, whatever was done to keep a machine from reading it: letters set apart, joined or dressed up.

use crate::language::fold::{as_read, fold};

/// Signs with which Discord dresses words up, and which nobody reads.
const DRESS: [char; 5] = ['*', '~', '|', '`', '\\'];
/// What stands between letters that are set apart.
const GAPS: [char; 9] = [' ', '.', '-', '_', '·', '/', '\'', ',', '+'];
/// So many single letters in a row are a word set apart.
const SPELLED: usize = 3;
/// A line of so few words goes on in the next one.
const SHORT_LINE: usize = 2;
/// Words of the tables that people run together, folded, and where they part.
const RUN_TOGETHER: [(&str, usize); 14] = [
    ("hoantien", 4),
    ("hoanlai", 4),
    ("hoantra", 4),
    ("hoancuoc", 4),
    ("tralai", 3),
    ("boithuong", 3),
    ("boihoan", 3),
    ("denbu", 3),
    ("miencuoc", 4),
    ("mienphi", 4),
    ("giamgia", 4),
    ("giamcuoc", 4),
    ("giamtru", 4),
    ("tangqua", 4),
];

/// The ways to read a text: in plain letters, and with everything put together again where that differs.
pub(super) fn readings(text: &str) -> Vec<String> {
    let read = as_read(text);
    let together = run_apart(&zeros(&spelled(&undressed(&lines(&read)))));
    if together == read { vec![read] } else { vec![read, together] }
}

/// A line of a word or two is one sentence with its neighbours.
fn lines(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut before = usize::MAX;
    for line in text.lines() {
        let count = line.split_whitespace().count();
        let goes_on = before != 0 && count != 0 && before.min(count) <= SHORT_LINE;
        if before != usize::MAX {
            joined.push(if goes_on { ' ' } else { '\n' });
        }
        joined.push_str(line);
        before = count;
    }
    joined
}

/// Without the signs that dress a word up from within.
fn undressed(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find(DRESS) {
        let (before, dressed) = rest.split_at(place);
        let after = dressed.trim_start_matches(DRESS);
        plain.push_str(before);
        let within = before.ends_with(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
        if !within {
            plain.push(' ');
        }
        rest = after;
    }
    plain.push_str(rest);
    plain
}

/// `h.o.à.n`, `h o à n`: single letters with one and the same sign between them are a word.
fn spelled(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let letter = |at: usize| letters.get(at).is_some_and(|letter| letter.is_alphabetic());
    let alone = |at: usize| letter(at) && !letter(at + 1) && (at == 0 || !letter(at - 1));
    let mut joined = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(first) = letters.get(at) {
        let gap = letters.get(at + 1).filter(|gap| GAPS.contains(gap));
        let run = (0..).take_while(|place| {
            let here = at + 2 * place;
            alone(here) && (*place == 0 || letters.get(here - 1) == gap)
        });
        let count = if gap.is_some() { run.count() } else { 0 };
        if count >= SPELLED {
            joined.extend((0..count).filter_map(|place| letters.get(at + 2 * place)));
            at += 2 * count - 1;
        } else {
            joined.push(*first);
            at += 1;
        }
    }
    joined
}

/// `h0àn`: a nought among letters is an o.
fn zeros(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let letter =
        |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| letter.is_alphabetic());
    let read = letters.iter().enumerate().map(|(at, sign)| match sign {
        '0' if letter(at.checked_sub(1)) && letter(Some(at + 1)) => 'o',
        sign => *sign,
    });
    read.collect()
}

/// `hoàntiền` is `hoàn tiền`.
fn run_apart(text: &str) -> String {
    let mut parted = String::with_capacity(text.len());
    let mut word = String::new();
    let mut push = |word: &mut String| {
        let key = fold(word);
        let known = RUN_TOGETHER.iter().find(|(joined, _)| *joined == key).map(|(_, place)| *place);
        for (at, letter) in word.chars().enumerate() {
            if known == Some(at) {
                parted.push(' ');
            }
            parted.push(letter);
        }
        word.clear();
    };
    for letter in text.chars() {
        if !letter.is_alphabetic() {
            push(&mut word);
        }
        word.push(letter);
        if !letter.is_alphabetic() {
            push(&mut word);
        }
    }
    push(&mut word);
    parted
}
