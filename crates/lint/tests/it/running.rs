//! How files are run: what goes with the transaction, with being run again, with one connection for many files.

use cloison_testkit::Server;

use crate::{check, check_each};

const EXPAND: &str = "-- phase: expand";

#[test]
fn a_file_has_a_phase_statements_and_nothing_but_sql() {
    assert_eq!(check("create table t (a int)"), "1 refused phase-missing");
    assert_eq!(check("-- phase: expand\n;; -- nothing"), "1 refused empty-file");
    assert_eq!(check("-- phase: expand\ncreate tabel t (a int);\nselect 1;"), "2 refused not-sql");
    assert_eq!(
        check("-- phase: expand\nselect 1;\nselect from from;\nalter table t drop;\n"),
        "3 refused not-sql, 4 refused not-sql"
    );
    assert_eq!(check("-- phase: expand\n\\i other.sql\n"), "2 refused not-sql");
}

#[test]
fn whoever_runs_the_file_has_the_transaction() {
    check_each(
        EXPAND,
        &[
            ("begin", "refused transaction-control"),
            ("start transaction", "refused transaction-control"),
            ("commit", "refused transaction-control"),
            ("rollback", "refused transaction-control"),
            ("savepoint a", "refused transaction-control"),
            ("release savepoint a", "refused transaction-control"),
            ("prepare transaction 'a'", "refused transaction-control"),
            ("set transaction isolation level serializable", "refused transaction-control"),
            ("set constraints all deferred", ""),
        ],
    );
    assert_eq!(
        check("-- phase: expand\n-- no-transaction\nbegin;\n"),
        "3 refused not-repeatable, 3 refused transaction-control"
    );
}

#[test]
fn what_cannot_be_in_a_transaction_is_told_so() {
    check_each(
        EXPAND,
        &[
            ("create index concurrently if not exists i on t (a)", "refused needs-no-transaction"),
            (
                "drop index concurrently if exists i",
                "noted ban-drop-index, refused needs-no-transaction",
            ),
            ("reindex table concurrently t", "refused needs-no-transaction"),
            ("reindex (concurrently) table t", "refused needs-no-transaction"),
            ("vacuum t", "refused needs-no-transaction"),
            ("analyze t", ""),
            ("refresh materialized view concurrently v", ""),
        ],
    );
    check_each(
        "-- phase: contract",
        &[("alter table t detach partition p concurrently", "refused needs-no-transaction")],
    );
}

#[test]
fn a_file_outside_a_transaction_can_be_run_twice() {
    let header = "-- phase: expand\n-- no-transaction";
    let check = |sql: &str| check(&format!("{header}\n{sql};\n"));
    for fine in [
        "create index concurrently if not exists i on t (a)",
        "create unique index concurrently if not exists i on t (a)",
        "reindex index concurrently i",
        "alter type mood add value if not exists 'calm'",
        "vacuum (analyze) t",
        "alter table t validate constraint c",
        "alter table only t validate constraint c, validate constraint d",
        "create or replace view v as select 1",
        "comment on table t is 'x'",
    ] {
        assert_eq!(check(fine), "", "{fine}");
    }
    assert_eq!(check("drop index concurrently if exists i"), "3 noted ban-drop-index");
    for wrong in [
        "create index concurrently i on t (a)",
        "create index concurrently if not exists on t (a)",
        "alter type mood add value 'calm'",
        "alter table t validate constraint c, add column b int",
        "create table t (a int)",
        "alter table t detach partition p",
        "alter table t detach partition p concurrently",
        "alter table t detach partition p finalize",
        "insert into t values (1)",
        "update t set a = 1 where a is null",
        "select 1",
    ] {
        assert!(check(wrong).contains("3 refused not-repeatable"), "{wrong}: {}", check(wrong));
    }
    let report = crate::read(
        &[("1_a.sql", &format!("{header}\nalter table t detach partition p concurrently"))],
        0,
    );
    assert!(report.findings.iter().any(|it| it.help.starts_with("Leave CONCURRENTLY out")));
    let two = "create index concurrently if not exists i on t (a);\ncreate index concurrently if not exists j on t (b)";
    assert_eq!(check(two), "4 refused several-indexes");
}

#[test]
fn a_connection_is_left_as_it_was() {
    check_each(
        EXPAND,
        &[
            ("set search_path = public", "refused session-state"),
            ("set session work_mem = '1GB'", "refused session-state"),
            ("set local work_mem = '1GB'", "noted session-setting"),
            ("set local lock_timeout = '1h'", "refused session-state"),
            ("set role postgres", "refused session-state"),
            ("set local role postgres", "refused session-state"),
            ("set session authorization postgres", "refused session-state"),
            ("set session_authorization = postgres", "refused session-state"),
            ("set local session_authorization to postgres", "refused session-state"),
            ("set session session_authorization to postgres", "refused session-state"),
            ("set local \"role\" = 'postgres'", "refused session-state"),
            ("set local \"lock_timeout\" = '1h'", "refused session-state"),
            ("set local application_name = 'role'", "noted session-setting"),
            ("reset session_authorization", "refused session-state"),
            ("reset all", "refused session-state"),
            ("listen news", "refused session-state"),
            ("prepare p as select 1", "refused session-state"),
            ("execute p", "refused session-state"),
            ("select set_config('search_path', '', false)", "refused session-state"),
            (
                "insert into t values (set_config('role', 'postgres', true))",
                "refused session-state",
            ),
            (
                "update t set a = pg_catalog.set_config('x.y', '', false) where a = 1",
                "refused session-state",
            ),
            ("select \"set_config\" ('x.y', '', false)", "refused session-state"),
            (
                "do $$ begin perform set_config('x.y', '', false); end $$",
                "noted opaque, refused session-state",
            ),
            ("create table t as select set_config('x.y', '', false) as a", "refused session-state"),
            ("select set_config from t", ""),
            ("select 'set_config(1)'", ""),
            ("select pg_advisory_lock(1)", "refused session-state"),
            ("select pg_try_advisory_lock(1)", "refused session-state"),
            ("select pg_advisory_xact_lock(1)", ""),
            ("create function f() returns text return set_config('x.y', '', false)", ""),
            (
                "create function f() returns int language sql set search_path = public, pg_temp return 1",
                "",
            ),
        ],
    );
}

