//! A reply cut into words, amounts, percentages and breaks, each with its place in the text.

use super::money;
use crate::language::fold::{accented, fold, tone_last};

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Word,
    Number,
    /// Money; in đồng where it is đồng and fits.
    Amount(Option<i64>),
    Percent(u32),
    /// A comma, colon, dash or bracket.
    Pause,
    /// The end of a sentence.
    Stop,
    /// The end of a question.
    Ask,
}

/// A piece of text.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub sort: Sort,
    pub start: usize,
    pub end: usize,
    /// The key with marks.
    pub accented: String,
    /// The key with marks, the tone last: `hòan` is `hoàn`.
    pub toned: String,
    /// The key without.
    pub folded: String,
}

impl Token {
    fn new(sort: Sort, text: &str, start: usize, end: usize) -> Self {
        let typed = text.get(start..end).unwrap_or_default();
        let accented = accented(typed);
        Self { sort, start, end, toned: tone_last(&accented), accented, folded: fold(typed) }
    }
}

/// English endings glued on by an apostrophe, as the words they stand for.
const CONTRACTIONS: [(&str, &str, &[&str]); 9] = [
    ("won't", "", &["will", "not"]),
    ("can't", "", &["can", "not"]),
    ("cannot", "", &["can", "not"]),
    ("n't", "n't", &["not"]),
    ("'ll", "'ll", &["will"]),
    ("'d", "'d", &["would"]),
    ("'ve", "'ve", &["have"]),
    ("'re", "'re", &["are"]),
    ("'m", "'m", &["am"]),
];

/// The tokens of a text: numbers are joined with their units, English contractions are taken apart.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let raw = raw(text);
    let mut joined = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(token) = raw.get(at) {
        if let Some((sort, used)) = money::read(&raw, at, text) {
            let end = raw.get(at + used - 1).map_or(token.end, |last| last.end);
            joined.push(Token::new(sort, text, token.start, end));
            at += used;
        } else {
            expand(token, &mut joined);
            at += 1;
        }
    }
    joined
}

/// Whether a text is typed with Vietnamese marks. One marked word in a long line is the phone's own doing.
pub(super) fn is_marked(tokens: &[Token]) -> bool {
    let words = tokens.iter().filter(|token| token.sort == Sort::Word);
    let (all, marked) = words
        .fold((0, 0), |(all, marked), word| (all + 1, marked + usize::from(word.accented != word.folded)));
    marked > 0 && marked * 5 >= all
}

/// Words, numbers with what is glued to them, and signs.
pub(super) fn raw(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        let mut end = start + letter.len_utf8();
        let is_number = letter.is_ascii_digit();
        let sort = match letter {
            _ if is_number => Sort::Number,
            _ if is_word_letter(letter) => Sort::Word,
            '%' | '$' | '€' | '₫' | '+' => Sort::Word,
            '?' => Sort::Ask,
            '.' | '!' | '\n' | '…' => Sort::Stop,
            ',' | ';' | ':' | '(' | ')' | '–' | '—' => Sort::Pause,
            _ => continue,
        };
        if sort == Sort::Number || is_word_letter(letter) {
            while let Some(&(place, next)) = letters.peek() {
                let after = text.get(place + next.len_utf8()..).and_then(|rest| rest.chars().next());
                let goes_on = match next {
                    '.' | ',' => is_number && after.is_some_and(|letter| letter.is_ascii_digit()),
                    '\'' | '’' => !is_number && after.is_some_and(is_word_letter),
                    // `VND500`: the currency is a word of its own.
                    _ if next.is_ascii_digit() && is_currency(text.get(start..end).unwrap_or_default()) => {
                        false
                    }
                    _ => is_word_letter(next) || next.is_ascii_digit(),
                };
                if !goes_on {
                    break;
                }
                end = place + next.len_utf8();
                letters.next();
            }
        }
        found.push(Token::new(sort, text, start, end));
    }
    found
}

fn is_currency(word: &str) -> bool {
    ["vnd", "vnđ", "usd"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

fn is_word_letter(letter: char) -> bool {
    letter.is_alphabetic() || unicode_normalization::char::is_combining_mark(letter)
}

/// Pushes a word, an English contraction as the words it stands for.
fn expand(token: &Token, into: &mut Vec<Token>) {
    let plain = token.folded.replace('’', "'");
    let known = CONTRACTIONS.iter().find(|(ending, _, _)| plain.ends_with(ending));
    let Some((_, glued, words)) = known.filter(|_| token.sort == Sort::Word) else {
        let mut token = token.clone();
        if let Some(stem) = plain.strip_suffix("'s") {
            token.folded = stem.to_owned();
            token.accented = stem.to_owned();
            token.toned = stem.to_owned();
        }
        into.push(token);
        return;
    };
    let stem = if glued.is_empty() { None } else { plain.strip_suffix(glued) };
    for word in stem.into_iter().chain(words.iter().copied()) {
        let (accented, toned, folded) = (word.to_owned(), word.to_owned(), word.to_owned());
        into.push(Token { accented, toned, folded, ..token.clone() });
    }
}
