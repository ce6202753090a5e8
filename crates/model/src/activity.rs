//! What a database has done, and what of that came since it was looked at before.
//!
//! A server counts for ever upwards, until it forgets: after a crash, or when somebody resets its statistics. So what came since is
//! never more than what was done, and of what a server has forgotten nothing is counted twice.

use std::ops::AddAssign;

use crate::ids::ServerId;

/// What one database has done since somebody began to count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    pub commits: u64,
    pub rollbacks: u64,
    pub rows_written: u64,
    pub temp_bytes: u64,
    pub deadlocks: u64,
    pub sessions: u64,
    /// In statements.
    pub active_us: u64,
}

/// A tenant's database at a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    pub server: ServerId,
    /// Not its name, which another database may get.
    pub database_oid: i64,
    /// When the server began to count, if it knows; else 0.
    pub reset_us: i64,
    pub activity: Activity,
    /// Where the server counts statements.
    pub statements: Option<Statements>,
}

/// As `pg_stat_statements` sums them up for a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statements {
    pub reset_us: i64,
    pub calls: u64,
    pub execution_us: u64,
}

/// What came since the look before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    pub activity: Activity,
    /// Calls, and microseconds.
    pub statements: Option<(u64, u64)>,
}

impl Activity {
    /// One count that has become smaller says that all began at zero, since they are forgotten together.
    #[must_use]
    pub fn since(self, before: Self) -> Self {
        self.less(before).unwrap_or(self)
    }

    fn less(self, before: Self) -> Option<Self> {
        Some(Self {
            commits: self.commits.checked_sub(before.commits)?,
            rollbacks: self.rollbacks.checked_sub(before.rollbacks)?,
            rows_written: self.rows_written.checked_sub(before.rows_written)?,
            temp_bytes: self.temp_bytes.checked_sub(before.temp_bytes)?,
            deadlocks: self.deadlocks.checked_sub(before.deadlocks)?,
            sessions: self.sessions.checked_sub(before.sessions)?,
            active_us: self.active_us.checked_sub(before.active_us)?,
        })
    }
}

impl AddAssign for Activity {
    fn add_assign(&mut self, other: Self) {
        self.commits += other.commits;
        self.rollbacks += other.rollbacks;
        self.rows_written += other.rows_written;
        self.temp_bytes += other.temp_bytes;
        self.deadlocks += other.deadlocks;
        self.sessions += other.sessions;
        self.active_us += other.active_us;
    }
}

impl Reading {
    /// Nothing of a database that was not looked at before: it may have been filled before it was the tenant's, as a copy is.
    pub fn since(&self, before: Option<&Self>) -> Added {
        let is_same = |it: &&Self| (it.server, it.database_oid) == (self.server, self.database_oid);
        let Some(before) = before.filter(is_same) else { return Added::default() };
        let seen =
            if self.reset_us == before.reset_us { before.activity } else { Activity::default() };
        let statements = self.statements.zip(before.statements);
        Added {
            activity: self.activity.since(seen),
            statements: statements.map(|(now, before)| now.since(before)),
        }
    }
}

