//! The case file: who may make it, what stands in it, and that nothing in it breaks the page.

use langnghe::sandbox::Answer;
use serde_json::{Value, json};

use crate::scene::{HOUR, Scene, each_scene};
use crate::seeing::DM;

impl Scene {
    /// The page that somebody gets, or what they are told instead.
    pub async fn page(&self, user: u64, channel: u64, options: &[(&str, Value)]) -> Result<String, String> {
        let answer: Answer = self.command(user, channel, "case file", options).await;
        assert!(answer.ephemeral, "nobody else sees it");
        let message = answer.message.clone().expect("a message");
        let Some(file) = message["attachments"].as_array().and_then(|files| files.first()) else {
            return Err(answer.text().to_owned());
        };
        assert!(file["filename"].as_str().is_some_and(|name| name.starts_with("case-0")), "{file}");
        let url = file["url"].as_str().expect("where it lies");
        let bytes = reqwest::get(url).await.expect("it is there").bytes().await.expect("its bytes");
        Ok(String::from_utf8(bytes.to_vec()).expect("text"))
    }

    /// A complaint through all that can happen to one. Returns its thread.
    async fn long_life(&self) -> u64 {
        let values = [
            ("words", "Mất mạng <b>từ tối</b> & cả nhà"),
            ("wish", "Sửa trong hôm nay"),
            ("contact", "HD-2024-556677"),
        ];
        self.press_and_fill(self.an, self.intake, "Gửi khiếu nại", &values).await;
        let thread = crate::scene::id(&self.sandbox().threads(self.desk)[0]["id"]);
        let read = [("summary", "Mất mạng từ tối 22/11"), ("severity", "Nặng"), ("vulnerable", "có")];
        self.command_and_fill(self.lan, thread, "case read", &[], &read).await;
        let dm = self.dm(self.an);
        self.press(self.an, dm, "Đúng rồi").await;
        let said = self.say(self.an, DM, "Con em học trực tuyến").await;
        self.sandbox().edit_message(self.an, dm, said, "Con em học trực tuyến tối nay").expect("their own");
        self.settle().await;
        let two = [
            ("first", "Thay dây tại nhà"),
            ("first_when", "9h sáng mai"),
            ("second", "Nhận dây ở cửa hàng"),
            ("remark", "1: dây nằm sau tủ"),
        ];
        self.command_and_fill(self.lan, thread, "case propose", &[], &two).await;
        let sent = [("text", "Em gửi anh hai cách ạ.")];
        self.press_and_fill(self.lan, thread, "Gửi khách chọn", &sent).await;
        self.press(self.an, dm, "Chọn 1").await;
        self.advance(30 * HOUR).await;
        self.command(self.lan, thread, "case promises", &[]).await;
        self.press(self.lan, thread, "1 · Đã giữ lời").await;
        self.command(self.lan, thread, "case note", &[("text", json!("dây cũ bị chuột cắn"))]).await;
        self.command(self.lan, thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        self.press(self.an, dm, "4 ★").await;
        self.press(self.an, dm, "Rồi").await;
        thread
    }
}

each_scene!(everything_that_happened_stands_in_it_in_order, async |scene| {
    scene.long_life().await;
    let number = [("number", json!(1))];
    let page = scene.page(scene.lan, scene.desk, &number).await.expect("a page");
    for part in [
        "<html lang=\"vi\">",
        "Hồ sơ khiếu nại #1",
        "Asia/Ho_Chi_Minh",
        "Mất mạng &lt;b&gt;từ tối&lt;/b&gt; &amp; cả nhà",
        "•••677",
        "23/11/2026 09:00:00",
        "Mất mạng từ tối 22/11",
        "1. Thay dây tại nhà (24/11/2026 09:00:00) ★",
        "Xong trễ",
        "<td>Con em học trực tuyến</td>",
        "Khách sửa tin “Con em học trực tuyến” thành: Con em học trực tuyến tối nay",
        "<td>Gửi phương án cho khách: 1 · Em gửi anh hai cách ạ.</td>",
        "Ghi chú: dây cũ bị chuột cắn",
        "Lời hứa",
        "Trễ hạn",
        "4/5",
        "khách xác nhận đã ổn",
        "Xuất hồ sơ: Số hợp đồng và điện thoại: che bớt.",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    for not in ["556677", "<b>từ tối", "file-", "clock-", "<script", "://"] {
        assert!(!page.contains(not), "{not}\n{page}");
    }
    let order = ["Tiếp nhận khiếu nại:", "Đã đọc và ghi nhận:", "Gửi phương án cho khách:", "Khép lại:"];
    let places: Vec<usize> = order.iter().map(|fact| page.rfind(fact).expect(fact)).collect();
    assert!(places.is_sorted(), "{places:?}");
    if let Ok(folder) = std::env::var("LANGNGHE_KEEP_CASE_FILE") {
        std::fs::write(format!("{folder}/case-vi.html"), &page).expect("kept");
    }

    let whole = [("number", json!(1)), ("contact", json!("whole")), ("language", json!("en"))];
    let refused = scene.page(scene.lan, scene.desk, &whole).await.expect_err("only managers");
    assert!(refused.contains("quản lý"), "{refused}");
    let page = scene.page(scene.tuan, scene.managers, &whole).await.expect("a page");
    assert!(page.contains("HD-2024-556677") && page.contains("<html lang=\"en\">"), "{page}");
    assert!(page.contains("Case file made: Contract and telephone numbers: masked."), "{page}");
    assert!(!page.contains("file-") && !page.contains("Khách viết"), "{page}");
    if let Ok(folder) = std::env::var("LANGNGHE_KEEP_CASE_FILE") {
        std::fs::write(format!("{folder}/case-en.html"), &page).expect("kept");
    }
    let unknown = scene.page(scene.lan, scene.desk, &[("number", json!(77))]).await;
    assert!(unknown.expect_err("none").contains("Không có khiếu nại đó"));
    let other = scene.second_desk().await;
    let theirs = scene.page(other.staff, other.desk, &number).await.expect_err("another desk's");
    assert!(theirs.contains("Không có khiếu nại đó") || theirs.contains("no such complaint"), "{theirs}");
});

each_scene!(a_refusal_a_merger_and_what_was_said_by_phone_stand_in_it_too, async |scene| {
    let phoned = [("medium", json!("phone"))];
    let values =
        [("name", "Bà Sáu"), ("words", "Mất mạng \u{202e}ngược\u{7}\u{0}"), ("contact", "0901234567")];
    scene.command_and_fill(scene.lan, scene.desk, "case log", &phoned, &values).await;
    let first = crate::scene::id(&scene.sandbox().threads(scene.desk)[0]["id"]);
    scene.command_and_fill(scene.lan, scene.desk, "case log", &phoned, &values[..2]).await;
    scene.command(scene.lan, first, "case merge", &[("number", json!(2))]).await;
    let refusal = [("reason", "Dây trong nhà là của khách"), ("recourse", "Gọi lại cho em.")];
    scene.command_and_fill(scene.lan, first, "case refuse", &[], &refusal).await;
    scene.press(scene.tuan, first, "Đồng ý và gửi khách").await;
    let page = scene.page(scene.tuan, scene.desk, &[("number", json!(1))]).await.expect("a page");
    for part in [
        "nhân viên ghi lại lời khách (qua điện thoại) · Lan",
        "Nhận gộp từ: #2",
        "Soạn lời từ chối: 1 · Dây trong nhà là của khách",
        "Đồng ý từ chối: 1",
        "Cần báo khách bằng lời, số: ",
        "đã đóng: từ chối có lý do",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains('\u{7}') && !page.contains("file-"), "{page}");
    let page = scene.page(scene.tuan, scene.desk, &[("number", json!(2))]).await.expect("a page");
    assert!(page.contains("Gộp vào: #1") && page.contains("đã đóng: gộp vào khiếu nại khác"), "{page}");
});
