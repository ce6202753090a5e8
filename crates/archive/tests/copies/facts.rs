//! What changes the facts of a database, and what does not.

use cloison_archive::tables::{DatabaseFacts, Snapshot, facts};
use cloison_testkit::Server;
use tokio_postgres::error::SqlState;
use tokio_util::task::TaskTracker;

use crate::world::{NASTY, database, facts_of, run};

#[tokio::test]
async fn neither_order_nor_place_nor_settings_count() {
    let server = Server::shared();
    let database = database(&server, "alike", NASTY).await;
    let client = database.connect().await;
    let before = facts_of(&database).await;
    for (what, sql) in [
        ("order", "update unlogged set hash = hash where i % 3 = 0"),
        ("what is temporary", "create temp table k as select * from kinds; create temp sequence s"),
        (
            "place",
            "cluster guarded using guarded_pkey; vacuum full unlogged; vacuum full measures_old",
        ),
        (
            "a column that went",
            "alter table guarded add column more text default 'x'; alter table guarded drop column more",
        ),
        (
            "the order of columns",
            "alter table empty rename note to n; alter table empty add column note text; alter table empty drop column n",
        ),
        (
            "where it was stored",
            "alter table kinds alter note set storage external; update kinds set note = note || ''",
        ),
    ] {
        for statement in sql.split("; ") {
            run(&client, statement).await;
        }
        assert_eq!(before.differences(&facts_of(&database).await), [], "{what}");
    }
    let client = database.connect().await;
    run(
        &client,
        "set datestyle = 'Postgres, DMY'; set timezone = 'Asia/Kathmandu'; set extra_float_digits = 0; set bytea_output = 'escape';
         set intervalstyle = 'iso_8601'; set search_path = '\"Weird.Schema\"'; set statement_timeout = '1min'; set row_security = on",
    )
    .await;
    let snapshot = Snapshot::open(client, &TaskTracker::new()).await.unwrap();
    assert_eq!(before.tables, facts(&snapshot).await.unwrap().tables);
}

#[tokio::test]
async fn each_change_of_a_value_counts() {
    let server = Server::shared();
    let database = database(
        &server,
        "changes",
        "create extension citext;
         create table t (id int, s text, n numeric, f float8, c citext, j json, at timestamptz, b bytea, a text[]);
         insert into t values (1, '', 1.0, 0, 'é', '{\"a\":1}', '2026-01-01Z', '\\x00', '{}'), (2, null, 2, 0.1, 'x', null, null, null, '{null}');
         create table many (a text, b text);
         insert into many values ('1', 'one'), ('2', 'two'), ('2', 'two'), ('3', 'three')",
    )
    .await;
    let client = database.connect().await;
    let same_count = |table: &str, rows: u64| {
        vec![format!("table public.{table}: {rows} rows in both, and not the same")]
    };
    let mut before = facts_of(&database).await;
    for (sql, words) in [
        ("update t set s = null where id = 1", same_count("t", 2)),
        ("update t set s = '' where id = 2", same_count("t", 2)),
        ("update t set s = '\\N' where id = 2", same_count("t", 2)),
        ("update t set n = 1.00 where id = 1", same_count("t", 2)),
        ("update t set f = '-0' where id = 1", same_count("t", 2)),
        ("update t set f = 0.1::float8 + 2 ^ (-56) where id = 2", same_count("t", 2)),
        ("update t set c = 'É' where id = 1", same_count("t", 2)),
        ("update t set j = '{\"a\": 1}' where id = 1", same_count("t", 2)),
        ("update t set at = '2026-01-01 00:00:00.000001Z' where id = 1", same_count("t", 2)),
        ("update t set b = '' where id = 1", same_count("t", 2)),
        ("update t set a = '{\"null\"}' where id = 2", same_count("t", 2)),
        // Two rows swap a value: each column by itself holds what it held.
        (
            "update many set b = case a when '1' then 'three' else 'one' end where a in ('1', '3')",
            same_count("many", 4),
        ),
        // Of two duplicates there is another one.
        (
            "update many set (a, b) = ('1', 'three') where ctid = (select min(ctid) from many where a = '2')",
            same_count("many", 4),
        ),
        (
            "insert into many values ('1', 'three')",
            vec!["table public.many: 4 rows, 5 in the copy".to_owned()],
        ),
        (
            "alter table many rename to more",
            vec![
                "table public.many: missing in the copy, 5 rows here".to_owned(),
                "table public.more: in the copy alone, with 5 rows".to_owned(),
            ],
        ),
        ("select lo_from_bytea(0, 'x')", vec!["large objects: 0, 1 in the copy".to_owned()]),
        ("create sequence s", vec!["sequence public.s: in the copy alone".to_owned()]),
        ("select nextval('s')", vec![]),
        (
            "select setval('s', 1, false)",
            vec!["sequence public.s: the copy would give 1 again, which has been given".to_owned()],
        ),
    ] {
        run(&client, sql).await;
        let after = facts_of(&database).await;
        assert_eq!(words_of(&before, &after), words, "{sql}");
        before = after;
    }
}

fn words_of(before: &DatabaseFacts, after: &DatabaseFacts) -> Vec<String> {
    before.differences(after).iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn of_an_extension_only_the_rows_that_are_the_users_count() {
    let server = Server::shared();
    let database = database(
        &server,
        "extension",
        "create extension citext;
         create table of_extension (name text, is_users boolean);
         insert into of_extension values ('a', false), ('b', true), ('c', true);
         alter extension citext add table of_extension;
         create sequence of_extension_too;
         alter extension citext add sequence of_extension_too",
    )
    .await;
    let none = facts_of(&database).await;
    assert_eq!((none.tables, none.sequences), (vec![], vec![]));

    // What the script of an extension does with pg_extension_config_dump.
    run(
        &database.connect().await,
        "update pg_extension set extconfig = array['of_extension'::regclass::oid], extcondition = '{where is_users}' where extname = 'citext'",
    )
    .await;
    let facts = facts_of(&database).await;
    assert_eq!(facts.tables.iter().map(|it| it.rows).collect::<Vec<_>>(), [2]);
}

#[tokio::test]
async fn rows_that_are_hidden_are_an_error() {
    let server = Server::shared();
    let role = format!("test_reader_{}", server.number());
    let database = database(
        &server,
        "hidden",
        &format!(
            "create table t (id int); insert into t values (1); alter table t enable row level security; create policy nobody on t using (false);
             create role {role}; grant select on t to {role}"
        ),
    )
    .await;
    let client = database.connect().await;
    run(&client, &format!("set role {role}")).await;
    let snapshot = Snapshot::open(client, &TaskTracker::new()).await.unwrap();
    let refused = facts(&snapshot).await.unwrap_err();
    assert_eq!(refused.sqlstate(), Some(&SqlState::INSUFFICIENT_PRIVILEGE));
    assert_eq!(refused.to_string(), "cannot read table public.t");
    drop(snapshot);
    run(&database.connect().await, &format!("drop owned by {role}; drop role {role}")).await;
}
