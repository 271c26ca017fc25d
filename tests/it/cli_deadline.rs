//! `deadline` as it is typed: what a deadline comes to, and calendars tested against cases.

use std::fs;
use std::path::Path;

use crate::cli::{configure, program, run};

const OFFICE: &str = r#"{"cal": "office", "tz": "Asia/Ho_Chi_Minh", "week": {"mon": [["08:00", "12:00"], ["13:30", "24:00"]]}, "hol": ["2026-11-30", "01-01"], "shifts": {"2026-12-01": [["08:00", "12:00"]]}, "breaks": {"2026-12-01": [["09:00", "10:00"]]}}"#;

/// One case of each question, all of them right.
const RIGHT: &str = r#"
{"id": "A1", "fn": "due", "cal": "office", "tz": "Asia/Ho_Chi_Minh", "start": "2026-11-23 11:55:00", "target_s": 600, "due": "2026-11-23 13:35:00", "due_utc": "2026-11-23T06:35:00Z"}
{"id": "A2", "fn": "due", "cal": "office", "tz": "UTC", "start": "2026-11-23 04:50:00", "target_s": 600, "due": "2026-11-23 05:00:00", "breach_at": "2026-11-23 06:30:00"}

{"id": "A3", "fn": "due", "cal": "office", "tz": "UTC", "start": "2026-11-23 02:00:00", "target_s": 7200, "pauses": [["2026-11-23 03:00:00", null]], "due": null}
{"id": "A4", "fn": "due", "cal": "office", "tz": "UTC", "start": "2026-11-23 02:00:00", "target_s": null, "due": null}
{"id": "A5", "fn": "elapsed", "cal": "office", "tz": "Asia/Ho_Chi_Minh", "from": "2026-11-30 00:00:00", "to": "2026-12-02 00:00:00", "elapsed_s": 10800}
{"id": "A6", "fn": "before", "cal": "office", "tz": "Asia/Ho_Chi_Minh", "at": "2026-12-01 10:30:00", "lead_s": 3600, "result": "2026-12-01 08:30:00"}
{"id": "A7", "fn": "days", "cal": "office", "tz": "Asia/Ho_Chi_Minh", "start": "2026-11-23 09:00:00", "n": 1, "end_of_day": true, "result": "2026-12-01 12:00:00"}
{"id": "A8", "fn": "legal_days", "cal": "vn-office", "tz": "Asia/Ho_Chi_Minh", "start": "2026-11-23 16:30:00", "n": 2, "end_exclusive": "2026-11-27 00:00:00"}
"#;

fn tested(folder: &Path, calendars: &str, cases: &str) -> (Option<i32>, String, String) {
    fs::write(folder.join("calendars.jsonl"), calendars).expect("the file can be written");
    fs::write(folder.join("cases.jsonl"), cases).expect("the file can be written");
    run(folder, &["deadline", "test", "--calendars", "calendars.jsonl", "cases.jsonl"])
}

fn explained(arguments: &[&str]) -> (Option<i32>, String, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    run(folder.path(), &[&["deadline", "explain"], arguments].concat())
}

#[test]
fn cases_that_hold_are_counted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let told = tested(folder.path(), OFFICE, RIGHT);
    // Working days from Monday the 23rd: the 24th is a holiday, so that the second ends with Thursday.
    assert_eq!(told, (Some(0), "8 passed, 0 failed\n".to_owned(), String::new()));
}

