//! Every line is read, and written back as it was: nothing is lost, added or renamed.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::stored::{
    Board, BoardMessage, Complaint, CustomId, DataRequest, DataTold, Draft, DraftOutboxMessage, Entry,
    Incident, IncidentMessage, IncidentOptions, IncidentTold, KeptDeed, KeptPromise, Notice, OutboxMessage,
    Record, RequestMessage, RequestTold, Setup, Slot, Stored, Stream,
};
use super::{lines_of, values_of};

/// Reads a value as this type and says what differs when it is written back.
fn there_and_back<T: Serialize + DeserializeOwned>(value: &Value) -> Result<(), String> {
    // From text, as the store reads it.
    let read: T = serde_json::from_str(&value.to_string()).map_err(|error| format!("{error}: {value}"))?;
    let back = serde_json::to_value(&read).map_err(|error| error.to_string())?;
    if back == *value { Ok(()) } else { Err(format!("{value}\nis written back as\n{back}")) }
}

fn all<T: Serialize + DeserializeOwned>(name: &str) {
    let values = values_of(name);
    assert!(!values.is_empty(), "{name} is empty");
    for value in &values {
        there_and_back::<T>(value).unwrap_or_else(|why| panic!("{name}: {why}"));
    }
}

#[test]
fn golden_lines_are_read_and_written_back_the_same() {
    all::<Entry>("facts.jsonl");
    all::<Complaint>("states.jsonl");
    all::<Draft>("drafts.jsonl");
    all::<Incident>("incidents.jsonl");
    all::<DataRequest>("data-requests.jsonl");
    all::<Notice>("notices.jsonl");
    all::<Setup>("guilds.jsonl");
    all::<Record>("records.jsonl");
}

/// The stream and the body of a line of outbox messages.
pub fn outgoing(line: &Value) -> (Stream, &Value) {
    let name = line["name"].as_str().expect("a stream");
    let stream: Stream = name.parse().expect("a stream");
    assert_eq!(stream.to_string(), name);
    (stream, &line["body"])
}

#[test]
fn golden_letters_are_read_and_written_back_the_same() {
    let lines = values_of("letters.jsonl");
    assert!(!lines.is_empty());
    for line in &lines {
        let (stream, body) = outgoing(line);
        let read = match stream {
            Stream::Complaint(_) | Stream::Line(_) => there_and_back::<OutboxMessage>(body),
            Stream::Draft(_) => there_and_back::<DraftOutboxMessage>(body),
            Stream::Incident(_) => there_and_back::<IncidentMessage>(body),
            Stream::Board(_) => there_and_back::<BoardMessage>(body),
            Stream::Request(_) => there_and_back::<RequestMessage>(body),
        };
        read.unwrap_or_else(|why| panic!("{stream}: {why}"));
    }
}

#[test]
fn golden_answers_are_read_and_written_back_the_same() {
    let lines = values_of("inbox.jsonl");
    assert!(!lines.is_empty());
    for line in &lines {
        let body = &line["body"];
        let read = if line["name"].as_str().is_some_and(|name| name.starts_with('o')) {
            // What a command kept for its form: the form knows what it is.
            [
                there_and_back::<IncidentOptions>(body),
                there_and_back::<KeptPromise>(body),
                there_and_back::<KeptDeed>(body),
            ]
        } else if body.is_number() {
            [there_and_back::<usize>(body), Err(String::new()), Err(String::new())]
        } else {
            [
                there_and_back::<Stored<RequestTold>>(body),
                there_and_back::<Stored<DataTold>>(body),
                there_and_back::<Stored<IncidentTold>>(body),
            ]
        };
        assert!(read.iter().any(Result::is_ok), "{line}: {read:?}");
    }
}

#[test]
fn golden_timers_and_custom_ids_are_read_and_written_back_the_same() {
    for line in lines_of("timers.txt") {
        let (slot, place) = line.split_once(' ').unwrap_or((&line, ""));
        // A draft, an incident and a request have timers of their own names.
        if let Ok(read) = slot.parse::<Slot>() {
            assert_eq!(read.to_string(), slot);
        }
        if !place.is_empty() {
            let board: Board = place.parse().expect("a board");
            assert_eq!(board.to_string(), place);
        }
    }
    for line in lines_of("custom-ids.txt") {
        let id: CustomId = line.parse().unwrap_or_else(|_| panic!("{line} is no custom id"));
        let (version, rest) = line.split_once(':').expect("a version");
        let plain = format!("{}:{rest}", version.split('~').next().unwrap_or_default());
        assert_eq!(id.to_string(), plain);
    }
}

#[test]
fn golden_journals_replay_to_what_was_stored() {
    let complaints = values_of("complaints.jsonl");
    assert!(complaints.len() > 20, "{}", complaints.len());
    for whole in &complaints {
        let (complaint, journal) = replayed(whole);
        assert_eq!(Complaint::replay(complaint.id, &journal), Some(complaint));
        there_and_back::<Complaint>(&whole["state"]).unwrap_or_else(|why| panic!("{why}"));
        for entry in whole["journal"].as_array().expect("a journal") {
            there_and_back::<Entry>(entry).unwrap_or_else(|why| panic!("{why}"));
        }
        for body in whole["letters"].as_array().expect("letters") {
            there_and_back::<OutboxMessage>(body).unwrap_or_else(|why| panic!("{why}"));
        }
    }
}

/// A whole complaint: as it is stored, and its journal.
pub fn replayed(whole: &Value) -> (Complaint, Vec<Entry>) {
    let state = serde_json::from_value(whole["state"].clone()).expect("a complaint");
    let journal = serde_json::from_value(whole["journal"].clone()).expect("a journal");
    (state, journal)
}
