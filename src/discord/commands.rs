//! The slash commands and message menus: each declared once, with what it is given.

use std::sync::LazyLock;

use crate::domain::event::DismissReason;
use crate::domain::filing::Medium;
use crate::domain::report::PeriodKind;
use crate::features::discord;
use crate::features::promise::Appointment;
use crate::kernel::ids::{ChannelId, RoleId};
use crate::kernel::lang::Lang;
use crate::kernel::severity::Severity;
use crate::kit::command::{Audience, Declared, Menu, commands};
use crate::kit::option::{
    Attached, CategoryName, Choice, IncidentName, Member, OpenIncidentName, PlaybookName, RemedyWords,
    TimeWords, ZoneName, choices,
};
use crate::sla::clocks::ClockKind;
use crate::text::Words;

commands! {
    /// A slash command with what it was given.
    pub enum Command;

    anyone "complain" => Complain { file: Option<Attached> },
    anyone "my-complaints" => MyComplaints {},
    anyone "my-data" => MyData {},
    record "reply" => Reply { text: Option<String>, file: Option<Attached>, allow: Option<String> },
    staff "case claim" => Claim {},
    record "case assign" => Assign { person: Member },
    staff "case classify" => Classify {
        category: Option<CategoryName>,
        severity: Option<Severity>,
        about: Option<Member>,
    },
    staff "case read" => Read {},
    staff "case propose" => Propose {
        first: Option<RemedyWords>,
        second: Option<RemedyWords>,
        value_1: Option<String>,
        value_2: Option<String>,
    },
    record "case promise" => Promise { what: String, when: TimeWords, appointment: Option<Appointment> },
    staff "case promises" => Promises {},
    staff "case hand-over" => HandOver { person: Member, from: Option<Member> },
    staff "case log" => Log { medium: Medium, person: Option<Member>, at: Option<String> },
    staff "case file" => CaseFile {
        number: Option<i64>,
        language: Option<Lang>,
        contact: Option<Contact>,
        files: Option<Files>,
    },
    staff "case find" => Find { query: String },
    record "case withdraw" => Withdraw { medium: Medium, reason: String },
    record "case merge" => Merge { number: i64 },
    record "case note" => Note { text: String },
    staff "case list" => List { filter: Option<Filter> },
    staff "case show" => Show { number: Option<i64> },
    record "case resolve" => Resolve { outcome: Option<String> },
    record "case wait" => Wait { reason: Option<String> },
    record "case resume" => Resume { reason: Option<String> },
    staff "case why" => Why { clock: ClockKind },
    record "case reopen" => Reopen { reason: String },
    managers_record "case dismiss" => Dismiss { reason: DismissReason },
    manager "incident declare" => Declare {
        playbook: PlaybookName,
        area: Option<String>,
        next_update: Option<String>,
    },
    manager "incident update" => Update { incident: OpenIncidentName, next_update: Option<String> },
    staff "incident show" => ShowIncident { incident: IncidentName },
    manager "incident resolve" => ResolveIncident { incident: OpenIncidentName },
    manager "report overview" => Report { period: Option<PeriodKind> },
    setup "desk setup" => Setup {
        desk_channel: Option<ChannelId>,
        intake_channel: Option<ChannelId>,
        manager_channel: Option<ChannelId>,
        staff_role: Option<RoleId>,
        manager_role: Option<RoleId>,
        head_office_role: Option<RoleId>,
        locale: Option<Lang>,
        time_zone: Option<ZoneName>,
    },
    manager "desk simulate" => Simulate { received: String },
    manager "desk recompute" => Recompute {},
    manager "desk health" => Health {},
    // Whoever sets the desk up posts its button too, with or without the desk's own roles.
    setup "desk panel" => Panel {},
}

choices! {
    /// Which complaints a list shows.
    pub enum Filter {
        /// Those of whoever asks.
        Mine = "mine",
        /// Those that nobody has.
        Unowned = "unowned",
        /// Those with a deadline soon.
        Due = "due",
        /// Those whose customer waits for an answer.
        Waiting = "waiting",
        /// All that are open.
        All = "all",
    }

    /// How contract and telephone numbers stand in a case file.
    pub enum Contact {
        /// Their last digits.
        Masked = "masked",
        /// Whole.
        Whole = "whole",
    }

    /// What a case file has of the customer's files.
    pub enum Files {
        /// Names and sizes.
        Named = "named",
        /// All of them, as an archive.
        Attached = "attached",
    }
}

