//! Migrations 15 and 16 onto data: a stream that was one text becomes two columns, and no row is lost or changed otherwise.

use langnghe::archive::write::write;
use langnghe::kernel::board::{Board, Place};
use langnghe::kernel::ids::{ComplaintId, DraftId, GuildId, IncidentId, RequestId, Stream};
use langnghe::store::copy::{Cell, Cells, Shape, shapes};
use langnghe::store::db::{Db, Tx};
use langnghe::store::{self, schema};

use crate::databases::each_address;

/// A server's id as Discord gives it.
const GUILD: u64 = 1_180_000_000_000_000_001;

/// Every kind of stream there is.
fn streams() -> [Stream; 7] {
    let board = |place| Stream::Board(Board { guild: GuildId(GUILD), place });
    [
        Stream::Complaint(ComplaintId(12)),
        Stream::Line(ComplaintId(12)),
        Stream::Draft(DraftId(3)),
        Stream::Incident(IncidentId(1)),
        Stream::Request(RequestId(4)),
        board(Place::Desk),
        board(Place::Managers),
    ]
}

/// The migrations before streams had columns of their own.
fn before() -> Vec<i64> {
    schema::known().into_iter().filter(|version| *version < 15).collect()
}

fn shape<'a>(shapes: &'a [Shape], name: &str) -> &'a Shape {
    shapes.iter().find(|shape| shape.name == name).expect("the table")
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// Rows of every kind, each cell told from every other.
async fn fill(tx: &mut Tx) {
    let shapes = shapes(&before());
    let complaint = [12, i64::try_from(GUILD).expect("an id"), 7, 5].map(Cell::Int);
    let mut row = complaint.to_vec();
    row.extend([text("filed"), Cell::Null, Cell::Null, Cell::Null, Cell::Int(1), Cell::Int(2), Cell::Null]);
    row.extend([Cell::Null, Cell::Int(0), text("{}"), Cell::Null]);
    shape(&shapes, "complaint").add(tx, &[Cells(row)]).await.expect("it is taken");
    let mut outbox = Vec::new();
    let mut timers = Vec::new();
    for (number, stream) in (1..).zip(streams()) {
        let at = number * 100;
        for (seq, state) in [(1, "done"), (2, "dead"), (3, "waiting"), (4, "waiting")] {
            let mut row =
                vec![text(&stream.to_string()), Cell::Int(seq), Cell::Int(2), text("{\"letter\":1}")];
            row.push(text(state));
            row.extend([at + seq, at + 10 + seq, at + 20 + seq, 1].map(Cell::Int));
            let tried = if seq == 4 { Cell::Null } else { Cell::Int(at + 30) };
            let why = if state == "dead" { text("gone") } else { Cell::Null };
            let owner = if seq == 3 { text("process") } else { Cell::Null };
            row.extend([tried, why, owner, Cell::Int(i64::from(seq == 3))]);
            outbox.push(Cells(row));
        }
        for (slot, place) in [("one", Cell::Null), ("two", text("7-desk"))] {
            timers.push(Cells(vec![text(&stream.to_string()), text(slot), Cell::Int(at), place]));
        }
    }
    shape(&shapes, "letter").add(tx, &outbox).await.expect("they are taken");
    shape(&shapes, "timer").add(tx, &timers).await.expect("they are taken");
    let fact = |seq| Cells(vec![Cell::Int(12), Cell::Int(seq), Cell::Int(seq * 9), text("{\"at\":1}")]);
    shape(&shapes, "journal").add(tx, &[fact(1), fact(2)]).await.expect("they are taken");
    let breach = [Cell::Int(12), text("reply"), Cell::Int(1), Cell::Int(8), Cell::Int(6), Cell::Int(5)];
    shape(&shapes, "breach").add(tx, &[Cells(breach.to_vec())]).await.expect("it is taken");
    let posted = |subject: &str, mark: Cell| {
        Cells(vec![text(subject), Cell::Int(21), Cell::Int(22), mark, Cell::Int(23)])
    };
    let rows = [posted("c12", text("#7")), posted("r4", Cell::Null)];
    shape(&shapes, "posted").add(tx, &rows).await.expect("they are taken");
    let upload = |subject: &str, kept: &str| {
        let mut row = vec![text(subject), Cell::Int(101), text(kept), Cell::Int(5), text("a.png")];
        row.extend([text("image/png"), Cell::Int(9), Cell::Int(31)]);
        Cells(row)
    };
    let asks = ["i118-119", "m12", "e12-5", "w7", "1~57:do-kept:12-34", "say-12-34"];
    let mut rows = vec![upload("c12", "photo"), upload("d3", "bill")];
    rows.extend(asks.map(|subject| upload(subject, "unused")));
    shape(&shapes, "upload").add(tx, &rows).await.expect("they are taken");
}

