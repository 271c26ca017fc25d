//! What people write in the demo: pools of complaints with the answers that fit them, in both languages.

mod en;
mod vi;

use crate::kernel::lang::Lang;

/// A part of the day's story; each has its own pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The line is dead; it ends well.
    Dead,
    /// A burst of direct messages, typed in a hurry.
    Burst,
    /// A technician did not come; the customer stays dissatisfied.
    Missed,
    /// Something at home is broken, and the customer takes no direct messages.
    Device,
    /// The bill is wrong; nobody takes it up in time.
    Bill,
    /// Foreign sites are slow.
    Abroad,
}

/// A complaint and what follows.
#[derive(Clone, Copy, Debug)]
pub struct Matter {
    /// The customer's words; several where they come as several messages.
    pub words: &'static [&'static str],
    /// What they hope for; may be empty.
    pub wish: &'static str,
    /// How staff answer: `{title}` is the customer, `{me}` the writer.
    pub reply: &'static str,
    /// What the customer writes later; may be empty.
    pub more: &'static str,
    /// How staff answer that; may be empty.
    pub then: &'static str,
    /// What that promises, and by when (minutes after midnight); may be empty.
    pub promise: (&'static str, i64),
    /// The outcome; may be empty where the day ends before.
    pub outcome: &'static str,
    /// The customer's word to the rating; may be empty.
    pub word: &'static str,
    /// How staff answer that; may be empty.
    pub after: &'static str,
}

/// The pool of a part.
pub fn pool(lang: Lang, part: Part) -> &'static [Matter] {
    match lang {
        Lang::Vi => vi::pool(part),
        Lang::En => en::pool(part),
    }
}

/// A customer's or a colleague's name with the way to address them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// As on Discord.
    pub full: &'static str,
    /// As they are spoken to: *chị Thu*.
    pub title: &'static str,
}

/// Customers who write in a language.
pub fn customers(lang: Lang) -> &'static [Name] {
    match lang {
        Lang::Vi => vi::CUSTOMERS,
        Lang::En => en::CUSTOMERS,
    }
}

/// Staff of a desk in a language.
pub fn staff(lang: Lang) -> &'static [Name] {
    match lang {
        Lang::Vi => vi::STAFF,
        Lang::En => en::STAFF,
    }
}

/// What managers write: the note on the breach, area of the cut, the area as it is known later, what is new.
pub struct Management {
    /// The note in the case file after the breach.
    pub note: &'static str,
    /// What the cut affects.
    pub area: &'static str,
    /// What is new in the evening.
    pub news: &'static str,
    /// Administrator, manager, head office.
    pub people: [Name; 3],
}

/// The managers' words in a language.
pub fn management(lang: Lang) -> &'static Management {
    match lang {
        Lang::Vi => &vi::MANAGEMENT,
        Lang::En => &en::MANAGEMENT,
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, customers, pool, staff};
    use crate::kernel::lang::Lang;
    use crate::language::offer::{given, offers};

    const PARTS: [Part; 6] = [Part::Dead, Part::Burst, Part::Missed, Part::Device, Part::Bill, Part::Abroad];

    #[test]
    fn there_is_enough_to_say() {
        for lang in Lang::ALL {
            let complaints: usize = PARTS.iter().map(|part| pool(lang, *part).len()).sum();
            assert!(complaints >= 12, "{lang}: {complaints}");
            assert!(customers(lang).len() > crate::demo::day::CUSTOMERS, "{lang}");
            assert!(staff(lang).len() >= 3, "{lang}");
            for matter in PARTS.iter().flat_map(|part| pool(lang, *part)) {
                assert!(!matter.words.is_empty() && matter.reply.contains("{title}"), "{matter:?}");
            }
        }
    }

    #[test]
    fn faults_f6_the_demos_people_give_nothing_away() {
        for matter in Lang::ALL.iter().flat_map(|lang| PARTS.iter().flat_map(|part| pool(*lang, *part))) {
            for said in [matter.reply, matter.then, matter.after] {
                assert_eq!(offers(said), [], "{said}");
            }
            for said in [matter.outcome, matter.promise.0] {
                assert_eq!(given(said), [], "{said}");
            }
            assert!(matter.then.is_empty() || !matter.promise.0.is_empty(), "filed: {}", matter.then);
        }
    }

    #[test]
    fn what_is_slow_abroad_is_recognised_as_such() {
        let config = crate::config::Config::load(std::path::Path::new("no-such-folder"), &Default::default());
        let config = config.expect("what is built in is right");
        let categories = &config.policy().categories;
        let matcher = config.policy().category_matcher();
        for matter in Lang::ALL.iter().flat_map(|lang| pool(*lang, Part::Abroad)) {
            let id = matcher.suggest(&matter.words.join("\n"));
            let found = categories.iter().find(|category| id == Some(category.id.as_str()));
            let explained =
                found.is_some_and(|category| category.playbooks.iter().any(|name| name == "cable-cut"));
            assert!(explained, "{id:?} for {:?}", matter.words);
        }
    }
}
