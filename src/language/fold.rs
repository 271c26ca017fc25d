//! Vietnamese words made comparable, and what people type made safe to keep.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::language::look_alike;

const JOINER: char = '\u{200D}';
const EMOJI_STYLE: char = '\u{FE0F}';
const KEYCAP: char = '\u{20E3}';

/// The key by which words are compared: lower case, without marks, đ as d, plain spaces, invisible characters gone,
/// look-alike letters as what they look like, three or more of one letter in a row taken as one.
///
/// For matching only: folding merges words that differ (`lỗi`, `lời`, `lợi`), and nobody is ever shown it.
pub fn fold(text: &str) -> String {
    let read = as_read(text);
    let plain = read.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(|letter| {
        let letter = if letter.is_whitespace() { ' ' } else { letter };
        letter.to_lowercase()
    });
    collapse(plain.map(|letter| if matches!(letter, 'đ' | 'ð' | 'ɖ') { 'd' } else { letter }))
}

/// The key that keeps the marks: as [`fold`], but NFC, so that `lỗi` and `lời` stay apart.
pub fn accented(text: &str) -> String {
    let read = as_read(text);
    let plain = read.chars().flat_map(|letter| {
        let letter = if letter.is_whitespace() { ' ' } else { letter };
        letter.to_lowercase()
    });
    collapse(plain.map(|letter| if matches!(letter, 'ð' | 'ɖ') { 'đ' } else { letter }))
}

/// The marks of Vietnamese: five tones, and the signs of ă, â, ê, ô, ơ and ư.
const MARKS: [char; 8] =
    ['\u{300}', '\u{301}', '\u{302}', '\u{303}', '\u{306}', '\u{309}', '\u{31B}', '\u{323}'];

/// A text in the letters that a reader takes it for: full-width, mathematical, Cyrillic or Greek letters that look like
/// ours are ours, marks that Vietnamese does not know are gone. For matching only; NFC.
pub fn as_read(text: &str) -> String {
    let visible = text.chars().filter(|letter| !is_invisible(*letter)).map(look_alike::plain);
    let mut vowel = false;
    let kept = visible.nfkd().map(look_alike::plain).filter(|letter| {
        if is_combining_mark(*letter) {
            return vowel && MARKS.contains(letter);
        }
        vowel = matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        true
    });
    kept.nfc().collect()
}

/// What is kept of something typed: NFC, spaces and line ends plain, invisible and direction-changing characters and
/// other control characters gone, trimmed. Emoji made of several stay whole. Nothing visible is changed.
pub fn clean_input(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut letters = text.nfc().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                letters.next_if_eq(&'\n');
                cleaned.push('\n');
            }
            '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\n' | '\t' => cleaned.push(letter),
            // A joiner is kept only where it joins two emoji; anywhere else it hides in words.
            JOINER => {
                if cleaned.chars().last().is_some_and(is_emoji_part)
                    && letters.peek().copied().is_some_and(is_emoji)
                {
                    cleaned.push(letter);
                }
            }
            // A style is kept on an emoji and in a keycap; behind anything else it only makes the same word another one.
            EMOJI_STYLE => {
                let before = cleaned.chars().last();
                let keycap = letters.peek() == Some(&KEYCAP)
                    && before.is_some_and(|sign| sign.is_ascii_digit() || matches!(sign, '#' | '*'));
                if keycap || before.is_some_and(|sign| is_emoji(sign) || is_emoji_sign(sign)) {
                    cleaned.push(letter);
                }
            }
            letter if is_invisible(letter) || letter.is_control() => {}
            letter if letter.is_whitespace() => cleaned.push(' '),
            letter => cleaned.push(letter),
        }
    }
    cleaned.trim().to_owned()
}

/// Whether nothing of it can be seen: empty, spaces, invisible characters, marks without a letter.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|letter| {
        letter.is_whitespace() || letter.is_control() || is_invisible(letter) || is_combining_mark(letter)
    })
}

/// Three or more of one letter in a row become one, the marked one if there is one; digits and spaces stay
/// (`19006600`).
fn collapse(letters: impl Iterator<Item = char>) -> String {
    let letters: Vec<char> = letters.collect();
    let same = |one: &char, other: &char| base(*one) == base(*other);
    let mut key = String::new();
    for run in letters.chunk_by(same) {
        match run {
            [first, _, _, ..] if first.is_alphabetic() => {
                key.push(*run.iter().find(|letter| **letter != base(**letter)).unwrap_or(first));
            }
            _ => key.extend(run),
        }
    }
    key
}

/// A letter without its marks.
fn base(letter: char) -> char {
    std::iter::once(letter).nfd().next().unwrap_or(letter)
}

