//! A press that decides takes its own buttons away, and all that are overtaken by it: what came of it stands under the words of
//! the message that was pressed.

use serde_json::{Value, json};

use super::bot::Bot;
use super::custom_id::CustomId;
use super::decode::{Heard, InteractionData};
use super::render::answers::{Shape, Shown};
use super::render::{cut, no_pings, plain, procedure};
use crate::domain::complaint::{Complaint, Stage};
use crate::kernel::ids::ComplaintId;
use crate::kernel::lang::Lang;
use crate::store;

impl CustomId {
    /// The complaint that it decides something of, where what came of it stands under the words of its own message.
    pub fn settles_in_place(&self) -> Option<ComplaintId> {
        match self {
            Self::Claim(id)
            | Self::NoAnswer(id)
            | Self::Told { complaint: id, .. }
            | Self::Snooze { complaint: id, .. }
            | Self::About { complaint: id, .. }
            | Self::SendRemedies { complaint: id, .. }
            | Self::FilePromise { complaint: id, .. }
            | Self::KeepPromise { complaint: id, .. }
            | Self::KeptPromise { complaint: id, .. }
            | Self::MovePromise { complaint: id, .. } => Some(*id),
            _ => None,
        }
    }

    /// Whether what came of it is the record of its complaint's thread, although it stands under another message.
    pub fn is_record(&self) -> bool {
        let private = matches!(self, Self::Claim(_) | Self::About { .. });
        self.settles_in_place().is_some() && !private
    }

    /// Whether it leads nowhere once `done` was pressed or sent and the complaint stands so.
    fn is_over(&self, done: &Self, held: &Complaint) -> bool {
        let open = held.stage.is_open();
        let promise =
            |number: i64| held.features.procedure.promises.promise(number).is_none_or(|held| !held.is_open());
        match (self, done) {
            (pressed, done) if pressed == done => true,
            (Self::Claim(_), _) => !open || held.owner.is_some(),
            (Self::OpenRead(_), _) => held.stage != Stage::Filed,
            (Self::OpenResolve(_), _) => !open,
            (Self::NoAnswer(_), _) => held.owes_answer().is_none(),
            (Self::OpenSnooze { clock, .. }, Self::Snooze { clock: snoozed, .. }) => clock == snoozed,
            (Self::OpenSnooze { clock, .. }, _) => held.run(*clock).is_none(),
            (Self::Told { number, .. } | Self::OpenResend { number, .. }, _) => {
                !held.speech.untold.contains(number)
            }
            (Self::FilePromise { .. }, Self::FilePromise { .. })
            | (Self::About { .. }, Self::About { .. }) => true,
            (
                Self::KeepPromise { promise: number, .. } | Self::OpenMovePromise { promise: number, .. },
                _,
            ) => promise(*number),
            _ => false,
        }
    }
}

impl Bot {
    /// What came of a press, in place of the message that was pressed, where it decided something there.
    pub(super) async fn settled(&self, heard: &Heard, mut shown: Shown, lang: Lang) -> Shown {
        // What was asked again replaces the question, not what was pressed first.
        let (Some(pressed), None) = (&heard.pressed, &heard.again) else { return shown };
        let (InteractionData::Press { id, .. } | InteractionData::Submit { id, .. }) = &heard.data else {
            return shown;
        };
        let Ok(done) = id.parse::<CustomId>() else { return shown };
        let Some(complaint) = done.settles_in_place() else { return shown };
        if matches!(shown.shape, Shape::Form | Shape::InPlace) || shown.body.is_null() {
            return shown;
        }
        if matches!(done, CustomId::SendRemedies { .. }) {
            // Elsewhere than in the thread it is for whoever sent it.
            if shown.shape == Shape::Public && !pressed.alone {
                shown.shape = Shape::InPlace;
            }
            return shown;
        }
        let held = match store::complaint::read(self.desk().db(), complaint).await {
            Ok(Some(held)) => held,
            Ok(None) => return shown,
            Err(error) => {
                tracing::warn!(interaction.id = heard.id, %error, "the pressed message stays as it is");
                return shown;
            }
        };
        // The card is brought up to date by itself, and has no room for more; a message that shows nothing of this complaint is
        // none that could have been pressed; and what somebody wrote is not shown beyond the complaint's own thread.
        let is_card = held.card.is_some_and(|(_, card)| card == pressed.message);
        let in_thread = held.thread == Some(heard.channel) || pressed.alone;
        let quotes = !matches!(
            done,
            CustomId::Claim(_) | CustomId::NoAnswer(_) | CustomId::Told { .. } | CustomId::About { .. }
        );
        if is_card || !shows(&pressed.rows, complaint) || (quotes && !in_thread) {
            return shown;
        }
        let (words, name) = (self.texts().of(lang), plain(&heard.person.name));
        let line = match done {
            CustomId::Claim(_) => words.settled_claimed(name),
            _ => shown.body["content"].as_str().unwrap_or_default().to_owned(),
        };
        // Of a list that one person reads, each line says how it stands now.
        let is_listed = matches!(
            done,
            CustomId::KeepPromise { .. } | CustomId::KeptPromise { .. } | CustomId::MovePromise { .. }
        );
        if is_listed && pressed.alone {
            let mut body = procedure::of_complaint(&held, self.desk().now(), words);
            let list = body["content"].as_str().unwrap_or_default();
            let room = 1_990_usize.saturating_sub(line.chars().count());
            body["content"] = json!(format!("{}\n{line}", cut(list, room)));
            body["components"] = body.get("components").cloned().unwrap_or_else(|| json!([]));
            return Shown::new(Shape::InPlace, body);
        }
        // The times to choose from are chosen from.
        let above = if matches!(done, CustomId::FilePromise { .. }) { "" } else { pressed.text.as_str() };
        let room = 1_990_usize.saturating_sub(line.chars().count());
        let text = format!("{}\n{line}", cut(above, room));
        let body = json!({
            "content": cut(text.trim_start(), 2_000),
            "components": left(&pressed.rows, &done, &held),
            "allowed_mentions": no_pings(),
        });
        Shown::new(Shape::InPlace, body)
    }
}

/// Whether a message has a button or a select of this complaint.
fn shows(rows: &[Value], complaint: ComplaintId) -> bool {
    let components = rows.iter().flat_map(|row| row["components"].as_array().into_iter().flatten());
    let mut ids =
        components.filter_map(|component| component["custom_id"].as_str()?.parse::<CustomId>().ok());
    ids.any(|id| id.complaint() == Some(complaint))
}

/// The rows of a message without what is over.
fn left(rows: &[Value], done: &CustomId, held: &Complaint) -> Vec<Value> {
    let stays = |component: &Value| {
        let id = component["custom_id"].as_str().and_then(|id| id.parse::<CustomId>().ok());
        id.is_none_or(|id| !id.is_over(done, held))
    };
    let kept = rows.iter().filter_map(|row| {
        let kept: Vec<Value> =
            row["components"].as_array().into_iter().flatten().filter(|held| stays(held)).cloned().collect();
        (!kept.is_empty()).then(|| super::render::row(kept))
    });
    kept.collect()
}
