//! The step `migrate_fleet`: counts, asks `model` what comes next, and does it, until there is nothing left to do here.
//!
//! It remembers nothing that is not in the control database, so whoever goes on with it after a crash begins by counting.

use std::fmt::Write;
use std::time::Duration;

use cloison_catalog::queries::{migrations, operations, rollouts};
use cloison_catalog::{Client, GenericClient};
use cloison_model::{
    FleetCount, LazyState, Move, Plan, Release, RolloutTenantState, UnknownWord, WaveCount,
    plan_rollout, wave_sizes,
};
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::bulk::Bulk;
use super::templates::move_templates;
use super::{Rollout, RolloutError};
use crate::control::Control;
use crate::events;
use crate::operations::{Claimed, Cuts, Made, StepError};
use crate::releases;

/// How soon a pause or a cancelled rollout is noticed while tenants are under way.
const LOOK_EVERY: Duration = Duration::from_millis(200);
/// How soon it is looked at again while it waits for something outside: it is hurried when that is known.
const REST: Duration = Duration::from_secs(2);

/// It has been done when every tenant that it lists is through.
pub(crate) async fn migrate_fleet(
    control: &Control,
    claimed: &Claimed,
    cuts: &Cuts,
    stop: &CancellationToken,
) -> Result<Made, StepError> {
    let client = control.catalog.client().await?;
    let rollout = load(&client, claimed).await?;
    let release = releases::known(&client).await?.ok_or(StepError::Gone)?;
    if !rollout.has_begun {
        begin(control, &rollout, claimed).await?;
    }
    drop(client);
    let bulk = Bulk::new(control, claimed, &rollout, &release, cuts);
    tokio::select! {
        done = drive(control, claimed, &release, bulk, stop) => done,
        // Ends with the rollout's own lease at the latest, and then this whole step is dropped.
        never = Bulk::keep_leases(control, claimed) => match never {},
    }
}

/// Lists who is to be migrated, in which wave. From here on the files are released and are never edited again.
async fn begin(control: &Control, rollout: &Rollout, claimed: &Claimed) -> Result<(), StepError> {
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    let canaries: Vec<_> = rollout.canaries.iter().map(String::as_str).collect();
    let (up, to) = (rollout.goes_up(), rollout.to);
    let found = rollouts::rollout_candidates().bind(&txn, &canaries, &up, &to).one().await?;
    let others = usize::try_from(found.others).unwrap_or_default();
    let sizes: Vec<_> = wave_sizes(&rollout.policy.waves, others)
        .into_iter()
        .map(|it| i64::try_from(it).unwrap_or(i64::MAX))
        .collect();
    rollouts::rollout_seed().bind(&txn, &rollout.number, &sizes, &canaries, &up, &to).await?;
    migrations::migrations_release().bind(&txn, &to).await?;
    rollouts::rollout_begin().bind(&txn, &rollout.number).await?;
    let message = format!(
        "{} tenants are to come from version {} to {to}, {} of them first",
        found.canaries + found.others,
        rollout.from,
        found.canaries
    );
    tell(&txn, claimed, &message).await?;
    txn.commit().await?;
    Ok(())
}

async fn drive(
    control: &Control,
    claimed: &Claimed,
    release: &Release,
    mut bulk: Bulk<'_>,
    stop: &CancellationToken,
) -> Result<Made, StepError> {
    let mut told = None;
    // Servers are away, and their templates come when all else is done.
    let mut templates_wait = false;
    loop {
        let mut client = control.catalog.client().await?;
        let rollout = load(&client, claimed).await?;
        if stop.is_cancelled() || rollout.cancelled_by.is_some() {
            drop(client);
            bulk.drain().await?;
            return Ok(Made::Rest { wait: Duration::ZERO, why: "it is handed over".to_owned() });
        }
        let mut fleet = count(&client, &rollout).await?;
        fleet.templates_moved |= templates_wait && fleet.waves.iter().any(|it| !it.is_through());
        let next = plan_rollout(&rollout.policy, &fleet);
        tell_waves(&client, claimed, &rollout, &fleet, &mut told).await?;
        match next {
            Plan::Do(Move::Start { wave }) => {
                drop(client);
                bulk.work(wave, LOOK_EVERY).await?;
            }
            Plan::Do(Move::Templates) => {
                drop(client);
                let away = move_templates(control, &rollout, release).await?;
                let client = control.catalog.client().await?;
                if away.is_empty() {
                    let message = format!("new tenants are made at version {}", rollout.to);
                    tell(&client, claimed, &message).await?;
                } else if templates_wait {
                    let why =
                        format!("the templates of {} wait for their servers", away.join(", "));
                    return Ok(Made::Rest { wait: REST, why });
                }
                templates_wait = !away.is_empty();
            }
            Plan::Do(Move::OpenLazily) => {
                rollouts::rollout_open_lazily().bind(&client, &rollout.to, &rollout.number).await?;
                tell(
                    &client,
                    claimed,
                    "the rest is left to the first request of each, until the deadline",
                )
                .await?;
            }
            Plan::Halt { failed } => halt(&mut client, claimed, &rollout, failed).await?,
            Plan::Wait => {
                if rollout.paused.is_some() {
                    close_lazily(&client, &rollout).await?;
                    drop(client);
                    bulk.drain().await?;
                    return Ok(Made::Rest { wait: REST, why: why_waiting(&rollout, &fleet) });
                }
                drop(client);
                if bulk.is_idle() {
                    return Ok(Made::Rest { wait: REST, why: why_waiting(&rollout, &fleet) });
                }
                bulk.settle(LOOK_EVERY).await?;
            }
            Plan::Finished => {
                close_lazily(&client, &rollout).await?;
                drop(client);
                bulk.drain().await?;
                return Ok(Made::Nothing);
            }
        }
    }
}

