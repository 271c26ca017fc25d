//! The forms in which staff write down what customers say elsewhere than on Discord.

use serde_json::Value;

use super::forms::{CONTACT, Input, TEXT, WISH, WORDS, form};
use super::{View, forms};
use crate::desk::filings::FIELD_LIMIT;
use crate::discord::custom_id::CustomId;
use crate::kernel::lang::Lang;

/// Who the customer is.
pub const NAME: &str = "name";

/// The form of a new complaint; the customer's name stands in it already if they are on Discord.
pub fn log(id: &CustomId, name: &str, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    let input = |name: &str, label: String, hint: String, limit: usize| Input {
        name: name.to_owned(),
        label,
        hint,
        long: false,
        required: true,
        limit,
        value: String::new(),
    };
    form(
        id,
        &words.log_title(),
        &[
            Input { value: name.to_owned(), ..input(NAME, words.log_name(), String::new(), 80) },
            Input { long: true, ..input(WORDS, words.log_words(), words.form_words_hint(), FIELD_LIMIT) },
            Input {
                long: true,
                required: false,
                ..input(WISH, words.form_wish(), String::new(), FIELD_LIMIT)
            },
            Input { required: false, ..input(CONTACT, words.form_contact(), words.log_contact_hint(), 100) },
        ],
    )
}

/// The form in which a known customer says more.
pub fn more(id: &CustomId, lang: Lang, view: &View<'_>) -> Value {
    let words = view.words(lang);
    let input = Input {
        name: TEXT.to_owned(),
        label: words.log_words(),
        hint: String::new(),
        long: true,
        required: true,
        limit: FIELD_LIMIT,
        value: String::new(),
    };
    forms::form(id, &words.log_title_more(), &[input])
}
