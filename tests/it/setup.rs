//! `/desk setup` and `/desk panel`: what is set, what is missing, and how that is cured.

use langnghe::sandbox::rules::permissions;
use serde_json::{Value, json};

use crate::scene::{Scene, scene};

#[tokio::test]
async fn a_desk_is_set_up_with_one_command_and_works_at_once() {
    scene(async |scene| {
        let mut bare = Scene::before(&format!("sqlite:{}", scene.folder().join("bare.db").display())).await;
        bare.start_bot().await;
        let owner = bare.sandbox().owner(bare.guild).expect("a server has an owner");
        let empty = bare.command(owner, bare.desk, "desk setup", &[]).await;
        assert!(empty.ephemeral && empty.text().matches('✗').count() >= 3, "{}", empty.text());
        let options: Vec<(&str, Value)> = [
            ("desk-channel", bare.desk),
            ("intake-channel", bare.intake),
            ("manager-channel", bare.managers),
            ("staff-role", bare.staff_role),
            ("manager-role", bare.manager_role),
            ("head-office-role", bare.head_office_role),
        ]
        .map(|(name, id)| (name, json!(id.to_string())))
        .to_vec();
        let done = bare.command(owner, bare.desk, "desk setup", &options).await;
        assert!(!done.text().contains('✗'), "{}", done.text());
        bare.command(owner, bare.desk, "desk panel", &[]).await;
        bare.filed(bare.an, "Nhà em mất mạng").await;
        bare.crash_and_restart().await;
        bare.filed(bare.bob, "My line is dead").await;
        bare.finish().await;
    })
    .await;
}

#[tokio::test]
async fn what_the_bot_may_not_do_is_named_with_the_cure() {
    scene(async |scene| {
        scene.sandbox().deny_bot(scene.desk, permissions::CREATE_PUBLIC_THREADS | permissions::EMBED_LINKS);
        let told = scene.command(scene.tuan, scene.desk, "desk setup", &[]).await;
        let line = told.text().lines().find(|line| line.contains('✗')).map(str::to_owned).unwrap_or_default();
        assert!(line.contains(&format!("<#{}>", scene.desk)), "{}", told.text());
        assert!(line.contains("Tạo luồng công khai") && line.contains("Nhúng liên kết"), "{line}");
        assert!(!line.contains("Gửi tin nhắn,"), "only what is missing: {line}");
        scene.sandbox().deny_bot(scene.desk, 0);
        let told = scene.command(scene.tuan, scene.desk, "desk setup", &[]).await;
        assert!(!told.text().contains('✗'), "{}", told.text());
    })
    .await;
}

#[tokio::test]
async fn only_a_manager_sets_up() {
    scene(async |scene| {
        for path in ["desk setup", "desk panel"] {
            let told = scene.command(scene.mike, scene.desk, path, &[]).await;
            assert!(told.ephemeral && told.text().contains("Manage Server"), "{path}: {}", told.text());
        }
        assert_eq!(scene.times(scene.intake, "lắng nghe"), 1, "the one panel of before");
    })
    .await;
}
