//! The words of the reports, taken from the locale files; nothing a manager reads stands in this room's code.

use std::collections::BTreeMap;

use crate::sla::clocks::ClockKind;
use crate::text::Words;

macro_rules! words {
    ($($(#[$doc:meta])* $field:ident = $key:literal,)*) => {
        /// The labels, units and styles of a report in one language.
        #[derive(Clone, Debug, Default, PartialEq, Eq)]
        pub struct ReportWords {
            $($(#[$doc])* pub $field: String,)*
            /// The categories' names by id; an unknown id is shown as it is.
            pub categories: BTreeMap<String, String>,
            /// The clocks' names by stable name.
            pub clocks: BTreeMap<String, String>,
        }

        impl ReportWords {
            /// The keys of the locale files, in the order of the fields.
            pub const KEYS: &[&str] = &[$($key),*];

            /// Reads every word by its key; `categories` and `clocks` are their names in the same language.
            pub fn read(
                word: impl Fn(&str) -> String,
                categories: BTreeMap<String, String>,
                clocks: BTreeMap<String, String>,
            ) -> Self {
                Self { $($field: word($key),)* categories, clocks }
            }
        }
    };
}

words! {
    /// The report's title.
    title = "report-title",
    /// The name of the period *today*.
    today = "report-today",
    /// The name of the period *yesterday*.
    yesterday = "report-yesterday",
    /// The name of the last seven days.
    last_7_days = "report-last-7-days",
    /// The name of the last thirty days.
    last_30_days = "report-last-30-days",
    /// The name of the running month.
    this_month = "report-this-month",
    /// The name of the month before.
    last_month = "report-last-month",
    /// Stands before the period that is compared with.
    compared = "report-compared",
    /// The section of the counts.
    complaints = "report-complaints",
    /// Complaints that came.
    received = "report-received",
    /// Complaints resolved.
    resolved = "report-resolved",
    /// Complaints open at the end.
    open = "report-open",
    /// How often complaints were opened again.
    reopened = "report-reopened",
    /// Complaints dismissed.
    dismissed = "report-dismissed",
    /// Complaints without a deadline.
    without_clock = "report-without-clock",
    /// The section of the deadlines.
    deadlines = "report-deadlines",
    /// Deadlines met.
    met = "report-met",
    /// Deadlines missed.
    missed = "report-missed",
    /// The section of the times.
    times = "report-times",
    /// The time to a reply.
    reply = "report-reply",
    /// The time to the resolution.
    resolution = "report-resolution",
    /// The median.
    median = "report-median",
    /// The 90th percentile.
    p90 = "report-p90",
    /// Time while the desk was on duty.
    duty = "report-duty",
    /// Time by the wall clock.
    wall = "report-wall",
    /// Messages without a reply.
    unanswered = "report-unanswered",
    /// The section of the ratings.
    ratings = "report-ratings",
    /// The mean score.
    mean = "report-mean",
    /// Scores 4 and 5.
    satisfied = "report-satisfied",
    /// Answered among delivered.
    response = "report-response",
    /// Delivered among resolved.
    coverage = "report-coverage",
    /// "Is it fixed?" answered with yes.
    fixed = "report-fixed",
    /// The section of promises and of what is given on top.
    promises = "report-promises",
    /// Promises kept in time.
    kept = "report-kept",
    /// Promises not kept in time.
    broken = "report-broken",
    /// Promises moved before they were due.
    moved = "report-moved",
    /// What was given on top.
    given = "report-given",
    /// The currency, after an amount.
    dong = "report-dong",
    /// The section of the categories.
    categories_title = "report-categories",
    /// No category yet.
    unclassified = "report-unclassified",
    /// The categories beyond the first five.
    others = "report-others",
    /// The period before, as a word before its figure.
    before = "report-before",
    /// The difference may be chance.
    no_clear_change = "report-no-clear-change",
    /// There was nothing to count.
    nothing = "report-nothing",
    /// Stands before the instant of the figures.
    as_of = "report-as-of",
    /// How the figures are made, in one line.
    method = "report-method",
    /// The chart by days.
    by_day = "report-by-day",
    /// The chart by hours.
    by_hour = "report-by-hour",
    /// Days, after a number.
    days = "report-days",
    /// Hours, after a number.
    hours = "report-hours",
    /// Minutes, after a number.
    minutes = "report-minutes",
    /// Seconds, after a number.
    seconds = "report-seconds",
    /// The decimal separator.
    decimal = "report-decimal",
    /// The separator of thousands.
    group = "report-group",
    /// A date within the year, in the signs of strftime.
    date = "report-date",
    /// A date with its year, in the signs of strftime.
    date_year = "report-date-year",
    /// The seven short weekdays from Monday, separated by spaces.
    weekdays = "report-weekdays",
    /// The head of the table's column of stable names.
    column_key = "report-column-key",
    /// The head of the table's column of labels.
    column_figure = "report-column-figure",
    /// The head of the table's column of the period's values.
    column_value = "report-column-value",
    /// The head of the table's column of what the value is counted among.
    column_of = "report-column-of",
    /// The head of the table's column of the earlier values.
    column_before = "report-column-before",
    /// The head of the table's column of what the earlier value is counted among.
    column_before_of = "report-column-before-of",
    /// The head of the table's column of units.
    column_unit = "report-column-unit",
}

impl ReportWords {
    /// The report's words in one language; `categories` are their names by id in the same language.
    pub fn of(words: &Words, categories: BTreeMap<String, String>) -> Self {
        let name = |kind: ClockKind| (kind.to_string(), words.say(&format!("clock-{kind}"), &[]));
        Self::read(|key| words.say(key, &[]), categories, ClockKind::ALL.map(name).into())
    }

    /// The name of a category id, or of having none.
    pub(super) fn category<'a>(&'a self, id: Option<&'a str>) -> &'a str {
        match id {
            Some(id) => self.categories.get(id).map_or(id, String::as_str),
            None => &self.unclassified,
        }
    }

    /// The name of a clock; one that the locale files do not know is shown as it is called.
    pub(super) fn clock<'a>(&'a self, clock: &'a str) -> &'a str {
        self.clocks.get(clock).map_or(clock, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reports::sample::locale;

    #[test]
    fn both_languages_have_exactly_the_words_of_the_report() {
        let mut expected: Vec<&str> = ReportWords::KEYS.to_vec();
        expected.sort_unstable();
        for lang in ["vi", "en"] {
            let words = locale(lang);
            assert_eq!(words.keys().map(String::as_str).collect::<Vec<_>>(), expected, "{lang}");
            assert!(words.values().all(|word| !word.trim().is_empty()), "{lang}");
        }
    }
}
