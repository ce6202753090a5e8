//! The requests that this process serves, by tenant and day: counted in memory, and added to the days in bundles.
//!
//! A bundle has a number, which is written in the commit that adds it. One whose outcome is not known is sent again as it is, and if
//! it was added nothing happens. While the control database is away the next bundle grows; whoever serves a request waits for none of
//! this. A process that is killed loses what it has not added.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::ops::AddAssign;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cloison_catalog::queries::usage as queries;
use cloison_model::{Day, Limit, Standing, TenantId, standing};
use serde::Serialize;
use tokio::time::{sleep, timeout};
use tokio_postgres::types::Json;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::collect::{count, there};
use super::tell::{Crossing, tell};
use crate::control::Control;
use crate::operations::{StepError, sentence};

/// What a process that is killed loses of its count.
const EVERY: Duration = Duration::from_secs(15);
/// A process that ends waits no longer for the control database.
const LAST_MAX: Duration = Duration::from_secs(3);
/// So that two requests rarely meet at one lock, which is held for the time of an addition.
const SHARDS: usize = 16;
/// Of each shard: tenants of this process, and in an outage tenants times days. Who comes after that is not counted. All together they
/// take some tens of megabytes.
const ENTRIES_MAX: usize = 16_000;

/// What was served to a tenant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Requests {
    pub requests: u64,
    /// From the request to the first byte of the answer.
    pub busy_us: u64,
    /// Of answers, without their heads.
    pub sent_bytes: u64,
}

/// One process's counts. Cheap to clone: all clones count together.
#[derive(Clone)]
pub struct RequestCounts(Arc<Counts>);

struct Counts {
    /// Of this start of the process.
    node: Uuid,
    hasher: RandomState,
    shards: [Mutex<Shard>; SHARDS],
    /// One bundle is on its way at a time.
    outbox: tokio::sync::Mutex<Outbox>,
}

#[derive(Default)]
struct Shard {
    since_start: HashMap<TenantId, Requests>,
    to_add: HashMap<(TenantId, Day), Requests>,
    uncounted: u64,
}

#[derive(Default)]
struct Outbox {
    number: i64,
    /// It may have been added; whoever has sent it does not know.
    bundle: Vec<RequestsRow>,
}

/// As `usage_requests_add` has it.
#[derive(Debug, Serialize)]
struct RequestsRow {
    organization_id: Uuid,
    day: String,
    requests: u64,
    busy_us: u64,
    sent_bytes: u64,
}

impl AddAssign for Requests {
    fn add_assign(&mut self, more: Self) {
        self.requests += more.requests;
        self.busy_us += more.busy_us;
        self.sent_bytes += more.sent_bytes;
    }
}

impl Default for RequestCounts {
    fn default() -> Self {
        Self(Arc::new(Counts {
            node: Uuid::now_v7(),
            hasher: RandomState::new(),
            shards: std::array::from_fn(|_| Mutex::default()),
            outbox: tokio::sync::Mutex::default(),
        }))
    }
}

impl fmt::Debug for RequestCounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestCounts").field("node", &self.0.node).finish_non_exhaustive()
    }
}

impl RequestCounts {
    pub fn note(&self, tenant: TenantId, day: Day, more: Requests) {
        let mut shard = self.shard(tenant);
        if !add(&mut shard.to_add, (tenant, day), more) {
            shard.uncounted += more.requests;
        }
        add(&mut shard.since_start, tenant, more);
    }

    /// Since this process began.
    pub fn of(&self, tenant: TenantId) -> Requests {
        self.shard(tenant).since_start.get(&tenant).copied().unwrap_or_default()
    }

    fn shard(&self, tenant: TenantId) -> MutexGuard<'_, Shard> {
        let shard = self.0.hasher.hash_one(tenant) % SHARDS as u64;
        let shard = &self.0.shards[usize::try_from(shard).expect("there are few")];
        shard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds what was counted, until shutdown.
    pub async fn keep_added(self, control: Control, shutdown: CancellationToken) {
        let mut is_down = false;
        loop {
            tokio::select! {
                () = sleep(EVERY) => {}
                () = shutdown.cancelled() => return,
            }
            let added = tokio::select! {
                added = self.add_to_days(&control) => added,
                // What is on its way is sent again by whoever adds the last.
                () = shutdown.cancelled() => return,
            };
            if let (Err(error), false) = (&added, is_down) {
                tracing::info!(
                    "counted requests are kept here until they can be added: {}",
                    sentence(error)
                );
            }
            is_down = added.is_err();
        }
    }

