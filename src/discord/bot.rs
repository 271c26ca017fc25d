//! The bot: everything the gateway, the sender and the renderers share.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tokio::sync::watch;

use super::files::Keeper;
use super::membership::Members;
use super::opening::Opening;
use super::render::View;
use super::rest::Sender;
use super::standing::Found;
use super::token::Token;
use super::turns::Turns;
use super::unheard::Unheard;
use crate::desk::Desk;
use crate::domain::playbook::Playbook;
use crate::kernel::ids::{GuildId, UserId};
use crate::kit::body::Voice;
use crate::text::Texts;

/// What the bot is told by the configuration.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The company's name.
    pub company: String,
    /// How a person's reply is signed; `{name}` stands for the name.
    pub sign_as: String,
    /// Where files are kept.
    pub data_dir: PathBuf,
    /// So many bytes of files are kept for one customer.
    pub files_per_person: i64,
    /// Whether the privileged intent is granted, so that plain messages carry their words.
    pub message_content: bool,
    /// Playbooks by file name.
    pub playbooks: BTreeMap<String, Playbook>,
}

/// How busy the bot is, for whoever steps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Gateway events that came in.
    pub begun: u64,
    /// Gateway events that are dealt with.
    pub done: u64,
}

/// The bot. Clones are the same bot.
#[derive(Clone)]
pub struct Bot {
    shared: Arc<Shared>,
}

struct Shared {
    desk: Desk,
    sender: Sender,
    texts: Arc<Texts>,
    settings: Settings,
    keeper: Keeper,
    turns: Turns,
    unheard: Unheard,
    opening: Opening,
    token: Token,
    /// Who was staff where, and when that was found out.
    standings: Mutex<BTreeMap<(GuildId, UserId), Found>>,
    members: Members,
    application: AtomicU64,
    /// Whether Discord greeted the shards in a shape that the library does not know.
    greeted: AtomicBool,
    activity: watch::Sender<Activity>,
    ready: watch::Sender<bool>,
    closed: watch::Sender<bool>,
}

impl Bot {
    /// A bot for a desk.
    pub fn new(desk: Desk, sender: Sender, texts: Arc<Texts>, settings: Settings) -> Self {
        let keeper = Keeper::new(&settings.data_dir, desk.clone(), settings.files_per_person);
        desk.watch().keeps_in(keeper.folder().to_path_buf());
        let shared = Shared {
            desk,
            sender,
            texts,
            settings,
            keeper,
            turns: Turns::default(),
            unheard: Unheard::default(),
            opening: Opening::default(),
            token: Token::default(),
            standings: Mutex::default(),
            members: Members::default(),
            application: AtomicU64::new(0),
            greeted: AtomicBool::new(false),
            activity: watch::Sender::default(),
            ready: watch::Sender::default(),
            closed: watch::Sender::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// The desk.
    pub fn desk(&self) -> &Desk {
        &self.shared.desk
    }

    /// The one sender.
    pub fn sender(&self) -> &Sender {
        &self.shared.sender
    }

    /// The words of all languages.
    pub fn texts(&self) -> &Texts {
        &self.shared.texts
    }

    /// What the configuration says.
    pub fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// The kept files.
    pub fn keeper(&self) -> &Keeper {
        &self.shared.keeper
    }

    /// Whose turn it is to be heard.
    pub(super) fn turns(&self) -> &Turns {
        &self.shared.turns
    }

    /// Where something was heard that could not be stored.
    pub(super) fn unheard(&self) -> &Unheard {
        &self.shared.unheard
    }

    /// What is known of a refused token.
    pub(super) fn token(&self) -> &Token {
        &self.shared.token
    }

    /// Whether direct messages may be opened.
    pub(super) fn opening(&self) -> &Opening {
        &self.shared.opening
    }

    /// Who was staff where, as far as it was found out.
    pub(super) fn standings(&self) -> &Mutex<BTreeMap<(GuildId, UserId), Found>> {
        &self.shared.standings
    }

    /// Who is on which server, as Discord said lately.
    pub(super) fn members(&self) -> &Members {
        &self.shared.members
    }

    /// What renderers need.
    pub fn view(&self) -> View<'_> {
        let (company, sign_as) = (&self.shared.settings.company, &self.shared.settings.sign_as);
        View {
            voice: Voice { texts: &self.shared.texts, company, sign_as },
            policy: self.shared.desk.policy(),
        }
    }

    /// Our application's id; 0 before the first READY.
    pub fn application(&self) -> u64 {
        self.shared.application.load(Ordering::Relaxed)
    }

    pub(super) fn set_application(&self, id: u64) {
        self.shared.application.store(id, Ordering::Relaxed);
    }

    /// Notes whether Discord greeted a shard in a shape that the library does not know: the library then believes to be
    /// connecting while events come.
    pub(super) fn note_greeted(&self, unread: bool) {
        self.shared.greeted.store(unread, Ordering::Relaxed);
    }

    /// Whether it did.
    pub(super) fn is_greeted(&self) -> bool {
        self.shared.greeted.load(Ordering::Relaxed)
    }

    /// How busy the bot is.
    pub fn activity(&self) -> watch::Receiver<Activity> {
        self.shared.activity.subscribe()
    }

    pub(super) fn note_begun(&self) {
        self.shared.activity.send_modify(|activity| activity.begun += 1);
    }

    pub(super) fn note_done(&self) {
        self.shared.activity.send_modify(|activity| activity.done += 1);
    }

    /// Whether it is connected and its commands are registered.
    pub fn ready(&self) -> watch::Receiver<bool> {
        self.shared.ready.subscribe()
    }

    /// Ends the connection; what comes in afterwards is left to the next one.
    pub fn close(&self) {
        self.shared.closed.send_replace(true);
    }

    /// Whether [`Bot::close`] was called.
    pub fn closed(&self) -> watch::Receiver<bool> {
        self.shared.closed.subscribe()
    }

    pub(super) fn set_ready(&self) {
        self.shared.ready.send_replace(true);
    }
}
