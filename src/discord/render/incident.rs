//! Talking points as people see them: in use, waiting, void or over; the forms that write them; the request for approval.

use std::collections::BTreeMap;

use chrono::{Datelike, Timelike};
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::{Style, View, at, button, cut, no_pings, pings, plain, quoted, relative, role, row};
use crate::discord::custom_id::CustomId;
use crate::domain::incident::{Incident, Slots, Standing, Version};
use crate::domain::playbook::{Approver, LINE_LIMIT, Playbook, Slot, TalkingPoints, fill};
use crate::domain::settings::GuildDesk;
use crate::kernel::lang::Lang;
use crate::kit::custom_id::Within;
use crate::sla::calendar::wall;
use crate::text::{Texts, Words};

/// Colours of the bar at the side, by how a version stands.
const WAITING: u32 = 0xF5_9E_0B;
const IN_USE: u32 = 0x16_A3_4A;
const VOID: u32 = 0x6B_72_80;

/// How many of those who wait one press opens.
const OPEN_MANY: i64 = 10;

/// Discord's longest field value (`resources/message`, embed limits).
const FIELD: usize = 1_024;
/// All embeds of a message hold 6,000 characters together; the rest is room for a last word.
const ALL_EMBEDS: usize = 5_900;
/// Discord's most fields of an embed.
const FIELDS: usize = 25;

/// An instant (Unix ms) as the desk's wall clock shows it, in words: customers read it without Discord's own format.
pub fn local(instant: i64, zone: Tz, words: &Words) -> String {
    let wall = wall(zone, instant);
    let time = format!("{:02}:{:02}", wall.hour(), wall.minute());
    words.incident_time(time, wall.day(), wall.month())
}

fn filled(slots: &Slots, zone: Tz, words: &Words) -> BTreeMap<Slot, String> {
    let mut filled = BTreeMap::from([(Slot::Area, slots.area.clone())]);
    filled.extend(slots.since.map(|at| (Slot::Since, local(at, zone, words))));
    filled.extend(slots.next_update.map(|at| (Slot::NextUpdate, local(at, zone, words))));
    filled
}

/// The line for customers in every language, slots filled.
pub fn lines(playbook: &Playbook, slots: &Slots, zone: Tz, texts: &Texts) -> BTreeMap<Lang, String> {
    let line = |lang: Lang| fill(&playbook.points(lang).line, &filled(slots, zone, texts.of(lang)));
    Lang::ALL.into_iter().map(|lang| (lang, line(lang))).collect()
}

/// The most characters an area may have, so that the line for customers fits in every language.
pub fn area_limit(playbook: &Playbook, slots: &Slots, zone: Tz, texts: &Texts) -> usize {
    let room = |lang: Lang| {
        let words = texts.of(lang);
        let mut filled = filled(&Slots { area: String::new(), ..slots.clone() }, zone, words);
        // What is not known yet takes the most that a time can take: two digits everywhere.
        let longest = local(1_795_399_200_000, zone, words);
        for slot in [Slot::Since, Slot::NextUpdate] {
            filled.entry(slot).or_insert_with(|| longest.clone());
        }
        let line = &playbook.points(lang).line;
        let places = line.matches("{area}").count().max(1);
        LINE_LIMIT.saturating_sub(fill(line, &filled).chars().count()) / places
    };
    Lang::ALL.into_iter().map(room).min().unwrap_or_default().max(1)
}

/// The name of an incident: number and title, without its version.
pub fn title(incident: &Incident, playbook: Option<&Playbook>, words: &Words) -> String {
    let title = playbook.map_or(incident.playbook.as_str(), |held| held.points(words.lang()).title.as_str());
    words.incident_title(incident.number, title)
}

/// The list of those who wait: how many, since when, and a press that opens them.
pub fn list(
    incident: &Incident,
    playbook: Option<&Playbook>,
    count: i64,
    since: Option<i64>,
    lang: Lang,
    view: &View<'_>,
) -> Value {
    let words = view.words(lang);
    let title = title(incident, playbook, words);
    let (text, components) = match since.filter(|_| count > 0) {
        Some(since) => {
            let press = |most: i64, label: String, style| {
                button(style, &label, &CustomId::OpenListed { incident: incident.id, most: Within(most) })
            };
            let buttons = vec![
                press(1, words.list_open_one(), Style::Primary),
                press(OPEN_MANY, words.list_open_many(OPEN_MANY), Style::Secondary),
            ];
            (words.incident_list(plain(&title), count, relative(since)), json!([row(buttons)]))
        }
        None => (words.incident_list_empty(plain(&title)), json!([])),
    };
    json!({ "content": cut(&text, 2_000), "components": components, "allowed_mentions": no_pings() })
}

