//! The gateway: receives what happens on Discord and hands it on. Nothing is decided here.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::{
    Context, Event, GatewayIntents, HttpBuilder, RawEventHandler, ShardManager, ShardRunnerMessage,
};
use tokio::sync::watch;

use super::bot::Bot;
use super::closing::{self, GatewayError};
use super::commands;
use super::decode::{self, Said};
use super::files::LIMIT;
use super::rest::{Call, CallError, Priority};
use crate::desk::ask::{Ask, Asker, Wish};
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::FileRef;
use crate::domain::event::Person;
use crate::domain::fold;
use crate::domain::ids::{ChannelId, GuildId, MessageId, UserId};
use crate::domain::settings::{GuildDesk, Rank};
use crate::store::{self, StoreError};
use crate::watch::Gateway;

/// The events that the bot lives by.
const HEARD: [&str; 6] =
    ["READY", "INTERACTION_CREATE", "MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE", "GUILD_CREATE"];

/// The code of a connection that ends as it should (RFC 6455); Discord then ends the session as well.
const NORMAL: u16 = 1_000;

/// How long a form may wait for the word whether its person is on a server; it must open within three seconds.
const MEMBER: Duration = Duration::from_millis(500);

/// Commands that Discord did not take are told again after this while (ms), then after twice as long, up to the last.
const REGISTER_AGAIN: i64 = 2_000;
const REGISTER_LONGEST: i64 = 60_000;

/// Which part of the gateway: Discord divides servers among shards by their id; direct messages come to the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 0.
    pub number: u32,
    /// Of how many.
    pub total: u32,
}

impl Shard {
    /// The whole gateway.
    pub const WHOLE: Self = Self { number: 0, total: 1 };

    /// Whether events of a server, or direct messages (none), come to it (`events/gateway`, sharding).
    pub fn hears(self, guild: Option<GuildId>) -> bool {
        let number = guild.map_or(0, |guild| (guild.0 >> 22) % u64::from(self.total.max(1)));
        number == u64::from(self.number)
    }
}

struct Handler {
    bot: Bot,
    shard: Shard,
    closed: watch::Receiver<bool>,
}

#[serenity::async_trait]
impl RawEventHandler for Handler {
    async fn raw_event(&self, context: Context, event: Event) {
        if *self.closed.borrow() {
            // It was about to be started again when it was ended, and nobody could tell it: it hears so now.
            context.shard.send_to_shard(ShardRunnerMessage::Shutdown(context.shard_id, NORMAL));
            self.bot.note_begun();
            self.bot.note_done();
            return;
        }
        self.bot.note_begun();
        self.bot.desk().watch().gateway(Gateway::event);
        self.bot.on_event(event, self.shard).await;
        self.bot.note_done();
    }
}

impl Bot {
    /// Connects and stays connected until [`Bot::close`], or until the connection cannot be mended.
    ///
    /// # Errors
    ///
    /// [`GatewayError`] says why there is no connection.
    pub async fn connect(&self, token: &str, origin: &str) -> Result<(), GatewayError> {
        self.connect_shard(token, origin, Shard::WHOLE, self.closed()).await
    }

    /// How many shards Discord recommends.
    ///
    /// # Errors
    ///
    /// [`GatewayError`] if Discord does not say.
    pub async fn recommended_shards(&self) -> Result<u32, GatewayError> {
        let answer = self.sender().call(Call::get_gateway().priority(Priority::Person)).await?;
        let shards = answer["shards"].as_u64().and_then(|shards| u32::try_from(shards).ok());
        Ok(shards.unwrap_or(1).max(1))
    }

    /// Connects one shard and stays connected until `closed` says so, or until the connection cannot be mended.
    ///
    /// # Errors
    ///
    /// [`GatewayError`] says why there is no connection.
    pub async fn connect_shard(
        &self,
        token: &str,
        origin: &str,
        shard: Shard,
        mut closed: watch::Receiver<bool>,
    ) -> Result<(), GatewayError> {
        let answer = self.sender().call(Call::get_gateway().priority(Priority::Person)).await?;
        let url = answer["url"].as_str().ok_or(GatewayError::Unclear)?.to_owned();
        if is_loopback(origin) && !is_loopback(&url) {
            return Err(GatewayError::Elsewhere(url));
        }
        let mut intents =
            GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
        if self.settings().message_content {
            intents |= GatewayIntents::MESSAGE_CONTENT;
        }
        // serenity's own HTTP is used for nothing but the way in; its limiter would send it past our origin.
        let http = HttpBuilder::new(token).proxy(origin).ratelimiter_disabled(true).build();
        let mut client = serenity::client::ClientBuilder::new_with_http(http, intents)
            .raw_event_handler(Handler { bot: self.clone(), shard, closed: closed.clone() })
            .await?;
        *client.ws_url.lock().await = url;
        let shards = client.shard_manager.clone();
        let asked_to_end = async {
            // Whoever holds the other end may be gone, which means the same.
            let _ = closed.wait_for(|closed| *closed).await;
        };
        tokio::select! {
            ended = client.start_shard(shard.number, shard.total) => ended?,
            () = asked_to_end => end_shards(&shards).await,
            code = closing::for_good() => {
                end_shards(&shards).await;
                return Err(GatewayError::NotTaken(code));
            }
            () = self.look_after(&shards) => {}
        }
        self.desk().watch().gateway(|gateway, now| gateway.stage(false, now));
        Ok(())
    }

