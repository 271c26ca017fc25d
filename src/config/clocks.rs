//! Reads how long clocks may run: `[clocks.*]`, and in `[policies.*]` those of some complaints.

use std::collections::{BTreeMap, BTreeSet};

use super::calendars;
use crate::kit::setting::Findings;
use crate::kit::setting::Held;
use crate::kit::setting::Section;
use crate::language::duration;
use crate::sla::clocks::{Addressee, Cadence, ClockKind, ClockPolicy, NudgeAt, Reopening, Step, Target};

const DAY_MS: i64 = 24 * 3_600_000;

/// The longest target: what is promised for later than a year is not promised.
const LONGEST_TARGET_MS: i64 = 366 * DAY_MS;

/// The longest target in working days.
const MOST_WORKING_DAYS: u32 = 250;

const MOST_NUDGES: usize = 10;

/// A ladder of more rungs nags.
const MOST_RUNGS: usize = 6;

/// All that `[clocks.*]` says.
pub struct Clocks {
    /// The clocks of all complaints.
    pub clocks: BTreeMap<ClockKind, ClockPolicy>,
    /// When the update clock begins.
    pub cadence: Cadence,
    /// Whether the automatic receipt is the notice of receipt.
    pub receipt_counts: bool,
}

/// Reads `[clocks.*]`; a clock with the target `0s` is switched off and left out.
pub fn clocks(mut section: Section<'_>, calendars: &BTreeSet<String>, findings: &mut Findings) -> Clocks {
    let mut clocks = BTreeMap::new();
    let (mut cadence, mut receipt_counts) = (Cadence::default(), false);
    let mut update_target = None;
    for kind in ClockKind::ALL {
        let mut own = section.section(findings, kind.as_str());
        match kind {
            ClockKind::Update => {
                cadence = Cadence {
                    only_when_asked: own.flag(findings, "only-when-asked").unwrap_or_default(),
                    before_first_reply: own.flag(findings, "before-first-reply").unwrap_or_default(),
                };
                update_target = own.get("target");
            }
            ClockKind::ReceiptNotice => {
                receipt_counts = own.flag(findings, "receipt-counts").unwrap_or_default();
            }
            _ => {}
        }
        if let Read::Runs(clock) = clock(kind, &mut own, None, calendars, findings) {
            clocks.insert(kind, clock);
        }
        own.finish(findings);
    }
    section.finish(findings);
    let target = |kind: &ClockKind| clocks.get(kind).map(|clock| clock.target);
    if let Some(held) = update_target {
        updates_in_time(cadence, target(&ClockKind::Update), target(&ClockKind::Reply), &held, findings);
    }
    Clocks { clocks, cadence, receipt_counts }
}

/// Reads `[data]`: until when a request about a person's own data is answered, in the law's days, and the reminders before.
pub fn data_request(
    mut section: Section<'_>,
    known: &BTreeSet<String>,
    findings: &mut Findings,
) -> Option<ClockPolicy> {
    let before = findings.problems.len();
    let held = section.get("answer");
    // Read as what the law counts in working days.
    let answer = held.as_ref().and_then(|held| target(ClockKind::WrittenAnswer, held, findings));
    if let (Some(None), Some(held)) = (answer, &held) {
        held.problem(findings, "switches off what the law asks", "write 1wd or more, e.g. 2wd");
    }
    let calendar = calendar(&mut section, known, findings);
    let texts = section.texts(findings, "nudges");
    let nudges = nudges(texts, answer.flatten(), findings);
    section.finish(findings);
    let (target, calendar) = (answer.flatten()?, calendar?);
    let right = findings.problems.len() == before;
    right.then(|| ClockPolicy { target, calendar, nudges, ..ClockPolicy::default() })
}

/// Says so where the update clock runs before the first reply and would be missed before it.
pub(super) fn updates_in_time(
    cadence: Cadence,
    update: Option<Target>,
    reply: Option<Target>,
    held: &Held<'_>,
    findings: &mut Findings,
) {
    if let (Some(Target::Open(update)), Some(Target::Open(reply))) = (update, reply)
        && cadence.before_first_reply
        && update < reply
    {
        let right = format!(
            "write {} or more for it, or before-first-reply = false, so that it begins after the first reply",
            duration::show(reply)
        );
        held.problem(findings, "has an update target shorter than that of the first reply", &right);
    }
}

