//! The operator's words against those that ship: a message that nobody says, a variable that nobody gives, what a message refers
//! to and is not there. Such a message is not used; the built-in one stays.

use std::collections::{BTreeMap, BTreeSet};

use fluent::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};

use super::{SENTENCES, WordsError};
use crate::kernel::lang::Lang;

/// What a message needs to be said.
#[derive(Clone, Debug, Default)]
pub(super) struct Needs {
    variables: BTreeSet<String>,
    references: BTreeSet<String>,
}

/// The messages of a resource by their id, and the names of its terms.
#[derive(Default)]
pub(super) struct Held {
    pub messages: BTreeMap<String, Needs>,
    terms: BTreeSet<String>,
}

impl Held {
    /// Adds what a resource holds.
    pub fn add(&mut self, resource: &FluentResource) {
        for entry in resource.entries() {
            match entry {
                Entry::Message(message) => {
                    let (own, held) =
                        (needs(message), self.messages.entry(message.id.name.to_owned()).or_default());
                    held.variables.extend(own.variables);
                    held.references.extend(own.references);
                }
                Entry::Term(term) => {
                    self.terms.insert(term.id.name.to_owned());
                }
                _ => {}
            }
        }
    }
}

impl Held {
    /// The words that ship, in all languages: what one of them leaves unsaid, another may say.
    pub fn shipped(resources: impl Iterator<Item = FluentResource>) -> Self {
        let mut held = Self::default();
        resources.for_each(|resource| held.add(&resource));
        for (name, given) in SENTENCES.iter().copied().flatten() {
            if let Some(needs) = held.messages.get_mut(&name.replace('_', "-")) {
                needs.variables.extend(given.iter().map(ToString::to_string));
            }
        }
        held
    }
}

/// What is wrong with an operator's resource beside the words that ship, and which of its messages must not be used.
pub(super) fn faults(
    lang: Lang,
    file: &str,
    text: &str,
    resource: &FluentResource,
    shipped: &Held,
) -> (Vec<WordsError>, BTreeSet<String>) {
    let mut own = Held::default();
    own.add(resource);
    let (mut faults, mut broken) = (Vec::new(), BTreeSet::new());
    for (id, needs) in &own.messages {
        let mut fault = |what: String, line: Option<usize>| {
            let line = line.map_or_else(String::new, |line| format!(" (line {line})"));
            faults.push(WordsError { lang, file: file.to_owned(), what: format!("{id}: {what}{line}") });
            broken.insert(id.clone());
        };
        let at = line_of(text, id, None);
        let Some(known) = shipped.messages.get(id) else {
            // One that other messages of the operator refer to is said through them.
            if own.messages.values().any(|other| other.references.contains(id)) {
                continue;
            }
            fault(format!("there is no such message{}", hint(id, shipped.messages.keys())), at);
            continue;
        };
        for variable in needs.variables.difference(&known.variables) {
            let given = if known.variables.is_empty() {
                "; this message has none".to_owned()
            } else {
                hint(variable, known.variables.iter())
            };
            fault(
                format!("{{ ${variable} }} is not given to it{given}"),
                line_of(text, id, Some(variable)).or(at),
            );
        }
        for other in &needs.references {
            let is_there = match other.strip_prefix('-') {
                Some(term) => own.terms.contains(term) || shipped.terms.contains(term),
                None => own.messages.contains_key(other) || shipped.messages.contains_key(other),
            };
            if !is_there {
                fault(format!("{{ {other} }} is nowhere"), line_of(text, id, Some(other)).or(at));
            }
        }
    }
    (faults, broken)
}

/// The nearest of the names, or all there are if they are few.
fn hint<'a>(name: &str, known: impl Iterator<Item = &'a String>) -> String {
    let known: Vec<&String> = known.collect();
    let near = known.iter().map(|known| (strsim::levenshtein(known, name), known)).min();
    match near {
        Some((distance, near)) if distance <= 3 && distance < name.chars().count() => {
            format!("; did you mean {near}?")
        }
        _ if known.len() <= 8 => {
            let names: Vec<String> = known.iter().map(|known| format!("{{ ${known} }}")).collect();
            format!("; it is given {}", names.join(", "))
        }
        _ => "; the words that ship show which there are".to_owned(),
    }
}

/// The line (from 1) of a message, or of what stands in it.
fn line_of(text: &str, id: &str, inside: Option<&str>) -> Option<usize> {
    let begins = |line: &str| line.strip_prefix(id).is_some_and(|rest| rest.trim_start().starts_with('='));
    let first = text.lines().position(begins)?;
    let lines = text.lines().enumerate().skip(first);
    match inside {
        None => Some(first + 1),
        Some(inside) => lines
            .take_while(|(at, line)| *at == first || line.starts_with([' ', '\t', '}']) || line.is_empty())
            .find(|(_, line)| line.contains(inside))
            .map(|(at, _)| at + 1),
    }
}

fn needs(message: &Message<&str>) -> Needs {
    let mut needs = Needs::default();
    let attributes = message.attributes.iter().map(|attribute| &attribute.value);
    message.value.iter().chain(attributes).for_each(|pattern| of_pattern(pattern, &mut needs));
    needs
}

fn of_pattern(pattern: &Pattern<&str>, needs: &mut Needs) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            of_expression(expression, needs);
        }
    }
}

fn of_expression(expression: &Expression<&str>, needs: &mut Needs) {
    match expression {
        Expression::Select { selector, variants } => {
            of_inline(selector, needs);
            variants.iter().for_each(|variant| of_pattern(&variant.value, needs));
        }
        Expression::Inline(inline) => of_inline(inline, needs),
    }
}

fn of_inline(inline: &InlineExpression<&str>, needs: &mut Needs) {
    match inline {
        InlineExpression::VariableReference { id } => {
            needs.variables.insert(id.name.to_owned());
        }
        InlineExpression::MessageReference { id, .. } => {
            needs.references.insert(id.name.to_owned());
        }
        InlineExpression::TermReference { id, .. } => {
            needs.references.insert(format!("-{}", id.name));
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| of_inline(argument, needs));
            arguments.named.iter().for_each(|argument| of_inline(&argument.value, needs));
        }
        InlineExpression::Placeable { expression } => of_expression(expression, needs),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
    }
}
