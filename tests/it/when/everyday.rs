//! Everyday spellings, hours that are over, the office's days, Tết; what has happened; the hours to choose from.

use super::{NOW, POLICY, SAIGON, at, check, looking, shown};
use langnghe::language::when::{MOST_OFFERED, Reader, Toward, write};

/// Read on Thursday, 26 November 2026, at 10:00 in Saigon.
const PHRASES: &[(&str, &str)] = &[
    // `mốt` is one only after tens.
    ("chiều mốt", "no hour 2026-11-28"),
    ("sáng mốt", "no hour 2026-11-28"),
    ("tối mốt", "no hour 2026-11-28"),
    ("chieu mot", "no hour 2026-11-28"),
    ("sang mot", "no hour 2026-11-28"),
    ("3h chiều mốt", "2026-11-28 15:00"),
    ("hai mươi mốt giờ", "2026-11-26 21:00"),
    ("hai mốt giờ", "2026-11-26 21:00"),
    ("9h ngày hai mốt", "2026-12-21 09:00"),
    ("9h ngày hai mươi tư", "2026-12-24 09:00"),
    ("9h ngày hai lăm", "2026-12-25 09:00"),
    ("9h mười lăm tháng mười hai", "2026-12-15 09:00"),
    ("chiều năm giờ", "2026-11-26 17:00"),
    ("chiều năm", "unread"),
    ("từ tám đến mười giờ sáng mai", "2026-11-27 10:00"),
    ("9h ngày 5 tháng tư", "2027-04-05 09:00"),
    // An hour of a named day that is over is asked back.
    ("thứ năm tuần này 9h", "passed 2026-11-26 09:00 or 2026-11-26 21:00"),
    ("9h thứ 5 tuần này", "passed 2026-11-26 09:00 or 2026-11-26 21:00"),
    ("hôm nay 9h", "passed 2026-11-26 09:00 or 2026-11-26 21:00"),
    ("9h hnay", "passed 2026-11-26 09:00 or 2026-11-26 21:00"),
    ("9h 26/11", "passed 2026-11-26 09:00 or 2026-11-26 21:00"),
    ("Thursday 9am", "passed 2026-11-26 09:00 or 2026-12-03 09:00"),
    ("Thu 9am", "passed 2026-11-26 09:00 or 2026-12-03 09:00"),
    ("09:00 thứ 5", "passed 2026-11-26 09:00 or 2026-12-03 09:00"),
    ("sáng nay 8h", "past 2026-11-26 08:00"),
    ("8h sáng hôm nay", "past 2026-11-26 08:00"),
    ("hôm nay 11h", "either 2026-11-26 11:00 | 2026-11-26 23:00"),
    ("hôm nay 5h", "2026-11-26 17:00"),
    ("hôm nay 14h", "2026-11-26 14:00"),
    // The hour contradicts the part of the day.
    ("20h sáng mai", "unread"),
    ("9h chiều mai", "unread"),
    ("3h tối mai", "unread"),
    ("17h sáng thứ 6", "unread"),
    // The office.
    ("hết giờ hành chính", "2026-11-26 17:30"),
    ("het gio hanh chinh", "2026-11-26 17:30"),
    ("trước khi hết giờ hành chính", "2026-11-26 17:30"),
    ("hết giờ làm việc ngày mai", "2026-11-27 17:30"),
    ("cuối giờ hành chính thứ 6", "2026-11-27 17:30"),
    ("tan sở", "2026-11-26 17:30"),
    ("hết giờ hành chính chủ nhật", "no hour 2026-11-29"),
    ("end of business", "2026-11-26 17:30"),
    ("by end of business tomorrow", "2026-11-27 17:30"),
    ("close of business Friday", "2026-11-27 17:30"),
    ("COB Monday", "2026-11-30 17:30"),
    ("trong 3 ngày làm việc", "2026-12-01 17:30"),
    ("trong vòng 3 ngày làm việc nhé", "2026-12-01 17:30"),
    ("3 ngay lam viec nua", "2026-12-01 17:30"),
    ("1 ngày làm việc", "2026-11-27 17:30"),
    ("ngày làm việc tiếp theo", "2026-11-27 17:30"),
    ("9h ngày làm việc tiếp theo", "2026-11-27 09:00"),
    ("in 3 working days", "2026-12-01 17:30"),
    ("within two business days", "2026-11-30 17:30"),
    ("next working day 9am", "2026-11-27 09:00"),
    // The same time of another day, and days in other words.
    ("giờ này ngày mai", "2026-11-27 10:00"),
    ("mai giờ này", "2026-11-27 10:00"),
    ("gio nay ngay mai", "2026-11-27 10:00"),
    ("tầm này thứ 6", "2026-11-27 10:00"),
    ("giờ này tuần sau", "2026-12-03 10:00"),
    ("giờ này", "unread"),
    ("this time tomorrow", "2026-11-27 10:00"),
    ("same time next week", "2026-12-03 10:00"),
    ("2 hôm nữa", "2026-11-28 10:00"),
    ("hai bữa nữa", "2026-11-28 10:00"),
    ("9h sáng 2 hôm nữa", "2026-11-28 09:00"),
    ("mai mốt", "either day 2026-11-27 | 2026-11-28"),
    ("9h mai mốt", "either 2026-11-27 09:00 | 2026-11-28 09:00"),
    (
        "tuần sau nữa",
        "either day 2026-12-07 | 2026-12-08 | 2026-12-09 | 2026-12-10 | 2026-12-11 | 2026-12-12 | 2026-12-13",
    ),
    ("thứ 3 tuần tới nữa 9h", "2026-12-08 09:00"),
    ("cuối giờ chiều", "no hour 2026-11-26"),
    ("cuối giờ chiều mai", "no hour 2026-11-27"),
    ("cuối năm", "no hour 2026-12-31"),
    ("giữa tuần sau", "either day 2026-12-02 | 2026-12-03"),
    ("trong sáng mai", "2026-11-27 12:00"),
    ("nội trong hôm nay", "2026-11-26 23:59"),
    // Teencode and slips of the finger.
    ("17h hnay", "2026-11-26 17:00"),
    ("trc 17h", "2026-11-26 17:00"),
    ("trc 5h chìu hnay", "2026-11-26 17:00"),
    ("9h sáng mơi", "2026-11-27 09:00"),
    ("9h30 sáng ngmai nha", "2026-11-27 09:30"),
    ("9 rưởi tối", "2026-11-26 21:30"),
    ("nữa tiếng nữa", "2026-11-26 10:30"),
    ("2 tiếng nửa", "2026-11-26 12:00"),
    ("chục phút nữa", "2026-11-26 10:10"),
    ("30' nữa", "2026-11-26 10:30"),
    ("tmw 9am", "2026-11-27 09:00"),
    ("tonite at 8", "2026-11-26 20:00"),
    ("9am tmrw pls", "2026-11-27 09:00"),
    // English.
    ("in a fortnight", "2026-12-10 10:00"),
    ("in a couple of hours", "2026-11-26 12:00"),
    ("ten past five", "2026-11-26 17:10"),
    ("within the hour", "2026-11-26 11:00"),
    ("first thing tomorrow", "no hour 2026-11-27"),
    ("late afternoon tomorrow", "no hour 2026-11-27"),
    // Tết.
    ("mồng 3 Tết", "no hour 2027-02-08"),
    ("9h mồng 3 Tết", "2027-02-08 09:00"),
    ("mung 1 tet", "no hour 2027-02-06"),
    ("9h sáng mùng năm Tết", "2027-02-10 09:00"),
    ("28 Tết", "no hour 2027-02-04"),
    ("30 Tết", "no hour 2027-02-05"),
    ("17h giao thừa", "2027-02-05 17:00"),
    ("9h tết tây", "2027-01-01 09:00"),
];

