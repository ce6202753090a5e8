//! Puts together what was seen of locks and files, moment by moment, to what each file did to each table.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, Instant};

use cloison_model::{LockMode, Touch};

use super::relations::Relations;

/// Of one segment. A lock belongs to the file that took it first, and is held until the segment's transaction ends.
pub(super) struct Touches {
    before: Relations,
    /// By the file's place in the segment, and the table's number.
    seen: BTreeMap<(usize, u32), Seen>,
    /// Since when a table is locked against writes, and by which file.
    closed: HashMap<u32, (Instant, usize)>,
    known: HashSet<(u32, LockMode)>,
}

struct Seen {
    mode: LockMode,
    held: Duration,
    is_rewritten: bool,
}

impl Touches {
    pub(super) fn new(before: Relations) -> Self {
        Self { before, seen: BTreeMap::new(), closed: HashMap::new(), known: HashSet::new() }
    }

    /// `locks` are those at the moment `now`; what is new among them may be as old as `since`.
    pub(super) fn locks(
        &mut self,
        file: usize,
        since: Instant,
        now: Instant,
        locks: &[(u32, LockMode)],
    ) {
        let of_tables = locks.iter().filter_map(|it| Some((self.before.table_of(it.0)?, it.1)));
        let of_tables: HashSet<(u32, LockMode)> = of_tables.collect();
        for (table, mode) in &of_tables {
            if !self.known.contains(&(*table, *mode)) {
                let seen = self.at(file, *table, *mode);
                seen.mode = seen.mode.max(*mode);
            }
            if mode.stops_writes() {
                self.closed.entry(*table).or_insert((since, file));
            }
        }
        let is_open =
            |table: &u32| !of_tables.iter().any(|it| it.0 == *table && it.1.stops_writes());
        let opened: Vec<u32> = self.closed.keys().copied().filter(is_open).collect();
        for table in opened {
            self.open(table, now);
        }
        self.known = of_tables;
    }

    /// `files` are where the tables' rows are now. One that is emptied gets another file too, and nothing is written.
    pub(super) fn files(&mut self, file: usize, files: &[(u32, u32)], is_emptied: bool) {
        for (table, now) in files {
            let Some(relation) = self.before.tables.get_mut(table) else { continue };
            let was = std::mem::replace(&mut relation.file, *now);
            if was != *now && !is_emptied {
                // Whether its lock was seen or not, nothing else writes a table anew.
                let seen = self.at(file, *table, LockMode::AccessExclusive);
                seen.is_rewritten = true;
            }
        }
    }

    /// The transaction has ended at this moment. One list for each of so many files.
    pub(super) fn finish(mut self, now: Instant, files: usize) -> Vec<Vec<Touch>> {
        let closed: Vec<u32> = self.closed.keys().copied().collect();
        for table in closed {
            self.open(table, now);
        }
        let mut touches = vec![Vec::new(); files];
        for ((file, table), seen) in &self.seen {
            // Reading keeps nobody out.
            if seen.mode < LockMode::RowExclusive {
                continue;
            }
            let relation = &self.before.tables[table];
            touches[*file].push(Touch {
                table: relation.name.clone(),
                mode: seen.mode,
                held: seen.held,
                is_rewritten: seen.is_rewritten,
                bytes: relation.bytes,
            });
        }
        touches
    }

    fn at(&mut self, file: usize, table: u32, mode: LockMode) -> &mut Seen {
        let new = Seen { mode, held: Duration::ZERO, is_rewritten: false };
        self.seen.entry((file, table)).or_insert(new)
    }

    fn open(&mut self, table: u32, now: Instant) {
        if let Some((since, file)) = self.closed.remove(&table) {
            let seen = self.at(file, table, LockMode::Share);
            seen.held = seen.held.max(now.saturating_duration_since(since));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::relations::Relation;
    use super::*;

    fn touches() -> Touches {
        let relation = |name: &str| Relation { name: name.to_owned(), file: 1, bytes: 10 };
        let mut before = Relations::default();
        before.tables.insert(7, relation("public.rooms"));
        before.tables.insert(8, relation("public.bookings"));
        Touches::new(before)
    }

    fn shown(touches: &[Touch]) -> Vec<(&str, LockMode, u128, bool)> {
        touches
            .iter()
            .map(|it| (it.table.as_str(), it.mode, it.held.as_millis(), it.is_rewritten))
            .collect()
    }

    #[test]
    fn a_lock_is_its_first_files_and_is_held_to_the_end() {
        use LockMode::{AccessExclusive, AccessShare, RowExclusive};

        let (mut touches, start) = (touches(), Instant::now());
        let at = |it: u64| start + Duration::from_millis(it);
        touches.locks(
            0,
            at(0),
            at(5),
            &[(7, AccessExclusive), (8, AccessShare), (99, AccessExclusive)],
        );
        let both = [(7, AccessExclusive), (8, AccessShare), (8, RowExclusive)];
        touches.locks(1, at(5), at(9), &both);
        touches.files(1, &[(7, 1), (8, 2), (99, 3)], false);
        let [first, second] = touches.finish(at(20), 2).try_into().unwrap();
        assert_eq!(shown(&first), [("public.rooms", AccessExclusive, 20, false)]);
        assert_eq!(shown(&second), [("public.bookings", RowExclusive, 0, true)]);
    }

    #[test]
    fn outside_a_transaction_locks_come_and_go() {
        let (mut touches, start) = (touches(), Instant::now());
        let at = |it: u64| start + Duration::from_millis(it);
        touches.locks(0, at(0), at(10), &[(7, LockMode::Share)]);
        touches.locks(0, at(10), at(20), &[]);
        touches.locks(0, at(90), at(95), &[(7, LockMode::Share)]);
        touches.files(0, &[(8, 2)], true);
        let all = touches.finish(at(100), 1);
        assert_eq!(shown(&all[0]), [("public.rooms", LockMode::Share, 20, false)]);
    }
}
