//! Words and figures for the tests of this room.

use std::collections::BTreeMap;

use super::ReportWords;
use crate::domain::report::{
    CaseFact, ClockFact, Comparison, Fixed, PeriodKind, PromiseFact, RatingFact, Wait, compare,
};

/// Wednesday 25 November 2026, 14:05 in Ho Chi Minh City.
pub(super) const NOW: i64 = 1_795_590_300_000;
const HOUR: i64 = 3_600_000;

/// The messages of a locale file, by key.
pub(super) fn locale(lang: &str) -> BTreeMap<String, String> {
    let text = match lang {
        "vi" => include_str!("../../config/locales/vi/report.ftl"),
        _ => include_str!("../../config/locales/en/report.ftl"),
    };
    let resource = fluent::FluentResource::try_new(text.to_owned()).expect("the locale file parses");
    let mut bundle = fluent::FluentBundle::new(vec![lang.parse().expect("a language")]);
    bundle.add_resource(resource).expect("each key once");
    let keys = text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key);
    let value = |key: &str| {
        let pattern = bundle.get_message(key).and_then(|message| message.value()).expect("a plain message");
        bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned()
    };
    keys.filter(|key| !key.starts_with('#')).map(|key| (key.to_owned(), value(key))).collect()
}

/// The words of a report as the bot reads them.
pub(super) fn words(lang: &str) -> ReportWords {
    let locale = locale(lang);
    let names = match lang {
        "vi" => ["Mất kết nối", "Chậm hoặc chập chờn", "Cước và hóa đơn", "Lỡ hẹn kỹ thuật viên", "Thiết bị"],
        _ => ["Connection lost", "Slow or unstable", "Billing", "Technician missed", "Equipment"],
    };
    let ids = CATEGORIES.into_iter().map(str::to_owned);
    let clocks = match lang {
        "vi" => [("recorded", "Ghi nhận"), ("reply", "Trả lời khách")],
        _ => [("recorded", "Recorded by a person"), ("reply", "Reply")],
    };
    let clocks = clocks.map(|(clock, name)| (clock.to_owned(), name.to_owned())).into();
    ReportWords::read(|key| locale[key].clone(), ids.zip(names.map(str::to_owned)).collect(), clocks)
}

const CATEGORIES: [&str; 5] =
    ["connection-lost", "slow-or-unstable", "billing", "technician-missed", "equipment"];

/// Six weeks of a middling desk: `cases` complaints, made by arithmetic so that each run gives the same.
pub(super) fn facts(cases: i64) -> Vec<CaseFact> {
    (0..cases).map(|index| case(index, NOW - index * 1_000 * HOUR / cases - HOUR / 3)).collect()
}

/// A report on the last seven days of such a desk.
pub(super) fn report(cases: i64, kind: PeriodKind) -> Comparison {
    let facts = facts(cases);
    compare(&facts, &facts, NOW, kind, chrono_tz::Asia::Ho_Chi_Minh)
}

fn case(index: i64, received: i64) -> CaseFact {
    let spread = index * 37 % 101;
    let reply = received + (2 + spread / 4) * 60_000;
    let resolved = Some(received + (2 + spread) * HOUR / 2).filter(|at| *at < NOW);
    let stopped = Some(reply).filter(|at| *at < NOW);
    let clock = |name: &str, target: i64| ClockFact {
        clock: name.into(),
        cycle: 1,
        deadline: received + target,
        stopped,
        missed: Some(received + target)
            .filter(|missed| *missed < NOW && stopped.is_none_or(|at| at > *missed)),
        called_off: false,
    };
    CaseFact {
        number: 1_000 - index,
        category: CATEGORIES.get((index * 7 % 11 / 2).unsigned_abs() as usize).map(|id| (*id).to_owned()),
        received,
        recorded: stopped,
        resolved,
        waits: vec![Wait { started: received, answered: stopped, duty_ms: stopped.map(|at| at - received) }],
        clocks: vec![clock("recorded", 24 * HOUR), clock("reply", 15 * 60_000)],
        ratings: Vec::from_iter(resolved.map(|asked| RatingFact {
            asked,
            delivered: index % 9 != 0,
            score: [Some(5), Some(4), None, Some(5), Some(2), Some(4), Some(1), Some(3)]
                [(index % 8).unsigned_abs() as usize],
            fixed: [Some(Fixed::Yes), Some(Fixed::Yes), Some(Fixed::Partly), Some(Fixed::No)]
                [(index % 4).unsigned_abs() as usize],
            answered: Some(asked + HOUR / 6),
        })),
        promises: vec![PromiseFact {
            due: received + 20 * HOUR,
            moved: Some(received + 10 * HOUR).filter(|at| index % 5 == 0 && *at < NOW).into_iter().collect(),
            kept: Some(received + (16 + index % 6) * HOUR).filter(|at| *at < NOW),
            released: false,
        }],
        given: resolved.filter(|_| index % 13 == 0).map(|at| (at, 100_000)).into_iter().collect(),
        ..CaseFact::default()
    }
}
