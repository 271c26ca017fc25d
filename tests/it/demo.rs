//! The demo's day: it goes as planned, and the same way wherever it is played.

use langnghe::demo::{DemoOptions, play};
use langnghe::kernel::lang::Lang;

use crate::databases::each_address;
use crate::tiers::full;

async fn day(lang: Lang, seed: u64, database: Option<String>) -> String {
    let mut out = Vec::new();
    let options = DemoOptions { headless: true, seed, lang, speed: 600.0, port: 0, database };
    let played = play(options, &mut out).await;
    let text = String::from_utf8(out).expect("text");
    if let Err(error) = played {
        panic!("{error:#}\n{text}");
    }
    text
}

each_address!(the_day_in_vietnamese_is_the_same_on_every_database, async |url| {
    let first = day(Lang::Vi, 7, None).await;
    let again = day(Lang::Vi, 7, Some(url)).await;
    assert_eq!(first, again);
    assert!(first.contains("báo-cáo") || first.contains(".png"), "{first}");
});

#[tokio::test]
async fn the_day_in_english_goes_as_planned() {
    let first = day(Lang::En, 1, None).await;
    assert_eq!(first, day(Lang::En, 1, None).await);
    if full() {
        assert_ne!(first, day(Lang::En, 2, None).await);
    }
}

#[tokio::test]
async fn a_database_in_use_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("held.db");
    std::fs::write(&file, "something").expect("a file");
    let database = Some(format!("sqlite:{}", file.display()));
    let options = DemoOptions { headless: true, seed: 0, lang: Lang::Vi, speed: 600.0, port: 0, database };
    let refused = play(options, &mut Vec::new()).await.expect_err("it is in use");
    assert!(refused.to_string().contains("already in use"), "{refused:#}");
    assert_eq!(std::fs::read_to_string(&file).ok().as_deref(), Some("something"));
}

#[tokio::test]
async fn a_taken_port_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("its address").port();
    let options =
        DemoOptions { headless: false, seed: 0, lang: Lang::Vi, speed: 600.0, port, database: None };
    let refused = play(options, &mut Vec::new()).await.expect_err("the port is taken");
    let said = refused.to_string();
    assert!(said.contains(&port.to_string()) && said.contains("--port"), "{said}");
}