/// A version of talking points as a message: whole while it waits or is in use, a crossed-out rest when it is void or over.
pub fn card(
    incident: &Incident,
    version: &Version,
    playbook: Option<&Playbook>,
    lang: Lang,
    zone: Tz,
    view: &View<'_>,
) -> Value {
    let words = view.words(lang);
    let standing = incident.standing(version);
    let heading =
        format!("{} · {}", title(incident, playbook, words), words.incident_version(version.number));
    let heading = cut(&heading, 200);
    let line = version.line.get(&lang).cloned().unwrap_or_default();
    let banner = banner(incident, version, standing, words);
    if matches!(standing, Standing::Superseded { .. } | Standing::Over) {
        let description = format!("{banner}\n{}", quoted(&format!("~~{line}~~")));
        let embed = json!({ "title": format!("~~{heading}~~"), "description": description, "color": VOID });
        return json!({
            "content": "", "embeds": [embed], "components": [], "allowed_mentions": no_pings()
        });
    }
    let mut description = banner;
    if version.number > 1 {
        description = format!("{description}\n{}", words.incident_replaces());
    }
    description = format!("{description}\n\n**{}**\n{}", words.incident_line(), quoted(&line));
    let mut layout = Layout { left: ALL_EMBEDS, words };
    layout.take(&heading);
    layout.take(&description);
    let filled = filled(&version.slots, zone, words);
    let points = playbook.map(|playbook| playbook.points(lang));
    let facts = facts(version, points, &filled, &mut layout, lang);
    let help = points.map_or_else(Vec::new, |points| help(points, &filled, &mut layout));
    let color = if standing == Standing::Waiting { WAITING } else { IN_USE };
    let mut embeds = vec![json!({
        "title": heading, "description": description, "color": color, "fields": facts
    })];
    if !help.is_empty() {
        embeds.push(json!({ "color": color, "fields": help }));
    }
    json!({ "content": "", "embeds": embeds, "components": [], "allowed_mentions": no_pings() })
}

fn banner(incident: &Incident, version: &Version, standing: Standing, words: &Words) -> String {
    match standing {
        Standing::Waiting => words.incident_waiting(plain(&version.by.name), at(version.at)),
        Standing::InUse => version
            .approved
            .as_ref()
            .map(|(by, when)| words.incident_approved(plain(&by.name), at(*when)))
            .unwrap_or_default(),
        Standing::Superseded { by } => words.incident_superseded(by),
        Standing::Over => {
            let to = at(incident.resolved.as_ref().map_or(incident.declared_at, |(_, when)| *when));
            match version.slots.since {
                Some(since) => words.incident_over(at(since), to),
                None => words.incident_over_unsince(to),
            }
        }
    }
}

/// What is known, what is not, what is being done, and when the next word comes.
fn facts(
    version: &Version,
    points: Option<&TalkingPoints>,
    slots: &BTreeMap<Slot, String>,
    layout: &mut Layout<'_>,
    lang: Lang,
) -> Vec<Value> {
    let words = layout.words;
    let mut fields = Vec::new();
    if !version.news.is_empty() {
        fields.extend(layout.one(words.incident_news(), &plain(&version.news)));
    }
    if let Some(points) = points {
        fields.extend(layout.list(words.incident_known(), &points.known, slots));
        fields.extend(layout.list(words.incident_unknown(), &points.unknown, slots));
        fields.extend(layout.list(words.incident_doing(), &points.doing, slots));
        fields.extend(layout.list(words.incident_customer_can(), &points.customer_can, slots));
    }
    if let Some(next) = version.slots.next_update {
        let when = format!("{} ({})", at(next), relative(next));
        fields.extend(layout.one(words.incident_next_update(), &when));
    }
    let other = match lang.other() {
        Lang::Vi => words.incident_line_vi(),
        Lang::En => words.incident_line_en(),
    };
    if let Some(line) = version.line.get(&lang.other()) {
        fields.extend(layout.one(other, &quoted(line)));
    }
    fields.truncate(FIELDS);
    fields
}

