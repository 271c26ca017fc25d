//! `/report overview` as a manager sees it: figures, picture and table, in both languages, and nobody else.

use std::collections::BTreeMap;

use langnghe::domain::complaint::Complaint;
use langnghe::domain::event::{CloseReason, Entry, Event, Filed, Source};
use langnghe::kernel::ids::{ComplaintId, GuildId, UserId};
use langnghe::kernel::lang::Lang;
use langnghe::kernel::people::{Actor, Person};
use langnghe::sandbox::{Answer, AnswerKind, Place};
use langnghe::store;
use serde_json::{Value, json};

use crate::databases::each_database;
use crate::scene::{HOUR, MINUTE, Scene, each_scene, words_of};

/// A Monday: one good case, one that breached and was rated low, one that waits, one that was none.
async fn a_day(scene: &Scene) {
    let first = scene.filed(scene.an, "Nhà em mất mạng từ tối qua").await;
    scene.advance(10 * MINUTE).await;
    scene.command(scene.lan, first, "reply", &[("text", json!("Dạ em kiểm tra ngay ạ."))]).await;
    scene.command(scene.lan, first, "case classify", &[("category", json!("connection-lost"))]).await;
    scene.advance(50 * MINUTE).await;
    scene.command(scene.lan, first, "case resolve", &[("outcome", json!("Đã thay dây cáp."))]).await;
    scene.press(scene.an, scene.dm(scene.an), "5 ★").await;
    scene.press(scene.an, scene.dm(scene.an), "Rồi").await;

    let second = scene.filed(scene.bob, "Charged twice in October").await;
    scene.advance(20 * MINUTE).await;
    scene.command(scene.mike, second, "reply", &[("text", json!("Looking into it."))]).await;
    scene.advance(100 * MINUTE).await;
    scene.command(scene.mike, second, "case resolve", &[("outcome", json!("The bill is right now."))]).await;
    scene.press(scene.bob, scene.dm(scene.bob), "2 ★").await;
    scene.press(scene.bob, scene.dm(scene.bob), "No").await;

    let spam = scene.filed(scene.an, "Bán sim giá rẻ").await;
    scene.command(scene.tuan, spam, "case dismiss", &[("reason", json!("spam"))]).await;
    scene.filed(scene.an, "Thợ hẹn mà không tới").await;
    scene.advance(5 * MINUTE).await;
}

async fn report(scene: &Scene, person: u64, period: &str) -> Answer {
    scene.command(person, scene.managers, "report overview", &[("period", json!(period))]).await
}

/// The bytes of a report's file whose name ends so.
async fn file(answer: &Answer, ending: &str) -> Vec<u8> {
    let message = answer.message.as_ref().expect("a message");
    let files = message["attachments"].as_array().expect("files");
    assert_eq!(files.len(), 2, "{files:?}");
    let named = |file: &&Value| file["filename"].as_str().is_some_and(|name| name.ends_with(ending));
    let url = files.iter().find(named).and_then(|file| file["url"].as_str()).expect("the file's link");
    reqwest::get(url).await.expect("the file is there").bytes().await.expect("its bytes").to_vec()
}

/// The figures by their stable names: the value and what it is counted among.
async fn figures(answer: &Answer) -> BTreeMap<String, (String, String)> {
    let text = String::from_utf8(file(answer, ".csv").await).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let rows = text.split_terminator("\r\n").skip(1).map(cells);
    let figures: BTreeMap<_, _> =
        rows.map(|row| (row[0].clone(), (row[2].clone(), row[3].clone()))).collect();
    assert!(figures.len() > 20, "{figures:?}");
    figures
}

/// The cells of a row by RFC 4180; no cell here holds a line end.
fn cells(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for sign in row.chars() {
        match sign {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            sign => cells.last_mut().expect("never empty").push(sign),
        }
    }
    assert_eq!((cells.len(), quoted), (7, false), "{row}");
    cells
}

each_scene!(a_manager_reads_the_day_in_either_language, async |scene| {
    a_day(scene).await;
    let vietnamese = report(scene, scene.tuan, "today").await;
    assert!(vietnamese.ephemeral);
    assert_eq!(vietnamese.kind, AnswerKind::Message);
    let text = words_of(vietnamese.message.as_ref().expect("a message"));
    for line in [
        "Báo cáo khiếu nại",
        "**Hôm nay**: 23/11/2026 · so với 22/11/2026",
        "Tiếp nhận: **3** · ▲ 3",
        "Đã giải quyết: **2** · ▲ 2",
        "Đang xử lý: **1** · ▲ 1",
        "Đã loại: **1**",
        "Trả lời khách: trễ hạn **1** · ▲ 1\nĐúng hạn: 1/2",
        "Trả lời khách, trong giờ trực (n 2)\ntrung vị **10 phút** · kỳ trước –; P90 **20 phút**",
        "Giải quyết xong, cả ngày đêm (n 2)\ntrung vị **1 giờ 00**",
        "Điểm trung bình: **3,50** (n 2)",
        "Đã khắc phục: 1/2",
        "Tỷ lệ phản hồi: 2/2",
        "Mất kết nối: **1** · ▲ 1",
    ] {
        assert!(text.contains(line), "{line}\nis not in\n{text}");
    }
    let image = &vietnamese.message.as_ref().expect("a message")["embeds"][0]["image"]["url"];
    assert!(image.as_str().is_some_and(|url| url.contains("report-today-2026-11-23.png")), "{image}");
    let picture = file(&vietnamese, ".png").await;
    assert_eq!(&picture[..8], b"\x89PNG\r\n\x1a\n");
    assert_eq!(
        (&picture[16..20], &picture[20..24]),
        (&1_200_u32.to_be_bytes()[..], &1_000_u32.to_be_bytes()[..])
    );

    scene.sandbox().set_locale(scene.tuan, "en-GB");
    let english = report(scene, scene.tuan, "today").await;
    let text = words_of(english.message.as_ref().expect("a message"));
    for line in ["Complaints report", "Received: **3** · ▲ 3", "Mean score: **3.50** (n 2)"] {
        assert!(text.contains(line), "{line}\nis not in\n{text}");
    }
    assert_ne!(picture, file(&english, ".png").await, "the picture speaks the reader's language");
    let of = |value: &str, whole: &str| (value.to_owned(), whole.to_owned());
    let (vietnamese, english) = (figures(&vietnamese).await, figures(&english).await);
    assert_eq!(vietnamese, english, "the same figures in each language");
    assert_eq!(english["received"], of("3", ""));
    assert_eq!(english["deadline.reply.met"], of("1", "2"));
    assert_eq!(english["rating.5"], of("1", "2"));
});

