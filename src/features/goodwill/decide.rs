//! The rules of goodwill: once the matter is handled, agreed to by whoever may, within the month's budget.

use super::{Command, Fact, Item, Message, Policy, Refused, Response, State, ToCustomer, ToManagers};
use crate::features::authority::Authority;
use crate::features::decision::{Decision, Effect};
use crate::features::written::{self, SHORT};
use crate::kernel::context::Context;
use crate::kernel::core::Core;
use crate::kernel::people::{Grade, Person};
use crate::kernel::refused::{self, Common};
use crate::language::fold;
use crate::language::offer::{self, GIFTS, Kind};

type Decided = Decision<Fact, Message, Response>;
type Refusal = refused::Refused<Refused>;

/// Decides on a command of staff.
///
/// # Errors
///
/// Why nothing is given.
pub fn decide(
    core: &Core,
    state: &State,
    command: Command,
    context: &Context,
    policy: &Policy,
    authority: &Authority<'_>,
) -> Result<Decided, Refusal> {
    let work = Work { core, state, context, policy, authority };
    let by = core.staff(&context.by)?;
    match command {
        Command::Give { kind, value, text } => work.give(by, kind, value, &text),
        Command::Agree { number } => work.agree(by, number),
        Command::TurnDown { number } => work.turn_down(by, number),
    }
}

struct Work<'a> {
    core: &'a Core,
    state: &'a State,
    context: &'a Context,
    policy: &'a Policy,
    authority: &'a Authority<'a>,
}

impl Work<'_> {
    fn give(&self, by: Person, kind: Kind, value: i64, text: &str) -> Result<Decided, Refusal> {
        let own = refused::Refused::Own;
        if !self.policy.kinds.contains(&kind) || self.policy.budget == 0 {
            return Err(own(Refused::NoGoodwill { kind: kind.as_str().to_owned() }));
        }
        self.after_the_matter()?;
        let text = written::words(text, SHORT)?;
        if speaks_of_a_rating(&text) {
            return Err(own(Refused::GoodwillForRating));
        }
        // What the customer would read is what it costs: more than that is another gift.
        let named = offer::given(&text).into_iter().filter(|found| GIFTS.contains(&found.kind));
        if let Some((said, what)) =
            named.filter_map(|found| Some((found.value?, found.words))).find(|(said, _)| *said > value)
        {
            return Err(Common::OtherValue { what, said: Some(said), stated: value }.into());
        }
        let limit = self.policy.per_case;
        let held = self.state.0.iter().filter(|held| held.turned_down_at.is_none()).count();
        if i64::try_from(held).unwrap_or(i64::MAX) >= limit {
            return Err(own(Refused::GoodwillEnough { limit }));
        }
        self.within_budget(value)?;
        let number = i64::try_from(self.state.0.len()).unwrap_or(i64::MAX) + 1;
        let needs = self.authority.agreement(kind, value);
        let draft = Item {
            number,
            kind,
            value,
            text,
            by,
            needs: needs.map(|grade| grade.as_str().to_owned()),
            agreed_by: None,
            given_at: None,
            turned_down_at: None,
        };
        let drafted = Effect::Fact(Fact::Drafted { draft: Box::new(draft.clone()) });
        match needs {
            Some(grade) => {
                let asked = ToManagers::Waits { head_office: grade == Grade::HeadOffice };
                let effects = vec![drafted, Effect::Message(Message::ToManagers(asked))];
                Ok(self.decided(effects, draft, false))
            }
            None => Ok(self.given(vec![drafted], draft, None, false)),
        }
    }

    fn agree(&self, by: Person, number: i64) -> Result<Decided, Refusal> {
        let held = self.item(number)?;
        if !held.waits() {
            return Ok(self.decided(Vec::new(), held, false));
        }
        // What was given in the case since it was written counts, too.
        let needed = self.authority.agreement(held.kind, held.value).max(Some(held.needed()));
        self.may_decide(needed.unwrap_or(Grade::Manager))?;
        let own = held.by.id == by.id;
        if own && !self.context.is_alone {
            return Err(Common::FourEyes { could: Vec::new() }.into());
        }
        self.after_the_matter()?;
        self.within_budget(held.value)?;
        let told = own.then(|| Effect::Message(Message::AgreedAlone(by.clone())));
        Ok(self.given(told.into_iter().collect(), held, Some(by), own))
    }

    fn turn_down(&self, by: Person, number: i64) -> Result<Decided, Refusal> {
        let mut held = self.item(number)?;
        if held.given_at.is_some() {
            return Err(Common::Stale.into());
        }
        // Whoever wanted to give it may think better of it.
        if held.by.id != by.id {
            self.may_decide(held.needed())?;
        }
        let mut effects = Vec::new();
        if held.waits() {
            effects.push(Effect::Fact(Fact::TurnedDown { number, by }));
            held.turned_down_at = Some(self.context.now);
        }
        Ok(self.decided(effects, held, false))
    }

    fn given(
        &self,
        mut effects: Vec<Effect<Fact, Message>>,
        mut held: Item,
        agreed_by: Option<Person>,
        alone: bool,
    ) -> Decided {
        let (number, value) = (held.number, held.value);
        (held.given_at, held.agreed_by) = (Some(self.context.now), agreed_by.clone());
        effects.push(Effect::Fact(Fact::Given { number, value, agreed_by, alone }));
        effects.push(Effect::Message(Message::ToCustomer(ToCustomer { number })));
        let mut decided = self.decided(effects, held, alone);
        decided.response.left = (decided.response.left - value).max(0);
        decided
    }

    fn decided(&self, effects: Vec<Effect<Fact, Message>>, held: Item, alone: bool) -> Decided {
        let (complaint, goodwill) = (self.core.id, Box::new(held));
        let response = Response { complaint, goodwill, alone, left: self.left() };
        Decision { effects, response }
    }

    fn item(&self, number: i64) -> Result<Item, Refusal> {
        self.state.item(number).cloned().ok_or(Common::Stale.into())
    }

    fn may_decide(&self, needed: Grade) -> Result<(), Refusal> {
        if self.context.grade().is_none_or(|grade| grade < needed) {
            return Err(Common::AgreeOther { role: needed.as_str().to_owned() }.into());
        }
        Ok(())
    }

    fn after_the_matter(&self) -> Result<(), Refusal> {
        if self.core.is_handled { Ok(()) } else { Err(refused::Refused::Own(Refused::GoodwillEarly)) }
    }

    fn left(&self) -> i64 {
        (self.policy.budget - self.context.spent).max(0)
    }

    fn within_budget(&self, value: i64) -> Result<(), Refusal> {
        let left = self.left();
        match value > left {
            true => Err(refused::Refused::Own(Refused::GoodwillBudget { left })),
            false => Ok(()),
        }
    }
}

