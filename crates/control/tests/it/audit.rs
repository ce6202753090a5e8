//! The audit log cannot be rewritten by those who write it, and shows when somebody else has.

use cloison_catalog::queries::audit::audit_append;
use cloison_control::audit::{Fault, Link, Report, verify};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::Json;

use crate::world::World;

#[tokio::test]
async fn what_is_written_stays_written() {
    let world = World::new().await;
    append(&world, 1).await;
    let client = world.control.catalog.client().await.unwrap();
    for statement in [
        "update audit_log set actor = 'nobody'",
        "delete from audit_log",
        "truncate audit_log",
        "insert into audit_log select 2, at, actor, action, subject, detail, previous_hash, hash, format from audit_log",
        "update audit_head set last_id = 0",
        "drop table audit_log",
        "alter table audit_log disable trigger all",
    ] {
        let refused = client.execute(statement, &[]).await.unwrap_err();
        assert_eq!(refused.code(), Some(&SqlState::INSUFFICIENT_PRIVILEGE), "{statement}");
    }
}

#[tokio::test]
async fn an_untouched_log_is_intact() {
    let world = World::new().await;
    let empty = verify(&world.control.catalog, None).await.unwrap();
    assert_eq!((empty.rows, empty.fault), (0, None));
    append(&world, 5).await;
    let early = verify(&world.control.catalog, None).await.unwrap();
    assert_eq!((early.rows, early.head.id, early.fault), (5, 5, None));

    // What was noted early is still in it later.
    append(&world, 1_100).await;
    let noted: Link = early.head.to_string().parse().unwrap();
    let late = verify(&world.control.catalog, Some(noted)).await.unwrap();
    assert_eq!((late.rows, late.fault), (1_105, None), "more than a page");
}

/// The fields hold what the older format took for its own.
#[tokio::test]
async fn fields_cannot_be_shifted_across_their_borders() {
    let world = World::new().await;
    let client = world.control.catalog.client().await.unwrap();
    let detail = serde_json::json!({ "é": [1.50, null], "a": "1:x,|" });
    for (actor, action) in [("a|b", "c"), ("a", "b|c"), ("", "1:a,"), ("é\n", "🎹")] {
        audit_append().bind(&client, &actor, &action, &"it", &Json(&detail)).one().await.unwrap();
    }
    assert_eq!(verify(&world.control.catalog, None).await.unwrap().fault, None);
    let tampered = "update audit_log set actor = 'a', action = 'b|c' where id = 1";
    assert_eq!(after(&world, &[tampered], None).await.fault, Some(Fault::Changed { id: 1 }));
}

/// Rows of before the migration to the second format.
#[tokio::test]
async fn rows_of_the_first_format_are_still_read() {
    let world = World::new().await;
    append(&world, 2).await;
    let first_format = "
        update audit_log set format = 1, hash = sha256(previous_hash || convert_to(concat_ws('|',
            id, to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'),
            actor, action, subject, detail::text), 'UTF8'))
        where id = ";
    let relink = "update audit_log set previous_hash = (select hash from audit_log where id = 1) where id = 2";
    let head = "update audit_head set last_hash = (select hash from audit_log where id = 2)";
    let (one, two) = (format!("{first_format} 1"), format!("{first_format} 2"));
    assert_eq!(after(&world, &[&one, relink, &two, head], None).await.fault, None);
    append(&world, 2).await;
    assert_eq!(verify(&world.control.catalog, None).await.unwrap().fault, None);
    // Back to the weaker format is not how the log goes on.
    let four = format!("{first_format} 4");
    assert_eq!(after(&world, &[&four], None).await.fault, Some(Fault::OlderFormat { id: 4 }));
}

