//! Which category a customer's words point to: phrases, with and without Vietnamese marks.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization;

use crate::language::fold::{accented, fold, tone_last};

/// Short forms as customers type them, read the way a support desk reads them. For matching only: what staff see is
/// never rewritten.
const SHORT_FORMS: [(&str, &str); 40] = [
    ("bh", "bao giờ"),
    ("ck", "chuyển khoản"),
    ("cskh", "chăm sóc khách hàng"),
    ("cty", "công ty"),
    ("dc", "được"),
    ("dv", "dịch vụ"),
    ("đag", "đang"),
    ("đc", "được"),
    ("hem", "không"),
    ("hđ", "hợp đồng"),
    ("hok", "không"),
    ("hong", "không"),
    ("hông", "không"),
    ("hnay", "hôm nay"),
    ("hqua", "hôm qua"),
    ("j", "gì"),
    ("k", "không"),
    ("kg", "không"),
    ("kh", "khách hàng"),
    ("khg", "không"),
    ("khom", "không"),
    ("khum", "không"),
    ("ko", "không"),
    ("kt", "kỹ thuật"),
    ("ktv", "kỹ thuật viên"),
    ("moderm", "modem"),
    ("ng", "người"),
    ("nv", "nhân viên"),
    ("nvkt", "nhân viên kỹ thuật"),
    ("qá", "quá"),
    ("qte", "quốc tế"),
    ("r", "rồi"),
    ("sp", "sản phẩm"),
    ("tđ", "tổng đài"),
    ("tđv", "tổng đài viên"),
    ("tl", "trả lời"),
    ("trc", "trước"),
    ("tt", "thanh toán"),
    ("wa", "quá"),
    ("wf", "wifi"),
];

/// Words that turn a phrase around when they stand shortly before it.
const NEGATIONS: [&str; 10] =
    ["không", "chưa", "chẳng", "chả", "đừng", "hết", "not", "no", "never", "without"];

/// How many syllables before a phrase a negation reaches.
const NEGATION_REACH: usize = 2;

/// What a syllable of an exact phrase counts, against 1 for one that matched only without its marks.
const EXACT_WEIGHT: usize = 2;

/// Finds the category that words point to.
#[derive(Clone, Debug)]
pub struct CategoryMatcher {
    ids: Vec<String>,
    phrases: Vec<Phrase>,
    automaton: Option<AhoCorasick>,
}

#[derive(Clone, Debug)]
struct Phrase {
    category: usize,
    syllables: Vec<Syllable>,
}

/// A word between spaces, by its two keys.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Syllable {
    /// With marks; the tone stands at the end, so that `hoà` and `hòa` are the same.
    exact: String,
    /// Without marks.
    folded: String,
}

/// A phrase found: where, and how much it counts.
struct Found {
    category: usize,
    at: Range<usize>,
    weight: usize,
}

impl CategoryMatcher {
    /// A matcher for the phrases of these categories, each with its id; their order breaks ties.
    pub fn new<'a>(categories: impl IntoIterator<Item = (&'a str, &'a [String])>) -> Self {
        let (mut ids, mut phrases) = (Vec::new(), Vec::new());
        for (category, (id, words)) in categories.into_iter().enumerate() {
            ids.push(id.to_owned());
            for phrase in words {
                let syllables: Vec<Syllable> = clauses(phrase).into_iter().flatten().collect();
                if !syllables.is_empty() {
                    phrases.push(Phrase { category, syllables });
                }
            }
        }
        // Building fails only beyond billions of states, which no file of phrases reaches; then nothing is suggested.
        let automaton = AhoCorasick::new(phrases.iter().map(|phrase| spaced(&phrase.syllables))).ok();
        Self { ids, phrases, automaton }
    }

    /// The id of the category that these words point to, if any.
    ///
    /// An exact phrase counts most; a phrase of two or more syllables counts where marks are missing in the words;
    /// a single syllable without its marks never counts, and neither does a phrase just after a negation.
    pub fn suggest(&self, words: &str) -> Option<&str> {
        let mut scores: BTreeMap<usize, usize> = BTreeMap::new();
        for clause in clauses(words) {
            for found in self.in_clause(&clause) {
                *scores.entry(found.category).or_default() += found.weight;
            }
        }
        // `max_by_key` takes the last of equals, and the first category shall win.
        let (category, _) = scores.into_iter().rev().max_by_key(|(_, score)| *score)?;
        self.ids.get(category).map(String::as_str)
    }

    /// The phrases that count in one clause; of overlapping ones of a category the longest.
    fn in_clause(&self, clause: &[Syllable]) -> Vec<Found> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let text = spaced(clause);
        let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
        let mut all: Vec<Found> = automaton
            .find_overlapping_iter(&text)
            .filter_map(|hit| {
                let phrase = &self.phrases[hit.pattern().as_usize()];
                let first = starts.binary_search(&hit.start()).ok()?;
                let at = first..first + phrase.syllables.len();
                let weight = weight(&phrase.syllables, clause.get(at.clone())?)?;
                Some(Found { category: phrase.category, at, weight })
            })
            .collect();
        all.sort_by_key(|found| (std::cmp::Reverse(found.weight), found.at.start));
        let mut kept: Vec<Found> = Vec::new();
        for found in all {
            let overlaps = |other: &Found| other.at.start < found.at.end && found.at.start < other.at.end;
            if !kept.iter().any(|other| other.category == found.category && overlaps(other)) {
                kept.push(found);
            }
        }
        let inside: Vec<Range<usize>> = kept.iter().map(|found| found.at.clone()).collect();
        kept.retain(|found| {
            let reach = found.at.start.saturating_sub(NEGATION_REACH)..found.at.start;
            // A negation that belongs to a phrase itself (`không vào được mạng`) does not reach beyond it.
            !reach
                .filter(|at| !inside.iter().any(|range| range.contains(at)))
                .any(|at| is_negation(&clause[at]))
        });
        kept
    }
}

