//! AI credits that do not add up.

use anyhow::Result;
use cloison_catalog::queries::ai_credits as queries;

use super::{Check, Finding, ROWS_MAX};
use crate::control::Control;

/// Of ledgers. What is older was looked at when it was not, and nobody may change it.
const LEDGER_DAYS: i32 = 40;

pub(super) async fn examine(control: &Control) -> Result<Vec<Finding>> {
    let client = control.catalog.client().await?;
    let accounts = queries::ai_credits_out_of_step().bind(&client, &ROWS_MAX).all().await?;
    let broken = queries::ai_credits_ledger_broken();
    let broken = broken.bind(&client, &LEDGER_DAYS, &ROWS_MAX).all().await?;
    Ok(accounts.iter().map(of_account).chain(broken.iter().map(of_ledger)).collect())
}

fn of_account(it: &queries::AiCreditsOutOfStep) -> Finding {
    let what = format!(
        "{} credits are available, {} are left of its grants, and its ledger says {}; {} are held, {} by reservations, and its ledger says {}",
        it.available, it.remaining, it.ledger_available, it.held, it.reserved, it.ledger_held
    );
    finding(&it.subdomain, what)
}

fn of_ledger(it: &queries::AiCreditsLedgerBroken) -> Finding {
    let what = format!("entry {} of its ledger does not follow from the one before", it.number);
    finding(&it.subdomain, what)
}

fn finding(subdomain: &str, what: String) -> Finding {
    Finding::new(Check::AiCreditsOutOfStep, subdomain, what)
        .mend(format!("find out what was changed: cloison ai-credits ledger {subdomain}"))
}
