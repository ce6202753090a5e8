//! The demo studios: the same from the same seed, believable in number, and within every rule.

use cloison_studio::demo::{
    DemoError, FISCAL_KEY, FISCAL_KEY_ID, LANTERN_YARD, MAREE, Profile, Size, Summary, fill,
};
use jiff::Timestamp;
use tokio_postgres::Client;

use crate::studio::{Studio, now};

/// What a table holds, as one hash. Rooms keep the ids that the first data gave them, so what names them is left out.
async fn content(studio: &Studio) -> String {
    studio
        .fetch(
            "select concat_ws(' ',
                (select md5(string_agg(s::text, '' order by s.id)) from sessions s),
                (select md5(string_agg(c::text, '' order by c.id)) from clients c),
                (select md5(string_agg(concat(number, net_cents, payment_status), '' order by number)) from invoices),
                (select md5(string_agg(concat(session_id, label, net_cents), '' order by id)) from invoice_lines),
                (select md5(string_agg(f::text, '' order by f.id)) from
                    (select id, session_id, client_id, title, bytes, sha256, object_key from audio_files) f),
                (select md5(string_agg(concat(session_id, starts_at, busy_from, busy_to, lane, active), '' order by session_id, r.kind, lane, busy_to))
                    from allocations a join resources r on r.id = a.resource_id))",
        )
        .await
}

async fn filled(hint: &str, profile: &Profile, size: Size, at: Timestamp) -> (Studio, Summary) {
    let studio = Studio::new(hint).await;
    let summary = fill(&studio.owner().await, profile, size, 7, at).await.unwrap();
    (studio, summary)
}

