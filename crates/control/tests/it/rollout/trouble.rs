//! Servers that are away or full, workers that come twice, and tenants that change while a rollout is under way.

use cloison_control::bootstrap;
use cloison_control::life_cycle::command;
use cloison_control::operations::{WorkerConfig, work};
use cloison_control::releases::settle;
use cloison_control::rollout::{self, RolloutRequest, RolloutView};
use cloison_model::{Command, OperationState, Policy};
use cloison_testkit::{Server, SmallDisk};
use tokio_util::sync::CancellationToken;

use super::{MORE, release, wanted};
use crate::world::{World, admin, call, eventually, register, server};

impl World {
    /// Another one, with a template; new tenants are spread over both.
    async fn second_server(&self) -> Server {
        let server = server();
        register(&self.control, &server, "eu-2", 1_000).await;
        let (release, version) = settle(&self.control).await.unwrap();
        let admin = admin(&server, &self.control.tracker);
        bootstrap::server(&admin, &release, version).await.unwrap();
        server
    }

    /// Databases of tenants on the second server.
    async fn there(&self, server: &Server) -> Vec<String> {
        let client = server.connect("postgres").await;
        let rows = client
            .query("select datname::text from pg_database where datname like 'studio\\_%'", &[])
            .await
            .unwrap();
        rows.iter().map(|it| it.get(0)).collect()
    }
}

fn done(view: &RolloutView) -> usize {
    usize::try_from(view.waves.iter().map(|it| it.done).sum::<u32>()).unwrap()
}

fn at_once() -> RolloutRequest {
    let policy = Policy { waves: vec![100], max_failures: 0, ..Policy::default() };
    RolloutRequest { policy, ..wanted() }
}

const NAMES: [&str; 6] = ["blue", "green", "ochre", "pink", "red", "violet"];

#[tokio::test]
async fn a_server_that_is_down_is_waited_for_and_costs_no_failure() {
    let mut world = World::new().await;
    let second = world.second_server().await;
    world.tenants(&NAMES).await;
    let away = world.there(&second).await.len();
    assert!((1..NAMES.len()).contains(&away), "{away}");
    world.control.source = release(&[MORE]);
    let mut outage = second.crash();
    let (number, operation) = world.begin(&at_once()).await;
    world.see(number, |it| done(it) == NAMES.len() - away).await;
    outage.end().unwrap();
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    let view = rollout::show(&world.control, number).await.unwrap().unwrap();
    assert_eq!(done(&view), NAMES.len(), "{view:?}");
}

#[tokio::test]
async fn a_server_whose_disk_is_full_is_waited_for_and_the_others_go_on() {
    let mut world = World::new().await;
    let second = world.second_server().await;
    world.tenants(&NAMES).await;
    let full = world.there(&second).await;
    let disk = SmallDisk::mount(&second, 2 << 20);
    let client = second.connect("postgres").await;
    client
        .execute(&format!("create tablespace small location '{}'", disk.path().display()), &[])
        .await
        .unwrap();
    client.execute("grant create on tablespace small to public", &[]).await.unwrap();
    for database in &full {
        let text = format!("alter database {database} set default_tablespace = small");
        client.execute(&text, &[]).await.unwrap();
    }
    // Half a megabyte each.
    world.control.source = release(&[(
        "2_large.sql",
        "-- phase: expand
create table large as select repeat('x', 1000) as filler, place from generate_series(1, 500) as place;",
    )]);
    let filler = disk.fill();
    let (number, operation) = world.begin(&at_once()).await;
    world.see(number, |it| done(it) == NAMES.len() - full.len()).await;
    // It has been tried there.
    eventually(async || {
        world.count("operations where kind = 'migrate' and waiting like '%No space left%'").await
            > 0
    })
    .await;
    drop(filler);
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    assert_eq!(world.count("quarantines").await, 0);
    assert!(world.versions().await.iter().all(|it| it.1 == 2));
    // The tablespace goes before its disk does.
    for database in &full {
        let inside = second.connect(database).await;
        inside.execute("drop table large", &[]).await.unwrap();
    }
    drop(disk);
}

#[tokio::test]
async fn several_processes_at_work_take_each_tenant_once() {
    let mut world = World::new().await;
    world.tenants(&NAMES).await;
    let shutdown = CancellationToken::new();
    for name in ["second", "third"] {
        let config = WorkerConfig { name: name.to_owned(), spares: 0, ..WorkerConfig::default() };
        world.control.tracker.spawn(work(world.control.clone(), config, shutdown.clone()));
    }
    for version in 2..6 {
        let files: Vec<_> = (2..=version)
            .map(|it| {
                // Cannot be run twice.
                (format!("{it}_made.sql"), format!("-- phase: expand\ncreate table made_{it} ();"))
            })
            .collect();
        let files: Vec<_> = files.iter().map(|(name, text)| (&**name, &**text)).collect();
        world.control.source = release(&files);
        let view = world.roll_out(&at_once()).await;
        assert_eq!(done(&view), NAMES.len(), "{view:?}");
    }
    assert!(world.versions().await.iter().all(|it| it.1 == 5));
    shutdown.cancel();
}

#[tokio::test]
async fn a_tenant_that_is_erased_or_suspended_on_the_way_holds_nobody_up() {
    let mut world = World::new().await;
    world.tenants(&NAMES).await;
    world.control.source = release(&[MORE]);
    let canaries = vec!["red".parse().unwrap()];
    let holder = world.inside("red").await;
    holder.execute("begin", &[]).await.unwrap();
    holder.execute("lock table notes in access share mode", &[]).await.unwrap();
    let (number, operation) = world.begin(&RolloutRequest { canaries, ..at_once() }).await;
    world.see(number, |it| it.waves.first().is_some_and(|it| it.running == 1)).await;
    let erased = "blue".parse().unwrap();
    let erasing = command(&world.control, &call(), &erased, Command::Erase, None).await.unwrap();
    assert_eq!(world.end_of(erasing).await, OperationState::Done);
    world.tenants(&["azure"]).await;
    holder.execute("commit", &[]).await.unwrap();
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    // Whoever was made meanwhile follows.
    let names = ["azure", "green", "ochre", "pink", "red", "violet"];
    let expected = names.map(|it| (it.to_owned(), 2));
    eventually(async || world.versions().await == expected).await;
}
