//! A release: the ordered set of tenant migrations that a build or a folder carries, and what is left of it to run on
//! a database with some history.

use sha2::{Digest, Sha256};

use crate::hexadecimal::hexadecimal;
use crate::migration::{Migration, MigrationPhase, Script};

/// Invariant: at least one migration, versions strictly ascending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release(Vec<Migration>);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    #[error("a release has at least one migration")]
    Empty,
    #[error("'{0}' is not named <version>_<name>.sql or <version>_<name>.down.sql")]
    FileName(String),
    #[error("two migrations have version {0}")]
    SameVersion(i64),
    #[error("'{0}' takes back a migration that is not there")]
    DownAlone(String),
    #[error("{file} says phase '{word}'; it is one of expand, backfill, contract")]
    Phase { file: String, word: String },
    #[error("{file} says timeout '{value}'; write it as in 500ms, 30s, 5min or 2h")]
    Timeout { file: String, value: String },
}

/// One row of a database's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub version: i64,
    pub name: String,
    pub checksum: String,
}

/// Why a release does not go with the history of a database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    #[error(
        "the database is at version {found}, newer than the {known} of this release; run the newer build"
    )]
    Newer { found: i64, known: i64 },
    #[error(
        "migration {version} ({name}) was applied with another text than this release has; a released migration is never edited"
    )]
    Edited { version: i64, name: String },
    #[error("migration {version} ({name}) was applied and is not in this release")]
    Missing { version: i64, name: String },
    #[error(
        "migration {version} ({name}) comes before {newest}, which was applied already; give it a version above that"
    )]
    OutOfOrder { version: i64, name: String, newest: i64 },
    #[error("there is no way back from {files}: no down file takes it back")]
    NoWayBack { files: String },
}

/// Migrations that are run together: in one transaction, or one alone outside any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    pub parts: Vec<Part<'a>>,
    pub in_transaction: bool,
}

/// One migration in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'a> {
    pub migration: &'a Migration,
    /// Up, or down.
    pub script: &'a Script,
    pub is_up: bool,
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

    /// From the `(file name, text)` pairs that an application embeds or a folder holds.
    pub fn from_files<T: AsRef<str>>(files: &[(T, T)]) -> Result<Self, ReleaseError> {
        let mut migrations = Vec::new();
        let mut downs = Vec::new();
        for (name, sql) in files {
            let (name, sql) = (name.as_ref(), sql.as_ref());
            match name.strip_suffix(".down.sql") {
                Some(stem) => {
                    // Its name is a migration's, and says which one it takes back.
                    let of = Migration::parse(&format!("{stem}.sql"), "")
                        .map_err(|_nameless| ReleaseError::FileName(name.to_owned()))?;
                    downs.push((name, (of.version, of.name), Script::parse(name, sql)?));
                }
                None => migrations.push(Migration::parse(name, sql)?),
            }
        }
        for (name, key, script) in downs {
            let of = migrations.iter_mut().find(|it| (it.version, &it.name) == (key.0, &key.1));
            let of = of.ok_or_else(|| ReleaseError::DownAlone(name.to_owned()))?;
            of.down = Some(script);
        }
        Self::new(migrations)
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

    /// Whether it is the other one, with or without more behind it.
    pub fn begins_with(&self, other: &Self) -> bool {
        let same = |(a, b): (&Migration, &Migration)| {
            (a.version, a.checksum()) == (b.version, b.checksum())
        };
        self.0.len() >= other.0.len() && self.0.iter().zip(&other.0).all(same)
    }

    /// What is left to run to get to `target`, or why nothing may be.
    ///
    /// Files that add or take away and follow each other are one transaction, so that an upgrade over several versions is
    /// made as a whole. A backfill is alone: it takes its time, and must not hold the locks of the others meanwhile.
    pub fn upgrade(
        &self,
        history: &[Applied],
        target: i64,
    ) -> Result<Vec<Segment<'_>>, HistoryError> {
        self.check(history)?;
        let newest = history.iter().map(|it| it.version).max().unwrap_or_default();
        let is_applied = |it: &&Migration| history.iter().any(|row| row.version == it.version);
        let pending: Vec<_> =
            self.0.iter().filter(|it| it.version <= target).filter(|it| !is_applied(it)).collect();
        if let Some(late) = pending.iter().find(|it| it.version < newest) {
            return Err(HistoryError::OutOfOrder {
                version: late.version,
                name: late.name.clone(),
                newest,
            });
        }
        let parts =
            pending.into_iter().map(|it| Part { migration: it, script: &it.up, is_up: true });
        Ok(segments(parts))
    }

    /// What takes the database back to `target`, newest first, or why nothing does.
    pub fn downgrade(
        &self,
        history: &[Applied],
        target: i64,
    ) -> Result<Vec<Segment<'_>>, HistoryError> {
        self.check(history)?;
        let applied = |it: &&Migration| history.iter().any(|row| row.version == it.version);
        let above: Vec<_> =
            self.0.iter().rev().filter(|it| it.version > target).filter(applied).collect();
        let without: Vec<_> =
            above.iter().filter(|it| it.down.is_none()).map(|it| it.file_name()).collect();
        if !without.is_empty() {
            return Err(HistoryError::NoWayBack { files: without.join(", ") });
        }
        let parts = above.into_iter().filter_map(|it| {
            let script = it.down.as_ref()?;
            Some(Part { migration: it, script, is_up: false })
        });
        Ok(segments(parts))
    }

    /// How far a fleet whose oldest tenant is at `oldest` may go in one rollout: what takes something away comes when
    /// every tenant has had all that was to come before it.
    pub fn next_stop(&self, oldest: i64) -> i64 {
        let mut stop = oldest;
        let mut has_added = false;
        for it in self.0.iter().filter(|it| it.version > oldest) {
            if has_added && it.phase == MigrationPhase::Contract {
                break;
            }
            has_added |= it.phase != MigrationPhase::Contract;
            stop = it.version;
        }
        stop
    }

    /// The same files that the history tells of.
    fn check(&self, history: &[Applied]) -> Result<(), HistoryError> {
        for row in history {
            if row.version > self.version() {
                let (found, known) = (row.version, self.version());
                return Err(HistoryError::Newer { found, known });
            }
            let (version, name) = (row.version, row.name.clone());
            match self.0.iter().find(|it| it.version == version) {
                Some(it) if it.checksum() == row.checksum => {}
                Some(it) => return Err(HistoryError::Edited { version, name: it.name.clone() }),
                None => return Err(HistoryError::Missing { version, name }),
            }
        }
        Ok(())
    }
}