/// The files that a backup of a desk as it stands would have to hold.
async fn evidence(db: &Db) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = folder.path().join("desk.backup");
    write(db, folder.path(), &place, 1, &mut |_, _| {}).await.expect("a backup").missing
}

async fn rows(db: &Db, shape: &Shape) -> Vec<Cells> {
    let mut tx = db.snapshot().await.expect("a snapshot");
    shape.page(&mut tx, None).await.expect("rows")
}

/// What a row of before must be now.
fn expected(table: &str, mut row: Cells) -> Cells {
    let parts = |stream: Stream| [text(stream.kind()), Cell::Int(stream.id())];
    let first: Vec<Cell> = match (table, row.0[0].clone()) {
        ("journal" | "breach", Cell::Int(id)) => parts(Stream::Complaint(ComplaintId(id))).to_vec(),
        ("letter" | "timer" | "posted", Cell::Text(stream)) => {
            parts(stream.parse().expect("a stream")).to_vec()
        }
        ("upload", Cell::Text(subject)) => match subject.as_str() {
            "c12" | "d3" => [parts(subject.parse().expect("a stream")).to_vec(), vec![text("")]].concat(),
            ask => vec![text("ask"), Cell::Int(0), text(ask)],
        },
        _ => return row,
    };
    row.0.splice(..1, first);
    row
}

fn sorted(mut rows: Vec<Cells>) -> Vec<String> {
    let mut lines: Vec<String> = rows.drain(..).map(|row| row.line().expect("a line")).collect();
    lines.sort_unstable();
    lines
}

each_address!(streams_of_a_database_of_before_are_carried_over_whole, async |url: String| {
    let db = Db::connect(&url, true).await.expect("it opens");
    schema::apply(&db, &before()).await.expect("they are applied");
    let mut tx = db.begin().await.expect("a transaction");
    fill(&mut tx).await;
    tx.commit().await.expect("a commit");
    assert_eq!(
        evidence(&db).await,
        ["bill", "photo"],
        "a desk is backed up before it is brought up to date, too"
    );
    let mut then = Vec::new();
    for shape in shapes(&before()) {
        then.push((shape.name, rows(&db, &shape).await));
    }
    schema::apply(&db, &schema::known()).await.expect("they are applied");
    let now = shapes(&schema::known());
    assert_eq!(now.len(), then.len());
    for (name, held) in then {
        let held = held.into_iter().map(|row| expected(name, row)).collect();
        assert_eq!(sorted(rows(&db, shape(&now, name)).await), sorted(held), "{name}");
    }

    assert_eq!(evidence(&db).await, ["bill", "photo"]);

    // What the program asks of them: the head of each stream and no other, and what each waits for.
    let claimed = store::outbox::claim(&db, 100_000, 200_000, 50, 3, "process").await.expect("it reads");
    let mut heads: Vec<Stream> = claimed.iter().map(|outgoing| outgoing.stream).collect();
    heads.sort_unstable();
    let mut all = streams();
    all.sort_unstable();
    assert!(claimed.iter().all(|outgoing| outgoing.seq == 3), "{claimed:?}");
    assert_eq!(heads, all);
    let due = store::timer::due(&db, 100_000, 50).await.expect("it reads");
    for stream in all {
        assert_eq!(due.iter().filter(|(held, ..)| *held == stream).count(), 2, "{stream}");
    }
    assert_eq!(store::health::waiting_of(&db, GuildId(GUILD)).await.expect("it reads").0, 8);
    db.close().await;
});
