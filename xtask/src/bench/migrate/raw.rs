//! The limit: one connection and one round trip a tenant, as many at once, and nothing written down about it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tokio::task::JoinSet;

use super::shop::{self, Set};
use crate::clusters::{Cluster, connect};

/// From before the first connection until the last commit was answered.
pub(super) async fn migrate(
    server: &Cluster,
    databases: &[String],
    round: u32,
    at_once: usize,
) -> Result<Duration> {
    let text: Arc<str> = format!("begin;\n{}commit", shop::change(Set::Raw, round)).into();
    let targets: Arc<[String]> = databases.iter().map(|it| server.database(it)).collect();
    let next = Arc::new(AtomicUsize::new(0));
    let mut workers = JoinSet::new();
    let started = Instant::now();
    for _ in 0..at_once {
        let (text, targets, next) = (Arc::clone(&text), Arc::clone(&targets), Arc::clone(&next));
        workers.spawn(async move {
            while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
                run(target, &text).await?;
            }
            anyhow::Ok(())
        });
    }
    while let Some(worked) = workers.join_next().await {
        worked?.context("migrate by hand")?;
    }
    Ok(started.elapsed())
}

#[expect(clippy::disallowed_methods, reason = "one round trip with nothing around it is the point")]
async fn run(target: &str, text: &str) -> Result<()> {
    connect(target).await?.batch_execute(text).await?;
    Ok(())
}
