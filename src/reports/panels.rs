//! The three panels at the foot of the chart: deadlines, ratings, categories.

use super::chart::{Area, CARD, INK, MISSED, PALE, RECEIVED, RESOLVED, ink, quiet};
use super::format::{NOTHING, count, hundredths, short_share};
use super::svg::{Anchor, Style, Svg, fitted, measured};
use super::words::ReportWords;
use crate::domain::report::{Overview, RatingFigures};
use crate::domain::stats::Share;

const STAR: &str = "#d99000";
const PAD: f32 = 24.0;
/// A panel has room for this many clocks and categories.
const CLOCKS: usize = 2;
const ROWS: usize = 5;

/// Met and missed, a bar for each clock.
pub(super) fn deadlines(svg: &mut Svg, area: Area, figures: &Overview, words: &ReportWords) {
    area.draw(svg, &words.deadlines);
    if figures.clocks.is_empty() {
        return nothing(svg, area);
    }
    // With more clocks than there is room, the ones with the most breaches are the ones to look at.
    let mut clocks: Vec<(&String, &Share)> = figures.clocks.iter().collect();
    clocks.sort_by_key(|(_, share)| std::cmp::Reverse(share.rest()));
    let width = area.width - 2.0 * PAD;
    let mut y = area.y + 92.0;
    for (clock, share) in clocks.into_iter().take(CLOCKS) {
        let right = short_share(words, *share);
        let room = width - measured(&right, ink(26.0, true)) - 12.0;
        svg.text(
            area.x + PAD,
            y,
            Anchor::Start,
            ink(26.0, false),
            &fitted(words.clock(clock), ink(26.0, false), room),
        );
        svg.text(area.x + area.width - PAD, y, Anchor::End, ink(26.0, true), &right);
        split_bar(svg, Area { x: area.x + PAD, y: y + 11.0, width, height: 34.0 }, *share, words);
        y += 84.0;
    }
    let mut x = area.x + PAD;
    for (label, fill) in [(&words.met, RESOLVED), (&words.missed, MISSED)] {
        let style = quiet(24.0);
        let label = fitted(label, style, width / 2.0 - 36.0);
        svg.rect(x, area.y + area.height - 39.0, 20.0, 20.0, 4.0, fill);
        svg.text(x + 28.0, area.y + area.height - 20.0, Anchor::Start, style, &label);
        x += 28.0 + measured(&label, style) + 22.0;
    }
}

/// Met and missed as one bar with both numbers in it; a part that is not empty is never too narrow for its number.
fn split_bar(svg: &mut Svg, bar: Area, share: Share, words: &ReportWords) {
    let numbers = [share.part, share.rest()].map(|value| (value, count(words, value)));
    let style = |fill| Style { size: 24.0, bold: true, fill };
    let least = numbers.each_ref().map(|(value, number)| match value {
        0 => 0.0,
        _ => measured(number, style(INK)) + 18.0,
    });
    let exact = bar.width * share.part as f32 / share.whole.max(1) as f32;
    let met = exact.max(least[0]).min(bar.width - least[1]);
    svg.rect(bar.x, bar.y, met, bar.height, 4.0, RESOLVED);
    svg.rect(bar.x + met, bar.y, bar.width - met, bar.height, 4.0, MISSED);
    if share.part > 0 {
        svg.text(bar.x + 9.0, bar.y + 26.0, Anchor::Start, style(INK), &numbers[0].1);
    }
    if share.rest() > 0 {
        svg.text(bar.x + bar.width - 9.0, bar.y + 26.0, Anchor::End, style(CARD), &numbers[1].1);
    }
}

/// How many gave five stars to one, and the mean.
pub(super) fn ratings(svg: &mut Svg, area: Area, figures: &RatingFigures, words: &ReportWords) {
    let Some(mean) = figures.mean_hundredths() else {
        area.draw(svg, &words.ratings);
        return nothing(svg, area);
    };
    let right = area.x + area.width - PAD;
    let mean = hundredths(words, mean);
    let mut n = format!("n {}", count(words, figures.n()));
    let title = measured(&words.ratings, ink(30.0, true));
    let taken = |n: &str| measured(n, quiet(24.0)) + measured(&mean, ink(30.0, true)) + 62.0;
    // The rows show n as well: it gives way to the title.
    if title + taken(&n) > area.width - 2.0 * PAD {
        n.clear();
    }
    area.draw_beside(svg, &words.ratings, taken(&n));
    svg.text(right, area.y + 46.0, Anchor::End, quiet(24.0), &n);
    let x = if n.is_empty() { right } else { right - measured(&n, quiet(24.0)) - 14.0 };
    svg.text(x, area.y + 46.0, Anchor::End, ink(30.0, true), &mean);
    svg.star(x - measured(&mean, ink(30.0, true)) - 20.0, area.y + 36.0, 15.0, STAR);
    let most = figures.scores.iter().copied().max().unwrap_or(0).max(1);
    let left = area.x + PAD + 58.0;
    let room = right - left - measured(&count(words, most), ink(26.0, true)) - 12.0;
    for (row, score) in (1..=5_usize).rev().enumerate() {
        let y = area.y + 70.0 + 42.0 * row as f32;
        let value = figures.scores[score - 1];
        svg.text(area.x + PAD, y + 27.0, Anchor::Start, ink(26.0, false), &score.to_string());
        svg.star(area.x + PAD + 34.0, y + 18.0, 13.0, STAR);
        let fill = if score <= 2 { MISSED } else { RECEIVED };
        let width = room * value as f32 / most as f32;
        svg.rect(left, y + 4.0, width, 28.0, 4.0, fill);
        svg.text(left + width + 10.0, y + 27.0, Anchor::Start, ink(26.0, true), &count(words, value));
    }
}

/// The commonest categories, each over its bar; what is beyond the rows is summed in the last.
pub(super) fn categories(svg: &mut Svg, area: Area, figures: &Overview, words: &ReportWords) {
    area.draw(svg, &words.categories_title);
    let limit = if figures.categories.len() > ROWS { ROWS - 1 } else { ROWS };
    let (top, rest) = figures.top_categories(limit);
    if top.is_empty() {
        return nothing(svg, area);
    }
    let mut rows: Vec<(&str, u64)> = top.into_iter().map(|(id, value)| (words.category(id), value)).collect();
    if rest > 0 {
        rows.push((&words.others, rest));
    }
    let most = rows.iter().map(|(_, value)| *value).max().unwrap_or(0).max(1);
    let width = area.width - 2.0 * PAD;
    for (row, (name, value)) in rows.into_iter().enumerate() {
        let y = area.y + 70.0 + 42.0 * row as f32;
        svg.rect(area.x + PAD, y, width * value as f32 / most as f32, 36.0, 4.0, PALE);
        let number = count(words, value);
        let bold = Style { size: 26.0, bold: true, fill: INK };
        svg.text(area.x + area.width - PAD - 8.0, y + 27.0, Anchor::End, bold, &number);
        let room = width - measured(&number, bold) - 28.0;
        svg.text(
            area.x + PAD + 8.0,
            y + 27.0,
            Anchor::Start,
            ink(26.0, false),
            &fitted(name, ink(26.0, false), room),
        );
    }
}

fn nothing(svg: &mut Svg, area: Area) {
    svg.text(
        area.x + area.width / 2.0,
        area.y + area.height / 2.0 + 20.0,
        Anchor::Middle,
        quiet(40.0),
        NOTHING,
    );
}
