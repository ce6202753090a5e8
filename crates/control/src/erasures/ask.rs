//! Asking for an erasure.

use cloison_catalog::Transaction;
use cloison_catalog::queries::erasures as queries;
use cloison_model::{
    Command, ERASURE_GRACE_SECONDS, ERASURE_GRACE_SECONDS_MAX, OperationId, OperationKind, Phase,
    Step, Subdomain, TenantId, TenantState,
};

use super::fiscal::refuse_without_store;
use super::hold::hold_of;
use crate::call::{Actor, Call};
use crate::control::Control;
use crate::life_cycle::{CommandError, Order, ask};

/// How a tenant is to be erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// For how long it can be taken back.
    pub grace_seconds: u32,
    /// Whoever asks vouches that no law wants anything kept, or that it is kept elsewhere.
    pub without_fiscal_archive: bool,
}

impl Terms {
    /// Nobody thinks again.
    pub const AT_ONCE: Self = Self { grace_seconds: 0, without_fiscal_archive: false };
}

impl Default for Terms {
    fn default() -> Self {
        Self { grace_seconds: ERASURE_GRACE_SECONDS, without_fiscal_archive: false }
    }
}

/// Begins the operation: the tenant is closed at once and erased after the grace period. The same call again answers the same operation.
pub async fn erase(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    terms: Terms,
    reason: Option<&str>,
) -> Result<OperationId, CommandError> {
    if control.backups.is_none() && !terms.without_fiscal_archive {
        refuse_without_store(control, subdomain).await?;
    }
    ask(control, call, &Order { subdomain, command: Command::Erase, reason, terms }).await
}

/// In the transaction that begins it: whether somebody has it on hold, and what it was asked for. Answers the step to begin with.
pub(crate) async fn admit(
    txn: &Transaction<'_>,
    actor: &Actor,
    (tenant, state): (TenantId, TenantState),
    order: &Order<'_>,
    operation: OperationId,
) -> Result<Step, CommandError> {
    // An earlier one has failed behind the point of no return: it is gone on with from there, as it was asked for.
    if state.phase == Phase::Erasing {
        return Ok(Step::DropDatabase);
    }
    if let Some(hold) = hold_of(txn, tenant).await? {
        return Err(CommandError::Held(hold.sentence()));
    }
    let Terms { grace_seconds, without_fiscal_archive } = order.terms;
    let grace_seconds = grace_seconds.min(ERASURE_GRACE_SECONDS_MAX);
    queries::erasure_request_put()
        .bind(
            txn,
            &tenant.0,
            &operation.0,
            &actor.name.as_str(),
            &order.reason,
            &i32::try_from(grace_seconds).unwrap_or(i32::MAX),
            &without_fiscal_archive,
            &state.billing.as_str(),
            &state.access.as_str(),
            &state.phase.as_str(),
        )
        .await?;
    Ok(OperationKind::Erase.course().first())
}
