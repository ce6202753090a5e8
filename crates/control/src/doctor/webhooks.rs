//! Programs outside that hear of no events.

use anyhow::Result;
use jiff::{SignedDuration, Timestamp};

use super::{Check, Finding};
use crate::control::Control;
use crate::webhooks::{self, Endpoint};

/// A program that is being deployed is back by then.
const FAILING_MAX: SignedDuration = SignedDuration::from_hours(1);

pub(super) async fn examine(control: &Control, now: Timestamp) -> Result<Vec<Finding>> {
    let client = control.catalog.client().await?;
    let endpoints = webhooks::list(&client).await?;
    Ok(endpoints.iter().filter_map(|it| of_endpoint(it, now)).collect())
}

fn of_endpoint(endpoint: &Endpoint, now: Timestamp) -> Option<Finding> {
    let Endpoint { id, url, disabled_why, failing_since, .. } = endpoint;
    let subject = format!("webhook {id}");
    if let Some(why) = disabled_why {
        let what = format!("{url} is sent nothing any more: {why}");
        return Some(Finding::new(Check::WebhookDisabled, &subject, what).mend(format!(
            "when it answers again: cloison webhooks enable {id}; if nobody needs it: cloison webhooks delete {id}"
        )));
    }
    let since = failing_since.filter(|it| now.duration_since(*it) > FAILING_MAX)?;
    let what = format!("{url} has taken no event since {} UTC", since.strftime("%F %R"));
    Some(
        Finding::new(Check::WebhookFailing, &subject, what)
            .mend(format!("see what it answers: cloison webhooks show {id}")),
    )
}
