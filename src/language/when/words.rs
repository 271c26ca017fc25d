//! Cuts what was typed about time into words, numbers and signs, and compares words with or without their marks.

use std::cell::Cell;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::language::fold::{accented, fold};

/// Nobody needs more letters for one moment; more is a whole message, and not ours to search.
const LONGEST: usize = 120;

/// The words of one phrase, in order. Positions are indices; one past the last is the end.
pub(super) struct Words {
    tokens: Vec<Token>,
    /// How many words of the vocabulary were compared with one of these.
    compared: Cell<u32>,
}

/// More comparisons than this are not made for one phrase; the longest ones of the whole vocabulary need half as many.
const MOST_COMPARED: u32 = 1_000_000;

struct Token {
    kind: Kind,
    /// No space stands before it.
    glued: bool,
}

enum Kind {
    Letters { text: String, marked: bool, first: char },
    Digits(Digits),
    Sign(char),
}

/// A number in digits, as it was written.
#[derive(Clone, Copy)]
pub(super) struct Digits {
    pub value: u32,
    /// How many digits: `05` is not `5`.
    pub length: usize,
    pub leading_zero: bool,
}

impl Words {
    /// None for what is too long or holds a number that is too large to be about time.
    pub fn of(text: &str) -> Option<Self> {
        if text.chars().nth(LONGEST).is_some() {
            return None;
        }
        let text = accented(text).replace('’', "'").replace("a.m", "am").replace("p.m", "pm");
        let letters: Vec<char> = text.chars().collect();
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(&first) = letters.get(at) {
            let glued = at > 0 && !letters[at - 1].is_whitespace();
            let same: fn(char) -> bool = match first {
                letter if letter.is_ascii_digit() => |letter| letter.is_ascii_digit(),
                // The apostrophe of o'clock is part of the word, that of 30' (minutes) is not.
                letter if letter.is_alphabetic() => {
                    |letter| letter.is_alphabetic() || is_combining_mark(letter) || letter == '\''
                }
                _ => |_| false,
            };
            let length = letters[at..].iter().take_while(|letter| same(**letter)).count().max(1);
            let run: String = letters[at..at + length].iter().collect();
            let between_digits = glued
                && letters[at - 1].is_ascii_digit()
                && letters.get(at + 1).is_some_and(char::is_ascii_digit);
            at += length;
            let kind = match first {
                letter if letter.is_ascii_digit() => Kind::Digits(Digits {
                    value: run.parse().ok()?,
                    length,
                    leading_zero: letter == '0' && length > 1,
                }),
                letter if letter.is_alphabetic() => {
                    let folded = fold(&run);
                    let first = folded.chars().next().unwrap_or(letter);
                    Kind::Letters { marked: folded != run, text: run, first }
                }
                letter if letter.is_whitespace() => continue,
                '.' | ',' if between_digits => Kind::Sign(first),
                ',' | ';' | '.' | '!' | '?' | '(' | ')' | '"' => continue,
                '–' | '—' | '~' => Kind::Sign('-'),
                sign => Kind::Sign(sign),
            };
            tokens.push(Token { kind, glued });
        }
        Some(Self { tokens, compared: Cell::new(0) })
    }

    /// How many words of the vocabulary were compared with one of these.
    pub fn compared(&self) -> u32 {
        self.compared.get()
    }

    /// Whether so many were compared that no more will be.
    pub fn is_exhausted(&self) -> bool {
        self.compared.get() >= MOST_COMPARED
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether no space stands before this word.
    pub fn is_glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    pub fn digits(&self, at: usize) -> Option<Digits> {
        match self.tokens.get(at)?.kind {
            Kind::Digits(digits) => Some(digits),
            _ => None,
        }
    }

    /// The position after the sign, if it stands here.
    pub fn sign(&self, at: usize, sign: char) -> Option<usize> {
        matches!(self.tokens.get(at)?.kind, Kind::Sign(here) if here == sign).then_some(at + 1)
    }

    /// The position after the longest of the phrases (`|` between them) that stands here.
    pub fn any(&self, at: usize, phrases: &str) -> Option<usize> {
        phrases.split('|').filter_map(|phrase| self.phrase(at, phrase)).max()
    }

    /// As [`Words::any`]; where none stands, the position itself.
    pub fn skip(&self, at: usize, phrases: &str) -> usize {
        self.any(at, phrases).unwrap_or(at)
    }

    /// Everything in the table that can be read here, with the position after it.
    pub fn lookup<'table, T>(
        &self,
        at: usize,
        table: &'table [(&'static str, T)],
    ) -> impl Iterator<Item = (&'table T, usize)> {
        table.iter().flat_map(move |(phrases, meaning)| {
            phrases.split('|').filter_map(move |phrase| Some((meaning, self.phrase(at, phrase)?)))
        })
    }

    fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut next = at;
        for word in phrase.split(' ') {
            let Kind::Letters { text, marked, first } = &self.tokens.get(next)?.kind else { return None };
            self.compared.set(self.compared.get().saturating_add(1));
            // Most words differ in their first letter, where that has no marks to take off.
            let begins = word.chars().next().is_none_or(|letter| !letter.is_ascii() || letter == *first);
            if !begins || self.is_exhausted() || text != word && (*marked || !plain(word).eq(text.chars())) {
                return None;
            }
            next += 1;
        }
        Some(next)
    }
}

/// A word of a table as it looks when typed without marks. Marks that were typed count: `tới` is never `tối`.
fn plain(word: &str) -> impl Iterator<Item = char> {
    word.nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .map(|letter| if letter == 'đ' { 'd' } else { letter })
}
