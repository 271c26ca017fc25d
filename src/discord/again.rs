//! Asked again: what was not carried out is kept with its words, and its doer reads why, sees what they had not seen, and goes
//! on with one press. Serves forms from before, two who act at once, and refusals alike.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::bot::Bot;
use super::custom_id::{self, CustomId};
use super::decode::{Heard, InteractionData};
use super::forms::Inputs;
use super::procedure::CHOSEN;
use super::render::answers::{self, Shape, Shown};
use super::render::{
    Style, button, cut, data, forms, no_pings, plain, procedure, proposal, quoted, row, small, speech,
};
use super::route::time_and_value;
use crate::desk::Told;
use crate::desk::inbox::Key;
use crate::desk::request::{Asker, Request, RequestKind};
use crate::domain::command::{Answer, Command, Refusal};
use crate::domain::settings::GuildDesk;
use crate::domain::sight::Sight;
use crate::kernel::ids::{ComplaintId, MessageId};
use crate::kernel::lang::Lang;
use crate::kernel::people::Rank;
use crate::kit::option::Value as Given;
use crate::kit::route::{self, Route};
use crate::language::fold::is_blank;
use crate::language::when::Toward;
use crate::sla::calendar::wall;
use crate::store::StoreError;

/// So many characters of what was written are said back beside a refusal; the form holds all of it.
const SAID_BACK: usize = 1_000;
/// The same, where no form opens again and this is all that is left of it.
const ALL_SAID_BACK: usize = 1_700;
/// The inputs that hold a time.
const TIMES: [&str; 3] = [proposal::FIRST_WHEN, proposal::SECOND_WHEN, procedure::WHEN];
/// So many times to choose from have room above the other ways to go on (five rows of five).
const MOST_TIMES: usize = 20;

/// What somebody wanted to do, as it was pressed or sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Kept {
    /// The custom id.
    id: String,
    /// What was chosen in a select.
    #[serde(default)]
    values: Vec<String>,
    /// What a form held; none: it was a press.
    #[serde(default)]
    inputs: Option<Inputs>,
    /// The words of it that may mean several times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unclear: Option<String>,
}

/// Whether it is a press on *all the same*, or on a time to choose: it stands for what was kept.
pub(super) fn is_asked_again(heard: &Heard) -> bool {
    let InteractionData::Press { id, .. } = &heard.data else { return false };
    let is_kept = |id: CustomId| matches!(id, CustomId::DoKept { .. } | CustomId::TimeKept { .. });
    id.parse().is_ok_and(is_kept)
}

impl Bot {
    /// What a press on *all the same*, or on a time to choose, stands for: the interaction that was kept, now with the sight
    /// of what was shown and with that time.
    pub(super) async fn kept_interaction(&self, heard: Heard) -> Heard {
        let InteractionData::Press { id: pressed, .. } = &heard.data else { return heard };
        let (of, chosen) = match pressed.parse() {
            Ok(CustomId::DoKept { of }) => (of, None),
            Ok(CustomId::TimeKept { of, at }) => (of, Some(at)),
            _ => return heard,
        };
        let kept = self.kept_of(&heard, of).await;
        let Some((mut kept, id)) =
            kept.and_then(|kept| Some((kept.clone(), kept.id.parse::<CustomId>().ok()?)))
        else {
            return heard;
        };
        if let Some(at) = chosen {
            let Some(desk) = heard.guild.and_then(|guild| self.desk().desk_of(guild)) else { return heard };
            kept.means(&wall(desk.zone, at).format(CHOSEN).to_string());
        }
        let id = match custom_id::seen(pressed) {
            Sight::Facts(seen) => id.at(seen),
            _ => id.to_string(),
        };
        let data = match kept.inputs {
            Some(inputs) => InteractionData::Submit { id, inputs },
            None => InteractionData::Press { id, values: kept.values },
        };
        Heard { data, again: Some(pressed.clone()), ..heard }
    }

