//! What `/desk setup` was told, and what people chose.

use super::StoreError;
use super::db::{Db, Tx, args};
use super::json;
use super::sql::sql;
use crate::domain::settings::Setup;
use crate::kernel::ids::{GuildId, UserId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Grade;
use crate::kernel::people::Person;

/// What was stored for a server, locked until the transaction ends.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn lookup(tx: &mut Tx, guild: GuildId) -> Result<Option<Setup>, StoreError> {
    let row: Option<(String,)> =
        tx.optional(sql!("SELECT state FROM guild_desk WHERE guild = $1", lock), args![guild.0]).await?;
    row.map(|(state,)| json::read("guild_desk", &state)).transpose()
}

/// Everything that was stored.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or a row cannot be read.
pub async fn all(db: &Db) -> Result<Vec<(GuildId, Setup)>, StoreError> {
    let rows: Vec<(i64, String)> =
        db.all("SELECT guild, state FROM guild_desk ORDER BY guild", args![]).await?;
    rows.iter()
        .map(|(guild, state)| Ok((GuildId(guild.unsigned_abs()), json::read("guild_desk", state)?)))
        .collect()
}

/// Stores what a server was told.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn save(tx: &mut Tx, guild: GuildId, setup: &Setup) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO guild_desk (guild, state) VALUES ($1, $2) \
         ON CONFLICT (guild) DO UPDATE SET state = excluded.state",
        args![guild.0, json::write(setup)?],
    )
    .await
    .map(|_| ())
}

/// A person's language (chosen, else last seen) and the server they last meant.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn person(tx: &mut Tx, id: UserId) -> Result<(Option<Lang>, Option<GuildId>), StoreError> {
    let row: Option<(Option<String>, Option<i64>)> =
        tx.optional("SELECT COALESCE(lang, seen), guild FROM person WHERE id = $1", args![id.0]).await?;
    let (lang, guild) = row.unwrap_or_default();
    Ok((lang.as_deref().and_then(Lang::parse), guild.map(|guild| GuildId(guild.unsigned_abs()))))
}

/// Notes that somebody of a desk was there, under which name and as what.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn see_colleague(
    tx: &mut Tx,
    guild: GuildId,
    person: &Person,
    grade: Grade,
    now: i64,
) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO manager (guild, person, seen_at, name, grade) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (guild, person) DO UPDATE SET seen_at = excluded.seen_at, name = excluded.name, \
         grade = excluded.grade",
        args![guild.0, person.id.0, now, person.name.as_str(), number(grade)],
    )
    .await
    .map(|_| ())
}

/// As what somebody was there, as a number that grows with it.
fn number(grade: Grade) -> i64 {
    match grade {
        Grade::Staff => 1,
        Grade::Manager => 2,
        Grade::HeadOffice => 3,
    }
}

/// Who, other than this person, was there as this or more since `since` (Unix ms), the latest first.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn others_there(
    tx: &mut Tx,
    guild: GuildId,
    person: UserId,
    grade: Grade,
    since: i64,
) -> Result<Vec<UserId>, StoreError> {
    let others: Vec<(i64,)> = tx
        .all(
            "SELECT person FROM manager WHERE guild = $1 AND person <> $2 AND seen_at >= $3 \
             AND COALESCE(grade, 2) >= $4 ORDER BY seen_at DESC, person LIMIT 10",
            args![guild.0, person.0, since, number(grade)],
        )
        .await?;
    Ok(others.into_iter().map(|(id,)| UserId(id.unsigned_abs())).collect())
}

/// Everybody who ever was there, with the name that they had last.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn colleagues(tx: &mut Tx, guild: GuildId) -> Result<Vec<Person>, StoreError> {
    let rows: Vec<(i64, String)> = tx
        .all(
            "SELECT person, name FROM manager WHERE guild = $1 AND name IS NOT NULL ORDER BY person",
            args![guild.0],
        )
        .await?;
    Ok(rows.into_iter().map(|(id, name)| Person { id: UserId(id.unsigned_abs()), name }).collect())
}

/// Keeps the language a person's Discord was seen in.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn see_lang(tx: &mut Tx, id: UserId, lang: Lang) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO person (id, lang, seen, guild) VALUES ($1, NULL, $2, NULL) \
         ON CONFLICT (id) DO UPDATE SET seen = excluded.seen",
        args![id.0, lang.as_str()],
    )
    .await
    .map(|_| ())
}

/// Keeps a person's chosen language.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn choose_lang(tx: &mut Tx, id: UserId, lang: Lang) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO person (id, lang, seen, guild) VALUES ($1, $2, NULL, NULL) \
         ON CONFLICT (id) DO UPDATE SET lang = excluded.lang",
        args![id.0, lang.as_str()],
    )
    .await
    .map(|_| ())
}

/// Keeps the server a person last meant.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn choose_guild(tx: &mut Tx, id: UserId, guild: GuildId) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO person (id, lang, seen, guild) VALUES ($1, NULL, NULL, $2) \
         ON CONFLICT (id) DO UPDATE SET guild = excluded.guild",
        args![id.0, guild.0],
    )
    .await
    .map(|_| ())
}

/// What is known of a person: the language they chose, the one their Discord was last seen in, the server they last meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Chosen.
    pub chosen: Option<Lang>,
    /// Seen.
    pub seen: Option<Lang>,
    /// The server.
    pub guild: Option<GuildId>,
}

/// What is known of a person, whatever it is.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn known(tx: &mut Tx, id: UserId) -> Result<Known, StoreError> {
    let row: Option<(Option<String>, Option<String>, Option<i64>)> =
        tx.optional("SELECT lang, seen, guild FROM person WHERE id = $1", args![id.0]).await?;
    let (chosen, seen, guild) = row.unwrap_or_default();
    let lang = |name: Option<String>| name.as_deref().and_then(Lang::parse);
    let guild = guild.map(|guild| GuildId(guild.unsigned_abs()));
    Ok(Known { chosen: lang(chosen), seen: lang(seen), guild })
}

/// Forgets what is known of a person.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn forget(tx: &mut Tx, id: UserId) -> Result<(), StoreError> {
    tx.run("DELETE FROM person WHERE id = $1", args![id.0]).await.map(|_| ())
}
