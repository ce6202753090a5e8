//! Fiscal documents: gapless numbers in order of dates, and nothing that changes once issued.

use jiff::civil::Date;
use tokio::task::JoinSet;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Error};
use uuid::Uuid;

use crate::studio::{Studio, broken, state};

pub(crate) const KEY: &[u8] = b"thirty-two bytes, and then a few";

/// A draft of 100.00 and 20.00 of VAT, in two lines.
pub(crate) async fn draft(client: &Client, buyer: Uuid) -> Uuid {
    let invoice: Uuid = client
        .query_one(
            "insert into invoices (type, client_id, seller_snapshot, buyer_snapshot, net_cents, vat_cents, gross_cents)
             values ('INVOICE', $1, '{}', '{}', 10000, 2000, 12000) returning id",
            &[&buyer],
        )
        .await
        .unwrap()
        .get(0);
    client
        .execute(
            "insert into invoice_lines (invoice_id, position, label, quantity_thousandths, unit_price_cents, vat_basis_points, net_cents)
             values ($1, 1, 'Cabine', 1500, 5000, 2000, 7500), ($1, 2, 'Bande', 1000, 2500, 2000, 2500)",
            &[&invoice],
        )
        .await
        .unwrap();
    invoice
}

pub(crate) async fn issue(client: &Client, invoice: Uuid, date: &str) -> Result<String, Error> {
    let date: Date = date.parse().unwrap();
    client
        .query_one("select issue_invoice($1, 'F', $2, 'k1', $3)", &[&invoice, &date, &KEY])
        .await
        .map(|row| row.get(0))
}

#[tokio::test]
async fn numbers_have_no_gap_after_a_rollback() {
    let studio = Studio::new("gapless").await;
    let (app, buyer) = (studio.app().await, studio.client("Goéland").await);

    let (first, second, third) =
        (draft(&app, buyer).await, draft(&app, buyer).await, draft(&app, buyer).await);
    assert_eq!(issue(&app, first, "2026-11-01").await.unwrap(), "F2026-000001");
    app.execute("begin", &[]).await.unwrap();
    assert_eq!(issue(&app, second, "2026-11-02").await.unwrap(), "F2026-000002");
    app.execute("rollback", &[]).await.unwrap();
    assert_eq!(issue(&app, third, "2026-11-02").await.unwrap(), "F2026-000002");
    assert_eq!(issue(&app, second, "2026-11-02").await.unwrap(), "F2026-000003");
    assert_eq!(broken(issue(&app, second, "2026-11-03").await), "invoices_issued_once");
    assert_eq!(state(issue(&app, Uuid::nil(), "2026-11-03").await), SqlState::NO_DATA_FOUND);
}

#[tokio::test]
async fn twenty_at_once_with_failures_leave_no_gap() {
    let studio = Studio::new("issues").await;
    let buyer = studio.client("Goéland").await;
    let mut issuers = JoinSet::new();
    for number in 0..20 {
        let app = studio.app().await;
        issuers.spawn(async move {
            let invoice = draft(&app, buyer).await;
            app.execute("begin", &[]).await.unwrap();
            issue(&app, invoice, "2026-11-24").await.unwrap();
            let end = if number % 3 == 0 { "rollback" } else { "commit" };
            app.execute(end, &[]).await.unwrap();
        });
    }
    issuers.join_all().await;
    let gaps = "select count(*) = 13 and max(sequence_number) = 13 and min(sequence_number) = 1
                from invoices where status = 'ISSUED'";
    assert!(studio.fetch::<bool>(gaps).await);
}

#[tokio::test]
async fn a_date_before_the_last_one_is_refused_also_over_new_year() {
    let studio = Studio::new("dates").await;
    let (app, buyer) = (studio.app().await, studio.client("Goéland").await);
    let check = async |date: &str| issue(&app, draft(&app, buyer).await, date).await;

    assert_eq!(check("2026-12-30").await.unwrap(), "F2026-000001");
    assert_eq!(broken(check("2026-12-29").await), "invoices_dates_in_order");
    assert_eq!(check("2026-12-30").await.unwrap(), "F2026-000002");
    assert_eq!(check("2027-01-02").await.unwrap(), "F2027-000001");
    assert_eq!(broken(check("2026-12-31").await), "invoices_dates_in_order");
    assert_eq!(check("2027-01-02").await.unwrap(), "F2027-000002");
}