/// Moves the tone mark to the end: old and new style place it on different letters.
pub(super) fn tone_last(word: &str) -> String {
    let is_tone = |letter: &char| matches!(letter, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let (tones, letters): (Vec<char>, Vec<char>) = word.nfd().partition(is_tone);
    letters.into_iter().chain(tones).collect()
}

/// Characters that are not seen or that turn the direction of what follows (Unicode's default ignorables in use).
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{13430}'..='\u{1343F}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// What may stand before a joiner: an emoji, its colour of skin or its style.
fn is_emoji_part(letter: char) -> bool {
    is_emoji(letter) || letter == EMOJI_STYLE
}

/// Roughly the blocks that emoji come from.
fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Signs that stand for an emoji where a style says so.
fn is_emoji_sign(letter: char) -> bool {
    matches!(
        letter,
        '\u{A9}'
            | '\u{AE}'
            | '\u{203C}'
            | '\u{2049}'
            | '\u{2122}'
            | '\u{2139}'
            | '\u{3030}'
            | '\u{303D}'
            | '\u{3297}'
            | '\u{3299}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_look_alike_are_read_alike_and_sent_as_they_came() {
        for (typed, key) in [
            ("hоàn tiền", "hoan tien"),
            ("НОÀN TIỀN", "hoan tien"),
            ("ｈｏàｎ　３００ｋ", "hoan 300k"),
            ("𝐡𝐨à𝐧 𝟑𝟎𝟎𝐤", "hoan 300k"),
            ("ⓗⓞàⓝ 🅷🅾🅰🅽 🇭🇴🇦🇳", "hoan hoan hoan"),
            ("h̶o̶à̶n̶ ḧöàñ", "hoan hoan"),
            ("ʙồɪ ᴛʜườɴɢ", "boi thuong"),
            ("ɑᴀαа", "aaaa"),
            ("٣٠٠k ३००k", "300k 300k"),
            ("ho\u{fe0f}àn h\u{e0061}oàn", "hoan hoan"),
        ] {
            let folded = fold(typed);
            let key = if key == "aaaa" { "a" } else { key };
            assert_eq!(folded, key, "{typed}");
        }
        assert_eq!(accented("hоàn tiền ｂồi"), "hoàn tiền bồi");
        assert_eq!(accented("ước gì, đẹp ạ"), "ước gì, đẹp ạ");
        for kept in ["привет, Αθήνα", "ｆｕｌｌ", "h̶i", "1\u{fe0f}\u{20e3}", "™\u{fe0f}"] {
            assert_eq!(clean_input(kept), kept);
        }
        assert_eq!(clean_input("ho\u{fe0f}àn ti\u{fe01}ền 3\u{fe0f}00k"), "hoàn tiền 300k");
    }

    #[test]
    fn words_that_are_the_same_fold_alike() {
        let cases = [
            ("Khiếu nại", "khieu nai"),
            ("khie\u{302}\u{301}u na\u{323}i", "khieu nai"),
            ("hoà hòa", "hoa hoa"),
            ("ĐƯỜNG Ðường Ɖường", "duong duong duong"),
            ("mất\u{a0}mạng", "mat mang"),
            ("m\u{200b}ất", "mat"),
            // á and a are one letter in the folded key, so the whole run is one.
            ("quáaaa chậmmmm", "qua cham"),
            ("boong", "boong"),
            ("koooo", "ko"),
            ("gọi 19006600, 1000", "goi 19006600, 1000"),
            ("ỨNG DỤNG", "ung dung"),
        ];
        for (typed, key) in cases {
            assert_eq!(fold(typed), key, "{typed}");
        }
        assert_eq!(accented("quáaaa chậmmmm 1000"), "quá chậm 1000");
        assert_eq!(accented("LỖI lờiiii"), "lỗi lời");
    }

    #[test]
    fn what_is_kept_looks_as_it_was_typed() {
        let cases = [
            ("  Nhà em mất mạng  ", "Nhà em mất mạng"),
            ("ma\u{323}ng", "mạng"),
            ("a\u{a0}b\u{2003}c", "a b c"),
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
            ("\u{202e}abc\u{202c}", "abc"),
            ("a\u{200d}b\u{200b}c\u{feff}", "abc"),
            ("👨\u{200d}👩\u{200d}👧", "👨\u{200d}👩\u{200d}👧"),
            ("❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥"),
            ("👍🏽", "👍🏽"),
            ("a\u{0}b\u{7}", "ab"),
            ("\u{200b}\u{200d}", ""),
            ("@everyone **đậm** <@1>", "@everyone **đậm** <@1>"),
        ];
        for (typed, kept) in cases {
            assert_eq!(clean_input(typed), kept, "{typed:?}");
            assert_eq!(clean_input(kept), kept, "cleaning twice changes nothing");
        }
    }

    #[test]
    fn blank_is_what_nobody_can_see() {
        for text in ["", "  \n\t", "\u{200b}\u{feff}", "\u{3164}", "\u{2800}\u{a0}", "\u{301}", "\u{fe0f}"] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in ["a", "😡", ".", "ạ", " 1 "] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}
