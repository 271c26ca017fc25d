//! Amounts of money and percentages as people in Vietnam type them: `300k`, `1tr2`, `1,5 triệu`, `2 triệu rưỡi`, `$20`.

use super::tokens::{Sort, Token, tokens};

/// An amount of money in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// How much in đồng; nothing for another currency or a number too large to be meant.
    pub value: Option<i64>,
    /// As it was written.
    pub words: String,
}

/// The amounts of money in a text, in their order.
pub fn money(text: &str) -> Vec<Amount> {
    let amounts = tokens(text).into_iter().filter_map(|token| match token.sort {
        Sort::Amount(value) => {
            Some(Amount { value, words: text.get(token.start..token.end).unwrap_or_default().to_owned() })
        }
        _ => None,
    });
    amounts.collect()
}

/// One amount and nothing else (đồng), as people type it: `200k`, `1 triệu`, `200.000đ`, or digits alone; none where it is
/// no amount, or nothing.
pub fn amount(written: &str) -> Option<i64> {
    let written = written.trim();
    let digits: String = written.chars().filter(|sign| !matches!(sign, '.' | ',' | ' ')).collect();
    if !digits.is_empty() && digits.chars().all(|sign| sign.is_ascii_digit()) {
        // Digits in groups of three, or none: `200.000` is two hundred thousand, `1.5` is no amount of đồng.
        let grouped = written.split(['.', ',', ' ']).skip(1).all(|group| group.len() == 3);
        return digits.parse().ok().filter(|value| *value > 0 && grouped);
    }
    match money(written).as_slice() {
        [only] if only.words == written => only.value.filter(|value| *value > 0),
        _ => None,
    }
}

const THOUSAND: i64 = 1_000;
const MILLION: i64 = 1_000_000;

/// Words after a number that make it so many đồng.
const SCALES: [(&str, i64); 25] = [
    ("k", THOUSAND),
    ("ng", THOUSAND),
    ("nghin", THOUSAND),
    ("nghìn", THOUSAND),
    ("ngan", THOUSAND),
    ("ngàn", THOUSAND),
    ("tr", MILLION),
    ("trieu", MILLION),
    ("triệu", MILLION),
    ("million", MILLION),
    ("củ", MILLION),
    ("cu", MILLION),
    ("chai", MILLION),
    ("mil", MILLION),
    ("thousand", THOUSAND),
    ("cành", THOUSAND),
    ("canh", THOUSAND),
    ("lúa", THOUSAND),
    ("xị", 100 * THOUSAND),
    ("xi", 100 * THOUSAND),
    ("lít", 100 * THOUSAND),
    ("lit", 100 * THOUSAND),
    ("tỷ", THOUSAND * MILLION),
    ("tỉ", THOUSAND * MILLION),
    ("ty", THOUSAND * MILLION),
];

/// The currency itself.
const DONG: [&str; 8] = ["đ", "d", "đồng", "dong", "vnd", "vnđ", "₫", "vnds"];
const FOREIGN: [&str; 8] = ["$", "€", "usd", "eur", "dollar", "dollars", "đô", "euro"];

/// Numbers written out, where a word of hundreds or a unit follows.
const SPELLED: [(&str, i64); 18] = [
    ("một", 1),
    ("mot", 1),
    ("hai", 2),
    ("ba", 3),
    ("bốn", 4),
    ("bon", 4),
    ("năm", 5),
    ("nam", 5),
    ("sáu", 6),
    ("sau", 6),
    ("bảy", 7),
    ("bay", 7),
    ("tám", 8),
    ("tam", 8),
    ("chín", 9),
    ("chin", 9),
    ("mười", 10),
    ("muoi", 10),
];

/// Words before which an amount ends, folded.
const ENDINGS: [&str; 6] = ["cho", "a", "nhe", "nha", "vao", "dong"];

/// A number without a unit is money only where its thousands are marked and it is at least this (`300.000`).
const LEAST_BARE: i64 = 10_000;

/// `20d` is twenty days to an English hand; `20000d` is money.
const LEAST_PLAIN_D: i64 = 1_000;

