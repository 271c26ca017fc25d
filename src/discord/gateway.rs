//! The gateway: receives what happens on Discord and hands it on. Nothing is decided here.

use serde_json::{Value, json};
use serenity::all::{
    ConnectionStage, Context, Event, GatewayIntents, HttpBuilder, RawEventHandler, ShardManager,
    ShardRunnerInfo, ShardRunnerMessage,
};
use tokio::sync::watch;

use super::bot::Bot;
use super::closing::{self, GatewayError};
use super::commands::{COMMANDS, MENUS};
use super::decode::{self, Interaction};
use super::raw;
use super::rest::{Call, Priority};
use crate::kernel::ids::GuildId;
use crate::kit::command::registration;
use crate::watch::Gateway;

/// The code of a connection that ends as it should (RFC 6455); Discord then ends the session as well.
const NORMAL: u16 = 1_000;

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
            // Asked to end, a shard whose connection is gone waits for a last frame in a loop that never yields
            // (`ShardRunner::checked_shutdown`); nothing more is asked of it, and the program ends.
            code = closing::for_good() => {
                return Err(GatewayError::NotTaken(code));
            }
            () = self.look_after(&shards) => {}
        }
        self.desk().watch().gateway(|gateway, now| gateway.stage(false, now));
        Ok(())
    }

    async fn on_event(&self, event: Event, shard: Shard) {
        let unread = matches!(event, Event::Unknown(_));
        let Some((kind, data)) = raw::event(event) else { return };
        if kind == "READY" {
            self.note_greeted(unread);
        }
        if let Err(missing) = self.on_happening(&kind, &data, shard).await {
            // Nobody can be answered, so it must be seen: what it is about and who did it, but no words.
            let of = |part: &Value| raw::id(part).unwrap_or_default();
            tracing::error!(
                kind,
                missing,
                id = of(&data["id"]),
                channel.id = of(&data["channel_id"]),
                guild.id = of(&data["guild_id"]),
                user.id = of(&data["author"]["id"]),
                "an event from Discord is not understood and is lost"
            );
        }
    }

    /// Hears an event; else the part of it that is missing or of another shape.
    async fn on_happening(&self, kind: &str, data: &Value, shard: Shard) -> Result<(), &'static str> {
        match kind {
            "READY" => {
                self.desk().watch().gateway(|gateway, now| gateway.session(false, now));
                let application = &data["application"]["id"];
                let id =
                    raw::id(application).or_else(|| raw::id(&data["user"]["id"])).ok_or("application.id")?;
                Box::pin(self.on_ready(id, shard)).await;
            }
            "RESUMED" => self.desk().watch().gateway(|gateway, now| gateway.session(true, now)),
            "INTERACTION_CREATE" => self.on_interaction_created(data).await?,
            "MESSAGE_CREATE" => {
                if let Some(said) = decode::message(data)? {
                    Box::pin(self.on_message(said)).await;
                }
            }
            "MESSAGE_UPDATE" => {
                if let Some(change) = decode::change(data)? {
                    Box::pin(self.on_changed(change)).await;
                }
            }
            "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK" => {
                let (channel, messages) = decode::deleted(data)?;
                for message in messages {
                    Box::pin(self.on_deleted(channel, message)).await;
                }
            }
            "GUILD_CREATE" => {
                // A server that is away for a while comes without its name.
                if let (Some(id), Some(name)) = (raw::id(&data["id"]), raw::text(&data["name"])) {
                    self.note_guild_name(GuildId(id), name).await;
                    self.look_at_footing(GuildId(id), false).await;
                }
            }
            kind => self.on_ground(kind, data).await?,
        }
        Ok(())
    }

    /// Hears an interaction. One that is not understood is answered as far as its id and token can be read.
    async fn on_interaction_created(&self, data: &Value) -> Result<(), &'static str> {
        match decode::interaction(data) {
            Interaction::Heard(heard) => {
                let (watch, id) = (self.desk().watch(), heard.id);
                watch.received(id);
                // What an event may come to is large; it does not lie on the stack of whoever polls it.
                Box::pin(self.on_interaction(*heard)).await;
                watch.forget(id);
            }
            Interaction::Unclear { id, token, suggests, lang, missing } => {
                let person =
                    [&data["member"]["user"]["id"], &data["user"]["id"]].into_iter().find_map(raw::id);
                tracing::error!(
                    interaction.id = id,
                    user.id = person.unwrap_or_default(),
                    missing,
                    "an interaction is not understood: its person is asked to try again"
                );
                self.ask_again(id, &token, suggests, lang).await;
            }
            Interaction::Lost { missing } => return Err(missing),
        }
        Ok(())
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
        let body = registration(&COMMANDS, &MENUS, self.texts());
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
        if let Err(error) = self.desk().setups().set_up(guild, &said).await {
            tracing::error!(guild.id = guild.0, %error, "server name not kept");
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
        if let Some(runner) = shards.runners.lock().await.get(&id).filter(|runner| is_up(runner)) {
            runner.runner_tx.send_to_shard(ShardRunnerMessage::Shutdown(id, NORMAL));
        }
    }
    let mut all = true;
    for id in shards.shards_instantiated().await {
        all &= shards.runners.lock().await.get(&id).is_none_or(is_up);
    }
    if all {
        shards.shutdown_all().await;
    }
}

/// Whether a shard has a connection that can be closed.
fn is_up(runner: &ShardRunnerInfo) -> bool {
    runner.stage != ConnectionStage::Disconnected
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
