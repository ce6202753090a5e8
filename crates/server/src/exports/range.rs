//! Which bytes somebody wants (RFC 9110, section 14). Pure.

use std::ops::RangeInclusive;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Whole,
    Part(RangeInclusive<u64>),
    /// There are no such bytes.
    Nothing,
}

/// `range` and `if_range` as they were sent; `etag` with its quotes. Of what is not understood, or asks for several parts at once, the
/// whole is the answer, as the standard lets a server do.
pub(super) fn wanted(
    range: Option<&str>,
    if_range: Option<&str>,
    etag: &str,
    bytes: u64,
) -> Wanted {
    let is_another = if_range.is_some_and(|it| it.trim() != etag);
    let Some(range) = range.filter(|_| !is_another) else { return Wanted::Whole };
    let Some((first, last)) = one_of_bytes(range) else { return Wanted::Whole };
    let end = bytes.saturating_sub(1);
    let part = match (first, last) {
        // Of the last so many.
        (End::Open, End::At(0)) => return Wanted::Nothing,
        (End::Open, End::At(count)) => bytes.saturating_sub(count)..=end,
        (End::At(first), End::Open) => first..=end,
        (End::At(first), End::At(last)) if first <= last => first..=last.min(end),
        (End::At(_), End::At(_)) | (End::Open, End::Open) => return Wanted::Whole,
    };
    if *part.start() >= bytes { Wanted::Nothing } else { Wanted::Part(part) }
}

/// What stands on one side of the hyphen.
enum End {
    At(u64),
    Open,
}

fn one_of_bytes(range: &str) -> Option<(End, End)> {
    let (unit, ranges) = range.split_once('=')?;
    let (first, last) = ranges.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    Some((side(first)?, side(last)?))
}

fn side(text: &str) -> Option<End> {
    match text.trim() {
        "" => Some(End::Open),
        // A sign parses, too.
        digits if digits.bytes().all(|it| it.is_ascii_digit()) => digits.parse().ok().map(End::At),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of ten bytes: `all`, `none`, or the first and the last.
    fn check(range: &str, if_range: Option<&str>) -> String {
        match wanted(Some(range), if_range, "\"abc\"", 10) {
            Wanted::Whole => "all".to_owned(),
            Wanted::Part(part) => format!("{} {}", part.start(), part.end()),
            Wanted::Nothing => "none".to_owned(),
        }
    }

    #[test]
    fn ranges() {
        assert_eq!(wanted(None, None, "\"abc\"", 10), Wanted::Whole);
        for (range, bytes) in [
            ("bytes=0-", "0 9"),
            ("bytes=3-", "3 9"),
            ("bytes=9-", "9 9"),
            ("bytes=10-", "none"),
            ("bytes=0-0", "0 0"),
            ("bytes=3-5", "3 5"),
            ("bytes=3-500", "3 9"),
            ("bytes=-3", "7 9"),
            ("bytes=-30", "0 9"),
            ("bytes=-0", "none"),
            ("Bytes = 3 - 5 ", "3 5"),
            // Not one range of bytes.
            ("bytes=5-3", "all"),
            ("bytes=-", "all"),
            ("bytes=0-1,3-4", "all"),
            ("bytes=+3-", "all"),
            ("bytes=99999999999999999999-", "all"),
            ("lines=1-2", "all"),
            ("", "all"),
        ] {
            assert_eq!(check(range, None), bytes, "{range}");
        }
    }

    #[test]
    fn a_part_of_what_is_another_by_now_is_no_use() {
        for (if_range, bytes) in [
            ("\"abc\"", "3 9"),
            ("\"abd\"", "all"),
            ("W/\"abc\"", "all"),
            ("Sat, 28 Nov 2026 20:00:00 GMT", "all"),
        ] {
            assert_eq!(check("bytes=3-", Some(if_range)), bytes, "{if_range}");
        }
    }
}