#[test]
fn a_migration_has_its_own_schema_and_no_more() {
    check_each(
        EXPAND,
        &[
            ("create database d", "refused cluster-object"),
            ("drop role r", "refused cluster-object"),
            ("create user u", "refused cluster-object"),
            ("alter role r set work_mem = '1GB'", "refused cluster-object"),
            ("alter system set work_mem = '1GB'", "refused cluster-object"),
            ("create tablespace s location '/s'", "refused cluster-object"),
            ("grant a to b", "refused cluster-object"),
            ("grant select on t to public", "refused grant-to-public"),
            (
                "alter default privileges grant select on tables to public",
                "refused grant-to-public",
            ),
            ("grant select on t to cloison_app, public", "refused grant-to-public"),
            (
                "grant select on t to cloison_app, group public with grant option",
                "refused grant-to-public",
            ),
            ("grant select on t to cloison_app, \"public\"", "refused grant-to-public"),
            (
                "alter default privileges in schema public grant select on tables to cloison_app, public",
                "refused grant-to-public",
            ),
            ("grant select on t to cloison_app", ""),
            ("grant select on all tables in schema public to cloison_app, cloison_reader", ""),
            ("alter default privileges in schema public grant select on tables to cloison_app", ""),
            ("create extension pg_trgm", "refused extension"),
            ("create temp table t (a int)", "refused temporary-object"),
            ("create table pg_temp.t (a int)", "refused temporary-object"),
            ("select 1 as a into temp t", "refused temporary-object"),
            ("copy t from stdin", "refused copy"),
        ],
    );
}

#[test]
fn code_that_runs_is_for_the_shadow_run() {
    check_each(
        EXPAND,
        &[
            ("do $$ begin perform 1; end $$", "noted opaque"),
            ("do $do$ begin execute 'drop table t'; end $do$", "noted opaque"),
            ("call p()", "noted opaque"),
            (
                "create function f() returns void language plpgsql as $$ begin execute 'x'; end $$",
                "",
            ),
        ],
    );
    let report = crate::read(
        &[(
            "1_a.sql",
            "-- phase: expand\ndo $a$begin execute 'x'; end$a$;\ndo 'begin perform 1; end';",
        )],
        0,
    );
    let builds: Vec<_> =
        report.findings.iter().map(|it| it.message.contains("puts statements together")).collect();
    assert_eq!(builds, [true, false]);
}

#[tokio::test]
async fn a_byte_order_mark_is_no_sql() {
    let database = Server::shared().database("lint").await;
    let text = "\u{feff}-- phase: expand\nselect 1";
    assert!(database.connect().await.simple_query(text).await.is_err());
    assert_eq!(check(text), "1 refused not-sql, 1 refused phase-missing");
    assert_eq!(check("-- phase: expand\nselect '\u{feff}'"), "");
}

/// On PostgreSQL itself: what the lint refuses in a transaction, and the like of it that it does not.
#[tokio::test]
async fn postgres_refuses_the_same_in_a_transaction() {
    let database = Server::shared().database("lint").await;
    let client = database.connect().await;
    let world = "create table t (a int); create index i on t (a); create materialized view v as select 1 as a;
        create unique index on v (a); create type mood as enum ('calm');
        create table p (a int) partition by range (a); create table p1 partition of p for values from (1) to (2)";
    client.simple_query(world).await.unwrap();
    for sql in [
        "create index concurrently if not exists j on t (a)",
        "drop index concurrently if exists i",
        "reindex index concurrently i",
        "reindex (verbose, concurrently) table t",
        "reindex schema public",
        "reindex table t",
        "vacuum t",
        "analyze t",
        "refresh materialized view concurrently v",
        "alter type mood add value if not exists 'glad'",
        "alter table p detach partition p1 concurrently",
        "alter table p detach partition p1",
        "truncate t",
    ] {
        let error = client.simple_query(&format!("begin; {sql}")).await.err();
        client.simple_query("rollback").await.unwrap();
        // active_sql_transaction
        let is_refused = error.is_some_and(|it| it.code().is_some_and(|it| it.code() == "25001"));
        let found = check(&format!("-- phase: contract\n{sql}"));
        assert_eq!(found.contains("needs-no-transaction"), is_refused, "{sql}: {found}");
    }
}