    async fn kept_of(&self, heard: &Heard, of: u64) -> Option<Kept> {
        let kept = self.desk().inbox().kept::<Kept>(of, heard.person.id).await;
        let kept = kept.inspect_err(|error| tracing::error!(%error, "what was kept is not read")).ok()?;
        (!kept.id.is_empty()).then_some(kept)
    }

    /// Opens a form again with the words that were kept.
    pub(super) async fn open_kept(
        &self,
        heard: &Heard,
        of: u64,
        desk: Option<&GuildDesk>,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let kept = self.desk().inbox().kept::<Kept>(of, heard.person.id).await?;
        let (Ok(form), Some(inputs)) = (kept.id.parse::<CustomId>(), kept.inputs) else {
            return Ok(self.refusal(&Refusal::Stale, lang));
        };
        match self.form_apart(&form, lang) {
            Some(mut body) => {
                super::forms::fill(&mut body, &inputs);
                Ok(Some(Shown::new(Shape::Form, body)))
            }
            None => self.open(heard, form, &inputs, desk, lang).await,
        }
    }

    /// A form that is about no complaint yet; who may send it is looked at when it is sent.
    fn form_apart(&self, form: &CustomId, lang: Lang) -> Option<Value> {
        let view = self.view();
        let words = view.words(lang);
        Some(match form {
            CustomId::Filing { .. } => forms::filing(form, None, lang, &view),
            CustomId::Log { .. } => speech::log(form, "", lang, &view),
            CustomId::LogMore { .. } | CustomId::LogMoreAt { .. } => speech::more(form, lang, &view),
            CustomId::DataRequest(_) => data::ask_form(form, words),
            CustomId::AnswerRequest(_) => data::answer_form(form, words),
            _ => return None,
        })
    }

    /// Sends the words that were kept for a customer to the desk, as a message: once, however often that is pressed.
    pub(super) async fn say_kept(
        &self,
        heard: &Heard,
        complaint: ComplaintId,
        of: u64,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let kept = self.desk().inbox().kept::<Kept>(of, heard.person.id).await?;
        let text = joined(kept.inputs.unwrap_or_default().values());
        if is_blank(&text) {
            return Ok(self.refusal(&Refusal::Stale, lang));
        }
        let (message, files, extras) = (MessageId(of), Vec::new(), Vec::new());
        let command = Command::CustomerWrote { message, text, files, extras, sorted: false };
        let asker = Asker { person: heard.person.clone(), lang: heard.lang, rank: Rank::default() };
        let request = Request {
            key: Key::Said(of, heard.person.id),
            asker,
            kind: RequestKind::Customer { complaint, command },
            record: None,
            pressed: None,
            sight: Sight::Present,
        };
        let words = self.texts().of(lang);
        let text = match self.desk().requests().ask(request).await?.told {
            Told::Done { answer: Answer::CustomerHeard { number } } => words.heard(number),
            Told::Done { .. } => words.heard(0),
            Told::Refused { refusal } => answers::refused(&refusal, words),
        };
        let body = json!({ "content": text, "components": [], "allowed_mentions": no_pings() });
        Ok(Some(Shown::new(Shape::InPlace, body)))
    }

