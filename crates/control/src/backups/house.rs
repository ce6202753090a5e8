//! What is done about backups and copies without anybody asking: old ones go, and each tenant is drilled in its turn.
//!
//! A reconciler; it remembers only when it last looked into the store for what nobody will finish.

use std::time::Duration;

use cloison_catalog::queries::{backups as queries, copies as copy_queries};
use cloison_model::{
    ArchiveTenant, Command, DrillTenant, Drilled, ServerId, TenantId, UnixSeconds, archives_due,
    drills_due,
};
use futures_util::FutureExt as _;
use jiff::Timestamp;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::past_drills::begin_past_drills;
use super::prune::{SWEEP_EVERY, prune, sweep};
use crate::call::Call;
use crate::control::Control;
use crate::copies::{self, CopyError, Restored};
use crate::exports::delete_strays;
use crate::first_error::FirstError;
use crate::life_cycle::command;
use crate::master_key::random_bytes;
use crate::operations::{StepError, sentence};

const LOOK_EVERY: Duration = Duration::from_mins(1);
/// Retention changes with days, not with minutes.
const PRUNE_EVERY: Duration = Duration::from_hours(1);
/// More tenants than a control database is meant for.
const TENANTS_MAX: i64 = 200_000;
/// Copies that go in one look.
const COPIES_MAX: i64 = 100;
/// Who asks, in operations.
const ACTOR: &str = "cloison";

fn random_seed() -> u64 {
    u64::from_ne_bytes(random_bytes())
}

/// Until shutdown. A process that starts has better to do first.
pub(crate) async fn keep_house(control: Control, shutdown: CancellationToken) {
    let Some(backups) = control.backups.clone() else { return };
    let hour_from_now = Instant::now() + PRUNE_EVERY;
    let (mut prune_at, mut sweep_at) = (hour_from_now, hour_from_now);
    loop {
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            () = shutdown.cancelled() => return,
        }
        let now = Timestamp::now();
        // One that fails keeps none of the others.
        let work = async {
            let mut refused = FirstError::default();
            refused.note(close_outlived(&control).await);
            refused.note(drop_outlived(&control).await);
            refused.note(begin_drills(&control, now).await);
            refused.note(begin_archiving(&control, now).await);
            refused.note(begin_past_drills(&control, now, random_seed()).await);
            if Instant::now() >= prune_at {
                prune_at = Instant::now() + PRUNE_EVERY;
                let gone = prune(&control, &backups, None, now).boxed().await;
                if let Some(gone) = refused.note(gone).filter(|it| !it.is_empty()) {
                    tracing::info!(
                        "deleted {} backups whose place newer ones have taken",
                        gone.len()
                    );
                }
            }
            if Instant::now() >= sweep_at {
                let dumps = refused.note(sweep(&backups, now).boxed().await);
                let strays = refused.note(delete_strays(&control, &backups, now).boxed().await);
                let is_done = dumps.and(strays).is_some();
                sweep_at = Instant::now() + if is_done { SWEEP_EVERY } else { PRUNE_EVERY };
            }
            refused.told(())
        };
        let worked = tokio::select! {
            worked = work => worked,
            // All of it can be cut off and done again.
            () = shutdown.cancelled() => return,
        };
        if let Err(error) = worked {
            tracing::warn!(
                "some of what is to be done about backups and copies waits for a minute: {}",
                sentence(&error)
            );
        }
    }
}

/// Begins to close copies that have been open for long enough.
pub async fn close_outlived(control: &Control) -> Result<usize, StepError> {
    let past = {
        let client = control.catalog.client().await?;
        copy_queries::inspections_past().bind(&client, &COPIES_MAX).all().await?
    };
    let mut begun = 0;
    for copy in past {
        let Ok(subdomain) = copy.subdomain.parse() else { continue };
        match copies::close_one(control, &Call::internal(ACTOR), &subdomain, copy.id).await {
            Ok(_) => begun += 1,
            // Whatever is in the way is another look's.
            Err(error) => tracing::debug!("a copy of {subdomain} stays open for now: {error}"),
        }
    }
    Ok(begun)
}

