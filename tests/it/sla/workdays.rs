//! Legal days by the shipped Vietnamese calendar: every date of 2025 and 2026, against a count made elsewhere.

use langnghe::sla::deadline;

use super::*;

/// A line for each date of receipt, at 10:30: the date, and the first date after 1, 2, 3, 5 and 7 working days. The cases
/// `V0001` to `V3650` in the order of reading.
const WORKDAYS: &str = include_str!("../../data/sla/workdays.tsv");

#[test]
fn every_legal_deadline_of_two_years_holds() {
    let folder = tempfile::tempdir().unwrap();
    let config = langnghe::config::Config::load(folder.path(), &langnghe::config::Env::default()).unwrap();
    let hours = &config.policy().calendars["vn-office"];
    let mut lines = WORKDAYS.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let counts: Vec<u32> = lines.next().unwrap()[1..].iter().map(|count| count.parse().unwrap()).collect();
    let mut cases = 0;
    let mut wrong = Vec::new();
    for line in lines {
        let received = instant(hours.zone(), &format!("{} 10:30:00", line[0]));
        for (days, date) in counts.iter().zip(&line[1..]) {
            cases += 1;
            let expected = instant(hours.zone(), &format!("{date} 00:00:00"));
            let got = deadline::legal_days(hours, received, *days);
            if got != Some(expected) {
                wrong.push(format!(
                    "V{cases:04}: {days} days after {}: got {got:?}, expected {date}",
                    line[0]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(cases, 3650);
}