impl Statements {
    /// A sum that has become smaller has lost statements that were rare, for which others had no room; what these had come to was
    /// counted. So it says nothing of what came since.
    fn since(self, before: Self) -> (u64, u64) {
        if self.reset_us != before.reset_us {
            return (self.calls, self.execution_us);
        }
        let calls = self.calls.saturating_sub(before.calls);
        (calls, self.execution_us.saturating_sub(before.execution_us))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn reading(oid: i64, reset_us: i64, commits: u64, rows_written: u64) -> Reading {
        Reading {
            server: ServerId(Uuid::nil()),
            database_oid: oid,
            reset_us,
            activity: Activity { commits, rows_written, ..Activity::default() },
            statements: None,
        }
    }

    /// Each reading is `oid/reset:commits:rows`; answers what each adds, in commits and rows.
    fn check(readings: &str) -> Vec<(u64, u64)> {
        let mut before = None;
        let add = |text: &str| {
            let parts: Vec<i64> = text.split(['/', ':']).map(|it| it.parse().unwrap()).collect();
            let now = reading(parts[0], parts[1], parts[2].unsigned_abs(), parts[3].unsigned_abs());
            let added = now.since(before.replace(now).as_ref()).activity;
            (added.commits, added.rows_written)
        };
        readings.split_whitespace().map(add).collect()
    }

    #[test]
    fn what_came_since() {
        assert_eq!(check("1/0:100:10 1/0:107:10"), [(0, 0), (7, 0)]);
        assert_eq!(check("1/0:100:10 1/0:100:10"), [(0, 0), (0, 0)], "looked at twice");
        assert_eq!(check("1/0:100:10 1/0:5:11"), [(0, 0), (5, 11)], "a crash");
        assert_eq!(check("1/0:100:10 1/9:105:11"), [(0, 0), (105, 11)], "a reset that says so");
        assert_eq!(
            check("1/0:9:9 2/0:50:50 2/0:51:50"),
            [(0, 0), (0, 0), (1, 0)],
            "another in its place"
        );
        assert_eq!(check("1/0:9:9 2/0:1:1 1/0:12:9"), [(0, 0), (0, 0), (0, 0)], "and back");
    }

    fn statements(looks: &[(i64, u64)]) -> Vec<Option<(u64, u64)>> {
        let mut before = None;
        let add = |(reset_us, calls): &(i64, u64)| {
            let told = Statements { reset_us: *reset_us, calls: *calls, execution_us: 10 * calls };
            let now = Reading { statements: (*calls > 0).then_some(told), ..reading(1, 0, 0, 0) };
            now.since(before.replace(now).as_ref()).statements
        };
        looks.iter().map(add).collect()
    }

    #[test]
    fn statements_that_were_lost_are_not_counted_again() {
        assert_eq!(statements(&[(1, 5), (1, 8)]), [None, Some((3, 30))]);
        assert_eq!(statements(&[(1, 5), (1, 4), (1, 6)]), [None, Some((0, 0)), Some((2, 20))]);
        assert_eq!(statements(&[(1, 5), (2, 4)]), [None, Some((4, 40))]);
        assert_eq!(statements(&[(1, 5), (1, 0), (1, 7)]), [None; 3], "not there meanwhile");
    }

    /// What a server does between two looks.
    #[derive(Clone, Debug)]
    enum Event {
        Works {
            commits: u64,
            rows: u64,
        },
        /// It says when.
        Resets,
        /// It says nothing.
        Crashes,
    }

    fn event() -> impl Strategy<Value = (Event, bool)> {
        let event = prop_oneof![
            6 => (0_u64..50, 0_u64..50).prop_map(|(commits, rows)| Event::Works { commits, rows }),
            1 => Just(Event::Resets),
            1 => Just(Event::Crashes),
        ];
        (event, any::<bool>())
    }

    proptest! {
        /// Never more than was done; and all of it as long as the server forgets nothing.
        #[test]
        fn nothing_is_counted_twice(events in prop::collection::vec(event(), 0..60)) {
            let (mut now, mut before) = (reading(1, 0, 0, 0), Some(reading(1, 0, 0, 0)));
            let (mut done, mut counted, mut has_forgotten) = ((0, 0), (0, 0), false);
            for (event, is_looked_at) in events {
                match event {
                    Event::Works { commits, rows } => {
                        now.activity.commits += commits;
                        now.activity.rows_written += rows;
                        done = (done.0 + commits, done.1 + rows);
                    }
                    Event::Resets => {
                        now = reading(1, now.reset_us + 1, 0, 0);
                        has_forgotten = true;
                    }
                    Event::Crashes => {
                        now = reading(1, now.reset_us, 0, 0);
                        has_forgotten = true;
                    }
                }
                if is_looked_at {
                    let added = now.since(before.replace(now).as_ref()).activity;
                    counted = (counted.0 + added.commits, counted.1 + added.rows_written);
                }
                prop_assert!(counted.0 <= done.0 && counted.1 <= done.1);
            }
            let added = now.since(before.as_ref()).activity;
            let all = (counted.0 + added.commits, counted.1 + added.rows_written);
            prop_assert!(has_forgotten || all == done, "{all:?} of {done:?}");
        }
    }
}
