//! What the control database knows of the fleet, in a dozen queries.

use cloison_catalog::queries::{backups as backup_queries, servers, watch as queries};
use cloison_model::DrillState;
use jiff::Timestamp;

use crate::backups::{self, BEHIND_HOURS, NEW_MINUTES};
use crate::control::{Control, SERVERS_MAX};
use crate::operations::StepError;
use crate::rollout::{self, RolloutView};

/// More phases, modes, regions and versions than there are side by side.
const GROUPS_MAX: i64 = 10_000;

/// At one moment.
#[derive(Debug)]
pub struct FleetFacts {
    pub tenants: Vec<queries::WatchTenants>,
    pub versions: Vec<queries::WatchVersions>,
    pub fleet: queries::WatchFleet,
    pub phases: Vec<queries::WatchPhases>,
    /// How many tenants have reached each limit.
    pub limits: queries::WatchLimits,
    pub ai_credits: queries::WatchAiCredits,
    pub operations: Vec<queries::WatchOperations>,
    pub servers: Vec<servers::Server>,
    pub spares: Vec<servers::ServerStock>,
    pub rollout: Option<RolloutView>,
    /// Endpoints that are sent nothing any more.
    pub webhooks_disabled: i64,
    pub domains: queries::WatchDomains,
    pub backups: BackupFacts,
    /// Whether what is sealed opens with the key of this process.
    pub key_fits: bool,
}

#[derive(Debug)]
pub struct BackupFacts {
    pub oldest_age_seconds: Option<f64>,
    pub overdue: i64,
    pub failing: i64,
    pub without: i64,
    pub broken: i64,
    pub drills_overdue: usize,
    pub drills_failing: usize,
    pub drills: queries::WatchDrills,
    pub past_drills: Vec<backup_queries::PastDrillNewest>,
}

/// By the control database's clock as far as it goes.
pub(super) async fn look(control: &Control) -> Result<FleetFacts, StepError> {
    let now = Timestamp::now();
    let rollout = rollout::list(control, None, 1).await.ok().and_then(|it| it.into_iter().next());
    let drills = backups::drill_states(control, now).await?;
    let in_state = |state| drills.iter().filter(|it| it.1 == state).count();
    let client = control.catalog.client().await?;
    let standing = backup_queries::backups_standing().bind(&client).one().await?;
    let behind = backup_queries::backups_behind();
    let behind = behind.bind(&client, &NEW_MINUTES, &BEHIND_HOURS, &1).opt().await?;
    Ok(FleetFacts {
        tenants: queries::watch_tenants().bind(&client, &GROUPS_MAX).all().await?,
        versions: queries::watch_versions().bind(&client, &GROUPS_MAX).all().await?,
        fleet: queries::watch_fleet().bind(&client).one().await?,
        phases: queries::watch_phases().bind(&client, &GROUPS_MAX).all().await?,
        limits: queries::watch_limits().bind(&client).one().await?,
        ai_credits: queries::watch_ai_credits().bind(&client).one().await?,
        operations: queries::watch_operations().bind(&client, &GROUPS_MAX).all().await?,
        servers: servers::server_list().bind(&client, &SERVERS_MAX).all().await?,
        spares: servers::server_stock().bind(&client, &SERVERS_MAX).all().await?,
        rollout,
        webhooks_disabled: queries::watch_webhooks().bind(&client).one().await?,
        domains: queries::watch_domains().bind(&client).one().await?,
        backups: BackupFacts {
            oldest_age_seconds: standing
                .oldest_seen_at
                .map(|it| now.duration_since(it).as_secs_f64().max(0.0)),
            overdue: behind.map_or(0, |it| it.how_many),
            failing: standing.failing,
            without: queries::watch_unbacked().bind(&client, &NEW_MINUTES).one().await?,
            broken: standing.broken,
            drills_overdue: in_state(DrillState::Stale),
            drills_failing: in_state(DrillState::Failing),
            drills: queries::watch_drills().bind(&client).one().await?,
            past_drills: backup_queries::past_drill_newest()
                .bind(&client, &SERVERS_MAX)
                .all()
                .await?,
        },
        key_fits: control.key_fits(&client).await?,
    })
}
