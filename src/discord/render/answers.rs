//! What the person who asked is told: answers, and refusals said kindly.

use serde_json::{Value, json};

use super::card::clock_name;
use super::customer::{self, RatingDone, reason_name};
use super::disposition::medium_name;
use super::{
    View, at, cut, day, delivery, disposition, no_pings, plain, procedure, proposal, quoted, relative, small,
    stars, user,
};
use crate::desk::Told;
use crate::desk::delivery_outcome::DeliveryOutcome;
use crate::discord::commands::severity_name;
use crate::discord::rest::FilePart;
use crate::domain::command::{Answer, Refusal};
use crate::domain::disposition::Done as Disposed;
use crate::domain::event::Medium;
use crate::domain::policy::LineKind;
use crate::domain::procedure::Done;
use crate::domain::settings::GuildDesk;
use crate::domain::sight::Unseen;
use crate::features::discord;
use crate::kernel::lang::Lang;
use crate::kernel::people::Person;
use crate::kit::body::echo;
use crate::kit::command::Audience;
use crate::sla::clocks::ClockKind;
use crate::text::Words;

/// So much is shown of words that somebody has not seen; all of them stand in the thread.
const MEANWHILE: usize = 250;

/// How an answer appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Seen by the asking person alone.
    Private,
    /// Seen by everybody in the channel.
    Public,
    /// In place of the message whose button was pressed.
    InPlace,
    /// A form that opens. It cannot follow a deferral, so it is built without slow work.
    Form,
}

/// An answer ready for Discord.
#[derive(Clone)]
pub struct Shown {
    /// How it appears.
    pub shape: Shape,
    /// Its message.
    pub body: Value,
    /// The files beside it.
    pub files: Vec<FilePart>,
    /// What Discord does not take with it, shown after it, each a message with its files.
    pub then: Vec<(Value, Vec<FilePart>)>,
}

impl Shown {
    /// A message without files.
    pub fn new(shape: Shape, body: Value) -> Self {
        Self { shape, body, files: Vec::new(), then: Vec::new() }
    }
}

/// What an answer depends on besides itself.
#[derive(Clone, Copy)]
pub struct Circumstances<'a> {
    /// The reader's language.
    pub lang: Lang,
    /// Who asked.
    pub asker: &'a Person,
    /// How customers are reached where it was asked.
    pub line: LineKind,
    /// Whether it was asked in the complaint's own thread, where answers are the record.
    pub in_thread: bool,
    /// What became of the reply, where one was written.
    pub fate: Option<DeliveryOutcome>,
    /// Whether a message of the bot's own was pressed, which the answer may replace.
    pub pressed: bool,
}

/// The answer to what was asked; none where nothing is to be said.
pub fn shown(told: &Told, around: &Circumstances<'_>, view: &View<'_>) -> Option<Shown> {
    match told {
        Told::Refused { refusal } => {
            let body = text(refused(refusal, view.words(around.lang)));
            Some(Shown::new(Shape::Private, body))
        }
        Told::Done { answer } => done(answer, around, view),
    }
}

/// An answer as the record of the thread it was asked in, where only the asking person saw it; none where it is no record.
pub fn record(answer: &Answer, by: &Person, desk: &GuildDesk, view: &View<'_>) -> Option<Value> {
    let around = Circumstances {
        lang: desk.locale,
        asker: by,
        line: desk.line,
        in_thread: true,
        fate: None,
        pressed: false,
    };
    done(answer, &around, view).filter(|shown| shown.shape == Shape::Public).map(|shown| shown.body)
}

fn text(text: String) -> Value {
    json!({ "content": cut(&text, 2_000), "components": [], "allowed_mentions": no_pings() })
}