fn segments<'a>(parts: impl Iterator<Item = Part<'a>>) -> Vec<Segment<'a>> {
    let joins =
        |it: &Part<'_>| it.script.in_transaction && it.migration.phase != MigrationPhase::Backfill;
    let mut segments: Vec<Segment<'a>> = Vec::new();
    for part in parts {
        match segments.last_mut() {
            Some(last) if joins(&part) && last.parts.iter().all(joins) => last.parts.push(part),
            _ => segments
                .push(Segment { in_transaction: part.script.in_transaction, parts: vec![part] }),
        }
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(files: &[(&str, &str)]) -> Release {
        Release::from_files(files).unwrap()
    }

    #[test]
    fn files_are_put_in_order_and_find_their_way_back() {
        let release =
            release(&[("0010_b.sql", "b"), ("0002_a.sql", "a"), ("0010_b.down.sql", "not b")]);
        assert_eq!(release.version(), 10);
        assert_eq!(release.migrations()[0].name, "a");
        assert_eq!(release.migrations()[0].down, None);
        assert_eq!(release.migrations()[1].down.as_ref().unwrap().sql, "not b");
    }

    #[test]
    fn a_change_of_text_is_another_release() {
        let one = release(&[("1_a.sql", "select 1")]);
        let two = release(&[("1_a.sql", "select 2")]);
        assert_ne!(one.checksum(), two.checksum());
    }

    #[test]
    fn more_behind_it_leaves_the_beginning_as_it_is() {
        let short = release(&[("1_a.sql", "a")]);
        assert!(short.begins_with(&short));
        assert!(release(&[("1_a.sql", "a"), ("2_b.sql", "b")]).begins_with(&short));
        for other in [("1_a.sql", "edited"), ("2_a.sql", "a")] {
            assert!(!release(&[other, ("3_c.sql", "c")]).begins_with(&short), "{other:?}");
        }
        assert!(!short.begins_with(&release(&[("1_a.sql", "a"), ("2_b.sql", "b")])));
    }

    #[test]
    fn what_is_no_release_is_refused() {
        assert_eq!(Release::from_files::<&str>(&[]), Err(ReleaseError::Empty));
        assert_eq!(
            Release::from_files(&[("1_a.sql", ""), ("01_b.sql", "")]),
            Err(ReleaseError::SameVersion(1))
        );
        assert_eq!(
            Release::from_files(&[("1_a.sql", ""), ("1_b.down.sql", "")]),
            Err(ReleaseError::DownAlone("1_b.down.sql".to_owned()))
        );
        assert_eq!(
            Release::from_files(&[("1_a.sql", ""), ("b.down.sql", "")]),
            Err(ReleaseError::FileName("b.down.sql".to_owned()))
        );
    }

    /// `version=text` a word, with the text that was run.
    fn history(words: &str) -> Vec<Applied> {
        let row = |word: &str| {
            let (version, text) = word.split_once('=').unwrap();
            let run = Migration::parse(&format!("{version}_x.sql"), text).unwrap();
            Applied { version: run.version, checksum: run.checksum().to_owned(), name: run.name }
        };
        words.split_whitespace().map(row).collect()
    }

    /// A segment a word: versions joined by `+`, in brackets outside a transaction.
    fn shown(segments: &[Segment<'_>]) -> String {
        let segment = |it: &Segment<'_>| {
            let versions: Vec<_> =
                it.parts.iter().map(|it| it.migration.version.to_string()).collect();
            let text = versions.join("+");
            if it.in_transaction { text } else { format!("({text})") }
        };
        segments.iter().map(segment).collect::<Vec<_>>().join(" ")
    }

    fn check(files: &[(&str, &str)], words: &str) -> String {
        let release = release(files);
        match release.upgrade(&history(words), release.version()) {
            Ok(segments) => shown(&segments),
            Err(error) => error.to_string(),
        }
    }

    const TWO: [(&str, &str); 2] = [("1_a.sql", "a"), ("2_b.sql", "b")];

    #[test]
    fn what_is_missing_is_pending() {
        assert_eq!(check(&TWO, ""), "1+2");
        assert_eq!(check(&TWO, "1=a"), "2");
        assert_eq!(check(&TWO, "1=a 2=b"), "");
        assert_eq!(shown(&release(&TWO).upgrade(&[], 1).unwrap()), "1");
    }

    #[test]
    fn gaps_are_no_fault() {
        assert_eq!(
            check(&[("20260101_a.sql", "a"), ("20260301_b.sql", "b")], "20260101=a"),
            "20260301"
        );
    }

    #[test]
    fn a_backfill_and_what_needs_no_transaction_are_alone() {
        let files = [
            ("1_a.sql", "a"),
            ("2_b.sql", "b"),
            ("3_c.sql", "-- phase: backfill"),
            ("4_d.sql", "d"),
            ("5_e.sql", "-- no-transaction"),
            ("6_f.sql", "f"),
            ("7_g.sql", "-- phase: contract"),
        ];
        assert_eq!(check(&files, ""), "1+2 3 4 (5) 6+7");
    }

    #[test]
    fn a_history_of_other_files_stops_all() {
        assert!(check(&TWO, "1=changed").contains("(a) was applied with another text"));
        assert!(check(&TWO, "1=a 2=b 3=c").contains("run the newer build"));
        assert!(check(&[TWO[1]], "1=a").contains("1 (x) was applied and is not in"));
        assert!(check(&TWO, "2=b").contains("1 (a) comes before 2, which was applied"));
    }

    #[test]
    fn what_takes_away_waits_for_all() {
        let contract = "-- phase: contract";
        let files =
            [("1_a.sql", ""), ("2_b.sql", contract), ("3_c.sql", contract), ("4_d.sql", "")];
        let release = release(&files);
        let stops = [0, 1, 2, 3, 4].map(|oldest| release.next_stop(oldest));
        assert_eq!(stops, [1, 4, 4, 4, 4]);
    }

    #[test]
    fn the_way_back_is_known_before_it_is_taken() {
        let files = [
            ("1_a.sql", "a"),
            ("2_b.sql", "b"),
            ("2_b.down.sql", "not b"),
            ("3_c.sql", "c"),
            ("3_c.down.sql", "-- no-transaction"),
        ];
        let release = release(&files);
        let back = |words, target| {
            release
                .downgrade(&history(words), target)
                .map_or_else(|it| it.to_string(), |it| shown(&it))
        };
        assert_eq!(back("1=a 2=b 3=c", 1), "(3) 2");
        assert_eq!(back("1=a 2=b", 1), "2");
        assert_eq!(back("1=a", 1), "");
        assert_eq!(
            back("1=a 2=b", 0),
            "there is no way back from 0001_a.sql: no down file takes it back"
        );
    }
}
