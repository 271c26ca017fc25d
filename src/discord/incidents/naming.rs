//! How people name playbooks and incidents, and what is suggested to them while they type.

use crate::discord::bot::Bot;
use crate::discord::render::incident as render;
use crate::domain::incident::Incident;
use crate::domain::playbook::Playbook;
use crate::domain::settings::GuildDesk;
use crate::kernel::lang::Lang;
use crate::language::fold::fold;

impl Bot {
    /// A playbook by its file's name, or by its title in either language.
    pub(super) fn playbook_named(&self, name: &str) -> Option<(&str, &Playbook)> {
        let key = fold(name);
        let titled = |playbook: &Playbook| playbook.points.values().any(|held| fold(&held.title) == key);
        let playbooks = &self.settings().playbooks;
        let found = playbooks.get_key_value(name.trim());
        found
            .or_else(|| playbooks.iter().find(|(_, playbook)| titled(playbook)))
            .map(|(name, playbook)| (name.as_str(), playbook))
    }

    /// Incidents, those that ended too if wanted, as value and label.
    pub(in crate::discord) async fn suggest_incidents(
        &self,
        ended_too: bool,
        desk: &GuildDesk,
        lang: Lang,
    ) -> Vec<(String, String)> {
        let words = self.view().words(lang);
        // Suggestions are a convenience: where the database refuses there are none, and the command itself says why.
        let found = self.desk().incidents().list(desk.guild, ended_too).await.unwrap_or_default();
        let label = |incident: &Incident| {
            let title = render::title(incident, self.playbook_of(incident), words);
            let area = incident.versions.last().map_or("", |latest| latest.slots.area.as_str());
            if area.is_empty() { title } else { format!("{title} · {area}") }
        };
        found.iter().map(|incident| (incident.number.to_string(), label(incident))).collect()
    }

    /// The playbooks, as value and label.
    pub(in crate::discord) fn suggest_playbooks(&self, lang: Lang) -> Vec<(String, String)> {
        let playbooks = self.settings().playbooks.iter();
        playbooks.map(|(name, held)| (name.clone(), held.points(lang).title.clone())).collect()
    }
}
