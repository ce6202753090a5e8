//! What is not as it should be, in words, over the whole fleet: roles, databases that belong to nobody or are missing,
//! operations that do not get on, and backups that are not there or not known to be any good.
//!
//! Only what is safe to set right is set right, and that is roles. A database that belongs to nobody may hold the
//! only copy of a customer's data, so a person decides; but not about one whose tenant was erased, which is erased again.

mod archiving;
mod backups;

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use cloison_catalog::Client;
use cloison_catalog::queries::servers::{Server, server_list};
use cloison_catalog::queries::tenants::{TenantPlacePage as Place, TenantsAdrift};
use cloison_catalog::queries::{copies, operations, shadows, spares, tenants};
use cloison_model::{DatabaseName, Phase, TenantId};
use jiff::Timestamp;
use tokio_postgres::types::Type;

use crate::control::{Control, SERVERS_MAX};
use crate::control_backup;
use crate::erasures::{self, Resurrected, resurrected_rows};
use crate::pg::ddl::{self, ShadowsOf, shadow_databases};
use crate::pg::{Admin, AdminClient};
use crate::roles;

pub use archiving::examine_archiving;
pub use backups::examine_backups;

/// What is told of one kind of trouble at most; the rest shows once these are dealt with.
const FINDINGS_MAX: i64 = 100;
/// More spares, and more copies, than any fleet keeps.
const SPARES_MAX: i64 = 10_000;
/// Tenants read at a time.
const PAGE: i64 = 1_000;

/// One thing that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// A tenant's subdomain, or a server's name.
    pub subject: String,
    /// What is wrong and what to do, fit for an operator.
    pub problem: String,
    pub fixed: bool,
}

/// How many tenants were looked at, and what was found.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub tenants: usize,
    pub findings: Vec<Finding>,
}

/// Looks at servers and operations, and with `fix` sets roles back. Backups are [`examine_backups`]'s, and the servers' own
/// archives [`examine_archiving`]'s.
pub async fn examine(control: &Control, fix: bool, actor: &str) -> Result<Report> {
    let client = control.catalog.client().await?;
    let mut report = Report::default();
    for server in server_list().bind(&client, &SERVERS_MAX).all().await? {
        let looked = examine_server(control, &client, &server, fix.then_some(actor), &mut report);
        if let Err(error) = looked.await {
            report.findings.push(Finding {
                subject: server.name.clone(),
                problem: format!(
                    "it could not be looked at, or not to the end ({error:#}); when that is set right, ask again"
                ),
                fixed: false,
            });
        }
    }
    report.findings.extend(resurrected_rows(&client).await?);
    report.findings.extend(adrift(&client).await?);
    report.findings.extend(stuck(&client).await?);
    report.findings.extend(unprotected(control, &client).await?);
    Ok(report)
}

/// With `fix`, in the name of this actor. What an error leaves out is not in the report.
async fn examine_server(
    control: &Control,
    catalog: &Client,
    server: &Server,
    fix: Option<&str>,
    report: &mut Report,
) -> Result<()> {
    let admin = control.admin_of(server)?;
    let pg = admin.connect("postgres").await.context("connect to it")?;
    let actor = fix.unwrap_or_default();
    roles::examine(catalog, &admin, server, fix.is_some(), actor, report).await?;
    let strays = strays(control, catalog, &pg, server).await?;
    report.findings.extend(strays.findings);
    let place = (&admin, server.name.as_str());
    back(control, catalog, place, &strays.erased, fix, report).await?;
    report.findings.extend(shadows(catalog, &pg, server).await?);
    Ok(())
}