/// What helps whoever answers: what not to say, what to offer and ask, whom to call.
fn help(points: &TalkingPoints, slots: &BTreeMap<Slot, String>, layout: &mut Layout<'_>) -> Vec<Value> {
    let words = layout.words;
    let mut fields = layout.list(words.incident_never_say(), &points.never_say, slots);
    let options: Vec<String> = points
        .options
        .iter()
        .map(|option| {
            let approver = match option.approver {
                Approver::Staff => words.approver_staff(),
                Approver::Manager => words.approver_manager(),
                Approver::HeadOffice => words.approver_head_office(),
            };
            words.incident_option(option.text.as_str(), approver)
        })
        .collect();
    fields.extend(layout.list(words.incident_options(), &options, slots));
    fields.extend(layout.one(words.incident_escalation(), &fill(&points.escalation, slots)));
    fields.extend(layout.list(words.incident_questions(), &points.questions, slots));
    fields.extend(layout.list(words.incident_empathy(), &points.empathy, slots));
    fields.truncate(FIELDS);
    fields
}

/// Fields that stay within what one message holds.
struct Layout<'a> {
    left: usize,
    words: &'a Words,
}

impl Layout<'_> {
    /// Takes room for text; false where there is none.
    fn take(&mut self, text: &str) -> bool {
        let length = text.chars().count();
        let fits = length <= self.left;
        if fits {
            self.left -= length;
        }
        fits
    }

    fn one(&mut self, heading: String, text: &str) -> Option<Value> {
        let value = cut(text, FIELD);
        let fits = !value.is_empty() && self.take(&format!("{heading}{value}"));
        fits.then(|| json!({ "name": heading, "value": value }))
    }

    /// A list in as many fields as it needs. What does not fit the message is said to be missing.
    fn list(&mut self, heading: String, items: &[String], slots: &BTreeMap<Slot, String>) -> Vec<Value> {
        let mut chunks: Vec<String> = Vec::new();
        let mut room = self.take(&heading);
        for item in items {
            let item = cut(&format!("• {}", fill(item, slots)), FIELD);
            if !room || !self.take(&format!("{item}\n")) {
                room = false;
                break;
            }
            match chunks.last_mut() {
                Some(chunk) if chunk.chars().count() + item.chars().count() < FIELD => {
                    chunk.push('\n');
                    chunk.push_str(&item);
                }
                _ => {
                    if !chunks.is_empty() {
                        self.take(&self.words.incident_more(heading.as_str()));
                    }
                    chunks.push(item);
                }
            }
        }
        if !room && self.left > 0 {
            chunks.push(self.words.incident_cut());
            self.left = 0;
        }
        let more = self.words.incident_more(heading.as_str());
        let name = |place: usize| if place == 0 { heading.clone() } else { more.clone() };
        chunks
            .iter()
            .enumerate()
            .map(|(place, value)| json!({ "name": cut(&name(place), 256), "value": value }))
            .collect()
    }
}

/// The request for approval in the manager channel: the talking points whole, with *Approve* while they wait.
pub fn request(
    incident: &Incident,
    version: &Version,
    playbook: Option<&Playbook>,
    desk: &GuildDesk,
    view: &View<'_>,
) -> Value {
    let words = view.words(desk.locale);
    let mut body = card(incident, version, playbook, desk.locale, desk.zone, view);
    if incident.standing(version) == Standing::Waiting {
        let approver = desk.head_office_role.unwrap_or(desk.manager_role);
        let id = CustomId::Approve { incident: incident.id, version: version.number };
        body["content"] = json!(words.incident_request(role(approver), incident.number));
        body["components"] = json!([row(vec![button(Style::Success, &words.approve_button(), &id)])]);
        body["allowed_mentions"] = pings(&[], &[approver]);
    }
    body
}

/// The reminder in the manager channel that the next word was promised.
pub fn reminder(
    incident: &Incident,
    due: i64,
    playbook: Option<&Playbook>,
    desk: &GuildDesk,
    view: &View<'_>,
) -> Value {
    let words = view.words(desk.locale);
    let name = playbook.map_or(incident.playbook.as_str(), |held| held.points(desk.locale).title.as_str());
    let manager = role(desk.manager_role);
    json!({
        "content": words.incident_remind(manager, incident.number, name, at(due), relative(due)),
        "allowed_mentions": pings(&[], &[desk.manager_role]),
    })
}

#[cfg(test)]
#[path = "incident_tests.rs"]
mod tests;
