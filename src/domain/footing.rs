//! What a desk stands on: its channels and roles, as Discord knows them, and what is wrong with them. One table, used wherever a
//! desk is set up, started or looked at.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::settings::Setup;
use crate::kernel::ids::{ChannelId, GuildId, RoleId};

/// *View Channel*, *Administrator* and *Manage Server*, by Discord's permission bits.
const VIEW_CHANNEL: u64 = 1 << 10;
const ADMINISTRATOR: u64 = 1 << 3;
const MANAGE_SERVER: u64 = 1 << 5;
/// Discord's type of a text channel.
const TEXT_CHANNEL: u64 = 0;

/// What came of looking a thing up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looked<T> {
    /// It is there.
    Found(T),
    /// Discord says that there is none.
    Gone,
    /// It is there, and hidden from the bot.
    Hidden,
    /// Nobody knows at the moment.
    Unknown,
}

/// A role of the server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleSeen {
    /// What it lets its members do.
    pub permissions: u64,
    /// Whether it belongs to a bot or a service, so that nobody can be given it.
    pub managed: bool,
}

/// A channel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChannelSeen {
    /// Its server.
    pub guild: Option<GuildId>,
    /// Its type.
    pub kind: u64,
    /// What it allows and denies to roles and members: id, allow, deny.
    pub overwrites: Vec<(u64, u64, u64)>,
}

/// The server as Discord knows it.
#[derive(Clone, Debug)]
pub struct Ground {
    /// Its roles.
    pub roles: Looked<BTreeMap<RoleId, RoleSeen>>,
    /// The channels that the set-up names.
    pub channels: BTreeMap<ChannelId, Looked<ChannelSeen>>,
}

/// Something wrong with a set-up. Each names the options of `/desk setup` that it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "kebab-case")]
pub enum Fault {
    /// Customers write in the channel in which staff speak about them.
    SameChannel {
        /// The other option.
        option: String,
        /// Which.
        channel: ChannelId,
    },
    /// Everybody on the server sees a channel in which customers are spoken of.
    Public {
        /// The option.
        option: String,
        /// Which.
        channel: ChannelId,
    },
    /// A role that is none of the desk's sees it.
    SeenBy {
        /// The option.
        option: String,
        /// Which.
        channel: ChannelId,
        /// The role.
        role: RoleId,
    },
    /// There is no such channel any more.
    ChannelGone {
        /// The option.
        option: String,
        /// Which.
        channel: ChannelId,
    },
    /// Whether there is such a channel is not known now.
    ChannelUnknown {
        /// The option.
        option: String,
        /// Which.
        channel: ChannelId,
    },
    /// It is no text channel of this server.
    NoTextChannel {
        /// The option.
        option: String,
        /// Which.
        channel: ChannelId,
    },
    /// It is a role.
    RoleAsChannel {
        /// The option.
        option: String,
        /// Which.
        role: RoleId,
    },
    /// Everybody has it.
    Everyone {
        /// The option.
        option: String,
    },
    /// There is no such role any more.
    RoleGone {
        /// The option.
        option: String,
        /// Which.
        role: RoleId,
    },
    /// It is a bot's own, and nobody can be given it.
    RoleOfBot {
        /// The option.
        option: String,
        /// Which.
        role: RoleId,
    },
    /// Which roles there are is not known now.
    RolesUnknown,
}

