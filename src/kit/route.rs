//! Where a capability's command, press or form leads, and what the thread reads of it.

use std::collections::BTreeMap;

use super::form::TEXT;
use crate::kernel::ids::ComplaintId;

/// Words that nobody objects to: whether something is possible does not depend on what is going to be written.
const ANY: &str = "x";

/// What a command or press asks for, and of which complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route<C, P> {
    /// Staff ask it of the complaint of the thread they are in.
    InThread(C),
    /// Staff ask it of this complaint.
    Staff(ComplaintId, C),
    /// The customer of this complaint asks it.
    Customer(ComplaintId, C),
    /// This form opens, once it is known that what it asks for is possible.
    Form(P),
    /// The same, for the complaint of the thread that staff are in.
    FormInThread(P),
}

impl<C, P> Route<C, P> {
    /// The same in other types.
    pub fn map<D, Q>(self, command: impl FnOnce(C) -> D, press: impl FnOnce(P) -> Q) -> Route<D, Q> {
        match self {
            Self::InThread(held) => Route::InThread(command(held)),
            Self::Staff(complaint, held) => Route::Staff(complaint, command(held)),
            Self::Customer(complaint, held) => Route::Customer(complaint, command(held)),
            Self::Form(held) => Route::Form(press(held)),
            Self::FormInThread(held) => Route::FormInThread(press(held)),
        }
    }
}

/// What came with a press or a form.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// What was chosen in a select.
    pub values: &'a [String],
    /// What was written in a form, by the stable names of its inputs; none: it is only looked whether the form may open.
    pub inputs: Option<&'a BTreeMap<String, String>>,
    /// The interaction, which stands for a message of whoever wrote.
    pub interaction: u64,
}

impl Given<'_> {
    /// Any words at all: whether a form may open is looked at with these.
    pub const ANY: Self = Self { values: &[], inputs: None, interaction: 0 };

    /// What was written in one input.
    pub fn input(&self, name: &str) -> String {
        match self.inputs {
            Some(inputs) => inputs.get(name).cloned().unwrap_or_default(),
            None => ANY.to_owned(),
        }
    }

    /// What was written in the one input of most forms.
    pub fn text(&self) -> String {
        self.input(TEXT)
    }
}

/// What the desk thread reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Post {
    /// A line that calls nobody.
    Note(String),
    /// A heading, and words of the customer under it; the owner is called.
    Heard(String, String),
}
