//! `deadline test`: runs a file of cases and names those that do not hold.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::cases::Case;
use super::rows::{Row, rows, text_of};
use super::{Test, Told, calendars, known};
use crate::config::{Config, Problem};
use crate::sla::hours::Hours;

/// More problems than these help nobody.
const MOST_PROBLEMS: usize = 20;

/// Runs the cases; `configuration` is read only where the cases need a calendar of it.
pub fn run(asked: &Test, configuration: impl FnOnce() -> Result<Config, Vec<String>>) -> Told {
    let own = match &asked.calendars {
        Some(path) => text_of(path).and_then(|text| {
            let mut problems = Vec::new();
            let found = calendars::read(&path.display().to_string(), &text, &mut problems);
            if problems.is_empty() { Ok(found) } else { Err(problems) }
        }),
        None => Ok(BTreeMap::new()),
    };
    let (mut calendars, text) = match (own, text_of(&asked.cases)) {
        (Ok(calendars), Ok(text)) => (calendars, text),
        (own, text) => {
            return unusable(&[own.err().unwrap_or_default(), text.err().unwrap_or_default()].concat());
        }
    };
    let file = asked.cases.display().to_string();
    let mut problems = Vec::new();
    let rows = rows(&file, &text, &mut problems);
    let cases: Vec<(Case, &Row<'_>)> =
        rows.iter().filter_map(|row| Case::read(row, &mut problems).map(|case| (case, row))).collect();
    if !problems.is_empty() {
        problems.sort_by_key(|problem| problem.line);
        return unusable(&problems);
    }
    if cases.iter().any(|(case, _)| !calendars.contains_key(&case.calendar)) {
        match configuration() {
            Ok(config) => {
                for (id, hours) in &config.policy().calendars {
                    calendars.entry(id.clone()).or_insert_with(|| hours.clone());
                }
            }
            Err(lines) => return Told::unusable(lines),
        }
    }
    let stranger = |(case, row): &(Case, &Row<'_>)| {
        let id = Value::from(case.calendar.as_str());
        (!calendars.contains_key(&case.calendar))
            .then(|| row.problem("cal", &id, "is no calendar", &known(&calendars)))
    };
    let strangers: Vec<Problem> = cases.iter().filter_map(stranger).collect();
    if strangers.is_empty() { judge(&cases, &calendars) } else { unusable(&strangers) }
}

fn judge(cases: &[(Case, &Row<'_>)], calendars: &BTreeMap<String, Hours>) -> Told {
    let mut out = String::new();
    let (mut passed, mut failed) = (0, 0);
    for (case, _) in cases {
        match case.holds(&calendars[&case.calendar]) {
            Ok(()) => passed += 1,
            Err((expected, got)) => {
                failed += 1;
                // Writing to a text cannot fail.
                let _ = writeln!(out, "{} FAIL expected {expected} got {got}", case.id);
            }
        }
    }
    let _ = writeln!(out, "{passed} passed, {failed} failed");
    Told { out, err: String::new(), code: u8::from(failed > 0) }
}

fn unusable(problems: &[Problem]) -> Told {
    let more = problems.len().saturating_sub(MOST_PROBLEMS);
    let lines = problems.iter().take(MOST_PROBLEMS).map(ToString::to_string);
    Told::unusable(lines.chain((more > 0).then(|| format!("and {more} more like these"))))
}