impl Fault {
    /// Its stable name, of which its words are called.
    pub fn name(&self) -> &'static str {
        match self {
            Self::SameChannel { .. } => "same-channel",
            Self::Public { .. } => "public",
            Self::SeenBy { .. } => "seen-by",
            Self::ChannelGone { .. } => "channel-gone",
            Self::ChannelUnknown { .. } => "channel-unknown",
            Self::NoTextChannel { .. } => "no-text-channel",
            Self::RoleAsChannel { .. } => "role-as-channel",
            Self::Everyone { .. } => "everyone",
            Self::RoleGone { .. } => "role-gone",
            Self::RoleOfBot { .. } => "role-of-bot",
            Self::RolesUnknown => "roles-unknown",
        }
    }

    /// The option that it is about; none: about no one option.
    pub fn option(&self) -> Option<&str> {
        match self {
            Self::SameChannel { option, .. }
            | Self::Public { option, .. }
            | Self::SeenBy { option, .. }
            | Self::ChannelGone { option, .. }
            | Self::ChannelUnknown { option, .. }
            | Self::NoTextChannel { option, .. }
            | Self::RoleAsChannel { option, .. }
            | Self::Everyone { option }
            | Self::RoleGone { option, .. }
            | Self::RoleOfBot { option, .. } => Some(option),
            Self::RolesUnknown => None,
        }
    }

    /// Whether it keeps the desk from working as it should; the others are only told.
    pub fn is_grave(&self) -> bool {
        !matches!(self, Self::SeenBy { .. })
    }

    /// Whether it is so for certain, and not only while Discord does not say.
    pub fn is_certain(&self) -> bool {
        !matches!(self, Self::ChannelUnknown { .. } | Self::RolesUnknown)
    }

    /// What it means and what cures it, for the log, the health endpoint and `check`.
    pub fn said(&self) -> String {
        let set = |option: &str| format!("choose another with /desk setup {option}:");
        match self {
            Self::SameChannel { option, channel } => format!(
                "{option} {channel} is the intake channel as well, so customers read what staff say; {}",
                set(option)
            ),
            Self::Public { option, channel } => format!(
                "{option} {channel} is seen by everybody on the server; take View Channel from @everyone there, or {}",
                set(option)
            ),
            Self::SeenBy { option, channel, role } => {
                format!("{option} {channel} is seen by the role {role} as well")
            }
            Self::ChannelGone { option, channel } => {
                format!("{option} {channel} was deleted; {}", set(option))
            }
            Self::ChannelUnknown { option, channel } => {
                format!("{option} {channel} could not be looked up; it is tried again")
            }
            Self::NoTextChannel { option, channel } => {
                format!("{option} {channel} is no text channel of this server; {}", set(option))
            }
            Self::RoleAsChannel { option, role } => {
                format!("{option} {role} is a role and no channel; {}", set(option))
            }
            Self::Everyone { option } => {
                format!("{option} is @everyone, so every customer has it; {}", set(option))
            }
            Self::RoleGone { option, role } => {
                format!("{option} {role} was deleted, so nobody has it; {}", set(option))
            }
            Self::RoleOfBot { option, role } => {
                format!("{option} {role} is a bot's own role, so nobody can be given it; {}", set(option))
            }
            Self::RolesUnknown => "the server's roles could not be looked up; it is tried again".to_owned(),
        }
    }
}

fn channels(setup: &Setup) -> impl Iterator<Item = (&'static str, ChannelId)> {
    [
        ("desk-channel", setup.desk_channel),
        ("intake-channel", setup.intake_channel),
        ("manager-channel", setup.manager_channel),
    ]
    .into_iter()
    .filter_map(|(option, id)| Some((option, id?)))
}

fn roles(setup: &Setup) -> impl Iterator<Item = (&'static str, RoleId)> {
    [
        ("staff-role", setup.staff_role),
        ("manager-role", setup.manager_role),
        ("head-office-role", setup.head_office_role),
    ]
    .into_iter()
    .filter_map(|(option, id)| Some((option, id?)))
}

/// The channels that a set-up names, each once.
pub fn named_channels(setup: &Setup) -> Vec<ChannelId> {
    let mut named: Vec<ChannelId> = channels(setup).map(|(_, id)| id).collect();
    named.sort_unstable();
    named.dedup();
    named
}

/// Whether a set-up names this role.
pub fn names_role(setup: &Setup, role: RoleId) -> bool {
    roles(setup).any(|(_, id)| id == role)
}

/// What is wrong by the ids alone, without asking Discord.
pub fn by_ids(guild: GuildId, setup: &Setup) -> Vec<Fault> {
    let inside = channels(setup)
        .filter(|(option, id)| *option != "intake-channel" && setup.intake_channel == Some(*id));
    let same = inside.map(|(option, channel)| Fault::SameChannel { option: option.to_owned(), channel });
    let everyone = roles(setup)
        .filter(|(_, id)| id.0 == guild.0)
        .map(|(option, _)| Fault::Everyone { option: option.to_owned() });
    same.chain(everyone).collect()
}

