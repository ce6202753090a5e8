//! What a step acts on: one tenant's or one spare's database and role, and the server that they are on.

use cloison_catalog::queries::{spares, tenants};
use cloison_catalog::{Catalog, Client};
use cloison_model::{
    AccessMode, Billing, DatabaseName, Phase, Rights, RoleName, ServerId, TenantState,
};

use super::claimed::Claimed;
use super::error::StepError;
use crate::pg::Verifier;
use crate::pg::ddl::RoleLimits;

/// What a spare's role is set to; nobody gets in with it, and whoever takes it sets its own plan's.
const SPARE_LIMITS: RoleLimits = RoleLimits {
    connections: 0,
    statement_timeout_ms: 15_000,
    lock_timeout_ms: 5_000,
    idle_in_transaction_timeout_ms: 15_000,
};

#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) server: ServerId,
    pub(crate) number: i64,
    pub(crate) database: DatabaseName,
    pub(crate) role: RoleName,
    pub(crate) verifier: Verifier,
    pub(crate) next_verifier: Option<Verifier>,
    pub(crate) limits: RoleLimits,
    pub(crate) rights: Rights,
}

impl Target {
    pub(crate) async fn load(catalog: &Catalog, claimed: &Claimed) -> Result<Self, StepError> {
        let client = catalog.client().await?;
        match (claimed.tenant, claimed.spare) {
            (Some(tenant), _) => {
                let row = tenants::tenant_role().bind(&client, &tenant.0).opt().await?;
                Self::of_tenant(&row.ok_or(StepError::Gone)?)
            }
            (None, Some(_)) => Self::of_spare(&client, claimed).await,
            (None, None) => Err(StepError::Gone),
        }
    }

    pub(crate) fn of_tenant(row: &tenants::Role) -> Result<Self, StepError> {
        let database: DatabaseName = row.database_name.parse()?;
        Ok(Self {
            server: ServerId(row.server_id),
            number: row.number,
            role: row.role_name.parse()?,
            verifier: Verifier::parse(&row.password_verifier)?,
            next_verifier: row
                .next_password_verifier
                .as_deref()
                .map(Verifier::parse)
                .transpose()?,
            limits: RoleLimits {
                connections: row.connection_limit,
                statement_timeout_ms: row.statement_timeout_ms,
                lock_timeout_ms: row.lock_timeout_ms,
                idle_in_transaction_timeout_ms: row.idle_in_transaction_timeout_ms,
            },
            rights: rights(row.phase.parse()?, row.access_mode.parse()?),
            database,
        })
    }

    async fn of_spare(client: &Client, claimed: &Claimed) -> Result<Self, StepError> {
        let id = claimed.spare.ok_or(StepError::Gone)?;
        let row = spares::spare_fetch().bind(client, &id.0).opt().await?;
        let row = row.ok_or(StepError::Gone)?;
        let database = DatabaseName::of_number(row.number);
        Ok(Self {
            server: ServerId(row.server_id),
            number: row.number,
            role: database.role(),
            verifier: Verifier::parse(&row.database_password_verifier)?,
            next_verifier: None,
            limits: SPARE_LIMITS,
            rights: Rights::Nothing,
            database,
        })
    }
}

/// Billing has no say in what a role may do.
pub(crate) fn rights(phase: Phase, access: AccessMode) -> Rights {
    TenantState { billing: Billing::Active, access, phase }.rights()
}
