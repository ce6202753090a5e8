//! What locks or reads a table that programs use, and what is wrong on any.

use cloison_testkit::Server;

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
                ("alter table t set access method heap", "refused rewrite"),
                ("alter table t alter column a set expression as (b + 1)", "refused rewrite"),
                ("alter table t add column b serial", "refused serial-column"),
                ("alter table t add b bigserial", "refused serial-column"),
                (
                    "alter table only t add column if not exists \"b\" smallserial",
                    "refused serial-column",
                ),
                ("alter table t add column a text, add column b serial8", "refused serial-column"),
                ("alter table t add column serial int", ""),
                ("alter table t add column b int check (b > 0)", "refused checked-column"),
                (
                    "alter table t add b int default 1 constraint c check (b > 0)",
                    "refused checked-column",
                ),
                (
                    "alter table t add column a text, add b int check (b > 0)",
                    "refused checked-column",
                ),
                ("alter table t add column \"check\" int", ""),
                ("alter table t add column b int, add constraint c check (b > 0) not valid", ""),
                ("lock table t", "refused lock-table"),
                ("lock t, u in share mode nowait", "refused lock-table"),
                (
                    "alter table p attach partition t for values from (1) to (2)",
                    "refused attach-partition",
                ),
                ("alter index i attach partition j", ""),
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
    assert_eq!(
        check("-- phase: expand\nalter table t add column b int default 1 references u (a);"),
        "2 refused adding-foreign-key-constraint"
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
fn a_new_table_may_be_held() {
    for sql in [
        "alter table t add column b serial",
        "alter table t add column b int check (b > 0)",
        "lock table public.t * in exclusive mode",
        "alter table t set access method heap",
        "alter table p attach partition public.t for values in (1)",
        "alter sequence s restart with 10",
    ] {
        let makes = "create table t (a int);\ncreate sequence s;";
        assert_eq!(check(&format!("-- phase: expand\n{makes}\n{sql};")), "", "{sql}");
    }
    // It is the partition whose rows are read, and not its parent's.
    let parent = "create table p (a int) partition by list (a);\nalter table p attach partition t for values in (1);";
    assert_eq!(check(&format!("-- phase: expand\n{parent}")), "3 refused attach-partition");
    let one_of_two = "create table t (a int);\nlock t *, u;";
    assert_eq!(check(&format!("-- phase: expand\n{one_of_two}")), "3 refused lock-table");
}

#[test]
fn a_sequence_that_starts_again_is_noted() {
    for header in ["-- phase: expand", "-- phase: contract"] {
        check_each(
            header,
            &[
                ("alter sequence s restart", "noted sequence-restart"),
                ("alter sequence if exists s increment 2 restart with 5", "noted sequence-restart"),
                ("alter table t alter column a restart with 5", "noted sequence-restart"),
                ("select setval('s', max(a)) from t", "noted sequence-restart"),
                ("select pg_catalog.setval('s', 1)", "noted sequence-restart"),
                (
                    "do $$ begin perform setval('s', 1); end $$",
                    "noted opaque, noted sequence-restart",
                ),
                ("alter sequence s increment 2", ""),
                ("select nextval('s')", ""),
                ("create function f() returns bigint return setval('s', 1)", ""),
            ],
        );
    }
}

/// On PostgreSQL itself: which new columns write the table anew.
#[tokio::test]
async fn postgres_writes_a_table_anew_for_numbers() {
    let database = Server::shared().database("lint").await;
    let client = database.connect().await;
    client.simple_query("create table t (a int)").await.unwrap();
    for column in ["b serial", "b bigserial", "b int", "b int default 1"] {
        let place = "select pg_relation_filenode('t')";
        let before: u32 = client.query_one(place, &[]).await.unwrap().get(0);
        let adds = format!("alter table t add column {column}");
        client.simple_query(&adds).await.unwrap();
        let after: u32 = client.query_one(place, &[]).await.unwrap().get(0);
        client.simple_query("alter table t drop column b").await.unwrap();
        let found = check(&format!("-- phase: expand\n{adds}"));
        assert_eq!(found.contains("serial-column"), before != after, "{adds}");
    }
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
