//! Leases, waits and several workers at once.

use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::time::Duration;

use cloison_control::life_cycle::{CommandError, command};
use cloison_control::operations::{
    CancelError, Cuts, Place, Stopped, WorkerConfig, cancel, run_due, work,
};
use cloison_control::provision::provision;
use cloison_control::spares::restock;
use cloison_model::{AccessMode, Command, OperationId, OperationState, Step};
use cloison_router::{Config, Router};
use tokio_util::sync::CancellationToken;

use crate::world::{World, call, eventually, request};

async fn tenant(world: &World) {
    provision(&world.control, &call(), &request("blue")).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
}

async fn ask(world: &World, wanted: Command) -> Result<OperationId, CommandError> {
    command(&world.control, &call(), &"blue".parse().unwrap(), wanted, None).await
}

/// One value of an operation's row.
async fn column(world: &World, operation: OperationId, column: &str) -> String {
    let client = world.server.connect(cloison_catalog::DATABASE).await;
    let query =
        format!("select coalesce({column}::text, '') from operations where id = '{operation}'");
    client.query_one(&query, &[]).await.unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_slept_past_its_lease_changes_nothing() {
    let world = World::idle().await;
    let operation = provision(&world.control, &call(), &request("blue")).await.unwrap();

    let (asleep, sleeps) = channel();
    let (wake, woken) = channel::<()>();
    let (asleep, woken) = (Mutex::new(asleep), Mutex::new(woken));
    let cuts = Cuts::when(move |cut| {
        if cut.place == Place::BeforeCommit && cut.step == Step::MakeDatabase {
            asleep.lock().unwrap().send(()).unwrap();
            tokio::task::block_in_place(|| woken.lock().unwrap().recv().unwrap());
        }
        false
    });
    let sleeper = {
        let (control, config) =
            (world.control.clone(), WorkerConfig { cuts, ..WorkerConfig::default() });
        world.control.tracker.spawn(async move { run_due(&control, &config).await })
    };
    tokio::task::block_in_place(|| sleeps.recv().unwrap());
    // Its lease runs out, and another does all of the work.
    assert_eq!(world.work_off(&WorkerConfig::default()).await, 1);
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    let events = world.count("operation_events").await;

    wake.send(()).unwrap();
    assert_eq!(sleeper.await.unwrap().unwrap(), Some(Stopped::LeaseLost));
    assert_eq!(world.count("operation_events").await, events);
}

/// Keeps every other session from changing the tenant's role, as a hanging server would.
async fn block_role(world: &World) -> tokio_postgres::Client {
    let blocker = world.server.connect("postgres").await;
    blocker.execute("begin", &[]).await.unwrap();
    blocker.execute("alter role studio_1_db connection limit 7", &[]).await.unwrap();
    blocker
}

#[tokio::test]
async fn a_lease_lasts_as_long_as_the_work() {
    let world = World::idle().await;
    tenant(&world).await;
    let blocker = block_role(&world).await;
    let operation = ask(&world, Command::Suspend(AccessMode::ReadOnly)).await.unwrap();
    let worker = {
        let lease = Duration::from_millis(600);
        let (control, config) =
            (world.control.clone(), WorkerConfig { lease, ..WorkerConfig::default() });
        world.control.tracker.spawn(async move { run_due(&control, &config).await })
    };
    // Extended several times, so it has outlived its first length.
    eventually(async || !column(&world, operation, "worker").await.is_empty()).await;
    let token = column(&world, operation, "lease_token").await;
    let mut seen = std::collections::BTreeSet::new();
    eventually(async || {
        seen.insert(column(&world, operation, "due_at").await);
        seen.len() > 6
    })
    .await;
    assert!(run_due(&world.control, &WorkerConfig::default()).await.unwrap().is_none());

    blocker.execute("rollback", &[]).await.unwrap();
    assert_eq!(worker.await.unwrap().unwrap(), Some(Stopped::Ended(OperationState::Done)));
    assert_eq!(column(&world, operation, "lease_token").await, token, "claimed once");
}

#[tokio::test]
async fn losing_the_lease_cancels_the_work_and_the_next_ends_its_session() {
    let world = World::idle().await;
    tenant(&world).await;
    let blocker = block_role(&world).await;
    let operation = ask(&world, Command::Suspend(AccessMode::ReadOnly)).await.unwrap();
    let lease = Duration::from_millis(600);
    let config = WorkerConfig { lease, ..WorkerConfig::default() };
    let work = |config: WorkerConfig| {
        let control = world.control.clone();
        world.control.tracker.spawn(async move { run_due(&control, &config).await })
    };
    let first = work(config.clone());
    eventually(async || column(&world, operation, "step").await == "apply_rights").await;
    // As if another had claimed it.
    world
        .execute("update operations set lease_token = lease_token + 1 where state = 'RUNNING'")
        .await;
    assert_eq!(first.await.unwrap().unwrap(), Some(Stopped::LeaseLost));

    world.execute("update operations set due_at = now() where state = 'RUNNING'").await;
    let lost = column(&world, operation, "lease_token").await;
    let second = work(WorkerConfig::default());
    eventually(async || column(&world, operation, "lease_token").await != lost).await;
    blocker.execute("rollback", &[]).await.unwrap();
    assert_eq!(second.await.unwrap().unwrap(), Some(Stopped::Ended(OperationState::Done)));
}

#[tokio::test]
async fn what_waits_says_why_and_goes_on_by_itself() {
    let world = World::new().await;
    // A session on the template keeps it from being cloned.
    let in_the_way = world.server.connect("cloison_template").await;
    let operation = provision(&world.control, &call(), &request("blue")).await.unwrap();
    eventually(async || !column(&world, operation, "waiting").await.is_empty()).await;
    let why = column(&world, operation, "waiting").await;
    assert!(why.contains("being accessed by other users"), "{why}");
    let report = world.examined(false).await;
    assert!(report.findings.iter().any(|it| it.what.contains(&why)), "{report:?}");

    drop(in_the_way);
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    assert_eq!(column(&world, operation, "waiting").await, "");
}

#[tokio::test]
async fn many_workers_do_each_thing_once() {
    let world = World::idle().await;
    let shutdown = CancellationToken::new();
    for number in 0..3 {
        let config = WorkerConfig {
            name: format!("worker {number}"),
            concurrency: 3,
            spares: 2,
            ..WorkerConfig::default()
        };
        // As another process would: its own feed, its own sessions.
        let control = cloison_control::Control::new(
            world.control.catalog.clone(),
            world.control.key.clone(),
            world.control.source.clone(),
            world.control.tracker.clone(),
        );
        world.control.tracker.spawn(work(control, config, shutdown.clone()));
    }
    let mut operations = Vec::new();
    for number in 0..30 {
        let request = request(&format!("blue-{number}"));
        operations.push(provision(&world.control, &call(), &request).await.unwrap());
    }
    for operation in operations {
        assert_eq!(world.end_of(operation).await, OperationState::Done);
    }
    eventually(async || world.count("spares where state = 'READY'").await == 2).await;
    eventually(async || world.count("operations where state = 'RUNNING'").await == 0).await;
    shutdown.cancel();
    let twice = "(
        select operation_id from operation_events group by operation_id, message having count(*) > 1
    ) as twice";
    assert_eq!(world.count(twice).await, 0, "no step was committed twice");
    assert_eq!(world.left_on_server().await.len(), 64);
}

