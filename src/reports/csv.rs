//! The report as a table for a spreadsheet: RFC 4180, with a byte order mark, without which Excel misreads Vietnamese.
//!
//! Values are whole numbers wherever possible (seconds, counts), the mean has a decimal point: the first column names each row
//! for programs, in every language alike.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::words::ReportWords;
use crate::domain::report::{Comparison, Overview};
use crate::domain::stats::{Share, Spread};
use crate::features::record::{GIVEN, WORTH};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One row's figure in one period: its value and what it is counted among.
type Cell = (Option<String>, Option<u64>);

/// Writes the report as CSV.
pub fn csv(report: &Comparison, words: &ReportWords) -> String {
    let mut table = Rows { out: BYTE_ORDER_MARK.to_owned() };
    table.row([
        &words.column_key,
        &words.column_figure,
        &words.column_value,
        &words.column_of,
        &words.column_before,
        &words.column_before_of,
        &words.column_unit,
    ]);
    let (now, before) = (&report.now, &report.before);
    let zone = |at: i64| {
        let instant = DateTime::<Utc>::from_timestamp_millis(at).unwrap_or_default();
        instant.with_timezone(&report.zone).format("%Y-%m-%d %H:%M %:z").to_string()
    };
    let text = |at| (Some(zone(at)), None);
    table.figure("period.from", "", text(report.period.from), text(report.period_before.from), "");
    table.figure("period.to", "", text(report.period.to), text(report.period_before.to), "");
    table.counts("received", &words.received, now.received, before.received);
    table.counts("resolved", &words.resolved, now.resolved, before.resolved);
    table.counts("open", &words.open, now.open, before.open);
    table.counts("reopened", &words.reopened, now.reopened, before.reopened);
    table.counts("dismissed", &words.dismissed, now.dismissed, before.dismissed);
    table.counts("without-clock", &words.without_clock, now.without_clock, before.without_clock);
    table.counts("unanswered", &words.unanswered, now.unanswered, before.unanswered);
    let clocks: BTreeSet<_> = now.clocks.keys().chain(before.clocks.keys()).collect();
    for clock in clocks {
        let of = |figures: &Overview| figures.clocks.get(clock).copied().unwrap_or_default();
        let label = format!("{}: {}", words.clock(clock), words.met.to_lowercase());
        table.share(&format!("deadline.{clock}.met"), &label, of(now), of(before));
    }
    table.spread("reply-duty", &[&words.reply, &words.duty], &now.reply_duty, &before.reply_duty, words);
    table.spread("reply-wall", &[&words.reply, &words.wall], &now.reply_wall, &before.reply_wall, words);
    table.spread("resolution", &[&words.resolution], &now.resolution, &before.resolution, words);
    table.share("promise.kept", &words.kept, now.promises, before.promises);
    table.counts("promise.moved", &words.moved, now.moved, before.moved);
    table.counts(GIVEN, &words.given, now.given.0, before.given.0);
    let worth = |value: u64| (Some(value.to_string()), None);
    table.figure(WORTH, &words.given, worth(now.given.1), worth(before.given.1), "VND");
    table.figure("rating.mean", &words.mean, mean(now), mean(before), "1-5");
    for (index, score) in (1..=5).enumerate() {
        let of = |figures: &Overview| Share { part: figures.rating.scores[index], whole: figures.rating.n() };
        table.share(&format!("rating.{score}"), &format!("{}: {score}", words.ratings), of(now), of(before));
    }
    let (rated, rated_before) = (&now.rating, &before.rating);
    table.share("rating.satisfied", &words.satisfied, rated.satisfied(), rated_before.satisfied());
    table.share("rating.fixed", &words.fixed, rated.fixed, rated_before.fixed);
    table.share("rating.response", &words.response, rated.response, rated_before.response);
    table.share("rating.coverage", &words.coverage, rated.coverage, rated_before.coverage);
    for (id, count) in now.top_categories(usize::MAX).0 {
        let earlier = before.categories.get(&id.map(str::to_owned)).copied().unwrap_or_default();
        let key = format!("category.{}", id.unwrap_or("unclassified"));
        table.counts(&key, words.category(id), count, earlier);
    }
    for bucket in report.series.iter().filter(|bucket| !bucket.future) {
        let at = zone(bucket.from);
        let only = |value: u64| (Some(value.to_string()), None);
        let label = |label: &str| format!("{label} {at}");
        table.figure("series.received", &label(&words.received), only(bucket.received), (None, None), "");
        table.figure("series.resolved", &label(&words.resolved), only(bucket.resolved), (None, None), "");
    }
    table.out
}

