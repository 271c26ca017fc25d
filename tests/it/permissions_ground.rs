//! The ground of the permission table: the people of its columns, and for each row a complaint of its own as far as needed.

use langnghe::kernel::ids::{ChannelId, GuildId};
use langnghe::sandbox::{PersonSpec, Place};
use langnghe::store;
use serde_json::json;

use crate::permissions_table::{Row, Seat, Stand};
use crate::scene::{MINUTE, Scene, id};
use crate::seeing::{DM, OtherDesk};

/// A word in the complaint, its contact and the incident, which nobody reads who may not.
pub const CANARY: &str = "HOANGYEN";

/// The people who are the same in every row.
pub struct Hall {
    stranger: u64,
    owner: u64,
    other: OtherDesk,
    lan_dm: (u64, u64),
}

/// A row's own customer with a complaint, a draft, a message or an incident.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    pub guild: u64,
    pub category: String,
    pub customer: u64,
    pub complaint: i64,
    pub second: i64,
    pub number: i64,
    pub thread: u64,
    pub draft: i64,
    pub message: u64,
    pub incident: i64,
    pub asked: i64,
    pub assignee: u64,
    card: (u64, u64),
    talk: u64,
    line: (u64, u64),
    request: (u64, u64),
    others: [(u64, u64, u64); 9],
}

impl Hall {
    pub async fn open(scene: &Scene) -> Self {
        let stranger = scene.person("Khách lạ");
        scene.filed(scene.bob, "My line is dead").await;
        let other = scene.second_desk().await;
        let lan = scene.say(scene.lan, DM, "em thử nhắn riêng").await;
        Self {
            stranger,
            owner: scene.sandbox().owner(scene.guild).expect("the server has an owner"),
            other,
            lan_dm: (scene.dm(scene.lan), lan),
        }
    }

    /// What a row needs to stand on.
    pub async fn ground(&self, scene: &Scene, row: &Row) -> Ground {
        let customer = scene.person("Chị Hòa");
        let bot = scene.stage.bot().expect("the bot runs");
        let category = bot.desk().policy().categories[0].id.clone();
        let mut ground =
            Ground { guild: scene.guild, category, customer, assignee: scene.mike, ..Ground::default() };
        match row.stand {
            Stand::Draft => {
                scene.say(customer, DM, format!("Em muốn hỏi {CANARY}").as_str()).await;
                // The burst is over, and the draft is shown back with its buttons.
                scene.advance(2 * MINUTE).await;
                let mut tx = scene.stage.db().begin().await.expect("the store answers");
                let draft = store::draft::open_of(&mut tx, langnghe::kernel::ids::UserId(customer)).await;
                ground.draft = draft.expect("it reads").expect("a draft").id.0;
                ground.line = scene.shown(customer);
                ground.card = self.panel(scene);
            }
            Stand::Incident => {
                let options = [
                    ("playbook", json!("cable-cut")),
                    ("area", json!(CANARY)),
                    ("next-update", json!("50m")),
                ];
                let path = "incident declare";
                scene
                    .command_and_fill(scene.tuan, scene.managers, path, &options, &[("since", "8:30")])
                    .await;
                let latest = store::incident::latest(scene.stage.db(), GuildId(scene.guild), 1).await;
                let latest = latest.expect("it reads").remove(0);
                (ground.incident, ground.number) = (latest.id.0, latest.number);
                ground.request = (scene.managers, id(&scene.last(scene.managers)["id"]));
                ground.card = self.panel(scene);
                ground.line = ground.card;
            }
            Stand::Asked => {
                scene.command(customer, scene.intake, "my-data", &[]).await;
                let text = [("text", CANARY)];
                scene.press_and_fill(customer, scene.intake, "Yêu cầu khác", &text).await;
                let latest = "SELECT MAX(id) FROM data_request";
                let (asked,): (i64,) =
                    scene.stage.db().one(latest, Vec::new()).await.expect("the store answers");
                ground.asked = asked;
                ground.request = (scene.managers, id(&scene.last(scene.managers)["id"]));
                ground.card = self.panel(scene);
                ground.line = ground.card;
            }
            Stand::Nothing => {
                ground.card = self.panel(scene);
                ground.line = ground.card;
            }
            _ => self.complaint(scene, row.stand, &mut ground).await,
        }
        let (channel, message) = match row.seat {
            Seat::Card | Seat::Line => ground.card,
            Seat::Thread if ground.thread != 0 => (ground.thread, ground.talk),
            Seat::Thread => ground.card,
            Seat::Request => ground.request,
        };
        let at = |user: u64| (user, channel, message);
        let own =
            if row.seat == Seat::Line { (customer, ground.line.0, ground.line.1) } else { at(customer) };
        ground.others = [
            at(self.stranger),
            own,
            at(scene.bob),
            at(scene.mike),
            at(scene.tuan),
            at(scene.ha),
            at(self.owner),
            (self.other.staff, self.other.desk, self.other.message),
            (scene.lan, self.lan_dm.0, self.lan_dm.1),
        ];
        ground
    }

    fn panel(&self, scene: &Scene) -> (u64, u64) {
        let panels = scene.those(scene.intake, "lắng nghe");
        (scene.intake, id(&panels[0]["id"]))
    }

