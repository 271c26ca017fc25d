//! A manager who tries ten ways to approve their own 50,000,000 đ: all fail, and all are written down.

use langnghe::domain::ledger::Overreach;
use langnghe::features::authority::Grant;
use langnghe::kernel::people::Grade;
use serde_json::json;

use crate::scene::{HOUR, Scene, each_scene};

const FIFTY: &str = "Bên em sẽ hoàn cho anh 50.000.000đ";

impl Scene {
    /// Tuấn proposes to give 50,000,000 away, which only head office may.
    async fn proposes_fifty(&self, thread: u64) {
        let values = [("first", "Hoàn cho khách 50.000.000đ"), ("remark", "khách quen")];
        let said = self.command_and_fill(self.tuan, thread, "case propose", &[], &values).await;
        assert!(said.text().contains("Cần hội sở đồng ý"), "{}", said.text());
    }

    /// What Tuấn is told who agrees to the latest proposal.
    async fn agrees(&self, thread: u64) -> String {
        let told = self.press(self.tuan, thread, "Đồng ý").await;
        assert!(told.ephemeral, "it is no record: {}", told.text());
        told.text().to_owned()
    }

    async fn overreaches(&self) -> usize {
        let mut all = 0;
        for why in [Overreach::FourEyes, Overreach::Role, Overreach::Offer, Overreach::SetUp] {
            all += self.overreached(self.tuan, why).await;
        }
        all
    }
}

each_scene!(faults_f_ten_ways, async |scene| {
    let thread = scene.filed(scene.an, "Mất mạng cả tháng, tôi đòi bồi thường").await;
    let head_office = scene.head_office_role;
    scene.proposes_fifty(thread).await;
    let mut written = scene.overreaches().await;
    let mut fails = async |scene: &Scene, way: &str, said: String, because: &str| {
        assert!(said.contains(because), "{way}: {said}");
        let now = scene.overreaches().await;
        assert!(now > written, "{way} is not written down");
        written = now;
    };

    // 1: the set-up. The role that decides becomes their own.
    let mine = [("head-office-role", json!(scene.manager_role.to_string()))];
    let said = scene.command(scene.tuan, scene.desk, "desk setup", &mine).await.text().to_owned();
    fails(scene, "set-up", said, "Manage Server").await;
    fails(scene, "set-up, then agreeing", scene.agrees(thread).await, "hội sở").await;

    // 2: the configuration in force. What was written under a lax table is agreed to under today's.
    let table = scene.stage.config().policy().authority.clone();
    let lax = Grant { role: Grade::Manager, kinds: Vec::new(), up_to: Some(90_000_000), up_to_percent: None };
    scene.configured(|config| config.policy_mut().authority.push(lax)).await;
    let values = [("first", "Miễn cước cho khách 50.000.000đ"), ("remark", "khách quen")];
    scene.command_and_fill(scene.lan, thread, "case propose", &[], &values).await;
    scene.configured(|config| config.policy_mut().authority = table).await;
    fails(scene, "configuration in force", scene.agrees(thread).await, "hội sở").await;

    // 3: a role in between. The proposal is still their own, whatever they are by now.
    scene.proposes_fifty(thread).await;
    scene.sandbox().set_roles(scene.tuan, scene.guild, vec![scene.manager_role, head_office]);
    fails(scene, "role in between", scene.agrees(thread).await, "Không ai tự đồng ý").await;

    // 4: colleagues left idle, even where the file lets the only manager agree: head office has looked in.
    scene.configured(|config| config.policy_mut().approve_alone = true).await;
    scene.advance(20 * 24 * HOUR).await;
    scene.command(scene.ha, scene.desk, "case list", &[]).await;
    scene.advance(29 * 24 * HOUR).await;
    fails(scene, "colleagues left idle", scene.agrees(thread).await, "Không ai tự đồng ý").await;
    scene.sandbox().set_roles(scene.tuan, scene.guild, vec![scene.manager_role]);
    scene.configured(|config| config.policy_mut().approve_alone = false).await;

    // 5: a reason, with which a manager lets words pass.
    let allowed = [("text", json!(FIFTY)), ("allow", json!("khách quen"))];
    let said = scene.command(scene.tuan, thread, "reply", &allowed).await.text().to_owned();
    fails(scene, "allow", said, "hội sở").await;

    // 6 and 7: hidden letters, look-alikes, quotation.
    for text in [
        "Bên em sẽ ho\u{200b}àn cho anh 50\u{2060}.000.000đ",
        "Bên em sẽ hоàn cho anh 50.000.000đ",
        "“Bên em sẽ hoàn cho anh 50.000.000đ”",
        "> Bên em sẽ hoàn cho anh 50.000.000đ",
    ] {
        let said = scene.command(scene.tuan, thread, "reply", &[("text", json!(text))]).await;
        fails(scene, "under a cover", said.text().to_owned(), "hội sở").await;
    }

    // 8: the summary that the customer is to confirm.
    let summary = [("summary", FIFTY), ("severity", "Nặng")];
    let said = scene.command_and_fill(scene.tuan, thread, "case read", &[], &summary).await;
    fails(scene, "summary", said.text().to_owned(), "hội sở").await;

    // 9: the area of an incident, which every customer reads.
    let declared = [
        ("playbook", json!("cable-cut")),
        ("area", json!("TP.HCM, hoàn 50.000.000đ mỗi nhà")),
        ("next-update", json!("30m")),
    ];
    let path = "incident declare";
    let fill = [("since", "8:30")];
    let said = scene.command_and_fill(scene.tuan, scene.managers, path, &declared, &fill).await;
    fails(scene, "incident", said.text().to_owned(), "hội sở").await;

    // 10: split over two remedies, so that each is half of it.
    let halves = [
        ("first", "Hoàn cho khách 25.000.000đ"),
        ("second", "Bồi thường cho khách 25.000.000đ"),
        ("remark", "1"),
    ];
    let said = scene.command_and_fill(scene.tuan, thread, "case propose", &[], &halves).await;
    assert!(said.text().contains("Cần hội sở đồng ý"), "{}", said.text());
    fails(scene, "split", scene.agrees(thread).await, "hội sở").await;

    let seen = scene.seen_by(scene.an);
    assert!(!seen.contains("50.000.000") && !seen.contains("25.000.000"), "{seen}");
});