struct Strays {
    /// Databases and roles that were a tenant's which was erased.
    erased: Vec<(&'static str, String, Resurrected)>,
    findings: Vec<Finding>,
}

/// What is there again of erased tenants, and is gone again with `fix`.
async fn back(
    control: &Control,
    catalog: &Client,
    (admin, server): (&Admin, &str),
    back: &[(&'static str, String, Resurrected)],
    fix: Option<&str>,
    report: &mut Report,
) -> Result<()> {
    for (kind, name, resurrected) in back {
        let erased = match fix {
            None => Ok(false),
            Some(actor) => {
                let again = resurrected.erase_again(control, catalog, (admin, server), actor);
                again.await.map(|()| true)
            }
        };
        let is_gone = erased.as_ref().is_ok_and(|it| *it);
        report.findings.push(resurrected.finding(server, (kind, name), is_gone));
        erased.with_context(|| format!("erase the {kind} {name} again"))?;
    }
    Ok(())
}

/// Databases and roles that no row knows, and tenants whose database is missing.
///
/// The server is asked before and after the catalog, and only what is so both times counts: in between, operations
/// go on.
async fn strays(
    control: &Control,
    catalog: &Client,
    pg: &AdminClient,
    server: &Server,
) -> Result<Strays> {
    let before = on_server(pg).await?;
    let (known, ready) = in_catalog(catalog, server).await?;
    let after = on_server(pg).await?;

    let mut strays = Strays { erased: Vec::new(), findings: Vec::new() };
    let stray = before.intersection(&after).filter(|(_, name)| !known.contains(name.as_str()));
    for (kind, name) in stray {
        if let Some(resurrected) = Resurrected::of_name(catalog, name).await? {
            strays.erased.push((kind, name.clone(), resurrected));
        } else {
            strays.findings.push(Finding {
                subject: server.name.clone(),
                problem: format!(
                    "the {kind} {name} belongs to no tenant; look into it, and if nobody needs it: drop {kind} \"{name}\""
                ),
                fixed: false,
            });
        }
    }
    let there =
        |name: &str| [&before, &after].iter().any(|it| it.contains(&("database", name.to_owned())));
    for it in ready.iter().filter(|it| !there(&it.database_name)) {
        let what =
            format!("its database {} is missing on server {}", it.database_name, server.name);
        strays.findings.push(Finding {
            problem: format!("{what}; {}", way_out(control, it).await),
            subject: it.subdomain.clone(),
            fixed: false,
        });
    }
    Ok(strays)
}

/// Of a tenant whose database is missing. What an erasure has dropped is not to be restored.
async fn way_out(control: &Control, tenant: &Place) -> String {
    let subdomain = &tenant.subdomain;
    let restore = format!(
        "put the newest backup in its place: cloison backups restore {subdomain} --swap --confirm {subdomain}"
    );
    let Some(backups) = &control.backups else { return restore };
    match erasures::had_begun(backups, TenantId(tenant.id)).await {
        Ok(true) => erasures::not_to_be_restored(&tenant.subdomain),
        Ok(false) => restore,
        Err(error) => format!(
            "{restore}, unless its erasure had begun, which could not be looked up ({error})"
        ),
    }
}

/// Copies that hold customers' data and that no rollout needs any more.
async fn shadows(catalog: &Client, pg: &AdminClient, server: &Server) -> Result<Vec<Finding>> {
    let past = shadows::shadows_past().bind(catalog).one().await?;
    let left = shadow_databases(pg, ShadowsOf::RolloutsTo(past))
        .await
        .context("list what shadow runs have left")?;
    let finding = |database: DatabaseName| Finding {
        subject: server.name.clone(),
        problem: format!(
            "the database {database} is a copy that a shadow run has left; a worker drops it within minutes, and whoever has none: drop database \"{database}\""
        ),
        fixed: false,
    };
    Ok(left.into_iter().map(finding).collect())
}

/// Names that look like a tenant's.
async fn on_server(pg: &AdminClient) -> Result<BTreeSet<(&'static str, String)>> {
    let ours = [ddl::TENANTS_LIKE, "studio\\_%\\_copy\\_%"].as_slice();
    let databases = pg
        .query_typed(
            "select datname::text from pg_database where datname like any ($1)",
            &[(&ours, Type::TEXT_ARRAY)],
        )
        .await
        .context("list the databases")?;
    let roles = pg
        .query_typed(
            "select rolname::text from pg_roles where rolname like any ($1)",
            &[(&ours, Type::TEXT_ARRAY)],
        )
        .await
        .context("list the roles")?;
    let named = |kind, rows: Vec<tokio_postgres::Row>| {
        rows.into_iter().map(move |it| (kind, it.get::<_, String>(0)))
    };
    Ok(named("database", databases).chain(named("role", roles)).collect())
}

/// All names that may be on the server, and the tenants in use, whose databases must be.
async fn in_catalog(catalog: &Client, server: &Server) -> Result<(BTreeSet<String>, Vec<Place>)> {
    let mut known = BTreeSet::new();
    let mut ready = Vec::new();
    for spare in spares::spare_list().bind(catalog, &SPARES_MAX).all().await? {
        known.insert(DatabaseName::of_number(spare.number).to_string());
    }
    known.extend(copies::copy_names().bind(catalog, &server.id, &SPARES_MAX).all().await?);
    let mut after = None;
    loop {
        let page =
            tenants::tenant_place_page().bind(catalog, &server.id, &after, &PAGE).all().await?;
        let Some(last) = page.last() else { return Ok((known, ready)) };
        after = Some(last.id);
        for tenant in page {
            known.insert(tenant.database_name.clone());
            if ["READY", "MOVING", "RESTORING"].contains(&tenant.phase.as_str()) {
                ready.push(tenant);
            }
        }
    }
}

/// Tenants that are on their way to somewhere with nobody taking them there.
async fn adrift(catalog: &Client) -> Result<Vec<Finding>> {
    let rows = tenants::tenants_adrift().bind(catalog, &FINDINGS_MAX).all().await?;
    let finding = |row: TenantsAdrift| {
        let TenantsAdrift { subdomain, phase } = row;
        let with = if phase == Phase::Archived.as_str() {
            format!("archive {subdomain}")
        } else {
            format!("erase {subdomain} --confirm {subdomain}")
        };
        let problem = format!(
            "it is {phase} and no operation goes on with it; go on with: cloison tenants {with}"
        );
        Finding { subject: subdomain, problem, fixed: false }
    };
    Ok(rows.into_iter().map(finding).collect())
}

/// A control database that could not be brought back, or only as it was long ago.
async fn unprotected(control: &Control, catalog: &Client) -> Result<Option<Finding>> {
    let Some(backups) = &control.backups else { return Ok(None) };
    let listed = control_backup::list(&backups.store).await;
    let listed = listed.context("list the backups of the control database")?;
    let made = "select min(applied_at) from cloison_migrations";
    let made_at: Option<Timestamp> = catalog.query_typed_one(made, &[]).await?.get(0);
    let now = Timestamp::now();
    let newest = control_backup::newest(&listed, now);
    let problem = control_backup::problem(newest, made_at.unwrap_or(now), now);
    Ok(problem.map(|problem| Finding {
        subject: "the control database".to_owned(),
        problem,
        fixed: false,
    }))
}

async fn stuck(catalog: &Client) -> Result<Vec<Finding>> {
    let rows = operations::operations_stuck().bind(catalog, &FINDINGS_MAX).all().await?;
    let finding = |row: operations::Operation| {
        let what = match row.waiting {
            Some(why) => format!("waits after {} tries of {}: {why}", row.attempts, row.step),
            None => "is due and no worker takes it; is `cloison work`, `serve` or `up` running?"
                .to_owned(),
        };
        Finding {
            subject: row.subdomain.unwrap_or_else(|| "a spare".to_owned()),
            problem: format!("operation {} ({}) {what}", row.id, row.kind),
            fixed: false,
        }
    };
    Ok(rows.into_iter().map(finding).collect())
}
