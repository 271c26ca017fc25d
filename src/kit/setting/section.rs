//! A section of a file over the built-in one: each key is read once, named when it is wrong, and missed when unknown.

use std::collections::BTreeSet;

use chrono_tz::Tz;
use toml::de::{DeTable, DeValue};

use super::held::Held;
use super::problem::{Findings, Problem, Source};
use super::zone;
use crate::language::duration;

/// A file as it was read.
#[derive(Debug)]
pub struct Document {
    /// What it is called in problems.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// A section: what the operator's file says, and below it what is built in.
pub struct Section<'a> {
    document: &'a Document,
    path: String,
    own: Option<&'a DeTable<'a>>,
    built_in: Option<&'a DeTable<'a>>,
    seen: BTreeSet<&'static str>,
}

impl Document {
    /// The table of the whole file; what cannot be read is a problem, and then nothing of it counts.
    pub fn parse<'a>(&'a self, findings: &mut Findings) -> Option<DeTable<'a>> {
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        for error in &errors {
            findings.problems.push(Problem {
                file: self.name.clone(),
                key: String::new(),
                value: String::new(),
                wrong: format!("is not TOML: {}", error.message().trim()),
                right: "write it as the shipped file does".to_owned(),
                line: error.span().map(|span| self.line(span.start)),
            });
        }
        errors.is_empty().then(|| table.into_inner())
    }

    /// The line, from 1, in which a byte stands.
    pub fn line(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
    }
}

impl<'a> Section<'a> {
    /// The top of a file.
    pub fn top(
        document: &'a Document,
        own: Option<&'a DeTable<'a>>,
        built_in: Option<&'a DeTable<'a>>,
    ) -> Self {
        Self { document, path: String::new(), own, built_in, seen: BTreeSet::new() }
    }

    /// A section that stands elsewhere: a table in a list, or one whose name is not fixed.
    pub fn at(document: &'a Document, path: String, own: &'a DeTable<'a>) -> Self {
        Self { document, path, own: Some(own), built_in: None, seen: BTreeSet::new() }
    }

