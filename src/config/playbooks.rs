//! Reads a playbook from its file.

use std::collections::BTreeMap;

use crate::domain::playbook::{Approver, LINE_LIMIT, OptionToOffer, Playbook, Slot, TalkingPoints, names_in};
use crate::kernel::lang::Lang;
use crate::kit::setting::Findings;
use crate::kit::setting::Held;
use crate::kit::setting::{Document, Section};

/// The playbooks that ship with the program: id and text.
pub const BUILT_IN: [(&str, &str); 4] = [
    ("billing-error", include_str!("../../config/playbooks/billing-error.toml")),
    ("cable-cut", include_str!("../../config/playbooks/cable-cut.toml")),
    ("power", include_str!("../../config/playbooks/power.toml")),
    ("storm", include_str!("../../config/playbooks/storm.toml")),
];

/// The longest single point, in characters.
const POINT_LIMIT: usize = 400;

/// Reads a playbook; what is wrong with it goes to the findings.
pub fn read(document: &Document, findings: &mut Findings) -> Playbook {
    let mut playbook = Playbook { slots: Vec::new(), points: BTreeMap::new() };
    let Some(table) = document.parse(findings) else { return playbook };
    let mut top = Section::top(document, Some(&table), None);
    for (text, held) in top.texts(findings, "slots") {
        match Slot::parse(text) {
            Some(slot) if !playbook.slots.contains(&slot) => playbook.slots.push(slot),
            Some(_) => held.problem(findings, "stands there twice", "name each slot once"),
            None => held.problem(findings, "is not a slot", "known are area, since, next_update"),
        }
    }
    for (lang, name) in [(Lang::Vi, "vi"), (Lang::En, "en")] {
        let section = top.section(findings, name);
        playbook.points.insert(lang, points(section, &playbook.slots, findings));
    }
    top.finish(findings);
    playbook
}

fn points(mut section: Section<'_>, slots: &[Slot], findings: &mut Findings) -> TalkingPoints {
    let points = TalkingPoints {
        title: required(&mut section, "title", 80, slots, findings),
        line: required(&mut section, "line", LINE_LIMIT, slots, findings),
        known: list(&mut section, "known", 1, slots, findings),
        unknown: list(&mut section, "unknown", 1, slots, findings),
        doing: list(&mut section, "doing", 1, slots, findings),
        customer_can: list(&mut section, "customer-can", 1, slots, findings),
        never_say: list(&mut section, "never-say", 1, slots, findings),
        empathy: list(&mut section, "empathy", 1, slots, findings),
        questions: list(&mut section, "questions", 1, slots, findings),
        options: options(&mut section, slots, findings),
        escalation: required(&mut section, "escalation", POINT_LIMIT, slots, findings),
    };
    section.finish(findings);
    points
}

fn required(
    section: &mut Section<'_>,
    key: &'static str,
    limit: usize,
    slots: &[Slot],
    findings: &mut Findings,
) -> String {
    let Some(held) = section.get(key) else {
        section.missing(findings, key, &format!("write 1 to {limit} characters"));
        return String::new();
    };
    check_slots(&held, held.value.as_str().unwrap_or_default(), slots, findings);
    section.text(findings, key, limit).unwrap_or_default()
}

fn list(
    section: &mut Section<'_>,
    key: &'static str,
    least: usize,
    slots: &[Slot],
    findings: &mut Findings,
) -> Vec<String> {
    let texts = section.texts(findings, key);
    if texts.len() < least {
        section.missing(findings, key, &format!("write at least {least}"));
    }
    for (text, held) in &texts {
        check_slots(held, text, slots, findings);
        check_length(held, text, findings);
    }
    texts.into_iter().map(|(text, _)| text.to_owned()).collect()
}

fn options(section: &mut Section<'_>, slots: &[Slot], findings: &mut Findings) -> Vec<OptionToOffer> {
    let mut options = Vec::new();
    for mut option in section.tables(findings, "options") {
        let text = required(&mut option, "text", POINT_LIMIT, slots, findings);
        let right = "write staff, manager or head-office";
        let approver = option.read(findings, "approver", "approves nothing", right, Approver::parse);
        if option.get("approver").is_none() {
            option.missing(findings, "approver", right);
        }
        options.extend(approver.map(|approver| OptionToOffer { text, approver }));
        option.finish(findings);
    }
    if options.len() < 2 {
        section.missing(
            findings,
            "options",
            "offer at least two, each { text = \"…\", approver = \"staff\" }",
        );
    }
    options
}

fn check_slots(held: &Held<'_>, text: &str, slots: &[Slot], findings: &mut Findings) {
    for name in names_in(text) {
        if !slots.iter().any(|slot| slot.as_str() == name) {
            let known: Vec<String> = slots.iter().map(|slot| format!("{{{}}}", slot.as_str())).collect();
            let right = format!("the slots of this playbook are {}", known.join(", "));
            held.problem(findings, &format!("holds {{{name}}}, which is no slot"), &right);
        }
    }
}

fn check_length(held: &Held<'_>, text: &str, findings: &mut Findings) {
    if text.trim().is_empty() || text.chars().count() > POINT_LIMIT {
        held.problem(findings, "is empty or too long", &format!("write 1 to {POINT_LIMIT} characters"));
    }
}
