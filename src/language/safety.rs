//! Words that point to somebody who depends on others' care more than most: old, ill, pregnant, with a small child, alone.
//! They only suggest; a person decides (Law 19/2023/QH15 art. 8: vulnerable consumers).

use crate::language::fold;

/// From this age on (years) a mention of somebody's age suggests it.
const OLD: u32 = 70;

/// Phrases with their marks, where they mean something else without.
const MARKED: [&str; 45] = [
    "mẹ già",
    "bố già",
    "ba già",
    "cha già",
    "má già",
    "già bệnh",
    "người già",
    "ông cụ",
    "bà cụ",
    "cụ già",
    "già yếu",
    "neo đơn",
    "bầu",
    "mang thai",
    "thai phụ",
    "mới sinh",
    "mới đẻ",
    "liệt",
    "bại não",
    "ung thư",
    "suy thận",
    "chạy thận",
    "suy tim",
    "bệnh tim",
    "tai biến",
    "cấp cứu",
    "nguy kịch",
    "khiếm thị",
    "khiếm thính",
    "thở oxy",
    "ốm nặng",
    "bệnh nặng",
    "mồ côi",
    "bị mù",
    "bị điếc",
    "bị câm",
    "người mù",
    "người điếc",
    "câm điếc",
    "em bé",
    "trẻ nhỏ",
    "con nhỏ",
    "sắp sinh",
    "tự kỷ",
    "tự tử",
];

/// Phrases that mean it however they are typed.
const PLAIN: [&str; 60] = [
    "tho may",
    "may tho",
    "tho oxy",
    "benh vien",
    "nguoi gia",
    "nguoi cao tuoi",
    "nguoi khuyet tat",
    "khuyet tat",
    "xe lan",
    "so sinh",
    "mang thai",
    "dot quy",
    "ung thu",
    "chay than",
    "cap cuu",
    "nguy kich",
    "khiem thi",
    "khiem thinh",
    "tai bien",
    "benh tim",
    "nam lien giuong",
    "tu theo doi tim",
    "ventilator",
    "oxygen",
    "hospital",
    "ambulance",
    "emergency room",
    "intensive care",
    "wheelchair",
    "disabled",
    "disability",
    "bedridden",
    "dialysis",
    "cancer",
    "stroke",
    "heart attack",
    "heart condition",
    "pacemaker",
    "pregnant",
    "newborn",
    "premature baby",
    "elderly",
    "blind",
    "deaf",
    "dementia",
    "life support",
    "seriously ill",
    "nam vien",
    "tro tho",
    "may tro tim",
    "may tao nhip",
    "benh nhan",
    "tam than",
    "insulin",
    "infant",
    "my baby",
    "our baby",
    "toddler",
    "suicide",
    "kill myself",
];

/// Whom an age may be of.
const FAMILY: [&str; 10] = ["me", "ma", "ba", "bo", "cha", "ong", "cu", "noi", "ngoai", "toi"];

/// Whether the words suggest that their writer, or somebody with them, is vulnerable.
pub fn suggests_vulnerable(text: &str) -> bool {
    let (marked, plain) = (spaced(&fold::accented(text)), spaced(&fold::fold(text)));
    let holds =
        |text: &str, phrases: &[&str]| phrases.iter().any(|phrase| text.contains(&format!(" {phrase} ")));
    holds(&marked, &MARKED) || holds(&plain, &PLAIN) || is_of_age(&plain)
}

/// Words with one blank around each.
fn spaced(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// `82 tuổi`, `tám mươi hai tuổi`, `82 years old`, `82yo`, `82t` of a mother; `5 tháng tuổi`.
fn is_of_age(plain: &str) -> bool {
    let words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
    words.iter().enumerate().any(|(place, word)| {
        if *word == "tuoi" && is_old_in_words(words.get(place.saturating_sub(3)..place).unwrap_or_default()) {
            return true;
        }
        let digits = word.trim_end_matches(|letter: char| letter.is_alphabetic());
        let Ok(age) = digits.parse::<u32>() else { return false };
        let unit = word.get(digits.len()..).unwrap_or_default();
        let next = words.get(place + 1).copied().unwrap_or_default();
        let of_age = match unit {
            "" => matches!(next, "tuoi" | "years" | "year" | "yo"),
            "tuoi" | "yo" => true,
            // `90t` may be of a contract; of a person of the family it is an age.
            "t" => {
                let before = words.get(place.saturating_sub(3)..place).unwrap_or_default();
                before.iter().any(|word| FAMILY.contains(word))
            }
            _ => false,
        };
        // Nobody is older than that; `1000 tuổi` is a figure of speech.
        let after = words.get(place + 2).copied().unwrap_or_default();
        let in_months = unit.is_empty() && next == "thang" && after == "tuoi";
        in_months || (of_age && (OLD..=120).contains(&age))
    })
}

/// Words before `tuổi`: `tám mươi hai`.
fn is_old_in_words(before: &[&str]) -> bool {
    before.windows(2).any(|pair| matches!(pair, ["bay" | "tam" | "chin", "muoi"]))
}

#[cfg(test)]
mod tests {
    use super::suggests_vulnerable;

    #[test]
    fn safety_words_are_told_from_others() {
        for text in [
            "mẹ tôi 82 tuổi thở máy, mất mạng là máy báo động không gửi được",
            "me toi 82 tuoi dang nam benh vien",
            "Bố em bị đột quỵ, cần gọi bác sĩ online",
            "vợ em đang bầu 8 tháng ở nhà một mình",
            "Nhà có trẻ sơ sinh",
            "My father is 79 years old and on dialysis",
            "my mother is in hospital, urgent",
            "I use a wheelchair and cannot go to the shop",
            "bà cụ nhà tôi ở một mình",
            "em bé mới sinh bị ốm",
            "con tôi 5 tháng tuổi đang sốt",
            "bà tôi 90t ở một mình",
            "mẹ em tám mươi hai tuổi",
            "tôi bị điếc, không nghe điện thoại được",
            "we have a toddler at home",
        ] {
            assert!(suggests_vulnerable(text), "{text}");
        }
        for text in [
            "Mạng chậm như rùa, đợi từ sáng",
            "Hoá đơn tháng 10 sai 82 nghìn",
            "con tôi 12 tuổi không học online được",
            "hợp đồng 82 tháng",
            "bau troi dep, mang cham",
            "My bill is wrong",
            "the app is slow on my old phone",
            "liet ke giup em cac goi cuoc",
            "Em chờ 90 phút rồi",
            "gói 90t một tháng",
            "hợp đồng 12 tháng",
        ] {
            assert!(!suggests_vulnerable(text), "{text}");
        }
    }
}
