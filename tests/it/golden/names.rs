//! No variant of what is stored lacks an example. What variants there are is asked of the reader itself, so a new one that
//! nobody played fails here.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::harvest::nameless;
use super::shape::features;
use super::stored::*;
use super::{lines_of, values_of};
use crate::permissions_table::name_of;

/// The stored names of all variants of a type whose tag is this; an empty tag: its variants are plain names.
fn variants<T: DeserializeOwned>(tag: &str) -> BTreeSet<String> {
    let unheard_of = if tag.is_empty() { json!("?") } else { json!({ tag: "?" }) };
    let refused = serde_json::from_value::<T>(unheard_of).err().expect("nothing is called so").to_string();
    let (_, known) = refused.split_once("expected").unwrap_or_else(|| panic!("{refused}"));
    let names = known.split('`').skip(1).step_by(2).filter(|name| *name != "?");
    let names: BTreeSet<String> = names.map(str::to_owned).collect();
    assert!(!names.is_empty(), "{refused}");
    names
}

/// All that the golden data are examples of.
struct Examples(BTreeSet<String>);

impl Examples {
    fn read() -> Self {
        let mut found = BTreeSet::new();
        let mut add = |kind: &str, value: &Value| found.extend(features(kind, value));
        for file in
            ["facts", "states", "drafts", "incidents", "data-requests", "notices", "guilds", "records"]
        {
            values_of(&format!("{file}.jsonl")).iter().for_each(|value| add(&format!("{file}:"), value));
        }
        for whole in values_of("complaints.jsonl") {
            add("states:", &whole["state"]);
            whole["journal"].as_array().into_iter().flatten().for_each(|entry| add("facts:", entry));
            whole["letters"].as_array().into_iter().flatten().for_each(|body| add("c:", body));
        }
        for line in values_of("letters.jsonl") {
            let stream = line["name"].as_str().and_then(|name| name.chars().next()).expect("a stream");
            add(&format!("{}:", if stream == 'l' { 'c' } else { stream }), &line["body"]);
        }
        values_of("inbox.jsonl").iter().for_each(|line| add("inbox:", &line["body"]));
        Self(found)
    }

    /// The names that stand right behind `mark`, in what begins with `kind`.
    fn behind(&self, kind: &str, mark: &str) -> BTreeSet<String> {
        let end = |rest: &str| {
            rest.find(|held: char| !held.is_ascii_lowercase() && held != '-').unwrap_or(rest.len())
        };
        let those = self.0.iter().filter(|feature| feature.starts_with(kind));
        let places = those
            .flat_map(|feature| feature.match_indices(mark).map(move |(at, _)| &feature[at + mark.len()..]));
        places.map(|rest| rest[..end(rest)].to_owned()).collect()
    }

    /// Every variant of `T` has an example.
    fn hold<T: DeserializeOwned>(&self, tag: &str, kind: &str, mark: &str, missing: &mut Vec<String>) {
        let found = self.behind(kind, mark);
        let lacking = variants::<T>(tag).into_iter().filter(|name| !found.contains(name));
        missing.extend(lacking.map(|name| format!("{kind} {mark}{name}")));
    }
}

