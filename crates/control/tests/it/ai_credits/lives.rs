//! The life of a credit.

use cloison_catalog::DATABASE;
use cloison_control::ai_credits::{AiCreditsError, NewGrant, grant, settle, void};
use cloison_control::doctor::{Area, Ask, examine};
use cloison_control::erasures::Terms;
use cloison_control::operations::WorkerConfig;
use cloison_control::watch::Watch;
use cloison_model::{CreditSource, ReservationState};
use jiff::{SignedDuration, Timestamp};

use super::{MONTHLY, blue, blue_with, keyed, new_grant};
use crate::backups::name;
use crate::world::call;

#[tokio::test]
async fn granted_held_spent_and_given_back() {
    let (world, _safe) = blue().await;
    world.grant(CreditSource::Topup, 500).await;
    assert_eq!(world.balance().await, (MONTHLY + 500, 0), "the plan's came with the first look");
    let one = world.reserve("one", 1_200).await.unwrap();
    let two = world.reserve("two", 100).await.unwrap();
    assert_eq!(world.balance().await, (200, 1_300));
    let settled = world.settle(one.id, 1_050).await.unwrap();
    assert_eq!((settled.state.as_str(), settled.spent), ("SETTLED", Some(1_050)));
    assert_eq!(world.release(two.id).await.unwrap().state, "RELEASED");
    assert_eq!(world.balance().await, (450, 0));
    assert_eq!(
        world.ledger().await,
        [
            "GRANT +1000 +0 = 1000 0",
            "GRANT +500 +0 = 1500 0",
            "RESERVE -1200 +1200 = 300 1200",
            "RESERVE -100 +100 = 200 1300",
            "SETTLE +150 -1200 = 350 100",
            "RELEASE +100 -100 = 450 0",
        ]
    );
    let client = world.server.connect(DATABASE).await;
    let left = "select source, remaining from ai_credits_grants order by source";
    let left = client.query(left, &[]).await.unwrap();
    let left: Vec<(&str, i64)> = left.iter().map(|it| (it.get(0), it.get(1))).collect();
    assert_eq!(left, [("PLAN", 0), ("TOPUP", 450)], "what was given is burnt first");
    let spent = client.query_one("select spent from ai_credits_accounts", &[]).await.unwrap();
    assert_eq!(spent.get::<_, i64>(0), 1_050);
}

#[tokio::test]
async fn the_same_again_is_the_same_and_something_else_is_refused() {
    let (world, _safe) = blue_with(100).await;
    let one = world.reserve("one", 40).await.unwrap();
    assert_eq!(world.reserve("one", 40).await.unwrap().id, one.id);
    let other = world.reserve("one", 41).await;
    assert!(matches!(other, Err(AiCreditsError::RequestReused)), "{other:?}");
    let more = world.settle(one.id, 41).await;
    assert!(matches!(more, Err(AiCreditsError::MoreThanReserved { amount: 40 })), "{more:?}");
    world.settle(one.id, 30).await.unwrap();
    assert_eq!(world.settle(one.id, 30).await.unwrap().spent, Some(30));
    for closed in [world.settle(one.id, 31).await, world.release(one.id).await] {
        let settled = ReservationState::Settled;
        assert!(
            matches!(closed, Err(AiCreditsError::Closed { state, spent: Some(30) }) if state == settled),
            "{closed:?}"
        );
    }
    assert_eq!(world.reserve("one", 40).await.unwrap().state, "SETTLED", "it tells how it went");
    assert_eq!(world.balance().await, (70, 0));
}

#[tokio::test]
async fn too_few_is_refused_and_told_once() {
    let (world, _safe) = blue_with(100).await;
    let held = world.reserve("one", 60).await.unwrap();
    for request in ["two", "three"] {
        let refused = world.reserve(request, 41).await;
        assert!(
            matches!(refused, Err(AiCreditsError::TooFew { amount: 41, available: 40, held: 60 })),
            "{refused:?}"
        );
    }
    assert_eq!(world.credits_told().await, ["tenant.ai_credits_exhausted"]);
    world.release(held.id).await.unwrap();
    assert_eq!(world.reserve("two", 41).await.unwrap().amount, 41, "now there are enough");
    assert_eq!(world.balance().await, (59, 41));
}

