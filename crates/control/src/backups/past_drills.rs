//! Once a day a tenant of each archived server is taken back to a random second, to see that it can be.

use cloison_catalog::queries::{backups as queries, servers};
use cloison_model::{ServerId, Subdomain, UnixSeconds, drill_second};
use jiff::{SignedDuration, Timestamp};

use crate::call::Call;
use crate::control::{Control, SERVERS_MAX};
use crate::copies::{self, Restored};
use crate::operations::StepError;

/// Who asks, in operations.
const ACTOR: &str = "cloison";
const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// What is younger may not be in the archive yet.
const SETTLED_FOR: SignedDuration = SignedDuration::from_mins(5);

/// Begins those that are due; answers how many.
pub async fn begin_past_drills(
    control: &Control,
    now: Timestamp,
    seed: u64,
) -> Result<usize, StepError> {
    let Some(point_in_time) = &control.point_in_time else { return Ok(0) };
    let servers = {
        let client = control.catalog.client().await?;
        servers::server_names().bind(&client, &SERVERS_MAX).all().await?
    };
    let mut begun = 0;
    for server in servers {
        let last = {
            let client = control.catalog.client().await?;
            queries::past_drill_last().bind(&client, &server.id).one().await?
        };
        if last.is_some_and(|it| now.duration_since(it) < EVERY) {
            continue;
        }
        // One that is not archived is `doctor`'s to tell of.
        let Ok(info) = point_in_time.info(&server.name).await else { continue };
        let Some(earliest) = info.restorable_from() else { continue };
        let seconds = |it: Timestamp| UnixSeconds(it.as_second());
        let latest = seconds(now - SETTLED_FOR);
        let id = ServerId(server.id);
        let Some(at) = drill_second(id, seed, seconds(earliest), latest) else { continue };
        let Ok(at) = Timestamp::from_second(at.0) else { continue };
        let choice = {
            let client = control.catalog.client().await?;
            let seed = seed.to_string();
            queries::past_drill_choice()
                .bind(&client, &server.id, &at, &seed.as_str())
                .opt()
                .await?
        };
        let Some(Ok(subdomain)) = choice.map(|it| it.parse::<Subdomain>()) else { continue };
        match copies::drill(control, &Call::internal(ACTOR), &subdomain, Restored::At(at)).await {
            Ok(_) => begun += 1,
            Err(error) => tracing::debug!("no drill of {subdomain} for now: {error}"),
        }
    }
    Ok(begun)
}
