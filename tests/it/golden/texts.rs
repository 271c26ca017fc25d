//! What people see of the old data, in both languages, compared with what they saw when it was committed.

use std::collections::{BTreeMap, BTreeSet};

use langnghe::config::{Config, Env};
use langnghe::discord::render::answers::{Circumstances, record, shown};
use langnghe::discord::render::{View, bar, card, customer, data, incident, thread};
use langnghe::domain::data::export;
use langnghe::domain::policy::LineKind;
use langnghe::domain::settings::GuildDesk;
use langnghe::kernel::ids::{ChannelId, GuildId, RoleId, UserId};
use langnghe::kernel::people::Person;
use langnghe::kit::body::Voice;
use langnghe::reports::case_file::{Export, case_file, incidents};
use langnghe::text::Texts;
use serde_json::Value;

use super::lines::{outgoing, replayed};
use super::stored::{
    Complaint, DataRequest, Draft, Entry, Incident, Lang, OutboxMessage, RequestTold, Stored, Stream, Told,
};
use super::{expect_text, values_of};
use crate::scene::MONDAY_9;

const GUILD: GuildId = GuildId(1);

/// The configuration as it ships, and the words.
struct Ground {
    config: Config,
    texts: Texts,
}

impl Ground {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = Config::load(folder.path(), &Env::default()).expect("what ships is right");
        Self { config, texts: Texts::load(&[]).expect("the shipped words are right") }
    }

    fn view(&self) -> View<'_> {
        let desk = &self.config.desk;
        View {
            voice: Voice { texts: &self.texts, company: &desk.company, sign_as: &desk.sign_as },
            policy: self.config.policy(),
        }
    }

    fn desk(&self, locale: Lang) -> GuildDesk {
        GuildDesk {
            guild: GUILD,
            name: "Internet Một".to_owned(),
            desk_channel: ChannelId(2),
            intake_channel: Some(ChannelId(3)),
            manager_channel: ChannelId(4),
            staff_role: RoleId(5),
            manager_role: RoleId(6),
            head_office_role: Some(RoleId(7)),
            line: LineKind::Dm,
            locale,
            zone: self.config.policy().zone,
        }
    }
}

fn by() -> Person {
    Person { id: UserId(8), name: "Hà".to_owned() }
}

/// A message as text: its words, its buttons with what they mean, and whom it calls.
fn told(body: &Value) -> String {
    let mut parts = Vec::new();
    let mut add = |text: &str| parts.extend((!text.is_empty()).then(|| text.to_owned()));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    add(&text(&body["content"]));
    for embed in body["embeds"].as_array().into_iter().flatten() {
        add(&text(&embed["title"]));
        add(&text(&embed["description"]));
        for field in embed["fields"].as_array().into_iter().flatten() {
            add(&format!("{}: {}", text(&field["name"]), text(&field["value"])));
        }
        add(&text(&embed["footer"]["text"]));
    }
    for row in body["components"].as_array().into_iter().flatten() {
        for held in row["components"].as_array().into_iter().flatten() {
            let label = format!("{}{}", text(&held["label"]), text(&held["placeholder"]));
            let options = held["options"].as_array().map_or(String::new(), |options| {
                let named = options.iter().map(|option| text(&option["label"]));
                format!(": {}", named.collect::<Vec<_>>().join(" | "))
            });
            add(&format!("[{label}{options}] = {}", text(&held["custom_id"])));
        }
    }
    for whom in ["users", "roles"] {
        let called = body["allowed_mentions"][whom].as_array().map_or(0, Vec::len);
        add(&if called > 0 { format!("calls {called} {whom}") } else { String::new() });
    }
    parts.join("\n")
}

/// A part of the text with its heading.
fn part(out: &mut String, heading: &str, text: &str) {
    // A NUL would make it no text to those who compare.
    out.push_str(&format!("--- {heading}\n{}\n", text.trim_end().replace('\0', "␀")));
}

