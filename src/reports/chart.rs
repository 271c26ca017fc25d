//! The report as one picture: four figures, what came and went, and three panels below.
//!
//! Discord shows a picture about 400 pixels wide on a phone, a third of its own width: hence the large letters. The background
//! is its own, so that it looks the same in the dark and the light theme; the colours differ in lightness too, for eyes that
//! do not tell them apart (after Okabe and Ito, *Color Universal Design*).

use std::cmp::Ordering;

use chrono::Timelike;

use super::format::{as_of, count, date, days, period_name, weekday};
use super::panels;
use super::svg::{self, Anchor, ChartError, Style, Svg};
use super::words::ReportWords;
use crate::domain::report::{Bucket, Comparison};
use crate::sla::calendar::wall;

/// The picture's width in pixels.
const WIDTH: u32 = 1_200;
/// The picture's height in pixels.
const HEIGHT: u32 = 1_000;
const MARGIN: f32 = 36.0;
const INNER: f32 = 1_200.0 - 2.0 * MARGIN;
const GAP: f32 = 20.0;

pub(super) const INK: &str = "#1b2430";
pub(super) const QUIET: &str = "#56616f";
pub(super) const CARD: &str = "#ffffff";
pub(super) const PALE: &str = "#dbe7f3";
pub(super) const RECEIVED: &str = "#0b5c9e";
pub(super) const RESOLVED: &str = "#5fb89a";
pub(super) const MISSED: &str = "#c8440a";
const BACKGROUND: &str = "#eef1f5";
const LINE: &str = "#dde2e8";

/// A text in the ordinary colour.
pub(super) fn ink(size: f32, bold: bool) -> Style {
    Style { size, bold, fill: INK }
}

/// A text in the quiet colour.
pub(super) fn quiet(size: f32) -> Style {
    Style { size, bold: false, fill: QUIET }
}

/// A white area of the picture.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Area {
    /// Draws the area, with its title.
    pub(super) fn draw(self, svg: &mut Svg, title: &str) {
        self.draw_beside(svg, title, 0.0);
    }

    /// Draws the area with its title, leaving `taken` pixels of the title's line to something else.
    pub(super) fn draw_beside(self, svg: &mut Svg, title: &str, taken: f32) {
        svg.rect(self.x, self.y, self.width, self.height, 16.0, CARD);
        let style = ink(30.0, true);
        let title = svg::fitted(title, style, self.width - 48.0 - taken);
        svg.text(self.x + 24.0, self.y + 46.0, Anchor::Start, style, &title);
    }
}

/// Draws the report as PNG, 1200 × 1000 pixels. Takes some milliseconds of the processor: call it from a blocking thread.
///
/// # Errors
///
/// Only when the drawing itself is at fault; every report can be drawn.
pub fn chart_png(report: &Comparison, words: &ReportWords) -> Result<Vec<u8>, ChartError> {
    svg::png(&chart_svg(report, words))
}

/// The same picture as SVG; it names the font *Noto Sans* and does not hold it.
pub fn chart_svg(report: &Comparison, words: &ReportWords) -> String {
    let mut svg = Svg::new(WIDTH, HEIGHT, BACKGROUND);
    header(&mut svg, report, words);
    tiles(&mut svg, report, words);
    coming_and_going(&mut svg, report, words);
    let width = (INNER - 2.0 * GAP) / 3.0;
    let panel = |index: f32| Area { x: MARGIN + index * (width + GAP), y: 658.0, width, height: 290.0 };
    panels::deadlines(&mut svg, panel(0.0), &report.now, words);
    panels::ratings(&mut svg, panel(1.0), &report.now.rating, words);
    panels::categories(&mut svg, panel(2.0), &report.now, words);
    svg.text(MARGIN, 982.0, Anchor::Start, quiet(23.0), &as_of(words, report));
    svg.finish()
}

