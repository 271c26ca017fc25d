//! What people were told, and so what must be seen in the end: the whole of what chaos knows about a desk.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::sandbox::{Answer, Sandbox};

/// How sure somebody may be that what they said was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// They were told so, or Discord delivers it for sure: once.
    Accepted,
    /// They saw no answer: once or not at all.
    Nothing,
    /// They were refused: not at all.
    Refused,
}

impl Told {
    fn fits(self, times: usize) -> bool {
        match self {
            Self::Accepted => times == 1,
            Self::Nothing => times <= 1,
            Self::Refused => times == 0,
        }
    }
}

/// What was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A complaint with the form.
    Filing,
    /// A direct message of a customer, perhaps with a file.
    Message {
        /// Whether `MARK.jpg` came with it.
        file: bool,
    },
    /// What a message of a customer says since they changed it.
    Change,
    /// A reply of staff.
    Reply,
}

/// Something that somebody said, found again by a mark in its words, which a space follows.
#[derive(Clone, Debug)]
pub struct Said {
    /// What finds it again.
    pub mark: String,
    /// What it is.
    pub kind: Kind,
    /// Whose complaint it is about.
    pub customer: u64,
    /// What whoever said it was told.
    pub told: Told,
    /// Whether the answer said that it is on its way: then the thread is told once more when it has arrived.
    pub on_its_way: bool,
    /// The complaint's number, where the answer named it.
    pub number: Option<i64>,
    /// A message of a customer: its channel and its id, while it stands there as it was written.
    pub place: Option<(u64, u64)>,
    /// Whether it was changed or deleted since: then nobody reads it who had not before.
    pub changed: bool,
}

impl Said {
    /// Something that was said, and answered in one go.
    pub fn new(mark: impl Into<String>, kind: Kind, customer: u64, told: Told) -> Self {
        let mark = mark.into();
        Self { mark, kind, customer, told, on_its_way: false, number: None, place: None, changed: false }
    }
}

/// The model.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// All that was said.
    pub said: Vec<Said>,
    /// Customers in whose complaints a thread was deleted: what stood there is gone.
    pub torn: BTreeSet<u64>,
    /// Customers to whom Discord kept a way shut at times, so that a reply may have found none.
    pub hard_to_reach: BTreeSet<u64>,
    /// Messages that their writers deleted.
    pub deleted: BTreeSet<u64>,
    /// Whether Discord kept words back at times: then something says so in their place.
    pub veiled: bool,
}

/// Where things stand: channels.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    /// Where customers file.
    pub intake: u64,
    /// Where the cards are.
    pub desk: u64,
    /// Where managers are told.
    pub managers: u64,
}

/// What a nudge quotes was said elsewhere.
const QUOTED: [&str; 2] = ["Lời khách gần nhất", "The customer's last words"];
/// How it is said that Discord keeps words back.
pub const WITHHELD: [&str; 2] = ["Discord không cho đăng", "Discord does not let me post"];
/// How a receipt says that a complaint is recorded.
const RECORDED: [&str; 3] = ["đã được ghi", "is recorded", "Những gì anh/chị nhắn"];

/// All words of a message.
pub(super) fn words(message: &Value) -> String {
    format!("{} {}", message["content"].as_str().unwrap_or_default(), message["embeds"])
}

