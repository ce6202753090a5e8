//! Names of databases and login roles. A name that parses needs no escape.
//!
//! Not here: where a name is used. DDL is built in `control` only.

use std::fmt;
use std::str::FromStr;

/// Invariant: 1 to 63 bytes of `a-z`, `0-9` and `_`, the first a letter. So it never needs
/// escaping, and `quoted` is safe in DDL, where PostgreSQL takes no parameters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DatabaseName(String);

/// The login role of one tenant. Same invariant as [`DatabaseName`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoleName(String);

/// PostgreSQL cuts longer identifiers silently (`NAMEDATALEN - 1`).
const NAME_BYTES_MAX: usize = 63;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a name of 1 to 63 characters a-z, 0-9 and _, beginning with a letter")]
pub struct NameError(String);

impl DatabaseName {
    /// The database of the organization with this number.
    pub fn of_number(number: i64) -> Self {
        Self(format!("studio_{number}_db"))
    }

    /// A database beside that one, of the same organization. `which` tells several apart.
    pub fn of_copy(number: i64, which: u64) -> Self {
        Self(format!("studio_{number}_copy_{which:016x}"))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn quoted(&self) -> impl fmt::Display + '_ {
        fmt::from_fn(|f| write!(f, "\"{}\"", self.0))
    }

    /// The login role has the name of its database: `pg_hba.conf` says `sameuser`.
    pub fn role(&self) -> RoleName {
        RoleName(self.0.clone())
    }
}

impl RoleName {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn quoted(&self) -> impl fmt::Display + '_ {
        fmt::from_fn(|f| write!(f, "\"{}\"", self.0))
    }
}

impl FromStr for DatabaseName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        parse(text).map(Self)
    }
}

impl FromStr for RoleName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        parse(text).map(Self)
    }
}

impl fmt::Display for DatabaseName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for RoleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn parse(text: &str) -> Result<String, NameError> {
    let valid = (1..=NAME_BYTES_MAX).contains(&text.len())
        && text.starts_with(|it: char| it.is_ascii_lowercase())
        && text.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    if valid { Ok(text.to_owned()) } else { Err(NameError(text.chars().take(80).collect())) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_gives_database_and_role() {
        let name = DatabaseName::of_number(12);
        assert_eq!(name.as_str(), "studio_12_db");
        assert_eq!(name.role().as_str(), "studio_12_db");
        assert_eq!(name.quoted().to_string(), "\"studio_12_db\"");
    }

    proptest! {
        #[test]
        fn what_parses_needs_no_escape(text in ".{0,80}") {
            if let Ok(name) = text.parse::<DatabaseName>() {
                prop_assert!(!name.as_str().contains(['"', '\'', '\0', '\\', ' ', ';']));
                prop_assert!(name.as_str().len() <= NAME_BYTES_MAX);
            }
        }

        #[test]
        fn every_number_gives_a_name_that_parses(number in 1_i64..) {
            let name = DatabaseName::of_number(number);
            prop_assert_eq!(name.as_str().parse::<DatabaseName>(), Ok(name));
        }
    }
}