async fn chain_holds(client: &Client) {
    let broken: Option<i64> = client
        .query_one("select fiscal_verify($1, $2)", &[&FISCAL_KEY_ID, &&FISCAL_KEY[..]])
        .await
        .unwrap()
        .get(0);
    assert_eq!(broken, None);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_studio_and_another_another() {
    let (first, summary) = filled("seed", &MAREE, Size::Small, now()).await;
    // As the tenant's role this time: it may write all that is needed.
    let second = Studio::new("seed").await;
    assert_eq!(fill(&second.app().await, &MAREE, Size::Small, 7, now()).await.unwrap(), summary);
    assert_eq!(content(&first).await, content(&second).await);

    let third = Studio::new("seed").await;
    fill(&third.owner().await, &MAREE, Size::Small, 8, now()).await.unwrap();
    assert_ne!(content(&first).await, content(&third).await);
}

#[tokio::test]
async fn a_small_studio_has_a_living_week() {
    for (profile, rooms) in [(&MAREE, 3), (&LANTERN_YARD, 2)] {
        let (studio, summary) = filled("small", profile, Size::Small, now()).await;
        assert_eq!((summary.rooms, summary.clients, summary.users), (rooms, 400, 5));
        assert!((950..1_050).contains(&summary.sessions), "{summary:?}");
        assert!((2_500..4_000).contains(&summary.allocations), "{summary:?}");
        assert_eq!(summary.audio_files, 3_500);

        let week = "from sessions where tstzrange(starts_at, ends_at) && tstzrange('2026-11-22 23:00Z', '2026-11-29 23:00Z')";
        let alive = format!("select count(*) {week} and status not in ('CANCELLED', 'EXPIRED')");
        let alive = studio.fetch::<i64>(&alive).await;
        assert!((15..=32).contains(&alive), "{alive} sessions this week");
        for status in ["HOLD", "PENDING_DEPOSIT", "CONFIRMED", "COMPLETED", "CANCELLED"] {
            let some = format!("select count(*) {week} and status = '{status}'");
            assert!(studio.fetch::<i64>(&some).await > 0, "no {status} this week");
        }
        assert!(
            studio.fetch::<bool>("select exists (select from sessions where hold_rank = 2)").await
        );

        let name: String = studio
            .fetch("select name || ', ' || time_zone || ', ' || locale from studio_settings")
            .await;
        assert_eq!(name, format!("{}, {}, {}", profile.name, profile.time_zone, profile.locale));
        let owner: String =
            studio.fetch("select display_name from users where role = 'OWNER'").await;
        assert_eq!(owner, profile.owner);
        chain_holds(&studio.app().await).await;
    }
}

#[tokio::test]
async fn a_studio_is_invented_on_any_day() {
    // The nights of the clock changes, both ends of a year, a leap day, the last hour of a week.
    for at in [
        "2026-10-25T00:30:00Z",
        "2027-03-28T01:00:00Z",
        "2026-12-31T23:30:00Z",
        "2027-01-01T12:00:00Z",
        "2028-02-29T12:00:00Z",
        "2026-11-29T22:59:59Z",
    ] {
        let (studio, _) = filled("days", &MAREE, Size::Small, at.parse().unwrap()).await;
        let impossible = format!(
            "select count(*) from sessions where
                (status in ('COMPLETED', 'NO_SHOW') and ends_at > '{at}')
                or (status = 'IN_PROGRESS' and not '{at}'::timestamptz between starts_at and ends_at)
                or (status in ('HOLD', 'PENDING_DEPOSIT') and (starts_at <= '{at}' or hold_expires_at <= '{at}'))
                or (status = 'CONFIRMED' and starts_at <= '{at}')
                or created_at > '{at}' or cancelled_at > '{at}'"
        );
        assert_eq!(studio.fetch::<i64>(&impossible).await, 0, "{at}");
        let future = format!(
            "select count(*) from invoices where issue_date > '{at}'::timestamptz at time zone 'Europe/Paris'"
        );
        assert_eq!(studio.fetch::<i64>(&future).await, 0, "{at}");
    }
}

#[tokio::test]
async fn a_busy_studio_has_a_full_year() {
    let (studio, summary) = filled("busy", &LANTERN_YARD, Size::Busy, now()).await;
    assert_eq!((summary.rooms, summary.clients, summary.users), (6, 4_000, 15));
    assert!((8_700..9_300).contains(&summary.sessions), "{summary:?}");
    assert!((28_000..34_000).contains(&summary.allocations), "{summary:?}");
    assert!((7_700..7_900).contains(&summary.invoices), "{summary:?}");
    assert!((23_000..26_000).contains(&summary.invoice_lines), "{summary:?}");
    assert_eq!(summary.audio_files, 36_000);

    let done = "select count(*) from sessions where status in ('COMPLETED', 'NO_SHOW')";
    assert!((6_400..6_800).contains(&studio.fetch::<i64>(done).await));
    let drafts = "select count(*) from invoices where status = 'DRAFT'";
    assert_eq!(studio.fetch::<i64>(drafts).await, 0);
    // On each night that the clocks change, somebody works through it.
    let overnight = "select count(*) from sessions where status = 'COMPLETED'
        and starts_at < '2026-10-25 00:00Z' and ends_at > '2026-10-25 02:00Z'";
    assert!(studio.fetch::<i64>(overnight).await >= 2);
    let twins = "select count(*) from clients c where exists (select from clients d where d.email = c.email and d.id <> c.id)";
    assert!(studio.fetch::<i64>(twins).await > 150);
    chain_holds(&studio.app().await).await;
}

#[tokio::test]
async fn somebodys_studio_is_left_alone() {
    let studio = Studio::new("not_empty").await;
    studio.client("Goéland").await;
    let owner = studio.owner().await;
    let refused = fill(&owner, &MAREE, Size::Small, 1, now()).await;
    assert!(matches!(refused, Err(DemoError::NotEmpty)));
    assert_eq!(studio.fetch::<i64>("select count(*) from sessions").await, 0);
    assert_eq!(
        studio.fetch::<String>("select name from rooms order by position limit 1").await,
        "Studio A"
    );
    // The connection is as good as before.
    owner.execute("select 1", &[]).await.unwrap();
}
