//! The many: tenants are claimed some at a time, migrated a few at a time on each server, and committed together.
//!
//! Each of them has an operation of its own, claimed by the rollout. What goes as it should ends here; whatever does not is left to
//! the engine, which tries it again or quarantines the tenant. If this process dies, the leases run out and the
//! engine goes on with those that were under way.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use cloison_catalog::queries::events::events_append_migrated;
use cloison_catalog::queries::operations::commit_lazily;
use cloison_catalog::queries::rollouts::{self, ClaimedTenant};
use cloison_model::{
    Direction, OperationId, OperationKind, OperationState, Release, RetryClass, ServerId, Step,
    TenantId,
};
use serde_json::Value;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use tokio_postgres::types::Json;
use tracing::{Instrument as _, Span};
use uuid::Uuid;

use super::Rollout;
use super::lane::Lane;
use super::one::{Destination, migrate_database};
use crate::control::Control;
use crate::migrate::{MigrateError, Migrated};
use crate::operations::{Claimed, Cut, Cuts, Place, StepError, fail, outcome};
use crate::trace;

/// Claimed ahead, for each that runs at once: enough that nobody waits for the claim, and that few claims are made.
const AHEAD: usize = 8;
/// Written down together at most, and as soon as one has waited for so long: a commit costs about as much for one tenant as
/// for many.
const KEPT_AT_ONCE: usize = 32;
const KEPT_WITHIN: Duration = Duration::from_millis(50);

pub(super) struct Bulk<'a> {
    control: &'a Control,
    claimed: &'a Claimed,
    cuts: &'a Cuts,
    rollout: i64,
    release: Arc<Release>,
    destination: Destination,
    per_server: usize,
    in_total: usize,
    lanes: BTreeMap<ServerId, Lane>,
    tasks: JoinSet<Finished>,
    /// Migrated and not written down yet, since when.
    done: Vec<Finished>,
    done_since: Option<Instant>,
}

/// What became of one tenant.
struct Finished {
    server: ServerId,
    tenant: ClaimedTenant,
    migrated: Result<Migrated, StepError>,
    took: Duration,
}

impl<'a> Bulk<'a> {
    pub(super) fn new(
        control: &'a Control,
        claimed: &'a Claimed,
        rollout: &Rollout,
        release: &Release,
        cuts: &'a Cuts,
    ) -> Self {
        Self {
            control,
            claimed,
            cuts,
            rollout: rollout.number,
            release: Arc::new(release.clone()),
            destination: Destination { to: rollout.to, rollout: Some(rollout.number) },
            per_server: usize::from(rollout.policy.per_server),
            in_total: usize::from(rollout.policy.in_total),
            lanes: BTreeMap::new(),
            tasks: JoinSet::new(),
            done: Vec::new(),
            done_since: None,
        }
    }

    /// Extends the leases of the tenants under way, for ever.
    pub(super) async fn keep_leases(control: &Control, claimed: &Claimed) -> Infallible {
        let lease = claimed.lease;
        loop {
            sleep(lease.length / 3).await;
            // If it cannot be told, the leases run out, and so does the rollout's own.
            if let Ok(client) = control.catalog.client().await {
                let seconds = lease.length.as_secs_f64();
                drop(rollouts::migrations_extend().bind(&client, &seconds, &lease.token).await);
            }
        }
    }

    pub(super) fn is_idle(&self) -> bool {
        self.tasks.is_empty()
            && self.done.is_empty()
            && self.lanes.values().all(|it| it.queue.is_empty())
    }

    /// Works on this wave for a while, until none of it is left to claim, or until somebody fails: whether that was one too many is
    /// to be decided before the next ones follow.
    pub(super) async fn work(&mut self, wave: usize, patience: Duration) -> Result<(), StepError> {
        let until = Instant::now() + patience;
        let mut is_claimed = false;
        loop {
            if !is_claimed && self.needs_more() {
                is_claimed = self.claim(wave).await?;
            }
            self.start();
            let now = Instant::now();
            if self.tasks.is_empty() {
                self.keep().await?;
                // Every server that has anybody left is held.
                if !is_claimed {
                    sleep(until.saturating_duration_since(now)).await;
                }
                return Ok(());
            }
            let failed = self.collect(until.saturating_duration_since(now)).await?;
            let queued: usize = self.lanes.values().map(|it| it.queue.len()).sum();
            let is_through = is_claimed && queued == 0 && self.tasks.is_empty();
            if failed > 0 || now >= until || is_through {
                return Ok(());
            }
        }
    }