fn done(answer: &Answer, around: &Circumstances<'_>, view: &View<'_>) -> Option<Shown> {
    let words = view.words(around.lang);
    let private = |said: String| Some(Shown::new(Shape::Private, text(said)));
    let record = |said: String| {
        let shape = if around.in_thread { Shape::Public } else { Shape::Private };
        Some(Shown::new(shape, text(said)))
    };
    let in_place = |body: Value| Some(Shown::new(Shape::InPlace, body));
    match answer {
        Answer::Silent => None,
        Answer::Receipt { complaint, number, lang, incidents, listed, queue, .. } => {
            let standing = customer::Standing { incidents, listed: *listed, queue: *queue };
            let body = customer::receipt(*complaint, *number, *lang, around.line, &standing, view);
            // A draft's message becomes the receipt; after a form only the filing person sees it.
            let shape = if around.pressed { Shape::InPlace } else { Shape::Private };
            Some(Shown::new(shape, body))
        }
        Answer::LanguageChosen { complaint, number, .. } => {
            // The other language was asked for in this one, so the answer is in that one.
            let lang = around.lang;
            in_place(customer::receipt(
                *complaint,
                *number,
                lang,
                around.line,
                &customer::Standing::default(),
                view,
            ))
        }
        Answer::Claimed { number, next } => private(words.claimed(*number, next_told(*next, words))),
        Answer::Assigned { number, to } => record(words.assigned(*number, plain(&to.name))),
        Answer::Classified { number, category, severity } => {
            let category = category.as_deref().map_or_else(
                || words.card_unclassified(),
                |id| {
                    view.policy
                        .category(id)
                        .map_or_else(|| id.to_owned(), |held| held.name(around.lang).to_owned())
                },
            );
            private(words.classified(*number, category, severity_name(*severity, words)))
        }
        Answer::AboutColleague { number, person, holds } => {
            let key = if *holds { "about-marked" } else { "about-cleared" };
            private(words.say(key, &[("number", number.into()), ("name", plain(&person.name).into())]))
        }
        Answer::Noted { text } => record(words.noted(plain(&around.asker.name), quoted(&plain(text)))),
        Answer::Replied { text, files, spoken } => {
            let shape = if around.in_thread { Shape::Public } else { Shape::Private };
            Some(Shown::new(shape, replied(text, files, *spoken, around, words)))
        }
        Answer::ToldBySpeech { .. } => record(words.told_by_voice(plain(&around.asker.name))),
        Answer::SpeechNoted { number, medium } => {
            private(words.speech_noted(*number, medium_name(*medium, words)))
        }
        Answer::Logged { number, on_discord, incidents } => {
            let mut said = if *on_discord { words.logged_on_discord(*number) } else { words.logged(*number) };
            for line in incidents {
                said = format!("{said}\n\n{}", words.logged_tell(quoted(line)));
            }
            private(said)
        }
        Answer::Procedure { done } => match &**done {
            Done::SummaryHeard { number, summary, right } => {
                in_place(procedure::summary_heard(*number, summary, *right, words))
            }
            // What was proposed stands, with its buttons, until one of it is chosen.
            Done::Chosen { number, remedy: None, manager } => {
                Some(Shown::new(Shape::Private, proposal::not_chosen(*number, *manager, words)))
            }
            Done::Chosen { number, remedy: Some(remedy), .. } => {
                in_place(proposal::chosen(*number, remedy, words))
            }
            Done::TalkTaken { complaint, number, thread, by, held } => {
                in_place(proposal::talk(*complaint, (*number, *thread), by, *held, words))
            }
            Done::Proposal { complaint, proposal } => {
                let shape = if around.in_thread { Shape::Public } else { Shape::Private };
                Some(Shown::new(shape, proposal::shown(*complaint, proposal, words)))
            }
            // The thread's own post is the record, and is pinned.
            Done::ChoiceNoted { .. } => private(words.choice_kept()),
            done => record(procedure::done(done, around.asker, around.lang, view)),
        },
        Answer::Disposition { done } => {
            let body = disposition::done(done, around.asker, words);
            let theirs = matches!(**done, Disposed::Withdrawn { heard: None, .. });
            let shape = if around.in_thread && !theirs { Shape::Public } else { Shape::Private };
            Some(Shown::new(shape, body))
        }
        Answer::SuperiorAsked => private(words.superior_told()),
        Answer::Resting { until, covered: 0 } => private(words.resting_free(at(*until))),
        Answer::Resting { until, covered } => private(words.resting_covered(at(*until), *covered)),
        Answer::Feature(response) => {
            let (audience, body) = discord::response(response, around.asker, words);
            let shape = match audience {
                Audience::Record if around.in_thread => Shape::Public,
                Audience::Record | Audience::Alone => Shape::Private,
                Audience::InPlace => Shape::InPlace,
            };
            Some(Shown::new(shape, body))
        }
        Answer::Resolved { number, outcome, held_until } => {
            let mut said = words.resolved(*number, plain(outcome));
            if let Some(until) = held_until {
                said = format!("{said}\n{}", small(&words.resolved_held(at(*until))));
            }
            record(said)
        }
        Answer::Waiting { reason, paused, .. } => {
            let reason = if reason.is_empty() { String::new() } else { format!(": {}", plain(reason)) };
            let said = words.waiting_started(plain(&around.asker.name), reason);
            let names: Vec<String> = paused.iter().map(|clock| clock_name(*clock, words)).collect();
            let still = match names.is_empty() {
                true => words.waiting_none(),
                false => words.waiting_paused(names.join(", ")),
            };
            record(format!("{said}\n{}", small(&still)))
        }
        Answer::Resumed { number, next } => {
            let said = words.resumed(plain(&around.asker.name), *number, next_told(*next, words));
            record(said.trim_end().to_owned())
        }
        Answer::Snoozed { clock, until, reason, .. } => record(words.snoozed(
            plain(&around.asker.name),
            clock_name(*clock, words),
            at(*until),
            plain(reason),
        )),
        Answer::NoAnswerNeeded { .. } => record(words.no_answer_needed(plain(&around.asker.name))),
        Answer::Reopened { number } => record(words.reopened(*number)),
        Answer::Dismissed { number, reason } => record(words.dismissed(*number, reason_name(*reason, words))),
        Answer::AskFixed { complaint, cycle, score, told } => {
            in_place(customer::ask_fixed(*complaint, *cycle, *score, told, words))
        }
        Answer::RatingDone { complaint, cycle, score, fixed, word, reopened, told } => {
            let done = RatingDone {
                complaint: *complaint,
                cycle: *cycle,
                score: *score,
                fixed: *fixed,
                word: *word,
                reopened: *reopened,
            };
            in_place(customer::rating_done(done, told, words))
        }
        Answer::CustomerHeard { number } => {
            let shape = if around.pressed { Shape::InPlace } else { Shape::Private };
            Some(Shown::new(shape, text(words.heard(*number))))
        }
        Answer::DraftDropped { lang } => in_place(text(view.words(*lang).draft_dropped())),
        Answer::DraftShown { draft } => in_place(customer::draft(draft, view)),
    }
}

