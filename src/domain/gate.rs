//! The one gate for a person's words to a customer: whatever is posted, it offers no more than its writer may give.
//!
//! Everything that the customer will read of a person passes here in the transaction that writes it down: what a post holds,
//! and what is drafted and posted later by its number. What was drafted passed when it was written.

use std::collections::BTreeSet;

use super::complaint::Complaint;
use super::decide::Decision;
use super::event::{Entry, Event};
use super::outbox::{CustomerPost, OutboxMessage};
use super::policy::Policy;
use super::procedure::Step;
use super::proposal::{Choice, Proposal, Remedy};
use super::refusal::Refusal;
use super::speech;
use crate::features::authority::{self, Authority, Given, Said, Voice, Worth, is_told_again, says_more};
use crate::kernel::people::{Actor, Grade, Person, Rank};
use crate::language::fold::fold;
use crate::language::offer::{self, GIFTS, Kind, Offer};

/// Something that a playbook lets be offered, with who may approve it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// Its words as [`fold()`] makes them comparable.
    pub key: String,
    /// Who may approve it.
    pub approver: Grade,
}

/// Whoever writes, with what they may do.
#[derive(Clone, Copy, Debug)]
pub struct Writer<'a> {
    /// Who.
    pub person: &'a Person,
    /// What they may do at this moment.
    pub rank: Rank,
    /// The reason with which a manager lets pass what their row covers, if one was given.
    pub allowed: Option<&'a str>,
}

/// What a person says in a post, as far as the post itself holds it. What a post only names by its number is in [`drafted`].
pub fn said_in(post: &CustomerPost) -> Vec<Said> {
    match post {
        CustomerPost::Reply { text, .. }
        | CustomerPost::Remedies { text, .. }
        | CustomerPost::Summary { summary: text, .. } => vec![Said::talk(text)],
        // Drafted before, and passed then.
        CustomerPost::Agreed { .. }
        | CustomerPost::Outcome { .. }
        | CustomerPost::OutcomeAlone { .. }
        | CustomerPost::RatingQuestion { .. }
        | CustomerPost::RatingReminder { .. } => Vec::new(),
        CustomerPost::Feature(post) => post.said().into_iter().collect(),
        // Passed when its version was written.
        CustomerPost::IncidentLine { .. } => Vec::new(),
        // The program's own words.
        CustomerPost::Receipt
        | CustomerPost::Reopened
        | CustomerPost::OpenAgain { .. }
        | CustomerPost::ClosedBySilence
        | CustomerPost::Dismissed { .. }
        | CustomerPost::Withdrawn
        | CustomerPost::Merged { .. }
        | CustomerPost::HowToWrite
        | CustomerPost::Sorted { .. } => Vec::new(),
    }
}

/// What stands in a complaint to be posted by its number. What somebody must still agree to is held by that.
pub fn drafted(complaint: &Complaint) -> Vec<Said> {
    let mut said = Vec::new();
    for proposal in complaint.features.procedure.proposals.iter().filter(|held| held.needs.is_none()) {
        let worth = |remedy: &Remedy| Said {
            worth: remedy.value.map_or(Worth::Open, Worth::Stated),
            ..Said::desk(&remedy.what)
        };
        said.extend(proposal.remedies.iter().map(worth));
        said.push(Said::talk(&proposal.remark));
    }
    said.extend(complaint.features.said());
    said.extend(complaint.ratings.iter().map(|rating| Said::desk(&rating.outcome)));
    said
}

/// All that a decision newly says to the customer, now or later.
fn said_anew(before: &Complaint, decision: &Decision) -> Vec<Said> {
    let mut said = Vec::new();
    for outgoing in &decision.outbox {
        match outgoing {
            OutboxMessage::ToCustomer { post } => said.extend(said_in(post)),
            // Read at the desk.
            OutboxMessage::ToThread { .. }
            | OutboxMessage::ToDesk { .. }
            | OutboxMessage::ToManagers { .. } => {}
            OutboxMessage::Card
            | OutboxMessage::Thread
            | OutboxMessage::Rename
            | OutboxMessage::RefreshCard
            | OutboxMessage::Bar
            | OutboxMessage::RefreshBar
            | OutboxMessage::Join { .. }
            | OutboxMessage::Archive
            | OutboxMessage::CloseRating { .. }
            | OutboxMessage::ClosePrompt { .. }
            | OutboxMessage::TakeDown { .. }
            | OutboxMessage::Strike { .. } => {}
        }
    }
    for entry in &decision.entries {
        match &entry.event {
            // Told by voice, and no outbox message.
            Event::Replied { text, .. } => said.push(Said::talk(text)),
            Event::Speech(speech::Fact::ToTell { post, .. }) => said.extend(said_in(post)),
            _ => {}
        }
    }
    let known: BTreeSet<Said> = drafted(before).into_iter().collect();
    said.extend(drafted(&decision.complaint).into_iter().filter(|said| !known.contains(said)));
    let mut once = BTreeSet::new();
    said.retain(|said| once.insert(said.clone()));
    said
}

