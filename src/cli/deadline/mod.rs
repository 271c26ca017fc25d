//! `deadline`: explains what a deadline comes to, and tests calendars against cases.

pub mod calendars;
pub mod cases;
pub mod explain;
pub mod input;
pub mod rows;
pub mod test;
pub mod words;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Language;
use crate::config::{Config, Env, Problem};
use crate::sla::hours::Hours;

/// What there is to do with deadlines.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print each stretch of time that counts for a deadline and each that does not, why, and what it comes to
    Explain(Explain),
    /// Run cases (JSON Lines, one a line) and name those that do not hold
    Test(Test),
}

/// What `deadline explain` is asked.
#[derive(Debug, Args)]
pub struct Explain {
    /// The calendar: `always`, or the name of a file in calendars/ without its ending
    #[arg(long)]
    pub calendar: String,
    /// When the clock starts, e.g. "2026-11-26 16:30" in the calendar's zone, or 2026-11-26T16:30:00+07:00
    #[arg(long, allow_hyphen_values = true)]
    pub start: String,
    /// How much open time there is, e.g. 15m, 1h30m, 24h, 7d; or how many working days by law, e.g. 3wd
    #[arg(long, allow_hyphen_values = true)]
    pub target: String,
    /// When the clock stands still, e.g. "2026-11-26 17:00..2026-11-27 09:00"; without an end it lasts (repeatable)
    #[arg(long, value_name = "FROM..TO", allow_hyphen_values = true)]
    pub pause: Vec<String>,
    /// The zone in which times are read and printed (default: the calendar's, else the desk's)
    #[arg(long)]
    pub zone: Option<String>,
    /// Until when a deadline that has no end yet is followed (default: now)
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub now: Option<String>,
    /// The language
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub lang: Language,
    /// The folder of the configuration (default: LANGNGHE_CONFIG, else `config`)
    #[arg(long, value_name = "FOLDER")]
    pub config: Option<PathBuf>,
}

/// What `deadline test` is asked.
#[derive(Debug, Args)]
pub struct Test {
    /// Calendars for the cases (JSON Lines); those it does not hold are the configuration's
    #[arg(long, value_name = "FILE")]
    pub calendars: Option<PathBuf>,
    /// The folder of the configuration (default: LANGNGHE_CONFIG, else `config`)
    #[arg(long, value_name = "FOLDER")]
    pub config: Option<PathBuf>,
    /// The cases
    pub cases: PathBuf,
}

/// What a command has to say, and how it ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// The lines for standard output.
    pub out: String,
    /// The lines for standard error.
    pub err: String,
    /// The exit code: 0 where all is well, 1 where a case does not hold, 2 where what was given cannot be used.
    pub code: u8,
}

impl Told {
    /// What was given cannot be used: each line says why.
    fn unusable(lines: impl IntoIterator<Item = String>) -> Self {
        let err = lines.into_iter().map(|line| line + "\n").collect();
        Self { out: String::new(), err, code: 2 }
    }
}

/// Runs a command at the instant `now` (Unix ms) with what the environment says.
pub fn run(command: &Command, env: Result<Env, Vec<Problem>>, now: i64) -> Told {
    match command {
        Command::Explain(asked) => explain::run(asked, || configuration(asked.config.as_ref(), env), now),
        Command::Test(asked) => test::run(asked, || configuration(asked.config.as_ref(), env)),
    }
}

/// The configuration of a folder: the one that was named, else the environment's.
fn configuration(named: Option<&PathBuf>, env: Result<Env, Vec<Problem>>) -> Result<Config, Vec<String>> {
    let lines = |problems: Vec<Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>();
    let env = match (named, env) {
        (Some(folder), _) if !folder.is_dir() => {
            return Err(vec![format!(
                "--config: {:?} is no folder; name the one that holds langnghe.toml",
                folder
            )]);
        }
        (Some(folder), _) => Env { config_folder: folder.clone(), ..Env::default() },
        (None, env) => env.map_err(lines)?,
    };
    Config::load(&env.config_folder, &env).map_err(lines)
}

/// How to name one of these calendars.
fn known(calendars: &BTreeMap<String, Hours>) -> String {
    let known: Vec<&str> = calendars.keys().map(String::as_str).collect();
    format!("known are {}; others are files in calendars/", known.join(", "))
}
