//! A rollout is asked for: what can be refused is refused here, before anything is touched.

use std::time::Duration;

use cloison_catalog::queries::{migrations, rollouts};
use cloison_catalog::{Client, Transaction};
use cloison_model::{
    EventType, Migration, MigrationPhase, OperationId, OperationKind, Policy, Release,
    RolloutDirection, Subdomain,
};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::view::VERSIONS_MAX;
use super::{RollbackRequest, RolloutError, RolloutRequest};
use crate::call::{self, Call, CallError};
use crate::control::Control;
use crate::events;
use crate::operations::{NewOperation, StartError, start as start_operation};
use crate::releases::{self, ReleasesError};

/// What became of the wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Everybody is there already, but for those that are quarantined.
    UpToDate {
        version: i64,
    },
    Rollout {
        number: i64,
        operation: OperationId,
    },
}

/// A process says every two seconds that it is there. One that was killed is soon forgotten, and one that is cut off for longer
/// answers 503 when it comes back.
const SEEN_WITHIN: Duration = Duration::from_secs(30);
/// Enough to see what they have in common.
const NODES_SHOWN: i64 = 5;

/// No canaries.
const NOBODY: &[&str] = &[];

/// All of a rollout that is known before it has a number.
struct Wish<'a> {
    direction: RolloutDirection,
    from: i64,
    to: i64,
    rolls_back: Option<i64>,
    canaries: &'a [Subdomain],
    policy: &'a Policy,
    lazy_until: Option<Timestamp>,
    skip_shadow: bool,
}

/// Brings the fleet to a version of the release that this process has. The same call again answers the same rollout.
pub async fn start(
    control: &Control,
    call: &Call,
    request: &RolloutRequest,
) -> Result<Begun, RolloutError> {
    let mut client = control.catalog.client().await?;
    if let Some(earlier) = earlier(&client, call).await? {
        return Ok(earlier);
    }
    let release = control.source.load()?;
    releases::check(&client, &release).await?;
    let to = request.to.unwrap_or_else(|| release.version());
    if !release.migrations().iter().any(|it| it.version == to) {
        return Err(RolloutError::NoVersion(to));
    }
    let from = releases::fleet_version(&client).await?.unwrap_or_default();
    let ends = migrations::fleet_ends().bind(&client).one().await?;
    let oldest = ends.oldest.unwrap_or(from).min(from);
    if to < from {
        return Err(RolloutError::Backwards { to, from });
    }
    if from == to && !is_anybody_behind(&client, to).await? {
        return Ok(Begun::UpToDate { version: to });
    }
    refuse_too_early(&client, &release, oldest, to).await?;
    refuse_older_builds(&client, &release, from, to).await?;
    let newest = ends.newest.unwrap_or(from).max(from);
    let report = cloison_lint::lint(&release, oldest, newest);
    if report.is_refused() {
        return Err(RolloutError::Lint(report));
    }
    for canary in &request.canaries {
        let found = migrations::tenant_schema().bind(&client, &canary.as_str()).opt().await?;
        let found = found.ok_or_else(|| RolloutError::NoTenant(canary.clone()))?;
        // It would be left out, and the fleet would go without anybody ahead of it.
        if found.is_quarantined {
            return Err(RolloutError::CanaryQuarantined(canary.clone()));
        }
    }
    let lazy_for = request.lazy_for.and_then(|it| jiff::SignedDuration::try_from(it).ok());
    let wish = Wish {
        direction: RolloutDirection::Up,
        from,
        to,
        rolls_back: None,
        canaries: &request.canaries,
        policy: &request.policy,
        lazy_until: lazy_for.map(|it| Timestamp::now() + it),
        skip_shadow: request.skip_shadow,
    };
    begin(control, &mut client, call, &wish, Some(&release)).await
}

/// Takes the fleet back to where it was before a rollout, by the down files, or refuses before anything is touched.
pub async fn roll_back(
    control: &Control,
    call: &Call,
    number: i64,
    request: &RollbackRequest,
) -> Result<Begun, RolloutError> {
    let mut client = control.catalog.client().await?;
    if let Some(earlier) = earlier(&client, call).await? {
        return Ok(earlier);
    }
    let row = rollouts::rollout_fetch().bind(&client, &number).opt().await?;
    let undone = super::Rollout::read(row.ok_or(RolloutError::NoRollout(number))?)?;
    let from = releases::fleet_version(&client).await?.unwrap_or_default();
    let to = undone.from;
    if !undone.goes_up() {
        return Err(RolloutError::NothingToTakeBack(number));
    }
    // What cannot be read has no news; the control database has all that is needed.
    if let Ok(release) = control.source.load() {
        releases::learn_ways_back(&client, &release).await?;
    }
    let known = releases::known(&client).await?;
    let known = known.ok_or(RolloutError::NothingToTakeBack(number))?;
    let history = releases::released(&client).await?;
    // The furthest that any tenant can be: a file that has no way back is named now, not half-way.
    known.downgrade(&history, to).map_err(ReleasesError::History)?;
    let behind = rollouts::rollout_candidates().bind(&client, &NOBODY, &false, &to).one().await?;
    if behind.others == 0 && from == to {
        return Ok(Begun::UpToDate { version: to });
    }
    let wish = Wish {
        direction: RolloutDirection::Down,
        from,
        to,
        rolls_back: Some(number),
        canaries: &[],
        policy: &request.policy,
        lazy_until: None,
        skip_shadow: request.skip_shadow,
    };
    begin(control, &mut client, call, &wish, None).await
}

