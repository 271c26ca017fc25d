//! The manual and the README: whole in both languages, and true as far as a program can tell.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind as Kind;
use langnghe::cli::manual::PAGES;
use langnghe::config::dot_env::KNOWN;
use langnghe::discord::commands::COMMANDS;
use langnghe::kernel::lang::Lang;
use langnghe::sla::clocks::ClockKind;
use langnghe::text::Texts;

use crate::cli::{configure, program, run};

/// What begins with a slash and is no command of the bot.
const PATHS: [&str; 5] = ["/livez", "/readyz", "/metrics", "/api/v10", "/control"];

struct Text {
    name: String,
    /// The languages whose commands it may name.
    langs: Vec<Lang>,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The manual and the README.
fn texts() -> Vec<Text> {
    let pages = Lang::ALL.into_iter().flat_map(|lang| {
        PAGES.iter().map(move |page| Text {
            name: format!("config/manual/{lang}/{}.md", page.topic),
            langs: vec![lang],
            text: page.text(lang).to_owned(),
        })
    });
    let readme = Text { name: "README.md".to_owned(), langs: Lang::ALL.to_vec(), text: read("README.md") };
    pages.chain([readme]).collect()
}

/// The lines outside fences, and each line inside one with the fence's language.
fn split(text: &str) -> (String, Vec<(String, String)>) {
    let (mut prose, mut fenced) = (String::new(), Vec::new());
    let mut fence: Option<String> = None;
    for line in text.lines() {
        match (line.trim().strip_prefix("```"), &fence) {
            (Some(language), None) => fence = Some(language.to_owned()),
            (Some(_), Some(_)) => fence = None,
            (None, Some(language)) => fenced.push((language.clone(), line.trim().to_owned())),
            (None, None) => {
                prose.push_str(line);
                prose.push('\n');
            }
        }
    }
    assert!(fence.is_none(), "a fence is not closed");
    (prose, fenced)
}

/// What stands between backticks; a span may go over the end of a line.
fn spans(prose: &str) -> Vec<String> {
    let whole = |span: &str| span.split_whitespace().collect::<Vec<_>>().join(" ");
    prose.split('`').skip(1).step_by(2).map(whole).collect()
}

/// The words of a command line; quotes hold blanks together, a remark and what is piped or redirected is left away.
fn words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut quoted = false;
    let mut fresh = true;
    for letter in line.chars() {
        match letter {
            '#' | '>' | '|' if !quoted && fresh => break,
            '"' => quoted = !quoted,
            letter if letter.is_whitespace() && !quoted => fresh = true,
            letter => {
                if fresh {
                    words.push(String::new());
                    fresh = false;
                }
                words.last_mut().expect("one was begun").push(letter);
            }
        }
    }
    words
}

/// What a command line gives to the program, if it calls it.
fn arguments(line: &str) -> Option<Vec<String>> {
    let words = words(line);
    let is_setting =
        |word: &&String| word.split_once('=').is_some_and(|(name, _)| name == name.to_uppercase());
    let words: Vec<String> = words.iter().skip_while(is_setting).cloned().collect();
    match words.split_first()? {
        (program, arguments) if program == "langnghe" => Some(arguments.to_vec()),
        (cargo, rest) if cargo == "cargo" && rest.first().is_some_and(|word| word == "run") => {
            let place = rest.iter().position(|word| word == "--")?;
            Some(rest[place + 1..].to_vec())
        }
        _ => None,
    }
}

#[test]
fn every_page_is_there_in_both_languages_and_says_the_same_things() {
    let shape = |text: &str| {
        let (prose, fenced) = split(text);
        let count = |start: &str| prose.lines().filter(|line| line.starts_with(start)).count();
        let programs: Vec<String> =
            fenced.iter().filter_map(|(_, line)| arguments(line)?.first().cloned()).collect();
        (["# ", "## ", "- ", "| ", "1. ", "2. "].map(count), programs)
    };
    for lang in Lang::ALL {
        let folder = root().join(format!("config/manual/{lang}"));
        let files: BTreeSet<String> = fs::read_dir(&folder)
            .expect("the folder is there")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        let pages: BTreeSet<String> = PAGES.iter().map(|page| format!("{}.md", page.topic)).collect();
        assert_eq!(files, pages, "{lang}");
    }
    for page in &PAGES {
        let (vi, en) = (page.text(Lang::Vi), page.text(Lang::En));
        for text in [vi, en] {
            assert!(text.starts_with("# ") && text.ends_with('\n') && !text.contains('\t'), "{}", page.topic);
        }
        assert_eq!(shape(vi), shape(en), "{}: headings, points, rows and commands", page.topic);
    }
}

