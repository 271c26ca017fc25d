//! Tests of what becomes of an incident: who approves, what is void, what it waits for.

use super::*;
use crate::kernel::ids::UserId;

const NOW: i64 = 1_795_399_200_000;
const HOUR: i64 = 3_600_000;

fn person(name: &str) -> Person {
    Person { id: UserId(1), name: name.to_owned() }
}

fn draft(asks_head_office: bool) -> Draft {
    Draft {
        slots: Slots { area: "Quận 7".to_owned(), since: Some(NOW - HOUR), next_update: Some(NOW + HOUR) },
        news: String::new(),
        line: BTreeMap::from([(Lang::Vi, "Tin".to_owned())]),
        by: person("Tuấn"),
        asks_head_office,
    }
}

fn declared(asks_head_office: bool) -> Change {
    let declaration = Declaration {
        guild: GuildId(1),
        playbook: "cable-cut".to_owned(),
        categories: vec!["international-slow".to_owned()],
        draft: draft(asks_head_office),
    };
    declare(IncidentId(1), 1, declaration, NOW)
}

#[test]
fn a_declaration_waits_for_head_office_where_there_is_one() {
    let Change { incident, facts, outbox } = declared(true);
    let by = |name: &str, at, event| Entry { at, by: person(name), event };
    let declaration = by("Tuấn", NOW, Fact::Declared { playbook: "cable-cut".to_owned() });
    assert_eq!(facts, [declaration]);
    assert_eq!(outbox, [IncidentMessage::Request { version: 1 }]);
    assert_eq!((incident.stage, incident.line(Lang::Vi)), (IncidentStage::Waiting, None));
    assert!(!incident.concerns(Some("international-slow")));
    assert!(timers(&incident).is_empty());

    let change = approve(incident, 1, person("Hà"), NOW + 1).expect("it waits");
    assert_eq!(change.facts, [by("Hà", NOW + 1, Fact::Approved { version: 1 })]);
    assert_eq!(
        change.outbox,
        [IncidentMessage::RefreshRequest { version: 1 }, IncidentMessage::Card { version: 1 }]
    );
    assert!(change.incident.concerns(Some("international-slow")));
    assert!(!change.incident.concerns(Some("billing")));
    assert_eq!(change.incident.line(Lang::Vi), Some("Tin"));
    assert_eq!(approve(change.incident, 1, person("Hà"), NOW + 2), Err(Refusal::NotWaiting));
}

#[test]
fn without_head_office_the_managers_word_is_enough() {
    let Change { incident, facts, outbox } = declared(false);
    let happened = [Fact::Declared { playbook: "cable-cut".to_owned() }, Fact::Approved { version: 1 }];
    assert_eq!(facts.into_iter().map(|entry| entry.event).collect::<Vec<_>>(), happened);
    assert_eq!(outbox, [IncidentMessage::Card { version: 1 }]);
    assert_eq!(incident.in_use().and_then(|held| held.approved.clone()), Some((person("Tuấn"), NOW)));
    assert_eq!(incident.fan_out, Some(FanOut { version: 1, after: ComplaintId(0) }));
    let reminder = (NEXT_UPDATE.to_owned(), NOW + HOUR - REMIND_BEFORE);
    assert_eq!(timers(&incident), [(FAN_OUT.to_owned(), NOW), reminder]);
}

#[test]
fn a_newer_version_voids_the_older_when_it_is_approved() {
    let first = approve(declared(true).incident, 1, person("Hà"), NOW).expect("it waits").incident;
    let second = revise(first, draft(true), NOW + 1).expect("it goes on");
    assert_eq!(second.outbox, [IncidentMessage::Request { version: 2 }]);
    let standings = |incident: &Incident| -> Vec<Standing> {
        incident.versions.iter().map(|held| incident.standing(held)).collect()
    };
    assert_eq!(standings(&second.incident), [Standing::InUse, Standing::Waiting]);

    // A third one before the second is approved: the second can no longer be.
    let third = revise(second.incident, draft(true), NOW + 2).expect("it goes on");
    let expected = [IncidentMessage::RefreshRequest { version: 2 }, IncidentMessage::Request { version: 3 }];
    assert_eq!(third.outbox, expected);
    assert_eq!(approve(third.incident.clone(), 2, person("Hà"), NOW), Err(Refusal::NotWaiting));
    let approved = approve(third.incident, 3, person("Hà"), NOW + 3).expect("it waits");
    assert_eq!(
        approved.outbox,
        [
            IncidentMessage::RefreshCard { version: 1 },
            IncidentMessage::RefreshRequest { version: 1 },
            IncidentMessage::RefreshRequest { version: 3 },
            IncidentMessage::Card { version: 3 },
        ]
    );
    let void = Standing::Superseded { by: 3 };
    assert_eq!(standings(&approved.incident), [void, void, Standing::InUse]);
    assert_eq!(approved.incident.fan_out, Some(FanOut { version: 3, after: ComplaintId(0) }));
}

#[test]
fn the_end_is_the_end() {
    let active = approve(declared(true).incident, 1, person("Hà"), NOW).expect("it waits").incident;
    let waiting = revise(active, draft(true), NOW + 1).expect("it goes on").incident;
    let over = resolve(waiting, person("Tuấn"), NOW + 2).expect("it goes on");
    assert_eq!(
        over.outbox,
        [
            IncidentMessage::RefreshCard { version: 1 },
            IncidentMessage::RefreshRequest { version: 1 },
            IncidentMessage::RefreshRequest { version: 2 },
        ]
    );
    let incident = over.incident;
    assert!(timers(&incident).is_empty());
    assert!(!incident.concerns(Some("international-slow")));
    assert!(incident.versions.iter().all(|held| incident.standing(held) == Standing::Over));
    assert_eq!(approve(incident.clone(), 2, person("Hà"), NOW), Err(Refusal::NotWaiting));
    let again = Err(Refusal::IncidentOver { number: 1 });
    assert_eq!(revise(incident.clone(), draft(true), NOW), again);
    assert_eq!(resolve(incident, person("Tuấn"), NOW), again);
}

#[test]
fn managers_are_reminded_of_the_next_word_once() {
    let active = declared(false).incident;
    let Change { incident, facts, outbox } = remind(active.clone());
    assert_eq!(facts, []);
    assert_eq!(outbox, [IncidentMessage::Remind { version: 1 }]);
    assert_eq!(remind(incident.clone()).outbox, []);
    assert_eq!(timers(&incident), [(FAN_OUT.to_owned(), NOW)]);
    // The next version is written and only waits: nobody needs to be reminded.
    let revised = revise(active, draft(true), NOW + 1).expect("it goes on").incident;
    assert_eq!(remind(revised).outbox, []);
}
