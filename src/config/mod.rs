//! The configuration: a folder over what is built in, read whole, with every wrong value named at once.

mod authority;
pub mod calendars;
mod clocks;
mod desk;
pub mod dot_env;
mod env;
mod files;
mod playbooks;
mod policies;
mod rules;
mod unread;
mod usual;

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use crate::domain::playbook::Playbook;
use crate::domain::policy::Policy;
use crate::domain::settings::Setup;
use crate::features;
use crate::kernel::ids::GuildId;
use crate::kernel::lang::Lang;
use crate::sla::calendar::Calendar;
use crate::sla::hours::Hours;
use crate::sla::hours::version::fingerprint;

use crate::kit::setting::{Document, Section};
pub use crate::kit::setting::{Findings, Problem, Setting, Source, zone};
pub use desk::Desk;
pub use env::{DEFAULT_DATABASE_URL, Env, Secret, redacted};
pub use files::{Encoding, SAVE_AS_UTF8, decoded};
use files::{documents, files, text_of, whole_file};

/// The file that ships with the program: every key, each with a comment.
pub const BUILT_IN: &str = include_str!("../../config/langnghe.toml");

/// A configuration without a fault.
#[derive(Clone, Debug)]
pub struct Config {
    /// The company's part.
    pub desk: Desk,
    /// What the file says of servers; it wins over what `/desk setup` stored.
    pub guilds: BTreeMap<GuildId, Setup>,
    /// Where health and metrics are served: an address of this machine.
    pub health: SocketAddr,
    /// Playbooks by id (their file's name).
    pub playbooks: BTreeMap<String, Playbook>,
    /// The operator's own words: language, file, text (Fluent).
    pub words: Vec<(Lang, String, String)>,
    /// What is in force, by key, and where it comes from.
    pub settings: BTreeMap<String, Setting>,
    /// What is not wrong, but surely not meant.
    pub warnings: Vec<Problem>,
    /// The file of the folder that it was read from, whether or not there is one.
    pub file: PathBuf,
    policy: Policy,
}

impl Config {
    /// Reads `folder`; what is missing there is built in, and so is everything where there is no such folder and nobody named
    /// it.
    ///
    /// # Errors
    /// All that is wrong, in the order of the files.
    pub fn load(folder: &Path, env: &Env) -> Result<Self, Vec<Problem>> {
        let mut findings = Findings::default();
        let is_named = env.config_folder_is_set && env.config_folder == folder;
        if let Some(problem) = unread::absent(folder).filter(|_| is_named) {
            return Err(vec![problem]);
        }
        unread::unread(folder, &mut findings);
        let config = read(folder, &mut findings);
        environment(env, &mut findings);
        match config {
            Some(config) if findings.problems.is_empty() => {
                Ok(Self { settings: findings.settings, warnings: findings.warnings, ..config })
            }
            _ => Err(findings.problems),
        }
    }

    /// What the desk promises.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The same, to be changed before the program starts.
    pub fn policy_mut(&mut self) -> &mut Policy {
        &mut self.policy
    }
}

