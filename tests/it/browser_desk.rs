//! A complaint's whole life on the page, in a real browser, with the bot as a client of the sandbox.

use langnghe::app;
use langnghe::clock::Clock;
use langnghe::config::Env;
use langnghe::discord::bot::Bot;
use langnghe::sandbox::{
    ChannelSpec, Guild, GuildSpec, Options, PersonSpec, Place, RoleSpec, Sandbox, SandboxClock,
    TranscriptOptions,
};
use langnghe::store::db::Db;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::browser::Browser;

/// Monday 23 November 2026, 09:00 in Ho Chi Minh City: by day a rating is asked for at once.
const MORNING: i64 = 1_795_399_200_000;
/// Any token will do for the sandbox, if it looks like one.
const TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAx.browser.test-of-the-complaint-desk-00001";
const MANAGE_GUILD: u64 = 1 << 5;
const MANAGE_THREADS: u64 = 1 << 34;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_complaint_is_filed_answered_resolved_rated_and_counted_on_the_page() {
    let Some(browser) = Browser::find() else { return };
    let (sandbox, running) = world_with_bot_and_panel().await;
    let account = browser.drive(&sandbox.origin()).await;
    let transcript = sandbox.transcript(TranscriptOptions::default());
    assert_eq!(account["ok"], true, "{account}\n{transcript}");
    assert_eq!(sandbox.violations(), Vec::<String>::new());
    running.bot.close();
    sandbox.stop();
}

/// The bot with its workers; they end when it is dropped.
struct Running {
    bot: Bot,
    _workers: JoinSet<()>,
    _folder: tempfile::TempDir,
}

/// Starts the bot as a client of the sandbox. Its clock stands at the morning, so that no quiet hours hold a rating back.
async fn bot_on(sandbox: &Sandbox) -> Running {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let env = Env { config_folder: folder.path().join("config"), ..Env::default() };
    let mut config =
        app::configuration(&env.config_folder, &env).expect("the shipped configuration is right");
    config.desk.data_dir = folder.path().join("data");
    let url = format!("sqlite:{}", folder.path().join("desk.db").display());
    let db = Db::open(&url).await.expect("a fresh database opens");
    let (origin, clock) = (sandbox.origin(), Clock::manual(MORNING));
    let bot = app::build(&config, db, clock, &origin, TOKEN).await.expect("the bot is built");
    let mut workers = app::workers(&bot);
    workers.spawn({
        let bot = bot.clone();
        async move { bot.connect(TOKEN, &origin).await.expect("the bot stays connected") }
    });
    bot.ready().wait_for(|ready| *ready).await.expect("the bot gets ready");
    Running { bot, _workers: workers, _folder: folder }
}

/// The guild with its people, the bot connected and set up, the panel posted: what `tests/browser/desk.mjs` asks for.
async fn world_with_bot_and_panel() -> (Sandbox, Running) {
    let clock = SandboxClock::running(Some(MORNING), 1.0);
    let sandbox =
        Sandbox::start(Options { port: 0, clock, token: String::new() }).await.expect("a port is free");
    let guild = furnish(&sandbox);
    let manager = people(&sandbox, &guild);
    let running = bot_on(&sandbox).await;
    let channel = |name: &str| json!(guild.channels[name].to_string());
    let role = |name: &str| json!(guild.roles[name].to_string());
    let settings = [
        ("desk-channel", channel("desk")),
        ("intake-channel", channel("help")),
        ("manager-channel", channel("managers")),
        ("staff-role", role("Staff")),
        ("manager-role", role("Manager")),
        ("head-office-role", role("Head office")),
        ("locale", json!("en")),
    ];
    run(&sandbox, manager, &guild, "desk setup", &settings).await;
    run(&sandbox, manager, &guild, "desk panel", &[]).await;
    (sandbox, running)
}

fn furnish(sandbox: &Sandbox) -> Guild {
    let role = |name: &str, permissions| RoleSpec { name: name.to_owned(), permissions };
    let channel = |name: &str, private_to: &[&str]| ChannelSpec {
        name: name.to_owned(),
        private_to: private_to.iter().map(|role| (*role).to_owned()).collect(),
    };
    sandbox.make_guild(GuildSpec {
        name: "Internet Một".to_owned(),
        roles: vec![
            role("Staff", MANAGE_THREADS),
            role("Manager", MANAGE_THREADS | MANAGE_GUILD),
            role("Head office", MANAGE_THREADS),
        ],
        channels: vec![
            channel("help", &[]),
            channel("desk", &["Staff", "Manager", "Head office"]),
            channel("managers", &["Manager", "Head office"]),
        ],
        bot_permissions: None,
    })
}

/// One person of each kind, all reading English; the manager's id.
fn people(sandbox: &Sandbox, guild: &Guild) -> u64 {
    let person = |name: &str, label: &str, role: Option<&str>| {
        sandbox.make_person(PersonSpec {
            guild: guild.id,
            name: name.to_owned(),
            locale: "en-GB".to_owned(),
            label: label.to_owned(),
            roles: role.map(|name| guild.roles[name]).into_iter().collect(),
            dms_open: true,
        })
    };
    person("John Carter", "customer", None);
    person("Emma Hughes", "staff", Some("Staff"));
    person("Lê Quốc Bảo", "head office", Some("Head office"));
    person("Phạm Thu Hà", "manager", Some("Manager"))
}

async fn run(sandbox: &Sandbox, manager: u64, guild: &Guild, name: &str, options: &[(&str, Value)]) {
    let place = Place::Channel(guild.channels["desk"]);
    let interaction = sandbox.command(manager, place, name, options).expect("a manager may do that");
    let answer = sandbox.answer(interaction).await;
    assert!(!answer.text().is_empty(), "/{name} was not answered");
}
