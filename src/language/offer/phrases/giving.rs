//! Phrases that say who gives, and how a line is put together.

/// We give: words that make a promise of what follows.
pub(in super::super) const OURS: &[&str] = &[
    "<e> sẽ",
    "<e> se",
    "<e> *1 xin",
    "xin",
    "<e> *2 sẽ|se",
    "để em",
    "để bên em",
    "cho em",
    "<e> có thể",
    "<e> quyết định",
    "<e> cam kết",
    "<e> hứa",
    "<e> đồng ý",
    "<e> chốt",
    "<e> gửi",
    "!<e> gởi",
    "<e> duyệt",
    "<e> đã|vừa|mới *2 duyệt|chốt|quyết|làm|lập|lên",
    "<e> áp dụng",
    "gửi *2 phương án|cách",
    "có *1 phương án|cách",
    "<e> *1 will",
    "<e> *1 can",
    "<e> *1 could",
    "<e> *2 going to",
    "<e> would *1 like|love to",
    "please enjoy",
    "<e> cho|tặng|biếu <c>",
    "công ty sẽ|xin|chịu",
    "let me",
    "let us",
    "happy to",
    "glad to",
    "pleased to",
    "<e> are *1 giving|offering|adding|sending",
    "<e> am *1 giving|adding",
    "<e> are|am refunding|crediting|waiving|compensating",
    "please accept",
    "<e> promise",
    "<e> *1 offer",
];

/// Verbs and things with which an amount between us and the customer is none that is given.
pub(in super::super) const SEEN: &[&str] = &[
    "thấy|nhận|kiểm|tra|ghi|báo|hỏi|biết|hiểu|cần|nhờ|chuyển|mã|số|mua|tìm|xem|nợ|đóng|mượn|dùng|tính|đo",
    "khoản|vụ|về|vì|việc|kế|kê|xử|giải|khắc|đối|chờ|đợi|link|tốc|dung|thử|đến|tới|tin",
    "the|this|that|these|about|with|of <m>",
    "check|see|saw|need|ask|request|received|pay|owe|understand|know|when|arrives|cap|limit|look|sort|explain",
    "gb|mb|mbps",
    "khoan|vu|ve|vi|viec|xu|giai|thay|nhan|kiem|biet|hieu|can|nho|chuyen|dung|ke|den|toi",
];

/// The customer receives: a promise too, but also how a contract is told.
pub(in super::super) const THEIRS: &[&str] = &[
    "sẽ",
    "se",
    "will",
    "<c> được",
    "<c> *2 nhận được",
    "you get",
    "you *1 can get|have",
    "you are getting",
    "<c> nhận",
];

/// A question with one of these proposes.
pub(in super::super) const PROPOSALS: &[&str] = &[
    "nhé",
    "nha",
    "nhe",
    "nhá",
    "được không",
    "được ko",
    "được k",
    "đc không|ko|k",
    "ok không|ko|k",
    "thấy",
    "đồng ý",
    "chịu không",
    "how about",
    "can|may|could i|we *1 offer|give|send",
    "what about",
    "would a|an|<v>|the|that",
    "would you like a|the|us|me|to",
    "work for you",
    "shall i|we",
    "if i|we",
    "okay",
    "ok",
    "sound",
    "help",
    "<e> xin",
    "<e> sẽ",
    "<e> se",
    "<e> will",
    "muốn nhận",
];

/// Words that end a question which has no question mark.
pub(in super::super) const ASKING: &[&str] =
    &["không", "ko", "khong", "chưa", "chua", "không ạ", "ko ạ", "ko a", "khong a", "chưa ạ", "chua a"];

/// What follows a benefit that is handed over.
pub(in super::super) const RECIPIENTS: &[&str] =
    &["cho *1 <c>", "for|to you", "nhé", "nha", "nhe", "nhá", "được không|ko", "được k"];

/// Words that join a new clause of its own, where one of ours or a benefit follows.
pub(in super::super) const JOINTS: &[&str] = &[
    "và", "va", "nên", "nen", "nhưng", "nhung", "rồi", "roi", "thì", "thi", "but", "and", "so", "then",
    "because",
];

/// What begins a clause after a joint.
pub(in super::super) const OPENINGS: &[&str] = &[
    "<e>",
    "bên <e>",
    "tụi <e>",
    "công ty",
    "sẽ",
    "se",
    "xin",
    "will",
    "<c> sẽ",
    "you will",
    "để <e>",
    "let",
    "hoàn tiền|lại|cho",
    "tặng <c>",
    "giảm cho|cước",
];

/// Words between two things of which each is an offer.
pub(in super::super) const SEPARATORS: &[&str] =
    &["và", "va", "kèm", "kem", "cùng", "hoặc", "hoac", "hay", "cộng", "and", "or", "plus", "+"];
