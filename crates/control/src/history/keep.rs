//! Writing a line a minute, and keeping the lines few.

use std::time::Duration;

use cloison_catalog::queries::history as queries;
use jiff::{SignedDuration, Timestamp};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::tally::{Tally, Totals};
use crate::control::Control;
use crate::operations::{StepError, sentence};
use crate::watch::{Sight, Watch};

const MINUTE: i64 = 60;
/// Others wait for so long for whoever wrote the last line: more than a look takes.
const STEP_IN_AFTER: Duration = Duration::from_secs(20);
/// Older lines are thinned: the day's plots need each minute, the fortnight's do not.
const EACH_MINUTE_FOR: SignedDuration = SignedDuration::from_hours(2 * 24);
/// One line stays of so many seconds.
const THINNED_TO_SECONDS: i64 = 15 * MINUTE;
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(14 * 24);
/// No clock that is right is ahead by more.
const AHEAD_MAX: SignedDuration = SignedDuration::from_hours(1);

/// Until shutdown, in a process that serves.
pub async fn keep(control: Control, watch: Watch, tally: Tally, shutdown: CancellationToken) {
    let node = Uuid::now_v7();
    let mut standing = Standing::default();
    let rounds = async {
        let began = minute(Timestamp::now());
        // From what comes later this is subtracted.
        let mut written = record_requests(&control, node, began, &Totals::zero()).await;
        loop {
            standing.said(written.err().as_ref());
            sleep(until_next_minute(Timestamp::now())).await;
            written = round(&control, &watch, &tally, node, &mut standing.wrote_last).await;
        }
    };
    // On the heap: it holds all that a look does.
    shutdown.run_until_cancelled(Box::pin(rounds)).await;
}

#[derive(Default)]
struct Standing {
    wrote_last: bool,
    is_failing: bool,
}

impl Standing {
    /// Once for an outage.
    fn said(&mut self, failed: Option<&StepError>) {
        match failed {
            Some(error) if !self.is_failing => tracing::warn!(
                "the console's plots have a gap until I can write to the control database: {}",
                sentence(error)
            ),
            Some(error) => tracing::debug!("still no figures written: {}", sentence(error)),
            None => {}
        }
        self.is_failing = failed.is_some();
    }
}

async fn round(
    control: &Control,
    watch: &Watch,
    tally: &Tally,
    node: Uuid,
    wrote_last: &mut bool,
) -> Result<(), StepError> {
    let at = minute(Timestamp::now());
    record_requests(control, node, at, &tally.totals()).await?;
    if !std::mem::take(wrote_last) {
        sleep(STEP_IN_AFTER).await;
    }
    let is_there = {
        let client = control.catalog.client().await?;
        queries::history_fleet_has().bind(&client, &at).one().await?
    };
    if is_there {
        return Ok(());
    }
    *wrote_last = record(control, node, at, &*watch.glance().await).await?;
    if *wrote_last && at.as_second() % THINNED_TO_SECONDS == 0 {
        thin(control, at).await?;
    }
    Ok(())
}

/// Writes the line of a minute; answers whether it is ours. Written twice, the first one stays.
pub async fn record(
    control: &Control,
    node: Uuid,
    at: Timestamp,
    sight: &Sight,
) -> Result<bool, StepError> {
    let Some(fleet) = &sight.fleet else { return Ok(false) };
    let tenants: i64 = fleet.tenants.iter().map(|it| it.tenants).sum();
    let operations: i64 = fleet.operations.iter().map(|it| it.running).sum();
    let mut client = control.catalog.client().await?;
    let txn = client.transaction().await?;
    let written = queries::history_fleet_insert()
        .bind(
            &txn,
            &at,
            &node,
            &tenants,
            &fleet.fleet.behind,
            &fleet.fleet.quarantined,
            &operations,
            &fleet.backups.oldest_age_seconds,
        )
        .await?;
    if written == 0 {
        return Ok(false);
    }
    for server in &sight.servers {
        // One that does not answer has no line.
        let Some(facts) = &server.facts else { continue };
        let signed = |it: u64| i64::try_from(it).unwrap_or(i64::MAX);
        queries::history_server_insert()
            .bind(
                &txn,
                &at,
                &server.id.0,
                &node,
                &facts.connections.values().sum::<i64>(),
                &server.bytes().map(signed),
                &signed(server.activity.commits + server.activity.rollbacks),
            )
            .await?;
    }
    txn.commit().await?;
    Ok(true)
}

/// Writes what this process has answered up to now. Written twice, the first one stays.
pub async fn record_requests(
    control: &Control,
    node: Uuid,
    at: Timestamp,
    totals: &Totals,
) -> Result<(), StepError> {
    let client = control.catalog.client().await?;
    queries::history_requests_insert()
        .bind(&client, &at, &node, &totals.requests, &totals.errors, &totals.durations)
        .await?;
    Ok(())
}

/// Thins out what is old and forgets what is older, or ahead of its time.
pub async fn thin(control: &Control, now: Timestamp) -> Result<(), StepError> {
    // A whole stretch is old, or none of it.
    let before = floor(now - EACH_MINUTE_FOR, THINNED_TO_SECONDS);
    let client = control.catalog.client().await?;
    #[expect(clippy::cast_precision_loss, reason = "it is nine hundred")]
    let seconds = THINNED_TO_SECONDS as f64;
    queries::history_thin().bind(&client, &before, &seconds).await?;
    let (oldest, newest) = (now - KEPT_FOR, now + AHEAD_MAX);
    queries::history_fleet_forget().bind(&client, &oldest, &newest).await?;
    queries::history_servers_forget().bind(&client, &oldest, &newest).await?;
    queries::history_requests_forget().bind(&client, &oldest, &newest).await?;
    Ok(())
}

pub(super) fn floor(at: Timestamp, seconds: i64) -> Timestamp {
    let whole = at.as_second() - at.as_second().rem_euclid(seconds);
    Timestamp::from_second(whole).expect("a moment before another has a place in time")
}

fn minute(at: Timestamp) -> Timestamp {
    floor(at, MINUTE)
}

/// By the clock as it is now; whoever sets it gets another wait next time.
fn until_next_minute(now: Timestamp) -> Duration {
    let next = minute(now) + SignedDuration::from_secs(MINUTE);
    Duration::try_from(next.duration_since(now)).unwrap_or(Duration::from_mins(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_belongs_to_a_full_minute() {
        let check = |text: &str| {
            let at = text.parse().unwrap();
            (minute(at).to_string(), until_next_minute(at).as_millis())
        };
        assert_eq!(check("2026-03-18T12:00:59.5Z"), ("2026-03-18T12:00:00Z".to_owned(), 500));
        assert_eq!(check("2026-03-18T12:01:00Z"), ("2026-03-18T12:01:00Z".to_owned(), 60_000));
        assert_eq!(check("1969-12-31T23:59:30Z"), ("1969-12-31T23:59:00Z".to_owned(), 30_000));
    }
}
