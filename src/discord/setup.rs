//! `/desk setup` and `/desk panel`: what is set, what is missing or not permitted, and how that is cured.

use serde_json::Value;

use super::bot::Bot;
use super::decode::Heard;
use super::query::private;
use super::render::answers::Shown;
use super::render::{at, channel, customer, cut, plain, role, setting};
use super::rest::{Call, CallError, Priority};
use crate::desk::parcel::{Brought, Parcel};
use crate::domain::command::Refusal;
use crate::domain::footing::Fault;
use crate::domain::ledger::{self, Entry};
use crate::domain::outbox::Urgency;
use crate::domain::settings::{GuildDesk, Setup};
use crate::kernel::ids::{ChannelId, GuildId};
use crate::kernel::lang::Lang;
use crate::store;
use crate::text::Words;

/// What the desk needs, by Discord's permission bits (`topics/permissions`) and the names people see.
const NEEDED: [(u64, &str, &str); 10] = [
    (1 << 10, "View Channel", "Xem kênh"),
    (1 << 11, "Send Messages", "Gửi tin nhắn"),
    (1 << 14, "Embed Links", "Nhúng liên kết"),
    (1 << 15, "Attach Files", "Đính kèm tệp"),
    (1 << 16, "Read Message History", "Đọc lịch sử tin nhắn"),
    (1 << 17, "Mention Everyone and All Roles", "Nhắc tới mọi người và mọi vai trò"),
    (1 << 34, "Manage Threads", "Quản lý luồng"),
    (1 << 35, "Create Public Threads", "Tạo luồng công khai"),
    (1 << 36, "Create Private Threads", "Tạo luồng riêng tư"),
    (1 << 38, "Send Messages in Threads", "Gửi tin nhắn trong luồng"),
];
/// *Pin Messages*, apart from *Manage Messages* since February 2026 (`change-log`).
const PIN_MESSAGES: u64 = 1 << 51;
/// So many lines of what was written down are looked through for changes.
const LAST_CHANGES: i64 = 5;
/// *Administrator* may everything.
const ADMINISTRATOR: u64 = 1 << 3;

/// The bits of the invite link: no privileged intent, and nothing that is not used.
pub fn invite_permissions() -> u64 {
    NEEDED.iter().fold(PIN_MESSAGES, |bits, (bit, ..)| bits | bit)
}

/// The invite link of an application.
pub fn invite_link(application: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        invite_permissions()
    )
}

impl Bot {
    /// Stores what was said, and shows what is set and what is missing.
    pub(super) async fn set_up(&self, heard: &Heard, said: Setup, lang: Lang) -> Option<Shown> {
        let guild = heard.guild?;
        if ledger::decides(&said) {
            let faults = self.faults_of(guild, &said).await;
            if !faults.is_empty() {
                let mut lines = vec![self.view().words(lang).say("setup-refused", &[])];
                lines.extend(self.fault_lines(&faults, lang));
                return private(cut(&lines.join("\n"), 2_000));
            }
        }
        if said != Setup::default()
            && let Err(error) = self.desk().setups().set_up_by(guild, &said, &heard.person).await
        {
            tracing::error!(guild.id = guild.0, %error, "set-up not stored");
            return self.refusal(&Refusal::NotSaved, lang);
        }
        let lines = self.setup_lines(guild, lang).await;
        private(cut(&lines.join("\n"), 2_000))
    }

