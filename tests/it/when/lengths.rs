//! Lengths of time as people type them.

use langnghe::language::when::length;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

#[test]
fn faults_i6_lengths_are_read_as_people_type_them() {
    for (text, ms) in [
        ("15m", 15 * MINUTE),
        ("1h30m", 90 * MINUTE),
        ("2h", 2 * HOUR),
        ("24h", 24 * HOUR),
        ("30p", 30 * MINUTE),
        ("30 phút", 30 * MINUTE),
        ("30'", 30 * MINUTE),
        ("2 tiếng", 2 * HOUR),
        ("2 tieng", 2 * HOUR),
        ("hai tiếng nữa nhé", 2 * HOUR),
        ("nửa tiếng", 30 * MINUTE),
        ("nữa tiếng", 30 * MINUTE),
        ("1 tiếng rưỡi", 90 * MINUTE),
        ("tiếng rưỡi", 90 * MINUTE),
        ("1h30", 90 * MINUTE),
        ("1 tiếng 15 phút", 75 * MINUTE),
        ("1 giờ", HOUR),
        ("khoảng 45 phút", 45 * MINUTE),
        ("1,5 tiếng", 90 * MINUTE),
        ("2 hours", 2 * HOUR),
        ("half an hour", 30 * MINUTE),
        ("an hour and a half", 90 * MINUTE),
        ("in 90 min", 90 * MINUTE),
        ("a couple of hours", 2 * HOUR),
        ("1 ngày", 24 * HOUR),
        ("2 hôm", 48 * HOUR),
    ] {
        assert_eq!(length(text), Some(ms), "{text}");
    }
    for text in [
        "",
        "15",
        "tiếng",
        "vài tiếng",
        "2 tiếng 3 tiếng",
        "9h sáng mai",
        "3 ngày làm việc",
        "-5m",
        "2 tiếng trước",
    ] {
        assert_eq!(length(text), None, "{text}");
    }
}
