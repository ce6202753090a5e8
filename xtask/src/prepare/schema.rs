//! `schema.sql`: the whole schema after all migrations, for a reviewer to read in one piece.
//!
//! Nothing is built from it. What `pg_dump` says that is not about the schema is taken out, so that the file
//! changes only when the schema does; the major version stays, since `pg_dump` words things differently in each.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;

use super::database::Database;
use super::files::{self, Change};

const VERSION_LINE: &str = "-- PostgreSQL ";

/// The change that brings `path` up to date. None if it was written on another major version of
/// PostgreSQL: then a difference may be nothing but another wording.
pub(super) fn compare(database: &Database<'_>, path: &Path) -> Result<Option<Change>> {
    let number: u32 = database.psql().value("show server_version_num")?.parse()?;
    let major = number / 10_000;

    let committed = fs::read_to_string(path).unwrap_or_default();
    if let Some(written_on) = written_on(&committed)
        && written_on != major
    {
        println!("{}: written on PostgreSQL {written_on}, not compared on {major}", path.display());
        return Ok(None);
    }
    files::compare(path.to_owned(), normalise(&database.dump_schema()?, major))
}

fn written_on(schema: &str) -> Option<u32> {
    let version = schema.lines().find_map(|line| line.strip_prefix(VERSION_LINE))?;
    version.split_once(',')?.0.parse().ok()
}

fn normalise(dump: &str, major: u32) -> String {
    let mut schema = format!(
        "{VERSION_LINE}{major}, written by `cargo xtask prepare` from migrations/: read it, do not edit it.\n"
    );
    let mut blank = false;
    for line in dump.lines().filter(|line| !is_about_the_dump(line)) {
        if line.is_empty() {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) {
            schema.push('\n');
        }
        writeln!(schema, "{line}").expect("writing to a string does not fail");
    }
    schema
}

fn is_about_the_dump(line: &str) -> bool {
    line == "--"
        || line.starts_with("\\restrict ")
        || line.starts_with("\\unrestrict ")
        || (line.starts_with("SET ") && line.ends_with(';'))
        || line.starts_with("SELECT pg_catalog.set_config('search_path'")
        || ["Name: ", "PostgreSQL database dump", "Dumped ", "Data for Name: "]
            .iter()
            .any(|start| line.strip_prefix("-- ").is_some_and(|rest| rest.starts_with(start)))
}

#[cfg(test)]
mod tests {
    use super::{normalise, written_on};

    #[test]
    fn only_the_schema_is_left() {
        let dump = "--\n-- PostgreSQL database dump\n--\n\n\\restrict abc\n\n-- Dumped from database version 15.4\n\n\
                    SET lock_timeout = 0;\n\n--\n-- Name: t; Type: TABLE\n--\n\nCREATE TABLE public.t (\n    -- kept\n    a int\n);\n\n\n\\unrestrict abc\n";
        let schema = normalise(dump, 15);
        assert_eq!(
            schema.split_once('\n').expect("two lines").1,
            "\nCREATE TABLE public.t (\n    -- kept\n    a int\n);\n"
        );
        assert_eq!(written_on(&schema), Some(15));
    }

    #[test]
    fn a_file_without_a_version_was_written_on_none() {
        assert_eq!(written_on("create table t ();"), None);
    }
}
