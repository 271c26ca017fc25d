//! Migrations in order, onto data: the list of tables matches the catalogue after each, and a desk of the first release goes
//! on under today's program.

use std::collections::{BTreeMap, BTreeSet};

use langnghe::kernel::ids::{GuildId, Stream};
use langnghe::sandbox::Place;
use langnghe::sla::clocks::ClockKind;
use langnghe::store::copy::{Cell, Cells, Shape, shapes};
use langnghe::store::db::Db;
use langnghe::store::tables::{Kind, LEASE, TABLES};
use langnghe::store::{self, schema};
use serde_json::{Value, json};

use crate::databases::{each_address, each_pair};
use crate::scene::{MINUTE, Scene, words_of};
use crate::seeing::{DM, monday};

/// The tables of a database with their columns and what these hold.
async fn catalogue(db: &Db) -> BTreeMap<String, BTreeSet<(String, String)>> {
    let columns = match db {
        Db::Sqlite { .. } => {
            "SELECT t.name, c.name, LOWER(c.type) FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c \
             WHERE t.type = 'table' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\'"
        }
        Db::Postgres(_) => {
            "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT), CAST(data_type AS TEXT) \
             FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'"
        }
    };
    let rows: Vec<(String, String, String)> = db.all(columns, vec![]).await.expect("the catalogue");
    let mut tables: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (table, column, kind) in rows {
        tables.entry(table).or_default().insert((column, kind));
    }
    tables
}

each_address!(after_each_migration_the_tables_are_those_that_are_copied, async |url: String| {
    let db = Db::connect(&url, true).await.expect("it opens");
    assert_eq!(schema::applied(&db).await.expect("nothing yet"), Vec::<i64>::new());
    let known = schema::known();
    for count in 1..=known.len() {
        let versions = &known[..count];
        schema::apply(&db, versions).await.expect("it is applied");
        assert_eq!(schema::applied(&db).await.expect("applied"), versions);
        let listed = TABLES.iter().chain([&LEASE]).filter_map(|table| {
            let columns = table.columns_at(versions)?;
            let columns = columns.iter().map(|column| {
                let kind = if column.kind == Kind::Int { "bigint" } else { "text" };
                (column.name.to_owned(), kind.to_owned())
            });
            Some((table.name.to_owned(), columns.collect::<BTreeSet<_>>()))
        });
        assert_eq!(listed.collect::<BTreeMap<_, _>>(), catalogue(&db).await, "after {versions:?}");
    }
    db.close().await;
});

/// The migrations of the first release.
const FIRST: [i64; 2] = [1, 2];
/// The clocks that it had.
const CLOCKS: [&str; 2] = ["recorded", "reply"];

/// Whether a fact could be written then; it is cut down to what it held then.
fn fact_of_then(fact: &mut Value) -> bool {
    let event = fact["event"].as_object_mut().expect("a fact");
    let name = event["fact"].as_str().unwrap_or_default().to_owned();
    let fields: &[&str] = match name.as_str() {
        "clock-started" => &["fact", "clock", "cycle", "started", "due_at", "breach_at", "nudges"],
        "clock-stopped" => &["fact", "clock", "cycle"],
        "nudged" => &["fact", "clock", "cycle", "level"],
        "clock-breached" => &["fact", "clock", "cycle", "deadline"],
        "escalated" => return false,
        _ => return true,
    };
    event.retain(|field, _| fields.contains(&field.as_str()));
    CLOCKS.contains(&event["clock"].as_str().unwrap_or_default())
}

/// A complaint's state as it was stored then.
fn state_of_then(state: &mut Value, facts: i64) {
    let clocks = state["clocks"].as_object_mut().expect("clocks");
    clocks.retain(|clock, _| CLOCKS.contains(&clock.as_str()));
    for run in clocks.values_mut() {
        *run = json!({
            "cycle": run["cycle"], "started": run["started"], "due_at": run["due_at"],
            "breach_at": run["breach_at"], "nudges": run["nudges"], "nudged": run["nudged"],
            "stopped": run["stopped"], "breached": !run["breach"].is_null(),
        });
    }
    let state = state.as_object_mut().expect("a state");
    state.remove("waits");
    state.insert("facts".to_owned(), json!(facts));
}

