//! `help`: prints a page of the manual or the usage of a command, and names what there is.

use std::fmt::Write as _;

use clap::Command;

use super::deadline::Told;
use crate::kernel::lang::Lang;

/// How alike a name must be to be offered for another, from 0 to 1.
const ALIKE: f64 = 0.8;

/// A page of the manual.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// What it is asked for by, and how its files are called.
    pub topic: &'static str,
    vi: &'static str,
    en: &'static str,
}

macro_rules! page {
    ($topic:literal) => {
        Page {
            topic: $topic,
            vi: include_str!(concat!("../../config/manual/vi/", $topic, ".md")),
            en: include_str!(concat!("../../config/manual/en/", $topic, ".md")),
        }
    };
}

/// All pages, in the order they are listed.
pub const PAGES: [Page; 12] = [
    page!("staff"),
    page!("customers"),
    page!("managers"),
    page!("incidents"),
    page!("data-and-law"),
    page!("operator"),
    page!("backup"),
    page!("many-machines"),
    page!("worst-hour"),
    page!("sandbox"),
    page!("metrics"),
    page!("troubleshooting"),
];

impl Page {
    /// Its text, in Markdown.
    pub fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }

    /// Its first line.
    pub fn title(&self, lang: Lang) -> &'static str {
        self.text(lang).lines().next().unwrap_or_default().trim_start_matches("# ")
    }
}

/// The language of the environment, as the system's own programs find it: the first of these variables that is set decides.
pub fn language(variable: impl Fn(&str) -> Option<String>) -> Lang {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| {
        let value = variable(name)?;
        (!value.is_empty()).then_some(value)
    });
    match set {
        Some(value) if value.to_lowercase().starts_with("vi") => Lang::Vi,
        _ => Lang::En,
    }
}

/// What `help` with these words says. `program` describes the commands.
pub fn help(words: &[String], lang: Lang, mut program: Command) -> Told {
    // Commands learn their full names.
    program.build();
    let printed = |out: String| Told { out, ..Told::default() };
    if words.is_empty() {
        return printed(format!("{}\n{}", program.render_long_help(), contents(lang)));
    }
    // `many machines` is `many-machines`.
    let asked = words.join("-").to_lowercase();
    if let Some(page) = PAGES.iter().find(|page| page.topic == asked) {
        return printed(page.text(lang).to_owned());
    }
    if let Some(usage) = usage(&mut program, words) {
        return printed(usage);
    }
    let commands = program.get_subcommands().map(|command| command.get_name().to_owned());
    let known = PAGES.iter().map(|page| page.topic.to_owned()).chain(commands);
    let near = known
        .map(|name| (strsim::jaro_winkler(&name, &asked), name))
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    let mut err = format!("There is no page {:?}", words.join(" "));
    // Writing to a text cannot fail.
    let _ = match near {
        Some((_, name)) => writeln!(err, ": did you mean {name}?\n"),
        None => writeln!(err, ".\n"),
    };
    err.push_str(&contents(lang));
    Told { err, code: 2, ..Told::default() }
}

/// The usage of a command, or of one inside it.
fn usage(program: &mut Command, words: &[String]) -> Option<String> {
    let command =
        words.iter().try_fold(program, |command, word| command.find_subcommand_mut(word.as_str()))?;
    Some(command.render_long_help().to_string())
}

/// The pages with their titles.
fn contents(lang: Lang) -> String {
    let mut text = match lang {
        Lang::Vi => "Sổ tay, mở bằng `langnghe help TOPIC`:\n".to_owned(),
        Lang::En => "The manual, by `langnghe help TOPIC`:\n".to_owned(),
    };
    for page in &PAGES {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "  {:<16} {}", page.topic, page.title(lang));
    }
    text
}