#[test]
fn cases_that_do_not_hold_are_named_with_what_came_out() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let cases = RIGHT
        .replace("\"due\": \"2026-11-23 13:35:00\"", "\"due\": \"2026-11-23 13:36:00\"")
        .replace(", \"breach_at\": \"2026-11-23 06:30:00\"", "")
        .replace("\"target_s\": 7200, \"pauses\": [[\"2026-11-23 03:00:00\", null]]", "\"target_s\": 60")
        .replace("\"elapsed_s\": 10800", "\"elapsed_s\": 10801")
        .replace("2026-11-27 00:00:00", "2026-11-26 00:00:00");
    let (code, out, err) = tested(folder.path(), OFFICE, &cases);
    let expected = [
        "A1 FAIL expected due 2026-11-23 13:36:00 (2026-11-23 06:35:00Z) got due 2026-11-23 13:35:00 (2026-11-23 06:35:00Z)",
        "A2 FAIL expected due 2026-11-23 05:00:00 got due 2026-11-23 05:00:00 breach 2026-11-23 06:30:00",
        "A3 FAIL expected due none got due 2026-11-23 02:01:00",
        "A5 FAIL expected 10801 s got 10800 s",
        "A8 FAIL expected 2026-11-26 00:00:00 got 2026-11-27 00:00:00",
        "3 passed, 5 failed",
    ];
    assert_eq!(out.lines().collect::<Vec<_>>(), expected);
    assert_eq!((code, err.as_str()), (Some(1), ""));
}

#[test]
fn the_utc_of_a_case_counts_too() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (code, out, _) = tested(folder.path(), OFFICE, &RIGHT.replace("T06:35:00Z", "T06:36:00Z"));
    assert_eq!(code, Some(1));
    assert!(out.ends_with("7 passed, 1 failed\n"), "{out}");
}

