//! Appointments: promised with their hour, the customer is reminded before, and never at night.

use serde_json::json;

use crate::scene::{HOUR, MINUTE, Scene, each_scene, words_of};
use crate::seeing::{DM, monday};

impl Scene {
    async fn appoints(&self, thread: u64, what: &str, when: &str, how: &str) -> String {
        let options = [("what", json!(what)), ("when", json!(when)), ("appointment", json!(how))];
        self.command(self.lan, thread, "case promise", &options).await.text().to_owned()
    }

    fn reminded(&self, customer: u64) -> usize {
        self.times(self.dm(customer), "nhắc cuộc hẹn:")
    }
}

each_scene!(both_sides_are_reminded_of_an_appointment_before_it_comes, async |scene| {
    let thread = scene.filed(scene.an, "Mạng chập chờn").await;
    // Words are shown back first; the press files them as an appointment.
    scene.appoints(thread, "đo lại tốc độ cùng anh", "16h hôm nay", "call").await;
    scene.press(scene.lan, thread, "T2 23/11/2026 16:00").await;
    let dm = scene.dm(scene.an);
    let told = words_of(&scene.last(dm));
    assert!(
        told.contains("em hẹn gọi điện cho anh/chị lúc <t:") && told.contains("Trước giờ hẹn sẽ có tin nhắc"),
        "{told}"
    );
    scene.until(monday(13, 59)).await;
    assert_eq!(scene.reminded(scene.an), 0);
    scene.until(monday(14, 0)).await;
    let reminder = words_of(&scene.last(dm));
    assert!(
        reminder.contains(&format!("Lan sẽ gọi điện cho anh/chị lúc <t:{}:f>", monday(16, 0) / 1_000))
            && reminder.contains("tự động"),
        "{reminder}"
    );
    scene.until(monday(15, 30)).await;
    assert!(scene.read(thread).contains("Lời hứa: còn hạn đến"), "staff are reminded too");
    // Moved, it is reminded of again; kept, it is not.
    let moved = [("when", "19h hôm nay"), ("text", "anh bận họp")];
    scene.command(scene.lan, thread, "case promises", &[]).await;
    scene.press_and_fill(scene.lan, thread, "1 · Dời hẹn", &moved).await;
    scene.until(monday(17, 0)).await;
    assert_eq!(scene.reminded(scene.an), 2);
    let page = scene.page(scene.lan, thread, &[]).await.expect("a page");
    assert!(page.contains("Hẹn gọi điện: đo lại") && page.contains("Nhắc khách cuộc hẹn"), "{page}");
    assert!(page.contains("23/11/2026 16:00:00 · Lan: anh bận họp"), "who moved it, and why: {page}");
});

each_scene!(nobody_is_reminded_at_night_nor_of_what_they_have_just_been_told, async |scene| {
    let thread = scene.filed(scene.an, "Modem hỏng").await;
    // Two hours before half past nine is quiet: the evening before, then.
    scene.appoints(thread, "đổi modem", "2026-11-24 09:30", "visit").await;
    scene.until(monday(20, 58)).await;
    assert_eq!(scene.reminded(scene.an), 0);
    scene.until(monday(20, 59)).await;
    assert_eq!(scene.reminded(scene.an), 1);
    scene.until(monday(24 + 9, 29)).await;
    assert_eq!(scene.reminded(scene.an), 1, "once");
    // In an hour: they know.
    scene.appoints(thread, "gọi xem modem chạy chưa", "2026-11-24 10:30", "call").await;
    scene.advance(2 * HOUR).await;
    assert_eq!(scene.reminded(scene.an), 1);
    // What was done before its time is reminded of no more.
    scene.appoints(thread, "đến lấy modem cũ", "2026-11-24 20:00", "visit").await;
    scene.command(scene.lan, thread, "case promises", &[]).await;
    scene.keeps(scene.lan, thread, "3").await;
    scene.until(monday(24 + 20, 30)).await;
    assert_eq!(scene.reminded(scene.an), 1);
    // A plain promise has no hour to be at home for.
    let plain = [("what", json!("gửi hóa đơn")), ("when", json!("2026-11-25 16:00"))];
    scene.command(scene.lan, thread, "case promise", &plain).await;
    scene.say(scene.an, DM, "ok em").await;
    scene.until(monday(48 + 16, 0) + MINUTE).await;
    assert_eq!(scene.reminded(scene.an), 1);
});
