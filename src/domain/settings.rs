//! What a desk is on one server: its channels, its roles, its habits.

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::policy::LineKind;
use crate::kernel::ids::{ChannelId, GuildId, RoleId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Rank;

/// What `/desk setup` or the file said about a server; what is none is not set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Setup {
    /// Where cards and threads stand; staff only.
    pub desk_channel: Option<ChannelId>,
    /// Where the button stands and private threads hang.
    pub intake_channel: Option<ChannelId>,
    /// Where breaches and approvals are told.
    pub manager_channel: Option<ChannelId>,
    /// Who answers.
    pub staff_role: Option<RoleId>,
    /// Who approves and answers for promises.
    pub manager_role: Option<RoleId>,
    /// Who approves incidents.
    pub head_office_role: Option<RoleId>,
    /// How customers are reached.
    pub line: Option<LineKind>,
    /// What a reader without a known language gets.
    pub locale: Option<Lang>,
    /// The zone of the desk's days.
    pub time_zone: Option<Tz>,
    /// The server's name, as last seen.
    pub name: Option<String>,
}

impl Setup {
    /// `self`, and where it says nothing `below`.
    pub fn over(&self, below: &Self) -> Self {
        Self {
            desk_channel: self.desk_channel.or(below.desk_channel),
            intake_channel: self.intake_channel.or(below.intake_channel),
            manager_channel: self.manager_channel.or(below.manager_channel),
            staff_role: self.staff_role.or(below.staff_role),
            manager_role: self.manager_role.or(below.manager_role),
            head_office_role: self.head_office_role.or(below.head_office_role),
            line: self.line.or(below.line),
            locale: self.locale.or(below.locale),
            time_zone: self.time_zone.or(below.time_zone),
            name: self.name.clone().or_else(|| below.name.clone()),
        }
    }

    /// The desk, if enough is set for one to work.
    pub fn desk(&self, guild: GuildId, locale: Lang, zone: Tz) -> Option<GuildDesk> {
        let desk_channel = self.desk_channel?;
        let staff_role = self.staff_role?;
        let manager_role = self.manager_role.unwrap_or(staff_role);
        Some(GuildDesk {
            guild,
            name: self.name.clone().unwrap_or_default(),
            desk_channel,
            intake_channel: self.intake_channel,
            manager_channel: self.manager_channel.unwrap_or(desk_channel),
            staff_role,
            manager_role,
            head_office_role: self.head_office_role,
            line: self.line.unwrap_or(LineKind::Dm),
            locale: self.locale.unwrap_or(locale),
            zone: self.time_zone.unwrap_or(zone),
        })
    }
}

/// A desk that works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuildDesk {
    /// The server.
    pub guild: GuildId,
    /// Its name, as last seen; may be empty.
    pub name: String,
    /// Where cards and threads stand.
    pub desk_channel: ChannelId,
    /// Where the button stands and private threads hang.
    pub intake_channel: Option<ChannelId>,
    /// Where breaches and approvals are told.
    pub manager_channel: ChannelId,
    /// Who answers.
    pub staff_role: RoleId,
    /// Who approves and answers for promises.
    pub manager_role: RoleId,
    /// Who approves incidents, where that is another role.
    pub head_office_role: Option<RoleId>,
    /// How customers are reached.
    pub line: LineKind,
    /// What a reader without a known language gets, and what the desk's own channels are written in.
    pub locale: Lang,
    /// The zone of the desk's days.
    pub zone: Tz,
}

impl GuildDesk {
    /// What a member with these roles may do. Each higher rank holds the lower ones.
    pub fn rank(&self, roles: &[RoleId], setup: bool) -> Rank {
        let head_office = self.head_office_role.is_some_and(|role| roles.contains(&role));
        let manager = head_office || roles.contains(&self.manager_role);
        Rank { staff: manager || roles.contains(&self.staff_role), manager, head_office, setup }
    }
}
