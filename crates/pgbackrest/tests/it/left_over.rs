//! Restores and backups that do not come to their end.

use std::{fs, time::Duration};

use cloison_local_postgres::{ClusterConfig, Room};
use cloison_pgbackrest::{Error, Kind, Moment, clear_leftovers, restore};
use tokio::time::timeout;

use crate::world::{World, eventually, folders, wanted};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_crash_leaves_nothing_for_good() {
    let world = World::of("leftovers", &[], &["anchor", "a"]).await;
    let folder = world.scratches();
    assert_eq!(clear_leftovers(&folder).unwrap(), 0, "there is not even a folder");

    let scratch = world.restore("a", Moment::Latest).await.unwrap();
    assert_eq!(clear_leftovers(&folder).unwrap(), 0, "it is in use");
    assert_eq!(folders(&folder).len(), 1);
    drop(scratch);
    assert_eq!(folders(&folder).len(), 0);

    // As a process leaves it that is killed: a folder that nobody has locked, with a server in it.
    let left = folder.join("scratch-1-1");
    let config = ClusterConfig::new(&left);
    let cluster = cloison_local_postgres::Cluster::start(&world.installation, &config).unwrap();
    let pid_file = cluster.data().join("postmaster.pid");
    cluster.leave_running();
    let pid = fs::read_to_string(&pid_file).unwrap();
    let pid: i32 = pid.lines().next().unwrap().parse().unwrap();
    assert_eq!(clear_leftovers(&folder).unwrap(), 1);
    assert_eq!(folders(&folder).len(), 0);
    assert!(!std::path::Path::new(&format!("/proc/{pid}/cwd")).exists(), "the server was stopped");

    // One that was killed while files were brought.
    let room = Room::take(&config).unwrap();
    fs::create_dir(room.data()).unwrap();
    drop(room);
    assert_eq!(clear_leftovers(&folder).unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_given_up_ends() {
    let world = World::of("given-up", &[], &["anchor", "a"]).await;
    world.live("a").await.write("A").await;
    world.archive().await;

    // At moments from the first to the last: before there are files, among them, during the replay.
    let order = world.order(&[wanted("a")], Moment::Latest);
    for millis in [1, 300, 1_000] {
        let restoring = restore(&world.stanza, &world.installation, &order);
        drop(timeout(Duration::from_millis(millis), restoring).await);
    }
    // Threads that were under way end by themselves.
    eventually(async || folders(&world.scratches()).is_empty()).await;

    // A backup that is dropped lets go of its lock, and the server of the backup.
    let backing_up = world.stanza.backup(Kind::Full);
    timeout(Duration::from_millis(300), backing_up).await.unwrap_err();
    eventually(async || match world.stanza.backup(Kind::Incr).await {
        Ok(()) => true,
        Err(Error::Busy { .. }) => false,
        Err(error) => panic!("{error}"),
    })
    .await;
    assert!(world.stanza.verify().await.unwrap().is_sound());
}