/// What a phrase counts against the syllables it was found in; none if it must not count.
fn weight(phrase: &[Syllable], said: &[Syllable]) -> Option<usize> {
    let exact = phrase.iter().zip(said).all(|(phrase, said)| phrase.exact == said.exact);
    // A marked word means what it says; only one typed without marks may stand for another.
    let loose = phrase.iter().zip(said).all(|(phrase, said)| phrase.exact == said.exact || !said.is_marked());
    match phrase.len() {
        length if exact => Some(length * EXACT_WEIGHT),
        length @ 2.. if loose => Some(length),
        _ => None,
    }
}

fn is_negation(said: &Syllable) -> bool {
    NEGATIONS.iter().any(|word| {
        let negation = Syllable::new(word);
        negation.exact == said.exact || (!said.is_marked() && negation.folded == said.folded)
    })
}

impl Syllable {
    fn new(word: &str) -> Self {
        Self { exact: tone_last(&accented(word)), folded: fold(word) }
    }

    fn is_marked(&self) -> bool {
        self.exact != self.folded
    }
}

/// Words split at punctuation into clauses, and those into syllables, short forms spelled out.
fn clauses(words: &str) -> Vec<Vec<Syllable>> {
    let text: String = words.nfc().collect();
    let is_break =
        |letter: char| matches!(letter, ',' | '.' | ';' | ':' | '!' | '?' | '…' | '(' | ')' | '\n');
    let mut clauses = Vec::new();
    for clause in text.split(is_break) {
        let mut syllables = Vec::new();
        // Joiners, marks without a letter and the like are part of a word here; folding drops them.
        for word in clause.split(|letter: char| letter.is_ascii_punctuation() || letter.is_whitespace()) {
            let typed = accented(word);
            let typed = typed.trim_matches(|letter: char| !letter.is_alphanumeric());
            let spelled =
                SHORT_FORMS.iter().find(|(short, _)| *short == typed).map_or(typed, |(_, long)| long);
            syllables.extend(spelled.split(' ').filter(|word| !word.is_empty()).map(Syllable::new));
        }
        if !syllables.is_empty() {
            clauses.push(syllables);
        }
    }
    clauses
}

/// The folded syllables with a space before, between and after, so that phrases match whole words only.
fn spaced(syllables: &[Syllable]) -> String {
    let folded = syllables.iter().map(|syllable| syllable.folded.as_str());
    std::iter::once("").chain(folded).chain(std::iter::once("")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matcher() -> CategoryMatcher {
        let categories: [(&str, &[&str]); 4] = [
            ("lost", &["mất mạng", "không vào được mạng", "no internet"]),
            ("slow", &["mạng chậm", "chậm", "mạng yếu"]),
            ("staff", &["nhân viên gắt", "thái độ", "huỷ hẹn"]),
            ("billing", &["trừ tiền", "lỗi"]),
        ];
        let owned =
            categories.map(|(id, words)| (id, words.iter().map(ToString::to_string).collect::<Vec<_>>()));
        CategoryMatcher::new(owned.iter().map(|(id, words)| (*id, words.as_slice())))
    }

    #[test]
    fn phrases_point_to_their_category() {
        let matcher = matcher();
        let cases = [
            ("Nhà em mất mạng từ tối qua", Some("lost")),
            ("nha em mat mang tu toi qua", Some("lost")),
            ("Nhà em MẤT   MẠNGGGG!!!", Some("lost")),
            ("mất m\u{200b}ạng", Some("lost")),
            ("ko vào đc mạng", Some("lost")),
            ("we have no internet", Some("lost")),
            ("nv gắt lắm", Some("staff")),
            ("hủy hẹn của tôi", Some("staff")),
            ("mạng chậm", Some("slow")),
            ("cảm ơn em", None),
            ("", None),
            ("   ,,, ...", None),
        ];
        for (words, category) in cases {
            assert_eq!(matcher.suggest(words), category, "{words}");
        }
    }

    #[test]
    fn one_syllable_without_marks_says_nothing() {
        let matcher = matcher();
        assert_eq!(matcher.suggest("cham soc tot"), None, "cham is chăm as well as chậm");
        assert_eq!(matcher.suggest("tra loi"), None, "loi is lời as well as lỗi");
        assert_eq!(matcher.suggest("chậm"), Some("slow"));
        assert_eq!(matcher.suggest("chăm sóc"), None);
    }

    #[test]
    fn marked_words_are_not_folded() {
        assert_eq!(matcher().suggest("bị trú tiền"), None, "trú is not trừ");
        assert_eq!(matcher().suggest("mắt mạng"), None);
    }

    #[test]
    fn a_negation_shortly_before_turns_a_phrase_around() {
        let matcher = matcher();
        for words in
            ["không bị mất mạng", "chưa mất mạng", "ko mat mang", "mạng không chậm", "hết mất mạng rồi"]
        {
            assert_eq!(matcher.suggest(words), None, "{words}");
        }
        assert_eq!(matcher.suggest("gọi không được, mất mạng"), Some("lost"), "another clause");
        assert_eq!(matcher.suggest("không vào được mạng"), Some("lost"), "the phrase's own");
    }
}