#[tokio::test]
async fn one_operation_at_a_time_and_none_that_is_past_its_point() {
    let world = World::idle().await;
    tenant(&world).await;
    let operation = ask(&world, Command::Erase).await.unwrap();
    assert!(matches!(ask(&world, Command::Cancel).await, Err(CommandError::Busy)));

    let cuts = Cuts::when(|cut| cut.place == Place::BeforeEffect && cut.step == Step::DropDatabase);
    run_due(&world.control, &WorkerConfig { cuts, ..WorkerConfig::default() }).await.unwrap();
    let refused = cancel(&world.control, &call(), operation).await;
    assert!(matches!(refused, Err(CancelError::TooLate(Step::DropDatabase))), "{refused:?}");
    assert!(matches!(ask(&world, Command::Cancel).await, Err(CommandError::Refused(_))));
    world.work_off(&WorkerConfig::default()).await;
    assert!(matches!(ask(&world, Command::Erase).await, Err(CommandError::NoTenant(_))));
    let refused = cancel(&world.control, &call(), operation).await;
    assert!(matches!(refused, Err(CancelError::Ended(OperationState::Done))), "{refused:?}");
}

#[tokio::test]
async fn suspending_reaches_connections_that_are_open() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    let shutdown = CancellationToken::new();
    let router = Router::start(
        world.control.clone(),
        Config::default(),
        world.control.tracker.clone(),
        shutdown.clone(),
    )
    .await
    .unwrap();
    let id = world.id("blue").await;
    let connection =
        router.tenant(id).unwrap().acquire(cloison_router::Intent::ReadWrite).await.unwrap();
    connection.execute("insert into notes (body) values ('x')", &[]).await.unwrap();

    let operation = ask(&world, Command::Suspend(AccessMode::ReadOnly)).await.unwrap();
    world.end_of(operation).await;
    let refused = connection.execute("insert into notes (body) values ('x')", &[]).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.code().unwrap().code(), "42501");
    connection.query("select body from notes", &[]).await.unwrap();

    let operation = ask(&world, Command::Suspend(AccessMode::Blocked)).await.unwrap();
    world.end_of(operation).await;
    assert!(connection.query("select body from notes", &[]).await.is_err(), "it was ended");
    drop(connection);
    shutdown.cancel();
}

/// Requests go on while the password changes, over and over.
#[tokio::test]
async fn a_password_changes_without_anybody_noticing() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    let shutdown = CancellationToken::new();
    let router = Router::start(
        world.control.clone(),
        Config::default(),
        world.control.tracker.clone(),
        shutdown.clone(),
    )
    .await
    .unwrap();
    let id = world.id("blue").await;
    let visitors = (0..4).map(|_| {
        let (router, done) = (router.clone(), shutdown.clone());
        world.control.tracker.spawn(async move {
            let mut served = 0_u32;
            while !done.is_cancelled() {
                let connection = router
                    .tenant(id)
                    .unwrap()
                    .acquire(cloison_router::Intent::ReadWrite)
                    .await
                    .unwrap();
                connection.query("select body from notes", &[]).await.unwrap();
                served += 1;
            }
            served
        })
    });
    let visitors: Vec<_> = visitors.collect();
    for _ in 0..10 {
        let operation = ask(&world, Command::RotatePassword).await.unwrap();
        assert_eq!(world.end_of(operation).await, OperationState::Done);
    }
    shutdown.cancel();
    for visitor in visitors {
        assert!(visitor.await.unwrap() > 10);
    }
}

#[tokio::test]
async fn a_spare_that_cannot_be_made_is_not_ordered_again_and_again() {
    let world = World::idle().await;
    world
        .server
        .connect("postgres")
        .await
        .execute("alter database cloison_template rename to cloison_template_gone", &[])
        .await
        .unwrap();
    assert_eq!(restock(&world.control, 1).await.unwrap(), 1);
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.count("operations where state = 'FAILED'").await, 1);
    assert_eq!(world.count("spares").await, 0);
    assert_eq!(restock(&world.control, 1).await.unwrap(), 0);
}
