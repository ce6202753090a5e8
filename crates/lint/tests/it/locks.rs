//! What locks or reads a table that programs use, and what is wrong on any.

use crate::{check, check_each};

#[test]
fn a_table_in_use_is_not_held() {
    for header in ["-- phase: expand", "-- phase: contract"] {
        check_each(
            header,
            &[
                ("create index i on t (a)", "refused require-concurrent-index-creation"),
                ("reindex table t", "refused require-concurrent-reindex"),
                (
                    "alter table t add constraint c check (a > 0)",
                    "refused constraint-missing-not-valid",
                ),
                ("alter table t add constraint c check (a > 0) not valid", ""),
                ("alter table t add constraint c unique using index i", ""),
                ("alter table t add column b int not null", "refused adding-required-field"),
                (
                    "alter table t add column b uuid default gen_random_uuid()",
                    "refused adding-field-with-default",
                ),
                ("alter table t add column b int not null default -1", ""),
                ("alter table t add column b text default ('a' || 'b')", ""),
                ("alter table t add column b timestamptz default now()", ""),
                (
                    "alter table t add column b int generated always as (a + 1) stored",
                    "refused adding-field-with-default",
                ),
                (
                    "alter table t add column b int references u (a)",
                    "refused adding-foreign-key-constraint",
                ),
                ("alter table t add column b int unique", "refused disallowed-unique-constraint"),
                (
                    "alter domain d add constraint c check (value > 0)",
                    "refused ban-alter-domain-with-add-constraint",
                ),
                ("cluster t using i", "refused rewrite"),
                ("refresh materialized view v", "refused rewrite"),
                ("refresh materialized view concurrently v", ""),
                ("alter table t set logged", "refused rewrite"),
                ("alter table t add constraint c primary key using index i", ""),
            ],
        );
    }
    assert_eq!(
        check("-- phase: expand\nalter table t add constraint c foreign key (a) references u (a);"),
        "2 refused adding-foreign-key-constraint, 2 refused constraint-missing-not-valid"
    );
    assert_eq!(
        check("-- phase: expand\nalter table t add primary key (a);"),
        "2 refused adding-serial-primary-key-field, 2 refused constraint-missing-not-valid"
    );
    let fills =
        "create materialized view v as select 1 with no data;\nrefresh materialized view v;";
    assert_eq!(check(&format!("-- phase: expand\n{fills}")), "");
    assert_eq!(check("-- phase: expand\n-- no-transaction\nvacuum full t;"), "3 refused rewrite");
}

#[test]
fn rows_are_written_in_a_backfill() {
    let update = "update t set a = 1;\ndelete from u;\nupdate t set a = 1 where a is null;\n";
    assert_eq!(
        check(&format!("-- phase: expand\n{update}")),
        "2 noted whole-table, 3 noted whole-table"
    );
    assert_eq!(check(&format!("-- phase: backfill\n{update}")), "");
    assert_eq!(
        check("-- phase: expand\nupdate t set a = (select b from u where true);"),
        "2 noted whole-table"
    );
}

#[test]
fn what_is_wrong_is_wrong_on_a_new_table_too() {
    let long = "a".repeat(64);
    assert_eq!(
        check(&format!("-- phase: expand\ncreate table t (\n{long} int);")),
        "3 refused identifier-too-long"
    );
    check_each(
        "-- phase: expand",
        &[
            ("create table t (a char(3))", "noted ban-char-field"),
            ("create table t (a timestamp)", "noted prefer-timestamp-tz"),
            ("create table t (a int, a int)", "refused ban-duplicate-column-assignments"),
            ("create domain d as int check (value > 0)", "noted ban-create-domain-with-constraint"),
            ("create unlogged table t (a int)", "noted unlogged-table"),
        ],
    );
    assert_eq!(check("-- phase: contract\ntruncate t cascade;"), "2 refused ban-truncate-cascade");
}

#[test]
fn a_new_value_is_for_the_next_transaction() {
    check_each(
        "-- phase: expand",
        &[
            ("alter type mood add value if not exists 'calm'", "noted enum-value"),
            ("create type mood as enum ('calm')", ""),
        ],
    );
}
