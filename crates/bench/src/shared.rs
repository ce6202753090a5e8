//! One database for all studios, made from the studio's own schema and filled with the very rows of the others.
//!
//! Nothing of the schema is written down here but the functions that read tables: what the studio gains, the shared
//! tables gain with it.

mod copy;
mod functions;
mod scope;
mod tables;

use anyhow::Result;
use tokio_postgres::Client;

use crate::cluster::{PASSWORD, SHARED_ROLE, Server};
use crate::studios::{Studio, TEMPLATE, tables};

/// Both layouts of shared tables, in databases of their own: neither warms the other's memory.
pub(crate) async fn make(server: &Server, studios: &[Studio]) -> Result<()> {
    let maker = server.connect("postgres").await?;
    maker.execute(&format!("create role {SHARED_ROLE} login password '{PASSWORD}'"), &[]).await?;
    maker
        .execute(&format!("create database shared template {TEMPLATE} owner cloison_owner"), &[])
        .await?;

    let client = server.connect("shared").await?;
    client.execute("set maintenance_work_mem = '256MB'", &[]).await?;
    let names = tables(&client).await?;
    let made = tables::make(&client, &names).await?;
    for studio in studios {
        copy::studio(server, &client, studio, &names).await?;
    }
    copy::settle(&client, &names).await?;
    tables::finish(&client, &made).await?;
    functions::adapt(&client).await?;
    grant(&client).await?;
    for table in &names {
        client.execute(&format!("vacuum (analyze) {table}"), &[]).await?;
    }
    tables::check(&client).await?;
    drop(client);

    maker.execute("create database shared_rls template shared owner cloison_owner", &[]).await?;
    secure(&server.connect("shared_rls").await?, &names).await
}

async fn grant(client: &Client) -> Result<()> {
    client
        .simple_query(&format!(
            "grant usage on schema public to {SHARED_ROLE};
             grant select, insert, update, delete on all tables in schema public to {SHARED_ROLE};
             grant execute on all functions in schema public to {SHARED_ROLE}"
        ))
        .await?;
    Ok(())
}

/// Each row is its tenant's alone, for whoever is no superuser; new rows are the tenant's by themselves.
async fn secure(client: &Client, tables: &[String]) -> Result<()> {
    const TENANT: &str = "current_setting('app.tenant_id')::bigint";
    for table in tables {
        client
            .simple_query(&format!(
                "alter table {table} alter column tenant_id set default {TENANT};
                 alter table {table} enable row level security;
                 alter table {table} force row level security;
                 create policy tenant on {table}
                     using (tenant_id = {TENANT})
                     with check (tenant_id = {TENANT})"
            ))
            .await?;
    }
    client.execute("analyze", &[]).await?;
    Ok(())
}
