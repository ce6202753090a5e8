//! What does not answer, and what there is too much of.

use std::time::Duration;

use cloison_control::doctor::{Area, Ask, Check, examine};
use cloison_testkit::{Flow, Proxy};
use jiff::Timestamp;

use crate::world::World;

/// Far longer than a server of a test takes, and short enough to be waited for.
const PATIENCE: Duration = Duration::from_secs(3);

impl World {
    /// A server behind this port, in the catalog.
    async fn server_at(&self, name: &str, port: u16) {
        self.execute(&format!(
            "insert into servers (id, name, region, host, port, admin_host, admin_role, connection_budget)
             values (gen_random_uuid(), '{name}', 'us', '127.0.0.1', {port}, '127.0.0.1', 'postgres', 20)"
        ))
        .await;
    }
}

#[tokio::test]
async fn a_server_that_hangs_and_one_that_is_down_hide_nothing_of_the_others() {
    let world = World::idle().await;
    let hanging = Proxy::to(world.server.port()).await;
    hanging.let_through(Flow::Nothing);
    world.server_at("us-1", hanging.port).await;
    world.server_at("us-2", 1).await;
    let stray = "create role studio_98_db";
    world.server.connect("postgres").await.simple_query(stray).await.unwrap();

    let areas = [Area::Tenants, Area::Replication, Area::Archives];
    let mut ask = Ask::about(&areas, Timestamp::now());
    ask.patience = PATIENCE;
    let began = tokio::time::Instant::now();
    let mut found = examine(&world.control, &ask).await.unwrap().findings;
    assert!(began.elapsed() < PATIENCE * 2, "{:?}", began.elapsed());
    found.retain(|it| it.check != Check::ArchiveOff);
    let told: Vec<_> = found.iter().map(|it| (it.check, it.subject.as_str())).collect();
    assert_eq!(
        told,
        [
            (Check::ServerUnreachable, "us-1"),
            (Check::ServerUnreachable, "us-2"),
            (Check::OrphanRole, "eu-1"),
        ]
    );
    assert!(found[0].what.contains("it has not answered within 3 s"), "{:?}", found[0]);
}

#[tokio::test]
async fn a_thousand_of_a_kind_are_a_hundred_and_a_count() {
    let world = World::idle().await;
    let strays = "do $$ begin for number in 5001..6000 loop
            execute format('create role studio_%s_db', number);
        end loop; end $$";
    world.server.connect("postgres").await.simple_query(strays).await.unwrap();
    let report = world.examined(false).await;
    assert_eq!(report.findings.len(), 100);
    assert_eq!(report.more, [(Check::OrphanRole, 900)]);
}
