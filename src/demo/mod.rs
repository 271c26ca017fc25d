//! The desk without Discord: the sandbox, the bot as a real client of it, and a clock that is moved by hand.

mod afternoon;
mod cast;
mod day;
mod lines;
mod morning;
pub mod player;
pub mod stage;

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail, ensure};

use crate::app::interrupted;
use crate::kernel::lang::Lang;
use crate::sandbox::Sandbox;
use crate::store;
use cast::{Cast, Chance};
use day::Day;
use player::{Player, Watched};
use stage::{Stage, StageOptions};

/// Monday 23 November 2026, 00:00 in Hà Nội (Unix ms).
const MIDNIGHT: i64 = 1_795_366_800_000;

/// How the demo is played.
#[derive(Clone, Debug)]
pub struct DemoOptions {
    /// Whether it ends after the day, without anybody watching.
    pub headless: bool,
    /// Decides, with the language, who comes, what they write and when.
    pub seed: u64,
    /// The desk's language.
    pub lang: Lang,
    /// Simulated seconds per second, where somebody watches.
    pub speed: f64,
    /// The port of the page; 0: any.
    pub port: u16,
    /// The database; none: a temporary file.
    pub database: Option<String>,
}

/// Plays the demo; what happens is written to standard output.
///
/// # Errors
///
/// Why it cannot begin, or what in the day did not happen as it should.
pub async fn run(options: DemoOptions) -> anyhow::Result<()> {
    play(options, &mut std::io::stdout()).await
}

/// Plays the demo; what happens is written to `out`.
///
/// # Errors
///
/// As [`run`].
pub async fn play(options: DemoOptions, out: &mut (dyn Write + Send)) -> anyhow::Result<()> {
    ensure!(options.speed.is_finite() && options.speed > 0.0, "--speed must be greater than 0");
    let folder = tempfile::tempdir().context("no temporary folder")?;
    let stage = set(&options, folder.path()).await?;
    let mut chance = Chance::new(options.seed);
    let cast = cast::make(&stage.sandbox, options.lang, day::CUSTOMERS, &mut chance);
    let length = u64::try_from(day::END - day::BEGIN).unwrap_or_default();
    let watched = (!options.headless).then(|| Watched::new(options.speed, length));
    let mut player = Player::new(stage, options.lang, MIDNIGHT, watched, out);
    // A slow machine plays the same day.
    player.stage.sandbox.set_patient(true);
    player.stage.start_bot().await?;
    let origin = player.stage.sandbox.origin();
    let ended = if options.headless {
        whole_day(&mut player, &cast, &mut chance).await
    } else {
        say(&invitation(&player.stage.sandbox, &origin, &cast));
        watch(&mut player, &cast, &mut chance, &origin).await
    };
    let Player { stage, .. } = player;
    stage.strike().await?;
    ended
}

async fn set(options: &DemoOptions, folder: &Path) -> anyhow::Result<Stage> {
    let database_url = match &options.database {
        Some(url) => url.clone(),
        None => format!("sqlite:{}", folder.join("demo.db").display()),
    };
    let file = database_url.strip_prefix("sqlite://").or_else(|| database_url.strip_prefix("sqlite:"));
    let file = file.map(|path| Path::new(path.split('?').next().unwrap_or_default()));
    if file.is_some_and(|file| file.metadata().is_ok_and(|held| held.len() > 0)) {
        bail!("{}", in_use(&database_url));
    }
    let set = |port: u16| {
        Stage::set(StageOptions {
            start_ms: MIDNIGHT + day::BEGIN,
            database_url: database_url.clone(),
            port,
            // What the operator's files say is no part of the story: it is the same everywhere.
            config_folder: folder.join("config"),
            data_dir: folder.join("data"),
        })
    };
    let port = options.port;
    let stage = match set(port).await {
        // Nobody looks for the page of a headless day.
        Err(error) if is_taken(&error) && options.headless => set(0).await?,
        Err(error) if is_taken(&error) => {
            bail!("port {port} of 127.0.0.1 is taken by another program: choose one with --port")
        }
        set => set?,
    };
    ensure!(store::blank::is_blank(stage.db()).await?, in_use(&database_url));
    Ok(stage)
}

fn is_taken(error: &anyhow::Error) -> bool {
    let cause = error.downcast_ref::<std::io::Error>();
    cause.is_some_and(|cause| cause.kind() == std::io::ErrorKind::AddrInUse)
}

/// The address is shown without a password that may stand in it.
fn in_use(url: &str) -> String {
    let shown = url.rsplit_once('@').map_or(url, |(_, place)| place);
    format!("the database {shown} is already in use: the demo wants an empty one of its own (--database)")
}

async fn whole_day(player: &mut Player<'_>, cast: &Cast, chance: &mut Chance) -> anyhow::Result<()> {
    Day { player, cast, chance }.play().await?;
    let left = player.stage.leftovers().await?;
    ensure!(left.is_empty(), "left over at the end of the day:\n{}", left.join("\n"));
    Ok(())
}

/// The day before somebody's eyes; then the desk stays up until it is told to end.
async fn watch(
    player: &mut Player<'_>,
    cast: &Cast,
    chance: &mut Chance,
    origin: &str,
) -> anyhow::Result<()> {
    // What is due while somebody moves the page's clock comes at its time, and not when the clock has arrived.
    player.stage.sandbox.clock().be_led();
    tokio::select! {
        played = whole_day(player, cast, chance) => {
            if let Err(error) = played {
                // Whoever plays along on the page may lead the story elsewhere; the desk goes on.
                say(&format!("The day went another way than planned: {error:#}\n"));
            }
        }
        ended = interrupted() => return ended,
    }
    player.end_of_day();
    let sandbox = player.stage.sandbox.clone();
    sandbox.set_patient(false);
    sandbox.clock().set_speed(1.0);
    sandbox.show_clock();
    say(&invitation(&sandbox, origin, cast));
    player.follow(interrupted(), |error| say(&format!("{error:#}\n"))).await
}

/// Where the page is, and as whom it can be opened.
fn invitation(sandbox: &Sandbox, origin: &str, cast: &Cast) -> String {
    let people = [
        ("customer", cast.customers[0]),
        ("staff", cast.staff[0]),
        ("manager", cast.manager),
        ("head office", cast.head_office),
    ];
    let mut lines = vec![format!("\nThe desk is open: {origin}/")];
    lines.extend(
        people.map(|(part, person)| format!("  {origin}/?as={}  {} ({part})", person.id, person.name.full)),
    );
    lines.push(format!("Speed and clock are on the page (now ×{}); Ctrl-C ends.\n", sandbox.clock().speed()));
    lines.join("\n") + "\n"
}

/// Says something to whoever started the program.
fn say(text: &str) {
    let mut err = std::io::stderr();
    // Nobody may be listening; the demo goes on.
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
