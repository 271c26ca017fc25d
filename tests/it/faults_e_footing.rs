//! What a desk stands on is looked at: where it is set up, at the start, in its health, and when something goes.

use langnghe::config::{Config, Env};
use langnghe::domain::settings::Setup;
use langnghe::kernel::ids::{ChannelId, GuildId, RoleId};
use langnghe::sandbox::rules::fault::{Fault, FaultKind};
use langnghe::sandbox::rules::permissions;
use serde_json::{Value, json};

use crate::scene::{Scene, each_scene, scene, words_of};
use crate::seeing::pings;

impl Scene {
    /// What `/desk setup` answers to whoever owns the server.
    async fn sets(&self, options: &[(&str, u64)]) -> String {
        let options: Vec<(&str, Value)> =
            options.iter().map(|(name, id)| (*name, json!(id.to_string()))).collect();
        self.command(self.owner(), self.desk, "desk setup", &options).await.text().to_owned()
    }

    fn is_ready(&self) -> Vec<String> {
        let watch = self.stage.bot().expect("the bot runs").desk().watch().clone();
        watch.footing().into_iter().map(|(_, fault)| fault.name().to_owned()).collect()
    }
}

each_scene!(faults_e2_what_cannot_be_is_refused_with_its_cure, async |scene| {
    let before = scene.sets(&[]).await;
    assert!(!before.contains('✗') && before.contains("đã sẵn sàng"), "{before}");
    let count = scene.ledger().await.len();
    let everyone = scene.guild;
    for (options, said) in [
        (vec![("desk-channel", scene.intake)], "cũng là kênh tiếp nhận"),
        (vec![("intake-channel", scene.desk)], "cũng là kênh tiếp nhận"),
        (vec![("manager-channel", scene.intake)], "cũng là kênh tiếp nhận"),
        (vec![("staff-role", everyone)], "@everyone"),
        (vec![("manager-role", everyone)], "@everyone"),
        (vec![("head-office-role", everyone)], "@everyone"),
        // One that is right does not take one along that is wrong.
        (vec![("manager-channel", scene.desk), ("staff-role", everyone)], "@everyone"),
    ] {
        let told = scene.sets(&options).await;
        assert!(told.contains("Chưa đổi gì") && told.contains(said), "{options:?}: {told}");
        assert!(told.contains(options.last().unwrap().0), "the way out: {told}");
        assert_eq!(scene.ledger().await.len(), count, "{options:?}: nothing was changed");
    }
    assert_eq!(scene.sets(&[]).await, before);
});

each_scene!(faults_e2_what_the_file_says_is_looked_at_at_the_start, async |scene| {
    let right = scene.stage.bot().unwrap().desk().setup_of(GuildId(scene.guild));
    let (staff, desk, none) = (scene.staff_role, scene.desk, 987_654_321_987_654_321);
    let rows: [(&str, Setup, &str); 6] = [
        (
            "role-as-channel",
            Setup { desk_channel: Some(ChannelId(staff)), ..right.clone() },
            "là vai trò, không phải kênh",
        ),
        (
            "role-as-channel",
            Setup { manager_channel: Some(ChannelId(staff)), ..right.clone() },
            "là vai trò, không phải kênh",
        ),
        (
            "channel-gone",
            Setup { intake_channel: Some(ChannelId(none)), ..right.clone() },
            "kênh đã bị xóa hoặc không có",
        ),
        (
            "role-gone",
            Setup { staff_role: Some(RoleId(desk)), ..right.clone() },
            "vai trò đã bị xóa hoặc không có",
        ),
        ("everyone", Setup { staff_role: Some(RoleId(scene.guild)), ..right.clone() }, "@everyone"),
        ("same-channel", Setup { intake_channel: Some(ChannelId(desk)), ..right.clone() }, "kênh tiếp nhận"),
    ];
    for (name, setup, said) in rows {
        let guild = GuildId(scene.guild);
        scene.configured(|config| config.guilds = [(guild, setup)].into()).await;
        scene.settle().await;
        assert_eq!(scene.is_ready(), [name]);
        let seen = scene.sets(&[]).await;
        assert!(seen.contains(said) && seen.contains("chưa sẵn sàng"), "{name}: {seen}");
    }
    scene.configured(|config| config.guilds.clear()).await;
    scene.settle().await;
    assert!(scene.is_ready().is_empty());
});

each_scene!(faults_e2_a_channel_that_everybody_sees_is_no_desk, async |scene| {
    scene.sandbox().show_channel(scene.desk, scene.guild, true);
    scene.settle().await;
    // Told at once, to those who can mend it.
    let told = scene.the(scene.managers, "ai trên máy chủ cũng xem được");
    assert!(pings(&told, scene.manager_role) && pings(&told, scene.head_office_role), "{told}");
    assert_eq!(scene.is_ready(), ["public"], "whoever runs it reads it too");
    let seen = scene.sets(&[]).await;
    assert!(seen.contains("✗ Kênh nội bộ") && seen.contains("chưa sẵn sàng"), "{seen}");
    let health = scene.command(scene.tuan, scene.managers, "desk health", &[]).await;
    assert!(health.text().contains("ai trên máy chủ cũng xem được"), "{}", health.text());
    let again = scene.sets(&[("desk-channel", scene.desk)]).await;
    assert!(again.contains("Chưa đổi gì"), "{again}");
    // Hidden again it is well, and the restart repeats nothing.
    scene.sandbox().show_channel(scene.desk, scene.guild, false);
    scene.settle().await;
    assert!(scene.is_ready().is_empty());
    assert!(!scene.sets(&[]).await.contains('✗'));
    scene.sandbox().show_channel(scene.managers, scene.guild, true);
    scene.settle().await;
    scene.crash_and_restart().await;
    scene.settle().await;
    assert_eq!(scene.is_ready(), ["public"], "at the start as well");
    assert_eq!(scene.times(scene.managers, "Kênh quản lý <#"), 1, "{}", scene.read(scene.managers));
    scene.sandbox().show_channel(scene.managers, scene.guild, false);
    scene.settle().await;
});

