//! The program's commands.

pub mod check;
mod data;
pub mod deadline;
pub mod log;
pub mod manual;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono_tz::Tz;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::app::Unusable;
use crate::clock::Clock;
use crate::config::dot_env::{DotEnv, misspelt};
use crate::config::{Config, Env, Problem};
use crate::discord::closing::GatewayError;
use crate::kernel::lang::Lang;
use crate::sla::calendar::wall;
use crate::store::StoreError;
use crate::watch::http::Busy;
use crate::{app, chaos, demo, sandbox};

/// Where the page is, unless another port is named.
const PAGE_PORT: u16 = 8787;
/// Wrong configuration: found before connecting.
const WRONG_CONFIGURATION: u8 = 2;
/// The token was refused while the desk ran.
const TOKEN_REFUSED: u8 = 3;

#[derive(Debug, Parser)]
#[command(name = "langnghe", version, about = "A company's complaint desk on Discord", long_about = LONG)]
#[command(disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// What the program is, for `--help`.
const LONG: &str = "Lắng Nghe (“listen”): a company's complaint desk on Discord. A thread for each complaint, nudges before a \
deadline is missed, a one-minute rating after resolution, approved talking points when the cable is cut, reports for \
managers. In Vietnamese and English.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Play a day of an Internet provider's desk, offline, with a page to watch and play on
    Demo {
        /// Print what people saw and end
        #[arg(long)]
        headless: bool,
        /// Decides who complains about what, and when
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// The language of the desk
        #[arg(long, value_enum, default_value_t = Language::Vi)]
        lang: Language,
        /// Simulated seconds per second
        #[arg(long, default_value_t = 600.0)]
        speed: f64,
        /// The port of the page, on 127.0.0.1 (default: 8787; headless, where nobody looks: any that is free)
        #[arg(long)]
        port: Option<u16>,
        /// The database (default: a temporary SQLite file)
        #[arg(long)]
        database: Option<String>,
    },
    /// Run the desk on Discord, or on what DISCORD_API_URL names
    Serve,
    /// Run the sandbox alone: a Discord in memory, with page and control interface
    Sandbox {
        /// The port, on 127.0.0.1
        #[arg(long, default_value_t = PAGE_PORT)]
        port: u16,
        /// Simulated seconds per second
        #[arg(long, default_value_t = 1.0)]
        speed: f64,
    },
    /// Read the whole configuration; name what is wrong, or print what is in force
    Check {
        /// The folder of the configuration (default: LANGNGHE_CONFIG, else `config`)
        folder: Option<PathBuf>,
    },
    /// Explain what a deadline comes to, or test calendars against cases
    Deadline {
        #[command(subcommand)]
        command: deadline::Command,
    },
    /// Play people at work while everything breaks, and check that nobody lost anything or saw it twice
    ///
    /// Each seed is a desk of its own with other people, faults and deaths of the process, on a sandbox with its own time.
    /// What failed is printed with its steps and everything people saw; the last line counts.
    Chaos {
        /// How many seeds
        #[arg(long, default_value_t = 20)]
        seeds: u64,
        /// The first seed
        #[arg(long, default_value_t = 1)]
        from: u64,
        /// How many steps each takes
        #[arg(long, default_value_t = 30)]
        steps: usize,
        /// A PostgreSQL server where a fresh database can be made for each seed (default: a fresh SQLite file each)
        #[arg(long, value_parser = data::server_url)]
        database: Option<String>,
    },
    /// Write the whole desk into one file, while it runs
    ///
    /// FILE holds all tables, out of one transaction, and the files on their way from `data-dir`: gzip of lines of JSON, the
    /// same from SQLite and from PostgreSQL, with counts and checksums. It appears whole or not at all, readable by its owner
    /// alone, and overwrites nothing.
    Backup {
        /// The file to write
        file: PathBuf,
        /// The database (default: DATABASE_URL, else sqlite://data/langnghe.db)
        #[arg(long, value_parser = data::database_url)]
        database: Option<String>,
    },
    /// Put a backup into an empty database, SQLite or PostgreSQL
    ///
    /// FILE is read whole and found unaltered before anything is written; then all of it is restored, or nothing. A database
    /// in which anything was ever stored, or on which a desk runs, is refused. Files on their way go into `data-dir`.
    Restore {
        /// The backup
        file: PathBuf,
        /// The database (default: DATABASE_URL, else sqlite://data/langnghe.db)
        #[arg(long, value_parser = data::database_url)]
        database: Option<String>,
    },
    /// Move a desk to another database, such as from SQLite to PostgreSQL
    ///
    /// Stop the desk first: while one runs it is refused. All is copied in one transaction into a database in which nothing
    /// was ever stored, and every table is read back and compared. The old database is left as it is.
    MigrateData {
        /// The database that has the desk
        #[arg(long, value_name = "URL", value_parser = data::database_url)]
        from: String,
        /// The database that gets it
        #[arg(long, value_name = "URL", value_parser = data::database_url)]
        to: String,
    },
    /// Print a page of the manual, the usage of a command, or what there is
    Help {
        /// The page or the command
        topic: Vec<String>,
        /// The language (default: that of LC_ALL, LC_MESSAGES or LANG, else English)
        #[arg(long, value_enum)]
        lang: Option<Language>,
    },
}

