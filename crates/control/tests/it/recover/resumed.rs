//! Work that was under way in the backup, and of which nobody knows any more what became of it.

use cloison_control::operations::{Stopped, WorkerConfig, cancel};
use cloison_model::{Command, OperationState};

use super::{Ask, about, world};
use crate::erasures::Terms;
use crate::world::call;

#[tokio::test]
async fn an_erasure_has_its_days_once_more() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    let erase = world.to_be_erased("blue", Terms::AT_ONCE).await;
    // Behind the fence, before the step that comes then.
    assert_eq!(world.run_to(9).await, Some(Stopped::Killed));
    world.back_up_control().await;
    cancel(&world.control, &call(), erase).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.states("blue").await, "TRIALING FULL READY");
    world.lose_control().await;

    let report = world.recover(Ask::default()).await.unwrap();
    let told = about(&report, "blue");
    assert!(told.contains(&format!("cloison operations cancel {erase}")), "{told}");
    assert_eq!(world.run_once().await, Some(Stopped::Waiting), "it was to be made at once");
    let waiting = world.waiting(erase).await;
    assert!(waiting.contains("it is closed; its data are erased after"), "{waiting}");
    assert_eq!(world.left_on_server().await.len(), 2);
    let requested: bool = world.one("select asked_at < grace_from from erasure_requests").await;
    assert!(requested, "the certificate says when it was asked for");

    cancel(&world.control, &call(), erase).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.states("blue").await, "TRIALING FULL READY");
    assert_eq!(world.may("blue").await, "write");
}

#[tokio::test]
async fn what_drops_or_replaces_a_database_waits_for_whoever_remembers() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.asked("blue", Command::Cancel).await;
    world.work_off(&WorkerConfig::default()).await;
    let archive = world.asked("blue", Command::Archive).await;
    world.back_up_control().await;
    world.lose_control().await;

    let report = world.recover(Ask::default()).await.unwrap();
    assert_eq!(report.operations_going_on, 1);
    let told = about(&report, "blue");
    assert!(told.contains("(archive) goes on in an hour"), "{told}");
    assert!(told.contains(&format!("cloison operations cancel {archive}")), "{told}");
    let later = "operations where state = 'RUNNING' and due_at > now() + interval '50 minutes'";
    assert_eq!(world.count(later).await, 1);
    cancel(&world.control, &call(), archive).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.outcome(archive).await.0, OperationState::Cancelled);
}
