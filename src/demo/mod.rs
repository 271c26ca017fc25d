//! The desk without Discord: the sandbox, the bot as a real client of it, and a clock that is moved by hand.

pub mod stage;

use crate::domain::policy::Lang;

/// How the demo is played.
#[derive(Clone, Debug)]
pub struct DemoOptions {
    /// Print what people saw and end.
    pub headless: bool,
    /// Decides who complains about what, and when.
    pub seed: u64,
    /// The language of the desk.
    pub lang: Lang,
    /// Simulated seconds per second.
    pub speed: f64,
    /// The port of the page.
    pub port: u16,
    /// The database; none: a temporary SQLite file.
    pub database: Option<String>,
}

/// Plays the demo.
///
/// # Errors
///
/// What did not happen as it should.
pub async fn run(options: DemoOptions) -> anyhow::Result<()> {
    anyhow::bail!("{options:?}")
}