/// A language, as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Language {
    /// Tiếng Việt
    Vi,
    /// English
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Vi => Self::Vi,
            Language::En => Self::En,
        }
    }
}

/// What each worker may put on its stack (bytes): unoptimised, the futures of a request are large.
const STACK: usize = 16 * 1024 * 1024;

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let serving = matches!(cli.command, Command::Serve);
    // What is wrong with a `.env` is told when its command reads it.
    let dot_env = if reads_dot_env(&cli.command) { dot_env() } else { DotEnv::default() };
    log::start(serving, |name| std::env::var(name).ok().or_else(|| dot_env.variables.get(name).cloned()));
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = match builder.enable_all().thread_stack_size(STACK).build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let ended = runtime.block_on(run(cli.command));
    // What had to be finished is. A task of a library that spins on a closed connection would be waited for without end.
    runtime.shutdown_background();
    ended
}

/// The demo, the sandbox, chaos and help are the same everywhere.
fn reads_dot_env(command: &Command) -> bool {
    let same = matches!(command, Command::Demo { .. } | Command::Sandbox { .. } | Command::Chaos { .. });
    !same && !matches!(command, Command::Help { .. })
}

/// What the program takes on its command line.
pub fn usage() -> clap::Command {
    Cli::command()
}

async fn run(command: Command) -> ExitCode {
    let ended = match command {
        Command::Demo { headless, seed, lang, speed, port, database } => {
            let lang = lang.into();
            let port = port.unwrap_or(if headless { 0 } else { PAGE_PORT });
            demo::run(demo::DemoOptions { headless, seed, lang, speed, port, database }).await
        }
        Command::Sandbox { port, speed } => sandbox::run(port, speed).await.map_err(Into::into),
        Command::Chaos { seeds, from, steps, database: database_url } => {
            return play_chaos(&chaos::ChaosOptions { from, seeds, steps, database_url }).await;
        }
        Command::Check { folder } => return check(folder),
        Command::Deadline { command } => return deadline(&command),
        Command::Help { topic, lang } => return help(&topic, lang),
        Command::Serve => return serve().await,
        Command::Backup { file, database } => {
            let (config, env) = match settings() {
                Ok(settings) => settings,
                Err(code) => return code,
            };
            data::backup(&config, &env, database.as_deref(), &file).await
        }
        Command::Restore { file, database } => {
            let (config, env) = match settings() {
                Ok(settings) => settings,
                Err(code) => return code,
            };
            data::restore(&config, &env, database.as_deref(), &file).await
        }
        Command::MigrateData { from, to } => data::migrate(&from, &to).await,
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
fn check(folder: Option<PathBuf>) -> ExitCode {
    let env = environment_with_dot_env();
    let env = env.map(|env| match &folder {
        Some(folder) => Env { config_folder: folder.clone(), config_folder_is_set: true, ..env },
        None => env,
    });
    let named = env.as_ref().map(|env| env.config_folder.clone());
    let folder = folder.or(named.ok()).unwrap_or_else(|| PathBuf::from("config"));
    let today = wall(Tz::UTC, Clock::System.now()).date();
    let checked = check::check(&folder, env, today);
    print!("{}", checked.text);
    ExitCode::from(checked.code)
}

async fn play_chaos(options: &chaos::ChaosOptions) -> ExitCode {
    match chaos::run(options, &mut std::io::stdout()).await {
        Ok(tally) if tally.failed == 0 => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => failed(&error),
    }
}

fn deadline(command: &deadline::Command) -> ExitCode {
    say(&deadline::run(command, environment_with_dot_env(), Clock::System.now()))
}

fn help(topic: &[String], lang: Option<Language>) -> ExitCode {
    let lang = lang.map_or_else(|| manual::language(|name| std::env::var(name).ok()), Lang::from);
    say(&manual::help(topic, lang, usage()))
}

fn say(told: &deadline::Told) -> ExitCode {
    // A reader that has seen enough (`| head`) changes nothing about the result.
    let _ = std::io::stdout().write_all(told.out.as_bytes());
    let _ = std::io::stderr().write_all(told.err.as_bytes());
    ExitCode::from(told.code)
}

/// The configuration and the environment, or the exit code when what is wrong has been said.
#[expect(clippy::print_stderr, reason = "where a program says why it does not start")]
fn settings() -> Result<(Config, Env), ExitCode> {
    let env = environment_with_dot_env().map_err(|problems| {
        problems.iter().for_each(|problem| eprintln!("{problem}"));
        ExitCode::from(WRONG_CONFIGURATION)
    })?;
    let config = app::configuration(&env.config_folder, &env).map_err(|error| {
        eprintln!("{error}");
        ExitCode::from(WRONG_CONFIGURATION)
    })?;
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    Ok((config, env))
}

#[expect(clippy::print_stderr, reason = "where a program says why it does not start")]
async fn serve() -> ExitCode {
    let (config, env) = match settings() {
        Ok(settings) => settings,
        Err(code) => return code,
    };
    if env.discord_token.is_none() {
        eprintln!("DISCORD_TOKEN is not set: put the bot's token there, or into a .env file");
        return ExitCode::from(WRONG_CONFIGURATION);
    }
    match app::serve(&config, &env).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<app::TokenLost>() => {
            eprintln!("{error}");
            ExitCode::from(TOKEN_REFUSED)
        }
        Err(error) => match lasting(&error) {
            // One sentence, which says what to do; a supervisor that starts it again would only meet it again.
            Some(said) => {
                eprintln!("{said}");
                ExitCode::from(WRONG_CONFIGURATION)
            }
            None => failed(&error),
        },
    }
}

/// What no restart cures, in its own words.
fn lasting(error: &anyhow::Error) -> Option<String> {
    error.chain().find_map(|cause| {
        let busy = cause.downcast_ref::<Busy>().map(ToString::to_string);
        let unusable = cause.downcast_ref::<Unusable>().map(ToString::to_string);
        let gateway = cause.downcast_ref::<GatewayError>().filter(|error| error.is_lasting());
        let store = cause.downcast_ref::<StoreError>().filter(|error| error.is_lasting());
        busy.or(unusable)
            .or_else(|| gateway.map(ToString::to_string))
            .or_else(|| store.map(ToString::to_string))
    })
}

#[expect(clippy::print_stderr, reason = "where a program says why it ends")]
fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("{error:#}");
    ExitCode::FAILURE
}

