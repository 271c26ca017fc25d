//! The demo in Vietnamese: with marks and without, whole sentences and teencode.

use super::{Management, Matter, Name, Part};

const fn name(full: &'static str, title: &'static str) -> Name {
    Name { full, title }
}

pub(super) const CUSTOMERS: &[Name] = &[
    name("Nguyễn Văn An", "anh An"),
    name("Trần Thị Thu", "chị Thu"),
    name("Lê Hoàng Phúc", "anh Phúc"),
    name("Phạm Ngọc Ánh", "chị Ánh"),
    name("Võ Minh Khôi", "anh Khôi"),
    name("Đặng Thị Hạnh", "chị Hạnh"),
    name("Bùi Quốc Việt", "anh Việt"),
    name("Hồ Kim Oanh", "chị Oanh"),
    name("Đỗ Thành Long", "anh Long"),
    name("Huỳnh Mỹ Duyên", "chị Duyên"),
    name("Trương Gia Bảo", "anh Bảo"),
    name("Mai Thuỳ Dương", "chị Dương"),
];

pub(super) const STAFF: &[Name] =
    &[name("Lan", "chị Lan"), name("Đức", "anh Đức"), name("Thảo", "chị Thảo"), name("Nam", "anh Nam")];

pub(super) const MANAGEMENT: Management = Management {
    note: "Trễ vì ca trưa chỉ còn một người, không phải vì khách. Từ mai ca trưa luôn có hai người.",
    area: "Hà Nội, Đà Nẵng, TP.HCM",
    news: "Đã chuyển khoảng hai phần ba lưu lượng sang tuyến khác. Chưa có lịch sửa được xác nhận.",
    people: [name("Quân (kỹ thuật)", "anh Quân"), name("Tuấn", "anh Tuấn"), name("Hà", "chị Hà")],
};

const NOTHING: Matter = Matter {
    words: &[],
    wish: "",
    reply: "",
    more: "",
    then: "",
    promise: ("", 0),
    outcome: "",
    word: "",
    after: "",
};

const DEAD: &[Matter] = &[
    Matter {
        words: &[
            "Nhà tôi mất mạng từ 9 giờ tối qua. Gọi tổng đài bốn lần, lần nào cũng nghe nhạc chờ rồi tắt. Sáng nay con tôi phải học online mà ngồi không.",
        ],
        wish: "Có mạng trước 10 giờ, và có ai đó nói cho tôi biết bị cái gì.",
        reply: "Dạ em chào {title}, em là {me}. Cháu lỡ buổi học mà gọi mãi không ai nghe thì bực là phải, em xin lỗi {title}. Em thấy đường dây nhà mình mất tín hiệu từ 21:04 tối qua. Có hai cách: em cử kỹ thuật đến trong sáng nay, hoặc {title} qua quầy gần nhất lấy bộ phát 4G dùng tạm. {title} chọn cách nào ạ?",
        more: "Cho thợ qua đi em, 9h30 chị giúp việc có nhà. Đèn LOS đang chớp đỏ đó.",
        then: "Dạ em ghi 9:30 ạ. Thợ tên Hải sẽ gọi trước khi đến. Đèn LOS đỏ là đứt sợi quang ngoài tường, thợ thay được ngay tại chỗ. Xong việc em nhắn {title} liền.",
        promise: ("Thợ đến thay dây quang ngoài tường, xong việc em nhắn liền", 630),
        outcome: "Anh Hải đã thay 12 m dây quang ngoài tường lúc 10:10, tín hiệu ổn định trở lại. Em đã đo lại, đủ tốc độ gói.",
        word: "",
        after: "",
    },
    Matter {
        words: &[
            "Sáng dậy mất internet hoàn toàn, đèn PON tắt ngóm. Tôi bán hàng online, mỗi tiếng không có mạng là mất đơn.",
        ],
        wish: "Sửa trong buổi sáng.",
        reply: "Dạ em chào {title}, em là {me}. Mất mạng đúng lúc khách đặt hàng thì thiệt hại thật, em xin lỗi {title}. Tủ cáp đầu hẻm đang mất nguồn. Em có hai cách: thợ đến kéo tạm sang tủ bên trong 2 tiếng, hoặc {title} ghé quầy gần nhất mượn bộ phát 4G dùng tạm. Hoặc cả hai, tuỳ {title} ạ.",
        more: "cả 2 luôn em, chị cho người ghé quầy lấy bộ phát rồi",
        then: "Dạ quầy đã để sẵn bộ phát, thợ đang trên đường. Em ở đây theo đến lúc có mạng.",
        promise: ("Nhà mình có mạng lại, em theo và báo", 630),
        outcome: "Tủ cáp đã có nguồn lại lúc 10:05, mạng nhà mình chạy đủ tốc độ. Bộ phát 4G {title} tiện lúc nào trả quầy cũng được ạ.",
        word: "",
        after: "",
    },
    Matter {
        words: &[
            "Mất kết nối từ tối qua đến giờ. Mẹ tôi 78 tuổi ở nhà một mình, camera theo dõi không lên, tôi đi làm mà đứng ngồi không yên.",
        ],
        wish: "Làm sao cho camera lên lại sớm nhất.",
        reply: "Dạ em chào {title}, em là {me}. Mẹ ở nhà một mình mà không nhìn thấy được thì lo lắm, em xin lỗi {title}. Em xin hai cách để mình chọn: thợ đến ngay trong sáng nay, cần có người mở cửa; hoặc em đổi cổng từ xa, mất chừng hai tiếng, chưa chắc được. Mình làm cách nào trước ạ?",
        more: "Em đổi từ xa trước đi, nếu không được thì cho thợ qua. Hàng xóm mở cửa giúp được.",
        then: "Dạ em làm ngay. Chậm nhất 10:30 em báo kết quả, được hay không em đều nhắn ạ.",
        promise: ("Đổi cổng từ xa xong, được hay không em đều nhắn", 630),
        outcome: "Đã đổi sang cổng mới, camera của bác đã lên lại lúc 10:10. Em đã đo tín hiệu hai lần, đều ổn ạ.",
        word: "",
        after: "",
    },
];