/// The clock that is due first.
fn next_told(next: Option<(ClockKind, i64)>, words: &Words) -> String {
    next.map(|(clock, due)| words.claimed_next(clock_name(clock, words), relative(due))).unwrap_or_default()
}

fn replied(
    said: &str,
    files: &[String],
    spoken: Option<Medium>,
    around: &Circumstances<'_>,
    words: &Words,
) -> Value {
    let state = match around.fate {
        _ if spoken.is_some() => {
            let medium = spoken.map(|medium| medium_name(medium, words)).unwrap_or_default();
            words.reply_spoken(medium)
        }
        Some(DeliveryOutcome::Delivered) => words.reply_delivered(),
        Some(DeliveryOutcome::Undelivered(why)) => words.reply_undelivered(delivery::unreached(why, words)),
        Some(DeliveryOutcome::OnItsWay) | None => words.reply_on_its_way(),
    };
    let mut sent = quoted(said);
    if !files.is_empty() {
        sent = format!("{sent}\n{}", words.reply_files(plain(&files.join(", "))));
    }
    let sent = sent.trim_start();
    let whole = format!("{sent}\n{}", small(&state));
    if whole.chars().count() <= 2_000 {
        return text(whole);
    }
    // Quoting makes many short lines longer than one message holds; the record must not end in the middle.
    let mut body = text(small(&state));
    body["embeds"] = json!([{ "description": cut(sent, 4_096) }]);
    body
}

