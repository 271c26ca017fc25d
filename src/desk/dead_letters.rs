//! Dead outbox messages: what was given up, told to the managers it concerns: together where it is much, and once.

use super::Desk;
use super::parcel::Content;
use crate::domain::notice::BoardMessage;
use crate::kernel::board::{Board, Place};
use crate::kernel::ids::{GuildId, Stream};
use crate::store::db::Tx;
use crate::store::{self, StoreError};

/// The slot of the timer that tells managers what was given up.
pub const GIVEN_UP: &str = "given-up";
/// What is given up in the same while (ms) is told together.
const TOGETHER: i64 = 60_000;

/// An outbox message that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The number of its complaint, if it was about one.
    pub number: Option<i64>,
    /// What it was, as the keys of sentences name it.
    pub what: &'static str,
    /// Why, as the sender put it.
    pub why: String,
}

/// Outbox messages that were given up.
#[derive(Clone, Copy)]
pub struct DeadLetters<'a> {
    pub(super) desk: &'a Desk,
}

impl DeadLetters<'_> {
    /// Notes that an outbox message was given up, for the managers of its desk. What managers themselves were to be told is
    /// seen by those who ask how the desk is doing.
    pub(super) async fn note(&self, tx: &mut Tx, content: &Content) -> Result<(), StoreError> {
        let guild = match content {
            Content::Complaint(complaint, _) => complaint.filed.guild,
            Content::Incident(incident, _) => incident.guild,
            Content::Request(request, _) => request.guild,
            Content::Board(board, _) if board.place == Place::Desk => board.guild,
            Content::Board(..) => return Ok(()),
            Content::Draft(draft, _) => match draft.guild.or_else(|| draft.guilds.keys().next().copied()) {
                Some(guild) => guild,
                None => return Ok(()),
            },
        };
        let board = Board { guild, place: Place::Managers };
        store::board::lock(tx, board).await?;
        let stream = Stream::Board(board);
        if store::timer::armed(tx, stream, GIVEN_UP).await?.is_none() {
            store::timer::arm(tx, stream, GIVEN_UP, self.desk.now() + TOGETHER).await?;
        }
        Ok(())
    }

    /// Tells managers what was given up since the first of it.
    pub(super) async fn fired(&self, tx: &mut Tx, board: Board, due: i64) -> Result<(), StoreError> {
        store::timer::remove(tx, Stream::Board(board), GIVEN_UP).await?;
        let outgoing = BoardMessage::GivenUp { since: due - TOGETHER, until: self.desk.now() };
        self.desk.boards().post(tx, board, &outgoing).await.map(|_| ())
    }

    /// What a desk gave up from `since` to `until` (Unix ms), the oldest first.
    ///
    /// # Errors
    ///
    /// [`StoreError`] if the database refuses or a row cannot be read.
    pub async fn between(&self, guild: GuildId, since: i64, until: i64) -> Result<Vec<Lost>, StoreError> {
        let mut lost = Vec::new();
        for (stream, body, why) in store::outbox::dead_between(self.desk.db(), since, until).await? {
            let body: serde_json::Value = store::json::read("letter", &body)?;
            let (held, number, what) = match stream {
                Stream::Complaint(id) | Stream::Line(id) => {
                    let complaint = store::complaint::read(self.desk.db(), id).await?;
                    let what = match body["letter"].as_str() {
                        Some("card" | "refresh-card") => "card",
                        Some("thread" | "rename") => "thread",
                        Some("to-thread") => "in-thread",
                        Some("to-managers") => "to-managers",
                        Some("to-customer") => "to-customer",
                        _ => "other",
                    };
                    let number = complaint.as_ref().map(crate::domain::complaint::Complaint::number);
                    (complaint.map(|held| held.filed.guild), number, what)
                }
                Stream::Incident(id) => {
                    let incident = store::incident::read(self.desk.db(), id).await?;
                    (incident.map(|held| held.guild), None, "incident")
                }
                Stream::Request(id) => {
                    let request = store::data_request::read(self.desk.db(), id).await?;
                    (request.map(|held| held.guild), None, "data")
                }
                Stream::Draft(id) => {
                    let draft = store::draft::read(self.desk.db(), id).await?;
                    let guild =
                        draft.and_then(|held| held.guild.or_else(|| held.guilds.keys().next().copied()));
                    (guild, None, "draft")
                }
                Stream::Board(board) => (Some(board.guild), None, "board"),
            };
            if held == Some(guild) {
                lost.push(Lost { number, what, why });
            }
        }
        Ok(lost)
    }
}
