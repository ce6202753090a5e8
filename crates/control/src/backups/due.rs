//! Who is backed up now.
//!
//! A reconciler: looks at what there is, asks `model` who is due, and writes operations; whoever has not changed since the last backup
//! needs none, and that is known from one statement for each server. It remembers nothing, so a crash leaves nothing to
//! recover, and a night that was missed is made up for.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cloison_catalog::GenericClient;
use cloison_catalog::queries::backups::{self as queries, Need};
use cloison_model::{
    OperationId, OperationKind, ScheduleCaps, ScheduledTenant, ServerId, Subdomain, TenantId,
    UnixSeconds, due_backups,
};
use jiff::Timestamp;
use serde_json::json;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::change_mark::change_marks;
use super::configured::Backups;
use crate::control::Control;
use crate::operations::{NewOperation, StartError, StepError, sentence, start};

/// Who asks for backups, in operations.
const ACTOR: &str = "cloison";
/// More tenants than a control database is meant for.
const TENANTS_MAX: i64 = 200_000;
/// Without being told that somebody has asked.
const LOOK_EVERY: Duration = Duration::from_secs(10);
/// While there are more to begin than there may be at once.
const LOOK_AGAIN: Duration = Duration::from_millis(250);

/// What one look has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    pub begun: usize,
    pub unchanged: usize,
    /// Due, and to begin later.
    pub left: usize,
}