const BURST: &[Matter] = &[
    Matter {
        words: &[
            "ad oi",
            "mang nha e chap chon ca tuan nay r",
            "hop online cu rot lien tuc, sep chui e hoai",
            "goi tong dai thi bao khoi dong lai modem, khoi dong chuc lan r ma co dc j dau",
        ],
        reply: "Dạ em chào {title}, em là {me}. Đang họp mà rớt thì khó cho {title} quá, em xin lỗi. Em xem 7 ngày qua thấy nhà mình rớt 23 lần, phần lớn buổi chiều, không phải tại modem. Em có thể đổi kênh phát từ xa ngay bây giờ, hoặc cho thợ qua đo dây chiều nay. {title} muốn cách nào ạ?",
        ..NOTHING
    },
    Matter {
        words: &[
            "shop oi help",
            "wifi nha mk lag qua troi",
            "goi 200 ma do dc co 18",
            "dong tien du het ma xai nhu di muon z",
        ],
        reply: "Dạ em chào {title}, em là {me}. Trả tiền gói 200 mà chỉ được 18 thì không ai chịu được, em xin lỗi {title}. Em đo từ trạm đến modem vẫn đủ 200, nên nghẽn ở đoạn wifi trong nhà. Em có hai cách: hướng dẫn đổi kênh 5 phút qua đây, hoặc thợ đến đặt lại vị trí modem. {title} tiện cách nào ạ?",
        ..NOTHING
    },
    Matter {
        words: &[
            "alo co ai ko",
            "mang lag tu hom chu nhat den h",
            "con minh thi hoc ki tren may ma cu dung hinh",
            "lam on xem giup voi, toi nay thi tiep r",
        ],
        reply: "Dạ em chào {title}, em là {me}. Con đang thi mà đứng hình thì cả nhà sốt ruột, em xin lỗi {title}. Trước tối nay em có hai cách: chuyển nhà mình sang cổng ít tải ngay bây giờ, hoặc {title} mượn bộ phát 4G ở quầy để dự phòng cho buổi thi. Em làm cả hai nếu {title} đồng ý ạ.",
        ..NOTHING
    },
];

