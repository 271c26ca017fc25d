//! The narrow waist, on both databases: values, transactions, errors, leases and many claimers at once.

use std::collections::BTreeSet;

use langnghe::kernel::ids::{ComplaintId, Stream};
use langnghe::store::db::{Arg, Db};
use langnghe::store::{StoreError, lease, outbox};

use crate::databases::each_database;

#[derive(Debug, PartialEq, Eq, sqlx::FromRow)]
struct Thing {
    id: i64,
    word: Option<String>,
    number: Option<i64>,
}

const INSERT: &str = "INSERT INTO thing (id, word, number) VALUES ($1, $2, $3)";
const SELECT: &str = "SELECT id, word, number FROM thing ORDER BY id";

async fn with_table(db: &Db) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    tx.run("CREATE TABLE thing (id BIGINT PRIMARY KEY, word TEXT, number BIGINT)", vec![]).await?;
    tx.commit().await
}

async fn insert(db: &Db, id: i64, word: &str) -> Result<u64, StoreError> {
    let mut tx = db.begin().await?;
    let rows = tx.run(INSERT, vec![Arg::from(id), Arg::from(word), Arg::Int(None)]).await?;
    tx.commit().await?;
    Ok(rows)
}

each_database!(values_come_back_as_they_went_in, async |db| {
    with_table(&db).await.expect("a table");
    let mut tx = db.begin().await.expect("a transaction");
    let snowflake = u64::try_from(i64::MAX).unwrap_or_default();
    let rows: [Vec<Arg>; 3] = [
        vec![1_i64.into(), "Mạng chập chờn 😡".into(), snowflake.into()],
        vec![2_i64.into(), Arg::Text(None), Arg::Int(None)],
        vec![3_i64.into(), String::new().into(), true.into()],
    ];
    for row in rows {
        assert_eq!(tx.run(INSERT, row).await.expect("a row"), 1);
    }
    let inside: Vec<Thing> = tx.all(SELECT, vec![]).await.expect("rows");
    assert_eq!(inside.len(), 3, "a transaction sees its own rows");
    tx.commit().await.expect("a commit");

    let things: Vec<Thing> = db.all(SELECT, vec![]).await.expect("rows");
    let expected = [
        (1, Some("Mạng chập chờn 😡".to_owned()), Some(i64::MAX)),
        (2, None, None),
        (3, Some(String::new()), Some(1)),
    ];
    assert_eq!(things, expected.map(|(id, word, number)| Thing { id, word, number }));
    let twice = "SELECT id FROM thing WHERE id = $1 OR number = $1";
    assert_eq!(db.optional::<(i64,)>(twice, vec![1_i64.into()]).await.expect("a row"), Some((1,)));
    assert_eq!(db.optional::<(i64,)>(twice, vec![9_i64.into()]).await.expect("no row"), None);
    let sum = "SELECT CAST(COUNT(*) AS BIGINT), CAST(SUM(id) AS BIGINT) FROM thing";
    assert_eq!(db.one::<(i64, i64)>(sum, vec![]).await.expect("a sum"), (3, 6));
    let mut tx = db.begin().await.expect("a transaction");
    let changed = tx.run("UPDATE thing SET number = $1 WHERE id > $2", vec![5_i64.into(), 1_i64.into()]);
    assert_eq!(changed.await.expect("an update"), 2);
    assert_eq!(tx.one::<(i64,)>(twice, vec![2_i64.into()]).await.expect("a row"), (2,));
    assert_eq!(tx.optional::<(i64,)>(twice, vec![9_i64.into()]).await.expect("no row"), None);
});

each_database!(a_dropped_transaction_leaves_nothing_behind, async |db| {
    with_table(&db).await.expect("a table");
    let mut tx = db.begin().await.expect("a transaction");
    tx.run(INSERT, vec![1_i64.into(), "lost".into(), Arg::Int(None)]).await.expect("a row");
    drop(tx);
    insert(&db, 2, "kept").await.expect("another row");
    let ids: Vec<(i64,)> = db.all("SELECT id FROM thing", vec![]).await.expect("rows");
    assert_eq!(ids, [(2,)]);
});

each_database!(an_error_names_its_statement_and_knows_a_double_key, async |db| {
    with_table(&db).await.expect("a table");
    insert(&db, 1, "first").await.expect("a row");
    let double = insert(&db, 1, "second").await.expect_err("the key is taken");
    assert!(double.is_unique_violation(), "{double}");
    assert!(double.to_string().starts_with("INSERT INTO thing"), "{double}");
    let none = db.one::<(i64,)>("SELECT id FROM thing WHERE id = $1", vec![7_i64.into()]).await;
    let none = none.expect_err("there is no such row");
    assert!(!none.is_unique_violation());
    assert!(none.to_string().starts_with("SELECT id FROM thing"), "{none}");
    let unknown = db.all::<(i64,)>("SELECT id FROM nothing", vec![]).await.expect_err("no such table");
    assert!(unknown.to_string().starts_with("SELECT id FROM nothing"), "{unknown}");
});

