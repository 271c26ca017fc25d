//! The sandbox alone, for other clients, scripts and the page: one ready guild with four people.

use std::io::Write;

use super::rules::permissions;
use super::{ChannelSpec, Guild, GuildSpec, Options, PersonSpec, RoleSpec, Sandbox, SandboxClock};

/// Monday 23 November 2026, 08:00 in Viet Nam (Unix ms). Ids carry the time, so that a fixed start makes them the same every time.
const BEGIN: i64 = 1_795_395_600_000;

/// Runs a sandbox on 127.0.0.1:`port` at `speed` simulated seconds a second until the program is told to end.
/// Address and ids are printed on standard error; they are the same at every start.
///
/// # Errors
///
/// An I/O error if the port is taken, or signals cannot be listened to.
pub async fn run(port: u16, speed: f64) -> std::io::Result<()> {
    let clock = SandboxClock::manual(BEGIN);
    let sandbox = Sandbox::start(Options { port, clock, token: String::new() }).await?;
    let (guild, people) = furnish(&sandbox);
    sandbox.set_limits(true);
    sandbox.clock().set_speed(speed);
    let mut out = std::io::stderr().lock();
    out.write_all(greeting(&sandbox, &guild, &people).as_bytes())?;
    drop(out);
    told_to_end().await?;
    sandbox.stop();
    Ok(())
}

/// Makes the guild and its people: a customer, a staff member, a manager, and somebody of head office.
fn furnish(sandbox: &Sandbox) -> (Guild, Vec<(&'static str, &'static str, u64)>) {
    // Managers may manage the server too, so that one of them can set a bot up.
    let role = |name: &str| {
        let more = if name == "manager" { permissions::MANAGE_GUILD } else { 0 };
        RoleSpec { name: name.to_owned(), permissions: permissions::MANAGE_THREADS | more }
    };
    let channel = |name: &str, private_to: &[&str]| ChannelSpec {
        name: name.to_owned(),
        private_to: private_to.iter().map(ToString::to_string).collect(),
    };
    let guild = sandbox.make_guild(GuildSpec {
        name: "Internet Một".to_owned(),
        roles: vec![role("staff"), role("manager"), role("head office")],
        channels: vec![
            channel("gửi-khiếu-nại", &[]),
            channel("desk", &["staff", "manager", "head office"]),
            channel("managers", &["manager", "head office"]),
        ],
        bot_permissions: None,
    });
    let people = [
        ("customer", "Nguyễn Thị Lan"),
        ("staff", "Trần Văn Minh"),
        ("manager", "Phạm Thu Hà"),
        ("head office", "Lê Quốc Bảo"),
    ];
    let made = people.map(|(label, name)| {
        let id = sandbox.make_person(PersonSpec {
            guild: guild.id,
            name: name.to_owned(),
            locale: "vi".to_owned(),
            label: label.to_owned(),
            roles: guild.roles.get(label).copied().into_iter().collect(),
            dms_open: true,
        });
        (label, name, id)
    });
    (guild, made.to_vec())
}

fn greeting(sandbox: &Sandbox, guild: &Guild, people: &[(&str, &str, u64)]) -> String {
    let origin = sandbox.origin();
    let mut lines = vec![
        format!("page       {origin}/"),
        format!("API        {origin}/api/v10   (DISCORD_API_URL={origin})"),
        format!("control    {origin}/control/state"),
        "token      any".to_owned(),
        format!("guild      {}  Internet Một", guild.id),
    ];
    lines.extend(guild.roles.iter().map(|(name, id)| format!("role       {id}  {name}")));
    lines.extend(guild.channels.iter().map(|(name, id)| format!("channel    {id}  #{name}")));
    lines.extend(people.iter().map(|(label, name, id)| format!("person     {id}  {name} ({label})")));
    lines.push(String::new());
    lines.join("\n")
}

async fn told_to_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
    Ok(())
}
