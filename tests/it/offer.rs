//! Which replies of staff promise something of value, on lines as they are typed.

mod desk;
mod english;
mod harmless;
mod held_out;
mod marked;
mod plain;
mod wordings;

use langnghe::language::offer::{Offer, given, money, offers};

type Lines = &'static [(&'static str, &'static str)];

#[test]
fn replies_that_offer_are_found_and_others_pass() {
    let tables: [(&str, Lines); 3] =
        [("with marks", marked::LINES), ("without marks", plain::LINES), ("English", english::LINES)];
    let wrong: Vec<String> = tables.into_iter().flat_map(|(name, lines)| wrong_rows(name, lines)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Written after the rules and tried once before anything was changed: of the first 30 offers 24 were found, with 1 false alarm
/// in 30; of 15 harder ones 8, with 2 in 15. The rules have learned them since, so this shows that they stay right, and no
/// more; the figures above are what to expect of words nobody has tried.
#[test]
fn lines_written_after_the_rules_stay_right() {
    let tables: [(&str, Lines); 4] = [
        ("held out, with marks", held_out::MARKED),
        ("held out, without marks", held_out::PLAIN),
        ("held out, English", held_out::ENGLISH),
        ("held out, second time", held_out::SECOND),
    ];
    let wrong: Vec<String> = tables.into_iter().flat_map(|(name, lines)| wrong_rows(name, lines)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Counts one table and says each row that is wrong.
fn wrong_rows(name: &str, lines: Lines) -> Vec<String> {
    let mut wrong = Vec::new();
    let (mut meant, mut hits, mut innocent, mut alarms) = (0, 0, 0, 0);
    for (line, expected) in lines {
        let found = shown(&offers(line));
        if expected.is_empty() {
            innocent += 1;
            alarms += usize::from(!found.is_empty());
        } else {
            meant += 1;
            hits += usize::from(!found.is_empty());
        }
        if found != *expected {
            wrong.push(format!("{name}: {line}\n    expected [{expected}], found [{found}]"));
        }
    }
    println!("offers: {hits} hits of {meant}, {alarms} false alarms of {innocent} ({name})");
    wrong
}

fn shown(offers: &[Offer]) -> String {
    let each = offers.iter().map(|offer| {
        let value = offer.value.map(|value| format!(" {value}")).unwrap_or_default();
        let percent = offer.percent.map(|percent| format!(" {percent}%")).unwrap_or_default();
        format!("{}{value}{percent}", offer.kind.as_str())
    });
    each.collect::<Vec<String>>().join(" + ")
}

#[test]
fn money_is_read_as_it_is_typed() {
    let cases: [(&str, &[Option<i64>]); 24] = [
        ("300.000đ", &[Some(300_000)]),
        ("300,000 VND", &[Some(300_000)]),
        ("VND 300,000", &[Some(300_000)]),
        ("300k", &[Some(300_000)]),
        ("300K nhé", &[Some(300_000)]),
        ("1tr2", &[Some(1_200_000)]),
        ("1tr250", &[Some(1_250_000)]),
        ("1,5 triệu", &[Some(1_500_000)]),
        ("1.5tr", &[Some(1_500_000)]),
        ("2 triệu rưỡi", &[Some(2_500_000)]),
        ("2 trieu ruoi", &[Some(2_500_000)]),
        ("1 triệu 200 nghìn", &[Some(1_200_000)]),
        ("1 triệu 2 nhé", &[Some(1_200_000)]),
        ("300 nghìn đồng, 200 ngàn", &[Some(300_000), Some(200_000)]),
        ("hai trăm nghìn", &[Some(200_000)]),
        ("nửa triệu", &[Some(500_000)]),
        ("500000 đồng", &[Some(500_000)]),
        ("300.000", &[Some(300_000)]),
        ("$20 và 20 USD", &[None, None]),
        ("99999999999999999 triệu", &[None]),
        ("gọi 19006600 lúc 9h, phòng 302", &[]),
        ("20% và 3 tháng", &[]),
        ("200Mbps, 20d", &[]),
        ("năm nay 2026", &[]),
    ];
    for (text, values) in cases {
        let found: Vec<Option<i64>> = money(text).into_iter().map(|amount| amount.value).collect();
        assert_eq!(found, values, "{text}");
    }
}

#[test]
fn an_offer_shows_its_own_words() {
    let found = offers("Chào anh Tuấn. Mạng đã ổn rồi ạ, bên em sẽ hoàn lại 300k cho anh ạ. Cảm ơn anh!");
    let words: Vec<&str> = found.iter().map(|offer| offer.words.as_str()).collect();
    assert_eq!(words, ["bên em sẽ hoàn lại 300k cho anh ạ"]);
}

#[test]
fn faults_f4_what_is_quoted_is_read_too() {
    for text in ["> bên em sẽ hoàn 300k\nDạ em xem lại ạ", "Câu “em sẽ hoàn 300k” là của bên em ạ"]
    {
        assert_eq!(shown(&offers(text)), "refund 300000", "{text}");
    }
    // What the customer asked for promises nothing, quoted or not.
    assert_eq!(shown(&offers("> hoàn tiền đi\nDạ em sẽ hoàn 300k ạ")), "refund 300000");
    for text in ["> hoàn tiền đi\nDạ em xem lại ạ", "Anh nói “hoàn 300k”, em đang hỏi kế toán ạ"]
    {
        assert_eq!(offers(text), [], "{text}");
    }
}

#[test]
fn faults_f4_an_offer_hides_behind_no_sign() {
    let wrong = wrong_rows("hidden", desk::HIDDEN);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn faults_f3_where_the_desk_speaks_every_benefit_counts_and_nothing_else() {
    let mut wrong = Vec::new();
    for (line, expected) in desk::GIVEN {
        let found = shown(&given(line));
        if found != *expected {
            wrong.push(format!("{line}\n    expected [{expected}], found [{found}]"));
        }
    }
    for line in desk::INNOCENT {
        let found = shown(&given(line));
        if !found.is_empty() {
            wrong.push(format!("{line}\n    gives nothing, found [{found}]"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(desk::GIVEN.len() >= 40 && desk::INNOCENT.len() >= 40);
}

#[test]
fn faults_f3_whatever_it_is_called_what_is_given_is_given() {
    let mut wrong = wrong_rows("other wordings", wordings::TALK);
    let mut alarm = |line: &str, found: Vec<Offer>| {
        if !found.is_empty() {
            wrong.push(format!("{line}\n    gives nothing, found [{}]", shown(&found)));
        }
    };
    harmless::PLAIN_TALK.iter().for_each(|line| alarm(line, offers(line)));
    harmless::PLAIN_DESK.iter().for_each(|line| alarm(line, given(line)));
    for (line, expected) in harmless::DESK {
        let found = shown(&given(line));
        if found != *expected {
            wrong.push(format!("{line}\n    expected [{expected}], found [{found}]"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn faults_f3_an_amount_is_never_read_as_less_than_it_is() {
    let cases: [(&str, &[Option<i64>]); 20] = [
        ("500 000đ", &[Some(500_000)]),
        ("50 000 000 đồng", &[Some(50_000_000)]),
        ("50 000 000", &[Some(50_000_000)]),
        ("0912 345 000", &[]),
        ("VND50,000,000", &[Some(50_000_000)]),
        ("năm mươi triệu", &[Some(50_000_000)]),
        ("nam muoi trieu", &[Some(50_000_000)]),
        ("mười lăm triệu", &[Some(15_000_000)]),
        ("hai mươi lăm nghìn", &[Some(25_000)]),
        ("ba trăm rưỡi nghìn", &[Some(350_000)]),
        ("một trăm linh năm triệu", &[Some(105_000_000)]),
        ("một triệu hai", &[Some(1_200_000)]),
        ("một triệu hai trăm nghìn", &[Some(1_200_000)]),
        ("một triệu hai tháng", &[Some(1_000_000)]),
        ("1 tỷ 2", &[Some(1_200_000_000)]),
        ("triệu rưỡi", &[Some(1_500_000)]),
        ("nửa củ, 2 cu ruoi", &[Some(500_000), Some(2_500_000)]),
        ("5 lít, 3 xị, 500 cành", &[Some(500_000), Some(300_000), Some(500_000)]),
        ("half a million", &[Some(500_000)]),
        ("phòng 302 lúc 9 giờ", &[]),
    ];
    for (text, values) in cases {
        let found: Vec<Option<i64>> = money(text).into_iter().map(|amount| amount.value).collect();
        assert_eq!(found, values, "{text}");
    }
}

#[test]
fn nothing_typed_breaks_it() {
    let long = [
        String::new(),
        "9".repeat(4_000),
        "😡".repeat(1_000),
        "em sẽ hoàn tiền ".repeat(250),
        "không ".repeat(700),
        "tặng tháng cho anh ".repeat(220),
        "\"“'’%$.,1k tr2 ".repeat(300),
        "e\u{301}\u{301}\u{301}".repeat(600),
        "1tr".repeat(1_300),
        "999999999999999999999%".to_owned(),
        "9223372036854775807 triệu rưỡi, 9223372036854775807 trăm nghìn".to_owned(),
    ];
    for text in long {
        offers(&text);
        given(&text);
        money(&text);
    }
}
