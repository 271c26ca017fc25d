//! Several desks on one database: timers fire once each, outbox messages go once each and in order, as if one desk had done
//! it all.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use langnghe::clock::Clock;
use langnghe::config::{Config, Env};
use langnghe::desk::inbox::Key;
use langnghe::desk::parcel::{Brought, Courier, Parcel};
use langnghe::desk::request::{Asker, Request, RequestKind};
use langnghe::desk::{Desk, Rules};
use langnghe::domain::outbox::Urgency;
use langnghe::domain::settings::Setup;
use langnghe::kernel::ids::{ChannelId, ComplaintId, GuildId, RoleId, UserId};
use langnghe::kernel::people::Person;
use langnghe::kernel::people::Rank;
use langnghe::store;
use langnghe::store::db::Db;
use langnghe::store::wake::{self, Listener, News};

use crate::databases::{each_address, twice, two_on};
use crate::scene::HOUR;

const GUILD: GuildId = GuildId(1);
/// Each has two outbox messages at once, and several timers.
const COMPLAINTS: i64 = 100;
/// A working day, 09:00 in Vietnam.
pub const MORNING: i64 = 1_795_658_400_000;

/// Remembers what was brought, and that no two outbox messages of a stream are on their way together.
#[derive(Default)]
struct Counting {
    under_way: Mutex<BTreeSet<String>>,
    brought: Mutex<BTreeMap<String, Vec<i64>>>,
}

impl Courier for Counting {
    async fn bring(&self, parcel: &Parcel) -> Brought {
        let stream = parcel.stream.to_string();
        assert!(self.under_way.lock().unwrap().insert(stream.clone()), "{stream} is on its way already");
        tokio::task::yield_now().await;
        self.brought.lock().unwrap().entry(stream.clone()).or_default().push(parcel.seq);
        self.under_way.lock().unwrap().remove(&stream);
        Brought::Done
    }
}

impl Counting {
    fn outbox(&self) -> BTreeMap<String, Vec<i64>> {
        self.brought.lock().unwrap().clone()
    }
}

pub async fn desk(url: &str, clock: &Clock) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::load(folder.path(), &Env::default()).unwrap();
    let setup = Setup {
        desk_channel: Some(ChannelId(2)),
        intake_channel: Some(ChannelId(3)),
        manager_channel: Some(ChannelId(4)),
        staff_role: Some(RoleId(5)),
        ..Setup::default()
    };
    let setups = BTreeMap::from([(GUILD, setup)]);
    let rules = Rules { policy: config.policy().clone(), setups, locale: config.desk.locale };
    Desk::open(Db::open(url).await.unwrap(), clock.clone(), rules).await.unwrap()
}

async fn file(desk: &Desk, number: i64) {
    let id = UserId(1_000 + number.unsigned_abs());
    let person = Person { id, name: "An".to_owned() };
    let kind = RequestKind::File {
        guild: GUILD,
        words: format!("Nhà em mất mạng {number}"),
        wish: String::new(),
        contact: String::new(),
        files: Vec::new(),
        lost: Vec::new(),
    };
    let asker = Asker { person, lang: None, rank: Rank::default() };
    desk.requests()
        .ask(Request {
            key: Key::Text(format!("i{number}")),
            asker,
            kind,
            record: None,
            pressed: None,
            sight: langnghe::domain::sight::Sight::Present,
        })
        .await
        .unwrap();
}

