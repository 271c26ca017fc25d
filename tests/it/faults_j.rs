//! For whoever runs it: a folder that is not there, files nobody reads, words that cannot be said, a `.env` that cannot be used,
//! a port that is taken; the demo's page steps through what is due, and its store is tidied.

use std::fs;
use std::path::Path;

use langnghe::cli::check::check;
use langnghe::config::Env;
use langnghe::demo::player::Player;
use langnghe::kernel::lang::Lang;
use langnghe::text::Texts;
use serde_json::json;
use tokio::net::TcpListener;

use crate::cli::{TOKEN, program, run};
use crate::config::{TODAY, folder_with, problems_in, problems_of};
use crate::scene::{HOUR, MINUTE, MONDAY_9, Scene, scene, words_of};
use crate::tiers::left_out;

/// Runs the program in a folder with this environment: exit code, standard output and error together.
fn run_with(folder: &Path, environment: &[(&str, &str)], arguments: &[&str]) -> (Option<i32>, String) {
    let output = program(folder).envs(environment.iter().copied()).args(arguments).output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout) + &text(output.stderr))
}

#[test]
fn faults_j1_a_folder_that_is_not_there_is_an_error_unless_it_is_the_usual_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("langnghe/calendars")).unwrap();
    let typo = folder.path().join("langngeh");
    let typo = typo.to_str().unwrap();
    for (arguments, code) in [(&["check"], 1), (&["serve"], 2)] {
        let (ended, said) =
            run_with(folder.path(), &[("LANGNGHE_CONFIG", typo), ("DISCORD_TOKEN", TOKEN)], arguments);
        assert_eq!(ended, Some(code), "{said}");
        assert!(said.contains("LANGNGHE_CONFIG") && said.contains("does not exist"), "{said}");
        assert!(said.contains("did you mean") && said.contains("langnghe?"), "{said}");
    }
    let (ended, said) = run_with(folder.path(), &[], &["check", typo]);
    assert_eq!(ended, Some(1), "{said}");
    fs::write(folder.path().join("file"), "").unwrap();
    let (ended, said) = run_with(folder.path(), &[("LANGNGHE_CONFIG", "file")], &["check"]);
    assert!(ended == Some(1) && said.contains("is a file, not a folder"), "{said}");
    // The usual one need not be there.
    let (ended, said, _) = run(folder.path(), &["check"]);
    assert_eq!(ended, Some(0), "{said}");
}

#[test]
fn faults_j1_files_that_nobody_reads_are_named() {
    for (file, meant) in [
        ("langnghe.toml.txt", "langnghe.toml"),
        ("Langnghe.toml", "langnghe.toml"),
        ("langnghe.tml", "langnghe.toml"),
        ("langnghe.yaml", "langnghe.toml"),
        ("config.toml", "langnghe.toml"),
        ("locale/vi/own.ftl", "locales"),
        ("Locales/vi/own.ftl", "locales"),
        ("calendar/duty.toml", "calendars"),
        ("playbook/cut.toml", "playbooks"),
        ("calendars/office.toml.txt", "office.toml"),
        ("calendars/office.yaml", "office.toml"),
        ("calendars/office", "office.toml"),
        ("playbooks/cut.tml", "cut.toml"),
        ("locales/vn/own.ftl", "vi"),
        ("locales/en-US/own.ftl", "en"),
        ("locales/vi/own.ftl.txt", "own.ftl"),
        ("locales/vi/own.flt", "own.ftl"),
    ] {
        let problems = problems_of(&[(file, "")]);
        let named = file.split('/').next().unwrap();
        assert_eq!(problems.len(), 1, "{file}: {problems:?}");
        assert!(
            problems[0].contains(named) && problems[0].contains("is read by nobody"),
            "{file}: {problems:?}"
        );
        assert!(problems[0].ends_with(&format!("did you mean {meant}?")), "{file}: {problems:?}");
    }
    // What was surely not meant for one of ours is named and harms nobody; hidden files are the system's.
    let folder = folder_with(&[
        ("langnghe.toml", ""),
        ("langnghe.toml.bak", "broken = ["),
        ("README.md", ""),
        ("notes/a.txt", ""),
        ("playbooks/README.md", ""),
        ("locales/fr/own.ftl", ""),
        (".git/config", ""),
        ("calendars/.gitkeep", ""),
    ]);
    assert!(problems_in(&folder).is_empty(), "{:?}", problems_in(&folder));
    let checked = check(folder.path(), Ok(Env::default()), TODAY);
    assert_eq!(checked.code, 0, "{}", checked.text);
    for named in ["langnghe.toml.bak", "README.md", "notes", "playbooks/README.md", "locales/fr"] {
        assert!(checked.text.contains(&format!("{named}: is read by nobody")), "{named}: {}", checked.text);
    }
    assert!(!checked.text.contains(".git"), "{}", checked.text);
}

