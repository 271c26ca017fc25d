//! Naughty strings through every text field: everybody is answered, nobody is pinged, no limit of Discord's is broken, the
//! words come out readable, the journal replays (`finish`), and the log stays silent.

use langnghe::kernel::ids::{ChannelId, GuildId};
use langnghe::language::fold;
use langnghe::sandbox::{Answer, AnswerKind, Forged, PersonSpec, Place, Say};
use langnghe::store;
use serde_json::{Value, json};

use crate::hostile::as_read;
use crate::logs;
use crate::scene::{MINUTE, Scene, id, scene, words_of};
use crate::seeing::DM;
use crate::tiers::few_or_all;

/// So many make one text.
const TOGETHER: usize = 5;

/// Of the kinds that public lists collect; `{tuan}` and `{role}` stand for a manager and their role.
const NAUGHTY: &[&str] = &[
    "",
    " \t\n ",
    "\u{0}\u{1}\u{7}\u{1b}[31mđỏ\u{7f}\u{85}",
    "\u{202e}gnạm tấm\u{202c} \u{2066}x\u{2069} \u{200f}\u{061c}",
    "\u{200b}\u{feff}\u{2060}\u{00ad}",
    "Ḿ̷̖͙̲̝ạ̸̛̗̈́̋n̶̬̪͋̓͠g̵̛̙̊͘ c̵̛͍͐h̷̠͒ế̵̛͕t̷̰̂",
    "👩‍👩‍👧‍👦🏳️‍🌈🇻🇳👍🏽1️⃣",
    "𝕄ạ𝕟𝕘 𠜎𠜱𝟘 𓀀",
    "\u{fffd}\u{ffff}\u{10ffff}\u{e000} \\ud83d \\u0000 %F0%9F",
    "Ma\u{0323}ng ma\u{0302}\u{0301}t tu\u{031b}\u{0300} to\u{0302}\u{0301}i",
    "İstanbul ıIiİ ẞß ﬁ ﬀ ﬆ Ǆ ℡",
    "**đậm _nghiêng ~~gạch ||kín|| `mã ```khối",
    "```rust\nfn main() {}\n```\n``` chưa đóng",
    "@everyone @here <@{tuan}> <@!{tuan}> <@&{role}> <#1> </case claim:1> <:a:1>",
    "[bấm đây](https://lua.dao/x) <https://a.vn> https://a.vn/b_c*d",
    "<t:0:R> <t:9999999999999:F> <id:customize>",
    "Robert'); DROP TABLE complaint;-- \" OR 1=1 /*",
    "$(reboot) `reboot` ; rm -rf / && :(){ :|:& };: ${HOME}",
    "{ $x } { -brand } {name} { NUMBER(1) } }{ { \"",
    "{\"a\":[null,1e999],\"__proto__\":{}} ]}",
    "<script>alert('x')</script><img src=x onerror=alert(1)> &lt;b&gt;",
    "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
    "%s %n %d %x {} {0} {:?} %00 \\x00",
    "-# nhỏ\n# to\n### ba\n> trích\n>>> hết\n- gạch\n1. số\n||| ---",
    "null",
    "undefined NaN Infinity true None nil",
    "0",
    "-1",
    "1e309 0x7fffffff 9223372036854775808 1/0 ٠١٢٣ １２３",
    "../../../../etc/passwd",
    "..\\..\\CON.txt",
    "NUL",
    "aux.h: LPT1 COM¹ .",
    "=cmd|' /C calc'!A0 +1 -1 @SUM(1)",
    "ｔｏàｎ ｇóｃ　ｒộｎｇ “” ‘’ … ‽ ⁉",
    "السلام עליכם ไทย हिन्दी 中文 한국어 日本語",
    "( ͡° ͜ʖ ͡°) ¯\\_(ツ)_/¯ (╯°□°)╯︵ ┻━┻",
    "hôm qua 25:61 ngày 31/02/0000",
    "99999999999999999999d",
    "\n\n\n\nx\r\r\n\u{2028}\u{2029}y",
];