/// All that is wrong.
pub fn faults(guild: GuildId, setup: &Setup, ground: &Ground) -> Vec<Fault> {
    let mut faults = by_ids(guild, setup);
    let known = match &ground.roles {
        Looked::Found(known) => Some(known),
        _ => None,
    };
    for (option, channel) in channels(setup) {
        let option = option.to_owned();
        let is_role = known.is_some_and(|known| known.contains_key(&RoleId(channel.0)));
        match ground.channels.get(&channel) {
            _ if is_role => faults.push(Fault::RoleAsChannel { option, role: RoleId(channel.0) }),
            Some(Looked::Gone) => faults.push(Fault::ChannelGone { option, channel }),
            Some(Looked::Found(seen)) if seen.kind != TEXT_CHANNEL || seen.guild != Some(guild) => {
                faults.push(Fault::NoTextChannel { option, channel });
            }
            Some(Looked::Found(seen)) if option != "intake-channel" => {
                faults.extend(
                    known
                        .into_iter()
                        .flat_map(|known| watched(guild, setup, (&option, channel), seen, known)),
                );
            }
            // What is hidden from the bot is told with the permissions that it lacks.
            Some(Looked::Found(_) | Looked::Hidden) => {}
            Some(Looked::Unknown) | None => faults.push(Fault::ChannelUnknown { option, channel }),
        }
    }
    match known {
        None => faults.push(Fault::RolesUnknown),
        Some(known) => {
            for (option, role) in roles(setup).filter(|(_, role)| role.0 != guild.0) {
                let option = option.to_owned();
                match known.get(&role) {
                    None => faults.push(Fault::RoleGone { option, role }),
                    Some(held) if held.managed => faults.push(Fault::RoleOfBot { option, role }),
                    Some(_) => {}
                }
            }
        }
    }
    faults
}

