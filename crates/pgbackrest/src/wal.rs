//! Names of WAL segments, and which of a row of them is missing.

use std::{fmt, str::FromStr};

/// Segments of 16 MB, which is what initdb makes and what every server of ours has, to a log of 4 GB.
const SEGMENTS_A_LOG: u64 = 256;

/// One file of write-ahead log, as `000000010000000A000000FF`: timeline, log, segment in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Segment {
    timeline: u32,
    /// Counted from the beginning of the server, over all logs.
    number: u64,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not the name of a WAL segment of 16 MB")]
pub struct SegmentError(String);

impl Segment {
    /// The one that has to follow on the same timeline.
    #[must_use]
    pub fn next(self) -> Self {
        Self { number: self.number + 1, ..self }
    }

    /// The one before it on the same timeline.
    pub(crate) fn previous(self) -> Option<Self> {
        Some(Self { number: self.number.checked_sub(1)?, ..self })
    }

    /// Whether it holds later log, on whichever timeline.
    pub fn is_after(self, other: Self) -> bool {
        self.number > other.number
    }
}

impl FromStr for Segment {
    type Err = SegmentError;

    fn from_str(text: &str) -> Result<Self, SegmentError> {
        let refused = || SegmentError(text.to_owned());
        if text.len() != 24 || !text.bytes().all(|it| it.is_ascii_hexdigit()) {
            return Err(refused());
        }
        let part = |from: usize| {
            u32::from_str_radix(&text[from..from + 8], 16)
                .expect("eight hexadecimal digits are a u32")
        };
        let (timeline, log, segment) = (part(0), u64::from(part(8)), u64::from(part(16)));
        if segment >= SEGMENTS_A_LOG {
            return Err(refused());
        }
        Ok(Self { timeline, number: log * SEGMENTS_A_LOG + segment })
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (log, segment) = (self.number / SEGMENTS_A_LOG, self.number % SEGMENTS_A_LOG);
        write!(f, "{:08X}{log:08X}{segment:08X}", self.timeline)
    }
}

/// A place in the log, `0/3000050`.
pub(crate) fn parse_lsn(text: &str) -> Option<u64> {
    let (high, low) = text.split_once('/')?;
    let part = |it: &str| u32::from_str_radix(it, 16).ok().map(u64::from);
    Some(part(high)? << 32 | part(low)?)
}

/// The segment of each file in a listing of an archive; other files (labels of backups, histories) are passed over.
pub(crate) fn listed(listing: &str) -> Vec<Segment> {
    let name = |line: &str| {
        let file = line.rsplit('/').next()?;
        // `name-checksum.zst`, while `name.00000028.backup` and `name.partial` hold no whole segment.
        file.split_once('-')?.0.parse().ok()
    };
    let mut segments: Vec<Segment> = listing.lines().filter_map(name).collect();
    segments.sort_unstable_by_key(|it| (it.number, it.timeline));
    segments
}

/// What is missing between `from` and the last of the sorted segments, the first of each hole only: beyond it nothing can be
/// replayed.
pub(crate) fn holes(segments: &[Segment], from: Segment) -> Vec<Segment> {
    let mut wanted = from;
    let mut holes = Vec::new();
    for segment in segments.iter().filter(|it| it.number >= from.number) {
        if segment.number > wanted.number {
            holes.push(wanted);
        }
        wanted = segment.next();
    }
    holes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_and_written_alike() {
        for name in
            ["000000010000000000000001", "0000000200000003000000FF", "FFFFFFFFFFFFFFFF000000FF"]
        {
            assert_eq!(name.parse::<Segment>().unwrap().to_string(), name);
        }
        let last: Segment = "0000000100000000000000FF".parse().unwrap();
        assert_eq!(last.next().to_string(), "000000010000000100000000");
        for bad in ["", "00000001.history", "000000010000000000000100", "00000001000000000000000G"]
        {
            assert!(bad.parse::<Segment>().is_err(), "{bad}");
        }
    }

    #[test]
    fn places_in_the_log_are_numbers() {
        assert_eq!(parse_lsn("0/3000050"), Some(0x300_0050));
        assert_eq!(parse_lsn("A/0"), Some(0xA_0000_0000));
        assert_eq!(parse_lsn("A"), None);
    }

    /// `numbers` are of segments on timeline 1.
    fn check(numbers: &[u64], from: u64) -> String {
        let segment = |number: &u64| Segment { timeline: 1, number: *number };
        let segments: Vec<Segment> = numbers.iter().map(segment).collect();
        let holes = holes(&segments, segment(&from));
        holes.iter().map(|it| it.number.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_first_of_each_hole_is_named() {
        assert_eq!(check(&[1, 2, 3], 1), "");
        assert_eq!(check(&[1, 2, 4], 1), "3");
        assert_eq!(check(&[1, 4, 5, 9], 1), "2 6");
        assert_eq!(check(&[2, 3], 1), "1");
        assert_eq!(check(&[1, 4, 5], 4), "");
        assert_eq!(check(&[], 1), "");
    }

    #[test]
    fn a_listing_is_read_for_whole_segments() {
        let listing = "0000000100000000\n\
            0000000100000000/000000010000000000000003-c5a1050771cecb328a31a7ac50e4aefd40a4a934.zst\n\
            0000000100000000/000000010000000000000002-8245dcbf4f658a674fa6c0f447b02c368907f4f8.zst\n\
            0000000100000000/000000010000000000000002.00000028.backup\n\
            00000002.history\n";
        let names: Vec<String> = listed(listing).iter().map(ToString::to_string).collect();
        assert_eq!(names, ["000000010000000000000002", "000000010000000000000003"]);
    }
}
