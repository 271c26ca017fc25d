//! The program's commands.

pub mod check;
pub mod deadline;
pub mod log;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono_tz::Tz;
use clap::{Parser, Subcommand, ValueEnum};

use crate::clock::Clock;
use crate::config::{Env, Problem};
use crate::domain::calendar::wall;
use crate::domain::policy::Lang;
use crate::watch::http::Busy;
use crate::{app, demo, sandbox};

/// Where the page is, unless another port is named.
const PAGE_PORT: u16 = 8787;
/// Wrong configuration: found before connecting.
const WRONG_CONFIGURATION: u8 = 2;

#[derive(Debug, Parser)]
#[command(name = "langnghe", version, about = "A company's complaint desk on Discord", long_about = LONG)]
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

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    log::start(matches!(cli.command, Command::Serve));
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    runtime.block_on(run(cli.command))
}

async fn run(command: Command) -> ExitCode {
    let ended = match command {
        Command::Demo { headless, seed, lang, speed, port, database } => {
            let lang = lang.into();
            let port = port.unwrap_or(if headless { 0 } else { PAGE_PORT });
            demo::run(demo::DemoOptions { headless, seed, lang, speed, port, database }).await
        }
        Command::Sandbox { port, speed } => sandbox::run(port, speed).await.map_err(Into::into),
        Command::Check { folder } => return check(folder),
        Command::Deadline { command } => return deadline(&command),
        Command::Serve => return serve().await,
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

#[expect(clippy::print_stdout, reason = "what the command is for")]
fn check(folder: Option<PathBuf>) -> ExitCode {
    let env = environment_with_dot_env();
    let named = env.as_ref().map(|env| env.config_folder.clone());
    let folder = folder.or(named.ok()).unwrap_or_else(|| PathBuf::from("config"));
    let today = wall(Tz::UTC, Clock::System.now()).date();
    let checked = check::check(&folder, env, today);
    print!("{}", checked.text);
    ExitCode::from(checked.code)
}

fn deadline(command: &deadline::Command) -> ExitCode {
    let told = deadline::run(command, environment_with_dot_env(), Clock::System.now());
    // A reader that has seen enough (`| head`) changes nothing about the result.
    let _ = std::io::stdout().write_all(told.out.as_bytes());
    let _ = std::io::stderr().write_all(told.err.as_bytes());
    ExitCode::from(told.code)
}

#[expect(clippy::print_stderr, reason = "where a program says why it does not start")]
async fn serve() -> ExitCode {
    let env = match environment_with_dot_env() {
        Ok(env) => env,
        Err(problems) => {
            problems.iter().for_each(|problem| eprintln!("{problem}"));
            return ExitCode::from(WRONG_CONFIGURATION);
        }
    };
    let config = match app::configuration(&env.config_folder, &env) {
        Ok(config) => config,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(WRONG_CONFIGURATION);
        }
    };
    if env.discord_token.is_none() {
        eprintln!("DISCORD_TOKEN is not set: put the bot's token there, or into a .env file");
        return ExitCode::from(WRONG_CONFIGURATION);
    }
    match app::serve(&config, &env).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<Busy>() => {
            eprintln!("{error}");
            ExitCode::from(WRONG_CONFIGURATION)
        }
        Err(error) => failed(&error),
    }
}

#[expect(clippy::print_stderr, reason = "where a program says why it ends")]
fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("{error:#}");
    ExitCode::FAILURE
}

/// What the process environment says, and where it says nothing what a `.env` in the working folder or above it says.
///
/// For `serve`, `check` and `deadline` only: `demo` and `sandbox` read no `.env`.
///
/// # Errors
/// All values that cannot be used.
pub fn environment_with_dot_env() -> Result<Env, Vec<Problem>> {
    // A line of the file that cannot be read must not hide the others; its variable is then simply not set.
    let file: BTreeMap<String, String> =
        dotenvy::dotenv_iter().into_iter().flatten().filter_map(Result::ok).collect();
    Env::read(|name| std::env::var(name).ok().or_else(|| file.get(name).cloned()))
}