    async fn on_event(&self, event: Event, shard: Shard) {
        match event {
            Event::Ready(ready) => {
                self.desk().watch().gateway(|gateway, now| gateway.session(false, now));
                self.on_ready(ready.ready.application.id.get(), shard).await;
            }
            Event::Resumed(_) => self.desk().watch().gateway(|gateway, now| gateway.session(true, now)),
            Event::InteractionCreate(created) => {
                if let Some(heard) = decode::interaction(&created.interaction) {
                    let (watch, id) = (self.desk().watch(), heard.id);
                    watch.received(id);
                    // On the heap: all that an answer may take would else lie on the stack of whoever polls it.
                    Box::pin(self.on_interaction(heard)).await;
                    watch.forget(id);
                }
            }
            Event::MessageCreate(created) => {
                if let Some(said) = decode::message(&created.message) {
                    Box::pin(self.on_message(said)).await;
                }
            }
            Event::MessageUpdate(update) => {
                let by_person = update.author.as_ref().is_some_and(|author| !author.bot);
                if let (true, Some(edited), Some(text)) = (by_person, update.edited_timestamp, update.content)
                {
                    // To the millisecond: somebody may correct themselves twice within one second.
                    let key = format!("e{}-{edited}", update.id);
                    let (channel, message) = (ChannelId(update.channel_id.get()), MessageId(update.id.get()));
                    self.on_change(key, channel, message, Some(fold::clean_input(&text))).await;
                }
            }
            Event::MessageDelete(deleted) => {
                let (channel, message) =
                    (ChannelId(deleted.channel_id.get()), MessageId(deleted.message_id.get()));
                self.on_change(format!("x{message}"), channel, message, None).await;
            }
            Event::GuildCreate(created) => {
                let guild = GuildId(created.guild.id.get());
                self.note_guild_name(guild, &created.guild.name).await;
                self.look_at_footing(guild, false).await;
            }
            // One of ours that came without a part, or in a new shape: nobody is answered, so it must be seen.
            Event::Unknown(unknown) if HEARD.contains(&unknown.kind.as_str()) => {
                tracing::error!(kind = unknown.kind, "an event from Discord is not understood and is lost");
            }
            event => self.on_ground(&event).await,
        }
    }

    async fn on_ready(&self, application: u64, shard: Shard) {
        self.set_application(application);
        if !self.register(application).await {
            tokio::spawn(self.clone().register_again(application));
        }
        self.catch_up(shard).await;
    }

    /// Tells Discord our commands; whether it took them.
    async fn register(&self, application: u64) -> bool {
        let body = commands::registration(self.texts());
        match self.sender().call(Call::put_commands(application, body).priority(Priority::Person)).await {
            Ok(_) => {
                self.desk().watch().gateway(|gateway, _| gateway.registered = true);
                self.set_ready();
                true
            }
            Err(error) => {
                tracing::error!(%error, "commands not registered yet");
                false
            }
        }
    }

    /// Until Discord takes them; what was registered before goes on working meanwhile.
    async fn register_again(self, application: u64) {
        let (clock, mut closed) = (self.desk().clock(), self.closed());
        let mut wait = REGISTER_AGAIN;
        loop {
            tokio::select! {
                () = clock.sleep_until(clock.now() + wait) => {}
                _ = closed.wait_for(|closed| *closed) => return,
            }
            if self.register(application).await {
                return;
            }
            wait = (wait * 2).min(REGISTER_LONGEST);
        }
    }

