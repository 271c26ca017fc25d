//! What managers read of a complaint about somebody of the desk.

use serde_json::{Value, json};

use super::thread::place;
use super::{Style, button, plain, quoted, role, row};
use crate::discord::custom_id::CustomId;
use crate::domain::complaint::Complaint;
use crate::domain::outbox::ManagerPost;
use crate::kernel::ids::{ComplaintId, RoleId};
use crate::text::Words;

/// The words of such a post.
pub fn told(post: &ManagerPost, roles: &[RoleId], complaint: &Complaint, words: &Words) -> String {
    let mention = roles.iter().map(|id| role(*id)).collect::<Vec<_>>().join(" ");
    let say = |key: &str, name: &str, by: &str| {
        words.say(
            key,
            &[
                ("role", mention.as_str().into()),
                ("place", place(complaint).into()),
                ("name", plain(name).into()),
                ("by", plain(by).into()),
            ],
        )
    };
    match post {
        ManagerPost::AboutColleague { person, by: Some(by) } => say("about-told-by", &person.name, &by.name),
        ManagerPost::AboutColleague { person, by: None } => say("about-told", &person.name, ""),
        ManagerPost::OwnerLeft { owner } => say("owner-left-told", &owner.name, ""),
        ManagerPost::MayBeAbout { person } => say("about-perhaps", &person.name, ""),
        ManagerPost::RatingWord { text } => {
            format!("{}\n{}", say("about-rating-word", "", ""), quoted(&plain(text)))
        }
        _ => String::new(),
    }
}

/// The press that says otherwise; none for other posts.
pub fn buttons(post: &ManagerPost, complaint: ComplaintId, words: &Words) -> Value {
    if matches!(post, ManagerPost::OwnerLeft { .. }) {
        return json!([row(vec![button(
            Style::Primary,
            &words.claim_button(),
            &CustomId::Claim(complaint)
        )])]);
    }
    let (person, holds) = match post {
        ManagerPost::AboutColleague { person, .. } => (person, false),
        ManagerPost::MayBeAbout { person } => (person, true),
        _ => return json!([]),
    };
    let key = if holds { "about-button" } else { "about-not-button" };
    let id = CustomId::About { complaint, person: person.id, holds };
    json!([row(vec![button(Style::Secondary, &words.say(key, &[]), &id)])])
}