/// The amount or percentage that starts at a token, and how many tokens it takes.
pub(super) fn read(raw: &[Token], at: usize, text: &str) -> Option<(Sort, usize)> {
    let first = raw.get(at)?;
    let key = |place: usize| raw.get(place).map_or("", |token| token.accented.as_str());
    if FOREIGN.contains(&key(at)) && raw.get(at + 1).is_some_and(|next| next.sort == Sort::Number) {
        return Some((Sort::Amount(None), 2));
    }
    if DONG.contains(&key(at))
        && key(at).len() > 2
        && raw.get(at + 1).is_some_and(|next| next.sort == Sort::Number)
    {
        let value = Figure::of(key(at + 1)).and_then(|figure| figure.times(1));
        return Some((Sort::Amount(value), 2));
    }
    if matches!(key(at), "nửa" | "nua") && scale(key(at + 1)) == Some(MILLION) {
        return Some((Sort::Amount(Some(MILLION / 2)), 2));
    }
    if matches!((key(at), key(at + 1), key(at + 2)), ("half", "a", "million")) {
        return Some((Sort::Amount(Some(MILLION / 2)), 3));
    }
    if matches!(key(at), "triệu" | "trieu" | "củ") && matches!(key(at + 1), "rưỡi" | "ruoi") {
        return Some((Sort::Amount(Some(MILLION / 2 * 3)), 2));
    }
    if first.sort != Sort::Number {
        return spelled(raw, at);
    }
    if let Some(spaced) = spaced(raw, at) {
        return Some(spaced);
    }
    let figure = Figure::of(&first.accented)?;
    let next = key(at + 1);
    let glued = figure.unit;
    if glued.is_empty() {
        if next == "%" || matches!(next, "percent" | "pct") {
            return Some((Sort::Percent(figure.percent()?), 2));
        }
        if matches!((next, key(at + 2)), ("phần", "trăm") | ("phan", "tram")) {
            return Some((Sort::Percent(figure.percent()?), 3));
        }
        if matches!(next, "trăm" | "tram" | "chục" | "chuc") {
            return hundreds(raw, at, figure.whole);
        }
    }
    let (unit, mut used) = if glued.is_empty() { (next, 2) } else { (glued, 1) };
    if FOREIGN.contains(&unit) {
        return Some((Sort::Amount(None), used));
    }
    if DONG.contains(&unit) {
        let is_meant = unit != "d" || figure.whole >= LEAST_PLAIN_D;
        // `000đ` is the end of something that was not understood.
        let value = figure.times(1).filter(|value| *value > 0 || !first.accented.starts_with("00"));
        return is_meant.then_some((Sort::Amount(value), used));
    }
    let Some(scale) = scale(unit) else {
        let is_bare = glued.is_empty() && figure.is_grouped && figure.whole >= LEAST_BARE;
        let is_whole = text.get(first.end..).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
        return (is_bare && is_whole).then(|| (Sort::Amount(figure.times(1)), 1));
    };
    let mut value = figure.times(scale);
    if !figure.tail.is_empty() {
        value = plus(value, tail(figure.tail, scale));
    } else if matches!(key(at + used), "rưỡi" | "ruoi") {
        value = plus(value, Some(scale / 2));
        used += 1;
    } else if scale >= MILLION
        && let Some((more, taken)) = rest_of(raw, at + used, scale)
    {
        value = plus(value, Some(more));
        used += taken;
    }
    used += usize::from(DONG.contains(&key(at + used)));
    Some((Sort::Amount(value), used))
}

/// `500 000đ`, `50 000 000`: thousands set apart by blanks, where a currency follows or all of the last are noughts.
fn spaced(raw: &[Token], at: usize) -> Option<(Sort, usize)> {
    let key = |place: usize| raw.get(place).map_or("", |token| token.accented.as_str());
    let is_digits = |word: &str| !word.is_empty() && word.chars().all(|sign| sign.is_ascii_digit());
    let first = key(at);
    // `0912 345 000` is a telephone number.
    let before = at.checked_sub(1).map_or("", key);
    let of_a_longer = is_digits(before) && (before.len() > 3 || before.starts_with('0'));
    if !is_digits(first) || first.len() > 3 || first.starts_with('0') || of_a_longer {
        return None;
    }
    let (mut digits, mut used) = (first.to_owned(), 1);
    while let Some((group, rest)) = key(at + used).split_at_checked(3).filter(|(group, _)| is_digits(group)) {
        if !rest.is_empty() && !DONG.contains(&rest) {
            break;
        }
        digits.push_str(group);
        used += 1;
        if !rest.is_empty() {
            return Some((Sort::Amount(digits.parse().ok()), used));
        }
    }
    let named = DONG.contains(&key(at + used));
    let meant = used > 1 && (named || digits.ends_with("000"));
    meant.then(|| (Sort::Amount(digits.parse().ok()), used + usize::from(named)))
}

