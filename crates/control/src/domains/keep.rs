//! Domains are looked at when that is due, a few at a time, by whichever process takes them first.

use std::time::Duration;

use cloison_catalog::queries::domains as queries;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::DomainError;
use super::check::{Due, LEASE, check};
use crate::control::Control;

/// One query by an index. Whoever has claimed a domain here is not even waited for so long.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// Of one process: each asks a handful of questions and waits for strangers.
const AT_ONCE: i64 = 8;

/// Until shutdown. What is under way then is dropped, and due again.
pub(crate) async fn keep_checked(control: Control, shutdown: CancellationToken) {
    let mut told = false;
    loop {
        let looked = tokio::select! {
            looked = check_due(&control) => looked,
            () = shutdown.cancelled() => return,
        };
        match looked {
            // Perhaps there is more.
            Ok(looked) if looked >= AT_ONCE.unsigned_abs() => continue,
            Ok(_) => told = false,
            // Once for an outage, not for each look.
            Err(error) if !std::mem::replace(&mut told, true) => {
                tracing::warn!("cannot look for domains to check, and will try again: {error}");
            }
            Err(_) => {}
        }
        tokio::select! {
            () = control.domains.wanted.notified() => {}
            () = sleep(LOOK_EVERY) => {}
            () = shutdown.cancelled() => return,
        }
    }
}

/// One look at what is due. Answers how many were looked at; one that cannot be written is due again.
pub async fn check_due(control: &Control) -> Result<u64, DomainError> {
    let claimed = {
        let client = control.catalog.client().await?;
        queries::domains_claim().bind(&client, &AT_ONCE, &LEASE.as_secs_f64()).all().await?
    };
    let due = claimed.iter().map(Due::read).collect::<Result<Vec<_>, _>>()?;
    let mut under_way: FuturesUnordered<_> = due.iter().map(|it| check(control, it)).collect();
    let mut looked = 0;
    while let Some(checked) = under_way.next().await {
        looked += 1;
        if let Err(error) = checked {
            tracing::warn!(
                "a look at a domain is left for later: {:#}",
                anyhow::Error::from(error)
            );
        }
    }
    Ok(looked)
}
