//! The real process is killed again and again (fifty times, where everything is asked for) at random instants, under load and with faults; nobody loses anything, nothing comes
//! twice.

use std::sync::Mutex;

use futures::StreamExt;
use langnghe::chaos::model::{Kind, Model, Places, Said, Told, said_back};
use langnghe::demo::stage::real_time;
use langnghe::sandbox::rules::fault::{CutAt, Fault, FaultKind};
use langnghe::sandbox::{Answer, AnswerKind, PersonSpec, Place, Say};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use crate::serve::{Office, id};
use crate::tiers::few_or_all;

/// How many people are busy at a time.
const BUSY: usize = 6;
/// A process lives at most so long (ms) after it got ready.
const LIVES: i64 = 400;

/// People at work at an office whose process is killed again and again.
struct Work<'a> {
    office: &'a Office,
    model: Mutex<Model>,
}

impl Work<'_> {
    fn say(&self, said: Said) {
        self.model.lock().expect("nobody panicked").said.push(said);
    }

    async fn connected(&self) {
        self.office.until("a connection", |sandbox| sandbox.is_connected()).await;
    }

    /// What an interaction came to; none where the person could not even ask.
    async fn asked(&self, made: Result<u64, String>) -> Option<Answer> {
        Some(self.office.sandbox.answer(made.ok()?).await)
    }

    /// One customer's day: files until told that it is recorded, writes twice, and gets a reply.
    async fn day(&self, number: usize) {
        let office = self.office;
        let customer = office.sandbox.make_person(PersonSpec {
            guild: office.guild.id,
            name: format!("Khách {number}"),
            locale: "vi".to_owned(),
            label: String::new(),
            roles: Vec::new(),
            dms_open: true,
        });
        let said = |letter: char, kind: Kind, told: Told, filed: Option<i64>| {
            let mark = format!("{letter}{number:03}z");
            Said { number: filed, ..Said::new(mark, kind, customer, told) }
        };
        let filed = self.file(customer, &format!("f{number:03}z nhà em mất mạng")).await;
        self.say(said('f', Kind::Filing, Told::Accepted, Some(filed)));
        for letter in ['s', 't'] {
            let words = format!("{letter}{number:03}z vẫn chưa có mạng");
            // Before the desk has written to them, nobody looks there for what was said while the process was dead.
            let known = office.sandbox.dm_channel(customer).is_some_and(|direct| {
                let bot = office.sandbox.bot().to_string();
                office.sandbox.messages(direct).iter().any(|message| message["author"]["id"] == bot.as_str())
            });
            office.sandbox.say(customer, Place::Dm, Say::from(words.as_str())).expect("they can write");
            let told = if known { Told::Accepted } else { Told::Nothing };
            self.say(said(letter, Kind::Message { file: false }, told, None));
        }
        let mark = format!("f{number:03}z");
        let thread =
            || office.threads().iter().find(|held| held["name"].to_string().contains(&mark)).cloned();
        office.until("the thread", |_| thread().is_some()).await;
        let thread = thread().map(|held| id(&held["id"])).expect("it was there");
        self.connected().await;
        let text = [("text", json!(format!("r{number:03}z em đang xem ạ")))];
        let made = office.sandbox.command(office.staff, Place::Channel(thread), "reply", &text);
        let answer = self.asked(made).await;
        let on_its_way = answer.as_ref().is_some_and(|answer| answer.text().contains("đang chuyển"));
        let told = match answer {
            Some(answer) if said_back(&answer) => Told::Refused,
            Some(answer) if answer.text().contains(&format!("r{number:03}z")) => Told::Accepted,
            Some(answer) if answer.kind == AnswerKind::Message && !answer.text().is_empty() => Told::Refused,
            _ => Told::Nothing,
        };
        self.say(Said { on_its_way, ..said('r', Kind::Reply, told, None) });
    }

    /// Files as somebody does who tries again until the desk says that it is recorded. Returns the number.
    async fn file(&self, customer: u64, words: &str) -> i64 {
        loop {
            self.connected().await;
            let place = Place::Channel(self.office.guild.channels["intake"]);
            let Ok(asked) = self.office.sandbox.command(customer, place, "complain", &[]) else { continue };
            if self.office.sandbox.answer(asked).await.kind != AnswerKind::Form {
                continue;
            }
            self.connected().await;
            let sent = self.office.sandbox.submit(customer, asked, &[("words", words)]);
            let Some(answer) = self.asked(sent).await else { continue };
            let text = answer.text();
            let number = text.split_once('#').map(|(_, rest)| rest.chars().take_while(char::is_ascii_digit));
            if let Some(number) = number.and_then(|digits| digits.collect::<String>().parse().ok()) {
                return number;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_again_and_again_under_load_it_loses_and_doubles_nothing() {
    let kills = few_or_all(5, 50);
    let office = Office::open().await;
    let work = Work { office: &office, model: Mutex::default() };
    let mut chance = ChaCha8Rng::seed_from_u64(50);
    let dead = std::sync::atomic::AtomicBool::new(false);
    let people = async {
        let numbers = futures::stream::iter(0..).take_while(|_| {
            let over = dead.load(std::sync::atomic::Ordering::SeqCst);
            async move { !over }
        });
        numbers.map(|number| work.day(number)).buffer_unordered(BUSY).count().await
    };
    let killing = async {
        for _ in 0..kills {
            let mut serving = office.serve_with(&[]);
            serving.line("ready").await;
            let kind = match chance.random_range(0..4) {
                0 => FaultKind::Status(500),
                1 => FaultKind::Cut(CutAt::After),
                2 => FaultKind::Cut(CutAt::Before),
                _ => FaultKind::SlowMs(200),
            };
            let path_contains = Some("/messages".to_owned());
            office.sandbox.fault(Fault { method: Some("POST".to_owned()), path_contains, times: 2, kind });
            real_time(chance.random_range(0..LIVES)).await;
            serving.signal("KILL");
            serving.end().await;
            office.until("the end of the connection", |sandbox| !sandbox.is_connected()).await;
        }
        dead.store(true, std::sync::atomic::Ordering::SeqCst);
        office.sandbox.clear_faults();
        let mut last = office.serve_with(&[]);
        last.line("ready").await;
        last
    };
    let (served, last) = tokio::join!(people, killing);
    let channel = |name: &str| office.guild.channels[name];
    let places = Places { intake: channel("intake"), desk: channel("desk"), managers: channel("desk") };
    let model = work.model.lock().expect("nobody panicked").clone();
    office
        .until("that everybody has seen everything", |sandbox| model.wrong(sandbox, &places).is_empty())
        .await;
    last.signal("TERM");
    let (ended, said) = last.end().await;
    assert_eq!(ended.code(), Some(0), "{said}");
    assert_eq!(model.wrong(&office.sandbox, &places), Vec::<String>::new());
    assert!(office.sandbox.violations().is_empty(), "{:?}", office.sandbox.violations());
    eprintln!("{kills} kills, {served} customers, {} things said", model.said.len());
    assert!(served >= kills / 5, "people get something done: {served}");
    office.sandbox.stop();
}