    async fn setup_lines(&self, guild: GuildId, lang: Lang) -> Vec<String> {
        let words = self.view().words(lang);
        let setup = self.desk().setup_of(guild);
        let file = self.desk().setup_in_file(guild);
        let mut lines = vec![format!("**{}**", words.setup_heading())];
        let staff = setup.staff_role;
        let rows = [
            Row {
                what: words.setup_desk_channel(),
                option: "desk-channel",
                value: setup.desk_channel.map(channel),
                in_file: file.desk_channel.is_some(),
                default: None,
            },
            Row {
                what: words.setup_intake_channel(),
                option: "intake-channel",
                value: setup.intake_channel.map(channel),
                in_file: file.intake_channel.is_some(),
                default: None,
            },
            Row {
                what: words.setup_manager_channel(),
                option: "manager-channel",
                value: setup.manager_channel.map(channel),
                in_file: file.manager_channel.is_some(),
                default: setup.desk_channel.map(channel),
            },
            Row {
                what: words.setup_staff_role(),
                option: "staff-role",
                value: staff.map(role),
                in_file: file.staff_role.is_some(),
                default: None,
            },
            Row {
                what: words.setup_manager_role(),
                option: "manager-role",
                value: setup.manager_role.map(role),
                in_file: file.manager_role.is_some(),
                default: staff.map(role),
            },
            Row {
                what: words.setup_head_office_role(),
                option: "head-office-role",
                value: setup.head_office_role.map(role),
                in_file: file.head_office_role.is_some(),
                default: setup.manager_role.or(staff).map(role),
            },
            Row {
                what: words.setup_time_zone(),
                option: "time-zone",
                value: setup.time_zone.map(|zone| zone.name().to_owned()),
                in_file: file.time_zone.is_some(),
                default: Some(self.desk().policy().zone.name().to_owned()),
            },
            Row {
                what: words.setup_locale(),
                option: "locale",
                value: setup.locale.map(|lang| lang.as_str().to_owned()),
                in_file: file.locale.is_some(),
                default: Some(self.desk().default_lang().as_str().to_owned()),
            },
        ];
        lines.extend(rows.into_iter().map(|row| row.said(words)));
        let faults = self.footing(guild, &setup).await;
        // While Discord does not say what there is, nobody looks for permissions in it.
        let missing = match faults.iter().all(Fault::is_certain) {
            true => self.missing_permissions(guild, &setup, lang).await,
            false => Vec::new(),
        };
        let complete = self.desk().desk_of(guild).is_some() && setup.intake_channel.is_some();
        let ready = complete && missing.is_empty() && !faults.iter().any(Fault::is_grave);
        lines.extend(missing);
        lines.extend(self.fault_lines(&faults, lang));
        lines.push(if ready { words.setup_ready() } else { words.setup_not_ready() });
        lines.push(words.setup_invite(invite_link(self.application())));
        lines.extend(self.last_changes(guild, words).await);
        lines
    }

    /// Who changed what lately, as it is written down.
    async fn last_changes(&self, guild: GuildId, words: &Words) -> Vec<String> {
        let records = match store::ledger::latest(self.desk().db(), guild, LAST_CHANGES).await {
            Ok(records) => records,
            Err(error) => {
                tracing::warn!(guild.id = guild.0, %error, "changes not read");
                return Vec::new();
            }
        };
        let mut lines = Vec::new();
        for record in records {
            let (Entry::SetUp { changes }, Some(by)) = (record.entry, record.by) else { continue };
            let said = [("when", at(record.at).into()), ("name", plain(&by.name).into())];
            lines.push(words.say("setup-changed-by", &said));
            lines.extend(changes.iter().map(|change| setting::line(change, words)));
        }
        lines
    }

    /// What the bot may not do in the channels it works in, each with its cure.
    async fn missing_permissions(&self, guild: GuildId, setup: &Setup, lang: Lang) -> Vec<String> {
        let words = self.view().words(lang);
        let places = [setup.desk_channel, setup.intake_channel, setup.manager_channel];
        let mut lines = Vec::new();
        let mut seen = Vec::new();
        for place in places.into_iter().flatten() {
            if seen.contains(&place) {
                continue;
            }
            seen.push(place);
            match self.permissions_in(guild, place).await {
                Ok(granted) => {
                    let names: Vec<&str> = NEEDED
                        .iter()
                        .filter(|(bit, ..)| granted & bit == 0 && granted & ADMINISTRATOR == 0)
                        .map(|(_, en, vi)| if lang == Lang::Vi { *vi } else { *en })
                        .collect();
                    if !names.is_empty() {
                        lines.push(words.setup_not_permitted(channel(place), names.join(", ")));
                    }
                }
                Err(CallError::Refused { status: 403, .. }) => {
                    let name = if lang == Lang::Vi { NEEDED[0].2 } else { NEEDED[0].1 };
                    lines.push(words.setup_not_permitted(channel(place), name));
                }
                // Gone or not known now: that is no permission, and told by what it is.
                Err(error) => tracing::warn!(channel.id = place.0, %error, "permissions not read"),
            }
        }
        lines
    }

