//! The managers' daily digest and the auditor's alarm.

use serde_json::{Value, json};

use super::card::clock_name;
use super::{View, at, channel, cut, day, no_pings, pings, plain, role, small, stars};
use crate::domain::digest::{Digest, Line};
use crate::domain::settings::GuildDesk;
use crate::sla::clocks::ClockKind;
use crate::text::Words;

/// How many lines of a part are shown.
const LINES: usize = 10;
/// Discord's longest message, with a little room.
const LONGEST: usize = 1_950;

/// The digest; on a quiet day one line.
pub fn messages(digest: &Digest, desk: &GuildDesk, view: &View<'_>) -> Vec<Value> {
    let words = view.words(desk.locale);
    let today = day(digest.yesterday().1);
    if digest.is_empty() {
        return vec![message(words.digest_empty(today))];
    }
    let mut lines = vec![words.digest_heading(today)];
    let parts = [
        (words.digest_promised(), &digest.promised, Kind::Deadline),
        (words.digest_missed(), &digest.missed, Kind::Deadline),
        (words.digest_overdue(), &digest.overdue, Kind::Deadline),
        (words.digest_at_risk(), &digest.at_risk, Kind::Deadline),
        (words.digest_low_ratings(), &digest.low_ratings, Kind::Rating),
        (words.digest_unfinished(), &digest.unfinished, Kind::Waiting),
        (words.digest_waiting(), &digest.waiting, Kind::Waiting),
    ];
    for (heading, held, kind) in parts.into_iter().filter(|(_, held, _)| !held.is_empty()) {
        lines.push(format!("**{heading}** ({})", held.len()));
        lines.extend(held.iter().take(LINES).map(|held| line(held, kind, words)));
        if held.len() > LINES {
            lines.push(words.digest_more(held.len() - LINES));
        }
    }
    for (calendar, until) in &digest.calendars {
        lines.push(words.digest_calendar(calendar.as_str(), until.to_string()));
    }
    let mut texts: Vec<String> = Vec::new();
    for line in lines {
        match texts.last_mut().filter(|text| text.chars().count() + line.chars().count() < LONGEST) {
            Some(text) => *text = format!("{text}\n{line}"),
            None => texts.push(line),
        }
    }
    texts.into_iter().map(message).collect()
}

#[derive(Clone, Copy)]
enum Kind {
    Deadline,
    Waiting,
    Rating,
}

/// How a line names its complaint.
pub fn place(held: &Line) -> String {
    held.thread.map_or_else(|| format!("#{}", held.number), channel)
}

fn line(held: &Line, kind: Kind, words: &Words) -> String {
    let place = place(held);
    let owner =
        held.owner.as_ref().map_or_else(|| words.card_no_owner(), |owner| plain(&cut(&owner.name, 40)));
    let told = match kind {
        Kind::Deadline => {
            let clock = held.clock.map(|clock| clock_name(clock, words)).unwrap_or_default();
            let legal = held.clock.is_some_and(ClockKind::is_legal);
            let when = if legal { words.deadline_end_of_day(day(held.at - 1_000)) } else { at(held.at) };
            words.digest_line(place, clock, when, owner)
        }
        Kind::Waiting => words.digest_waiting_line(place, at(held.at), owner),
        Kind::Rating => {
            let score = held.score.map(stars).unwrap_or_default();
            words.digest_rating_line(place, score, at(held.at), owner)
        }
    };
    match &held.snoozed {
        Some(snooze) => {
            let name = snooze.by.as_ref().map(|by| plain(&cut(&by.name, 40))).unwrap_or_default();
            let why = words.digest_snoozed(at(snooze.until), name, plain(&cut(&snooze.reason, 100)));
            format!("{told}\n{}", small(&why))
        }
        None => told,
    }
}

fn message(text: String) -> Value {
    json!({ "content": cut(&text, 2_000), "allowed_mentions": no_pings() })
}

/// Something of the desk is stuck; the managers are told.
pub fn alarm(count: i64, since: i64, desk: &GuildDesk, view: &View<'_>) -> Value {
    let words = view.words(desk.locale);
    json!({
        "content": words.alarm(role(desk.manager_role), count, at(since)),
        "allowed_mentions": pings(&[], &[desk.manager_role]),
    })
}
