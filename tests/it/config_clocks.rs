//! Clocks and policies that no desk can run by: each refused by file, key and line, with what would be right.

use std::fs;

use langnghe::config::{Config, Env};
use langnghe::kernel::severity::Severity;
use langnghe::sla::clocks::{Addressee, ClockKind, NudgeAt, Target};

/// What is wrong with a `langnghe.toml` of this text.
fn problems(text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("langnghe.toml"), text).unwrap();
    match Config::load(folder.path(), &Env::default()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems
            .iter()
            .map(|problem| problem.to_string().replace(&format!("{}/", folder.path().display()), ""))
            .collect(),
    }
}

fn loaded(text: &str) -> Config {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("langnghe.toml"), text).unwrap();
    Config::load(folder.path(), &Env::default()).unwrap()
}

const TWO_DEFAULTS: &str = "[policies.a]\ndefault = true\n[policies.b]\ndefault = true\n";
const CIRCLE: &str =
    "[policies.a]\nseverity = [\"high\"]\nfalls-back = \"b\"\n[policies.b]\nfalls-back = \"a\"\n";
const LONG_CIRCLE: &str = "[policies.a]\nseverity = [\"high\"]\nfalls-back = \"b\"\n[policies.b]\nfalls-back = \"c\"\n[policies.c]\nfalls-back = \"a\"\n";
const OWN_CIRCLE: &str = "[policies.a]\nseverity = [\"high\"]\nfalls-back = \"a\"\n";
const EAGER_UPDATE: &str = "[clocks.update]\ntarget = \"5m\"\nbefore-first-reply = true\nnudges = []\n";

#[test]
fn each_is_refused_by_key_and_line() {
    let cases = [
        ("K09", "[clocks.reply]\ntarget = \"-3h\"\n", "clocks.reply.target: \"-3h\" is not a duration", 2),
        (
            "K09",
            "[clocks.reply]\ntarget = \"15 phút\"\n",
            "clocks.reply.target: \"15 phút\" is not a duration",
            2,
        ),
        (
            "K09",
            "[clocks.reply]\ntarget = \"2d4h30\"\n",
            "clocks.reply.target: \"2d4h30\" is not a duration",
            2,
        ),
        (
            "K09",
            "[clocks.cause]\ntarget = \"0wd\"\n",
            "clocks.cause.target: \"0wd\" is no number of working days",
            2,
        ),
        (
            "K10",
            "[clocks.reply]\nnudges = [\"100%\"]\n",
            "clocks.reply.nudges[1]: \"100%\" does not come before",
            2,
        ),
        (
            "K10",
            "[clocks.reply]\nnudges = [\"15m\"]\n",
            "clocks.reply.nudges[1]: \"15m\" does not come before",
            2,
        ),
        (
            "K10",
            "[clocks.reply]\nnudges = [\"20m left\"]\n",
            "clocks.reply.nudges[1]: \"20m left\" does not come",
            2,
        ),
        (
            "K11",
            "[clocks.reply]\nladder = [\"1h\"]\n",
            "clocks.reply.ladder[1]: \"1h\" names nobody; write e.g. 1h manager",
            2,
        ),
        ("K11", "[clocks.reply]\nladder = [\"1h  \"]\n", "clocks.reply.ladder[1]: \"1h  \" names nobody", 2),
        (
            "K11",
            "[clocks.reply]\nladder = [\"1h sếp\"]\n",
            "clocks.reply.ladder[1]: \"1h sếp\" names nobody we know",
            2,
        ),
        (
            "K12",
            TWO_DEFAULTS,
            "policies.b: a section is a second default; policies.a is the default already",
            3,
        ),
        ("K13", CIRCLE, "closes a circle; a, b would fall back for ever", 5),
        ("K13", LONG_CIRCLE, "closes a circle; a, b, c would fall back for ever", 7),
        ("K13", OWN_CIRCLE, "policies.a.falls-back: \"a\" closes a circle", 3),
        (
            "K14",
            EAGER_UPDATE,
            "clocks.update.target: \"5m\" has an update target shorter than that of the first reply; write 15m or more",
            2,
        ),
        (
            "K15",
            "[clocks.written-answer]\ntarget = \"16h\"\n",
            "counts hours where the law counts working days; write e.g. 3wd",
            2,
        ),
        (
            "pauses",
            "[clocks.refusal]\npauses = true\n",
            "clocks.refusal.pauses: true pauses what goes on by law",
            2,
        ),
        ("pauses", "[clocks.promise]\npauses = true\n", "clocks.promise.pauses: true pauses what goes on", 2),
        ("promise", "[clocks.promise]\ntarget = \"1h\"\n", "is no target of a promise; leave it out", 2),
        (
            "typo",
            "[policies.urgent]\nseverty = [\"high\"]\n",
            "policies.urgent.severty: there is no such key; did you mean severity?",
            2,
        ),
        (
            "typo",
            "[policies.urgent]\nseverity = [\"urgent\"]\n",
            "\"urgent\" is no severity; write low, normal, high or critical",
            2,
        ),
        ("typo", "[policies.urgent]\ncategory = [\"biling\"]\n", "\"biling\" is no category; known are", 2),
        (
            "typo",
            "[policies.a]\nseverity = [\"high\"]\nfalls-back = \"z\"\n",
            "policies.a.falls-back: \"z\" is no policy",
            3,
        ),
        (
            "idle",
            "[policies.a]\n[policies.a.clocks.reply]\ntarget = \"5m\"\n",
            "fits no complaint; name its severity",
            1,
        ),
        (
            "zone",
            "[desk]\ntime-zone = \"Asia/Hanoi2\"\n",
            "desk.time-zone: \"Asia/Hanoi2\" is not a time zone",
            2,
        ),
        ("digest", "[digest]\nat = \"8h\"\n", "digest.at: \"8h\" is no time of day; write e.g. 08:15", 2),
        (
            "list",
            "[incidents]\nlist-after = \"5\"\n",
            "incidents.list-after: \"5\" is no such number; write 0 to 1000",
            2,
        ),
        ("nudges", "[nudges]\ncalendar = \"night\"\n", "nudges.calendar: \"night\" is no calendar", 2),
        ("data", "[data]\nanswer = \"48h\"\n", "data.answer: \"48h\" counts hours where the law counts", 2),
        ("data", "[data]\nanswer = \"0s\"\n", "data.answer: \"0s\" switches off what the law asks", 2),
        ("data", "[data]\ncalendar = \"night\"\n", "data.calendar: \"night\" is no calendar", 2),
    ];
    for (name, text, expected, line) in cases {
        let found = problems(text);
        let right = |problem: &&String| {
            problem.starts_with("langnghe.toml: ")
                && problem.contains(expected)
                && problem.ends_with(&format!("(line {line})"))
        };
        assert!(found.iter().any(|problem| right(&problem)), "{name}: {text}\n{found:#?}");
    }
}

