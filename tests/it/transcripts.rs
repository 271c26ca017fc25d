//! What a customer and a member of staff saw of a typical complaint, word for word, in both languages.

use langnghe::domain::settings::Setup;
use langnghe::kernel::ids::GuildId;
use langnghe::kernel::lang::Lang;
use langnghe::sandbox::{Tongue, TranscriptOptions};
use serde_json::json;

use crate::scene::{HOUR, MINUTE, Scene, scene};
use crate::seeing::DM;

/// Compares with the file beside this one; `LANGNGHE_WRITE_TRANSCRIPTS=1` writes it anew, to be read before it is kept.
fn compare(name: &str, seen: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/transcripts").join(name);
    if std::env::var_os("LANGNGHE_WRITE_TRANSCRIPTS").is_some() {
        std::fs::write(&path, seen).expect("the transcript is written");
    }
    let kept = std::fs::read_to_string(&path).expect("the transcript is kept");
    let differs = kept.lines().zip(seen.lines()).position(|(kept, seen)| kept != seen);
    assert!(kept == seen, "{name} differs from line {:?}:\n{seen}", differs.map(|line| line + 1));
}

/// A transcript without what differs from run to run.
fn steady(scene: &Scene, user: u64) -> String {
    without_bars(&scene.seen_by(user)).replace(&scene.sandbox().origin(), "http://sandbox")
}

