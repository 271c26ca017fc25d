//! Reads what the desk promises besides its clocks: filing, ratings, categories, quiet hours, the digest.

use std::collections::BTreeSet;

use super::calendars;
use super::usual;
use crate::domain::policy::{Category, Filing, IncidentList, Nudging, QuietHours, RatingPolicy};
use crate::features;
use crate::kernel::severity::Severity;
use crate::kit::setting::Findings;
use crate::kit::setting::Held;
use crate::kit::setting::Section;
use crate::kit::setting::is_kebab;
use crate::language::duration;

const SECOND_MS: i64 = 1000;
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Discord offers no more than 25 choices in a select.
/// <https://discord.com/developers/docs/components/reference#string-select>
const MOST_CATEGORIES: usize = 25;

/// The longest label of such a choice, in characters.
const LONGEST_NAME: usize = 100;

/// Reads `[filing]`.
pub fn filing(mut section: Section<'_>, findings: &mut Findings) -> Option<Filing> {
    let silence = section.duration(findings, "silence", (SECOND_MS, HOUR_MS));
    let longest = section.duration(findings, "longest", (SECOND_MS, DAY_MS));
    let unsent = section.duration(findings, "unsent", (SECOND_MS, DAY_MS));
    let held = section.get("longest");
    section.finish(findings);
    let filing = Filing { silence_ms: silence?, longest_ms: longest?, unsent_ms: unsent? };
    if filing.longest_ms < filing.silence_ms {
        let right = format!("write {} or more", duration::show(filing.silence_ms));
        held?.problem(findings, "is shorter than silence", &right);
    }
    Some(filing)
}

/// Reads `[rating]`.
pub fn rating(mut section: Section<'_>, findings: &mut Findings) -> Option<RatingPolicy> {
    let delay = section.duration(findings, "delay", (0, 30 * DAY_MS));
    let right = "write e.g. 21:00-08:00, or \"\" for none";
    let quiet = section.read(findings, "quiet", "are no quiet hours", right, quiet);
    let reminder = section.duration(findings, "reminder", (SECOND_MS, 90 * DAY_MS));
    let closes = section.duration(findings, "closes", (SECOND_MS, 90 * DAY_MS));
    let held = section.get("reminder");
    section.finish(findings);
    let (delay_ms, quiet, reminder_ms, closes_ms) = (delay?, quiet?, reminder?, closes?);
    if reminder_ms >= closes_ms {
        let right = format!("write less than {}", duration::show(closes_ms));
        held?.problem(findings, "does not come before the question closes", &right);
    }
    Some(RatingPolicy { delay_ms, quiet, reminder_ms, closes_ms })
}

/// Reads `[nudges]`.
pub fn nudging(
    mut section: Section<'_>,
    known_calendars: &BTreeSet<String>,
    findings: &mut Findings,
) -> Option<Nudging> {
    let calendar = super::clocks::calendar(&mut section, known_calendars, findings);
    let texts = section.texts(findings, "around-the-clock");
    let around_the_clock = severities(texts, findings);
    section.finish(findings);
    Some(Nudging { calendar: calendar?, around_the_clock })
}

/// Reads `[incidents]`.
pub fn incident_list(mut section: Section<'_>, findings: &mut Findings) -> Option<IncidentList> {
    let after = section.number(findings, "list-after", (0, 1_000));
    let hold = section.duration(findings, "hold", (0, 7 * DAY_MS));
    section.finish(findings);
    Some(IncidentList { after: after?, hold_ms: hold? })
}

/// Reads severities by their stable names.
pub fn severities(texts: Vec<(&str, Held<'_>)>, findings: &mut Findings) -> Vec<Severity> {
    let mut severities = Vec::new();
    for (text, held) in texts {
        match Severity::parse(text) {
            Some(severity) => severities.push(severity),
            None => held.problem(findings, "is no severity", "write low, normal, high or critical"),
        }
    }
    severities
}

/// Reads `[digest]`: the minute of the day at which it comes; none where it never does.
pub fn digest(mut section: Section<'_>, findings: &mut Findings) -> Option<Option<u16>> {
    let right = "write e.g. 08:15, or \"\" for never";
    let at = section.read(findings, "at", "is no time of day", right, |text| {
        if text.is_empty() { Some(None) } else { calendars::minute(text).filter(|at| *at < 1440).map(Some) }
    });
    section.finish(findings);
    at
}

/// Reads quiet hours: `HH:MM-HH:MM`, across midnight if need be; empty is none.
fn quiet(text: &str) -> Option<Option<QuietHours>> {
    if text.is_empty() {
        return Some(None);
    }
    let times = calendars::times(text)?;
    // 24:00 is 00:00 of the next morning.
    let to_minute = times.to % crate::sla::calendar::DAY_MINUTES;
    (times.from != to_minute).then_some(Some(QuietHours { from_minute: times.from, to_minute }))
}

/// Reads `[[category]]`, in the order people see.
pub fn categories(
    top: &mut Section<'_>,
    known_playbooks: &BTreeSet<String>,
    findings: &mut Findings,
) -> Vec<Category> {
    let mut categories: Vec<Category> = Vec::new();
    for mut section in top.tables(findings, "category") {
        let held = section.get("id");
        let right = "write lower-case letters, digits and hyphens, at most 40, such as connection-lost";
        let id = section
            .read(findings, "id", "is not an id", right, |text| is_kebab(text).then(|| text.to_owned()));
        if held.is_none() {
            section.missing(findings, "id", right);
        }
        let name = |section: &mut Section<'_>, findings: &mut Findings, key| {
            if section.get(key).is_none() {
                section.missing(findings, key, "write its name in this language");
            }
            section.text(findings, key, LONGEST_NAME)
        };
        let (vi, en) = (name(&mut section, findings, "vi"), name(&mut section, findings, "en"));
        let mut playbooks = Vec::new();
        for (playbook, held) in section.texts(findings, "playbooks") {
            if known_playbooks.contains(playbook) {
                playbooks.push(playbook.to_owned());
            } else {
                let known: Vec<&str> = known_playbooks.iter().map(String::as_str).collect();
                let right = format!("known are {}; others are files in playbooks/", known.join(", "));
                held.problem(findings, "is no playbook", &right);
            }
        }
        let words = section.texts(findings, "words").into_iter().map(|(text, _)| text.to_owned()).collect();
        let features = features::category(&mut section, findings);
        let remedies = usual::remedies(&mut section, findings);
        section.finish(findings);
        let (Some(id), Some(vi), Some(en)) = (id, vi, en) else { continue };
        if let (true, Some(held)) = (categories.iter().any(|other| other.id == id), &held) {
            held.problem(findings, "stands there twice", "give each category an id of its own");
        }
        if let (true, Some(held)) = (categories.len() == MOST_CATEGORIES, &held) {
            held.problem(findings, "is one category too many", &format!("keep at most {MOST_CATEGORIES}"));
        }
        categories.push(Category { id, vi, en, playbooks, words, features, remedies });
    }
    categories
}
