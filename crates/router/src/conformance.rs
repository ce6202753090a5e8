//! Whether a directory keeps to what [`Directory`] demands, as far as asking can tell. For the tests of
//! whoever writes one.
//!
//! Not here: what only many changes at the same time would show, above all that epochs become visible in
//! their order.

use std::collections::BTreeMap;
use std::time::Duration;

use cloison_model::TenantId;
use futures_util::StreamExt;
use tokio::time::timeout;

use crate::directory::{Change, Changed, Changes, Directory, DirectoryError, Key, Snapshot};
use crate::route::Route;

/// What a directory does otherwise than [`Directory`] demands.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Nonconformance(String);

/// A notification takes milliseconds.
const TOLD_WITHIN: Duration = Duration::from_secs(10);

/// Asks a directory, in which nothing else changes meanwhile, for everything and for each, has
/// `change` change the route of one tenant, and asks again. `change` answers whose route it was.
///
/// A directory that never changes is checked with `async || None`.
pub async fn check_directory(
    directory: &impl Directory,
    change: impl AsyncFnOnce() -> Option<TenantId>,
) -> Result<(), Nonconformance> {
    let mut changes = directory.changes().await?;
    let before = directory.snapshot().await?;
    check_snapshot(directory, &before).await?;
    let Some(tenant) = change().await else { return Ok(()) };

    let told = hear(&mut changes, tenant).await?;
    ensure(told.epoch > before.epoch, || {
        format!("{told:?} was told, though the last epoch before was {} already", before.epoch)
    })?;
    let found = directory.fetch(&Key::Tenant(tenant)).await?;
    ensure(found.as_ref().is_none_or(|it| it.epoch >= told.epoch), || {
        format!("{told:?} was told, but asking for it gives {found:?}")
    })?;
    let polled = poll(directory, before.epoch).await?;
    ensure(found.is_none() || polled.contains_key(&tenant), || {
        format!("{told:?} was told, but is not among the changes since {}", before.epoch)
    })?;
    let after = directory.snapshot().await?;
    check_snapshot(directory, &after).await
}

/// The snapshot is what asking for each gives, and the changes since the beginning are its routes.
async fn check_snapshot(
    directory: &impl Directory,
    snapshot: &Snapshot,
) -> Result<(), Nonconformance> {
    let newer = directory.changed_since(snapshot.epoch).await?;
    ensure(newer.is_empty(), || {
        format!("the snapshot is of epoch {}, but there is more: {newer:?}", snapshot.epoch)
    })?;
    let polled = poll(directory, 0).await?;
    for route in &snapshot.routes {
        let is_polled = polled.get(&route.tenant) == Some(&route.epoch);
        // One that never changes need not say what has changed.
        ensure(is_polled || polled.is_empty(), || {
            format!("the changes since the beginning do not end with {route:?}")
        })?;
        ensure(route.schema_floor <= route.schema_version, || {
            format!("the schema floor is above the schema version in {route:?}")
        })?;
        ensure(snapshot.budgets.contains_key(&route.server), || {
            format!("there is no budget for the server of {route:?}")
        })?;
        for key in keys(route) {
            let found = directory.fetch(&key).await?;
            ensure(found.as_ref() == Some(route), || {
                format!("asking for {key:?} gives {found:?}, and the snapshot has {route:?}")
            })?;
        }
    }
    Ok(())
}

/// All changes since then: the last epoch of each tenant that is there.
async fn poll(
    directory: &impl Directory,
    since: i64,
) -> Result<BTreeMap<TenantId, i64>, Nonconformance> {
    let mut epochs = BTreeMap::new();
    let mut reached = since;
    loop {
        let changes = directory.changed_since(reached).await?;
        if changes.is_empty() {
            return Ok(epochs);
        }
        for change in changes {
            let epoch = match &change {
                Change::Route(route) => {
                    epochs.insert(route.tenant, route.epoch);
                    route.epoch
                }
                Change::Gone { tenant, epoch } => {
                    epochs.remove(tenant);
                    *epoch
                }
            };
            ensure(epoch > reached, || {
                format!("of the changes since {since}, {change:?} comes after epoch {reached}")
            })?;
            reached = epoch;
        }
    }
}

async fn hear(changes: &mut Changes, tenant: TenantId) -> Result<Changed, Nonconformance> {
    let hearing = async {
        while let Some(changed) = changes.next().await {
            if changed.tenant == tenant {
                return Some(changed);
            }
        }
        None
    };
    let told = timeout(TOLD_WITHIN, hearing).await.ok().flatten();
    told.ok_or_else(|| Nonconformance(format!("the change of {tenant} was not told")))
}

fn keys(route: &Route) -> Vec<Key> {
    let mut keys = vec![Key::Tenant(route.tenant), Key::Subdomain(route.subdomain.clone())];
    keys.extend(route.hostnames.iter().cloned().map(Key::Hostname));
    keys
}

fn ensure(holds: bool, message: impl FnOnce() -> String) -> Result<(), Nonconformance> {
    if holds { Ok(()) } else { Err(Nonconformance(message())) }
}

impl From<DirectoryError> for Nonconformance {
    fn from(error: DirectoryError) -> Self {
        let source = std::error::Error::source(&error).map(ToString::to_string);
        Self(format!("{error}: {}", source.unwrap_or_default()))
    }
}
