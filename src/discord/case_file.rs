//! `/case file`: the case file of a complaint as a page that can be kept and printed, and with its files where asked. That it
//! was made is written down first.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::bot::Bot;
use super::bundle::{Packed, divide, entry_name, fits, pack};
use super::decode::Heard;
use super::files::hash;
use super::render::answers::{self, Circumstances, Shape, Shown};
use super::render::{cut, no_pings, plain};
use super::rest::FilePart;
use crate::desk::Told;
use crate::desk::inbox::Key;
use crate::desk::request::{Asker, Request, RequestKind, Target};
use crate::domain::command::{Command, Refusal};
use crate::domain::complaint::{Complaint, FileRef};
use crate::domain::settings::GuildDesk;
use crate::domain::sight::Sight;
use crate::kernel::lang::Lang;
use crate::reports::case_file::{Export, case_file, file_name, files, incidents};
use crate::store::{self, StoreError};
use crate::text::Words;

impl Bot {
    /// The case file of the complaint with this number, or of this thread. `page_lang`: the language of the page; `whole`:
    /// with contract and telephone numbers; `attached`: with the files.
    pub(super) async fn case_file(
        &self,
        heard: &Heard,
        (number, page_lang, whole, attached): (Option<i64>, Option<Lang>, bool, bool),
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
        let kind = RequestKind::Staff { target, command: Command::Export { lang: page_lang, whole } };
        let key = Key::Interaction(heard.id);
        let told = self
            .desk()
            .requests()
            .ask(Request { key, asker, kind, record: None, pressed: None, sight: Sight::Present })
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
        let hashes = self.hashes(&files(&journal)).await;
        let export = Export {
            incidents: &numbers,
            hashes: &hashes,
            company: self.view().company,
            by: &heard.person,
            at: self.desk().now(),
            whole,
            policy: &policy,
            words: self.texts().of(page_lang),
        };
        let page = case_file(&held, &journal, &export);
        let words = self.texts().of(lang);
        let content =
            if whole { words.case_file_whole(held.number()) } else { words.case_file_made(held.number()) };
        let name = file_name(&held);
        if attached {
            let sent = files(&journal).into_iter().cloned().collect();
            let case =
                Case { number: held.number(), page: Packed { name, bytes: page.into_bytes() }, files: sent };
            return Ok(Some(self.archived(case, content, words).await));
        }
        let files = vec![FilePart::new(&name, "text/html; charset=utf-8", page.into_bytes())];
        let body = json!({ "content": content, "allowed_mentions": no_pings() });
        Ok(Some(Shown { files, ..Shown::new(Shape::Private, body) }))
    }

    /// The hash of each file that is kept. What is kept under its hash need not be read for it.
    async fn hashes(&self, files: &[&FileRef]) -> BTreeMap<String, String> {
        let mut hashes = BTreeMap::new();
        for file in files {
            if hashes.contains_key(&file.kept) {
                continue;
            }
            if let Some(bytes) = self.keeper().bytes(file).await {
                hashes.insert(file.kept.clone(), hash(&bytes));
            }
        }
        hashes
    }

    /// The page with its files: the first archive with the answer, what Discord does not take with it after it.
    async fn archived(&self, case: Case, content: String, words: &Words) -> Shown {
        let Case { number, page, files } = case;
        let mut seen = BTreeSet::new();
        let (mut packed, mut missing) = (vec![page], Vec::new());
        for file in files.iter().filter(|file| seen.insert(file.kept.clone())) {
            match self.keeper().bytes(file).await {
                Some(bytes) => packed.push(Packed { name: entry_name(packed.len(), &file.name), bytes }),
                None => missing.push(plain(&file.name)),
            }
        }
        let count = packed.len() - 1;
        let sizes: Vec<usize> = packed.iter().map(|file| file.bytes.len()).collect();
        let archives = divide(&sizes);
        let parts = archives.len();
        let mut taken: Vec<Option<Packed>> = packed.into_iter().map(Some).collect();
        let mut bodies = Vec::with_capacity(parts);
        for (part, places) in archives.iter().enumerate() {
            let mut held: Vec<Packed> = places.iter().filter_map(|place| taken[*place].take()).collect();
            let base = if parts == 1 {
                format!("case-{number:06}")
            } else {
                format!("case-{number:06}-{}", part + 1)
            };
            // So large that no archive around it could be sent.
            let too_large = |held: &mut Packed| !fits(held.bytes.len());
            let alone = if held.len() == 1 { held.pop_if(too_large) } else { None };
            let file = match alone {
                Some(alone) => FilePart::new(&alone.name, OCTETS, alone.bytes),
                None => match tokio::task::spawn_blocking(move || pack(&held)).await {
                    Ok(Some(bytes)) => FilePart::new(&format!("{base}.zip"), ZIP, bytes),
                    failed => {
                        tracing::error!(?failed, number, part, "an archive was not made");
                        continue;
                    }
                },
            };
            let said = words.say(
                "case-file-more",
                &[("number", number.into()), ("part", (part + 1).into()), ("count", parts.into())],
            );
            bodies.push((json!({ "content": said, "allowed_mentions": no_pings() }), vec![file]));
        }
        let mut lines = vec![content];
        lines.push(words.say("case-file-archived", &[("count", count.into()), ("parts", parts.into())]));
        if !missing.is_empty() {
            lines.push(words.say("case-file-missing", &[("names", cut(&missing.join(", "), 800).into())]));
        }
        let mut bodies = bodies.into_iter();
        let none = || (json!({ "allowed_mentions": no_pings() }), Vec::new());
        let (mut body, files) = bodies.next().unwrap_or_else(none);
        body["content"] = json!(cut(&lines.join("\n"), 2_000));
        Shown { files, then: bodies.collect(), ..Shown::new(Shape::Private, body) }
    }
}

/// What goes into the archives of a case.
struct Case {
    number: i64,
    page: Packed,
    files: Vec<FileRef>,
}

const ZIP: &str = "application/zip";
const OCTETS: &str = "application/octet-stream";
