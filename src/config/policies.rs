//! Reads `[policies.*]`: the clocks of some complaints, each over the policy that it falls back to.

use std::collections::{BTreeMap, BTreeSet};

use super::clocks::{Read, clock, updates_in_time};
use super::rules::severities;
use crate::kernel::severity::Severity;
use crate::kit::setting::Findings;
use crate::kit::setting::Held;
use crate::kit::setting::Section;
use crate::sla::clocks::{Cadence, ClockKind, ClockPolicy, Variant};

/// A policy as it is written.
struct Written<'a> {
    severities: Vec<Severity>,
    categories: Vec<String>,
    default: bool,
    /// Whether it names a severity or a category, though it be a wrong one.
    names: bool,
    falls_back: Option<Held<'a>>,
    clocks: Option<Section<'a>>,
    held: Held<'a>,
}

/// Clocks over those of all complaints; one that is none is switched off.
type Over = BTreeMap<ClockKind, Option<ClockPolicy>>;

/// What a reading needs to know.
pub struct Known<'a> {
    /// The clocks of all complaints.
    pub clocks: &'a BTreeMap<ClockKind, ClockPolicy>,
    /// When the update clock begins.
    pub cadence: Cadence,
    /// The ids of calendars.
    pub calendars: &'a BTreeSet<String>,
    /// The ids of categories.
    pub categories: &'a BTreeSet<String>,
}

/// Reads all of them, in the order of their names.
pub fn policies(section: Section<'_>, known: &Known<'_>, findings: &mut Findings) -> Vec<Variant> {
    let mut written: BTreeMap<String, Written<'_>> = BTreeMap::new();
    for (id, held) in section.entries() {
        let Some(own) = held.section(findings) else { continue };
        let policy = read(own, held, known, findings);
        if let (true, Some(second)) = (policy.default, written.values().find(|held| held.default)) {
            let right = format!("{} is the default already; leave it to one", second.held.key);
            policy.held.problem(findings, "is a second default", &right);
        }
        written.insert(id, policy);
    }
    let mut resolved: BTreeMap<String, Over> = BTreeMap::new();
    let ids: Vec<String> = written.keys().cloned().collect();
    for id in &ids {
        resolve(id, &mut written, &mut resolved, &mut Vec::new(), known, findings);
    }
    let named: BTreeSet<String> = written
        .values()
        .filter_map(|held| held.falls_back.as_ref()?.value.as_str().map(str::to_owned))
        .collect();
    for (id, policy) in &written {
        if !policy.names && !policy.default && !named.contains(id) {
            let right = "name its severity or category, or write default = true";
            policy.held.problem(findings, "fits no complaint", right);
        }
    }
    written
        .into_iter()
        .map(|(id, policy)| Variant {
            clocks: resolved.remove(&id).unwrap_or_default(),
            id,
            severities: policy.severities,
            categories: policy.categories,
            default: policy.default,
        })
        .collect()
}

fn read<'a>(
    mut section: Section<'a>,
    held: Held<'a>,
    known: &Known<'_>,
    findings: &mut Findings,
) -> Written<'a> {
    let written = section.texts(findings, "severity");
    let mut names = !written.is_empty();
    let severities = severities(written, findings);
    let mut categories = Vec::new();
    for (id, held) in section.texts(findings, "category") {
        names = true;
        if known.categories.contains(id) {
            categories.push(id.to_owned());
        } else {
            let ids: Vec<&str> = known.categories.iter().map(String::as_str).collect();
            held.problem(findings, "is no category", &format!("known are {}", ids.join(", ")));
        }
    }
    let default = section.flag(findings, "default").unwrap_or_default();
    let falls_back = section.get("falls-back");
    let clocks = Some(section.section(findings, "clocks"));
    section.finish(findings);
    Written { severities, categories, default, names, falls_back, clocks, held }
}

/// The clocks of a policy over those it falls back to; `path` are the policies that wait for it.
fn resolve(
    id: &str,
    written: &mut BTreeMap<String, Written<'_>>,
    resolved: &mut BTreeMap<String, Over>,
    path: &mut Vec<String>,
    known: &Known<'_>,
    findings: &mut Findings,
) {
    if resolved.contains_key(id) {
        return;
    }
    path.push(id.to_owned());
    let falls_back = written.get(id).and_then(|held| held.falls_back.clone());
    let mut over = Over::new();
    if let Some(held) = falls_back
        && let Some(below) = held.text(findings)
    {
        if path.iter().any(|waiting| waiting == below) {
            let right = format!("{} would fall back for ever; let one of them end it", path.join(", "));
            held.problem(findings, "closes a circle", &right);
        } else if written.contains_key(below) {
            held.in_force(findings);
            resolve(below, written, resolved, path, known, findings);
            over = resolved.get(below).cloned().unwrap_or_default();
        } else {
            let ids: Vec<&str> = written.keys().map(String::as_str).collect();
            held.problem(findings, "is no policy", &format!("known are {}", ids.join(", ")));
        }
    }
    path.pop();
    let Some(mut clocks) = written.get_mut(id).and_then(|policy| policy.clocks.take()) else { return };
    for kind in ClockKind::ALL {
        if !clocks.has(kind.as_str()) {
            continue;
        }
        let mut own = clocks.section(findings, kind.as_str());
        let base = match over.get(&kind) {
            Some(base) => base.as_ref(),
            None => known.clocks.get(&kind),
        };
        match clock(kind, &mut own, base, known.calendars, findings) {
            Read::Runs(clock) => {
                over.insert(kind, Some(clock));
            }
            Read::Off => {
                over.insert(kind, None);
            }
            Read::Wrong => {}
        }
        own.finish(findings);
    }
    clocks.finish(findings);
    let target = |kind: ClockKind| match over.get(&kind) {
        Some(own) => own.as_ref().map(|clock| clock.target),
        None => known.clocks.get(&kind).map(|clock| clock.target),
    };
    let says = over.contains_key(&ClockKind::Update) || over.contains_key(&ClockKind::Reply);
    if let Some(policy) = written.get(id).filter(|_| says) {
        let (update, reply) = (target(ClockKind::Update), target(ClockKind::Reply));
        updates_in_time(known.cadence, update, reply, &policy.held, findings);
    }
    resolved.insert(id.to_owned(), over);
}
