//! Processes on one PostgreSQL database wake each other: a word is told to all, and whoever misses it looks by itself later.

use sqlx::postgres::PgListener;

use super::StoreError;
use super::db::Db;

/// The channel of LISTEN and NOTIFY; each database has its own.
const CHANNEL: &str = "langnghe";

/// What another process may wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Outbox messages wait, or timers have changed.
    Work,
    /// What is set for a server has changed.
    Setup,
    /// Something may have been missed.
    Anything,
}

impl News {
    fn as_str(self) -> &'static str {
        match self {
            Self::Work => "work",
            Self::Setup => "setup",
            Self::Anything => "anything",
        }
    }
}

/// Tells the other processes. On SQLite there are none.
///
/// It is told after the commit, many commits together: within a transaction NOTIFY would let PostgreSQL commit only one at
/// a time. What is lost by a crash in between is found by looking.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn tell(db: &Db, owner: &str, news: News) -> Result<(), StoreError> {
    let Db::Postgres(pool) = db else { return Ok(()) };
    const TELL: &str = "SELECT pg_notify($1, $2)";
    sqlx::query(TELL)
        .bind(CHANNEL)
        .bind(format!("{owner} {}", news.as_str()))
        .execute(pool)
        .await
        .map(|_| ())
        .map_err(|error| StoreError::statement(TELL, error))
}

/// Hears what other processes tell.
#[derive(Debug)]
pub struct Listener {
    listener: PgListener,
    owner: String,
}

impl Listener {
    /// Listens for everybody but `owner`; none on SQLite.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses.
    pub async fn open(db: &Db, owner: &str) -> Result<Option<Self>, StoreError> {
        let Db::Postgres(pool) = db else { return Ok(None) };
        let failed = |error| StoreError::statement("LISTEN", error);
        let mut listener = PgListener::connect_with(pool).await.map_err(failed)?;
        listener.listen(CHANNEL).await.map_err(failed)?;
        Ok(Some(Self { listener, owner: owner.to_owned() }))
    }

    /// Waits for news of another process. A connection that broke is made again, and [`News::Anything`] told.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot be made again.
    pub async fn next(&mut self) -> Result<News, StoreError> {
        loop {
            let heard = self.listener.try_recv().await;
            let heard = heard.map_err(|error| StoreError::statement("LISTEN", error))?;
            match heard.as_ref().map(|told| told.payload().split_once(' ')) {
                None => return Ok(News::Anything),
                Some(Some((owner, _))) if owner == self.owner => {}
                Some(Some((_, "work"))) => return Ok(News::Work),
                Some(Some((_, "setup"))) => return Ok(News::Setup),
                Some(_) => return Ok(News::Anything),
            }
        }
    }
}
