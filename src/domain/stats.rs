//! The few statistics of the reports: nearest-rank percentiles, shares and their Wilson interval.

/// Below this many values a P95 says nothing and is left out.
pub const P95_FROM: usize = 20;

/// Below this many answers a share is shown as counts, not as a percentage.
pub const PERCENT_FROM: u64 = 10;

/// The two-sided 95 % point of the normal distribution.
const Z: f64 = 1.959_964;

/// The `percent`-th percentile by nearest rank, so that it is always one of the values; `None` when there are none.
///
/// `percent` is taken as 1 to 100. The values need not be sorted.
pub fn percentile(values: &[i64], percent: u8) -> Option<i64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * usize::from(percent.clamp(1, 100))).div_ceil(100);
    rank.checked_sub(1).and_then(|index| sorted.get(index).copied())
}

/// The median by nearest rank: the lower of the two middle values when their number is even.
pub fn median(values: &[i64]) -> Option<i64> {
    percentile(values, 50)
}

/// The Wilson 95 % interval of `part` successes among `whole`, each bound from 0 to 1; `None` for 0 of 0.
pub fn wilson(part: u64, whole: u64) -> Option<(f64, f64)> {
    if whole == 0 {
        return None;
    }
    let n = whole as f64;
    let share = part.min(whole) as f64 / n;
    let scale = 1.0 + Z * Z / n;
    let centre = share + Z * Z / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some((((centre - half) / scale).max(0.0), ((centre + half) / scale).min(1.0)))
}

/// A part of a whole, both counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many of the whole.
    pub part: u64,
    /// All of them.
    pub whole: u64,
}

/// How a share may honestly be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    /// 0 of 0: a dash, neither 0 % nor 100 %.
    Nothing,
    /// Fewer than [`PERCENT_FROM`]: the two counts.
    Counts,
    /// Enough for a percentage (0 to 100) with its 95 % interval (likewise).
    Percent {
        /// The percentage.
        percent: f64,
        /// The interval's lower bound.
        low: f64,
        /// The interval's upper bound.
        high: f64,
    },
}

impl Share {
    /// Counts one more case; `hit` says whether it belongs to the part.
    pub fn count(&mut self, hit: bool) {
        self.part += u64::from(hit);
        self.whole += 1;
    }

    /// The rest of the whole.
    pub fn rest(&self) -> u64 {
        self.whole.saturating_sub(self.part)
    }

    /// How the share is to be shown.
    pub fn shown(&self) -> Shown {
        match wilson(self.part, self.whole) {
            None => Shown::Nothing,
            Some(_) if self.whole < PERCENT_FROM => Shown::Counts,
            Some((low, high)) => Shown::Percent {
                percent: self.part as f64 * 100.0 / self.whole as f64,
                low: low * 100.0,
                high: high * 100.0,
            },
        }
    }

    /// Whether `self` and `before` differ by more than chance explains: both large enough, their intervals disjoint.
    pub fn clearly_differs(&self, before: &Self) -> bool {
        match (self.shown(), before.shown()) {
            (Shown::Percent { low, high, .. }, Shown::Percent { low: low_before, high: high_before, .. }) => {
                low > high_before || high < low_before
            }
            _ => false,
        }
    }
}

/// The spread of a number of values, such as waiting times in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// How many values.
    pub n: usize,
    /// The median.
    pub median: Option<i64>,
    /// The 90th percentile.
    pub p90: Option<i64>,
    /// The 95th percentile, from [`P95_FROM`] values on.
    pub p95: Option<i64>,
}

impl Spread {
    /// The spread of `values`.
    pub fn of(values: &[i64]) -> Self {
        Self {
            n: values.len(),
            median: median(values),
            p90: percentile(values, 90),
            p95: percentile(values, 95).filter(|_| values.len() >= P95_FROM),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_real_cases() {
        let values = [9, 8, 7, 6, 5, 4, 3, 2, 1, 100];
        assert_eq!(percentile(&values, 50), Some(5));
        assert_eq!(percentile(&values, 90), Some(9));
        assert_eq!(percentile(&values, 95), Some(100));
        assert_eq!(percentile(&values, 100), Some(100));
        assert_eq!(percentile(&[], 50), None);
        assert_eq!(median(&[7]), Some(7));
        assert_eq!(median(&[4, 2]), Some(2));
    }

    #[test]
    fn the_wilson_interval_agrees_with_the_tables() {
        let table = [
            (8, 10, 0.4902, 0.9433),
            (80, 100, 0.7112, 0.8666),
            (10, 10, 0.7225, 1.0),
            (0, 5, 0.0, 0.4345),
            (3, 4, 0.3006, 0.9544),
            (1, 1, 0.2065, 1.0),
        ];
        for (part, whole, low, high) in table {
            let interval = wilson(part, whole).unwrap();
            assert!((interval.0 - low).abs() < 5e-5, "{part}/{whole}: {interval:?}");
            assert!((interval.1 - high).abs() < 5e-5, "{part}/{whole}: {interval:?}");
        }
        assert_eq!(wilson(0, 0), None);
    }

    #[test]
    fn few_cases_are_counted_and_none_is_a_dash() {
        assert_eq!(Share { part: 0, whole: 0 }.shown(), Shown::Nothing);
        assert_eq!(Share { part: 9, whole: 9 }.shown(), Shown::Counts);
        assert!(
            matches!(Share { part: 5, whole: 10 }.shown(), Shown::Percent { percent, .. } if percent == 50.0)
        );
    }

    #[test]
    fn shares_differ_only_when_their_intervals_are_apart() {
        let (half, most) = (Share { part: 50, whole: 100 }, Share { part: 80, whole: 100 });
        assert!(most.clearly_differs(&half) && half.clearly_differs(&most));
        assert!(!Share { part: 8, whole: 10 }.clearly_differs(&half));
        assert!(!Share { part: 9, whole: 9 }.clearly_differs(&half));
    }

    #[test]
    fn a_p95_needs_twenty_values() {
        let values: Vec<i64> = (1..=20).collect();
        assert_eq!(Spread::of(&values).p95, Some(19));
        assert_eq!(Spread::of(&values[1..]).p95, None);
        assert_eq!(Spread::of(&[]), Spread::default());
    }
}
