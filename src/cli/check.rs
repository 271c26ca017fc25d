//! `check`: reads the whole configuration, and names what is wrong or what is in force.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::app;
use crate::config::{Config, Env, Problem};
use crate::sla::calendar::running_out;
use crate::store;
use crate::text::Texts;

/// What a check found, as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The lines.
    pub text: String,
    /// The exit code: 0 where all is well, 1 where anything is wrong.
    pub code: u8,
}

/// Checks the folder's configuration with what the environment says; the token is never printed.
///
/// Calendars whose holidays are not known for long after `today` are named.
pub fn check(folder: &Path, env: Result<Env, Vec<Problem>>, today: NaiveDate) -> Checked {
    let (env, mut problems) = match env {
        Ok(env) => (env, Vec::new()),
        Err(problems) => (Env::default(), problems),
    };
    let config = match Config::load(folder, &env) {
        Ok(config) => Some(config),
        Err(found) => {
            problems.extend(found);
            None
        }
    };
    let mut wrong: Vec<String> = problems.iter().map(ToString::to_string).collect();
    if let Some(config) = &config {
        match Texts::load(&config.words) {
            Ok(texts) => wrong.extend(texts.faults().iter().map(ToString::to_string)),
            Err(error) => wrong.push(error.to_string()),
        }
    }
    let database = store::place::of_url(&env.database_url);
    match config {
        Some(config) if wrong.is_empty() => {
            Checked { text: in_force(folder, &config, &database, today), code: 0 }
        }
        _ => Checked { text: wrong.iter().map(|line| format!("{line}\n")).collect(), code: 1 },
    }
}

fn in_force(folder: &Path, config: &Config, database: &[PathBuf], today: NaiveDate) -> String {
    let mut text = format!("The configuration in {} is right. In force:\n", folder.display());
    for (key, setting) in &config.settings {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{key} = {} ({})", setting.value, setting.source.as_str());
    }
    for warning in &config.warnings {
        let _ = writeln!(text, "warning: {warning}");
    }
    for (id, hours) in &config.policy().calendars {
        if let Some(until) = running_out(hours.calendar(), today) {
            let _ = writeln!(
                text,
                "warning: calendars/{id}: its holidays are known until {until}; add the next year's table"
            );
        }
    }
    for loose in app::loose(database, config) {
        let _ = writeln!(text, "warning: {loose}");
    }
    text
}