    /// When the last request has been served.
    pub async fn add_last(&self, control: &Control) {
        let why = match timeout(LAST_MAX, self.add_to_days(control)).await {
            Ok(Ok(_)) => return,
            Ok(Err(error)) => sentence(&error),
            Err(_elapsed) => format!("it does not answer within {} s", LAST_MAX.as_secs()),
        };
        tracing::warn!(
            "the control database did not take the last counted requests, which are lost: {why}"
        );
    }

    /// Answers of how many tenants and days.
    pub async fn add_to_days(&self, control: &Control) -> Result<usize, StepError> {
        let mut outbox = self.0.outbox.lock().await;
        let mut added = 0;
        loop {
            if outbox.bundle.is_empty() {
                outbox.bundle = self.take();
                outbox.number += 1;
            } else {
                tracing::debug!("bundle {} is sent again", outbox.number);
            }
            if outbox.bundle.is_empty() {
                return Ok(added);
            }
            // It stays in the outbox until it is known to be there, also if this is dropped halfway.
            send(control, self.0.node, outbox.number, &outbox.bundle).await?;
            added += outbox.bundle.len();
            outbox.bundle.clear();
        }
    }

    fn take(&self) -> Vec<RequestsRow> {
        let mut bundle = Vec::new();
        let mut uncounted = 0;
        for shard in &self.0.shards {
            let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            let to_add = std::mem::take(&mut shard.to_add);
            uncounted += std::mem::take(&mut shard.uncounted);
            drop(shard);
            bundle.extend(to_add.into_iter().map(|((tenant, day), it)| RequestsRow {
                organization_id: tenant.0,
                day: day.to_string(),
                requests: it.requests,
                busy_us: it.busy_us,
                sent_bytes: it.sent_bytes,
            }));
        }
        if uncounted > 0 {
            tracing::warn!("{uncounted} requests were not counted: too many tenants and days");
        }
        bundle
    }
}

/// Whether there was room.
fn add<K: Eq + std::hash::Hash>(counts: &mut HashMap<K, Requests>, key: K, more: Requests) -> bool {
    if let Some(count) = counts.get_mut(&key) {
        *count += more;
        return true;
    }
    let has_room = counts.len() < ENTRIES_MAX;
    if has_room {
        counts.insert(key, more);
    }
    has_room
}

/// Adds a bundle, unless it was added before.
async fn send(
    control: &Control,
    node: Uuid,
    number: i64,
    bundle: &[RequestsRow],
) -> Result<(), StepError> {
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    if queries::usage_bundle_begin().bind(&txn, &node, &number).await? == 0 {
        return Ok(());
    }
    let there = there(&txn, bundle.iter().map(|it| TenantId(it.organization_id))).await?;
    let rows: Vec<_> = bundle.iter().filter(|it| there.contains(&it.organization_id)).collect();
    let limited = queries::usage_requests_add().bind(&txn, &Json(&rows)).all().await?;
    let mut crossings = Vec::new();
    for row in &limited {
        let (used, max) = (count(row.requests), count(row.requests_per_day_max));
        let told: Standing = row.requests_told.parse()?;
        let now = standing(used, Some(max));
        let Some(event) = now.news(told) else { continue };
        queries::usage_requests_told()
            .bind(&txn, &now.as_str(), &row.organization_id, &row.day)
            .await?;
        crossings.push(Crossing {
            event,
            limit: Limit::RequestsPerDay,
            tenant: TenantId(row.organization_id),
            subdomain: &row.subdomain,
            day: row.day.to_string(),
            used,
            max,
        });
    }
    // Last, since whoever else has something to tell waits for the commit.
    for crossing in &crossings {
        tell(&txn, crossing).await?;
    }
    txn.commit().await?;
    Ok(())
}
