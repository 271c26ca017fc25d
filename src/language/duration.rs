//! Durations as people write them: `30s`, `15m`, `1h30m`, `24h`, `7d`.

const UNITS: [(char, i64); 4] = [('d', 86_400_000), ('h', 3_600_000), ('m', 60_000), ('s', 1000)];

/// Reads a duration into ms: whole numbers with a unit, each unit once, the largest first. None for anything else.
pub fn parse(text: &str) -> Option<i64> {
    let mut rest = text.trim();
    let mut total: i64 = 0;
    let mut units = UNITS.iter();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit())?;
        let count: i64 = rest[..digits].parse().ok()?;
        let unit = rest[digits..].chars().next()?;
        let (_, length) = units.find(|(name, _)| *name == unit)?;
        total = total.checked_add(count.checked_mul(*length)?)?;
        rest = &rest[digits + unit.len_utf8()..];
    }
    Some(total)
}

/// Writes ms as a duration that [`parse`] reads back, whole seconds; less than a second is `0s`.
///
/// Days appear only in whole numbers from two on: `24h` stays as people say it.
pub fn show(ms: i64) -> String {
    let mut left = ms.max(0);
    if left % 86_400_000 == 0 && left >= 2 * 86_400_000 {
        return format!("{}d", left / 86_400_000);
    }
    let mut text = String::new();
    for (name, length) in &UNITS[1..] {
        if left >= *length {
            text.push_str(&format!("{}{name}", left / length));
            left %= length;
        }
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_read() {
        let cases = [
            ("0s", 0),
            ("30s", 30_000),
            ("15m", 900_000),
            ("1h30m", 5_400_000),
            (" 24h ", 86_400_000),
            ("7d", 604_800_000),
            ("1d2h3m4s", 93_784_000),
            ("90m", 5_400_000),
        ];
        for (text, ms) in cases {
            assert_eq!(parse(text), Some(ms), "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in
            ["", "15", "15x", "m", "-5m", "1.5h", "5m1h", "5m5m", "1 h", "15M", "99999999999999999d", "１m"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["0s", "30s", "15m", "1h30m", "24h", "7d", "48h30m", "2d"] {
            assert_eq!(parse(text).map(show).as_deref(), Some(text));
        }
    }
}
