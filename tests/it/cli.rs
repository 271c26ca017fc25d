//! The program as it is typed: help, `check`, and a configuration that `serve` does not start with.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use langnghe::sandbox::{Options, Sandbox, SandboxClock};

/// Any token, if it looks like one.
pub const TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAx.sandbox.serve-of-the-complaint-desk-0001";

/// The program in a folder of its own, with nothing of this machine's settings.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_langnghe"));
    command.current_dir(folder).stdin(Stdio::null());
    for name in
        ["DISCORD_TOKEN", "DISCORD_API_URL", "DATABASE_URL", "LANGNGHE_CONFIG", "LANGNGHE_LOG", "RUST_LOG"]
    {
        command.env_remove(name);
    }
    command
}

/// Writes `config/langnghe.toml` in a folder; health is served on any free port unless the text says otherwise.
pub fn configure(folder: &Path, text: &str) {
    let health = if text.contains("[health]") { "" } else { "\n[health]\nlisten = \"127.0.0.1:0\"\n" };
    fs::create_dir_all(folder.join("config")).expect("the folder can be made");
    fs::write(folder.join("config/langnghe.toml"), format!("{text}{health}"))
        .expect("the file can be written");
}

/// Runs the program: exit code, standard output, standard error.
pub fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    told(program(folder).args(arguments).output().expect("the program runs"))
}

fn told(output: Output) -> (Option<i32>, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn help_is_everywhere_and_names_what_there_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let cases: [(&[&str], &[&str]); 10] = [
        (
            &["--help"],
            &["demo", "serve", "sandbox", "check", "deadline", "backup", "restore", "migrate-data"],
        ),
        (&["demo", "--help"], &["--headless", "--seed", "--lang", "--speed", "--port", "--database", "8787"]),
        (&["serve", "--help"], &["Discord"]),
        (&["sandbox", "--help"], &["--port"]),
        (&["check", "--help"], &["LANGNGHE_CONFIG"]),
        (
            &["deadline", "explain", "--help"],
            &["--calendar", "--start", "--target", "--pause", "--zone", "--lang", "--now", "--config", "3wd"],
        ),
        (&["deadline", "test", "--help"], &["--calendars", "--config", "CASES"]),
        (&["backup", "--help"], &["FILE", "--database", "data-dir", "while it runs"]),
        (&["restore", "--help"], &["FILE", "--database", "data-dir", "empty database"]),
        (&["migrate-data", "--help"], &["--from", "--to", "Stop the desk first"]),
    ];
    for (arguments, named) in cases {
        let (code, out, err) = run(folder.path(), arguments);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{arguments:?}");
        for word in named {
            assert!(out.contains(word), "{arguments:?} does not name {word}:\n{out}");
        }
    }
    let (code, out, err) = run(folder.path(), &["serv"]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    assert!(err.contains("serve"), "a slip is answered with the nearest command:\n{err}");
}

#[test]
fn check_prints_what_is_in_force_and_where_it_comes_from() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    configure(folder.path(), "[clocks.reply]\ntarget = \"20m\"\n");
    let (code, out, err) = run(folder.path(), &["check"]);
    assert_eq!((code, err.as_str()), (Some(0), ""), "{out}");
    assert!(out.contains("clocks.reply.target = \"20m\""), "{out}");
    assert!(out.contains("desk.time-zone = \"Asia/Ho_Chi_Minh\""), "{out}");

    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    let named = folder.path().join("config");
    let (code, by_argument, _) = run(elsewhere.path(), &["check", named.to_str().expect("UTF-8")]);
    let by_variable = told(
        program(elsewhere.path())
            .arg("check")
            .env("LANGNGHE_CONFIG", &named)
            .output()
            .expect("the program runs"),
    );
    assert_eq!((code, by_variable.0), (Some(0), Some(0)));
    assert!(by_argument.contains("clocks.reply.target = \"20m\""), "{by_argument}");
    assert_eq!(by_argument, by_variable.1);
}

#[test]
fn check_names_every_wrong_value_with_file_and_cure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    configure(folder.path(), "[clocks.reply]\ntarget = \"15x\"\n[desk]\nlocale = \"fr\"\n");
    let output = program(folder.path())
        .arg("check")
        .env("DISCORD_TOKEN", TOKEN)
        .env("DATABASE_URL", "mysql://desk:secret@localhost/desk")
        .output()
        .expect("the program runs");
    let (code, out, err) = told(output);
    assert_eq!((code, err.as_str()), (Some(1), ""), "{out}");
    assert_eq!(out.lines().count(), 3, "{out}");
    for part in
        ["config/langnghe.toml", "clocks.reply.target: \"15x\"", "desk.locale: \"fr\"", "DATABASE_URL"]
    {
        assert!(out.contains(part), "{part} is not in\n{out}");
    }
    assert!(!out.contains("secret") && !out.contains(TOKEN), "a secret was printed:\n{out}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn serve_does_not_connect_with_a_wrong_configuration() {
    let clock = SandboxClock::running(None, 1.0);
    let sandbox =
        Sandbox::start(Options { port: 0, clock, token: TOKEN.to_owned() }).await.expect("a port is free");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let cases = [
        ("[clocks.reply]\ntarget = \"15x\"\n", TOKEN, sandbox.origin(), "clocks.reply.target: \"15x\""),
        ("", "", sandbox.origin(), "DISCORD_TOKEN is not set"),
        ("", TOKEN, format!("{}/api/v10", sandbox.origin()), "DISCORD_API_URL"),
    ];
    for (text, token, origin, reason) in cases {
        configure(folder.path(), text);
        let mut serve = program(folder.path());
        serve.arg("serve").env("DISCORD_TOKEN", token).env("DISCORD_API_URL", origin);
        let output =
            tokio::task::spawn_blocking(move || serve.output()).await.expect("the waiting thread lives");
        let (code, _, err) = told(output.expect("the program runs"));
        assert_eq!(code, Some(2), "{reason}: {err}");
        assert!(err.contains(reason), "{reason} is not in\n{err}");
        assert!(!folder.path().join("data").exists(), "nothing is made before the configuration is right");
    }
    assert!(sandbox.calls().is_empty(), "{:?}", sandbox.calls());
    sandbox.stop();
}

#[test]
fn the_invitation_asks_for_the_permissions_that_the_desk_uses() {
    let asked = format!("&permissions={}\n", langnghe::discord::setup::invite_permissions());
    for (name, text) in [
        ("README.md", include_str!("../../README.md")),
        ("vi/operator.md", include_str!("../../config/manual/vi/operator.md")),
        ("en/operator.md", include_str!("../../config/manual/en/operator.md")),
    ] {
        assert!(text.contains(&asked), "{name}: not {asked}");
        assert_eq!(
            text.matches("&permissions=").count(),
            text.matches(&asked).count(),
            "{name}: not {asked}"
        );
    }
}