#[test]
fn a_calendar_of_the_configuration_can_be_tested() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    configure(folder.path(), "");
    fs::create_dir(folder.path().join("config/calendars")).expect("the folder can be made");
    fs::write(
        folder.path().join("config/calendars/shop.toml"),
        "time-zone = \"UTC\"\n[week]\nsat = [\"10:00-14:00\"]\n",
    )
    .expect("the file can be written");
    let case = r#"{"id": "S1", "fn": "due", "cal": "shop", "tz": "UTC", "start": "2026-11-28 13:30:00", "target_s": 3600, "due": "2026-12-05 10:30:00"}"#;
    fs::write(folder.path().join("cases.jsonl"), case).expect("the file can be written");
    let right = (Some(0), "1 passed, 0 failed\n".to_owned(), String::new());
    assert_eq!(run(folder.path(), &["deadline", "test", "cases.jsonl"]), right);
    assert_eq!(run(folder.path(), &["deadline", "test", "cases.jsonl", "--config", "config"]), right);

    fs::write(folder.path().join("config/calendars/shop.toml"), "[week]\nsaturday = []\n")
        .expect("it can be written");
    let (code, out, err) = run(folder.path(), &["deadline", "test", "cases.jsonl"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(
        err.contains(
            "config/calendars/shop.toml: week.saturday: is no day of the week; did you mean sat? (line 2)"
        ),
        "{err}"
    );
}

#[test]
fn a_file_that_cannot_be_used_is_named_with_line_and_key() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let case = r#"{"id": "A1", "fn": "due", "cal": "office", "tz": "UTC", "start": "2026-11-23 08:00:00", "target_s": 60, "due": "2026-11-23 08:01:00"}"#;
    let changes = [
        (
            "\"fn\": \"due\"",
            "\"fn\": \"overdue\"",
            "fn: \"overdue\" is no question; write due, elapsed, before, days or legal_days",
        ),
        (
            "\"cal\": \"office\"",
            "\"cal\": \"ofice\"",
            "cal: \"ofice\" is no calendar; known are always, duty, office, vn-office; others are files in calendars/",
        ),
        ("\"target_s\": 60, ", "", "target_s: is missing; write a whole number, 0 or more"),
        (
            "\"target_s\": 60",
            "\"target_s\": -60",
            "target_s: -60 is not a number of seconds; write a whole number, 0 or more",
        ),
        (
            "\"target_s\": 60",
            "\"target_s\": \"1m\"",
            "target_s: \"1m\" is not a number of seconds; write a whole number, 0 or more",
        ),
        (
            "\"start\": \"2026-11-23 08:00:00\"",
            "\"start\": \"23/11/2026\"",
            "start: \"23/11/2026\" is not a time; write e.g. 2026-11-26 16:30, or 2026-11-26T16:30:00+07:00",
        ),
        (
            "\"tz\": \"UTC\"",
            "\"tz\": \"Asia/Saign\"",
            "tz: \"Asia/Saign\" is not a time zone; did you mean Asia/Saigon?",
        ),
        ("\"id\": \"A1\", ", "", "id: is missing; write a text that names the case"),
        (
            ", \"due\": \"2026-11-23 08:01:00\"",
            "",
            "due: is missing; write e.g. 2026-11-26 16:30, or 2026-11-26T16:30:00+07:00",
        ),
        (
            "\"target_s\": 60",
            "\"target_s\": 60, \"pauses\": [[\"2026-11-23 08:00:00\"]]",
            "pauses: [[\"2026-11-23 08:00:00\"]] are not pauses; write e.g. [[\"2026-11-26 17:00:00\", \"2026-11-27 09:00:00\"]], with null for an end while it lasts",
        ),
        (
            "\"target_s\": 60, ",
            "\"target_s\": 60; ",
            "is not JSON: expected `,` or `}` at column 103; write one object a line: {\"…\": …}",
        ),
    ];
    for (from, to, expected) in changes {
        let cases = format!("{case}\n\n{}\n", case.replace(from, to));
        let told = tested(folder.path(), OFFICE, &cases);
        assert_eq!(told, (Some(2), String::new(), format!("cases.jsonl: {expected} (line 3)\n")));
    }
    let changes = [
        ("\"cal\": \"office\", ", "", "cal: is missing; write the calendar's id, e.g. \"office\""),
        ("\"tz\": \"Asia/Ho_Chi_Minh\", ", "", "tz: is missing; write an IANA name such as Asia/Ho_Chi_Minh"),
        (
            "\"mon\"",
            "\"monday\"",
            "week.monday: [[\"08:00\",\"12:00\"],[\"13:30\",\"24:00\"]] stands under what is no day of the week; write mon, tue, wed, thu, fri, sat, sun",
        ),
        (
            "[\"13:30\"",
            "[\"11:30\"",
            "week.mon: [\"11:30\",\"24:00\"] overlaps another one of that day; let each begin where the last has ended",
        ),
        (
            "\"12:00\"], [\"13:30\"",
            "\"25:00\"], [\"13:30\"",
            "week.mon: [\"08:00\",\"25:00\"] is not a stretch of a day; write e.g. [[\"08:00\", \"12:00\"], [\"13:30\", \"24:00\"]]",
        ),
        (
            "2026-11-30",
            "2026-11-31",
            "hol[1]: \"2026-11-31\" is not a date; write e.g. 2027-02-06, or 01-01 for every year",
        ),
    ];
    for (from, to, expected) in changes {
        let told = tested(folder.path(), &OFFICE.replace(from, to), case);
        assert_eq!(told, (Some(2), String::new(), format!("calendars.jsonl: {expected} (line 1)\n")));
    }
    let twice = tested(folder.path(), &format!("{OFFICE}\n{OFFICE}"), case);
    assert!(twice.2.contains("calendars.jsonl: cal: \"office\" stands there twice"), "{twice:?}");

    let told = run(folder.path(), &["deadline", "test", "none.jsonl"]);
    assert_eq!((told.0, told.1.as_str()), (Some(2), ""));
    assert!(told.2.starts_with("none.jsonl: cannot be read ("), "{told:?}");
    fs::write(folder.path().join("latin.jsonl"), b"\n\n{\"id\": \"\xff\"}\n")
        .expect("the file can be written");
    let told = run(folder.path(), &["deadline", "test", "latin.jsonl"]);
    assert_eq!(
        told,
        (
            Some(2),
            String::new(),
            "latin.jsonl: is not UTF-8 (byte 0xff); save it as UTF-8 (line 3)\n".to_owned()
        )
    );
}

