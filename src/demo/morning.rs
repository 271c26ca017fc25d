//! The morning of the demo's day: single complaints, from the first word to the rating.

use anyhow::ensure;
use serde_json::json;

use super::cast::Person;
use super::day::{Case, Day};
use super::lines::{self, Part};
use super::player::id_of;
use crate::discord::render::stars;
use crate::kernel::lang::Lang;
use crate::sla::clocks::{ClockKind, ClockPolicy, Target};

/// A minute in ms.
const MINUTE: i64 = 60_000;

impl Day<'_, '_> {
    pub(super) async fn dead_line(&mut self) -> anyhow::Result<Case> {
        self.about(8, 5).await?;
        let matter = self.matter(self.player.lang, Part::Dead);
        let (case, _) = self.file(self.cast.customers[0], matter, self.cast.staff[0]).await?;
        self.some_seconds(60, 120).await?;
        self.claim(&case).await?;
        self.classify(&case, "connection-lost").await?;
        self.some_seconds(60, 120).await?;
        self.reply(&case, matter.reply).await?;
        self.some_seconds(120, 300).await?;
        self.player.write(case.customer.id, matter.more).await?;
        self.some_seconds(60, 180).await?;
        self.reply_by_button(&case, matter.then).await?;
        self.promise(&case).await?;
        Ok(case)
    }

    /// Direct messages become a draft, and the complaint is nudged before its answer is late.
    pub(super) async fn burst(&mut self) -> anyhow::Result<()> {
        self.about(8, 31).await?;
        let (customer, handler) = (self.cast.customers[1], self.cast.staff[1]);
        let matter = self.matter(self.player.lang, Part::Burst);
        let before = self.player.stage.sandbox.threads(self.cast.desk).len();
        let first = self.player.now();
        for (place, words) in matter.words.iter().enumerate() {
            if place > 0 {
                self.some_seconds(8, 35).await?;
            }
            self.player.write(customer.id, words).await?;
        }
        self.player.pass(2 * MINUTE).await?;
        let (line, send) = (self.line(customer)?, self.label("draft-send")?);
        ensure!(self.text_of(line).contains(&self.label("draft-ask")?), "no draft was shown");
        self.player.press(customer.id, line, &send).await?;
        let case = Case { customer, matter, thread: self.new_thread(before)?, handler };
        self.some_seconds(30, 90).await?;
        self.claim(&case).await?;
        self.classify(&case, "slow-or-unstable").await?;
        let nudge = self.label("nudge-do-reply")?;
        self.player.until(first + 10 * MINUTE - 1_000).await?;
        ensure!(!self.text_of(case.thread).contains(&nudge), "the nudge came too early");
        self.player.until(first + 10 * MINUTE).await?;
        let nudged = self.text_of(case.thread);
        ensure!(
            nudged.contains(&nudge) && nudged.contains(&format!("<@{}>", handler.id)),
            "no nudge after ten minutes"
        );
        self.some_seconds(30, 90).await?;
        self.reply_by_button(&case, matter.reply).await?;
        ensure!(self.player.now() < first + 15 * MINUTE, "the answer was late");
        self.player.until(first + 16 * MINUTE).await?;
        ensure!(
            !self.text_of(self.cast.managers).contains(&self.label("breach-can-do")?),
            "it went up all the same"
        );
        Ok(())
    }

    /// A complaint by command.
    pub(super) async fn missed(&mut self) -> anyhow::Result<Case> {
        self.about(9, 12).await?;
        let (customer, handler) = (self.cast.customers[2], self.cast.staff[2]);
        let matter = self.matter(self.player.lang, Part::Missed);
        let before = self.player.stage.sandbox.threads(self.cast.desk).len();
        let opened = self.player.command(customer.id, self.cast.intake, "complain", &[]).await?;
        let typing = self.chance.seconds(25..=55);
        let values = [("words", matter.words[0]), ("wish", matter.wish), ("contact", "HD-0908-3377")];
        self.player.fill(customer.id, opened, &values, typing).await?;
        let case = Case { customer, matter, thread: self.new_thread(before)?, handler };
        self.some_seconds(60, 150).await?;
        self.claim(&case).await?;
        let options = [("category", json!("technician-missed")), ("severity", json!("high"))];
        self.player.command(handler.id, case.thread, "case classify", &options).await?;
        self.some_seconds(60, 120).await?;
        self.reply(&case, matter.reply).await?;
        Ok(case)
    }

    pub(super) async fn rated_high(&mut self, case: &Case) -> anyhow::Result<()> {
        self.about(10, 20).await?;
        self.keep(case).await?;
        let options = [("outcome", json!(case.matter.outcome))];
        self.player.command(case.handler.id, case.thread, "case resolve", &options).await?;
        self.some_seconds(120, 400).await?;
        self.rate(case, 5, "fixed-yes").await?;
        let threads = self.player.stage.sandbox.threads(self.cast.desk);
        let thread = threads.iter().find(|held| id_of(held) == case.thread);
        ensure!(
            thread.is_some_and(|held| held["thread_metadata"]["archived"] == true),
            "fixed, and the thread is still open"
        );
        Ok(())
    }