fn header(svg: &mut Svg, report: &Comparison, words: &ReportWords) {
    let title = format!("{} · {}", words.title, period_name(words, report.kind));
    let style = ink(42.0, true);
    svg.text(MARGIN, 66.0, Anchor::Start, style, &svg::fitted(&title, style, INNER));
    let period = format!(
        "{}, {} {}",
        days(words, report.period, report.zone),
        words.compared,
        days(words, report.period_before, report.zone)
    );
    svg.text(MARGIN, 108.0, Anchor::Start, quiet(28.0), &svg::fitted(&period, quiet(28.0), INNER));
}

fn tiles(svg: &mut Svg, report: &Comparison, words: &ReportWords) {
    let (now, before) = (&report.now, &report.before);
    let width = (INNER - 3.0 * GAP) / 4.0;
    let mut x = MARGIN;
    for (label, now, before, fill) in [
        (&words.received, now.received, before.received, RECEIVED),
        (&words.resolved, now.resolved, before.resolved, INK),
        (&words.open, now.open, before.open, INK),
        (&words.missed, now.breached(), before.breached(), if now.breached() > 0 { MISSED } else { INK }),
    ] {
        svg.rect(x, 132.0, width, 146.0, 16.0, CARD);
        svg.text(x + 24.0, 174.0, Anchor::Start, quiet(28.0), &svg::fitted(label, quiet(28.0), width - 40.0));
        let (number, difference) = (count(words, now), count(words, now.abs_diff(before)));
        // Large numbers shrink, so that number and change stay in their tile.
        let style = |scale: f32| Style { size: 66.0 * scale, bold: true, fill };
        let needed = svg::measured(&number, style(1.0)) + 48.0 + svg::measured(&difference, quiet(32.0));
        let scale = ((width - 44.0) / needed).min(1.0);
        svg.text(x + 22.0, 252.0, Anchor::Start, style(scale), &number);
        let right = x + 22.0 + svg::measured(&number, style(scale)) + 18.0 * scale;
        change(svg, right, 250.0, scale, now.cmp(&before), &difference);
        x += width + GAP;
    }
}

/// The change as a triangle and a number, or as an equals sign.
fn change(svg: &mut Svg, x: f32, base: f32, scale: f32, direction: Ordering, difference: &str) {
    let style = quiet(32.0 * scale);
    let (low, high) = (base - 2.0 * scale, base - 22.0 * scale);
    let (tip, foot) = match direction {
        Ordering::Equal => return svg.text(x, base, Anchor::Start, style, "="),
        Ordering::Greater => (high, low),
        Ordering::Less => (low, high),
    };
    svg.polygon(&[(x, foot), (x + 22.0 * scale, foot), (x + 11.0 * scale, tip)], QUIET);
    svg.text(x + 30.0 * scale, base, Anchor::Start, style, difference);
}

fn coming_and_going(svg: &mut Svg, report: &Comparison, words: &ReportWords) {
    let area = Area { x: MARGIN, y: 298.0, width: INNER, height: 340.0 };
    area.draw(svg, if report.kind.is_one_day() { &words.by_hour } else { &words.by_day });
    let mut right = area.x + area.width - 24.0;
    for (label, fill) in [(&words.resolved, RESOLVED), (&words.received, RECEIVED)] {
        svg.text(right, area.y + 45.0, Anchor::End, quiet(26.0), label);
        right -= svg::measured(label, quiet(26.0)) + 32.0;
        svg.rect(right, area.y + 23.0, 24.0, 24.0, 4.0, fill);
        right -= 24.0;
    }
    let most = report.series.iter().map(|bucket| bucket.received.max(bucket.resolved)).max().unwrap_or(0);
    let scale = Scale { top: area.y + 92.0, base: area.y + area.height - 50.0, most: round_up(most) };
    let left = area.x + 40.0 + svg::measured(&count(words, scale.most), quiet(24.0));
    for value in [0, scale.most / 2, scale.most] {
        let y = scale.y(value);
        svg.rect(left, y - 1.0, area.x + area.width - 24.0 - left, 2.0, 0.0, LINE);
        svg.text(left - 12.0, y + 9.0, Anchor::End, quiet(24.0), &count(words, value));
    }
    let slot = (area.x + area.width - 24.0 - left) / report.series.len().max(1) as f32;
    let labels: Vec<String> = report.series.iter().map(|bucket| label(bucket, report, words)).collect();
    let widest = labels.iter().map(|label| svg::measured(label, quiet(24.0))).fold(0.0, f32::max);
    let step = ((widest + 14.0) / slot).ceil().max(1.0) as usize;
    for (index, (bucket, label)) in report.series.iter().zip(&labels).enumerate() {
        let middle = left + slot * (index as f32 + 0.5);
        bars(svg, bucket, middle, slot, &scale, words);
        if index % step == 0 {
            svg.text(middle, scale.base + 36.0, Anchor::Middle, quiet(24.0), label);
        }
    }
}

