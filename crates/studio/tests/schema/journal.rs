//! The fiscal journal: whoever changes, removes or invents a link is refused, and where the refusal is broken by
//! force, found out.

use tokio_postgres::error::SqlState;

use crate::invoices::{KEY, draft, issue};
use crate::studio::{Studio, broken, state};

/// A studio with five documents issued.
async fn five(hint: &str) -> Studio {
    let studio = Studio::new(hint).await;
    let (app, buyer) = (studio.app().await, studio.client("Goéland").await);
    for day in 20..25 {
        let invoice = draft(&app, buyer).await;
        issue(&app, invoice, &format!("2026-11-{day}")).await.unwrap();
    }
    studio
}

async fn verify(studio: &Studio) -> Option<i64> {
    let reader = studio.reader().await;
    reader.query_one("select fiscal_verify('k1', $1)", &[&KEY]).await.unwrap().get(0)
}

#[tokio::test]
async fn an_untouched_chain_holds_from_the_first_link_to_the_head() {
    let studio = Studio::new("chain_empty").await;
    assert_eq!(verify(&studio).await, None);
    let studio = five("chain").await;
    assert_eq!(verify(&studio).await, None);
    assert_eq!(studio.fetch::<i64>("select last_seq from fiscal_chain_head").await, 5);
    let other: Option<i64> =
        studio.fetch("select fiscal_verify('k1', decode(repeat('00', 32), 'hex'))").await;
    assert_eq!(other, Some(1), "another key has not made these links");
}

#[tokio::test]
async fn nobody_changes_the_journal_not_even_its_owner() {
    let studio = five("append_only").await;
    for client in [studio.owner().await, studio.superuser().await] {
        for sql in [
            "update fiscal_journal set payload = '{}' where seq = 3",
            "update fiscal_journal set payload = '{}' where seq = 99",
            "delete from fiscal_journal",
            "truncate fiscal_journal",
            "truncate invoices cascade",
            "truncate invoice_lines",
            "delete from doc_counters",
            "truncate doc_counters",
            "delete from fiscal_keys",
        ] {
            assert_eq!(broken(client.execute(sql, &[]).await), "fiscal_append_only", "{sql}");
        }
    }
    let app = studio.app().await;
    for sql in [
        "update fiscal_journal set payload = '{}' where seq = 3",
        "delete from fiscal_journal",
        "truncate fiscal_journal",
        "insert into fiscal_journal select seq + 1, event, entity_id, occurred_at, payload, format, key_id, prev_hash, hash from fiscal_journal",
        "update fiscal_chain_head set last_seq = 4",
        "update doc_counters set last_number = 3",
        "insert into doc_counters (series, fiscal_year) values ('X', 2026)",
        "update fiscal_keys set fingerprint = ''",
        "select fiscal_append('ISSUE', gen_random_uuid(), '{}', 'k1', decode(repeat('00', 32), 'hex'))",
    ] {
        assert_eq!(state(app.execute(sql, &[]).await), SqlState::INSUFFICIENT_PRIVILEGE, "{sql}");
    }
}

#[tokio::test]
async fn what_is_changed_by_force_is_found_at_its_link() {
    for (hint, force, found) in [
        (
            "forged_payload",
            "update fiscal_journal set payload = replace(payload, '12000', '1200') where seq = 3",
            3,
        ),
        (
            "forged_time",
            "update fiscal_journal set occurred_at = occurred_at - interval '1 day' where seq = 2",
            2,
        ),
        ("forged_gap", "delete from fiscal_journal where seq = 4", 5),
        ("forged_tail", "delete from fiscal_journal where seq = 5", 5),
        ("forged_head", "update fiscal_chain_head set last_seq = 6", 6),
    ] {
        let studio = five(hint).await;
        let superuser = studio.superuser().await;
        superuser.execute("set session_replication_role = replica", &[]).await.unwrap();
        assert_eq!(superuser.execute(force, &[]).await.unwrap(), 1);
        assert_eq!(verify(&studio).await, Some(found), "{force}");
    }
}

#[tokio::test]
async fn a_wrong_key_is_refused_before_it_breaks_the_chain() {
    let studio = five("keys").await;
    let (app, buyer) = (studio.app().await, studio.client("Goéland").await);
    let invoice = draft(&app, buyer).await;
    let with = async |id: &str, key: &[u8]| {
        app.execute("select issue_invoice($1, 'F', '2026-11-24', $2, $3)", &[&invoice, &id, &key])
            .await
    };
    assert_eq!(broken(with("k1", &[7; 32]).await), "fiscal_keys_same_key");
    assert_eq!(state(with("k2", &[7; 31]).await), SqlState::INVALID_PARAMETER_VALUE);
    with("k2", &[7; 32]).await.unwrap();
    assert_eq!(verify(&studio).await, None, "links under another key count as links");
}
