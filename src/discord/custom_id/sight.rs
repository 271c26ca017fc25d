//! What the reader of a button or a form had before their eyes, carried by its custom id: `1~57:reply:12` was made when the
//! complaint's journal held 57 facts.

use serde_json::{Value, json};

use super::{CustomId, SEEN, VERSION};
use crate::domain::complaint::Complaint;
use crate::domain::sight::Sight;
use crate::kernel::ids::ComplaintId;

impl CustomId {
    /// The complaint that it settles something of, so that whoever uses it must know what was said last.
    pub(crate) fn settles(&self) -> Option<ComplaintId> {
        match self {
            Self::Reply(id)
            | Self::Resolve(id)
            | Self::NoAnswer(id)
            | Self::Read(id)
            | Self::Propose(id)
            | Self::Agree { complaint: id, .. }
            | Self::SendRemedies { complaint: id, .. }
            | Self::FilePromise { complaint: id, .. }
            | Self::KeptPromise { complaint: id, .. }
            | Self::MovePromise { complaint: id, .. }
            | Self::Snooze { complaint: id, .. } => Some(*id),
            Self::Feature(press) => press.complaint().filter(|_| press.settles()),
            _ => None,
        }
    }

    /// As it is sent where its reader has seen so many facts of its complaint.
    pub fn at(&self, seen: i64) -> String {
        let plain = self.to_string();
        match plain.strip_prefix(VERSION) {
            Some(rest) => format!("{VERSION}{SEEN}{seen}{rest}"),
            None => plain,
        }
    }
}

/// How much of its complaint the reader of a custom id had before their eyes.
pub fn seen(id: &str) -> Sight {
    let version = id.split(':').next().unwrap_or_default();
    let facts = version.split_once(SEEN).and_then(|(_, facts)| facts.parse().ok());
    facts.map_or(Sight::Unknown, Sight::Facts)
}

/// Marks what settles something of this complaint: whoever reads it sees the complaint as it stands.
pub fn mark_as_of(complaint: &Complaint, body: &mut Value) {
    mark(body, &|id| (id == complaint.id).then_some(complaint.facts));
}

/// Marks what settles something in a message or a form: `facts` says how many a complaint's journal holds as it is shown.
pub fn mark(body: &mut Value, facts: &dyn Fn(ComplaintId) -> Option<i64>) {
    let id = body.get("custom_id").and_then(Value::as_str).and_then(|id| id.parse::<CustomId>().ok());
    if let Some(id) = id
        && let Some(seen) = id.settles().and_then(facts)
    {
        body["custom_id"] = json!(id.at(seen));
    }
    for component in body.get_mut("components").and_then(Value::as_array_mut).into_iter().flatten() {
        mark(component, facts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_settles_something_is_marked_and_means_the_same() {
        let id = ComplaintId(7);
        let (reply, open) = (CustomId::Reply(id).to_string(), CustomId::OpenReply(id).to_string());
        let mut body = json!({
            "custom_id": reply,
            "components": [{ "type": 1, "components": [{ "type": 2, "custom_id": open }] }],
        });
        mark(&mut body, &|_| Some(57));
        assert_eq!(body["custom_id"], "1~57:reply:7");
        assert_eq!(body["components"][0]["components"][0]["custom_id"], "1:open-reply:7");
        assert_eq!("1~57:reply:7".parse(), Ok(CustomId::Reply(id)));
        assert_eq!((seen("1~57:reply:7"), seen(&open)), (Sight::Facts(57), Sight::Unknown));
    }
}
