//! What a start ends in that no restart cures, or that one may: one sentence with the cure, the code for it, and no more than one
//! session asked for.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures::{SinkExt, StreamExt};
use langnghe::sandbox::rules::fault::{Fault, FaultKind, GatewayFault};
use serde_json::json;
use tokio::net::TcpListener;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use crate::cli::{TOKEN, configure, program};
use crate::databases::SERVER;
use crate::scripted_server::{Server, status};
use crate::serve::Office;
use crate::tiers::full;

impl Office {
    fn closes_with(&self, code: u16) {
        let kind = FaultKind::Gateway(GatewayFault::Close(code));
        self.sandbox.fault(Fault { method: None, path_contains: None, times: 1, kind });
    }
}

/// How often a sentence stands in what was said.
fn times(said: &str, sentence: &str) -> usize {
    said.matches(sentence).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_a8_a_token_that_is_refused_ends_with_two_and_the_cure() {
    let office = Office::open().await;
    let mut command = program(office.folder.path());
    command.arg("serve");
    let wrong = TOKEN.replace("0001", "0002");
    command.env("DISCORD_TOKEN", &wrong).env("DISCORD_API_URL", office.sandbox.origin());
    let output = tokio::task::spawn_blocking(move || command.output().expect("it runs")).await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(times(&said, "DISCORD_TOKEN: Discord refuses the token"), 1, "{said}");
    assert!(said.contains("Reset Token") && !said.contains(&wrong), "{said}");
    office.sandbox.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_a8_a_gateway_that_closes_for_good_ends_with_two_and_the_cure() {
    for (code, sentence) in [
        (4004, "DISCORD_TOKEN: Discord refuses the token"),
        (4014, "desk.message-content: Discord does not grant the intent"),
        (4013, "Discord does not take how this program connects"),
    ] {
        let office = Office::open().await;
        let mut serving = office.serve_with(&[]);
        serving.line("ready").await;
        office.closes_with(code);
        let (ended, said) = serving.end().await;
        assert_eq!(ended.code(), Some(2), "{code}: {said}");
        assert_eq!(times(&said, sentence), 1, "{code}: {said}");
        assert!(!said.contains("Caused by") && !said.contains("the gateway: "), "{code}: {said}");
        office.sandbox.stop();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_a8_a_database_that_cannot_be_opened_names_the_cure() {
    let office = Office::open().await;
    let folder = office.folder.path();
    std::fs::write(folder.join("file"), "no database at all, and long enough to be looked at as one")
        .unwrap();
    std::fs::create_dir(folder.join("a-folder")).unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut cases = vec![
        ("sqlite:file/desk.db".to_owned(), 2, "the folder cannot be written"),
        ("sqlite:file".to_owned(), 2, "is no SQLite database"),
        ("sqlite:a-folder".to_owned(), 2, "cannot be opened"),
    ];
    if full() {
        // Tried for half a minute.
        cases.push((format!("postgres://desk@127.0.0.1:{port}/desk"), 1, "nothing answers there"));
    }
    if let Ok(server) = std::env::var(SERVER) {
        let (base, _) = server.rsplit_once('/').expect("a database");
        cases.push((format!("{base}/there_is_no_such_desk"), 2, "there is no such database"));
        let nobody = base.replace("postgres://postgres", "postgres://nobody_at_all");
        cases.push((format!("{nobody}/postgres"), 2, ""));
    }
    for (url, code, said) in cases {
        let (ended, told) = office.serve_with(&[("DATABASE_URL", &url)]).end().await;
        assert_eq!(ended.code(), Some(code), "{url}: {told}");
        assert!(told.contains("cannot open the database") && told.contains(said), "{url}: {told}");
        assert_eq!(times(&told, "cannot open the database"), 1, "{url}: {told}");
    }
    assert!(office.sandbox.calls().is_empty(), "Discord is not asked for anything");
    office.sandbox.stop();
}

/// A gateway that answers every session that is asked for by closing it with a code. Its address, and how many there were.
async fn closing_gateway(code: u16) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("ws://{}", listener.local_addr().expect("it has one"));
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let count = count.clone();
            tokio::spawn(async move {
                let Ok(mut socket) = tokio_tungstenite::accept_async(near).await else { return };
                let hello = json!({ "op": 10, "d": { "heartbeat_interval": 41_250 }, "s": null, "t": null });
                let _ = socket.send(Message::text(hello.to_string())).await;
                while let Some(Ok(heard)) = socket.next().await {
                    if heard.to_string().contains("\"op\":2") {
                        count.fetch_add(1, Ordering::SeqCst);
                        let frame = CloseFrame { code: code.into(), reason: "".into() };
                        let _ = socket.send(Message::Close(Some(frame))).await;
                    }
                }
            });
        }
    });
    (address, asked)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_a8_no_close_for_good_burns_the_sessions_of_the_day() {
    for (code, sentence) in [
        (4004, "DISCORD_TOKEN: Discord refuses the token"),
        (4010, "close code 4010"),
        (4011, "close code 4011"),
        (4012, "close code 4012"),
        (4013, "close code 4013"),
        (4014, "desk.message-content"),
    ] {
        let (address, asked) = closing_gateway(code).await;
        let discord = Server::start(move |_, heard| match heard.line.contains("/gateway/bot") {
            true => status(
                200,
                json!({ "url": address, "shards": 1, "session_start_limit": { "total": 1_000, "remaining": 1_000, "reset_after": 0, "max_concurrency": 1 } }),
            ),
            false => status(200, json!([])),
        });
        let discord = discord.await;
        let folder = tempfile::tempdir().expect("a folder");
        configure(folder.path(), "");
        let mut command = program(folder.path());
        command.arg("serve").env("DISCORD_TOKEN", TOKEN).env("DISCORD_API_URL", &discord.origin);
        let output = tokio::task::spawn_blocking(move || command.output().expect("it runs")).await.unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{code}: {said}");
        assert_eq!(times(&said, sentence), 1, "{code}: {said}");
        assert!(
            asked.load(Ordering::SeqCst) <= 2,
            "{code}: {} sessions were asked for",
            asked.load(Ordering::SeqCst)
        );
    }
}
