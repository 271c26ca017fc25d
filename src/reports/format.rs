//! Numbers, times, shares and their changes as people write them in the report's language.

use std::fmt::Write as _;

use chrono::Datelike;
use chrono_tz::Tz;

use super::words::ReportWords;
use crate::domain::report::{Comparison, Period, PeriodKind};
use crate::domain::stats::{Share, Shown};
use crate::sla::calendar::wall;
use crate::text::grouped;

/// What stands where there is nothing to count: 0 of 0 is neither 0 % nor 100 %.
pub(super) const NOTHING: &str = "–";

/// A count with the language's separator of thousands. Vietnamese writes 1.234.
pub(super) fn count(words: &ReportWords, value: u64) -> String {
    grouped(value, &words.group)
}

/// A number given in hundredths, with two decimals: 433 is 4,33 in Vietnamese.
pub(super) fn hundredths(words: &ReportWords, value: u64) -> String {
    format!("{}{}{:02}", count(words, value / 100), words.decimal, value % 100)
}

/// A span of `ms`: 45 giây, 15 phút, 2 giờ 05, 3 ngày 4 giờ; rounded to the last unit shown.
pub(super) fn duration(words: &ReportWords, ms: i64) -> String {
    const SECOND: i64 = 1_000;
    const MINUTE: i64 = 60 * SECOND;
    const HOUR: i64 = 60 * MINUTE;
    let ms = ms.max(0);
    let minutes = (ms + MINUTE / 2) / MINUTE;
    let hours = (ms + HOUR / 2) / HOUR;
    if ms < MINUTE - SECOND / 2 {
        format!("{} {}", (ms + SECOND / 2) / SECOND, words.seconds)
    } else if minutes < 60 {
        format!("{minutes} {}", words.minutes)
    } else if minutes < 48 * 60 {
        format!("{} {} {:02}", minutes / 60, words.hours, minutes % 60)
    } else {
        let days = count(words, (hours / 24).unsigned_abs());
        match hours % 24 {
            0 => format!("{days} {}", words.days),
            rest => format!("{days} {} {rest} {}", words.days, words.hours),
        }
    }
}

/// A percentage without decimals.
pub(super) fn percent(value: f64) -> String {
    format!("{value:.0}%")
}

/// A share: a dash, two counts (3/4), or a percentage with its interval and n.
pub(super) fn share(words: &ReportWords, share: Share) -> String {
    let n = count(words, share.whole);
    match share.shown() {
        Shown::Nothing => NOTHING.to_owned(),
        Shown::Counts => format!("{}/{n}", count(words, share.part)),
        Shown::Percent { percent: value, low, high } => {
            format!("{} ({low:.0}–{high:.0}%, n {n})", percent(value))
        }
    }
}

/// A share in the fewest signs: a dash, 3/4, or 83%.
pub(super) fn short_share(words: &ReportWords, share: Share) -> String {
    match share.shown() {
        Shown::Nothing => NOTHING.to_owned(),
        Shown::Counts => format!("{}/{}", count(words, share.part), count(words, share.whole)),
        Shown::Percent { percent: value, .. } => percent(value),
    }
}

/// The change of a count: ▲ 6, ▼ 3, or = when there is none.
pub(super) fn change(words: &ReportWords, now: u64, before: u64) -> String {
    match now.cmp(&before) {
        std::cmp::Ordering::Greater => format!("▲ {}", count(words, now - before)),
        std::cmp::Ordering::Less => format!("▼ {}", count(words, before - now)),
        std::cmp::Ordering::Equal => "=".to_owned(),
    }
}

/// The change of a time: ▲ 5 phút, or the dash of the period before when one of the two has none.
pub(super) fn time_change(words: &ReportWords, now: Option<i64>, before: Option<i64>) -> String {
    match (now, before) {
        (Some(now), Some(before)) if now > before => format!("▲ {}", duration(words, now - before)),
        (Some(now), Some(before)) if now < before => format!("▼ {}", duration(words, before - now)),
        (Some(_), Some(_)) => "=".to_owned(),
        (_, before) => {
            let before = before.map_or_else(|| NOTHING.to_owned(), |ms| duration(words, ms));
            format!("{} {before}", words.before)
        }
    }
}

/// The change of a share: what it was, with an arrow where the intervals are apart, and a word where chance explains it.
pub(super) fn share_change(words: &ReportWords, now: Share, before: Share) -> String {
    let was = format!("{} {}", words.before, short_share(words, before));
    let both = [now, before].iter().all(|share| matches!(share.shown(), Shown::Percent { .. }));
    if now.clearly_differs(&before) {
        let rises = now.part * before.whole > before.part * now.whole;
        format!("{} {was}", if rises { "▲" } else { "▼" })
    } else if both {
        format!("{was}, {}", words.no_clear_change)
    } else {
        was
    }
}