impl Scene {
    fn strings(&self) -> Vec<String> {
        let (tuan, role) = (self.tuan.to_string(), self.manager_role.to_string());
        let named = |text: &&str| text.replace("{tuan}", &tuan).replace("{role}", &role);
        let long = [
            "a".repeat(4_000),
            "*_`|".repeat(1_000),
            "e\u{301}\u{323}".repeat(1_300),
            "💥 ".repeat(2_000),
            "\n-".repeat(2_000),
        ];
        NAUGHTY.iter().map(named).chain(long).collect()
    }

    /// Something with words in it: everybody gets an answer that can be read.
    async fn told(&self, user: u64, channel: u64, message: u64, forged: &Forged) -> Answer {
        let (_, answer) = self.outcome(self.sandbox().forge(user, channel, message, forged)).await;
        let answered = matches!(
            answer.kind,
            AnswerKind::Message | AnswerKind::Update | AnswerKind::Form | AnswerKind::Choices
        );
        assert!(answered, "{forged:?}: {:?} {}", answer.kind, answer.text());
        assert!(
            answer.kind != AnswerKind::Message || !answer.text().is_empty(),
            "{forged:?}: an empty answer"
        );
        answer
    }

    /// Some strings through what is looked up or read as a value; how many fields they went through.
    async fn as_values(&self, strings: &[String], thread: u64, number: i64) -> usize {
        let mut fields = 0;
        for naughty in strings {
            let cut = |most: usize| naughty.chars().take(most).collect::<String>();
            for (user, path, option) in [
                (self.lan, "case classify", "category"),
                (self.lan, "incident show", "incident"),
                (self.tuan, "desk simulate", "received"),
                (self.tuan, "incident declare", "playbook"),
                (self.tuan, "incident update", "incident"),
                (self.tuan, "incident resolve", "incident"),
                (self.tuan, "desk setup", "time-zone"),
            ] {
                let used = Forged::Command(path.to_owned(), vec![(option.to_owned(), json!(cut(4_000)))]);
                self.told(user, thread, thread, &used).await;
                fields += 1;
            }
            let typed = Forged::Suggest("incident update".to_owned(), "incident".to_owned(), cut(100));
            self.told(self.tuan, thread, thread, &typed).await;
            let inputs = vec![("for".to_owned(), cut(20)), ("text".to_owned(), "gọi lại".to_owned())];
            let snooze = Forged::Submit(format!("1:snooze:{number}:reply"), inputs);
            self.told(self.lan, thread, thread, &snooze).await;
            fields += 2;
        }
        fields
    }

    /// Somebody of this name files, and sends a file of this name.
    async fn named(&self, naughty: &str) -> u64 {
        let blank = naughty.trim().is_empty();
        let name: String = if blank { "x".to_owned() } else { naughty.chars().take(32).collect() };
        let person = self.sandbox().make_person(PersonSpec {
            guild: self.guild,
            name,
            locale: "vi".to_owned(),
            label: "customer".to_owned(),
            roles: Vec::new(),
            dms_open: true,
        });
        let file =
            (if blank { ".".to_owned() } else { naughty.chars().take(200).collect() }, b"log".to_vec());
        let filing = format!("1:filing:{}:0", self.guild);
        let inputs = vec![("words".to_owned(), "Mất mạng".to_owned())];
        let panel = id(&self.those(self.intake, "lắng nghe")[0]["id"]);
        self.told(person, self.intake, panel, &Forged::Submit(filing, inputs)).await;
        self.say(
            person,
            DM,
            Say { text: String::new(), files: vec![file], reply_to: None, ..Say::default() },
        )
        .await;
        person
    }

