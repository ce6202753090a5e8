//! Databases that had another name then, and backups from before there was an anchor.

use cloison_pgbackrest::{Kind, Moment, Scope, Wanted};

use crate::world::{World, notes};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_is_found_by_the_name_that_it_had() {
    let world = World::new("names").await;
    let live = world.live("postgres").await;
    world.live("b").await.write("as b").await;
    let before = world.live("a").await.write("as a").await;
    // They trade places.
    for (from, to) in [("a", "x"), ("b", "a"), ("x", "b")] {
        live.run(&format!("alter database {from} rename to {to}")).await;
    }
    world.archive().await;
    let oid = live.oid("a").await;
    let known = Wanted { name: "a".to_owned(), oid: Some(oid) };

    // What has its number today was there then, too, and was another one.
    let scratch = world.restore_wanted(&known, Moment::At(before)).await.unwrap();
    let found = scratch.databases()[0].clone();
    assert_eq!((found.name.as_str(), found.oid), ("a", live.oid("b").await));
    assert_eq!(notes(&scratch, &found).await, ["as a", "before the backup"]);
    drop(scratch);

    let scratch = world.restore_wanted(&known, Moment::Latest).await.unwrap();
    assert_eq!(scratch.databases()[0].oid, oid);
    assert_eq!(notes(&scratch, &scratch.databases()[0]).await, ["as b", "before the backup"]);
    drop(scratch);

    // By its name alone, too, though the backup has it under another, which is known only after the replay.
    let scratch = world.restore("b", Moment::Latest).await.unwrap();
    assert_eq!(notes(&scratch, &scratch.databases()[0]).await, ["as a", "before the backup"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_an_anchor_everything_is_restored() {
    let world = World::bare("anchorless", &[]);
    world.stanza.create().await.unwrap();
    world.stanza.backup(Kind::Full).await.unwrap();
    world.live("postgres").await.make("fresh", "template0").await;
    world.live("fresh").await.write("fresh").await;
    world.archive().await;
    let scratch = world.restore("fresh", Moment::Latest).await.unwrap();
    assert_eq!(scratch.replay().scope, Scope::Everything);
    assert_eq!(notes(&scratch, &scratch.databases()[0]).await, ["fresh"]);
}
