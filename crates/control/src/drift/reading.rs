//! Reads the schemas of tenants and templates that are not known, and notes their fingerprints.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use cloison_catalog::queries::drift as queries;
use cloison_catalog::queries::drift::DriftClaim;
use cloison_model::{Schema, ServerId};
use futures_util::stream::{self, StreamExt};
use tokio::time::timeout;
use uuid::Uuid;

use super::DriftError;
use crate::control::{Control, SERVERS_MAX};
use crate::pg::{Admin, ddl};
use crate::schema;

/// After this, what is known of a schema is read again: whoever changed it by hand did not tell us.
const FRESH: Duration = Duration::from_hours(24);
/// When a database that could not be read is tried again.
const RETRY: Duration = Duration::from_mins(10);
/// Connections to one server at once: each keeps a processor of it busy, which tenants need.
const PER_SERVER: usize = 4;
/// For one database, with the connection to it.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// What became of one round, in tenants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    pub read: usize,
    /// They are tried again after a while.
    pub failed: usize,
}

impl Round {
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

#[derive(Debug, thiserror::Error)]
enum ReadError {
    #[error("{0}")]
    Admin(String),
    #[error("it took longer than {} s", READ_TIMEOUT.as_secs())]
    TooSlow,
    #[error("its server is left in peace until the next round")]
    ServerDown,
    #[error("it is being migrated")]
    InMotion,
    #[error("its server refused")]
    Postgres(#[from] tokio_postgres::Error),
}

/// Distinct schemas by fingerprint: of a thousand tenants, one or two.
#[derive(Default)]
struct Found(BTreeMap<String, Schema>);

impl Found {
    fn note(&mut self, schema: Schema) -> String {
        let fingerprint = schema.fingerprint();
        self.0.entry(fingerprint.clone()).or_insert(schema);
        fingerprint
    }
}

/// One round: READY tenants whose schema is not known or was read more than a day ago, `at_most` so many, and the
/// templates of servers. Who is being worked on is left out: their schema is about to change.
///
/// Several processes can do so at once; each tenant is one's. A template that is being read cannot be cloned meanwhile:
/// PostgreSQL lets whoever wants to wait the few milliseconds.
pub async fn fingerprint_missing(control: &Control, at_most: usize) -> Result<Round, DriftError> {
    read_templates(control).await?;
    let claimed = claim(control, at_most).await?;
    let admins = admins(control, claimed.iter().map(|it| it.server_id)).await?;

    let mut by_server: BTreeMap<Uuid, Vec<DriftClaim>> = BTreeMap::new();
    for tenant in claimed {
        by_server.entry(tenant.server_id).or_default().push(tenant);
    }
    let servers = by_server.into_iter().map(|(server, tenants)| {
        let admin = admins[&server].clone();
        let is_down = Arc::new(AtomicBool::new(false));
        let read = move |tenant: DriftClaim| {
            let (admin, is_down) = (admin.clone(), Arc::clone(&is_down));
            async move { (read_tenant(admin, &is_down, &tenant).await, tenant) }
        };
        stream::iter(tenants).map(read).buffer_unordered(PER_SERVER).boxed()
    });

    let mut found = Found::default();
    let (mut read, mut failed) = (Vec::new(), Vec::new());
    let mut answers = stream::select_all(servers);
    while let Some((answer, tenant)) = answers.next().await {
        match answer {
            Ok(schema) => read.push((tenant.id, tenant.schema_version, found.note(schema))),
            Err(error) => {
                tracing::info!(
                    tenant = tenant.subdomain,
                    "the schema of {} cannot be read, and will be tried again: {:#}",
                    tenant.subdomain,
                    anyhow::Error::from(error)
                );
                failed.push(tenant.id);
            }
        }
    }
    store(control, &found, &read, &failed).await?;
    Ok(Round { read: read.len(), failed: failed.len() })
}

async fn claim(control: &Control, at_most: usize) -> Result<Vec<DriftClaim>, DriftError> {
    let client = control.catalog.client().await?;
    let at_most = i64::try_from(at_most).unwrap_or(i64::MAX);
    let (fresh, retry) = (FRESH.as_secs_f64(), RETRY.as_secs_f64());
    Ok(queries::drift_claim().bind(&client, &fresh, &retry, &at_most).all().await?)
}

/// How to get into each server, or why not.
async fn admins(
    control: &Control,
    servers: impl Iterator<Item = Uuid>,
) -> Result<BTreeMap<Uuid, Result<Admin, String>>, DriftError> {
    let client = control.catalog.client().await?;
    let mut admins = BTreeMap::new();
    for server in servers.collect::<BTreeSet<_>>() {
        let admin = control.admin(&client, ServerId(server)).await;
        admins.insert(server, admin.map_err(|it| format!("{:#}", anyhow::Error::from(it))));
    }
    Ok(admins)
}

async fn read_tenant(
    admin: Result<Admin, String>,
    is_down: &AtomicBool,
    tenant: &DriftClaim,
) -> Result<Schema, ReadError> {
    if is_down.load(Ordering::Relaxed) {
        return Err(ReadError::ServerDown);
    }
    let admin = admin.map_err(ReadError::Admin)?;
    let read = timeout(READ_TIMEOUT, async {
        let client = admin.connect(&tenant.database_name).await?;
        schema::read(&client).await
    });
    match read.await {
        Ok(Ok(schema)) => Ok(schema),
        Ok(Err(error)) => {
            // Without an answer, or with none that is about this database: the others would learn the same.
            let is_of_server = error.as_db_error().is_none_or(|it| {
                ["53", "57P"].iter().any(|class| it.code().code().starts_with(class))
            });
            is_down.fetch_or(is_of_server, Ordering::Relaxed);
            Err(error.into())
        }
        Err(_elapsed) => {
            is_down.store(true, Ordering::Relaxed);
            Err(ReadError::TooSlow)
        }
    }
}

async fn read_templates(control: &Control) -> Result<(), DriftError> {
    let client = control.catalog.client().await?;
    let fresh = FRESH.as_secs_f64();
    let due = queries::template_due().bind(&client, &fresh, &SERVERS_MAX).all().await?;
    drop(client);
    let admins = admins(control, due.iter().map(|it| it.id)).await?;
    let read = |server: queries::TemplateDue| {
        let admin = admins[&server.id].clone();
        async move { (read_template(admin).await, server) }
    };
    let mut answers = stream::iter(due).map(read).buffer_unordered(PER_SERVER).boxed();
    while let Some((answer, server)) = answers.next().await {
        match answer {
            Ok((version, schema)) => {
                let mut found = Found::default();
                let fingerprint = found.note(schema);
                let client = control.catalog.client().await?;
                put(&client, &found).await?;
                let store = queries::template_store();
                store.bind(&client, &server.id, &version, &fingerprint).await?;
            }
            Err(error) => tracing::info!(
                server = server.name,
                "the template of server {} cannot be read, and will be tried again: {:#}",
                server.name,
                anyhow::Error::from(error)
            ),
        }
    }
    Ok(())
}

async fn read_template(admin: Result<Admin, String>) -> Result<(i64, Schema), ReadError> {
    let admin = admin.map_err(ReadError::Admin)?;
    let read = timeout(READ_TIMEOUT, async {
        let client = admin.connect(ddl::TEMPLATE).await?;
        let version = async || -> Result<i64, tokio_postgres::Error> {
            let newest = "select coalesce(max(version), 0) from cloison_migrations";
            Ok(client.query_one(newest, &[]).await?.get(0))
        };
        let before = version().await?;
        let schema = schema::read(&client).await?;
        if version().await? == before { Ok((before, schema)) } else { Err(ReadError::InMotion) }
    });
    read.await.unwrap_or(Err(ReadError::TooSlow))
}

async fn store(
    control: &Control,
    found: &Found,
    read: &[(Uuid, i64, String)],
    failed: &[Uuid],
) -> Result<(), DriftError> {
    let client = control.catalog.client().await?;
    put(&client, found).await?;
    let ids: Vec<Uuid> = read.iter().map(|it| it.0).collect();
    let versions: Vec<i64> = read.iter().map(|it| it.1).collect();
    let fingerprints: Vec<&str> = read.iter().map(|it| it.2.as_str()).collect();
    queries::drift_store().bind(&client, &ids, &versions, &fingerprints).await?;
    queries::drift_unreadable().bind(&client, &failed).await?;
    Ok(())
}

/// Sends the lines of those that are new; they are long.
async fn put(client: &cloison_catalog::Client, found: &Found) -> Result<(), DriftError> {
    let fingerprints: Vec<&str> = found.0.keys().map(String::as_str).collect();
    let known = queries::schema_known().bind(client, &fingerprints).all().await?;
    for (fingerprint, schema) in found.0.iter().filter(|(it, _)| !known.contains(it)) {
        queries::schema_put().bind(client, fingerprint, &schema.text()).await?;
    }
    Ok(())
}