fn mean(figures: &Overview) -> Cell {
    let value = figures.rating.mean_hundredths().map(|mean| format!("{}.{:02}", mean / 100, mean % 100));
    (value, Some(figures.rating.n()))
}

struct Rows {
    out: String,
}

impl Rows {
    fn counts(&mut self, key: &str, label: &str, now: u64, before: u64) {
        self.figure(key, label, (Some(now.to_string()), None), (Some(before.to_string()), None), "");
    }

    fn share(&mut self, key: &str, label: &str, now: Share, before: Share) {
        let cell = |share: Share| (Some(share.part.to_string()), Some(share.whole));
        self.figure(key, label, cell(now), cell(before), "");
    }

    fn spread(&mut self, key: &str, labels: &[&str], now: &Spread, before: &Spread, words: &ReportWords) {
        let cell = |value: Option<i64>, spread: &Spread| {
            (value.map(|ms| (ms / 1_000).to_string()), Some(spread.n as u64))
        };
        for (name, label, now, before) in [
            ("median", words.median.as_str(), cell(now.median, now), cell(before.median, before)),
            ("p90", &words.p90, cell(now.p90, now), cell(before.p90, before)),
            ("p95", "P95", cell(now.p95, now), cell(before.p95, before)),
        ] {
            self.figure(
                &format!("{key}.{name}"),
                &format!("{}, {label}", labels.join(", ")),
                now,
                before,
                "s",
            );
        }
    }

    fn figure(&mut self, key: &str, label: &str, now: Cell, before: Cell, unit: &str) {
        let among = |cell: &Cell| cell.1.map(|count| count.to_string()).unwrap_or_default();
        let (of, before_of) = (among(&now), among(&before));
        let (now, before) = (now.0.unwrap_or_default(), before.0.unwrap_or_default());
        self.row([key, label, &now, &of, &before, &before_of, unit]);
    }

    fn row<S: AsRef<str>>(&mut self, cells: [S; 7]) {
        let cells = cells.each_ref().map(|cell| quoted(cell.as_ref()));
        self.out.push_str(&cells.join(","));
        self.out.push_str("\r\n");
    }
}

/// A cell after RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe in front
/// (OWASP, *CSV Injection*); no figure of ours begins with one of these signs.
fn quoted(cell: &str) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let cell = if risky { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\r', '\n', ';']) {
        return format!("\"{}\"", cell.replace('"', "\"\""));
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::report::PeriodKind;
    use crate::reports::sample::{report, words};

    #[test]
    fn a_spreadsheet_can_read_it() {
        let table = csv(&report(240, PeriodKind::Last7Days), &words("vi"));
        let body = table.strip_prefix(BYTE_ORDER_MARK).expect("a byte order mark");
        let rows: Vec<&str> = body.split_terminator("\r\n").collect();
        assert_eq!(rows[0], "Mã,Chỉ số,Kỳ này,Trên tổng số,Kỳ trước,Trên tổng số kỳ trước,Đơn vị");
        assert_eq!(rows[1], "period.from,,2026-11-19 00:00 +07:00,,2026-11-12 00:00 +07:00,,");
        assert!(
            rows.iter().any(|row| row.starts_with("reply-wall.p90,\"Trả lời khách, cả ngày đêm, P90\","))
        );
        assert!(!body.replace("\r\n", "").contains(['\r', '\n']));
        assert_eq!(rows.iter().filter(|row| row.starts_with("series.received,")).count(), 7);
    }

    #[test]
    fn a_name_cannot_become_a_formula() {
        let mut words = words("en");
        words.categories.insert("billing".into(), "=HYPERLINK(\"http://example.com\",\"x\")".into());
        let table = csv(&report(240, PeriodKind::Last7Days), &words);
        assert!(table.contains("\"'=HYPERLINK(\"\"http://example.com\"\",\"\"x\"\")\""), "{table}");
        assert_eq!((quoted("@x"), quoted("-1"), quoted("a-b")), ("'@x".into(), "'-1".into(), "a-b".into()));
    }

    #[test]
    fn without_cases_there_are_empty_cells_and_no_zero_per_cent() {
        let table = csv(&report(0, PeriodKind::Today), &words("en"));
        assert!(table.contains("\r\nrating.mean,Mean score,,0,,0,1-5\r\n"), "{table}");
        assert!(table.contains("\r\nrating.response,Response rate,0,0,0,0,\r\n"));
    }
}