#[test]
fn faults_j2_words_are_compared_with_the_built_in_ones() {
    let own = "# ours\npanel-button = Góp ý\npanel-buton = Góp ý\n\nsnoozed =\n    Ai đó hoãn:\n    { $nmae }\n\nreply-title = { nowhere }\nword-title = { -brand }\nsnooze-reason = Vì sao { $x }?\n";
    let folder = folder_with(&[("locales/vi/own.ftl", own)]);
    let checked = check(folder.path(), Ok(Env::default()), TODAY);
    assert_eq!(checked.code, 1, "{}", checked.text);
    let place = folder.path().join("locales/vi/own.ftl").display().to_string();
    for (id, line) in
        [("panel-buton", 3), ("snoozed", 7), ("reply-title", 9), ("word-title", 10), ("snooze-reason", 11)]
    {
        let found = checked.text.lines().find(|said| said.contains(&format!("{id}: ")));
        let found = found.unwrap_or_else(|| panic!("{id}: {}", checked.text));
        assert!(found.starts_with(&place) && found.contains(&format!("(line {line})")), "{found}");
    }
    assert!(checked.text.contains("did you mean panel-button?"), "{}", checked.text);
    assert!(!checked.text.contains("own.ftl: panel-button: "), "{}", checked.text);
}

#[test]
fn faults_j2_words_that_are_no_words_are_named_with_their_line() {
    for (own, line) in [
        ("panel-button = Góp ý\nsnoozed = { \n", 2),
        ("\n\nthis is no message\n", 3),
        ("panel-button = { $x\n", 1),
    ] {
        let folder = folder_with(&[("locales/vi/own.ftl", own)]);
        let checked = check(folder.path(), Ok(Env::default()), TODAY);
        assert_eq!(checked.code, 1, "{}", checked.text);
        let place = folder.path().join("locales/vi/own.ftl").display().to_string();
        let found = checked.text.lines().find(|said| said.starts_with(&place)).expect("it is named");
        let near = (line..=line + 1).any(|line| found.contains(&format!("(line {line})")));
        assert!(near && found.contains("shipped words"), "{own:?}: {found}");
    }
}

#[test]
fn faults_j2_what_cannot_be_said_is_said_in_the_built_in_words() {
    let shipped = Texts::load(&[]).unwrap();
    let own = |text: &str| Texts::load(&[(Lang::Vi, "own.ftl".to_owned(), text.to_owned())]).unwrap();
    let built_in = shipped.of(Lang::Vi).reply_heading(7, "An");
    for broken in [
        "reply-heading = #{ $numbr }",
        "reply-heading = { nowhere } #{ $number }",
        "reply-headng = #{ $number }",
    ] {
        let texts = own(broken);
        assert_eq!(texts.faults().len(), 1, "{broken}: {:?}", texts.faults());
        assert_eq!(texts.of(Lang::Vi).reply_heading(7, "An"), built_in, "{broken}");
    }
    let texts = own("reply-heading = Số { $number } của { $name }");
    assert!(texts.faults().is_empty(), "{:?}", texts.faults());
    assert_eq!(texts.of(Lang::Vi).reply_heading(7, "An"), "Số 7 của An");
}

