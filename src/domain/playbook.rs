//! What is said while something outside one complaint goes wrong: an approved line for customers, points for those who answer.

use std::collections::BTreeMap;

use crate::kernel::lang::Lang;

/// The longest approved line before its slots are filled, in characters.
pub const LINE_LIMIT: usize = 280;

/// A playbook, in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Playbook {
    /// What a person fills in, in the order they are asked.
    pub slots: Vec<Slot>,
    /// Its words by language; every language is there.
    pub points: BTreeMap<Lang, TalkingPoints>,
}

/// A place in a playbook's words that a person fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Where it is felt.
    Area,
    /// Since when.
    Since,
    /// When the next word comes: the one time that may be promised.
    NextUpdate,
}

/// The words of a playbook in one language, slots unfilled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TalkingPoints {
    /// What it is called.
    pub title: String,
    /// The holding statement: what a customer is told once a version is approved.
    pub line: String,
    /// What is known.
    pub known: Vec<String>,
    /// What is not known yet.
    pub unknown: Vec<String>,
    /// What the company does.
    pub doing: Vec<String>,
    /// What the customer can do now.
    pub customer_can: Vec<String>,
    /// What must not be said.
    pub never_say: Vec<String>,
    /// Words of empathy for a person to send under their own name; never sent by the program.
    pub empathy: Vec<String>,
    /// Questions that make the matter clear.
    pub questions: Vec<String>,
    /// What can be offered; two or more.
    pub options: Vec<OptionToOffer>,
    /// Whom to call, and when at once.
    pub escalation: String,
}

/// Something that can be offered to a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OptionToOffer {
    /// What.
    pub text: String,
    /// Who may approve it.
    pub approver: Approver,
}

/// Who may approve an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Approver {
    /// Whoever answers the customer.
    Staff,
    /// A manager.
    Manager,
    /// Head office.
    HeadOffice,
}

impl Playbook {
    /// Its words in a language.
    pub fn points(&self, lang: Lang) -> &TalkingPoints {
        static NOTHING: std::sync::LazyLock<TalkingPoints> = std::sync::LazyLock::new(TalkingPoints::default);
        self.points.get(&lang).unwrap_or(&NOTHING)
    }
}

impl Slot {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Area, Self::Since, Self::NextUpdate];

    /// Its name in a playbook: `area`, `since`, `next_update`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Since => "since",
            Self::NextUpdate => "next_update",
        }
    }

    /// Reads a slot's name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.as_str() == text)
    }
}

impl Approver {
    /// `staff`, `manager` or `head-office`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Manager => "manager",
            Self::HeadOffice => "head-office",
        }
    }

    /// Reads `staff`, `manager` or `head-office`.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Staff, Self::Manager, Self::HeadOffice].into_iter().find(|one| one.as_str() == text)
    }
}

/// Puts what a person filled in where `{area}`, `{since}` and `{next_update}` stand; a slot without an entry stays.
///
/// What was filled in is not looked through for slots again.
pub fn fill(words: &str, filled: &BTreeMap<Slot, String>) -> String {
    let mut text = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let slot = after.split_once('}').and_then(|(name, behind)| Some((Slot::parse(name)?, behind)));
        match slot.and_then(|(slot, behind)| Some((filled.get(&slot)?, behind))) {
            Some((entry, behind)) => {
                text.push_str(entry);
                rest = behind;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text + rest
}

/// The names in braces within words, slots or not.
pub fn names_in(words: &str) -> Vec<&str> {
    words.split('{').skip(1).filter_map(|after| after.split_once('}').map(|(name, _)| name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_filled_once() {
        let filled = BTreeMap::from([
            (Slot::Area, "{since} Quận 7".to_owned()),
            (Slot::NextUpdate, "17:30".to_owned()),
        ]);
        let words = "{area}, từ {since}; {next_update}{{x}";
        assert_eq!(fill(words, &filled), "{since} Quận 7, từ {since}; 17:30{{x}");
        assert_eq!(names_in(words), ["area", "since", "next_update", "x"]);
    }
}
