//! Reservations: credits that nobody else can spend for a while.

use cloison_catalog::queries::ai_credits as queries;
use cloison_catalog::{Client, Transaction};
use cloison_model::{
    BurntPart, CreditEntry, EventType, FewCredits, OpenGrant, Subdomain, TenantId, UnixSeconds,
    burn,
};
use serde_json::json;
use uuid::Uuid;

use super::account::{Account, Entry, book, grant_monthly, leave, lock};
use super::{AiCreditsError, tenant_named};
use crate::call::{self, Begun, Call};
use crate::control::Control;
use crate::events;

/// More than a tenant can have, whatever comes back to them.
const GRANTS_READ: i64 = 10_000;

#[derive(Clone, Copy, Debug)]
pub struct NewReservation<'a> {
    /// What the program that reserves calls it, whatever came of an answer before: the same again is the same reservation.
    pub request_id: &'a str,
    /// What the credits are for.
    pub feature: &'a str,
    pub credits: i64,
    /// When nobody has closed it by then, it is released.
    pub seconds: i64,
}

/// All of it or nothing.
pub async fn reserve(
    control: &Control,
    call: &Call,
    subdomain: &Subdomain,
    new: NewReservation<'_>,
) -> Result<queries::AiReservation, AiCreditsError> {
    let mut client = control.catalog.client().await?;
    let tenant = tenant_named(&client, subdomain).await?;
    let reserved = try_to(control, call, (&mut client, tenant), new).await;
    if let Err(AiCreditsError::TooFew { .. }) = &reserved {
        control.ai_credits.refused();
        // In a transaction of its own: the key of a call that was refused is not kept.
        let txn = client.transaction().await?;
        let account = lock(&txn, tenant).await?;
        leave(&txn, &account).await?;
        if !account.exhausted_told {
            tell_exhausted(&txn, &account, new).await?;
        }
        txn.commit().await?;
        control.ai_credits.committed(&account.moved);
    }
    reserved
}

async fn try_to(
    control: &Control,
    call: &Call,
    (client, tenant): (&mut Client, TenantId),
    new: NewReservation<'_>,
) -> Result<queries::AiReservation, AiCreditsError> {
    let id = Uuid::now_v7();
    let txn = match call::begin(client, call, id).await? {
        Begun::Before(txn, id) => return fetch(&txn, tenant, id).await,
        // Not in the audit log: what a program spends is in the ledger.
        Begun::Now(txn, _kept) => txn,
    };
    let mut account = lock(&txn, tenant).await?;
    let reservation = put(&txn, &mut account, id, new, &call.actor.name).await?;
    leave(&txn, &account).await?;
    txn.commit().await?;
    control.ai_credits.committed(&account.moved);
    Ok(reservation)
}

async fn put(
    txn: &Transaction<'_>,
    account: &mut Account,
    id: Uuid,
    new: NewReservation<'_>,
    actor: &str,
) -> Result<queries::AiReservation, AiCreditsError> {
    let tenant = account.tenant.0;
    let NewReservation { request_id, feature, credits, seconds } = new;
    let of_request = queries::ai_credits_reservation_of_request();
    if let Some(before) = of_request.bind(txn, &tenant, &request_id).opt().await? {
        let is_same = before.amount == credits && before.feature == feature;
        return if is_same { Ok(before) } else { Err(AiCreditsError::RequestReused) };
    }
    let parts = match burnt(txn, account, credits).await {
        Err(AiCreditsError::TooFew { .. }) => {
            // In the middle of a month whoever is new, or is let do everything again, need not wait for the keeper.
            grant_monthly(txn, account).await?;
            burnt(txn, account, credits).await?
        }
        burnt => burnt?,
    };
    queries::ai_credits_reservation_insert()
        .bind(txn, &id, &tenant, &request_id, &feature, &credits, &account.now, &whole(seconds))
        .await?;
    let (ids, amounts): (Vec<Uuid>, Vec<i64>) =
        parts.iter().map(|it: &BurntPart| (it.grant, it.credits)).unzip();
    queries::ai_credits_parts_insert().bind(txn, &id, &ids, &amounts).await?;
    let taken: Vec<i64> = amounts.iter().map(|it| -it).collect();
    queries::ai_credits_grants_move().bind(txn, &ids, &taken).await?;
    let entry = Entry {
        kind: CreditEntry::Reserve,
        available_change: -credits,
        held_change: credits,
        grant: None,
        reservation: Some(id),
        key: format!("reserve:{id}"),
        actor,
    };
    book(txn, account, entry).await?;
    fetch(txn, account.tenant, id).await
}

/// Which grants they would be taken from.
async fn burnt(
    txn: &Transaction<'_>,
    account: &Account,
    credits: i64,
) -> Result<Vec<BurntPart>, AiCreditsError> {
    let grants = queries::ai_credits_grants_remaining();
    let grants = grants.bind(txn, &account.tenant.0, &GRANTS_READ).all().await?;
    let grants: Vec<OpenGrant> = grants.iter().map(open_grant).collect::<Result<_, _>>()?;
    burn(&grants, credits, account.second()).map_err(|FewCredits { available }| {
        AiCreditsError::TooFew { amount: credits, available, held: account.held }
    })
}

pub(super) async fn fetch(
    txn: &Transaction<'_>,
    tenant: TenantId,
    id: Uuid,
) -> Result<queries::AiReservation, AiCreditsError> {
    let row = queries::ai_credits_reservation_fetch().bind(txn, &tenant.0, &id).opt().await?;
    row.ok_or(AiCreditsError::NoReservation)
}

fn open_grant(row: &queries::AiGrant) -> Result<OpenGrant, AiCreditsError> {
    Ok(OpenGrant {
        id: row.id,
        source: row.source.parse()?,
        expires_at: row.expires_at.map(|it| UnixSeconds(it.as_second())),
        credits: row.remaining,
    })
}

/// As PostgreSQL takes an interval. There are few of them.
fn whole(seconds: i64) -> f64 {
    u32::try_from(seconds).map_or(0.0, f64::from)
}

/// Once in a month.
async fn tell_exhausted(
    txn: &Transaction<'_>,
    account: &Account,
    new: NewReservation<'_>,
) -> Result<(), tokio_postgres::Error> {
    queries::ai_credits_tell().bind(txn, &false, &true, &account.tenant.0).await?;
    let data = json!({
        "period": account.month().to_string(), "asked": new.credits, "available": account.available,
        "held": account.held,
    });
    let of = (account.tenant, account.subdomain.as_str());
    events::tell(txn, EventType::TenantAiCreditsExhausted, Some(of), &data).await
}
