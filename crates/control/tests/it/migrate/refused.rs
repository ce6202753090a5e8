//! A release that does not go with a database's history is refused by the name of the file, before anything is touched.

use cloison_control::migrate::Way;
use cloison_model::RetryClass;

use super::ground::{Files, Ground, NOTES};

const TWO: (&str, &str) = ("2_two.sql", "create table two ()");

async fn check(ground: &Ground, files: Files<'_>, way: Way) -> String {
    let error = ground.go(files, way).await.unwrap_err();
    assert_eq!(error.class(), RetryClass::Lasting);
    error.to_string()
}

#[tokio::test]
async fn edited_missing_out_of_order_and_newer() {
    let ground = Ground::new().await;
    ground.up(&[NOTES, ("3_three.sql", "create table three ()")]).await.unwrap();
    let three = ("3_three.sql", "create table three ()");
    let before = ground.has().await;
    let up = Way::Up { to: 9 };
    for (files, expected) in [
        (
            [NOTES, ("3_three.sql", "create table tree ()")],
            "3 (three) was applied with another text",
        ),
        ([TWO, three], "1 (notes) was applied and is not in this release"),
        ([NOTES, TWO], "the database is at version 3, newer than the 2 of this release"),
    ] {
        let found = check(&ground, &files, up).await;
        assert!(found.contains(expected), "{found}");
    }
    let found = check(&ground, &[NOTES, TWO, three], up).await;
    assert!(found.contains("2 (two) comes before 3"), "{found}");
    assert_eq!(ground.has().await, before);
}

#[tokio::test]
async fn a_way_back_without_its_file() {
    let ground = Ground::new().await;
    let files: Files<'_> = &[
        NOTES,
        TWO,
        ("3_three.sql", "create table three ()"),
        ("3_three.down.sql", "drop table three"),
    ];
    ground.up(files).await.unwrap();
    let found = check(&ground, files, Way::Down { to: 1 }).await;
    assert_eq!(found, "there is no way back from 0002_two.sql: no down file takes it back");
    assert_eq!(ground.has().await, "1 2 3 notes three two");
}
