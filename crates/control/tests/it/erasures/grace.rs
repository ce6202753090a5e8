//! The days in which an erasure can be taken back.

use cloison_control::operations::{CancelError, Stopped, WorkerConfig, cancel};
use cloison_control::provision::provision;
use cloison_model::{AccessMode, Command, OperationState};

use super::WEEK;
use crate::world::{World, call, request};

#[tokio::test]
async fn closed_at_once_and_erased_a_week_later() {
    let world = World::idle().await;
    world.made("blue").await;
    let operation = world.to_be_erased("blue", WEEK).await;
    assert_eq!(world.run_once().await, Some(Stopped::Waiting));
    assert_eq!(world.states("blue").await, "CANCELLED BLOCKED ERASING");
    let waiting = world.waiting(operation).await;
    assert!(waiting.contains(&format!("cloison operations cancel {operation}")), "{waiting}");
    let next_week = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(7 * 24);
    assert!(waiting.contains(&next_week.strftime("%Y-%m-%d").to_string()), "{waiting}");
    assert_eq!(world.left_on_server().await.len(), 2, "nothing has gone");
    let report = world.examined(false).await;
    assert!(report.findings.is_empty(), "waiting is nothing wrong: {:?}", report.findings);

    world.days_pass(6).await;
    assert_eq!(world.run_once().await, Some(Stopped::Waiting));
    assert_eq!(world.left_on_server().await.len(), 2);
    world.days_pass(1).await;
    assert_eq!(world.run_once().await, Some(Stopped::Ended(OperationState::Done)));
    assert_eq!(world.states("blue").await, "");
    assert_eq!(world.left_on_server().await, Vec::<String>::new());
    world.check_whole().await;
}

/// A worker dies somewhere before the grace period, or on the way back, and another one goes on.
#[tokio::test]
async fn taken_back_wherever_workers_died() {
    /// Two steps, of which the second rests before its commit.
    const FORWARD: usize = 5;
    /// Three steps.
    const BACK: usize = 9;
    let world = World::idle().await;
    for place in 0..=FORWARD + BACK {
        let subdomain = format!("blue-{place}");
        provision(&world.control, &call(), &request(&subdomain)).await.unwrap();
        world.work_off(&WorkerConfig::default()).await;
        let operation = world.to_be_erased(&subdomain, WEEK).await;
        if place < FORWARD {
            assert_eq!(world.run_to(place).await, Some(Stopped::Killed), "{place}");
        } else {
            assert_eq!(world.run_once().await, Some(Stopped::Waiting), "{place}");
        }
        cancel(&world.control, &call(), operation).await.unwrap();
        if place >= FORWARD {
            let stopped = world.run_to(place - FORWARD).await;
            let died = place - FORWARD < BACK;
            assert_eq!(stopped == Some(Stopped::Killed), died, "{place}: {stopped:?}");
        }
        world.work_off(&WorkerConfig::default()).await;
        assert_eq!(world.outcome(operation).await.0, OperationState::Cancelled);
        assert_eq!(world.states(&subdomain).await, "TRIALING FULL READY", "{place}");
        assert_eq!(world.may(&subdomain).await, "write", "{place}");
        assert_eq!(world.count("erasure_requests").await, 0, "{place}");
        let told: &[&str] = match place {
            // It was not even closed.
            0 | 1 => &[],
            _ => &["tenant.erasure_requested", "tenant.erasure_withdrawn"],
        };
        assert_eq!(world.told(operation).await, told, "{place}");
        world.check_whole().await;
    }
}

/// Behind the fence, and with the fiscal archive made, there is still a way back.
#[tokio::test]
async fn taken_back_until_the_first_thing_is_dropped() {
    let world = World::idle().await;
    // Three steps of three places, and what is after the third.
    for place in [9, 10, 11] {
        let subdomain = format!("blue-{place}");
        world.made(&subdomain).await;
        let operation = world.to_be_erased(&subdomain, super::Terms::AT_ONCE).await;
        assert_eq!(world.run_to(place).await, Some(Stopped::Killed));
        let wished = cancel(&world.control, &call(), operation).await;
        world.work_off(&WorkerConfig::default()).await;
        if place == 11 {
            assert!(matches!(wished, Err(CancelError::TooLate(_))), "{wished:?}");
            assert_eq!(world.states(&subdomain).await, "");
        } else {
            wished.unwrap();
            assert_eq!(world.states(&subdomain).await, "TRIALING FULL READY", "{place}");
            assert_eq!(world.may(&subdomain).await, "write", "{place}");
        }
        world.check_whole().await;
    }
}

#[tokio::test]
async fn who_was_suspended_is_suspended_again() {
    let world = World::idle().await;
    for (subdomain, before, states, may) in [
        ("red", Command::Suspend(AccessMode::ReadOnly), "TRIALING READ_ONLY READY", "read"),
        ("green", Command::Suspend(AccessMode::Blocked), "TRIALING BLOCKED READY", "nothing"),
        ("black", Command::Cancel, "CANCELLED EXPORT_ONLY READY", "read"),
    ] {
        world.made(subdomain).await;
        world.asked(subdomain, before).await;
        world.work_off(&WorkerConfig::default()).await;
        let operation = world.to_be_erased(subdomain, WEEK).await;
        world.run_once().await;
        cancel(&world.control, &call(), operation).await.unwrap();
        world.work_off(&WorkerConfig::default()).await;
        assert_eq!(world.states(subdomain).await, states);
        assert_eq!(world.may(subdomain).await, may);
    }
    world.check_whole().await;
}