/// Lets a decision pass, with what it gives away written down; or refuses it.
///
/// # Errors
///
/// [`Refusal::Offer`] names the words and whom to ask.
pub fn pass(
    before: &Complaint,
    mut decision: Decision,
    writer: Writer<'_>,
    policy: &Policy,
    now: i64,
) -> Result<Decision, Refusal> {
    let authority = authority(before, policy, writer.rank);
    let mut given: Vec<Given> = Vec::new();
    for said in said_anew(before, &decision) {
        for found in found_in(&said, policy) {
            let found = found.allowed_for(writer.allowed).stated(said.worth);
            if is_agreed(&found, before, policy) || is_named(&found.offer, said.worth) {
                continue;
            }
            let beside = |role: Grade| authority.up_to(role, &found.offer, &given);
            let Some(role) = found.covered_by(policy, writer.rank, &beside) else {
                let lowest = found.lowest(policy, &beside);
                let role = lowest.map(|role| role.as_str().to_owned());
                return Err(Refusal::Offer { words: found.offer.words, role });
            };
            // What a proposal gives is counted with it, and what is told again is counted already.
            let told = before.features.procedure.offered.iter().any(|held| is_told_again(held, &found.offer));
            if !told && !matches!(said.worth, Worth::Stated(_)) {
                let Offer { kind, value, percent, words } = found.offer;
                given.push(Given { role: role.as_str().to_owned(), kind, value, percent, words });
            }
        }
    }
    for given in given {
        let by = writer.person.clone();
        let event = Event::Procedure(Step::Offered { by: by.clone(), given: Box::new(given) });
        let entry = Entry { at: now, by: Actor::Staff(by), event };
        decision.complaint.apply(&entry);
        decision.entries.push(entry);
    }
    Ok(decision)
}

/// Refuses words beside any complaint that offer more than somebody of this rank may give.
///
/// # Errors
///
/// [`Refusal::Offer`] names the words and whom to ask.
pub fn words_pass(said: &[Said], rank: Rank, policy: &Policy) -> Result<(), Refusal> {
    for found in said.iter().flat_map(|said| found_in(said, policy)) {
        let nothing = |_: Grade| 0;
        if found.covered_by(policy, rank, &nothing).is_none() {
            let role = found.lowest(policy, &nothing).map(|role| role.as_str().to_owned());
            return Err(Refusal::Offer { words: found.offer.words, role });
        }
    }
    Ok(())
}

/// Holds the words of the remedies against what they are said to cost, and says who must agree: the larger of both counts,
/// and what is given by all of them together.
///
/// # Errors
///
/// [`Refusal::OtherValue`] where a value is smaller than what the words say.
pub fn weigh(
    remedies: &mut [Remedy],
    remark: &str,
    complaint: &Complaint,
    policy: &Policy,
    rank: Rank,
) -> Result<Option<Grade>, Refusal> {
    let mut found: Vec<Found> = found_in(&Said::talk(remark), policy);
    for remedy in remedies.iter_mut() {
        let mut held = found_in(&Said::desk(&remedy.what), policy);
        let said: i64 =
            held.iter().filter_map(|found| found.offer.value).fold(0, |sum, value| sum.saturating_add(value));
        let unsaid = held.iter().any(|found| found.offer.value.is_none());
        if let Some(stated) = remedy.value {
            if stated < said || (stated == 0 && !held.is_empty()) {
                let what = held.first().map_or_else(String::new, |found| found.offer.words.clone());
                return Err(Refusal::OtherValue { what, said: (said > 0).then_some(said), stated });
            }
            let more = stated - said;
            if held.is_empty() && more > 0 {
                let (kind, percent) = (Kind::Compensation, None);
                let offer = Offer { kind, value: Some(more), percent, words: remedy.what.clone() };
                held.push(Found { offer, role: None });
            } else {
                let mut left = Some(more);
                let bearer = held.iter().position(|found| found.offer.value.is_none()).unwrap_or(0);
                for (place, found) in held.iter_mut().enumerate() {
                    let value = found.offer.value.unwrap_or(0);
                    let rest = if place == bearer { left.take().unwrap_or(0) } else { 0 };
                    found.offer.value = Some(value.saturating_add(rest));
                }
            }
        } else if !unsaid && !held.is_empty() {
            remedy.value = Some(said);
        }
        found.append(&mut held);
    }
    let authority = authority(complaint, policy, rank);
    let mut needs: Option<Grade> = None;
    let mut given: Vec<Given> = Vec::new();
    for found in found {
        let beside = |role: Grade| authority.up_to(role, &found.offer, &given);
        if found.covered_by(policy, rank, &beside).is_none() {
            needs = needs.max(Some(found.lowest(policy, &beside).unwrap_or(Grade::HeadOffice)));
        }
        let Offer { kind, value, percent, words } = found.offer;
        given.push(Given { role: Grade::Staff.as_str().to_owned(), kind, value, percent, words });
    }
    Ok(needs)
}

/// An offer that was found, and whom a playbook leaves it to.
struct Found {
    offer: Offer,
    role: Option<Grade>,
}

