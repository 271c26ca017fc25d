//! Fingerprints: short texts by which one calendar or policy is told from another.

use std::fmt::Write;

use chrono_tz::Tz;

use crate::sla::calendar::{Calendar, Stretch};

/// Sixteen hex digits of everything a calendar says and of its zone.
pub fn of_calendar(calendar: &Calendar, zone: Tz) -> String {
    fingerprint(&text(calendar, zone))
}

/// Sixteen hex digits of a text, by FNV-1a: the same for the same text, everywhere.
pub fn fingerprint(text: &str) -> String {
    format!("{:016x}", fnv1a(text.as_bytes()))
}

fn text(calendar: &Calendar, zone: Tz) -> String {
    let Calendar { zone: _, week, dates, holidays, yearly_holidays, breaks, known_until } = calendar;
    let mut text = format!("1 {}\n", zone.name());
    // Writing to a string does not fail.
    for (day, stretches) in week.iter().enumerate() {
        let _ = writeln!(text, "week {day}{}", times(stretches));
    }
    for (date, stretches) in dates {
        let _ = writeln!(text, "date {date}{}", times(stretches));
    }
    for (date, name) in holidays {
        let _ = writeln!(text, "holiday {date} {name:?}");
    }
    for ((month, day), name) in yearly_holidays {
        let _ = writeln!(text, "yearly {month}-{day} {name:?}");
    }
    for (date, stretches) in breaks {
        let _ = writeln!(text, "break {date}{}", times(stretches));
    }
    if let Some(date) = known_until {
        let _ = writeln!(text, "known-until {date}");
    }
    text
}

fn times(stretches: &[Stretch]) -> String {
    let mut sorted = stretches.to_vec();
    sorted.sort_unstable();
    sorted.iter().fold(String::new(), |text, stretch| format!("{text} {}-{}", stretch.from, stretch.to))
}

fn fnv1a(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}
