//! What becomes of a session after it has been booked: moved, edited, confirmed, cancelled, by two people at once.

use cloison_studio::booking::{
    Booked, BookingError, CancelSession, ConfirmSession, Details, EditSession, Firmness,
    MoveSession, Place, SessionStatus, book, cancel, confirm, edit, move_session,
};
use cloison_studio::db::Db;
use cloison_studio_queries::queries::sessions::{self, SessionDetail};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::booking::{booking, hold_until, place, told};
use crate::studio::{Studio, hour, now};

fn drag(booked: Booked, room: Uuid, (from, to): (f64, f64)) -> MoveSession {
    MoveSession {
        session: booked.session,
        version: booked.version,
        room,
        starts_at: hour(from),
        ends_at: hour(to),
    }
}

fn edit_of(booked: Booked, place: Place, title: &str) -> EditSession {
    let details =
        Details { client: None, title: title.to_owned(), notes: "Deux casques".to_owned() };
    EditSession { session: booked.session, version: booked.version, place, details }
}

fn cancellation(booked: Booked) -> CancelSession {
    CancelSession {
        session: booked.session,
        version: booked.version,
        reason: "Grève des trains".to_owned(),
        cancelled_by: None,
    }
}

async fn detail(db: &Db, booked: Booked) -> SessionDetail {
    sessions::session_get().bind(db, &booked.session).one().await.unwrap()
}

#[tokio::test]
async fn a_move_takes_room_time_buffers_and_crew_along() {
    let studio = Studio::new("move").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let (a, b) = (studio.room("Studio A").await, studio.room("Studio B").await);
    let nadia = studio.engineer("Nadia").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let booked = book(
        &mut db,
        now(),
        &booking(place(a, (10.0, 12.0), &[nadia]), "Cordes", Firmness::Confirmed),
    )
    .await
    .unwrap();
    let blocking =
        book(&mut db, now(), &booking(place(a, (14.0, 17.0), &[]), "Cuivres", Firmness::Confirmed))
            .await
            .unwrap();

    let refused = move_session(&mut db, now(), &drag(booked, a, (13.0, 15.0))).await;
    assert!(told(refused).starts_with("Studio A | Studio A: Cuivres 14-17 | Studio B 13-15, "));
    assert_eq!(detail(&db, booked).await.version, 1, "a refusal leaves the session alone");

    // Overlapping itself is no conflict.
    let moved = move_session(&mut db, now(), &drag(booked, a, (10.5, 13.0))).await.unwrap();
    let moved = move_session(&mut db, now(), &drag(moved, b, (14.0, 17.0))).await.unwrap();
    let its = detail(&db, moved).await;
    assert_eq!(
        (its.room_name.as_deref(), its.crew_names, its.version),
        (Some("Studio B"), vec!["Nadia".to_owned()], 3)
    );
    assert_eq!((its.starts_at, its.ends_at, its.hourly_rate_cents), (hour(14.0), hour(17.0), 4500));
    let buffers = "
        select string_agg(format('%s: %s + %s', b.kind, a.starts_at - a.busy_from, a.busy_to - a.ends_at), ', ' order by b.kind)
        from allocations a join resources b on b.id = a.resource_id join sessions s on s.id = a.session_id where title = 'Cordes'";
    assert_eq!(
        studio.fetch::<String>(buffers).await,
        "ROOM: 00:00:00 + 00:15:00, STAFF: 00:00:00 + 00:00:00"
    );

    // Where it is already, nothing is written.
    let stayed = move_session(&mut db, now(), &drag(moved, b, (14.0, 17.0))).await.unwrap();
    assert_eq!(stayed, moved);
    cancel(&mut db, now(), &cancellation(blocking)).await.unwrap();
    move_session(&mut db, now(), &drag(stayed, a, (14.0, 17.0))).await.unwrap();
}

