//! The forms: one to five text inputs each, since nothing else comes back whole.

use serde_json::Value;

use super::{View, cut};
use crate::desk::filings::FIELD_LIMIT;
use crate::discord::custom_id::CustomId;
use crate::domain::decide::conversation::REPLY_LIMIT;
use crate::kernel::lang::Lang;

/// The name of the filing form's first input; the others follow.
pub const WORDS: &str = "words";
/// What would put it right.
pub const WISH: &str = "wish";
/// Contract or phone number.
pub const CONTACT: &str = "contact";
/// For how long.
pub const FOR: &str = "for";
pub use crate::kit::form::{Input, TEXT, form, one_box};

/// The filing form.
pub fn filing(id: &CustomId, desk: Option<&str>, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    // Where there are several desks, it is said which one reads it.
    let title = match desk {
        Some(desk) => cut(&format!("{} · {desk}", words.form_title()), 45),
        None => words.form_title(),
    };
    let input = |name: &str, label: String, hint: String, long: bool, required: bool, limit: usize| Input {
        name: name.to_owned(),
        label,
        hint,
        long,
        required,
        limit,
        value: String::new(),
    };
    let kept = words.privacy_short(words.duration(view.policy.keep_ms));
    // The form has no place for small print of its own: what is kept and why stands in the second input's hint.
    form(
        id,
        &title,
        &[
            input(WORDS, words.form_words(), words.form_words_hint(), true, true, FIELD_LIMIT),
            input(WISH, words.form_wish(), kept, true, false, FIELD_LIMIT),
            input(CONTACT, words.form_contact(), words.form_contact_hint(), false, false, 100),
        ],
    )
}

/// The reply form.
pub fn reply(id: &CustomId, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    one_box(id, words.reply_title(), words.reply_label(), REPLY_LIMIT)
}

/// The resolve form.
pub fn resolve(id: &CustomId, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    one_box(id, words.resolve_title(), words.resolve_label(), 1_000)
}

/// The form that puts a reminder off.
pub fn snooze(id: &CustomId, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    let input = |name: &str, label: String, long: bool, limit: usize, value: &str| Input {
        name: name.to_owned(),
        label,
        hint: String::new(),
        long,
        required: true,
        limit,
        value: value.to_owned(),
    };
    form(
        id,
        &words.snooze_title(),
        &[
            input(FOR, words.snooze_for(), false, 40, "15m"),
            input(TEXT, words.snooze_reason(), true, 500, ""),
        ],
    )
}

/// The form for the customer's own words to a rating.
pub fn word(id: &CustomId, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    one_box(id, words.word_title(), words.word_label(), 1_000)
}

/// The form of a private thread.
pub fn write(id: &CustomId, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    one_box(id, words.write_title(), words.write_label(), FIELD_LIMIT)
}