impl Model {
    /// What is not as it must be.
    pub fn wrong(&self, sandbox: &Sandbox, places: &Places) -> Vec<String> {
        let bot = sandbox.bot().to_string();
        let ours = |channel: u64| -> Vec<Value> {
            let mut messages = sandbox.messages(channel);
            messages.retain(|message| message["author"]["id"] == bot.as_str());
            messages
        };
        let threads_of = |channel: u64| -> Vec<u64> {
            let threads = sandbox.threads(channel);
            threads.iter().filter_map(|thread| thread["id"].as_str()?.parse().ok()).collect()
        };
        let threads = threads_of(places.desk);
        let cards = ours(places.desk);
        // What its writer alone was told is no record.
        let mut in_threads: Vec<Value> = threads.iter().flat_map(|thread| ours(*thread)).collect();
        in_threads.retain(|message| message["ephemeral"] != true);
        let lines = threads_of(places.intake);
        let mut wrong = twice(sandbox, places, &threads, &lines, self);
        // Of what Discord keeps back at least this is told: that there is something.
        let withheld = |message: &&Value| WITHHELD.iter().any(|said| words(message).contains(said));
        let veils = cards.iter().chain(&in_threads).filter(withheld).count();
        let mut veiled = Vec::new();
        for said in &self.said {
            let mark = said.mark.as_str();
            // The name of its file has the mark as well.
            let spoken = format!("{mark} ");
            let at_desk: Vec<&Value> = cards
                .iter()
                .chain(&in_threads)
                .filter(|message| words(message).contains(&spoken))
                .filter(|message| !QUOTED.iter().any(|quoted| words(message).contains(quoted)))
                .collect();
            let torn = self.torn.contains(&said.customer);
            let mut lowered =
                if (torn || said.changed) && said.told == Told::Accepted { Told::Nothing } else { said.told };
            if self.veiled && lowered == Told::Accepted && at_desk.is_empty() {
                veiled.push(mark);
                lowered = Told::Nothing;
            }
            match said.kind {
                Kind::Filing => {
                    let marked = |card: &&Value| at_desk.iter().any(|held| held["id"] == card["id"]);
                    let mut of_it: Vec<&Value> = cards.iter().filter(marked).collect();
                    if let (true, true, Some(number)) = (self.veiled, of_it.is_empty(), said.number) {
                        let numbered = format!("**#{number}**");
                        of_it = cards.iter().filter(|card| words(card).contains(&numbered)).take(1).collect();
                    }
                    if !said.told.fits(of_it.len()) {
                        let of_it: Vec<String> = of_it.iter().map(|card| words(card)).collect();
                        wrong.push(format!("{mark}: {:?}, and {} cards: {of_it:#?}", said.told, of_it.len()));
                    }
                    let started = of_it.iter().filter(|card| {
                        threads.iter().any(|thread| card["id"] == thread.to_string().as_str())
                    });
                    if !torn && started.count() != of_it.len() {
                        wrong.push(format!("{mark}: a card without its thread"));
                    }
                    wrong.extend(self.receipt(said, sandbox, &lines));
                }
                Kind::Message { .. } | Kind::Change => {
                    if !lowered.fits(at_desk.len()) {
                        wrong.push(format!(
                            "{mark}: {:?}, and {} times at the desk",
                            said.told,
                            at_desk.len()
                        ));
                    }
                    // Files of a draft come after its card, in a message of their own.
                    let name = format!("{mark}.jpg");
                    let files =
                        in_threads.iter().filter(|held| held["attachments"].to_string().contains(&name));
                    let files = files.count();
                    let file = said.kind == Kind::Message { file: true };
                    let surely = !torn && !said.changed && !self.veiled;
                    if file && (files > 1 || (surely && files != at_desk.len())) {
                        wrong.push(format!("{mark}: its file is {files} times at the desk"));
                    }
                }
                Kind::Reply => {
                    let direct = sandbox.dm_channel(said.customer);
                    let theirs = direct.into_iter().chain(lines.iter().copied()).flat_map(ours);
                    let times = theirs.filter(|message| words(message).contains(mark)).count();
                    let hard = self.veiled || self.hard_to_reach.contains(&said.customer);
                    let told = if hard && said.told == Told::Accepted { Told::Nothing } else { said.told };
                    if !told.fits(times) {
                        wrong.push(format!("{mark}: {:?}, and {times} times with the customer", said.told));
                    }
                    let most = match said.told {
                        Told::Refused => 0,
                        Told::Accepted if !said.on_its_way => 1,
                        Told::Accepted | Told::Nothing => 2,
                    };
                    let surely = !torn && !self.veiled;
                    let least = usize::from(surely && (times > 0 || said.told == Told::Accepted));
                    if !(least..=most).contains(&at_desk.len()) {
                        wrong.push(format!("{mark}: {:?}, recorded {} times", said.told, at_desk.len()));
                    }
                }
            }
        }
        if veiled.len() > veils {
            wrong.push(format!(
                "{veiled:?} are not at the desk, and it says {veils} times that words are kept back"
            ));
        }
        wrong
    }

    /// The receipt of a filing in the customer's line: once, unless a person's reply made it needless.
    fn receipt(&self, said: &Said, sandbox: &Sandbox, lines: &[u64]) -> Option<String> {
        let number = said.number.filter(|_| said.told == Told::Accepted)?;
        let direct = sandbox.dm_channel(said.customer);
        let marked = format!("**#{number}**");
        let times = direct
            .into_iter()
            .chain(lines.iter().copied())
            .flat_map(|channel| sandbox.messages(channel))
            .filter(|message| {
                let words = words(message);
                words.contains(&marked) && RECORDED.iter().any(|recorded| words.contains(recorded))
            })
            .count();
        let answered =
            self.said.iter().any(|other| other.kind == Kind::Reply && other.customer == said.customer);
        let hard = self.veiled || self.hard_to_reach.contains(&said.customer);
        let fits = times == 1 || (times == 0 && (answered || hard));
        (!fits).then(|| format!("{}: its receipt came {times} times", said.mark))
    }
}

/// Whatever Discord was given twice: every message of ours has a nonce of its own.
fn twice(sandbox: &Sandbox, places: &Places, threads: &[u64], lines: &[u64], model: &Model) -> Vec<String> {
    let customers: BTreeSet<u64> = model.said.iter().map(|said| said.customer).collect();
    let direct = customers.iter().filter_map(|customer| sandbox.dm_channel(*customer));
    let channels = [places.desk, places.managers, places.intake];
    let channels =
        channels.into_iter().chain(threads.iter().copied()).chain(lines.iter().copied()).chain(direct);
    let mut wrong = Vec::new();
    for channel in channels {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        for message in sandbox.messages(channel) {
            let Some(nonce) = message["nonce"].as_str() else { continue };
            let words = words(&message);
            if let Some(before) = seen.insert(nonce.to_owned(), words.clone()) {
                wrong.push(format!("twice in {channel}: {before:?} and {words:?}"));
            }
        }
    }
    wrong
}

/// Whether an answer gives the words of somebody who was refused back to them.
pub fn said_back(answer: &Answer) -> bool {
    ["Nội dung anh/chị đã viết", "What you wrote"].iter().any(|words| answer.text().contains(words))
}
