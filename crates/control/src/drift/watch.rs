//! Keeps what is known of schemas fresh, and says once of each schema that tenants have and should not.

use std::time::Duration;

use cloison_catalog::queries::drift as queries;
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;

use super::report::{Distinct, report};
use super::{DriftError, fingerprint_missing};
use crate::control::Control;

/// Tenants that are read in one round: some seconds of work for a server.
pub const ROUND_MAX: usize = 200;
/// A schema that nobody has any more is kept for so long.
const KEPT_DAYS: i32 = 30;
/// Differences that a line of the log shows.
const DIFFERENCES_MAX: usize = 3;

/// Until shutdown. The first look comes after `every`, too: a process that starts has better to do.
pub(crate) async fn watch(control: Control, every: Duration, shutdown: CancellationToken) {
    loop {
        tokio::select! {
            () = sleep(every) => {}
            () = shutdown.cancelled() => return,
        }
        let looked = tokio::select! {
            looked = look(&control) => looked,
            // What is cut off is read again.
            () = shutdown.cancelled() => return,
        };
        if let Err(error) = looked {
            // The worker beside this says when the control database is down.
            tracing::debug!("cannot look for drift: {:#}", anyhow::Error::from(error));
        }
    }
}

/// One round, and a warning for each schema that was not known to be drift; answers those.
pub async fn look(control: &Control) -> Result<Vec<Distinct>, DriftError> {
    let round = fingerprint_missing(control, ROUND_MAX).await?;
    if round.is_empty() {
        return Ok(Vec::new());
    }
    let report = report(control).await?;
    let client = control.catalog.client().await?;
    queries::schema_clean().bind(&client, &KEPT_DAYS).await?;
    let drifted: Vec<&str> = report.drifted().map(|it| it.fingerprint.as_str()).collect();
    // Whichever process is first says it.
    let news = queries::schema_tell().bind(&client, &drifted).all().await?;
    let news: Vec<Distinct> =
        report.drifted().filter(|it| news.contains(&it.fingerprint)).cloned().collect();
    for schema in &news {
        tracing::warn!(
            fingerprint = schema.fingerprint,
            tenants = schema.tenants,
            "{}",
            warning(schema)
        );
    }
    Ok(news)
}

fn warning(schema: &Distinct) -> String {
    let who = match schema.tenants {
        1 => "a tenant has".to_owned(),
        many => format!("{many} tenants have"),
    };
    let shown: Vec<&str> = schema.diff.iter().take(DIFFERENCES_MAX).map(String::as_str).collect();
    format!(
        "{who} another schema than version {} should ({}): {}; see: cloison migrations drift",
        schema.version,
        schema.examples.join(", "),
        shown.join("; ")
    )
}
