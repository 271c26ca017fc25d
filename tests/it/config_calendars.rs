//! Calendars that no desk can run by: each is refused by file, key and line, with what would be right.

use std::fs;

use chrono::NaiveDate;
use langnghe::cli::check::check;
use langnghe::config::{Config, Env};
use langnghe::sla::calendar::{Calendar, running_out};

use crate::config::{TODAY, folder_with, problems_in, problems_of};

/// What is wrong (the number is the rule's), the file, and how the refusal reads after the file's name.
const REFUSED: &[(&str, &str, &str)] = &[
    (
        "K01 no week",
        "time-zone = \"UTC\"\n",
        "week: is missing; write hours for at least one day, e.g. mon = [\"08:00-17:00\"] (line 1)",
    ),
    (
        "K01 an empty week",
        "time-zone = \"UTC\"\n\n[week]\nmon = []\n[dates]\n2027-01-04 = []\n",
        "week: holds no hours; write hours for at least one day, e.g. mon = [\"08:00-17:00\"] (line 3)",
    ),
    (
        "K02 open = close",
        "[week]\nmon = [\"08:00-12:00\",\n       \"13:00-13:00\"]\n",
        "week.mon[2]: \"13:00-13:00\" opens and closes at the same time; leave it out, or write 00:00-24:00 for the whole day (line 3)",
    ),
    (
        "K03 close before open",
        "[week]\nmon = [\"08:00-17:00\"]\ntue = [\"22:00-06:00\"]\n",
        "week.tue[1]: \"22:00-06:00\" ends before it begins; write a night as two: 22:00-24:00, and 00:00-06:00 the day after (line 3)",
    ),
    (
        "K03 midnight is 24:00",
        "[week]\nmon = [\"09:00-00:00\"]\n",
        "week.mon[1]: \"09:00-00:00\" ends before it begins; write 24:00 for the end of a day (line 2)",
    ),
    (
        "K04 two overlap",
        "[week]\nmon = [\"08:00-12:00\", \"11:59-17:00\"]\n",
        "week.mon[2]: \"11:59-17:00\" overlaps another one of that day; let each begin where the last has ended (line 2)",
    ),
    (
        "K04 on a date of its own",
        "[week]\nmon = [\"08:00-12:00\"]\n[dates]\n2027-02-05 = [\"08:00-12:00\", \"08:00-12:00\"]\n",
        "dates.2027-02-05[2]: \"08:00-12:00\" overlaps another one of that day; let each begin where the last has ended (line 4)",
    ),
    (
        "K05 25:00",
        "[week]\nmon = [\"09:00-25:00\"]\n",
        "week.mon[1]: \"09:00-25:00\" is not a stretch of a day; write e.g. 08:00-12:00; 24:00 ends a day (line 2)",
    ),
    (
        "K05 18:60",
        "[week]\nmon = [\"09:00-18:60\"]\n",
        "week.mon[1]: \"09:00-18:60\" is not a stretch of a day; write e.g. 08:00-12:00; 24:00 ends a day (line 2)",
    ),
    (
        "K05 9",
        "[week]\nmon = [\"9-17\"]\n",
        "week.mon[1]: \"9-17\" is not a stretch of a day; write e.g. 08:00-12:00; 24:00 ends a day (line 2)",
    ),
    (
        "K05 in a break",
        "[week]\nmon = [\"09:00-17:00\"]\n[breaks]\n2027-03-08 = [\"9\"]\n",
        "breaks.2027-03-08[1]: \"9\" is not a stretch of a day; write e.g. 08:00-12:00; 24:00 ends a day (line 4)",
    ),
    (
        "K06 a number",
        "[week]\nmon = [\"09:00-17:00\"]\n7 = [\"09:00-17:00\"]\n",
        "week.7: is no day of the week; write mon, tue, wed, thu, fri, sat, sun (line 3)",
    ),
    (
        "K06 written out",
        "[week]\nmonday = [\"09:00-17:00\"]\n",
        "week.monday: is no day of the week; did you mean mon? (line 2)",
    ),
    (
        "K06 in Vietnamese",
        "[week]\ncn = [\"09:00-17:00\"]\n",
        "week.cn: is no day of the week; did you mean sun? (line 2)",
    ),
    (
        "K07 nearly a zone",
        "time-zone = \"Asia/Hochiminh\"\n[week]\nmon = [\"09:00-17:00\"]\n",
        "time-zone: \"Asia/Hochiminh\" is not a time zone; did you mean Asia/Ho_Chi_Minh? (line 1)",
    ),
    (
        "K07 no zone",
        "# of the other planet\ntime-zone = \"Mars/Olympus\"\n[week]\nmon = [\"09:00-17:00\"]\n",
        "time-zone: \"Mars/Olympus\" is not a time zone; write an IANA name such as Asia/Ho_Chi_Minh (line 2)",
    ),
    (
        "K08 no such day",
        "holidays = [\n  \"02-29 kept every year\",\n  \"2026-02-30 Tết\",\n]\n[week]\nmon = [\"09:00-17:00\"]\n",
        "holidays[2]: \"2026-02-30 Tết\" is not a date; write e.g. 2027-02-06, or 01-01 for every year; its name may follow after a space (line 3)",
    ),
    (
        "K08 no such day of any year",
        "holidays = [\"02-30\"]\n[week]\nmon = [\"09:00-17:00\"]\n",
        "holidays[1]: \"02-30\" is not a date; write e.g. 2027-02-06, or 01-01 for every year; its name may follow after a space (line 1)",
    ),
    (
        "K08 as people write it",
        "holidays = [\"6/2/2027 Tết\"]\n[week]\nmon = [\"09:00-17:00\"]\n",
        "holidays[1]: \"6/2/2027 Tết\" is not a date; write e.g. 2027-02-06, or 01-01 for every year; its name may follow after a space (line 1)",
    ),
    (
        "K08 a date of its own",
        "[week]\nmon = [\"09:00-17:00\"]\n[dates]\n2026-02-30 = []\n",
        "dates.2026-02-30: [] stands under what is not a date; name it e.g. 2027-02-06 (line 4)",
    ),
    (
        "K08 the end of the table",
        "known-until = \"2030\"\n[week]\nmon = [\"09:00-17:00\"]\n",
        "known-until: \"2030\" is not a date; write e.g. 2027-12-31 (line 1)",
    ),
    (
        "twice",
        "holidays = [\"2027-02-06 Tết\", \"2027-02-06\"]\n[week]\nmon = [\"09:00-17:00\"]\n",
        "holidays[2]: \"2027-02-06\" names a holiday that is there already; name each once (line 1)",
    ),
    (
        "twice every year",
        "holidays = [\"01-01\", \"01-01 Tết Dương lịch\"]\n[week]\nmon = [\"09:00-17:00\"]\n",
        "holidays[2]: \"01-01 Tết Dương lịch\" names a holiday that is there already; name each once (line 1)",
    ),
    (
        "K16 open on one date",
        "[dates]\n2026-03-02 = [\"08:00-12:00\"]\n",
        "week: is closed for 425 days in a row from 2025-01-01 on; leave no more than 400 days in a row without hours (line 1)",
    ),
    (
        "no TOML",
        "time-zone = \"UTC\"\n[week\n",
        "is not TOML: unclosed table, expected `]`; write it as the shipped file does (line 2)",
    ),
];

