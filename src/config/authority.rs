//! Reads `[[authority]]`, what may be given to a customer, up to which value, by whom.

use std::collections::BTreeMap;

use crate::domain::gate::Priced;
use crate::domain::playbook::{Approver, Playbook};
use crate::features::authority::Grant;
use crate::kernel::people::Grade;
use crate::kit::setting::{Findings, MOST_MONEY, Section};
use crate::language::fold::fold;
use crate::language::offer::Kind;

/// Reads the table of authority; an empty one lets nobody give anything by themselves.
pub fn authority(top: &mut Section<'_>, findings: &mut Findings) -> Vec<Grant> {
    let mut table = Vec::new();
    for mut section in top.tables(findings, "authority") {
        let right = "write staff, manager or head-office";
        if section.get("role").is_none() {
            section.missing(findings, "role", right);
        }
        let role = section.read(findings, "role", "is no role", right, Grade::parse);
        let mut kinds = Vec::new();
        for (name, held) in section.texts(findings, "kinds") {
            match Kind::parse(name) {
                Some(kind) => kinds.push(kind),
                None => {
                    let known = Kind::ALL.map(Kind::as_str).join(", ");
                    held.problem(findings, "is nothing that is given", &format!("known are {known}"));
                }
            }
        }
        let up_to = section.number(findings, "up-to", (0, MOST_MONEY));
        let percent = section.number(findings, "up-to-percent", (0, 100));
        section.finish(findings);
        if let Some(role) = role {
            let up_to_percent = percent.and_then(|percent| u32::try_from(percent).ok());
            table.push(Grant { role, kinds, up_to, up_to_percent });
        }
    }
    table
}

/// Reads `[approvals]`: whether a manager may agree to their own while no other one is there.
pub fn approvals(mut section: Section<'_>, findings: &mut Findings) -> Option<bool> {
    let alone = section.flag(findings, "alone");
    section.finish(findings);
    alone
}

/// What the playbooks let be offered, longest first, so that what holds another is found before it. What has a slot is no
/// fixed offer.
pub fn priced(playbooks: &BTreeMap<String, Playbook>) -> Vec<Priced> {
    let options = playbooks.values().flat_map(|held| held.points.values()).flat_map(|held| &held.options);
    let mut priced: Vec<Priced> = options
        .filter(|option| !option.text.contains('{'))
        .map(|option| Priced {
            key: fold(option.text.trim_end_matches(['.', ' '])),
            approver: match option.approver {
                Approver::Staff => Grade::Staff,
                Approver::Manager => Grade::Manager,
                Approver::HeadOffice => Grade::HeadOffice,
            },
        })
        .filter(|priced| !priced.key.is_empty())
        .collect();
    priced.sort_by_key(|priced| std::cmp::Reverse(priced.key.len()));
    priced
}
