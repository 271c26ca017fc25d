//! What messages are made of: buttons, rows, mentions, times, other people's words as they were typed. Plain JSON bodies.

use std::fmt::Display;

use serde_json::{Value, json};

use crate::kernel::ids::{ChannelId, RoleId, UserId};
use crate::kernel::lang::Lang;
use crate::text::{Texts, Words};

/// All words, and in whose name they are said.
#[derive(Clone, Copy)]
pub struct Voice<'a> {
    /// All words.
    pub texts: &'a Texts,
    /// The company's name.
    pub company: &'a str,
    /// How a person's words are signed; `{name}` stands for the name.
    pub sign_as: &'a str,
}

impl<'a> Voice<'a> {
    /// The words of a language.
    pub fn words(&self, lang: Lang) -> &'a Words {
        self.texts.of(lang)
    }

    /// The name a customer sees under a person's words.
    pub fn signature(&self, name: &str) -> String {
        self.sign_as.replace("{name}", name)
    }
}

/// Button styles, by Discord's numbers (`components/reference`).
#[derive(Clone, Copy)]
pub enum Style {
    /// The main thing to do.
    Primary = 1,
    /// Everything else.
    Secondary = 2,
    /// Something good that ends a matter.
    Success = 3,
    /// Something that cannot be taken back.
    Danger = 4,
}

/// A button.
pub fn button(style: Style, label: &str, id: &impl Display) -> Value {
    json!({ "type": 2, "style": style as u8, "label": label, "custom_id": id.to_string() })
}

/// A row of buttons, or of one select.
pub fn row(components: Vec<Value>) -> Value {
    json!({ "type": 1, "components": components })
}

/// A select of texts: value, label, and which is chosen.
pub fn select(id: &impl Display, placeholder: &str, options: &[(String, String, bool)]) -> Value {
    let options: Vec<Value> = options
        .iter()
        .take(25)
        .map(|(value, label, chosen)| json!({ "value": value, "label": cut(label, 100), "default": chosen }))
        .collect();
    json!({ "type": 3, "custom_id": id.to_string(), "placeholder": cut(placeholder, 150), "options": options })
}

/// Mentions that really ping: these people and roles, and nobody else.
pub fn pings(users: &[UserId], roles: &[RoleId]) -> Value {
    let ids = |ids: Vec<String>| ids;
    json!({
        "parse": [],
        "users": ids(users.iter().map(ToString::to_string).collect()),
        "roles": ids(roles.iter().map(ToString::to_string).collect()),
    })
}

/// Nobody is pinged.
pub fn no_pings() -> Value {
    json!({ "parse": [] })
}

/// An instant as Discord shows it in each reader's own zone, date and time.
pub fn at(ms: i64) -> String {
    format!("<t:{}:f>", ms.div_euclid(1_000))
}

/// An instant as Discord counts to it: *in 5 minutes*.
pub fn relative(ms: i64) -> String {
    format!("<t:{}:R>", ms.div_euclid(1_000))
}

/// A day as Discord shows it in each reader's own zone.
pub fn day(ms: i64) -> String {
    format!("<t:{}:D>", ms.div_euclid(1_000))
}

/// A mention of a person.
pub fn user(id: UserId) -> String {
    format!("<@{id}>")
}

/// A mention of a role.
pub fn role(id: RoleId) -> String {
    format!("<@&{id}>")
}

/// A link to a channel or thread.
pub fn channel(id: ChannelId) -> String {
    format!("<#{id}>")
}

/// `count` stars: *4 ★*.
pub fn stars(score: i64) -> String {
    format!("{score} ★")
}

/// Small print.
pub fn small(text: &str) -> String {
    format!("-# {text}")
}

/// Text in at most `most` characters, cut between letters, with an ellipsis where something is missing.
pub fn cut(text: &str, most: usize) -> String {
    use unicode_segmentation::UnicodeSegmentation;
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut length = 0;
    for letter in text.graphemes(true) {
        length += letter.chars().count();
        if length >= most {
            break;
        }
        kept.push_str(letter);
    }
    kept.push('…');
    kept
}

/// Somebody else's words, so that they show as typed: no Markdown, no masked links, no look of a mention.
/// Addresses stay as they are.
pub fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 16);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            shown.push('\n');
        }
        let mut first = true;
        for word in line.split(' ') {
            if !first {
                shown.push(' ');
            }
            first = false;
            let address = word.starts_with("https://") || word.starts_with("http://");
            // What no address holds is something hidden behind one.
            if address && !word.contains(['<', '>', '[', ']', '|', '*', '`', '\\']) {
                shown.push_str(word);
                continue;
            }
            let quoting = word.starts_with(['#', '>', '-']);
            for (place, letter) in word.chars().enumerate() {
                if matches!(letter, '\\' | '*' | '_' | '~' | '|' | '`' | '[' | ']' | '<')
                    || (quoting && place == 0)
                {
                    shown.push('\\');
                }
                shown.push(letter);
            }
        }
    }
    shown
}

/// What somebody wrote, said back to them: enough to know it by.
pub fn echo(written: &str) -> String {
    plain(&cut(written, 200))
}

/// Text as a quotation, every line of it.
pub fn quoted(text: &str) -> String {
    text.lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

/// Text in parts of at most `most` characters, cut at line ends or spaces where there are any.
pub fn parts(text: &str, most: usize) -> Vec<String> {
    use unicode_segmentation::UnicodeSegmentation;
    let mut parts = Vec::new();
    let mut part = String::new();
    let mut length = 0;
    for piece in text.split_word_bounds() {
        let long = piece.chars().count();
        if length + long > most && !part.is_empty() {
            parts.push(std::mem::take(&mut part).trim_end().to_owned());
            length = 0;
        }
        if long > most {
            // One "word" longer than a message: cut between letters.
            for letter in piece.graphemes(true) {
                if length + letter.chars().count() > most {
                    parts.push(std::mem::take(&mut part));
                    length = 0;
                }
                length += letter.chars().count();
                part.push_str(letter);
            }
            continue;
        }
        length += long;
        part.push_str(piece);
    }
    if !part.trim().is_empty() {
        parts.push(part.trim_end().to_owned());
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customers_words_show_as_typed() {
        assert_eq!(plain("**gấp** _lắm_ [bấm](http://x)"), "\\*\\*gấp\\*\\* \\_lắm\\_ \\[bấm\\](http://x)");
        assert_eq!(plain("xem https://a.vn/b_c_d nhé"), "xem https://a.vn/b_c_d nhé");
        assert_eq!(plain("# to\n> trích"), "\\# to\n\\> trích");
        assert_eq!(plain("<@&12> @everyone"), "\\<@&12> @everyone");
    }

    #[test]
    fn long_words_are_cut_between_letters() {
        assert_eq!(cut("Khiếu nại", 20), "Khiếu nại");
        assert_eq!(cut("Khiếu nại dài", 6), "Khiếu…");
        let text = "từ ".repeat(1_500);
        let cut = parts(&text, 1_900);
        assert!(cut.iter().all(|part| part.chars().count() <= 1_900));
        assert_eq!(cut.join(" ").split_whitespace().count(), 1_500);
        assert_eq!(parts(&"ệ".repeat(4_000), 1_900).len(), 3);
    }
}