#[test]
fn each_is_refused_by_key_and_line() {
    for (rule, text, expected) in REFUSED {
        let problems = problems_of(&[("calendars/office.toml", text)]);
        assert_eq!(problems, [format!("config/calendars/office.toml: {expected}")], "{rule}");
    }
}

#[test]
fn a_closure_of_400_days_is_the_longest() {
    let file = |days: u64| {
        let first = chrono::NaiveDate::from_ymd_opt(2051, 5, 1).expect("a date");
        let dates: Vec<String> = first
            .iter_days()
            .take(usize::try_from(days).expect("few"))
            .map(|date| format!("{date:?}"))
            .collect();
        let week = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
            .map(|day| format!("{day} = [\"09:00-17:00\"]\n"));
        let dates: Vec<String> = dates.iter().map(|date| format!("  \"{date}\",\n")).collect();
        format!("holidays = [\n{}]\n[week]\n{}", dates.concat(), week.concat())
    };
    assert_eq!(problems_of(&[("calendars/office.toml", &file(400))]), [""; 0]);
    let problems = problems_of(&[("calendars/office.toml", &file(401))]);
    let expected = "config/calendars/office.toml: week: is closed for 401 days in a row from 2051-05-01 on; leave no more than 400 days in a row without hours (line 404)";
    assert_eq!(problems, [expected]);
}