    async fn rate(&mut self, case: &Case, score: i64, fixed: &str) -> anyhow::Result<()> {
        let line = self.line(case.customer)?;
        let question = self.label_for(case.customer.lang, "rating-question")?;
        ensure!(self.text_of(line).contains(&question), "the rating was not asked for");
        self.player.press(case.customer.id, line, &stars(score)).await?;
        self.some_seconds(4, 12).await?;
        let fixed = self.label_for(case.customer.lang, fixed)?;
        self.player.press(case.customer.id, line, &fixed).await?;
        Ok(())
    }

    /// The customer's direct messages are closed: a private thread becomes the line.
    pub(super) async fn closed_line(&mut self) -> anyhow::Result<Case> {
        self.about(10, 50).await?;
        let matter = self.matter(self.player.lang, Part::Device);
        let (case, _) = self.file(self.cast.closed, matter, self.cast.staff[1]).await?;
        let threads = self.player.stage.sandbox.threads(self.cast.intake);
        let private = threads.last().map(id_of).unwrap_or_default();
        ensure!(
            self.text_of(private).contains(&format!("<@{}>", case.customer.id)),
            "no private thread was opened"
        );
        self.some_seconds(60, 120).await?;
        self.claim(&case).await?;
        self.classify(&case, "equipment").await?;
        self.some_seconds(60, 120).await?;
        self.reply(&case, matter.reply).await?;
        self.some_seconds(90, 200).await?;
        let write = self.label_for(case.customer.lang, "write-button")?;
        let opened = self.player.press(case.customer.id, private, &write).await?;
        let typing = self.chance.seconds(15..=40);
        self.player.fill(case.customer.id, opened, &[("text", matter.more)], typing).await?;
        ensure!(self.text_of(case.thread).contains(matter.more), "the customer's words did not arrive");
        self.some_seconds(60, 150).await?;
        self.reply_by_button(&case, matter.then).await?;
        self.promise(&case).await?;
        Ok(case)
    }

    pub(super) async fn rated_low(&mut self, case: &Case) -> anyhow::Result<()> {
        self.about(11, 40).await?;
        let resolve = self.label("resolve-button")?;
        let opened = self.player.press_on(case.handler.id, self.cast.desk, case.thread, &resolve).await?;
        let typing = self.chance.seconds(20..=40);
        self.player.fill(case.handler.id, opened, &[("text", case.matter.outcome)], typing).await?;
        self.some_seconds(60, 200).await?;
        let before = self.count(self.cast.managers);
        self.rate(case, 2, "fixed-partly").await?;
        self.some_seconds(10, 30).await?;
        let (line, word) = (self.line(case.customer)?, self.label("word-button")?);
        let opened = self.player.press(case.customer.id, line, &word).await?;
        let typing = self.chance.seconds(15..=40);
        self.player.fill(case.customer.id, opened, &[("text", case.matter.word)], typing).await?;
        ensure!(self.text_of(case.thread).contains(case.matter.word), "the customer's word did not arrive");
        let told = self.text_since(self.cast.managers, before);
        ensure!(told.contains(&format!("<@&{}>", self.cast.roles[1])), "the manager was not told");
        // Who is not content and says so is answered.
        self.some_seconds(60, 150).await?;
        self.reply_by_button(case, case.matter.after).await
    }

    /// Nobody takes it up: a nudge to all staff, a breach at the deadline, and the manager puts it right.
    pub(super) async fn breach(&mut self) -> anyhow::Result<()> {
        self.about(11, 57).await?;
        let matter = self.matter(self.player.lang, Part::Bill);
        let (case, _) = self.file(self.cast.customers[3], matter, self.cast.staff[0]).await?;
        let filed = self.player.now();
        let target = match self.player.stage.config().policy().clocks.get(&ClockKind::Reply) {
            Some(ClockPolicy { target: Target::Open(target), .. }) => *target,
            _ => 15 * MINUTE,
        };
        let breach = self.label("breach-can-do")?;
        self.player.until(filed + target - 1_000).await?;
        let unowned = self.text_of(self.cast.desk);
        ensure!(unowned.contains(&format!("<@&{}>", self.cast.roles[0])), "the staff were not nudged");
        ensure!(!self.text_of(self.cast.managers).contains(&breach), "it went up before the deadline");
        self.player.until(filed + target).await?;
        ensure!(self.text_of(self.cast.managers).contains(&breach), "it did not go up at the deadline");
        self.some_seconds(60, 120).await?;
        let manager = self.cast.manager.id;
        let options = [("person", json!(case.handler.id.to_string()))];
        self.player.command(manager, case.thread, "case assign", &options).await?;
        self.some_seconds(30, 90).await?;
        let note = lines::management(self.player.lang).note;
        self.player.command(manager, case.thread, "case note", &[("text", json!(note))]).await?;
        self.classify(&case, "billing").await?;
        self.some_seconds(30, 90).await?;
        self.reply(&case, matter.reply).await
    }

    /// Whoever writes in the other language.
    pub(super) fn foreign(&self) -> (Person, Lang) {
        (self.cast.foreign, self.player.lang.other())
    }
}
