//! Writes the golden data: what was committed stays as it is, and of what was harvested that is added which shows anything new.

use std::collections::BTreeSet;

use serde_json::Value;

use super::constructed::LINES;
use super::harvest::{folder, harvested, nameless};
use super::shape::features;
use super::{lines_of, values_of};

/// The harvested kinds of one value a line, and the files they go to.
const FILES: [(&str, &str); 8] = [
    ("journal", "facts.jsonl"),
    ("draft", "drafts.jsonl"),
    ("incident", "incidents.jsonl"),
    ("data_request", "data-requests.jsonl"),
    ("notice", "notices.jsonl"),
    ("guild_desk", "guilds.jsonl"),
    ("authority_record", "records.jsonl"),
    ("complaint", "states.jsonl"),
];

/// A file as it grows.
struct Growing {
    name: &'static str,
    lines: Vec<String>,
    shown: BTreeSet<String>,
}

impl Growing {
    /// What was committed.
    fn of(name: &'static str, shows: impl Fn(&str) -> BTreeSet<String>) -> Self {
        let lines = lines_of(name);
        let shown = lines.iter().flat_map(|line| shows(line)).collect();
        Self { name, lines, shown }
    }

    /// Adds a line if it shows anything new.
    fn add(&mut self, line: String, shows: BTreeSet<String>) {
        if !shows.is_subset(&self.shown) {
            self.shown.extend(shows);
            self.lines.push(line);
        }
    }

    /// Adds what is made by hand, where nobody played it.
    fn add_constructed(&mut self, shows: impl Fn(&str) -> BTreeSet<String>) {
        let file = self.name;
        for (_, line) in LINES.iter().filter(|(name, _)| *name == file) {
            let before = self.lines.len();
            self.add((*line).to_owned(), shows(line));
            if self.lines.len() > before {
                eprintln!("{}: made by hand: {line}", self.name);
            }
        }
    }

    fn write(self) {
        let place = folder().expect("a folder").join(self.name);
        eprintln!("{}: {} lines, {} shapes", self.name, self.lines.len(), self.shown.len());
        std::fs::write(place, self.lines.iter().map(|line| format!("{line}\n")).collect::<String>())
            .expect("it is written");
    }
}

fn json(line: &str) -> Value {
    serde_json::from_str(line).expect("a line of JSON")
}

fn kind_of(line: &Value) -> String {
    nameless(line["name"].as_str().unwrap_or_default())
}

fn shape_of_letter(line: &Value) -> BTreeSet<String> {
    let stream = kind_of(line).chars().next().map_or_else(String::new, |kind| kind.to_string());
    features(&stream.replace('l', "c"), &line["body"])
}

fn shape_of_answer(line: &Value) -> BTreeSet<String> {
    let mut shown = features("", &line["body"]);
    shown.insert(format!("key {}", kind_of(line)));
    shown
}

/// What a whole complaint shows: its facts. Whether an object is there in this form; what numbers and flags it holds is shown
/// by single facts.
fn shape_of_whole(whole: &Value) -> BTreeSet<String> {
    let entries = whole["journal"].as_array().into_iter().flatten();
    entries.flat_map(|entry| features("", entry)).filter(|feature| feature.ends_with('}')).collect()
}

/// What a state shows, at whichever stage it is, whichever clocks run, and whatever else it holds or does not hold.
fn shape_of_state(state: &Value) -> BTreeSet<String> {
    let plain = |feature: String| {
        let stage = feature.split_once('>').filter(|(tag, _)| tag.starts_with("<stage="));
        let feature = stage.map_or(feature.clone(), |(_, rest)| rest.to_owned());
        let Some((before, rest)) = feature.split_once(".clocks.") else { return feature };
        let after = rest.find(['.', ' ', '[']).map_or("", |place| &rest[place..]);
        format!("{before}.clocks.*{after}")
    };
    let objects = features("", state).into_iter().filter(|feature| feature.ends_with('}')).map(plain);
    objects.filter(|feature| !feature.starts_with(" {") && !feature.starts_with(".clocks {")).collect()
}

