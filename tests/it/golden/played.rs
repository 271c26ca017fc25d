//! A desk on which nearly everything has happened, with letters that wait since Discord answers nobody at the end.

use langnghe::sandbox::rules::fault::{Fault, FaultKind};
use langnghe::sandbox::{PersonSpec, Place, Say};
use serde_json::{Value, json};

use crate::scene::{HOUR, MINUTE, Scene, id};
use crate::seeing::DM;

/// More people, made right after the scene's own, so that each desk gives them the same ids.
pub struct People {
    /// Staff, of whom somebody complains.
    pub minh: u64,
    /// Customers.
    pub more: Vec<u64>,
}

impl People {
    /// Makes them.
    pub fn join(scene: &Scene) -> Self {
        let person = |name: &str, label: &str, roles: Vec<u64>| {
            scene.sandbox().make_person(PersonSpec {
                guild: scene.guild,
                name: name.to_owned(),
                locale: "vi".to_owned(),
                label: label.to_owned(),
                roles,
                dms_open: true,
            })
        };
        Self {
            minh: person("Trần Văn Minh", "staff", vec![scene.staff_role]),
            more: (1..=11).map(|number| person(&format!("Khách {number}"), "customer", vec![])).collect(),
        }
    }
}

const SLOW: &str = "Vào Facebook với YouTube chậm kinh khủng";

impl Scene {
    /// Everything that a desk can live through in some days, and then Discord is gone.
    pub async fn plays_everything(&self, people: &People) {
        self.whole_procedure().await;
        self.said_no().await;
        self.two_become_one(people.more[0]).await;
        self.by_voice().await;
        self.about_somebody(people.minh, people.more[1]).await;
        self.worst_hour(&people.more[2..9]).await;
        self.own_data(people.more[0], people.more[1]).await;
        self.closed_door(people.more[9]).await;
        self.advance(3 * 24 * HOUR).await;
        self.nobody_answers(people).await;
    }

    async fn lan_does(&self, thread: u64, path: &str, options: &[(&str, Value)]) {
        self.command(self.lan, thread, path, options).await;
    }

    async fn reads(&self, thread: u64, severity: &str) {
        let read = [("summary", "Mất mạng từ tối 22/11"), ("severity", severity), ("vulnerable", "có")];
        self.command_and_fill(self.lan, thread, "case read", &[], &read).await;
    }

    /// From the filing to the rating, twice.
    async fn whole_procedure(&self) {
        let values =
            [("words", "Nhà em mất mạng từ tối qua"), ("wish", "Sửa hôm nay"), ("contact", "HD-2024-556677")];
        self.press_and_fill(self.an, self.intake, "Gửi khiếu nại", &values).await;
        let thread = id(&self.sandbox().threads(self.desk)[0]["id"]);
        self.press(self.lan, self.desk, "Nhận").await;
        self.reads(thread, "Nặng").await;
        let dm = self.dm(self.an);
        self.press(self.an, dm, "Đúng rồi").await;
        let photo = vec![("đèn đỏ.jpg".to_owned(), vec![7; 64])];
        let said = Say { text: "Con em học trực tuyến".to_owned(), files: photo, ..Say::default() };
        let said = self.say(self.an, DM, said).await;
        self.sandbox().edit_message(self.an, dm, said, "Con em học trực tuyến tối nay").expect("their own");
        self.settle().await;
        self.lan_does(thread, "case ask", &[("question", json!("los-light"))]).await;
        self.press_and_fill(self.an, dm, "Trả lời", &[("text", "Đèn đỏ, nháy liên tục")]).await;
        self.lan_does(thread, "case wait", &[("reason", json!("chờ khách về nhà"))]).await;
        self.advance(HOUR).await;
        self.lan_does(thread, "case resume", &[]).await;
        let two = [
            ("first", "Thay dây tại nhà"),
            ("first_when", "9h sáng mai"),
            ("second", "Nhận dây ở cửa hàng, hoàn lại cho khách 300.000đ"),
            ("remark", "1: dây nằm sau tủ"),
        ];
        self.command_and_fill(self.lan, thread, "case propose", &[], &two).await;
        self.press_and_fill(self.tuan, thread, "Sửa", &[("text", "Ghi rõ tháng nào")]).await;
        self.command_and_fill(self.lan, thread, "case propose", &[], &two).await;
        self.press(self.tuan, thread, "Đồng ý").await;
        let sent = [("text", "Cảm ơn anh đã chờ. Em gửi anh hai cách ạ.")];
        self.press_and_fill(self.lan, thread, "Gửi khách chọn", &sent).await;
        self.press(self.an, dm, "Gặp quản lý").await;
        self.press(self.tuan, self.managers, "Tôi nói chuyện với khách").await;
        self.press(self.tuan, self.managers, "Đã nói chuyện").await;
        self.press(self.an, dm, "Chọn 1").await;
        let visit =
            [("what", json!("gọi lại")), ("when", json!("2026-11-25 16:00")), ("appointment", json!("call"))];
        self.lan_does(thread, "case promise", &visit).await;
        self.lan_does(thread, "case promises", &[]).await;
        self.press_and_fill(
            self.lan,
            thread,
            "2 · Dời hẹn",
            &[("when", "2026-11-26 10:00"), ("text", "bận")],
        )
        .await;
        self.advance(30 * HOUR).await;
        self.lan_does(thread, "case promises", &[]).await;
        self.keeps(self.lan, thread, "1").await;
        self.lan_does(thread, "case promises", &[]).await;
        self.keeps(self.lan, thread, "2").await;
        self.lan_does(thread, "case note", &[("text", json!("dây cũ bị chuột cắn"))]).await;
        self.lan_does(
            thread,
            "case classify",
            &[("category", json!("connection-lost")), ("severity", json!("critical"))],
        )
        .await;
        self.lan_does(thread, "reply", &[("text", json!("Dạ em vừa thay dây ạ."))]).await;
        self.lan_does(thread, "case resolve", &[("outcome", json!("Đã thay dây."))]).await;
        self.press(self.an, dm, "2 ★").await;
        self.press(self.an, dm, "Chưa").await;
        self.press_and_fill(self.an, dm, "Viết thêm", &[("text", "tối qua lại mất")]).await;
        self.lan_does(thread, "case reopen", &[("reason", json!("khách báo chưa được"))]).await;
        self.lan_does(thread, "reply", &[("text", json!("Dạ em xin lỗi anh, em xem lại ngay ạ."))]).await;
        self.lan_does(thread, "case resolve", &[("outcome", json!("Đã thay modem."))]).await;
        let voucher = [("kind", json!("voucher")), ("value", json!("200k")), ("text", json!("Cảm ơn anh"))];
        self.lan_does(thread, "case goodwill", &voucher).await;
        self.press(self.tuan, thread, "Đồng ý và gửi khách").await;
        self.press(self.an, dm, "5 ★").await;
        self.press(self.an, dm, "Rồi").await;
    }

