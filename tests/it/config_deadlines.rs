//! Deadlines that no desk can keep by: each is refused by key and line, with what would be right.

use crate::config::problems_of;

/// What is wrong (the number is the rule's), the file, and how the refusals read after the file's name.
const REFUSED: &[(&str, &str, &[&str])] = &[
    (
        "K09 negative",
        "[clocks.reply]\ntarget = \"-3h\"\n",
        &[
            "clocks.reply.target: \"-3h\" is not a duration; write e.g. 15m, 1h30m, or 3wd for three working days (line 2)",
        ],
    ),
    (
        "K09 a number",
        "[clocks.reply]\n\ntarget = 15\n",
        &["clocks.reply.target: 15 is not text; write it in quotes (line 3)"],
    ),
    (
        "K09 in words",
        "[clocks.reply]\ntarget = \"15 phút\"\n",
        &[
            "clocks.reply.target: \"15 phút\" is not a duration; write e.g. 15m, 1h30m, or 3wd for three working days (line 2)",
        ],
    ),
    (
        "K09 half a duration",
        "[clocks.reply]\ntarget = \"2d4h30\"\n",
        &[
            "clocks.reply.target: \"2d4h30\" is not a duration; write e.g. 15m, 1h30m, or 3wd for three working days (line 2)",
        ],
    ),
    (
        "K09 in a policy",
        "[policies.urgent]\nseverity = [\"high\"]\n[policies.urgent.clocks.reply]\ntarget = \"-5m\"\nnudges = [\"50%\"]\n",
        &[
            "policies.urgent.clocks.reply.target: \"-5m\" is not a duration; write e.g. 15m, 1h30m, or 3wd for three working days (line 4)",
        ],
    ),
    (
        "K09 no working days",
        "[clocks.written-answer]\ntarget = \"0wd\"\n",
        &["clocks.written-answer.target: \"0wd\" is no number of working days; write 1wd to 250wd (line 2)"],
    ),
    (
        "K09 in the text of a file",
        "[clocks.promise]\ntarget = \"2h\"\n",
        &[
            "clocks.promise.target: \"2h\" is no target of a promise; leave it out: a person gives the instant (line 2)",
        ],
    ),
    (
        "K10 all of it",
        "[clocks.reply]\nnudges = [\"50%\", \"100%\"]\n",
        &[
            "clocks.reply.nudges[2]: \"100%\" does not come before the target; write 1% to 99%, or less than the target of 15m (line 2)",
        ],
    ),
    (
        "K10 none of it",
        "[clocks.reply]\nnudges = [\"0%\"]\n",
        &[
            "clocks.reply.nudges[1]: \"0%\" does not come before the target; write 1% to 99%, or less than the target of 15m (line 2)",
        ],
    ),
    (
        "K10 a lead as long as the target",
        "[clocks.reply]\nnudges = [\n  \"15m left\",\n]\n",
        &[
            "clocks.reply.nudges[1]: \"15m left\" does not come before the target; write 1% to 99%, or less than the target of 15m (line 3)",
        ],
    ),
    (
        "K10 no lead",
        "[clocks.reply]\nnudges = [\"-5m left\"]\n",
        &[
            "clocks.reply.nudges[1]: \"-5m left\" is neither a share nor a duration; write e.g. 75%, 10m (used) or 30m left (line 2)",
        ],
    ),
    (
        "K10 by what it falls back to",
        "[policies.urgent]\nseverity = [\"high\"]\n[policies.urgent.clocks.reply]\ntarget = \"5m\"\n",
        &[
            "policies.urgent.clocks.reply.target: \"5m\" is too short for its nudge at 10m; write nudges of its own beside it, e.g. nudges = [\"50%\"] (line 4)",
        ],
    ),
    (
        "K11 nobody",
        "[clocks.reply]\nladder = [\"0s manager\", \"1h\"]\n",
        &[
            "clocks.reply.ladder[2]: \"1h\" names nobody; write e.g. 1h manager; known are owner, staff, manager, head-office (line 2)",
        ],
    ),
    (
        "K11 blank",
        "[clocks.reply]\nladder = [\"0s \"]\n",
        &[
            "clocks.reply.ladder[1]: \"0s \" names nobody; write e.g. 0s manager; known are owner, staff, manager, head-office (line 2)",
        ],
    ),
    (
        "K11 somebody else",
        "[clocks.reply]\nladder = [\"0s boss\"]\n",
        &[
            "clocks.reply.ladder[1]: \"0s boss\" names nobody we know; known are owner, staff, manager, head-office (line 2)",
        ],
    ),
    (
        "K11 no time",
        "[clocks.reply]\nladder = [\"manager\"]\n",
        &[
            "clocks.reply.ladder[1]: \"manager\" begins with no duration; write e.g. 0s manager, 1h head-office (line 2)",
        ],
    ),
    (
        "K11 out of order",
        "[clocks.reply]\nladder = [\"1h manager\", \"0s staff\"]\n",
        &[
            "clocks.reply.ladder[2]: \"0s staff\" comes before the rung above it; write the earliest first (line 2)",
        ],
    ),
    (
        "K12 two defaults",
        "[policies.standard]\ndefault = true\n[policies.other]\ndefault = true\n",
        &[
            "policies.standard: a section is a second default; policies.other is the default already; leave it to one (line 1)",
        ],
    ),
    (
        "K13 itself",
        "[policies.urgent]\nseverity = [\"high\"]\nfalls-back = \"urgent\"\n",
        &[
            "policies.urgent.falls-back: \"urgent\" closes a circle; urgent would fall back for ever; let one of them end it (line 3)",
        ],
    ),
    (
        "K13 two",
        "[policies.a]\nseverity = [\"high\"]\nfalls-back = \"b\"\n[policies.b]\nseverity = [\"low\"]\nfalls-back = \"a\"\n",
        &[
            "policies.b.falls-back: \"a\" closes a circle; a, b would fall back for ever; let one of them end it (line 6)",
        ],
    ),
    (
        "K13 three",
        "[policies.a]\ndefault = true\nfalls-back = \"b\"\n[policies.b]\nfalls-back = \"c\"\n[policies.c]\nfalls-back = \"a\"\n",
        &[
            "policies.c.falls-back: \"a\" closes a circle; a, b, c would fall back for ever; let one of them end it (line 7)",
        ],
    ),
    (
        "K14 the update before the first reply",
        "[clocks.update]\ntarget = \"10m\"\nbefore-first-reply = true\n",
        &[
            "clocks.update.target: \"10m\" has an update target shorter than that of the first reply; write 15m or more for it, or before-first-reply = false, so that it begins after the first reply (line 2)",
        ],
    ),
    (
        "K14 in a policy",
        "[clocks.update]\nbefore-first-reply = true\n[policies.slow]\nseverity = [\"low\"]\n[policies.slow.clocks.reply]\ntarget = \"30h\"\n",
        &[
            "policies.slow: a section has an update target shorter than that of the first reply; write 30h or more for it, or before-first-reply = false, so that it begins after the first reply (line 3)",
        ],
    ),
    (
        "K15 a law in hours",
        "[clocks.written-answer]\ntarget = \"48h\"\n",
        &[
            "clocks.written-answer.target: \"48h\" counts hours where the law counts working days; write e.g. 3wd; its calendar says which days those are (line 2)",
        ],
    ),
    (
        "K15 in a policy",
        "[policies.urgent]\nseverity = [\"high\"]\n[policies.urgent.clocks.receipt-notice]\ntarget = \"24h\"\n",
        &[
            "policies.urgent.clocks.receipt-notice.target: \"24h\" counts hours where the law counts working days; write e.g. 3wd; its calendar says which days those are (line 4)",
        ],
    ),
    (
        "a law that pauses",
        "[clocks.refusal]\npauses = true\n",
        &[
            "clocks.refusal.pauses: true pauses what goes on by law or by a promise; write false, or a target of open time such as 56h (line 2)",
        ],
    ),
    (
        "a promise that pauses",
        "[clocks.promise]\npauses = true\n",
        &[
            "clocks.promise.pauses: true pauses what goes on by law or by a promise; write false, or a target of open time such as 56h (line 2)",
        ],
    ),
    (
        "a typing error",
        "[policies.urgent]\nseverty = [\"high\"]\ndefault = true\n",
        &["policies.urgent.severty: there is no such key; did you mean severity? (line 2)"],
    ),
    (
        "a typing error in a clock",
        "[policies.urgent]\nseverity = [\"high\"]\n[policies.urgent.clocks.reply]\ntraget = \"5m\"\n[policies.urgent.clocks.replies]\n",
        &[
            "policies.urgent.clocks.reply.traget: there is no such key; did you mean target? (line 4)",
            "policies.urgent.clocks.replies: there is no such key; known are reply (line 5)",
        ],
    ),
    (
        "a severity that is none",
        "[policies.urgent]\nseverity = [\"urgent\"]\n",
        &[
            "policies.urgent.severity[1]: \"urgent\" is no severity; write low, normal, high or critical (line 2)",
        ],
    ),
    (
        "a category that is none",
        "[policies.urgent]\ncategory = [\"mạng\"]\n",
        &[
            "policies.urgent.category[1]: \"mạng\" is no category; known are billing, connection-lost, equipment, international-slow, other, slow-or-unstable, staff-attitude, technician-missed (line 2)",
        ],
    ),
    (
        "a policy that fits nothing",
        "[policies.urgent]\n[policies.urgent.clocks.reply]\ntarget = \"20m\"\n",
        &[
            "policies.urgent: a section fits no complaint; name its severity or category, or write default = true (line 1)",
        ],
    ),
    (
        "a policy of an empty list",
        "[policies.urgent]\nseverity = []\n",
        &[
            "policies.urgent: a section fits no complaint; name its severity or category, or write default = true (line 1)",
        ],
    ),
    (
        "a policy that is not there",
        "[policies.urgent]\nseverity = [\"high\"]\nfalls-back = \"standard\"\n",
        &["policies.urgent.falls-back: \"standard\" is no policy; known are urgent (line 3)"],
    ),
    (
        "a zone that does not exist",
        "[desk]\ntime-zone = \"Mars/Olympus\"\n",
        &[
            "desk.time-zone: \"Mars/Olympus\" is not a time zone; write an IANA name such as Asia/Ho_Chi_Minh (line 2)",
        ],
    ),
];

#[test]
fn each_is_refused_by_key_and_line() {
    let mut wrong = Vec::new();
    for (rule, text, expected) in REFUSED {
        let problems = problems_of(&[("langnghe.toml", text)]);
        let expected: Vec<String> =
            expected.iter().map(|line| format!("config/langnghe.toml: {line}")).collect();
        if problems != expected {
            wrong.push(format!("{rule}:\n  got {problems:#?}\n  for {expected:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_meant_is_taken() {
    let text = "[policies.standard]\ndefault = true\n[policies.standard.clocks.reply]\ntarget = \"1h\"\n\
                [policies.urgent]\nseverity = [\"high\", \"critical\"]\ncategory = [\"billing\"]\nfalls-back = \"standard\"\n\
                [policies.urgent.clocks.reply]\ntarget = \"5m\"\nnudges = [\"50%\"]\nladder = []\n\
                [policies.urgent.clocks.update]\ntarget = \"0s\"\n";
    assert_eq!(problems_of(&[("langnghe.toml", text)]), [""; 0]);
}
