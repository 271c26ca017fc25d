//! Goodwill on Discord: the command, the buttons, the record in the thread, and what the customer reads.

use serde_json::{Value, json};

use super::{Command, Item, Refused, Response, State, ToCustomer, ToManagers};
use crate::kernel::core::Core;
use crate::kernel::ids::ComplaintId;
use crate::kernel::people::Person;
use crate::kernel::refused::Common;
use crate::kit::body::{Style, Voice, button, cut, no_pings, plain, quoted, row, small};
use crate::kit::command::{Audience, commands};
use crate::kit::custom_id::custom_ids;
use crate::kit::option::Choice;
use crate::kit::route::Route;
use crate::language::offer::{GIFTS, Kind, amount};
use crate::text::{Words, sentences};

commands! {
    /// Its slash commands.
    pub enum Used;

    record "case goodwill" => Give { kind: GiftKind, value: String, text: String },
}

/// A kind of thing that may be given on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GiftKind(Kind);

impl Choice for GiftKind {
    const NAMES: &'static [&'static str] = &[GIFTS[0].as_str(), GIFTS[1].as_str(), GIFTS[2].as_str()];

    fn parse(name: &str) -> Option<Self> {
        GIFTS.into_iter().find(|kind| kind.as_str() == name).map(Self)
    }
}

impl Used {
    /// What it asks for.
    ///
    /// # Errors
    ///
    /// [`Common::NoAmount`] where the value is none.
    pub fn route(self) -> Result<Route<Command, Press>, Common> {
        let Self::Give { kind: GiftKind(kind), value: written, text } = self;
        let value = amount(&written).ok_or(Common::NoAmount { written })?;
        Ok(Route::InThread(Command::Give { kind, value, text }))
    }
}

custom_ids! {
    /// Its buttons.
    pub enum Press;

    /// Agrees to something given on top.
    record "agree-goodwill" => Agree { complaint: ComplaintId, number: i64 },
    /// Turns it down.
    record "turn-down-goodwill" => TurnDown { complaint: ComplaintId, number: i64 },
}

impl Press {
    /// What it asks for.
    pub fn route(&self) -> Route<Command, Self> {
        match *self {
            Self::Agree { complaint, number } => Route::Staff(complaint, Command::Agree { number }),
            Self::TurnDown { complaint, number } => Route::Staff(complaint, Command::TurnDown { number }),
        }
    }

    /// Whether whoever uses it must know what was said last.
    pub fn settles(&self) -> bool {
        matches!(self, Self::Agree { .. })
    }
}

sentences! {
    SENTENCES:
    goodwill_named(kind, value);
    goodwill_drafted(name, named);
    goodwill_waits(role);
    goodwill_waits_for(role, place);
    goodwill_agree_button();
    goodwill_turn_down_button();
    goodwill_agreed(name);
    goodwill_agreed_alone(name);
    goodwill_covered();
    goodwill_turned_down(name);
    goodwill_left(left);
    customer_goodwill(number, named, text, name);
}

/// What it is and what it costs.
fn named(held: &Item, words: &Words) -> String {
    let kind = words.say(&format!("goodwill-{}", held.kind.as_str()), &[]);
    words.goodwill_named(kind, words.dong(held.value))
}

/// How it stands, as staff read it in the thread, where it is the record.
pub fn response(response: &Response, asker: &Person, words: &Words) -> (Audience, Value) {
    let held = &response.goodwill;
    let heading = words.goodwill_drafted(plain(&held.by.name), named(held, words));
    let (state, rows) = match (&held.agreed_by, held.needs.as_deref()) {
        _ if held.turned_down_at.is_some() => (words.goodwill_turned_down(plain(&asker.name)), Vec::new()),
        (_, Some(role)) if held.waits() => {
            let role = words.say(&format!("authority-{role}"), &[]);
            let (complaint, number) = (response.complaint, held.number);
            let (agree, turn_down) =
                (Press::Agree { complaint, number }, Press::TurnDown { complaint, number });
            let buttons = vec![
                button(Style::Primary, &words.goodwill_agree_button(), &agree),
                button(Style::Secondary, &words.goodwill_turn_down_button(), &turn_down),
            ];
            (words.goodwill_waits(role), vec![row(buttons)])
        }
        (Some(by), _) if response.alone => (words.goodwill_agreed_alone(plain(&by.name)), Vec::new()),
        (Some(by), _) => (words.goodwill_agreed(plain(&by.name)), Vec::new()),
        (None, _) => (words.goodwill_covered(), Vec::new()),
    };
    let left = words.goodwill_left(words.dong(response.left));
    let text = format!("{heading}\n{}\n{}\n{}", quoted(&plain(&held.text)), small(&state), small(&left));
    let body = json!({ "content": cut(&text, 2_000), "components": rows, "allowed_mentions": no_pings() });
    (Audience::Record, body)
}

/// As the customer reads it, under the name of whoever gives it.
pub fn to_customer(
    post: &ToCustomer,
    core: &Core,
    state: &State,
    words: &Words,
    voice: &Voice<'_>,
) -> (String, Vec<Value>) {
    let text = state.item(post.number).map_or_else(String::new, |held| {
        let (named, name) = (named(held, words), voice.signature(&held.by.name));
        words.customer_goodwill(core.number, named, quoted(&plain(&held.text)), name)
    });
    (text, Vec::new())
}

/// What managers are asked: `asked` is a mention of them, `place` leads to the complaint.
pub fn to_managers(_: &ToManagers, asked: String, place: String, words: &Words) -> String {
    words.goodwill_waits_for(asked, place)
}

/// Why nothing is given.
pub fn refused(refused: &Refused, words: &Words) -> String {
    match refused {
        Refused::NoGoodwill { kind } => {
            let kind = words.say(&format!("goodwill-{kind}"), &[]);
            words.say("refusal-no-goodwill", &[("kind", kind.into())])
        }
        Refused::GoodwillEarly => words.say("refusal-goodwill-early", &[]),
        Refused::GoodwillForRating => words.say("refusal-goodwill-for-rating", &[]),
        Refused::GoodwillEnough { limit } => words.say("refusal-goodwill-enough", &[("limit", limit.into())]),
        Refused::GoodwillBudget { left } => {
            words.say("refusal-goodwill-budget", &[("left", words.dong(*left).into())])
        }
    }
}