    async fn note_guild_name(&self, guild: GuildId, name: &str) {
        let held = self.desk().setup_of(guild);
        let known = held.name.as_deref() == Some(name);
        if known || self.desk().desk_of(guild).is_none() {
            return;
        }
        let said = crate::domain::settings::Setup { name: Some(name.to_owned()), ..Default::default() };
        if let Err(error) = self.desk().set_up(guild, &said).await {
            tracing::error!(guild.id = guild.0, %error, "server name not kept");
        }
    }

    pub(super) async fn on_message(&self, said: Said) {
        let turn = self.turns().of_message(said.channel, said.message.0);
        turn.comes().await;
        let key = format!("m{}", said.message);
        let asker = Asker { person: said.person.clone(), lang: None, rank: Rank::default() };
        let wish = match said.guild {
            Some(_) => self.in_private_thread(&said).await,
            None => self.in_direct(&said, &key).await,
        };
        let wish = match wish {
            Ok(wish) => wish,
            Err(error) => return self.not_stored(&said, &error).await,
        };
        let Some(wish) = wish else { return };
        let ask = Ask { key, asker, wish, witnessed: false, pressed: None };
        match self.desk().ask(ask).await {
            Ok(outcome) => self.answer_in_channel(&outcome.told, said.channel, said.person.id).await,
            Err(error) => self.not_stored(&said, &error).await,
        }
    }

    async fn not_stored(&self, said: &Said, error: &StoreError) {
        tracing::error!(message.id = said.message.0, %error, "message not stored");
        let told = crate::desk::Told::Refused { refusal: Refusal::NotSaved };
        self.answer_in_channel(&told, said.channel, said.person.id).await;
    }

    async fn in_direct(&self, said: &Said, key: &str) -> Result<Option<Wish>, StoreError> {
        // Read again after a silence, its files are neither fetched nor told to be missing once more.
        if self.desk().has_heard(key).await? {
            return Ok(None);
        }
        let files = self.files_of(said, key).await;
        let only_lost = files.is_empty() && !said.files.is_empty();
        if fold::is_blank(&said.text) && only_lost {
            // What was in it is told to be missing; there is nothing else to hear.
            self.desk().note_heard(key).await?;
            return Ok(None);
        }
        Ok(Some(Wish::Say {
            channel: said.channel,
            message: said.message,
            at: said.at,
            text: said.text.clone(),
            files,
            reply_to: said.reply_to,
            guilds: self.desks_of(said.person.id).await,
        }))
    }

    /// The files of a message that can be had. The words count without the others, and their sender is told.
    async fn files_of(&self, said: &Said, key: &str) -> Vec<FileRef> {
        let (fitting, large): (Vec<_>, Vec<_>) =
            said.files.iter().cloned().partition(|file| file.size <= LIMIT);
        let mut refusals: Vec<Refusal> =
            large.into_iter().map(|file| Refusal::FileLeftOut { name: file.name, limit: LIMIT }).collect();
        let kept = self.keeper().keep(self.sender(), key, &fitting).await.unwrap_or_else(|refusal| {
            refusals.push(refusal);
            Vec::new()
        });
        for refusal in refusals {
            let told = crate::desk::Told::Refused { refusal };
            self.answer_in_channel(&told, said.channel, said.person.id).await;
        }
        kept
    }

    /// The desks a person may mean: those on servers they are on.
    async fn desks_of(&self, person: UserId) -> BTreeMap<GuildId, String> {
        let desks = self.desk().desks();
        let name = |desk: &GuildDesk| match desk.name.is_empty() {
            true => self.settings().company.clone(),
            false => desk.name.clone(),
        };
        let mut shared = BTreeMap::new();
        for desk in &desks {
            // With one desk there is nothing to ask: a direct message needs a server in common.
            let member = desks.len() == 1
                || self
                    .sender()
                    .call(Call::get_member(desk.guild, person).priority(Priority::Person))
                    .await
                    .is_ok();
            if member {
                shared.insert(desk.guild, name(desk));
            }
        }
        shared
    }

    /// The desks whose forms a person may send in direct messages: those on servers they are on; with `only` that one.
    /// While Discord does not say, none is taken away from them.
    pub(super) async fn shared_desks(&self, person: UserId, only: Option<GuildId>) -> Vec<GuildDesk> {
        let mut desks = self.desk().desks();
        if desks.len() < 2 {
            return desks;
        }
        desks.retain(|desk| only.is_none_or(|only| desk.guild == only));
        let mut shared = Vec::with_capacity(desks.len());
        for desk in desks {
            let call = Call::get_member(desk.guild, person).priority(Priority::Person).deadline(Some(MEMBER));
            let no_member = |error: CallError| matches!(error, CallError::Refused { status: 404, .. });
            if !self.sender().call(call).await.is_err_and(no_member) {
                shared.push(desk);
            }
        }
        shared
    }