/// Until shutdown.
pub(crate) async fn keep_backed_up(control: Control, shutdown: CancellationToken) {
    let Some(backups) = control.backups.clone() else { return };
    let mut changed = BTreeSet::new();
    loop {
        let looked = tokio::select! {
            looked = look(&control, &backups, &mut changed, Timestamp::now()) => looked,
            () = shutdown.cancelled() => return,
        };
        let pause = match looked {
            Ok(round) if round.left > 0 => LOOK_AGAIN,
            Ok(_) => LOOK_EVERY,
            Err(error) => {
                // The worker beside this says when the control database is down.
                tracing::debug!("cannot look after backups: {}", sentence(&error));
                LOOK_EVERY
            }
        };
        tokio::select! {
            () = control.backups_wanted.notified() => {}
            () = sleep(pause) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// Notes that these are to be backed up now, whatever the schedule says; all, if none are named. Answers how many.
pub async fn want(control: &Control, tenants: &[Subdomain]) -> Result<usize, StepError> {
    let names: Vec<&str> = tenants.iter().map(Subdomain::as_str).collect();
    let client = control.catalog.client().await?;
    let wanted = queries::backup_want().bind(&client, &names.is_empty(), &names).all().await?;
    control.backups_wanted.notify_one();
    Ok(wanted.len())
}

/// One look that knows nothing of others.
pub async fn round(
    control: &Control,
    backups: &Backups,
    now: Timestamp,
) -> Result<Round, StepError> {
    look(control, backups, &mut BTreeSet::new(), now).await
}

/// Whoever is due and was found changed stays so until there is a backup, and is not asked for again; there is a look at the end of each backup.
async fn look(
    control: &Control,
    backups: &Backups,
    changed: &mut BTreeSet<TenantId>,
    now: Timestamp,
) -> Result<Round, StepError> {
    let unlimited = ScheduleCaps { per_server: u16::MAX, in_total: u16::MAX };
    let needs = {
        let client = control.catalog.client().await?;
        needs(&client).await?
    };
    let due = due(backups, unlimited, &needs, now);
    if due.is_empty() {
        changed.clear();
        return Ok(Round::default());
    }
    let unknown = due.iter().filter(|it| !changed.contains(it)).filter_map(|it| needs.get(it));
    let unchanged = unchanged(control, unknown).await?;
    *changed = due.iter().copied().filter(|it| !unchanged.contains_key(it)).collect();
    let mut client = control.catalog.client().await?;
    if !unchanged.is_empty() {
        let backups: Vec<Uuid> = unchanged.values().copied().collect();
        queries::backup_unchanged().bind(&client, &backups, &now).await?;
    }
    let txn = client.transaction().await?;
    // Two that look at the same time would both fill up to what may be at once.
    if !queries::backups_plan_alone().bind(&txn).one().await? {
        return Ok(Round { unchanged: unchanged.len(), left: 1, ..Round::default() });
    }
    let needs = self::needs(&txn).await?;
    let mut begun = 0;
    for tenant in self::due(backups, backups.caps, &needs, now) {
        let Some(need) = needs.get(&tenant).filter(|_| !unchanged.contains_key(&tenant)) else {
            continue;
        };
        begin(&txn, tenant, &need.subdomain).await?;
        begun += 1;
    }
    txn.commit().await?;
    if begun > 0 {
        control.feed.tell(OperationId(Uuid::nil()), true);
    }
    // Some may have become due since they were counted.
    let left = due.len().saturating_sub(unchanged.len() + begun);
    Ok(Round { begun, unchanged: unchanged.len(), left })
}

async fn needs(client: &impl GenericClient) -> Result<BTreeMap<TenantId, Need>, StepError> {
    let rows =
        queries::backup_needs().bind(client, &true, &Uuid::nil(), &TENANTS_MAX).all().await?;
    Ok(rows.into_iter().map(|it| (TenantId(it.id), it)).collect())
}

fn due(
    backups: &Backups,
    caps: ScheduleCaps,
    needs: &BTreeMap<TenantId, Need>,
    now: Timestamp,
) -> Vec<TenantId> {
    let seconds = |it: Timestamp| UnixSeconds(it.as_second());
    let fleet: Vec<_> = needs
        .values()
        .map(|it| ScheduledTenant {
            tenant: TenantId(it.id),
            server: ServerId(it.server_id),
            made_at: seconds(it.created_at),
            is_wanted: it.wanted_at.is_some(),
            last_good_at: it.taken_at.map(seconds),
            last_unchanged_at: it.unchanged_at.map(seconds),
            is_running: it.is_running,
            is_waiting: it.is_waiting,
            failures: u32::try_from(it.failures).unwrap_or_default(),
            failed_at: it.failed_at.map(seconds),
        })
        .collect();
    let due = due_backups(backups.window, caps, &fleet, seconds(now));
    due.into_iter().map(|it| it.tenant).collect()
}

/// Of those that are due, whom nobody has changed since the newest backup, with that backup. A server that does not answer has all
/// of them changed: their backups wait for it.
pub(super) async fn unchanged(
    control: &Control,
    due: impl Iterator<Item = &Need>,
) -> Result<BTreeMap<TenantId, Uuid>, StepError> {
    let mut by_server: BTreeMap<Uuid, Vec<&Need>> = BTreeMap::new();
    for need in due.filter(|it| it.change_mark.as_deref().is_some_and(|it| !it.is_empty())) {
        by_server.entry(need.server_id).or_default().push(need);
    }
    let mut unchanged = BTreeMap::new();
    for (server, needs) in by_server {
        let admin = {
            let client = control.catalog.client().await?;
            control.admin(&client, ServerId(server)).await?
        };
        let databases: Vec<&str> = needs.iter().map(|it| it.database_name.as_str()).collect();
        let Ok(client) = admin.connect("postgres").await else { continue };
        let Ok(marks) = change_marks(&client, &databases).await else { continue };
        let same = needs.into_iter().filter_map(|it| {
            let mark = marks.get(&it.database_name)?;
            let is_same = mark.proves_unchanged_since(it.change_mark.as_deref()?);
            Some((TenantId(it.id), it.backup_id.filter(|_| is_same)?))
        });
        unchanged.extend(same);
    }
    Ok(unchanged)
}

async fn begin(
    txn: &impl GenericClient,
    tenant: TenantId,
    subdomain: &str,
) -> Result<(), StepError> {
    let kind = OperationKind::Backup;
    let operation = NewOperation {
        id: OperationId(Uuid::now_v7()),
        kind,
        step: kind.course().first(),
        tenant: Some(tenant),
        spare: None,
        subdomain: Some(subdomain),
        input: &json!({}),
        actor: ACTOR,
        secret_sealed: None,
    };
    start(txn, &operation).await.map_err(|error| match error {
        StartError::Busy => StepError::InTheWay("a backup is under way"),
        StartError::Database(source) => StepError::Catalog(source),
    })
}