/// What happened, told at the same instant.
const HAPPENED: &[(&str, &str)] = &[
    ("9h", "2026-11-26 09:00"),
    ("9h sáng nay", "2026-11-26 09:00"),
    ("15:30 hôm qua", "2026-11-25 15:30"),
    ("3h chiều qua", "2026-11-25 15:00"),
    ("22h", "2026-11-25 22:00"),
    ("17h", "ahead 2026-11-26 17:00"),
    ("thứ 3 9h", "2026-11-24 09:00"),
    ("thứ 6 9h", "2026-11-20 09:00"),
    ("24/11 9h", "2026-11-24 09:00"),
    ("ngày 20 9h", "2026-11-20 09:00"),
    ("2 tiếng trước", "2026-11-26 08:00"),
    ("2 tiếng", "2026-11-26 08:00"),
    ("30p trc", "2026-11-26 09:30"),
    ("2 ngày trước", "2026-11-24 10:00"),
    ("cách đây 3 hôm", "2026-11-23 10:00"),
    ("an hour and a half ago", "2026-11-26 08:30"),
    ("yesterday 5pm", "2026-11-25 17:00"),
    ("last Friday 5pm", "2026-11-20 17:00"),
    ("9h mồng 3 Tết", "2026-02-19 09:00"),
    ("mai 9h", "ahead 2026-11-27 09:00"),
    ("2 tiếng nữa", "unread"),
    ("hôm qua", "no hour 2026-11-25"),
];

