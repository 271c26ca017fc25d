//! What becomes of an incident: declared, revised, approved, ended. Pure: each step returns the new state and its outbox
//! messages.

use std::collections::BTreeMap;

use super::fact::{Entry, Fact};
use super::{FanOut, Incident, IncidentMessage, IncidentStage, Slots, Standing, Version};
use crate::domain::command::Refusal;
use crate::features::authority::Said;
use crate::kernel::ids::{ComplaintId, GuildId, IncidentId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::language::offer::given;

/// The slot of the timer that carries talking points into open threads, one complaint at a time.
pub const FAN_OUT: &str = "fan-out";
/// The slot of the timer that reminds managers of the next word.
pub const NEXT_UPDATE: &str = "next-update";
/// Managers are reminded this long (ms) before the next word is due: 10 min, or half of a shorter while.
const REMIND_BEFORE: i64 = 10 * 60 * 1_000;

/// What a person wrote for one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What was filled in.
    pub slots: Slots,
    /// What is new against the version before; empty for the first.
    pub news: String,
    /// The line for customers by language, slots filled.
    pub line: BTreeMap<Lang, String>,
    /// Who wrote it.
    pub by: Person,
    /// Whether head office has to approve it; else its writer's word is enough.
    pub asks_head_office: bool,
}

impl Draft {
    /// What a person says in it to customers: what they filled in, by itself and in each line, and what is new. What a
    /// playbook's own line gives is the company's to give.
    pub fn said(&self) -> Vec<Said> {
        let mut said = vec![Said::desk(&self.slots.area), Said::desk(&self.news)];
        for line in self.line.values() {
            let own =
                if self.slots.area.is_empty() { line.clone() } else { line.replace(&self.slots.area, " ") };
            if given(&own).is_empty() {
                said.push(Said::desk(line));
            }
        }
        said
    }
}

/// A new incident before it has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Where.
    pub guild: GuildId,
    /// The playbook's file name.
    pub playbook: String,
    /// Ids of the categories it concerns.
    pub categories: Vec<String>,
    /// Its first version.
    pub draft: Draft,
}

/// An incident after a step, with what must be brought to Discord.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The incident.
    pub incident: Incident,
    /// What happened, in order; nothing where only something of it was brought further.
    pub facts: Vec<Entry>,
    /// Its outbox messages, in order.
    pub outbox: Vec<IncidentMessage>,
}

impl Change {
    /// An incident to which nothing happened, as it is to be stored.
    pub fn none(incident: Incident) -> Self {
        Self { incident, facts: Vec::new(), outbox: Vec::new() }
    }
}

/// Declares an incident; `now` in Unix ms.
pub fn declare(id: IncidentId, number: i64, declaration: Declaration, now: i64) -> Change {
    let incident = Incident {
        id,
        guild: declaration.guild,
        number,
        playbook: declaration.playbook,
        categories: declaration.categories,
        stage: IncidentStage::Waiting,
        versions: Vec::new(),
        declared_at: now,
        resolved: None,
        fan_out: None,
        reminded: 0,
        list: None,
    };
    write(incident, declaration.draft, now)
}

/// Writes the next version. What is in use stays in use until the new one is approved.
///
/// # Errors
///
/// [`Refusal::IncidentOver`] if it has ended.
pub fn revise(incident: Incident, draft: Draft, now: i64) -> Result<Change, Refusal> {
    if incident.stage == IncidentStage::Resolved {
        return Err(Refusal::IncidentOver { number: incident.number });
    }
    Ok(write(incident, draft, now))
}

/// Approves a version: it is in use from now on, and the one before is void.
///
/// # Errors
///
/// [`Refusal::NotWaiting`] unless it is the newest version, nobody approved it, and the incident has not ended.
pub fn approve(mut incident: Incident, version: i64, by: Person, now: i64) -> Result<Change, Refusal> {
    let waits = incident.version(version).is_some_and(|held| incident.standing(held) == Standing::Waiting);
    if !waits {
        return Err(Refusal::NotWaiting);
    }
    let mut outbox = Vec::new();
    if let Some(before) = incident.in_use() {
        outbox.push(IncidentMessage::RefreshCard { version: before.number });
        if before.asks_head_office {
            outbox.push(IncidentMessage::RefreshRequest { version: before.number });
        }
    }
    if let Some(held) = incident.versions.iter_mut().find(|held| held.number == version) {
        held.approved = Some((by.clone(), now));
        if held.asks_head_office {
            // The press shows it already; this holds where the answer to the press was lost.
            outbox.push(IncidentMessage::RefreshRequest { version });
        }
    }
    incident.stage = IncidentStage::Active;
    incident.fan_out = Some(FanOut { version, after: ComplaintId(0) });
    outbox.push(IncidentMessage::Card { version });
    let facts = vec![Entry { at: now, by, event: Fact::Approved { version } }];
    Ok(Change { incident, facts, outbox })
}