/// `hai triệu`, `hai trăm nghìn`, `năm mươi triệu`, `một triệu hai trăm nghìn`, `một triệu hai`.
fn spelled(raw: &[Token], at: usize) -> Option<(Sort, usize)> {
    let key = |place: usize| raw.get(place).map_or("", |token| token.accented.as_str());
    let (number, mut used) = said(raw, at)?;
    if matches!((key(at + used), key(at + used + 1)), ("phần", "trăm") | ("phan", "tram")) {
        return Some((Sort::Percent(u32::try_from(number).ok()?), used + 2));
    }
    let unit = scale(key(at + used)).filter(|_| key(at + used).len() > 2)?;
    let mut value = number.checked_mul(unit);
    used += 1;
    if matches!(key(at + used), "rưỡi" | "ruoi") {
        value = plus(value, Some(unit / 2));
        used += 1;
    } else if unit >= MILLION {
        if let Some((Sort::Amount(Some(more)), taken)) = spelled(raw, at + used)
            .filter(|(sort, _)| matches!(sort, Sort::Amount(Some(more)) if *more < unit))
        {
            value = plus(value, Some(more));
            used += taken;
        } else if let Some((more, taken)) = rest_of(raw, at + used, unit) {
            value = plus(value, Some(more));
            used += taken;
        } else if let Some((_, tenths)) = SPELLED.iter().find(|(word, _)| *word == key(at + used))
            && *tenths < 10
            && raw
                .get(at + used + 1)
                .is_none_or(|next| next.sort != Sort::Word || ENDINGS.contains(&next.folded.as_str()))
        {
            value = plus(value, Some(tenths * unit / 10));
            used += 1;
        }
    }
    Some((Sort::Amount(value), used + usize::from(DONG.contains(&key(at + used)))))
}

/// A number below a thousand in words: `hai`, `mười lăm`, `năm mươi`, `hai trăm rưỡi`, and how many words it takes.
fn said(raw: &[Token], at: usize) -> Option<(i64, usize)> {
    let key = |place: usize| raw.get(place).map_or("", |token| token.accented.as_str());
    let digit =
        |place: usize| SPELLED.iter().find(|(word, _)| *word == key(place)).map(|(_, number)| *number);
    let last = |place: usize| match key(place) {
        "lăm" | "lam" | "nhăm" => Some(5),
        "mốt" => Some(1),
        "tư" | "tu" => Some(4),
        _ => digit(place).filter(|number| *number < 10),
    };
    let tens = |place: usize| -> Option<(i64, usize)> {
        let ten = digit(place)?;
        if ten == 10 {
            return Some(last(place + 1).map_or((10, 1), |one| (10 + one, 2)));
        }
        if matches!(key(place + 1), "mươi" | "muoi" | "chục" | "chuc") {
            return Some(last(place + 2).map_or((ten * 10, 2), |one| (ten * 10 + one, 3)));
        }
        // `hai lăm` is 25.
        match key(place + 1) {
            "lăm" | "lam" | "nhăm" => Some((ten * 10 + 5, 2)),
            _ => Some((ten, 1)),
        }
    };
    let first = digit(at)?;
    if matches!(key(at + 1), "trăm" | "tram") {
        let whole = first * 100;
        if matches!(key(at + 2), "rưỡi" | "ruoi") {
            return Some((whole + 50, 3));
        }
        let gap = usize::from(matches!(key(at + 2), "linh" | "lẻ" | "le"));
        return Some(tens(at + 2 + gap).map_or((whole, 2), |(more, taken)| (whole + more, 2 + gap + taken)));
    }
    tens(at)
}

