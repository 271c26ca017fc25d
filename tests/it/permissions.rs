//! Who may use what: every command, menu, button, select and form by every kind of person, through the real wire.
//! The table is complete by construction: a command or a custom id without a row fails, and so does a row without its cell.

use std::collections::BTreeSet;

use langnghe::discord::commands::{COMMANDS, MENUS};
use langnghe::discord::custom_id::CustomId;
use langnghe::discord::render::answers::refused;
use langnghe::domain::command::Refusal;
use langnghe::kernel::lang::Lang;
use langnghe::kit::option::Kind;
use langnghe::sandbox::{Answer, AnswerKind, Forged};

use crate::permissions_ground::{CANARY, Ground, Hall};
use crate::permissions_table::{PRESSED, Row, SENT, USED, name_of};
use crate::scene::{Scene, scene};
use crate::tiers::few_or_all;

/// The columns: stranger of the server, the complaint's customer, another customer, staff, manager, head office, whoever
/// manages the server, staff and manager of another server's desk (there), and staff in direct messages.
const COLUMNS: usize = 9;

/// What a refusal's letter in the table stands for; `+` is allowed, `-` is refused for what it says.
fn meant(letter: char) -> Option<Refusal> {
    Some(match letter {
        's' => Refusal::StaffOnly,
        'm' => Refusal::ManagerOnly,
        'h' => Refusal::HeadOfficeOnly,
        'u' => Refusal::SetupOnly,
        'c' => Refusal::CustomerOnly,
        'g' => Refusal::GuildOnly,
        't' => Refusal::ThreadOnly,
        'n' => Refusal::NoComplaint,
        'i' => Refusal::NoIncident,
        'r' => Refusal::NoRequest,
        'd' => Refusal::DraftGone,
        'x' => Refusal::Stale,
        _ => return None,
    })
}

/// Refusals that hold no words of anybody.
const PLAIN: [Refusal; 23] = [
    Refusal::Blank,
    Refusal::StaffOnly,
    Refusal::ManagerOnly,
    Refusal::HeadOfficeOnly,
    Refusal::SetupOnly,
    Refusal::CustomerOnly,
    Refusal::GuildOnly,
    Refusal::ThreadOnly,
    Refusal::NoComplaint,
    Refusal::NoIncident,
    Refusal::NoRequest,
    Refusal::DraftGone,
    Refusal::Stale,
    Refusal::NotSetUp,
    Refusal::NotSaved,
    Refusal::AlreadyYours,
    Refusal::NotOpen,
    Refusal::AlreadyOpen,
    Refusal::OwnComplaint,
    Refusal::AlreadyWaiting,
    Refusal::NotPaused,
    Refusal::NothingUnanswered,
    Refusal::NotWaiting,
];
/// Whoever presses has seen everything; whether they have is tried elsewhere.
const SEEN: i64 = i64::MAX;
/// How many of [`PLAIN`], after the first, are about who may.
const ABOUT_RIGHTS: usize = 14;

impl Scene {
    /// Whether an answer is this refusal, in one of the languages.
    fn is_refusal(&self, answer: &Answer, refusal: &Refusal) -> bool {
        let bot = self.stage.bot().expect("the bot runs");
        // What somebody had written is said back below it.
        let said = |lang: &Lang| refused(refusal, bot.texts().of(*lang));
        let is = |said: String| answer.text() == said || answer.text().starts_with(&format!("{said}\n"));
        Lang::ALL.iter().map(said).any(is)
    }

