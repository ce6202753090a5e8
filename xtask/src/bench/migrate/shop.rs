//! What the tenants' databases hold, and the change that is timed.
//!
//! Each way of changing them has tables of its own in every database, and changes those: so all ways meet the same
//! databases in the same state, and none finds its work done.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

const TABLES: &str = include_str!("../../../assets/migrate/shop.sql");
const CHANGE: &str = include_str!("../../../assets/migrate/change.sql");

/// A set of tables, by the first word of their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    Product,
    Raw,
    Alembic,
}

impl Set {
    const ALL: [Self; 3] = [Self::Product, Self::Raw, Self::Alembic];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Raw => "raw",
            Self::Alembic => "alembic",
        }
    }
}

/// Two columns, a table and an index, with names that no other round has.
pub(super) fn change(set: Set, round: u32) -> String {
    CHANGE.replace("{set}", set.name()).replace("{round}", &round.to_string())
}

/// The product's release: a folder that grows by one file with each round.
pub(super) struct Folder {
    path: PathBuf,
    rounds: u32,
}

impl Folder {
    /// With what all tenants begin with.
    pub(super) fn create(path: &Path) -> Result<Self> {
        fs::create_dir(path).with_context(|| format!("create {}", path.display()))?;
        let folder = Self { path: path.to_owned(), rounds: 0 };
        let tables = Set::ALL.map(|it| TABLES.replace("{set}", it.name())).concat();
        folder.write("0001_shop.sql", &format!("-- phase: expand\n\n{tables}{}", first_data()))?;
        Ok(folder)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A new file, whose version is answered.
    pub(super) fn grow(&mut self) -> Result<u32> {
        self.rounds += 1;
        let version = self.rounds + 1;
        self.write(&format!("{version:04}_round.sql"), &file(self.rounds))?;
        Ok(version)
    }

    fn write(&self, name: &str, text: &str) -> Result<()> {
        let file = self.path.join(name);
        fs::write(&file, text).with_context(|| format!("write {}", file.display()))
    }
}

/// As the product wants it: with a header, and with what its lint would ask about answered.
fn file(round: u32) -> String {
    format!(
        "-- phase: expand\n\
         -- lint: allow require-concurrent-index-creation because the table has 500 rows\n\n{}",
        change(Set::Product, round)
    )
}

/// What the product calls when it makes a tenant; there is nothing to put in.
fn first_data() -> &'static str {
    "create function cloison_first_data(data jsonb) returns void language sql as '';\n"
}

#[cfg(test)]
mod tests {
    use super::{Set, change};

    #[test]
    fn each_way_and_each_round_has_names_of_its_own() {
        let text = change(Set::Raw, 3);
        assert!(text.starts_with("alter table raw_orders add column note_3 text;\n"));
        assert_eq!(text.matches(';').count(), 4);
        assert!(!text.contains('{'));
    }
}