#[test]
fn the_week_before_tet_is_explained_day_by_day() {
    let (code, out, err) =
        explained(&["--calendar", "vn-office", "--start", "2027-01-29 16:30", "--target", "28h"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, include_str!("../data/deadline/tet.txt"));
}

#[test]
fn working_days_are_explained_by_the_date() {
    let arguments =
        ["--calendar", "vn-office", "--start", "2026-11-23T09:30:00Z", "--target", "2wd", "--lang", "vi"];
    let (code, out, err) = explained(&arguments);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(out, include_str!("../data/deadline/working-days.txt"));
}

#[test]
fn pauses_closing_times_and_clocks_that_change_are_told() {
    let pauses =
        ["--pause", "2026-11-26 09:00..2026-11-26 09:30:15", "--pause", "2026-11-26 11:00..2026-11-26 14:00"];
    let (_, out, _) = explained(
        &[&["--calendar", "vn-office", "--start", "2026-11-26 08:00", "--target", "2h29m45s"], &pauses[..]]
            .concat(),
    );
    assert_eq!(out, include_str!("../data/deadline/pauses.txt"));

    let (_, out, _) = explained(&[
        "--calendar",
        "duty",
        "--start",
        "2026-11-26 21:50",
        "--target",
        "15m",
        "--pause",
        "2026-11-26 21:55..",
        "--now",
        "2026-11-27 08:00",
    ]);
    assert_eq!(out, include_str!("../data/deadline/open-pause.txt"));

    let (_, out, _) = explained(&[
        "--calendar",
        "always",
        "--zone",
        "Europe/Berlin",
        "--start",
        "2025-10-26 00:30",
        "--target",
        "3h",
    ]);
    assert_eq!(out, include_str!("../data/deadline/fold.txt"));

    let (code, out, _) =
        explained(&["--calendar", "always", "--start", "2026-11-26 21:50", "--target", "0s"]);
    assert_eq!(code, Some(0));
    assert!(out.ends_with("\n\nno deadline:  a target of 0 is a clock that does not run\n"), "{out}");
}

#[test]
fn what_is_typed_wrong_is_named_with_what_would_be_right() {
    let right = "write e.g. 15m, 1h30m, 24h, 7d, or 3wd for three working days";
    for target in ["15 phút", "2d4h30", "-3h", "1.5h", "0.5wd", "-2wd", "wd", "", "15"] {
        let told = explained(&["--calendar", "duty", "--start", "2026-11-26 16:30", "--target", target]);
        let expected = format!("--target: {target:?} is not a duration; {right}\n");
        assert_eq!(told, (Some(2), String::new(), expected));
    }
    let told = explained(&[
        "--calendar",
        "office",
        "--start",
        "26/11 16:30",
        "--target",
        "3wd",
        "--zone",
        "asia/ho_chi_minh",
        "--pause",
        "2026-11-26 17:00",
        "--now",
        "now",
    ]);
    let expected = [
        "--calendar: \"office\" is no calendar; known are always, duty, vn-office; others are files in calendars/",
        "--zone: \"asia/ho_chi_minh\" is not a time zone; did you mean Asia/Ho_Chi_Minh?",
        "--start: \"26/11 16:30\" is not a time; write e.g. 2026-11-26 16:30, or 2026-11-26T16:30:00+07:00",
        "--now: \"now\" is not a time; write e.g. 2026-11-26 16:30, or 2026-11-26T16:30:00+07:00",
        "--pause: \"2026-11-26 17:00\" is not a pause; write e.g. \"2026-11-26 17:00..2026-11-27 09:00\", or \"2026-11-26 17:00..\" while it lasts",
        "--pause: working days by law are not paused; leave it out, or name a target such as 24h",
    ];
    assert_eq!(told.2.lines().collect::<Vec<_>>(), expected);
    assert_eq!((told.0, told.1.as_str()), (Some(2), ""));

    let folder = tempfile::tempdir().expect("a temporary folder");
    let asked =
        ["deadline", "explain", "--calendar", "duty", "--start", "2026-11-26 16:30", "--target", "15m"];
    let told = run(folder.path(), &[&asked[..], &["--config", "none"]].concat());
    assert_eq!(
        (told.0, told.2.as_str()),
        (Some(2), "--config: \"none\" is no folder; name the one that holds langnghe.toml\n")
    );
    configure(folder.path(), "[desk]\nlocale = \"fr\"\n");
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let output =
        program(elsewhere.path()).args(asked).env("LANGNGHE_CONFIG", folder.path().join("config")).output();
    let output = output.expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("desk.locale"),
        "the configuration must be right"
    );
}
