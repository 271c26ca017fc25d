//! A complaint about somebody of the desk: who is named in it, and that they do not handle it.

use serde::{Deserialize, Serialize};

use crate::kernel::ids::UserId;
use crate::kernel::people::Person;
use crate::language::fold::{accented, fold};

/// What becomes known of it, as the journal holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum Fact {
    /// It is about this person.
    Named {
        /// Who.
        person: Person,
    },
    /// Its words may mean this person.
    Suspected {
        /// Who.
        person: Person,
    },
    /// It is not about this person, a manager says.
    Cleared {
        /// Who.
        person: Person,
    },
}

/// Whom a complaint is about, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// These.
    pub named: Vec<Person>,
    /// Perhaps these.
    pub suspected: Vec<Person>,
    /// Not these.
    pub cleared: Vec<Person>,
}

impl About {
    /// Whether it is about this person.
    pub fn names(&self, person: UserId) -> bool {
        self.named.iter().any(|held| held.id == person)
    }

    /// Whether it is about nobody of the desk, as far as it is known.
    pub fn is_nobody(&self) -> bool {
        self.named.is_empty()
    }

    /// Whether somebody has spoken of this person before.
    pub fn knows(&self, person: UserId) -> bool {
        [&self.named, &self.suspected, &self.cleared].into_iter().flatten().any(|held| held.id == person)
    }

    /// The person with this id, as they were spoken of.
    pub fn person(&self, id: UserId) -> Option<&Person> {
        [&self.named, &self.suspected, &self.cleared].into_iter().flatten().find(|held| held.id == id)
    }

    /// Takes in a fact.
    pub fn apply(&mut self, fact: &Fact) {
        let (Fact::Named { person } | Fact::Suspected { person } | Fact::Cleared { person }) = fact;
        for list in [&mut self.named, &mut self.suspected, &mut self.cleared] {
            list.retain(|held| held.id != person.id);
        }
        match fact {
            Fact::Named { .. } => self.named.push(person.clone()),
            Fact::Suspected { .. } => self.suspected.push(person.clone()),
            Fact::Cleared { .. } => self.cleared.push(person.clone()),
        }
    }
}

/// What people and the program ask of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It is about this person.
    Mark {
        /// Who; the name may be left out where it was spoken of before.
        person: Person,
    },
    /// It is not about this person.
    Clear {
        /// Who.
        person: UserId,
    },
    /// People were found in the customer's words.
    Found {
        /// Who, and how sure that is.
        people: Vec<(Person, Likeness)>,
    },
}

/// How sure it is that words mean a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// A manager should look.
    Perhaps,
    /// Nobody else is meant.
    Certain,
}

/// What stands before a name when people speak of somebody.
const TITLES: [&str; 20] = [
    "anh", "chị", "chi", "em", "bạn", "cô", "chú", "ông", "bà", "viên", "nv", "ktv", "thuật", "tên", "mr",
    "mrs", "ms", "agent", "named", "called",
];
/// Those of them that are seldom anything else, even in small letters.
const PLAIN_TITLES: [&str; 13] =
    ["anh", "chị", "chi", "cô", "ông", "bà", "viên", "tên", "mr", "mrs", "ms", "named", "called"];
/// What stands before one's own name.
const OF_ONESELF: [&str; 6] = ["là", "la", "tôi", "tên", "am", "from"];
/// What is no part of a name, though it stands there.
const NO_NAME: [&str; 8] = ["cskh", "nv", "ktv", "kt", "staff", "support", "admin", "nvkt"];

/// A word as it was typed, and how it is compared.
struct Word {
    capital: bool,
    begins: bool,
    /// Whether `@` stands right before it: somebody is called.
    called: bool,
    key: String,
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut begins, mut called) = (true, false);
    for piece in text.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
        let typed = piece.trim_end_matches(|letter: char| !letter.is_alphanumeric());
        if !typed.is_empty() {
            // A word in capitals alone is an abbreviation, such as the cable's LAN.
            let shouted = typed.chars().count() > 1 && !typed.chars().any(char::is_lowercase);
            let capital = !shouted && typed.chars().next().is_some_and(char::is_uppercase);
            words.push(Word { capital, begins, called, key: accented(typed) });
            begins = false;
        }
        begins |= piece.ends_with(['.', '!', '?', '\n', ':']);
        called = piece.ends_with('@');
    }
    words
}

/// Whether a word was typed that means a word of a name: with its marks, or without any.
fn same(typed: &str, name: &str) -> bool {
    typed == name || (typed.is_ascii() && typed == fold(name))
}

/// Whether a customer's words mean a person of the desk, and how sure that is. Names are many people's: only a mention or a
/// whole name of several words is certain.
pub fn named(text: &str, person: &Person, customer: &Person) -> Option<Likeness> {
    if person.id == customer.id {
        return None;
    }
    if is_mentioned(text, person.id) {
        return Some(Likeness::Certain);
    }
    let mut name: Vec<String> = words(&person.name).into_iter().map(|word| word.key).collect();
    name.retain(|word| !NO_NAME.contains(&word.as_str()));
    let own = fold(&person.name) == fold(&customer.name);
    let said = words(text);
    let whole = whole(&said, &name).map(|sure| if own { Likeness::Perhaps } else { sure });
    whole.or_else(|| name.last().filter(|_| !own).and_then(|last| given(&said, &name, last)))
}

