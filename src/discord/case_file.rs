//! `/case file`: the case file of a complaint as a page that can be kept and printed. That it was made is written down first.

use std::collections::BTreeMap;

use base64::Engine;
use serde_json::json;

use super::bot::Bot;
use super::decode::Heard;
use super::render::answers::{self, Circumstances, Shape, Shown};
use super::render::no_pings;
use crate::desk::Told;
use crate::desk::ask::{Ask, Asker, Target, Wish};
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::Complaint;
use crate::domain::policy::Lang;
use crate::domain::settings::GuildDesk;
use crate::domain::sight::Sight;
use crate::reports::case_file::{Export, case_file, file_name, incidents};
use crate::store::{self, StoreError};

impl Bot {
    /// The case file of the complaint with this number, or of this thread. `page_lang`: the language of the page; `whole`:
    /// with contract and telephone numbers.
    pub(super) async fn case_file(
        &self,
        heard: &Heard,
        (number, page_lang, whole): (Option<i64>, Option<Lang>, bool),
        desk: &GuildDesk,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let db = self.desk().db();
        let held = match self.complaint_meant(heard, number, desk).await? {
            Ok(held) => held,
            Err(refusal) => return Ok(self.refusal(&refusal, lang)),
        };
        let rank = desk.rank(&heard.roles, heard.manages);
        let asker = Asker { person: heard.person.clone(), lang: heard.lang, rank };
        let page_lang = page_lang.unwrap_or(lang);
        let target = Target::Complaint(held.id, desk.guild);
        let wish = Wish::Staff { target, command: Command::Export { lang: page_lang, whole } };
        let key = format!("i{}", heard.id);
        let told = self
            .desk()
            .ask(Ask { key, asker, wish, record: None, pressed: None, sight: Sight::Present })
            .await?
            .told;
        if let Told::Refused { .. } = told {
            let person = &heard.person;
            let around = Circumstances {
                lang,
                asker: person,
                line: desk.line,
                in_thread: false,
                fate: None,
                pressed: false,
            };
            return Ok(answers::shown(&told, &around, &self.view()));
        }
        // One reading tells both: what is written meanwhile is in the next one.
        let journal = store::complaint::journal(db, held.id).await?;
        let Some(held) = Complaint::replay(held.id, &journal) else {
            return Ok(self.refusal(&Refusal::NoComplaint, lang));
        };
        let policy = self.desk().policy_of(desk.guild);
        let mut numbers = BTreeMap::new();
        for id in incidents(&journal) {
            let incident = store::incident::read(db, id).await?;
            numbers.extend(incident.map(|incident| (id, incident.number)));
        }
        let export = Export {
            incidents: &numbers,
            company: self.view().company,
            by: &heard.person,
            at: self.desk().now(),
            whole,
            policy: &policy,
            words: self.texts().of(page_lang),
        };
        let page = case_file(&held, &journal, &export);
        let bytes = base64::engine::general_purpose::STANDARD.encode(page);
        let words = self.texts().of(lang);
        let content =
            if whole { words.case_file_whole(held.number()) } else { words.case_file_made(held.number()) };
        let file = json!({ "name": file_name(&held), "media": "text/html; charset=utf-8", "bytes": bytes });
        let body = json!({ "content": content, "files": [file], "allowed_mentions": no_pings() });
        Ok(Some(Shown { shape: Shape::Private, body }))
    }
}