#[test]
fn pages_beside_the_settings_are_no_stray_files() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shipped = root().join("config");
    let (code, out, _) = run(folder.path(), &["check", shipped.to_str().expect("UTF-8")]);
    assert_eq!(code, Some(0), "{out}");
    assert!(!out.contains("is read by nobody"), "{out}");
}

#[test]
fn help_prints_pages_and_usage_in_the_language_asked_for() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for page in &PAGES {
        for lang in Lang::ALL {
            let told = run(folder.path(), &["help", page.topic, "--lang", lang.as_str()]);
            assert_eq!(told, (Some(0), page.text(lang).to_owned(), String::new()), "{} {lang}", page.topic);
        }
    }
    let by_environment = |set: &[(&str, &str)]| {
        let mut help = program(folder.path());
        help.args(["help", "backup"]);
        for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
            help.env_remove(name);
        }
        let output = help.envs(set.iter().copied()).output().expect("the program runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let page = PAGES.iter().find(|page| page.topic == "backup").expect("it is one");
    assert_eq!(by_environment(&[("LANG", "vi_VN.UTF-8")]), page.text(Lang::Vi));
    assert_eq!(by_environment(&[("LANG", "en_GB.UTF-8")]), page.text(Lang::En));
    assert_eq!(by_environment(&[("LANG", "vi_VN.UTF-8"), ("LC_ALL", "C")]), page.text(Lang::En));
    assert_eq!(by_environment(&[]), page.text(Lang::En));

    let (code, out, err) = run(folder.path(), &["help", "--lang", "vi"]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    for named in ["Usage: langnghe", "serve", "migrate-data", "Sổ tay", "worst-hour", "Giờ khó nhất"] {
        assert!(out.contains(named), "{named} is not in\n{out}");
    }
    for (asked, named) in [
        (&["help", "serve"][..], "Usage: langnghe serve"),
        (&["help", "deadline", "explain"], "Usage: langnghe deadline explain"),
        (&["help", "many", "machines", "--lang", "en"], "# More than one machine"),
    ] {
        let (code, out, err) = run(folder.path(), asked);
        assert_eq!((code, err.as_str()), (Some(0), ""), "{asked:?}");
        assert!(out.contains(named), "{asked:?}: {named} is not in\n{out}");
    }
}

#[test]
fn a_topic_that_is_none_is_answered_with_the_nearest_and_the_list() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    // What is wrong with the settings is no matter of help.
    fs::write(folder.path().join(".env"), "DISCORD_TOKN=x\n").expect("the file can be written");
    for (asked, near) in [
        (&["help", "oprator"][..], ": did you mean operator?"),
        (&["help", "worst"], ": did you mean worst-hour?"),
        (&["help", "migrate-dat"], ": did you mean migrate-data?"),
        (&["help", "zzz"], "There is no page \"zzz\"."),
        (&["help", "deadline", "zzz"], "There is no page \"deadline zzz\""),
    ] {
        let (code, out, err) = run(folder.path(), asked);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{asked:?}");
        assert!(err.contains(near), "{asked:?}: {near} is not in\n{err}");
        for page in &PAGES {
            assert!(err.contains(page.topic), "{asked:?}: {} is not in\n{err}", page.topic);
        }
    }
}

