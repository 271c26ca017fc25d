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
const SCALES: [(&str, i64); 15] = [
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
    ("xị", 100 * THOUSAND),
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
    if matches!(key(at), "nửa" | "nua") && matches!(key(at + 1), "triệu" | "trieu") {
        return Some((Sort::Amount(Some(MILLION / 2)), 2));
    }
    if first.sort != Sort::Number {
        return spelled(raw, at);
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
        return is_meant.then(|| (Sort::Amount(figure.times(1)), used));
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
    } else if scale == MILLION
        && let Some((more, taken)) = rest_of_million(raw, at + used)
    {
        value = plus(value, Some(more));
        used += taken;
    }
    used += usize::from(DONG.contains(&key(at + used)));
    Some((Sort::Amount(value), used))
}

/// `hai triệu`, `hai trăm nghìn`.
fn spelled(raw: &[Token], at: usize) -> Option<(Sort, usize)> {
    let key = |place: usize| raw.get(place).map_or("", |token| token.accented.as_str());
    let (_, number) = SPELLED.iter().find(|(word, _)| *word == key(at))?;
    if matches!(key(at + 1), "trăm" | "tram" | "chục" | "chuc") {
        return hundreds(raw, at, *number);
    }
    if matches!((key(at + 1), key(at + 2)), ("phần", "trăm") | ("phan", "tram")) {
        return Some((Sort::Percent(u32::try_from(*number).ok()?), 3));
    }
    let value = number.checked_mul(scale(key(at + 1)).filter(|_| key(at + 1).len() > 2)?)?;
    let half = matches!(key(at + 2), "rưỡi" | "ruoi");
    let used = 2 + usize::from(half);
    let value = if half { value + scale(key(at + 1))? / 2 } else { value };
    Some((Sort::Amount(Some(value)), used + usize::from(DONG.contains(&key(at + used)))))
}

/// `2 trăm nghìn`: without the last word it may be of anything.
fn hundreds(raw: &[Token], at: usize, number: i64) -> Option<(Sort, usize)> {
    let key = |place: usize| raw.get(place).map_or("", |token| token.accented.as_str());
    let tens = if matches!(key(at + 1), "trăm" | "tram") { 100 } else { 10 };
    let value = number.checked_mul(tens)?.checked_mul(scale(key(at + 2))?);
    Some((Sort::Amount(value), 3 + usize::from(DONG.contains(&key(at + 3)))))
}

/// `1 triệu 2`, `1 triệu 200k`, but not `1 triệu 2 tháng`.
fn rest_of_million(raw: &[Token], at: usize) -> Option<(i64, usize)> {
    let figure = Figure::of(&raw.get(at).filter(|token| token.sort == Sort::Number)?.accented)?;
    let next = raw.get(at + 1);
    let is_thousands = |word: &str| scale(word) == Some(THOUSAND);
    if is_thousands(figure.unit) {
        return Some((figure.times(THOUSAND)?, 1));
    }
    if next.is_some_and(|word| is_thousands(&word.accented)) {
        return Some((figure.times(THOUSAND)?, 2));
    }
    let stands_alone = next.is_none_or(|word| {
        word.sort != Sort::Word
            || matches!(word.folded.as_str(), "cho" | "a" | "nhe" | "nha" | "vao" | "dong")
    });
    let is_digit = figure.whole < 10 && figure.unit.is_empty() && !figure.is_grouped;
    (is_digit && stands_alone).then_some((figure.whole * MILLION / 10, 1))
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