impl Found {
    /// The lowest role of somebody of this rank that covers it.
    fn covered_by(&self, policy: &Policy, rank: Rank, beside: &dyn Fn(Grade) -> i64) -> Option<Grade> {
        let held = |role: &Grade| role.is_held_by(rank);
        if self.is_left_to_its_playbook() {
            return self.role.filter(held);
        }
        Grade::ALL.into_iter().filter(held).find(|role| self.is_within(policy, *role, beside))
    }

    /// The lowest role that covers it.
    fn lowest(&self, policy: &Policy, beside: &dyn Fn(Grade) -> i64) -> Option<Grade> {
        if self.is_left_to_its_playbook() {
            return self.role;
        }
        Grade::ALL.into_iter().find(|role| self.is_within(policy, *role, beside))
    }

    fn is_left_to_its_playbook(&self) -> bool {
        self.role.is_some() && self.offer.value.is_none()
    }

    fn is_within(&self, policy: &Policy, role: Grade, beside: &dyn Fn(Grade) -> i64) -> bool {
        let approver = self.role.is_none_or(|least| role >= least);
        approver && authority::allows(&policy.authority, &self.offer, role, beside(role))
    }

    /// What was said to cost so much, where the words do not say it.
    fn stated(mut self, worth: Worth) -> Self {
        if let (None, Worth::Stated(value)) = (self.offer.value, worth) {
            self.offer.value = Some(value);
        }
        self
    }

    /// What a manager says that it costs, where the words do not.
    fn allowed_for(mut self, reason: Option<&str>) -> Self {
        if let (None, Some(reason)) = (self.offer.value, reason) {
            let said = offer::money(reason).into_iter().map(|amount| amount.value);
            self.offer.value = said.collect::<Option<Vec<i64>>>().and_then(|all| all.into_iter().max());
        }
        self
    }
}

/// What a piece of text offers. What a playbook lists is left to whom the playbook names.
fn found_in(said: &Said, policy: &Policy) -> Vec<Found> {
    let key = fold(&said.text);
    let mut found = Vec::new();
    let mut rest: Option<String> = None;
    for priced in &policy.priced {
        let within = rest.as_ref().unwrap_or(&key);
        if said.voice == Voice::Desk && within.contains(&priced.key) {
            if priced.approver > Grade::Staff {
                let (kind, value, percent) = (Kind::Gift, None, None);
                let offer = Offer { kind, value, percent, words: said.text.clone() };
                found.push(Found { offer, role: Some(priced.approver) });
            }
            rest = Some(within.replace(&priced.key, " "));
        }
    }
    let text = rest.as_ref().unwrap_or(&said.text);
    let offers = match said.voice {
        Voice::Talk => offer::offers(text),
        Voice::Desk => offer::given(text),
    };
    found.extend(offers.into_iter().map(|offer| Found { offer, role: None }));
    found
}

/// Whether somebody with the authority agreed to the very same in this case. More of it is something else.
fn is_agreed(found: &Found, complaint: &Complaint, policy: &Policy) -> bool {
    let offer = &found.offer;
    let same = |held: &Found| {
        let listed = found.role.is_some() && held.role == found.role && held.offer.words == offer.words;
        let read = (held.offer.kind, held.offer.value, held.offer.percent)
            == (offer.kind, offer.value, offer.percent);
        listed || (found.role.is_none() && held.role.is_none() && read)
    };
    let agreed = complaint.features.procedure.proposals.iter().filter(|held| held.is_agreed());
    let remedies = agreed.flat_map(|held| &held.remedies);
    !says_more(&offer.words)
        && remedies.flat_map(|remedy| found_in(&Said::desk(&remedy.what), policy)).any(|held| same(&held))
}

/// A voucher may be called a gift, and the other way round; not worth another amount.
fn is_named(offer: &Offer, worth: Worth) -> bool {
    let Worth::Beside(worth) = worth else { return false };
    let same = offer.value.map_or(GIFTS.contains(&offer.kind), |named| named == worth);
    offer.percent.is_none() && same
}

/// What somebody of this rank may give in a case, beside what was given there before.
pub fn authority<'a>(complaint: &'a Complaint, policy: &'a Policy, rank: Rank) -> Authority<'a> {
    let sent = complaint.features.procedure.proposals.iter().filter(|held| held.sent_at.is_some());
    let role = |held: &Proposal| held.needs.as_deref().and_then(Grade::parse).unwrap_or(Grade::Staff);
    let spent = sent.map(|held| (role(held), worth(held))).chain(complaint.features.spent()).collect();
    Authority { table: &policy.authority, rank, told: &complaint.features.procedure.offered, spent }
}

/// What a proposal that was sent costs at most: what was chosen, or all of it while nothing is.
fn worth(proposal: &Proposal) -> i64 {
    match proposal.choice {
        Some(Choice::Remedy { remedy }) => {
            proposal.remedy(remedy).and_then(|remedy| remedy.value).unwrap_or(0)
        }
        Some(Choice::Else) => 0,
        Some(Choice::Manager) | None => {
            proposal.remedies.iter().filter_map(|remedy| remedy.value).fold(0, i64::saturating_add)
        }
    }
}
