//! Who reads an answer. It is known before the work begins: an answer that comes late was announced to its readers already.

use super::commands::{self, MENUS};
use super::custom_id::CustomId;
use super::decode::{Heard, InteractionData};
use super::render::answers::Shape;
pub use crate::kit::command::Audience;

/// How an answer was announced that takes longer than Discord waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Announced {
    /// *Thinking …*, for the asking person alone.
    Alone,
    /// Not at all: the message that was pressed stays until it changes.
    InPlace,
}

impl Audience {
    /// Who reads the answer to this.
    pub fn of(data: &InteractionData) -> Self {
        match data {
            InteractionData::Command { path, .. } => {
                commands::find(path).map_or(Self::Alone, |held| held.audience)
            }
            InteractionData::Menu { name, .. } => {
                let held = MENUS.iter().find(|(held, ..)| held == name);
                held.map_or(Self::Alone, |(.., audience)| *audience)
            }
            InteractionData::Suggest { .. } => Self::Alone,
            // An id that is not ours is refused.
            InteractionData::Press { id, .. } | InteractionData::Submit { id, .. } => {
                id.parse().map_or(Self::Alone, |id: CustomId| id.audience())
            }
        }
    }

    /// How an answer that takes longer is announced: never to more people than will read it.
    pub fn announced(self, heard: &Heard) -> Announced {
        match self {
            Self::InPlace if heard.pressed.is_some() => Announced::InPlace,
            Self::InPlace | Self::Alone | Self::Record => Announced::Alone,
        }
    }

    /// The shape that an answer may really have.
    pub fn admits(self, shape: Shape, heard: &Heard) -> Shape {
        match (self, shape) {
            (Self::Record, Shape::Public) => Shape::Public,
            (Self::InPlace, Shape::InPlace) if heard.pressed.is_some() => Shape::InPlace,
            (_, Shape::Form) => Shape::Form,
            (_, Shape::Private | Shape::Public | Shape::InPlace) => Shape::Private,
        }
    }
}
