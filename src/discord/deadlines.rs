//! Deadlines told: the account of one, those that a complaint would have, and what stands on a desk's boards.

use super::bot::Bot;
use super::decode::Heard;
use super::less::Post;
use super::query::private;
use super::render::answers::Shown;
use super::render::thread::place;
use super::render::{delivery, digest, notice, setting, why};
use super::rest::{CallError, Class};
use super::route::read_time;
use super::send::MEND;
use crate::desk::parcel::{Brought, Parcel};
use crate::domain::command::Refusal;
use crate::domain::notice::BoardMessage;
use crate::domain::outbox::Urgency;
use crate::domain::posted::{self, Posted};
use crate::domain::settings::GuildDesk;
use crate::domain::why::{account, simulate};
use crate::kernel::board::{Board, Place};
use crate::kernel::ids::{ComplaintId, Stream};
use crate::kernel::lang::Lang;
use crate::language::when::{Reading, Toward};
use crate::sla::clocks::ClockKind;
use crate::store::{self, StoreError};

/// For so long (ms) it is tried to tell managers whole what was given up, although Discord refuses the words; other notices wait.
const INSISTS: i64 = 15 * 60_000;
/// Between two of these tries (ms).
const SOON: i64 = 60_000;

impl Bot {
    /// `/case why`.
    pub(super) async fn why(
        &self,
        heard: &Heard,
        clock: ClockKind,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let held = store::complaint::read_by_thread(self.desk().db(), heard.channel).await?;
        let Some(held) = held.filter(|held| held.filed.guild == desk.guild) else {
            return Ok(self.refusal(&Refusal::ThreadOnly, lang));
        };
        let policy = self.desk().policy_of(desk.guild);
        let words = self.view().words(lang);
        Ok(match account(&held, clock, &policy, self.desk().now()) {
            Some(account) => private(why::account(&held, clock, &account, &policy, words)),
            None => self.refusal(&Refusal::NoClock { clock }, lang),
        })
    }

    /// `/desk simulate`.
    pub(super) fn simulate(&self, received: &str, desk: &GuildDesk, lang: Lang) -> Option<Shown> {
        // One may try what was received, and what will be.
        let reader = self.reader(desk);
        let at = match reader.read(received, Toward::Past).reading {
            Reading::At(at) => Ok(at),
            _ => read_time(reader.read(received, Toward::Promise).reading, received, desk.zone),
        };
        let at = match at {
            Ok(at) => at,
            Err(refusal) => return self.refusal(&refusal, lang),
        };
        let policy = self.desk().policy_of(desk.guild);
        private(why::simulated(at, &simulate(&policy, at), self.view().words(lang)))
    }

    /// Brings an outbox message of a board. Each message of it has a nonce of its own.
    pub(super) async fn bring_board(
        &self,
        parcel: &Parcel,
        board: Board,
        outgoing: &BoardMessage,
    ) -> Result<Brought, CallError> {
        let Some(desk) = self.desk().desk_of(board.guild) else {
            return Ok(Brought::Again { after: MEND, why: "the desk is not set up".to_owned() });
        };
        let (channel, urgency) = match board.place {
            Place::Desk => (desk.desk_channel, Urgency::Desk),
            Place::Managers => (desk.manager_channel, Urgency::Desk),
        };
        // The complaints it may be about, each as it is named in it.
        let mut about: Vec<(ComplaintId, String)> = Vec::new();
        let bodies = match outgoing {
            BoardMessage::Notices => {
                match store::board::of_message(self.desk().db(), board, parcel.seq).await {
                    Ok(held) => {
                        about.extend(held.iter().map(|(_, complaint)| (complaint.id, place(complaint))));
                        notice::on_board(&held, board.place, &desk, self.desk().now(), &self.view())
                    }
                    Err(error) => return Ok(Brought::Again { after: 0, why: error.to_string() }),
                }
            }
            BoardMessage::Digest { day } => match self.desk().digests().of(board.guild, *day).await {
                Ok(held) => {
                    about.extend(held.lines().map(|line| (line.complaint, digest::place(line))));
                    digest::messages(&held, &desk, &self.view())
                }
                Err(error) => return Ok(Brought::Again { after: 0, why: error.to_string() }),
            },
            // With less in it nobody would learn what was given up: it is told whole for a while, and only then with less.
            BoardMessage::GivenUp { since, until } => {
                match self.desk().dead_letters().between(board.guild, *since, *until).await {
                    Ok(lost) if lost.is_empty() => return Ok(Brought::Done),
                    Ok(lost) => vec![delivery::given_up(&lost, &desk, &self.view())],
                    Err(error) => return Ok(Brought::Again { after: 0, why: error.to_string() }),
                }
            }
            BoardMessage::DirectShut { flagged, until } => {
                vec![delivery::direct_shut(*flagged, *until, &desk, &self.view())]
            }
            BoardMessage::ClockOff { ours, theirs } => {
                vec![delivery::clock_off(*ours, *theirs, &desk, &self.view())]
            }
            BoardMessage::Faults { faults } => return self.bring_faults(parcel, faults, &desk).await,
            BoardMessage::SetUp { by, changes, channels, mentioned } => {
                let body = setting::changed(by, changes, *mentioned, &desk, &self.view());
                return self.bring_setup(parcel, channels, &desk, body).await;
            }
            BoardMessage::Alarm { count, since } => vec![digest::alarm(*count, *since, &desk, &self.view())],
        };
        about.sort_unstable();
        about.dedup();
        let alone = !matches!(outgoing, BoardMessage::Digest { .. });
        let insists =
            matches!(outgoing, BoardMessage::GivenUp { .. }) && self.desk().now() - parcel.made_at < INSISTS;
        for (part, body) in bodies.into_iter().enumerate() {
            let post = Post { channel, urgency, lang: desk.locale };
            let text = body["content"].as_str().unwrap_or_default().to_owned();
            let message = if insists {
                match self.post(parcel, part, channel, body, urgency).await {
                    Err(error) if error.class() == Class::Text => {
                        return Ok(Brought::Again { after: SOON, why: error.to_string() });
                    }
                    posted => posted?,
                }
            } else {
                self.post_or_less(parcel, part, post, body, None).await?
            };
            let named: Vec<&(ComplaintId, String)> =
                about.iter().filter(|(_, mark)| posted::names(&text, mark)).collect();
            for (complaint, mark) in &named {
                let mark = (!alone || named.len() > 1).then(|| mark.clone());
                parcel.posted.add(Stream::Complaint(*complaint), Posted { channel, message, mark });
            }
        }
        Ok(Brought::Done)
    }
}
