//! Queries: lists, one complaint, a contact, suggestions. They change nothing.

use serde_json::{Value, json};

use super::answer::Answered;
use super::bot::Bot;
use super::commands::Filter;
use super::decode::Heard;
use super::render::answers::{self, Shape, Shown};
use super::render::card::category;
use super::render::thread::place;
use super::render::{Style, bar, button, customer, cut, no_pings, plain, relative, row, select, user};
use super::route::{NEW_MATTER, Query};
use crate::discord::custom_id::CustomId;
use crate::domain::command::Refusal;
use crate::domain::complaint::Complaint;
use crate::domain::event::Event;
use crate::domain::procedure::Step;
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::{ComplaintId, MessageId};
use crate::kernel::lang::Lang;
use crate::kit::option::Source;
use crate::language::fold;
use crate::language::when::MOST_OFFERED;
use crate::store::{self, StoreError};

/// How many lines a list shows.
const LINES: usize = 20;
/// A deadline within this while (ms) is *due soon*.
const SOON: i64 = 4 * 60 * 60 * 1_000;

impl Bot {
    /// Answers a query; it changes nothing.
    pub(super) async fn query(
        &self,
        heard: &Heard,
        query: Query,
        desk: Option<&GuildDesk>,
        lang: Lang,
    ) -> Answered {
        // Each arm of it is large: on the heap, so that no stack has to hold them all.
        let shown = Box::pin(self.look_up(heard, query, desk, lang)).await;
        (shown.unwrap_or_else(|error| self.not_answered(heard, &error, lang)), None)
    }

    /// The database does not answer: whoever asked is told.
    pub(super) fn not_answered(&self, heard: &Heard, error: &StoreError, lang: Lang) -> Option<Shown> {
        tracing::error!(interaction.id = heard.id, %error, "not answered: the database refuses");
        self.desk().watch().failed(error);
        self.refusal(&Refusal::NotSaved, lang)
    }

    /// A refusal as an answer.
    pub(super) fn refusal(&self, refusal: &Refusal, lang: Lang) -> Option<Shown> {
        private(answers::refused(refusal, self.texts().of(lang)))
    }

    async fn look_up(
        &self,
        heard: &Heard,
        query: Query,
        desk: Option<&GuildDesk>,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let words = self.view().words(lang);
        match (query, desk) {
            (Query::Mine, _) => {
                let mine = store::complaint::all_of(self.desk().db(), heard.person.id).await?;
                Ok(Some(Shown::new(Shape::Private, customer::mine(&mine, words))))
            }
            (Query::Data(query), desk) => Box::pin(self.data_query(heard, query, desk, lang)).await,
            (Query::Sort { complaint, message }, _) => self.sort(heard, complaint, message, lang).await,
            (Query::Suggest { source, typed }, _) => {
                let found = self.suggest(heard, source, &typed, desk, lang).await;
                Ok(Some(Shown::new(Shape::Private, json!({ "choices": found }))))
            }
            (_, None) => Ok(self.refusal(&no_desk(heard), lang)),
            (Query::List { filter }, Some(desk)) => self.list(heard, filter, desk, lang).await,
            (Query::Find { query }, Some(desk)) => self.find_cases(&query, desk, lang).await,
            (Query::Show { number }, Some(desk)) => self.show_case(heard, number, desk, lang).await,
            (Query::Resend { complaint, number }, Some(desk)) => {
                self.resend(heard, complaint, number, desk, lang).await
            }
            (Query::More(id), Some(desk)) => {
                let held = store::complaint::read(self.desk().db(), id).await?;
                let held = held.filter(|held| held.filed.guild == desk.guild);
                Ok(match held {
                    Some(held) => Some(Shown::new(Shape::Private, bar::more(&held, lang, &self.view()))),
                    None => self.refusal(&Refusal::NoComplaint, lang),
                })
            }
            (Query::Contact(id), Some(desk)) => {
                let held = store::complaint::read(self.desk().db(), id).await?;
                let held = held.filter(|held| held.filed.guild == desk.guild);
                Ok(match held {
                    Some(held) if held.about.names(heard.person.id) => self.refusal(&Refusal::AboutYou, lang),
                    Some(held) => private(words.contact_shown(held.number(), plain(&held.filed.contact))),
                    None => self.refusal(&Refusal::NoComplaint, lang),
                })
            }
            (Query::Report { period }, Some(desk)) => Ok(self.report(period, desk, lang).await),
            (Query::Incident { incident }, Some(desk)) => self.incident_shown(&incident, desk, lang).await,
            (Query::Why { clock }, Some(desk)) => self.why(heard, clock, desk, lang).await,
            (Query::Simulate { received }, Some(desk)) => Ok(self.simulate(&received, desk, lang)),
            (Query::Promises, Some(desk)) => self.promises(heard, desk, lang).await,
            (Query::Health, Some(desk)) => Ok(Box::pin(self.health(heard, desk, lang)).await),
        }
    }

