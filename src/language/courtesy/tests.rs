//! What customers write when a matter is over, in both languages, with marks and without.

use super::Courtesy::{Matter, Thanks, Unclear};
use super::{Courtesy, courtesy, is_thanks};

/// Each line, and how it is meant; Vietnamese lines are read without their marks, too.
const LINES: &[(Courtesy, &[&str])] = &[
    (
        Thanks,
        &[
            "Cảm ơn bạn Lan nhé",
            "mạng ok rồi, cảm ơn em",
            "tks shop",
            "great, thank you",
            "Cảm ơn em nhiều nhé!",
            "Cám ơn em",
            "cảm ơn ạ",
            "ok thanks",
            "Thank you so much",
            "Thanks again!",
            "Thanks a lot",
            "Thank you for calling",
            "Thank you all",
            "Tks ad",
            "tysm",
            "Dạ cảm ơn anh",
            "dạ vâng em cảm ơn ạ",
            "ok em, cảm ơn nhé",
            "Được rồi em nhé",
            "ok rồi em",
            "Xong rồi, cảm ơn shop",
            "Mạng chạy ngon rồi, cảm ơn đội kỹ thuật",
            "Em Hùng rất nhiệt tình, cảm ơn công ty",
            "Bạn Lan rất nhiệt tình",
            "Cảm ơn chị Vân nhé",
            "cam on ban Van nhe",
            "Hết chậm rồi, cảm ơn em",
            "Không còn rớt nữa, cảm ơn bạn",
            "không rớt nữa rồi, cảm ơn em",
            "Hết lỗi rồi em ơi, cảm ơn",
            "Không có gì, cảm ơn em",
            "Một lần nữa cảm ơn bên em",
            "Cảm ơn bên em đã xử lý nhanh",
            "Hài lòng lắm, 5 sao",
            "Tốt quá, cảm ơn",
            "It works now, thanks",
            "All good now, thank you",
            "No longer slow, thank you",
            "It's not slow anymore, thanks",
            "No problem, thanks",
            "Perfect, well done!",
            "Everything is fixed, thank you very much",
            "Cảm ơn em ❤️",
            "thanks :)",
            "Cảmmmm ơnnnn nhiềuuuu",
        ],
    ),
    (
        Unclear,
        &[
            "👍",
            "👍🏻👍🏻",
            "🙏",
            "ok em",
            "ok",
            "oke em nhé",
            "vâng",
            "dạ",
            "ừ em",
            "ok 👍",
            "noted",
            "Got it",
            "yes",
            "Cảm ơn em đã gọi lại",
            "Cảm ơn em đã kiểm tra giúp anh",
            "cảm ơn vì đã hỗ trợ",
            "Thanks for your help",
            "Thanks a lot, Lan",
            "Cảm ơn bạn, gia đình mừng lắm",
        ],
    ),
    (
        Matter,
        &[
            "",
            "   ",
            "ok?",
            "Ok chưa em",
            "cảm ơn nhưng vẫn chậm",
            "Cảm ơn, nhưng mạng vẫn rớt",
            "ok mà vẫn chưa được",
            "Chưa được em ơi",
            "vẫn đèn đỏ",
            "Cảm ơn em, gọi lại cho anh nhé",
            "Cảm ơn. Cho anh hỏi hóa đơn tháng này",
            "cảm ơn em, mai qua nhé anh chờ",
            "Cảm ơn nhé. Mạng lại rớt rồi",
            "Hết mạng rồi, cảm ơn",
            "cảm ơn 👎",
            "Cảm ơn :(",
            "ok nhưng còn modem thì sao",
            "Cảm ơn, số anh là 0912345678",
            "cảm ơn, 9h sáng qua nhé",
            "Alo",
            "em ơi",
            "Modem mới nóng lắm",
            "Vẫn vậy",
            "Không được",
            "Cảm ơn em vẫn chậm",
            "Lại mất mạng nữa rồi",
            "mạng ok rồi nhưng hóa đơn sai",
            "Thái độ kém",
            "Thank you, but it is still slow",
            "Thanks, still down",
            "thanks. When will you come?",
            "Thank you. The new modem is still hot, call me",
            "the new modem is still hot, call me",
            "thanks, please call me back",
            "great, it dropped again",
            "Good, however I was charged twice",
            "Not fixed",
            "ok, why was it cut",
            "thanks, I need a refund",
            "It doesn't work",
            "thank you, another question",
            "😡",
        ],
    ),
];

/// Lines that mean something else without their marks: *vẫn* is then as good a name as *Vân*.
const ONLY_WITH_MARKS: [&str; 2] = ["Cảm ơn chị Vân nhé", "Cảmmmm ơnnnn nhiềuuuu"];

fn without_marks(line: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let letters = line.nfd().filter(|letter| !unicode_normalization::char::is_combining_mark(*letter));
    let plain = |letter| match letter {
        'đ' => 'd',
        'Đ' => 'D',
        other => other,
    };
    letters.map(plain).collect()
}

#[test]
fn thanks_are_told_from_matters() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (meant, lines) in LINES {
        for line in *lines {
            let bare = without_marks(line);
            for typed in [*line, bare.as_str()] {
                let skipped = ONLY_WITH_MARKS.contains(line) && typed != *line;
                count += usize::from(!skipped);
                if !skipped && courtesy(typed) != *meant {
                    wrong.push(format!("{typed:?}: {:?}, not {meant:?}", courtesy(typed)));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 160, "{count}");
}

#[test]
fn what_opens_no_complaint_holds_nothing_unexpected() {
    for thanks in ["Cảm ơn em nhiều nhé!", "ok thanks", "cam on", "Dạ vâng ạ", "👍", "ok em", "Tks ad"]
    {
        assert!(is_thanks(thanks), "{thanks}");
    }
    for more in ["Cảm ơn, con robot hút bụi", "Cảm ơn em đã gọi lại", "cảm ơn nhưng vẫn chậm", "", "Alo"]
    {
        assert!(!is_thanks(more), "{more}");
    }
}
