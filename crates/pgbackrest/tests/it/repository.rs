//! Backups, what is known of them, and a repository that is not what it should be.

use std::fs;

use cloison_local_postgres::Cluster;
use cloison_pgbackrest::{Error, Info, Kind, Policy, due};
use jiff::Timestamp;

use crate::world::World;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn backups_are_made_known_and_verified() {
    let mut world = World::bare("repository", &[]);
    let stanza = world.stanza.clone();
    assert_eq!(stanza.info().await.unwrap(), Info::default());
    for refused in
        [stanza.backup(Kind::Full).await.unwrap_err(), stanza.verify().await.unwrap_err()]
    {
        assert!(matches!(refused, Error::NoStanza { .. }), "{refused}");
    }

    stanza.create().await.unwrap();
    stanza.create().await.unwrap();
    stanza.check().await.unwrap();
    world.live("postgres").await.make("a", "template0").await;
    let before = Timestamp::now();
    // Without a full one it is a full one.
    stanza.backup(Kind::Incr).await.unwrap();
    let (one, two) = tokio::join!(stanza.backup(Kind::Diff), stanza.backup(Kind::Diff));
    let refused = one.and(two).unwrap_err();
    assert!(matches!(refused, Error::Busy { .. }), "{refused}");

    let info = stanza.info().await.unwrap();
    let kinds: Vec<Kind> = info.backups.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [Kind::Full, Kind::Diff]);
    let (full, diff) = (&info.backups[0], &info.backups[1]);
    assert!(full.stop >= full.start && full.restorable_from() > before);
    assert!(full.added_bytes > diff.added_bytes && full.server_bytes > 20_000_000);
    assert!(info.archive(full.archive).unwrap().last >= diff.last_segment);
    assert_eq!(due(&info, Timestamp::now(), &Policy::USUAL), None);
    let detailed = stanza.info_of(&full.label).await.unwrap();
    let databases = detailed.backups[0].databases.clone().unwrap();
    assert!(databases.iter().any(|it| it.name == "a"), "{databases:?}");
    stanza.expire().await.unwrap();
    assert_eq!(stanza.info().await.unwrap(), info);

    // It goes on where the server is started anew, on another port perhaps.
    world.start_again();
    stanza.create().await.unwrap();
    stanza.backup(Kind::Incr).await.unwrap();
    assert!(stanza.verify().await.unwrap().is_sound());

    let bundles = world.repository_files(&format!("backup/live/{}/bundle/", full.label));
    let whole = fs::read(&bundles[0]).unwrap();
    let mut spoiled = whole.clone();
    spoiled[whole.len() / 2] ^= 0xff;
    fs::write(&bundles[0], spoiled).unwrap();
    let damaged = stanza.verify().await.unwrap().damaged;
    assert!(damaged.iter().any(|it| it.contains(&full.label)), "{damaged:?}");
    assert!(damaged.iter().any(|it| it.contains("checksum invalid: 1")), "{damaged:?}");
    fs::write(&bundles[0], whole).unwrap();

    // Another server is not to write into it.
    let data_dir = world.cluster().home().parent().unwrap().to_owned();
    drop(world.cluster.take());
    let refused = stanza.backup(Kind::Incr).await.unwrap_err();
    assert!(matches!(refused, Error::ServerDown { .. }), "{refused}");
    Cluster::remove(&data_dir).unwrap();
    world.start_anew();
    let refused = stanza.create().await.unwrap_err();
    assert!(matches!(refused, Error::OtherServer { .. }), "{refused}");
}
