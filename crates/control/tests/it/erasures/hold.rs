//! Legal holds.

use cloison_control::call::{Call, IdempotencyKey};
use cloison_control::erasures::{HoldError, Terms, erase, hold, hold_of, release};
use cloison_control::life_cycle::CommandError;
use cloison_control::operations::{Stopped, WorkerConfig};
use cloison_model::OperationState;

use super::WEEK;
use crate::backups::name;
use crate::world::{World, call};

const REASON: &str = "lawsuit 12/345";

async fn held(world: &World) -> Result<(), HoldError> {
    hold(&world.control, &call(), &name("blue"), REASON).await.map(drop)
}

#[tokio::test]
async fn of_the_same_call_twice_at_once_both_are_answered() {
    let world = World::idle().await;
    world.made("blue").await;
    let key = IdempotencyKey::new("k", "POST", "/v1/tenants/blue/hold", b"").unwrap();
    let asked = Call { key: Some(key), ..call() };
    let blue = name("blue");
    let hold = || hold(&world.control, &asked, &blue, REASON);
    let (one, other) = tokio::join!(hold(), hold());
    assert_eq!(one.unwrap(), other.unwrap());
    assert_eq!(world.count("audit_log where action = 'tenant.hold'").await, 1);
}

#[tokio::test]
async fn who_is_held_is_not_erased() {
    let world = World::idle().await;
    world.made("blue").await;
    held(&world).await.unwrap();
    let again = held(&world).await.unwrap_err().to_string();
    assert!(again.contains(REASON), "{again}");
    let (call, blue) = (call(), name("blue"));
    let refused = erase(&world.control, &call, &blue, Terms::AT_ONCE, None).await;
    let Err(CommandError::Held(why)) = refused else { panic!("it is not refused") };
    let today = jiff::Timestamp::now().strftime("%Y-%m-%d");
    assert_eq!(why, format!("a test has had it on hold since {today}: {REASON}"));
    assert_eq!(world.states("blue").await, "TRIALING FULL READY", "it is not even closed");
    assert_eq!(world.count("audit_log where action = 'tenant.hold'").await, 1);
    let told = world.count("audit_log where detail::text like '%lawsuit%'").await;
    assert_eq!(told, 0, "the log can never be cleaned");

    release(&world.control, &call, &blue).await.unwrap();
    let again = release(&world.control, &call, &blue).await;
    assert!(matches!(again, Err(HoldError::NotHeld)), "{again:?}");
    world.to_be_erased("blue", Terms::AT_ONCE).await;
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.states("blue").await, "");
}

#[tokio::test]
async fn a_hold_stops_an_erasure_that_waits() {
    let world = World::idle().await;
    world.made("blue").await;
    let operation = world.to_be_erased("blue", WEEK).await;
    assert_eq!(world.run_once().await, Some(Stopped::Waiting));
    held(&world).await.unwrap();
    assert_eq!(world.run_once().await, Some(Stopped::Waiting));
    let waiting = world.waiting(operation).await;
    assert!(waiting.starts_with("its data are not erased: a test has had it on hold"), "{waiting}");

    world.days_pass(30).await;
    assert_eq!(world.run_once().await, Some(Stopped::Waiting), "however long it takes");
    assert_eq!(world.left_on_server().await.len(), 2);
    release(&world.control, &call(), &name("blue")).await.unwrap();
    assert_eq!(world.run_once().await, Some(Stopped::Ended(OperationState::Done)));
    assert_eq!(world.states("blue").await, "");
}

/// Between the end of the grace period and the first thing that is dropped there are two steps; a hold that comes then takes the erasure back.
#[tokio::test]
async fn a_hold_in_the_last_moment_takes_it_back() {
    let world = World::idle().await;
    world.made("blue").await;
    // Before the commit of the fourth step.
    for place in [6, 9, 10] {
        let operation = world.to_be_erased("blue", Terms::AT_ONCE).await;
        assert_eq!(world.run_to(place).await, Some(Stopped::Killed));
        held(&world).await.unwrap();
        world.work_off(&WorkerConfig::default()).await;
        let (state, why) = world.outcome(operation).await;
        assert_eq!(state, OperationState::Failed);
        assert!(why.contains("a test has had it on hold since"), "{why}");
        assert!(!why.contains(REASON), "what may name people does not outlive the hold: {why}");
        assert_eq!(world.states("blue").await, "TRIALING FULL READY");
        assert_eq!(world.may("blue").await, "write");
        release(&world.control, &call(), &name("blue")).await.unwrap();
    }
    world.to_be_erased("blue", Terms::AT_ONCE).await;
    assert_eq!(world.run_to(11).await, Some(Stopped::Killed), "after that commit");
    let late = held(&world).await;
    assert!(matches!(late, Err(HoldError::TooLate)), "{late:?}");
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.states("blue").await, "");
}

/// Whatever a program believes, the rows of a held tenant do not go.
#[tokio::test]
async fn the_control_database_holds_it_too() {
    let world = World::idle().await;
    world.made("blue").await;
    held(&world).await.unwrap();
    let tenant = world.id("blue").await;
    let client = world.control.catalog.client().await.unwrap();
    assert_eq!(hold_of(&client, tenant).await.unwrap().unwrap().reason, REASON);
    let refused = client.execute("delete from organizations", &[]).await.unwrap_err();
    let constraint = refused.as_db_error().unwrap().constraint().map(str::to_owned);
    assert_eq!(constraint.as_deref(), Some("legal_holds_organization_id_fkey"));
}