    async fn list(
        &self,
        heard: &Heard,
        filter: Filter,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let words = self.view().words(lang);
        let now = self.desk().now();
        let mut open = store::complaint::open_in(self.desk().db(), desk.guild).await?;
        let mine = |held: &Complaint| held.owner.as_ref().is_some_and(|owner| owner.id == heard.person.id);
        let name = match filter {
            Filter::Mine => {
                open.retain(mine);
                words.filter_mine()
            }
            Filter::Unowned => {
                open.retain(|held| held.owner.is_none());
                words.filter_unowned()
            }
            Filter::Due => {
                open.retain(|held| held.next_deadline().is_some_and(|(_, due)| due - now <= SOON));
                words.filter_due()
            }
            Filter::Waiting => {
                open.retain(Complaint::waits);
                words.filter_waiting()
            }
            Filter::All => words.filter_all(),
        };
        // Whoever depends on others' care most stands first; within that the order stays.
        open.sort_by_key(|held| !held.perhaps_vulnerable());
        if open.is_empty() {
            return Ok(private(words.list_empty(name)));
        }
        let mut text = format!("**{}**", words.list_heading(name, open.len()));
        let mut shown = 0;
        for held in open.iter().take(LINES) {
            let due = held.next_deadline().map_or_else(String::new, |(_, due)| relative(due));
            let owner = held.owner.as_ref().map_or_else(|| words.card_no_owner(), |owner| user(owner.id));
            let place = if held.perhaps_vulnerable() { format!("⚠ {}", place(held)) } else { place(held) };
            let line = words.list_line(
                place,
                plain(&cut(&held.filed.customer.name, 30)),
                category(held, lang, &self.view()),
                due,
                owner,
            );
            let line = if held.is_overdue() { words.card_overdue(line) } else { line };
            if text.chars().count() + line.chars().count() > 1_900 {
                break;
            }
            text = format!("{text}\n{line}");
            shown += 1;
        }
        if shown < open.len() {
            text = format!("{text}\n{}", words.list_more(open.len() - shown));
        }
        let mut body = json!({ "content": text, "allowed_mentions": no_pings() });
        // Whoever looks at a long list of their own may need a glass of water.
        if let Some(held) = open.first().filter(|_| filter == Filter::Mine) {
            let rest = button(Style::Secondary, &words.rest_button(), &CustomId::Rest(held.id));
            body["components"] = json!([row(vec![rest])]);
        }
        Ok(Some(Shown::new(Shape::Private, body)))
    }

    /// The complaint with this number, or (none) that of this thread, at this desk.
    pub(super) async fn complaint_meant(
        &self,
        heard: &Heard,
        number: Option<i64>,
        desk: &GuildDesk,
    ) -> Result<Result<Complaint, Refusal>, StoreError> {
        let db = self.desk().db();
        let (held, missing) = match number {
            Some(number) => {
                (store::complaint::by_number(db, desk.guild, number).await?, Refusal::NoComplaint)
            }
            None => (store::complaint::read_by_thread(db, heard.channel).await?, Refusal::ThreadOnly),
        };
        let held = held.filter(|held| held.filed.guild == desk.guild).ok_or(missing);
        Ok(held.and_then(|held| match held.about.names(heard.person.id) {
            true => Err(Refusal::AboutYou),
            false => Ok(held),
        }))
    }

    async fn show_case(
        &self,
        heard: &Heard,
        number: Option<i64>,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let held = match self.complaint_meant(heard, number, desk).await? {
            Ok(held) => held,
            Err(refusal) => return Ok(self.refusal(&refusal, lang)),
        };
        let mut body = super::render::card::card(&held, lang, &self.view());
        body["content"] = json!(place(&held));
        // Its buttons stand on the card itself; here they would only be a second set.
        body["components"] = json!([]);
        let standing = bar::standing(&held, lang, &self.view());
        body["embeds"].as_array_mut().into_iter().for_each(|embeds| embeds.push(standing.clone()));
        let notes = self.notes(held.id, lang).await?;
        if !notes.is_empty() {
            let notes = json!({ "description": cut(&notes.join("\n"), 1_500) });
            body["embeds"].as_array_mut().into_iter().for_each(|embeds| embeds.push(notes.clone()));
        }
        Ok(Some(Shown::new(Shape::Private, body)))
    }