#[test]
fn faults_i5_everyday_words_are_read() {
    println!("{} phrases", PHRASES.len());
    check(SAIGON, NOW, PHRASES);
}

#[test]
fn faults_i6_what_happened_is_looked_for_behind() {
    let now = at(SAIGON, NOW);
    let wrong: Vec<String> = HAPPENED
        .iter()
        .filter_map(|(phrase, expected)| {
            let reading = shown(SAIGON, &looking(phrase, SAIGON, now, Toward::Past));
            (reading != *expected).then(|| format!("{phrase:?}: expected {expected}, read {reading}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn faults_i4_on_wednesday_at_ten_nine_is_over() {
    check(
        SAIGON,
        "2026-11-25 10:00",
        &[
            ("thứ tư tuần này 9h", "passed 2026-11-25 09:00 or 2026-11-25 21:00"),
            ("thu tu tuan nay 9h", "passed 2026-11-25 09:00 or 2026-11-25 21:00"),
            ("thứ tư tuần này 9h sáng", "past 2026-11-25 09:00"),
            ("thứ tư 9h", "either 2026-11-25 21:00 | 2026-12-02 09:00"),
            ("thứ tư tuần sau 9h", "2026-12-02 09:00"),
        ],
    );
    check(SAIGON, "2026-11-27 10:00", &[("Friday 9am", "passed 2026-11-27 09:00 or 2026-12-04 09:00")]);
}

#[test]
fn faults_i3_the_hours_to_choose_from_fit_the_part_of_the_day() {
    let now = at(SAIGON, NOW);
    let reader = Reader { zone: SAIGON, now, office: POLICY.office() };
    let hours = |text: &str| -> Vec<String> {
        let choices = reader.read(text, Toward::Promise).choices(SAIGON, now);
        assert!(choices.len() <= MOST_OFFERED && choices.is_sorted(), "{text}");
        choices.iter().map(|at| write(SAIGON, *at)[..5].to_owned()).collect()
    };
    for (text, expected) in [
        ("tối mai", ["18:00", "19:00", "20:00", "21:00"].as_slice()),
        ("toi thu 6", &["18:00", "19:00", "20:00", "21:00"]),
        ("sáng mai", &["08:00", "09:00", "10:00", "11:00"]),
        ("trưa mai", &["11:00", "12:00", "13:00"]),
        ("chiều mốt", &["14:00", "15:00", "16:00", "17:00"]),
        ("cuối giờ chiều", &["16:00", "17:00", "18:00"]),
        ("EOD", &["16:00", "17:00", "18:00"]),
        ("mai", &["09:00", "11:00", "15:00", "17:00"]),
        ("hôm nay", &["11:00", "15:00", "17:00"]),
        ("tomorrow night", &["20:00", "21:00", "22:00", "23:00"]),
        ("5h mai", &["05:00", "17:00"]),
        ("khi nào rảnh", &[]),
    ] {
        assert_eq!(hours(text), expected, "{text}");
    }
    for many in ["tuần sau", "trong tuần này", "cuối tuần", "tuần sau nữa", "tối tuần sau"] {
        let choices = hours(many);
        assert!(!choices.is_empty(), "{many}");
    }
    // Every day of a week has its share.
    assert_eq!(hours("tuần sau").iter().filter(|hour| *hour == "09:00").count(), 7);
}

#[test]
fn faults_i6_what_is_written_is_read_back() {
    let now = at(SAIGON, NOW);
    let reader = Reader { zone: SAIGON, now, office: None };
    for text in ["2026-11-26 10:01", "2026-12-31 23:59", "2027-02-05 00:00", "2028-02-29 12:30"] {
        let written = write(SAIGON, at(SAIGON, text));
        assert_eq!(shown(SAIGON, &reader.read(&written, Toward::Promise).reading), text, "{written}");
    }
}