/// The journal of a case file, without its markup.
fn journal(complaint: &Complaint, journal: &[Entry], lang: Lang, ground: &Ground) -> String {
    let numbers: BTreeMap<_, _> = incidents(journal).into_iter().map(|id| (id, id.0)).collect();
    let page = case_file(
        complaint,
        journal,
        &Export {
            company: &ground.config.desk.company,
            by: &by(),
            at: MONDAY_9,
            whole: true,
            policy: ground.config.policy(),
            words: ground.texts.of(lang),
            incidents: &numbers,
            hashes: &BTreeMap::new(),
        },
    );
    let (_, last) = page.rsplit_once("<h2>").expect("a section");
    let mut text = String::new();
    let mut in_mark = false;
    for held in last.replace("</td><td", " · <td").replace("</td>\n<td", " · <td").chars() {
        match held {
            '<' => in_mark = true,
            '>' => in_mark = false,
            _ if !in_mark => text.push(held),
            _ => {}
        }
    }
    text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n")
}

/// An outbox message as its reader sees it; none where it posts nothing, or what is shown anyway.
fn letter_text(body: &Value, complaint: &Complaint, lang: Lang, ground: &Ground) -> Option<String> {
    let outgoing: OutboxMessage = serde_json::from_value(body.clone()).expect("a letter");
    let (desk, view) = (ground.desk(lang), ground.view());
    Some(match outgoing {
        OutboxMessage::ToThread { post } => {
            let posts = thread::posts(&post, complaint, &desk, &view);
            posts.iter().map(told).collect::<Vec<_>>().join("\n· · ·\n")
        }
        OutboxMessage::ToDesk { post } => told(&thread::desk_post(&post, &desk, &view)),
        OutboxMessage::ToManagers { post } => told(&thread::manager_post(&post, complaint, &desk, &view)),
        OutboxMessage::ToCustomer { post } => {
            let complaint = Complaint { lang, ..complaint.clone() };
            told(&customer::post(&post, &complaint, &view))
        }
        _ => return None,
    })
}

/// What an outbox message is called: the names in its body.
fn called(body: &Value) -> String {
    let names = [&body["letter"], &body["post"]["post"]];
    names.iter().filter_map(|name| name.as_str()).collect::<Vec<_>>().join(" ")
}

#[test]
fn golden_complaints_look_as_they_did() {
    let ground = Ground::new();
    for lang in Lang::ALL {
        let (mut out, mut seen) = (String::new(), BTreeSet::new());
        for (number, whole) in values_of("complaints.jsonl").iter().enumerate() {
            let (complaint, entries) = replayed(whole);
            out.push_str(&format!("\n===== {}\n", number + 1));
            part(&mut out, "card", &told(&card::card(&complaint, lang, &ground.view())));
            part(&mut out, "bar", &told(&bar::bar(&complaint, lang, &ground.view())));
            for body in whole["letters"].as_array().into_iter().flatten() {
                // The same words need not stand there twice.
                let text = letter_text(body, &complaint, lang, &ground);
                if let Some(text) = text.filter(|text| seen.insert(text.clone())) {
                    part(&mut out, &called(body), &text);
                }
            }
            // Of the journal too, only what none before it said; the time stands before the first dot.
            let journal = journal(&complaint, &entries, lang, &ground);
            let words = |line: &str| line.split_once(" · ").map_or("", |(_, words)| words).to_owned();
            let new: Vec<&str> = journal.lines().filter(|line| seen.insert(words(line))).collect();
            let heading = format!("journal, {} lines, new are", journal.lines().count());
            part(&mut out, &heading, &new.join("\n"));
        }
        expect_text(&format!("expected-complaints-{}.txt", lang.as_str()), &out);
    }
}

#[test]
fn golden_complaints_are_exported_as_they_were() {
    let ground = Ground::new();
    let desk =
        export::Desk { guild: GUILD, name: "Internet Một".to_owned(), zone: ground.config.policy().zone };
    let mut out = String::new();
    for (number, whole) in values_of("complaints.jsonl").iter().enumerate() {
        let (complaint, entries) = replayed(whole);
        let case = export::case(&complaint, &entries, ground.config.policy().keep_ms, &desk);
        let case = serde_json::to_value(&case).expect("it has a JSON form");
        out.push_str(&format!("===== {}\n", number + 1));
        for (key, value) in case.as_object().expect("an object") {
            match value.as_array().filter(|held| held.len() > 1) {
                Some(held) => held.iter().for_each(|held| out.push_str(&format!("{key}: {held}\n"))),
                None => out.push_str(&format!("{key}: {value}\n")),
            }
        }
    }
    for value in values_of("drafts.jsonl") {
        let draft: Draft = serde_json::from_value(value).expect("a draft");
        let shown = serde_json::to_string(&export::draft(&draft, desk.zone)).expect("it has a JSON form");
        out.push_str(&format!("draft: {shown}\n"));
    }
    for value in values_of("data-requests.jsonl") {
        let request: DataRequest = serde_json::from_value(value).expect("a request");
        let shown = serde_json::to_string(&export::request(&request, &desk)).expect("it has a JSON form");
        out.push_str(&format!("request: {shown}\n"));
    }
    expect_text("expected-export.txt", &out);
}

