//! Notices about deadlines: to the owner in the thread, to staff and managers on their boards, one by one or together.

use serde_json::{Value, json};

use super::card::{clock_name, due_text};
use super::thread::place;
use super::{Style, View, at, button, clock_step, cut, pings, plain, quoted, relative, role, row, user};
use crate::discord::custom_id::{CustomId, mark_as_of};
use crate::domain::complaint::Complaint;
use crate::domain::notice::Notice;
use crate::domain::running::{Cause, Running};
use crate::domain::settings::GuildDesk;
use crate::kernel::board::Place;
use crate::kernel::ids::RoleId;
use crate::sla::clocks::Addressee;
use crate::text::Words;

/// From this many on they are told together.
const TOGETHER: usize = 3;
/// Discord's longest message, with a little room.
const LONGEST: usize = 1_950;

/// What the owner is told in the thread: one message, whatever fell due. None where all of it has been overtaken.
pub fn to_owner(notices: &[Notice], complaint: &Complaint, words: &Words) -> Option<Value> {
    let standing: Vec<&Notice> = notices.iter().filter(|notice| !notice.is_overtaken(complaint)).collect();
    let first = *standing.first()?;
    let owner: Vec<_> = complaint.owner.iter().map(|owner| owner.id).collect();
    let mention = owner.first().map(|id| user(*id)).unwrap_or_default();
    let mut lines = Vec::new();
    for (index, notice) in standing.iter().enumerate() {
        let clock = clock_name(notice.clock, words);
        let mention = if index == 0 { mention.clone() } else { String::new() };
        lines.push(match notice.missed {
            Some(_) => words.nudge_missed_owner(mention, clock, at(notice.deadline)).trim().to_owned(),
            None if index == 0 => {
                let (when, left) = due(notice, complaint, words);
                words.nudge_owner(mention, clock, when, left)
            }
            None => {
                let (when, left) = due(notice, complaint, words);
                words.nudge_also(clock, when, left)
            }
        });
    }
    Some(json!({
        "content": cut(&format!("{}\n{}", lines.join("\n"), rest(first, complaint, words)), LONGEST),
        "components": buttons(first, complaint, words),
        "allowed_mentions": pings(&owner, &[]),
    }))
}

/// When a clock is due, absolutely and relatively.
fn due(notice: &Notice, complaint: &Complaint, words: &Words) -> (String, String) {
    let run = complaint.run(notice.clock);
    let due = run.and_then(Running::due_at).unwrap_or(notice.deadline);
    let when = run.map_or_else(|| at(due), |run| due_text(run, due, words));
    (when, relative(due))
}

/// The messages of a board: one for each notice while they are few, else all in one list. What has been overtaken is left
/// out; `now` in Unix ms.
pub fn on_board(
    notices: &[(Notice, Complaint)],
    board: Place,
    desk: &GuildDesk,
    now: i64,
    view: &View<'_>,
) -> Vec<Value> {
    let mut standing: Vec<&(Notice, Complaint)> =
        notices.iter().filter(|(notice, complaint)| !notice.is_overtaken(complaint)).collect();
    // Whoever depends on others' care most stands first.
    standing.sort_by_key(|(_, complaint)| !complaint.perhaps_vulnerable());
    if standing.len() >= TOGETHER {
        return together(&standing, board, desk, now, view);
    }
    let one = |(notice, complaint): &&(Notice, Complaint)| {
        let mut body = match notice.missed {
            Some(cause) => missed(notice, cause, complaint, desk, now, view),
            None => unowned(notice, complaint, desk, view),
        };
        mark_as_of(complaint, &mut body);
        body
    };
    standing.iter().map(one).collect()
}

/// Where a complaint is found, and whether somebody vulnerable waits there.
fn marked_place(complaint: &Complaint) -> String {
    let place = place(complaint);
    if complaint.perhaps_vulnerable() { format!("⚠ {place}") } else { place }
}