#[test]
#[ignore = "writes: CONTRIBUTING.md, golden data"]
fn write_lines() {
    for (kind, name) in FILES {
        let is_state = kind == "complaint";
        let shape = |value: &Value| if is_state { shape_of_state(value) } else { features("", value) };
        let mut growing = Growing::of(name, |line| shape(&json(line)));
        if is_state {
            // What whole complaints show need not be shown again.
            for whole in values_of("complaints.jsonl").into_iter().chain(chosen()) {
                growing.shown.extend(shape_of_state(&whole["state"]));
            }
        }
        let bodies = harvested(kind).into_iter().map(|line| line["body"].clone()).collect();
        let bodies = if is_state { best(bodies, shape, growing.shown.clone()) } else { bodies };
        bodies.iter().for_each(|body| growing.add(body.to_string(), shape(body)));
        growing.add_constructed(|line| shape(&json(line)));
        growing.write();
    }
    let mut letters = Growing::of("letters.jsonl", |line| shape_of_letter(&json(line)));
    harvested("letter").iter().for_each(|line| letters.add(line.to_string(), shape_of_letter(line)));
    letters.add_constructed(|line| shape_of_letter(&json(line)));
    letters.write();
    let mut inbox = Growing::of("inbox.jsonl", |line| shape_of_answer(&json(line)));
    harvested("inbox").iter().for_each(|line| inbox.add(line.to_string(), shape_of_answer(line)));
    inbox.add_constructed(|line| shape_of_answer(&json(line)));
    inbox.write();
    let timer = |line: &str| line.split(' ').map(nameless).collect();
    let mut timers = Growing::of("timers.txt", timer);
    for held in harvested("timer") {
        let text = |key: &str| held[key].as_str().unwrap_or_default();
        let line = format!("{} {}", text("slot"), text("place"));
        timers.add(line.trim().to_owned(), timer(line.trim()));
    }
    timers.add_constructed(timer);
    timers.write();
    let id = |line: &str| BTreeSet::from([nameless(line)]);
    let mut ids = Growing::of("custom-ids.txt", id);
    for held in harvested("custom-id") {
        let held = held.as_str().expect("an id");
        ids.add(held.to_owned(), id(held));
    }
    ids.add_constructed(id);
    ids.write();
    let mut complaints = Growing::of("complaints.jsonl", |line| shape_of_whole(&json(line)));
    chosen().iter().for_each(|whole| complaints.add(whole.to_string(), shape_of_whole(whole)));
    complaints.write();
}

/// The harvested complaints that together show all.
fn chosen() -> Vec<Value> {
    let shown = values_of("complaints.jsonl").iter().flat_map(shape_of_whole).collect();
    best(harvested("whole"), shape_of_whole, shown)
}

/// Those that together show all: always the one that shows most for its length.
fn best(
    all: Vec<Value>,
    shape: impl Fn(&Value) -> BTreeSet<String>,
    mut shown: BTreeSet<String>,
) -> Vec<Value> {
    let with_shape = |value: Value| {
        let (shape, length) = (shape(&value), value.to_string().len());
        (value, shape, length)
    };
    let mut left: Vec<(Value, BTreeSet<String>, usize)> = all.into_iter().map(with_shape).collect();
    let mut chosen = Vec::new();
    loop {
        let worth = |(_, shape, length): &(Value, BTreeSet<String>, usize)| {
            shape.difference(&shown).count() * 1_000_000 / (length + 10_000)
        };
        let Some(best) = (0..left.len()).max_by_key(|place| worth(&left[*place])) else { break };
        if worth(&left[best]) == 0 {
            break;
        }
        let (value, shape, _) = left.swap_remove(best);
        shown.extend(shape);
        chosen.push(value);
    }
    chosen
}