fn read(folder: &Path, findings: &mut Findings) -> Option<Config> {
    let calendars = calendars_in(folder, findings);
    let playbooks = playbooks_in(folder, findings);
    let words = words_in(folder, findings);
    let path = folder.join("langnghe.toml");
    let own =
        Document { name: path.display().to_string(), text: text_of(&path, findings).unwrap_or_default() };
    let shipped = Document { name: "the shipped langnghe.toml".to_owned(), text: BUILT_IN.to_owned() };
    let (built_in, table) = (shipped.parse(findings), own.parse(findings));
    let mut top = Section::top(&own, table.as_ref(), built_in.as_ref());
    let desk = desk::desk(top.section(findings, "desk"), findings);
    let guilds = desk::guilds(&mut top, findings);
    let filing = rules::filing(top.section(findings, "filing"), findings);
    let ids: BTreeSet<String> = calendars.keys().filter(|id| *id != calendars::ALWAYS).cloned().collect();
    let clocks = clocks::clocks(top.section(findings, "clocks"), &ids, findings);
    let data_request = clocks::data_request(top.section(findings, "data"), &ids, findings);
    let nudging = rules::nudging(top.section(findings, "nudges"), &ids, findings);
    let incident_list = rules::incident_list(top.section(findings, "incidents"), findings);
    let digest_at = rules::digest(top.section(findings, "digest"), findings);
    let rating = rules::rating(top.section(findings, "rating"), findings);
    let health = desk::health(top.section(findings, "health"), findings);
    let approve_alone = authority::approvals(top.section(findings, "approvals"), findings);
    let features = features::read(&mut top, findings);
    let authority = authority::authority(&mut top, findings);
    let categories = rules::categories(&mut top, &playbooks.keys().cloned().collect(), findings);
    let categories_known = categories.iter().map(|category| category.id.clone()).collect();
    let known = policies::Known {
        clocks: &clocks.clocks,
        cadence: clocks.cadence,
        calendars: &ids,
        categories: &categories_known,
    };
    let variants = policies::policies(top.section(findings, "policies"), &known, findings);
    top.finish(findings);
    let desk = desk?;
    let lay_out = |(id, calendar): (String, Calendar)| (id, Hours::new(calendar, desk.time_zone));
    let policy = Policy {
        zone: desk.time_zone,
        version: fingerprint(&format!("{:?} {variants:?} {:?}", clocks.clocks, clocks.cadence)),
        clocks: clocks.clocks,
        variants,
        cadence: clocks.cadence,
        receipt_counts: clocks.receipt_counts,
        nudging: nudging?,
        incident_list: incident_list?,
        digest_at: digest_at?,
        filing: filing?,
        rating: rating?,
        calendars: calendars.into_iter().map(lay_out).collect(),
        keep_ms: desk.keep_ms,
        data_request: data_request?,
        categories,
        authority,
        priced: authority::priced(&playbooks),
        features: features?,
        approve_alone: approve_alone?,
    };
    Some(Config {
        desk,
        guilds,
        health: health?,
        playbooks,
        words,
        settings: BTreeMap::new(),
        warnings: Vec::new(),
        file: path,
        policy,
    })
}

fn calendars_in(folder: &Path, findings: &mut Findings) -> BTreeMap<String, Calendar> {
    let mut calendars = BTreeMap::from([(calendars::ALWAYS.to_owned(), Calendar::always())]);
    for (id, document, source) in documents(&folder.join("calendars"), &calendars::BUILT_IN, findings) {
        if id == calendars::ALWAYS {
            findings.problems.push(whole_file(
                &document.name,
                "takes the name of the built-in calendar",
                "rename it",
                None,
            ));
            continue;
        }
        let calendar = apart(findings, |findings| calendars::read(&document, findings));
        settle(findings, format!("calendars/{id}"), source);
        calendars.insert(id, calendar);
    }
    calendars
}

fn playbooks_in(folder: &Path, findings: &mut Findings) -> BTreeMap<String, Playbook> {
    let mut playbooks = BTreeMap::new();
    for (id, document, source) in documents(&folder.join("playbooks"), &playbooks::BUILT_IN, findings) {
        let playbook = apart(findings, |findings| playbooks::read(&document, findings));
        settle(findings, format!("playbooks/{id}"), source);
        playbooks.insert(id, playbook);
    }
    playbooks
}

fn words_in(folder: &Path, findings: &mut Findings) -> Vec<(Lang, String, String)> {
    let mut words = Vec::new();
    for lang in Lang::ALL {
        for path in files(&folder.join("locales").join(lang.as_str()), "ftl", findings) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if let Some(text) = text_of(&path, findings) {
                settle(findings, format!("locales/{lang}/{name}"), Source::File);
                words.push((lang, path.display().to_string(), text));
            }
        }
    }
    words
}

/// Reads a file of its own: its problems count, its single values are not listed.
fn apart<T>(findings: &mut Findings, read: impl FnOnce(&mut Findings) -> T) -> T {
    let mut own = Findings::default();
    let read = read(&mut own);
    findings.problems.append(&mut own.problems);
    read
}

fn settle(findings: &mut Findings, key: String, source: Source) {
    let value = if source == Source::Default { "built in" } else { "from the folder" };
    findings.settings.insert(key, Setting { value: value.to_owned(), source });
}

/// Lists what the environment says; of the token only whether it is there.
fn environment(env: &Env, findings: &mut Findings) {
    let mut list = |name: &str, value: String, set: bool| {
        let source = if set { Source::Environment } else { Source::Default };
        findings.settings.insert(name.to_owned(), Setting { value, source });
    };
    let token = env.discord_token.is_some();
    list("DISCORD_TOKEN", if token { "set" } else { "not set" }.to_owned(), token);
    let api = env.discord_api_url.clone();
    list("DISCORD_API_URL", api.clone().unwrap_or_else(|| "https://discord.com".to_owned()), api.is_some());
    list("DATABASE_URL", redacted(&env.database_url), env.database_url_is_set);
}