/// `2 trăm nghìn`: without the last word it may be of anything.
fn hundreds(raw: &[Token], at: usize, number: i64) -> Option<(Sort, usize)> {
    let key = |place: usize| raw.get(place).map_or("", |token| token.accented.as_str());
    let tens = if matches!(key(at + 1), "trăm" | "tram") { 100 } else { 10 };
    let value = number.checked_mul(tens)?.checked_mul(scale(key(at + 2))?);
    Some((Sort::Amount(value), 3 + usize::from(DONG.contains(&key(at + 3)))))
}

/// `1 triệu 2`, `1 triệu 200k`, `1 tỷ 2`, but not `1 triệu 2 tháng`.
fn rest_of(raw: &[Token], at: usize, scale_before: i64) -> Option<(i64, usize)> {
    let figure = Figure::of(&raw.get(at).filter(|token| token.sort == Sort::Number)?.accented)?;
    let next = raw.get(at + 1);
    let is_thousands = |word: &str| scale(word) == Some(THOUSAND);
    if is_thousands(figure.unit) {
        return Some((figure.times(THOUSAND)?, 1));
    }
    if next.is_some_and(|word| is_thousands(&word.accented)) {
        return Some((figure.times(THOUSAND)?, 2));
    }
    let stands_alone =
        next.is_none_or(|word| word.sort != Sort::Word || ENDINGS.contains(&word.folded.as_str()));
    let is_digit = figure.whole < 10 && figure.unit.is_empty() && !figure.is_grouped;
    (is_digit && stands_alone).then_some((figure.whole * scale_before / 10, 1))
}

fn scale(unit: &str) -> Option<i64> {
    SCALES.iter().find(|(word, _)| *word == unit).map(|(_, scale)| *scale)
}

fn plus(one: Option<i64>, other: Option<i64>) -> Option<i64> {
    one?.checked_add(other?)
}

/// The digits after a unit: `1tr2` is 1,200,000, `1tr25` 1,250,000.
fn tail(digits: &str, scale: i64) -> Option<i64> {
    let places = 10_i64.checked_pow(u32::try_from(digits.len()).ok()?)?;
    digits.parse::<i64>().ok()?.checked_mul(scale)?.checked_div(places)
}

/// A number as typed, with what is glued to it.
struct Figure<'a> {
    whole: i64,
    decimals: &'a str,
    unit: &'a str,
    tail: &'a str,
    is_grouped: bool,
}

impl<'a> Figure<'a> {
    fn of(typed: &'a str) -> Option<Self> {
        let unit_at = typed
            .find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ','))
            .unwrap_or(typed.len());
        let (figures, rest) = typed.split_at_checked(unit_at)?;
        let tail_at = rest.find(|letter: char| letter.is_ascii_digit()).unwrap_or(rest.len());
        let (unit, tail) = rest.split_at_checked(tail_at)?;
        let last = figures.rfind(['.', ',']);
        let is_decimal = last.is_some_and(|place| figures.len() - place != 4);
        let (whole, decimals) = match last.filter(|_| is_decimal) {
            Some(place) => (figures.get(..place)?, figures.get(place + 1..)?),
            None => (figures, ""),
        };
        let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        let is_grouped = whole.contains(['.', ',']);
        Some(Self { whole: digits.parse().ok()?, decimals, unit, tail, is_grouped })
    }

    fn times(&self, scale: i64) -> Option<i64> {
        let parts = if self.decimals.is_empty() { Some(0) } else { tail(self.decimals, scale) };
        plus(self.whole.checked_mul(scale), parts)
    }

    fn percent(&self) -> Option<u32> {
        u32::try_from(self.whole).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::amount;

    #[test]
    fn an_amount_is_read_as_people_type_it_or_not_at_all() {
        for (written, value) in [
            ("200k", Some(200_000)),
            ("200.000đ", Some(200_000)),
            ("200 000", Some(200_000)),
            ("200,000", Some(200_000)),
            ("200000", Some(200_000)),
            (" 1 triệu ", Some(1_000_000)),
            ("1tr2", Some(1_200_000)),
            ("1.5", None),
            ("0", None),
            ("-200k", None),
            ("$20", None),
            ("200k hoặc 300k", None),
            ("một ít", None),
            ("", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(amount(written), value, "{written:?}");
        }
    }
}
