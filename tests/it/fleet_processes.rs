//! Several `serve` processes on one PostgreSQL database: one dies under load and the others take over; one is cut off from the
//! database and sends nothing any more.

use langnghe::clock::Clock;
use langnghe::sandbox::rules::fault::{Fault, FaultKind};
use langnghe::sandbox::{AnswerKind, PersonSpec, Place};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::databases::{Kind, on};
use crate::serve::{Office, Serving, id};

/// How many people file while one process dies.
const CUSTOMERS: usize = 12;

impl Office {
    fn customers(&self) -> Vec<u64> {
        let person = |number: usize| PersonSpec {
            guild: self.guild.id,
            name: format!("Khách {number}"),
            locale: "vi".to_owned(),
            label: String::new(),
            roles: Vec::new(),
            dms_open: true,
        };
        (0..CUSTOMERS).map(|number| self.sandbox.make_person(person(number))).collect()
    }

    /// Files as somebody does who tries again until the desk answers. Returns how often it was told to be stored.
    async fn file_patiently(&self, customer: u64, words: &str) -> usize {
        let place = Place::Channel(self.guild.channels["intake"]);
        loop {
            let (form, opened) = self.answer(self.sandbox.command(customer, place, "complain", &[])).await;
            if opened.kind != AnswerKind::Form {
                self.until("a connection", |sandbox| sandbox.is_connected()).await;
                continue;
            }
            let submitted = self.sandbox.submit(customer, form, &[("words", words)]);
            let (_, receipt) = self.answer(submitted).await;
            // A second try with the same words is told that it is filed already.
            if receipt.kind == AnswerKind::Message {
                return 1;
            }
        }
    }

    /// Replies as somebody does who saw no answer and does not know whether it was heard. Returns how often they asked.
    async fn reply_patiently(&self, thread: u64, text: &str) -> usize {
        for asked in 1.. {
            let options = [("text", json!(text))];
            let made = self.sandbox.command(self.staff, Place::Channel(thread), "reply", &options);
            let (_, answer) = self.answer(made).await;
            if matches!(answer.kind, AnswerKind::Message | AnswerKind::Deferred) {
                return asked;
            }
            self.until("a connection", |sandbox| sandbox.is_connected()).await;
        }
        usize::MAX
    }

    fn cards_with(&self, words: &str) -> usize {
        let cards = self.sandbox.messages(self.desk());
        cards.iter().filter(|card| card["embeds"].to_string().contains(words)).count()
    }

    fn direct_with(&self, customer: u64, words: &str) -> usize {
        let Some(direct) = self.sandbox.dm_channel(customer) else { return 0 };
        self.sandbox.messages(direct).iter().filter(|message| message.to_string().contains(words)).count()
    }