#[tokio::test]
async fn what_has_been_issued_does_not_change_but_may_be_paid() {
    let studio = Studio::new("immutable").await;
    let buyer = studio.client("Goéland").await;
    for client in [studio.app().await, studio.owner().await, studio.superuser().await] {
        let invoice = draft(&client, buyer).await;
        client
            .execute("update invoices set due_date = '2026-12-24' where id = $1", &[&invoice])
            .await
            .unwrap();
        issue(&client, invoice, "2026-11-24").await.unwrap();
        let run = async |sql: &str| client.execute(sql, &[&invoice]).await;

        for sql in [
            "update invoices set net_cents = 0, gross_cents = vat_cents where id = $1",
            "update invoices set due_date = null where id = $1",
            "update invoices set buyer_snapshot = '{\"name\": \"other\"}' where id = $1",
            "delete from invoices where id = $1",
        ] {
            assert_eq!(broken(run(sql).await), "invoices_immutable_once_issued", "{sql}");
        }
        for sql in [
            "update invoice_lines set label = 'other' where invoice_id = $1",
            "delete from invoice_lines where invoice_id = $1",
            "insert into invoice_lines (invoice_id, position, label, quantity_thousandths, unit_price_cents, vat_basis_points, net_cents)
             values ($1, 3, 'more', 1000, 1, 2000, 1)",
        ] {
            assert_eq!(broken(run(sql).await), "invoice_lines_immutable_once_issued", "{sql}");
        }
        run("update invoices set paid_cents = 12000, payment_status = 'PAID', pdf_object_key = 'a' where id = $1")
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_line_cannot_be_moved_into_or_out_of_an_issued_document() {
    let studio = Studio::new("moved_lines").await;
    let (app, buyer) = (studio.app().await, studio.client("Goéland").await);
    let (issued, open) = (draft(&app, buyer).await, draft(&app, buyer).await);
    issue(&app, issued, "2026-11-24").await.unwrap();

    let carry = "update invoice_lines set invoice_id = $2, position = 9 where invoice_id = $1 and position = 1";
    for (from, to) in [(issued, open), (open, issued)] {
        assert_eq!(
            broken(app.execute(carry, &[&from, &to]).await),
            "invoice_lines_immutable_once_issued"
        );
    }
}

#[tokio::test]
async fn a_draft_may_be_thrown_away() {
    let studio = Studio::new("drafts").await;
    let (app, buyer) = (studio.app().await, studio.client("Goéland").await);
    let invoice = draft(&app, buyer).await;
    assert_eq!(app.execute("delete from invoices where id = $1", &[&invoice]).await.unwrap(), 1);
    assert_eq!(studio.fetch::<i64>("select count(*) from invoice_lines").await, 0);
}

#[tokio::test]
async fn a_document_that_does_not_add_up_is_not_issued() {
    let studio = Studio::new("sums").await;
    let (app, buyer) = (studio.app().await, studio.client("Goéland").await);
    let wrong_vat = draft(&app, buyer).await;
    app.execute(
        "update invoices set vat_cents = 2001, gross_cents = 12001 where id = $1",
        &[&wrong_vat],
    )
    .await
    .unwrap();
    assert_eq!(broken(issue(&app, wrong_vat, "2026-11-24").await), "invoices_lines_add_up");

    let no_lines = draft(&app, buyer).await;
    app.execute("delete from invoice_lines where invoice_id = $1", &[&no_lines]).await.unwrap();
    assert_eq!(broken(issue(&app, no_lines, "2026-11-24").await), "invoices_lines_add_up");

    let no_buyer = draft(&app, buyer).await;
    app.execute("update invoices set buyer_snapshot = null where id = $1", &[&no_buyer])
        .await
        .unwrap();
    assert_eq!(broken(issue(&app, no_buyer, "2026-11-24").await), "invoices_issued_is_complete");
}

/// The line waits for the issue, finds the document issued, and is refused. Were it let in, the sealed content would
/// not be what the lines say.
#[tokio::test]
async fn a_line_written_during_the_issue_does_not_slip_in() {
    let studio = Studio::new("slip").await;
    let (app, other, buyer) =
        (studio.app().await, studio.app().await, studio.client("Goéland").await);
    let invoice = draft(&app, buyer).await;
    let waiter: i32 = other.query_one("select pg_backend_pid()", &[]).await.unwrap().get(0);

    app.execute("begin", &[]).await.unwrap();
    issue(&app, invoice, "2026-11-24").await.unwrap();
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 1] = [&invoice];
    let line = other.execute(
        "insert into invoice_lines (invoice_id, position, label, quantity_thousandths, unit_price_cents, vat_basis_points, net_cents)
         values ($1, 3, 'late', 1000, 1, 2000, 1)",
        &parameters,
    );
    let watcher = studio.superuser().await;
    let commit = async {
        let waits = "select cardinality(pg_blocking_pids($1)) > 0";
        while !watcher.query_one(waits, &[&waiter]).await.unwrap().get::<_, bool>(0) {}
        app.execute("commit", &[]).await.unwrap();
    };
    let (line, ()) = tokio::join!(line, commit);
    assert_eq!(broken(line), "invoice_lines_immutable_once_issued");
}
