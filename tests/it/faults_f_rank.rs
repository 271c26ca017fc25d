//! Who may change who decides, and who counts as being there.

use langnghe::config::Config;
use langnghe::domain::ledger::{Entry, Overreach, Record};
use langnghe::kernel::ids::GuildId;
use langnghe::store;
use serde_json::json;

use crate::scene::{HOUR, Scene, each_scene, words_of};
use crate::seeing::pings;
use crate::tiers::few_or_all;

const DAY: i64 = 24 * HOUR;

impl Scene {
    /// What is written down about who decides, the newest first.
    pub async fn ledger(&self) -> Vec<Record> {
        store::ledger::latest(self.stage.db(), GuildId(self.guild), 100).await.expect("it reads")
    }

    /// How often a deed was refused for this and written down.
    pub async fn overreached(&self, person: u64, why: Overreach) -> usize {
        let held = self.ledger().await;
        held.iter()
            .filter(|record| record.by.as_ref().is_some_and(|by| by.id.0 == person))
            .filter(|record| matches!(record.entry, Entry::Refused { why: held, .. } if held == why))
            .count()
    }

    /// Whether Discord's own owner of the server.
    pub fn owner(&self) -> u64 {
        self.sandbox().owner(self.guild).expect("a server has an owner")
    }

    /// Starts the bot anew with another configuration.
    pub async fn configured(&mut self, change: impl FnOnce(&mut Config)) {
        self.stage.crash().await.expect("the bot ends");
        self.stage.configure(change);
        self.start_bot().await;
    }

    async fn refuses_alone(&self, thread: u64) -> String {
        let values = [("reason", "Máy không thuộc hợp đồng"), ("recourse", "Anh bấm nút bên dưới.")];
        self.command_and_fill(self.tuan, thread, "case refuse", &[], &values).await;
        self.press(self.tuan, thread, "Đồng ý và gửi khách").await.text().to_owned()
    }
}

each_scene!(faults_f1_a_manager_does_not_change_who_decides, async |scene| {
    let before = scene.stage.bot().unwrap().desk().setup_of(GuildId(scene.guild));
    let rows = [
        ("desk-channel", scene.intake),
        ("intake-channel", scene.desk),
        ("manager-channel", scene.desk),
        ("staff-role", scene.manager_role),
        ("manager-role", scene.staff_role),
        ("head-office-role", scene.manager_role),
    ];
    for (place, (option, id)) in rows.into_iter().enumerate() {
        for person in [scene.tuan, scene.ha] {
            let told =
                scene.command(person, scene.desk, "desk setup", &[(option, json!(id.to_string()))]).await;
            assert!(told.ephemeral && told.text().contains("Manage Server"), "{}", told.text());
        }
        assert_eq!(scene.overreached(scene.tuan, Overreach::SetUp).await, place + 1, "{option}");
    }
    let after = scene.stage.bot().unwrap().desk().setup_of(GuildId(scene.guild));
    assert_eq!(before, after, "nothing was changed");
    // Together with something harmless it is refused whole.
    let both = [("locale", json!("en")), ("head-office-role", json!(scene.manager_role.to_string()))];
    let told = scene.command(scene.tuan, scene.desk, "desk setup", &both).await;
    assert!(told.text().contains("Manage Server"), "{}", told.text());
    assert_eq!(before, scene.stage.bot().unwrap().desk().setup_of(GuildId(scene.guild)));
    // They see what is set, and change what decides nothing; that is written down and told, too.
    let seen = scene.command(scene.tuan, scene.desk, "desk setup", &[]).await;
    assert!(seen.text().contains(&format!("<@&{}>", scene.head_office_role)), "{}", seen.text());
    scene.command(scene.tuan, scene.desk, "desk setup", &[("time-zone", json!("Asia/Bangkok"))]).await;
    let told = scene.the(scene.managers, "đã đổi cài đặt");
    assert!(words_of(&told).contains("Tuấn") && words_of(&told).contains("Asia/Bangkok"), "{told}");
    assert!(pings(&told, scene.head_office_role), "{told}");
});

