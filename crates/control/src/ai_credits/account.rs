//! A tenant's account under its lock: brought up to date when it is locked, and moved by entries of the ledger alone.

use cloison_catalog::queries::ai_credits as queries;
use cloison_catalog::{OnConstraint as _, Transaction};
use cloison_model::{
    CreditEntry, CreditSource, GrantEnd, Month, ReservationState, TenantId, UnixSeconds,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::close::close;
use super::grant::{NewGrant, end, put};
use super::stats::Moved;
use super::{AiCreditsError, PLATFORM};

/// Of one look. If there are more, the account stays due, and the next look goes on.
const AT_ONCE: i64 = 500;

/// Nobody else changes anything of the tenant's credits until the transaction ends.
pub(super) struct Account {
    pub(super) tenant: TenantId,
    pub(super) subdomain: String,
    pub(super) available: i64,
    pub(super) held: i64,
    pub(super) low_told: bool,
    pub(super) exhausted_told: bool,
    /// By the control database's clock, which is one: a process whose clock is ahead must not take credits away.
    pub(super) now: Timestamp,
    /// What the transaction has moved so far.
    pub(super) moved: Moved,
}

/// A line of the ledger.
pub(super) struct Entry<'a> {
    pub(super) kind: CreditEntry,
    pub(super) available_change: i64,
    pub(super) held_change: i64,
    pub(super) grant: Option<Uuid>,
    pub(super) reservation: Option<Uuid>,
    /// There is no second entry with the same key: what was done is not done again.
    pub(super) key: String,
    pub(super) actor: &'a str,
}

impl Account {
    pub(super) fn second(&self) -> UnixSeconds {
        UnixSeconds(self.now.as_second())
    }

    pub(super) fn month(&self) -> Month {
        self.second().month()
    }
}

/// The first thing that is done in a transaction about credits, but for keeping its idempotency key.
pub(super) async fn lock(
    txn: &Transaction<'_>,
    tenant: TenantId,
) -> Result<Account, AiCreditsError> {
    let mut row = queries::ai_credits_account_lock().bind(txn, &tenant.0).opt().await?;
    if row.is_none() {
        ensure(txn, tenant).await?;
        row = queries::ai_credits_account_lock().bind(txn, &tenant.0).opt().await?;
    }
    let row = row.ok_or(AiCreditsError::NoTenant)?;
    let mut account = Account {
        tenant,
        subdomain: row.subdomain,
        available: row.available,
        held: row.held,
        low_told: row.low_told,
        exhausted_told: row.exhausted_told,
        now: row.now,
        moved: Moved::default(),
    };
    let is_of_month = row.period == account.month().to_string();
    if row.is_due || !is_of_month {
        run_out(txn, &mut account).await?;
    }
    if !is_of_month {
        begin_month(txn, &mut account).await?;
    }
    Ok(account)
}

/// There is one from now on, if the tenant is there.
pub(super) async fn ensure(txn: &Transaction<'_>, tenant: TenantId) -> Result<(), AiCreditsError> {
    let made = queries::ai_credits_account_ensure().bind(txn, &tenant.0).await;
    made.on_constraint("ai_credits_accounts_organization_id_fkey", || AiCreditsError::NoTenant)?;
    Ok(())
}

/// The last thing that is done with the account: it says when it has to be looked at again.
pub(super) async fn leave(
    txn: &Transaction<'_>,
    account: &Account,
) -> Result<(), tokio_postgres::Error> {
    let month_ends_at = timestamp(account.month().ends_at());
    queries::ai_credits_due_set().bind(txn, &month_ends_at, &account.tenant.0).await?;
    Ok(())
}

/// Moves the balance and writes why.
pub(super) async fn book(
    txn: &Transaction<'_>,
    account: &mut Account,
    entry: Entry<'_>,
) -> Result<(), tokio_postgres::Error> {
    let Entry { kind, available_change, held_change, grant, reservation, key, actor } = entry;
    let after = queries::ai_credits_book()
        .bind(
            txn,
            &kind.as_str(),
            &available_change,
            &held_change,
            &account.tenant.0,
            &account.now,
            &grant,
            &reservation,
            &key,
            &actor,
        )
        .one()
        .await?;
    account.available = after.available_after;
    account.held = after.held_after;
    account.moved.note(kind, -(available_change + held_change));
    Ok(())
}

/// The plan's credits of this month, unless they were granted before. They expire with the month.
pub(super) async fn grant_monthly(
    txn: &Transaction<'_>,
    account: &mut Account,
) -> Result<(), AiCreditsError> {
    let month = account.month();
    let period = month.to_string();
    let credits = queries::ai_credits_monthly();
    let credits = credits.bind(txn, &account.tenant.0, &period.as_str()).opt().await?;
    let Some(credits) = credits else { return Ok(()) };
    let new = NewGrant {
        source: CreditSource::Plan,
        credits,
        expires_at: Some(timestamp(month.ends_at())),
        reason: "",
    };
    put(txn, account, Uuid::now_v7(), &new, Some(&period), PLATFORM).await?;
    Ok(())
}

/// Reservations and grants whose time is over. Reservations first: what they give back to a grant that has expired is lost with it.
async fn run_out(txn: &Transaction<'_>, account: &mut Account) -> Result<(), AiCreditsError> {
    let (tenant, now) = (account.tenant.0, account.now);
    let overdue = queries::ai_credits_reservations_overdue();
    for it in overdue.bind(txn, &tenant, &now, &AT_ONCE).all().await? {
        close(txn, account, &it, ReservationState::Expired, 0, PLATFORM).await?;
    }
    let expired = queries::ai_credits_grants_expired();
    for it in expired.bind(txn, &tenant, &now, &AT_ONCE).all().await? {
        end(txn, account, (it.id, it.remaining), GrantEnd::Expired, PLATFORM).await?;
    }
    Ok(())
}

/// Whatever month it was before: a clock that went back is no other month than that which it shows.
async fn begin_month(txn: &Transaction<'_>, account: &mut Account) -> Result<(), AiCreditsError> {
    let period = account.month().to_string();
    queries::ai_credits_period_begin().bind(txn, &period.as_str(), &account.tenant.0).await?;
    account.low_told = false;
    account.exhausted_told = false;
    grant_monthly(txn, account).await
}

fn timestamp(at: UnixSeconds) -> Timestamp {
    Timestamp::from_second(at.0).unwrap_or(Timestamp::MAX)
}
