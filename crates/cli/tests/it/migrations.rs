//! `cloison migrations`, where nothing runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

use crate::up::{cloison, fresh_data_dir};

fn run(arguments: &[&str]) -> Output {
    cloison(&fresh_data_dir()).arg("migrations").args(arguments).output().unwrap()
}

fn folder(files: &[(&str, &[u8])]) -> PathBuf {
    let folder = fresh_data_dir().join("migrations");
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    folder
}

fn lint(folder: &Path, more: &[&str]) -> Output {
    run(&[&["lint", "--dir", folder.to_str().unwrap()], more].concat())
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

const FILES: [(&str, &[u8]); 5] = [
    ("0001_notes.sql", b"-- phase: expand\ncreate table notes (id int, text text);\n"),
    (
        "0002_shorter.sql",
        b"-- phase: expand\n-- lint: allow ban-drop-index because it is as long as the table\ndo $$ begin end $$;\n\ndrop index notes_idx;\nalter table notes drop column text;\n",
    ),
    ("0002_shorter.down.sql", b"alter table notes add column text text;\n"),
    ("README.md", b"Not a migration."),
    ("notes.sql.orig", b"Nor is this."),
];

#[test]
fn what_is_refused_is_said_with_its_place_and_what_to_do() {
    let output = lint(&folder(&FILES), &[]);
    assert_eq!(
        stdout(&output),
        "\
0002_shorter.sql:3  noted  opaque
  A block of code; which of it runs cannot be read from it.
  Nothing to do: the shadow run shows what it locks and how long it takes. Plain statements are judged here, too.

0002_shorter.sql:5  allowed  ban-drop-index
  Dropping an index may remove a guarantee or change query plans for programs that run.
  because it is as long as the table

0002_shorter.sql:6  refused  ban-drop-column
  Dropping a column may break programs that run.
  If no program that runs needs it any more, say -- phase: contract; else split it: add what is new first (expand), take away what is old in a later release (contract).

2 files, 1 refused, 1 noted, 1 allowed
"
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(output.stderr, b"");
}

#[test]
fn from_says_where_the_release_begins() {
    let folder = folder(&FILES);
    let all = lint(&folder, &["--from", "0"]);
    assert!(all.status.success(), "{all:?}");
    assert!(stdout(&all).ends_with("3 files, 0 refused, 1 noted, 1 allowed\n"), "{all:?}");
    let none = lint(&folder, &["--from", "2"]);
    assert_eq!(stdout(&none), "0 files, 0 refused, 0 noted\n");
    assert!(!lint(&folder, &["--from", "-1"]).status.success());
}

#[test]
fn json_has_all_of_it() {
    let output = lint(&folder(&FILES), &["--json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["from"], 1);
    assert_eq!(report["files"][1], "0002_shorter.down.sql");
    assert_eq!((&report["refused"], &report["noted"]), (&1.into(), &1.into()));
    let allowed = &report["findings"][1];
    assert_eq!(allowed["verdict"], "allowed");
    assert_eq!(allowed["because"], "it is as long as the table");
    let refused = &report["findings"][2];
    assert_eq!((&refused["rule"], &refused["line"]), (&"ban-drop-column".into(), &6.into()));
}

#[test]
fn the_studios_own_are_built_in_and_in_order() {
    for from in [&[][..], &["--from", "0"]] {
        let output = run(&[&["lint"], from].concat());
        assert!(output.status.success(), "{output:?}");
        assert!(stdout(&output).contains(", 0 refused, "), "{output:?}");
    }
}

#[test]
fn a_folder_that_is_no_release_is_told_by_its_file() {
    let complaint = |files: &[(&str, &[u8])]| {
        let output = lint(&folder(files), &[]);
        assert_eq!((output.status.code(), stdout(&output)), (Some(1), ""));
        String::from_utf8(output.stderr).unwrap()
    };
    for (files, words) in [
        (&[][..], "there is no .sql file in it"),
        (&[("first.sql", &b""[..])], "'first.sql' is not named <version>_<name>.sql"),
        (&[("1_a.sql", b""), ("01_b.sql", b"")], "01_b.sql and 1_a.sql have the same version"),
        (&[("1_a.sql", b""), ("2_b.down.sql", b"")], "'2_b.down.sql' takes back a migration"),
        (&[("1_a.sql", b"-- phase: grow\n")], "1_a.sql says phase 'grow'"),
        (&[("1_a.sql", b"\n\n\xff")], "1_a.sql is not UTF-8 in line 3"),
    ] {
        let text = complaint(files);
        assert!(text.contains(words), "{text}");
        assert!(text.lines().count() <= 3, "{text}");
    }
    let missing = run(&["lint", "--dir", "/nowhere/migrations"]);
    let text = String::from_utf8(missing.stderr).unwrap();
    assert!(
        text.starts_with("error: cannot read /nowhere/migrations: No such file or directory"),
        "{text}"
    );
}