#[test]
fn every_command_line_in_the_manual_is_one() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for Text { name, text, .. } in texts() {
        let (prose, fenced) = split(&text);
        let lines = fenced.into_iter().map(|(_, line)| line).chain(spans(&prose));
        for line in lines {
            let Some(arguments) = arguments(&line) else { continue };
            seen.extend(arguments.first().cloned());
            let all = std::iter::once("langnghe".to_owned()).chain(arguments.clone());
            match langnghe::cli::usage().try_get_matches_from(all).map_err(|error| error.kind()) {
                // In a sentence a command is named without what it needs.
                Ok(_)
                | Err(Kind::MissingRequiredArgument)
                | Err(Kind::MissingSubcommand)
                | Err(Kind::DisplayHelpOnMissingArgumentOrSubcommand) => {}
                Err(kind) => wrong.push(format!("{name}: {line}: {kind:?}")),
            }
            if let [help, topic, ..] = &arguments[..]
                && help == "help"
                && topic != "TOPIC"
                && !PAGES.iter().any(|page| page.topic == topic)
            {
                wrong.push(format!("{name}: {line}: no such page"));
            }
        }
        let usage = langnghe::cli::usage();
        let options: BTreeSet<String> = usage
            .get_subcommands()
            .flat_map(|command| command.get_subcommands().chain([command]))
            .flat_map(|command| command.get_arguments())
            .filter_map(|argument| Some(format!("--{}", argument.get_long()?)))
            .chain(["--help".to_owned()])
            .collect();
        for span in spans(&prose) {
            for word in span.split(' ').filter(|word| word.starts_with("--")) {
                if !options.contains(word) && !span.starts_with("cargo ") {
                    wrong.push(format!("{name}: `{span}`: no command takes {word}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let all: BTreeSet<String> =
        langnghe::cli::usage().get_subcommands().map(|command| command.get_name().to_owned()).collect();
    assert_eq!(seen, all, "the manual calls every command of the program");
}

/// The bot's commands with their options as a language shows them.
fn commands(lang: Lang, texts: &Texts) -> BTreeMap<String, Vec<String>> {
    let words = texts.of(lang);
    let command = |path: &str| {
        let (root, inside) = path.split_once(' ').unwrap_or((path, ""));
        let root_name = words.say(&format!("command-{root}"), &[]);
        match inside {
            "" => root_name,
            inside => format!("{root_name} {}", words.say(&format!("command-{root}-{inside}"), &[])),
        }
    };
    // English commands carry their stable names, whatever the words say.
    COMMANDS
        .iter()
        .map(|held| match lang {
            Lang::En => {
                (held.path.to_owned(), held.options.iter().map(|option| option.name.to_owned()).collect())
            }
            Lang::Vi => {
                let option = |name: &str| words.say(&format!("option-{name}"), &[]);
                (command(held.path), held.options.iter().map(|held| option(held.name)).collect())
            }
        })
        .collect()
}

#[test]
fn every_command_of_the_bot_in_the_manual_is_one() {
    let built_in = Texts::load(&[]).expect("the shipped words");
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<Lang, BTreeSet<String>> = BTreeMap::new();
    for Text { name, langs, text } in texts() {
        let (prose, fenced) = split(&text);
        let lines = fenced.into_iter().filter(|(language, _)| language.is_empty()).map(|(_, line)| line);
        for line in lines.chain(spans(&prose)) {
            let Some(typed) = line.strip_prefix('/') else { continue };
            if typed.is_empty() || PATHS.contains(&line.as_str()) {
                continue;
            }
            let path: Vec<&str> = typed.split(' ').take_while(|word| !word.contains(':')).collect();
            let path = path.join(" ");
            let found = langs.iter().find_map(|lang| {
                let options = commands(*lang, &built_in).remove(&path)?;
                Some((*lang, options))
            });
            let Some((lang, options)) = found else {
                wrong.push(format!("{name}: `{line}`: no such command"));
                continue;
            };
            seen.entry(lang).or_default().insert(path);
            for word in typed.split(' ').filter_map(|word| Some(word.split_once(':')?.0)) {
                // `16:30` is part of a value.
                if !options.iter().any(|option| option == word)
                    && !word.chars().all(|letter| letter.is_numeric())
                {
                    wrong.push(format!("{name}: `{line}`: no option {word}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for lang in Lang::ALL {
        let all: BTreeSet<String> = commands(lang, &built_in).into_keys().collect();
        assert_eq!(seen.remove(&lang).unwrap_or_default(), all, "the manual in {lang} names every command");
    }
}

/// The keys of the shipped configuration by section, those in remarks too. Ids of servers are all one.
fn settings() -> BTreeMap<String, BTreeSet<String>> {
    let mut held: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut section = String::new();
    for line in read("config/langnghe.toml").lines() {
        let line = line.strip_prefix("# ").unwrap_or(line);
        if let Some((name, _)) =
            line.strip_prefix('[').and_then(|line| line.trim_start_matches('[').split_once(']'))
        {
            section = name.to_owned();
            held.entry(section.clone()).or_default();
        } else if let Some((key, _)) = line.split_once(" = ")
            && key
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter == '-' || letter.is_ascii_digit())
        {
            held.entry(section.clone()).or_default().insert(key.to_owned());
        }
    }
    held
}

#[test]
fn every_setting_and_variable_in_the_manual_is_one() {
    let settings = settings();
    let mut wrong = Vec::new();
    for Text { name, text, .. } in texts() {
        let (prose, fenced) = split(&text);
        for span in spans(&prose) {
            if let Some(rest) = span.strip_prefix('[') {
                let (section, key) = rest.trim_start_matches('[').split_once(']').unwrap_or((rest, ""));
                let key = key.trim_start_matches(']').split('=').next().unwrap_or_default().trim();
                match settings.get(section) {
                    None => wrong.push(format!("{name}: `{span}`: no section {section}")),
                    Some(keys) if !key.is_empty() && !keys.contains(key) => {
                        wrong.push(format!("{name}: `{span}`: [{section}] has no {key}"));
                    }
                    Some(_) => {}
                }
            }
            let variable = span.split('=').next().unwrap_or_default();
            let ours = ["DISCORD_", "DATABASE_", "LANGNGHE_", "RUST_"];
            if ours.iter().any(|start| variable.starts_with(start))
                && !variable.contains(' ')
                && !KNOWN.contains(&variable)
            {
                wrong.push(format!("{name}: `{span}`: no variable {variable}"));
            }
        }
        let toml: Vec<String> =
            fenced.into_iter().filter(|(language, _)| language == "toml").map(|(_, line)| line).collect();
        if !toml.is_empty() {
            let folder = tempfile::tempdir().expect("a temporary folder");
            configure(folder.path(), &toml.join("\n"));
            let (code, out, _) = run(folder.path(), &["check"]);
            assert_eq!(code, Some(0), "{name}: {out}");
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for lang in Lang::ALL {
        let page = PAGES.iter().find(|page| page.topic == "managers").expect("it is one").text(lang);
        for clock in ClockKind::ALL {
            assert!(
                page.contains(&format!("`{}`", clock.as_str())),
                "{lang}: managers.md has no {}",
                clock.as_str()
            );
        }
    }
}

/// How a heading is linked to: its words in lower case, joined with hyphens.
fn anchor(heading: &str) -> String {
    let kept = |letter: &char| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter);
    heading
        .trim()
        .to_lowercase()
        .chars()
        .filter(kept)
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut wrong = Vec::new();
    let others = ["CONTRIBUTING.md", "CHANGELOG.md"].map(|name| (name.to_owned(), read(name)));
    let all = texts().into_iter().map(|held| (held.name, held.text)).chain(others);
    for (name, text) in all {
        let (prose, _) = split(&text);
        let folder = root().join(&name).parent().expect("it is in a folder").to_owned();
        for link in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("https://") {
                continue;
            }
            let (path, place) = link.split_once('#').unwrap_or((link, ""));
            let target: PathBuf = if path.is_empty() { root().join(&name) } else { folder.join(path) };
            if !target.exists() {
                wrong.push(format!("{name}: {link}: there is no such file"));
            } else if !place.is_empty() {
                let there = fs::read_to_string(&target).expect("a text");
                let (prose, _) = split(&there);
                let headings = prose.lines().filter(|line| line.starts_with('#'));
                if !headings.map(|line| anchor(line.trim_start_matches('#'))).any(|held| held == place) {
                    wrong.push(format!("{name}: {link}: there is no such heading"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_readme_is_a_landing_page_that_leads_to_every_page() {
    let readme = read("README.md");
    assert!(readme.lines().count() <= 200, "{} lines", readme.lines().count());
    for page in &PAGES {
        for lang in Lang::ALL {
            let link = format!("(config/manual/{lang}/{}.md)", page.topic);
            assert!(readme.contains(&link), "README.md does not lead to {link}");
        }
    }
}