    /// A refusal with all that whoever reads it had written, and the presses that go on from there.
    pub(super) async fn refused_again(&self, heard: &Heard, refusal: &Refusal, lang: Lang) -> Shown {
        let words = self.texts().of(lang);
        let mut text = answers::refused(refusal, words);
        let (mut kept, said) = kept_as(heard);
        // Where nothing was written nothing can be lost.
        let is_worth = !said.is_empty() || matches!(refusal, Refusal::Unseen { .. });
        // Where nothing could be stored nobody waits for the store once more: the words stand in the answer.
        kept = kept.filter(|_| is_worth && *refusal != Refusal::NotSaved);
        let times = kept.as_mut().map_or_else(Vec::new, |kept| self.times_for(heard, refusal, kept, lang));
        let buttons = self.ways_on(heard, refusal, kept.as_ref(), lang);
        if !said.is_empty() {
            let most = if buttons.is_empty() { ALL_SAID_BACK } else { SAID_BACK };
            let room = 1_900_usize.saturating_sub(text.chars().count());
            let back = quoted(&cut(&said, most.min(room)));
            text = format!("{text}\n{}\n{back}", small(&words.again_written()));
        }
        if let (Some(written), false) =
            (kept.as_ref().and_then(|kept| kept.unclear.as_deref()), times.is_empty())
        {
            text = format!("{text}\n{}", words.again_times(plain(&cut(written, 100))));
        }
        let mut body =
            json!({ "content": cut(&text, 2_000), "components": [], "allowed_mentions": no_pings() });
        if let (Some(kept), false) = (kept, buttons.is_empty()) {
            let about = kept.id.parse::<CustomId>().ok().and_then(|id| id.settles().or(id.customers()));
            match self.desk().inbox().keep_for_later(heard.id, heard.person.id, about, &kept).await {
                Ok(()) => {
                    let rows = times.chunks(5).map(|times| row(times.to_vec()));
                    body["components"] = json!(rows.chain([row(buttons)]).collect::<Vec<_>>());
                }
                // The words stand in the answer.
                Err(error) => tracing::error!(interaction.id = heard.id, %error, "refused words not kept"),
            }
        }
        Shown::new(Shape::Private, body)
    }

    /// The times that the first unclear words of a form may mean, each sends the form with it; `kept` learns which words.
    fn times_for(&self, heard: &Heard, refusal: &Refusal, kept: &mut Kept, lang: Lang) -> Vec<Value> {
        let form = kept.id.parse::<CustomId>();
        if !matches!(form, Ok(CustomId::Propose(_) | CustomId::MovePromise { .. })) {
            return Vec::new();
        }
        let desk = heard.guild.and_then(|guild| self.desk().desk_of(guild));
        let (Some(written), Some(desk)) = (refusal.unclear_time(), desk) else { return Vec::new() };
        let seen = match &heard.data {
            InteractionData::Submit { id, .. } => custom_id::seen(id),
            _ => Sight::Unknown,
        };
        kept.unclear = Some(written.to_owned());
        let times = self.reader(&desk).read(written, Toward::Promise).choices(desk.zone, self.desk().now());
        let button_of = |at: i64| {
            let id = CustomId::TimeKept { of: heard.id, at };
            let mut press = button(Style::Primary, &self.texts().of(lang).moment(at, desk.zone), &id);
            if let Sight::Facts(seen) = seen {
                press["custom_id"] = json!(id.at(seen));
            }
            press
        };
        times.into_iter().take(MOST_TIMES).map(button_of).collect()
    }

    fn ways_on(&self, heard: &Heard, refusal: &Refusal, kept: Option<&Kept>, lang: Lang) -> Vec<Value> {
        let words = self.texts().of(lang);
        let Some((kept, id)) = kept.and_then(|kept| Some((kept, kept.id.parse::<CustomId>().ok()?))) else {
            return Vec::new();
        };
        let of = heard.id;
        let mut buttons = Vec::new();
        if let Refusal::Unseen { seen, .. } = refusal {
            let label = if kept.inputs.is_some() { words.again_send() } else { words.again_do() };
            let mut press = button(Style::Primary, &label, &CustomId::DoKept { of });
            press["custom_id"] = json!(CustomId::DoKept { of }.at(*seen));
            buttons.push(press);
        }
        if kept.inputs.is_none() {
            return buttons;
        }
        // The forms of an incident are made from its playbook; their words are said back whole.
        let opens = !matches!(id, CustomId::Declare { .. } | CustomId::Update { .. });
        if refusal.is_mendable() && opens {
            let style = if buttons.is_empty() { Style::Primary } else { Style::Secondary };
            buttons.push(button(style, &words.again_open(), &CustomId::OpenKept { of }));
        } else if let Some(complaint) = id.customers().filter(|_| !refusal.is_about_rights()) {
            // What was asked for is over; what the customer says about it is not.
            let say = CustomId::SayKept { complaint, of };
            buttons.push(button(Style::Primary, &words.again_say(), &say));
        }
        buttons
    }
}

