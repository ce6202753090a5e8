//! What the database itself refuses, whoever asks and however: the last line behind every booking.

use tokio::task::JoinSet;
use tokio_postgres::{Client, Error};
use uuid::Uuid;

use crate::studio::{Studio, broken, hour, state};

/// A session in a room with this many minutes of buffer on either side, written past all our own code.
async fn insert(
    client: &Client,
    room: Uuid,
    (from, to): (f64, f64),
    buffer_minutes: i32,
    status: &str,
    rank: Option<i16>,
) -> Result<Uuid, Error> {
    client.execute("begin", &[]).await?;
    let inserted = insert_both(client, room, (from, to), buffer_minutes, status, rank).await;
    client.execute(if inserted.is_ok() { "commit" } else { "rollback" }, &[]).await?;
    inserted
}

async fn insert_both(
    client: &Client,
    room: Uuid,
    (from, to): (f64, f64),
    buffer_minutes: i32,
    status: &str,
    rank: Option<i16>,
) -> Result<Uuid, Error> {
    let (from, to) = (hour(from), hour(to));
    let session: Uuid = client
        .query_one(
            "insert into sessions (title, status, starts_at, ends_at, hold_rank, hold_expires_at)
             values ('test', $1, $2, $3, $4, $3) returning id",
            &[&status, &from, &to, &rank],
        )
        .await?
        .get(0);
    client
        .execute(
            "insert into allocations (session_id, resource_id, starts_at, ends_at, busy_from, busy_to)
             values ($1, $2, $3, $4, $3::timestamptz - make_interval(mins => $5), $4::timestamptz + make_interval(mins => $5))",
            &[&session, &room, &from, &to, &buffer_minutes],
        )
        .await?;
    Ok(session)
}

async fn set_status(client: &Client, session: Uuid, status: &str) -> Result<u64, Error> {
    client
        .execute(
            "update sessions
             set status = $2,
                 hold_rank = case when $2 = 'HOLD' then coalesce(hold_rank, 1) end,
                 cancelled_at = case when $2 = 'CANCELLED' then starts_at end
             where id = $1",
            &[&session, &status],
        )
        .await
}

const TAKEN: &str = "allocations_no_double_booking";

#[tokio::test]
async fn a_buffer_is_as_taken_as_the_session_and_neighbours_may_touch() {
    let studio = Studio::new("buffers").await;
    let (app, room) = (studio.app().await, studio.room("Studio A").await);

    insert(&app, room, (10.0, 14.0), 15, "CONFIRMED", None).await.unwrap();
    assert_eq!(broken(insert(&app, room, (12.0, 16.0), 0, "CONFIRMED", None).await), TAKEN);
    assert_eq!(broken(insert(&app, room, (14.0, 16.0), 0, "CONFIRMED", None).await), TAKEN);
    assert_eq!(broken(insert(&app, room, (14.25, 16.0), 15, "CONFIRMED", None).await), TAKEN);
    // Buffers stack: the set-up of the next does not eat the tear-down of the one before.
    insert(&app, room, (14.5, 16.0), 15, "CONFIRMED", None).await.unwrap();
    insert(&app, room, (9.0, 9.75), 0, "CONFIRMED", None).await.unwrap();
}

#[tokio::test]
async fn a_hold_of_each_rank_fits_and_only_one_becomes_firm() {
    let studio = Studio::new("holds").await;
    let (app, room) = (studio.app().await, studio.room("Studio A").await);
    let evening = (18.0, 22.0);

    let first = insert(&app, room, evening, 0, "HOLD", Some(1)).await.unwrap();
    assert_eq!(broken(insert(&app, room, (20.0, 23.0), 0, "HOLD", Some(1)).await), TAKEN);
    let second = insert(&app, room, (20.0, 23.0), 0, "HOLD", Some(2)).await.unwrap();

    set_status(&app, first, "CONFIRMED").await.unwrap();
    assert_eq!(broken(set_status(&app, second, "CONFIRMED").await), TAKEN);
    assert_eq!(broken(set_status(&app, second, "PENDING_DEPOSIT").await), TAKEN);
    set_status(&app, first, "CANCELLED").await.unwrap();
    set_status(&app, second, "CONFIRMED").await.unwrap();
}

#[tokio::test]
async fn cancelling_frees_the_room() {
    let studio = Studio::new("cancel").await;
    let (app, room) = (studio.app().await, studio.room("Studio A").await);
    for status in ["INQUIRY", "EXPIRED"] {
        insert(&app, room, (10.0, 14.0), 0, status, None).await.unwrap();
    }
    let session = insert(&app, room, (10.0, 14.0), 0, "CONFIRMED", None).await.unwrap();
    set_status(&app, session, "CANCELLED").await.unwrap();
    insert(&app, room, (10.0, 14.0), 0, "CONFIRMED", None).await.unwrap();
}

