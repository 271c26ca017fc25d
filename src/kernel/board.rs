//! The desk's own channels in which many complaints meet.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::ids::GuildId;

/// A channel in which notices about many complaints meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// The desk channel.
    Desk,
    /// The manager channel.
    Managers,
}

impl Place {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Desk, Self::Managers];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Managers => "managers",
        }
    }
}

/// The board of a desk in one of its channels: what stands there is about many complaints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Board {
    /// The server.
    pub guild: GuildId,
    /// Which channel.
    pub place: Place,
}

impl fmt::Display for Board {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.guild, self.place.as_str())
    }
}

impl FromStr for Board {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || format!("{text:?} is no board");
        let (guild, place) = text.split_once('-').ok_or_else(wrong)?;
        let guild = guild.parse().map_err(|_| wrong())?;
        let place = Place::ALL.into_iter().find(|held| held.as_str() == place).ok_or_else(wrong)?;
        Ok(Self { guild, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_reads_back_what_it_writes() {
        for place in Place::ALL {
            let board = Board { guild: GuildId(7), place };
            assert_eq!(board.to_string().parse(), Ok(board));
        }
        assert!("7-x".parse::<Board>().is_err() && "desk".parse::<Board>().is_err());
    }
}