/// Works until there is nothing to do at this hour.
async fn work(desk: &Desk, courier: &Counting) {
    loop {
        let fired = desk.timers().run().await.unwrap();
        let sent = desk.outbox().run(courier, 3, Urgency::Bulk).await.unwrap();
        let due =
            [desk.timers().next_due().await.unwrap(), desk.outbox().next_due(Urgency::Bulk).await.unwrap()];
        if fired + sent == 0 && due.into_iter().flatten().all(|due| due > desk.now()) {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// A day with `desks` desks: what the complaints remember of it, and the outbox messages.
async fn day(url: &str, desks: usize) -> (Vec<Vec<String>>, BTreeMap<String, Vec<i64>>) {
    let (clock, courier) = (Clock::manual(MORNING), Counting::default());
    let mut held = Vec::new();
    for _ in 0..desks {
        held.push(desk(url, &clock).await);
    }
    for number in 1..=COMPLAINTS {
        file(&held[0], number).await;
    }
    for hour in 0..6 {
        clock.set(MORNING + hour * HOUR);
        futures::future::join_all(held.iter().map(|desk| work(desk, &courier))).await;
    }
    let db = held[0].db();
    let mut journals = Vec::new();
    for id in 1..=COMPLAINTS {
        let entries = store::complaint::journal(db, ComplaintId(id)).await.unwrap();
        journals.push(entries.iter().map(|entry| format!("{entry:?}")).collect());
    }
    assert_eq!(store::outbox::counts(db).await.unwrap(), (0, 0), "nothing waits, nothing was given up");
    for desk in &held {
        desk.db().close().await;
    }
    (journals, courier.outbox())
}

twice!(
    two_on,
    four_desks_do_what_one_would_have_done,
    threads = 2,
    async |alone: String, together: String| {
        let (journals, outbox) = day(&alone, 1).await;
        assert!(journals.iter().all(|journal| journal.len() > 2), "timers fired for each: {:?}", journals[0]);
        let (remembered, sent) = day(&together, 4).await;
        assert_eq!(remembered, journals, "each timer fired once");
        for (stream, places) in &sent {
            let expected: Vec<i64> = (1..=i64::try_from(places.len()).unwrap()).collect();
            assert_eq!(places, &expected, "{stream} in order, each once");
        }
        let of_complaints = |outbox: &BTreeMap<String, Vec<i64>>| -> BTreeMap<String, Vec<i64>> {
            outbox
                .iter()
                .filter(|(name, _)| name.starts_with('c'))
                .map(|(a, b)| (a.clone(), b.clone()))
                .collect()
        };
        assert_eq!(of_complaints(&sent), of_complaints(&outbox));
    }
);

each_address!(desks_wake_each_other_and_learn_what_was_set_up_elsewhere, async |url| {
    let clock = Clock::manual(MORNING);
    let (here, there) = (desk(&url, &clock).await, desk(&url, &clock).await);
    let elsewhere = Setup { desk_channel: Some(ChannelId(22)), ..Setup::default() };
    here.setups().set_up(GuildId(9), &elsewhere).await.unwrap();
    assert_eq!(there.setup_of(GuildId(9)).desk_channel, None);
    there.setups().reread().await.unwrap();
    assert_eq!(there.setup_of(GuildId(9)).desk_channel, Some(ChannelId(22)));
    assert_eq!(here.news().await, News::Setup);
    file(&here, 1).await;
    assert_eq!(here.news().await, News::Work);

    let listener = Listener::open(there.db(), there.owner()).await.unwrap();
    assert_eq!(listener.is_none(), there.db().is_embedded(), "on SQLite there is nobody to listen to");
    let Some(mut listener) = listener else { return };
    wake::tell(there.db(), there.owner(), News::Work).await.unwrap();
    wake::tell(here.db(), here.owner(), News::Setup).await.unwrap();
    wake::tell(here.db(), here.owner(), News::Work).await.unwrap();
    assert_eq!(listener.next().await.unwrap(), News::Setup, "what it told itself it does not hear");
    assert_eq!(listener.next().await.unwrap(), News::Work);
    let cut = "SELECT CAST(COUNT(pg_terminate_backend(pid)) AS BIGINT) FROM pg_stat_activity \
                   WHERE datname = current_database() AND query LIKE 'LISTEN%'";
    assert_eq!(here.db().one::<(i64,)>(cut, Vec::new()).await.unwrap(), (1,));
    assert_eq!(listener.next().await.unwrap(), News::Anything, "something may have been missed");
    wake::tell(here.db(), here.owner(), News::Work).await.unwrap();
    assert_eq!(listener.next().await.unwrap(), News::Work, "it listens again");
});