#[tokio::test]
async fn few_are_told_of_once_when_they_are_spent() {
    let (world, _safe) = blue().await;
    let spend = async |request: &str, credits| {
        let held = world.reserve(request, credits).await.unwrap();
        world.settle(held.id, credits).await.unwrap();
    };
    spend("one", 900).await;
    assert_eq!(world.credits_told().await, [""; 0], "a tenth is left");
    spend("two", 1).await;
    spend("three", 1).await;
    assert_eq!(world.credits_told().await, ["tenant.ai_credits_low"]);
}

#[tokio::test]
async fn what_comes_back_too_late_is_gone_with_its_grant() {
    let (world, _safe) = blue_with(10).await;
    let soon = Some(Timestamp::now() + SignedDuration::from_hours(1));
    let new = NewGrant { expires_at: soon, ..new_grant(CreditSource::Promo, 100) };
    grant(&world.control, &call(), &name("blue"), &new).await.unwrap();
    let held = world.reserve("one", 60).await.unwrap();
    world.time_passes("ai_credits_grants").await;
    let settled = world.settle(held.id, 20).await.unwrap();
    assert_eq!(settled.spent, Some(20), "what was reserved in time can be spent");
    assert_eq!(world.balance().await, (10, 0));
    assert_eq!(
        world.ledger().await,
        [
            "GRANT +10 +0 = 10 0",
            "GRANT +100 +0 = 110 0",
            "RESERVE -60 +60 = 50 60",
            "EXPIRE -40 +0 = 10 60",
            "SETTLE +40 -60 = 50 0",
            "EXPIRE -40 +0 = 10 0",
        ]
    );
    assert_eq!(world.caught_up().await, 0, "nothing is left to do");
}

#[tokio::test]
async fn a_reservation_that_nobody_closes_is_released() {
    let (world, _safe) = blue_with(100).await;
    let one = world.reserve("one", 60).await.unwrap();
    world.time_passes("ai_credits_reservations").await;
    let late = world.settle(one.id, 60).await;
    let expired = ReservationState::Expired;
    assert!(
        matches!(late, Err(AiCreditsError::Closed { state, spent: None }) if state == expired),
        "{late:?}"
    );
    assert_eq!(world.caught_up().await, 1);
    assert_eq!(world.caught_up().await, 0);
    assert_eq!(world.balance().await, (100, 0));
    // Whoever comes first does not wait for the keeper.
    world.reserve("two", 100).await.unwrap();
    world.time_passes("ai_credits_reservations").await;
    assert_eq!(world.reserve("three", 100).await.unwrap().amount, 100);
    assert_eq!(world.balance().await, (0, 100));
}

#[tokio::test]
async fn what_is_left_of_a_grant_is_taken_back_and_what_is_held_can_be_spent() {
    let (world, _safe) = blue_with(100).await;
    let promo = world.grant(CreditSource::Promo, 50).await;
    let one = world.reserve("one", 30).await.unwrap();
    for _ in 0..2 {
        void(&world.control, &call(), &name("blue"), promo.id).await.unwrap();
    }
    assert_eq!(world.balance().await, (100, 30));
    world.settle(one.id, 10).await.unwrap();
    assert_eq!(
        world.ledger().await,
        [
            "GRANT +100 +0 = 100 0",
            "GRANT +50 +0 = 150 0",
            "RESERVE -30 +30 = 120 30",
            "VOID -20 +0 = 100 30",
            "SETTLE +20 -30 = 120 0",
            "VOID -20 +0 = 100 0",
        ]
    );
    assert_eq!(world.balance().await, (100, 0));
    let expired = world.grant(CreditSource::Promo, 5).await;
    world.execute(&format!("update ai_credits_grants set expires_at = now() - interval '2 seconds' where id = '{}'", expired.id)).await;
    world.execute("update ai_credits_accounts set due_at = now()").await;
    assert_eq!(world.caught_up().await, 1);
    let refused = void(&world.control, &call(), &name("blue"), expired.id).await;
    assert!(matches!(refused, Err(AiCreditsError::GrantExpired)), "{refused:?}");
}

