//! What there is of backups and drills, for whoever looks.

use cloison_catalog::queries::backups::{
    self as queries, Backup, BackupsBehind, BackupsFailing, DrillList, DrillsFailing,
};
use cloison_catalog::queries::tenants;
use cloison_model::{DrillState, RetentionVerdict, Subdomain, UnixSeconds, drill_state};
use jiff::Timestamp;

use super::ask::AskError;
use super::house::drill_fleet;
use super::prune::judge;
use crate::control::Control;
use crate::operations::StepError;

/// More than one tenant keeps.
const BACKUPS_MAX: i64 = 10_000;
/// A screen of those who are behind or failing.
const SHOWN_MAX: i64 = 100;
const DRILLS_MAX: i64 = 1_000;
/// A night may come a little later than the one before, and a backup takes its time.
pub(crate) const BEHIND_HOURS: i32 = 26;
/// A tenant that was just made is not behind.
pub(crate) const NEW_MINUTES: i32 = 60;

/// A backup, and whether it stays: nothing is said of one that a copy is being made of.
pub struct Listed {
    pub backup: Backup,
    pub verdict: Option<RetentionVerdict>,
}

/// All backups of a tenant, the newest first.
pub async fn list(
    control: &Control,
    subdomain: &Subdomain,
    now: Timestamp,
) -> Result<Vec<Listed>, AskError> {
    let rows = {
        let client = control.catalog.client().await?;
        let name = subdomain.as_str();
        let tenant = tenants::tenant_of_subdomain().bind(&client, &name).opt().await?;
        tenant.ok_or_else(|| AskError::NoTenant(subdomain.to_string()))?;
        queries::backup_list().bind(&client, &name, &BACKUPS_MAX).all().await?
    };
    let judged = match &control.backups {
        Some(backups) => judge(control, backups, Some(subdomain), now).await?,
        None => Vec::new(),
    };
    let verdict =
        |backup: &Backup| judged.iter().find(|it| it.backup.id == backup.id).map(|it| it.verdict);
    Ok(rows.into_iter().map(|it| Listed { verdict: verdict(&it), backup: it }).collect())
}

/// How the fleet's backups stand.
pub struct Standing {
    pub totals: queries::BackupsStanding,
    pub wanted: i64,
    pub running: i64,
    /// The first of them; each has the number of all.
    pub behind: Vec<BackupsBehind>,
    pub failing: Vec<BackupsFailing>,
    pub drills_failing: Vec<DrillsFailing>,
}

pub async fn standing(control: &Control) -> Result<Standing, AskError> {
    let client = control.catalog.client().await?;
    let asked = queries::backups_wanted().bind(&client).one().await?;
    Ok(Standing {
        totals: queries::backups_standing().bind(&client).one().await?,
        wanted: asked.wanted,
        running: asked.running,
        behind: queries::backups_behind()
            .bind(&client, &NEW_MINUTES, &BEHIND_HOURS, &SHOWN_MAX)
            .all()
            .await?,
        failing: queries::backups_failing().bind(&client, &SHOWN_MAX).all().await?,
        drills_failing: queries::drills_failing().bind(&client, &SHOWN_MAX).all().await?,
    })
}

/// The newest first; of one tenant, if it is named.
pub async fn drills(
    control: &Control,
    tenant: Option<&Subdomain>,
) -> Result<Vec<DrillList>, AskError> {
    let client = control.catalog.client().await?;
    let name = tenant.map(Subdomain::as_str).unwrap_or_default();
    let all = tenant.is_none();
    Ok(queries::drill_list().bind(&client, &all, &name, &DRILLS_MAX).all().await?)
}

/// How well it is known of each tenant, by its subdomain, that it can be restored.
pub async fn drill_states(
    control: &Control,
    now: Timestamp,
) -> Result<Vec<(String, DrillState)>, StepError> {
    let now = UnixSeconds(now.as_second());
    let fleet = drill_fleet(control).await?;
    Ok(fleet.into_iter().map(|(name, it)| (name, drill_state(&it, now))).collect())
}
