//! Reads what a desk is: the company's part, and what the file says of each server.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use chrono_tz::Tz;

use crate::domain::footing;
use crate::domain::policy::LineKind;
use crate::domain::settings::Setup;
use crate::kernel::ids::{ChannelId, GuildId, RoleId};
use crate::kernel::lang::Lang;
use crate::kit::setting::Findings;
use crate::kit::setting::Section;

/// The company's part of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// How the company is called in messages.
    pub company: String,
    /// What a reader without a known language gets.
    pub locale: Lang,
    /// The zone of the desk's days.
    pub time_zone: Tz,
    /// Where files are kept.
    pub data_dir: PathBuf,
    /// So many bytes of files are kept for one customer.
    pub files_per_person: i64,
    /// Whether the privileged intent for the words of messages is granted.
    pub message_content: bool,
    /// How long a complaint is kept after it ended (ms).
    pub keep_ms: i64,
    /// How a person's reply is signed; holds `{name}`.
    pub sign_as: String,
}

const DAY_MS: i64 = 86_400_000;

/// The first snowflake that Discord can have made: the bits below it are no time.
const FIRST_SNOWFLAKE: u64 = 1 << 22;

const LOCALE: (&str, &str) = ("is not a language of the desk", "write vi or en");

/// Reads `[desk]`.
pub fn desk(mut section: Section<'_>, findings: &mut Findings) -> Option<Desk> {
    let company = section.text(findings, "company", 80);
    let locale = section.read(findings, "locale", LOCALE.0, LOCALE.1, locale);
    let time_zone = section.zone(findings, "time-zone");
    let data_dir = section.text(findings, "data-dir", 1000);
    let megabytes = section.number(findings, "files-per-person", (10, 100_000));
    let message_content = section.flag(findings, "message-content");
    let keep_ms = section.duration(findings, "keep-for", (DAY_MS, 3660 * DAY_MS));
    let sign_as =
        section.read(findings, "sign-as", "does not name the person", "write e.g. {name}", |text| {
            (text.contains("{name}") && text.chars().count() <= 80).then(|| text.to_owned())
        });
    section.finish(findings);
    Some(Desk {
        company: company?,
        locale: locale?,
        time_zone: time_zone?,
        data_dir: PathBuf::from(data_dir?),
        files_per_person: megabytes? * 1024 * 1024,
        message_content: message_content?,
        keep_ms: keep_ms?,
        sign_as: sign_as?,
    })
}

/// Reads `[guild.ID]`: what the file says of servers; what it leaves out is none.
pub fn guilds(top: &mut Section<'_>, findings: &mut Findings) -> BTreeMap<GuildId, Setup> {
    let mut guilds = BTreeMap::new();
    for (name, held) in top.section(findings, "guild").entries() {
        let Some(id) = snowflake(&name) else {
            held.problem(
                findings,
                "stands under what is not the id of a server",
                "write [guild.ID] with Discord's number",
            );
            continue;
        };
        let Some(section) = held.section(findings) else { continue };
        let setup = setup(section, findings);
        for fault in footing::by_ids(GuildId(id), &setup) {
            held.problem(findings, &format!("cannot be: {}", fault.said()), "write another id");
        }
        guilds.insert(GuildId(id), setup);
    }
    guilds
}

fn setup(mut section: Section<'_>, findings: &mut Findings) -> Setup {
    let mut id = |section: &mut Section<'_>, key| {
        let right = "write Discord's number in quotes, such as \"100000000000000011\"";
        section.read(findings, key, "is not an id", right, snowflake)
    };
    let mut setup = Setup {
        desk_channel: id(&mut section, "desk-channel").map(ChannelId),
        intake_channel: id(&mut section, "intake-channel").map(ChannelId),
        manager_channel: id(&mut section, "manager-channel").map(ChannelId),
        staff_role: id(&mut section, "staff-role").map(RoleId),
        manager_role: id(&mut section, "manager-role").map(RoleId),
        head_office_role: id(&mut section, "head-office-role").map(RoleId),
        ..Setup::default()
    };
    setup.line =
        section.read(findings, "line", "is not a line to a customer", "write dm or thread", LineKind::parse);
    setup.locale = section.read(findings, "locale", LOCALE.0, LOCALE.1, locale);
    setup.time_zone = section.zone(findings, "time-zone");
    section.finish(findings);
    setup
}

/// Reads `[health]`: where health and metrics are served, on this machine only.
pub fn health(mut section: Section<'_>, findings: &mut Findings) -> Option<SocketAddr> {
    let wrong = "is not an address of this machine";
    let listen = section.read(findings, "listen", wrong, "write e.g. 127.0.0.1:9464", |text| {
        text.parse::<SocketAddr>().ok().filter(|address| address.ip().is_loopback())
    });
    section.finish(findings);
    listen
}

/// Reads exactly `vi` or `en`.
fn locale(text: &str) -> Option<Lang> {
    Lang::ALL.into_iter().find(|lang| lang.as_str() == text)
}

/// Reads an id as Discord shows it: digits only, and large enough to hold a time.
fn snowflake(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let id = text.parse::<u64>().ok().filter(|_| digits)?;
    (id >= FIRST_SNOWFLAKE && i64::try_from(id).is_ok()).then_some(id)
}