/// Who sees a channel that is not for them: everybody, or else roles that are none of the desk's.
fn watched(
    guild: GuildId,
    setup: &Setup,
    (option, channel): (&str, ChannelId),
    seen: &ChannelSeen,
    known: &BTreeMap<RoleId, RoleSeen>,
) -> Vec<Fault> {
    let everyone = RoleId(guild.0);
    let sees = |role: Option<RoleId>| {
        let bits = |id: RoleId| known.get(&id).map_or(0, |held| held.permissions);
        let mut granted = bits(everyone) | role.map_or(0, bits);
        if granted & ADMINISTRATOR != 0 {
            return true;
        }
        for id in std::iter::once(everyone).chain(role) {
            for (_, allow, deny) in seen.overwrites.iter().filter(|(held, ..)| *held == id.0) {
                granted = (granted & !deny) | allow;
            }
        }
        granted & VIEW_CHANNEL != 0
    };
    let option = option.to_owned();
    if sees(None) {
        return vec![Fault::Public { option, channel }];
    }
    let others = known.iter().filter(|(id, held)| {
        let ours = **id == everyone || held.managed || names_role(setup, **id);
        // Whoever decides about the server could see it anyway.
        !ours && held.permissions & (ADMINISTRATOR | MANAGE_SERVER) == 0 && sees(Some(**id))
    });
    others.map(|(role, _)| Fault::SeenBy { option: option.clone(), channel, role: *role }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUILD: GuildId = GuildId(1);

    fn setup() -> Setup {
        Setup {
            desk_channel: Some(ChannelId(10)),
            intake_channel: Some(ChannelId(11)),
            manager_channel: Some(ChannelId(12)),
            staff_role: Some(RoleId(20)),
            manager_role: Some(RoleId(21)),
            head_office_role: Some(RoleId(22)),
            ..Setup::default()
        }
    }

    fn ground() -> Ground {
        let role = |permissions| RoleSeen { permissions, managed: false };
        let mut roles: BTreeMap<RoleId, RoleSeen> = [20, 21, 22, 30].map(|id| (RoleId(id), role(0))).into();
        roles.insert(RoleId(1), role(VIEW_CHANNEL));
        roles.insert(RoleId(40), RoleSeen { permissions: 0, managed: true });
        let channel = |id: u64, hidden: bool| {
            let overwrites = if hidden { vec![(1, 0, VIEW_CHANNEL), (20, VIEW_CHANNEL, 0)] } else { vec![] };
            (ChannelId(id), Looked::Found(ChannelSeen { guild: Some(GUILD), kind: 0, overwrites }))
        };
        Ground {
            roles: Looked::Found(roles),
            channels: [channel(10, true), channel(11, false), channel(12, true)].into(),
        }
    }

    fn change(ground: &mut Ground, channel: u64, looked: Looked<ChannelSeen>) {
        ground.channels.insert(ChannelId(channel), looked);
    }

    #[test]
    fn each_fault_is_found_where_it_is_and_nowhere_else() {
        assert_eq!(faults(GUILD, &setup(), &ground()), []);
        type Spoil = fn(&mut Setup, &mut Ground);
        let rows: [(&str, &str, Spoil); 12] = [
            ("same-channel", "desk-channel", |setup, _| setup.intake_channel = Some(ChannelId(10))),
            ("same-channel", "manager-channel", |setup, _| setup.intake_channel = Some(ChannelId(12))),
            ("public", "desk-channel", |_, ground| {
                change(
                    ground,
                    10,
                    Looked::Found(ChannelSeen { guild: Some(GUILD), kind: 0, overwrites: vec![] }),
                );
            }),
            ("seen-by", "manager-channel", |_, ground| {
                let overwrites = vec![(1, 0, VIEW_CHANNEL), (30, VIEW_CHANNEL, 0)];
                change(ground, 12, Looked::Found(ChannelSeen { guild: Some(GUILD), kind: 0, overwrites }));
            }),
            ("channel-gone", "intake-channel", |_, ground| change(ground, 11, Looked::Gone)),
            ("channel-unknown", "manager-channel", |_, ground| change(ground, 12, Looked::Unknown)),
            ("no-text-channel", "desk-channel", |_, ground| {
                change(
                    ground,
                    10,
                    Looked::Found(ChannelSeen { guild: Some(GUILD), kind: 2, overwrites: vec![] }),
                );
            }),
            ("no-text-channel", "intake-channel", |_, ground| {
                let guild = Some(GuildId(9));
                change(ground, 11, Looked::Found(ChannelSeen { guild, kind: 0, overwrites: vec![] }));
            }),
            ("role-as-channel", "desk-channel", |setup, _| setup.desk_channel = Some(ChannelId(20))),
            ("everyone", "staff-role", |setup, _| setup.staff_role = Some(RoleId(1))),
            ("role-gone", "manager-role", |setup, _| setup.manager_role = Some(RoleId(99))),
            ("role-of-bot", "head-office-role", |setup, _| setup.head_office_role = Some(RoleId(40))),
        ];
        for (name, option, spoil) in rows {
            let (mut setup, mut ground) = (setup(), ground());
            spoil(&mut setup, &mut ground);
            let found = faults(GUILD, &setup, &ground);
            // The role that was the desk's own before sees its channels still.
            let told = |fault: &&Fault| fault.is_grave() || name == "seen-by";
            let found: Vec<_> =
                found.iter().filter(told).map(|fault| (fault.name(), fault.option())).collect();
            assert_eq!(found, [(name, Some(option))]);
        }
        let mut ground = ground();
        ground.roles = Looked::Unknown;
        let found = faults(GUILD, &setup(), &ground);
        assert_eq!(found, [Fault::RolesUnknown], "what is not known is no missing role");
        change(&mut ground, 10, Looked::Hidden);
        assert_eq!(faults(GUILD, &setup(), &ground), [Fault::RolesUnknown]);
    }

    #[test]
    fn an_administrator_for_everybody_hides_nothing() {
        let mut ground = ground();
        let Looked::Found(roles) = &mut ground.roles else { panic!("it was found") };
        roles.insert(RoleId(1), RoleSeen { permissions: ADMINISTRATOR, managed: false });
        let found: Vec<_> = faults(GUILD, &setup(), &ground).iter().map(Fault::name).collect();
        assert_eq!(found, ["public", "public"]);
    }
}
