//! One copy as a step finds it: its row, and how to work on its server.

use cloison_archive::{BackupError, Manifest, Programs};
use cloison_catalog::queries::{copies as queries, tenants};
use cloison_model::{DatabaseName, OperationId, OperationKind, Phase, ServerId, TenantId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::backups::{Backups, manifest_of};
use crate::control::Control;
use crate::life_cycle::states;
use crate::operations::{Claimed, StepError, Target};
use crate::pg::{Admin, Turn, ddl};

pub(super) struct Copy {
    pub(super) id: Uuid,
    pub(super) tenant: TenantId,
    /// Of a tenant that is archived, its own: it is made like a copy, since there is none in its place.
    pub(super) database: DatabaseName,
    /// The tenant's own.
    pub(super) live: DatabaseName,
    number: i64,
    pub(super) backup: Option<Uuid>,
    /// Of which moment it is to be, where it is not made of a backup.
    pub(super) at: Option<Timestamp>,
    pub(super) server: String,
    pub(super) admin: Admin,
}

impl Copy {
    /// That of the operation: its own, or the one that it was asked to do something with.
    pub(super) async fn load(control: &Control, claimed: &Claimed) -> Result<Self, StepError> {
        if claimed.kind == OperationKind::Unarchive {
            return Self::archived(control, claimed).await;
        }
        let id = id_of(claimed)?;
        let client = control.catalog.client().await?;
        let row = queries::copy_fetch().bind(&client, &id).opt().await?;
        let row = row.ok_or(StepError::Gone)?;
        Ok(Self {
            id,
            tenant: TenantId(row.organization_id),
            database: row.database_name.parse()?,
            live: DatabaseName::of_number(row.number),
            number: row.number,
            backup: row.backup_id,
            at: claimed.input["at"].as_str().and_then(|it| it.parse().ok()),
            admin: control.admin(&client, ServerId(row.server_id)).await?,
            server: row.server,
        })
    }

    async fn archived(control: &Control, claimed: &Claimed) -> Result<Self, StepError> {
        let target = Target::load(&control.catalog, claimed).await?;
        let tenant = claimed.tenant.ok_or(StepError::Gone)?;
        let client = control.catalog.client().await?;
        let row = tenants::tenant_state_locked().bind(&client, &tenant.0).opt().await?;
        let state = states(&row.ok_or(StepError::Gone)?)?;
        if state.phase != Phase::Archived {
            return Err(StepError::Illegal);
        }
        let backup = claimed.input["backup"].as_str().and_then(|it| it.parse().ok());
        Ok(Self {
            id: claimed.id().0,
            tenant,
            live: target.database.clone(),
            number: target.number,
            database: target.database,
            backup,
            at: None,
            server: String::new(),
            admin: control.admin(&client, target.server).await?,
        })
    }

    /// Makes its database anew and empty. In the tenant's own place only what this operation has put there is replaced: after a
    /// recovery of the control database a tenant may have come back long since.
    pub(super) async fn make(&self, turn: &Turn) -> Result<(), StepError> {
        let failed = StepError::server("make a copy");
        if self.database != self.live {
            return ddl::copy_database_make(turn, &self.database).await.map_err(failed);
        }
        let beside = name_of(self.number, self.id);
        let operation = OperationId(self.id);
        let placed = ddl::empty_place_fill(turn, &self.live, &beside, operation).await;
        if placed.map_err(failed)? {
            return Ok(());
        }
        Err(StepError::Refused(format!(
            "the database {} is on the server, though the tenant is archived, and this operation has not put it there: what is in it may be newer than the backup, so it stays; see what is in it, and only if nobody needs that, drop it and bring the tenant back again",
            self.live
        )))
    }

    /// The turn on the copy, which is none on the tenant.
    pub(super) async fn turn(&self, control: &Control) -> Result<Turn, StepError> {
        control.turns.take(&self.admin, turn_of(self.id)).await.map_err(StepError::turn)
    }

    pub(super) async fn programs(&self, backups: &Backups) -> Result<Programs, StepError> {
        let failed = StepError::server("work on a copy");
        let client = self.admin.connect("postgres").await.map_err(&failed)?;
        let major = ddl::server_major(&client).await.map_err(&failed)?;
        Ok(backups.programs.find(major).map_err(BackupError::from)?)
    }

    /// Of the backup that it is made of.
    pub(super) async fn manifest(
        &self,
        control: &Control,
        backups: &Backups,
    ) -> Result<Manifest, StepError> {
        let id = self.backup.ok_or(StepError::Incomplete("fill_copy"))?;
        manifest_of(control, backups, self.tenant, id).await
    }
}

/// The copy that an operation is about.
pub(super) fn id_of(claimed: &Claimed) -> Result<Uuid, StepError> {
    match claimed.input["copy"].as_str() {
        Some(id) => id.parse().map_err(|_not_an_id| StepError::Incomplete("a copy")),
        None => Ok(claimed.id().0),
    }
}

/// What the copy of this id is called.
pub(super) fn name_of(number: i64, copy: Uuid) -> DatabaseName {
    let (_, which) = copy.as_u64_pair();
    DatabaseName::of_copy(number, which)
}

/// Numbers of tenants are positive; of copies, negative.
fn turn_of(copy: Uuid) -> i64 {
    let (_, low) = copy.as_u64_pair();
    -1 - i64::try_from(low >> 2).expect("two bits were cut off")
}
