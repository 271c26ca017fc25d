//! Words that are thanks and nothing else: they reach the desk, but open no complaint and reopen none.

use super::fold::fold;

/// Folded phrases that thank or agree. A message made only of these says that nothing more is wanted.
const THANKS: [&str; 16] = [
    "cam on",
    "thank you",
    "thanks",
    "tks",
    "thks",
    "thank",
    "ok",
    "oke",
    "okie",
    "okay",
    "duoc roi",
    "da",
    "vang",
    "tot",
    "great",
    "good",
];

/// Words that only dress such a message.
const DRESSING: [&str; 22] = [
    "em", "anh", "chi", "ban", "shop", "nhe", "nha", "nhieu", "a", "roi", "lam", "so", "much", "very", "you",
    "all", "the", "team", "minh", "ad", "luon", "rat",
];

/// Whether `text` only thanks (*cảm ơn em nhiều nhé*, *ok thanks*), in at most eight words.
pub fn is_thanks(text: &str) -> bool {
    let mut key: String =
        fold(text).chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    key = format!(" {} ", key.split_whitespace().collect::<Vec<_>>().join(" "));
    let words = key.split_whitespace().count();
    if words == 0 || words > 8 {
        return false;
    }
    let mut thanked = false;
    for phrase in THANKS {
        let phrase = format!(" {phrase} ");
        while key.contains(&phrase) {
            thanked = true;
            key = key.replacen(&phrase, " ", 1);
        }
    }
    thanked && key.split_whitespace().all(|word| DRESSING.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::is_thanks;

    #[test]
    fn thanks_are_told_from_matters() {
        for thanks in
            ["Cảm ơn em nhiều nhé!", "ok thanks", "cam on", "Dạ vâng ạ", "Thank you so much", "Tks ad"]
        {
            assert!(is_thanks(thanks), "{thanks}");
        }
        for matter in
            ["Cảm ơn, nhưng mạng vẫn rớt", "ok mà vẫn chưa được", "", "👍", "Chưa được em ơi", "vẫn đèn đỏ"]
        {
            assert!(!is_thanks(matter), "{matter}");
        }
    }
}
