//! Grants: credits that come, and what is left of them that goes.

use cloison_catalog::Transaction;
use cloison_catalog::queries::ai_credits as queries;
use cloison_model::{AI_GRANTS_MAX, CreditEntry, CreditSource, GrantEnd, Subdomain};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::account::{Account, Entry, book, leave, lock};
use super::{AiCreditsError, tenant_named};
use crate::call::{self, Begun, Call};
use crate::control::Control;

#[derive(Clone, Debug)]
pub struct NewGrant<'a> {
    pub source: CreditSource,
    pub credits: i64,
    /// To the second.
    pub expires_at: Option<Timestamp>,
    pub reason: &'a str,
}

/// The same call again answers the same grant.
pub async fn grant(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    new: &NewGrant<'_>,
) -> Result<queries::AiGrant, AiCreditsError> {
    let mut client = control.catalog.client().await?;
    let tenant = tenant_named(&client, subdomain).await?;
    let id = Uuid::now_v7();
    let (txn, kept) = match call::begin(&mut client, call, id).await? {
        Begun::Before(txn, id) => return fetch(&txn, tenant.0, id).await,
        Begun::Now(txn, kept) => (txn, kept),
    };
    let mut account = lock(&txn, tenant).await?;
    if new.expires_at.is_some_and(|it| it <= account.now) {
        return Err(AiCreditsError::InThePast);
    }
    if queries::ai_credits_grants_count().bind(&txn, &tenant.0).one().await? >= AI_GRANTS_MAX {
        return Err(AiCreditsError::TooManyGrants { max: AI_GRANTS_MAX });
    }
    put(&txn, &mut account, id, new, None, &call.actor.name).await?;
    leave(&txn, &account).await?;
    let granted = fetch(&txn, tenant.0, id).await?;
    // The reason may name people, and the log can never be cleaned.
    let detail = json!({
        "grant": id.to_string(), "source": new.source.as_str(), "credits": new.credits,
        "expires_at": new.expires_at,
    });
    kept.record(&txn, "ai_credits.grant", subdomain.as_str(), &detail).await?;
    txn.commit().await?;
    control.ai_credits.committed(&account.moved);
    Ok(granted)
}

/// Takes back what is left of a grant. What reservations hold of it can still be spent, and does not come back into it.
pub async fn void(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    id: Uuid,
) -> Result<(), AiCreditsError> {
    let mut client = control.catalog.client().await?;
    let tenant = tenant_named(&client, subdomain).await?;
    let Begun::Now(txn, kept) = call::begin(&mut client, call, id).await? else { return Ok(()) };
    let mut account = lock(&txn, tenant).await?;
    let grant = fetch(&txn, tenant.0, id).await?;
    match grant.ended.as_deref().map(str::parse).transpose()? {
        Some(GrantEnd::Voided) => return Ok(()),
        Some(GrantEnd::Expired) => return Err(AiCreditsError::GrantExpired),
        None => {}
    }
    let left = (grant.id, grant.remaining);
    end(&txn, &mut account, left, GrantEnd::Voided, &call.actor.name).await?;
    leave(&txn, &account).await?;
    let detail = json!({ "grant": id.to_string(), "credits": grant.remaining });
    kept.record(&txn, "ai_credits.void", subdomain.as_str(), &detail).await?;
    txn.commit().await?;
    control.ai_credits.committed(&account.moved);
    Ok(())
}

async fn fetch(
    txn: &Transaction<'_>,
    tenant: Uuid,
    id: Uuid,
) -> Result<queries::AiGrant, AiCreditsError> {
    let row = queries::ai_credits_grant_fetch().bind(txn, &tenant, &id).opt().await?;
    row.ok_or(AiCreditsError::NoGrant)
}

/// Writes one and adds its credits. A period is granted once.
pub(super) async fn put(
    txn: &Transaction<'_>,
    account: &mut Account,
    id: Uuid,
    new: &NewGrant<'_>,
    period: Option<&str>,
    actor: &str,
) -> Result<(), tokio_postgres::Error> {
    queries::ai_credits_grant_insert()
        .bind(
            txn,
            &id,
            &account.tenant.0,
            &new.source.as_str(),
            &new.credits,
            &new.expires_at,
            &period,
            &new.reason,
            &actor,
            &account.now,
        )
        .await?;
    let key = period.map_or_else(|| format!("grant:{id}"), |it| format!("plan:{it}"));
    let entry = Entry {
        kind: CreditEntry::Grant,
        available_change: new.credits,
        held_change: 0,
        grant: Some(id),
        reservation: None,
        key,
        actor,
    };
    book(txn, account, entry).await?;
    account.moved.granted.push((new.source, new.credits));
    Ok(())
}

/// Ends one: what is left of it leaves the balance, and nothing goes back into it.
pub(super) async fn end(
    txn: &Transaction<'_>,
    account: &mut Account,
    (id, remaining): (Uuid, i64),
    end: GrantEnd,
    actor: &str,
) -> Result<(), tokio_postgres::Error> {
    queries::ai_credits_grant_end().bind(txn, &end.as_str(), &account.now, &id).await?;
    if remaining == 0 {
        return Ok(());
    }
    let entry = Entry {
        kind: entry_of(end),
        available_change: -remaining,
        held_change: 0,
        grant: Some(id),
        reservation: None,
        key: format!("end:{id}"),
        actor,
    };
    book(txn, account, entry).await
}

/// What the ledger calls what is gone with a grant.
pub(super) fn entry_of(end: GrantEnd) -> CreditEntry {
    match end {
        GrantEnd::Expired => CreditEntry::Expire,
        GrantEnd::Voided => CreditEntry::Void,
    }
}
