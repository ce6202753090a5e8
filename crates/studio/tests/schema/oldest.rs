//! The oldest schema that the pages work with: every statement of theirs is prepared there.

use cloison_studio::{MIGRATIONS, SCHEMA_MIN};
use cloison_testkit::Server;

use crate::statements::statements;
use crate::studio::migrate;

/// The statements that cannot be prepared on a database with so many migrations.
async fn unfit(migrations: i64) -> Vec<String> {
    let database = Server::shared().database("oldest").await;
    let some = &MIGRATIONS[..usize::try_from(migrations).unwrap()];
    migrate(&database, some).await.unwrap();
    let client = database.connect().await;
    let mut unfit = Vec::new();
    for (name, sql) in statements() {
        if let Err(error) = client.prepare(&sql).await {
            unfit.push(format!("{name}: {error:?}"));
        }
    }
    unfit
}

#[tokio::test]
async fn the_pages_work_with_the_oldest_schema_and_with_none_before() {
    assert!(statements().len() > 40);
    let (last, _) = MIGRATIONS[usize::try_from(SCHEMA_MIN).unwrap() - 1];
    assert!(last.starts_with(&format!("{SCHEMA_MIN:04}_")), "{last}");
    assert_eq!(unfit(SCHEMA_MIN).await, [""; 0]);
    assert_ne!(unfit(SCHEMA_MIN - 1).await, [""; 0]);
}
