//! `/report overview` on Discord.

use super::bot::Bot;
use super::render::answers::Shown;
use crate::domain::policy::Lang;
use crate::domain::settings::GuildDesk;

impl Bot {
    /// The figures of a period as a message with picture and CSV.
    pub(super) async fn report(&self, _period: &str, _desk: &GuildDesk, _lang: Lang) -> Option<Shown> {
        None
    }
}