impl Kept {
    /// The unclear words mean this, from now on: in the field whose time they are, and nowhere else where they may stand.
    fn means(&mut self, time: &str) {
        let (Some(inputs), Some(unclear)) = (&mut self.inputs, self.unclear.take()) else { return };
        let is_it = |held: &&mut String| time_and_value(held).is_ok_and(|(written, _)| written == unclear);
        let times = inputs.iter_mut().filter(|(name, _)| TIMES.contains(&name.as_str()));
        if let Some(field) = times.map(|(_, held)| held).find(is_it) {
            *field = field.replacen(unclear.as_str(), time, 1);
        }
    }
}

/// What somebody did, as it is kept, and what they wrote in it. What comes by a command without a form is only said back.
fn kept_as(heard: &Heard) -> (Option<Kept>, String) {
    let form = |id: CustomId, inputs: Inputs| {
        let said = joined(inputs.values());
        (Some(Kept { id: id.to_string(), inputs: Some(inputs), ..Kept::default() }), said)
    };
    match &heard.data {
        InteractionData::Submit { id, inputs } => match id.parse::<CustomId>() {
            Ok(id) => form(id, inputs.clone()),
            Err(_) => (None, joined(inputs.values())),
        },
        InteractionData::Press { id, values } => match id.parse::<CustomId>() {
            Ok(id) => {
                (Some(Kept { id: id.to_string(), values: values.clone(), ..Kept::default() }), String::new())
            }
            Err(_) => (None, String::new()),
        },
        InteractionData::Command { path, options } => {
            let text = |name: &str| match options.get(name) {
                Some(Given::Text(text)) => Some(text.clone()),
                _ => None,
            };
            let one = |id: CustomId, text: String| form(id, Inputs::from([(forms::TEXT.to_owned(), text)]));
            match (path.as_str(), text("text"), text("outcome")) {
                // What is attached, or let pass by a manager, no form can carry.
                ("reply", Some(text), _) if options.len() == 1 => one(CustomId::ReplyHere, text),
                ("case resolve", _, Some(outcome)) => one(CustomId::ResolveHere, outcome),
                _ => (None, typed(options.values())),
            }
        }
        InteractionData::Menu { .. } | InteractionData::Suggest { .. } => (None, String::new()),
    }
}

fn joined<'a>(texts: impl Iterator<Item = &'a String>) -> String {
    texts.filter(|text| !is_blank(text)).cloned().collect::<Vec<_>>().join("\n")
}

/// What of a command's options is more than a name or a choice: nobody wants to type that again.
fn typed<'a>(options: impl Iterator<Item = &'a Given>) -> String {
    let long = |option: &&'a Given| matches!(option, Given::Text(text) if text.chars().count() > LONG);
    let texts = options.filter(long).filter_map(|option| match option {
        Given::Text(text) => Some(text.clone()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// From so many characters on an option is something that somebody wrote.
const LONG: usize = 24;

impl CustomId {
    /// The complaint of a form in which its customer writes.
    fn customers(&self) -> Option<ComplaintId> {
        match self {
            Self::SummaryWrong(id) | Self::Write(id) => Some(*id),
            Self::SomethingElse { complaint, .. } | Self::Word { complaint, .. } => Some(*complaint),
            Self::Feature(press) if press.is_form() => match press.route(&route::Given::ANY)? {
                Route::Customer(complaint, _) => Some(complaint),
                Route::Staff(..) | Route::InThread(_) | Route::Form(_) | Route::FormInThread(_) => None,
            },
            _ => None,
        }
    }
}