    /// Some strings as one text through every field of one complaint; how many fields they went through.
    async fn naughty(&self, strings: &[String], incident: i64) -> usize {
        let naughty = strings.join("\n");
        let naughty = naughty.as_str();
        let mut customer = 0;
        for string in strings {
            customer = self.named(string).await;
        }
        let cut = |most: usize| naughty.chars().take(most).collect::<String>();
        let panel = id(&self.those(self.intake, "lắng nghe")[0]["id"]);
        let sent = |id: &str, inputs: &[(&str, &str)]| {
            let inputs = inputs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
            Forged::Submit(id.to_owned(), inputs.collect())
        };
        let filing = format!("1:filing:{}:0", self.guild);
        let before = self.sandbox().threads(self.desk).len();
        let (wish, contact) = (cut(4_000), cut(100));
        for words in [naughty, "Hóa đơn sai"] {
            let inputs = [("words", words), ("wish", &wish), ("contact", &contact)];
            self.told(customer, self.intake, panel, &sent(&filing, &inputs)).await;
            if self.sandbox().threads(self.desk).len() > before {
                break;
            }
        }
        let thread = id(&self.sandbox().threads(self.desk)[before]["id"]);
        let held = store::complaint::read_by_thread(self.stage.db(), ChannelId(thread)).await;
        let number = held.expect("it reads").expect("it is stored").id.0;
        let clean = fold::clean_input(naughty);
        if !fold::is_blank(naughty) && clean.chars().count() <= 900 {
            let card = self.sandbox().messages(self.desk).into_iter().find(|held| id(&held["id"]) == thread);
            let read = as_read(&words_of(&card.expect("the card")));
            assert!(read.contains(&clean), "{clean:?} is not readable in {read:?}");
        }
        // What the customer writes: a message, changed; the form of a private thread.
        let say = Say { text: cut(2_000), files: Vec::new(), reply_to: None, ..Say::default() };
        if let Ok(message) = self.sandbox().say(customer, DM, say) {
            // Discord takes no change that is none.
            let _ =
                self.sandbox().edit_message(customer, self.dm(customer), message, &(cut(1_990) + " thêm"));
        }
        self.settle().await;
        let dm = self.dm(customer);
        let line = id(&self.sandbox().messages(dm)[0]["id"]);
        self.told(customer, dm, line, &sent(&format!("1:write:{number}"), &[("text", naughty)])).await;
        // What staff write.
        let mut fields = 8;
        let used = |path: &str, option: &str, most: usize| {
            Forged::Command(path.to_owned(), vec![(option.to_owned(), json!(cut(most)))])
        };
        for (path, option) in [("reply", "text"), ("case note", "text"), ("case wait", "reason")] {
            self.told(self.lan, thread, thread, &used(path, option, 4_000)).await;
            fields += 1;
        }
        let snooze = sent(&format!("1:snooze:{number}:reply"), &[("for", "1m"), ("text", naughty)]);
        self.told(self.lan, self.desk, thread, &snooze).await;
        self.told(self.lan, self.desk, thread, &sent(&format!("1:reply:{number}"), &[("text", naughty)]))
            .await;
        if let Ok(talk) = self.sandbox().say(self.mike, Place::Channel(thread), cut(2_000).as_str()) {
            for menu in ["Send to customer", "Keep in case file"] {
                self.told(self.lan, thread, talk, &Forged::Menu(menu.to_owned())).await;
                fields += 1;
            }
        }
        // What is read as a value, and what managers write.
        fields += self.as_values(strings, thread, number).await;
        let slots = [("area", naughty), ("since", "8:30"), ("next_update", naughty), ("news", naughty)];
        for slots in [slots, [slots[0], slots[1], ("next_update", "11:00"), slots[3]]] {
            self.told(self.tuan, self.desk, thread, &sent(&format!("1:update:{incident}:0"), &slots)).await;
            fields += 3;
        }
        // How it ends: the outcome, the customer's own words, why it is opened again.
        self.told(self.lan, thread, thread, &used("case resolve", "outcome", 4_000)).await;
        self.told(self.lan, self.desk, thread, &sent(&format!("1:resolve:{number}"), &[("text", "Đã xong")]))
            .await;
        let asked = self.last(dm);
        let rate = Forged::Press(format!("1:rate:{number}:1:3"), None);
        self.told(customer, dm, id(&asked["id"]), &rate).await;
        self.told(customer, dm, id(&asked["id"]), &sent(&format!("1:word:{number}:1"), &[("text", naughty)]))
            .await;
        self.told(self.lan, thread, thread, &used("case reopen", "reason", 4_000)).await;
        for message in [thread, dm].into_iter().flat_map(|place| self.sandbox().messages(place)) {
            self.pings_no_stranger(&message);
        }
        fields + 4 + 2 * strings.len()
    }

