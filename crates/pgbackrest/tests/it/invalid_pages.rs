//! A log that speaks of pages which were left out.

use cloison_pgbackrest::Moment;

use crate::world::{World, notes};

/// A server writes a page whole when it first changes it after a checkpoint, so that a page of nothing is made whole by the
/// replay. One that is told not to writes changes of pages which a selective restore does not have.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pages_of_other_databases_are_passed_over_and_the_wanted_one_is_checked() {
    let world = World::with("pages", &[("full_page_writes", "off")]).await;
    let b = world.live("b").await;
    b.write("changes a page that will not be there").await;
    world.live("a").await.write("A").await;
    world.archive().await;

    let scratch = world.restore("a", Moment::Latest).await.unwrap();
    assert!(scratch.replay().ignored_invalid_pages);
    assert_eq!(notes(&scratch, &scratch.databases()[0]).await, ["A", "before the backup"]);
}
