//! Who somebody is now: what interactions tell, and a look-up where it matters. An owner who has lost the staff role is none.

use std::borrow::Cow;
use std::sync::PoisonError;
use std::time::Duration;

use serde_json::{Value, json};

use super::bot::Bot;
use super::render::role;
use super::rest::{Call, CallError, Priority};
use crate::desk::inbox::Key;
use crate::desk::request::{Request, RequestKind, Target};
use crate::desk::{Outcome, Told};
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::outbox::ThreadPost;
use crate::domain::settings::GuildDesk;
use crate::kernel::ids::{GuildId, RoleId, UserId};
use crate::store::StoreError;

/// What was found out holds for this while (ms): roles change seldom, and a burst of messages asks once.
const HOLDS: i64 = 60_000;
/// How long a look-up may take: what is not known by then is unknown.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// Whether somebody is staff, and when that was found out (Unix ms).
pub(super) type Found = (i64, bool);

impl Bot {
    /// Notes what an interaction tells of its person.
    pub(super) fn note_standing(&self, guild: GuildId, person: UserId, staff: bool) {
        let found = (self.desk().now(), staff);
        self.standings().lock().unwrap_or_else(PoisonError::into_inner).insert((guild, person), found);
    }

    /// Whether somebody is staff, where that was found out a moment ago.
    fn known_standing(&self, guild: GuildId, person: UserId) -> Option<bool> {
        let held = self.standings().lock().unwrap_or_else(PoisonError::into_inner);
        let (at, staff) = held.get(&(guild, person)).copied()?;
        (self.desk().now() - at < HOLDS).then_some(staff)
    }

    /// Whether somebody is known to be no staff of a desk any more. What is not known is not so.
    async fn is_no_staff(&self, desk: &GuildDesk, person: UserId) -> bool {
        if let Some(staff) = self.known_standing(desk.guild, person) {
            return !staff;
        }
        let call = Call::get_member(desk.guild, person).priority(Priority::Nudge).deadline(Some(PATIENCE));
        let staff = match self.sender().call(call).await {
            Ok(member) => desk.rank(&roles_of(&member), false).staff,
            Err(CallError::Refused { status: 404, .. }) => false,
            Err(error) => {
                tracing::warn!(person.id = person.0, %error, "whether an owner is still staff is not known");
                return false;
            }
        };
        self.note_standing(desk.guild, person, staff);
        !staff
    }

    /// The complaint as it is looked after now: where its owner has lost the staff role it is nobody's, and managers are told.
    pub(super) async fn with_owner<'a>(
        &self,
        complaint: &'a Complaint,
        desk: &GuildDesk,
    ) -> Cow<'a, Complaint> {
        let Some(owner) = complaint.owner.as_ref() else { return Cow::Borrowed(complaint) };
        if !self.is_no_staff(desk, owner.id).await {
            return Cow::Borrowed(complaint);
        }
        match self.desk().membership().owner_left(complaint.id, owner.id).await {
            Ok(Some(changed)) => Cow::Owned(changed),
            Ok(None) => Cow::Borrowed(complaint),
            Err(error) => {
                tracing::error!(complaint.id = complaint.id.0, %error, "that an owner has left is not stored");
                Cow::Borrowed(complaint)
            }
        }
    }

    /// Asks the desk. A claim that meets an owner who has left is asked once more.
    pub(super) async fn ask_desk(
        &self,
        request: Request,
        desk: Option<&GuildDesk>,
    ) -> Result<Outcome, StoreError> {
        let claim = match &request.kind {
            RequestKind::Staff { target, command: Command::Claim } => Some((*target, request.clone())),
            _ => None,
        };
        let outcome = self.desk().requests().ask(request).await?;
        let (Some((target, request)), Some(desk), Told::Refused { refusal: Refusal::AlreadyClaimed { by } }) =
            (claim, desk, &outcome.told)
        else {
            return Ok(outcome);
        };
        if !self.is_no_staff(desk, by.id).await {
            return Ok(outcome);
        }
        let id = match target {
            Target::Complaint(id, _) => Some(id),
            Target::Thread(thread) => self.desk().complaints().in_thread(thread).await?,
        };
        let Some(id) = id else { return Ok(outcome) };
        self.desk().membership().owner_left(id, by.id).await?;
        let key = Key::AfterLeaving(Box::new(request.key.clone()));
        self.desk().requests().ask(Request { key, ..request }).await
    }
}

/// Whether a post of the thread is for the owner.
pub(super) fn is_for_the_owner(post: &ThreadPost) -> bool {
    if let ThreadPost::Feature(post) = post {
        return post.is_for_the_owner();
    }
    matches!(
        post,
        ThreadPost::CustomerWrote { .. }
            | ThreadPost::CustomerSpoke { .. }
            | ThreadPost::SummaryCorrected { .. }
            | ThreadPost::SomethingElse { .. }
            | ThreadPost::ManagerAsked
            | ThreadPost::Nudges { .. }
            | ThreadPost::FixedAnswered { .. }
            | ThreadPost::Reopened { by: None, .. }
    )
}

/// What would have rung its owner rings the staff while nobody has taken it over.
pub(super) fn ring_the_staff(bodies: &mut [Value], desk: &GuildDesk) {
    let Some(first) = bodies.first_mut() else { return };
    let said = first["content"].as_str().unwrap_or_default();
    first["content"] = json!(format!("{} {said}", role(desk.staff_role)).trim());
    first["allowed_mentions"]["roles"] = json!([desk.staff_role.to_string()]);
}

fn roles_of(member: &Value) -> Vec<RoleId> {
    let roles = member["roles"].as_array().into_iter().flatten().filter_map(Value::as_str);
    roles.filter_map(|role| role.parse().ok()).collect()
}
