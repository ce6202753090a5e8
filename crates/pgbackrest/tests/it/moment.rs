//! One database as it was at a second, and the seconds that cannot be had.

use cloison_pgbackrest::{Moment, RestoreError, Scope};
use tokio_postgres::NoTls;

use crate::world::{Session, World, folders, notes};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_committed_by_then_and_nothing_later() {
    let world = World::new("moment").await;
    let a = world.live("a").await;
    let between = a.write("A").await;
    a.write("B").await;
    world.live("b").await.write("B").await;
    world.archive().await;
    let archived = world.repository_files("archive/live/15-1/").len();

    let scratch = world.restore("a", Moment::At(between)).await.unwrap();
    let found = scratch.databases()[0].clone();
    assert_eq!(notes(&scratch, &found).await, ["A", "before the backup"]);
    assert_eq!(scratch.amcheck("a").await.unwrap(), Vec::<String>::new());
    assert!(!scratch.replay().ignored_invalid_pages);
    assert_eq!(scratch.replay().scope, Scope::Only(vec![found.oid]));
    assert!(scratch.replay().last_transaction.unwrap() <= between);

    // The others take no space and cannot be read.
    let other = scratch.config("b").connect(NoTls).await.err().unwrap();
    assert!(other.as_db_error().unwrap().message().contains("invalid data"), "{other:?}");

    // It is nobody's business but ours, and writes to nobody's archive.
    let session = Session::open(&scratch.config("postgres")).await;
    let asked = "select current_setting('listen_addresses') || current_setting('archive_mode')";
    let said: String = session.client.query_one(asked, &[]).await.unwrap().get(0);
    assert_eq!(said, "off");
    session.run("select pg_switch_wal()").await;
    drop(session);
    scratch.close().await.unwrap();
    assert_eq!(folders(&world.scratches()), Vec::<std::path::PathBuf>::new());
    assert_eq!(world.repository_files("archive/live/15-1/").len(), archived);

    // The whole archive, too.
    let scratch = world.restore("a", Moment::Latest).await.unwrap();
    let found = &scratch.databases()[0];
    assert_eq!(notes(&scratch, found).await, ["A", "B", "before the backup"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_had_is_said_with_what_can() {
    let world = World::new("unreachable").await;
    let info = world.stanza.info().await.unwrap();
    let earliest = info.restorable_from().unwrap();
    let live = world.live("postgres").await;

    let before = earliest - jiff::SignedDuration::from_millis(1);
    let refused = world.restore("a", Moment::At(before)).await.unwrap_err();
    assert!(matches!(refused, RestoreError::TooEarly { earliest: it, .. } if it == earliest));
    assert!(refused.to_string().contains(&earliest.to_string()), "{refused}");

    let not_yet_made = world.live("a").await.write("1").await;
    live.make("late", "template0").await;
    let there = world.live("late").await.write("late").await;
    live.run("drop database late").await;
    let dropped = world.live("a").await.write("2").await;
    world.archive().await;
    let latest = world.live("a").await.write("not archived").await;

    for at in [not_yet_made, dropped] {
        let refused = world.restore("late", Moment::At(at)).await.unwrap_err();
        assert!(
            matches!(&refused, RestoreError::NoDatabase { name, .. } if name == "late"),
            "{refused}"
        );
        assert!(refused.to_string().contains(&at.to_string()), "{refused}");
    }
    // Its files went before the next commit did, and are there all the same.
    let scratch = world.restore("late", Moment::At(there)).await.unwrap();
    assert_eq!(notes(&scratch, &scratch.databases()[0]).await, ["late"]);
    drop(scratch);

    let refused = world.restore("a", Moment::At(latest)).await.unwrap_err();
    let RestoreError::NotYetArchived { last: Some(last), .. } = refused else {
        panic!("{refused}");
    };
    assert!(last > dropped && last < latest, "{last}");
    // What is to be done about it, done.
    assert!(world.archive().await > latest);
    let scratch = world.restore("a", Moment::At(latest)).await.unwrap();
    let notes = notes(&scratch, &scratch.databases()[0]).await;
    assert!(notes.contains(&"not archived".to_owned()), "{notes:?}");
}
