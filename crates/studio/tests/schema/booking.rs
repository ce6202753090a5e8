//! Booking through the router, as the tenant's own role: who gets the room, and what the others are told.

use cloison_studio::booking::{
    Booked, BookingError, CancelSession, Change, Details, Firmness, NewBooking, Outlook, Place,
    Problem, SessionStatus, Unknown, apply, book, cancel, preview,
};
use cloison_studio::db::Db;
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;
use tokio_postgres::error::SqlState;
use uuid::Uuid;

use crate::studio::{Studio, hour, now};

pub(crate) fn place(room: Uuid, (from, to): (f64, f64), crew: &[Uuid]) -> Place {
    Place { room, starts_at: hour(from), ends_at: hour(to), crew: crew.to_vec() }
}

pub(crate) fn booking(place: Place, title: &str, firmness: Firmness) -> NewBooking {
    let details = Details { client: None, title: title.to_owned(), notes: String::new() };
    NewBooking { place, details, firmness, booked_by: None }
}

pub(crate) fn hold_until(at: Timestamp) -> Firmness {
    Firmness::Hold { expires_at: at }
}

/// A refusal as a person reads it: what is in the way, and after the bar what is free; hours are UTC, in quarters.
pub(crate) fn told(refused: Result<Booked, BookingError>) -> String {
    let (wanted, conflicts, free) = match refused.unwrap_err() {
        BookingError::Taken { wanted, conflicts, free } => (wanted, conflicts, free),
        other => panic!("refused for another reason: {other:?}"),
    };
    let clock = |at: Timestamp| at.duration_since(hour(0.0)).as_secs_f64() / 3600.0;
    let conflicts = conflicts.iter().map(|it| {
        let rank = it.hold_rank.map_or_else(String::new, |rank| format!(" (hold {rank})"));
        let client =
            it.client.as_deref().map_or_else(String::new, |client| format!(" of {client}"));
        format!(
            "{}: {}{client}{rank} {}-{}",
            it.resource,
            it.title,
            clock(it.starts_at),
            clock(it.ends_at)
        )
    });
    let free = free
        .iter()
        .map(|it| format!("{} {}-{}", it.room_name, clock(it.starts_at), clock(it.ends_at)));
    format!(
        "{wanted} | {} | {}",
        conflicts.collect::<Vec<_>>().join(", "),
        free.collect::<Vec<_>>().join(", ")
    )
}

#[tokio::test]
async fn a_second_booking_is_told_by_whom_and_what_is_free() {
    let studio = Studio::new("told").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let (a, b, client) = (
        studio.room("Studio A").await,
        studio.room("Studio B").await,
        studio.client("Goéland").await,
    );
    let mut db = Db::of(&tenant).await.unwrap();

    let mut first = booking(place(a, (14.0, 17.0), &[]), " Marée haute ", Firmness::Confirmed);
    first.details.client = Some(client);
    let booked = book(&mut db, now(), &first).await.unwrap();
    assert_eq!(
        (booked.version, booked.status, booked.hold_rank),
        (1, SessionStatus::Confirmed, None)
    );

    // Studio A wants a quarter of an hour before and after, which both sessions have.
    let second = booking(place(a, (16.0, 18.0), &[]), "Chœurs", Firmness::Confirmed);
    assert_eq!(
        told(book(&mut db, now(), &second).await),
        "Studio A | Studio A: Marée haute of Goéland 14-17 | Studio B 16-18, Studio A 17.5-19.5, Studio A 11.5-13.5"
    );
    book(&mut db, now(), &booking(place(b, (16.0, 18.0), &[]), "Chœurs", Firmness::Confirmed))
        .await
        .unwrap();
    book(&mut db, now(), &booking(place(a, (17.5, 19.5), &[]), "Chœurs", Firmness::Confirmed))
        .await
        .unwrap();
}

