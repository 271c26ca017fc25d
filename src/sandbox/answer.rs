//! How an interaction was answered, as its person sees it.

use serde_json::{Value, json};

use super::payload;
use super::world::{Message, Stage, World};

/// How an interaction was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// Not yet.
    Pending,
    /// With a message.
    Message,
    /// By changing the message that was pressed.
    Update,
    /// With a form.
    Form,
    /// *Thinking …*
    Deferred,
    /// With suggestions.
    Choices,
    /// Not at all.
    Failed,
}

/// The answer to an interaction.
#[derive(Clone, Debug)]
pub struct Answer {
    /// How.
    pub kind: AnswerKind,
    /// Whether only the asking person sees it.
    pub ephemeral: bool,
    /// The message, new or changed.
    pub message: Option<Value>,
    /// The form.
    pub form: Option<Value>,
    /// The suggestions.
    pub choices: Vec<Value>,
    /// Why it failed.
    pub error: Option<String>,
}

impl Answer {
    /// The words of the message, or why there is none.
    pub fn text(&self) -> String {
        match (&self.message, &self.error) {
            (Some(message), _) => {
                let mut text = message["content"].as_str().unwrap_or_default().to_owned();
                for embed in message["embeds"].as_array().into_iter().flatten() {
                    for key in ["title", "description"] {
                        text.push('\n');
                        text.push_str(embed[key].as_str().unwrap_or_default());
                    }
                }
                text.trim().to_owned()
            }
            (None, Some(error)) => error.clone(),
            (None, None) => String::new(),
        }
    }
}

/// A message with what only the sandbox knows.
pub(super) fn full(world: &World, held: &Message) -> Value {
    let mut value = payload::message(world, held, false);
    value["ephemeral"] = json!(held.ephemeral_for.is_some());
    value["visible_to"] = json!(held.ephemeral_for.map(|id| id.to_string()));
    value["edited"] = json!(held.edited_ms.is_some());
    value["loading"] = json!(held.loading);
    value["pings"] = json!({
        "users": held.pinged_users.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "roles": held.pinged_roles.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "everyone": held.mentions_everyone,
    });
    value
}

/// The answer as it stands.
pub(super) fn of(world: &World, interaction: u64) -> Answer {
    let mut answer = Answer {
        kind: AnswerKind::Pending,
        ephemeral: false,
        message: None,
        form: None,
        choices: Vec::new(),
        error: None,
    };
    let Some(held) = world.interactions.get(&interaction) else {
        answer.kind = AnswerKind::Failed;
        answer.error = Some("there is no such interaction".to_owned());
        return answer;
    };
    let message = |id: u64| world.message(held.channel, id);
    match &held.stage {
        Stage::Pending => {}
        Stage::Deferred(_) => answer.kind = AnswerKind::Deferred,
        Stage::Message(id) | Stage::Updated(id) => {
            let updated = matches!(held.stage, Stage::Updated(_));
            answer.kind = if updated { AnswerKind::Update } else { AnswerKind::Message };
            answer.ephemeral = message(*id).is_some_and(|held| held.ephemeral_for.is_some());
            answer.message = message(*id).map(|held| full(world, held));
        }
        Stage::Form(form) => {
            answer.kind = AnswerKind::Form;
            answer.form = Some(form.clone());
        }
        Stage::Choices(choices) => {
            answer.kind = AnswerKind::Choices;
            answer.choices = choices.as_array().cloned().unwrap_or_default();
        }
        Stage::Failed(why) => {
            answer.kind = AnswerKind::Failed;
            answer.error = Some(why.clone());
        }
    }
    answer
}