each_scene!(yesterday_stays_as_it_was_whatever_happens_today, async |scene| {
    a_day(scene).await;
    // The one that waits is answered in time; its evening and the night pass.
    scene.press_and_fill(scene.lan, scene.desk, "Trả lời khách", &[("text", "Em gọi thợ ngay ạ.")]).await;
    scene.advance(24 * HOUR).await;
    let before = figures(&report(scene, scene.tuan, "yesterday").await).await;
    assert_eq!(before["received"].0, "3");
    assert_eq!((before["resolved"].0.as_str(), before["open"].0.as_str()), ("2", "1"));
    assert_eq!(before["deadline.reply.met"], ("2".to_owned(), "3".to_owned()));
    let reopened = scene.press(scene.bob, scene.dm(scene.bob), "Reopen").await;
    assert!(reopened.error.is_none(), "{}", reopened.text());
    scene.advance(2 * HOUR).await;
    assert_eq!(figures(&report(scene, scene.tuan, "yesterday").await).await, before);
    let today = figures(&report(scene, scene.tuan, "today").await).await;
    assert_eq!((today["received"].0.as_str(), today["open"].0.as_str()), ("0", "2"));
    assert_eq!(today["deadline.reply.met"], ("0".to_owned(), "1".to_owned()));
});

each_scene!(nobody_but_managers_reads_it, async |scene| {
    let refused = scene.command(scene.lan, scene.desk, "report overview", &[]).await;
    assert!(refused.ephemeral);
    assert!(refused.text().contains("quản lý"), "{}", refused.text());
    assert!(refused.message.is_some_and(|message| message["attachments"] == json!([])));
    let place = Place::Channel(scene.intake);
    assert!(scene.sandbox().command(scene.an, place, "report overview", &[]).is_err());
    // Without a period it is the last seven days.
    let week = scene.command(scene.ha, scene.managers, "report overview", &[]).await;
    let text = words_of(week.message.as_ref().expect("a message"));
    assert!(text.contains("**7 ngày qua**: 17/11 – 23/11/2026"), "{text}");
    assert!(text.contains("Không có khiếu nại"), "{text}");
});

/// A complaint of a guild, filed at `at` and, where `closed` says so, closed an hour later.
fn stored(id: i64, guild: u64, at: i64, closed: bool) -> (Complaint, Vec<Entry>) {
    let customer = Person { id: UserId(2), name: "An".to_owned() };
    let filed = Filed {
        guild: GuildId(guild),
        number: id,
        customer: customer.clone(),
        lang: Lang::Vi,
        source: Source::Form,
        medium: None,
        logged_by: None,
        words: "Mạng rớt".to_owned(),
        wish: String::new(),
        contact: String::new(),
        files: Vec::new(),
        extras: Vec::new(),
        since: at,
        direct: None,
        suggested: None,
        earlier: None,
    };
    let event = Event::Filed(Box::new(filed));
    let mut entries = vec![Entry { at, by: Actor::Customer(customer), event }];
    if closed {
        let event = Event::Closed { reason: CloseReason::Silence };
        entries.push(Entry { at: at + HOUR, by: Actor::Desk, event });
    }
    (Complaint::replay(ComplaintId(id), &entries).expect("it begins with a filing"), entries)
}

each_database!(journals_come_in_pieces_whole_and_without_what_is_long_over, async |db| {
    const MANY: i64 = 1_203;
    let mut tx = db.begin().await.expect("a transaction");
    for id in 1..=MANY {
        // Every third one is over before the span begins; the last is another server's.
        let (complaint, entries) = stored(id, if id == MANY { 8 } else { 7 }, id * 1_000, id % 3 == 0);
        store::complaint::add(&mut tx, &complaint, &entries).await.expect("it is stored");
    }
    tx.commit().await.expect("it lasts");
    let span = store::report::Span { guild: GuildId(7), touched_since: 2 * HOUR, end: 3 * HOUR };
    let (mut pieces, mut seen, mut after) = (0, Vec::new(), ComplaintId(0));
    loop {
        let piece = store::report::journals(&db, span, after).await.expect("the store answers");
        let Some((last, _)) = piece.last() else { break };
        after = *last;
        pieces += 1;
        assert!(piece.iter().all(|(_, journal)| matches!(journal[0].event, Event::Filed(_))));
        seen.extend(piece.into_iter().map(|(id, _)| id.0));
    }
    assert_eq!(seen, (1..MANY).filter(|id| id % 3 != 0).collect::<Vec<_>>());
    assert!(pieces > 1, "{pieces}");
    // A span that reaches further back holds those too, each with its end.
    let span = store::report::Span { touched_since: 0, ..span };
    let piece = store::report::journals(&db, span, ComplaintId(2)).await.expect("the store answers");
    assert_eq!((piece[0].0, piece[0].1.len()), (ComplaintId(3), 2));
});
