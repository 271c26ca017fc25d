//! The report as lines for an embed, within Discord's limits.

use std::collections::{BTreeMap, BTreeSet};

use super::format::{
    NOTHING, as_of, change, count, days, duration, hundredths, period_name, share, share_change, time_change,
};
use super::words::ReportWords;
use crate::domain::report::{Comparison, RatingFigures};
use crate::domain::stats::{Share, Spread};

/// A field of an embed holds this many characters.
/// Source: <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>.
const FIELD: usize = 1_024;
/// Room for a title, a name or a footer, well below their limits of 256 and 2,048.
const LINE: usize = 250;
/// How many categories are named.
const TOP: usize = 5;

/// The report as text: a title, a line on the period, fields of name and lines, and how it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The title (at most 250 characters).
    pub title: String,
    /// The period and the one it is compared with (at most 1,024 characters).
    pub description: String,
    /// Name (at most 250 characters) and lines (at most 1,024) of each field; six fields.
    pub fields: Vec<(String, String)>,
    /// How the figures were made and as of when (at most 500 characters).
    pub footer: String,
}

/// Puts a report into words. Discord's Markdown is used; names from the configuration are shown as they are.
pub fn table(report: &Comparison, words: &ReportWords) -> Table {
    let description = format!(
        "**{}**: {} · {} {}",
        period_name(words, report.kind),
        days(words, report.period, report.zone),
        words.compared,
        days(words, report.period_before, report.zone),
    );
    let sections = [
        (&words.complaints, complaints(report, words)),
        (&words.deadlines, deadlines(report, words)),
        (&words.times, times(report, words)),
        (&words.ratings, ratings(report, words)),
        (&words.promises, promises(report, words)),
        (&words.categories_title, categories(report, words)),
    ];
    Table {
        title: clip(&words.title, LINE),
        description: clip(&description, FIELD),
        fields: sections.map(|(name, lines)| (clip(name, LINE), fit(&lines))).into(),
        footer: format!("{}\n{}", clip(&words.method, LINE - 1), clip(&as_of(words, report), LINE)),
    }
}

fn complaints(report: &Comparison, words: &ReportWords) -> Vec<String> {
    let (now, before) = (&report.now, &report.before);
    let line = |label: &str, now, before| counted(words, label, now, before);
    let mut lines = vec![
        line(&words.received, now.received, before.received),
        line(&words.resolved, now.resolved, before.resolved),
        line(&words.open, now.open, before.open),
    ];
    if now.received + now.resolved + now.open == 0 {
        lines.insert(0, words.nothing.clone());
    }
    for (label, now, before) in [
        (&words.reopened, now.reopened, before.reopened),
        (&words.dismissed, now.dismissed, before.dismissed),
        (&words.without_clock, now.without_clock, before.without_clock),
        (&words.unanswered, now.unanswered, before.unanswered),
    ] {
        if now + before > 0 {
            lines.push(line(label, now, before));
        }
    }
    lines
}

fn deadlines(report: &Comparison, words: &ReportWords) -> Vec<String> {
    let (now, before) = (&report.now.clocks, &report.before.clocks);
    let names: BTreeSet<&String> = now.keys().chain(before.keys()).collect();
    let lines: Vec<String> = names
        .into_iter()
        .map(|clock| {
            let tally = |of: &BTreeMap<String, Share>| of.get(clock).copied().unwrap_or_default();
            let (now, before) = (tally(now), tally(before));
            let label = format!("{}: {}", plain(words.clock(clock)), words.missed.to_lowercase());
            let missed = format!(
                "{label} **{}** · {}",
                count(words, now.rest()),
                change(words, now.rest(), before.rest())
            );
            format!("{missed}\n{}: {} · {}", words.met, share(words, now), share_change(words, now, before))
        })
        .collect();
    if lines.is_empty() { vec![NOTHING.to_owned()] } else { lines }
}

fn times(report: &Comparison, words: &ReportWords) -> Vec<String> {
    let line = |label: String, now: &Spread, before: &Spread| {
        let part = |name: &str, now: Option<i64>, before: Option<i64>| {
            let value = now.map_or_else(|| NOTHING.to_owned(), |ms| duration(words, ms));
            format!("{name} **{value}** · {}", time_change(words, now, before))
        };
        format!(
            "{label} (n {})\n{}; {}",
            count(words, now.n as u64),
            part(&words.median, now.median, before.median),
            part(&words.p90, now.p90, before.p90),
        )
    };
    let (now, before) = (&report.now, &report.before);
    vec![
        line(format!("{}, {}", words.reply, words.duty), &now.reply_duty, &before.reply_duty),
        line(format!("{}, {}", words.reply, words.wall), &now.reply_wall, &before.reply_wall),
        line(format!("{}, {}", words.resolution, words.wall), &now.resolution, &before.resolution),
    ]
}