    /// The section of this name within this one.
    pub fn section(&mut self, findings: &mut Findings, key: &'static str) -> Section<'a> {
        self.seen.insert(key);
        let own = self.own.and_then(|table| find(table, key));
        let table = own.and_then(|held| held.1.as_table());
        if let (Some((offset, value)), None) = (own, table) {
            let held = self.held(key, value, Source::File, Some(offset));
            held.problem(
                findings,
                "is not a section",
                &format!("write [{}] and its keys below it", held.key),
            );
        }
        let built_in = self.built_in.and_then(|table| find(table, key)).and_then(|held| held.1.as_table());
        Section { document: self.document, path: self.key(key), own: table, built_in, seen: BTreeSet::new() }
    }

    /// The value of a key, the operator's first.
    pub fn get(&mut self, key: &'static str) -> Option<Held<'a>> {
        self.seen.insert(key);
        let (table, source) = match (self.own.and_then(|table| find(table, key)), self.built_in) {
            (Some(found), _) => (Some(found), Source::File),
            (None, built_in) => (built_in.and_then(|table| find(table, key)), Source::Default),
        };
        table.map(|(offset, value)| self.held(key, value, source, Some(offset)))
    }

    /// Whether the operator's section has this key.
    pub fn has(&self, key: &str) -> bool {
        self.own.is_some_and(|table| find(table, key).is_some())
    }

    /// All keys of the operator's section, for those whose names are not fixed.
    pub fn entries(&self) -> Vec<(String, Held<'a>)> {
        let entries = self.own.into_iter().flat_map(|table| table.iter());
        let entry =
            |(key, value): (&'a toml::Spanned<toml::de::DeString<'a>>, &'a toml::Spanned<DeValue<'a>>)| {
                let name = key.get_ref().to_string();
                let held = self.held(&name, value.get_ref(), Source::File, Some(key.span().start));
                (name, held)
            };
        entries.map(entry).collect()
    }

    /// A key that must be text and mean something: `read` says what, or it is a problem.
    pub fn read<T>(
        &mut self,
        findings: &mut Findings,
        key: &'static str,
        wrong: &str,
        right: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let held = self.get(key)?;
        let value = held.text(findings)?;
        let read = read(value);
        match read {
            Some(_) => held.in_force(findings),
            None => held.problem(findings, wrong, right),
        }
        read
    }

    /// Text of 1 to `limit` characters.
    pub fn text(&mut self, findings: &mut Findings, key: &'static str, limit: usize) -> Option<String> {
        let wrong = "is empty or too long";
        self.read(findings, key, wrong, &format!("write 1 to {limit} characters"), |text| {
            let text = crate::language::fold::clean_input(text);
            (!text.is_empty() && text.chars().count() <= limit).then_some(text)
        })
    }

    /// A duration in ms from `least` to `most`.
    pub fn duration(
        &mut self,
        findings: &mut Findings,
        key: &'static str,
        (least, most): (i64, i64),
    ) -> Option<i64> {
        let held = self.get(key)?;
        let text = held.text(findings)?;
        let Some(ms) = duration::parse(text) else {
            held.problem(findings, "is not a duration", "write e.g. 15m");
            return None;
        };
        if ms < least || ms > most {
            let right = format!("write {} to {}", duration::show(least), duration::show(most));
            held.problem(findings, "is out of bounds", &right);
            return None;
        }
        held.in_force(findings);
        Some(ms)
    }

    /// A time zone by its IANA name; a name that comes close to one is answered with that one.
    pub fn zone(&mut self, findings: &mut Findings, key: &'static str) -> Option<Tz> {
        let held = self.get(key)?;
        let name = held.text(findings)?;
        match zone::read(name) {
            Ok(zone) => {
                held.in_force(findings);
                Some(zone)
            }
            Err(right) => {
                held.problem(findings, zone::WRONG, &right);
                None
            }
        }
    }

    /// The line on which a key of the operator's section stands.
    pub fn line_of(&self, key: &str) -> Option<usize> {
        find(self.own?, key).map(|(offset, _)| self.document.line(offset))
    }

    /// A whole number from `least` to `most`.
    pub fn number(
        &mut self,
        findings: &mut Findings,
        key: &'static str,
        (least, most): (i64, i64),
    ) -> Option<i64> {
        let held = self.get(key)?;
        let number = held.value.as_integer().and_then(|number| {
            i64::from_str_radix(number.as_str(), number.radix())
                .ok()
                .filter(|number| (least..=most).contains(number))
        });
        match number {
            Some(_) => held.in_force(findings),
            None => held.problem(
                findings,
                "is no such number",
                &format!("write {least} to {most}, without quotes"),
            ),
        }
        number
    }

    /// `true` or `false`.
    pub fn flag(&mut self, findings: &mut Findings, key: &'static str) -> Option<bool> {
        let held = self.get(key)?;
        let flag = held.value.as_bool();
        match flag {
            Some(_) => held.in_force(findings),
            None => held.problem(findings, "is not a switch", "write true or false"),
        }
        flag
    }

    /// A list of texts, each with its place; an empty list where there is none.
    pub fn texts(&mut self, findings: &mut Findings, key: &'static str) -> Vec<(&'a str, Held<'a>)> {
        let Some(held) = self.get(key) else { return Vec::new() };
        held.in_force(findings);
        held.texts(findings)
    }

    /// A list of sections; an empty one where there is none.
    pub fn tables(&mut self, findings: &mut Findings, key: &'static str) -> Vec<Section<'a>> {
        let Some(held) = self.get(key) else { return Vec::new() };
        let mut sections = Vec::new();
        for item in held.items(findings) {
            match item.value.as_table() {
                Some(table) if held.source == Source::File => {
                    sections.push(Section::at(self.document, item.key, table));
                }
                Some(table) => sections.push(Section {
                    own: None,
                    built_in: Some(table),
                    ..Section::at(self.document, item.key, table)
                }),
                None => item.problem(findings, "is not a section", "write its keys in it"),
            }
        }
        sections
    }

    /// A problem for a key that is missing.
    pub fn missing(&self, findings: &mut Findings, key: &str, right: &str) {
        findings.problems.push(Problem {
            file: self.document.name.clone(),
            key: self.key(key),
            value: String::new(),
            wrong: "is missing".to_owned(),
            right: right.to_owned(),
            line: None,
        });
    }

    /// Names the keys of the operator's section that nobody asked for.
    pub fn finish(self, findings: &mut Findings) {
        for (key, held) in self.entries() {
            if self.seen.contains(key.as_str()) {
                continue;
            }
            let near = self.seen.iter().find(|known| distance(known, &key) <= 2);
            let all = || self.seen.iter().copied().collect::<Vec<_>>().join(", ");
            let right =
                near.map_or_else(|| format!("known are {}", all()), |near| format!("did you mean {near}?"));
            findings
                .problems
                .push(Problem { value: String::new(), ..held.as_problem("there is no such key", &right) });
        }
    }

    fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn held(&self, key: &str, value: &'a DeValue<'a>, source: Source, offset: Option<usize>) -> Held<'a> {
        let line = offset.filter(|_| source == Source::File).map(|offset| self.document.line(offset));
        Held { value, source, key: self.key(key), document: self.document, line }
    }
}

fn find<'a>(table: &'a DeTable<'a>, key: &str) -> Option<(usize, &'a DeValue<'a>)> {
    table
        .iter()
        .find(|(name, _)| name.get_ref() == key)
        .map(|(name, value)| (name.span().start, value.get_ref()))
}

/// How many letters two words differ in (Levenshtein).
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for column in 0..other.len() {
            let change = diagonal + usize::from(letter != other[column]);
            diagonal = row[column + 1];
            row[column + 1] = change.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}