    /// Everything that a deed may change, as figures.
    async fn figures(&self) -> Vec<(i64,)> {
        let sums = "SELECT CAST(COUNT(*) AS BIGINT) FROM journal \
             UNION ALL SELECT CAST(COUNT(*) AS BIGINT) FROM complaint \
             UNION ALL SELECT CAST(COALESCE(SUM(LENGTH(state)), 0) AS BIGINT) FROM incident \
             UNION ALL SELECT CAST(COALESCE(SUM(LENGTH(state) + 100000 * is_open), 0) AS BIGINT) FROM draft \
             UNION ALL SELECT CAST(COALESCE(SUM(LENGTH(state)), 0) AS BIGINT) FROM guild_desk \
             UNION ALL SELECT CAST(COALESCE(SUM(LENGTH(state)), 0) AS BIGINT) FROM data_request \
             UNION ALL SELECT CAST(COUNT(lang) + 1000 * COUNT(guild) AS BIGINT) FROM person \
             UNION ALL SELECT CAST(COUNT(*) AS BIGINT) FROM letter";
        self.stage.db().all(sums, Vec::new()).await.expect("the store answers")
    }

    /// Who does it, where, on which message: menus are used on what people wrote, buttons stand on the bot's own messages.
    pub fn pressed(&self, ground: &Ground, column: usize, forged: &Forged) -> (u64, u64, u64) {
        let (user, channel, message) = ground.stands(column);
        if channel != ground.thread || matches!(forged, Forged::Menu(_) | Forged::Command(..)) {
            return (user, channel, message);
        }
        let bot = self.sandbox().bot().to_string();
        let held = self.sandbox().messages(channel);
        let own = held.iter().rfind(|held| held["author"]["id"] == bot.as_str() && held["ephemeral"] != true);
        (user, channel, own.map_or(message, |held| crate::scene::id(&held["id"])))
    }

    /// One cell: the deed, its answer, and whether anything changed.
    async fn cell(
        &self,
        ground: &Ground,
        column: usize,
        forged: &Forged,
        figures: &mut Vec<(i64,)>,
    ) -> (Answer, bool) {
        let (user, channel, message) = self.pressed(ground, column, forged);
        let (_, answer) = self.outcome(self.sandbox().forge(user, channel, message, forged)).await;
        let after = self.figures().await;
        let changed = *figures != after;
        *figures = after;
        (answer, changed)
    }

    /// Everybody is told that it is stale: what is a button is no form, whoever sends it, and the other way round.
    async fn stale(&self, row: &Row, ground: &Ground, forged: &Forged) -> usize {
        let before = self.figures().await;
        let made: Vec<u64> = (0..COLUMNS)
            .map(|column| {
                let (user, channel, message) = self.pressed(ground, column, forged);
                self.sandbox().forge(user, channel, message, forged).expect("it is sent")
            })
            .collect();
        self.settle().await;
        for interaction in made {
            let answer = self.sandbox().answer_now(interaction);
            assert!(self.is_refusal(&answer, &Refusal::Stale), "{}: {forged:?}: {}", row.name, answer.text());
        }
        assert_eq!(before, self.figures().await, "{}: {forged:?}", row.name);
        COLUMNS
    }

    async fn row(&self, row: &Row, ground: &Ground, forged: &Forged, who: &str) -> usize {
        assert_eq!(who.chars().count(), COLUMNS, "{}: a cell for each kind of person", row.name);
        let mut figures = self.figures().await;
        let mut acted = false;
        let (allowed, denied): (Vec<_>, Vec<_>) =
            who.chars().enumerate().partition(|(_, letter)| *letter == '+');
        for (column, letter) in denied.into_iter().chain(allowed) {
            let place = format!("{} by column {column}", row.name);
            let (answer, changed) = self.cell(ground, column, forged, &mut figures).await;
            let said = answer.text();
            assert!(
                !matches!(answer.kind, AnswerKind::Failed | AnswerKind::Pending | AnswerKind::Deferred),
                "{place}: {said}"
            );
            if letter != '+' {
                assert!(answer.ephemeral, "{place}: only whoever asked sees it: {said}");
                assert!(!changed, "{place}: something changed: {said}");
                assert!(!said.contains(CANARY), "{place}: {said}");
                if let Some(refusal) = meant(letter) {
                    assert!(self.is_refusal(&answer, &refusal), "{place}: {refusal:?} expected: {said}");
                }
                continue;
            }
            let not = if acted { &PLAIN[1..ABOUT_RIGHTS] } else { &PLAIN[..] };
            let refused = not.iter().find(|refusal| self.is_refusal(&answer, refusal));
            assert_eq!(refused, None, "{place}: allowed, but told: {said}");
            if column == 7 {
                let all = format!("{:?} {:?}", answer.message, answer.form);
                assert!(!all.contains(CANARY), "{place}: another server's desk sees ours: {all}");
            }
            acted = true;
        }
        COLUMNS
    }
}