/// Whether a text mentions a person as Discord writes it.
pub fn is_mentioned(text: &str, person: UserId) -> bool {
    ["", "!"].iter().any(|mark| text.contains(&format!("<@{mark}{person}>")))
}

/// The whole name, of at least two words.
fn whole(said: &[Word], name: &[String]) -> Option<Likeness> {
    if name.len() < 2 {
        return None;
    }
    let found = said.windows(name.len()).enumerate().filter_map(|(place, window)| {
        let meant = window.iter().zip(name).all(|(word, name)| same(&word.key, name));
        let exact = name.len() > 2 || window.iter().zip(name).all(|(word, name)| word.key == *name);
        let before = place.checked_sub(1).map(|place| said[place].key.as_str());
        let of_oneself = before.is_some_and(|word| OF_ONESELF.contains(&word));
        meant.then_some(if exact && !of_oneself { Likeness::Certain } else { Likeness::Perhaps })
    });
    found.max()
}

/// The name by which somebody is called, after a title or with a capital in the middle of a sentence.
fn given(said: &[Word], name: &[String], last: &str) -> Option<Likeness> {
    let found = said.iter().enumerate().any(|(place, word)| {
        if !same(&word.key, last) {
            return false;
        }
        let before = place.checked_sub(1).map(|place| &said[place]);
        let after = said.get(place + 1);
        // A part of a longer name is somebody or something else.
        let part = |word: Option<&Word>| {
            word.is_some_and(|word| word.capital && !word.begins && !name.contains(&word.key))
        };
        let titled = before.is_some_and(|before| {
            let titles: &[&str] = if word.capital { &TITLES } else { &PLAIN_TITLES };
            titles.contains(&before.key.as_str())
        });
        let titled = titled || word.called;
        let title_only = before.is_none_or(|before| titled || !before.capital);
        match titled {
            true => !(word.capital && part(after)),
            false => {
                word.capital && !word.begins && word.key.chars().count() > 2 && title_only && !part(after)
            }
        }
    });
    found.then_some(Likeness::Perhaps)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: u64, name: &str) -> Person {
        Person { id: UserId(id), name: name.to_owned() }
    }

    #[test]
    fn a_name_is_certain_only_where_nobody_else_is_meant() {
        use Likeness::{Certain, Perhaps};
        let customer = person(1, "Nguyễn Thị Lan Anh");
        let cases = [
            ("Trần Văn Minh", "Anh Trần Văn Minh bên kỹ thuật quát tôi", Some(Certain)),
            ("Trần Văn Minh (CSKH)", "tran van minh noi chuyen rat coc loc", Some(Certain)),
            ("Trần Văn Minh", "Tôi là Trần Văn Minh ở quận 3", Some(Perhaps)),
            ("Trần Văn Minh", "anh Minh quát tôi", Some(Perhaps)),
            ("Trần Văn Minh", "nhân viên Minh quát tôi", Some(Perhaps)),
            ("Trần Văn Minh", "anh Minh Đức quát tôi", None),
            ("Minh", "Em thấy bất minh quá", None),
            ("Minh", "cần sự minh bạch", None),
            ("Lan", "bạn kỹ thuật tên lan thái độ", Some(Perhaps)),
            ("Lan", "@lan không trả lời", Some(Perhaps)),
            ("Lan", "mua dây lan ở đâu", None),
            ("Hà", "em ở Hà Nội", None),
            ("An", "em an tâm rồi", None),
            ("Lan", "cắm dây LAN không được", None),
            ("Lan Anh", "mỗi lần anh gọi đều bận", None),
            ("Lan Anh", "chị Lan Anh hứa rồi quên", Some(Certain)),
            ("Mike", "I spoke with Mike and he shouted", Some(Perhaps)),
            ("Mike Tran", "Mike Tran shouted at me", Some(Certain)),
            ("Tuấn", "chị tuấn gì đó", Some(Perhaps)),
            ("Tuấn", "tuần sau em về", None),
            ("Tuấn", "tuan sau em ve", None),
        ];
        for (name, text, expected) in cases {
            assert_eq!(named(text, &person(7, name), &customer), expected, "{name}: {text}");
        }
        assert_eq!(named("<@7> quát tôi", &person(7, "x"), &customer), Some(Certain));
        assert_eq!(named("<@!7> quát tôi", &person(7, "x"), &customer), Some(Certain));
        assert_eq!(named("<@77> quát tôi", &person(7, "x"), &customer), None);
        // Somebody of the same name speaks of themselves, as far as anybody can tell.
        assert_eq!(
            named("Nguyễn Thị Lan Anh đây", &person(7, "Nguyễn Thị Lan Anh"), &customer),
            Some(Perhaps)
        );
        assert_eq!(named("Trần Văn Minh quát tôi", &person(1, "Trần Văn Minh"), &customer), None);
    }

    #[test]
    fn the_last_word_on_a_person_counts() {
        let mut about = About::default();
        let minh = person(7, "Minh");
        about.apply(&Fact::Suspected { person: minh.clone() });
        assert!(about.knows(UserId(7)) && !about.names(UserId(7)));
        about.apply(&Fact::Named { person: minh.clone() });
        assert!(about.names(UserId(7)) && !about.is_nobody());
        about.apply(&Fact::Cleared { person: minh });
        assert!(!about.names(UserId(7)) && about.knows(UserId(7)) && about.is_nobody());
    }
}
