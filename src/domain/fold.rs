//! Temporary.
use unicode_normalization::UnicodeNormalization;
/// x
pub fn clean_input(t: &str) -> String {
    t.nfc().filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')).map(|c| if c == '\u{a0}' {' '} else {c}).collect::<String>().trim().to_owned()
}
/// x
pub fn is_blank(t: &str) -> bool {
    clean_input(t).is_empty()
}
/// x
pub fn fold(t: &str) -> String {
    t.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| match c {
            'đ' | 'Đ' => 'd',
            c => c,
        })
        .collect::<String>()
        .to_lowercase()
}
