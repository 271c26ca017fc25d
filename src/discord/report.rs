//! `/report overview` on Discord: the figures as an embed, a picture and a table for spreadsheets.

use serde_json::{Value, json};

use super::bot::Bot;
use super::render::answers::{Shape, Shown};
use super::render::no_pings;
use super::rest::FilePart;
use crate::domain::command::Refusal;
use crate::domain::report::{self, CaseFact, Comparison, PeriodKind};
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::ComplaintId;
use crate::kernel::lang::Lang;
use crate::reports::{ReportWords, Table, chart_png, csv, table};
use crate::sla::calendar::wall;
use crate::store::{self, StoreError};

/// The colour of the embed's edge: the chart's blue.
const COLOUR: u32 = 0x000b_5c9e;

impl Bot {
    /// The figures of a period as a message with picture and CSV.
    pub(super) async fn report(&self, kind: PeriodKind, desk: &GuildDesk, lang: Lang) -> Option<Shown> {
        match self.compared(kind, desk).await {
            Ok(report) => Some(self.report_shown(report, lang).await),
            Err(error) => {
                tracing::error!(guild.id = desk.guild.0, %error, "report not made");
                self.refusal(&Refusal::NotSaved, lang)
            }
        }
    }

    /// The figures of a period beside those of the one before.
    async fn compared(&self, kind: PeriodKind, desk: &GuildDesk) -> Result<Comparison, StoreError> {
        let policy = self.desk().policy_of(desk.guild);
        let now = self.desk().now();
        let (period, before) = report::periods(kind, now, desk.zone);
        let span = store::report::Span {
            guild: desk.guild,
            touched_since: report::touched_since(before.from, &policy),
            end: now.saturating_add(1),
        };
        let (mut facts, mut earlier): (Vec<CaseFact>, Vec<CaseFact>) = Default::default();
        let mut after = ComplaintId(0);
        loop {
            let journals = store::report::journals(self.desk().db(), span, after).await?;
            let Some((last, _)) = journals.last() else { break };
            after = *last;
            for (_, journal) in &journals {
                facts.extend(report::case_fact(journal, period.to, &policy));
                earlier.extend(report::case_fact(journal, before.to, &policy));
            }
        }
        Ok(report::compare(&facts, &earlier, now, kind, desk.zone))
    }

    /// The report in a reader's language. Without its picture it is still a report.
    async fn report_shown(&self, report: Comparison, lang: Lang) -> Shown {
        let names = self.desk().policy().categories.iter();
        let names = names.map(|category| (category.id.clone(), category.name(lang).to_owned())).collect();
        let words = ReportWords::of(self.texts().of(lang), names);
        let (lines, rows, name) = (table(&report, &words), csv(&report, &words), file_name(&report));
        let picture = match tokio::task::spawn_blocking(move || chart_png(&report, &words)).await {
            Ok(Ok(picture)) => Some(picture),
            Ok(Err(error)) => {
                tracing::error!(%error, "chart not drawn");
                None
            }
            Err(error) => {
                tracing::error!(%error, "chart not drawn");
                None
            }
        };
        message(lines, &name, picture, rows)
    }
}

/// A name for the files that tells reports apart in a folder: `report-7d-2026-11-25`.
fn file_name(report: &Comparison) -> String {
    format!("report-{}-{}", report.kind.as_str(), wall(report.zone, report.as_of).date())
}

fn message(lines: Table, name: &str, picture: Option<Vec<u8>>, rows: String) -> Shown {
    let fields: Vec<Value> =
        lines.fields.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
    let mut embed = json!({
        "title": lines.title,
        "description": lines.description,
        "color": COLOUR,
        "fields": fields,
        "footer": { "text": lines.footer },
    });
    let mut files = Vec::new();
    if let Some(picture) = picture {
        embed["image"] = json!({ "url": format!("attachment://{name}.png") });
        files.push(FilePart::new(&format!("{name}.png"), "image/png", picture));
    }
    files.push(FilePart::new(&format!("{name}.csv"), "text/csv; charset=utf-8", rows.into_bytes()));
    let body = json!({ "embeds": [embed], "allowed_mentions": no_pings() });
    Shown { files, ..Shown::new(Shape::Private, body) }
}
