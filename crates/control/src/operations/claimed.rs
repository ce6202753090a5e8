//! An operation as the worker that has claimed it knows it: the row, read into the types of `model`.

use std::time::Duration;

use cloison_catalog::queries::operations::Operation;
use cloison_model::{
    AccessMode, Direction, OperationId, OperationKind, Secret, SpareId, Step, TenantId,
    TraceParent, UnknownWord,
};
use jiff::Timestamp;
use serde_json::Value;
use tokio::time::Instant;

use crate::master_key::{KeyError, MasterKey};

/// What an operation's sealed secret is bound to, beside the operation's id.
pub(crate) const OPERATION_SECRET: &str = "operations.secret";

/// A worker's right to an operation, for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lease {
    pub(crate) operation: OperationId,
    pub(crate) token: i64,
    pub(crate) length: Duration,
}

/// Invariant: `step` is one of the course of `kind`.
#[derive(Clone, Debug)]
pub(crate) struct Claimed {
    pub(crate) lease: Lease,
    /// When it was asked for, by our own clock: the lease in the control database ends later than this plus its length.
    pub(crate) since: Instant,
    pub(crate) kind: OperationKind,
    pub(crate) step: Step,
    pub(crate) direction: Direction,
    pub(crate) attempts: u32,
    pub(crate) tenant: Option<TenantId>,
    pub(crate) spare: Option<SpareId>,
    /// The tenant's label; of a spare there is none.
    pub(crate) subdomain: Option<String>,
    pub(crate) input: Value,
    pub(crate) actor: String,
    /// When it was asked for, by the control database's clock.
    pub(crate) created_at: Timestamp,
    /// Why it goes back.
    pub(crate) error: Option<String>,
    pub(crate) waiting: Option<String>,
    pub(crate) cancelled_by: Option<String>,
    /// The span of the call that has ordered it.
    pub(crate) trace_parent: Option<TraceParent>,
    secret_sealed: Option<Vec<u8>>,
}

impl Claimed {
    pub(crate) fn read(
        row: Operation,
        length: Duration,
        since: Instant,
    ) -> Result<Self, UnknownWord> {
        let operation = OperationId(row.id);
        Ok(Self {
            lease: Lease { operation, token: row.lease_token, length },
            since,
            kind: row.kind.parse()?,
            step: row.step.parse()?,
            direction: row.direction.parse()?,
            attempts: u32::try_from(row.attempts).unwrap_or_default(),
            tenant: row.organization_id.map(TenantId),
            spare: row.spare_id.map(SpareId),
            subdomain: row.subdomain,
            input: row.input,
            actor: row.actor,
            created_at: row.created_at,
            error: row.error,
            waiting: row.waiting,
            cancelled_by: row.cancelled_by,
            // What cannot be read is as good as none: nothing depends on it.
            trace_parent: row.trace_parent.and_then(|it| it.parse().ok()),
            secret_sealed: row.secret_sealed,
        })
    }

    /// A tenant's migration that this one, a rollout, has claimed with its own token.
    pub(crate) fn of_tenant(
        &self,
        operation: OperationId,
        tenant: TenantId,
        subdomain: String,
        input: Value,
    ) -> Self {
        let kind = OperationKind::Migrate;
        Self {
            lease: Lease { operation, ..self.lease },
            since: self.since,
            kind,
            step: kind.course().first(),
            direction: Direction::Forward,
            attempts: 0,
            tenant: Some(tenant),
            spare: None,
            subdomain: Some(subdomain),
            input,
            actor: self.actor.clone(),
            created_at: Timestamp::now(),
            error: None,
            waiting: None,
            cancelled_by: None,
            trace_parent: self.trace_parent,
            secret_sealed: None,
        }
    }

    pub(crate) fn id(&self) -> OperationId {
        self.lease.operation
    }

    /// What it is about, for the log.
    pub(crate) fn subject(&self) -> &str {
        match (&self.subdomain, self.kind) {
            (Some(subdomain), _) => subdomain,
            (None, OperationKind::Rollout) => "the fleet",
            (None, _) => "a spare",
        }
    }

    /// The access mode that a change of access leads to.
    pub(crate) fn access(&self) -> Result<AccessMode, UnknownWord> {
        self.input["access"].as_str().unwrap_or_default().parse()
    }

    /// The secret that was given along, if any.
    pub(crate) fn secret(&self, key: &MasterKey) -> Result<Option<Secret>, KeyError> {
        let sealed = self.secret_sealed.as_deref();
        sealed.map(|it| key.open(OPERATION_SECRET, self.id().0, it)).transpose()
    }
}
