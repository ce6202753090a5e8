//! Databases that had another name then, and backups from before there was an anchor.

use cloison_pgbackrest::{Kind, Moment, Scope, Wanted};

use crate::world::{World, notes};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_is_found_by_whatever_it_was_called() {
    let world = World::new("names").await;
    let live = world.live("postgres").await;
    let oid = live.oid("a").await;
    world.live("a").await.write("as a").await;
    world.live("b").await.write("as b").await;
    live.run("alter database a rename to old").await;
    let renamed = world.live("old").await.write("as old").await;
    // Its name is another one's now, as after a swap.
    live.run("alter database b rename to a").await;
    world.archive().await;

    // By its number it is found under the name that it had at that moment.
    let known = Wanted { name: "new".to_owned(), oid: Some(oid) };
    let scratch = world.restore_wanted(&known, Moment::At(renamed)).await.unwrap();
    let found = scratch.databases()[0].clone();
    assert_eq!((found.name.as_str(), found.oid), ("old", oid));
    assert_eq!(notes(&scratch, &found).await, ["as a", "as old", "before the backup"]);
    drop(scratch);

    // By its name alone, too, though the backup has it under another, which is known only after the replay.
    let scratch = world.restore("old", Moment::Latest).await.unwrap();
    assert_eq!(scratch.databases()[0].oid, oid);
    assert_eq!(notes(&scratch, &scratch.databases()[0]).await.len(), 3);
    drop(scratch);

    let scratch = world.restore("a", Moment::Latest).await.unwrap();
    assert_eq!(notes(&scratch, &scratch.databases()[0]).await, ["as b", "before the backup"]);
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
