//! Accounts that nobody asks for are brought up to date when their time has come: reservations and grants run out, and a month begins.
//!
//! A reconciler. Any number of processes do it: each leaves an account alone that another one has, and finds nothing to do in one that
//! another one has done.

use std::time::Duration;

use cloison_catalog::Client;
use cloison_catalog::queries::ai_credits as queries;
use cloison_model::{TenantId, chain_without_rows};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::AiCreditsError;
use super::account::{ensure, grant_monthly, leave, lock};
use crate::control::Control;

/// For so long a balance may show what has run out. Nobody can spend it.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// Of one look; if there are more, the next one follows at once.
const ACCOUNTS_AT_ONCE: i64 = 500;

/// Until shutdown. A process that starts has better to do first.
pub(crate) async fn keep_up(control: Control, shutdown: CancellationToken) {
    let mut rest = LOOK_EVERY;
    loop {
        tokio::select! {
            () = sleep(rest) => {}
            () = shutdown.cancelled() => return,
        }
        // All of it can be cut off and done again.
        let Some(look) = shutdown.run_until_cancelled(catch_up_due(&control)).await else { return };
        rest = match look {
            Ok(Look { there, done, failed: None }) if done > 0 && there == ACCOUNTS_AT_ONCE => {
                Duration::ZERO
            }
            Ok(Look { failed: None, .. }) => LOOK_EVERY,
            Ok(Look { failed: Some(error), .. }) | Err(error) => {
                tracing::info!(
                    "some AI credits are granted or taken back at the next look: {}",
                    chain_without_rows(&error, "ERROR: ")
                );
                LOOK_EVERY
            }
        };
    }
}

/// What came of one look.
#[derive(Debug)]
pub struct Look {
    /// How many accounts had to be looked at.
    pub there: i64,
    /// Of those that no other process had, how many were brought up to date.
    pub done: i64,
    /// The first that could not be. It keeps nobody else waiting.
    pub failed: Option<AiCreditsError>,
}

/// One look.
pub async fn catch_up_due(control: &Control) -> Result<Look, AiCreditsError> {
    let mut client = control.catalog.client().await?;
    let due = queries::ai_credits_due().bind(&client, &ACCOUNTS_AT_ONCE).all().await?;
    let mut look = Look { there: 0, done: 0, failed: None };
    for tenant in due.into_iter().map(TenantId) {
        look.there += 1;
        match catch_up(control, &mut client, tenant).await {
            Ok(true) => look.done += 1,
            // Gone, meanwhile.
            Ok(false) | Err(AiCreditsError::NoTenant) => {}
            Err(error) => {
                look.failed.get_or_insert(error);
            }
        }
    }
    Ok(look)
}

/// Whether it was ours to do.
async fn catch_up(
    control: &Control,
    client: &mut Client,
    tenant: TenantId,
) -> Result<bool, AiCreditsError> {
    let txn = client.transaction().await?;
    ensure(&txn, tenant).await?;
    if queries::ai_credits_account_try_lock().bind(&txn, &tenant.0).opt().await?.is_none() {
        return Ok(false);
    }
    let mut account = lock(&txn, tenant).await?;
    // In the middle of a month, too: of a tenant that is new, or is let do everything again.
    grant_monthly(&txn, &mut account).await?;
    leave(&txn, &account).await?;
    txn.commit().await?;
    control.ai_credits.committed(&account.moved);
    Ok(true)
}
