//! Counters and histograms in memory, and the text that Prometheus reads (exposition format 0.0.4).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::families::{FAMILIES, Kind, bounds};

/// One value of a gauge, or of a counter that is kept elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The metric's name.
    pub name: &'static str,
    /// Its labels, as they are written.
    pub labels: String,
    /// The value.
    pub value: f64,
}

impl Sample {
    /// A value with labels.
    pub fn new(name: &'static str, labels: &[(&str, &str)], value: f64) -> Self {
        Self { name, labels: written(labels), value }
    }
}

#[derive(Clone, Debug)]
struct Histogram {
    buckets: Vec<u64>,
    sum: f64,
    count: u64,
}

/// What is counted in this process. It grows with the number of routes and reasons, never with that of people.
#[derive(Debug, Default)]
pub(super) struct Counters {
    counters: BTreeMap<(&'static str, String), f64>,
    histograms: BTreeMap<&'static str, Histogram>,
}

impl Counters {
    pub(super) fn add(&mut self, name: &'static str, labels: &[(&str, &str)], more: f64) {
        *self.counters.entry((name, written(labels))).or_default() += more;
    }

    pub(super) fn observe(&mut self, name: &'static str, value: f64) {
        let bounds = bounds(name);
        let held = self.histograms.entry(name).or_insert_with(|| empty(bounds));
        for (bucket, _) in held.buckets.iter_mut().zip(bounds).filter(|(_, bound)| value <= **bound) {
            *bucket += 1;
        }
        held.sum += value;
        held.count += 1;
    }

    /// The whole text: what is counted here and `others`, each metric with its meaning and kind.
    pub(super) fn text(&self, others: &[Sample]) -> String {
        let mut text = String::new();
        for (name, kind, meaning) in FAMILIES {
            let mut lines: BTreeMap<String, f64> = BTreeMap::new();
            for ((_, labels), value) in self.counters.iter().filter(|((held, _), _)| held == name) {
                lines.insert(labels.clone(), *value);
            }
            for sample in others.iter().filter(|sample| sample.name == *name) {
                lines.insert(sample.labels.clone(), sample.value);
            }
            if lines.is_empty() && *kind == Kind::Counter && is_plain(name) {
                lines.insert(String::new(), 0.0);
            }
            if lines.is_empty() && *kind != Kind::Histogram {
                continue;
            }
            // Writing into a String cannot fail.
            let _ = writeln!(text, "# HELP {name} {meaning}\n# TYPE {name} {}", kind.as_str());
            if *kind == Kind::Histogram {
                let none = empty(bounds(name));
                histogram(&mut text, name, self.histograms.get(name).unwrap_or(&none));
            }
            for (labels, value) in lines {
                let _ = writeln!(text, "{name}{labels} {value}");
            }
        }
        text
    }
}

fn empty(bounds: &[f64]) -> Histogram {
    Histogram { buckets: vec![0; bounds.len()], sum: 0.0, count: 0 }
}

fn histogram(text: &mut String, name: &str, held: &Histogram) {
    for (bound, count) in bounds(name).iter().zip(&held.buckets) {
        let _ = writeln!(text, "{name}_bucket{{le=\"{bound}\"}} {count}");
    }
    let Histogram { sum, count, .. } = held;
    let _ = writeln!(text, "{name}_bucket{{le=\"+Inf\"}} {count}\n{name}_sum {sum}\n{name}_count {count}");
}

/// Whether a counter has no labels, so that it can be shown before it has counted anything.
fn is_plain(name: &str) -> bool {
    name == "langnghe_callbacks_unanswered_total"
}

fn written(labels: &[(&str, &str)]) -> String {
    if labels.is_empty() {
        return String::new();
    }
    let pairs: Vec<String> =
        labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
    format!("{{{}}}", pairs.join(","))
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_add_up_and_labels_are_escaped() {
        let mut counters = Counters::default();
        for value in [0.004, 0.02, 2.9, 7.0] {
            counters.observe("langnghe_callback_latency_seconds", value);
        }
        counters.add("langnghe_worker_restarts_total", &[("worker", "a\"b\\c\nd")], 1.0);
        let text = counters.text(&[Sample::new("langnghe_timers_armed", &[], 3.0)]);
        for line in [
            "langnghe_callback_latency_seconds_bucket{le=\"0.005\"} 1",
            "langnghe_callback_latency_seconds_bucket{le=\"0.025\"} 2",
            "langnghe_callback_latency_seconds_bucket{le=\"3\"} 3",
            "langnghe_callback_latency_seconds_bucket{le=\"+Inf\"} 4",
            "langnghe_callback_latency_seconds_count 4",
            "langnghe_worker_restarts_total{worker=\"a\\\"b\\\\c\\nd\"} 1",
            "# TYPE langnghe_timers_armed gauge",
            "langnghe_timers_armed 3",
            "langnghe_callbacks_unanswered_total 0",
        ] {
            assert!(text.lines().any(|held| held == line), "{line} is not in\n{text}");
        }
    }

    #[test]
    fn the_manual_lists_every_metric() {
        let pages = [
            ("vi", include_str!("../../config/manual/vi/metrics.md")),
            ("en", include_str!("../../config/manual/en/metrics.md")),
        ];
        for (lang, page) in pages {
            for (name, kind, _) in FAMILIES {
                let row = format!("| `{name}` | {} |", kind.as_str());
                assert!(page.contains(&row), "{lang}/metrics.md has no row {row}");
            }
            let rows = page.matches("| `langnghe_").count();
            assert_eq!(rows, FAMILIES.len(), "{lang}/metrics.md lists what is not there");
        }
    }
}