/// Whether words speak of a rating, which nothing is given for: with or without accents, in both languages.
fn speaks_of_a_rating(text: &str) -> bool {
    const PHRASES: [&str; 11] = [
        "danh gia",
        "cham diem",
        "nam sao",
        "rate",
        "rates",
        "rating",
        "ratings",
        "review",
        "reviews",
        "star",
        "stars",
    ];
    let folded = fold::fold(text);
    let words: Vec<&str> =
        folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let joined = format!(" {} ", words.join(" "));
    let phrase = PHRASES.iter().any(|phrase| joined.contains(&format!(" {phrase} ")));
    // `5 sao`, `5sao`, `★`.
    let counted = words.windows(2).any(|pair| pair[0].parse::<u32>().is_ok() && pair[1] == "sao");
    let glued =
        words.iter().any(|word| word.strip_suffix("sao").is_some_and(|count| count.parse::<u32>().is_ok()));
    phrase || counted || glued || text.contains(['★', '⭐'])
}

#[cfg(test)]
mod tests {
    use super::speaks_of_a_rating;

    #[test]
    fn nothing_is_given_for_a_rating_in_whatever_words() {
        for text in [
            "Anh đánh giá 5 sao giúp em nhé",
            "danh gia giup em",
            "Cho em 5sao nha",
            "năm sao nhé chị",
            "Anh chấm điểm cao giúp em",
            "Please leave a review",
            "We would love a 5-star rating",
            "⭐⭐⭐⭐⭐ nhé",
        ] {
            assert!(speaks_of_a_rating(text), "{text}");
        }
        for text in [
            "Cảm ơn anh đã kiên nhẫn chờ đợi",
            "Sao anh không gọi lại cho em",
            "Vì sao mạng chậm em đã giải thích",
            "Thank you for your patience; we started again at once",
            "The voucher is separate and generated today",
            "Quà tặng từ bên em ạ",
        ] {
            assert!(!speaks_of_a_rating(text), "{text}");
        }
    }
}
