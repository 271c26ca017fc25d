//! The cases of other help desks, a row each: what is filed when and under which policy, what happens, what must be seen.

use ClockKind::{Consult, Reply, Resolution, Update};
use langnghe::domain::policy::Policy;
use langnghe::kernel::severity::Severity;
use langnghe::sla::clocks::{Cadence, ClockKind};

use super::states::Do::*;
use super::states::See::*;
use super::states::{Case, case};
use super::{MINUTE, clock, pausing, policy, with_variant};

/// Zammad's examples: an answer clears the update clock, a customer's message arms it.
fn zammad() -> Policy {
    let policy = policy("ZB8_18", &[(Reply, 60), (Update, 120), (Resolution, 180)]);
    let policy = Policy { cadence: Cadence { only_when_asked: true, before_first_reply: true }, ..policy };
    with_variant(policy, &[], &["other"], &[(Reply, 0), (Update, 0), (Resolution, 0)])
}

fn without_update() -> Policy {
    let mut policy = zammad();
    policy.clocks.remove(&Update);
    policy
}

fn berlin() -> Policy {
    pausing(policy("ZB7", &[(Reply, 120), (Resolution, 250)]))
}

fn berlin_240() -> Policy {
    pausing(policy("ZB7", &[(Resolution, 240)]))
}

fn holiday() -> Policy {
    let policy = pausing(policy("ZB8_20H", &[(Reply, 120), (Update, 1200)]));
    Policy { cadence: Cadence { only_when_asked: true, before_first_reply: true }, ..policy }
}

fn always() -> Policy {
    pausing(policy("always", &[(Reply, 60), (Resolution, 1000)]))
}

fn asked() -> Policy {
    let policy = policy("always", &[(Reply, 60), (Update, 60), (Resolution, 1000)]);
    Policy { cadence: Cadence { only_when_asked: true, before_first_reply: false }, ..policy }
}

fn short_update() -> Policy {
    policy("always", &[(Reply, 60), (Update, 30)])
}

fn moved_without_update() -> Policy {
    with_variant(zammad(), &[], &["usual"], &[(Update, 0)])
}

fn frappe() -> Policy {
    pausing(policy("FR", &[(Reply, 60), (Resolution, 240)]))
}

fn frappe_30() -> Policy {
    policy("FR", &[(Reply, 30)])
}

fn frappe_holiday() -> Policy {
    pausing(policy("FR_FRI", &[(Reply, 60), (Resolution, 240)]))
}

fn none_fits() -> Policy {
    let policy = policy("FR", &[(Reply, 60)]);
    let mut policy = with_variant(policy, &[Severity::Critical], &[], &[(Reply, 5)]);
    policy.clocks.clear();
    policy
}

fn blank() -> Policy {
    with_variant(policy("FR", &[(Reply, 60)]), &[], &[], &[(Reply, 5)])
}

fn no_clock() -> Policy {
    policy("GL8_20", &[])
}

fn office() -> Policy {
    let mut policy = policy("U9_17", &[(Reply, 60), (Resolution, 240)]);
    policy.clocks.entry(Resolution).and_modify(|clock| clock.pauses = true);
    with_variant(policy, &[Severity::High], &[], &[(Resolution, 120)])
}

fn levels() -> Policy {
    use langnghe::sla::clocks::NudgeAt::Left;
    let mut policy = policy("U9_17", &[(Resolution, 75)]);
    let nudges = [15, 30, 45, 60].map(|left| Left(left * MINUTE)).into();
    policy.clocks.entry(Resolution).and_modify(|clock| clock.nudges = nudges);
    policy
}

/// Two levels of an answer's clock, and one that keeps the customer in the loop.
pub fn tracker() -> Policy {
    let policy = policy("always", &[(Reply, 120), (Update, 240), (Resolution, 600)]);
    with_variant(policy, &[Severity::Low], &[], &[(Reply, 240)])
}

fn stalled() -> Policy {
    let mut policy = tracker();
    policy.clocks.entry(Update).and_modify(|clock| clock.pauses = true);
    policy
}