#[test]
fn faults_j3_a_dot_env_is_read_or_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let env = folder.path().join(".env");
    let checked = |bytes: &[u8]| {
        fs::write(&env, bytes).unwrap();
        let (code, text) = run_with(folder.path(), &[], &["check"]);
        (code, text)
    };
    // A byte order mark, as some editors write it.
    let (code, said) = checked("\u{feff}DISCORD_TOKEN=abc.def.ghi\n".as_bytes());
    assert!(code == Some(0) && said.contains("DISCORD_TOKEN = set (env)"), "{said}");
    for (text, wrong, line) in [
        ("# ours\nDISCORD_TOKEN=abc def\n", "DISCORD_TOKEN: holds a blank", 2),
        (
            "DISCORD_TOKEN=abc.def\n\nDISCORD_TOKN=abc.def\n",
            "DISCORD_TOKN: is no variable of this program; did you mean DISCORD_TOKEN?",
            3,
        ),
        (
            "DATABSE_URL=sqlite:x.db\n",
            "DATABSE_URL: is no variable of this program; did you mean DATABASE_URL?",
            1,
        ),
        ("LANGNGHE_CONFG=x\n", "did you mean LANGNGHE_CONFIG?", 1),
        ("DISCORD_TOKEN\n", "is no line NAME=value", 1),
        ("DATABASE_URL=\"sqlite:x.db\n", "cannot be read", 1),
    ] {
        let (code, said) = checked(text.as_bytes());
        assert_eq!(code, Some(1), "{text}: {said}");
        assert!(
            said.contains(".env") && said.contains(wrong) && said.contains(&format!("(line {line})")),
            "{text}: {said}"
        );
        assert!(!said.contains("abc"), "the token is told to nobody: {said}");
    }
    let sixteen: Vec<u8> = "DISCORD_TOKEN=abc".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (code, said) = checked(&[&[0xff, 0xfe], sixteen.as_slice()].concat());
    assert!(code == Some(1) && said.contains("is UTF-16; save it as UTF-8"), "{said}");
    // A wrong value is named with the file it stands in; other programs' variables are theirs.
    let (code, said) = checked(b"POSTGRES_PASSWORD=x\nDATABASE_URL=mysql://host/db\n");
    assert!(
        code == Some(1) && said.contains(".env: DATABASE_URL: \"mysql://host/db\" is no database"),
        "{said}"
    );
    // The process itself may be told a wrong name.
    fs::remove_file(&env).unwrap();
    let (code, said) = run_with(folder.path(), &[("DISCORD_TOKN", "abc")], &["serve"]);
    assert!(code == Some(2) && said.contains("did you mean DISCORD_TOKEN?"), "{said}");
    let (code, _) =
        run_with(folder.path(), &[("DISCORD_TOKN", "abc"), ("DISCORD_TOKEN", "abc.def")], &["check"]);
    assert_eq!(code, Some(0));
}

