//! The afternoon of the demo's day: one cause behind many complaints, and one approved line for all.

use anyhow::{Context, ensure};
use serde_json::json;

use super::day::{Case, Day};
use super::lines::{self, Part};
use crate::sandbox::Place;

/// The playbook and the category it explains.
const PLAYBOOK: &str = "cable-cut";
const CATEGORY: &str = "international-slow";

impl Day<'_, '_> {
    /// Two customers report what nobody can explain yet.
    pub(super) async fn slow_abroad(&mut self) -> anyhow::Result<Vec<Case>> {
        let matters = self.chance.shuffled(lines::pool(self.player.lang, Part::Abroad));
        self.about(13, 50).await?;
        let (first, _) = self.file(self.cast.customers[4], matters[0], self.cast.staff[1]).await?;
        self.some_seconds(60, 120).await?;
        self.claim(&first).await?;
        self.classify(&first, CATEGORY).await?;
        self.some_seconds(60, 120).await?;
        self.reply(&first, matters[0].reply).await?;
        self.about(14, 2).await?;
        let (second, _) = self.file(self.cast.customers[5], matters[1], self.cast.staff[2]).await?;
        self.some_seconds(60, 120).await?;
        self.claim(&second).await?;
        let options = [("category", json!(CATEGORY))];
        self.player.command(second.handler.id, second.thread, "case classify", &options).await?;
        self.some_seconds(60, 120).await?;
        self.reply(&second, matters[1].reply).await?;
        Ok(vec![first, second])
    }

    /// The manager declares it, head office approves, and the talking points appear where people work.
    pub(super) async fn cable_cut(&mut self, open: &[Case]) -> anyhow::Result<()> {
        self.about(14, 20).await?;
        let manager = self.cast.manager.id;
        let before: Vec<usize> = self.places(open).iter().map(|place| self.count(*place)).collect();
        let area = lines::management(self.player.lang).area;
        let options = [("playbook", json!(PLAYBOOK)), ("area", json!(area)), ("next-update", json!("17:30"))];
        let opened = self.player.command(manager, self.cast.managers, "incident declare", &options).await?;
        let typing = self.chance.seconds(10..=30);
        self.player.fill(manager, opened, &[("since", "11:50")], typing).await?;
        for (place, before) in self.places(open).into_iter().zip(&before) {
            ensure!(self.count(place) == *before, "it was in use before it was approved");
        }
        self.some_seconds(200, 420).await?;
        self.approve().await?;
        let line = self.label("incident-never-say")?;
        for (place, before) in self.places(open).into_iter().zip(before) {
            let new = self.names_since(place, before);
            ensure!(new.contains(&line), "the talking points did not appear: {new}");
        }
        Ok(())
    }

    /// The desk channel and the threads of open complaints.
    fn places(&self, open: &[Case]) -> Vec<u64> {
        std::iter::once(self.cast.desk).chain(open.iter().map(|case| case.thread)).collect()
    }

    /// The names of embeds' fields since the first `before` messages.
    fn names_since(&self, channel: u64, before: usize) -> String {
        let messages = self.player.stage.sandbox.messages(channel);
        let embeds = messages.iter().skip(before).flat_map(|held| held["embeds"].as_array()).flatten();
        let fields = embeds.flat_map(|embed| embed["fields"].as_array()).flatten();
        fields.filter_map(|field| field["name"].as_str()).collect::<Vec<_>>().join("\n")
    }

    async fn approve(&mut self) -> anyhow::Result<()> {
        let approve = self.label("approve-button")?;
        self.player.press(self.cast.head_office.id, self.cast.managers, &approve).await.map(|_| ())
    }

    /// Whoever files now is told the approved line at once, each in their language.
    pub(super) async fn told_at_once(&mut self) -> anyhow::Result<()> {
        self.about(15, 5).await?;
        let (foreign, their_lang) = self.foreign();
        let told = [
            (self.cast.customers[6], self.player.lang, self.cast.staff[0]),
            (foreign, their_lang, self.cast.staff[2]),
        ];
        for (customer, lang, handler) in told {
            let matter = self.matter(lang, Part::Abroad);
            let (case, receipt) = self.file(customer, matter, handler).await?;
            let told = self.player.words(lang)?.incident_told("\u{0}");
            let told = told.split('\u{0}').next().unwrap_or_default().trim().to_owned();
            ensure!(receipt.contains(&told), "the approved line was not told: {receipt}");
            self.some_seconds(60, 120).await?;
            self.claim(&case).await?;
            self.some_seconds(60, 120).await?;
            self.reply(&case, matter.reply).await?;
            self.some_seconds(700, 900).await?;
        }
        Ok(())
    }

    /// The technician was there before the promised hour.
    pub(super) async fn kept(&mut self, case: &Case) -> anyhow::Result<()> {
        self.about(16, 50).await?;
        self.keep(case).await
    }

    /// The next word comes when it was promised, though nothing is repaired.
    pub(super) async fn update(&mut self) -> anyhow::Result<()> {
        self.about(17, 20).await?;
        let (manager, managers) = (self.cast.manager.id, self.cast.managers);
        let place = Place::Channel(managers);
        let sandbox = &self.player.stage.sandbox;
        let typed =
            sandbox.autocomplete(manager, place, "incident update", &[("incident", json!(""))], "incident");
        let (_, suggested) = self.player.outcome(typed).await?;
        let incident = suggested.choices.first().context("the incident is not suggested")?["value"].clone();
        let options = [("incident", incident), ("next-update", json!("21:30"))];
        let opened = self.player.command(manager, managers, "incident update", &options).await?;
        let news = lines::management(self.player.lang).news;
        let typing = self.chance.seconds(20..=50);
        self.player.fill(manager, opened, &[("news", news)], typing).await?;
        self.some_seconds(60, 200).await?;
        self.approve().await
    }
}
