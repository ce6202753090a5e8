//! Drift over a fleet: who is read, what is kept, what is told and how often.

use std::time::Duration;

use cloison_control::drift::{
    Distinct, DriftError, Report, Wish, fingerprint_missing, look, refresh, report,
};
use cloison_model::{ExpectedFrom, OperationState};

use crate::world::{World, request};

const WAIT: Duration = Duration::from_secs(30);

async fn fleet(subdomains: &[&str]) -> World {
    let world = World::new().await;
    for subdomain in subdomains {
        let (_, state) = world.provision(request(subdomain)).await.unwrap();
        assert_eq!(state, OperationState::Done);
    }
    world
}

/// By hand, in a tenant's database.
async fn change(world: &World, subdomain: &str, statement: &str) {
    let client = world.server.connect(&database(world, subdomain).await).await;
    client.execute(statement, &[]).await.unwrap();
}

async fn database(world: &World, subdomain: &str) -> String {
    let client = world.control.catalog.client().await.unwrap();
    let row = client
        .query_one("select database_name from tenant_summaries where subdomain = $1", &[&subdomain])
        .await
        .unwrap();
    row.get(0)
}

async fn read_all(world: &World) -> Report {
    refresh(&world.control, &Wish::All, WAIT).await.unwrap();
    report(&world.control).await.unwrap()
}

/// A schema a line: its version, its tenants, what it is, and its diff.
fn shown(report: &Report) -> Vec<String> {
    let schema = |it: &Distinct| {
        let what = if it.is_expected { "expected" } else { "drifted" };
        let diff: String = it.diff.iter().map(|it| format!(" [{it}]")).collect();
        let from = it.expected_from;
        format!("{} {} {what} by {from:?} {}{diff}", it.version, it.tenants, it.examples.join(","))
    };
    report.schemas.iter().map(schema).collect()
}

#[tokio::test]
async fn a_tenant_that_was_changed_by_hand_is_told_once_with_what_differs() {
    let world = fleet(&["blue", "red", "green"]).await;
    change(&world, "red", "alter table notes add column extra text").await;
    let before = world.count("tenants where schema_fingerprint is not null").await;
    assert_eq!(before, 0, "a worker looks after a minute, which no test takes");

    let told = look(&world.control).await.unwrap();
    let diff = ["+ table notes: column extra text"];
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].examples.as_slice(), told[0].diff.as_slice()),
        (&["red".to_owned()][..], &diff.map(str::to_owned)[..])
    );
    assert_eq!(
        shown(&report(&world.control).await.unwrap()),
        [
            "1 2 expected by Template blue,green",
            "1 1 drifted by Template red [+ table notes: column extra text]",
        ]
    );

    // Read again, and another tenant has the same: it has been told.
    change(&world, "green", "alter table notes add column extra text").await;
    let again = read_all(&world).await;
    assert_eq!(
        shown(&again)[0],
        "1 2 drifted by Template red,green [+ table notes: column extra text]",
        "{again:?}"
    );
    assert!(look(&world.control).await.unwrap().is_empty());
    world.execute("update tenants set schema_fingerprinted_at = null").await;
    assert!(look(&world.control).await.unwrap().is_empty());
    assert_eq!(world.count("schemas").await, 2);
}
