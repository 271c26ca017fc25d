//! How many Discord calls each deed takes: counted, not timed, so they are the same on every machine.

use langnghe::demo::stage::{Stage, StageOptions};
use langnghe::kernel::ids::GuildId;
use langnghe::sandbox::{Answer, AnswerKind, Place};
use serde_json::json;

use crate::ground::{FILE, Ground};
use crate::{Failure, row};

/// Monday 23 November 2026, 09:00 in Hà Nội.
const MONDAY_9: i64 = 1_795_399_200_000;

/// A desk, stepped by hand.
struct Play {
    stage: Stage,
    ground: Ground,
}

/// Plays one complaint from filing to rating and prints what each step took.
pub async fn measure() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    let mut stage = Stage::set(StageOptions {
        start_ms: MONDAY_9,
        database_url: format!("sqlite:{}", folder.path().join("desk.db").display()),
        port: 0,
        config_folder: folder.path().join("config"),
        data_dir: folder.path().join("data"),
    })
    .await?;
    let ground = Ground::lay(&stage.sandbox);
    stage.start_bot().await?;
    stage.bot()?.desk().setups().set_up(GuildId(ground.guild), &ground.setup()).await?;
    let play = Play { stage, ground };
    play.command(play.ground.manager, play.ground.desk, "desk panel", &[]).await?;
    let (customer, staff) = (play.ground.customers[0], play.ground.staff);
    println!("\nDiscord calls (each deed until nothing is left to do)");

    play.begin();
    play.fill(customer, play.ground.intake, FILE, &[("words", "Nhà em mất mạng từ tối qua")]).await?;
    play.tell("first filing by form: card, thread, receipt in a new DM");
    play.fill(customer, play.ground.intake, FILE, &[("words", "Thợ hẹn mà không tới")]).await?;
    play.tell("second filing by the same customer");
    let thread = play
        .stage
        .sandbox
        .threads(play.ground.desk)
        .first()
        .and_then(|thread| thread["id"].as_str()?.parse().ok());
    let thread: u64 = thread.ok_or("no thread")?;
    play.command(staff, thread, "case claim", &[]).await?;
    play.tell("/case claim");
    play.command(staff, thread, "reply", &[("text", "Em kiểm tra ngay ạ.")]).await?;
    play.tell("/reply");
    play.fill_command(staff, thread, "reply", &[("text", "Thợ đang trên đường ạ.")]).await?;
    play.tell("/reply by form");
    play.command(staff, thread, "case resolve", &[("outcome", "Đã thay dây cáp.")]).await?;
    let dm = play.stage.sandbox.dm_channel(customer).ok_or("no DM")?;
    play.answer(play.stage.sandbox.press_label(customer, dm, "5 ★")?).await?;
    play.tell("/case resolve until the first tap");
    let left = play.stage.leftovers().await?;
    row("outbox messages left", &left.len().to_string());
    play.stage.strike().await?;
    if left.is_empty() { Ok(()) } else { Err(format!("left over: {left:?}").into()) }
}

impl Play {
    fn begin(&self) {
        self.stage.sandbox.clear_calls();
    }

    /// Prints the calls since the last time.
    fn tell(&self, deed: &str) {
        let (mut calls, mut callbacks, mut edits) = (0, 0, 0);
        for call in self.stage.sandbox.calls() {
            match (call.callback, call.method == "PATCH" && call.route.ends_with("/messages/{message_id}")) {
                (true, _) => callbacks += 1,
                (false, true) => edits += 1,
                (false, false) => calls += 1,
            }
        }
        row(deed, &format!("{calls} + {callbacks} callbacks, {edits} card edits"));
        self.begin();
    }

    async fn answer(&self, interaction: u64) -> Result<Answer, Failure> {
        self.stage.settle().await?;
        let answer = self.stage.sandbox.answer(interaction).await;
        match answer.error {
            None => Ok(answer),
            Some(error) => Err(error.into()),
        }
    }

    async fn command(
        &self,
        user: u64,
        channel: u64,
        path: &str,
        options: &[(&str, &str)],
    ) -> Result<Answer, Failure> {
        let options: Vec<_> = options.iter().map(|(name, value)| (*name, json!(value))).collect();
        self.answer(self.stage.sandbox.command(user, Place::Channel(channel), path, &options)?).await
    }

    async fn fill(
        &self,
        user: u64,
        channel: u64,
        label: &str,
        values: &[(&str, &str)],
    ) -> Result<(), Failure> {
        let form_of = self.stage.sandbox.press_label(user, channel, label)?;
        self.submit(user, form_of, values).await
    }

    async fn fill_command(
        &self,
        user: u64,
        channel: u64,
        path: &str,
        values: &[(&str, &str)],
    ) -> Result<(), Failure> {
        let form_of = self.stage.sandbox.command(user, Place::Channel(channel), path, &[])?;
        self.submit(user, form_of, values).await
    }

    async fn submit(&self, user: u64, form_of: u64, values: &[(&str, &str)]) -> Result<(), Failure> {
        let opened = self.answer(form_of).await?;
        if opened.kind != AnswerKind::Form {
            return Err(format!("no form: {}", opened.text()).into());
        }
        self.answer(self.stage.sandbox.submit(user, form_of, values)?).await.map(|_| ())
    }
}