#[test]
fn a_file_in_another_encoding_is_named_with_the_line() {
    let utf16: Vec<u8> = "\u{feff}[week]\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&[u8], &str); 3] = [
        (&utf16, "is UTF-16; save it as UTF-8 (line 1)"),
        // "Tết" as Windows-1258 writes it.
        (
            b"[week]\nmon = [\"09:00-17:00\"] # T\xea\xect\n",
            "is not UTF-8 (byte 0xea); save it as UTF-8 (line 2)",
        ),
        (b"# Asia\n\n\xff", "is not UTF-8 (byte 0xff); save it as UTF-8 (line 3)"),
    ];
    for (bytes, expected) in cases {
        for name in ["calendars/office.toml", "langnghe.toml"] {
            let folder = folder_with(&[(name, "")]);
            fs::write(folder.path().join(name), bytes).expect("the file can be written");
            assert_eq!(problems_in(&folder), [format!("config/{name}: {expected}")]);
        }
    }
    let folder = folder_with(&[("calendars/office.toml", "\u{feff}[week]\nmon = [\"08:00-12:00\"]\n")]);
    assert!(Config::load(folder.path(), &Env::default()).is_ok(), "a byte order mark does no harm");
}

#[test]
fn a_date_with_hours_of_its_own_may_be_a_holiday() {
    let text = "holidays = [\"2027-02-05 Giao thừa\"]\n[week]\nfri = [\"08:00-17:00\"]\n[dates]\n2027-02-05 = [\"08:00-12:00\"]\n";
    assert_eq!(problems_of(&[("calendars/office.toml", text)]), [""; 0]);
}

#[test]
fn holidays_keep_their_names() {
    let text = "holidays = [\"2027-02-06  Tết Nguyên Đán \", \"01-01 Tết Dương lịch\", \"2027-05-01\"]\n[week]\nmon = [\"08:00-17:00\"]\n";
    let folder = folder_with(&[("calendars/office.toml", text)]);
    let config = Config::load(folder.path(), &Env::default()).expect("a right calendar");
    let calendar = config.policy().calendars["office"].calendar();
    let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
    let named: Vec<_> = calendar.holidays.iter().map(|(date, name)| (*date, name.as_str())).collect();
    assert_eq!(named, [(date("2027-02-06"), "Tết Nguyên Đán"), (date("2027-05-01"), "")]);
    assert_eq!(calendar.yearly_holidays[&(1, 1)], "Tết Dương lịch");
    assert_eq!(calendar.known_until, None);
}

#[test]
fn a_table_asks_for_the_next_a_quarter_ahead() {
    let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
    let until = |text: &str| Calendar { known_until: Some(date(text)), ..Calendar::default() };
    for (known_until, today, asks) in [
        ("2030-12-31", "2030-09-29", false),
        ("2030-12-31", "2030-09-30", true),
        ("2030-12-31", "2030-12-31", true),
        ("2030-12-31", "2031-06-01", true),
        ("2027-05-31", "2027-02-27", false),
        ("2027-05-31", "2027-02-28", true),
    ] {
        let expected = asks.then(|| date(known_until));
        assert_eq!(running_out(&until(known_until), date(today)), expected, "{known_until} on {today}");
    }
    assert_eq!(running_out(&Calendar::default(), date("2030-12-31")), None);
}

#[test]
fn check_warns_of_a_table_that_ends_and_all_is_well_nevertheless() {
    let text = "known-until = \"2026-12-31\"\n[week]\nmon = [\"08:00-17:00\"]\n";
    let folder = folder_with(&[("calendars/office.toml", text)]);
    let warning =
        "warning: calendars/office: its holidays are known until 2026-12-31; add the next year's table\n";
    let checked = check(folder.path(), Ok(Env::default()), TODAY);
    assert_eq!(checked.code, 0);
    assert!(checked.text.ends_with(&format!(" (default)\n{warning}")), "{}", checked.text);
    assert!(!checked.text.contains("vn-office: its"), "{}", checked.text);
    let in_summer = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a date");
    assert!(!check(folder.path(), Ok(Env::default()), in_summer).text.contains("warning"));
    let in_2030 = NaiveDate::from_ymd_opt(2030, 10, 1).expect("a date");
    assert!(
        check(folder.path(), Ok(Env::default()), in_2030)
            .text
            .contains("calendars/vn-office: its holidays are known until 2030-12-31")
    );
}