async fn rows(db: &Db, shape: &Shape) -> Vec<Cells> {
    let mut tx = db.snapshot().await.expect("a snapshot");
    let rows = shape.page(&mut tx, None).await.expect("rows");
    assert!(rows.len() < 500, "one page holds them");
    rows
}

/// A row of today as it stood when a stream was one text and every journal a complaint's; none: there was no such row.
fn row_of_then(table: &str, mut row: Cells) -> Option<Cells> {
    if !matches!(table, "journal" | "timer" | "letter") {
        return Some(row);
    }
    let Cell::Text(kind) = row.0.remove(0) else { panic!("a kind") };
    let Cell::Int(id) = row.0[0] else { panic!("an id") };
    if table == "journal" {
        return (kind == "complaint").then_some(row);
    }
    let stream = Stream::from_parts(&kind, id).expect("a stream");
    row.0[0] = Cell::Text(stream.to_string());
    Some(row)
}

fn changed(cell: &mut Cell, change: impl FnOnce(&mut Value)) {
    let Cell::Text(text) = cell else { panic!("a payload") };
    let mut value: Value = serde_json::from_str(text).expect("JSON");
    change(&mut value);
    *text = value.to_string();
}

/// Writes what a desk holds into another database as the first release would have.
async fn as_of_then(from: &Db, to: &str) {
    let old = Db::connect(to, true).await.expect("it opens");
    schema::apply(&old, &FIRST).await.expect("they are applied");
    let mut tx = old.begin().await.expect("a transaction");
    let mut facts: BTreeMap<i64, i64> = BTreeMap::new();
    let now = shapes(&schema::known());
    // Journals are cut first: states count their facts.
    let journal = now.iter().find(|shape| shape.name == "journal").expect("the journal");
    let mut journals = Vec::new();
    let today = rows(from, journal).await;
    for mut row in today.into_iter().filter_map(|row| row_of_then("journal", row)) {
        let mut then = true;
        changed(&mut row.0[3], |fact| then = fact_of_then(fact));
        let Cell::Int(complaint) = row.0[0] else { panic!("an id") };
        if then {
            let seq = facts.entry(complaint).or_insert(0);
            *seq += 1;
            row.0[1] = Cell::Int(*seq);
            journals.push(row);
        }
    }
    for shape in shapes(&FIRST) {
        let today = now.iter().find(|today| today.name == shape.name).expect("the same table");
        let mut held = match shape.name {
            "journal" => std::mem::take(&mut journals),
            name => rows(from, today).await.into_iter().filter_map(|row| row_of_then(name, row)).collect(),
        };
        held.retain_mut(|row| {
            row.0.truncate(shape.columns.len());
            let first = row.0[0].clone();
            match (shape.name, first) {
                ("complaint", Cell::Int(id)) => {
                    changed(&mut row.0[13], |state| state_of_then(state, facts[&id]));
                }
                // Boards came later, and so did all other clocks.
                ("timer" | "letter", Cell::Text(stream)) => {
                    let Cell::Text(slot) = row.0[1].clone() else { return !stream.contains('-') };
                    let clock = slot.strip_prefix("clock-");
                    return !stream.contains('-') && clock.is_none_or(|clock| CLOCKS.contains(&clock));
                }
                ("counter", Cell::Text(name)) => return name != "notice",
                _ => {}
            }
            true
        });
        for batch in held.chunks(500) {
            shape.add(&mut tx, batch).await.expect("they are taken");
        }
        if shape.name == "letter" {
            // Reminders that were on their way: one that is overtaken, one whose deadline is still to come, a breach.
            let nudge = json!({"letter": "to-desk", "post": {"clock": "reply", "cycle": 1}});
            let near = json!({"letter": "to-desk", "post": {"clock": "recorded", "cycle": 1}});
            let breach =
                json!({"letter": "to-managers", "post": {"post": "breach", "clock": "reply", "cycle": 1}});
            let owner =
                json!({"letter": "to-thread", "post": {"post": "nudge", "clock": "reply", "cycle": 1}});
            for (stream, seq, body) in
                [("c2", 91, nudge), ("c2", 92, near), ("c2", 93, breach), ("c1", 91, owner)]
            {
                let text = |text: &str| Cell::Text(text.to_owned());
                let at = Cell::Int(monday(9, 10));
                let mut row = vec![text(stream), Cell::Int(seq), Cell::Int(2), text(&body.to_string())];
                row.extend([
                    text("waiting"),
                    at.clone(),
                    at,
                    Cell::Int(0),
                    Cell::Int(0),
                    Cell::Null,
                    Cell::Null,
                ]);
                shape.add(&mut tx, &[Cells(row)]).await.expect("it is taken");
            }
        }
    }
    tx.commit().await.expect("a commit");
    old.close().await;
}

