//! The prepared statements of one connection: the least recently used go first.
//!
//! Not here: preparing. What is prepared twice at the same time is kept once.

use std::collections::HashMap;

use tokio_postgres::Statement;

#[derive(Debug)]
pub(crate) struct Statements<S = Statement> {
    prepared: HashMap<String, (S, u64)>,
    uses: u64,
}

/// Per connection. More than an application's distinct queries; each costs the server some
/// kilobytes of plan.
const STATEMENTS_MAX: usize = 128;

impl<S: Clone> Statements<S> {
    pub(crate) fn new() -> Self {
        Self { prepared: HashMap::new(), uses: 0 }
    }

    pub(crate) fn get(&mut self, sql: &str) -> Option<S> {
        self.uses += 1;
        let (statement, used) = self.prepared.get_mut(sql)?;
        *used = self.uses;
        Some(statement.clone())
    }

    pub(crate) fn insert(&mut self, sql: &str, statement: S) {
        self.uses += 1;
        if self.prepared.len() >= STATEMENTS_MAX && !self.prepared.contains_key(sql) {
            let oldest = self.prepared.iter().min_by_key(|(_, (_, used))| *used);
            if let Some(oldest) = oldest.map(|(sql, _)| sql.clone()) {
                self.prepared.remove(&oldest);
            }
        }
        self.prepared.insert(sql.to_owned(), (statement, self.uses));
    }

    pub(crate) fn clear(&mut self) {
        self.prepared.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_recently_used_goes_first() {
        let mut statements = Statements::new();
        for number in 0..STATEMENTS_MAX {
            statements.insert(&format!("select {number}"), number);
        }
        assert_eq!(statements.get("select 0"), Some(0));
        statements.insert("select 'new'", 999);
        assert_eq!(statements.get("select 0"), Some(0));
        assert_eq!(statements.get("select 1"), None);
        assert_eq!(statements.get("select 'new'"), Some(999));
        assert_eq!(statements.prepared.len(), STATEMENTS_MAX);
    }
}