#[tokio::test]
async fn of_sixteen_bookings_at_once_one_is_made_and_fifteen_are_told_which() {
    let studio = Studio::new("booking_race").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let room = studio.room("Studio A").await;
    let mut people = JoinSet::new();
    for number in 0..16 {
        let tenant = tenant.clone();
        people.spawn(async move {
            let mut db = Db::of(&tenant).await.unwrap();
            let wanted = booking(
                place(room, (14.0, 17.0), &[]),
                &format!("No {number}"),
                Firmness::Confirmed,
            );
            book(&mut db, now(), &wanted).await
        });
    }
    let (made, refused): (Vec<_>, Vec<_>) =
        people.join_all().await.into_iter().partition(Result::is_ok);
    assert_eq!((made.len(), refused.len()), (1, 15));
    let title: String = studio.fetch("select title from sessions").await;
    let expected = format!(
        "Studio A | Studio A: {title} 14-17 | Studio B 14-17, Studio A 17.5-20.5, Studio A 10.5-13.5"
    );
    for refusal in refused {
        assert_eq!(told(refusal), expected);
    }
}

/// The measured trap: without sorted locks, one in sixty of these ends in a deadlock.
#[tokio::test]
async fn bookings_of_three_resources_at_once_never_deadlock() {
    const PEOPLE: usize = 8;
    const ATTEMPTS: usize = 25;
    let studio = Studio::new("deadlocks").await;
    let crew = [
        studio.engineer("Nadia").await,
        studio.engineer("Loïc").await,
        studio.engineer("Zoé").await,
    ];
    let rooms = [studio.room("Studio A").await, studio.room("Studio B").await];
    let mut people = JoinSet::new();
    for person in 0..PEOPLE {
        let mut app = studio.app().await;
        people.spawn(async move {
            let mut made = 0;
            for attempt in 0..ATTEMPTS {
                // Each names its people in another order, and all want the same few hours.
                let mut with = [crew[(person + attempt) % 3], crew[(person + attempt + 1) % 3]];
                if attempt % 2 == 0 {
                    with.reverse();
                }
                let from = 10.0 + f64::from(u8::try_from(attempt * 7 % 40).unwrap()) / 4.0;
                let wanted = booking(
                    place(rooms[person % 2], (from, from + 1.0), &with),
                    "x",
                    Firmness::Confirmed,
                );
                let txn = app.transaction().await.unwrap();
                match apply(&txn, now(), Change::Book(&wanted)).await {
                    Ok(_) => {
                        txn.commit().await.unwrap();
                        made += 1;
                    }
                    Err(BookingError::Taken { .. }) => txn.rollback().await.unwrap(),
                    Err(other) => panic!("{other:?}"),
                }
            }
            made
        });
    }
    let made: usize = people.join_all().await.into_iter().sum();
    let overlaps = "
        select count(*) from allocations a join allocations b
        on a.id < b.id and a.resource_id = b.resource_id and a.busy && b.busy";
    assert_eq!(studio.fetch::<i64>(overlaps).await, 0);
    assert!(
        made > 0
            && studio.fetch::<i64>("select count(*) from sessions").await
                == i64::try_from(made).unwrap()
    );
}

#[tokio::test]
async fn someone_who_wrote_past_the_locks_is_named_all_the_same() {
    let studio = Studio::new("beside").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let room = studio.room("Studio A").await;
    let owner = studio.owner().await;
    let watcher = studio.superuser().await;

    // An import that does not know of the locks has written, and not committed yet.
    owner.execute("begin", &[]).await.unwrap();
    owner
        .execute(
            "insert into allocations (resource_id, kind, label, starts_at, ends_at, busy_from, busy_to)
             values ($1, 'BLOCK', 'Accord du piano', $2, $3, $2, $3)",
            &[&room, &hour(14.0), &hour(17.0)],
        )
        .await
        .unwrap();
    let wanted = booking(place(room, (14.0, 17.0), &[]), "Chœurs", Firmness::Confirmed);
    let booking = async {
        let mut db = Db::of(&tenant).await.unwrap();
        book(&mut db, now(), &wanted).await
    };
    let commit = async {
        let waits = "select exists (select from pg_stat_activity
                     where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0)";
        while !watcher.query_one(waits, &[]).await.unwrap().get::<_, bool>(0) {}
        owner.execute("commit", &[]).await.unwrap();
    };
    let (refused, ()) = tokio::join!(booking, commit);
    assert_eq!(
        told(refused),
        "Studio A | Studio A: Accord du piano 14-17 | Studio B 14-17, Studio A 17.25-20.25, Studio A 10.75-13.75"
    );
}

