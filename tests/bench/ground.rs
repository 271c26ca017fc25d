//! A server with channels, staff and customers, for both kinds of measuring.

use std::time::Duration;

use langnghe::domain::settings::Setup;
use langnghe::kernel::ids::{ChannelId, RoleId};
use langnghe::sandbox::rules::permissions::MANAGE_THREADS;
use langnghe::sandbox::{AnswerKind, ChannelSpec, GuildSpec, PersonSpec, Place, RoleSpec, Sandbox};

use crate::{Failure, pass};

/// How many customers complain.
const CUSTOMERS: usize = 100;
/// The label of the button that opens the filing form.
pub const FILE: &str = "Gửi khiếu nại";

/// Who and what there is.
pub struct Ground {
    pub guild: u64,
    pub intake: u64,
    pub desk: u64,
    pub staff_role: u64,
    pub manager_role: u64,
    pub customers: Vec<u64>,
    pub staff: u64,
    pub manager: u64,
}

impl Ground {
    pub fn lay(sandbox: &Sandbox) -> Self {
        let role = |name: &str| RoleSpec { name: name.to_owned(), permissions: MANAGE_THREADS };
        let channel = |name: &str, private_to: &[&str]| ChannelSpec {
            name: name.to_owned(),
            private_to: private_to.iter().map(ToString::to_string).collect(),
        };
        let guild = sandbox.make_guild(GuildSpec {
            name: "Internet Một".to_owned(),
            roles: vec![role("staff"), role("manager")],
            channels: vec![channel("intake", &[]), channel("desk", &["staff", "manager"])],
            bot_permissions: None,
        });
        let person = |name: String, label: &str, roles: Vec<u64>| {
            let (locale, label) = ("vi".to_owned(), label.to_owned());
            sandbox.make_person(PersonSpec { guild: guild.id, name, locale, label, roles, dms_open: true })
        };
        let (staff_role, manager_role) = (guild.roles["staff"], guild.roles["manager"]);
        Self {
            guild: guild.id,
            intake: guild.channels["intake"],
            desk: guild.channels["desk"],
            staff_role,
            manager_role,
            customers: (1..=CUSTOMERS)
                .map(|number| person(format!("Khách {number}"), "customer", Vec::new()))
                .collect(),
            staff: person("Lan".to_owned(), "staff", vec![staff_role]),
            manager: person("Tuấn".to_owned(), "manager", vec![manager_role]),
        }
    }

    /// The desk's set-up, as the program stores it.
    pub fn setup(&self) -> Setup {
        Setup {
            desk_channel: Some(ChannelId(self.desk)),
            intake_channel: Some(ChannelId(self.intake)),
            staff_role: Some(RoleId(self.staff_role)),
            manager_role: Some(RoleId(self.manager_role)),
            ..Setup::default()
        }
    }

    /// The same as a configuration file says it.
    pub fn file(&self) -> String {
        let Self { guild, intake, desk, staff_role, manager_role, .. } = self;
        format!(
            "[guild.{guild}]\ndesk-channel = \"{desk}\"\nintake-channel = \"{intake}\"\n\
             staff-role = \"{staff_role}\"\nmanager-role = \"{manager_role}\"\n"
        )
    }

    /// Posts the button, and files the first complaint: its card is what staff press. The program must run.
    pub async fn open(&self, sandbox: &Sandbox) -> Result<(), Failure> {
        let asked = sandbox.command(self.manager, Place::Channel(self.desk), "desk panel", &[])?;
        sandbox.answer(asked).await;
        let form_of = sandbox.press_label(self.customers[0], self.intake, FILE)?;
        let opened = sandbox.answer(form_of).await;
        if opened.kind != AnswerKind::Form {
            return Err(format!("no form: {}", opened.text()).into());
        }
        let sent = sandbox.submit(self.customers[0], form_of, &[("words", "Mạng rớt cả ngày")])?;
        sandbox.answer(sent).await;
        for _ in 0..100 {
            if sandbox.messages(self.desk).iter().any(|message| message["embeds"][0].is_object()) {
                return Ok(());
            }
            pass(Duration::from_millis(50)).await;
        }
        Err("no card was posted".into())
    }
}