/// Begins to drop copies whose time is over.
pub async fn drop_outlived(control: &Control) -> Result<usize, StepError> {
    let past = {
        let client = control.catalog.client().await?;
        copy_queries::copies_past().bind(&client, &COPIES_MAX).all().await?
    };
    let mut begun = 0;
    for copy in past {
        let Ok(subdomain) = copy.subdomain.parse() else { continue };
        let call = Call::internal(ACTOR);
        match copies::drop_outlived(control, &call, &subdomain, copy.id).await {
            Ok(_) => begun += 1,
            // Whatever is in the way is another look's.
            Err(error) => tracing::debug!("a copy of {subdomain} stays for now: {error}"),
        }
    }
    Ok(begun)
}

/// Begins the drills that are due; answers how many.
pub async fn begin_drills(control: &Control, now: Timestamp) -> Result<usize, StepError> {
    let fleet = drill_fleet(control).await?;
    let drillable: Vec<_> = fleet.iter().map(|it| it.1).collect();
    let mut begun = 0;
    for tenant in drills_due(&drillable, UnixSeconds(now.as_second())) {
        let name = fleet.iter().find(|it| it.1.tenant == tenant).map(|it| it.0.parse());
        let Some(Ok(subdomain)) = name else { continue };
        match copies::drill(control, &Call::internal(ACTOR), &subdomain, Restored::Newest).await {
            Ok(_) => begun += 1,
            // Another process was faster, or the tenant is going.
            Err(CopyError::Busy | CopyError::Refused(_) | CopyError::NoBackup) => {}
            Err(error) => tracing::debug!("no drill of {subdomain} for now: {error}"),
        }
    }
    Ok(begun)
}

/// Begins to archive those who have left long ago; answers how many.
pub async fn begin_archiving(control: &Control, now: Timestamp) -> Result<usize, StepError> {
    let rows = {
        let client = control.catalog.client().await?;
        queries::archive_needs().bind(&client, &TENANTS_MAX).all().await?
    };
    let seconds = |it: Timestamp| UnixSeconds(it.as_second());
    let fleet: Vec<_> = rows
        .iter()
        .map(|it| ArchiveTenant {
            tenant: TenantId(it.id),
            left_at: seconds(it.left_at),
            is_held: it.is_held,
            is_running: it.is_running,
            failed_at: it.failed_at.map(seconds),
        })
        .collect();
    let mut begun = 0;
    for tenant in archives_due(&fleet, seconds(now)) {
        let name = rows.iter().find(|it| it.id == tenant.0).map(|it| it.subdomain.parse());
        let Some(Ok(subdomain)) = name else { continue };
        match command(control, &Call::internal(ACTOR), &subdomain, Command::Archive, None).await {
            Ok(_) => begun += 1,
            Err(error) => tracing::debug!("{subdomain} is not archived for now: {error}"),
        }
    }
    Ok(begun)
}

/// All tenants as drills see them, with their subdomains.
pub(super) async fn drill_fleet(
    control: &Control,
) -> Result<Vec<(String, DrillTenant)>, StepError> {
    let rows = {
        let client = control.catalog.client().await?;
        queries::drill_needs().bind(&client, &TENANTS_MAX).all().await?
    };
    let seconds = |it: Timestamp| UnixSeconds(it.as_second());
    let tenant = |it: queries::DrillNeeds| {
        let drilled = DrillTenant {
            tenant: TenantId(it.id),
            server: ServerId(it.server_id),
            first_good_at: it.first_good_at.map(seconds),
            last: it.last_at.map(|at| Drilled {
                at: seconds(at),
                has_passed: it.has_passed.unwrap_or_default(),
            }),
            is_running: it.is_running,
        };
        (it.subdomain, drilled)
    };
    Ok(rows.into_iter().map(tenant).collect())
}
