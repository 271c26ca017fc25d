//! Who holds which shard, as leases come and go: each has one owner, and the old one has stopped before there is a new one.

use std::collections::BTreeSet;

use langnghe::app::members::{LEASE, Members, TICK};
use langnghe::clock::Clock;
use langnghe::clock::tenure::Tenure;
use langnghe::desk::Desk;
use langnghe::kernel::ids::{ComplaintId, Stream};
use langnghe::store::{lease, outbox};

use crate::databases::each_address;
use crate::fleet_desks::{MORNING, desk};

/// One process, as far as its leases go, with a clock of its own that shows what it likes.
struct Process {
    clock: Clock,
    desk: Desk,
    tenure: Tenure,
    members: Members,
}

impl Process {
    async fn start(url: &str, at: i64, recommended: u32) -> Self {
        let clock = Clock::manual(at);
        let desk = desk(url, &clock).await;
        let tenure = Tenure::ended_one(clock.clone());
        let mut members = Members::new(&desk, &tenure);
        members.tick().await.expect("it joins");
        tenure.resume(0).await;
        members.divide(recommended).await.expect("the shards are agreed on");
        Self { clock, desk, tenure, members }
    }

    /// Time passes; a living process looks at the leases.
    async fn pass(&mut self, ms: i64, alive: bool) {
        self.clock.set(self.clock.now() + ms);
        if alive {
            self.members.tick().await.expect("the database answers");
        }
    }

    /// The shards on which it may act.
    fn shards(&self) -> BTreeSet<u32> {
        if self.tenure.left() == 0 { BTreeSet::new() } else { self.members.mine().borrow().clone() }
    }
}

/// Each shard has at most one owner; returns how many have one.
fn owned(processes: &[Process]) -> usize {
    let all: Vec<u32> = processes.iter().flat_map(Process::shards).collect();
    let distinct: BTreeSet<u32> = all.iter().copied().collect();
    assert_eq!(all.len(), distinct.len(), "a shard has two owners: {all:?}");
    distinct.len()
}

each_address!(each_shard_has_one_owner_however_wrong_the_clocks_are, async |url: String| {
    let mut processes = Vec::new();
    // One clock is an hour ahead, one a day behind, and the later ones recommend another number of shards.
    for (wrong, recommended) in [(0, 5), (3_600_000, 6), (-86_400_000, 1)] {
        processes.push(Process::start(&url, MORNING + wrong, recommended).await);
        for process in &mut processes {
            process.pass(TICK, true).await;
        }
    }
    for _ in 0..10 {
        for process in &mut processes {
            process.pass(TICK, true).await;
        }
        owned(&processes);
    }
    assert_eq!(owned(&processes), 5);
    assert!(processes.iter().all(|process| process.members.total() == 5), "the first one settles it");

    // The first one hangs with a letter in its hands: its clock runs on, but it renews nothing.
    let first = processes[0].desk.clone();
    let mut tx = first.db().begin().await.expect("a transaction");
    outbox::add(&mut tx, Stream::Complaint(ComplaintId(1)), 2, "{}", MORNING - 86_400_000)
        .await
        .expect("a letter");
    tx.commit().await.expect("a commit");
    let claim = async |desk: &Desk| {
        let (now, until) = (desk.now(), desk.now() + 60_000);
        outbox::claim(desk.db(), now, until, 1, 3, desk.owner()).await.expect("a claim")
    };
    let held = claim(&first).await;
    assert_eq!(held.len(), 1);
    let mut seconds = 0;
    while seconds < 20 {
        for (place, process) in processes.iter_mut().enumerate() {
            process.pass(TICK, place > 0).await;
        }
        seconds += 1;
        owned(&processes);
        // An hour ahead, its clock says that every lease is long over; it takes nothing all the same.
        let taken = claim(&processes[1].desk).await;
        if !taken.is_empty() {
            assert!(processes[0].tenure.left() == 0, "the old one has stopped before");
            assert!(taken[0].tried_at.is_some(), "the new one knows that it was tried");
            break;
        }
    }
    assert!((LEASE / TICK..=LEASE / TICK + 2).contains(&seconds), "{seconds} s");
    let mut tx = first.db().begin().await.expect("a transaction");
    assert!(!outbox::is_held(&mut tx, &held[0]).await.expect("a look"), "the old one writes nothing down");
    drop(tx);
    for _ in 0..6 {
        for process in &mut processes[1..] {
            process.pass(TICK, true).await;
        }
    }
    assert_eq!(owned(&processes), 5, "two hold all");
    // It comes back: what is taken stays taken, and it may act only after it has stopped.
    processes[0].pass(TICK, true).await;
    assert_eq!((processes[0].tenure.left(), owned(&processes)), (0, 5));
    processes[0].tenure.resume(0).await;
    assert_eq!((processes[0].shards().len(), owned(&processes)), (0, 5));
    // Whoever leaves in order frees everything at once.
    processes[1].members.leave().await.expect("it leaves");
    let left = lease::all(first.db()).await.expect("the leases");
    assert!(left.iter().all(|held| held.owner != processes[1].desk.owner()), "{left:?}");
});
