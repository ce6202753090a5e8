//! Names of objects. A name that parses is safe as a path, in a URL, and in XML, and means the same on every store.

use std::fmt;
use std::str::FromStr;

/// S3 allows 1024 bytes, of which the store's own prefix takes some.
const KEY_BYTES_MAX: usize = 700;

/// File systems allow 255 bytes, of which a file that is being written takes some for its ending.
const SEGMENT_BYTES_MAX: usize = 200;

/// Invariant: at most 700 bytes of `a-z`, `A-Z`, `0-9`, `-`, `_`, `.` and `/`; between slashes 1 to 200 bytes that are neither
/// `.` nor `..`. So it leads nowhere else when it is joined to a folder, and needs no escape.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectKey(String);

/// Why a text names no object.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' is not a name in an object store: parts of 1 to {SEGMENT_BYTES_MAX} letters, digits, '-', '_' and '.', none of them '.' or '..', separated by '/', {KEY_BYTES_MAX} characters in all"
)]
pub struct ObjectKeyError(String);

impl ObjectKey {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of something below this one.
    pub fn join(&self, below: &str) -> Result<Self, ObjectKeyError> {
        format!("{self}/{below}").parse()
    }

    /// Whether it lies below `folder`, at any depth.
    pub fn is_below(&self, folder: &Self) -> bool {
        self.0.strip_prefix(&folder.0).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl FromStr for ObjectKey {
    type Err = ObjectKeyError;

    fn from_str(text: &str) -> Result<Self, ObjectKeyError> {
        let valid = text.len() <= KEY_BYTES_MAX && text.split('/').all(is_segment);
        if valid {
            Ok(Self(text.to_owned()))
        } else {
            Err(ObjectKeyError(text.chars().take(80).collect()))
        }
    }
}

fn is_segment(text: &str) -> bool {
    (1..=SEGMENT_BYTES_MAX).contains(&text.len())
        && !matches!(text, "." | "..")
        && text.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'_' | b'.'))
}

impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_examples() {
        for good in ["a", "tenants/018f/2026-11-28T02.dump.age", "A_b-c.d", ".hidden/..x/x.."] {
            assert_eq!(good.parse::<ObjectKey>().unwrap().as_str(), good);
        }
        let long = "x".repeat(SEGMENT_BYTES_MAX + 1);
        let deep = "abc/".repeat(KEY_BYTES_MAX / 4) + "abcd";
        for bad in
            ["", "/a", "a/", "a//b", "..", "a/../b", "a/.", "a b", "é", "a\0", "a%2f", &long, &deep]
        {
            assert!(bad.parse::<ObjectKey>().is_err(), "{bad}");
        }
    }

    #[test]
    fn below_is_a_matter_of_whole_parts() {
        let key = |text: &str| text.parse::<ObjectKey>().unwrap();
        assert!(key("a/b/c").is_below(&key("a/b")));
        assert!(!key("a/bc").is_below(&key("a/b")));
        assert!(!key("a/b").is_below(&key("a/b")));
        assert_eq!(key("a").join("b/c"), Ok(key("a/b/c")));
        assert!(key("a").join("../b").is_err());
    }
}