/// Choices whose type names them itself.
macro_rules! named {
    ($($type:ty: $names:expr => $parse:expr;)*) => {$(
        impl Choice for $type {
            const NAMES: &'static [&'static str] = $names;

            fn parse(name: &str) -> Option<Self> {
                ($parse)(name)
            }
        }
    )*};
}

named! {
    Severity: &["low", "normal", "high", "critical"] => Severity::parse;
    Lang: &["vi", "en"] => Lang::parse;
    Medium: &["phone", "mail", "in-person"] => Medium::parse;
    Appointment: &["call", "visit"] => Appointment::parse;
    DismissReason: &["spam", "test", "duplicate", "not-a-complaint"] => DismissReason::parse;
    PeriodKind: &["today", "yesterday", "7d", "30d", "this-month", "last-month"] => |name: &str| name.parse().ok();
    ClockKind: CLOCKS => ClockKind::parse;
}

/// The clocks, by stable name.
const CLOCKS: &[&str] = &{
    let mut names = [""; ClockKind::ALL.len()];
    let mut place = 0;
    while place < names.len() {
        names[place] = ClockKind::ALL[place].as_str();
        place += 1;
    }
    names
};

/// All commands.
pub static COMMANDS: LazyLock<Vec<Declared>> = LazyLock::new(|| {
    let features = discord::DECLARED.iter().copied().flatten();
    Command::DECLARED.iter().chain(features).copied().collect()
});

/// The message menus.
pub const MENUS: [Menu; 2] = [
    ("Send to customer", "menu-send-to-customer", Audience::Record),
    ("Keep in case file", "menu-keep-in-case-file", Audience::Record),
];

/// The command with this path.
pub fn find(path: &str) -> Option<&'static Declared> {
    COMMANDS.iter().find(|command| command.path == path)
}

/// The name of a severity.
pub fn severity_name(severity: Severity, words: &Words) -> String {
    match severity {
        Severity::Low => words.severity_low(),
        Severity::Normal => words.severity_normal(),
        Severity::High => words.severity_high(),
        Severity::Critical => words.severity_critical(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::kit::command::registration;
    use crate::text::Texts;

    fn unsaid(value: &Value, found: &mut Vec<String>) {
        match value {
            // Words that are missing are said by their key.
            Value::String(said) => {
                let is_key =
                    ["command-", "option-", "choice-", "menu-"].iter().any(|key| said.starts_with(key));
                found.extend(is_key.then(|| said.clone()));
            }
            Value::Array(held) => held.iter().for_each(|held| unsaid(held, found)),
            Value::Object(held) => held.values().for_each(|held| unsaid(held, found)),
            _ => {}
        }
    }

    #[test]
    fn every_command_option_and_choice_has_its_words_in_both_languages() {
        let texts = Texts::load(&[]).expect("the words that ship");
        let mut found = Vec::new();
        unsaid(&registration(&COMMANDS, &MENUS, &texts), &mut found);
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn options_read_by_name_and_what_discord_would_not_send_is_no_command() {
        use crate::kit::option::{Options, Value};
        let text = |words: &str| Value::Text(words.to_owned());
        let options = |given: &[(&str, Value)]| -> Options {
            given.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
        };
        let read = |path: &str, given: &[(&str, Value)]| Command::read(path, &options(given));
        let declared =
            read("incident declare", &[("playbook", text("cable-cut")), ("next-update", text("9h"))]);
        let next_update = Some("9h".to_owned());
        let playbook = PlaybookName("cable-cut".to_owned());
        assert_eq!(declared, Some(Command::Declare { playbook, area: None, next_update }));
        assert_eq!(read("incident declare", &[]), None, "what must be given is given");
        assert_eq!(read("case why", &[("clock", text("no-such-clock"))]), None);
        assert_eq!(read("case merge", &[("number", text("7"))]), None);
        assert_eq!(read("case mergee", &[("number", Value::Number(7))]), None);
    }
}