    /// No role, not everybody, and nobody but the owner.
    fn pings_no_stranger(&self, message: &Value) {
        let owner = self.lan.to_string();
        let users = message["pings"]["users"].as_array().into_iter().flatten();
        let quiet = users.into_iter().all(|held| *held == owner.as_str())
            && message["pings"]["roles"].as_array().is_none_or(Vec::is_empty)
            && message["mention_everyone"] != true;
        let own = message["author"]["id"] == self.sandbox().bot().to_string().as_str();
        assert!(quiet || !own, "{message}");
    }
}

#[tokio::test]
async fn naughty_strings_through_every_field() {
    scene(async |scene| {
        let slots =
            [("playbook", json!("cable-cut")), ("area", json!("Quận 7")), ("next-update", json!("50m"))];
        scene
            .command_and_fill(scene.tuan, scene.managers, "incident declare", &slots, &[("since", "8:30")])
            .await;
        let (strings, mut fields) = (scene.strings(), 0);
        // What is longer than a field goes alone.
        let (short, long) = strings.split_at(NAUGHTY.len());
        let each = short.chunks(TOGETHER).chain(long.chunks(1));
        for some in each.step_by(few_or_all(8, 1)) {
            fields += scene.naughty(some, 1).await;
        }
        for filter in ["mine", "unowned", "due", "waiting", "all"] {
            let answer =
                scene.command(scene.lan, scene.desk, "case list", &[("filter", json!(filter))]).await;
            assert!(!answer.text().is_empty(), "{filter}");
        }
        scene.advance(20 * MINUTE).await;
        for message in
            scene.sandbox().messages(scene.desk).iter().chain(&scene.sandbox().messages(scene.managers))
        {
            assert!(message["mention_everyone"] != true, "{message}");
            let users = message["pings"]["users"].as_array().into_iter().flatten();
            assert!(users.into_iter().all(|held| *held != scene.tuan.to_string().as_str()), "{message}");
        }
        assert!(logs::trouble().is_empty(), "{:#?}", logs::trouble());
        eprintln!("{} strings, {fields} fields; {} log lines so far", strings.len(), logs::read());
    })
    .await;
}

#[tokio::test]
async fn servers_with_naughty_names_can_be_chosen() {
    scene(async |scene| {
        let strings = scene.strings();
        let asking = scene.person("Người hỏi");
        for naughty in strings.iter().filter(|text| !text.trim().is_empty()).step_by(few_or_all(6, 2)) {
            let other = scene.second_desk().await;
            let name = Some(naughty.chars().take(100).collect());
            let said = langnghe::domain::settings::Setup { name, ..Default::default() };
            let desk = scene.stage.bot().expect("the bot runs").desk().clone();
            desk.setups().set_up(GuildId(other.guild), &said).await.expect("it is stored");
            scene.sandbox().join_guild(asking, other.guild);
        }
        scene.say(asking, DM, "Em muốn góp ý").await;
        scene.advance(2 * MINUTE).await;
        let dm = scene.dm(asking);
        let shown = scene.last(dm);
        let select = crate::seeing::select_of(&shown).expect("a select of desks");
        let made = scene.sandbox().select(asking, dm, id(&shown["id"]), &select, &[&scene.guild.to_string()]);
        assert!(scene.outcome(made).await.1.kind == AnswerKind::Update, "{}", scene.read(dm));
        assert!(logs::trouble().is_empty(), "{:#?}", logs::trouble());
    })
    .await;
}