#[tokio::test]
async fn faults_e2_another_role_that_sees_the_desk_is_named() {
    scene(async |scene| {
        let role = scene.sandbox().make_role(scene.guild, "khách quen", 0);
        scene.sandbox().show_channel(scene.desk, role, true);
        scene.settle().await;
        let seen = scene.sets(&[]).await;
        assert!(seen.contains("⚠ Kênh nội bộ") && seen.contains(&format!("<@&{role}>")), "{seen}");
        assert!(seen.contains("đã sẵn sàng"), "it may be meant so: {seen}");
        // An administrator sees everything, and that is nothing new.
        scene.sandbox().make_role(scene.guild, "admin", permissions::ADMINISTRATOR);
        let seen = scene.sets(&[]).await;
        assert_eq!(seen.matches('⚠').count(), 1, "{seen}");
    })
    .await;
}

each_scene!(faults_a7_a_deleted_role_is_told_at_once, async |scene| {
    for (role, what) in [
        (scene.staff_role, "Vai trò nhân viên"),
        (scene.head_office_role, "Vai trò hội sở"),
        (scene.manager_role, "Vai trò quản lý"),
    ] {
        scene.sandbox().delete_role(scene.guild, role);
        scene.settle().await;
        let told = scene.those(scene.managers, "Cài đặt của bàn có chỗ không ổn");
        let last = told.last().map(words_of).unwrap_or_default();
        assert!(last.contains(&format!("{what}: vai trò đã bị xóa")), "{last}");
    }
    assert_eq!(scene.is_ready(), ["role-gone"; 3]);
    let seen = scene.sets(&[]).await;
    assert_eq!(seen.matches("đã bị xóa").count(), 3, "{seen}");
    assert!(seen.contains("chưa sẵn sàng"), "{seen}");
    assert!(!seen.contains("thiếu quyền"), "what is gone is no missing permission: {seen}");
    scene.stage.crash().await.expect("the bot ends");
    scene.start_bot().await;
    scene.settle().await;
    assert_eq!(scene.is_ready(), ["role-gone"; 3], "at the start");
});

each_scene!(faults_a7_a_deleted_channel_is_gone_and_no_missing_permission, async |scene| {
    scene.sandbox().delete_channel(scene.intake);
    scene.settle().await;
    let told = words_of(&scene.the(scene.managers, "Cài đặt của bàn có chỗ không ổn"));
    assert!(told.contains("Kênh tiếp nhận: kênh đã bị xóa"), "{told}");
    let seen = scene.sets(&[]).await;
    assert!(seen.contains("Chọn kênh khác ở `intake-channel`"), "{seen}");
    assert!(!seen.contains("thiếu quyền"), "{seen}");
    // Where the managers' own channel is gone, the desk is told, with head office.
    scene.sandbox().delete_channel(scene.managers);
    scene.settle().await;
    let told = scene.the(scene.desk, "Kênh quản lý: kênh đã bị xóa");
    assert!(pings(&told, scene.head_office_role), "{told}");
    assert_eq!(scene.is_ready(), ["channel-gone"; 2]);
    // A channel of no concern is nobody's news.
    let count = scene.sandbox().messages(scene.desk).len();
    let thread = scene.sandbox().threads(scene.desk).first().map(|held| crate::scene::id(&held["id"]));
    assert_eq!((thread, scene.sandbox().messages(scene.desk).len()), (None, count));
});

#[tokio::test]
async fn faults_a7_what_is_not_known_now_is_neither_gone_nor_forbidden() {
    scene(async |scene| {
        let (method, path_contains) = (Some("GET".to_owned()), Some("/channels/".to_owned()));
        let kind = FaultKind::Status(503);
        scene.sandbox().fault(Fault { method, path_contains, times: 60, kind });
        let seen = scene.sets(&[]).await;
        assert!(seen.contains("chưa hỏi được Discord"), "{seen}");
        assert!(!seen.contains("đã bị xóa") && !seen.contains("thiếu quyền"), "{seen}");
        let told = scene.sets(&[("desk-channel", scene.desk)]).await;
        assert!(told.contains("Chưa đổi gì") && told.contains("Thử lại"), "nothing on trust: {told}");
        scene.sandbox().clear_faults();
        assert!(!scene.sets(&[]).await.contains('✗'));
    })
    .await;
}

#[test]
fn faults_e2_check_names_it_with_its_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "[guild.100000000000000001]\ndesk-channel = \"100000000000000011\"\n\
        intake-channel = \"100000000000000011\"\nstaff-role = \"100000000000000001\"\n";
    std::fs::write(folder.path().join("langnghe.toml"), text).expect("it is written");
    let problems = Config::load(folder.path(), &Env::default()).expect_err("it is wrong");
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(
        said[0].contains("langnghe.toml") && said[0].contains("desk-channel 100000000000000011"),
        "{said:?}"
    );
    assert!(said[1].contains("staff-role is @everyone"), "{said:?}");
}