    /// The notes of a case file, the latest last.
    async fn notes(&self, id: ComplaintId, lang: Lang) -> Result<Vec<String>, StoreError> {
        let words = self.view().words(lang);
        let journal = store::complaint::journal(self.desk().db(), id).await?;
        let mut notes: Vec<String> = journal
            .into_iter()
            .filter_map(|entry| match entry.event {
                Event::Noted { text } => Some(format!("📝 {}", plain(&cut(&text, 200)))),
                Event::Procedure(Step::OfferAllowed { by, words: offer, reason }) => {
                    let (offer, reason) = (plain(&cut(&offer, 100)), plain(&cut(&reason, 200)));
                    Some(words.offer_allowed(plain(&by.name), offer, reason))
                }
                _ => None,
            })
            .collect();
        let excess = notes.len().saturating_sub(6);
        notes.drain(..excess);
        Ok(notes)
    }

    /// Which complaint the last message belongs to: the customer's open ones, as a select.
    async fn sort(
        &self,
        heard: &Heard,
        complaint: ComplaintId,
        message: MessageId,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let words = self.view().words(lang);
        let mine = store::complaint::all_of(self.desk().db(), heard.person.id).await?;
        if !mine.iter().any(|held| held.id == complaint) {
            return Ok(self.refusal(&Refusal::CustomerOnly, lang));
        }
        let others = mine.iter().filter(|held| held.id != complaint && held.ended_at.is_none());
        let others = others.map(|held| {
            let matter = held.filed.matter();
            (held.id.0.to_string(), format!("#{} {}", held.number(), cut(&matter, 80)), false)
        });
        let fresh = (NEW_MATTER.to_owned(), words.sorted_new(), false);
        let options: Vec<(String, String, bool)> = std::iter::once(fresh).chain(others).collect();
        let id = CustomId::Sort { complaint, message };
        let body = json!({
            "content": words.sorted_choose(),
            "components": [row(vec![select(&id, &words.sorted_choose(), &options)])],
            "allowed_mentions": no_pings(),
        });
        Ok(Some(Shown::new(Shape::InPlace, body)))
    }

    async fn suggest(
        &self,
        heard: &Heard,
        source: Option<Source>,
        typed: &str,
        desk: Option<&GuildDesk>,
        lang: Lang,
    ) -> Vec<Value> {
        let Some(source) = source else { return Vec::new() };
        let found: Vec<(String, String)> = match (source, desk) {
            // What is typed was read already; it need not stand in what it means.
            (Source::Times, Some(desk)) => return choices(&self.suggest_times(typed, desk, lang), ""),
            (Source::Categories, _) => {
                let categories = self.desk().policy().categories.iter();
                categories.map(|held| (held.id.clone(), held.name(lang).to_owned())).collect()
            }
            (Source::TimeZones, _) => {
                let zones = chrono_tz::TZ_VARIANTS.iter();
                zones.map(|zone| (zone.name().to_owned(), zone.name().to_owned())).collect()
            }
            (source @ Source::Questions, Some(desk)) => self.suggest_of(source, heard, desk, lang).await,
            (Source::Remedies, Some(desk)) => self.suggest_usual(heard, desk, lang).await,
            (Source::Playbooks, _) => self.suggest_playbooks(lang),
            (Source::OpenIncidents, Some(desk)) => self.suggest_incidents(false, desk, lang).await,
            (Source::Incidents, Some(desk)) => self.suggest_incidents(true, desk, lang).await,
            (_, None) => Vec::new(),
        };
        choices(&found, typed)
    }
}

/// What Discord takes as suggestions of those (value and label) that fit what is typed: at most [`MOST_OFFERED`], short, and
/// none without a name.
fn choices(found: &[(String, String)], typed: &str) -> Vec<Value> {
    let key = fold::fold(typed);
    let fits = |(value, label): &&(String, String)| {
        let is_asked_for = key.is_empty() || fold::fold(label).contains(&key) || value.contains(&key);
        is_asked_for && !fold::is_blank(label) && !value.is_empty()
    };
    found
        .iter()
        .filter(fits)
        .take(MOST_OFFERED)
        .map(|(value, label)| json!({ "name": cut(label, 100), "value": cut(value, 100) }))
        .collect()
}

/// Why what needs a desk is not done where there is none.
pub(super) fn no_desk(heard: &Heard) -> Refusal {
    if heard.guild.is_none() { Refusal::GuildOnly } else { Refusal::NotSetUp }
}

pub(super) fn private(text: String) -> Option<Shown> {
    let body = json!({ "content": cut(&text, 2_000), "components": [], "allowed_mentions": no_pings() });
    Some(Shown::new(Shape::Private, body))
}