#[test]
fn a_policy_says_only_what_is_different_and_falls_back_for_the_rest() {
    let config = loaded(
        "[policies.standard]\n[policies.standard.clocks.reply]\ntarget = \"10m\"\nnudges = [\"50%\"]\n\
         [policies.urgent]\nseverity = [\"critical\", \"high\"]\ncategory = [\"billing\"]\nfalls-back = \"standard\"\n\
         [policies.urgent.clocks.resolution]\ntarget = \"4h\"\nnudges = [\"30m left\"]\nladder = [\"0s head-office\"]\n\
         [policies.urgent.clocks.update]\ntarget = \"0s\"\n",
    );
    let policy = config.policy();
    let clock = |kind, severity, category| {
        let found = policy.clock(kind, severity, category);
        found.map(|(clock, variant)| (clock.target, variant.to_owned()))
    };
    let minutes = |minutes: i64| Target::Open(minutes * 60_000);
    let urgent = |kind| clock(kind, Severity::High, Some("billing"));
    assert_eq!(urgent(ClockKind::Resolution), Some((minutes(240), "urgent".to_owned())));
    assert_eq!(urgent(ClockKind::Reply), Some((minutes(10), "urgent".to_owned())), "by way of standard");
    assert_eq!(urgent(ClockKind::Update), None, "switched off");
    assert_eq!(urgent(ClockKind::Recorded), Some((minutes(24 * 60), String::new())), "as for all");
    // Another severity, or none of its categories: as for all.
    assert_eq!(
        clock(ClockKind::Reply, Severity::Normal, Some("billing")),
        Some((minutes(15), String::new()))
    );
    assert_eq!(clock(ClockKind::Reply, Severity::High, None), Some((minutes(15), String::new())));
    let (resolution, _) = policy.clock(ClockKind::Resolution, Severity::High, Some("billing")).unwrap();
    assert_eq!(resolution.nudges, [NudgeAt::Left(30 * 60_000)]);
    assert_eq!(resolution.ladder[0].to, Addressee::HeadOffice);
    assert_eq!((resolution.calendar.as_str(), resolution.pauses), ("vn-office", true), "kept");
}

#[test]
fn every_clock_ships_with_a_policy_and_the_law_counts_working_days() {
    let config = loaded("");
    for kind in ClockKind::ALL {
        let clock = &config.policy().clocks[&kind];
        assert_eq!(kind.is_legal(), matches!(clock.target, Target::WorkingDays(_)), "{kind}");
        assert_eq!(kind == ClockKind::Promise, clock.target == Target::ByHand, "{kind}");
        assert!(!clock.ladder.is_empty() && (kind.may_pause() || !clock.pauses), "{kind}");
    }
}