    /// What the bot may do in a channel, after Discord's own algorithm (`topics/permissions`).
    async fn permissions_in(&self, guild: GuildId, place: ChannelId) -> Result<u64, CallError> {
        let ask = |call: Call| self.sender().call(call.priority(Priority::Person));
        let me = crate::kernel::ids::UserId(self.application());
        let held = ask(Call::get_guild(guild)).await?;
        let member = ask(Call::get_member(guild, me)).await?;
        let place = ask(Call::get_channel(place)).await?;
        let mine: Vec<&str> =
            member["roles"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let everyone = guild.to_string();
        let bits = |value: &Value| value.as_str().and_then(|bits| bits.parse::<u64>().ok()).unwrap_or(0);
        let mut granted = 0;
        for role in held["roles"].as_array().into_iter().flatten() {
            let id = role["id"].as_str().unwrap_or_default();
            if id == everyone || mine.contains(&id) {
                granted |= bits(&role["permissions"]);
            }
        }
        if granted & ADMINISTRATOR != 0 {
            return Ok(u64::MAX);
        }
        let overwrites: Vec<&Value> =
            place["permission_overwrites"].as_array().into_iter().flatten().collect();
        let apply = |granted: u64, allow: u64, deny: u64| (granted & !deny) | allow;
        for held in overwrites.iter().filter(|held| held["id"] == everyone.as_str()) {
            granted = apply(granted, bits(&held["allow"]), bits(&held["deny"]));
        }
        let of_roles = overwrites.iter().filter(|held| {
            held["id"] != everyone.as_str() && held["id"].as_str().is_some_and(|id| mine.contains(&id))
        });
        let (allow, deny) = of_roles
            .fold((0, 0), |(allow, deny), held| (allow | bits(&held["allow"]), deny | bits(&held["deny"])));
        granted = apply(granted, allow, deny);
        for held in overwrites.iter().filter(|held| held["id"] == me.to_string().as_str()) {
            granted = apply(granted, bits(&held["allow"]), bits(&held["deny"]));
        }
        Ok(granted)
    }

    /// Brings the news of a change. Where the channel of before is out of reach, the one of now has to do.
    pub(super) async fn bring_setup(
        &self,
        parcel: &Parcel,
        channels: &[ChannelId],
        desk: &GuildDesk,
        body: Value,
    ) -> Result<Brought, CallError> {
        for (part, place) in channels.iter().enumerate() {
            match self.post(parcel, part, *place, body.clone(), Urgency::Desk).await {
                Err(CallError::Refused { status: 403 | 404, .. }) if *place != desk.manager_channel => {
                    tracing::error!(
                        channel.id = place.0,
                        "the managers of before cannot be told of a change"
                    );
                    if !channels.contains(&desk.manager_channel) {
                        let here = desk.manager_channel;
                        self.post(parcel, channels.len(), here, body.clone(), Urgency::Desk).await?;
                    }
                }
                told => {
                    told?;
                }
            }
        }
        Ok(Brought::Done)
    }

    /// Posts the panel in the intake channel.
    pub(super) async fn post_panel(&self, desk: &GuildDesk, lang: Lang) -> Option<Shown> {
        let words = self.view().words(lang);
        let Some(intake) = desk.intake_channel else {
            let cure = words.setup_cure("intake-channel");
            return private(words.setup_missing(words.setup_intake_channel(), cure));
        };
        let body = customer::panel(desk.locale, &self.view());
        match self.sender().call(Call::post_message(intake, body).priority(Priority::Person)).await {
            Ok(_) => private(words.panel_posted(channel(intake))),
            Err(error) => {
                tracing::warn!(channel.id = intake.0, %error, "panel not posted");
                let names = [NEEDED[0], NEEDED[1]].map(|(_, en, vi)| if lang == Lang::Vi { vi } else { en });
                private(words.setup_not_permitted(channel(intake), names.join(", ")))
            }
        }
    }
}

/// One line of what is set.
struct Row {
    what: String,
    option: &'static str,
    value: Option<String>,
    in_file: bool,
    default: Option<String>,
}

impl Row {
    fn said(self, words: &Words) -> String {
        match (self.value, self.default) {
            (Some(value), _) => {
                let source = if self.in_file { words.setup_from_file() } else { words.setup_from_command() };
                words.setup_set(self.what, value, source)
            }
            (None, Some(default)) => words.setup_set(self.what, default, words.setup_default()),
            (None, None) => words.setup_missing(self.what, words.setup_cure(self.option)),
        }
    }
}
