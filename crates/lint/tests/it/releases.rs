//! Files that come after others: what the release itself makes is in nobody's way.

use cloison_lint::lint;
use cloison_model::Release;

/// `file:line rule` each.
fn check(files: &[(&str, &str)], from: i64) -> Vec<String> {
    check_fleet(files, from, from)
}

/// Where the tenants are at versions between two.
fn check_fleet(files: &[(&str, &str)], oldest: i64, newest: i64) -> Vec<String> {
    let report = lint(&Release::from_files(files).expect("a release"), oldest, newest);
    report.findings.iter().map(|it| format!("{}:{} {}", it.file, it.line, it.rule)).collect()
}

const MAKES: (&str, &str) = (
    "1_makes.sql",
    "-- phase: expand\ncreate table public.t (a int);\ncreate view v as select 1;\n",
);

const CHANGES: (&str, &str) = (
    "2_changes.sql",
    "-- phase: expand\n\
     create index i on t (a);\n\
     alter table only \"t\" add constraint c check (a > 0);\n\
     alter table T alter a set not null;\n\
     alter table t alter a type bigint;\n\
     update t set a = 1;\n\
     drop index i;\n\
     drop view v;\n\
     drop table public.t;\n",
);

#[test]
fn a_new_table_is_in_nobodys_way() {
    assert_eq!(check(&[MAKES, CHANGES], 0), Vec::<String>::new());
    assert_eq!(
        check(&[MAKES, CHANGES], 1),
        [
            "0002_changes.sql:2 require-concurrent-index-creation",
            "0002_changes.sql:3 constraint-missing-not-valid",
            "0002_changes.sql:4 set-not-null",
            "0002_changes.sql:5 changing-column-type",
            "0002_changes.sql:6 whole-table",
            "0002_changes.sql:6 write-apart",
            "0002_changes.sql:8 ban-drop-view",
            "0002_changes.sql:9 ban-drop-table",
        ]
    );
}

#[test]
fn what_the_furthest_tenant_has_is_not_new() {
    let index = ("3_index.sql", "-- phase: expand\ncreate index j on t (a);");
    let files = [MAKES, CHANGES, index];
    assert_eq!(check_fleet(&files, 0, 1), check(&files, 1));
    // The second file is released and cannot be mended; the first tenant to get it was as new as the table.
    let kept = [MAKES, ("2_index.sql", "-- phase: expand\ncreate index i on t (a);"), index];
    assert_eq!(check_fleet(&kept, 0, 2), ["0003_index.sql:2 require-concurrent-index-creation"]);
    let more = "-- phase: expand\ncreate table u (a int);\ncreate index k on u (a);";
    assert_eq!(check_fleet(&[MAKES, ("2_more.sql", more)], 0, 1), Vec::<String>::new());
}

#[test]
fn a_tenant_between_gets_old_and_new_files_in_one_transaction() {
    let adds =
        ("2_adds.sql", "-- phase: expand\nalter table t add constraint c check (a > 0) not valid;");
    let validates = ("3_validates.sql", "-- phase: expand\nalter table t validate constraint c;");
    let files = [MAKES, adds, validates];
    assert_eq!(check_fleet(&files, 0, 2), ["0003_validates.sql:2 validate-apart"]);
    assert_eq!(check_fleet(&files, 2, 2), Vec::<String>::new());
}

#[test]
fn a_table_that_may_have_been_there_is_not_new() {
    let makes = ("1_makes.sql", "-- phase: expand\ncreate table if not exists t (a int);");
    let index = ("2_index.sql", "-- phase: expand\ncreate index i on t (a);");
    assert_eq!(check(&[makes, index], 0), ["0002_index.sql:2 require-concurrent-index-creation"]);
    let before =
        [("1_index.sql", index.1), ("2_makes.sql", "-- phase: expand\ncreate table t ();")];
    assert_eq!(check(&before, 0), ["0001_index.sql:2 require-concurrent-index-creation"]);
}

#[test]
fn a_table_is_not_held_while_its_rows_are_read() {
    let adds =
        ("1_adds.sql", "-- phase: expand\nalter table t add constraint c check (a > 0) not valid;");
    let validates = "-- phase: expand\nalter table t validate constraint c;";
    assert_eq!(
        check(&[adds, ("2_validates.sql", validates)], 0),
        ["0002_validates.sql:2 validate-apart"]
    );
    assert_eq!(check(&[adds, ("2_validates.sql", validates)], 1), Vec::<String>::new());
    for apart in ["-- no-transaction", "-- phase: backfill"] {
        let text = format!("{apart}\n{}", validates.replace("-- phase: expand", ""));
        let text = if apart == "-- no-transaction" {
            text.replace('\n', "\n-- phase: expand\n")
        } else {
            text
        };
        let found = check(&[adds, ("2_validates.sql", &text)], 0);
        assert_eq!(found, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_table_is_not_held_while_its_rows_are_written() {
    let adds = "alter table public.t add column b int;";
    let found = |phase: &str, sql: &str| {
        check(&[("1_a.sql", &format!("-- phase: {phase}\n{adds}\n{sql}"))], 0)
    };
    for sql in [
        "update t set b = 1 where b is null",
        "update only t as x set b = 1 where b is null",
        "delete from t where a = 1",
        "delete from only public.t where a = 1",
        "insert into t (a) select a from u",
        "insert into t (select a from u)",
        "insert into t as x (a) overriding user value table u",
        "merge into t using u on t.a = u.a when matched then update set b = 1",
        "with old as (select 1) update t set b = 1 where a in (select * from old)",
        "with gone as (delete from t where a = 1 returning *) insert into u select * from gone",
    ] {
        for phase in ["expand", "backfill", "contract"] {
            assert_eq!(found(phase, sql), ["0001_a.sql:3 write-apart"], "{phase}: {sql}");
        }
    }
    for fine in [
        "insert into t (a) values ((select 1))",
        "insert into t default values",
        "insert into t values (1) on conflict (a) do update set b = 1",
        "insert into u select a from t for update",
        "update u set a = 1 where a in (select a from t)",
        "select a from t for no key update of t",
    ] {
        assert_eq!(found("expand", fine), Vec::<String>::new(), "{fine}");
    }
}

#[test]
fn a_file_of_its_own_writes_rows() {
    let adds = ("1_adds.sql", "-- phase: expand\nalter table t add column b int;");
    let fills = |phase: &str| {
        let text = format!("-- phase: {phase}\nupdate t set b = 1 where b is null;");
        check(&[adds, ("2_fills.sql", &text)], 0)
    };
    assert_eq!(fills("expand"), ["0002_fills.sql:2 write-apart"]);
    assert_eq!(fills("backfill"), Vec::<String>::new());
    let makes = "-- phase: expand\ncreate table n (a int);\nalter table n add column b int;\nupdate n set b = 1;";
    assert_eq!(check(&[("1_makes.sql", makes)], 0), Vec::<String>::new());
}