#[tokio::test]
async fn holds_queue_up_and_lapse_when_the_room_is_needed() {
    let studio = Studio::new("lapse").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let room = studio.room("Studio A").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let evening = (18.0, 20.0);

    for rank in 1..=9 {
        let held =
            booking(place(room, evening, &[]), &format!("Option {rank}"), hold_until(hour(12.0)));
        let held = book(&mut db, now(), &held).await.unwrap();
        assert_eq!((held.status, held.hold_rank), (SessionStatus::Hold, Some(rank)));
    }
    let tenth = booking(place(room, evening, &[]), "Option 10", hold_until(hour(12.0)));
    assert!(matches!(book(&mut db, now(), &tenth).await, Err(BookingError::TooManyHolds)));

    let firm = booking(place(room, evening, &[]), "Ferme", Firmness::Confirmed);
    assert!(
        told(book(&mut db, now(), &firm).await)
            .starts_with("Studio A | Studio A: Option 1 (hold 1) 18-20, ")
    );

    // At noon all holds are over, whoever has noticed; the booking that needs the room writes it down.
    let deposit = Firmness::PendingDeposit { deposit_cents: 5_000, expires_at: hour(15.0) };
    let pending = booking(place(room, evening, &[]), "Acompte", deposit);
    book(&mut db, hour(12.0), &pending).await.unwrap();
    assert_eq!(
        studio.fetch::<i64>("select count(*) from sessions where status = 'EXPIRED'").await,
        9
    );

    let late = booking(place(room, evening, &[]), "Option", hold_until(hour(30.0)));
    assert!(
        told(book(&mut db, hour(14.9), &late).await)
            .starts_with("Studio A | Studio A: Acompte 18-20 | ")
    );
    assert_eq!(book(&mut db, hour(15.0), &firm).await.unwrap().status, SessionStatus::Confirmed);
}

#[tokio::test]
async fn people_and_things_can_be_in_one_place_only() {
    let studio = Studio::new("crew").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let (a, b) = (studio.room("Studio A").await, studio.room("Studio B").await);
    let nadia = studio.engineer("Nadia").await;
    let mut db = Db::of(&tenant).await.unwrap();

    // Named twice, she counts once.
    let first = booking(place(a, (14.0, 17.0), &[nadia, nadia]), "Cordes", Firmness::Confirmed);
    book(&mut db, now(), &first).await.unwrap();
    let second = booking(place(b, (16.0, 18.0), &[nadia]), "Chœurs", Firmness::Confirmed);
    assert_eq!(
        told(book(&mut db, now(), &second).await),
        "Nadia | Nadia: Cordes 14-17 | Studio B 17-19, Studio B 12-14"
    );
}