    /// Waits a while for those that are under way.
    pub(super) async fn settle(&mut self, patience: Duration) -> Result<(), StepError> {
        self.start();
        if self.tasks.is_empty() {
            self.keep().await?;
            sleep(patience).await;
            return Ok(());
        }
        self.collect(patience).await?;
        Ok(())
    }

    /// Lets those under way finish, and gives back who has not begun.
    pub(super) async fn drain(&mut self) -> Result<(), StepError> {
        self.unclaim_queued().await?;
        while !self.tasks.is_empty() {
            self.collect(Duration::from_secs(1)).await?;
        }
        self.keep().await
    }

    fn needs_more(&self) -> bool {
        let (now, enough) = (Instant::now(), self.per_server * AHEAD / 2);
        self.lanes.is_empty()
            || self.lanes.values().any(|it| it.queue.len() < enough && !it.is_held(now))
    }

    /// Fills the queues; answers whether there is nobody left to claim.
    async fn claim(&mut self, wave: usize) -> Result<bool, StepError> {
        let mut client = self.control.catalog.client().await?;
        let wave = i16::try_from(wave).unwrap_or(i16::MAX);
        let pending =
            rollouts::rollout_servers_pending().bind(&client, &self.rollout, &wave).all().await?;
        if pending.is_empty() {
            return Ok(true);
        }
        for server in pending {
            let server = ServerId(server);
            if !self.lanes.contains_key(&server) {
                let admin = self.control.admin(&client, server).await?;
                self.lanes.insert(server, Lane::new(admin));
            }
            let lane = self.lanes.get_mut(&server).expect("it was put there");
            let wanted = self.per_server * AHEAD;
            if lane.is_held(Instant::now()) || lane.queue.len() >= wanted / 2 {
                continue;
            }
            let ids: Vec<_> = (lane.queue.len()..wanted).map(|_| Uuid::now_v7()).collect();
            let lease = self.claimed.lease;
            let input: Value = self.destination.input();
            let txn = client.transaction().await?;
            // What a crash undoes is claimed again.
            commit_lazily().bind(&txn).one().await?;
            let claimed = rollouts::rollout_tenants_claim()
                .bind(
                    &txn,
                    &self.rollout,
                    &server.0,
                    &wave,
                    &i64::try_from(ids.len()).unwrap_or(i64::MAX),
                    &Json(&input),
                    &self.claimed.actor.as_str(),
                    &lease.length.as_secs_f64(),
                    &lease.token,
                    &"the rollout",
                    &trace::current().map(|it| it.to_string()),
                    &ids,
                )
                .all()
                .await?;
            txn.commit().await?;
            // The others are busy or not there, and follow later.
            lane.queue.extend(claimed.into_iter().filter(|it| it.operation_id.is_some()));
            self.pass(Place::BeforeEffect)?;
        }
        Ok(false)
    }

    fn start(&mut self) {
        let now = Instant::now();
        for (server, lane) in &mut self.lanes {
            while lane.running < self.per_server
                && self.tasks.len() < self.in_total
                && !lane.is_held(now)
                && let Some(tenant) = lane.queue.pop_front()
            {
                lane.running += 1;
                let (server, admin) = (*server, lane.admin.clone());
                let (release, to) = (Arc::clone(&self.release), self.destination.to);
                let span = tracing::info_span!(
                    "step",
                    step = %Step::MigrateTenant,
                    kind = %OperationKind::Migrate,
                    operation = tenant.operation_id.map(tracing::field::display),
                    tenant = tenant.subdomain,
                    outcome = tracing::field::Empty,
                );
                let migrate = async move {
                    let began = Instant::now();
                    let migrated =
                        migrate_database(&admin, &tenant.database_name, &release, to).await;
                    Span::current().record("outcome", outcome(&migrated));
                    Finished { server, tenant, migrated, took: began.elapsed() }
                };
                self.tasks.spawn(migrate.instrument(span));
            }
        }
    }

