//! Commands and autocomplete.
//! <https://docs.discord.com/developers/interactions/application-commands> (naming, option types, 8,000 characters,
//! registering); locales: <https://docs.discord.com/developers/reference#locales>.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use jsonschema::Validator;
use serde_json::{Value, json};

use super::{at, items, length, too_long};
use crate::sandbox::rules::{ApiError, FormErrors};

/// Characters of names, descriptions and values of one command, the longest localisation counted.
const SIZE: usize = 8000;
/// Commands that people type, global or of one guild.
const TYPED: usize = 100;
/// Commands in a menu of one kind (person, message).
const MENU: usize = 15;
const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;
const CHAT_INPUT: u64 = 1;

const LOCALES: &[&str] = &[
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl",
    "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th", "zh-CN", "ja",
    "zh-TW", "ko",
];

static NAME: LazyLock<Validator> = LazyLock::new(|| {
    jsonschema::validator_for(&json!({ "pattern": r"^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$" }))
        .expect("the documented pattern compiles, every test of a name uses it")
});

/// Checks the body that replaces all commands.
///
/// # Errors
/// 30032 with more commands than may exist.
pub fn check_all(body: &Value, errors: &mut FormErrors) -> Result<(), ApiError> {
    let mut names = BTreeSet::new();
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    for (index, command) in items(body).iter().enumerate() {
        check(command, &index.to_string(), errors);
        let kind = kind(command);
        *counts.entry(kind).or_default() += 1;
        if !names.insert((kind, command["name"].as_str())) {
            errors.add(
                &at(&index.to_string(), "name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            );
        }
    }
    let too_many = counts.iter().any(|(kind, count)| *count > if *kind == CHAT_INPUT { TYPED } else { MENU });
    if too_many { Err(ApiError::too_many_commands()) } else { Ok(()) }
}

/// Checks a whole command at `path`.
pub fn check(command: &Value, path: &str, errors: &mut FormErrors) {
    let typed = kind(command) == CHAT_INPUT;
    localised(command, path, typed, errors);
    if typed && length(&command["description"]) == 0 {
        errors.add(&at(path, "description"), "BASE_TYPE_REQUIRED", "This field is required");
    }
    if !typed {
        for field in ["description", "options"] {
            if length(&command[field]) > 0 || !items(&command[field]).is_empty() {
                errors.add(
                    &at(path, field),
                    "APPLICATION_COMMAND_FIELD_NOT_ALLOWED",
                    "Context menu commands have neither descriptions nor options",
                );
            }
        }
    }
    options(&command["options"], &at(path, "options"), 0, errors);
    let size = size(command);
    if size > SIZE {
        errors.add(
            path,
            "APPLICATION_COMMAND_TOO_LARGE",
            format!("Command exceeds maximum size ({SIZE}): {size}"),
        );
    }
}

/// Checks the fields that a change names; its kind is not known here.
pub fn check_change(change: &Value, errors: &mut FormErrors) {
    options(&change["options"], "options", 0, errors);
    let size = size(change);
    if size > SIZE {
        errors.add(
            "",
            "APPLICATION_COMMAND_TOO_LARGE",
            format!("Command exceeds maximum size ({SIZE}): {size}"),
        );
    }
}

/// Checks an autocomplete answer: 25 choices come from the description, the values from the option.
pub fn check_choices(data: &Value, errors: &mut FormErrors) {
    for (index, choice) in items(&data["choices"]).iter().enumerate() {
        locales(&choice["name_localizations"], &format!("data.choices.{index}.name_localizations"), errors);
        if length(&choice["value"]) > 100 {
            too_long(&format!("data.choices.{index}.value"), 100, errors);
        }
    }
}

fn kind(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(CHAT_INPUT)
}

fn options(options: &Value, path: &str, depth: usize, errors: &mut FormErrors) {
    let options = items(options);
    let nested =
        options.iter().filter(|option| matches!(option["type"].as_u64(), Some(SUBCOMMAND | GROUP))).count();
    let mut names = BTreeSet::new();
    let mut optional_seen = false;
    for (index, option) in options.iter().enumerate() {
        let path = at(path, index);
        localised(option, &path, true, errors);
        if !names.insert(option["name"].as_str()) {
            errors.add(
                &at(&path, "name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            );
        }
        let required = option["required"] == true;
        if required && optional_seen {
            errors.add(
                &path,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        let kind = option["type"].as_u64().unwrap_or(0);
        let group_too_deep = kind == GROUP && depth > 0 || kind == SUBCOMMAND && depth > 1;
        if nested > 0 && nested < options.len() || group_too_deep {
            errors.add(
                &at(&path, "type"),
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Sub-command and sub-command group option types are mutually exclusive to all other types",
            );
        }
        if !matches!(kind, SUBCOMMAND | GROUP) {
            optional_seen |= !required;
        }
        choices(option, &path, errors);
        if depth < 3 {
            self::options(&option["options"], &at(&path, "options"), depth + 1, errors);
        }
    }
}

fn choices(option: &Value, path: &str, errors: &mut FormErrors) {
    let choices = items(&option["choices"]);
    if option["autocomplete"] == true && !choices.is_empty() {
        errors.add(
            &at(path, "autocomplete"),
            "APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES",
            "Autocomplete may not be set to true if choices are present",
        );
    }
    let mut names = BTreeSet::new();
    for (index, choice) in choices.iter().enumerate() {
        let path = format!("{path}.choices.{index}");
        locales(&choice["name_localizations"], &at(&path, "name_localizations"), errors);
        if length(&choice["value"]) > 100 {
            too_long(&at(&path, "value"), 100, errors);
        }
        if !names.insert(choice["name"].as_str()) {
            errors.add(
                &at(&path, "name"),
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                "Option choice name already exists",
            );
        }
    }
    let (least, most) = (option["min_length"].as_u64(), option["max_length"].as_u64());
    if let (Some(least), Some(most)) = (least, most)
        && least > most
    {
        errors.add(
            &at(path, "min_length"),
            "NUMBER_TYPE_MAX",
            format!("int value should be less than or equal to {most}."),
        );
    }
}

/// Name and localised names; `typed` for what people type: lower case, no spaces.
fn localised(part: &Value, path: &str, typed: bool, errors: &mut FormErrors) {
    let mut check = |name: &Value, path: String| {
        let Some(text) = name.as_str() else { return };
        let good =
            if typed { NAME.is_valid(name) && text.to_lowercase() == text } else { !text.trim().is_empty() };
        if !good {
            errors.add(&path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
        }
    };
    check(&part["name"], at(path, "name"));
    for (locale, name) in part["name_localizations"].as_object().into_iter().flatten() {
        check(name, at(path, format!("name_localizations.{locale}")));
    }
    for field in ["name_localizations", "description_localizations"] {
        locales(&part[field], &at(path, field), errors);
    }
}

fn locales(localisations: &Value, path: &str, errors: &mut FormErrors) {
    for locale in localisations.as_object().into_iter().flatten().map(|(locale, _)| locale) {
        if !LOCALES.contains(&locale.as_str()) {
            errors.add(
                &at(path, locale),
                "BASE_TYPE_CHOICES",
                "Value must be one of the documented locales.",
            );
        }
    }
}

fn size(command: &Value) -> usize {
    let longest = |field: &str| {
        let localised = command[format!("{field}_localizations")].as_object();
        let longest = localised.into_iter().flatten().map(|(_, text)| length(text)).max();
        length(&command[field]).max(longest.unwrap_or(0))
    };
    let inner = |field: &str| items(&command[field]).iter().map(size).sum::<usize>();
    let value = match &command["value"] {
        Value::Number(number) => number.to_string().len(),
        other => length(other),
    };
    longest("name") + longest("description") + value + inner("options") + inner("choices")
}