fn ratings(report: &Comparison, words: &ReportWords) -> Vec<String> {
    let (now, before) = (&report.now.rating, &report.before.rating);
    let mean = |rating: &RatingFigures| {
        rating.mean_hundredths().map_or_else(|| NOTHING.to_owned(), |value| hundredths(words, value))
    };
    let line = |label: &str, now: Share, before: Share| {
        format!("{label}: {} · {}", share(words, now), share_change(words, now, before))
    };
    vec![
        format!(
            "{}: **{}** (n {}) · {} {} (n {})",
            words.mean,
            mean(now),
            count(words, now.n()),
            words.before,
            mean(before),
            count(words, before.n()),
        ),
        line(&words.satisfied, now.satisfied(), before.satisfied()),
        line(&words.fixed, now.fixed, before.fixed),
        line(&words.response, now.response, before.response),
        line(&words.coverage, now.coverage, before.coverage),
    ]
}

fn promises(report: &Comparison, words: &ReportWords) -> Vec<String> {
    let (now, before) = (&report.now, &report.before);
    let mut lines = Vec::new();
    if now.promises.whole + before.promises.whole > 0 {
        let (share, change) =
            (share(words, now.promises), share_change(words, now.promises, before.promises));
        lines.push(format!("{}: {share} · {change}", words.kept));
        lines.push(counted(words, &words.broken, now.promises.rest(), before.promises.rest()));
    }
    if now.moved + before.moved > 0 {
        lines.push(counted(words, &words.moved, now.moved, before.moved));
    }
    let ((often, worth), (often_before, worth_before)) = (now.given, before.given);
    if often + often_before > 0 {
        let dong = |value: u64| format!("{} {}", count(words, value), words.dong);
        lines.push(format!(
            "{}: **{}**, {} · {} {}, {}",
            words.given,
            count(words, often),
            dong(worth),
            words.before,
            count(words, often_before),
            dong(worth_before),
        ));
    }
    if lines.is_empty() { vec![NOTHING.to_owned()] } else { lines }
}

fn categories(report: &Comparison, words: &ReportWords) -> Vec<String> {
    let (top, rest) = report.now.top_categories(TOP);
    let earlier = &report.before.categories;
    let before_of = |id: Option<&str>| earlier.get(&id.map(str::to_owned)).copied().unwrap_or_default();
    let line = |label: &str, now, before| counted(words, label, now, before);
    let mut lines: Vec<String> = top
        .iter()
        .map(|(id, now)| line(&plain(&clip(words.category(*id), 100)), *now, before_of(*id)))
        .collect();
    let named: u64 = top.iter().map(|(id, _)| before_of(*id)).sum();
    let rest_before = earlier.values().sum::<u64>() - named;
    if rest + rest_before > 0 {
        lines.push(line(&words.others, rest, rest_before));
    }
    if lines.is_empty() { vec![NOTHING.to_owned()] } else { lines }
}

fn counted(words: &ReportWords, label: &str, now: u64, before: u64) -> String {
    format!("{label}: **{}** · {}", count(words, now), change(words, now, before))
}

/// Takes the Markdown out of a name that somebody configured.
fn plain(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for sign in name.chars() {
        if "\\*_~`|>#[]()<".contains(sign) {
            out.push('\\');
        }
        out.push(sign);
    }
    out
}

fn clip(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit - 1).chain(['…']).collect()
}

