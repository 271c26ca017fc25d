//! What `/desk setup` was told, and what people chose.

use super::StoreError;
use super::db::{Db, Tx, args};
use super::json;
use crate::domain::ids::{GuildId, UserId};
use crate::domain::policy::Lang;
use crate::domain::settings::Setup;

/// What was stored for a server.
///
/// # Errors
///
/// [`StoreError`] if the database refuses or the row cannot be read.
pub async fn lookup(db: &Db, guild: GuildId) -> Result<Option<Setup>, StoreError> {
    let row: Option<(String,)> =
        db.optional("SELECT state FROM guild_desk WHERE guild = $1", args![guild.0]).await?;
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

/// Notes that a person acted as a manager.
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn see_manager(tx: &mut Tx, guild: GuildId, person: UserId, now: i64) -> Result<(), StoreError> {
    tx.run(
        "INSERT INTO manager (guild, person, seen_at) VALUES ($1, $2, $3) \
         ON CONFLICT (guild, person) DO UPDATE SET seen_at = excluded.seen_at",
        args![guild.0, person.0, now],
    )
    .await
    .map(|_| ())
}

/// Whether nobody but this person has acted as a manager since `since` (Unix ms).
///
/// # Errors
///
/// [`StoreError`] if the database refuses.
pub async fn is_only_manager(
    tx: &mut Tx,
    guild: GuildId,
    person: UserId,
    since: i64,
) -> Result<bool, StoreError> {
    let other: Option<(i64,)> = tx
        .optional(
            "SELECT person FROM manager WHERE guild = $1 AND person <> $2 AND seen_at >= $3 LIMIT 1",
            args![guild.0, person.0, since],
        )
        .await?;
    Ok(other.is_none())
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
