//! Staying calm with somebody who is angry (seed 002): harsh words are never held back or answered by the program; whoever
//! reads them is offered a superior, and a break of five minutes while colleagues look after what is due.

use serde::{Deserialize, Serialize};

use crate::kernel::ids::ChannelId;
use crate::language::fold;
use crate::sla::clocks::ClockKind;

/// How long a break is (ms).
pub const BREAK: i64 = 5 * 60 * 1_000;
/// What is due within this while (ms) is named to colleagues: the break, and time to get into it.
pub const SOON: i64 = 30 * 60 * 1_000;

/// What a colleague looks after meanwhile: one complaint with the clock that is due first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The complaint's number.
    pub number: i64,
    /// Its desk thread.
    pub thread: Option<ChannelId>,
    /// Which clock.
    pub clock: ClockKind,
    /// When it is due (Unix ms).
    pub due: i64,
}

/// Words that mean no harm without their marks are looked for with them.
const MARKED: [&str; 24] = [
    "địt",
    "đụ má",
    "đụ mẹ",
    "đéo",
    "lồn",
    "cặc",
    "đồ chó",
    "con chó",
    "thằng chó",
    "chó má",
    "óc chó",
    "đồ ngu",
    "ngu thế",
    "ngu vậy",
    "lũ ngu",
    "mất dạy",
    "khốn nạn",
    "câm mồm",
    "câm mẹ",
    "bố láo",
    "láo toét",
    "vô học",
    "súc vật",
    "đồ điên",
];
/// Words that are harsh however they are typed.
const PLAIN: [&str; 24] = [
    "dm", "dmm", "dcm", "vcl", "clgt", "vkl", "me may", "do ngu", "lu ngu", "mat day", "khon nan", "cam mom",
    "suc vat", "fuck", "fucking", "bullshit", "shit", "asshole", "assholes", "idiot", "idiots", "moron",
    "morons", "bastards",
];

/// Whether somebody's words are harsh: only ever to offer help to whoever reads them.
pub fn is_harsh(text: &str) -> bool {
    let said = |text: String| {
        let words: Vec<&str> =
            text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        format!(" {} ", words.join(" "))
    };
    let (marked, plain) = (said(fold::accented(text)), said(fold::fold(text)));
    let holds = |text: &str, phrase: &&str| text.contains(&format!(" {phrase} "));
    MARKED.iter().any(|phrase| holds(&marked, phrase)) || PLAIN.iter().any(|phrase| holds(&plain, phrase))
}

#[cfg(test)]
mod tests {
    use super::is_harsh;

    #[test]
    fn harsh_words_are_told_from_angry_ones() {
        for text in [
            "Làm ăn như con chó vậy",
            "ĐM mạng với chả mẽo",
            "Đồ ngu, câm mồm đi",
            "lu ngu, do ngu",
            "Lũ khốn nạn!!!",
            "What the fuck are you doing",
            "You idiots",
        ] {
            assert!(is_harsh(text), "{text}");
        }
        for text in [
            "Mạng chậm như rùa, tôi rất bực mình",
            "Anh đeo kính nhìn đèn không rõ, đủ các đèn đều đỏ",
            "Đợi từ sáng, quá tệ, tôi sẽ chuyển nhà mạng",
            "cho ma em hoi, mang nha em sao the",
            "This is ridiculous, I want to talk with a manager",
            "Bị cắt mạng từ hôm qua, con không học được",
        ] {
            assert!(!is_harsh(text), "{text}");
        }
    }
}
