//! One migration: a file `<version>_<name>.sql`, what its header says, and the file that takes it back.
//!
//! Not here: running one. That is `control`'s; here is only what the files say.

use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::hexadecimal::hexadecimal;
use crate::release::ReleaseError;
use crate::words::words;

words! {
    /// What a migration does to programs that run while it does.
    MigrationPhase {
        /// Adds only: whoever knew the schema before can go on with it.
        Expand = "expand",
        /// Writes data, in its own time.
        Backfill = "backfill",
        /// Takes something away: only programs that know this migration can go on.
        Contract = "contract",
    }
}

/// The text of one file, and what its header asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    pub sql: String,
    /// `-- no-transaction` says that it cannot be in one, as CREATE INDEX CONCURRENTLY cannot.
    pub in_transaction: bool,
    /// `-- timeout: 30min`: how long each statement may take, if it is not as long as usual.
    pub timeout: Option<Duration>,
}

/// A file that may be released, with the one that takes it back, if there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    pub version: i64,
    pub name: String,
    /// `-- phase: ..`; a file that does not say is taken to add only, and the lint asks for it.
    pub phase: MigrationPhase,
    pub up: Script,
    /// `<version>_<name>.down.sql`.
    pub down: Option<Script>,
    checksum: String,
}

impl Script {
    pub fn parse(file_name: &str, sql: &str) -> Result<Self, ReleaseError> {
        let timeout = header_values(sql, "timeout").next().map(|it| {
            duration(it).ok_or_else(|| ReleaseError::Timeout {
                file: file_name.to_owned(),
                value: it.to_owned(),
            })
        });
        Ok(Self {
            in_transaction: !header(sql).any(|it| it == "no-transaction"),
            timeout: timeout.transpose()?,
            sql: sql.to_owned(),
        })
    }
}

impl Migration {
    /// From one file; see [`Self::with_down`] for the other.
    pub fn parse(file_name: &str, sql: &str) -> Result<Self, ReleaseError> {
        let named = || ReleaseError::FileName(file_name.to_owned());
        let stem = file_name.strip_suffix(".sql").ok_or_else(named)?;
        let (version, name) = stem.split_once('_').ok_or_else(named)?;
        let version = version.parse().ok().filter(|it| *it > 0).ok_or_else(named)?;
        if name.is_empty() || name.contains('.') {
            return Err(named());
        }
        let phase = header_values(sql, "phase").next().unwrap_or("expand");
        let phase = phase.parse().map_err(|_unknown| ReleaseError::Phase {
            file: file_name.to_owned(),
            word: phase.to_owned(),
        })?;
        let up = Script::parse(file_name, sql)?;
        let checksum = hexadecimal(&Sha256::digest(sql.as_bytes()));
        Ok(Self { version, name: name.to_owned(), phase, up, down: None, checksum })
    }

    #[must_use]
    pub fn with_down(self, down: Option<Script>) -> Self {
        Self { down, ..self }
    }

    /// As operators know it; the folder may have written the version with zeros in front.
    pub fn file_name(&self) -> String {
        format!("{:04}_{}.sql", self.version, self.name)
    }

    /// SHA-256 of the text, lower-case hexadecimal: what the history row keeps. The way back is not in it, so it can be
    /// mended after a release.
    pub fn checksum(&self) -> &str {
        &self.checksum
    }

    /// Extensions that only a superuser may create, from the header `-- extensions: a, b`.
    pub fn extensions(&self) -> impl Iterator<Item = &str> {
        header_values(&self.up.sql, "extensions")
            .flat_map(|it| it.split(','))
            .map(str::trim)
            .filter(|it| !it.is_empty())
    }
}

/// What the comments at the top of a file say, one at a time.
fn header(sql: &str) -> impl Iterator<Item = &str> {
    sql.lines()
        .take_while(|it| it.starts_with("--") || it.trim().is_empty())
        .filter_map(|it| it.strip_prefix("--"))
        .map(str::trim)
}

/// The values of `-- key: value` at the top of a file.
pub fn header_values<'a>(sql: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
    header(sql)
        .filter_map(move |it| it.strip_prefix(key).and_then(|it| it.strip_prefix(':')))
        .map(str::trim)
}

/// As in `500ms`, `30s`, `5min`, `2h`; nothing for what is none, or is no time at all.
fn duration(text: &str) -> Option<Duration> {
    let digits = text.find(|it: char| !it.is_ascii_digit())?;
    let count: u64 = text[..digits].parse().ok().filter(|it| *it > 0)?;
    let milliseconds = match text[digits..].trim() {
        "ms" => 1,
        "s" => 1_000,
        "min" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    count.checked_mul(milliseconds).map(Duration::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_read_and_nothing_below_it() {
        let text = "-- phase: contract\n-- no-transaction\n-- timeout: 30min\n-- extensions: citext, pg_trgm\n\ncreate table a ();\n-- extensions: no\n-- phase: expand";
        let migration = Migration::parse("1_a.sql", text).unwrap();
        assert_eq!(migration.extensions().collect::<Vec<_>>(), ["citext", "pg_trgm"]);
        assert_eq!(migration.phase, MigrationPhase::Contract);
        assert!(!migration.up.in_transaction);
        assert_eq!(migration.up.timeout, Some(Duration::from_mins(30)));
    }

    #[test]
    fn without_a_header_it_adds_in_a_transaction() {
        let migration = Migration::parse("1_a.sql", "select 1").unwrap();
        assert_eq!(
            (migration.phase, migration.up.in_transaction, migration.up.timeout),
            (MigrationPhase::Expand, true, None)
        );
    }

    #[test]
    fn names_and_headers_that_say_nothing_are_refused() {
        for name in
            ["a.sql", "1.sql", "1_.sql", "x_a.sql", "0_a.sql", "1_a.txt", "-1_a.sql", "1_a.up.sql"]
        {
            assert!(matches!(Migration::parse(name, ""), Err(ReleaseError::FileName(_))), "{name}");
        }
        for (text, error) in [
            (
                "-- phase: extend",
                "1_a.sql says phase 'extend'; it is one of expand, backfill, contract",
            ),
            (
                "-- timeout: soon",
                "1_a.sql says timeout 'soon'; write it as in 500ms, 30s, 5min or 2h",
            ),
            ("-- timeout: 0s", "1_a.sql says timeout '0s'; write it as in 500ms, 30s, 5min or 2h"),
        ] {
            assert_eq!(Migration::parse("1_a.sql", text).unwrap_err().to_string(), error);
        }
    }
}
