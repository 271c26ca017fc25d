//! The small language in which the phrases are written, and how a phrase is found in a line.
//!
//! Words are separated by spaces; `a|b` is either; a `?` at the end makes a piece optional; `*3` is up to three of any
//! token; `<c>` is the customer, `<e>` is us, `<m>` money, `<z>` no money at all (`0đ`), `<p>` a percentage, `<v>` either,
//! `<n>` a number, `<t>` a stretch of time. A phrase that starts with `!` counts only in a line that is typed with marks.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::tokens::{Sort, Token};
use crate::language::fold::{fold, tone_last};

/// What the customer is called. Without marks only the first eight are safe: `co` is
/// mostly `có`, `nha` mostly an ending.
const CUSTOMER: [&str; 16] = [
    "anh", "chị", "chú", "bác", "mình", "bạn", "khách", "you", "quý", "cô", "ông", "bà", "nhà", "ac", "a",
    "c",
];
const SAFE_CUSTOMERS: usize = 8;
const US: [&str; 10] = ["em", "e", "tôi", "tui", "ty", "cty", "we", "i", "fpt", "vnpt"];
const NUMBER: [&str; 15] =
    ["một", "hai", "ba", "bốn", "năm", "sáu", "nửa", "vài", "one", "two", "three", "four", "six", "a", "mấy"];
const TIME: [&str; 9] = ["tháng", "ngày", "tuần", "kỳ", "month", "months", "days", "week", "weeks"];

/// Words of the tables that mean nothing else without their marks, and are known by them among words that have theirs.
const KNOWN_BARE: [&str; 13] =
    ["hoan", "giam", "mien", "boi", "thuong", "tang", "chiet", "khau", "cuoc", "phieu", "den", "tien", "tru"];

/// A phrase, ready to be looked for.
#[derive(Debug)]
pub(super) struct Pattern {
    pieces: Vec<(Piece, bool)>,
    only_marked: bool,
}

#[derive(Debug)]
enum Piece {
    /// Each with its marks and without.
    Words(Vec<(String, String)>),
    Customer,
    Us,
    Money,
    NoMoney,
    Percent,
    Value,
    Number,
    Time,
    Gap(usize),
    /// One of these.
    Any(Vec<Piece>),
}

impl Pattern {
    /// Reads a phrase.
    pub(super) fn new(phrase: &str) -> Self {
        let (only_marked, phrase) = match phrase.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, phrase),
        };
        let pieces = phrase.split(' ').map(|piece| match piece.strip_suffix('?') {
            Some(piece) => (Piece::new(piece), true),
            None => (Piece::new(piece), false),
        });
        Self { pieces: pieces.collect(), only_marked }
    }

    /// How many tokens the phrase takes at the start of these; nothing if it is not there.
    pub(super) fn length(&self, tokens: &[Token], marked: bool) -> Option<usize> {
        if self.only_marked && !marked {
            return None;
        }
        match_pieces(&self.pieces, tokens, marked, 0, 0)
    }
}

/// The longest reading; a gap or an optional piece is tried long first. Patterns are short, so this ends at once.
fn match_pieces(
    pieces: &[(Piece, bool)],
    tokens: &[Token],
    marked: bool,
    taken: usize,
    exact: usize,
) -> Option<usize> {
    let Some(((piece, optional), rest)) = pieces.split_first() else {
        // One syllable without its marks is too many words at once to be any of them.
        return (marked || exact > 0).then_some(taken);
    };
    let here = tokens.get(taken..).unwrap_or_default();
    if let Piece::Gap(most) = piece {
        return (0..=*most.min(&here.len()))
            .find_map(|skipped| match_pieces(rest, tokens, marked, taken + skipped, exact));
    }
    let alone = pieces.len() == 1 && taken == 0;
    if let Some((used, is_plain)) = piece.taken(here, marked) {
        let counts = usize::from(is_plain || !alone);
        if let Some(end) = match_pieces(rest, tokens, marked, taken + used, exact + counts) {
            return Some(end);
        }
    }
    if *optional { match_pieces(rest, tokens, marked, taken, exact) } else { None }
}

impl Piece {
    fn new(piece: &str) -> Self {
        match piece {
            "<c>" => Self::Customer,
            "<e>" => Self::Us,
            "<m>" => Self::Money,
            "<z>" => Self::NoMoney,
            "<p>" => Self::Percent,
            "<v>" => Self::Value,
            "<n>" => Self::Number,
            "<t>" => Self::Time,
            _ if piece.contains('|') && piece.contains('<') => {
                Self::Any(piece.split('|').map(Self::new).collect())
            }
            _ => match piece.strip_prefix('*').and_then(|most| most.parse().ok()) {
                Some(most) => Self::Gap(most),
                None => Self::Words(piece.split('|').map(|word| (tone_last(word), fold(word))).collect()),
            },
        }
    }

    /// How many tokens it takes here, and whether it is meant without marks too.
    fn taken(&self, tokens: &[Token], marked: bool) -> Option<(usize, bool)> {
        let first = tokens.first()?;
        let one = |is: bool| is.then_some((1, true));
        match self {
            Self::Words(words) => {
                let found = words.iter().find(|(word, plain)| {
                    if marked { is_word(word, plain, first) } else { *plain == first.folded }
                });
                found.map(|(word, plain)| (1, word == plain))
            }
            Self::Customer => {
                let run = tokens.iter().take_while(|token| is_customer(token, marked)).take(3).count();
                (run > 0).then_some((run, true))
            }
            Self::Us => one(is_us(first)),
            Self::Money => one(matches!(first.sort, Sort::Amount(_))),
            Self::NoMoney => one(first.sort == Sort::Amount(Some(0))),
            Self::Percent => one(matches!(first.sort, Sort::Percent(_))),
            Self::Value => one(matches!(first.sort, Sort::Amount(_) | Sort::Percent(_))),
            Self::Number => one(first.sort == Sort::Number || is_one_of(first, &NUMBER, marked)),
            Self::Time => one(is_one_of(first, &TIME, marked)),
            Self::Gap(_) => None,
            Self::Any(pieces) => pieces.iter().find_map(|piece| piece.taken(tokens, marked)),
        }
    }
}

/// Whether a token is a word of the tables, wherever its tone was set; some are known without their marks.
fn is_word(word: &str, plain: &str, token: &Token) -> bool {
    let bare = token.accented == token.folded && KNOWN_BARE.contains(&plain) && *plain == token.folded;
    word == token.toned || bare
}

/// Whether a token is us.
pub(super) fn is_us(token: &Token) -> bool {
    US.iter().any(|word| *word == token.accented)
}

/// Whether a token is what the customer is called.
pub(super) fn is_customer(token: &Token, marked: bool) -> bool {
    let known = if marked { CUSTOMER.as_slice() } else { CUSTOMER.get(..SAFE_CUSTOMERS).unwrap_or_default() };
    is_one_of(token, known, marked)
}

fn is_one_of(token: &Token, words: &[&str], marked: bool) -> bool {
    words
        .iter()
        .any(|word| if marked { *word == token.accented } else { is_without_marks(word, &token.folded) })
}

/// Whether a key is a word of these tables without its marks; as [`fold`], but it makes no string.
fn is_without_marks(word: &str, key: &str) -> bool {
    let plain = word.nfd().filter(|letter| !is_combining_mark(*letter));
    plain.map(|letter| if letter == 'đ' { 'd' } else { letter }).eq(key.chars())
}
