//! What the validator found, in Discord's words: codes and places of 50035.
//! <https://docs.discord.com/developers/reference#error-messages>; codes that the page does not show are those that
//! clients report from the real API.

use jsonschema::{
    JsonType, ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
    paths::Location,
};

use super::{ApiError, FormErrors};

/// All errors of one body as one refusal.
///
/// # Errors
/// 50035 when there is any.
pub fn translate<'a>(found: impl Iterator<Item = ValidationError<'a>>) -> Result<(), ApiError> {
    let mut errors = FormErrors::default();
    for error in found {
        add(&error, &mut errors);
    }
    errors.into_result()
}

fn add(error: &ValidationError<'_>, errors: &mut FormErrors) {
    let path = dotted(error.instance_path());
    match error.kind() {
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            errors.add(&join(&path, name), "BASE_TYPE_REQUIRED", "This field is required");
        }
        _ if is_unknown_field(error) => {
            let words = "Discord does not know this field (it would ignore it; the sandbox does not)";
            errors.add(&path, "UNKNOWN_FIELD", words);
        }
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => union(error, context, errors),
        Kind::Type { kind } => {
            let (code, message) = type_words(kind, error);
            errors.add(&path, code, message);
        }
        kind => {
            let (code, message) = words(kind, error);
            errors.add(&path, code, message);
        }
    }
}

/// The schema for unknown fields takes nothing but empty values.
fn is_unknown_field(error: &ValidationError<'_>) -> bool {
    error.schema_path().as_str().ends_with("/additionalProperties/enum")
}

/// One of several forms was wanted: names what is wrong in the form that was meant, which is the one whose `type` fits.
fn union(error: &ValidationError<'_>, branches: &[Vec<ValidationError<'static>>], errors: &mut FormErrors) {
    let own = error.instance_path().as_str();
    let other_type = format!("{own}/type");
    let meant = branches
        .iter()
        .filter(|branch| !branch.is_empty() && !branch.iter().any(|inner| is_type_of(inner, own)))
        .min_by_key(|branch| {
            let other = branch.iter().any(|inner| is_choice_at(inner, &other_type));
            (other, branch.iter().filter(|inner| is_unknown_field(inner)).count(), branch.len())
        });
    let path = dotted(error.instance_path());
    match meant {
        // No branch has this `type`: a callback names the field, a component the whole of it.
        Some(branch) if branch.iter().any(|inner| is_choice_at(inner, &other_type)) => {
            if path.is_empty() {
                errors.add("type", "BASE_TYPE_CHOICES", "Value must be one of the documented types.");
            } else {
                errors.add(
                    &path,
                    "UNION_TYPE_CHOICES",
                    "Value of field \"type\" must be one of the documented types.",
                );
            }
        }
        Some(branch) if branch.iter().all(|inner| is_choice_at(inner, own)) => {
            errors.add(&path, "BASE_TYPE_CHOICES", format!("Value must be one of {}.", choices(branches)));
        }
        Some(branch) => branch.iter().for_each(|inner| add(inner, errors)),
        None => match branches.iter().flatten().rfind(|inner| is_type_of(inner, own)) {
            Some(inner) => add(inner, errors),
            None => errors.add(&path, "UNION_TYPE_CHOICES", "Value has none of the documented forms."),
        },
    }
}

fn is_type_of(error: &ValidationError<'_>, path: &str) -> bool {
    error.instance_path().as_str() == path && matches!(error.kind(), Kind::Type { .. })
}

fn is_choice_at(error: &ValidationError<'_>, path: &str) -> bool {
    error.instance_path().as_str() == path
        && matches!(error.kind(), Kind::Enum { .. } | Kind::Constant { .. } | Kind::OneOfNotValid { .. })
}

fn choices(branches: &[Vec<ValidationError<'static>>]) -> String {
    let mut known: Vec<String> = Vec::new();
    for inner in branches.iter().flatten() {
        match inner.kind() {
            Kind::Constant { expected_value } => known.push(expected_value.to_string()),
            Kind::Enum { options } => known.push(options.to_string()),
            Kind::OneOfNotValid { context } => known.push(choices(context)),
            _ => {}
        }
    }
    format!("({})", known.join(", "))
}

fn words(kind: &Kind, error: &ValidationError<'_>) -> (&'static str, String) {
    match kind {
        Kind::MaxLength { limit } => ("BASE_TYPE_MAX_LENGTH", format!("Must be {limit} or fewer in length.")),
        Kind::MaxItems { limit } | Kind::MaxProperties { limit } => {
            ("BASE_TYPE_MAX_LENGTH", format!("Must be {limit} or fewer in length."))
        }
        Kind::MinLength { limit } | Kind::MinItems { limit } | Kind::MinProperties { limit } => {
            ("BASE_TYPE_MIN_LENGTH", format!("Must be {limit} or more in length."))
        }
        Kind::Maximum { limit } => {
            ("NUMBER_TYPE_MAX", format!("int value should be less than or equal to {limit}."))
        }
        Kind::Minimum { limit } => {
            ("NUMBER_TYPE_MIN", format!("int value should be greater than or equal to {limit}."))
        }
        Kind::Enum { options } => ("BASE_TYPE_CHOICES", format!("Value must be one of {options}.")),
        Kind::Constant { expected_value } => {
            ("BASE_TYPE_CHOICES", format!("Value must be {expected_value}."))
        }
        Kind::UniqueItems => {
            ("SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value".to_owned())
        }
        Kind::Format { format } if format == "date-time" => {
            ("DATE_TIME_TYPE_PARSE", format!("Could not parse {}. Should be ISO8601.", error.instance()))
        }
        Kind::Format { format } if format == "uri" => {
            ("URL_TYPE_INVALID_URL", "Not a well formed URL.".to_owned())
        }
        Kind::Format { format } => {
            ("NUMBER_TYPE_COERCE", format!("Value {} is not {format}.", error.instance()))
        }
        Kind::Pattern { pattern } if pattern.contains("[1-9]") => {
            ("NUMBER_TYPE_COERCE", format!("Value {} is not snowflake.", error.instance()))
        }
        Kind::Pattern { .. } => {
            ("STRING_TYPE_REGEX", "String value did not match validation regex.".to_owned())
        }
        _ => ("BASE_TYPE_INVALID", error.to_string()),
    }
}

fn type_words(kind: &TypeKind, error: &ValidationError<'_>) -> (&'static str, String) {
    let wanted = match kind {
        TypeKind::Single(wanted) => Some(*wanted),
        TypeKind::Multiple(several) => several.iter().find(|one| *one != JsonType::Null),
    };
    match wanted {
        Some(JsonType::Boolean) => ("BOOLEAN_TYPE_CONVERT", "Must be either true or false.".to_owned()),
        Some(JsonType::Integer | JsonType::Number) => {
            ("NUMBER_TYPE_COERCE", format!("Value {} is not int.", error.instance()))
        }
        Some(JsonType::String) => {
            ("STRING_TYPE_CONVERT", format!("Could not interpret {} as string.", error.instance()))
        }
        Some(JsonType::Array) => ("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType".to_owned()),
        _ => ("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType".to_owned()),
    }
}

fn dotted(path: &Location) -> String {
    path.as_str().trim_start_matches('/').replace('/', ".")
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}