    /// Everybody files at once, and after some of them were answered the process dies. Returns the seconds until another
    /// one was connected.
    async fn file_while_dying(&self, round: usize, customers: &[u64], dying: Serving) -> f64 {
        let clock = Clock::System;
        let words = |number: usize| format!("Vòng {round}, khách {number}: mất mạng");
        let filing = customers
            .iter()
            .enumerate()
            .map(|(number, customer)| async move { self.file_patiently(*customer, &words(number)).await });
        let dies = async {
            self.until("the first card", |sandbox| {
                sandbox
                    .messages(self.desk())
                    .iter()
                    .any(|card| card.to_string().contains(&format!("Vòng {round},")))
            })
            .await;
            let killed = clock.now();
            dying.signal("KILL");
            dying.end().await;
            self.until("the end of its connection", |sandbox| !sandbox.is_connected()).await;
            self.until("another connection", |sandbox| sandbox.is_connected()).await;
            (clock.now() - killed) as f64 / 1_000.0
        };
        let (filed, seconds) = tokio::join!(futures::future::join_all(filing), dies);
        assert_eq!(filed.into_iter().sum::<usize>(), customers.len());
        self.until("all cards, threads and receipts", |sandbox| {
            let receipts = |customer: &u64| self.direct_with(*customer, "đã được ghi lại") == round;
            sandbox.threads(self.desk()).len() == round * customers.len() && customers.iter().all(receipts)
        })
        .await;
        for number in 0..customers.len() {
            assert_eq!(self.cards_with(&words(number)), 1, "one card of {}", words(number));
        }
        seconds
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_of_three_die_under_load_and_nothing_is_lost_or_comes_twice() {
    on(Kind::Postgres, async |url: String| {
        let office = Office::open().await;
        let customers = office.customers();
        let mut serving = Vec::new();
        for _ in 0..3 {
            let mut process = office.serve_on(&url);
            process.line("ready").await;
            serving.push(process);
        }
        let first = office.file_while_dying(1, &customers, serving.remove(0)).await;
        eprintln!("taken over {first:.1} s after the first death");
        let threads: Vec<u64> = office.threads().iter().map(|thread| id(&thread["id"])).collect();
        let replies = threads.iter().enumerate().map(|(number, thread)| {
            let office = &office;
            async move { office.reply_patiently(*thread, &format!("Trả lời số {number} ạ.")).await }
        });
        let (asked, second) = tokio::join!(futures::future::join_all(replies), async {
            office
                .until("a reply", |_| customers.iter().any(|one| office.direct_with(*one, "Trả lời số") > 0))
                .await;
            let owner = serving.iter_mut().position(|one| one.has_said("takes a shard of the gateway"));
            let killed = Clock::System.now();
            let dying = serving.remove(owner.expect("one of them has taken over"));
            dying.signal("KILL");
            dying.end().await;
            office.until("the end of its connection", |sandbox| !sandbox.is_connected()).await;
            office.until("another connection", |sandbox| sandbox.is_connected()).await;
            (Clock::System.now() - killed) as f64 / 1_000.0
        });
        eprintln!("taken over {second:.1} s after the second death");
        office
            .until("all replies", |_| customers.iter().all(|one| office.direct_with(*one, "Trả lời số") > 0))
            .await;
        for (number, asked) in asked.into_iter().enumerate() {
            let text = format!("Trả lời số {number} ạ.");
            let times: usize = customers.iter().map(|customer| office.direct_with(*customer, &text)).sum();
            assert!((1..=asked).contains(&times), "{text}: asked {} times, said {times}", asked);
        }
        let last = serving.remove(0);
        last.signal("TERM");
        let (ended, said) = last.end().await;
        assert_eq!(ended.code(), Some(0), "{said}");
        assert_eq!(office.threads().len(), CUSTOMERS);
        assert!(office.sandbox.violations().is_empty(), "{:?}", office.sandbox.violations());
        assert!(first.max(second) < 30.0, "{first} s, {second} s");
        office.sandbox.stop();
    })
    .await;
}

/// How a way to the database is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Open,
    /// Nothing comes through, and nobody is told so.
    Silent,
    /// Connections are cut and refused.
    Cut,
}

/// A way to a server that can be cut.
struct Proxy {
    port: u16,
    way: watch::Sender<Way>,
}

impl Proxy {
    /// A way to a server, by its `host:port`.
    async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let way = watch::Sender::new(Way::Open);
        let state = way.clone();
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let mut state = state.subscribe();
                if *state.borrow_and_update() == Way::Cut {
                    continue;
                }
                let Ok(far) = TcpStream::connect(&server).await else { continue };
                let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
                let there = pump(near_in, far_out, state.clone());
                let back = pump(far_in, near_out, state.clone());
                tokio::spawn(async move {
                    tokio::select! {
                        () = there => {}
                        () = back => {}
                        _ = state.wait_for(|way| *way == Way::Cut) => {}
                    }
                });
            }
        });
        Self { port, way }
    }
}

async fn pump(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    mut state: watch::Receiver<Way>,
) {
    let mut bytes = [0; 4_096];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if state.wait_for(|way| *way == Way::Open).await.is_err()
            || to.write_all(&bytes[..count]).await.is_err()
        {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cut_off_from_the_database_it_sends_nothing_and_goes_on_when_it_is_back() {
    on(Kind::Postgres, async |url: String| {
        let (scheme, rest) = url.split_once('@').expect("the address names a user");
        let (server, database) = rest.split_once('/').expect("the address names a database");
        let proxy = Proxy::to(server.to_owned()).await;
        let office = Office::open().await;
        let mut serving = office.serve_on(&format!("{scheme}@127.0.0.1:{}/{database}", proxy.port));
        serving.line("ready").await;
        for (number, way) in [Way::Silent, Way::Cut].into_iter().enumerate() {
            // A card that is on its way when the line breaks, and repeats that are still to come.
            let path = format!("/channels/{}/messages", office.desk());
            office.sandbox.fault(Fault {
                method: Some("POST".to_owned()),
                path_contains: Some(path),
                times: u32::MAX,
                kind: FaultKind::Status(500),
            });
            let words = format!("Mất mạng lần {number}");
            assert_eq!(office.file_patiently(office.customer, &words).await, 1);
            office
                .until("a try", |sandbox| sandbox.calls().iter().any(|call| call.path.ends_with("/messages")))
                .await;
            let clock = Clock::System;
            let cut = clock.now();
            proxy.way.send_replace(way);
            office.until("the end of the connection", |sandbox| !sandbox.is_connected()).await;
            eprintln!("{way:?}: it left {:.1} s after it was cut off", (clock.now() - cut) as f64 / 1_000.0);
            // Now its lease may be over: nothing is sent, for as long as it lasts.
            office.sandbox.clear_calls();
            office.sandbox.clear_faults();
            clock.sleep_until(clock.now() + 6_000).await;
            assert!(office.sandbox.calls().is_empty(), "{way:?}: {:?}", office.sandbox.calls());
            proxy.way.send_replace(Way::Open);
            office.until("the connection", |sandbox| sandbox.is_connected()).await;
            office.until("the thread", |sandbox| sandbox.threads(office.desk()).len() == number + 1).await;
            assert_eq!(office.cards_with(&words), 1);
            office.sandbox.clear_calls();
        }
        serving.signal("TERM");
        let (ended, said) = serving.end().await;
        assert_eq!(ended.code(), Some(0), "{said}");
        office.sandbox.stop();
    })
    .await;
}
