//! Telephone and contract numbers in what people write: one number, however it is spelled.

/// Fewer digits than this are no number that anybody looks for whole.
const SHORTEST: usize = 6;
/// A contract number begins with so many letters at most.
const LONGEST_LETTERS: usize = 6;
/// So many signs at most stand between two digits of one number.
const WIDEST: usize = 2;

/// Every number of a text as it is dialled: `0912.345.678`, `+84 912 345 678` and `(0912) 345-678` are all `0912345678`.
pub fn numbers(text: &str) -> Vec<String> {
    runs(text).into_iter().map(|run| run.dialled).collect()
}

/// Every number of a text with the letters before it, without what stands between them: `HN 2024 0012345` and `HN-20240012345`
/// are both `HN20240012345`.
pub fn codes(text: &str) -> Vec<String> {
    let code = |run: Run| {
        let before = text.get(..run.from)?;
        let joined = before.trim_end_matches(|sign: char| !sign.is_alphanumeric() && sign != '\n');
        let near = before.get(joined.len()..)?.chars().count() <= WIDEST;
        let letters = joined.rsplit(|sign: char| !sign.is_alphabetic()).next()?;
        let is_code = near && (1..=LONGEST_LETTERS).contains(&letters.chars().count());
        let digits: String = text.get(run.from..run.to)?.chars().filter(char::is_ascii_digit).collect();
        is_code.then(|| format!("{letters}{digits}"))
    };
    runs(text).into_iter().filter_map(code).collect()
}

/// The text with each of its numbers as it is dialled.
pub fn dialled(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut done = 0;
    for run in runs(text) {
        written.push_str(&text[done..run.from]);
        written.push_str(&run.dialled);
        done = run.to;
    }
    written.push_str(&text[done..]);
    written
}

/// A number where it stands in a text.
struct Run {
    from: usize,
    to: usize,
    dialled: String,
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut digits = String::new();
    let (mut from, mut to, mut between, mut plus) = (0, 0, 0, false);
    // One more sign that ends whatever stands at the end.
    for (place, sign) in text.char_indices().chain([(text.len(), '\n')]) {
        if sign.is_ascii_digit() {
            if digits.is_empty() && !plus {
                from = place;
            }
            digits.push(sign);
            (to, between) = (place + 1, 0);
            continue;
        }
        let joins = matches!(sign, ' ' | '\u{a0}' | '.' | '-' | '–' | '(' | ')' | '/');
        if !digits.is_empty() && joins && between < WIDEST {
            between += 1;
            continue;
        }
        if digits.len() >= SHORTEST {
            runs.push(Run { from, to, dialled: at_home(&digits, plus) });
        }
        digits.clear();
        between = 0;
        plus = sign == '+';
        if plus {
            from = place;
        }
    }
    runs
}

/// The number as it is dialled in Vietnam, from wherever it was written down.
fn at_home(digits: &str, plus: bool) -> String {
    let abroad = digits.strip_prefix("0084").or_else(|| digits.strip_prefix("84"));
    // A contract number may begin with the same digits; only what is as long as a telephone number is one.
    match abroad.map(|rest| rest.strip_prefix('0').unwrap_or(rest)) {
        Some(rest) if plus || (9..=10).contains(&rest.len()) => format!("0{rest}"),
        _ => digits.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{codes, dialled, numbers};

    #[test]
    fn one_number_however_it_is_spelled() {
        for spelled in [
            "0912345678",
            "0912.345.678",
            "0912 345 678",
            "0912-345-678",
            "(0912) 345 678",
            "+84912345678",
            "+84 912 345 678",
            "(+84) 912.345.678",
            "+84 (0) 912 345 678",
            "84912345678",
            "0084 912 345 678",
            "sđt0912345678nhé",
            "gọi số 0912.345.678, gấp",
        ] {
            assert_eq!(numbers(spelled), ["0912345678"], "{spelled}");
        }
        assert_eq!(numbers("lúc 9h ngày 23/11"), Vec::<String>::new());
        assert_eq!(numbers("HĐ 123456 và 0912 345 678"), ["123456", "0912345678"]);
    }

    #[test]
    fn a_code_is_its_letters_and_its_digits() {
        for spelled in
            ["HN 2024 0012345", "HN-2024.0012345", "HN20240012345", "hợp đồng HN 2024-0012345, gấp"]
        {
            assert_eq!(codes(spelled), ["HN20240012345"], "{spelled}");
        }
        assert_eq!(codes("contract SGH12-3456/7"), ["SGH1234567"]);
        assert_eq!(codes("9h ngày 23/11, 0912 345 678"), Vec::<String>::new());
    }

    #[test]
    fn a_query_holds_each_number_as_one_word() {
        assert_eq!(dialled("an +84 912 345 678"), "an 0912345678");
        assert_eq!(dialled("345.678"), "345678");
        assert_eq!(dialled("đèn đỏ 2 lần"), "đèn đỏ 2 lần");
    }
}