/// The roles that a notice mentions.
fn roles(to: &[Addressee], desk: &GuildDesk) -> Vec<RoleId> {
    let mut roles: Vec<RoleId> = Vec::new();
    for addressee in to {
        let role = match addressee {
            Addressee::Owner | Addressee::Staff => desk.staff_role,
            Addressee::Manager => desk.manager_role,
            Addressee::HeadOffice => desk.head_office_role.unwrap_or(desk.manager_role),
        };
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    roles
}

fn mentions(roles: &[RoleId]) -> String {
    roles.iter().map(|id| role(*id)).collect::<Vec<_>>().join(" ")
}

fn unowned(notice: &Notice, complaint: &Complaint, desk: &GuildDesk, view: &View<'_>) -> Value {
    let words = view.words(desk.locale);
    let (when, left) = due(notice, complaint, words);
    let clock = clock_name(notice.clock, words);
    let heading = words.nudge_unowned(role(desk.staff_role), marked_place(complaint), clock, when, left);
    json!({
        "content": cut(&format!("{heading}\n{}", rest(notice, complaint, words)), LONGEST),
        "components": buttons(notice, complaint, words),
        "allowed_mentions": pings(&[], &[desk.staff_role]),
    })
}

fn missed(
    notice: &Notice,
    cause: Cause,
    complaint: &Complaint,
    desk: &GuildDesk,
    now: i64,
    view: &View<'_>,
) -> Value {
    let words = view.words(desk.locale);
    let roles = roles(&notice.to, desk);
    let clock = clock_name(notice.clock, words);
    let heading = words.breach(
        mentions(&roles),
        marked_place(complaint),
        clock,
        at(notice.deadline),
        late(notice, now, words),
    );
    let owner = complaint
        .owner
        .as_ref()
        .map_or_else(|| words.breach_no_owner(), |owner| words.breach_owner(plain(&owner.name)));
    let why = match cause {
        Cause::Time => String::new(),
        Cause::Reprioritised => format!(" {}", words.breach_reprioritised()),
        Cause::Policy => format!(" {}", words.breach_policy()),
        Cause::Reopened => format!(" {}", words.breach_reopened()),
    };
    let said = quoted(&words.nudge_last_words(plain(&cut(&last_words(complaint), 300))));
    json!({
        "content": cut(&format!("{heading} {owner}{why}\n{said}\n{}", words.breach_can_do()), LONGEST),
        "components": buttons(notice, complaint, words),
        "allowed_mentions": pings(&[], &roles),
    })
}

/// How late something is. Less than a minute late is told as a minute: "0" would read as not late.
fn late(notice: &Notice, now: i64, words: &Words) -> String {
    words.duration((now - notice.deadline).max(60_000))
}

fn together(
    standing: &[&(Notice, Complaint)],
    board: Place,
    desk: &GuildDesk,
    now: i64,
    view: &View<'_>,
) -> Vec<Value> {
    let words = view.words(desk.locale);
    let to: Vec<Addressee> = standing.iter().flat_map(|(notice, _)| notice.to.iter().copied()).collect();
    let roles = roles(&to, desk);
    let heading = match board {
        Place::Managers => words.board_missed_heading(mentions(&roles), standing.len()),
        Place::Desk => words.board_soon_heading(mentions(&roles), standing.len()),
    };
    let line = |(notice, complaint): &&(Notice, Complaint)| {
        let clock = clock_name(notice.clock, words);
        match notice.missed {
            Some(_) => {
                let owner = complaint
                    .owner
                    .as_ref()
                    .map_or_else(|| words.card_no_owner(), |owner| plain(&cut(&owner.name, 40)));
                words.board_missed_line(marked_place(complaint), clock, late(notice, now, words), owner)
            }
            None => words.board_soon_line(marked_place(complaint), clock, due(notice, complaint, words).1),
        }
    };
    let mut lines: Vec<String> = standing.iter().map(line).collect();
    lines.push(words.board_can_do());
    let mut texts = vec![heading];
    for line in lines {
        match texts.last_mut().filter(|text| text.chars().count() + line.chars().count() < LONGEST) {
            Some(text) => *text = format!("{text}\n{line}"),
            None => texts.push(line),
        }
    }
    let message = |(part, text): (usize, String)| {
        // Only the first of several rings.
        let rung: &[RoleId] = if part == 0 { &roles } else { &[] };
        json!({ "content": text, "allowed_mentions": pings(&[], rung) })
    };
    texts.into_iter().enumerate().map(message).collect()
}

/// The customer's last words and what to do about the deadline.
fn rest(notice: &Notice, complaint: &Complaint, words: &Words) -> String {
    let (hint, _) = clock_step::step(notice.clock, complaint, words);
    format!("{}\n{hint}", quoted(&words.nudge_last_words(plain(&cut(&last_words(complaint), 300)))))
}

fn last_words(complaint: &Complaint) -> String {
    let last = complaint.unanswered.as_ref().map_or(complaint.filed.words.as_str(), |waiting| &waiting.last);
    last.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The presses that keep the deadline; before it, one that puts the reminder off.
fn buttons(notice: &Notice, complaint: &Complaint, words: &Words) -> Value {
    let id = complaint.id;
    let mut buttons = Vec::new();
    if complaint.owner.is_none() && complaint.stage.is_open() {
        buttons.push(button(Style::Primary, &words.claim_button(), &CustomId::Claim(id)));
    }
    buttons.extend(clock_step::step(notice.clock, complaint, words).1);
    if notice.missed.is_none() {
        let snooze = CustomId::OpenSnooze { complaint: id, clock: notice.clock };
        buttons.push(button(Style::Secondary, &words.snooze_button(), &snooze));
    }
    json!([row(buttons)])
}