/// What a section says of a clock.
pub(super) enum Read {
    /// It runs so.
    Runs(ClockPolicy),
    /// It is switched off.
    Off,
    /// It is wrong; the findings say why.
    Wrong,
}

/// Reads one clock; what the section does not say is as in `base`.
pub(super) fn clock(
    kind: ClockKind,
    section: &mut Section<'_>,
    base: Option<&ClockPolicy>,
    calendars: &BTreeSet<String>,
    findings: &mut Findings,
) -> Read {
    let before = findings.problems.len();
    let held_target = section.get("target");
    let target = match (kind, held_target.clone()) {
        (ClockKind::Promise, None) => Some(Some(Target::ByHand)),
        (ClockKind::Promise, Some(held)) => {
            held.problem(findings, "is no target of a promise", "leave it out: a person gives the instant");
            None
        }
        (_, Some(held)) => target(kind, &held, findings),
        (_, None) => base.map(|base| Some(base.target)),
    };
    let set = calendar(section, calendars, findings);
    let calendar = set.or_else(|| base.map(|base| base.calendar.clone()));
    let nudges = match section.get("nudges") {
        Some(held) => {
            held.in_force(findings);
            nudges(held.texts(findings), target.flatten(), findings)
        }
        None => base.map(|base| base.nudges.clone()).unwrap_or_default(),
    };
    if let (Some(Some(Target::Open(ms))), Some(held), None) = (target, &held_target, section.get("nudges"))
        && let Some(late) = nudges.iter().find(|nudge| !comes_before(**nudge, Some(ms)))
    {
        let late = match late {
            NudgeAt::Percent(percent) => format!("{percent}%"),
            NudgeAt::After(ms) => duration::show(*ms),
            NudgeAt::Left(ms) => format!("{} left", duration::show(*ms)),
        };
        let wrong = format!("is too short for its nudge at {late}");
        held.problem(findings, &wrong, "write nudges of its own beside it, e.g. nudges = [\"50%\"]");
    }
    let ladder = match section.get("ladder") {
        Some(held) => {
            held.in_force(findings);
            ladder(held.texts(findings), findings)
        }
        None => base.map(|base| base.ladder.clone()).unwrap_or_default(),
    };
    let held = section.get("pauses");
    let pauses = section.flag(findings, "pauses").or(base.map(|base| base.pauses)).unwrap_or_default();
    if let Some(held) = held.filter(|_| pauses) {
        let working_days = matches!(target, Some(Some(Target::WorkingDays(_))));
        if !kind.may_pause() || working_days {
            held.problem(
                findings,
                "pauses what goes on by law or by a promise",
                "write false, or a target of open time such as 56h",
            );
        }
    }
    let reopening = section
        .read(findings, "reopening", "is no way to go on", "write continue or restart", |text| match text {
            "continue" => Some(Reopening::Continue),
            "restart" => Some(Reopening::Restart),
            _ => None,
        })
        .or(base.map(|base| base.reopening))
        .unwrap_or_default();
    match (target, calendar) {
        _ if findings.problems.len() > before => Read::Wrong,
        (Some(None), _) => Read::Off,
        (Some(Some(target)), Some(calendar)) => {
            Read::Runs(ClockPolicy { target, calendar, nudges, ladder, pauses, reopening })
        }
        _ => Read::Wrong,
    }
}

/// Reads the id of a calendar.
pub(super) fn calendar(
    section: &mut Section<'_>,
    known: &BTreeSet<String>,
    findings: &mut Findings,
) -> Option<String> {
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let right =
        format!("known are {}, {}; others are files in calendars/", calendars::ALWAYS, names.join(", "));
    section.read(findings, "calendar", "is no calendar", &right, |id| {
        (id == calendars::ALWAYS || known.contains(id)).then(|| id.to_owned())
    })
}

