//! From what people wrote into options and forms to slots; what is wrong is said with the slot, the words and what would be right.

use std::collections::BTreeMap;

use crate::desk::incidents::Options;
use crate::discord::render::incident as render;
use crate::discord::render::{cut, incident_forms, plain, quoted};
use crate::domain::incident::Slots;
use crate::domain::incident::slots::{self, Fault};
use crate::domain::playbook::{Playbook, Slot};
use crate::language::fold;
use crate::language::when::{self, Reader};
use crate::text::{Texts, Words};

/// A playbook about to be filled.
pub(super) struct Filling<'a> {
    pub(super) playbook: &'a Playbook,
    /// Who reads times, in the zone of the desk's wall clock.
    pub(super) reader: Reader<'a>,
    pub(super) texts: &'a Texts,
    /// The words of the writer's language.
    pub(super) words: &'a Words,
}

impl Filling<'_> {
    /// The most characters of an area beside these times.
    pub(super) fn area_limit(&self, slots: &Slots) -> usize {
        render::area_limit(self.playbook, slots, self.reader.zone, self.texts)
    }

    /// Reads what a command's options gave. The error is a sentence for the writer.
    pub(super) fn options(&self, given: &BTreeMap<Slot, String>) -> Result<Options, String> {
        let asked = |slot: Slot| given.get(&slot).filter(|_| self.playbook.slots.contains(&slot));
        let mut slots = Slots::default();
        for slot in [Slot::NextUpdate, Slot::Area] {
            if let Some(text) = asked(slot) {
                self.read(slot, text, &mut slots).map_err(|fault| self.say(slot, text, fault))?;
            }
        }
        let area = Some(slots.area).filter(|area| !area.is_empty());
        Ok(Options { area, next_update: slots.next_update })
    }

    /// Reads the slots of a form that came back, beside what the options gave before. The error is for the writer, with
    /// everything they wrote, so that nothing of it is lost.
    pub(super) fn slots(
        &self,
        options: &Options,
        inputs: &BTreeMap<String, String>,
    ) -> Result<Slots, String> {
        let mut slots = Slots {
            area: options.area.clone().unwrap_or_default(),
            since: None,
            next_update: options.next_update,
        };
        // Times first: how long the area may be depends on them.
        for slot in [Slot::Since, Slot::NextUpdate, Slot::Area] {
            if !self.playbook.slots.contains(&slot) {
                continue;
            }
            let given = match slot {
                Slot::Area => options.area.clone(),
                Slot::Since => None,
                Slot::NextUpdate => options.next_update.map(|at| when::write(self.reader.zone, at)),
            };
            let text = given.or_else(|| inputs.get(slot.as_str()).cloned()).unwrap_or_default();
            self.read(slot, &text, &mut slots)
                .map_err(|fault| self.with_words(self.say(slot, &text, fault), inputs))?;
        }
        Ok(slots)
    }

    /// Reads *What is new*. The error is for the writer.
    pub(super) fn news(&self, inputs: &BTreeMap<String, String>) -> Result<String, String> {
        let news = fold::clean_input(inputs.get(incident_forms::NEWS).map_or("", String::as_str));
        let length = news.chars().count();
        if fold::is_blank(&news) {
            let wrong = self.words.slot_empty(self.words.slot_news(), self.words.slot_news_hint());
            return Err(self.with_words(wrong, inputs));
        }
        if length > incident_forms::NEWS_LIMIT {
            let args = [("limit", incident_forms::NEWS_LIMIT.into()), ("length", length.into())];
            return Err(self.with_words(self.words.say("refusal-too-long", &args), inputs));
        }
        Ok(news)
    }

    fn read(&self, slot: Slot, text: &str, slots: &mut Slots) -> Result<(), Fault> {
        match slot {
            Slot::Area => slots.area = slots::area(text, self.area_limit(slots))?,
            Slot::Since => slots.since = Some(slots::since(text, &self.reader)?),
            Slot::NextUpdate => slots.next_update = Some(slots::next_update(text, &self.reader)?),
        }
        Ok(())
    }

    fn say(&self, slot: Slot, text: &str, fault: Fault) -> String {
        let (words, name) = (self.words, incident_forms::slot_name(slot, self.words));
        let written = plain(&cut(&fold::clean_input(text), 100));
        let local = |at: i64| render::local(at, self.reader.zone, words);
        let now = local(self.reader.now);
        let hint = incident_forms::slot_hint(slot, words);
        match fault {
            Fault::Empty => words.slot_empty(name, hint),
            Fault::NotUnderstood => words.slot_not_understood(name, written, hint),
            Fault::NotPast => words.slot_not_past(name, written, now),
            Fault::NotFuture => words.slot_not_future(name, written, now),
            Fault::NeedsDate => words.slot_needs_date(name, written, now),
            Fault::NeedsHour => words.slot_needs_hour(name, written),
            Fault::TwoTimes(first, second) => {
                words.slot_two_times(name, written, local(first), local(second))
            }
            Fault::TooFar => words.slot_too_far(name, written),
            Fault::TooLong { limit } => {
                words.slot_too_long(name, fold::clean_input(text).chars().count(), limit)
            }
        }
    }

    fn with_words(&self, wrong: String, inputs: &BTreeMap<String, String>) -> String {
        let written: Vec<String> =
            inputs.values().filter(|text| !fold::is_blank(text)).map(|text| plain(text)).collect();
        if written.is_empty() {
            return wrong;
        }
        let written = cut(&quoted(&written.join("\n")), 1_500);
        format!("{wrong}\n\n{}\n{written}", self.words.slot_your_words())
    }
}
