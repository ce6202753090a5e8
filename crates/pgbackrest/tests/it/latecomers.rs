//! Databases that are younger than the last backup, which pgBackRest knows nothing of.

use cloison_pgbackrest::{Moment, RestoreError, Scope};

use crate::world::{World, notes, wanted};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_made_after_the_backup_comes_with_the_log() {
    let world = World::of("latecomers", &[], &["anchor", "template", "b"]).await;
    let live = world.live("postgres").await;
    live.make("fresh", "template0").await;
    live.make("cloned", "template").await;
    live.run("create database copied template template strategy file_copy").await;
    live.run("create database lost template b strategy file_copy").await;
    live.run("alter database cloned allow_connections false").await;
    world.live("fresh").await.write("fresh").await;
    world.archive().await;

    // All of them at once, by the anchor: none is in the backup.
    let all = ["fresh", "cloned", "copied"].map(wanted);
    let order = world.order(&all, Moment::Latest);
    let scratch =
        cloison_pgbackrest::restore(&world.stanza, &world.installation, &order).await.unwrap();
    let anchored = vec![live.oid("anchor").await, live.oid("template").await];
    assert_eq!(scratch.replay().scope, Scope::Only(anchored));
    let [fresh, cloned, copied] = scratch.databases() else { panic!("{:?}", scratch.databases()) };
    assert_eq!(notes(&scratch, fresh).await, ["fresh"]);
    // It took no connections then; here it does.
    assert_eq!(notes(&scratch, cloned).await, ["before the backup"]);
    // The log says only that files were copied; so what they were copied from has to be there.
    assert_eq!(notes(&scratch, copied).await, ["before the backup"]);
    for found in scratch.databases() {
        assert_eq!(scratch.amcheck(&found.name).await.unwrap(), Vec::<String>::new());
    }
    drop(scratch);

    // And if it is not, that is noticed.
    let refused = world.restore("lost", Moment::Latest).await.unwrap_err();
    assert!(
        matches!(&refused, RestoreError::Unreadable { name, .. } if name == "lost"),
        "{refused}"
    );
    assert!(refused.to_string().contains("template"), "{refused}");
}
