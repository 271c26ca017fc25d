//! What must hold however a day went: what is given up is told, what counts as told arrived, what is private stays so, and every
//! journal gives what is stored.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::model::{Model, Places, WITHHELD, words};
use super::play::Play;
use crate::domain::complaint::Complaint;
use crate::domain::event::{Entry, Event};
use crate::kernel::ids::GuildId;
use crate::sandbox::Sandbox;
use crate::store;

/// How managers are told that something was given up.
const GIVEN_UP: [&str; 2] = ["đã phải bỏ", "were given up"];
/// How staff are told that a reply did not arrive.
const UNDELIVERED: &str = "✗";
/// How staff are told that a message was deleted.
const DELETED: [&str; 2] = ["đã xoá một tin", "deleted a message"];

/// A complaint with its journal.
type Case = (Complaint, Vec<Entry>);

/// What is not as the laws say, of what the store holds and people saw.
pub(super) async fn broken(play: &Play) -> anyhow::Result<Vec<String>> {
    let db = play.stage.db();
    let (sandbox, places) = (&play.stage.sandbox, &play.places);
    let mut wrong = sandbox.violations();
    let (waiting, _) = store::outbox::counts(db).await?;
    if waiting > 0 {
        wrong.push(format!("{waiting} outbox messages wait: {:?}", store::outbox::stuck(db).await?));
    }
    let mut cases = Vec::new();
    for id in store::complaint::filed_before(db, GuildId(play.guild), i64::MAX).await? {
        let journal = store::complaint::journal(db, id).await?;
        let held = store::complaint::read(db, id).await?;
        if Complaint::replay(id, &journal) != held {
            wrong.push(format!("the journal of complaint {} does not give what is stored", id.0));
        }
        cases.extend(held.map(|held| (held, journal)));
    }
    let desk = play.stage.bot()?.desk();
    for lost in desk.dead_letters().between(GuildId(play.guild), 0, i64::MAX).await? {
        let told = sandbox.messages(places.managers).iter().map(words).any(|said| {
            let numbered = lost.number.is_none_or(|number| said.contains(&format!("**#{number}**")));
            numbered && GIVEN_UP.iter().any(|heading| said.contains(heading))
        });
        // Where Discord keeps even that back for long, managers read that there is something, and ask for it.
        let kept_back = play.model.veiled
            && sandbox
                .messages(places.managers)
                .iter()
                .map(words)
                .any(|said| WITHHELD.iter().any(|withheld| said.contains(withheld)));
        // What managers could not be told stands where they ask for it.
        if !told && !kept_back && lost.what != "board" {
            wrong.push(format!("given up and told to nobody: {lost:?}"));
        }
    }
    for case in &cases {
        wrong.extend(arrived(case, sandbox, places, &play.model));
    }
    wrong.extend(deleted(&cases, sandbox, places, &play.model));
    wrong.extend(private(sandbox, &play.customers, &play.model));
    Ok(wrong)
}