#[tokio::test]
async fn tampering_is_found_and_named() {
    let rehash = "
        update audit_log set hash = sha256(previous_hash || convert_to((
            select string_agg(octet_length(convert_to(field, 'UTF8')) || ':' || field || ',', '' order by place)
            from unnest(array[
                '2', id::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'),
                actor, action, subject, detail::text
            ]) with ordinality as listed (field, place)), 'UTF8'))
        where id = ";
    let rehash = |id: i64| format!("{rehash}{id}");
    let relink = |id: i64| {
        let before = id - 1;
        format!(
            "update audit_log set previous_hash = (select hash from audit_log where id = {before}) where id = {id}"
        )
    };
    let change = "update audit_log set subject = 'something else' where id = 3".to_owned();
    let remove = |id: i64| format!("delete from audit_log where id = {id}");
    let head =
        "update audit_head set last_hash = (select hash from audit_log where id = 5)".to_owned();
    let swap =
        "update audit_log set id = case id when 2 then 3 else 2 end + 100 where id in (2, 3)"
            .to_owned();
    let back = "update audit_log set id = id - 100 where id > 100".to_owned();
    let cases: Vec<(&str, Vec<String>, Fault)> = vec![
        ("a changed row", vec![change.clone()], Fault::Changed { id: 3 }),
        (
            "a rewritten hash",
            vec!["update audit_log set hash = sha256('') where id = 3".to_owned()],
            Fault::Changed { id: 3 },
        ),
        ("a changed row with its hash", vec![change.clone(), rehash(3)], Fault::Unlinked { id: 4 }),
        ("a removed row", vec![remove(3)], Fault::Missing { id: 3, found: 4 }),
        ("the first row", vec![remove(1)], Fault::Missing { id: 1, found: 2 }),
        ("a removed tail", vec![remove(5), remove(4)], Fault::CutOff { last: 3, head: 5 }),
        (
            "everything",
            vec!["delete from audit_log".to_owned()],
            Fault::CutOff { last: 0, head: 5 },
        ),
        ("swapped rows", vec![swap, back], Fault::Unlinked { id: 2 }),
        (
            "the last row and its hash",
            vec!["update audit_log set actor = 'x' where id = 5".to_owned(), rehash(5)],
            Fault::OtherHead { last: 5 },
        ),
        (
            "a head set back",
            vec!["update audit_head set last_id = 4".to_owned()],
            Fault::BeyondHead { last: 5, head: 4 },
        ),
        (
            "an unknown format",
            vec!["update audit_log set format = 9 where id = 5".to_owned()],
            Fault::UnknownFormat { id: 5, format: 9 },
        ),
    ];
    let world = World::new().await;
    append(&world, 5).await;
    let keep = [
        "create table log_kept as select * from audit_log",
        "create table head_kept as select * from audit_head",
    ];
    after(&world, &keep, None).await;
    let restore = [
        "truncate audit_log, audit_head",
        "insert into audit_log select * from log_kept",
        "insert into audit_head select * from head_kept",
    ];
    for (what, statements, fault) in cases {
        assert_eq!(after(&world, &restore, None).await.fault, None);
        let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
        let report = after(&world, &statements, None).await;
        assert_eq!(report.fault, Some(fault), "{what}");
    }

    // Who rewrites every hash after it is caught by a note that was kept elsewhere, and only by that.
    let noted = after(&world, &restore, None).await.head;
    let all = [change, rehash(3), relink(4), rehash(4), relink(5), rehash(5), head];
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    assert_eq!(after(&world, &all, None).await.fault, None);
    let report = after(&world, &[], Some(noted.clone())).await;
    assert_eq!(report.fault, Some(Fault::NotedOther { id: 5 }));
    let beyond = Link { id: 6, ..noted };
    let report = after(&world, &[], Some(beyond)).await;
    assert_eq!(report.fault, Some(Fault::NotedMissing { id: 6 }));
}

#[test]
fn a_noted_head_reads_back() {
    let link = Link { id: 12, hash: vec![0xab; 32] };
    assert_eq!(link.to_string().parse(), Ok(link));
    let hash = "ab".repeat(32);
    for bad in [
        "",
        "12",
        &*hash,
        &format!("0:{hash}"),
        &format!("-1:{hash}"),
        "12:ab",
        &format!("12:{}", "xy".repeat(32)),
    ] {
        assert!(bad.parse::<Link>().is_err(), "{bad}");
    }
}

async fn append(world: &World, rows: usize) {
    let client = world.control.catalog.client().await.unwrap();
    for n in 0..rows {
        let detail = serde_json::json!({ "n": n });
        audit_append().bind(&client, &"a test", &"did", &"it", &Json(&detail)).one().await.unwrap();
    }
}

/// The report after a superuser has run these statements.
async fn after(world: &World, statements: &[&str], noted: Option<Link>) -> Report {
    let superuser = world.server.connect(cloison_catalog::DATABASE).await;
    for statement in statements {
        superuser.execute(*statement, &[]).await.unwrap();
    }
    verify(&world.control.catalog, noted).await.unwrap()
}