#[test]
fn faults_j3_the_log_is_as_the_dot_env_asks() {
    let folder = tempfile::tempdir().unwrap();
    let env = format!(
        "DISCORD_TOKEN={TOKEN}\nRUST_LOG=langnghe=debug\nLANGNGHE_LOG=json\nDATABASE_URL=sqlite:desk.db\n"
    );
    fs::write(folder.path().join(".env"), env).unwrap();
    fs::create_dir(folder.path().join("config")).unwrap();
    fs::write(folder.path().join("config/README.md"), "").unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    fs::write(folder.path().join("config/langnghe.toml"), format!("[health]\nlisten = \"{address}\"\n"))
        .unwrap();
    let (code, said) = run_with(folder.path(), &[], &["serve"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.lines().any(|line| line.starts_with('{') && line.contains("README.md")), "{said}");
}

#[tokio::test]
async fn faults_j4_a_health_port_that_is_taken_ends_the_start_and_names_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap();
    let elsewhere = folder.path().join("etc/desk");
    fs::create_dir_all(&elsewhere).unwrap();
    fs::write(elsewhere.join("langnghe.toml"), format!("[health]\nlisten = \"{address}\"\n")).unwrap();
    let named = elsewhere.to_str().unwrap();
    let base = [
        ("DISCORD_TOKEN", TOKEN),
        ("DISCORD_API_URL", "http://127.0.0.1:9"),
        ("DATABASE_URL", "sqlite:desk.db"),
    ];
    let (code, said) =
        run_with(folder.path(), &[&base[..], &[("LANGNGHE_CONFIG", named)]].concat(), &["serve"]);
    assert_eq!(code, Some(2), "{said}");
    let file = elsewhere.join("langnghe.toml").display().to_string();
    assert!(said.contains(&format!("{file}: health.listen: cannot listen on {address}")), "{said}");
    // The usual port, too; where somebody else has it already, they are the one who takes it.
    let usual = TcpListener::bind("127.0.0.1:9464").await;
    let (code, said) = run_with(folder.path(), &base, &["serve"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("config/langnghe.toml: health.listen: cannot listen on 127.0.0.1:9464"), "{said}");
    drop(usual);
}

/// Lets the page's clock lead the scene until it has arrived.
async fn follow(scene: Scene, ms: i64, check: impl AsyncFn(&Player<'_>)) {
    let mut out = Vec::new();
    let sandbox = scene.stage.sandbox.clone();
    let mut player = Player::new(scene.stage, Lang::Vi, MONDAY_9 - 9 * HOUR, None, &mut out);
    sandbox.clock().be_led();
    sandbox.clock().advance(ms);
    let goal = sandbox.clock().goal();
    let arrived = async {
        let mut changes = sandbox.changes();
        while sandbox.clock().now() < goal {
            changes.changed().await?;
        }
        anyhow::Ok(())
    };
    player.follow(arrived, |error| panic!("{error:#}")).await.expect("it arrives");
    player.settle().await.expect("it settles");
    check(&player).await;
    player.stage.strike().await.expect("it ends");
}

#[tokio::test]
async fn faults_j5_an_hour_on_the_page_steps_through_what_is_due() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::begin(&format!("sqlite:{}", folder.path().join("desk.db").display())).await;
    let (desk, managers) = (scene.desk, scene.managers);
    scene.filed(scene.an, "Mất mạng").await;
    follow(scene, HOUR, async |player| {
        let breach = player.stage.sandbox.messages(managers);
        assert!(breach.iter().any(|message| words_of(message).contains("đã quá hạn: Trả lời khách")));
        let nudge = player.stage.sandbox.messages(desk);
        let nudge = nudge.iter().find(|message| words_of(message).contains("chưa ai nhận. Trả lời khách"));
        let nudge = nudge.expect("a nudge");
        let at = chrono::DateTime::parse_from_rfc3339(nudge["timestamp"].as_str().unwrap()).unwrap();
        let late = at.timestamp_millis() - MONDAY_9;
        assert!((10 * MINUTE..11 * MINUTE).contains(&late), "it came {late} ms after the filing");
        assert_eq!(player.now(), MONDAY_9 + HOUR);
    })
    .await;
}

#[tokio::test]
async fn faults_j6_two_years_on_the_house_of_the_demo_is_kept() {
    if left_out() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::begin(&format!("sqlite:{}", folder.path().join("desk.db").display())).await;
    let thread = scene.filed(scene.an, "Mất mạng").await;
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    follow(scene, 750 * 24 * HOUR, async |player| {
        let left = langnghe::store::complaint::read_by_thread(
            player.stage.db(),
            langnghe::kernel::ids::ChannelId(thread),
        );
        let left = left.await.expect("the store answers");
        assert!(
            left.is_none_or(|held| held.filed.words.is_empty()),
            "what is kept no longer than two years is gone"
        );
    })
    .await;
}

/// Keeps the scene's own run of an hour as it was.
#[tokio::test]
async fn faults_j5_a_clock_that_nobody_leads_is_moved_at_once() {
    scene(async |scene| {
        let clock = scene.sandbox().clock();
        let before = clock.now();
        clock.advance(1);
        assert_eq!((clock.now(), clock.goal()), (before + 1, before + 1));
    })
    .await;
}