#[test]
fn golden_letters_say_what_they_said() {
    let ground = Ground::new();
    // An outbox message alone is shown in a complaint of which much is known.
    let longest = values_of("complaints.jsonl").into_iter().max_by_key(|whole| whole.to_string().len());
    let (complaint, _) = replayed(&longest.expect("a complaint"));
    let mut out = String::new();
    for lang in Lang::ALL {
        for line in values_of("letters.jsonl") {
            let (stream, body) = outgoing(&line);
            if !matches!(stream, Stream::Complaint(_) | Stream::Line(_)) {
                continue;
            }
            if let Some(text) = letter_text(body, &complaint, lang, &ground) {
                part(&mut out, &format!("{} {}", lang.as_str(), called(body)), &text);
            }
        }
    }
    expect_text("expected-letters.txt", &out);
}

#[test]
fn golden_answers_say_what_they_said() {
    let ground = Ground::new();
    let (view, asker) = (ground.view(), by());
    let mut out = String::new();
    for line in values_of("inbox.jsonl") {
        let answer = match serde_json::from_str(&line["body"].to_string()) {
            Ok(Stored::Done(RequestTold::Done { answer })) => Told::Done { answer },
            Ok(Stored::Refused { refusal }) => Told::Refused { refusal },
            Err(_) => continue,
        };
        let body = &line["body"];
        let name = [&body["told"], &body["answer"]["answer"], &body["refusal"]["refusal"]];
        let name: Vec<&str> = name.iter().filter_map(|name| name.as_str()).collect();
        for lang in Lang::ALL {
            let mut before = String::new();
            for (in_thread, pressed) in [(true, false), (false, true)] {
                let around =
                    Circumstances { lang, asker: &asker, line: LineKind::Dm, in_thread, fate: None, pressed };
                let said = shown(&answer, &around, &view);
                let said = said
                    .map_or("nothing".to_owned(), |said| format!("{:?}\n{}", said.shape, told(&said.body)));
                if said != before {
                    part(&mut out, &format!("{} {}", lang.as_str(), name.join(" ")), &said);
                    before = said;
                }
            }
            if let Told::Done { answer } = &answer
                && let Some(said) = record(answer, &asker, &ground.desk(lang), &view)
            {
                part(&mut out, &format!("{} record {}", lang.as_str(), name.join(" ")), &told(&said));
            }
        }
    }
    expect_text("expected-answers.txt", &out);
}

#[test]
fn golden_drafts_incidents_and_requests_look_as_they_did() {
    let ground = Ground::new();
    let view = ground.view();
    let mut out = String::new();
    for lang in Lang::ALL {
        for value in values_of("drafts.jsonl") {
            let draft: Draft = serde_json::from_value(value).expect("a draft");
            part(&mut out, "draft", &told(&customer::draft(&Draft { lang, ..draft }, &view)));
        }
        let desk = ground.desk(lang);
        for value in values_of("incidents.jsonl") {
            let held: Incident = serde_json::from_value(value).expect("an incident");
            let playbook = ground.config.playbooks.get(&held.playbook);
            for version in &held.versions {
                let card = incident::card(&held, version, playbook, lang, desk.zone, &view);
                part(&mut out, "talking points", &told(&card));
                // Beside the talking points, it asks.
                let mut request = incident::request(&held, version, playbook, &desk, &view);
                request["embeds"].take();
                part(&mut out, "request", &told(&request));
            }
            part(&mut out, "list", &told(&incident::list(&held, playbook, 3, Some(MONDAY_9), lang, &view)));
        }
        for value in values_of("data-requests.jsonl") {
            let held: DataRequest = serde_json::from_value(value).expect("a request");
            part(&mut out, "data request", &told(&data::request(&held, &desk, &view)));
            if let Some(reply) = &held.reply {
                part(
                    &mut out,
                    "data answer",
                    &told(&data::answer(&DataRequest { lang, ..held.clone() }, reply, &view)),
                );
            }
        }
    }
    expect_text("expected-others.txt", &out);
}