/// What the process environment says, and where it says nothing what a `.env` in the working folder or above it says.
///
/// `demo`, `sandbox`, `chaos` and `help` read no `.env`.
///
/// # Errors
/// All values that cannot be used.
pub fn environment_with_dot_env() -> Result<Env, Vec<Problem>> {
    let dot_env = dot_env();
    let mut problems = dot_env.problems;
    let said = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let variable = |name: &str| said(name).or_else(|| dot_env.variables.get(name).cloned());
    // A name of the process is somebody else's more often than not; it is ours where ours is missing.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if let Some(near) = misspelt(&name).filter(|near| variable(near).is_none()) {
            problems.push(Problem {
                file: "environment".to_owned(),
                key: name.into_owned(),
                value: String::new(),
                wrong: "is no variable of this program".to_owned(),
                right: format!("did you mean {near}?"),
                line: None,
            });
        }
    }
    let from_file = |problem: Problem| match &dot_env.path {
        Some(path) if said(&problem.key).is_none() => Problem { file: path.display().to_string(), ..problem },
        _ => problem,
    };
    match Env::read(variable) {
        Ok(env) if problems.is_empty() => Ok(env),
        Ok(_) => Err(problems),
        Err(found) => {
            problems.extend(found.into_iter().map(from_file));
            Err(problems)
        }
    }
}

/// The `.env` of the working folder, or of the nearest one above it.
fn dot_env() -> DotEnv {
    // Without a working folder there is no file in it.
    std::env::current_dir().map(|folder| DotEnv::find(&folder)).unwrap_or_default()
}
