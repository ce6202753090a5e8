//! Names of databases and roles, as a start-up packet takes them.
//!
//! The router never puts a name into SQL, so any name that PostgreSQL can have is good enough.
//! Whoever builds DDL wants stricter ones, or [`Identifier::quoted`].

use std::fmt;
use std::str::FromStr;

use cloison_model::{DatabaseName, RoleName};

/// The name of a database or a role: `acme`, `customer-12`, `Kunde 7`.
///
/// Spelt as in PostgreSQL's catalogue, so `Acme` and `acme` are two names.
///
/// Invariant: 1 to 63 bytes, none of them zero. PostgreSQL cuts longer ones, and then two names
/// could be one database.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identifier(String);

/// `NAMEDATALEN - 1`.
const BYTES_MAX: usize = 63;

/// A text that is no [`Identifier`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a name that PostgreSQL keeps as it is: 1 to 63 bytes, none of them zero")]
pub struct IdentifierError(String);

impl Identifier {
    /// The name, unquoted.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name as SQL has it: in double quotes, with those inside doubled.
    pub fn quoted(&self) -> impl fmt::Display + '_ {
        fmt::from_fn(|f| write!(f, "\"{}\"", self.0.replace('"', "\"\"")))
    }
}

impl FromStr for Identifier {
    type Err = IdentifierError;

    fn from_str(text: &str) -> Result<Self, IdentifierError> {
        let valid = (1..=BYTES_MAX).contains(&text.len()) && !text.contains('\0');
        if valid {
            Ok(Self(text.to_owned()))
        } else {
            Err(IdentifierError(text.chars().take(80).collect()))
        }
    }
}

impl From<DatabaseName> for Identifier {
    fn from(name: DatabaseName) -> Self {
        Self(name.as_str().to_owned())
    }
}

impl From<RoleName> for Identifier {
    fn from(name: RoleName) -> Self {
        Self(name.as_str().to_owned())
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_postgresql_keeps_as_it_is() {
        for text in ["acme", "customer-12", "Kunde 7", "caf\u{e9}", "a\"b", &"a".repeat(63)] {
            assert_eq!(text.parse::<Identifier>().unwrap().as_str(), text);
        }
        for text in ["", "a\0b", &"a".repeat(64), &"\u{e9}".repeat(32)] {
            assert!(text.parse::<Identifier>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn quotes_are_doubled() {
        let quoted = |text: &str| text.parse::<Identifier>().unwrap().quoted().to_string();
        assert_eq!(quoted("Kunde 7"), "\"Kunde 7\"");
        assert_eq!(quoted("a\"; drop"), "\"a\"\"; drop\"");
    }
}
