//! The audit log cannot be rewritten by those who write it.

use cloison_catalog::queries::audit::audit_append;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::Json;

use crate::world::World;

#[tokio::test]
async fn what_is_written_stays_written() {
    let world = World::new().await;
    let client = world.control.catalog.client().await.unwrap();
    audit_append()
        .bind(&**client, &"a test", &"did", &"it", &Json(&serde_json::json!({ "n": 1 })))
        .one()
        .await
        .unwrap();
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
async fn the_chain_shows_a_row_that_was_changed() {
    let world = World::new().await;
    let client = world.control.catalog.client().await.unwrap();
    for n in 0..5 {
        let detail = serde_json::json!({ "n": n });
        audit_append()
            .bind(&**client, &"a test", &"did", &"it", &Json(&detail))
            .one()
            .await
            .unwrap();
    }
    assert_eq!(broken_links(&world).await, 0);
    let superuser = world.server.connect(cloison_catalog::DATABASE).await;
    superuser.execute("update audit_log set actor = 'nobody' where id = 3", &[]).await.unwrap();
    assert_eq!(broken_links(&world).await, 1);
}

/// Rows whose hash does not follow from the row before and their own content.
async fn broken_links(world: &World) -> i64 {
    let superuser = world.server.connect(cloison_catalog::DATABASE).await;
    let broken = superuser
        .query_one(
            "select count(*)
             from audit_log
             where hash <> sha256(previous_hash || convert_to((
                 select string_agg(octet_length(convert_to(field, 'UTF8')) || ':' || field || ',', '' order by place)
                 from unnest(array[
                     '2', id::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'),
                     actor, action, subject, detail::text
                 ]) with ordinality as listed (field, place)), 'UTF8'))",
            &[],
        )
        .await;
    broken.unwrap().get(0)
}