    /// A message in a private thread with a customer, by that customer.
    async fn in_private_thread(&self, said: &Said) -> Result<Option<Wish>, StoreError> {
        let db = self.desk().db();
        let complaint = match store::complaint::by_line(db, said.channel).await {
            Ok(Some(complaint)) => complaint,
            Ok(None) => return Ok(None),
            Err(error) => {
                // It may be any channel of the server, where nobody asked us for an answer. Once the database is back
                // the lines are read again.
                tracing::error!(channel.id = said.channel.0, %error, "line not looked up");
                self.desk().watch().failed(&error);
                return Ok(None);
            }
        };
        let held = store::complaint::read(db, complaint).await?;
        if held.is_none_or(|held| held.filed.customer.id != said.person.id) {
            return Ok(None);
        }
        let message = said.message;
        let command = if said.text.is_empty() && said.files.is_empty() {
            Command::CustomerWroteUnread { message }
        } else {
            let key = format!("m{message}");
            if self.desk().has_heard(&key).await? {
                return Ok(None);
            }
            let files = self.files_of(said, &key).await;
            if fold::is_blank(&said.text) && files.is_empty() {
                self.desk().note_heard(&key).await?;
                return Ok(None);
            }
            Command::CustomerWrote { message, text: said.text.clone(), files, sorted: false }
        };
        Ok(Some(Wish::Customer { complaint, command }))
    }

    async fn on_change(&self, key: String, channel: ChannelId, message: MessageId, text: Option<String>) {
        let turn = self.turns().last(channel);
        turn.comes().await;
        // Who deleted is not told; the desk knows whose message it was.
        let person = Person { id: UserId(0), name: String::new() };
        let asker = Asker { person, lang: None, rank: Rank::default() };
        let wish = Wish::Change { channel, message, text };
        if let Err(error) = self.desk().ask(Ask { key, asker, wish, witnessed: false, pressed: None }).await {
            tracing::error!(message.id = message.0, %error, "change not stored");
        }
    }

    /// Opens a form: the first answer, within three seconds.
    pub(super) async fn open_form(&self, interaction: u64, token: &str, form: Value) {
        self.respond(interaction, token, json!({ "type": 9, "data": form })).await;
    }

    /// Sends the first answer to an interaction.
    pub(super) async fn respond(&self, interaction: u64, token: &str, body: Value) -> bool {
        match self.sender().call(Call::callback(interaction, token, body)).await {
            Ok(_) => {
                self.desk().watch().answered(interaction);
                true
            }
            Err(error) => {
                // What was asked is stored; only the answer is lost. The person sees that nothing came and asks again,
                // and then gets the stored answer.
                tracing::warn!(interaction.id = interaction, %error, "answer not delivered");
                false
            }
        }
    }
}

/// Ends the connections. Each is told itself as well: after a session that Discord declared invalid the manager believes at
/// once that the new one has ended, and forgets it while it goes on.
async fn end_shards(shards: &ShardManager) {
    for id in shards.shards_instantiated().await {
        if let Some(runner) = shards.runners.lock().await.get(&id) {
            runner.runner_tx.send_to_shard(ShardRunnerMessage::Shutdown(id, NORMAL));
        }
    }
    shards.shutdown_all().await;
}

/// Whether an address is on this machine.
pub fn is_loopback(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(host, _)| host),
    };
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{GuildId, Shard, is_loopback};

    #[test]
    fn each_server_is_heard_by_one_shard_and_direct_messages_by_the_first() {
        let shards = [0, 1, 2].map(|number| Shard { number, total: 3 });
        for guild in [1_u64 << 22, 41_771_983_423_143_937, 5 << 22].map(GuildId) {
            assert_eq!(shards.iter().filter(|shard| shard.hears(Some(guild))).count(), 1);
            assert!(Shard::WHOLE.hears(Some(guild)));
        }
        assert_eq!(shards.map(|shard| shard.hears(None)), [true, false, false]);
        assert!(shards[2].hears(Some(GuildId(5 << 22))));
    }

    #[test]
    fn only_this_machine_is_loopback() {
        for here in ["http://127.0.0.1:8080", "ws://127.0.0.1:1/?v=10", "http://[::1]:9", "http://localhost"]
        {
            assert!(is_loopback(here), "{here}");
        }
        for there in
            ["https://discord.com", "wss://gateway.discord.gg", "http://127.0.0.1.evil.vn", "http://10.0.0.1"]
        {
            assert!(!is_loopback(there), "{there}");
        }
    }
}
