//! A job that goes over all customers, without a web framework and with a list instead of a table.
//!
//! `cargo run --example worker -- customers.txt`; a line for each customer:
//! `acme;/run/postgresql;5432;Kunde 7;kunde;secret`
use std::error::Error;
use std::io::Write;

use cloison_router::{
    Intent, Location, Login, Route, Router, Secret, ServerId, Subdomain, Tenant, TenantId,
};
use futures_util::{StreamExt, stream};

type Failure = Box<dyn Error + Send + Sync>;

/// Connections to each server, however many customers it has.
const BUDGET: usize = 8;

fn route(line: &str) -> Result<Route, Failure> {
    let fields: Vec<_> = line.split(';').collect();
    let [key, host, port, database, role, password] = fields[..] else {
        return Err(format!("not a customer in six fields: {line}").into());
    };
    let location = Location {
        server: ServerId::of_key(&format!("{host}:{port}")),
        host: host.to_owned(),
        port: port.parse()?,
        database: database.parse()?,
    };
    let login = Login { role: role.parse()?, password: Secret::new(password) };
    Ok(Route::new(TenantId::of_key(key), Subdomain::from_label(key)?, location, login))
}

/// All or nothing: what fails on the way is rolled back with its connection.
async fn clean(tenant: &Tenant) -> Result<u64, Failure> {
    let mut connection = tenant.acquire(Intent::ReadWrite).await?;
    let transaction = connection.begin().await?;
    let count = transaction.execute("delete from notes where body = ''", &[]).await?;
    transaction.commit().await?;
    Ok(count)
}

pub(crate) async fn run(list: &str, mut output: impl Write) -> Result<(), Failure> {
    let routes: Result<Vec<_>, _> = list.lines().map(route).collect();
    let router = Router::fixed(routes?, BUDGET);
    let mut cleaned = stream::iter(router.tenants())
        .map(async |tenant: Tenant| (clean(&tenant).await, tenant))
        .buffer_unordered(BUDGET);
    while let Some((outcome, tenant)) = cleaned.next().await {
        // One customer's trouble is not the others'.
        match outcome {
            Ok(count) => writeln!(output, "{}: {count} deleted", tenant.subdomain())?,
            Err(error) => writeln!(output, "{}: {error}", tenant.subdomain())?,
        }
    }
    router.close().await;
    Ok(())
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let path = std::env::args().nth(1).ok_or("which file has the customers?")?;
    run(&std::fs::read_to_string(path)?, std::io::stdout()).await
}