/// As many whole lines as a field holds.
fn fit(lines: &[String]) -> String {
    let mut out = String::new();
    let mut length = 0;
    for line in lines {
        let line = clip(line, FIELD - 2);
        let more = line.chars().count() + 1;
        if length + more + 1 > FIELD {
            out.push('…');
            break;
        }
        length += more;
        out.push_str(&line);
        out.push('\n');
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::report::PeriodKind;
    use crate::reports::sample::{report, words};

    fn whole(table: &Table) -> String {
        let fields: Vec<String> =
            table.fields.iter().map(|(name, body)| format!("# {name}\n{body}")).collect();
        format!("{}\n{}\n{}\n{}", table.title, table.description, fields.join("\n"), table.footer)
    }

    #[test]
    fn a_week_in_vietnamese() {
        insta::assert_snapshot!(whole(&table(&report(240, PeriodKind::Last7Days), &words("vi"))), @r"
        Báo cáo khiếu nại
        **7 ngày qua**: 19/11 – 25/11/2026 · so với 12/11 – 18/11/2026
        # Khiếu nại
        Tiếp nhận: **38** · =
        Đã giải quyết: **38** · ▼ 2
        Đang xử lý: **7** · ▲ 2
        # Thời hạn
        Ghi nhận: trễ hạn **0** · =
        Đúng hạn: 100% (91–100%, n 38) · kỳ trước 100%, chưa khác biệt rõ
        Trả lời khách: trễ hạn **17** · ▲ 1
        Đúng hạn: 55% (40–70%, n 38) · kỳ trước 58%, chưa khác biệt rõ
        # Thời gian
        Trả lời khách, trong giờ trực (n 38)
        trung vị **13 phút** · ▼ 1 phút; P90 **24 phút** · =
        Trả lời khách, cả ngày đêm (n 38)
        trung vị **13 phút** · ▼ 1 phút; P90 **24 phút** · =
        Giải quyết xong, cả ngày đêm (n 38)
        trung vị **26 giờ 00** · ▲ 1 giờ 00; P90 **47 giờ 30** · ▲ 2 giờ 00
        # Đánh giá
        Điểm trung bình: **3,37** (n 30) · kỳ trước 3,45 (n 31)
        Hài lòng (4–5 sao): 57% (39–73%, n 30) · kỳ trước 55%, chưa khác biệt rõ
        Đã khắc phục: 50% (33–67%, n 30) · kỳ trước 58%, chưa khác biệt rõ
        Tỷ lệ phản hồi: 88% (73–95%, n 34) · kỳ trước 89%, chưa khác biệt rõ
        Được mời đánh giá: 89% (76–96%, n 38) · kỳ trước 88%, chưa khác biệt rõ
        # Lời hứa, quà tặng
        Giữ đúng hẹn: 82% (67–91%, n 38) · kỳ trước 84%, chưa khác biệt rõ
        Thất hẹn: **7** · ▲ 1
        Dời trước hạn: **8** · =
        Quà tặng khách: **3**, 300.000 đ · kỳ trước 3, 300.000 đ
        # Nhóm khiếu nại
        Lỡ hẹn kỹ thuật viên: **8** · ▲ 1
        Mất kết nối: **7** · ▼ 1
        Chậm hoặc chập chờn: **7** · ▲ 1
        Cước và hóa đơn: **6** · ▼ 1
        Thiết bị: **6** · ▼ 1
        Nhóm khác: **4** · ▲ 1
        Trung vị và P90 đều là trường hợp có thật. Trong ngoặc là khoảng tin cậy 95%; dưới 10 lượt chỉ ghi số đếm.
        Số liệu đến 14:05 25/11/2026 (Asia/Ho_Chi_Minh)
        ");
    }

    #[test]
    fn a_quiet_day_in_english() {
        insta::assert_snapshot!(whole(&table(&report(0, PeriodKind::Today), &words("en"))), @r"
        Complaints report
        **Today**: 25 Nov 2026 · compared with 24 Nov 2026
        # Complaints
        No complaints in this period.
        Received: **0** · =
        Resolved: **0** · =
        Open: **0** · =
        # Deadlines
        –
        # Times
        Reply, duty hours (n 0)
        median **–** · before –; P90 **–** · before –
        Reply, round the clock (n 0)
        median **–** · before –; P90 **–** · before –
        Resolution, round the clock (n 0)
        median **–** · before –; P90 **–** · before –
        # Ratings
        Mean score: **–** (n 0) · before – (n 0)
        Satisfied (4–5 stars): – · before –
        Fixed: – · before –
        Response rate: – · before –
        Asked, of those resolved: – · before –
        # Promises and goodwill
        –
        # Categories
        –
        Median and P90 are real cases. In brackets: the 95% confidence interval; below 10 answers only counts are given.
        Figures as of 14:05 25 Nov 2026 (Asia/Ho_Chi_Minh)
        ");
    }

    #[test]
    fn long_names_stay_within_discords_limits() {
        let mut words = words("vi");
        for name in words.categories.values_mut() {
            *name = "*Mất kết nối*".repeat(200);
        }
        words.satisfied = "Hài lòng ".repeat(300);
        let table = table(&report(240, PeriodKind::Last30Days), &words);
        assert!(table.fields.iter().all(|(_, body)| (1..=FIELD).contains(&body.chars().count())));
        assert!(whole(&table).chars().count() < 6_000);
        assert!(table.fields[5].1.contains("\\*Mất kết nối\\*"));
    }
}