/// A refusal in words.
pub fn refused(refusal: &Refusal, words: &Words) -> String {
    let plainly = |key: &str| words.say(&format!("refusal-{key}"), &[]);
    match refusal {
        Refusal::Blank => plainly("blank"),
        Refusal::TooLong { limit, length } => {
            words.say("refusal-too-long", &[("limit", limit.into()), ("length", length.into())])
        }
        Refusal::FileTooLarge { name, limit } => {
            let limit = words.size(*limit);
            words.say("refusal-file-too-large", &[("name", echo(name).into()), ("limit", limit.into())])
        }
        Refusal::FileLeftOut { name, limit } => {
            let limit = words.size(*limit);
            words.say("refusal-file-left-out", &[("name", echo(name).into()), ("limit", limit.into())])
        }
        Refusal::FileLost { name } => words.say("refusal-file-lost", &[("name", echo(name).into())]),
        Refusal::FilesFull { name, limit } => {
            let args = [("name", echo(name).into()), ("limit", words.size(*limit).into())];
            words.say("refusal-files-full", &args)
        }
        Refusal::FileNotKept { name } => words.say("refusal-file-not-kept", &[("name", echo(name).into())]),
        Refusal::NoChoice => plainly("no-choice"),
        Refusal::AlreadyTold => plainly("already-told"),
        Refusal::NoFilesByVoice => plainly("no-files-by-voice"),
        Refusal::SpokenWhen { written } => {
            words.say("refusal-spoken-when", &[("written", echo(written).into())])
        }
        Refusal::SameComplaint => plainly("same-complaint"),
        Refusal::OtherCustomer => plainly("other-customer"),
        Refusal::StaffOnly => plainly("staff-only"),
        Refusal::ManagerOnly => plainly("manager-only"),
        Refusal::HeadOfficeOnly => plainly("head-office-only"),
        Refusal::SetupOnly => plainly("setup-only"),
        Refusal::CustomerOnly => plainly("customer-only"),
        Refusal::ThreadOnly => plainly("thread-only"),
        Refusal::GuildOnly => plainly("guild-only"),
        Refusal::NoComplaint => plainly("no-complaint"),
        Refusal::AlreadyClaimed { by } => {
            words.say("refusal-already-claimed", &[("name", plain(&by.name).into())])
        }
        Refusal::AlreadyYours => plainly("already-yours"),
        Refusal::NotOpen => plainly("not-open"),
        Refusal::AlreadyOpen => plainly("already-open"),
        Refusal::NoCategory { asked } => words.say("refusal-no-category", &[("asked", echo(asked).into())]),
        Refusal::OwnComplaint => plainly("own-complaint"),
        Refusal::AboutYou => plainly("about-you"),
        Refusal::AboutThem { name } => words.say("refusal-about-them", &[("name", echo(name).into())]),
        Refusal::AlreadyWaiting => plainly("already-waiting"),
        Refusal::NotPaused => plainly("not-paused"),
        Refusal::SnoozeTooLong { clock, deadline } => {
            let (clock, when) = (clock_name(*clock, words), at(*deadline));
            words.say("refusal-snooze-too-long", &[("clock", clock.into()), ("when", when.into())])
        }
        Refusal::NoDuration { written } => {
            words.say("refusal-no-duration", &[("written", echo(written).into())])
        }
        Refusal::NoTime { written } => words.say("refusal-no-time", &[("written", echo(written).into())]),
        Refusal::NothingUnanswered => plainly("nothing-unanswered"),
        Refusal::NoClock { clock } => {
            words.say("refusal-no-clock", &[("clock", clock_name(*clock, words).into())])
        }
        Refusal::Stale => plainly("stale"),
        Refusal::Unclear => plainly("unclear"),
        Refusal::NoDesk => plainly("no-desk"),
        Refusal::AlreadyRated { score } => {
            words.say("refusal-already-rated", &[("stars", stars(*score).into())])
        }
        Refusal::RatingClosed => plainly("rating-closed"),
        Refusal::ReopenTooLate => plainly("reopen-too-late"),
        Refusal::NotStaff { name } => words.say("refusal-not-staff", &[("name", echo(name).into())]),
        Refusal::NotSetUp => plainly("not-set-up"),
        Refusal::JustFiled { number } => words.say("refusal-just-filed", &[("number", number.into())]),
        Refusal::FiledOften { number } => words.say("refusal-filed-often", &[("number", number.into())]),
        Refusal::DraftGone => plainly("draft-gone"),
        Refusal::NoIncident => plainly("no-incident"),
        Refusal::IncidentOver { number } => words.say("refusal-incident-over", &[("number", number.into())]),
        Refusal::NoPlaybook { asked } => words.say("refusal-no-playbook", &[("asked", echo(asked).into())]),
        Refusal::WrongSlot { slot, written } => words
            .say("refusal-wrong-slot", &[("slot", slot.as_str().into()), ("written", echo(written).into())]),
        Refusal::Offer { words: offer, role } => {
            let role = words.say(&format!("authority-{}", role.as_deref().unwrap_or("nobody")), &[]);
            words.say("refusal-offer", &[("offer", echo(offer).into()), ("role", role.into())])
        }
        Refusal::FourEyes { could } if could.is_empty() => plainly("four-eyes"),
        Refusal::FourEyes { could } => {
            let could: Vec<String> = could.iter().map(|id| user(*id)).collect();
            words.say("refusal-four-eyes-could", &[("names", could.join(", ").into())])
        }
        Refusal::SetupByOwner => plainly("setup-by-owner"),
        Refusal::OtherValue { what, said, stated } => {
            let (what, stated) = (echo(what), words.dong(*stated));
            match said {
                Some(said) => words.say(
                    "refusal-other-value",
                    &[("what", what.into()), ("said", words.dong(*said).into()), ("stated", stated.into())],
                ),
                None => words.say("refusal-no-value", &[("what", what.into()), ("stated", stated.into())]),
            }
        }
        Refusal::AgreeOther { role } => {
            let role = words.say(&format!("authority-{role}"), &[]);
            words.say("refusal-agree-other", &[("role", role.into())])
        }
        Refusal::Feature(refused) => discord::refused(refused, words),
        Refusal::NoAmount { written } => words.say("refusal-no-amount", &[("written", echo(written).into())]),
        Refusal::NotAgreed => plainly("not-agreed"),
        Refusal::OnlyOne => plainly("only-one"),
        Refusal::PromiseOpen { what, due } => {
            words.say("refusal-promise-open", &[("what", echo(what).into()), ("when", at(*due).into())])
        }
        Refusal::TwoTimes { written, times } => {
            let times: Vec<String> = times.iter().map(|time| at(*time)).collect();
            words.say(
                "refusal-two-times",
                &[("written", echo(written).into()), ("times", times.join(" · ").into())],
            )
        }
        Refusal::HourPassed { written, at: passed, instead } => {
            let times: Vec<String> = instead.iter().map(|time| at(*time)).collect();
            words.say(
                "refusal-hour-passed",
                &[
                    ("written", echo(written).into()),
                    ("when", at(*passed).into()),
                    ("times", times.join(" · ").into()),
                ],
            )
        }
        Refusal::NoHour { written, days } => {
            let key = if days.len() > 1 { "refusal-no-hour-which" } else { "refusal-no-hour" };
            let days: Vec<String> = days.iter().map(|noon| day(*noon)).collect();
            words.say(key, &[("written", echo(written).into()), ("day", days.join(" · ").into())])
        }
        Refusal::NotUnderstood { slot, written, like } => words.say(
            "refusal-not-understood",
            &[
                ("slot", slot.as_str().into()),
                ("written", echo(written).into()),
                ("like", like.as_str().into()),
            ],
        ),
        Refusal::NoRequest => plainly("no-request"),
        Refusal::RequestOver { number } => words.say("refusal-request-over", &[("number", number.into())]),
        Refusal::NotWaiting => plainly("not-waiting"),
        Refusal::NotSaved => plainly("not-saved"),
        Refusal::Several { refusals } => {
            let lines = refusals.iter().map(|refusal| format!("• {}", refused(refusal, words)));
            std::iter::once(words.refusal_several()).chain(lines).collect::<Vec<_>>().join("\n")
        }
        Refusal::Unseen { unseen, .. } => {
            let lines = unseen.iter().map(|unseen| happened(unseen, words));
            std::iter::once(words.refusal_unseen()).chain(lines).collect::<Vec<_>>().join("\n")
        }
    }
}

/// What happened unseen: when, who, what, and in which words.
fn happened(unseen: &Unseen, words: &Words) -> String {
    let name = unseen.by.as_ref().map_or_else(|| words.unseen_customer(), |by| plain(&by.name));
    let key = format!("unseen-{}", unseen.what.as_str());
    let line = words.say(&key, &[("when", at(unseen.at).into()), ("name", name.into())]);
    match unseen.words.as_str() {
        "" => line,
        said => format!("{line}\n{}", quoted(&plain(&cut(said, MEANWHILE)))),
    }
}