const MISSED: &[Matter] = &[
    Matter {
        words: &[
            "Ktv hẹn 8h sáng thứ bảy, tôi xin nghỉ làm ngồi chờ. Không ai tới, không ai gọi. Hôm qua hẹn lại cũng vậy. Hai ngày công của tôi ai trả?",
        ],
        wish: "Xin lỗi cho đàng hoàng và hẹn giờ nào thì đến giờ đó.",
        reply: "Dạ em chào {title}, em là {me}. {title} nghỉ làm chờ hai lần mà tụi em không đến, cũng không gọi: lỗi này là của bên em, em xin lỗi. Em đã giữ thợ cho mình. {title} muốn trong 11 giờ sáng nay, hay 18 giờ khi tan làm? Thợ trễ quá 15 phút em tự gọi cho {title}.",
        outcome: "Thợ đến lúc 10:40, đã thay đầu cáp và đo lại tốc độ đủ gói. Hai lần lỡ hẹn đã được ghi vào hồ sơ để quản lý xem.",
        after: "Em cảm ơn {title} đã nói thẳng. Lẽ ra {title} không phải chịu như vậy, em xin lỗi {title}. Quản lý đã đọc lời {title}, và em vẫn ở đây nếu {title} muốn nói thêm.",
        word: "Mạng thì được rồi. Nhưng thợ tới không nói một lời nào về hai lần kia, làm như tôi phiền họ.",
        ..NOTHING
    },
    Matter {
        words: &[
            "nv hẹn chiều qua 2h đến lắp, tới giờ vẫn chưa thấy ai. gọi số thợ thì tắt máy luôn. làm ăn kiểu gì v?",
        ],
        reply: "Dạ em chào {title}, em là {me}. Chờ cả buổi chiều mà thợ lại tắt máy thì ai cũng giận, em xin lỗi {title}. Em vừa gặp được đội trưởng khu mình. Có hai giờ còn trống: 10:30 sáng nay hoặc 14:00 chiều. {title} chọn giờ nào ạ?",
        outcome: "Đội trưởng đến lắp lúc 10:30, mạng đã chạy. Thợ cũ đã bị nhắc vì tắt máy khi có hẹn.",
        after: "Em cảm ơn {title} đã nói thẳng. Lẽ ra {title} không phải chịu như vậy, em xin lỗi {title}. Quản lý đã đọc lời {title}, và em vẫn ở đây nếu {title} muốn nói thêm.",
        word: "lắp xong r nhưng mất toi 1 ngày. lần sau ko đến được thì báo 1 tiếng giùm",
        ..NOTHING
    },
    Matter {
        words: &[
            "Lần thứ ba tôi báo cùng một lỗi. Lần nào cũng hứa kỹ thuật qua trong 24 giờ, chưa lần nào thấy ai đến. Tôi sắp cắt hợp đồng rồi đấy.",
        ],
        wish: "Người thật, đến thật.",
        reply: "Dạ em chào {title}, em là {me}. Báo ba lần mà ba lần bị bỏ quên thì muốn cắt hợp đồng là đúng thôi, em xin lỗi {title}. Em không hứa 24 giờ nữa: thợ Bình đang rảnh, đến lúc 10 giờ hoặc 11 giờ sáng nay đều được. {title} chọn giúp em một giờ ạ?",
        outcome: "Anh Bình đã đến lúc 10:05, thay bộ chia quang bị ẩm, là nguyên nhân của cả ba lần báo.",
        after: "Em cảm ơn {title} đã nói thẳng. Lẽ ra {title} không phải chịu như vậy, em xin lỗi {title}. Quản lý đã đọc lời {title}, và em vẫn ở đây nếu {title} muốn nói thêm.",
        word: "Sửa được thì sao hai lần trước không sửa? Tôi chưa hết giận đâu.",
        ..NOTHING
    },
];

const DEVICE: &[Matter] = &[
    Matter {
        words: &[
            "Modem nóng ran rồi tự tắt, ngày năm bảy lần. Tôi tắt hẳn tin nhắn riêng vì bị quảng cáo nhiều quá, trả lời tôi ở đây nhé.",
        ],
        reply: "Dạ em chào {title}, em là {me}. Modem nóng như vậy thì vừa bực vừa lo, em xin lỗi {title}. Em đổi máy mới cho mình, có hai cách: thợ mang đến chiều nay, hoặc {title} ghé quầy lấy lúc nào tiện. Trong lúc chờ, {title} rút nguồn khi không dùng giúp em nhé.",
        more: "Mang đến giùm tôi, sau 4 giờ chiều. Cảm ơn em.",
        then: "Dạ em ghi sau 16 giờ ạ. Thợ gọi trước 15 phút.",
        promise: ("Thợ mang modem mới đến, gọi trước 15 phút", 1_050),
        ..NOTHING
    },
    Matter {
        words: &[
            "Đầu thu cứ 15 phút lại tự tắt rồi khởi động lại, xem đá banh tới phút chót là tắt. Đổi giùm cái khác.",
        ],
        reply: "Dạ em chào {title}, em là {me}. Đang phút cuối mà tắt thì tức thật, em xin lỗi {title}. Em có thể nạp lại phần mềm từ xa ngay bây giờ, hoặc đổi đầu thu mới chiều nay. {title} chọn cách nào ạ?",
        more: "Đổi cái mới luôn cho chắc, tối nay còn trận nữa.",
        then: "Dạ, thợ mang đầu thu mới đến trước 18 giờ để {title} kịp trận tối ạ.",
        promise: ("Thợ mang đầu thu mới đến trước trận tối", 1_080),
        ..NOTHING
    },
];