#[tokio::test]
async fn every_command_button_and_form_by_every_kind_of_person() {
    let named: BTreeSet<&str> = USED.iter().map(|(row, ..)| row.name).collect();
    let known: BTreeSet<&str> =
        COMMANDS.iter().map(|command| command.path).chain(MENUS.iter().map(|(name, ..)| *name)).collect();
    assert_eq!(named, known, "a row for each command and menu");
    scene(async |scene| {
        let hall = Hall::open(scene).await;
        let mut cells = 0;
        let part = few_or_all(8, 1);
        for (row, make, who) in USED.iter().step_by(part) {
            let ground = hall.ground(scene, row).await;
            cells += scene.row(row, &ground, &make(&ground), who).await;
        }
        let mut shapes = BTreeSet::new();
        let any = hall.ground(scene, USED[0].0).await;
        for (number, (row, make, values, who)) in PRESSED.iter().enumerate() {
            shapes.insert(name_of(&make(&any)));
            if number % part != 0 {
                continue;
            }
            let ground = hall.ground(scene, row).await;
            let id = make(&ground);
            let sent = Forged::Submit(id.to_string(), Vec::new());
            cells += scene.stale(row, &ground, &sent).await;
            cells += scene.row(row, &ground, &Forged::Press(id.at(SEEN), values(&ground)), who).await;
        }
        for (number, (row, make, inputs, who)) in SENT.iter().enumerate() {
            shapes.insert(name_of(&make(&any)));
            if number % part != 0 {
                continue;
            }
            let ground = hall.ground(scene, row).await;
            let id = make(&ground);
            cells += scene.stale(row, &ground, &Forged::Press(id.to_string(), None)).await;
            let inputs = inputs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
            cells += scene.row(row, &ground, &Forged::Submit(id.at(SEEN), inputs.collect()), who).await;
        }
        assert_eq!(
            shapes,
            CustomId::names().into_iter().map(str::to_owned).collect(),
            "a row for each custom id"
        );
        cells += scene.suggestions(&hall).await;
        eprintln!("{cells} cells of the permission table");
    })
    .await;
}

impl Scene {
    /// Nothing is suggested to whoever may not use the command.
    async fn suggestions(&self, hall: &Hall) -> usize {
        let mut cells = 0;
        for (row, _, who) in USED.iter().step_by(few_or_all(4, 1)) {
            let Some(command) = COMMANDS.iter().find(|command| command.path == row.name) else { continue };
            if command.options.iter().all(|option| !matches!(option.kind, Kind::Suggested(_))) {
                continue;
            }
            let ground = hall.ground(self, row).await;
            let mut figures = self.figures().await;
            for option in command.options.iter().filter(|option| matches!(option.kind, Kind::Suggested(_))) {
                let forged = Forged::Suggest(command.path.to_owned(), option.name.to_owned(), String::new());
                for (column, letter) in who.chars().enumerate() {
                    let (answer, changed) = self.cell(&ground, column, &forged, &mut figures).await;
                    let place = format!("{} {} by column {column}", row.name, option.name);
                    assert!(answer.kind == AnswerKind::Choices && !changed, "{place}: {:?}", answer.kind);
                    // Where the command is used in the wrong place alone, suggestions may come.
                    let may = matches!(letter, '+' | 't' | 'i' | 'n' | '-');
                    assert!(may || answer.choices.is_empty(), "{place}: {:?}", answer.choices);
                    let all = format!("{:?}", answer.choices);
                    assert!(column != 7 || !all.contains(CANARY), "{place}: {all}");
                    cells += 1;
                }
            }
        }
        cells
    }
}
