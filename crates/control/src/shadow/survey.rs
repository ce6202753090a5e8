//! Who is to be migrated, where, and how large; read only, once for each server.

use std::collections::BTreeMap;

use cloison_catalog::queries::rollouts::{self, RolloutPending};
use cloison_catalog::queries::servers;
use cloison_model::{ServerId, ShadowTenant, TableSize};
use tokio_postgres::types::Type;

use super::WORK_ON_COPY;
use crate::control::{Control, SERVERS_MAX, ServerError};
use crate::operations::{CONNECT_TO_TENANT, StepError};
use crate::pg::ddl::{self, migration as texts};
use crate::pg::{Admin, AdminClient};
use crate::rollout::Rollout;

/// More than any server holds.
const TENANTS_MAX: i64 = 100_000;
/// The sizes of a thousand databases take about a second, and nobody waits for it. A lock is not waited for: a table that
/// is locked for longer is asked for again with the whole step.
const LOOK_ONLY: &str = "set default_transaction_read_only = on; set statement_timeout = '5min'; set lock_timeout = '2s'";

pub(super) struct Server {
    pub(super) admin: Admin,
    /// Of its PostgreSQL.
    pub(super) major: u32,
}

pub(super) struct Fleet {
    /// Those that the rollout is to migrate.
    pub(super) tenants: Vec<ShadowTenant>,
    servers: BTreeMap<ServerId, Server>,
    /// Names of servers that do not answer. Their tenants wait, in the rollout as well.
    pub(super) unreachable: Vec<String>,
}

impl Fleet {
    pub(super) fn server(&self, id: ServerId) -> Result<&Server, StepError> {
        self.servers.get(&id).ok_or(StepError::Admin(ServerError::Gone(id)))
    }
}

/// Fails if nobody's server answers.
pub(super) async fn survey(control: &Control, rollout: &Rollout) -> Result<Fleet, StepError> {
    let mut fleet =
        Fleet { tenants: Vec::new(), servers: BTreeMap::new(), unreachable: Vec::new() };
    let mut away = None;
    for (server, pending) in pending(control, rollout).await? {
        let admin = control.admin_of(&server)?;
        let client = match admin.connect("postgres").await {
            Ok(client) => client,
            Err(source) => {
                if !pending.is_empty() {
                    fleet.unreachable.push(server.name);
                    away = Some(StepError::Server { verb: CONNECT_TO_TENANT, source });
                }
                continue;
            }
        };
        let failed = StepError::server("look at the server's databases");
        look_only(&client).await?;
        let databases: Vec<_> = pending.iter().map(|it| it.database_name.as_str()).collect();
        let sizes = database_sizes(&client, &databases).await.map_err(&failed)?;
        let id = ServerId(server.id);
        let tenants = pending.iter().filter_map(|it| {
            Some(ShadowTenant {
                subdomain: it.subdomain.clone(),
                number: it.number,
                database: it.database_name.clone(),
                server: id,
                version: it.schema_version,
                // One without a size has gone.
                bytes: *sizes.get(&it.database_name)?,
            })
        });
        fleet.tenants.extend(tenants);
        let major = ddl::server_major(&client).await.map_err(&failed)?;
        fleet.servers.insert(id, Server { admin, major });
    }
    match away {
        Some(error) if fleet.tenants.is_empty() => Err(error),
        _ => Ok(fleet),
    }
}

/// Server by server, those that the rollout is to migrate.
async fn pending(
    control: &Control,
    rollout: &Rollout,
) -> Result<Vec<(servers::Server, Vec<RolloutPending>)>, StepError> {
    let catalog = control.catalog.client().await?;
    let mut all = Vec::new();
    for server in servers::server_list().bind(&catalog, &SERVERS_MAX).all().await? {
        let (up, to) = (rollout.goes_up(), rollout.to);
        let rows = rollouts::rollout_pending()
            .bind(&catalog, &up, &to, &server.id, &TENANTS_MAX)
            .all()
            .await?;
        all.push((server, rows));
    }
    Ok(all)
}

/// Of those of these tables, with their schemas, that the tenant has. Nothing if its database has gone.
pub(super) async fn table_sizes(
    admin: &Admin,
    tenant: &ShadowTenant,
    tables: &[&str],
) -> Result<Vec<TableSize>, StepError> {
    let failed = StepError::server(CONNECT_TO_TENANT);
    let client = match admin.connect(&tenant.database).await {
        Ok(client) => client,
        Err(error)
            if error.code() == Some(&tokio_postgres::error::SqlState::UNDEFINED_DATABASE) =>
        {
            return Ok(Vec::new());
        }
        Err(error) => return Err(failed(error)),
    };
    look_only(&client).await?;
    let rows = client
        .query_typed(
            "select pg_namespace.nspname || '.' || pg_class.relname, pg_total_relation_size(pg_class.oid)
             from pg_class
             join pg_namespace on pg_namespace.oid = pg_class.relnamespace
             where pg_namespace.nspname || '.' || pg_class.relname = any ($1)
                 and pg_class.relkind in ('r', 'm')",
            &[(&tables, Type::TEXT_ARRAY)],
        )
        .await
        .map_err(StepError::server("look at the sizes of a tenant's tables"))?;
    let sizes = rows.iter().filter_map(|row| {
        let bytes: Option<i64> = row.get(1);
        Some(TableSize {
            subdomain: tenant.subdomain.clone(),
            table: row.get(0),
            bytes: u64::try_from(bytes?).unwrap_or_default(),
        })
    });
    Ok(sizes.collect())
}

async fn look_only(client: &AdminClient) -> Result<(), StepError> {
    let set = texts::run_counted(client, LOOK_ONLY).await;
    set.map_err(|it| StepError::server(WORK_ON_COPY)(it.error))
}

async fn database_sizes(
    client: &AdminClient,
    databases: &[&str],
) -> Result<BTreeMap<String, u64>, tokio_postgres::Error> {
    let rows = client
        .query_typed(
            "select datname::text, pg_database_size(oid)
             from pg_database
             where datname::text = any ($1)",
            &[(&databases, Type::TEXT_ARRAY)],
        )
        .await?;
    let size = |row: &tokio_postgres::Row| {
        let bytes: Option<i64> = row.get(1);
        Some((row.get(0), u64::try_from(bytes?).unwrap_or_default()))
    };
    Ok(rows.iter().filter_map(size).collect())
}
