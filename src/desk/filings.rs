//! A complaint is filed: once, numbered, and with what concerns it told at once.

use super::Desk;
use super::complaints::Carried;
use super::error::Error;
use crate::domain::command::{Answer, Refusal};
use crate::domain::complaint::{FileRef, Line};
use crate::domain::decide::{self, Decision};
use crate::domain::event::{Earlier, Filed, Medium, Source};
use crate::kernel::extra::Extra;
use crate::kernel::ids::{ChannelId, ComplaintId, GuildId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::language::fold;
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// The longest text of one form field, in characters (Discord's own limit).
pub const FIELD_LIMIT: usize = 4_000;
/// More complaints of one person within that while are not taken; nobody else is braked for it.
const MOST_FILINGS: usize = 10;
/// A second filing with the same words within this while (ms) is the first one again.
const SAME_FILING: i64 = 10 * 60 * 1_000;
/// From so many unread complaints on customers are told that the first answer may take longer.
const LONG_QUEUE: i64 = 50;
/// The queue is counted anew after this while (ms).
const COUNT_AGAIN: i64 = 5_000;

/// A complaint about to be filed.
pub(super) struct Filing {
    pub(super) guild: GuildId,
    pub(super) customer: Person,
    pub(super) lang: Lang,
    pub(super) source: Source,
    pub(super) words: String,
    pub(super) wish: String,
    pub(super) contact: String,
    pub(super) files: Vec<FileRef>,
    pub(super) extras: Vec<Extra>,
    pub(super) since: i64,
    pub(super) direct: Option<ChannelId>,
    /// How it was said elsewhere, and who wrote it down.
    pub(super) spoken: Option<(Medium, Person)>,
}

/// Where complaints come in.
#[derive(Clone, Copy)]
pub struct Filings<'a> {
    pub(super) desk: &'a Desk,
}

impl Filings<'_> {
    /// Files a complaint, unless this customer has just filed the same words.
    pub(super) async fn file(&self, tx: &mut Tx, mut filing: Filing) -> Result<Carried, Error> {
        if self.desk.desk_of(filing.guild).is_none() {
            return Err(Refusal::NotSetUp.into());
        }
        if fold::is_blank(&filing.words) && filing.files.is_empty() && filing.extras.is_empty() {
            return Err(Refusal::Blank.into());
        }
        let length = filing.words.chars().count();
        if filing.source == Source::Form && length > FIELD_LIMIT {
            let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            return Err(Refusal::TooLong { limit: count(FIELD_LIMIT), length: count(length) }.into());
        }
        // Two who are not on Discord need not be the same.
        let known = !filing.customer.id.is_nobody();
        let latest = match known {
            true => store::complaint::latest_of(tx, filing.customer.id).await?,
            false => None,
        };
        // A line that was open for the last complaint is tried first, without asking Discord for it again.
        if let Some(Line::Direct { channel }) = latest.as_ref().map(|latest| latest.line) {
            filing.direct = filing.direct.or(Some(channel));
        }
        let latest = latest.filter(|latest| latest.filed.guild == filing.guild);
        let earlier =
            latest.as_ref().map(|latest| Earlier { number: latest.number(), thread: latest.thread });
        let since = self.desk.now() - SAME_FILING;
        let recent = match known {
            true => store::complaint::filed_since(tx, filing.customer.id, filing.guild, since).await?,
            false => Vec::new(),
        };
        let repeated = recent.iter().find(|held| held.filed.words == filing.words && held.stage.is_open());
        if let Some(repeated) = repeated {
            return Err(Refusal::JustFiled { number: repeated.number() }.into());
        }
        if let (true, Some(latest)) = (recent.len() >= MOST_FILINGS, &earlier) {
            return Err(Refusal::FiledOften { number: latest.number }.into());
        }
        let logged = filing.source == Source::Logged;
        let decision = self.decide_filing(tx, filing, earlier).await?;
        store::complaint::add(tx, &decision.complaint, &decision.entries).await?;
        self.desk
            .active_incidents()
            .list_changed(tx, decision.complaint.filed.guild, decision.complaint.listed)
            .await?;
        self.desk.complaints().arm(tx, &decision.complaint).await?;
        self.desk.complaints().post(tx, &decision.complaint, &decision.outbox).await?;
        self.desk.membership().find_colleagues(tx, &decision.complaint).await?;
        let guild = decision.complaint.filed.guild;
        let answer = match decision.answer {
            Answer::Receipt { number, incidents, .. } if logged => {
                Answer::Logged { number, on_discord: known, incidents }
            }
            Answer::Receipt { complaint, number, lang, within, incidents, listed, .. } => {
                let queue = self.queue(tx, guild).await?;
                Answer::Receipt { complaint, number, lang, within, incidents, listed, queue }
            }
            other => other,
        };
        Ok((answer, None))
    }

    async fn decide_filing(
        &self,
        tx: &mut Tx,
        filing: Filing,
        earlier: Option<Earlier>,
    ) -> Result<Decision, StoreError> {
        let suggested = self.desk.shared.matcher.suggest(&filing.words).map(str::to_owned);
        let incidents =
            self.desk.active_incidents().concerning(tx, filing.guild, suggested.as_deref()).await?;
        let id = ComplaintId(store::counter::next(tx, "complaint").await?);
        let number = store::counter::next(tx, &format!("complaint/{}", filing.guild)).await?;
        let policy = self.desk.policy_of(filing.guild);
        let filed = Filed {
            guild: filing.guild,
            number,
            customer: filing.customer,
            lang: filing.lang,
            source: filing.source,
            words: filing.words,
            wish: filing.wish,
            contact: filing.contact,
            files: filing.files,
            extras: filing.extras,
            medium: filing.spoken.as_ref().map(|(medium, _)| *medium),
            logged_by: filing.spoken.map(|(_, by)| by),
            since: filing.since,
            direct: filing.direct,
            suggested,
            earlier,
        };
        let told = incidents
            .iter()
            .filter_map(|incident| {
                let version = incident.in_use()?.number;
                Some((incident.id, version, incident.line(filed.lang)?.to_owned()))
            })
            .collect();
        let listed = match incidents.first() {
            // Whoever wrote it down is looking at it.
            Some(_) if filed.source == Source::Logged => None,
            Some(incident) => self.desk.active_incidents().place_in_list(tx, incident.id, &policy).await?,
            None => None,
        };
        Ok(decide::file(id, filed, told, listed, &policy, self.desk.now()))
    }

    /// How many complaints wait to be read at a desk, where it is so many that customers should know. Counted anew after a
    /// few seconds: in a burst nobody needs it to the last one.
    async fn queue(&self, tx: &mut Tx, guild: GuildId) -> Result<Option<i64>, StoreError> {
        let now = self.desk.now();
        let held = super::lock(&self.desk.shared.queues).get(&guild).copied();
        let count = match held.filter(|(_, counted)| (counted..=&(counted + COUNT_AGAIN)).contains(&&now)) {
            Some((count, _)) => count,
            None => {
                let count = store::complaint::unread(tx, guild).await?;
                super::lock(&self.desk.shared.queues).insert(guild, (count, now));
                count
            }
        };
        Ok((count >= LONG_QUEUE).then_some(count))
    }
}
