//! How a text is cut, beside how PostgreSQL answers the same text.

use cloison_lint::statements;
use cloison_testkit::Server;
use tokio_postgres::SimpleQueryMessage;

/// A text, and where each of its statements begins: `line: first words`.
const CASES: &[(&str, &[&str])] = &[
    ("select 1", &["1: select 1"]),
    ("select 1;", &["1: select 1"]),
    ("select 1; -- the end", &["1: select 1"]),
    ("\n\nselect 1;\n  select 2\n;", &["3: select 1", "4: select 2"]),
    (";; select 1 ; ; /* nothing */ ; select 2", &["1: select 1", "1: select 2"]),
    ("select ';', '''; '; select 2", &["1: select ';', '''; '", "1: select 2"]),
    (r"select '\'; select 2", &[r"1: select '\'", "1: select 2"]),
    (r"select E'\'; '; select 2", &[r"1: select E'\'; '", "1: select 2"]),
    ("select e'a' -- on\n '\\'; '; select 2", &["1: select e'a' -- on\n '\\'; '", "2: select 2"]),
    ("select e'a'\n'b'\n'\\';'';'; select 2", &["1: select e'a'\n'b'\n'\\';'';'", "3: select 2"]),
    ("select 'a'\n'\\'; select 2", &["1: select 'a'\n'\\'", "2: select 2"]),
    (r"select U&'\0041;'; select 2", &[r"1: select U&'\0041;'", "1: select 2"]),
    ("select b'01', x'0f', n';'; select 2", &["1: select b'01', x'0f', n';'", "1: select 2"]),
    (r#"select 1 as "a;""b"; select 2"#, &[r#"1: select 1 as "a;""b""#, "1: select 2"]),
    ("/* ; /* ; */ ; */ select 1", &["1: select 1"]),
    ("select 1 --; select 2\n; select 3", &["1: select 1", "2: select 3"]),
    ("select $$;$$; select $a$;$$;$b$;$a$", &["1: select $$;$$", "1: select $a$;$$;$b$;$a$"]),
    ("select 1 as a$b$; select 2 as b$a$", &["1: select 1 as a$b$", "1: select 2 as b$a$"]),
    ("select 1 -/*;*/1; select 2", &["1: select 1 -/*;*/1", "1: select 2"]),
    ("select (array[1,2])[1]; select 2", &["1: select (array[1,2])[1]", "1: select 2"]),
    (
        "do $do$ begin perform 1; end $do$; select 1",
        &["1: do $do$ begin perform 1; end $do$", "1: select 1"],
    ),
    (
        "create function f() returns int language sql begin atomic select 1; select case when true then 2 end; end; select 1",
        &[
            "1: create function f() returns int language sql begin atomic select 1; select case when true then 2 end; end",
            "1: select 1",
        ],
    ),
    (
        "create or replace function f(a int) returns int begin atomic select (case a when 1 then a end) as end; end;\nselect 1",
        &[
            "1: create or replace function f(a int) returns int begin atomic select (case a when 1 then a end) as end; end",
            "2: select 1",
        ],
    ),
    (
        "create procedure p() begin atomic end; select 1",
        &["1: create procedure p() begin atomic end", "1: select 1"],
    ),
    (
        "select begin atomic from (values (1)) v (begin); select 2",
        &["1: select begin atomic from (values (1)) v (begin)", "1: select 2"],
    ),
    (
        "create table t (a int); create table u (a int); create rule r as on insert to t do also (insert into u values (1); insert into u values (2)); select 1",
        &[
            "1: create table t (a int)",
            "1: create table u (a int)",
            "1: create rule r as on insert to t do also (insert into u values (1); insert into u values (2))",
            "1: select 1",
        ],
    ),
    ("begin; select 1; commit", &["1: begin", "1: select 1", "1: commit"]),
    ("create table é (a int); select 'é;'", &["1: create table é (a int)", "1: select 'é;'"]),
];

#[test]
fn a_text_is_cut_where_its_statements_end() {
    for (sql, expected) in CASES {
        let found: Vec<_> =
            statements(sql).iter().map(|it| format!("{}: {}", it.line, it.text)).collect();
        assert_eq!(found, *expected, "{sql}");
        for it in statements(sql) {
            assert!(sql[it.offset..].starts_with(it.text), "{sql}");
        }
    }
}

#[test]
fn what_is_not_finished_is_one_statement() {
    for sql in
        ["select 'a; b", "select $a$; $b$;", "/* ; select 1", "select e'a'\n'\\';", "select (1; 2"]
    {
        assert!(statements(sql).len() <= 1, "{sql}");
    }
    for empty in ["", " \n", "-- nothing", "/* nothing */ ;", ";;"] {
        assert_eq!(statements(empty), [], "{empty}");
    }
}

#[tokio::test]
async fn postgres_answers_as_often_as_there_are_statements() {
    let database = Server::shared().database("statements").await;
    let client = database.connect().await;
    for (sql, expected) in CASES {
        let answers = client.simple_query(&format!("begin; {sql}\n; rollback")).await.expect(sql);
        let count =
            answers.iter().filter(|it| matches!(it, SimpleQueryMessage::CommandComplete(_)));
        assert_eq!(count.count(), expected.len() + 2, "{sql}");
    }
}