    /// A refusal that is given back, agreed to, objected to, and a withdrawal.
    async fn said_no(&self) {
        let thread = self.filed(self.bob, "I want a new phone, the line is dead").await;
        self.reads(thread, "Thường").await;
        let no = [
            ("reason", "Máy không thuộc hợp đồng"),
            ("basis", "Điều 5 hợp đồng"),
            ("recourse", "Anh bấm nút bên dưới."),
        ];
        self.command_and_fill(self.lan, thread, "case refuse", &[], &no).await;
        self.press_and_fill(self.tuan, thread, "Sửa", &[("text", "Ghi thêm kết quả đo")]).await;
        self.command_and_fill(self.lan, thread, "case refuse", &[], &no).await;
        self.press(self.tuan, thread, "Đồng ý và gửi khách").await;
        let dm = self.dm(self.bob);
        self.press_and_fill(self.bob, dm, "I do not agree", &[("text", "My contract says otherwise")]).await;
        self.say(self.bob, DM, "you idiots, fuck you").await;
        self.press(self.lan, thread, "Báo cấp trên").await;
        self.press(self.lan, thread, "Nghỉ 5 phút").await;
        let options = [("medium", json!("phone")), ("reason", json!("khách báo đã ổn"))];
        self.lan_does(thread, "case withdraw", &options).await;
        self.say(self.bob, DM, "no, it is dead again").await;
    }

    async fn two_become_one(&self, customer: u64) {
        self.filed(customer, "Mất mạng từ sáng").await;
        let second = self.filed(customer, "Vẫn mất mạng, gọi mãi không được").await;
        let known = [("question", json!("since-when")), ("answer", json!("từ 6 giờ sáng"))];
        self.lan_does(second, "case ask", &known).await;
        let promise = [("what", json!("gọi cho khách")), ("when", json!("2026-11-30 16:00"))];
        self.lan_does(second, "case promise", &promise).await;
        let number = self.sandbox().threads(self.desk).len() - 1;
        self.lan_does(second, "case merge", &[("number", json!(number))]).await;
    }

    async fn by_voice(&self) {
        let values =
            [("name", "Bà Sáu"), ("words", "Hóa đơn tháng này tính sai"), ("contact", "0901 234 567")];
        self.command_and_fill(self.lan, self.desk, "case log", &[("medium", json!("phone"))], &values).await;
        let thread = self.sandbox().threads(self.desk).last().map(|held| id(&held["id"])).expect("a thread");
        self.reads(thread, "Thường").await;
        self.press(self.lan, thread, "Đã báo khách").await;
        let more = [("text", "Thợ chưa đến con ơi")];
        self.command_and_fill(self.mike, thread, "case log", &[("medium", json!("phone"))], &more).await;
    }

