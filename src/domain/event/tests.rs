//! What journals of before still mean.

use super::Event;
use crate::kernel::ids::UserId;
use crate::kernel::people::Person;

#[test]
fn a_claim_of_an_older_journal_still_records() {
    let owner = Person { id: UserId(7), name: "Lan".to_owned() };
    for fact in ["claimed", "assigned"] {
        let old = serde_json::json!({ "fact": fact, "owner": owner });
        let event: Event = serde_json::from_value(old).unwrap();
        let records = match event {
            Event::Claimed { records, .. } | Event::Assigned { records, .. } => records,
            other => panic!("{other:?}"),
        };
        assert!(records, "{fact}");
    }
}
