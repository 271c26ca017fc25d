//! Durations and sizes as people say them, in each language.

use chrono::Datelike;
use chrono_tz::Tz;

use super::Words;
use crate::kernel::lang::Lang;
use crate::sla::calendar::wall;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// As keeping times are counted: the leap day is no matter here.
const YEAR: i64 = 365 * DAY;

/// A number with a mark between its thousands.
pub fn grouped(value: u64, mark: &str) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * mark.len());
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(digit);
    }
    out
}

impl Words {
    /// A duration in ms, in the two largest units that matter: *24 giờ*, *2 giờ 5 phút*, *3 days*.
    pub fn duration(&self, ms: i64) -> String {
        let ms = ms.max(0);
        let (large, small) = match ms {
            ..MINUTE => return self.unit(ms / SECOND, ["giây", "second", "seconds"]),
            MINUTE..HOUR => return self.unit(ms / MINUTE, ["phút", "minute", "minutes"]),
            // Up to two days people think in hours.
            _ if ms < 2 * DAY => (
                self.unit(ms / HOUR, ["giờ", "hour", "hours"]),
                (ms % HOUR / MINUTE, ["phút", "minute", "minutes"]),
            ),
            _ if ms % YEAR == 0 => return self.unit(ms / YEAR, ["năm", "year", "years"]),
            _ => (self.unit(ms / DAY, ["ngày", "day", "days"]), (ms % DAY / HOUR, ["giờ", "hour", "hours"])),
        };
        if small.0 == 0 { large } else { format!("{large} {}", self.unit(small.0, small.1)) }
    }

    /// A span of a clock's own time in ms, in hours and minutes: its days are not of 24 hours. *56 giờ*, *1 hour 30 minutes*.
    pub fn hours(&self, ms: i64) -> String {
        let minutes = ms.max(0) / MINUTE;
        let hours = self.unit(minutes / 60, ["giờ", "hour", "hours"]);
        match (minutes / 60, minutes % 60) {
            (0, _) => self.duration(ms),
            (_, 0) => hours,
            (_, rest) => format!("{hours} {}", self.unit(rest, ["phút", "minute", "minutes"])),
        }
    }

    /// An instant (Unix ms) in a zone, spelled out with its weekday, for where Discord shows no times of its own:
    /// *T3 24/11/2026 09:00*.
    pub fn moment(&self, at: i64, zone: Tz) -> String {
        let wall = wall(zone, at);
        let weekday = self.say(&format!("weekday-{}", wall.weekday().number_from_monday()), &[]);
        format!("{weekday} {}", wall.format("%d/%m/%Y %H:%M"))
    }

    /// A length in bytes: *10 MB*, *1,5 MB*.
    pub fn size(&self, bytes: i64) -> String {
        const MEGABYTE: i64 = 1024 * 1024;
        if bytes < MEGABYTE {
            return format!("{} KB", (bytes + 1023) / 1024);
        }
        let tenths = bytes * 10 / MEGABYTE;
        let mark = if self.lang() == Lang::Vi { ',' } else { '.' };
        match tenths % 10 {
            0 => format!("{} MB", tenths / 10),
            rest => format!("{}{mark}{rest} MB", tenths / 10),
        }
    }

    /// An amount of đồng: *200.000 đ*, *200,000 VND*.
    pub fn dong(&self, value: i64) -> String {
        let value = value.max(0).unsigned_abs();
        match self.lang() {
            Lang::Vi => format!("{} đ", grouped(value, ".")),
            Lang::En => format!("{} VND", grouped(value, ",")),
        }
    }

    fn unit(&self, count: i64, [vi, one, many]: [&str; 3]) -> String {
        match self.lang() {
            Lang::Vi => format!("{count} {vi}"),
            Lang::En if count == 1 => format!("{count} {one}"),
            Lang::En => format!("{count} {many}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::kernel::lang::Lang;
    use crate::text::Texts;

    #[test]
    fn durations_and_sizes_read_as_people_say_them() -> Result<(), crate::text::WordsError> {
        let texts = Texts::load(&[])?;
        let (vi, en) = (texts.of(Lang::Vi), texts.of(Lang::En));
        for (ms, vietnamese, english) in [
            (0, "0 giây", "0 seconds"),
            (60_000, "1 phút", "1 minute"),
            (24 * 3_600_000, "24 giờ", "24 hours"),
            (7_500_000, "2 giờ 5 phút", "2 hours 5 minutes"),
            (7 * 86_400_000, "7 ngày", "7 days"),
            (730 * 86_400_000, "2 năm", "2 years"),
        ] {
            assert_eq!((vi.duration(ms).as_str(), en.duration(ms).as_str()), (vietnamese, english));
        }
        assert_eq!(vi.size(10 * 1024 * 1024), "10 MB");
        assert_eq!(vi.size(1_572_864), "1,5 MB");
        assert_eq!(en.size(1_572_864), "1.5 MB");
        Ok(())
    }
}
