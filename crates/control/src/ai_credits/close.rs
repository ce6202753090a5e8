//! Closing a reservation: what was spent of it is spent, and the rest goes back.

use cloison_catalog::Transaction;
use cloison_catalog::queries::ai_credits as queries;
use cloison_model::{
    CreditEntry, EventType, HeldPart, OpenGrant, ReservationState, ReturnedPart, Subdomain,
    UnixSeconds, are_few, give_back,
};
use serde_json::json;
use uuid::Uuid;

use super::account::{Account, Entry, book, leave, lock};
use super::grant::entry_of;
use super::reserve::fetch;
use super::{AiCreditsError, tenant_named};
use crate::call::{self, Begun, Call};
use crate::control::Control;
use crate::events;

/// As many grants as one reservation can be of.
const PARTS_READ: i64 = 10_000;

/// So many were spent, no more than were reserved. The same again changes nothing.
pub async fn settle(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    id: Uuid,
    spent: i64,
) -> Result<queries::AiReservation, AiCreditsError> {
    ended(control, call, subdomain, id, Some(spent)).await
}

/// Nothing was spent. The same again changes nothing.
pub async fn release(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    id: Uuid,
) -> Result<queries::AiReservation, AiCreditsError> {
    ended(control, call, subdomain, id, None).await
}

async fn ended(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    id: Uuid,
    spent: Option<i64>,
) -> Result<queries::AiReservation, AiCreditsError> {
    let mut client = control.catalog.client().await?;
    let tenant = tenant_named(&client, subdomain).await?;
    let txn = match call::begin(&mut client, call, id).await? {
        Begun::Before(txn, id) => return fetch(&txn, tenant, id).await,
        // Not in the audit log: what a program spends is in the ledger.
        Begun::Now(txn, _kept) => txn,
    };
    let mut account = lock(&txn, tenant).await?;
    let reservation = fetch(&txn, tenant, id).await?;
    let state = match spent {
        Some(_) => ReservationState::Settled,
        None => ReservationState::Released,
    };
    match reservation.state.parse()? {
        ReservationState::Held => {}
        before if before == state && reservation.spent == spent => return Ok(reservation),
        before => {
            return Err(AiCreditsError::Closed { state: before, spent: reservation.spent });
        }
    }
    let amount = reservation.amount;
    let spent = spent.unwrap_or_default();
    if spent > amount {
        return Err(AiCreditsError::MoreThanReserved { amount });
    }
    close(&txn, &mut account, &reservation, state, spent, &call.actor.name).await?;
    leave(&txn, &account).await?;
    let closed = fetch(&txn, tenant, id).await?;
    if spent > 0 && !account.low_told {
        tell_if_low(&txn, &account).await?;
    }
    txn.commit().await?;
    control.ai_credits.committed(&account.moved);
    Ok(closed)
}

/// Closes one that is held.
pub(super) async fn close(
    txn: &Transaction<'_>,
    account: &mut Account,
    reservation: &queries::AiReservation,
    state: ReservationState,
    spent: i64,
    actor: &str,
) -> Result<(), AiCreditsError> {
    let (id, amount) = (reservation.id, reservation.amount);
    let spent_of_it = (state == ReservationState::Settled).then_some(spent);
    queries::ai_credits_reservation_close()
        .bind(txn, &state.as_str(), &spent_of_it, &account.now, &id)
        .await?;
    let kind = match state {
        ReservationState::Settled => CreditEntry::Settle,
        ReservationState::Held | ReservationState::Released | ReservationState::Expired => {
            CreditEntry::Release
        }
    };
    let entry = Entry {
        kind,
        available_change: amount - spent,
        held_change: -amount,
        grant: None,
        reservation: Some(id),
        key: format!("close:{id}"),
        actor,
    };
    book(txn, account, entry).await?;
    let parts = parts_of(txn, id).await?;
    let returned = give_back(&parts, spent, account.second());
    let back: Vec<&ReturnedPart> = returned.iter().filter(|it| it.lost.is_none()).collect();
    let (ids, credits): (Vec<Uuid>, Vec<i64>) =
        back.iter().map(|it| (it.grant, it.credits)).unzip();
    queries::ai_credits_grants_move().bind(txn, &ids, &credits).await?;
    for ReturnedPart { grant, credits, lost } in returned {
        let Some(end) = lost else { continue };
        let entry = Entry {
            kind: entry_of(end),
            available_change: -credits,
            held_change: 0,
            grant: Some(grant),
            reservation: Some(id),
            key: format!("end:{grant}:{id}"),
            actor,
        };
        book(txn, account, entry).await?;
    }
    Ok(())
}

async fn parts_of(
    txn: &Transaction<'_>,
    reservation: Uuid,
) -> Result<Vec<HeldPart>, AiCreditsError> {
    let rows = queries::ai_credits_parts_of().bind(txn, &reservation, &PARTS_READ).all().await?;
    let part = |row: queries::AiCreditsPartsOf| {
        let of = OpenGrant {
            id: row.grant_id,
            source: row.source.parse()?,
            expires_at: row.expires_at.map(|it| UnixSeconds(it.as_second())),
            credits: row.amount,
        };
        let ended = row.ended.as_deref().map(str::parse).transpose()?;
        Ok(HeldPart { of, ended })
    };
    rows.into_iter().map(part).collect()
}

/// Once in a month. What is held is not spent yet.
async fn tell_if_low(txn: &Transaction<'_>, account: &Account) -> Result<(), AiCreditsError> {
    let period = account.month().to_string();
    let granted = queries::ai_credits_granted_by_plan();
    let granted = granted.bind(txn, &account.tenant.0, &period.as_str()).opt().await?;
    if !are_few(account.available + account.held, granted) {
        return Ok(());
    }
    queries::ai_credits_tell().bind(txn, &true, &false, &account.tenant.0).await?;
    let data = json!({
        "period": period, "granted": granted, "available": account.available, "held": account.held,
    });
    let of = (account.tenant, account.subdomain.as_str());
    events::tell(txn, EventType::TenantAiCreditsLow, Some(of), &data).await?;
    Ok(())
}