#[tokio::test]
async fn what_people_do_is_in_the_audit_log_and_what_programs_spend_is_not() {
    let (world, _safe) = blue_with(100).await;
    let before = world.count("audit_log").await;
    let kim = keyed("a grant");
    let new = NewGrant { reason: "for Kim's patience", ..new_grant(CreditSource::Refund, 5) };
    let granted = grant(&world.control, &kim, &name("blue"), &new).await.unwrap();
    let held = world.reserve("one", 10).await.unwrap();
    world.settle(held.id, 10).await.unwrap();
    void(&world.control, &keyed("a void"), &name("blue"), granted.id).await.unwrap();
    let client = world.server.connect(DATABASE).await;
    let lines = "select actor || ' ' || action || ' ' || subject || ' ' || (detail ->> 'credits')
        from audit_log where id > $1 order by id";
    let lines = client.query(lines, &[&before]).await.unwrap();
    let lines: Vec<&str> = lines.iter().map(|it| it.get(0)).collect();
    assert_eq!(
        lines,
        ["kim@example.com ai_credits.grant blue 5", "kim@example.com ai_credits.void blue 5"]
    );
    let leaks = "select count(*) from audit_log where detail::text like '%patience%'";
    assert_eq!(client.query_one(leaks, &[]).await.unwrap().get::<_, i64>(0), 0);
}

#[tokio::test]
async fn what_is_not_there_is_said_to_be_not_there() {
    let (world, _safe) = blue_with(100).await;
    let nil = uuid::Uuid::nil();
    let new = new_grant(CreditSource::Topup, 5);
    let nobody = grant(&world.control, &call(), &name("red"), &new).await;
    assert!(matches!(nobody, Err(AiCreditsError::NoTenant)), "{nobody:?}");
    assert!(matches!(world.settle(nil, 1).await, Err(AiCreditsError::NoReservation)));
    let none = void(&world.control, &call(), &name("blue"), nil).await;
    assert!(matches!(none, Err(AiCreditsError::NoGrant)), "{none:?}");
    let past = Some(Timestamp::now() - SignedDuration::from_secs(2));
    let late = NewGrant { expires_at: past, ..new_grant(CreditSource::Promo, 100) };
    let late = grant(&world.control, &call(), &name("blue"), &late).await;
    assert!(matches!(late, Err(AiCreditsError::InThePast)), "{late:?}");
    // Others' are not theirs.
    world.made("red").await;
    let held = world.reserve("one", 10).await.unwrap();
    let settled = settle(&world.control, &call(), &name("red"), held.id, 10).await;
    assert!(matches!(settled, Err(AiCreditsError::NoReservation)), "{settled:?}");
    assert_eq!(world.balance().await.1, 10);
}

