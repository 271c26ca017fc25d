//! Tests of talking points: what ships fits Discord and leaves room for an area; what is too long is cut where people see it.

use std::path::Path;

use super::*;
use crate::config::{Config, Env};
use crate::domain::incident::change::{Declaration, Draft, declare};
use crate::kernel::ids::{GuildId, IncidentId, UserId};
use crate::kernel::people::Person;
use crate::kit::body::Voice;

const NOW: i64 = 1_795_399_200_000;

fn incident(config: &Config, texts: &Texts, name: &str) -> (Incident, Slots) {
    let (playbook, zone) = (&config.playbooks[name], config.policy().zone);
    let mut slots = Slots { area: String::new(), since: Some(NOW), next_update: Some(NOW + 1) };
    let limit = area_limit(playbook, &slots, zone, texts);
    assert!(limit >= 25, "{name}: an area of {limit} characters says nothing");
    slots.area = "ệ".repeat(limit);
    let draft = Draft {
        line: lines(playbook, &slots, zone, texts),
        slots: slots.clone(),
        news: String::new(),
        by: Person { id: UserId(1), name: "Tuấn".to_owned() },
        asks_head_office: true,
    };
    let declaration =
        Declaration { guild: GuildId(1), playbook: name.to_owned(), categories: Vec::new(), draft };
    (declare(IncidentId(1), 1, declaration, NOW).incident, slots)
}

fn length(card: &Value) -> usize {
    let count = |value: &Value| value.as_str().unwrap_or_default().chars().count();
    let embeds = card["embeds"].as_array().into_iter().flatten();
    embeds
        .map(|embed| {
            let fields = embed["fields"].as_array().into_iter().flatten();
            let fields = fields.map(|field| {
                assert!(count(&field["value"]) <= FIELD && count(&field["name"]) <= 256, "{field}");
                count(&field["name"]) + count(&field["value"])
            });
            count(&embed["title"]) + count(&embed["description"]) + fields.sum::<usize>()
        })
        .sum()
}

fn with_view(test: impl Fn(&Config, &View<'_>)) {
    let config = Config::load(Path::new("no such folder"), &Env::default()).expect("what ships is right");
    let texts = Texts::load(&[]).expect("the words that ship are right");
    let view = View {
        voice: Voice { texts: &texts, company: "Internet Một", sign_as: "{name}" },
        policy: config.policy(),
    };
    test(&config, &view);
}

#[test]
fn what_ships_fits_and_leaves_room_for_an_area() {
    with_view(|config, view| {
        for (name, playbook) in &config.playbooks {
            let (incident, _) = incident(config, view.texts, name);
            for lang in Lang::ALL {
                let line = &incident.versions[0].line[&lang];
                assert!(line.chars().count() <= LINE_LIMIT && !line.contains('{'), "{name}: {line}");
                let card =
                    card(&incident, &incident.versions[0], Some(playbook), lang, config.policy().zone, view);
                assert!(length(&card) <= 6_000, "{name} {lang}");
                let shown = card.to_string();
                assert!(!shown.contains(&view.words(lang).incident_cut()), "{name} {lang}: {shown}");
                for word in playbook.points(lang).empathy.iter().chain(&playbook.points(lang).never_say) {
                    let word = json!(word).to_string();
                    assert!(shown.contains(word.trim_matches('"')), "{name} {lang}: {word}");
                }
            }
        }
    });
}

#[test]
fn a_playbook_that_is_too_long_is_cut_where_people_see_it() {
    with_view(|config, view| {
        let (incident, _) = incident(config, view.texts, "cable-cut");
        let mut playbook = config.playbooks["cable-cut"].clone();
        for points in playbook.points.values_mut() {
            points.questions = vec!["Câu hỏi rất dài. ".repeat(20); 40];
        }
        let card =
            card(&incident, &incident.versions[0], Some(&playbook), Lang::Vi, config.policy().zone, view);
        assert!(length(&card) <= 6_000, "{}", length(&card));
        assert!(card.to_string().contains(&view.words(Lang::Vi).incident_cut()));
    });
}
