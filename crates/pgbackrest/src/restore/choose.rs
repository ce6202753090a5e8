//! Which backup a moment is restored from, and which databases of it. Pure.

use super::{Moment, Order, RestoreError, Scratch};
use crate::info::{Backup, DatabaseRef, Info};

/// Databases below this number come with initdb. They are always restored, and pgBackRest refuses to be told so.
const OWN_OIDS_MIN: u32 = 16_384;

/// The newest backup that was complete by then: the least is left to replay. One with bad pages only if there is no other.
pub(super) fn backup(info: &Info, at: Moment) -> Result<&Backup, RestoreError> {
    let earliest = info.restorable_from().ok_or(RestoreError::NoBackup)?;
    let in_time = |it: &&Backup| match at {
        Moment::At(at) => it.restorable_from() <= at,
        Moment::Latest => true,
    };
    let newest = info.backups.iter().filter(in_time).max_by_key(|it| (!it.has_bad_pages, it.stop));
    newest.ok_or(match at {
        Moment::At(at) => RestoreError::TooEarly { at, earliest },
        Moment::Latest => RestoreError::NoBackup,
    })
}

/// What pgBackRest is told to bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Include {
    /// Those of these numbers. All others become files of nothing, and cannot be read.
    Only(Vec<u32>),
    /// Every database: the backup is older than the anchor.
    Everything,
}

impl Include {
    /// None stand for all.
    pub(super) fn databases(&self) -> &[u32] {
        match self {
            Self::Only(oids) => oids,
            Self::Everything => &[],
        }
    }
}

/// By number and by name, since either may have been another database's when the backup was made.
pub(super) fn include(listed: &[DatabaseRef], order: &Order) -> Include {
    let own = || listed.iter().filter(|it| it.oid >= OWN_OIDS_MIN);
    let is_wanted = |it: &DatabaseRef| {
        order.databases.iter().any(|wanted| wanted.oid == Some(it.oid) || wanted.name == it.name)
    };
    let mut oids: Vec<u32> = own().filter(|it| is_wanted(it)).map(|it| it.oid).collect();
    if oids.is_empty() {
        oids.extend(own().find(|it| it.name == order.anchor).map(|it| it.oid));
    }
    if oids.is_empty() {
        return Include::Everything;
    }
    let templates = own().filter(|it| order.templates.contains(&it.name)).map(|it| it.oid);
    oids.extend(templates);
    oids.sort_unstable();
    oids.dedup();
    Include::Only(oids)
}

/// Databases that were found in the end, and that the backup has but was not asked for.
pub(super) fn left_out(listed: &[DatabaseRef], scratch: &Scratch) -> Vec<u32> {
    let super::Scope::Only(brought) = scratch.scope() else {
        return Vec::new();
    };
    let found = scratch.databases().iter().map(|it| it.oid).filter(|it| *it >= OWN_OIDS_MIN);
    let in_backup = |oid: &u32| listed.iter().any(|it| it.oid == *oid);
    found.filter(|it| in_backup(it) && !brought.contains(it)).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::{SignedDuration, Timestamp};

    use super::super::Wanted;
    use super::*;
    use crate::info::Kind;

    /// `label@stop` each, in seconds; a label ending in `!` has bad pages.
    fn check(backups: &str, at: Option<i64>) -> Result<String, String> {
        let segment = "000000010000000000000001".parse().unwrap();
        let second = |it| Timestamp::from_second(it).unwrap();
        let backup = |text: &str| {
            let (label, stop) = text.split_once('@').unwrap();
            let stop = second(stop.parse().unwrap());
            Backup {
                label: label.to_owned(),
                kind: Kind::Full,
                start: stop - SignedDuration::from_secs(1),
                stop,
                server_bytes: 0,
                added_bytes: 0,
                first_segment: segment,
                last_segment: segment,
                consistent_lsn: 0,
                has_bad_pages: label.ends_with('!'),
                archive: 1,
                databases: None,
            }
        };
        let backups = backups.split_whitespace().map(backup).collect();
        let info = Info { backups, archives: Vec::new() };
        let at = at.map_or(Moment::Latest, |it| Moment::At(second(it)));
        super::backup(&info, at).map(|it| it.label.clone()).map_err(|it| it.to_string())
    }

    #[test]
    fn the_newest_that_was_complete() {
        assert_eq!(check("a@10 b@20 c@30", None).as_deref(), Ok("c"));
        assert_eq!(check("a@10 b@20 c@30", Some(25)).as_deref(), Ok("b"));
        // The clock of a backup's end is rounded down.
        assert_eq!(check("a@10 b@20 c@30", Some(20)).as_deref(), Ok("a"));
        assert_eq!(check("a@10 b!@20", None).as_deref(), Ok("a"));
        assert_eq!(check("b!@20", None).as_deref(), Ok("b!"));
        assert!(check("", None).unwrap_err().contains("no backup"));
        let early = check("a@10", Some(10)).unwrap_err();
        assert!(
            early.contains("the earliest moment that can be restored, 1970-01-01T00:00:11Z"),
            "{early}"
        );
    }

    /// `wanted` is a name, or `name#oid`.
    fn included(listed: &str, wanted: &str) -> Include {
        let split = |it: &str| match it.split_once('#') {
            Some((name, oid)) => (name.to_owned(), Some(oid.parse().unwrap())),
            None => (it.to_owned(), None),
        };
        let listed: Vec<DatabaseRef> = listed
            .split_whitespace()
            .map(split)
            .map(|(name, oid)| DatabaseRef { name, oid: oid.unwrap() })
            .collect();
        let databases =
            wanted.split_whitespace().map(split).map(|(name, oid)| Wanted { name, oid }).collect();
        let order = Order {
            databases,
            anchor: "anchor".to_owned(),
            templates: vec!["template".to_owned()],
            at: Moment::Latest,
            folder: "/nonexistent".into(),
            replay_within: Duration::ZERO,
        };
        include(&listed, &order)
    }

    #[test]
    fn what_is_wanted_or_else_the_anchor() {
        let listed = "postgres#5 anchor#20000 template#20001 a#20002 b#20003";
        for (wanted, expected) in [
            ("a", vec![20_001, 20_002]),
            ("a b", vec![20_001, 20_002, 20_003]),
            ("new", vec![20_000, 20_001]),
            ("postgres", vec![20_000, 20_001]),
            // Renamed since, and its old name taken by another.
            ("a#20003", vec![20_001, 20_002, 20_003]),
            ("renamed#20003", vec![20_001, 20_003]),
        ] {
            assert_eq!(included(listed, wanted), Include::Only(expected), "{wanted}");
        }
        assert_eq!(included("postgres#5 a#20002", "new"), Include::Everything);
    }
}
