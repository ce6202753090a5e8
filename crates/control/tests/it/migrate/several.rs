//! An upgrade of several segments, of which a later one fails.

use cloison_control::migrate::{Left, Migrated};
use cloison_model::RetryClass;

use super::ground::{Files, Ground, NOTES};

const ROOMS: (&str, &str) = ("2_rooms.sql", "create table rooms ()");
const ROOMS_DOWN: (&str, &str) = ("2_rooms.down.sql", "drop table rooms");
const FILL: (&str, &str) = ("3_fill.sql", "-- phase: backfill\nupdate notes set body = 'full'");
const FILL_DOWN: (&str, &str) = ("3_fill.down.sql", "update notes set body = 'empty'");
const BROKEN: (&str, &str) = ("4_broken.sql", "create table half (); select 1 / 0");

#[tokio::test]
async fn all_of_them() {
    let ground = Ground::new().await;
    let index = (
        "4_index.sql",
        "-- no-transaction\ncreate index concurrently if not exists notes_body on notes (body);",
    );
    let done = ground.up(&[NOTES, ROOMS, FILL, index]).await.unwrap();
    assert_eq!(done, Migrated { version: 4, ran: vec![2, 3, 4] });
    assert_eq!(ground.has().await, "1 2 3 4 notes notes_body rooms");
}

#[tokio::test]
async fn in_one_transaction_it_is_where_it_was() {
    let ground = Ground::new().await;
    let it = ground.fails(&[NOTES, ROOMS, ("3_b.sql", "create table b ()"), BROKEN]).await;
    assert_eq!((it.version, it.at, it.left), (4, 1, Left::AsBefore));
    assert_eq!(ground.has().await, "1 notes");
}

#[tokio::test]
async fn what_was_done_is_taken_back() {
    let ground = Ground::new().await;
    let it = ground.fails(&[NOTES, ROOMS, ROOMS_DOWN, FILL, FILL_DOWN, BROKEN]).await;
    assert_eq!((it.at, &it.left), (1, &Left::TakenBack));
    assert_eq!(
        it.to_string(),
        "migration 4 (broken) failed in line 1: division by zero (22012); the database was taken back to version 1"
    );
    assert_eq!(ground.has().await, "1 notes");
}

#[tokio::test]
async fn without_a_way_back_it_stays_and_says_so() {
    let ground = Ground::new().await;
    let it = ground.fails(&[NOTES, ROOMS, FILL, FILL_DOWN, BROKEN]).await;
    assert_eq!(it.at, 3);
    assert!(
        it.to_string().ends_with(
            "the database stays at version 3, since there is no way back from 0002_rooms.sql: no down file takes it back"
        ),
        "{it}"
    );
    assert_eq!(ground.has().await, "1 2 3 notes rooms");
}

#[tokio::test]
async fn a_way_back_that_fails_is_told_too() {
    let ground = Ground::new().await;
    let wrong = ("2_rooms.down.sql", "drop table room");
    let it = ground.fails(&[NOTES, ROOMS, wrong, FILL, FILL_DOWN, BROKEN]).await;
    assert_eq!(it.at, 2, "the backfill is taken back");
    assert!(it.to_string().contains("since the way back from migration 2 (rooms) failed"), "{it}");
    assert_eq!(ground.has().await, "1 2 notes rooms");
}

#[tokio::test]
async fn what_may_pass_is_not_taken_back() {
    let ground = Ground::new().await;
    // As a disk that is full.
    let full = (
        "4_full.sql",
        "do $$ begin raise exception 'no space left' using errcode = '53100'; end $$",
    );
    let files: Files<'_> = &[NOTES, ROOMS, ROOMS_DOWN, FILL, FILL_DOWN, full];
    let it = ground.fails(files).await;
    assert_eq!((it.class(), it.at, &it.left), (RetryClass::Passing, 3, &Left::AsBefore));
    assert_eq!(ground.has().await, "1 2 3 notes rooms");
}

#[tokio::test]
async fn half_a_file_without_a_transaction_is_taken_back_with_the_rest() {
    let ground = Ground::new().await;
    let half = (
        "3_half.sql",
        "-- no-transaction\ncreate index concurrently if not exists i on notes (body);\ncreate unique index concurrently if not exists j on notes (body);",
    );
    let half_down = ("3_half.down.sql", "-- no-transaction\ndrop index concurrently if exists i");
    let it = ground.fails(&[NOTES, ROOMS, ROOMS_DOWN, half]).await;
    assert!(
        it.to_string().contains("stays at version 2, since there is no way back from 0003_half"),
        "{it}"
    );
    assert_eq!(ground.has().await, "1 2 i notes rooms");

    let it = ground.fails(&[NOTES, ROOMS, ROOMS_DOWN, half, half_down]).await;
    // What an earlier run had done is not this one's to take back.
    assert_eq!((it.sqlstate.as_str(), it.at, &it.left), ("23505", 2, &Left::TakenBack));
    assert_eq!(ground.has().await, "1 2 notes rooms");
}
