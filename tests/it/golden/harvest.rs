//! Where `LANGNGHE_WRITE_GOLDEN` names a folder, every scene leaves there what it stored that no other one stored before.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

use langnghe::kernel::ids::GuildId;
use langnghe::store;
use langnghe::store::db::Db;
use serde_json::{Value, json};

use super::shape::features;
use crate::scene::{Scene, id};

/// The variable that names the folder.
pub const FOLDER: &str = "LANGNGHE_WRITE_GOLDEN";

/// The tables with the columns that are kept: what names a row, and what it says.
const LOGGED: [(&str, &str, &str); 11] = [
    // Of journals those of complaints: see `listen`.
    ("complaint", "''", "NEW.state"),
    ("journal", "''", "NEW.body"),
    ("letter", STREAM, "NEW.body"),
    ("inbox", "NEW.ask", "NEW.told"),
    ("draft", "''", "NEW.state"),
    ("incident", "''", "NEW.state"),
    ("data_request", "''", "NEW.state"),
    ("notice", "''", "NEW.body"),
    ("guild_desk", "''", "NEW.state"),
    ("authority_record", "''", "NEW.body"),
    ("timer", "COALESCE(NEW.place, '')", "NEW.slot"),
];

/// A stream in its text form.
const STREAM: &str = "CASE NEW.kind WHEN 'complaint' THEN 'c' WHEN 'line' THEN 'l' WHEN 'draft' THEN 'd' \
                      WHEN 'incident' THEN 'i' WHEN 'request' THEN 'r' ELSE 'b' END || NEW.id || \
                      CASE NEW.kind WHEN 'desk-board' THEN '-desk' WHEN 'managers-board' THEN '-managers' ELSE '' END";

/// What was found so far in this run.
static FOUND: LazyLock<Mutex<BTreeSet<String>>> = LazyLock::new(Mutex::default);

/// The folder, if anything is to be written.
pub fn folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}

/// Lets the database write down every row that it takes in.
pub async fn listen(db: &Db) {
    if folder().is_none() || !db.is_embedded() {
        return;
    }
    let mut tx = db.begin().await.expect("a transaction");
    tx.run("CREATE TABLE IF NOT EXISTS golden (kind TEXT, name TEXT, body TEXT)", vec![])
        .await
        .expect("a table");
    for (table, name, body) in LOGGED {
        for deed in ["INSERT", "UPDATE"] {
            let only = if table == "journal" { "WHEN NEW.kind = 'complaint' " } else { "" };
            let trigger = format!(
                "CREATE TRIGGER IF NOT EXISTS golden_{table}_{deed} AFTER {deed} ON {table} {only}BEGIN \
                 INSERT INTO golden VALUES ('{table}', {name}, {body}); END"
            );
            tx.run(&*trigger.leak(), vec![]).await.expect("a trigger");
        }
    }
    tx.commit().await.expect("a commit");
}

/// Keeps a line if it shows anything that none before it showed.
fn keep(kind: &str, shown: BTreeSet<String>, line: &Value) {
    let Some(folder) = folder() else { return };
    // What a test forged with places of this machine is nothing that a desk stores.
    if line.to_string().contains(&*std::env::temp_dir().to_string_lossy()) {
        return;
    }
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    let before = found.len();
    found.extend(shown.into_iter().map(|feature| format!("{kind}:{feature}")));
    if found.len() == before {
        return;
    }
    let folder = folder.join("harvest");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file =
        std::fs::OpenOptions::new().create(true).append(true).open(folder.join(format!("{kind}.jsonl")));
    writeln!(file.expect("a file"), "{line}").expect("it is written");
}

/// The name of a stream or of a question with the numbers left out.
pub fn nameless(name: &str) -> String {
    let mut plain = String::new();
    for held in name.chars() {
        match held {
            '0'..='9' if plain.ends_with('0') => {}
            '0'..='9' => plain.push('0'),
            _ => plain.push(held),
        }
    }
    plain
}

