//! What staff type about the time of a promise, and what the desk reads in it.

use chrono::{DateTime, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use langnghe::domain::when::{Reading, read};

const SAIGON: Tz = Tz::Asia__Ho_Chi_Minh;
const BERLIN: Tz = Tz::Europe__Berlin;

/// A Thursday.
const NOW: &str = "2026-11-26 10:00";

/// Read on Thursday, 26 November 2026, at 10:00 in Saigon.
const PHRASES: &[(&str, &str)] = &[
    // Hours of today.
    ("17h", "2026-11-26 17:00"),
    ("17h30", "2026-11-26 17:30"),
    ("17:30", "2026-11-26 17:30"),
    ("17g30", "2026-11-26 17:30"),
    ("17 giờ 30 phút", "2026-11-26 17:30"),
    ("17h30p", "2026-11-26 17:30"),
    ("17h30'", "2026-11-26 17:30"),
    ("17h kém 15", "2026-11-26 16:45"),
    ("17h kem 15 phut", "2026-11-26 16:45"),
    ("5 giờ kém 15 chiều", "2026-11-26 16:45"),
    ("5 gio kem 15 chieu", "2026-11-26 16:45"),
    ("9 giờ rưỡi tối", "2026-11-26 21:30"),
    ("9 rưỡi tối", "2026-11-26 21:30"),
    ("9 ruoi toi", "2026-11-26 21:30"),
    ("9h", "2026-11-26 21:00"),
    ("9h30", "2026-11-26 21:30"),
    ("9:30", "2026-11-26 21:30"),
    ("5h", "2026-11-26 17:00"),
    ("11h", "either 2026-11-26 11:00 | 2026-11-26 23:00"),
    ("10h30", "either 2026-11-26 10:30 | 2026-11-26 22:30"),
    ("10 giờ rưỡi", "either 2026-11-26 10:30 | 2026-11-26 22:30"),
    ("10:30", "2026-11-26 10:30"),
    ("12h", "2026-11-26 12:00"),
    ("12h trưa", "2026-11-26 12:00"),
    ("1h trưa", "2026-11-26 13:00"),
    ("11h trưa nay", "2026-11-26 11:00"),
    ("1h chiều", "2026-11-26 13:00"),
    ("7h tối", "2026-11-26 19:00"),
    ("8h toi", "2026-11-26 20:00"),
    ("08h tối", "2026-11-26 20:00"),
    ("12h đêm", "2026-11-27 00:00"),
    ("12h30 đêm", "2026-11-27 00:30"),
    ("nửa đêm", "2026-11-27 00:00"),
    ("nua dem nay", "2026-11-27 00:00"),
    ("24h", "2026-11-27 00:00"),
    ("24:00", "2026-11-27 00:00"),
    ("0h", "2026-11-27 00:00"),
    ("1h sáng", "2026-11-27 01:00"),
    ("2h khuya", "2026-11-27 02:00"),
    ("2h đêm nay", "2026-11-27 02:00"),
    ("11h đêm", "2026-11-26 23:00"),
    ("trước 17h", "2026-11-26 17:00"),
    ("chậm nhất 17h nhé", "2026-11-26 17:00"),
    ("muộn nhất là 17h ạ", "2026-11-26 17:00"),
    ("17h chậm nhất", "2026-11-26 17:00"),
    ("lúc 5", "2026-11-26 17:00"),
    ("khoảng 3h chiều", "2026-11-26 15:00"),
    ("tới 5h chiều", "2026-11-26 17:00"),
    ("toi 5h chieu", "2026-11-26 17:00"),
    ("năm giờ chiều", "2026-11-26 17:00"),
    ("nam gio chieu nay", "2026-11-26 17:00"),
    ("ba giờ mười lăm chiều nay", "2026-11-26 15:15"),
    ("sáu giờ chiều", "2026-11-26 18:00"),
    ("sau gio chieu", "2026-11-26 18:00"),
    ("17h hôm nay", "2026-11-26 17:00"),
    ("17h nay", "2026-11-26 17:00"),
    ("NGÀY HÔM NAY 17H", "2026-11-26 17:00"),
    ("5pm", "2026-11-26 17:00"),
    ("5 p.m.", "2026-11-26 17:00"),
    ("5:30pm today", "2026-11-26 17:30"),
    ("by 5", "2026-11-26 17:00"),
    ("by 5pm", "2026-11-26 17:00"),
    ("no later than 17:00", "2026-11-26 17:00"),
    ("noon", "2026-11-26 12:00"),
    ("midnight", "2026-11-27 00:00"),
    ("half past five", "2026-11-26 17:30"),
    ("quarter to 5", "2026-11-26 16:45"),
    ("5 o'clock", "2026-11-26 17:00"),
    ("tonight at 8", "2026-11-26 20:00"),
    ("this afternoon at 3", "2026-11-26 15:00"),
    ("9h sáng", "past 2026-11-26 09:00"),
    ("09:00", "past 2026-11-26 09:00"),
    ("8h sáng nay", "past 2026-11-26 08:00"),
    // Other days.
    ("9h sáng mai", "2026-11-27 09:00"),
    ("9h sang mai", "2026-11-27 09:00"),
    ("sáng mai 9h", "2026-11-27 09:00"),
    ("sáng mai lúc 9 rưỡi", "2026-11-27 09:30"),
    ("9h mai", "2026-11-27 09:00"),
    ("mai 9h30", "2026-11-27 09:30"),
    ("ngày mai trước 11h", "2026-11-27 11:00"),
    ("09:00 ngày mai", "2026-11-27 09:00"),
    ("12h mai", "2026-11-27 12:00"),
    ("12h trưa mai", "2026-11-27 12:00"),
    ("3h chiều mai", "2026-11-27 15:00"),
    ("8h tối mai", "2026-11-27 20:00"),
    ("9h mốt", "2026-11-28 09:00"),
    ("9h mot", "2026-11-28 09:00"),
    ("một giờ chiều mốt", "2026-11-28 13:00"),
    ("mot gio chieu mot", "2026-11-28 13:00"),
    ("ngày kia 14h", "2026-11-28 14:00"),
    ("8h sáng mốt", "2026-11-28 08:00"),
    ("5h mai", "either 2026-11-27 05:00 | 2026-11-27 17:00"),
    ("ngay mai 3h", "either 2026-11-27 03:00 | 2026-11-27 15:00"),
    ("toi mai 8h", "either 2026-11-27 08:00 | 2026-11-27 20:00"),
    ("tối mai 8h", "2026-11-27 20:00"),
    ("tới mai 8h", "2026-11-27 08:00"),
    ("12h sáng mai", "either 2026-11-27 00:00 | 2026-11-27 12:00"),
    ("2h đêm mai", "either 2026-11-27 02:00 | 2026-11-28 02:00"),
    ("đầu giờ chiều mai", "no hour 2026-11-27"),
    ("tomorrow 9am", "2026-11-27 09:00"),
    ("9am tomorrow morning", "2026-11-27 09:00"),
    ("tomorrow at 5", "either 2026-11-27 05:00 | 2026-11-27 17:00"),
    ("noon tomorrow", "2026-11-27 12:00"),
    ("12am tomorrow", "2026-11-27 00:00"),
    ("day after tomorrow 5pm", "2026-11-28 17:00"),
    ("hôm qua", "past 2026-11-25 00:00"),
    ("yesterday 5pm", "past 2026-11-25 17:00"),
    ("5h chiều hôm qua", "past 2026-11-25 17:00"),
    // Days without an hour.
    ("hôm nay", "no hour 2026-11-26"),
    ("tối nay", "no hour 2026-11-26"),
    ("chiều nay", "no hour 2026-11-26"),
    ("sáng mai", "no hour 2026-11-27"),
    ("mai", "no hour 2026-11-27"),
    ("mốt", "no hour 2026-11-28"),
    ("cuối ngày", "no hour 2026-11-26"),
    ("EOD", "no hour 2026-11-26"),
    ("by end of day tomorrow", "no hour 2026-11-27"),
    ("cuối ngày thứ 6", "no hour 2026-11-27"),
    ("tomorrow", "no hour 2026-11-27"),
    ("tomorrow morning", "no hour 2026-11-27"),
    ("tonight", "no hour 2026-11-26"),
    ("đầu tuần sau", "no hour 2026-11-30"),
    ("early next week", "no hour 2026-11-30"),
    ("cuối tháng", "no hour 2026-11-30"),
    ("end of the month", "no hour 2026-11-30"),
    ("cuối tháng sau", "no hour 2026-12-31"),
    ("cuối tháng 12", "no hour 2026-12-31"),
    ("đầu tháng sau", "no hour 2026-12-01"),
    ("cuối tuần", "either day 2026-11-27 | 2026-11-28 | 2026-11-29"),
    ("cuối tuần sau", "either day 2026-12-04 | 2026-12-05 | 2026-12-06"),
    ("weekend", "either day 2026-11-28 | 2026-11-29"),
    ("trong tuần này", "either day 2026-11-26 | 2026-11-27 | 2026-11-28 | 2026-11-29"),
    (
        "tuần sau",
        "either day 2026-11-30 | 2026-12-01 | 2026-12-02 | 2026-12-03 | 2026-12-04 | 2026-12-05 | 2026-12-06",
    ),
    ("hết ngày", "2026-11-26 23:59"),
    ("trước khi hết ngày", "2026-11-26 23:59"),
    ("trong ngày", "2026-11-26 23:59"),
    ("trong hôm nay", "2026-11-26 23:59"),
    ("trong ngày mai", "2026-11-27 23:59"),
    ("hết thứ 6", "2026-11-27 23:59"),
    ("hết tháng", "2026-11-30 23:59"),
    // Weekdays.
    ("thứ Ba", "no hour 2026-12-01"),
    ("thứ Ba tuần sau", "no hour 2026-12-01"),
    ("thu ba tuan sau", "no hour 2026-12-01"),
    ("thứ Sáu", "no hour 2026-11-27"),
    ("thu sau", "no hour 2026-11-27"),
    ("thu sau tuan sau", "no hour 2026-12-04"),
    ("thứ 6 tới", "no hour 2026-11-27"),
    ("thu 6 toi", "no hour 2026-11-27"),
    ("tối thứ 6", "no hour 2026-11-27"),
    ("thu 7 sang", "no hour 2026-11-28"),
    ("thu 6 toi 9h", "either 2026-11-27 09:00 | 2026-11-27 21:00"),
    ("thứ 6 tới 9h", "2026-11-27 09:00"),
    ("8h tối thứ 6", "2026-11-27 20:00"),
    ("8h toi thu 6", "2026-11-27 20:00"),
    ("9h thứ 2", "2026-11-30 09:00"),
    ("9h sáng thứ Hai tuần sau", "2026-11-30 09:00"),
    ("t7 9h", "2026-11-28 09:00"),
    ("14h T6", "2026-11-27 14:00"),
    ("chủ nhật 9h", "2026-11-29 09:00"),
    ("cn tuần sau 9h", "2026-12-06 09:00"),
    ("9h CN", "2026-11-29 09:00"),
    ("tuần sau thứ tư 10h", "2026-12-02 10:00"),
    ("thứ 6 tuần này trước 17h", "2026-11-27 17:00"),
    ("thứ 3 tuần này", "past 2026-11-24 00:00"),
    ("thứ Năm", "no hour 2026-11-26"),
    ("17h thứ 5", "2026-11-26 17:00"),
    ("9h sáng thứ 5", "2026-12-03 09:00"),
    ("9h thứ 5", "either 2026-11-26 21:00 | 2026-12-03 09:00"),
    ("5h thứ 6", "either 2026-11-27 05:00 | 2026-11-27 17:00"),
    ("12h đêm thứ 6", "2026-11-28 00:00"),
    ("thứ 6 27/11 17h", "2026-11-27 17:00"),
    ("thứ 2 tuần sau nữa 9h", "2026-12-07 09:00"),
    ("Friday 5pm", "2026-11-27 17:00"),
    ("on Friday before 17:00", "2026-11-27 17:00"),
    ("Thu 5pm", "2026-11-26 17:00"),
    ("Fri", "no hour 2026-11-27"),
    ("this Friday at noon", "2026-11-27 12:00"),
    ("next Tuesday 9am", "2026-12-01 09:00"),
    ("next Friday 5pm", "either 2026-11-27 17:00 | 2026-12-04 17:00"),
    ("next Friday", "either day 2026-11-27 | 2026-12-04"),
    ("next Thursday", "no hour 2026-12-03"),
    ("Tuesday of next week 3pm", "2026-12-01 15:00"),
    ("by Monday morning", "no hour 2026-11-30"),
    // Dates.
    ("24/11", "past 2026-11-24 00:00"),
    ("27/11", "no hour 2026-11-27"),
    ("ngày 27/11 9h", "2026-11-27 09:00"),
    ("9h 27-11", "2026-11-27 09:00"),
    ("17h 27/11/2026", "2026-11-27 17:00"),
    ("17h 27.11.2026", "2026-11-27 17:00"),
    ("27/11/26 14h", "2026-11-27 14:00"),
    ("27 tháng 11 14h", "2026-11-27 14:00"),
    ("ngay 27 thang 11 nam 2026 14h", "2026-11-27 14:00"),
    ("ngày hai mươi bảy tháng mười một lúc 14h", "2026-11-27 14:00"),
    ("5/2", "no hour 2027-02-05"),
    ("1/10", "past 2026-10-01 00:00"),
    ("1/8", "no hour 2027-08-01"),
    ("29/2", "no hour 2028-02-29"),
    ("mùng 5", "no hour 2026-12-05"),
    ("9h mùng 5", "2026-12-05 09:00"),
    ("ngày 5 tháng sau", "no hour 2026-12-05"),
    ("10h ngay 5 thang sau", "2026-12-05 10:00"),
    ("ngày 31", "no hour 2026-12-31"),
    ("2026-11-27", "no hour 2026-11-27"),
    ("2026-11-27T17:00", "2026-11-27 17:00"),
    ("24 Dec", "no hour 2026-12-24"),
    ("December 24th", "no hour 2026-12-24"),
    ("Dec 24, 5pm", "2026-12-24 17:00"),
    ("24th of December 2026 at 9am", "2026-12-24 09:00"),
    ("the 5th", "no hour 2026-12-05"),
    ("5pm 24/11", "past 2026-11-24 17:00"),
    // Spans.
    ("in 2 hours", "2026-11-26 12:00"),
    ("2 hours from now", "2026-11-26 12:00"),
    ("2 hours", "2026-11-26 12:00"),
    ("in half an hour", "2026-11-26 10:30"),
    ("in an hour and a half", "2026-11-26 11:30"),
    ("in 1.5 hours", "2026-11-26 11:30"),
    ("in 90 min", "2026-11-26 11:30"),
    ("in 1h30m", "2026-11-26 11:30"),
    ("within 24h", "2026-11-27 10:00"),
    ("within the next 2 hours", "2026-11-26 12:00"),
    ("a week from now", "2026-12-03 10:00"),
    ("in 3 days at 5pm", "2026-11-29 17:00"),
    ("in two weeks", "2026-12-10 10:00"),
    ("in a month", "2026-12-26 10:00"),
    ("trong 2 tiếng", "2026-11-26 12:00"),
    ("2 tiếng nữa", "2026-11-26 12:00"),
    ("hai tieng nua", "2026-11-26 12:00"),
    ("nửa tiếng nữa", "2026-11-26 10:30"),
    ("nua tieng nua", "2026-11-26 10:30"),
    ("1 tiếng rưỡi nữa", "2026-11-26 11:30"),
    ("1 tieng ruoi nua", "2026-11-26 11:30"),
    ("tiếng rưỡi nữa", "2026-11-26 11:30"),
    ("1h30 nữa", "2026-11-26 11:30"),
    ("1,5 tiếng nữa", "2026-11-26 11:30"),
    ("sau 30 phút", "2026-11-26 10:30"),
    ("30p nữa", "2026-11-26 10:30"),
    ("30 phút", "2026-11-26 10:30"),
    ("hai mươi phút nữa nhé", "2026-11-26 10:20"),
    ("2h nữa", "2026-11-26 12:00"),
    ("trong vòng 24 giờ", "2026-11-27 10:00"),
    ("trong 24 giờ tới", "2026-11-27 10:00"),
    ("khoảng 2 tiếng nữa ạ", "2026-11-26 12:00"),
    ("3 ngày nữa", "2026-11-29 10:00"),
    ("9h sáng 3 ngày nữa", "2026-11-29 09:00"),
    ("2 tuần nữa", "2026-12-10 10:00"),
    ("nửa ngày nữa", "2026-11-26 22:00"),
    ("sau 5h", "either 2026-11-26 15:00 | 2026-11-26 17:00"),
    ("sau 17h", "either 2026-11-26 17:00 | 2026-11-27 03:00"),
    ("sau 2 tiếng", "2026-11-26 12:00"),
    ("sau 24h", "2026-11-27 10:00"),
    // Windows are kept by their end.
    ("từ 8h đến 10h sáng mai", "2026-11-27 10:00"),
    ("tu 8h den 10h sang mai", "2026-11-27 10:00"),
    ("sáng mai từ 8h đến 10h", "2026-11-27 10:00"),
    ("từ 2h chiều đến 4h", "2026-11-26 16:00"),
    ("chiều mai đến 4h", "2026-11-27 16:00"),
    ("8h-10h sáng mai", "2026-11-27 10:00"),
    ("8-10h sáng mai", "2026-11-27 10:00"),
    ("14h–16h", "2026-11-26 16:00"),
    ("từ nay đến thứ 6", "no hour 2026-11-27"),
    ("from now until Friday", "no hour 2026-11-27"),
    ("từ nay đến 1h sáng", "2026-11-27 01:00"),
    ("từ 10h tối đến 2h sáng", "2026-11-27 02:00"),
    ("từ 10h tối mai đến 2h sáng", "2026-11-28 02:00"),
    ("từ 14h đến 13h", "unread"),
    ("tu 10h den 3h chieu thu 6", "2026-11-27 15:00"),
    ("9h - 27/11", "2026-11-27 09:00"),
    ("ngay 5 thang sau", "no hour 2026-12-05"),
    ("từ 8h", "unread"),
    ("từ 8h đến", "unread"),
    ("giữa tuần", "unread"),
    ("từ giờ đến 17h", "2026-11-26 17:00"),
    ("giữa 14h và 16h", "2026-11-26 16:00"),
    ("between 8 and 10am tomorrow", "2026-11-27 10:00"),
    ("from 2 to 4pm", "2026-11-26 16:00"),
    ("2pm - 4pm", "2026-11-26 16:00"),
    // Not understood.
    ("", "unread"),
    ("thứ 9", "unread"),
    ("thứ 8", "unread"),
    ("thứ 1", "unread"),
    ("32/13", "unread"),
    ("11/24", "unread"),
    ("30/2", "unread"),
    ("25h", "unread"),
    ("17:60", "unread"),
    ("24h30", "unread"),
    ("14h sáng", "unread"),
    ("13am", "unread"),
    ("sớm nhất có thể", "unread"),
    ("asap", "unread"),
    ("soon", "unread"),
    ("ngay", "unread"),
    ("chút nữa", "unread"),
    ("lát nữa", "unread"),
    ("vài tiếng nữa", "unread"),
    ("a few hours", "unread"),
    ("5", "unread"),
    ("mai 9", "unread"),
    ("trước", "unread"),
    ("tới", "unread"),
    ("nhé", "unread"),
    ("sau 5h chiều", "unread"),
    ("after 5pm", "unread"),
    ("2 ngày trước", "unread"),
    ("3 ngày làm việc", "unread"),
    ("thứ 6 28/11", "unread"),
    ("9h sáng mai em gọi", "unread"),
    ("9h 10h", "unread"),
    ("8 and 10am", "unread"),
    ("tôi mai 8h", "unread"),
    ("0 phút nữa", "unread"),
    ("999999999999 hours", "unread"),
    ("999999999 hours", "unread"),
    ("24/11/9999", "unread"),
    ("300 tuần nữa", "unread"),
];

fn at(zone: Tz, text: &str) -> i64 {
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
    zone.from_local_datetime(&wall).earliest().unwrap().timestamp_millis()
}

fn shown(zone: Tz, reading: &Reading) -> String {
    let instant = |at: &i64| {
        DateTime::from_timestamp_millis(*at)
            .unwrap()
            .with_timezone(&zone)
            .format("%Y-%m-%d %H:%M")
            .to_string()
    };
    let all = |texts: Vec<String>| texts.join(" | ");
    match reading {
        Reading::At(at) => instant(at),
        Reading::Either(instants) => format!("either {}", all(instants.iter().map(instant).collect())),
        Reading::NoHour(day) => format!("no hour {day}"),
        Reading::EitherDay(days) => {
            format!("either day {}", all(days.iter().map(ToString::to_string).collect()))
        }
        Reading::Past(at) => format!("past {}", instant(at)),
        Reading::Unread => "unread".to_owned(),
    }
}

/// Reads every phrase and names all that are read otherwise than expected.
fn check(zone: Tz, now: &str, phrases: &[(&str, &str)]) {
    let now_at = at(zone, now);
    let wrong: Vec<String> = phrases
        .iter()
        .filter_map(|(phrase, expected)| {
            let reading = shown(zone, &read(phrase, zone, now_at));
            (reading != *expected).then(|| format!("{phrase:?}: expected {expected}, read {reading}"))
        })
        .collect();
    assert!(wrong.is_empty(), "at {now}, {} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_staff_type_is_read() {
    println!("{} phrases", PHRASES.len());
    check(SAIGON, NOW, PHRASES);
}

#[test]
fn before_dawn_both_halves_of_the_day_lie_ahead() {
    check(
        SAIGON,
        "2026-11-26 03:00",
        &[
            ("5h", "either 2026-11-26 05:00 | 2026-11-26 17:00"),
            ("2h", "2026-11-26 14:00"),
            ("9h sáng", "2026-11-26 09:00"),
            ("sáng nay", "no hour 2026-11-26"),
            ("2h sáng", "2026-11-27 02:00"),
        ],
    );
}

#[test]
fn on_a_sunday_the_week_is_nearly_over() {
    check(
        SAIGON,
        "2026-11-29 10:00",
        &[
            ("thứ 2", "no hour 2026-11-30"),
            ("thứ 2 tuần sau 9h", "2026-11-30 09:00"),
            ("thứ 2 tuần này", "past 2026-11-23 00:00"),
            ("chủ nhật", "no hour 2026-11-29"),
            ("chủ nhật tới", "no hour 2026-12-06"),
            ("next Sunday", "no hour 2026-12-06"),
            ("next Monday 9am", "2026-11-30 09:00"),
            ("9h CN", "either 2026-11-29 21:00 | 2026-12-06 09:00"),
            ("cuối tuần", "no hour 2026-11-29"),
            ("đầu tuần", "no hour 2026-11-30"),
            ("tuần này", "no hour 2026-11-29"),
        ],
    );
}

#[test]
fn late_in_the_evening_the_night_is_tomorrow() {
    check(
        SAIGON,
        "2026-11-26 23:30",
        &[
            ("1h sáng", "2026-11-27 01:00"),
            ("0h", "2026-11-27 00:00"),
            ("12h đêm", "2026-11-27 00:00"),
            ("24h", "2026-11-27 00:00"),
            ("8h", "past 2026-11-26 20:00"),
            ("8h sáng", "past 2026-11-26 08:00"),
            ("8h sáng mai", "2026-11-27 08:00"),
            ("chiều nay", "past 2026-11-26 19:00"),
            ("30 phút nữa", "2026-11-27 00:00"),
            ("hết ngày", "2026-11-26 23:59"),
            ("trưa", "past 2026-11-26 14:00"),
        ],
    );
}

#[test]
fn at_the_end_of_a_month_and_a_year_dates_roll_over() {
    check(
        SAIGON,
        "2026-12-31 15:00",
        &[
            ("mai 9h", "2027-01-01 09:00"),
            ("ngày 1", "no hour 2027-01-01"),
            ("ngày 31 tháng này 17h", "2026-12-31 17:00"),
            ("9h sáng ngày 31", "2027-01-31 09:00"),
            ("ngày 31 tháng sau", "no hour 2027-01-31"),
            ("1/1", "no hour 2027-01-01"),
            ("cuối tháng", "no hour 2026-12-31"),
            ("24/11", "past 2026-11-24 00:00"),
            ("2 tháng nữa", "2027-02-28 15:00"),
        ],
    );
    check(SAIGON, "2027-01-05 09:00", &[("24/11", "past 2026-11-24 00:00"), ("1/11", "no hour 2027-11-01")]);
}

#[test]
fn summer_time_skips_and_repeats_hours() {
    check(
        BERLIN,
        "2026-03-28 12:00",
        &[
            ("02:30 tomorrow", "2026-03-29 03:00"),
            ("03:30 tomorrow", "2026-03-29 03:30"),
            ("in 24 hours", "2026-03-29 13:00"),
            ("1 day from now", "2026-03-29 12:00"),
        ],
    );
    let now = at(BERLIN, "2026-10-24 12:00");
    // 02:30 comes twice, first in summer time (UTC+2).
    let first = DateTime::parse_from_rfc3339("2026-10-25T02:30:00+02:00").unwrap().timestamp_millis();
    assert_eq!(read("02:30 tomorrow", BERLIN, now), Reading::At(first));
    assert_eq!(read("2h30 sáng mai", BERLIN, now), Reading::At(first));
}

#[test]
fn long_and_strange_texts_are_unread() {
    let now = at(SAIGON, NOW);
    let strange =
        ["tối ".repeat(30), "toi ".repeat(29), "9h ".repeat(40), "mai ".repeat(10_000), "1".repeat(120)];
    for text in &strange {
        assert_eq!(read(text, SAIGON, now), Reading::Unread, "{text:.40}");
    }
    for text in
        ["\u{0}", "９h", "٩h", "9h\u{301}\u{301}", "💥", "-5h", "4294967296h", "2147483648/1", "h", ":", "//"]
    {
        assert_eq!(read(text, SAIGON, now), Reading::Unread, "{text:?}");
    }
    for now in [i64::MIN, -1, i64::MAX] {
        assert_eq!(read("mai 9h", SAIGON, now), Reading::Unread);
    }
}

#[test]
fn no_mix_of_words_fails_and_every_answer_keeps_its_promise() {
    let words: Vec<&str> =
        PHRASES.iter().flat_map(|(phrase, _)| phrase.split(' ')).filter(|word| !word.is_empty()).collect();
    // A plain linear congruential generator: the same mixes in every run.
    let mut seed: u64 = 7;
    let mut draw = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let nows = [at(SAIGON, NOW), at(SAIGON, "2028-02-29 23:59"), 0, 253_370_764_799_999];
    let mut read_count = 0;
    for _ in 0..4_000 {
        let length = 1 + draw(6);
        let text = (0..length).map(|_| words[draw(words.len())]).collect::<Vec<_>>().join(" ");
        let now = nows[draw(nows.len())];
        match read(&text, SAIGON, now) {
            Reading::At(at) => assert!(at > now, "{text}"),
            Reading::Either(instants) => {
                assert!((2..=4).contains(&instants.len()) && instants.is_sorted(), "{text}: {instants:?}");
                assert!(instants[0] > now, "{text}");
            }
            Reading::EitherDay(days) => assert!(days.len() >= 2 && days.is_sorted(), "{text}: {days:?}"),
            Reading::Past(at) => assert!(at <= now, "{text}"),
            Reading::NoHour(_) => {}
            Reading::Unread => continue,
        }
        read_count += 1;
    }
    assert!(read_count > 100, "too few of the mixes mean anything: {read_count}");
}