/// A bucket's two bars, with their numbers where there is room.
fn bars(svg: &mut Svg, bucket: &Bucket, middle: f32, slot: f32, scale: &Scale, words: &ReportWords) {
    let width = (slot * 0.36).min(54.0);
    for (value, x, fill) in
        [(bucket.received, middle - width - 1.0, RECEIVED), (bucket.resolved, middle + 1.0, RESOLVED)]
    {
        if value == 0 {
            continue;
        }
        let y = scale.y(value);
        svg.rect(x, y, width, scale.base - y, 3.0, fill);
        let style = ink(24.0, true);
        let number = count(words, value);
        if width >= 26.0 && svg::measured(&number, style) <= width + 8.0 {
            svg.text(x + width / 2.0, y - 7.0, Anchor::Middle, style, &number);
        }
    }
}

fn label(bucket: &Bucket, report: &Comparison, words: &ReportWords) -> String {
    let wall = wall(report.zone, bucket.from);
    if report.kind.is_one_day() {
        return format!("{}:00", wall.hour());
    }
    let day = date(&words.date, wall.date());
    if report.series.len() > 7 {
        day
    } else {
        format!("{} {day}", weekday(words, wall.date())).trim().to_owned()
    }
}

/// From counts to heights.
struct Scale {
    top: f32,
    base: f32,
    most: u64,
}

impl Scale {
    fn y(&self, value: u64) -> f32 {
        self.base - (self.base - self.top) * value as f32 / self.most as f32
    }
}

/// The next even number with a round look: 2, 4, 6, 8, 10, 20, 40, 50, 60, 80, 100 …
fn round_up(most: u64) -> u64 {
    let mut unit = 1_u64;
    loop {
        for step in [2, 4, 6, 8, 10] {
            if step * unit >= most {
                return step * unit;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::report::PeriodKind;
    use crate::reports::sample::{report, words};

    /// Width and height of a PNG, from its header.
    fn size(png: &[u8]) -> (u32, u32) {
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    }

    #[test]
    fn the_same_figures_give_the_same_picture_and_others_another() {
        let words = words("vi");
        let week = chart_png(&report(240, PeriodKind::Last7Days), &words).unwrap();
        assert_eq!(size(&week), (WIDTH, HEIGHT));
        assert_eq!(week, chart_png(&report(240, PeriodKind::Last7Days), &words).unwrap());
        assert_ne!(week, chart_png(&report(239, PeriodKind::Last7Days), &words).unwrap());
        assert!(week.len() < 300_000, "{} bytes", week.len());
    }

    #[test]
    fn every_period_can_be_drawn_full_and_empty() {
        for lang in ["vi", "en"] {
            for kind in PeriodKind::ALL {
                for cases in [0, 1, 90_000] {
                    let svg = chart_svg(&report(cases, kind), &words(lang));
                    assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{kind:?} {cases}");
                }
                assert!(chart_png(&report(0, kind), &words(lang)).is_ok());
            }
        }
    }

    #[test]
    fn the_axis_ends_on_a_round_number() {
        for (most, expected) in [(0, 2), (1, 2), (3, 4), (9, 10), (11, 20), (37, 40), (101, 200)] {
            assert_eq!(round_up(most), expected, "{most}");
        }
    }
}