each_scene!(faults_f1_each_change_is_written_down_and_told_to_those_of_before, async |scene| {
    let owner = scene.owner();
    let manager = scene.manager_role;
    let role = ("head-office-role", json!(manager.to_string()));
    scene.command(owner, scene.desk, "desk setup", &[role]).await;
    let told = scene.the(scene.managers, "đã đổi cài đặt");
    let line = format!("Vai trò hội sở: <@&{}> → <@&{manager}>", scene.head_office_role);
    assert!(words_of(&told).contains(&line), "{}", words_of(&told));
    assert!(pings(&told, scene.head_office_role), "those who decided until now: {told}");
    let held = scene.ledger().await;
    let by = held[0].by.as_ref().map(|by| by.id.0);
    let Entry::SetUp { changes } = &held[0].entry else { panic!("{held:?}") };
    assert_eq!((by, changes.len()), (Some(owner), 1), "{held:?}");
    assert_eq!(changes[0].old, Some(scene.head_office_role.to_string()));
    assert_eq!(changes[0].new, Some(manager.to_string()));
    // The channel in which it is told is itself changed: the old one hears of it, and the new one.
    let place = ("manager-channel", json!(scene.desk.to_string()));
    scene.command(owner, scene.desk, "desk setup", &[place]).await;
    for channel in [scene.managers, scene.desk] {
        let line = format!("Kênh quản lý: <#{}> → <#{}>", scene.managers, scene.desk);
        let told = scene.those(channel, "đã đổi cài đặt");
        assert!(told.iter().any(|told| words_of(told).contains(&line)), "{}", scene.read(channel));
    }
    // Whoever looks at the set-up sees who changed it; saying the same once more changes nothing.
    let count = scene.ledger().await.len();
    let again = ("manager-channel", json!(scene.desk.to_string()));
    let seen = scene.command(owner, scene.desk, "desk setup", &[again]).await;
    assert!(seen.text().contains("· Owner:"), "{}", seen.text());
    assert_eq!(scene.ledger().await.len(), count);
    assert_eq!(scene.times(scene.desk, "đã đổi cài đặt"), 1);
});

each_scene!(faults_f1_rank_is_read_at_the_moment_of_the_deed, async |scene| {
    let [manager, staff] = [vec![scene.manager_role], vec![scene.staff_role]];
    let head = [("head-office-role", json!(scene.manager_role.to_string()))];
    scene.sandbox().set_roles(scene.tuan, scene.guild, staff);
    let told = scene.command(scene.tuan, scene.intake, "desk setup", &[]).await;
    assert!(told.text().contains("Quản lý máy chủ"), "a manager no more: {}", told.text());
    scene.sandbox().set_roles(scene.tuan, scene.guild, manager);
    let told = scene.command(scene.tuan, scene.intake, "desk setup", &[]).await;
    assert!(told.text().contains('✓'), "{}", told.text());
    let told = scene.command(scene.owner(), scene.desk, "desk setup", &head).await;
    assert!(!told.text().contains("Manage Server"), "{}", told.text());
});

each_scene!(faults_f2_whoever_only_looks_is_there, async |scene| {
    scene.configured(|config| config.policy_mut().approve_alone = true).await;
    let looks = [
        ("case list", vec![]),
        ("report overview", vec![]),
        ("desk health", vec![]),
        ("case find", vec![("query", json!("mạng"))]),
    ];
    let count = few_or_all(1, looks.len());
    for (path, options) in looks.into_iter().take(count) {
        scene.advance(31 * DAY).await;
        scene.command(scene.ha, scene.desk, path, &options).await;
        scene.advance(29 * DAY).await;
        let thread = scene.filed(scene.an, &format!("Tôi muốn đổi màu modem: {path}")).await;
        let said = scene.refuses_alone(thread).await;
        assert!(said.contains("Không ai tự đồng ý"), "{path}: {said}");
        assert!(said.contains(&format!("<@{}>", scene.ha)), "who could: {said}");
    }
    assert_eq!(scene.overreached(scene.tuan, Overreach::FourEyes).await, count);
    // A form that was opened, and a press that was refused, count as well.
    scene.advance(31 * DAY).await;
    let thread = scene.filed(scene.an, "Tôi muốn đổi màu modem lần nữa").await;
    let _ = scene.outcome(scene.sandbox().press_label(scene.ha, scene.desk, "Trả lời khách")).await;
    let said = scene.refuses_alone(thread).await;
    assert!(said.contains(&format!("<@{}>", scene.ha)), "{said}");
});

each_scene!(faults_f2_alone_only_where_the_file_says_so_and_head_office_hears_of_it, async |scene| {
    let thread = scene.filed(scene.bob, "I want a new phone").await;
    let said = scene.refuses_alone(thread).await;
    assert!(said.contains("[approvals] alone = true"), "it waits: {said}");
    assert!(!scene.seen_by(scene.bob).contains("we cannot do what you hoped for"));
    assert_eq!(scene.overreached(scene.tuan, Overreach::FourEyes).await, 1);
    scene.configured(|config| config.policy_mut().approve_alone = true).await;
    let alone = scene.press(scene.tuan, thread, "Đồng ý và gửi khách").await;
    assert!(alone.text().contains("Tuấn tự đồng ý"), "{}", alone.text());
    let told = scene.the(scene.managers, "đã tự đồng ý việc mình soạn");
    assert!(pings(&told, scene.head_office_role), "{told}");
    assert!(scene.seen_by(scene.bob).contains("we cannot do what you hoped for"));
});