/// Takes what a scene stored; its bot has ended.
pub async fn take(scene: &Scene) {
    if folder().is_none() {
        return;
    }
    let db = scene.stage.db();
    let logged: Vec<(String, String, String)> = if db.is_embedded() {
        db.all("SELECT kind, name, body FROM golden GROUP BY kind, name, body ORDER BY MIN(rowid)", vec![])
            .await
            .unwrap_or_default()
    } else {
        Vec::new()
    };
    let mut letters: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (kind, name, body) in logged {
        if kind == "timer" {
            let line = json!({ "slot": body, "place": name });
            let shown = BTreeSet::from([body, format!("place {}", nameless(&name))]);
            keep("timer", shown, &line);
            continue;
        }
        let Ok(value) = serde_json::from_str::<Value>(&body) else { continue };
        if kind == "letter" {
            letters.entry(name.clone()).or_default().push(value.clone());
        }
        let named = nameless(&name);
        let mut shown = features(&named.chars().take(1).collect::<String>(), &value);
        if kind == "inbox" {
            shown = features("", &value);
            shown.insert(format!("key {}", named));
        }
        keep(&kind, shown, &json!({ "name": name, "body": value }));
    }
    whole(scene, db, &letters).await;
    custom_ids(scene);
}

/// Whole complaints: journal and state, with every letter there ever was.
async fn whole(scene: &Scene, db: &Db, letters: &BTreeMap<String, Vec<Value>>) {
    for complaint in
        store::complaint::filed_before(db, GuildId(scene.guild), i64::MAX).await.unwrap_or_default()
    {
        let journal: Vec<(String,)> = db
            .all(
                "SELECT body FROM journal WHERE kind = 'complaint' AND id = $1 ORDER BY seq",
                vec![complaint.0.into()],
            )
            .await
            .unwrap_or_default();
        let state: Option<(String,)> = db
            .optional("SELECT state FROM complaint WHERE id = $1", vec![complaint.0.into()])
            .await
            .unwrap_or_default();
        let read = |text: &str| serde_json::from_str::<Value>(text).expect("it is JSON");
        let Some((state,)) = state else { continue };
        let (state, journal) = (read(&state), journal.iter().map(|(body,)| read(body)).collect::<Vec<_>>());
        let mut shown = features("state", &state);
        shown.extend(journal.iter().flat_map(|entry| features("", entry)));
        let of = |stream: &str| letters.get(&format!("{stream}{}", complaint.0)).cloned().unwrap_or_default();
        let letters = [of("c"), of("l")].concat();
        shown.extend(letters.iter().flat_map(|letter| features("", letter)));
        keep(
            "whole",
            shown,
            &json!({ "id": complaint.0, "state": state, "journal": journal, "letters": letters }),
        );
    }
}

/// Every custom id in sight.
fn custom_ids(scene: &Scene) {
    let people = [scene.an, scene.bob, scene.lan, scene.mike, scene.tuan, scene.ha];
    let mut channels: BTreeSet<u64> = BTreeSet::new();
    for person in people {
        channels.extend(scene.sandbox().channels_seen_by(person).iter().map(|held| id(&held["id"])));
    }
    for channel in channels {
        scene.sandbox().messages(channel).iter().for_each(seen);
    }
}

/// Takes the custom ids of a message or a form.
pub fn seen(value: &Value) {
    if folder().is_none() {
        return;
    }
    match value {
        Value::Object(fields) => {
            if let Some(held) =
                fields.get("custom_id").and_then(Value::as_str).filter(|held| held.starts_with("1"))
            {
                keep("custom-id", BTreeSet::from([nameless(held)]), &json!(held));
            }
            fields.values().for_each(seen);
        }
        Value::Array(values) => values.iter().for_each(seen),
        _ => {}
    }
}

/// The lines of a kind that were harvested.
pub fn harvested(kind: &str) -> Vec<Value> {
    let Some(folder) = folder() else { return Vec::new() };
    let text =
        std::fs::read_to_string(folder.join("harvest").join(format!("{kind}.jsonl"))).unwrap_or_default();
    let mut lines: Vec<(usize, &str)> = text.lines().map(|line| (line.len(), line)).collect();
    lines.sort_unstable();
    lines.iter().map(|(_, line)| serde_json::from_str(line).expect("it was written here")).collect()
}
