//! Counters of databases that never run backwards, although databases come and go, and servers forget what they counted.

use std::collections::HashMap;

use cloison_model::Activity;

/// One server's, since this process began to look.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    databases: HashMap<String, Counted>,
    total: Activity,
    has_looked: bool,
}

#[derive(Debug, Default)]
struct Counted {
    /// As the server told it the last time.
    seen: Activity,
    since_start: Activity,
    /// Transactions, of which those of each look before count a quarter less: whoever is busy stays so for a while.
    lately: u64,
}

impl Ledger {
    /// Takes over what the server tells of all databases. What a database had done before the first look is not counted; one that
    /// comes up later begins at zero.
    pub(super) fn look(&mut self, told: &[(String, Activity)]) {
        let mut databases = HashMap::with_capacity(told.len());
        for (name, now) in told {
            let mut counted = self.databases.remove(name).unwrap_or_else(|| {
                let seen = if self.has_looked { Activity::default() } else { *now };
                Counted { seen, ..Counted::default() }
            });
            let more = now.since(counted.seen);
            counted.since_start += more;
            counted.lately = counted.lately - counted.lately / 4 + more.commits + more.rollbacks;
            counted.seen = *now;
            self.total += more;
            databases.insert(name.clone(), counted);
        }
        self.databases = databases;
        self.has_looked = true;
    }

    pub(super) fn total(&self) -> Activity {
        self.total
    }

    /// Since the start, and how busy it has been lately, in transactions.
    pub(super) fn of(&self, database: &str) -> (Activity, u64) {
        self.databases.get(database).map_or_else(Default::default, |it| (it.since_start, it.lately))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each look is `name:commits` words; answers the server's total and that of `a` after each.
    fn check(looks: &[&str]) -> Vec<(u64, u64)> {
        let mut ledger = Ledger::default();
        let look = |text: &&str| {
            let told: Vec<_> = text
                .split_whitespace()
                .map(|word| {
                    let (name, commits) = word.split_once(':').unwrap();
                    let commits = commits.parse().unwrap();
                    (name.to_owned(), Activity { commits, ..Activity::default() })
                })
                .collect();
            ledger.look(&told);
            (ledger.total().commits, ledger.of("a").0.commits)
        };
        looks.iter().map(look).collect()
    }

    #[test]
    fn it_never_runs_backwards() {
        assert_eq!(check(&["a:100", "a:107"]), [(0, 0), (7, 7)]);
        assert_eq!(check(&["a:5 b:50", "a:6 b:60", "a:8"]), [(0, 0), (11, 1), (13, 3)], "dropped");
        assert_eq!(check(&["b:1", "a:9 b:1"]), [(0, 0), (9, 9)], "made since");
        assert_eq!(check(&["a:100", "a:3", "a:4"]), [(0, 0), (3, 3), (4, 4)], "forgotten");
        assert_eq!(check(&["", ""]), [(0, 0), (0, 0)]);
    }
}