each_pair!(a_desk_of_the_first_release_goes_on, async |one: String, other: String| {
    let mut scene = Scene::begin(&one).await;
    let thread = scene.filed(scene.an, "Nhà em mất mạng từ tối qua").await;
    scene.press(scene.lan, scene.desk, "Nhận").await;
    scene.filed(scene.bob, "My router restarts every hour").await;
    let options =
        [("playbook", json!("cable-cut")), ("area", json!("TP.HCM")), ("next-update", json!("30m"))];
    let declared = scene
        .command_and_fill(scene.tuan, scene.managers, "incident declare", &options, &[("since", "8:30")])
        .await;
    assert!(declared.text().contains("sự cố #1"), "{}", declared.text());
    // The deadlines of both replies are missed.
    scene.advance(16 * MINUTE).await;
    scene.say(scene.mike, DM, "The app does not open").await;
    scene.stage.crash().await.expect("the bot ends");
    let breaches = scene.times(scene.managers, "đã quá hạn: Trả lời khách");
    as_of_then(scene.stage.db(), &other).await;

    let data_dir = scene.folder().join("data");
    scene.stage.move_to(&other, data_dir).await.expect("today's program opens it");
    let db = scene.stage.db().clone();
    assert_eq!(schema::applied(&db).await.expect("applied"), schema::known());
    // The state knows again what only the journal knew, and the list of missed deadlines is filled.
    let complaint = store::complaint::by_number(&db, GuildId(scene.guild), 1).await.expect("it reads");
    assert!(complaint.is_some_and(|complaint| complaint.clocks[&ClockKind::Reply].is_breached()));
    let missed = store::board::breaches(&db, GuildId(scene.guild), 0, i64::MAX).await.expect("they read");
    assert_eq!(missed.iter().map(|(clock, _, _)| *clock).collect::<Vec<_>>(), [ClockKind::Reply; 2]);
    scene.replay().await;

    // By now Discord has forgotten the numbers of what today's program sent there.
    scene.advance(10 * MINUTE).await;
    scene.start_bot().await;
    // Of the reminders on their way those that still say something come, where they are told now.
    assert_eq!(scene.times(scene.desk, "chưa ai nhận. Ghi nhận"), 1, "{}", scene.read(scene.desk));
    let told = scene.times(scene.managers, "đã quá hạn: Trả lời khách");
    assert_eq!(told, breaches + 1, "{}", scene.read(scene.managers));
    // What was being written is filed, as that nobody sent it says.
    assert_eq!(scene.times(scene.dm(scene.mike), "**#3**"), 1, "{}", scene.read(scene.dm(scene.mike)));
    // A reply works, and so do the timers of then.
    scene.command(scene.lan, thread, "reply", &[("text", json!("Dạ em xem ngay ạ."))]).await;
    assert_eq!(scene.times(scene.dm(scene.an), "Dạ em xem ngay ạ."), 1);
    scene.until(monday(21, 1)).await;
    assert_eq!(scene.times(scene.desk, "chưa ai nhận. Ghi nhận"), 2, "{}", scene.read(scene.desk));
    scene.say(scene.an, Place::Dm, "Vẫn chưa có mạng").await;
    assert_eq!(scene.times(thread, "Vẫn chưa có mạng"), 1);
    scene.command(scene.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
    scene.until(monday(33, 0)).await;
    scene.press(scene.an, scene.dm(scene.an), "5 ★").await;
    let bars = scene.those(thread, "Việc tiếp theo");
    assert!(words_of(&bars[0]).contains("Khách đánh giá: 5 ★"), "a thread of then gets its bar: {bars:?}");
    scene.finish().await;
});
