//! Each reader in their own language: nothing Vietnamese before an English customer or colleague, and the reverse.

use serde_json::json;

use crate::scene::{HOUR, Scene, scene};

/// Outbox messages that only Vietnamese has.
fn is_vietnamese(outgoing: char) -> bool {
    "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
        .contains(outgoing.to_lowercase().next().unwrap_or(outgoing))
}

/// The lines of a transcript with Vietnamese outbox messages, names and what people typed themselves left out.
fn vietnamese_lines(seen: &str, own: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for line in seen.lines() {
        let mut rest = line.to_owned();
        for words in own {
            rest = rest.replace(words, "");
        }
        if rest.chars().any(is_vietnamese) {
            found.push(line.to_owned());
        }
    }
    found
}

/// What somebody saw of Bob's complaint from its beginning; they must have seen these words of it.
fn of_the_complaint<'a>(seen: &'a str, words: &str) -> &'a str {
    let begins = seen.find("fills in the form").or_else(|| seen.find("My internet"));
    let seen = &seen[begins.expect("they saw the complaint")..];
    assert!(seen.contains(words), "{words:?} in {seen}");
    seen
}

/// What is no sentence of ours: names of people, of the company, of channels, and the name of the other language.
const NAMES: [&str; 9] = [
    "Internet Một",
    "Nguyễn Văn An",
    "Tuấn",
    "Hà",
    "gửi-khiếu-nại",
    "Tiếng Việt",
    "Gửi khiếu nại",
    "Lắng Nghe",
    "Lang Nghe",
];

impl Scene {
    /// One complaint of Bob's from filing to the last word, with Mike; the transcript of what one of them saw of it.
    async fn english_complaint(&self) -> u64 {
        let thread = self.filed(self.bob, "My internet has been down since last night").await;
        self.command(self.mike, thread, "case claim", &[]).await;
        self.command(self.mike, thread, "reply", &[("text", json!("Hello, I am checking your line."))]).await;
        self.say(self.bob, crate::seeing::DM, "Thank you, the light is red").await;
        self.advance(HOUR).await;
        self.command(self.mike, thread, "case resolve", &[("outcome", json!("The cable was replaced."))])
            .await;
        let dm = self.dm(self.bob);
        self.press(self.bob, dm, "2 ★").await;
        self.press(self.bob, dm, "No").await;
        self.press(self.bob, dm, "Reopen").await;
        self.press_and_fill(self.bob, dm, "Add a word", &[("text", "It went down again")]).await;
        thread
    }
}

#[tokio::test]
async fn an_english_desk_shows_its_people_no_vietnamese() {
    scene(async |scene| {
        let setup = langnghe::domain::settings::Setup {
            locale: Some(langnghe::kernel::lang::Lang::En),
            ..Default::default()
        };
        let desk = scene.stage.bot().expect("the bot runs").desk().clone();
        let guild = langnghe::kernel::ids::GuildId(scene.guild);
        desk.setups().set_up(guild, &setup).await.expect("the set-up is stored");
        scene.english_complaint().await;
        for (who, words) in [(scene.bob, "Could you take one minute"), (scene.mike, "It went down again")] {
            let seen = scene.seen_by(who);
            let found = vietnamese_lines(of_the_complaint(&seen, words), &NAMES);
            assert!(found.is_empty(), "{found:#?}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_english_customer_of_a_vietnamese_desk_reads_english() {
    scene(async |scene| {
        scene.english_complaint().await;
        let seen = scene.seen_by(scene.bob);
        let found = vietnamese_lines(of_the_complaint(&seen, "Could you take one minute"), &NAMES);
        assert!(found.is_empty(), "{found:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_vietnamese_customer_and_colleague_read_no_english() {
    scene(async |scene| {
        let thread = scene.filed(scene.an, "Nhà em mất mạng").await;
        scene.press(scene.lan, scene.desk, "Nhận").await;
        scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ạ."))]).await;
        scene.say(scene.an, crate::seeing::DM, "Đèn đỏ em ơi").await;
        scene.advance(HOUR).await;
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        let dm = scene.dm(scene.an);
        scene.press(scene.an, dm, "2 ★").await;
        scene.press(scene.an, dm, "Chưa").await;
        scene.press(scene.an, dm, "Mở lại").await;
        let told = [
            (scene.an, "đánh giá chất lượng"),
            (scene.lan, "mở lại khiếu nại"),
            (scene.tuan, "khách đánh giá 2 ★"),
        ];
        for (who, words) in told {
            let seen = scene.seen_by(who).to_lowercase();
            assert!(seen.contains(words), "{words:?} in {seen}");
            for word in
                ["complaint", "customer", " reply", "thank", "resolve ", "overdue", "deadline", "message"]
            {
                let found: Vec<&str> =
                    seen.lines().filter(|line| line.contains(word) && !line.contains(" uses /")).collect();
                assert!(found.is_empty(), "{word}: {found:#?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_receipt_switches_the_language_for_good() {
    scene(async |scene| {
        let receipt = scene.file(scene.an, "Nhà em mất mạng").await;
        assert!(receipt.text().contains("đã được ghi lại"), "{}", receipt.text());
        let switched = scene.press(scene.an, scene.intake, "English").await;
        assert!(switched.text().contains("is recorded"), "{}", switched.text());
        let thread = crate::scene::id(&scene.sandbox().threads(scene.desk)[0]["id"]);
        scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        let dm = scene.dm(scene.an);
        assert!(scene.read(dm).contains("Could you take one minute"), "{}", scene.read(dm));
        let asked = scene.press(scene.an, dm, "4 ★").await;
        assert!(asked.text().contains("Is it fixed?"), "{}", asked.text());
    })
    .await;
}