const BILL: &[Matter] = &[
    Matter {
        words: &["Sao tháng này cước lên 350k, hợp đồng ghi 220k mà? Tôi không đăng ký thêm gì hết."],
        wish: "Trả lại phần thu dư.",
        reply: "Dạ em chào {title}, em là {me}. Trước hết em xin lỗi vì để {title} chờ. Em đã mở hoá đơn: có một gói truyền hình 130 nghìn bật nhầm ngày 3/11. Em tắt ngay rồi. Phần thu dư {title} muốn trừ vào tháng sau hay hoàn về tài khoản ạ?",
        ..NOTHING
    },
    Matter {
        words: &["trừ tiền 2 lần trong 1 tháng, tài khoản báo ngày 5 với ngày 12. yêu cầu hoàn tiền cho tôi"],
        reply: "Dạ em chào {title}, em là {me}. Em xin lỗi vì trả lời {title} trễ. Em thấy đúng là có hai lần trừ. Em đã gửi yêu cầu hoàn cho kế toán. {title} muốn nhận lại qua tài khoản, hay trừ cho hai tháng tới ạ?",
        ..NOTHING
    },
    Matter {
        words: &[
            "Lúc đăng ký nhân viên nói miễn phí lắp đặt, giờ hoá đơn có thêm 500 nghìn phí lắp đặt. Nói một đằng làm một nẻo.",
        ],
        wish: "Bỏ khoản 500 nghìn.",
        reply: "Dạ em chào {title}, em là {me}. Nghe hứa miễn phí rồi lại thấy 500 nghìn thì ai cũng thấy bị lừa, em xin lỗi, và xin lỗi cả vì trả lời trễ. Em đang nghe lại cuộc gọi tư vấn. {title} muốn em gọi báo kết quả trước 17 giờ, hay nhắn ở đây ạ?",
        ..NOTHING
    },
];

const ABROAD: &[Matter] = &[
    Matter {
        words: &[
            "Vào Facebook với YouTube cứ xoay vòng vòng, web trong nước thì bình thường. Có phải lại đứt cáp biển không?",
        ],
        reply: "Dạ em chào {title}, em là {me}. Mạng chậm giữa lúc cần thì khó chịu thật, em xin lỗi {title}. {title} cho em hỏi chậm từ mấy giờ, và các trang báo, ngân hàng trong nước vẫn vào bình thường đúng không ạ? Trong lúc em xem, em có thể chỉ cách đổi DNS để đỡ hơn.",
        ..NOTHING
    },
    Matter {
        words: &[
            "từ trưa tới h ping quốc tế 400, trong nước có 10. đang leo rank ở server nước ngoài mà tụt ko phanh",
        ],
        reply: "Dạ em chào {title}, em là {me}. Đang leo rank mà ping 400 thì ức lắm, em xin lỗi {title}. {title} cho em biết server ở nước nào với ạ? Em có thể chỉ chuyển máy chủ gần hơn, hoặc gọi lại khi có tin mới. Mình chọn cách nào ạ?",
        ..NOTHING
    },
    Matter {
        words: &[
            "Công ty tôi họp Zoom với khách bên Mỹ, từ đầu giờ chiều hình đứng liên tục, mất mặt với khách quá. Đi quốc tế chậm mà không báo trước câu nào.",
        ],
        wish: "Biết bao giờ có tin, để tôi dời lịch họp.",
        reply: "Dạ em chào {title}, em là {me}. Đang họp với khách mà hình đứng thì rất khó cho {title}, em xin lỗi. Để không phải đoán lịch, em có hai cách: dời cuộc họp sau 23 giờ là giờ tuyến ít tải, hoặc em gọi cho {title} ngay khi có bản tin tới. Mình chọn cách nào ạ?",
        ..NOTHING
    },
    Matter {
        words: &[
            "gui file cho doi tac ben Duc ma duong quoc te i ach, 200MB gui 2 tieng chua xong. chieu nay phai nop roi",
        ],
        reply: "Dạ em chào {title}, em là {me}. Sát giờ nộp mà tệp không đi thì cuống lắm, em xin lỗi {title}. Em có hai cách: hướng dẫn gửi qua một kho lưu trữ có máy chủ trong nước, hoặc {title} ghé văn phòng bên em, có tuyến riêng gửi giúp. Cách nào tiện hơn ạ?",
        ..NOTHING
    },
];

pub(super) fn pool(part: Part) -> &'static [Matter] {
    match part {
        Part::Dead => DEAD,
        Part::Burst => BURST,
        Part::Missed => MISSED,
        Part::Device => DEVICE,
        Part::Bill => BILL,
        Part::Abroad => ABROAD,
    }
}
