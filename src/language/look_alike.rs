//! Letters of other alphabets that a reader takes for Latin ones, so that a word written with them is found.

/// Pairs of a letter and what it is taken for.
const LETTERS: &[(&str, &str)] = &[
    // Cyrillic.
    ("аеорсухіјѕһԁԛԝѵкмтнвпгьи", "aeopcyxijshdqwvkmthbnrbu"),
    ("АВЕКМНОРСТУХІЈЅԌԚԜ", "ABEKMHOPCTYXIJSGQW"),
    // Greek.
    ("αβγεηικμνορσςτυχω", "abyenikuvopostuxw"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX"),
    // Armenian and Cherokee.
    ("հոօսցզ", "hnouqq"),
    ("ᎠᎡᎢᎪᏢᏟᎬᎻᎫᏦᏞᎷᏚᏔᏙ", "DRTAPCEHJKLMSWV"),
    // Small capitals and other shapes of Latin letters.
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz"),
    ("ıɑɡɩøłħŧƀɓɗƙɦȷ", "iagiolhtbbdkhj"),
    ("ØŁĦŦ", "OLHT"),
    ("。｡‚٫", "..,."),
];

/// Where the ten digits of other scripts begin.
const DIGITS: [u32; 18] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810,
];

/// Where the alphabets of letters in boxes and circles, and those of flags, begin.
const ALPHABETS: [u32; 3] = [0x1F150, 0x1F170, 0x1F1E6];

/// The letter that a letter is taken for; itself where it is one of ours or looks like none.
pub(super) fn plain(letter: char) -> char {
    if letter.is_ascii() {
        return letter;
    }
    let code = u32::from(letter);
    let within = |first: &u32, count: u32| code.checked_sub(*first).filter(|place| *place < count);
    if let Some(digit) = DIGITS.iter().find_map(|first| within(first, 10)) {
        return char::from_digit(digit, 10).unwrap_or(letter);
    }
    if let Some(place) = ALPHABETS.iter().find_map(|first| within(first, 26)) {
        return char::from_digit(place + 10, 36).unwrap_or(letter);
    }
    let known = LETTERS.iter().find_map(|(odd, ours)| {
        let place = odd.chars().position(|held| held == letter)?;
        ours.chars().nth(place)
    });
    known.unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::LETTERS;

    #[test]
    fn every_letter_has_its_counterpart() {
        for (odd, ours) in LETTERS {
            assert_eq!(odd.chars().count(), ours.chars().count(), "{odd}");
        }
    }
}
