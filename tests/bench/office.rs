//! Desks inside this process, for what is measured below Discord: storing, deadlines, timers; on SQLite and on PostgreSQL.

use std::collections::BTreeMap;

use langnghe::clock::Clock;
use langnghe::config::{Config, Env};
use langnghe::desk::inbox::Key;
use langnghe::desk::parcel::{Brought, Courier, Parcel};
use langnghe::desk::request::{Asker, Request, RequestKind};
use langnghe::desk::{Desk, Rules};
use langnghe::domain::settings::Setup;
use langnghe::kernel::ids::{ChannelId, GuildId, RoleId, UserId};
use langnghe::kernel::people::Person;
use langnghe::kernel::people::Rank;
use langnghe::store::db::Db;
use langnghe::store::scratch::Scratch;

use crate::{Failure, instant, row};

/// The server of these desks.
pub const GUILD: GuildId = GuildId(1);
/// A working day, 09:00 in Vietnam.
pub const MORNING: i64 = 1_795_658_400_000;
/// The server where databases may be made.
pub const SERVER: &str = "LANGNGHE_TEST_POSTGRES";
/// How many complaints are stored, and how many people file at a time.
const STORED: i64 = 2_000;
const AT_ONCE: usize = 16;

/// Takes every outbox message for delivered.
pub struct Nobody;

impl Courier for Nobody {
    async fn bring(&self, _: &Parcel) -> Brought {
        Brought::Done
    }
}

/// Runs something on a fresh file, and on a fresh database where a server is named.
pub async fn on_each(
    measure: impl AsyncFn(&'static str, String) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    measure("SQLite", format!("sqlite:{}", folder.path().join("desk.db").display())).await?;
    let Ok(server) = std::env::var(SERVER) else {
        println!("  not measured on PostgreSQL: {SERVER} is not set");
        return Ok(());
    };
    let scratch = Scratch::make(&server, &format!("langnghe_bench_{}", std::process::id())).await?;
    let measured = measure("PostgreSQL", scratch.address().to_owned()).await;
    scratch.drop().await?;
    measured
}

/// The shipped rules, with one server that is set up.
pub fn rules() -> Result<Rules, Failure> {
    let folder = tempfile::tempdir()?;
    let config = Config::load(folder.path(), &Env::default()).map_err(|_| "the shipped configuration")?;
    let setup = Setup {
        desk_channel: Some(ChannelId(2)),
        intake_channel: Some(ChannelId(3)),
        manager_channel: Some(ChannelId(4)),
        staff_role: Some(RoleId(5)),
        ..Setup::default()
    };
    let setups = BTreeMap::from([(GUILD, setup)]);
    Ok(Rules { policy: config.policy().clone(), setups, locale: config.desk.locale })
}

/// A desk on a database.
pub async fn open(url: &str, clock: &Clock) -> Result<Desk, Failure> {
    Ok(Desk::open(Db::open(url).await?, clock.clone(), rules()?).await?)
}

/// Somebody files with the form.
pub async fn file(desk: &Desk, number: i64) -> Result<(), Failure> {
    let id = UserId(1_000 + number.unsigned_abs());
    let person = Person { id, name: "An".to_owned() };
    let words = format!("Nhà em mất mạng {number}");
    let (wish, contact, files) = (String::new(), String::new(), Vec::new());
    let kind = RequestKind::File { guild: GUILD, words, wish, contact, files, lost: Vec::new() };
    let asker = Asker { person, lang: None, rank: Rank::default() };
    desk.requests()
        .ask(Request {
            key: Key::Text(format!("i{number}")),
            asker,
            kind,
            record: None,
            pressed: None,
            sight: langnghe::domain::sight::Sight::Present,
        })
        .await?;
    Ok(())
}

/// How many filings are stored in a second, each in a commit that lasts.
pub async fn measure() -> Result<(), Failure> {
    use futures::StreamExt;
    println!("\nfilings stored, {AT_ONCE} people at a time");
    on_each(async |kind, url| {
        let desk = open(&url, &Clock::manual(MORNING)).await?;
        let begun = instant();
        let mut filings =
            futures::stream::iter(0..STORED).map(|number| file(&desk, number)).buffer_unordered(AT_ONCE);
        while let Some(filed) = filings.next().await {
            filed?;
        }
        drop(filings);
        let rate = STORED as f64 / begun.elapsed().as_secs_f64();
        row(&format!("on {kind}, a second"), &format!("{rate:.0}"));
        desk.db().close().await;
        Ok(())
    })
    .await
}