const MARCH: &str = "2013-03-21 09:30";
const JUNE: &str = "2013-06-04 09:00";
const NOVEMBER: &str = "2016-11-01 13:56:21";
const MONDAY: &str = "2025-06-02 12:00";
pub const AT_NINE: &str = "2025-06-02 09:00";

pub const CASES: &[Case] = &[
    case(
        "S01",
        zammad,
        MARCH,
        &[],
        &[Due(Reply, "10:30"), Due(Update, "11:30"), Due(Resolution, "12:30"), Next("10:30")],
    ),
    case("S02", zammad, MARCH, &[("10:00", Answered)], &[Used(Reply, 30, 30), NoDue(Reply), Next("11:30")]),
    case("S03", zammad, MARCH, &[("14:00", Answered)], &[Used(Reply, 270, -210), Missed(Reply, "10:30")]),
    case(
        "S04",
        zammad,
        MARCH,
        &[("10:00", Answered), ("11:00", Answer)],
        &[Used(Update, 90, 30), Next("12:30")],
    ),
    case(
        "S05",
        zammad,
        MARCH,
        &[("10:00", Answered), ("12:00", Answer)],
        &[Used(Update, 150, -30), Next("12:30")],
    ),
    case("S06", zammad, MARCH, &[("12:00", Answer), ("12:05", Customer)], &[Due(Update, "14:05")]),
    case(
        "S07",
        zammad,
        MARCH,
        &[("12:00", Answer), ("12:05", Customer), ("12:10", Answer)],
        &[NoDue(Update), Worst(Update, 150, -30)],
    ),
    case(
        "S08",
        zammad,
        MARCH,
        &[("10:00", Answer), ("11:30", Resolve)],
        &[Used(Resolution, 120, 60), NoNext],
    ),
    case(
        "S09",
        zammad,
        MARCH,
        &[("10:00", Answer), ("13:00", Resolve)],
        &[Used(Resolution, 210, -30), NoNext, Missed(Resolution, "12:30")],
    ),
    case(
        "S10",
        zammad,
        MARCH,
        &[("11:00", Sorted("other"))],
        &[NoDue(Reply), NoDue(Update), NoDue(Resolution), NoNext, Cancelled(Update), Missed(Reply, "10:30")],
    ),
    case("S11", without_update, MARCH, &[], &[Due(Reply, "10:30"), Never(Update), Due(Resolution, "12:30")]),
    case("S12", zammad, MARCH, &[("10:00", Answered)], &[Due(Update, "11:30"), Due(Resolution, "12:30")]),
    case(
        "S13",
        zammad,
        MARCH,
        &[("09:30", Looks), ("09:30", Resolve)],
        &[Used(Resolution, 0, 180), Met(Resolution)],
    ),
    // With us, too, whatever ran when it was resolved goes on when it is opened again: `reopening = "continue"`.
    case(
        "S14",
        berlin,
        JUNE,
        &[("09:30", Wait), ("09:45", Resume), ("10:00", Resolve), ("10:30", Reopen)],
        &[Due(Reply, "11:45"), Runs(Reply, 1)],
    ),
    case(
        "S15",
        berlin,
        JUNE,
        &[("10:00", Wait), ("10:30", Resume), ("10:45", Answer), ("12:00", Resolve)],
        &[Used(Reply, 75, 45), Used(Resolution, 150, 100)],
    ),
    case("S16", berlin_240, JUNE, &[("09:00", Wait), ("12:00", Resolve)], &[Used(Resolution, 0, 240)]),
    case(
        "S17",
        berlin_240,
        JUNE,
        &[("09:00", Wait), ("10:30", Resume), ("11:00", Wait), ("12:00", Resolve)],
        &[Used(Resolution, 30, 210)],
    ),
    case(
        "S18",
        berlin_240,
        JUNE,
        &[("09:00", Wait), ("10:30", Resume), ("11:00", Wait), ("11:30", Resume), ("12:00", Resolve)],
        &[Used(Resolution, 60, 180)],
    ),
    case(
        "S19",
        berlin,
        JUNE,
        &[("10:00", Wait), ("15:00", Resume)],
        &[Due(Reply, "16:00"), BreachAt(Reply, "2013-06-05 07:00")],
    ),
    case(
        "S20",
        berlin,
        JUNE,
        &[("10:00", Wait), ("15:00", Looks)],
        &[NoDue(Reply), NoDue(Resolution), NoNext],
    ),
    case(
        "S21",
        berlin,
        "2013-06-04 15:00",
        &[("15:30", Wait), ("2013-06-05 07:30", Resume)],
        &[Due(Reply, "2013-06-05 09:00"), Hold(Reply, 3600)],
    ),
    case("S22", holiday, NOVEMBER, &[], &[Due(Reply, "2016-11-02 09:00"), Due(Update, "2016-11-03 15:00")]),
    case("S23", holiday, NOVEMBER, &[("14:00", Wait)], &[NoDue(Reply), NoDue(Update), NoNext]),
    case(
        "S24",
        holiday,
        NOVEMBER,
        &[("14:00", Wait), ("15:00", Resume)],
        &[Due(Reply, "2016-11-02 09:00"), Due(Update, "2016-11-03 15:00")],
    ),
    case(
        "S25",
        holiday,
        NOVEMBER,
        &[("14:30", Customer)],
        &[Due(Reply, "2016-11-02 09:00"), Due(Update, "2016-11-03 15:00"), Runs(Reply, 1), Runs(Update, 1)],
    ),
    case("S26", always, JUNE, &[("10:30", Resolve)], &[Used(Resolution, 90, 910)]),
    case(
        "S27",
        always,
        JUNE,
        &[("09:30", Wait), ("10:00", Resume), ("10:30", Resolve)],
        &[Used(Resolution, 60, 940), Hold(Resolution, 1800)],
    ),
    case("S28", asked, JUNE, &[("09:30", Answer), ("10:00", Answer)], &[Never(Update)]),
    case(
        "S29",
        asked,
        JUNE,
        &[("09:30", Answer), ("10:00", Customer), ("10:20", Customer), ("10:40", Answer)],
        &[Used(Update, 40, 20), Runs(Update, 1), NoDue(Update)],
    ),
    case(
        "S30",
        asked,
        JUNE,
        &[("09:30", Answer), ("10:00", Customer), ("10:10", Answer), ("10:20", Customer), ("10:25", Answer)],
        &[Worst(Update, 10, 50), Runs(Update, 2)],
    ),
    case("S31", always, JUNE, &[("09:30", Answer), ("09:30", Wait)], &[Met(Reply), Used(Reply, 30, 30)]),
    case("S32", short_update, JUNE, &[("09:45", Looks)], &[Never(Update), Due(Reply, "10:00")]),
    case(
        "S34",
        zammad,
        MARCH,
        &[("10:00", Recomputed(|policy| policy.clocks.clear()))],
        &[Cancelled(Reply), Cancelled(Update), Cancelled(Resolution), NoNext],
    ),
    case(
        "S35",
        moved_without_update,
        MARCH,
        &[("10:00", Sorted("usual"))],
        &[Cancelled(Update), Due(Reply, "10:30")],
    ),
    case("S36", frappe, MONDAY, &[("12:30", Wait), ("13:00", Resume)], &[Due(Resolution, "16:30")]),
    case(
        "S37",
        frappe,
        MONDAY,
        &[("12:30", Wait), ("13:00", Resume), ("13:30", Resolve)],
        &[Seconds(Resolution, 3600)],
    ),
    case(
        "S38",
        frappe_holiday,
        "2025-06-05 17:30",
        &[("17:50", Wait), ("2025-06-09 12:30", Resume)],
        &[Hold(Resolution, 9600)],
    ),
    case(
        "S39",
        frappe_holiday,
        "2025-06-05 17:30",
        &[("17:50", Wait), ("2025-06-09 12:30", Resume), ("2025-06-09 13:00", Resolve)],
        &[Seconds(Resolution, 3000)],
    ),
    case(
        "S40",
        frappe,
        MONDAY,
        &[("12:30", Resolve), ("2025-06-03 11:00", Close)],
        &[Seconds(Resolution, 1800)],
    ),
    case("S41", frappe_30, "2025-06-02 17:55", &[("18:05", Looks)], &[Due(Reply, "2025-06-03 10:25")]),
    case("S41", frappe_30, "2025-06-02 17:55", &[("18:05", Answer)], &[Seconds(Reply, 300), Met(Reply)]),
    case(
        "S42",
        frappe_30,
        "2025-06-02 10:00",
        &[("10:39", Answer)],
        &[Seconds(Reply, 1800 + 540), Missed(Reply, "10:30")],
    ),
    case(
        "S42",
        frappe_30,
        "2025-06-02 10:00",
        &[("10:45", Answer)],
        &[Seconds(Reply, 1800 + 900), Missed(Reply, "10:30")],
    ),
    case("S43", none_fits, MONDAY, &[("13:00", Looks)], &[Never(Reply), NoNext]),
    case("S44", blank, MONDAY, &[], &[Due(Reply, "13:00")]),
    // The agreement within the desk counts from its own beginning, not from the receipt.
    case(
        "S45",
        no_clock,
        "2025-06-02 10:00",
        &[
            (
                "11:00",
                Recomputed(|policy| {
                    policy.clocks.insert(Resolution, clock("GL8_20", 240));
                    policy.clocks.insert(Consult, clock("GL8_20", 60));
                }),
            ),
            ("11:00", Consulted),
        ],
        &[Due(Resolution, "14:00"), Due(Consult, "12:00")],
    ),
    case(
        "S48",
        office,
        AT_NINE,
        &[("09:20", Wait), ("09:50", Resume)],
        &[Due(Reply, "10:00"), Due(Resolution, "13:30")],
    ),
    case(
        "S49",
        levels,
        "2025-06-06 16:30",
        &[],
        &[
            Due(Resolution, "2025-06-09 09:45"),
            Nudges(Resolution, &["16:45", "17:00", "2025-06-09 09:15", "2025-06-09 09:30"]),
        ],
    ),
    case(
        "S50",
        office,
        AT_NINE,
        &[("09:30", Wait), ("10:30", Resume), ("10:40", Severe(Severity::High))],
        &[Due(Resolution, "12:00")],
    ),
    case("S52", tracker, AT_NINE, &[], &[Due(Reply, "11:00")]),
    case("S52", tracker, AT_NINE, &[("09:10", Severe(Severity::Low))], &[Due(Reply, "13:00")]),
    case(
        "S54",
        tracker,
        AT_NINE,
        &[("09:10", Answer), ("09:40", Answer)],
        &[NoDue(Reply), Used(Reply, 10, 110), Runs(Reply, 1)],
    ),
    case(
        "S55",
        tracker,
        AT_NINE,
        &[("09:10", Answer), ("10:00", Customer), ("10:30", Customer)],
        &[Due(Reply, "12:00"), Runs(Reply, 2)],
    ),
    case("S56", tracker, AT_NINE, &[("10:00", Answer)], &[Due(Update, "14:00")]),
    case("S56", tracker, AT_NINE, &[("10:00", Answer), ("11:00", Answer)], &[Due(Update, "15:00")]),
    case(
        "S57",
        tracker,
        AT_NINE,
        &[("10:00", Answer), ("10:30", Customer)],
        &[Due(Update, "14:00"), Due(Reply, "12:30"), Next("12:30")],
    ),
    case(
        "S58",
        tracker,
        AT_NINE,
        &[("10:00", Answer), ("11:00", Answer)],
        &[Due(Resolution, "19:00"), Runs(Resolution, 1)],
    ),
    case(
        "S60",
        stalled,
        AT_NINE,
        &[("10:00", Answer), ("10:30", Customer), ("11:00", Wait)],
        &[NoDue(Update), Due(Reply, "12:30")],
    ),
    // The option is the clock's `pauses`: off, then on.
    case(
        "S61",
        tracker,
        AT_NINE,
        &[("10:00", Answer), ("11:00", Wait), ("11:30", Resume)],
        &[Due(Update, "14:00")],
    ),
    case(
        "S61",
        stalled,
        AT_NINE,
        &[("10:00", Answer), ("11:00", Wait), ("11:30", Resume)],
        &[Due(Update, "14:30")],
    ),
    // Chatwoot calls this a hit, since its poller had not come round; with us instants decide.
    case(
        "S62",
        office,
        AT_NINE,
        &[("13:01", Resolve)],
        &[Missed(Resolution, "13:00"), Used(Resolution, 241, -1)],
    ),
];
