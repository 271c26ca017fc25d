//! The case file with everything that was sent, as archives: one where it fits into an upload of Discord's, else as many as needed.

use flate2::Crc;

use super::files::LIMIT;

/// What a file needs in an archive besides its bytes, its name twice not counted.
const AROUND: usize = 256;
/// What an archive needs besides its files.
const END: usize = 1_024;
/// The longest name of a file in an archive, in characters.
const LONGEST: usize = 100;

/// A file of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Its name there.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The archives that files of these sizes need, in order: which of them go into each. One that has no room beside its own name
/// goes without an archive, alone.
pub fn divide(sizes: &[usize]) -> Vec<Vec<usize>> {
    let most = usize::try_from(LIMIT).unwrap_or(usize::MAX);
    let (mut archives, mut now, mut held) = (Vec::new(), Vec::new(), END);
    for (place, size) in sizes.iter().enumerate() {
        let needed = size.saturating_add(AROUND + 8 * LONGEST);
        if held.saturating_add(needed) > most && !now.is_empty() {
            archives.push(std::mem::take(&mut now));
            held = END;
        }
        now.push(place);
        held = held.saturating_add(needed);
    }
    if !now.is_empty() {
        archives.push(now);
    }
    archives
}

/// Whether an archive with a file of this size in it is small enough to be uploaded.
pub fn fits(size: usize) -> bool {
    size.saturating_add(END + AROUND + 8 * LONGEST) <= usize::try_from(LIMIT).unwrap_or(usize::MAX)
}

/// A ZIP archive (APPNOTE 6.3.3: local headers, central directory, its end). Nothing is compressed, since photographs are so
/// already; whoever inspects it opens it anywhere. A crate for it would rebuild half of what we stand on for these few lines.
/// None where a file is too large for the format, which no upload of Discord's is.
pub fn pack(files: &[Packed]) -> Option<Vec<u8>> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for file in files {
        let mut crc = Crc::new();
        crc.update(&file.bytes);
        let size = u32::try_from(file.bytes.len()).ok()?.to_le_bytes();
        let name = file.name.as_bytes();
        // Version 2.0; names are UTF-8 (bit 11); stored; 1 January 1980, since the page says when each was sent.
        let mut head = [20_u16, 1 << 11, 0, 0, 33].map(u16::to_le_bytes).concat();
        head.extend(crc.sum().to_le_bytes());
        head.extend([size, size].concat());
        head.extend(u16::try_from(name.len()).ok()?.to_le_bytes());
        head.extend([0, 0]);
        let offset = u32::try_from(archive.len()).ok()?;
        archive.extend(b"PK\x03\x04");
        archive.extend(&head);
        archive.extend(name);
        archive.extend(&file.bytes);
        directory.extend(b"PK\x01\x02");
        directory.extend(20_u16.to_le_bytes());
        directory.extend(&head);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(name);
    }
    let count = u16::try_from(files.len()).ok()?.to_le_bytes();
    let (size, offset) = (u32::try_from(directory.len()).ok()?, u32::try_from(archive.len()).ok()?);
    archive.extend(directory);
    archive.extend(b"PK\x05\x06");
    archive.extend([0; 4]);
    archive.extend([count, count].concat());
    archive.extend([size.to_le_bytes(), offset.to_le_bytes()].concat());
    archive.extend([0, 0]);
    Some(archive)
}

/// A name in an archive: with its number in front, and nothing in it that leads elsewhere.
pub fn entry_name(number: usize, name: &str) -> String {
    let plain = |sign: char| if sign.is_control() || "/\\:*?\"<>|".contains(sign) { '_' } else { sign };
    let name: String = name.chars().map(plain).collect();
    let end = name.rsplit_once('.').map(|(_, end)| end).filter(|end| end.chars().count() <= 8);
    let kept: String = name.chars().take(LONGEST - 16).collect();
    match end {
        Some(end) if name.chars().count() > LONGEST - 16 => format!("{number:03}-{kept}.{end}"),
        _ => format!("{number:03}-{kept}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: usize = 1024 * 1024;

    #[test]
    fn no_archive_is_larger_than_discord_takes_and_nothing_is_left_out() {
        let sizes = [4 * MIB, 5 * MIB, 3 * MIB, 10 * MIB, 1, 9 * MIB];
        let archives = divide(&sizes);
        assert_eq!(archives, [vec![0, 1], vec![2], vec![3], vec![4, 5]]);
        assert!(!fits(10 * MIB) && fits(9 * MIB));
        assert_eq!(divide(&[]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn what_is_packed_has_the_size_that_was_counted_and_names_that_stay_inside() {
        let names = ["ảnh đèn đỏ.jpg".repeat(30), "../../etc/passwd".to_owned()];
        let files: Vec<Packed> = names
            .iter()
            .enumerate()
            .map(|(place, name)| Packed { name: entry_name(place + 1, name), bytes: vec![7; 5_000] })
            .collect();
        let bytes = pack(&files).unwrap_or_default();
        assert!(
            !bytes.is_empty() && bytes.len() <= END + 2 * (5_000 + AROUND + 8 * LONGEST),
            "{}",
            bytes.len()
        );
        assert_eq!(files[1].name, "002-.._.._etc_passwd");
        assert!(files[0].name.ends_with(".jpg") && files[0].name.chars().count() <= LONGEST);
    }

    #[test]
    fn an_empty_file_in_an_archive_is_what_the_format_says() {
        let bytes = pack(&[Packed { name: "a".to_owned(), bytes: Vec::new() }]).unwrap_or_default();
        // As Info-ZIP and Python read it: 30 + 1 bytes, 46 + 1 in the directory, 22 at the end.
        assert_eq!(bytes.len(), 31 + 47 + 22);
        assert_eq!(&bytes[..10], b"PK\x03\x04\x14\0\0\x08\0\0");
        assert_eq!(&bytes[31..35], b"PK\x01\x02");
        assert_eq!(&bytes[78..82], b"PK\x05\x06");
    }
}
