//! What is left of an erased tenant, and who asks for it.
//!
//! Names are not kept, since they may be people's: a tombstone has the organization's id, its number, and the name of its database.

use cloison_catalog::GenericClient;
use cloison_catalog::queries::erasures as queries;
use cloison_model::{TenantId, UnixSeconds};
use uuid::Uuid;

/// There was a tenant, and nothing brings it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    pub organization: TenantId,
    pub number: i64,
    pub database: String,
    pub erased_at: UnixSeconds,
}

impl Tombstone {
    /// For people.
    pub fn sentence(&self) -> String {
        let Self { organization, number, .. } = self;
        let day = self.erased_at.day();
        format!(
            "tenant {number} was erased on {day}, and what was erased is never restored; see: cloison erasures show {organization}"
        )
    }

    pub(super) fn of(row: &queries::Erasure) -> Self {
        Self {
            organization: TenantId(row.organization_id),
            number: row.number,
            database: row.database_name.clone(),
            erased_at: UnixSeconds(row.erased_at.as_second()),
        }
    }
}

/// The tombstone that somebody means who names an organization's id, its number, or its database.
pub async fn tombstone_named(
    client: &impl GenericClient,
    name: &str,
) -> Result<Option<Tombstone>, tokio_postgres::Error> {
    let row = if let Ok(id) = name.parse::<Uuid>() {
        queries::erasure_fetch().bind(client, &id).opt().await?
    } else if let Ok(number) = name.parse::<i64>() {
        queries::erasure_of_number().bind(client, &number).opt().await?
    } else {
        queries::erasure_of_database().bind(client, &name).opt().await?
    };
    Ok(row.as_ref().map(Tombstone::of))
}

/// Of this organization.
pub(crate) async fn tombstone_of(
    client: &impl GenericClient,
    organization: TenantId,
) -> Result<Option<Tombstone>, tokio_postgres::Error> {
    let row = queries::erasure_fetch().bind(client, &organization.0).opt().await?;
    Ok(row.as_ref().map(Tombstone::of))
}