/// Whatever the program does wrong, the rows refuse it.
#[tokio::test]
async fn wrong_states_are_impossible_and_the_ledger_stays_as_it_is() {
    let (world, _safe) = blue_with(100).await;
    world.reserve("one", 10).await.unwrap();
    let superuser = world.server.connect(DATABASE).await;
    for (statement, constraint) in [
        ("update ai_credits_accounts set available = -1", "ai_credits_accounts_available_check"),
        ("update ai_credits_accounts set held = -1", "ai_credits_accounts_held_check"),
        ("update ai_credits_grants set remaining = 101", "ai_credits_grants_remaining_check"),
        ("update ai_credits_grants set remaining = -1", "ai_credits_grants_remaining_check"),
        (
            "update ai_credits_grants set ended = 'EXPIRED', ended_at = now()",
            "ai_credits_grants_ended_empty_check",
        ),
        (
            "update ai_credits_reservations set state = 'SETTLED', closed_at = now()",
            "ai_credits_reservations_settled_check",
        ),
        (
            "update ai_credits_reservations set state = 'SETTLED', closed_at = now(), spent = 11",
            "ai_credits_reservations_spent_check",
        ),
        (
            "insert into ai_credits_ledger select organization_id, 9, now(), 'SETTLE', 11, -10, 0, 0, null, id, 'x', 'x'
             from ai_credits_reservations",
            "ai_credits_ledger_change_check",
        ),
        (
            "insert into ai_credits_ledger select organization_id, 9, at, kind, available_change, held_change,
                 available_after, held_after, grant_id, reservation_id, key, actor
             from ai_credits_ledger limit 1",
            "ai_credits_ledger_key_key",
        ),
    ] {
        let error = superuser.execute(statement, &[]).await.unwrap_err();
        let broken = error.as_db_error().and_then(|it| it.constraint());
        assert_eq!(broken, Some(constraint), "{statement}: {error}");
    }
    let control = world.control.catalog.client().await.unwrap();
    for statement in ["update ai_credits_ledger set actor = 'x'", "delete from ai_credits_ledger"] {
        let error = control.execute(statement, &[]).await.unwrap_err();
        assert!(error.as_db_error().unwrap().message().contains("permission denied"), "{error}");
    }
    assert_eq!(world.balance().await, (90, 10));
}

#[tokio::test]
async fn what_does_not_add_up_is_seen() {
    let (world, _safe) = blue_with(100).await;
    world.reserve("one", 40).await.unwrap();
    let watch = Watch::new(world.control.clone());
    let seen = async || watch.look().await.fleet.unwrap().ai_credits;
    let well = seen().await;
    assert_eq!((well.available, well.held, well.reservations, well.out_of_step), (60, 40, 1, 0));
    for (changed, back) in [
        (
            "update ai_credits_accounts set available = 61",
            "update ai_credits_accounts set available = 60",
        ),
        ("update ai_credits_accounts set held = 0", "update ai_credits_accounts set held = 40"),
        (
            "update ai_credits_accounts set entries = 3",
            "update ai_credits_accounts set entries = 2",
        ),
        (
            "update ai_credits_grants set remaining = 0",
            "update ai_credits_grants set remaining = 60",
        ),
        (
            "update ai_credits_reservations set state = 'RELEASED', closed_at = now()",
            "update ai_credits_reservations set state = 'HELD', closed_at = null",
        ),
    ] {
        world.execute(changed).await;
        assert_eq!(seen().await.out_of_step, 1, "{changed}");
        world.execute(back).await;
        assert_eq!(seen().await.out_of_step, 0, "{back}");
    }
    // What only the doctor looks at.
    let found = async || {
        let ask = Ask::about(&[Area::AiCredits], Timestamp::now());
        examine(&world.control, &ask).await.unwrap().findings
    };
    assert!(found().await.is_empty());
    world.execute("update ai_credits_ledger set available_after = 99 where number = 1").await;
    let found = found().await;
    let words: Vec<_> = found.iter().map(|it| format!("{}: {}", it.subject, it.what)).collect();
    assert_eq!(words, ["blue: entry 1 of its ledger does not follow from the one before"]);
}

#[tokio::test]
async fn nothing_is_left_of_a_tenant_that_is_erased() {
    let (world, _safe) = blue().await;
    world.made("red").await;
    world.grant(CreditSource::Topup, 5).await;
    let held = world.reserve("one", 10).await.unwrap();
    world.settle(held.id, 5).await.unwrap();
    world.reserve("two", 10).await.unwrap();
    world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    for table in ["accounts", "grants", "reservations", "reservation_parts", "ledger"] {
        let table = format!("ai_credits_{table}");
        assert_eq!(world.count(&table).await, 0, "{table}");
    }
    let gone = world.reserve("three", 1).await;
    assert!(matches!(gone, Err(AiCreditsError::NoTenant)), "{gone:?}");
    assert_eq!(world.caught_up().await, 1, "red's month");
}