    /// Waits for one to finish, at most so long, and sees to it that all that have by then are written down. Answers how many
    /// have failed.
    async fn collect(&mut self, patience: Duration) -> Result<usize, StepError> {
        let due = self.done_since.map(|it| KEPT_WITHIN.saturating_sub(it.elapsed()));
        let patience = due.map_or(patience, |it| it.min(patience));
        let Ok(Some(first)) = timeout(patience, self.tasks.join_next()).await else {
            if self.done_since.is_some_and(|it| it.elapsed() >= KEPT_WITHIN) {
                self.keep().await?;
            }
            return Ok(0);
        };
        let mut finished = vec![first];
        finished.extend(std::iter::from_fn(|| self.tasks.try_join_next()));
        let finished: Vec<Finished> =
            finished.into_iter().map(|it| it.expect("a migration does not panic")).collect();
        for it in &finished {
            let lane = self.lanes.get_mut(&it.server).expect("it was started from there");
            lane.running -= 1;
            match &it.migrated {
                // Somebody else's turn on one database says nothing about the server.
                Err(StepError::Migration(MigrateError::Busy)) => lane.release(),
                Err(error) if error.class() == RetryClass::Away => lane.hold(Instant::now()),
                Ok(_) | Err(_) => lane.release(),
            }
        }
        let (done, failed): (Vec<_>, Vec<_>) =
            finished.into_iter().partition(|it| it.migrated.is_ok());
        let failures = failed.len();
        if failures == 0 {
            // The next ones run while these are written down.
            self.start();
        }
        if !done.is_empty() {
            self.done_since.get_or_insert_with(Instant::now);
        }
        self.done.extend(done);
        let is_due = self.done_since.is_some_and(|it| it.elapsed() >= KEPT_WITHIN);
        if self.tasks.is_empty() || self.done.len() >= KEPT_AT_ONCE || is_due {
            self.keep().await?;
        }
        for it in failed {
            self.leave_to_engine(it).await?;
        }
        let now = Instant::now();
        if self.lanes.values().any(|it| it.is_held(now) && !it.queue.is_empty()) {
            self.unclaim_queued().await?;
        }
        Ok(failures)
    }

    /// Where a test may have this worker die.
    fn pass(&self, place: Place) -> Result<(), StepError> {
        let cut = Cut { place, step: Step::MigrateTenant, direction: Direction::Forward };
        if self.cuts.dies(cut) { Err(StepError::Killed) } else { Ok(()) }
    }

    /// Writes down who is done.
    async fn keep(&mut self) -> Result<(), StepError> {
        self.done_since = None;
        let done = std::mem::take(&mut self.done);
        if done.is_empty() {
            return Ok(());
        }
        self.pass(Place::BeforeCommit)?;
        let ids: Vec<_> = done.iter().filter_map(|it| it.tenant.operation_id).collect();
        let reached = |it: &Finished| it.migrated.as_ref().map_or(0, |it| it.version);
        let versions: Vec<i64> = done.iter().map(reached).collect();
        let messages: Vec<String> = done
            .iter()
            .map(|it| format!("migrated to version {} in {} ms", reached(it), it.took.as_millis()))
            .collect();
        let mut client = self.control.catalog.client().await?;
        let txn = client.transaction().await?;
        rollouts::migrations_end()
            .bind(&txn, &ids, &versions, &messages, &self.claimed.lease.token, &self.rollout)
            .await?;
        let event_ids: Vec<_> = ids.iter().map(|_| Uuid::now_v7()).collect();
        events_append_migrated()
            .bind(&txn, &self.rollout, &ids, &event_ids, &versions, &self.claimed.lease.token)
            .all()
            .await?;
        txn.commit().await?;
        for it in &done {
            let took = it.took.as_secs_f64();
            self.control.stats.migrated(reached(it), took);
            self.control.stats.ended(OperationKind::Migrate, OperationState::Done, took);
        }
        self.pass(Place::AfterCommit)
    }

    /// It becomes an operation like any other, which has failed once.
    async fn leave_to_engine(&self, it: Finished) -> Result<(), StepError> {
        let (Some(operation), Err(error)) = (it.tenant.operation_id, &it.migrated) else {
            return Ok(());
        };
        let mut claimed = self.claimed.of_tenant(
            OperationId(operation),
            TenantId(it.tenant.organization_id),
            it.tenant.subdomain,
            self.destination.input(),
        );
        fail(self.control, &mut claimed, error).await?;
        Ok(())
    }

    async fn unclaim_queued(&mut self) -> Result<(), StepError> {
        let queued = self.lanes.values_mut().flat_map(|it| it.queue.drain(..));
        let ids: Vec<_> = queued.filter_map(|it| it.operation_id).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let client = self.control.catalog.client().await?;
        rollouts::migrations_unclaim()
            .bind(&client, &ids, &self.claimed.lease.token, &self.rollout)
            .await?;
        Ok(())
    }
}