    async fn complaint(&self, scene: &Scene, stand: Stand, ground: &mut Ground) {
        let customer = ground.customer;
        // Nobody files more than ten times in ten minutes.
        scene.advance(100_000).await;
        for round in 0..if stand == Stand::TwoComplaints { 2 } else { 1 } {
            let before = scene.sandbox().threads(scene.desk).len();
            let words = format!("Nhân viên quát khách {round} {CANARY}");
            let contact = format!("090 {CANARY} 123");
            let values = [("name", "Bà Sáu"), ("words", words.as_str()), ("contact", contact.as_str())];
            if stand == Stand::Spoken {
                let phoned = [("medium", json!("phone"))];
                scene.command_and_fill(scene.lan, scene.desk, "case log", &phoned, &values).await;
            } else {
                scene.press_and_fill(customer, scene.intake, "Gửi khiếu nại", &values[1..]).await;
            }
            ground.thread = id(&scene.sandbox().threads(scene.desk)[before]["id"]);
            let held = store::complaint::read_by_thread(scene.stage.db(), ChannelId(ground.thread)).await;
            let held = held.expect("it reads").expect("it is stored");
            ground.second = ground.complaint;
            (ground.complaint, ground.number) = (held.id.0, held.number());
        }
        ground.card = (scene.desk, ground.thread);
        ground.talk = scene.say(scene.lan, Place::Channel(ground.thread), "mình xem nhé").await;
        let lan = async |path: &str, options: &[(&str, serde_json::Value)]| {
            scene.command(scene.lan, ground.thread, path, options).await;
        };
        match stand {
            Stand::Waiting => lan("case wait", &[]).await,
            Stand::Read | Stand::Spoken => {
                let values = [("summary", "Nhân viên quát khách"), ("severity", "Nặng")];
                scene.command_and_fill(scene.lan, ground.thread, "case read", &[], &values).await;
            }
            Stand::Promised => {
                let promise = [("what", json!("gọi lại")), ("when", json!("2027-03-01 09:00"))];
                lan("case promise", &promise).await;
            }
            Stand::Proposed | Stand::Agreed | Stand::Sent | Stand::Talking | Stand::TalkTaken => {
                let first =
                    if stand == Stand::Proposed { "Hoàn lại cho khách 300.000đ" } else { "Thay dây" };
                let values = [("first", first), ("remark", "chỉ có cách này")];
                scene.command_and_fill(scene.lan, ground.thread, "case propose", &[], &values).await;
                if matches!(stand, Stand::Sent | Stand::Talking | Stand::TalkTaken) {
                    let values = [("text", "Dạ em gửi phương án ạ.")];
                    scene.press_and_fill(scene.lan, ground.thread, "Gửi khách chọn", &values).await;
                }
                if matches!(stand, Stand::Talking | Stand::TalkTaken) {
                    scene.press(customer, scene.dm(customer), "Gặp quản lý").await;
                }
                if stand == Stand::TalkTaken {
                    scene.press(scene.tuan, scene.managers, "Tôi nói chuyện với khách").await;
                }
            }
            Stand::Refusing | Stand::Refused => {
                let values = [("reason", "Đã kiểm tra, đúng gói cước"), ("recourse", "Nhắn lại tại đây")];
                scene.command_and_fill(scene.lan, ground.thread, "case refuse", &[], &values).await;
                if stand == Stand::Refused {
                    scene.press(scene.tuan, ground.thread, "Đồng ý và gửi khách").await;
                }
            }
            Stand::Questioned => lan("case ask", &[("question", json!("when-and-where"))]).await,
            Stand::Giving => {
                lan("case resolve", &[("outcome", json!("Đã xong."))]).await;
                let voucher =
                    [("kind", json!("voucher")), ("value", json!("200k")), ("text", json!("Cảm ơn anh"))];
                lan("case goodwill", &voucher).await;
            }
            Stand::Promising => {
                let promise = [("what", json!("gọi lại")), ("when", json!("9h sáng mai"))];
                let place = Place::Channel(ground.thread);
                let made = scene.sandbox().command(scene.mike, place, "case promise", &promise);
                ground.message = scene.outcome(made).await.0;
            }
            Stand::Resolved | Stand::Rated => lan("case resolve", &[("outcome", json!("Đã xong."))]).await,
            Stand::TwoComplaints => {
                ground.message = scene.say(customer, DM, "tin này của việc kia").await;
                let mut tx = scene.stage.db().begin().await.expect("the store answers");
                let message = langnghe::kernel::ids::MessageId(ground.message);
                let took = store::complaint::by_line_message(&mut tx, message).await.expect("it reads");
                if took.map(|took| took.0) == Some(ground.second) {
                    std::mem::swap(&mut ground.complaint, &mut ground.second);
                }
            }
            _ => {}
        }
        if stand == Stand::Spoken {
            ground.line = ground.card;
            return;
        }
        let dm = scene.dm(customer);
        if stand == Stand::Rated {
            scene.press(customer, dm, "3 ★").await;
        }
        ground.line = scene.shown(customer);
    }
}

impl Ground {
    /// Who does it in a column, from which channel, about which message.
    pub fn stands(&self, column: usize) -> (u64, u64, u64) {
        self.others[column]
    }
}

impl Scene {
    /// Somebody who joins the server, without any role.
    pub fn person(&self, name: &str) -> u64 {
        self.sandbox().make_person(PersonSpec {
            guild: self.guild,
            name: name.to_owned(),
            locale: "vi".to_owned(),
            label: "customer".to_owned(),
            roles: Vec::new(),
            dms_open: true,
        })
    }

    /// The newest message of the bot's in somebody's direct messages.
    fn shown(&self, user: u64) -> (u64, u64) {
        let (dm, bot) = (self.dm(user), self.sandbox().bot().to_string());
        let own = self.sandbox().messages(dm).into_iter().rfind(|held| held["author"]["id"] == bot.as_str());
        (dm, id(&own.expect("the bot wrote")["id"]))
    }
}
