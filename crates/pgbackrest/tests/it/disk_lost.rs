//! The server's disk is gone; what was committed a minute before is not.

use std::{fs, time::Instant};

use cloison_pgbackrest::{Moment, Settings, archived};
use rustix::process::{Pid, Signal, kill_process};

use crate::world::{PATIENCE, World, notes};

/// A minute shortened to a second: nobody asks for the segment, the server hands it over because of `archive_timeout`, and
/// nothing else of it depends on how long that is. What is left of the minute is for the way into the archive.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_outlives_the_disk() {
    let usual = Settings::USUAL.archive_timeout;
    let mut world = World::of("disk", &[("archive_timeout", "1s")], &["anchor", "a"]).await;
    let live = world.live("a").await;
    live.write("a minute before").await;
    let written = Instant::now();
    let segment = "select pg_walfile_name(pg_current_wal_lsn())";
    let segment: String = live.client.query_one(segment, &[]).await.unwrap().get(0);
    archived(&live.client, &segment, PATIENCE).await.unwrap();
    let took = written.elapsed();
    assert!(usual + took < std::time::Duration::from_mins(1), "it was on its way for {took:?}");
    drop(live);

    let cluster = world.cluster.take().unwrap();
    let pid = fs::read_to_string(cluster.data().join("postmaster.pid")).unwrap();
    let pid = pid.lines().next().unwrap().parse().unwrap();
    kill_process(Pid::from_raw(pid).unwrap(), Signal::KILL).unwrap();
    fs::remove_dir_all(cluster.data()).unwrap();
    drop(cluster);

    let scratch = world.restore("a", Moment::Latest).await.unwrap();
    let notes = notes(&scratch, &scratch.databases()[0]).await;
    assert_eq!(notes, ["a minute before", "before the backup"]);
}
