//! What ships with the program: playbooks that keep the rules, quiet hours, categories that customers' words point to.

use std::collections::BTreeMap;
use std::path::Path;

use langnghe::config::{Config, Env};
use langnghe::domain::playbook::{self, LINE_LIMIT, Slot};
use langnghe::domain::policy::{QuietHours, RatingPolicy};
use langnghe::kernel::lang::Lang;
use serde_json::Value;

#[test]
fn the_shipped_playbooks_keep_the_rules() {
    let config = shipped();
    let ids: Vec<&String> = config.playbooks.keys().collect();
    assert_eq!(ids, ["billing-error", "cable-cut", "power", "storm"]);
    let filled = BTreeMap::from([
        (Slot::Area, "quận 7, thành phố Hồ Chí Minh".to_owned()),
        (Slot::Since, "17:00 ngày 25/11".to_owned()),
        (Slot::NextUpdate, "21:30 hôm nay".to_owned()),
    ]);
    for (id, playbook) in &config.playbooks {
        assert_eq!(playbook.slots, [Slot::Area, Slot::Since, Slot::NextUpdate], "{id}");
        for lang in Lang::ALL {
            let points = playbook.points(lang);
            let line = playbook::fill(&points.line, &filled);
            assert!(
                !line.contains('{') && line.chars().count() <= LINE_LIMIT,
                "{id} {lang}: {} {line}",
                line.chars().count()
            );
            assert!(points.line.contains("{next_update}"), "{id} {lang}: the next word is promised");
            for apology in ["xin lỗi", "thông cảm", "sorry", "apolog", "inconvenience", "bất tiện"] {
                assert!(
                    !points.line.to_lowercase().contains(apology),
                    "{id} {lang}: a line holds no {apology}"
                );
            }
            let empathy = points.empathy.join("\n").to_lowercase();
            for formula in ["bất tiện", "inconvenience", "quý khách", "i understand how you feel", "tôi hiểu"]
            {
                assert!(!empathy.contains(formula), "{id} {lang}: {formula} is a formula");
            }
            assert!(points.options.len() >= 2, "{id} {lang}");
        }
        let approvers =
            |lang| playbook.points(lang).options.iter().map(|option| option.approver).collect::<Vec<_>>();
        assert_eq!(approvers(Lang::Vi), approvers(Lang::En), "{id}");
    }
}

#[test]
fn quiet_hours_hold_a_question_until_the_morning() {
    let zone = "Asia/Ho_Chi_Minh".parse().unwrap();
    let at = |text: &str| chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis();
    let night = QuietHours { from_minute: 21 * 60, to_minute: 8 * 60 };
    let rating = |quiet| RatingPolicy { delay_ms: 600_000, quiet, reminder_ms: 1, closes_ms: 2 };
    let cases = [
        ("2026-11-25T20:40:00+07:00", "2026-11-25T20:50:00+07:00"),
        ("2026-11-25T20:50:00+07:00", "2026-11-26T08:00:00+07:00"),
        ("2026-11-25T23:55:00+07:00", "2026-11-26T08:00:00+07:00"),
        ("2026-11-26T03:00:00+07:00", "2026-11-26T08:00:00+07:00"),
        ("2026-11-26T07:50:00+07:00", "2026-11-26T08:00:00+07:00"),
    ];
    for (now, sent) in cases {
        assert_eq!(rating(Some(night)).send_at(at(now), zone), at(sent), "{now}");
    }
    assert_eq!(rating(None).send_at(at("2026-11-26T03:00:00+07:00"), zone), at("2026-11-26T03:10:00+07:00"));
    let noon = QuietHours { from_minute: 12 * 60, to_minute: 13 * 60 };
    assert_eq!(
        rating(Some(noon)).send_at(at("2026-11-26T12:30:00+07:00"), zone),
        at("2026-11-26T13:00:00+07:00")
    );
    // Where the end of the quiet hours does not exist, and where it comes twice.
    let los_angeles = "America/Los_Angeles".parse().unwrap();
    let early = QuietHours { from_minute: 22 * 60, to_minute: 150 };
    assert_eq!(
        rating(Some(early)).send_at(at("2014-03-09T01:00:00-08:00"), los_angeles),
        at("2014-03-09T03:30:00-07:00")
    );
    let fold = QuietHours { from_minute: 60, to_minute: 90 };
    assert_eq!(
        rating(Some(fold)).send_at(at("2014-11-02T01:05:00-08:00"), los_angeles),
        at("2014-11-02T01:30:00-08:00")
    );
}

#[test]
fn customers_words_point_to_the_shipped_categories() {
    let config = shipped();
    let matcher = config.policy().category_matcher();
    let kinds = BTreeMap::from([
        ("mat_ket_noi", "connection-lost"),
        ("chap_chon", "slow-or-unstable"),
        ("toc_do_cham", "slow-or-unstable"),
        ("quoc_te_cham", "international-slow"),
        ("cuoc_phi", "billing"),
        ("sai_hen", "technician-missed"),
        ("thai_do", "staff-attitude"),
        ("thiet_bi", "equipment"),
    ]);
    let silent = [
        "khen",
        "im_lang",
        "gop_y",
        "xac_nhan_xong",
        "chon_phuong_an",
        "de_doa_truyen_thong",
        "quyen_du_lieu",
        "nhan_vien",
        "hoi",
    ];
    let mut missed = Vec::new();
    let mut hits: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for line in include_str!("../data/telecom_samples.jsonl").lines() {
        let sample: Value = serde_json::from_str(line).unwrap();
        let (text, kind) = (sample["text"].as_str().unwrap(), sample["loai"].as_str().unwrap());
        let suggested = matcher.suggest(text);
        if let Some(expected) = kinds.get(kind) {
            let count = hits.entry(expected).or_default();
            count.1 += 1;
            count.0 += usize::from(suggested == Some(expected));
            if suggested != Some(expected) {
                missed.push(format!("{text}: {suggested:?} in place of {expected}"));
            }
        } else if silent.contains(&kind) {
            assert_eq!(suggested, None, "a false alarm: {text}");
        }
    }
    assert!(missed.is_empty(), "{hits:?}\n{}", missed.join("\n"));
    assert_eq!(hits.values().map(|count| count.1).sum::<usize>(), 16);
    // Lines that no phrase was taken from.
    let others = [
        ("alo em oi mang nha chi rot tu sang gio", None),
        ("internet nhà tôi mất kết nối hoàn toàn", Some("connection-lost")),
        ("khong vao duoc mang luon", Some("connection-lost")),
        ("xem youtube thì lag mà báo trong nước thì bình thường", Some("international-slow")),
        ("hoá đơn tháng này tính sai", Some("billing")),
        ("hoa don thang nay tinh sai", Some("billing")),
        ("I was charged twice, please refund", Some("billing")),
        ("The internet is down since morning", Some("connection-lost")),
        ("Mạng không bị chập chờn nữa, cảm ơn em", None),
        ("Cảm ơn bạn chăm sóc rất tốt", None),
    ];
    for (words, category) in others {
        assert_eq!(matcher.suggest(words), category, "{words}");
    }
}

fn shipped() -> Config {
    Config::load(Path::new("there is no such folder"), &Env::default()).unwrap()
}
