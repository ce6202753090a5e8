//! The week as one query reads it.

use cloison_studio::booking::{
    CancelSession, Cancelled, Firmness, Occupant, Span, book, cancel, local_time, week,
};
use cloison_studio::db::Db;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::booking::{booking, hold_until, place};
use crate::studio::{Studio, hour, now};

async fn check(
    db: &Db,
    at: Timestamp,
    span: Span,
    room: Option<Uuid>,
    cancelled: Cancelled,
) -> Vec<String> {
    let entries = week(db, at, span, room, cancelled).await.unwrap();
    entries
        .into_iter()
        .map(|entry| match entry.what {
            Occupant::Session(session) => format!(
                "{}: {} {}{}{}",
                entry.room_name,
                session.title,
                session.status,
                session.client_name.map_or_else(String::new, |client| format!(" for {client}")),
                session.crew.map_or_else(String::new, |crew| format!(" with {crew}")),
            ),
            Occupant::Block { label } => format!("{}: ({label})", entry.room_name),
        })
        .collect()
}

#[tokio::test]
async fn a_week_shows_what_touches_it_by_room_and_time() {
    let studio = Studio::new("week").await;
    let (_router, tenant) = studio.tenant("cloison_app").await;
    let (a, b) = (studio.room("Studio A").await, studio.room("Studio B").await);
    let (nadia, loic) = (studio.engineer("Nadia").await, studio.engineer("Loïc").await);
    let client = studio.client("Goéland").await;
    let mut db = Db::of(&tenant).await.unwrap();
    let paris = TimeZone::get("Europe/Paris").unwrap();
    let this_week = local_time::week("2026-11-24".parse().unwrap(), &paris).unwrap();

    let mut full = booking(place(b, (14.0, 17.0), &[nadia, loic]), "Cordes", Firmness::Confirmed);
    full.details.client = Some(client);
    book(&mut db, now(), &full).await.unwrap();
    book(&mut db, now(), &booking(place(a, (18.0, 20.0), &[]), "Option", hold_until(hour(12.0))))
        .await
        .unwrap();
    let gone =
        book(&mut db, now(), &booking(place(a, (10.0, 12.0), &[]), "Annulée", Firmness::Confirmed))
            .await
            .unwrap();
    let reason = String::new();
    let gone =
        CancelSession { session: gone.session, version: gone.version, reason, cancelled_by: None };
    cancel(&mut db, now(), &gone).await.unwrap();
    // Monday begins on Sunday at 23:00 UTC, and the week ends so.
    book(
        &mut db,
        now(),
        &booking(place(a, (-27.0, -24.5), &[]), "Dans la nuit", Firmness::Confirmed),
    )
    .await
    .unwrap();
    book(
        &mut db,
        now(),
        &booking(place(a, (-27.5, -27.25), &[]), "La semaine d’avant", Firmness::Confirmed),
    )
    .await
    .unwrap_err();
    book(
        &mut db,
        now(),
        &booking(place(b, (-28.0, -25.0), &[]), "La semaine d’avant", Firmness::Confirmed),
    )
    .await
    .unwrap();
    book(
        &mut db,
        now(),
        &booking(place(b, (143.0, 144.0), &[]), "La semaine d’après", Firmness::Confirmed),
    )
    .await
    .unwrap();
    studio
        .owner()
        .await
        .execute(
            "insert into allocations (resource_id, kind, label, starts_at, ends_at, busy_from, busy_to)
             values ($1, 'BLOCK', 'Accord du piano', $2, $3, $2, $3)",
            &[&b, &hour(8.0), &hour(9.0)],
        )
        .await
        .unwrap();

    let all = check(&db, now(), this_week, None, Cancelled::Hide).await;
    assert_eq!(
        all,
        [
            "Studio A: Dans la nuit CONFIRMED",
            "Studio A: Option HOLD",
            "Studio B: (Accord du piano)",
            "Studio B: Cordes CONFIRMED for Goéland with Loïc, Nadia",
        ]
    );
    assert_eq!(check(&db, now(), this_week, Some(a), Cancelled::Hide).await, all[..2]);
    assert_eq!(
        check(&db, hour(12.0), this_week, Some(a), Cancelled::Show).await,
        [
            "Studio A: Dans la nuit CONFIRMED",
            "Studio A: Annulée CANCELLED",
            "Studio A: Option EXPIRED"
        ]
    );
    assert_eq!(
        check(&db, hour(12.0), this_week, Some(a), Cancelled::Hide).await,
        ["Studio A: Dans la nuit CONFIRMED"]
    );
}
