//! A release: the ordered set of tenant migrations that a build carries.
//!
//! Not here: running one. That is `control`'s; here is only what the files say.

use sha2::{Digest, Sha256};

use crate::hexadecimal::hexadecimal;

/// One migration file, `<version>_<name>.sql`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    pub version: i64,
    pub name: String,
    pub sql: String,
}

/// Invariant: at least one migration, versions strictly ascending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release(Vec<Migration>);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    #[error("a release has at least one migration")]
    Empty,
    #[error("'{0}' is not named <version>_<name>.sql")]
    FileName(String),
    #[error("two migrations have version {0}")]
    SameVersion(i64),
}

impl Migration {
    pub fn parse(file_name: &str, sql: &str) -> Result<Self, ReleaseError> {
        let named = || ReleaseError::FileName(file_name.to_owned());
        let stem = file_name.strip_suffix(".sql").ok_or_else(named)?;
        let (version, name) = stem.split_once('_').ok_or_else(named)?;
        let version = version.parse().ok().filter(|it| *it > 0).ok_or_else(named)?;
        if name.is_empty() {
            return Err(named());
        }
        Ok(Self { version, name: name.to_owned(), sql: sql.to_owned() })
    }

    /// SHA-256 of the text, lower-case hexadecimal: what the history row keeps.
    pub fn checksum(&self) -> String {
        hexadecimal(&Sha256::digest(self.sql.as_bytes()))
    }

    /// Extensions that only a superuser may create, from the header `-- extensions: a, b`.
    pub fn extensions(&self) -> impl Iterator<Item = &str> {
        self.sql
            .lines()
            .take_while(|it| it.starts_with("--") || it.is_empty())
            .filter_map(|it| it.strip_prefix("-- extensions:"))
            .flat_map(|it| it.split(','))
            .map(str::trim)
            .filter(|it| !it.is_empty())
    }
}

impl Release {
    pub fn new(mut migrations: Vec<Migration>) -> Result<Self, ReleaseError> {
        migrations.sort_by_key(|it| it.version);
        if migrations.is_empty() {
            return Err(ReleaseError::Empty);
        }
        match migrations.windows(2).find(|it| it[0].version == it[1].version) {
            Some(same) => Err(ReleaseError::SameVersion(same[0].version)),
            None => Ok(Self(migrations)),
        }
    }

    /// From the `(file name, text)` pairs that an application embeds.
    pub fn from_files(files: &[(&str, &str)]) -> Result<Self, ReleaseError> {
        Self::new(
            files
                .iter()
                .map(|(name, sql)| Migration::parse(name, sql))
                .collect::<Result<_, _>>()?,
        )
    }

    pub fn migrations(&self) -> &[Migration] {
        &self.0
    }

    /// The newest version.
    pub fn version(&self) -> i64 {
        self.0.last().expect("a release has at least one migration").version
    }

    /// SHA-256 over all checksums in order: two builds with the same one carry the same schema.
    pub fn checksum(&self) -> String {
        let mut hash = Sha256::new();
        for migration in &self.0 {
            hash.update(migration.checksum());
        }
        hexadecimal(&hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_put_in_order() {
        let release = Release::from_files(&[("0010_b.sql", "b"), ("0002_a.sql", "a")]).unwrap();
        assert_eq!(release.version(), 10);
        assert_eq!(release.migrations()[0].name, "a");
    }

    #[test]
    fn a_change_of_text_is_another_release() {
        let one = Release::from_files(&[("1_a.sql", "select 1")]).unwrap();
        let two = Release::from_files(&[("1_a.sql", "select 2")]).unwrap();
        assert_ne!(one.checksum(), two.checksum());
    }

    #[test]
    fn names_that_say_nothing_are_refused() {
        for name in ["a.sql", "1.sql", "1_.sql", "x_a.sql", "0_a.sql", "1_a.txt", "-1_a.sql"] {
            assert!(matches!(Migration::parse(name, ""), Err(ReleaseError::FileName(_))), "{name}");
        }
        assert_eq!(Release::from_files(&[]), Err(ReleaseError::Empty));
        assert_eq!(
            Release::from_files(&[("1_a.sql", ""), ("01_b.sql", "")]),
            Err(ReleaseError::SameVersion(1))
        );
    }

    #[test]
    fn extensions_are_read_from_the_header_only() {
        let text = "-- phase: expand\n-- extensions: citext, pg_trgm\n\ncreate table a ();\n-- extensions: no";
        let migration = Migration::parse("1_a.sql", text).unwrap();
        assert_eq!(migration.extensions().collect::<Vec<_>>(), ["citext", "pg_trgm"]);
    }
}