#[tokio::test]
async fn an_edit_changes_all_of_the_form() {
    let studio = Studio::new("edit").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let (a, b) = (studio.room("Studio A").await, studio.room("Studio B").await);
    let (nadia, loic) = (studio.engineer("Nadia").await, studio.engineer("Loïc").await);
    let mut db = Db::of(&tenant).await.unwrap();
    let booked = book(
        &mut db,
        now(),
        &booking(place(a, (10.0, 12.0), &[nadia]), "Cordes", Firmness::Confirmed),
    )
    .await
    .unwrap();

    let edited = edit(&mut db, now(), &edit_of(booked, place(b, (11.0, 13.0), &[loic]), "Cuivres"))
        .await
        .unwrap();
    let its = detail(&db, edited).await;
    assert_eq!((its.title.as_str(), its.notes.as_str()), ("Cuivres", "Deux casques"));
    assert_eq!((its.room_id, its.crew_ids, its.version), (Some(b), vec![loic], edited.version));

    // Nadia is free again; a form with only new words does not look at the place.
    book(&mut db, now(), &booking(place(a, (10.0, 12.0), &[nadia]), "Cordes", Firmness::Confirmed))
        .await
        .unwrap();
    let words = edit(&mut db, now(), &edit_of(edited, place(b, (11.0, 13.0), &[loic]), "Vents"))
        .await
        .unwrap();
    assert_eq!(detail(&db, words).await.title, "Vents");
}

#[tokio::test]
async fn who_looked_before_a_change_is_told() {
    let studio = Studio::new("meanwhile").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let room = studio.room("Studio A").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let seen = book(
        &mut db,
        now(),
        &booking(place(room, (10.0, 12.0), &[]), "Cordes", Firmness::Confirmed),
    )
    .await
    .unwrap();
    let moved = move_session(&mut db, now(), &drag(seen, room, (12.0, 14.0))).await.unwrap();

    let current = |result: Result<Booked, BookingError>| match result {
        Err(BookingError::ChangedMeanwhile { current }) => current,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        current(move_session(&mut db, now(), &drag(seen, room, (16.0, 18.0))).await),
        moved.version
    );
    assert_eq!(
        current(edit(&mut db, now(), &edit_of(seen, place(room, (10.0, 12.0), &[]), "x")).await),
        2
    );
    assert_eq!(current(cancel(&mut db, now(), &cancellation(seen)).await), 2);
}

#[tokio::test]
async fn of_two_who_move_at_once_one_is_told() {
    let studio = Studio::new("two_moves").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let room = studio.room("Studio A").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let seen = book(
        &mut db,
        now(),
        &booking(place(room, (10.0, 12.0), &[]), "Cordes", Firmness::Confirmed),
    )
    .await
    .unwrap();
    let mut movers = JoinSet::new();
    for step in 1_u8..=8 {
        let tenant = tenant.clone();
        let from = 12.0 + f64::from(step);
        movers.spawn(async move {
            let mut db = Db::of(&tenant).await.unwrap();
            move_session(&mut db, now(), &drag(seen, room, (from, from + 2.0))).await
        });
    }
    let (done, told): (Vec<_>, Vec<_>) =
        movers.join_all().await.into_iter().partition(Result::is_ok);
    assert_eq!((done.len(), told.len()), (1, 7));
    assert!(told.iter().all(|it| matches!(it, Err(BookingError::ChangedMeanwhile { current: 2 }))));
}

/// Each wants the other's place: both are refused, and nobody waits for ever.
#[tokio::test]
async fn two_that_would_change_places_do_not_deadlock() {
    let studio = Studio::new("swap").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let (a, b) = (studio.room("Studio A").await, studio.room("Studio B").await);
    let mut db = Db::of(&tenant).await.unwrap();
    let in_a =
        book(&mut db, now(), &booking(place(a, (10.0, 12.0), &[]), "A", Firmness::Confirmed))
            .await
            .unwrap();
    let in_b =
        book(&mut db, now(), &booking(place(b, (10.0, 12.0), &[]), "B", Firmness::Confirmed))
            .await
            .unwrap();
    drop(db);
    let mut movers = JoinSet::new();
    for (booked, room) in [(in_a, b), (in_b, a)] {
        let tenant = tenant.clone();
        movers.spawn(async move {
            let mut db = Db::of(&tenant).await.unwrap();
            move_session(&mut db, now(), &drag(booked, room, (10.0, 12.0))).await
        });
    }
    for refused in movers.join_all().await {
        assert!(matches!(refused, Err(BookingError::Taken { .. })));
    }
}