#[tokio::test]
async fn a_session_goes_only_where_the_state_machine_lets_it() {
    const STATUSES: [&str; 9] = [
        "INQUIRY",
        "HOLD",
        "PENDING_DEPOSIT",
        "CONFIRMED",
        "IN_PROGRESS",
        "COMPLETED",
        "CANCELLED",
        "NO_SHOW",
        "EXPIRED",
    ];
    let studio = Studio::new("states").await;
    let (app, room) = (studio.app().await, studio.room("Studio A").await);

    let mut legal = Vec::new();
    for from in STATUSES {
        let mut to_all = Vec::new();
        for to in STATUSES.into_iter().filter(|to| *to != from) {
            app.execute("begin", &[]).await.unwrap();
            // Where a status allows it, the row says when it was cancelled from the start.
            let rank = (from == "HOLD").then_some(1);
            let start = if from == "CANCELLED" { "CONFIRMED" } else { from };
            let session = insert_both(&app, room, (10.0, 12.0), 0, start, rank).await.unwrap();
            if from == "CANCELLED" {
                set_status(&app, session, from).await.unwrap();
            }
            match set_status(&app, session, to).await {
                Ok(_) => to_all.push(to),
                refused => {
                    assert_eq!(broken(refused), "sessions_transition_legal", "{from} -> {to}");
                }
            }
            app.execute("rollback", &[]).await.unwrap();
        }
        legal.push(format!("{from}: {}", to_all.join(" ")));
    }
    insta::assert_snapshot!(legal.join("\n"), @r"
    INQUIRY: HOLD PENDING_DEPOSIT CONFIRMED CANCELLED EXPIRED
    HOLD: PENDING_DEPOSIT CONFIRMED CANCELLED EXPIRED
    PENDING_DEPOSIT: HOLD CONFIRMED CANCELLED EXPIRED
    CONFIRMED: IN_PROGRESS COMPLETED CANCELLED NO_SHOW
    IN_PROGRESS: COMPLETED CANCELLED
    COMPLETED: 
    CANCELLED: 
    NO_SHOW: COMPLETED
    EXPIRED: 
    ");
}

#[tokio::test]
async fn of_sixteen_who_write_at_once_one_gets_the_room() {
    let studio = Studio::new("race").await;
    let room = studio.room("Studio A").await;
    let mut writers = JoinSet::new();
    for _ in 0..16 {
        let app = studio.app().await;
        writers.spawn(async move { insert(&app, room, (10.0, 14.0), 0, "CONFIRMED", None).await });
    }
    let (written, refused): (Vec<_>, Vec<_>) =
        writers.join_all().await.into_iter().partition(Result::is_ok);
    assert_eq!((written.len(), refused.len()), (1, 15));
    for refusal in refused {
        assert_eq!(broken(refusal), TAKEN);
    }
    assert_eq!(studio.fetch::<i64>("select count(*) from allocations").await, 1);
}

#[tokio::test]
async fn a_session_and_its_room_cannot_part() {
    let studio = Studio::new("follow").await;
    let (app, room) = (studio.app().await, studio.room("Studio A").await);
    let session = insert(&app, room, (10.0, 14.0), 0, "CONFIRMED", None).await.unwrap();

    let moved = "update sessions set ends_at = ends_at + interval '1 hour' where id = $1";
    assert_eq!(broken(app.execute(moved, &[&session]).await), "allocations_follow_session");
    let stretched = "update allocations set ends_at = ends_at + interval '1 hour', busy_to = busy_to + interval '1 hour'
                     where session_id = $1";
    assert_eq!(broken(app.execute(stretched, &[&session]).await), "allocations_follow_session");
}

#[tokio::test]
async fn a_room_is_a_resource_of_its_kind() {
    let studio = Studio::new("kinds").await;
    let (app, room) = (studio.app().await, studio.room("Studio A").await);
    let gear = app.execute("insert into equipment (id, name) values ($1, 'U 87')", &[&room]).await;
    assert_eq!(broken(gear), "equipment_resource_fkey");
    let kind = app.execute("update rooms set kind = 'STAFF' where id = $1", &[&room]).await;
    assert_eq!(state(kind), tokio_postgres::error::SqlState::GENERATED_ALWAYS);
}

#[tokio::test]
async fn the_bounds_hold_without_the_form() {
    let studio = Studio::new("bounds").await;
    let (app, room) = (studio.app().await, studio.room("Studio A").await);
    let long = (0.0, 14.0 * 24.0 + 1.0);
    assert_eq!(
        broken(insert(&app, room, long, 0, "CONFIRMED", None).await),
        "sessions_length_sane"
    );
    let backwards = (12.0, 11.0);
    assert_eq!(
        broken(insert(&app, room, backwards, 0, "CONFIRMED", None).await),
        "sessions_end_after_start"
    );
    assert_eq!(
        broken(insert(&app, room, (1.0, 2.0), 0, "HOLD", Some(10)).await),
        "sessions_hold_rank_known"
    );
    assert_eq!(
        broken(insert(&app, room, (1.0, 2.0), 0, "HOLD", None).await),
        "sessions_hold_has_rank"
    );
    assert_eq!(
        broken(insert(&app, room, (1.0, 2.0), 0, "DREAMT", None).await),
        "sessions_status_known"
    );
    insert(&app, room, (1.0, 2.0), 0, "CONFIRMED", None).await.unwrap();
    let title = app.execute("update sessions set title = repeat('a', 121)", &[]).await;
    assert_eq!(broken(title), "sessions_title_length");
}
