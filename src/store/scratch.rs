//! Databases for one rehearsal each: a fresh one on a PostgreSQL server, thrown away afterwards.

use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::StoreError;

/// A fresh database on a server.
#[derive(Debug)]
pub struct Scratch {
    admin: PgConnection,
    name: String,
    address: String,
}

impl Scratch {
    /// Makes the database `name` on the server of `url` (`postgres://…/any-database`); one of that name is replaced.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the server does not answer or does not let us make databases.
    pub async fn make(url: &str, name: &str) -> Result<Self, StoreError> {
        let (server, _) = url.rsplit_once('/').ok_or(StoreError::UnknownKind)?;
        let mut admin = PgConnection::connect(url).await.map_err(|error| StoreError::open(url, error))?;
        // A run that was killed may have left a database of this name.
        for statement in
            [format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"), format!("CREATE DATABASE {name}")]
        {
            run(&mut admin, &statement).await?;
        }
        Ok(Self { admin, name: name.to_owned(), address: format!("{server}/{name}") })
    }

    /// Its address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Throws it away, whoever is still connected.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the server refuses.
    pub async fn drop(mut self) -> Result<(), StoreError> {
        run(&mut self.admin, &format!("DROP DATABASE {} WITH (FORCE)", self.name)).await
    }
}

async fn run(admin: &mut PgConnection, statement: &str) -> Result<(), StoreError> {
    let done = sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(admin).await;
    done.map(|_| ()).map_err(|error| StoreError::statement(statement, error))
}
