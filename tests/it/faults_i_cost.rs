//! What people write is looked at in the offer rule, in the matching, for harsh words and in the search: however it is
//! repeated, the longest text costs little, measured by the processor's time of this thread and not by the wall's.

use langnghe::domain::composure::is_harsh;
use langnghe::language::fold::{accented, clean_input, fold};
use langnghe::language::offer::{amount, money, offers};
use serde_json::json;

use crate::scene::scene;
use crate::tiers::few_or_all;

/// The longest that Discord lets anybody write.
const LONGEST: usize = 4_000;

/// No look at one text takes longer than this (ms), unoptimised as tests are.
const AT_MOST: u64 = 4_000;

/// The processor's time that this thread has had (ms), where the system tells.
fn spent() -> Option<u64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(told.split(' ').next()?.parse::<u64>().ok()? / 1_000_000)
}

fn repeated(piece: &str) -> String {
    piece.repeat(LONGEST / piece.chars().count().max(1) + 1).chars().take(LONGEST).collect()
}

fn hostile() -> Vec<String> {
    let pieces = [
        "hoàn tiền ",
        "hoan tien cho anh ",
        "em hoàn anh 300k và tặng 1 tháng, ",
        "miễn phí hoặc giảm giá hoặc ",
        "khong ",
        "không hoàn ",
        "một hai ba bốn ",
        "1 triệu 2 ",
        "300k",
        "1.000.",
        "$ ",
        "\"",
        "“",
        "> ",
        "mất mạng ",
        "chậm ",
        "ko vào đc mạng ",
        "đồ chó ",
        "d m ",
        "aaaa",
        "e\u{301}",
        "\u{301}",
        "\u{200b}",
        "👨\u{200d}👩\u{200d}👧",
        "cảm ơn ",
        "can't won't ",
        ", . ; ",
        "a",
        "9",
        " ",
    ];
    pieces.iter().map(|piece| repeated(piece)).collect()
}

fn costs_little(what: &str, look: impl Fn(&str)) {
    for text in hostile() {
        let before = spent();
        look(&text);
        let took = spent().zip(before).map_or(0, |(after, before)| after - before);
        assert!(took < AT_MOST, "{what} took {took} ms for {:?}…", text.chars().take(20).collect::<String>());
    }
}

#[test]
fn faults_i2_offers_are_looked_for_at_little_cost() {
    costs_little("the offer rule", |text| {
        let _ = offers(text);
    });
    costs_little("amounts", |text| {
        let _ = (money(text), amount(text));
    });
}

#[test]
fn faults_i2_words_are_compared_at_little_cost() {
    costs_little("folding", |text| {
        let _ = (fold(text), accented(text), clean_input(text));
    });
    costs_little("harsh words", |text| {
        let _ = is_harsh(text);
    });
}

#[test]
fn faults_i2_categories_are_suggested_at_little_cost() {
    use langnghe::config::{Config, Env};
    let folder = tempfile::tempdir().unwrap();
    let config = Config::load(folder.path(), &Env::default()).unwrap();
    let matcher = config.policy().category_matcher();
    costs_little("categories", |text| {
        let _ = matcher.suggest(text);
    });
}

#[tokio::test]
async fn faults_i2_a_search_of_any_length_is_answered() {
    scene(async |scene| {
        scene.filed(scene.an, "Mất mạng từ sáng").await;
        let queries = ["%", "mat mang ", "a ", "#1 ", "_!%", "e\u{301}"];
        for query in queries.into_iter().take(few_or_all(2, 6)) {
            let query = repeated(query);
            let said = scene.command(scene.mike, scene.desk, "case find", &[("query", json!(query))]).await;
            assert!(said.ephemeral && !said.text().is_empty());
        }
    })
    .await;
}