/// Reads a target: `24h`, `3wd`; `0s` is none.
fn target(kind: ClockKind, held: &Held<'_>, findings: &mut Findings) -> Option<Option<Target>> {
    let text = held.text(findings)?.trim();
    if let Some(days) = text.strip_suffix("wd") {
        let days = days.parse::<u32>().ok().filter(|days| (1..=MOST_WORKING_DAYS).contains(days));
        let Some(days) = days else {
            let right = format!("write 1wd to {MOST_WORKING_DAYS}wd");
            held.problem(findings, "is no number of working days", &right);
            return None;
        };
        held.in_force(findings);
        return Some(Some(Target::WorkingDays(days)));
    }
    let Some(ms) = duration::parse(text) else {
        held.problem(findings, "is not a duration", "write e.g. 15m, 1h30m, or 3wd for three working days");
        return None;
    };
    if ms > LONGEST_TARGET_MS {
        let right = format!("write 0s to {}", duration::show(LONGEST_TARGET_MS));
        held.problem(findings, "is out of bounds", &right);
        return None;
    }
    if ms > 0 && kind.is_legal() {
        let wrong = "counts hours where the law counts working days";
        held.problem(findings, wrong, "write e.g. 3wd; its calendar says which days those are");
        return None;
    }
    held.in_force(findings);
    Some((ms > 0).then_some(Target::Open(ms)))
}

/// Whether a nudge comes before a target of so much open time (ms), if it is one.
fn comes_before(nudge: NudgeAt, whole: Option<i64>) -> bool {
    match nudge {
        NudgeAt::Percent(percent) => (1..=99).contains(&percent),
        NudgeAt::After(ms) | NudgeAt::Left(ms) => ms > 0 && whole.is_none_or(|target| ms < target),
    }
}

/// Reads nudges: `50%` or `10m` of the clock's time used, `30m left`.
fn nudges(texts: Vec<(&str, Held<'_>)>, target: Option<Target>, findings: &mut Findings) -> Vec<NudgeAt> {
    let mut nudges: BTreeMap<i64, NudgeAt> = BTreeMap::new();
    let whole = match target {
        Some(Target::Open(ms)) => Some(ms),
        _ => None,
    };
    for (text, held) in texts {
        let left = text.trim().strip_suffix("left").map(str::trim);
        let nudge = match (text.trim().strip_suffix('%'), left) {
            (Some(percent), _) => percent.parse().ok().map(NudgeAt::Percent),
            (None, Some(left)) => duration::parse(left).map(NudgeAt::Left),
            (None, None) => duration::parse(text).map(NudgeAt::After),
        };
        let Some(nudge) = nudge else {
            let right = "write e.g. 75%, 10m (used) or 30m left";
            held.problem(findings, "is neither a share nor a duration", right);
            continue;
        };
        if !comes_before(nudge, whole) {
            let target = whole.map_or_else(String::new, |target| format!(" of {}", duration::show(target)));
            let right = format!("write 1% to 99%, or less than the target{target}");
            held.problem(findings, "does not come before the target", &right);
        } else if nudges.insert(nudge.used_ms(whole.unwrap_or(DAY_MS)), nudge).is_some() {
            held.problem(findings, "comes at the same time as another nudge", "name each time once");
        } else if nudges.len() > MOST_NUDGES {
            held.problem(findings, "is one nudge too many", &format!("write at most {MOST_NUDGES}"));
        }
    }
    nudges.into_values().collect()
}

/// Reads a ladder: `0s manager`, `1h head-office`.
fn ladder(texts: Vec<(&str, Held<'_>)>, findings: &mut Findings) -> Vec<Step> {
    let mut ladder: Vec<Step> = Vec::new();
    for (text, held) in texts {
        let (after, to) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
        let Some(after_ms) = duration::parse(after) else {
            held.problem(findings, "begins with no duration", "write e.g. 0s manager, 1h head-office");
            continue;
        };
        let names = Addressee::ALL.map(Addressee::as_str).join(", ");
        if to.trim().is_empty() {
            held.problem(findings, "names nobody", &format!("write e.g. {after} manager; known are {names}"));
            continue;
        }
        let Some(to) = Addressee::parse(to.trim()) else {
            held.problem(findings, "names nobody we know", &format!("known are {names}"));
            continue;
        };
        if ladder.last().is_some_and(|last| after_ms < last.after_ms) {
            held.problem(findings, "comes before the rung above it", "write the earliest first");
        } else if ladder.len() == MOST_RUNGS {
            let right = format!("write at most {MOST_RUNGS}; what is open then stands in the daily digest");
            held.problem(findings, "is one rung too many", &right);
        }
        ladder.push(Step { after_ms, to });
    }
    ladder
}
