//! Erased tenants that are there again: a server was restored from before the erasure, or the control database was.
//!
//! A database with the number of a tombstone cannot be anybody else's, since numbers are given once. So whoever lets `doctor` set things
//! right has it erased again; by itself nobody does, as somebody who has just restored a server may want to look at it first.

use anyhow::{Context, Result};
use cloison_catalog::Client;
use cloison_catalog::queries::erasures as queries;
use cloison_model::DatabaseName;
use serde_json::json;

use super::tombstone::Tombstone;
use crate::audit;
use crate::control::Control;
use crate::doctor::{Check, Finding};
use crate::pg::ddl::ShadowsOf;
use crate::pg::{Admin, ddl};

/// More than come back at once.
const ROWS_MAX: i64 = 10_000;

/// A database or a role on a server, and whose it was.
pub(crate) struct Resurrected {
    tombstone: Tombstone,
}

impl Resurrected {
    /// Whether what has this name was an erased tenant's.
    pub(crate) async fn of_name(catalog: &Client, name: &str) -> Result<Option<Self>> {
        let number = name.strip_prefix("studio_").and_then(|it| it.split('_').next());
        let Some(number) = number.and_then(|it| it.parse::<i64>().ok()) else { return Ok(None) };
        let row = queries::erasure_of_number().bind(catalog, &number).opt().await?;
        Ok(row.map(|it| Self { tombstone: Tombstone::of(&it) }))
    }

    /// With its copies and its role. The same again changes nothing.
    pub(crate) async fn erase_again(
        &self,
        control: &Control,
        (admin, server): (&Admin, &str),
        actor: &str,
    ) -> Result<()> {
        let number = self.tombstone.number;
        let database = DatabaseName::of_number(number);
        let turn = control.turns.take(admin, number).await.context("take the turn")?;
        ddl::database_drop(&turn, &database).await.context("drop the database")?;
        ddl::shadow_databases_drop(&turn, ShadowsOf::Tenant(number))
            .await
            .context("drop the copies of the database")?;
        ddl::copy_databases_drop(&turn, number).await.context("drop the copies of the database")?;
        ddl::role_drop(&turn, &database.role()).await.context("drop the role")?;
        turn.finish().await.context("give the turn back")?;
        let catalog = control.catalog.client().await?;
        let organization = self.tombstone.organization.to_string();
        let detail = json!({ "server": server, "number": number });
        Ok(audit::append(&catalog, actor, "tenant.erase_again", &organization, &detail).await?)
    }

    pub(crate) fn finding(&self, server: &str, (kind, name): (&str, &str), fixed: bool) -> Finding {
        let day = self.tombstone.erased_at.day();
        let what = format!(
            "ERASED TENANT IS BACK: the {kind} {name} was a tenant's that was erased on {day}; a restore of the server has brought it back"
        );
        Finding::new(Check::ErasedTenantBack, server, what).fixed(fixed)
    }
}

/// Tenants that the control database has rows of, and tombstones.
pub(crate) async fn resurrected_rows(catalog: &Client) -> Result<Vec<Finding>> {
    let rows = queries::organizations_back().bind(catalog, &ROWS_MAX).all().await?;
    let finding = |queries::OrganizationsBack { subdomain, .. }| {
        let what = "ERASED TENANT IS BACK: it was erased, and a restore of the control database has brought its rows back";
        Finding::new(Check::ErasedTenantBack, &subdomain, what).mend(format!(
            "erase it again: cloison tenants erase {subdomain} --confirm {subdomain} --now"
        ))
    };
    Ok(rows.into_iter().map(finding).collect())
}
