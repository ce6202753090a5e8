//! Brings what a live server has committed into the archive at once, for whoever wants to restore what was only just
//! written.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, sleep};
use tokio_postgres::Client;

use crate::wal::Segment;

/// Between two looks at the server's statistics.
const POLL: Duration = Duration::from_millis(20);

#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error(
        "this server does not archive its write-ahead log, so nothing of it can be taken back to a point in time; \
         start it with archive_mode on"
    )]
    Off,
    #[error(
        "the segment {segment} was not archived within {} s{}; look into the server's log for why",
        .within.as_secs(),
        .failed.as_ref().map(|it| format!(", and archiving {it} has failed")).unwrap_or_default()
    )]
    NotArchived { segment: String, failed: Option<String>, within: Duration },
    #[error("could not ask the server about its archive")]
    Server(#[from] tokio_postgres::Error),
}

/// Waits until all that was committed before the moment that is returned is in the archive, and one commit after it: a
/// replay to a time stops at the first later commit, and a server where nobody writes would have none.
///
/// The client is a superuser's, on any database.
pub async fn archive_now(client: &Client, within: Duration) -> Result<Timestamp, ArchiveError> {
    let archives = client.query_one("select current_setting('archive_mode') <> 'off'", &[]).await?;
    if !archives.get::<_, bool>(0) {
        return Err(ArchiveError::Off);
    }
    let marked =
        client.query_one("select clock_timestamp(), pg_current_xact_id()::text", &[]).await?;
    let through: Timestamp = marked.get(0);
    let switched = client.query_one("select pg_walfile_name(pg_switch_wal())", &[]).await?;
    let segment: String = switched.get(0);

    archived(client, &segment, within).await?;
    Ok(through)
}

/// Waits until a segment of a live server is in its archive, without asking for anything to be done.
pub async fn archived(
    client: &Client,
    segment: &str,
    within: Duration,
) -> Result<(), ArchiveError> {
    let started = Instant::now();
    loop {
        let row = client
            .query_one(
                "select last_archived_wal, last_failed_wal, last_failed_time > last_archived_time
                 from pg_stat_archiver",
                &[],
            )
            .await?;
        if row.get::<_, Option<&str>>(0).is_some_and(|it| reaches(it, segment)) {
            return Ok(());
        }
        if started.elapsed() > within {
            let failing = row.get::<_, Option<bool>>(2).unwrap_or(true);
            let failed = row.get::<_, Option<String>>(1).filter(|_| failing);
            return Err(ArchiveError::NotArchived { segment: segment.to_owned(), failed, within });
        }
        sleep(POLL).await;
    }
}

/// Segments are archived in their order. What a backup writes beside them is named after one, and comes after it.
fn reaches(archived: &str, segment: &str) -> bool {
    let parse = |it: &str| it.get(..24).and_then(|it| it.parse::<Segment>().ok());
    match (parse(archived), parse(segment)) {
        (Some(archived), Some(segment)) => !segment.is_after(archived),
        (Some(_) | None, Some(_) | None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::reaches;

    #[test]
    fn segments_come_in_their_order() {
        let segment = "000000010000000000000004";
        for (archived, expected) in [
            ("000000010000000000000003", false),
            ("000000010000000000000004", true),
            ("000000010000000000000004.00000028.backup", true),
            ("000000010000000000000005", true),
            ("000000020000000000000003", false),
            ("00000002.history", false),
        ] {
            assert_eq!(reaches(archived, segment), expected, "{archived}");
        }
    }
}
