//! The studio's functions on shared tables. A function that reads a table must be told whose rows; the others stay.
//!
//! Each is in one of three lists, so one that the studio gains has to be thought about here.

use anyhow::{Context, Result, bail};
use tokio_postgres::Client;

const ADAPTED_SQL: &str = include_str!("functions.sql");

/// They read no table, or nobody calls them there. `clients_alike` does, and stays for row-level security, beside one that takes the tenant.
const AS_THEY_ARE: [&str; 9] = [
    "clients_alike",
    "cloison_fiscal_tables",
    "cloison_sign_in_link",
    "fiscal_append_only",
    "fiscal_hash",
    "fold",
    "invoice_guard",
    "lock_resources",
    "session_transition_guard",
];
const ADAPTED: [&str; 3] =
    ["allocation_take_lane", "invoice_line_guard", "session_sync_allocations"];
/// No call of the benchmark needs them, so they go: a studio's first data, and what issues and proves its invoices.
const LEFT_OUT: [&str; 4] =
    ["cloison_first_data", "fiscal_append", "fiscal_verify", "issue_invoice"];

pub(super) async fn adapt(client: &Client) -> Result<()> {
    let functions = client
        .query(
            "select proname::text, oid::regprocedure::text
             from pg_proc p
             where pronamespace = 'public'::regnamespace
                 and not exists (
                     select from pg_depend where classid = 'pg_proc'::regclass and objid = p.oid and deptype = 'e'
                 )
             order by 1",
            &[],
        )
        .await?;
    for row in &functions {
        let (name, signature): (&str, &str) = (row.get(0), row.get(1));
        if LEFT_OUT.contains(&name) {
            client.execute(&format!("drop function {signature}"), &[]).await?;
        } else if !AS_THEY_ARE.contains(&name) && !ADAPTED.contains(&name) {
            bail!(
                "the studio has a function {signature}: say in this list what it is on shared tables"
            );
        }
    }
    client.simple_query(ADAPTED_SQL).await.context("adapt the functions")?;
    Ok(())
}
