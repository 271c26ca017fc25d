//! What is written down about who decides, for ever: each change of a desk's channels and roles, and each deed that was refused
//! since its doer may not decide it. It holds no words of a customer.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use super::settings::Setup;
use crate::kernel::ids::ComplaintId;
use crate::kernel::people::Person;

/// One line of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When (Unix ms).
    pub at: i64,
    /// Who; none: the program, from what Discord or the file says.
    pub by: Option<Person>,
    /// The complaint it was about, where it was about one.
    pub complaint: Option<ComplaintId>,
    /// What.
    pub entry: Entry,
}

/// What is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "kebab-case")]
pub enum Entry {
    /// Something of the desk's set-up was changed.
    SetUp {
        /// What.
        changes: Vec<Change>,
    },
    /// Something was refused.
    Refused {
        /// Why.
        why: Overreach,
        /// The stable name of the role that may; none: it is not about a role.
        needs: Option<String>,
    },
}

/// A value of the set-up that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its option's stable name: `head-office-role`.
    pub key: String,
    /// What it was; an id as digits.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
}

/// Why a deed went beyond what its doer may decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Overreach {
    /// They wrote it themselves.
    FourEyes,
    /// Another role agrees to it.
    Role,
    /// It offers the customer more than they may give.
    Offer,
    /// Who decides is changed by whoever manages the server.
    SetUp,
    /// The complaint is about them.
    AboutThem,
}

impl Entry {
    /// What is written down of a refusal; none where it was not about who may decide.
    pub fn of(refusal: &Refusal) -> Option<Self> {
        let (why, needs) = match refusal {
            Refusal::FourEyes { .. } => (Overreach::FourEyes, None),
            Refusal::AgreeOther { role } => (Overreach::Role, Some(role.clone())),
            Refusal::HeadOfficeOnly => (Overreach::Role, Some("head-office".to_owned())),
            Refusal::Offer { role, .. } => (Overreach::Offer, role.clone()),
            Refusal::AboutYou => (Overreach::AboutThem, None),
            Refusal::SetupByOwner => (Overreach::SetUp, None),
            _ => return None,
        };
        Some(Self::Refused { why, needs })
    }
}

/// What differs between two set-ups, by the names of `/desk setup`.
pub fn changes(before: &Setup, after: &Setup) -> Vec<Change> {
    let (before, after) = (values(before), values(after));
    let differ = before.into_iter().zip(after).filter(|((_, old), (_, new))| old != new);
    differ.map(|((key, old), (_, new))| Change { key: key.to_owned(), old, new }).collect()
}

/// The part of a set-up that says who decides, and where they hear of it.
pub const DECIDING: [&str; 6] =
    ["desk-channel", "intake-channel", "manager-channel", "staff-role", "manager-role", "head-office-role"];

fn values(setup: &Setup) -> [(&'static str, Option<String>); 10] {
    let id = |id: Option<u64>| id.map(|id| id.to_string());
    [
        ("desk-channel", id(setup.desk_channel.map(|held| held.0))),
        ("intake-channel", id(setup.intake_channel.map(|held| held.0))),
        ("manager-channel", id(setup.manager_channel.map(|held| held.0))),
        ("staff-role", id(setup.staff_role.map(|held| held.0))),
        ("manager-role", id(setup.manager_role.map(|held| held.0))),
        ("head-office-role", id(setup.head_office_role.map(|held| held.0))),
        ("line", setup.line.map(|line| format!("{line:?}").to_lowercase())),
        ("locale", setup.locale.map(|lang| lang.as_str().to_owned())),
        ("time-zone", setup.time_zone.map(|zone| zone.name().to_owned())),
        ("name", setup.name.clone()),
    ]
}

/// Whether what was said touches who decides.
pub fn decides(said: &Setup) -> bool {
    values(said).iter().any(|(key, value)| value.is_some() && DECIDING.contains(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::ids::{ChannelId, RoleId};

    #[test]
    fn what_differs_is_named_with_old_and_new() {
        let before = Setup { head_office_role: Some(RoleId(7)), ..Setup::default() };
        let after = Setup {
            head_office_role: Some(RoleId(8)),
            manager_channel: Some(ChannelId(9)),
            ..Setup::default()
        };
        let change = |key: &str, old: Option<&str>, new: Option<&str>| Change {
            key: key.to_owned(),
            old: old.map(str::to_owned),
            new: new.map(str::to_owned),
        };
        let expected =
            [change("manager-channel", None, Some("9")), change("head-office-role", Some("7"), Some("8"))];
        assert_eq!(changes(&before, &after), expected);
        assert!(changes(&after, &after).is_empty());
        assert!(decides(&after) && !decides(&Setup { name: Some("x".to_owned()), ..Setup::default() }));
    }
}
