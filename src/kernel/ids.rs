//! The ids of Discord's things and of ours, each its own type, so that one cannot be taken for another.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::board::{Board, Place};

macro_rules! snowflakes {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                number(from).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

snowflakes! {
    /// A Discord server.
    GuildId;
    /// A channel, thread or direct-message channel.
    ChannelId;
    /// A person (or a bot).
    UserId;
    /// A message.
    MessageId;
    /// A role of a guild.
    RoleId;
}

/// A number, also where it is the key of a map: JSON has no numbers there, and what stands under a tag is read before it is
/// known that a number is wanted.
fn number<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    struct Number;

    impl Visitor<'_> for Number {
        type Value = u64;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an id")
        }

        fn visit_u64<E: Error>(self, id: u64) -> Result<u64, E> {
            Ok(id)
        }

        fn visit_i64<E: Error>(self, id: i64) -> Result<u64, E> {
            u64::try_from(id).map_err(E::custom)
        }

        fn visit_str<E: Error>(self, id: &str) -> Result<u64, E> {
            id.parse().map_err(E::custom)
        }
    }

    from.deserialize_any(Number)
}

/// Discord's ids begin with the first millisecond of 2015 (`reference`, snowflakes).
const EPOCH: i64 = 1_420_070_400_000;

impl MessageId {
    /// The least id that a message of this instant (Unix ms) can have.
    pub fn at(at: i64) -> Self {
        Self(u64::try_from(at - EPOCH).unwrap_or(0) << 22)
    }

    /// When it was made (Unix ms), as its id tells.
    pub fn made_at(self) -> i64 {
        EPOCH + (self.0 >> 22).cast_signed()
    }
}

impl UserId {
    /// In place of a person of whom nothing is left.
    pub const NOBODY: Self = Self(0);
    /// In place of a person who is not on Discord; no id of Discord's is that small.
    pub const ELSEWHERE: Self = Self(1);

    /// Whether it is nobody's id on Discord: two who have it need not be the same person.
    pub fn is_nobody(self) -> bool {
        self <= Self::ELSEWHERE
    }
}

/// One complaint, unique over all guilds. People see its number within the guild instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ComplaintId(pub i64);

/// A burst of direct messages that is not yet a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftId(pub i64);

/// A declared incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IncidentId(pub i64);

/// What a person asks about their own data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(pub i64);

/// What an outbox message or a timer belongs to. Outbox messages of one stream are sent in order; streams run side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// A complaint, as the desk sees it: `c12`.
    Complaint(ComplaintId),
    /// The line to a complaint's customer: `l12`. What the customer is told waits for nothing that the desk is told.
    Line(ComplaintId),
    /// A draft: `d3`.
    Draft(DraftId),
    /// An incident: `i1`.
    Incident(IncidentId),
    /// A board of a desk: `b7-desk`.
    Board(Board),
    /// A request about a person's own data: `r4`.
    Request(RequestId),
}

impl Stream {
    /// The complaint that it belongs to, if it does.
    pub fn complaint(self) -> Option<ComplaintId> {
        match self {
            Self::Complaint(id) | Self::Line(id) => Some(id),
            Self::Draft(_) | Self::Incident(_) | Self::Board(_) | Self::Request(_) => None,
        }
    }

    /// The stable name of its kind: where it is stored, this stands beside [`Stream::id`].
    pub fn kind(self) -> &'static str {
        match self {
            Self::Complaint(_) => "complaint",
            Self::Line(_) => "line",
            Self::Draft(_) => "draft",
            Self::Incident(_) => "incident",
            Self::Board(Board { place: Place::Desk, .. }) => "desk-board",
            Self::Board(Board { place: Place::Managers, .. }) => "managers-board",
            Self::Request(_) => "request",
        }
    }

    /// What tells it from others of its kind, as it is stored; a board is told by its server.
    pub fn id(self) -> i64 {
        match self {
            Self::Complaint(id) | Self::Line(id) => id.0,
            Self::Draft(id) => id.0,
            Self::Incident(id) => id.0,
            Self::Board(board) => board.guild.0.cast_signed(),
            Self::Request(id) => id.0,
        }
    }

    /// The stream of this [kind](Stream::kind) and [id](Stream::id); none where there is no such kind.
    pub fn from_parts(kind: &str, id: i64) -> Option<Self> {
        let board = |place| Self::Board(Board { guild: GuildId(id.cast_unsigned()), place });
        Some(match kind {
            "complaint" => Self::Complaint(ComplaintId(id)),
            "line" => Self::Line(ComplaintId(id)),
            "draft" => Self::Draft(DraftId(id)),
            "incident" => Self::Incident(IncidentId(id)),
            "desk-board" => board(Place::Desk),
            "managers-board" => board(Place::Managers),
            "request" => Self::Request(RequestId(id)),
            _ => return None,
        })
    }
}

impl fmt::Display for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Complaint(id) => write!(f, "c{}", id.0),
            Self::Line(id) => write!(f, "l{}", id.0),
            Self::Draft(id) => write!(f, "d{}", id.0),
            Self::Incident(id) => write!(f, "i{}", id.0),
            Self::Board(board) => write!(f, "b{board}"),
            Self::Request(id) => write!(f, "r{}", id.0),
        }
    }
}

impl FromStr for Stream {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("{text:?} is no stream");
        let (kind, id) = text.split_at_checked(1).ok_or_else(wrong)?;
        if kind == "b" {
            return id.parse().map(Self::Board);
        }
        let id = id.parse().map_err(|_| wrong())?;
        match kind {
            "c" => Ok(Self::Complaint(ComplaintId(id))),
            "l" => Ok(Self::Line(ComplaintId(id))),
            "d" => Ok(Self::Draft(DraftId(id))),
            "i" => Ok(Self::Incident(IncidentId(id))),
            "r" => Ok(Self::Request(RequestId(id))),
            _ => Err(wrong()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_reads_back_what_it_writes() {
        let board = |place| Stream::Board(Board { guild: GuildId(u64::MAX), place });
        for stream in [
            Stream::Complaint(ComplaintId(12)),
            Stream::Line(ComplaintId(12)),
            Stream::Draft(DraftId(3)),
            Stream::Incident(IncidentId(1)),
            board(Place::Desk),
            board(Place::Managers),
            Stream::Request(RequestId(4)),
        ] {
            assert_eq!(stream.to_string().parse(), Ok(stream));
            assert_eq!(Stream::from_parts(stream.kind(), stream.id()), Some(stream));
        }
        assert_eq!(Stream::from_parts("board", 1), None);
        for wrong in ["", "c", "x1", "c-", "ệ1"] {
            assert!(wrong.parse::<Stream>().is_err(), "{wrong}");
        }
    }
}