    async fn about_somebody(&self, minh: u64, customer: u64) {
        let thread = self.filed(customer, "Anh Trần Văn Minh bên kỹ thuật quát tôi qua điện thoại").await;
        self.press(minh, self.desk, "Nhận").await;
        self.lan_does(thread, "case resolve", &[("outcome", json!("Đã gọi xin lỗi anh."))]).await;
        let dm = self.dm(customer);
        self.press(customer, dm, "1 ★").await;
        self.press(customer, dm, "Chưa").await;
        self.press_and_fill(customer, dm, "Viết thêm", &[("text", "vẫn chưa ai xin lỗi tôi")]).await;
    }

    async fn worst_hour(&self, people: &[u64]) {
        let options =
            [("playbook", json!("cable-cut")), ("area", json!("TP.HCM")), ("next-update", json!("30m"))];
        let since = [("since", "8:30")];
        self.command_and_fill(self.tuan, self.managers, "incident declare", &options, &since).await;
        self.press(self.ha, self.managers, "Duyệt").await;
        for person in people {
            self.file(*person, SLOW).await;
        }
        self.advance(4_000).await;
        let news = [("next_update", "23:00"), ("news", "Đã chuyển bớt lưu lượng sang tuyến khác.")];
        let options = [("incident", json!("1"))];
        self.command_and_fill(self.tuan, self.managers, "incident update", &options, &news).await;
        self.press(self.ha, self.managers, "Duyệt").await;
        self.press(self.lan, self.desk, "Mở hồ sơ chờ lâu nhất").await;
        self.advance(3 * HOUR).await;
    }

    /// One exports and asks, the other one is erased.
    async fn own_data(&self, asks: u64, leaves: u64) {
        self.command(asks, self.intake, "my-data", &[]).await;
        self.press_and_fill(asks, self.intake, "Yêu cầu khác", &[("text", "Sửa tên giúp tôi")]).await;
        let answer = [("text", "Dạ em đã sửa ạ.")];
        self.press_and_fill(self.tuan, self.managers, "Trả lời", &answer).await;
        self.command(leaves, self.intake, "my-data", &[]).await;
        self.press(leaves, self.intake, "Xóa").await;
        self.press(leaves, self.intake, "Xóa ngay").await;
    }

    /// Somebody whose direct messages are closed, and somebody who has not sent what they wrote.
    async fn closed_door(&self, customer: u64) {
        self.sandbox().set_dms_open(customer, false);
        let thread = self.filed(customer, "Modem nóng và tự tắt").await;
        self.lan_does(thread, "reply", &[("text", json!("Dạ em đã nhận ạ."))]).await;
        self.say(self.tuan, DM, "Cho hỏi về hóa đơn nhà tôi").await;
        self.advance(2 * MINUTE).await;
    }

    /// Discord answers nobody but those who press: all that is to be told waits.
    async fn nobody_answers(&self, people: &People) {
        for method in ["POST", "PATCH", "PUT"] {
            let path_contains = Some("/channels".to_owned());
            let kind = FaultKind::Status(503);
            self.sandbox().fault(Fault {
                method: Some(method.to_owned()),
                path_contains,
                times: u32::MAX,
                kind,
            });
        }
        let values = [("words", "Cước tháng này tăng gấp đôi"), ("contact", "0912 345 678")];
        let (customer, place) = (people.more[10], Place::Channel(self.intake));
        let photo = vec![("file".to_owned(), "hóa đơn.jpg".to_owned(), vec![9; 80])];
        let made = self.sandbox().command_with_files(customer, place, "complain", &[], photo);
        let (form_of, _) = self.outcome(made).await;
        self.outcome(self.sandbox().submit(customer, form_of, &values)).await;
        self.file(self.bob, "My bill is wrong again").await;
        let values = [("name", "Ông Tư"), ("words", "Modem kêu to"), ("contact", "0903 111 222")];
        self.command_and_fill(self.lan, self.desk, "case log", &[("medium", json!("mail"))], &values).await;
        let options = [("playbook", json!("cable-cut")), ("area", json!("Hà Nội"))];
        let rest = [("since", "8:30"), ("next_update", "23:30")];
        self.command_and_fill(self.tuan, self.managers, "incident declare", &options, &rest).await;
        self.command(people.more[0], self.intake, "my-data", &[]).await;
        self.press_and_fill(people.more[0], self.intake, "Yêu cầu khác", &[("text", "Cho tôi bản sao")])
            .await;
        self.advance(2 * MINUTE).await;
    }
}
