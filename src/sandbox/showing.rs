//! The verbs of whoever shows the sandbox to people: the transcript bit by bit, the clock, patience.

use serde_json::json;

use super::{Sandbox, TranscriptOptions, transcript};

impl Sandbox {
    /// What people saw since the first `from` entries, as text, and how many entries there are by now.
    pub fn transcript_since(&self, from: usize, options: TranscriptOptions) -> (String, usize) {
        self.shared.on(|world| (transcript::text_since(world, from, options), world.transcript.len()))
    }

    /// Tells open pages that the clock was moved.
    pub fn show_clock(&self) {
        self.shared.on(|world| world.touch(json!({ "kind": "clock" })));
    }

    /// Lets fewer threads be active at once than Discord does, to see what happens when they are used up.
    pub fn set_most_threads(&self, most: usize) {
        self.shared.on(|world| world.most_threads = most);
    }

    /// Whether people wait for a first answer as long as it takes, instead of three seconds of the machine's time:
    /// for a story that must go the same way on a slow machine.
    pub fn set_patient(&self, patient: bool) {
        self.shared.on(|world| world.patient = patient);
    }
}