/// Ends an incident: nobody is told its line any more, and its cards say so.
///
/// # Errors
///
/// [`Refusal::IncidentOver`] if it has ended before.
pub fn resolve(mut incident: Incident, by: Person, now: i64) -> Result<Change, Refusal> {
    if incident.stage == IncidentStage::Resolved {
        return Err(Refusal::IncidentOver { number: incident.number });
    }
    let mut outbox = Vec::new();
    if let Some(held) = incident.in_use() {
        outbox.push(IncidentMessage::RefreshCard { version: held.number });
    }
    let alive = |held: &&Version| matches!(incident.standing(held), Standing::InUse | Standing::Waiting);
    for held in incident.versions.iter().filter(alive).filter(|held| held.asks_head_office) {
        outbox.push(IncidentMessage::RefreshRequest { version: held.number });
    }
    incident.stage = IncidentStage::Resolved;
    incident.resolved = Some((by.clone(), now));
    incident.fan_out = None;
    let facts = vec![Entry { at: now, by, event: Fact::Resolved }];
    Ok(Change { incident, facts, outbox })
}

/// What an incident waits for: slots with their instants (Unix ms).
pub fn timers(incident: &Incident) -> Vec<(String, i64)> {
    let mut timers = Vec::new();
    if incident.fan_out.is_some() {
        let approved = incident.in_use().and_then(|held| held.approved.as_ref()).map(|(_, at)| *at);
        timers.push((FAN_OUT.to_owned(), approved.unwrap_or(incident.declared_at)));
    }
    if let Some(held) = to_remind(incident) {
        let from = held.approved.as_ref().map_or(held.at, |(_, at)| *at);
        if let Some(due) = held.slots.next_update.filter(|due| *due > from) {
            timers.push((NEXT_UPDATE.to_owned(), due - REMIND_BEFORE.min((due - from) / 2)));
        }
    }
    timers
}

/// The version whose promised next word managers are still to be reminded of.
fn to_remind(incident: &Incident) -> Option<&Version> {
    let active = incident.stage == IncidentStage::Active;
    incident.in_use().filter(|held| active && held.number > incident.reminded)
}

/// Managers are reminded of the next word once for each version, unless a newer one is written already.
pub fn remind(mut incident: Incident) -> Change {
    let mut outbox = Vec::new();
    if let Some(version) = to_remind(&incident).map(|held| held.number) {
        incident.reminded = version;
        if incident.versions.last().is_some_and(|latest| latest.number == version) {
            outbox.push(IncidentMessage::Remind { version });
        }
    }
    Change { outbox, ..Change::none(incident) }
}

fn write(mut incident: Incident, draft: Draft, now: i64) -> Change {
    let mut outbox = Vec::new();
    // A version that still waits can no longer be approved.
    if let Some(before) = incident.versions.last().filter(|before| before.approved.is_none()) {
        outbox.push(IncidentMessage::RefreshRequest { version: before.number });
    }
    let number = incident.versions.last().map_or(1, |before| before.number + 1);
    let (by, asks_head_office) = (draft.by.clone(), draft.asks_head_office);
    let event = match number {
        1 => Fact::Declared { playbook: incident.playbook.clone() },
        version => Fact::Revised { version },
    };
    let mut facts = vec![Entry { at: now, by: by.clone(), event }];
    incident.versions.push(Version {
        number,
        slots: draft.slots,
        news: draft.news,
        line: draft.line,
        by: draft.by,
        at: now,
        asks_head_office,
        approved: None,
        card: None,
        request: None,
    });
    if asks_head_office {
        outbox.push(IncidentMessage::Request { version: number });
        return Change { incident, facts, outbox };
    }
    match approve(incident.clone(), number, by, now) {
        Ok(mut approved) => {
            facts.append(&mut approved.facts);
            outbox.append(&mut approved.outbox);
            Change { incident: approved.incident, facts, outbox }
        }
        // The newest version of an incident that goes on can always be approved.
        Err(_) => Change { incident, facts, outbox },
    }
}

#[cfg(test)]
#[path = "change_tests.rs"]
mod tests;