#[tokio::test]
async fn the_first_hold_is_confirmed_and_the_second_waits_for_it() {
    let studio = Studio::new("confirm").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let room = studio.room("Studio A").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let evening = place(room, (18.0, 20.0), &[]);
    let hold = hold_until(hour(17.0));
    let first = book(&mut db, now(), &booking(evening.clone(), "Une", hold)).await.unwrap();
    let second = book(&mut db, now(), &booking(evening.clone(), "Deux", hold)).await.unwrap();
    let of = |booked: Booked| ConfirmSession { session: booked.session, version: booked.version };

    assert!(
        told(confirm(&mut db, now(), &of(second)).await)
            .starts_with("Studio A | Studio A: Une (hold 1) 18-20 | ")
    );
    let firm = confirm(&mut db, now(), &of(first)).await.unwrap();
    assert_eq!((firm.status, firm.hold_rank), (SessionStatus::Confirmed, None));
    assert!(
        told(confirm(&mut db, now(), &of(second)).await)
            .starts_with("Studio A | Studio A: Une 18-20 | ")
    );
    assert!(matches!(
        confirm(&mut db, now(), &of(firm)).await,
        Err(BookingError::Closed { status: SessionStatus::Confirmed })
    ));

    cancel(&mut db, now(), &cancellation(firm)).await.unwrap();
    // A hold that moves queues up where it comes to.
    let later = book(&mut db, now(), &booking(place(room, (21.0, 22.0), &[]), "Trois", hold))
        .await
        .unwrap();
    let behind = move_session(&mut db, now(), &drag(later, room, (19.0, 21.0))).await.unwrap();
    assert_eq!(behind.hold_rank, Some(3));
    // Too late: its time is up, though nobody has written it down yet.
    assert!(matches!(
        confirm(&mut db, hour(17.0), &of(second)).await,
        Err(BookingError::ChangedMeanwhile { .. }
            | BookingError::Closed { status: SessionStatus::Expired })
    ));
    confirm(&mut db, now(), &of(second)).await.unwrap();
}

#[tokio::test]
async fn a_deposit_that_comes_makes_it_firm() {
    let studio = Studio::new("deposit").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let room = studio.room("Studio A").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let deposit = Firmness::PendingDeposit { deposit_cents: 5_000, expires_at: hour(15.0) };
    let pending =
        book(&mut db, now(), &booking(place(room, (18.0, 20.0), &[]), "x", deposit)).await.unwrap();
    let of = ConfirmSession { session: pending.session, version: pending.version };
    assert_eq!(confirm(&mut db, now(), &of).await.unwrap().status, SessionStatus::Confirmed);
    let its = detail(&db, pending).await;
    assert_eq!(
        (its.status.as_str(), its.hold_expires_at, its.deposit_required_cents),
        ("CONFIRMED", None, 5_000)
    );
}

#[tokio::test]
async fn what_is_over_stays_as_it_was_but_for_its_words() {
    let studio = Studio::new("closed").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let room = studio.room("Studio A").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let done =
        book(&mut db, now(), &booking(place(room, (5.0, 7.0), &[]), "Cordes", Firmness::Confirmed))
            .await
            .unwrap();
    let owner = studio.owner().await;
    owner.execute("update sessions set status = 'COMPLETED'", &[]).await.unwrap();

    let closed = |result: Result<Booked, BookingError>| match result {
        Err(BookingError::Closed { status }) => status,
        other => panic!("{other:?}"),
    };
    assert_eq!(closed(cancel(&mut db, now(), &cancellation(done)).await), SessionStatus::Completed);
    assert_eq!(
        closed(move_session(&mut db, now(), &drag(done, room, (8.0, 9.0))).await),
        SessionStatus::Completed
    );
    let elsewhere = edit_of(done, place(room, (8.0, 9.0), &[]), "x");
    assert_eq!(closed(edit(&mut db, now(), &elsewhere).await), SessionStatus::Completed);
    let words = edit_of(done, place(room, (5.0, 7.0), &[]), "Cordes, prise 2");
    edit(&mut db, now(), &words).await.unwrap();

    let gone =
        book(&mut db, now(), &booking(place(room, (10.0, 12.0), &[]), "x", Firmness::Confirmed))
            .await
            .unwrap();
    let gone = cancel(&mut db, now(), &cancellation(gone)).await.unwrap();
    assert_eq!(gone.status, SessionStatus::Cancelled);
    assert_eq!(closed(cancel(&mut db, now(), &cancellation(gone)).await), SessionStatus::Cancelled);
    let words = edit_of(gone, place(room, (10.0, 12.0), &[]), "y");
    assert_eq!(closed(edit(&mut db, now(), &words).await), SessionStatus::Cancelled);
    let its = detail(&db, gone).await;
    assert_eq!(
        (its.cancelled_at, its.cancel_reason.as_deref()),
        (Some(now()), Some("Grève des trains"))
    );
}
