//! Where a capability's command or press leads.

use crate::kernel::ids::ComplaintId;

/// What a command or press asks for, and of which complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route<C> {
    /// Staff ask it of the complaint of the thread they are in.
    InThread(C),
    /// Staff ask it of this complaint.
    Staff(ComplaintId, C),
    /// The customer of this complaint asks it.
    Customer(ComplaintId, C),
}

impl<C> Route<C> {
    /// The same with another type of command.
    pub fn map<D>(self, command: impl FnOnce(C) -> D) -> Route<D> {
        match self {
            Self::InThread(held) => Route::InThread(command(held)),
            Self::Staff(complaint, held) => Route::Staff(complaint, command(held)),
            Self::Customer(complaint, held) => Route::Customer(complaint, command(held)),
        }
    }
}
