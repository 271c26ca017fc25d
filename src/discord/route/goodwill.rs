//! Something given on top: its command and its presses.

use std::collections::BTreeMap;

use super::{Plan, Routing};
use crate::discord::custom_id::CustomId;
use crate::discord::decode::Value;
use crate::domain::command::{Command, Refusal};
use crate::domain::goodwill::Deed;
use crate::domain::offer::{Kind, money};

impl Routing<'_> {
    pub(super) fn goodwill(&self, options: &BTreeMap<String, Value>) -> Plan {
        let text = |name: &str| match options.get(name) {
            Some(Value::Text(text)) => text.as_str(),
            _ => "",
        };
        let Some(kind) = Kind::parse(text("kind")) else { return Plan::Refuse(Refusal::Stale) };
        let written = text("value");
        let Some(value) = amount(written) else {
            return Plan::Refuse(Refusal::NoAmount { written: written.to_owned() });
        };
        let (text, needs, spent) = (text("text").to_owned(), None, 0);
        self.in_thread(Command::Goodwill(Deed::Give { kind, value, text, needs, spent }))
    }

    pub(super) fn press_goodwill(&self, id: &CustomId) -> Plan {
        let (complaint, deed) = match id {
            CustomId::AgreeGoodwill { complaint, number } => {
                (complaint, Deed::Agree { number: *number, role: None, alone: false, spent: 0 })
            }
            CustomId::TurnDownGoodwill { complaint, number } => {
                (complaint, Deed::TurnDown { number: *number, role: None, spent: 0 })
            }
            _ => return Plan::Refuse(Refusal::Stale),
        };
        self.staff(*complaint, Command::Goodwill(deed))
    }
}

/// An amount as people type it (đồng): `200k`, `1 triệu`, `200.000đ`, or digits alone. It is the whole of what is written,
/// and more than nothing.
fn amount(written: &str) -> Option<i64> {
    let written = written.trim();
    let digits: String = written.chars().filter(|sign| !matches!(sign, '.' | ',' | ' ')).collect();
    if !digits.is_empty() && digits.chars().all(|sign| sign.is_ascii_digit()) {
        // Digits in groups of three, or none: `200.000` is two hundred thousand, `1.5` is no amount of đồng.
        let grouped = written.split(['.', ',', ' ']).skip(1).all(|group| group.len() == 3);
        return digits.parse().ok().filter(|value| *value > 0 && grouped);
    }
    match money(written).as_slice() {
        [only] if only.words == written => only.value.filter(|value| *value > 0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::amount;

    #[test]
    fn an_amount_is_read_as_people_type_it_or_not_at_all() {
        for (written, value) in [
            ("200k", Some(200_000)),
            ("200.000đ", Some(200_000)),
            ("200 000", Some(200_000)),
            ("200,000", Some(200_000)),
            ("200000", Some(200_000)),
            (" 1 triệu ", Some(1_000_000)),
            ("1tr2", Some(1_200_000)),
            ("1.5", None),
            ("0", None),
            ("-200k", None),
            ("$20", None),
            ("200k hoặc 300k", None),
            ("một ít", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(amount(written), value, "{written:?}");
        }
    }
}