each_database!(two_who_read_and_then_write_lose_nothing, async |db| {
    with_table(&db).await.expect("a table");
    insert(&db, 1, "counter").await.expect("a row");
    let add = async || -> Result<(), StoreError> {
        for _ in 0..10 {
            let mut tx = db.begin().await?;
            let next = "UPDATE thing SET number = COALESCE(number, 0) + 1 WHERE id = 1 RETURNING number";
            let (number,): (i64,) = tx.one(next, vec![]).await?;
            let row = vec![(100 + number).into(), "mark".into(), number.into()];
            tx.run(INSERT, row).await?;
            tx.commit().await?;
        }
        Ok(())
    };
    let (one, two, three, four) = tokio::join!(add(), add(), add(), add());
    for outcome in [one, two, three, four] {
        outcome.expect("no writer is turned away");
    }
    let counted = "SELECT number FROM thing WHERE id = 1";
    assert_eq!(db.one::<(i64,)>(counted, vec![]).await.expect("a row"), (40,));
});

each_database!(many_claimers_never_take_one_letter_twice, async |db| {
    let mut tx = db.begin().await.expect("a transaction");
    for complaint in 1..=50 {
        outbox::add(&mut tx, Stream::Complaint(ComplaintId(complaint)), 2, "{}", 1_000)
            .await
            .expect("a letter");
    }
    tx.commit().await.expect("a commit");
    let claim = async || {
        let mut mine = Vec::new();
        loop {
            let claimed = outbox::claim(&db, 2_000, 60_000, 3, 3, "one").await.expect("a claim");
            if claimed.is_empty() {
                return mine;
            }
            mine.extend(claimed.into_iter().map(|letter| letter.stream.to_string()));
        }
    };
    let claims = futures::future::join_all((0..8).map(|_| claim())).await.concat();
    // Others may hold the last rows while one looks; what is left is claimed afterwards.
    let claims = [claims, claim().await].concat();
    assert_eq!(claims.len(), 50);
    assert_eq!(claims.into_iter().collect::<BTreeSet<_>>().len(), 50);
});

each_database!(a_lease_keeps_a_second_process_out_until_it_ends, async |db| {
    lease::acquire(&db, "desk", "one", 1_000, 31_000).await.expect("the lease is free");
    lease::acquire(&db, "desk", "one", 11_000, 41_000).await.expect("its owner renews it");
    let refused = lease::acquire(&db, "desk", "two", 12_000, 42_000).await.expect_err("it is taken");
    assert!(matches!(refused, StoreError::Taken { left_ms: 29_000 }), "{refused}");
    assert!(refused.to_string().contains("another process"), "{refused}");
    lease::release(&db, "desk", "two").await.expect("whoever does not hold it changes nothing");
    lease::acquire(&db, "desk", "two", 12_000, 42_000).await.expect_err("it is still taken");
    lease::acquire(&db, "desk", "two", 41_000, 71_000).await.expect("it has run out");
    lease::release(&db, "desk", "two").await.expect("its owner gives it back");
    lease::acquire(&db, "desk", "three", 42_000, 72_000).await.expect("it is free again");
});

each_database!(all_columns_are_bigint_or_text, async |db| {
    let columns = match &db {
        Db::Sqlite { .. } => {
            "SELECT LOWER(c.type) FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c \
                 WHERE t.type = 'table' AND t.name NOT LIKE '\\_sqlx%' ESCAPE '\\'"
        }
        Db::Postgres(_) => {
            "SELECT CAST(data_type AS TEXT) FROM information_schema.columns \
                 WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'"
        }
    };
    let types: Vec<(String,)> = db.all(columns, vec![]).await.expect("the catalogue");
    assert!(types.len() > 20);
    for (kind,) in types {
        assert!(matches!(kind.as_str(), "bigint" | "text"), "{kind}");
    }
});

#[tokio::test]
async fn a_database_opened_again_still_holds_what_was_stored() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("desk.db").display());
    let db = Db::open(&url).await.expect("it opens");
    with_table(&db).await.expect("a table");
    insert(&db, 1, "kept").await.expect("a row");
    let modes = "SELECT m.journal_mode, s.synchronous FROM pragma_journal_mode AS m, pragma_synchronous AS s";
    let (journal, synchronous): (String, i64) = db.one(modes, vec![]).await.expect("the modes");
    assert_eq!((journal.as_str(), synchronous), ("wal", 2));
    db.close().await;
    let db = Db::open(&url).await.expect("it opens again");
    let things: Vec<Thing> = db.all(SELECT, vec![]).await.expect("rows");
    assert_eq!(things.len(), 1);
    assert!(matches!(Db::open("mysql://here").await, Err(StoreError::UnknownKind)));
}
