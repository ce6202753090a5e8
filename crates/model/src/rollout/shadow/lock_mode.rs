//! PostgreSQL's locks on tables, by strength.

use std::fmt;

/// In the order of PostgreSQL's manual, each one stronger than or as strong as the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LockMode {
    AccessShare,
    RowShare,
    RowExclusive,
    ShareUpdateExclusive,
    Share,
    ShareRowExclusive,
    Exclusive,
    AccessExclusive,
}

impl LockMode {
    const ALL: [(Self, &str, &str); 8] = [
        (Self::AccessShare, "AccessShareLock", "ACCESS SHARE"),
        (Self::RowShare, "RowShareLock", "ROW SHARE"),
        (Self::RowExclusive, "RowExclusiveLock", "ROW EXCLUSIVE"),
        (Self::ShareUpdateExclusive, "ShareUpdateExclusiveLock", "SHARE UPDATE EXCLUSIVE"),
        (Self::Share, "ShareLock", "SHARE"),
        (Self::ShareRowExclusive, "ShareRowExclusiveLock", "SHARE ROW EXCLUSIVE"),
        (Self::Exclusive, "ExclusiveLock", "EXCLUSIVE"),
        (Self::AccessExclusive, "AccessExclusiveLock", "ACCESS EXCLUSIVE"),
    ];

    /// As `pg_locks` writes it; nothing for what is no lock on a table.
    pub fn of_pg_locks(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|it| it.1 == word).map(|it| it.0)
    }

    /// Whoever writes to the table waits for it.
    pub fn stops_writes(self) -> bool {
        self >= Self::Share
    }

    /// Whoever reads it, too.
    pub fn stops_reads(self) -> bool {
        self == Self::AccessExclusive
    }
}

/// As in SQL.
impl fmt::Display for LockMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = Self::ALL.iter().find(|it| it.0 == *self).map_or("", |it| it.2);
        f.write_str(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_strength() {
        for pair in LockMode::ALL.windows(2) {
            assert!(pair[0].0 < pair[1].0, "{} {}", pair[0].0, pair[1].0);
        }
        let stops = |word: &str| {
            let mode = LockMode::of_pg_locks(word).unwrap();
            (mode.stops_writes(), mode.stops_reads(), mode.to_string())
        };
        assert_eq!(stops("RowExclusiveLock"), (false, false, "ROW EXCLUSIVE".to_owned()));
        assert_eq!(stops("ShareLock"), (true, false, "SHARE".to_owned()));
        assert_eq!(stops("AccessExclusiveLock"), (true, true, "ACCESS EXCLUSIVE".to_owned()));
        assert_eq!(LockMode::of_pg_locks("SIReadLock"), None);
    }
}