/// The name of the period.
pub(super) fn period_name(words: &ReportWords, kind: PeriodKind) -> &str {
    match kind {
        PeriodKind::Today => &words.today,
        PeriodKind::Yesterday => &words.yesterday,
        PeriodKind::Last7Days => &words.last_7_days,
        PeriodKind::Last30Days => &words.last_30_days,
        PeriodKind::ThisMonth => &words.this_month,
        PeriodKind::LastMonth => &words.last_month,
    }
}

/// The first and the last day of a period, with the year at the end.
pub(super) fn days(words: &ReportWords, period: Period, zone: Tz) -> String {
    let (first, last) = (wall(zone, period.from).date(), wall(zone, period.to - 1).date());
    let end = date(&words.date_year, last);
    if first == last {
        end
    } else if first.year() == last.year() {
        format!("{} – {end}", date(&words.date, first))
    } else {
        format!("{} – {end}", date(&words.date_year, first))
    }
}

/// The instant of the figures, with the desk's zone.
pub(super) fn as_of(words: &ReportWords, report: &Comparison) -> String {
    let wall = wall(report.zone, report.as_of);
    format!(
        "{} {} {} ({})",
        words.as_of,
        wall.format("%H:%M"),
        date(&words.date_year, wall.date()),
        report.zone
    )
}

/// A date in the given style; a style that strftime does not know gives 2026-11-25.
pub(super) fn date(style: &str, day: chrono::NaiveDate) -> String {
    let mut out = String::new();
    match write!(out, "{}", day.format(style)) {
        Ok(()) => out,
        Err(_) => day.to_string(),
    }
}

/// The short weekday of a date; nothing when the locale does not list seven.
pub(super) fn weekday(words: &ReportWords, day: chrono::NaiveDate) -> String {
    let names: Vec<&str> = words.weekdays.split_whitespace().collect();
    let index = day.weekday().num_days_from_monday() as usize;
    names.get(index).filter(|_| names.len() == 7).map_or_else(String::new, |name| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::sample::words;

    #[test]
    fn numbers_are_written_as_in_the_language() {
        let (vi, en) = (words("vi"), words("en"));
        assert_eq!((count(&vi, 1_234_567), count(&en, 1_234)), ("1.234.567".into(), "1,234".into()));
        assert_eq!((count(&vi, 0), count(&vi, 999)), ("0".into(), "999".into()));
        assert_eq!((hundredths(&vi, 405), hundredths(&en, 123_450)), ("4,05".into(), "1,234.50".into()));
    }

    #[test]
    fn times_are_written_as_people_say_them() {
        let (vi, en) = (words("vi"), words("en"));
        let table = [
            (0, "0 giây", "0 s"),
            (44_600, "45 giây", "45 s"),
            (59_500, "1 phút", "1 min"),
            (15 * 60_000, "15 phút", "15 min"),
            (59 * 60_000 + 30_000, "1 giờ 00", "1 h 00"),
            (125 * 60_000, "2 giờ 05", "2 h 05"),
            (48 * 3_600_000, "2 ngày", "2 d"),
            (76 * 3_600_000, "3 ngày 4 giờ", "3 d 4 h"),
        ];
        for (ms, vietnamese, english) in table {
            assert_eq!((duration(&vi, ms).as_str(), duration(&en, ms).as_str()), (vietnamese, english));
        }
    }

    #[test]
    fn a_share_says_no_more_than_it_knows() {
        let vi = words("vi");
        let of = |part, whole| Share { part, whole };
        assert_eq!(share(&vi, of(0, 0)), "–");
        assert_eq!(share(&vi, of(3, 4)), "3/4");
        assert_eq!(share(&vi, of(80, 100)), "80% (71–87%, n 100)");
        assert_eq!(share_change(&vi, of(8, 10), of(80, 100)), "kỳ trước 80%, chưa khác biệt rõ");
        assert_eq!(share_change(&vi, of(80, 100), of(50, 100)), "▲ kỳ trước 50%");
        assert_eq!(share_change(&vi, of(3, 4), of(0, 0)), "kỳ trước –");
    }

    #[test]
    fn a_style_nobody_knows_does_no_harm() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        assert_eq!(date("%Q", day), "2026-11-25");
        assert_eq!((date("%d/%m", day), weekday(&words("vi"), day)), ("25/11".into(), "T4".into()));
        assert_eq!(weekday(&ReportWords::default(), day), "");
    }
}