#[tokio::test]
async fn what_does_not_exist_is_said_to_be_unknown() {
    let studio = Studio::new("unknown").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let (room, nobody) = (studio.room("Studio A").await, Uuid::from_u128(7));
    let nadia = studio.engineer("Nadia").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let mut check = async |room, crew: &[Uuid], client| {
        let mut wanted = booking(place(room, (14.0, 17.0), crew), "x", Firmness::Confirmed);
        wanted.details.client = client;
        match book(&mut db, now(), &wanted).await {
            Err(BookingError::Unknown(what)) => what,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(check(nobody, &[], None).await, Unknown::Room);
    assert_eq!(check(nadia, &[], None).await, Unknown::Room);
    assert_eq!(check(room, &[nobody], None).await, Unknown::Crew);
    assert_eq!(check(room, &[room], None).await, Unknown::Crew);
    assert_eq!(check(room, &[], Some(nobody)).await, Unknown::Client);
    studio.owner().await.execute("update resources set archived_at = now()", &[]).await.unwrap();
    assert_eq!(check(room, &[], None).await, Unknown::Room);
    studio
        .owner()
        .await
        .execute("update resources set archived_at = null where kind = 'ROOM'", &[])
        .await
        .unwrap();
    assert_eq!(check(room, &[nadia], None).await, Unknown::Crew);
    assert_eq!(studio.fetch::<i64>("select count(*) from sessions").await, 0);
}

#[tokio::test]
async fn every_broken_bound_is_named_at_once() {
    let studio = Studio::new("form").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let room = studio.room("Studio A").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let wanted = booking(place(room, (17.0, 14.0), &[]), "", hold_until(now()));
    match book(&mut db, now(), &wanted).await {
        Err(BookingError::Invalid(problems)) => assert_eq!(
            problems,
            [Problem::TitleEmpty, Problem::ExpiryOutOfRange, Problem::EndNotAfterStart]
        ),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_preview_says_what_booking_would_and_writes_nothing() {
    let studio = Studio::new("preview").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let room = studio.room("Studio A").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let wanted = place(room, (14.0, 16.5), &[]);

    let open = preview(&db, now(), &wanted, Firmness::Confirmed, None).await.unwrap();
    assert_eq!(
        (open.outlook, open.price_cents, open.conflicts.len(), open.free.len()),
        (Outlook::Free, 20_000, 0, 0)
    );
    let hold = hold_until(hour(13.0));
    let held = book(&mut db, now(), &booking(wanted.clone(), "Option", hold)).await.unwrap();

    let second = preview(&db, now(), &wanted, hold, None).await.unwrap();
    assert_eq!(
        (second.outlook, second.conflicts.len(), second.free.len()),
        (Outlook::HoldRank(2), 1, 0)
    );
    let firm = preview(&db, now(), &wanted, Firmness::Confirmed, None).await.unwrap();
    assert_eq!((firm.outlook, firm.conflicts.len(), firm.free.len()), (Outlook::Taken, 1, 3));
    let itself =
        preview(&db, now(), &wanted, Firmness::Confirmed, Some(held.session)).await.unwrap();
    assert_eq!(itself.outlook, Outlook::Free);
    let lapsed = preview(&db, hour(13.0), &wanted, Firmness::Confirmed, None).await.unwrap();
    assert_eq!(lapsed.outlook, Outlook::Free);
    assert_eq!(studio.fetch::<i64>("select count(*) from sessions where status = 'HOLD'").await, 1);
}

#[tokio::test]
async fn a_long_and_a_far_session_are_still_answered() {
    let studio = Studio::new("far").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let room = studio.room("Studio A").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let starts_at = now() + SignedDuration::from_hours(3 * 366 * 24);
    let ends_at = starts_at + SignedDuration::from_hours(14 * 24);
    let lockout = Place { room, starts_at, ends_at, crew: Vec::new() };
    book(&mut db, now(), &booking(lockout.clone(), "Résidence", Firmness::Confirmed))
        .await
        .unwrap();
    match book(&mut db, now(), &booking(lockout, "Résidence", Firmness::Confirmed)).await {
        // Two weeks fit in no opening of the same room; the other room has them.
        Err(BookingError::Taken { free, .. }) => assert_eq!(free.len(), 1),
        other => panic!("{other:?}"),
    }
}

/// The role is what makes a studio read-only, not a check in a handler that someone can forget.
#[tokio::test]
async fn a_read_only_studio_refuses_to_book() {
    let studio = Studio::new("read_only").await;
    let (_router, tenant) = studio.tenant("cloison_reader").await;
    let room = studio.room("Studio A").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let wanted = booking(place(room, (14.0, 17.0), &[]), "x", Firmness::Confirmed);
    assert!(preview(&db, now(), &wanted.place, Firmness::Confirmed, None).await.is_ok());
    let refused = |result: Result<Booked, BookingError>| match result {
        Err(BookingError::Database(error)) => error.code().cloned(),
        other => panic!("{other:?}"),
    };
    let forbidden = Some(SqlState::INSUFFICIENT_PRIVILEGE);
    assert_eq!(refused(book(&mut db, now(), &wanted).await), forbidden);
    let cancelled =
        CancelSession { session: room, version: 1, reason: String::new(), cancelled_by: None };
    assert_eq!(refused(cancel(&mut db, now(), &cancelled).await), forbidden);
}