/// The rollout that the same call has begun before.
async fn earlier(client: &Client, call: &Call) -> Result<Option<Begun>, RolloutError> {
    let Some(operation) = call::repeated(client, call).await? else { return Ok(None) };
    let row = rollouts::rollout_of_operation().bind(client, &operation).opt().await?;
    Ok(row.map(|it| Begun::Rollout { number: it.number, operation: OperationId(operation) }))
}

/// Whoever is quarantined is not waited for: that one needs to be looked at first.
async fn is_anybody_behind(client: &Client, to: i64) -> Result<bool, RolloutError> {
    let rows = migrations::fleet_counts().bind(client, &VERSIONS_MAX).all().await?;
    Ok(rows.iter().any(|it| it.schema_version < to && it.tenants > it.quarantined))
}

async fn refuse_too_early(
    client: &Client,
    release: &Release,
    oldest: i64,
    to: i64,
) -> Result<(), RolloutError> {
    let stop = release.next_stop(oldest);
    if to <= stop {
        return Ok(());
    }
    let contract = release.migrations().iter().find(|it| it.version > stop);
    let contract = contract.expect("it stops before one");
    // Quarantined ones, too.
    let lagging = migrations::tenants_below().bind(client, &stop).one().await?;
    Err(RolloutError::TooEarly { file: contract.file_name(), lagging, stop })
}

/// They would serve nobody any more.
async fn refuse_older_builds(
    client: &Client,
    release: &Release,
    from: i64,
    to: i64,
) -> Result<(), RolloutError> {
    let is_it = |it: &&Migration| {
        it.phase == MigrationPhase::Contract && it.version > from && it.version <= to
    };
    let Some(contract) = release.migrations().iter().rfind(is_it) else { return Ok(()) };
    let seconds = SEEN_WITHIN.as_secs_f64();
    let older = rollouts::router_nodes_older()
        .bind(client, &contract.version, &seconds, &NODES_SHOWN)
        .all()
        .await?;
    if older.is_empty() {
        return Ok(());
    }
    let nodes = older.into_iter().map(|it| it.name).collect();
    Err(RolloutError::OlderBuilds { file: contract.file_name(), nodes })
}

async fn begin(
    control: &Control,
    client: &mut Client,
    call: &Call,
    wish: &Wish<'_>,
    release: Option<&Release>,
) -> Result<Begun, RolloutError> {
    let operation = OperationId(Uuid::now_v7());
    let txn = client.transaction().await?;
    match write(&txn, call, wish, release, operation).await {
        Ok(number) => {
            txn.commit().await?;
            control.feed.tell(operation, true);
            Ok(Begun::Rollout { number, operation })
        }
        Err(RolloutError::Call(CallError::Repeated)) => {
            txn.rollback().await?;
            Ok(earlier(client, call).await?.ok_or(CallError::Repeated)?)
        }
        Err(RolloutError::Busy(_)) => {
            txn.rollback().await?;
            let live = rollouts::rollout_live().bind(client).opt().await?;
            Err(RolloutError::Busy(live.map_or(0, |it| it.number)))
        }
        Err(error) => Err(error),
    }
}

async fn write(
    txn: &Transaction<'_>,
    call: &Call,
    wish: &Wish<'_>,
    release: Option<&Release>,
    operation: OperationId,
) -> Result<i64, RolloutError> {
    let kept = call::keep(txn, call, operation.0).await?;
    let kind = OperationKind::Rollout;
    let row = NewOperation {
        id: operation,
        kind,
        step: kind.course().first(),
        tenant: None,
        spare: None,
        subdomain: None,
        input: &json!({ "from": wish.from, "to": wish.to, "direction": wish.direction.as_str() }),
        actor: &call.actor.name,
        secret_sealed: None,
    };
    start_operation(txn, &row).await.map_err(|error| match error {
        StartError::Busy => RolloutError::Busy(0),
        StartError::Database(source) => source.into(),
    })?;
    if let Some(release) = release {
        releases::propose(txn, release, wish.to).await?;
    }
    let canaries: Vec<_> = wish.canaries.iter().map(Subdomain::as_str).collect();
    let waves: Vec<i16> = wish.policy.waves.iter().map(|it| i16::from(*it)).collect();
    let number = rollouts::rollout_insert()
        .bind(
            txn,
            &operation.0,
            &wish.direction.as_str(),
            &wish.from,
            &wish.to,
            &wish.rolls_back,
            &canaries,
            &waves,
            &i32::try_from(wish.policy.max_failures).unwrap_or(i32::MAX),
            &i32::from(wish.policy.per_server),
            &i32::from(wish.policy.in_total),
            &wish.lazy_until,
            &wish.skip_shadow,
        )
        .one()
        .await?;
    let detail = json!({
        "rollout": number, "from": wish.from, "to": wish.to, "rolls_back": wish.rolls_back,
        "waves": waves, "max_failures": wish.policy.max_failures, "skip_shadow": wish.skip_shadow,
    });
    let action = match wish.direction {
        RolloutDirection::Up => "rollout.start",
        RolloutDirection::Down => "rollout.rollback",
    };
    let told = json!({
        "operation": operation.to_string(), "rollout": number, "from": wish.from, "to": wish.to,
        "direction": wish.direction.as_str(),
    });
    kept.record(txn, action, &format!("rollout {number}"), &detail).await?;
    events::tell(txn, EventType::RolloutStarted, None, &told).await?;
    Ok(number)
}
