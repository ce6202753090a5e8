//! Operations that do not get on, and tenants that are on their way with nobody taking them there.

use anyhow::Result;
use cloison_catalog::queries::operations::{Operation, operations_stuck};
use cloison_catalog::queries::tenants::{TenantsAdrift, tenants_adrift};
use cloison_model::Phase;

use super::{Check, Finding, ROWS_MAX};
use crate::control::Control;

pub(super) async fn examine(control: &Control) -> Result<Vec<Finding>> {
    let client = control.catalog.client().await?;
    let adrift = tenants_adrift().bind(&client, &ROWS_MAX).all().await?;
    let stuck = operations_stuck().bind(&client, &ROWS_MAX).all().await?;
    Ok(adrift.into_iter().map(of_adrift).chain(stuck.into_iter().map(of_stuck)).collect())
}

fn of_adrift(row: TenantsAdrift) -> Finding {
    let TenantsAdrift { subdomain, phase } = row;
    let with = if phase == Phase::Archived.as_str() {
        format!("archive {subdomain}")
    } else {
        format!("erase {subdomain} --confirm {subdomain}")
    };
    let what = format!("it is {phase} and no operation goes on with it");
    Finding::new(Check::TenantAdrift, &subdomain, what)
        .mend(format!("go on with: cloison tenants {with}"))
}

fn of_stuck(row: Operation) -> Finding {
    let subject = row.subdomain.as_deref().unwrap_or("a spare");
    let operation = format!("operation {} ({})", row.id, row.kind);
    match row.waiting {
        Some(why) => {
            let what =
                format!("{operation} waits after {} tries of {}: {why}", row.attempts, row.step);
            Finding::new(Check::OperationWaiting, subject, what).mend(format!(
                "set right what it names, and it goes on by itself: cloison operations show {}",
                row.id
            ))
        }
        None => Finding::new(
            Check::WorkerAbsent,
            subject,
            format!("{operation} is due and no worker takes it"),
        )
        .mend("is one running? start it: cloison work, or serve, or up"),
    }
}
