//! Indexes that a CREATE INDEX or REINDEX CONCURRENTLY has left behind when it was cut off: not used by any query, and kept
//! up by every write.
//!
//! `if not exists` takes such an index for the one that is wanted, so a file is never run again before they are gone.

use cloison_lint::statements;
use cloison_model::Script;
use tokio_postgres::Client;

use super::words::words;
use crate::pg::ddl::migration::{Broken, ask, index_drop, run_counted};

/// An index that is not valid, as the catalog has it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Leftover {
    schema: String,
    table: String,
    name: String,
}

const INVALID: &str = "select spaces.nspname, tables.relname, indexes.relname
    from pg_index
    join pg_class as indexes on indexes.oid = pg_index.indexrelid
    join pg_class as tables on tables.oid = pg_index.indrelid
    join pg_namespace as spaces on spaces.oid = indexes.relnamespace
    where not pg_index.indisvalid
        and indexes.relkind = 'i'
        and spaces.nspname <> 'pg_toast'
    order by 1, 3";

/// Drops what an earlier run of this script has left; the session is the owner. Only what the script names, for another's
/// index may be under way.
pub(super) async fn drop_leftovers(client: &Client, script: &Script) -> Result<(), Broken> {
    let (rows, done) = ask(client, INVALID).await;
    done?;
    let text = |row: &tokio_postgres::SimpleQueryRow, column| {
        row.get(column).expect("a name is not null").to_owned()
    };
    let all = statements(&script.sql);
    for (_, row) in &rows {
        let it = Leftover { schema: text(row, 0), table: text(row, 1), name: text(row, 2) };
        if all.iter().any(|statement| leaves(statement.text, &it)) {
            tracing::info!(index = it.name, "drops index {}, which was left unfinished", it.name);
            run_counted(client, &index_drop(&it.schema, &it.name)).await?;
        }
    }
    Ok(())
}

/// Whether this statement leaves such an index when it is cut off.
fn leaves(statement: &str, it: &Leftover) -> bool {
    let words = words(statement);
    let mut rest = words.iter().map(String::as_str);
    match (rest.next(), rest.next()) {
        (Some("create"), Some("index" | "unique")) => {
            let after = rest.skip_while(|it| *it != "concurrently").skip(1);
            let mut after = after.skip_while(|it| ["if", "not", "exists"].contains(it));
            after.next() == Some(&it.name)
        }
        (Some("reindex"), Some(_)) if words.iter().any(|it| it == "concurrently") => {
            // The last word is what is built anew, behind its schema.
            let subject = words.last().map_or("", String::as_str);
            let of_index = words.iter().any(|it| it == "index");
            let of_table = words.iter().any(|it| it == "table");
            let Some(original) = rebuilt(&it.name) else { return false };
            (!of_index || original == subject) && (!of_table || it.table == subject)
        }
        _ => false,
    }
}

/// Of which index this is what REINDEX CONCURRENTLY was making, or was about to drop.
fn rebuilt(name: &str) -> Option<&str> {
    let name = name.trim_end_matches(|it: char| it.is_ascii_digit());
    name.strip_suffix("_ccnew").or_else(|| name.strip_suffix("_ccold"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `index` is `table.name`.
    fn check(statement: &str, index: &str) -> bool {
        let (table, name) = index.split_once('.').unwrap();
        let (schema, table, name) = ("public".to_owned(), table.to_owned(), name.to_owned());
        leaves(statement, &Leftover { schema, table, name })
    }

    #[test]
    fn what_was_to_be_created() {
        for (statement, index) in [
            ("create index concurrently notes_body on notes (body)", "notes.notes_body"),
            ("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS A_b ON notes (body)", "notes.a_b"),
            ("create index concurrently /* c */ \"A \"\"b\" on only notes (body)", "notes.A \"b"),
            ("create -- c\n index concurrently a on notes (body)", "notes.a"),
        ] {
            assert!(check(statement, index), "{statement}");
        }
        for (statement, index) in [
            ("create index concurrently a on notes (body)", "notes.b"),
            ("create index concurrently a on notes (b)", "notes.b"),
            ("create index concurrently \"A\" on notes (b)", "notes.a"),
            ("create index a on notes (body)", "notes.a"),
            ("vacuum a", "notes.a"),
        ] {
            assert!(!check(statement, index), "{statement}");
        }
    }

    #[test]
    fn what_was_to_be_built_anew() {
        for (statement, index) in [
            ("reindex index concurrently a", "notes.a_ccnew"),
            ("reindex index concurrently public.a", "notes.a_ccnew1"),
            ("reindex table concurrently notes", "notes.a_ccold"),
            ("reindex (verbose) table concurrently \"Notes\"", "Notes.a_ccnew"),
            ("reindex schema concurrently public", "notes.a_ccnew"),
        ] {
            assert!(check(statement, index), "{statement}");
        }
        for (statement, index) in [
            ("reindex index concurrently a", "notes.b_ccnew"),
            ("reindex index concurrently a", "notes.a"),
            ("reindex table concurrently notes", "rooms.a_ccnew"),
            ("reindex table notes", "notes.a_ccnew"),
        ] {
            assert!(!check(statement, index), "{statement}");
        }
    }
}
