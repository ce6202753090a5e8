//! Databases and roles that no row knows, tenants whose database is missing, and what is there again although it was erased.
//!
//! The server is asked before and after the catalog, and only what is so both times counts: in between, operations go on.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use cloison_catalog::queries::servers::Server;
use cloison_catalog::queries::tenants::TenantPlacePage as Placed;
use cloison_catalog::queries::{copies, shadows, spares, tenants};
use cloison_model::{DatabaseName, TenantId};
use tokio_postgres::types::Type;

use super::server::Place;
use super::{Check, Finding, ROWS_MAX};
use crate::control::Control;
use crate::erasures::{self, Resurrected};
use crate::pg::AdminClient;
use crate::pg::ddl::{ShadowsOf, WITH_COPIES_LIKE, shadow_databases};

/// Tenants read at a time.
const PAGE: i64 = 1_000;
/// What a name is of, and what it is dropped as.
const DATABASE: &str = "database";

/// With `fix`, in the name of this actor. What an error leaves out is not told. Answers the names that are nobody's.
pub(super) async fn examine(
    place: Place<'_>,
    fix: Option<&str>,
    findings: &mut Vec<Finding>,
) -> Result<BTreeSet<String>> {
    let Place { control, server, pg, .. } = place;
    let strays = strays(control, pg, server).await?;
    findings.extend(strays.findings);
    back(place, &strays.erased, fix, findings).await?;
    findings.extend(left_by_shadows(control, pg, server).await?);
    Ok(strays.names)
}

#[derive(Default)]
struct Strays {
    /// Databases and roles that were a tenant's which was erased.
    erased: Vec<(&'static str, String, Resurrected)>,
    names: BTreeSet<String>,
    findings: Vec<Finding>,
}

/// What is there again of erased tenants, and is gone again with `fix`.
async fn back(
    place: Place<'_>,
    back: &[(&'static str, String, Resurrected)],
    fix: Option<&str>,
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let Place { control, server, admin, .. } = place;
    for (kind, name, resurrected) in back {
        let erased = match fix {
            None => Ok(false),
            Some(actor) => {
                let again = resurrected.erase_again(control, (admin, &server.name), actor);
                again.await.map(|()| true)
            }
        };
        let is_gone = erased.as_ref().is_ok_and(|it| *it);
        findings.push(resurrected.finding(&server.name, (kind, name), is_gone));
        erased.with_context(|| format!("erase the {kind} {name} again"))?;
    }
    Ok(())
}

async fn strays(control: &Control, pg: &AdminClient, server: &Server) -> Result<Strays> {
    let before = on_server(pg).await?;
    let (known, ready) = in_catalog(control, server).await?;
    let after = on_server(pg).await?;

    let mut strays = Strays::default();
    let stray = before.intersection(&after).filter(|(_, name)| !known.contains(name.as_str()));
    for (kind, name) in stray {
        strays.names.insert(name.clone());
        let resurrected = {
            let client = control.catalog.client().await?;
            Resurrected::of_name(&client, name).await?
        };
        match resurrected {
            Some(it) => strays.erased.push((kind, name.clone(), it)),
            None => strays.findings.push(orphan(kind, name, &server.name)),
        }
    }
    let there =
        |name: &str| [&before, &after].iter().any(|it| it.contains(&(DATABASE, name.to_owned())));
    for it in ready.iter().filter(|it| !there(&it.database_name)) {
        let what =
            format!("its database {} is missing on server {}", it.database_name, server.name);
        let finding = Finding::new(Check::DatabaseMissing, &it.subdomain, what);
        strays.findings.push(finding.mend(way_out(control, it).await));
    }
    Ok(strays)
}

fn orphan(kind: &str, name: &str, server: &str) -> Finding {
    let check = if kind == DATABASE { Check::OrphanDatabase } else { Check::OrphanRole };
    let mend = format!("look into it; if nobody needs it, on {server}: drop {kind} \"{name}\"");
    Finding::new(check, server, format!("the {kind} {name} belongs to no tenant")).mend(mend)
}

/// Of a tenant whose database is missing. What an erasure has dropped is not to be restored.
async fn way_out(control: &Control, tenant: &Placed) -> String {
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
async fn left_by_shadows(
    control: &Control,
    pg: &AdminClient,
    server: &Server,
) -> Result<Vec<Finding>> {
    let past = {
        let client = control.catalog.client().await?;
        shadows::shadows_past().bind(&client).one().await?
    };
    let left = shadow_databases(pg, ShadowsOf::RolloutsTo(past)).await;
    let left = left.context("list what shadow runs have left")?;
    let finding = |database: DatabaseName| {
        let what = format!("the database {database} is a copy that a shadow run has left");
        Finding::new(Check::ShadowLeft, &server.name, what).mend(format!(
            "a worker drops it within minutes; whoever has none, on {}: drop database \"{database}\"",
            server.name
        ))
    };
    Ok(left.into_iter().map(finding).collect())
}

/// Names that look like a tenant's.
async fn on_server(pg: &AdminClient) -> Result<BTreeSet<(&'static str, String)>> {
    let databases = pg
        .query_typed(
            "select datname::text from pg_database where datname like any ($1)",
            &[(&WITH_COPIES_LIKE, Type::TEXT_ARRAY)],
        )
        .await
        .context("list the databases")?;
    let roles = pg
        .query_typed(
            "select rolname::text from pg_roles where rolname like any ($1)",
            &[(&WITH_COPIES_LIKE, Type::TEXT_ARRAY)],
        )
        .await
        .context("list the roles")?;
    let named = |kind, rows: Vec<tokio_postgres::Row>| {
        rows.into_iter().map(move |it| (kind, it.get::<_, String>(0)))
    };
    Ok(named(DATABASE, databases).chain(named("role", roles)).collect())
}

/// All names that may be on the server, and the tenants in use, whose databases must be.
async fn in_catalog(control: &Control, server: &Server) -> Result<(BTreeSet<String>, Vec<Placed>)> {
    let catalog = &control.catalog.client().await?;
    let mut known = BTreeSet::new();
    let mut ready = Vec::new();
    for spare in spares::spare_list().bind(catalog, &ROWS_MAX).all().await? {
        known.insert(DatabaseName::of_number(spare.number).to_string());
    }
    known.extend(copies::copy_names().bind(catalog, &server.id, &ROWS_MAX).all().await?);
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