/// Posted is not told: of each reply and each question for a rating, that it arrived or did not is written down as it is.
fn arrived((held, journal): &Case, sandbox: &Sandbox, places: &Places, model: &Model) -> Vec<String> {
    let (number, customer) = (held.number(), held.filed.customer.id.0);
    let mut wrong = Vec::new();
    let mut replies: BTreeMap<i64, (&str, Option<bool>)> = BTreeMap::new();
    let seen = seen_by(sandbox, customer);
    for entry in journal {
        match &entry.event {
            Event::Replied { reply, text, .. } => {
                replies.insert(*reply, (text, None));
            }
            Event::ReplyDelivered { reply } => {
                replies.entry(*reply).and_modify(|(_, arrived)| *arrived = Some(true));
            }
            Event::ReplyUndelivered { reply, .. } => {
                replies.entry(*reply).and_modify(|(_, arrived)| *arrived = Some(false));
            }
            Event::RatingDelivered { cycle, channel, message, .. } => {
                let stands = seen.iter().any(|held| held["id"] == message.0.to_string().as_str());
                if !stands {
                    wrong.push(format!(
                        "#{number}: the rating {cycle} counts as asked in {channel}, and is not"
                    ));
                }
            }
            _ => {}
        }
    }
    let torn = model.torn.contains(&customer);
    for (reply, (text, arrived)) in replies {
        let Some(mark) = text.split_whitespace().next() else { continue };
        let times = seen.iter().filter(|message| words(message).contains(mark)).count();
        match arrived {
            Some(true) if times == 1 => {}
            Some(false) if times == 0 => {
                let told = staff_read(sandbox, places).any(|said| said.contains(mark) && said.contains(UNDELIVERED));
                if !told && !torn && !model.veiled {
                    wrong.push(format!("#{number}: nobody reads that reply {reply} ({mark}) did not arrive"));
                }
            }
            _ => wrong.push(format!(
                "#{number}: reply {reply} ({mark}) counts as arrived: {arrived:?}, and the customer sees it {times} times"
            )),
        }
    }
    wrong
}

/// What staff read: at the desk, in its threads, and as answers of their own.
fn staff_read<'a>(sandbox: &'a Sandbox, places: &Places) -> impl Iterator<Item = String> + use<'a> {
    let threads = sandbox.threads(places.desk);
    let threads = threads.into_iter().filter_map(|thread| thread["id"].as_str()?.parse().ok());
    let channels: Vec<u64> = [places.desk, places.managers].into_iter().chain(threads).collect();
    channels.into_iter().flat_map(|channel| sandbox.messages(channel)).map(|message| words(&message))
}

/// What a customer deleted after the desk had heard it, the desk knows to be deleted, and says so once.
fn deleted(cases: &[Case], sandbox: &Sandbox, places: &Places, model: &Model) -> Vec<String> {
    let mut wrong = Vec::new();
    let (mut known, mut anybody_torn) = (0, model.veiled);
    for (held, journal) in cases {
        anybody_torn |= model.torn.contains(&held.filed.customer.id.0);
        let (mut heard, mut gone) = (BTreeSet::new(), BTreeSet::new());
        for entry in journal {
            match &entry.event {
                Event::CustomerWrote { message, .. } => {
                    heard.insert(message.0);
                }
                Event::CustomerDeleted { message } => {
                    gone.insert(message.0);
                    known += 1;
                }
                _ => {}
            }
        }
        for message in model.deleted.intersection(&heard).filter(|message| !gone.contains(message)) {
            wrong.push(format!(
                "#{}: message {message} was deleted, and the desk does not know",
                held.number()
            ));
        }
    }
    let told =
        staff_read(sandbox, places).filter(|said| DELETED.iter().any(|deleted| said.contains(deleted)));
    let told = told.count();
    if told > known || (told < known && !anybody_torn) {
        wrong.push(format!("{known} messages were deleted, and staff read of {told}"));
    }
    wrong
}

/// Nobody but staff sees what somebody else said.
fn private(sandbox: &Sandbox, customers: &[u64], model: &Model) -> Vec<String> {
    let mut wrong = Vec::new();
    for reader in customers {
        let seen: Vec<String> = seen_by(sandbox, *reader).iter().map(words).collect();
        for said in model.said.iter().filter(|said| said.customer != *reader) {
            let spoken = format!("{} ", said.mark);
            if seen.iter().any(|held| held.contains(&spoken)) {
                wrong.push(format!("{reader} sees {} of {}", said.mark, said.customer));
            }
        }
    }
    wrong
}

/// All messages that somebody sees.
fn seen_by(sandbox: &Sandbox, reader: u64) -> Vec<Value> {
    let channels = sandbox.channels_seen_by(reader);
    let channels = channels.iter().filter_map(|channel| channel["id"].as_str()?.parse().ok());
    channels.flat_map(|channel| sandbox.messages_seen_by(reader, channel)).collect()
}
