//! `eu-1:eu`: a cluster for tenants, and the region that it stands for.

use std::fmt;
use std::str::FromStr;

/// Invariant: name and region are 1 to 32 characters of `a-z`, `0-9` and `-`, so they can be folders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ServerSpec {
    pub(crate) name: String,
    pub(crate) region: String,
}

const CHARS_MAX: usize = 32;

impl FromStr for ServerSpec {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let word = |it: &str| {
            (1..=CHARS_MAX).contains(&it.len())
                && it.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'-'))
                && !it.starts_with('-')
        };
        match text.split_once(':') {
            Some((name, region)) if word(name) && word(region) => {
                Ok(Self { name: name.to_owned(), region: region.to_owned() })
            }
            Some(_) | None => {
                Err("a server is name:region, as in eu-1:eu, each of a-z, 0-9 and hyphens"
                    .to_owned())
            }
        }
    }
}

impl fmt::Display for ServerSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.name, self.region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_could_leave_the_folder_are_refused() {
        assert_eq!(
            "eu-1:eu".parse::<ServerSpec>().map(|it| it.to_string()),
            Ok("eu-1:eu".to_owned())
        );
        for bad in ["eu-1", "", ":", "../x:eu", "a/b:eu", "A:eu", "-a:eu", "a:eu:b"] {
            assert!(bad.parse::<ServerSpec>().is_err(), "{bad}");
        }
    }
}