/// Without the edits of action bars, which say after each step once more how all stands.
fn without_bars(seen: &str) -> String {
    let mut kept = String::new();
    let mut lines = seen.lines().peekable();
    while let Some(line) = lines.next() {
        let next = lines.peek().copied().unwrap_or_default().trim_start();
        let is_bar = next.starts_with("**Next step") || next.starts_with("**Việc tiếp theo");
        let is_edit = line.ends_with("(edited)") || line.ends_with("(đã sửa)");
        if is_bar && is_edit {
            while lines.next_if(|line| line.starts_with("    ")).is_some() {}
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    kept
}

/// The desk's own language is English from now on.
async fn in_english(scene: &Scene) {
    let setup = Setup { locale: Some(Lang::En), ..Setup::default() };
    let desk = scene.stage.bot().expect("the bot runs").desk();
    desk.setups().set_up(GuildId(scene.guild), &setup).await.expect("the set-up is stored");
}

/// What a customer and staff say, in their language.
struct Says {
    customer: u64,
    staff: u64,
    words: &'static str,
    reply: &'static str,
    more: &'static str,
    outcome: &'static str,
    yes: &'static str,
    add: &'static str,
    word: &'static str,
}

async fn play(scene: &Scene, says: &Says) {
    let thread = scene.filed(says.customer, says.words).await;
    scene.advance(10 * MINUTE).await;
    scene.command(says.staff, thread, "case claim", &[]).await;
    scene.command(says.staff, thread, "reply", &[("text", json!(says.reply))]).await;
    scene.advance(20 * MINUTE).await;
    scene.say(says.customer, DM, says.more).await;
    scene.advance(HOUR).await;
    scene.command(says.staff, thread, "case resolve", &[("outcome", json!(says.outcome))]).await;
    let dm = scene.dm(says.customer);
    scene.advance(5 * MINUTE).await;
    scene.press(says.customer, dm, "5 ★").await;
    scene.press(says.customer, dm, says.yes).await;
    scene.press_and_fill(says.customer, dm, says.add, &[("text", says.word)]).await;
}

#[tokio::test]
async fn a_vietnamese_complaint_reads_well_on_both_sides() {
    scene(async |scene| {
        let says = Says {
            customer: scene.an,
            staff: scene.lan,
            words: "Nhà em mất mạng từ tối qua, gọi tổng đài không ai nghe máy",
            reply: "Dạ em là Lan, em xin lỗi vì anh phải chờ. Em đang kiểm tra đường truyền nhà mình ạ.",
            more: "Đèn đỏ nháy liên tục em nhé",
            outcome: "Đã thay dây cáp đầu nhà, mạng ổn định lại lúc 10 giờ.",
            yes: "Rồi",
            add: "Viết thêm",
            word: "Bạn Lan nhiệt tình",
        };
        play(scene, &says).await;
        compare("vi-customer.txt", &steady(scene, says.customer));
        compare("vi-staff.txt", &steady(scene, says.staff));
    })
    .await;
}

#[tokio::test]
async fn an_english_complaint_reads_well_on_both_sides() {
    scene(async |scene| {
        in_english(scene).await;
        let says = Says {
            customer: scene.bob,
            staff: scene.mike,
            words: "My internet has been down since last night and nobody answers the phone",
            reply: "Hello, this is Mike. I am sorry that you had to wait; I am checking your line now.",
            more: "The light on the box is red",
            outcome: "The cable to your house was replaced; the line is stable since 10 o'clock.",
            yes: "Yes",
            add: "Add a word",
            word: "Mike was very kind",
        };
        play(scene, &says).await;
        compare("en-customer.txt", &steady(scene, says.customer));
        compare("en-staff.txt", &steady(scene, says.staff));
    })
    .await;
}

/// What a customer and staff say through the four steps, in their language.
struct Steps {
    customer: u64,
    staff: u64,
    words: &'static str,
    read: [(&'static str, &'static str); 3],
    right: &'static str,
    question: &'static str,
    answer: [&'static str; 2],
    proposal: [(&'static str, &'static str); 5],
    send: &'static str,
    letter: &'static str,
    choose: &'static str,
    kept: [&'static str; 2],
    outcome: &'static str,
    yes: &'static str,
}

/// Recorded, consulted, talked about, agreed and kept.
async fn four_steps(scene: &Scene, says: &Steps) {
    let thread = scene.filed(says.customer, says.words).await;
    scene.command_and_fill(says.staff, thread, "case read", &[], &says.read).await;
    let dm = scene.dm(says.customer);
    scene.press(says.customer, dm, says.right).await;
    scene.command(says.staff, thread, "case ask", &[("question", json!(says.question))]).await;
    scene.advance(2 * MINUTE).await;
    let [answer, said] = says.answer;
    scene.press_and_fill(says.customer, dm, answer, &[("text", said)]).await;
    scene.advance(3 * MINUTE).await;
    scene.command_and_fill(says.staff, thread, "case propose", &[], &says.proposal).await;
    scene.press_and_fill(says.staff, thread, says.send, &[("text", says.letter)]).await;
    scene.press(says.customer, dm, says.choose).await;
    scene.advance(3 * HOUR).await;
    scene.command(says.staff, thread, "case promises", &[]).await;
    let [kept, how] = says.kept;
    scene.press_and_fill(says.staff, thread, kept, &[("text", how)]).await;
    scene.command(says.staff, thread, "case resolve", &[("outcome", json!(says.outcome))]).await;
    scene.advance(10 * MINUTE).await;
    scene.press(says.customer, dm, "5 ★").await;
    scene.press(says.customer, dm, says.yes).await;
}

#[tokio::test]
async fn the_four_steps_read_well_in_vietnamese() {
    scene(async |scene| {
        let says = Steps {
            customer: scene.an,
            staff: scene.lan,
            words: "Nhà em mất mạng từ tối qua, gọi tổng đài không ai nghe máy",
            read: [
                ("summary", "Mất mạng từ tối 22/11, gọi tổng đài không ai nghe"),
                ("category", "Mất kết nối"),
                ("severity", "Nặng"),
            ],
            right: "Đúng rồi",
            question: "los-light",
            answer: ["Trả lời", "Đèn LOS đỏ, nháy liên tục"],
            proposal: [
                ("first", "Kỹ thuật viên đến thay dây; nhà cần có người"),
                ("first_when", "17h hôm nay"),
                ("second", "Anh nhận dây mới ở cửa hàng và tự thay"),
                ("second_when", "9h sáng mai"),
                ("remark", "1: dây đi sau tủ, khó tự thay"),
            ],
            send: "Gửi khách chọn",
            letter: "Dạ em cảm ơn anh đã chờ, và em xin lỗi vì anh gọi mà không ai nghe máy. Anh chọn giúp em một cách nhé:",
            choose: "Chọn 1",
            kept: ["1 · Đã giữ lời", "Dây mới đã kéo xong, em đo tín hiệu tốt."],
            outcome: "Kỹ thuật viên đã thay dây, mạng ổn định từ 11 giờ.",
            yes: "Rồi",
        };
        four_steps(scene, &says).await;
        tour(scene, "vi-tour.txt", Tongue::Vietnamese);
        compare("vi-steps-customer.txt", &steady(scene, says.customer));
        compare("vi-steps-staff.txt", &steady(scene, says.staff));
    })
    .await;
}

#[tokio::test]
async fn the_four_steps_read_well_in_english() {
    scene(async |scene| {
        in_english(scene).await;
        let says = Steps {
            customer: scene.bob,
            staff: scene.mike,
            words: "My internet has been down since last night and nobody answers the phone",
            read: [
                ("summary", "No Internet since the evening of 22 November; the hotline did not answer"),
                ("category", "Connection lost"),
                ("severity", "High"),
            ],
            right: "That's right",
            question: "los-light",
            answer: ["Answer", "The LOS light is red and blinking"],
            proposal: [
                ("first", "A technician comes and replaces the cable; somebody must be at home"),
                ("first_when", "today 5pm"),
                ("second", "You collect a new cable at the shop and replace it yourself"),
                ("second_when", "tomorrow 9am"),
                ("remark", "1: the cable runs behind a cupboard"),
            ],
            send: "Send to the customer",
            letter: "Thank you for waiting, and I am sorry that nobody picked up the phone. Please choose what suits you:",
            choose: "Choose 1",
            kept: ["1 · Kept", "The new cable is in, and the signal is good."],
            outcome: "The technician replaced the cable; the line is stable since 11 o'clock.",
            yes: "Yes",
        };
        four_steps(scene, &says).await;
        tour(scene, "en-tour.txt", Tongue::English);
        compare("en-steps-customer.txt", &steady(scene, says.customer));
        compare("en-steps-staff.txt", &steady(scene, says.staff));
    })
    .await;
}

/// Both sides in one, as the manual shows it: the customer's line and the thread, without the forms and the card in the desk
/// channel, which changes with every step.
fn tour(scene: &Scene, name: &str, tongue: Tongue) {
    let options = TranscriptOptions { tongue, ..TranscriptOptions::default() };
    let seen = without_bars(&scene.sandbox().transcript(options));
    let mut entries: Vec<String> = Vec::new();
    for line in seen.lines() {
        match line.strip_prefix("[") {
            Some(_) => entries.push(line.to_owned()),
            None => entries.last_mut().expect("a heading comes first").push_str(&format!("\n{line}")),
        }
    }
    let thread = scene.sandbox().threads(scene.desk)[0]["name"].as_str().expect("its name").to_owned();
    entries.retain(|entry| {
        let heading = entry.lines().next().unwrap_or_default();
        !heading.contains("#desk") && !heading.contains('“') && !entry.contains("/desk panel")
    });
    // The panel stands there before anything happens.
    let told = entries.split_off(1).join("\n").replace(&format!("#{thread}"), "#1");
    compare(name, &format!("{told}\n"));
    let page = match tongue {
        Tongue::Vietnamese => include_str!("../../config/manual/vi/staff.md"),
        Tongue::English => include_str!("../../config/manual/en/staff.md"),
    };
    assert!(page.contains(&told), "the manual's page for staff shows another procedure than {name}");
}

/// What somebody asks about their own data, and what a manager answers, in their language.
struct Own {
    customer: u64,
    staff: u64,
    words: &'static str,
    wish: &'static str,
    outcome: &'static str,
    yes: &'static str,
    /// Export, erase, erase now, something else, answer.
    buttons: [&'static str; 5],
    asked: &'static str,
    answer: &'static str,
}

/// Seen, exported, erased; then something that a person has to answer.
async fn own_data(scene: &Scene, says: &Own) {
    let values = [("words", says.words), ("wish", says.wish), ("contact", "HD 123456")];
    scene.press_and_fill(says.customer, scene.intake, "Gửi khiếu nại", &values).await;
    let thread = crate::scene::id(&scene.sandbox().threads(scene.desk)[0]["id"]);
    scene.command(says.staff, thread, "case resolve", &[("outcome", json!(says.outcome))]).await;
    let dm = scene.dm(says.customer);
    scene.press(says.customer, dm, "4 ★").await;
    scene.press(says.customer, dm, says.yes).await;
    let [export, erase, now, other, answer] = says.buttons;
    scene.command(says.customer, dm, "my-data", &[]).await;
    scene.press(says.customer, dm, export).await;
    scene.press_and_fill(says.customer, dm, other, &[("text", says.asked)]).await;
    scene.press(says.customer, dm, erase).await;
    scene.press(says.customer, dm, now).await;
    scene.advance(HOUR).await;
    scene.press_and_fill(scene.tuan, scene.managers, answer, &[("text", says.answer)]).await;
}

#[tokio::test]
async fn a_persons_own_data_reads_well_in_vietnamese() {
    scene(async |scene| {
        let says = Own {
            customer: scene.an,
            staff: scene.lan,
            words: "Nhà em mất mạng từ tối qua",
            wish: "Bớt cước tháng này",
            outcome: "Đã thay dây cáp đầu nhà.",
            yes: "Rồi",
            buttons: ["Xuất dữ liệu", "Xóa", "Xóa ngay", "Yêu cầu khác", "Trả lời"],
            asked: "Tên em là Nguyễn Văn Ân, hồ sơ ghi sai. Nhờ sửa giúp.",
            answer: "Dạ bên em đã sửa tên anh thành Nguyễn Văn Ân trong hồ sơ. Em cảm ơn anh đã báo.",
        };
        own_data(scene, &says).await;
        compare("vi-data-customer.txt", &steady(scene, says.customer));
        compare("vi-data-manager.txt", &steady(scene, scene.tuan));
    })
    .await;
}

#[tokio::test]
async fn a_persons_own_data_reads_well_in_english() {
    scene(async |scene| {
        in_english(scene).await;
        scene.sandbox().set_locale(scene.tuan, "en-US");
        let says = Own {
            customer: scene.bob,
            staff: scene.mike,
            words: "My internet has been down since last night",
            wish: "A discount this month",
            outcome: "The cable to your house was replaced.",
            yes: "Yes",
            buttons: ["Export", "Erase", "Erase now", "Something else", "Answer"],
            asked: "My name is Robert Tran, please correct it.",
            answer: "We have corrected your name to Robert Tran. Thank you for telling us.",
        };
        own_data(scene, &says).await;
        compare("en-data-customer.txt", &steady(scene, says.customer));
        compare("en-data-manager.txt", &steady(scene, scene.tuan));
    })
    .await;
}