#[test]
fn golden_data_has_an_example_of_every_variant() {
    let examples = Examples::read();
    let mut missing = Vec::new();
    let lacking = &mut missing;
    examples.hold::<Event>("fact", "facts:", "<fact=", lacking);
    examples.hold::<Step>("step", "facts:", "<step=", lacking);
    examples.hold::<Promise>("step", "facts:", "<step=", lacking);
    examples.hold::<PromiseWord>("word", "facts:", "<word=", lacking);
    examples.hold::<Disposition>("disposition", "facts:", "<disposition=", lacking);
    examples.hold::<Rejection>("disposition", "facts:", "<disposition=", lacking);
    examples.hold::<Clarifying>("clarifying", "facts:", "<clarifying=", lacking);
    examples.hold::<Goodwill>("goodwill", "facts:", "<goodwill=", lacking);
    examples.hold::<About>("about", "facts:", "<about=", lacking);
    examples.hold::<Speech>("speech", "facts:", "<speech=", lacking);
    examples.hold::<Actor>("as", "facts:", "<as=", lacking);
    examples.hold::<Word>("word", "facts:", "<word=", lacking);
    examples.hold::<Asks>("asks", "facts:", "<asks=", lacking);
    examples.hold::<Extra>("extra", "facts:", "<extra=", lacking);
    examples.hold::<Line>("kind", "states:", ".line<kind=", lacking);
    examples.hold::<Source>("", "facts:", ".source = ", lacking);
    examples.hold::<Medium>("", "facts:", ".medium = ", lacking);
    examples.hold::<Undelivered>("", "facts:", ".reason = ", lacking);
    examples.hold::<CloseReason>("", "facts:", "<fact=closed>.reason = ", lacking);
    examples.hold::<DismissReason>("", "facts:", "<fact=dismissed>.reason = ", lacking);
    examples.hold::<Fixed>("", "facts:", ".fixed = ", lacking);
    examples.hold::<Erasure>("", "facts:", "<fact=erased>.what = ", lacking);
    examples.hold::<Appointment>("", "facts:", ".appointment = ", lacking);
    examples.hold::<Cause>("", "facts:", ".cause = ", lacking);
    examples.hold::<Stop>("", "facts:", ".how = ", lacking);
    examples.hold::<ClockKind>("", "facts:", ".clock = ", lacking);
    examples.hold::<Severity>("", "facts:", ".severity = ", lacking);
    examples.hold::<Lang>("", "facts:", ".lang = ", lacking);
    examples.hold::<Choice>("choice", "facts:", "<choice=", lacking);
    examples.hold::<Addressee>("", "facts:", "<fact=escalated>.to[] = ", lacking);
    examples.hold::<OfferKind>("", "facts:", "<kind=", lacking);
    examples.hold::<Fault>("fault", "b:", ".fault = ", lacking);
    examples.hold::<Meanwhile>("", "inbox:", "<refusal=unseen>.unseen[].what = ", lacking);
    examples.hold::<Stage>("", "states:", ".stage = ", lacking);
    examples.hold::<OutboxMessage>("letter", "c:", "<letter=", lacking);
    examples.hold::<ThreadPost>("post", "c:", "<letter=to-thread>.post<post=", lacking);
    examples.hold::<DeskPost>("post", "c:", "<letter=to-desk>.post<post=", lacking);
    examples.hold::<ManagerPost>("post", "c:", "<letter=to-managers>.post<post=", lacking);
    examples.hold::<CustomerPost>("post", "c:", "<letter=to-customer>.post<post=", lacking);
    examples.hold::<DraftOutboxMessage>("letter", "d:", "<letter=", lacking);
    examples.hold::<IncidentMessage>("letter", "i:", "<letter=", lacking);
    examples.hold::<BoardMessage>("letter", "b:", "<letter=", lacking);
    examples.hold::<RequestMessage>("letter", "r:", "<letter=", lacking);
    examples.hold::<IncidentStage>("", "incidents:", ".stage = ", lacking);
    examples.hold::<RecordEntry>("entry", "records:", "<entry=", lacking);
    examples.hold::<Overreach>("", "records:", ".why = ", lacking);
    examples.hold::<RequestTold>("told", "inbox:", "<told=", lacking);
    examples.hold::<DataTold>("told", "inbox:", "<told=", lacking);
    examples.hold::<IncidentTold>("told", "inbox:", "<told=", lacking);
    examples.hold::<Answer>("answer", "inbox:", "<answer=", lacking);
    examples.hold::<Refusal>("refusal", "inbox:", "<refusal=", lacking);
    examples.hold::<ProcedureDone>("step", "inbox:", "<step=", lacking);
    examples.hold::<DispositionDone>("disposition", "inbox:", "<disposition=", lacking);
    examples.hold::<PromiseDone>("step", "inbox:", "<step=", lacking);
    examples.hold::<PromisePost>("post", "c:", "<letter=to-customer>.post<post=", lacking);
    examples.hold::<RejectionDone>("disposition", "inbox:", "<disposition=", lacking);
    examples.hold::<ClarifyingDone>("clarifying", "inbox:", "<clarifying=", lacking);
    assert!(missing.is_empty(), "{} variants lack an example:\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn golden_custom_ids_have_an_example_of_every_shape() {
    let ids = lines_of("custom-ids.txt");
    let found: BTreeSet<String> =
        ids.iter().filter_map(|id| id.parse::<CustomId>().ok()).map(|id| name_of(&id)).collect();
    let missing: Vec<&str> = CustomId::names().into_iter().filter(|name| !found.contains(*name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// A slot that a complaint waits for; whoever adds one names it here.
fn is_known(slot: Slot) -> bool {
    match slot {
        Slot::Clock(_)
        | Slot::AskRating
        | Slot::RemindRating
        | Slot::CloseRating
        | Slot::Feature(langnghe::features::Slot::RemindAppointment)
        | Slot::Close
        | Slot::Open
        | Slot::Rename => true,
    }
}

#[test]
fn golden_timers_have_an_example_of_every_slot() {
    let lines = lines_of("timers.txt");
    let found: BTreeSet<&str> = lines.iter().filter_map(|line| line.split(' ').next()).collect();
    let clocks = variants::<ClockKind>("").into_iter().map(|clock| format!("clock-{clock}"));
    let single =
        ["ask-rating", "remind-rating", "close-rating", "remind-appointment", "close", "open", "rename"];
    let all: Vec<String> = clocks.chain(single.map(str::to_owned)).collect();
    let missing: Vec<&String> = all.iter().filter(|slot| !found.contains(slot.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
    // What drafts, incidents, requests and boards wait for, by the names that are stored.
    let named = OTHER_SLOTS.map(|slot| nameless(slot).trim_end_matches('0').to_owned());
    for slot in found {
        let plain = nameless(slot);
        let other = named.iter().any(|name| plain.trim_end_matches('0') == *name);
        assert!(other || slot.parse::<Slot>().is_ok_and(is_known), "{slot}");
    }
    for name in OTHER_SLOTS {
        assert!(lines.iter().any(|line| line.starts_with(name)), "{name} has no example");
    }
}
