//! Whatever an author writes, there is an answer.

use cloison_lint::statements;
use proptest::prelude::*;

use crate::read;

/// What confuses those who read SQL, in pieces.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "'",
        "\"",
        "$$",
        "$a$",
        "E'",
        "\\",
        ";",
        "(",
        ")",
        ",",
        ".",
        "--",
        "/*",
        "*/",
        "\n",
        " ",
        "create",
        " table ",
        " index ",
        " on ",
        "function f() ",
        "begin atomic ",
        " end ",
        "case ",
        "alter table t ",
        "add column a int",
        "drop ",
        "if exists ",
        "concurrently ",
        "do ",
        "é",
        "validate constraint c",
        "set ",
        "local ",
        "grant ",
        "to public",
        "update t ",
        "insert into t ",
        "delete from ",
        "lock table ",
        "attach partition ",
        "restart ",
        "set_config(",
        "check (",
        "serial ",
        "where ",
        "squawk-ignore ",
        "-- lint: allow ban-drop-table because x\n",
        "-- no-transaction\n",
        "default ",
        "default -1 ",
        "generated always as (a) stored",
        "not null ",
        "references u",
        "1",
        "a",
        "language sql ",
        "as ",
        "execute ",
        "\u{feff}",
        "\0",
        "1e",
        "0x",
        "U&'",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_read(text in pieces(), back in pieces()) {
        let files = [("1_a.sql", text.as_str()), ("1_a.down.sql", back.as_str())];
        let lines = text.lines().count().max(back.lines().count()).max(1);
        for finding in read(&files, 0).findings {
            prop_assert!((1..=lines).contains(&finding.line), "{finding:?}");
        }
    }

    #[test]
    fn statements_are_parts_of_the_text_in_order(text in pieces()) {
        let mut end = 0;
        for it in statements(&text) {
            prop_assert!(it.offset >= end && !it.text.is_empty());
            prop_assert!(text[it.offset..].starts_with(it.text));
            end = it.offset + it.text.len();
        }
    }
}
