//! discord.js and discord.py talk with the sandbox. What they understand, serenity's leniency does not hide.
//!
//! Installing them, from the repository's root:
//! `npm ci --prefix tests/clients/discordjs`, and
//! `python3 -m venv target/clients-venv && target/clients-venv/bin/pip install -r tests/clients/discordpy/requirements.txt`.
//! Where one is missing its test is skipped and says so; with `LANGNGHE_TEST_CLIENTS=1` (as in CI) it fails.

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use langnghe::sandbox::{
    ChannelSpec, Guild, GuildSpec, Options, PersonSpec, Place, RoleSpec, Sandbox, SandboxClock, Say,
};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn discord_js_understands_the_sandbox() {
    let folder = root().join("tests/clients/discordjs");
    if !installed("discord.js", &folder.join("node_modules/discord.js"), "npm ci in tests/clients/discordjs")
    {
        return;
    }
    let mut node = Command::new("node");
    node.arg("client.mjs").current_dir(folder);
    visit(node).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn discord_py_understands_the_sandbox() {
    let python = root().join("target/clients-venv/bin/python");
    if !installed(
        "discord.py",
        &python,
        "a venv in target/clients-venv with tests/clients/discordpy/requirements.txt",
    ) {
        return;
    }
    let mut client = Command::new(python);
    client
        .arg("client.py")
        .current_dir(root().join("tests/clients/discordpy"))
        .env("PYTHONDONTWRITEBYTECODE", "1");
    visit(client).await;
}

/// One client's visit: it logs in, reads, posts, and has its button, command and form used by a person.
async fn visit(mut client: Command) {
    let clock = SandboxClock::manual(1_790_000_000_000);
    let sandbox =
        Sandbox::start(Options { port: 0, clock, token: String::new() }).await.expect("a port is free");
    let (guild, channel, person) = furnish(&sandbox);

    client
        .env("SANDBOX_URL", sandbox.origin())
        .env("SANDBOX_TOKEN", "MTAw.G0ABCD.abcdefghijklmnopqrstuvwxyz0123456789AB")
        .env("SANDBOX_CHANNEL", channel.to_string())
        .env("SANDBOX_PERSON", person.to_string());
    let output = tokio::task::spawn_blocking(move || client.output())
        .await
        .expect("the waiting thread lives")
        .expect("the client starts");
    let seen = line(&output, &sandbox);

    assert_eq!(seen["guild"], "Internet Một");
    assert_eq!(seen["roles"], json!(["@everyone", "Lắng Nghe", "Staff"]));
    assert_eq!(seen["channels"], json!(["desk"]));
    assert_eq!(seen["threads_before"], json!([]));
    assert_eq!(seen["history"], json!(["Chào mọi người"]));
    assert_eq!(seen["commands"], json!(["greet"]));
    assert_eq!(seen["heard"], "Mất mạng từ sáng");
    assert_eq!(seen["thread_has_message_id"], true);
    assert_eq!(seen["threads_after"], json!(["Complaint 1"]));
    assert_eq!(seen["press"], json!({ "custom_id": "claim", "by": person.to_string(), "locale": "vi" }));
    assert_eq!(seen["press_state"], "updated");
    assert_eq!(seen["edited"], "A card, claimed");
    assert_eq!(seen["option"], "Lan");
    assert_eq!(seen["form_state"], "modal");
    assert_eq!(seen["form"], "Xin chào");
    assert_eq!(seen["answer"], json!({ "state": "message", "ephemeral": true, "content": "Hello Xin chào" }));
    assert_eq!(seen["follow_up"], "And more");
    assert_eq!(seen["direct"], json!({ "content": "By direct message", "guild": null }));
    assert_eq!(seen["refusal"], json!({ "status": 400, "code": 50035 }));

    let cards: Vec<Value> =
        sandbox.messages(channel).into_iter().filter(|message| message["id"] == seen["posted"]).collect();
    assert_eq!(cards.len(), 1);
    assert_eq!(cards[0]["content"], "A card, claimed");
    assert_eq!(cards[0]["embeds"][0]["fields"][0]["value"], "nobody");
    let threads = sandbox.threads(channel);
    assert_eq!(threads.len(), 1);
    assert_eq!((&threads[0]["id"], &threads[0]["name"]), (&seen["posted"], &json!("Complaint 1")));
    let direct = sandbox.dm_channel(person).expect("the client opened it");
    assert_eq!(
        sandbox.messages(direct).last().map(|message| &message["content"]),
        Some(&json!("By direct message"))
    );
    assert!(
        sandbox
            .messages_seen_by(person, channel)
            .iter()
            .any(|message| message["content"] == "Hello Xin chào")
    );
    assert_eq!(guild.channels.len(), 1);

    // The one wrong thing that the client did on purpose, and nothing else.
    let violations = sandbox.violations();
    assert_eq!(violations.len(), 1, "{violations:#?}");
    assert!(violations[0].contains("50035"), "{violations:#?}");
    assert_eq!(sandbox.open_interactions(), 0);
    sandbox.stop();
}

fn furnish(sandbox: &Sandbox) -> (Guild, u64, u64) {
    let guild = sandbox.make_guild(GuildSpec {
        name: "Internet Một".to_owned(),
        roles: vec![RoleSpec { name: "Staff".to_owned(), permissions: 0 }],
        channels: vec![ChannelSpec { name: "desk".to_owned(), private_to: Vec::new() }],
        bot_permissions: None,
    });
    let person = sandbox.make_person(PersonSpec {
        guild: guild.id,
        name: "Lan".to_owned(),
        locale: "vi".to_owned(),
        label: "customer".to_owned(),
        roles: Vec::new(),
        dms_open: true,
    });
    let channel = guild.channels["desk"];
    let greeting =
        Say { text: "Chào mọi người".to_owned(), files: Vec::new(), reply_to: None, ..Say::default() };
    sandbox.say(person, Place::Channel(channel), greeting).expect("a person may talk in an open channel");
    (guild, channel, person)
}

fn line(output: &Output, sandbox: &Sandbox) -> Value {
    let printed = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "the client ended with {}\n{printed}\n{complaint}\nviolations: {:#?}\nrefusals: {:#?}",
        output.status,
        sandbox.violations(),
        sandbox.refusals(),
    );
    printed
        .lines()
        .find_map(|line| serde_json::from_str(line).ok())
        .unwrap_or_else(|| panic!("no JSON line\n{printed}\n{complaint}"))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Whether the client can be tried.
fn installed(client: &str, proof: &Path, how: &str) -> bool {
    if proof.exists() {
        return true;
    }
    let wanted = std::env::var("LANGNGHE_TEST_CLIENTS").is_ok_and(|value| value == "1");
    assert!(!wanted, "LANGNGHE_TEST_CLIENTS=1, but {client} is not installed: {how}");
    println!("skipped: {client} is not installed ({how})");
    false
}