/// Unless somebody has changed the limit meanwhile.
async fn halt(
    client: &mut Client,
    claimed: &Claimed,
    rollout: &Rollout,
    failed: u32,
) -> Result<(), StepError> {
    let limit = rollout.policy.max_failures;
    let who = if failed == 1 { "tenant has" } else { "tenants have" };
    let why = format!("{failed} {who} failed, more than {limit}");
    let limit = i32::try_from(limit).unwrap_or(i32::MAX);
    let txn = client.transaction().await?;
    let halted =
        rollouts::rollout_halt().bind(&txn, &why.as_str(), &rollout.number, &limit).await?;
    if halted > 0 {
        tell(&txn, claimed, &format!("halted: {why}")).await?;
        events::tell_halted(&txn, claimed, failed).await?;
    }
    txn.commit().await?;
    Ok(())
}

pub(super) async fn load(client: &Client, claimed: &Claimed) -> Result<Rollout, StepError> {
    let rollout = Rollout::of(client, claimed.id()).await.map_err(|error| match error {
        RolloutError::Database(source) => StepError::Catalog(source),
        RolloutError::Newer(source) => StepError::Newer(source),
        _ => StepError::Gone,
    })?;
    rollout.ok_or(StepError::Gone)
}

async fn count(client: &Client, rollout: &Rollout) -> Result<FleetCount, StepError> {
    let waves = counts(client, rollout.number, rollout.policy.waves.len()).await??;
    let lazy = match rollout.lazy_until {
        None => LazyState::Eager,
        Some(until) if until <= Timestamp::now() => LazyState::Due,
        Some(_) => match rollouts::rollout_awaiting().bind(client, &rollout.number).one().await? {
            0 => LazyState::Closed,
            _ => LazyState::Open,
        },
    };
    Ok(FleetCount {
        waves,
        is_paused: rollout.paused.is_some(),
        templates_moved: rollout.templates_moved,
        templates_first: !rollout.goes_up(),
        lazy,
    })
}

/// The canaries, and then each wave of the policy.
pub(super) async fn counts(
    client: &impl GenericClient,
    number: i64,
    waves: usize,
) -> Result<Result<Vec<WaveCount>, UnknownWord>, tokio_postgres::Error> {
    let mut counts = vec![WaveCount::default(); waves + 1];
    for row in rollouts::rollout_counts().bind(client, &number).all().await? {
        let wave = usize::try_from(row.wave).ok().and_then(|it| counts.get_mut(it));
        let Some(wave) = wave else { continue };
        let tenants = u32::try_from(row.tenants).unwrap_or(u32::MAX);
        let state: RolloutTenantState = match row.state.parse() {
            Ok(state) => state,
            Err(unknown) => return Ok(Err(unknown)),
        };
        match state {
            RolloutTenantState::Pending => wave.pending = tenants,
            RolloutTenantState::Running => wave.running = tenants,
            RolloutTenantState::Done => wave.done = tenants,
            RolloutTenantState::Failed => wave.failed = tenants,
            RolloutTenantState::Skipped => wave.skipped = tenants,
        }
    }
    Ok(Ok(counts))
}

/// Nobody is migrated by a request any more, until it goes on.
async fn close_lazily(client: &Client, rollout: &Rollout) -> Result<(), StepError> {
    if rollout.lazy_until.is_some() {
        rollouts::rollout_close_lazily().bind(client).await?;
    }
    Ok(())
}

/// One line for each wave that is through.
async fn tell_waves(
    client: &Client,
    claimed: &Claimed,
    rollout: &Rollout,
    fleet: &FleetCount,
    told: &mut Option<usize>,
) -> Result<(), StepError> {
    let through = fleet.waves.iter().take_while(|it| it.is_through()).count();
    let before = told.replace(through).unwrap_or(through);
    for wave in before..through {
        let it = fleet.waves[wave];
        if it == WaveCount::default() {
            continue;
        }
        let name = match wave {
            0 => "the canaries".to_owned(),
            _ => format!("wave {wave} ({} %)", rollout.policy.waves[wave - 1]),
        };
        let mut message = format!("{name}: {} done", it.done);
        if it.failed > 0 {
            write!(message, ", {} failed", it.failed).expect("writing to a string does not fail");
        }
        if it.skipped > 0 {
            write!(message, ", {} to follow later", it.skipped)
                .expect("writing to a string does not fail");
        }
        tell(client, claimed, &message).await?;
    }
    Ok(())
}

fn why_waiting(rollout: &Rollout, fleet: &FleetCount) -> String {
    if let Some((_, why)) = &rollout.paused {
        return why.clone();
    }
    let running: u32 = fleet.waves.iter().map(|it| it.running).sum();
    let pending: u32 = fleet.waves.iter().map(|it| it.pending).sum();
    if running > 0 {
        let who = if running == 1 { "tenant is" } else { "tenants are" };
        return format!("{running} {who} still under way");
    }
    if let Some(until) = rollout.lazy_until {
        let who = if pending == 1 { "tenant comes" } else { "tenants come" };
        return format!("{pending} {who} with the first request, or at {until:.0}");
    }
    let who =
        if pending == 1 { "tenant waits for its server" } else { "tenants wait for their servers" };
    format!("{pending} {who}")
}

pub(super) async fn tell(
    client: &impl GenericClient,
    claimed: &Claimed,
    message: &str,
) -> Result<(), StepError> {
    operations::operation_event_insert().bind(client, &claimed.id().0, &message).await?;
    Ok(())
}
