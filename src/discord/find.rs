//! Complaints found by number, customer or words, with or without accents.

use super::bot::Bot;
use super::query::private;
use super::render::answers::Shown;
use super::render::card::category;
use super::render::thread::place;
use super::render::{cut, plain, small};
use crate::domain::complaint::Complaint;
use crate::domain::settings::GuildDesk;
use crate::kernel::lang::Lang;
use crate::language::fold;
use crate::store::{self, StoreError};

/// How many are shown; who needs more asks for less.
const MOST: usize = 15;

impl Bot {
    pub(super) async fn find_cases(
        &self,
        query: &str,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Result<Option<Shown>, StoreError> {
        let (db, words) = (self.desk().db(), self.view().words(lang));
        let query = mention(query).unwrap_or_else(|| query.trim());
        let shown = plain(&cut(query, 100));
        let asked = store::search::Query::read(query);
        let left_out = match asked.left_out.as_slice() {
            [] => String::new(),
            held => {
                let left_out = plain(&cut(&held.join(" "), 200));
                format!("\n{}", small(&words.find_left_out(store::search::MOST_WORDS, left_out)))
            }
        };
        let number = bare_number(query).parse().ok();
        let mut found: Vec<Complaint> = match number {
            Some(number) => store::complaint::by_number(db, desk.guild, number).await?.into_iter().collect(),
            None => Vec::new(),
        };
        let first = found.first().map(|held| held.id);
        if !query.starts_with('#') && !query.is_empty() {
            let most = i64::try_from(MOST).unwrap_or(0) + 1;
            let others = store::search::find(db, desk.guild, &asked, most).await?;
            found.extend(others.into_iter().filter(|held| Some(held.id) != first));
        }
        if found.is_empty() {
            return Ok(private(format!("{}{left_out}", words.find_none(shown))));
        }
        let more = found.len() > MOST;
        let count = if more { format!("{MOST}+") } else { found.len().to_string() };
        let mut text = format!("**{}**{left_out}", words.find_heading(shown, count));
        for held in found.iter().take(MOST) {
            let matter = held.filed.matter();
            let line = format!(
                "#{} · {} · {} · {} · {}\n> {}",
                held.number(),
                place(held),
                plain(&cut(&held.filed.customer.name, 30)),
                category(held, lang, &self.view()),
                words.say(&format!("stage-{}", store::complaint::stage_name(held.stage)), &[]),
                plain(&cut(&matter, 60)),
            );
            if text.chars().count() + line.chars().count() > 1_900 {
                break;
            }
            text = format!("{text}\n{line}");
        }
        Ok(private(text))
    }
}

/// `#2`, `số 2`, `complaint #2`: the number.
fn bare_number(query: &str) -> String {
    const BEFORE: [&str; 6] = ["khieu nai", "ho so", "so", "complaint", "case", "no."];
    let mut rest = fold::fold(query);
    while let Some(left) = BEFORE.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = left.trim_start().to_owned();
    }
    rest.trim_start_matches('#').trim().to_owned()
}

/// The id in the mention of a person.
fn mention(query: &str) -> Option<&str> {
    query.trim().strip_prefix("<@")?.strip_suffix('>').map(|id| id.trim_start_matches('!'))
}
