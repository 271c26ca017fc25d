//! An outbox message with everything its bearer needs, and what comes of bringing it.

use std::future::Future;
use std::sync::{Arc, Mutex};

use super::lock;
use crate::domain::command::Delivery;
use crate::domain::complaint::Complaint;
use crate::domain::data::{DataRequest, RequestMessage};
use crate::domain::draft::{Draft, DraftOutboxMessage};
use crate::domain::event::Undelivered;
use crate::domain::incident::{Incident, IncidentMessage};
use crate::domain::notice::BoardMessage;
use crate::domain::outbox::OutboxMessage;
use crate::domain::posted::Posted;
use crate::kernel::board::Board;
use crate::kernel::ids::{ChannelId, GuildId, MessageId, Stream};

/// An outbox message with everything its bearer needs.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// Its stream.
    pub stream: Stream,
    /// Its place in the stream.
    pub seq: i64,
    /// When it was written (Unix ms).
    pub made_at: i64,
    /// Whether it was tried before, so that it may stand already.
    pub tried_at: Option<i64>,
    /// What it says, about what.
    pub content: Content,
    /// What came to stand in places where it outlives what it is about.
    pub posted: Noted,
}

/// What a bearer notes of the messages that stand on Discord, however the rest of the parcel ends.
#[derive(Clone, Debug, Default)]
pub struct Noted(Arc<Mutex<Vec<(Stream, Posted)>>>);

impl Noted {
    /// Notes a message about a complaint or a request.
    pub fn add(&self, subject: Stream, posted: Posted) {
        lock(&self.0).push((subject, posted));
    }

    pub(super) fn take(&self) -> Vec<(Stream, Posted)> {
        std::mem::take(&mut *lock(&self.0))
    }
}

/// What a parcel holds.
#[derive(Clone, Debug)]
pub enum Content {
    /// An outbox message about a complaint.
    Complaint(Box<Complaint>, OutboxMessage),
    /// An outbox message about a draft.
    Draft(Box<Draft>, DraftOutboxMessage),
    /// An outbox message about an incident.
    Incident(Box<Incident>, IncidentMessage),
    /// An outbox message of a board.
    Board(Board, BoardMessage),
    /// An outbox message about a request of a person's data.
    Request(Box<DataRequest>, RequestMessage),
}

/// What came of bringing a parcel.
#[derive(Clone, Debug)]
pub enum Brought {
    /// It is done, and nothing needs to be remembered.
    Done,
    /// It is done, and the complaint learns something.
    Learned(Delivery),
    /// A draft stands in this message.
    DraftShown(MessageId),
    /// Discord said which servers the customer of a draft is on.
    DesksKnown(Vec<(GuildId, bool)>),
    /// A version of talking points, or a request to managers, stands in this message.
    IncidentPosted {
        /// The channel.
        channel: ChannelId,
        /// The message.
        message: MessageId,
    },
    /// The answer to a request about a person's data stands before them, or found no way to them.
    Answered {
        /// Why not.
        lost: Option<Undelivered>,
    },
    /// It did not work this time.
    Again {
        /// The least wait (ms).
        after: i64,
        /// Why.
        why: String,
    },
    /// It will never work.
    GiveUp {
        /// Why.
        why: String,
    },
}

/// Whoever brings parcels to Discord.
pub trait Courier: Send + Sync {
    /// Brings one parcel.
    fn bring(&self, parcel: &Parcel) -> impl Future<Output = Brought> + Send;
}
