//! Drift over a fleet: who is read, what is kept, what is told and how often.

use std::time::Duration;

use cloison_catalog::queries::drift::drift_claim;
use cloison_control::drift::{
    Distinct, DriftError, Report, Wish, fingerprint_missing, look, refresh, report,
};
use cloison_control::operations::WorkerConfig;
use cloison_model::OperationState;

use crate::world::{World, eventually, request};

const WAIT: Duration = Duration::from_secs(30);

async fn fleet(subdomains: &[&str]) -> World {
    let mut world = World::new().await;
    for subdomain in subdomains {
        let (_, state) = world.provision(request(subdomain)).await.unwrap();
        assert_eq!(state, OperationState::Done);
    }
    world.dismiss();
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
        let diff: Vec<String> = it.diff.iter().map(|it| format!(" [{it}]")).collect();
        let from = it.expected_from;
        format!(
            "{} {} {what} by {from:?} {}{}",
            it.version,
            it.tenants,
            it.examples.join(","),
            diff.concat()
        )
    };
    report.schemas.iter().map(schema).collect()
}

#[tokio::test]
async fn a_tenant_that_was_changed_by_hand_is_told_once_with_what_differs() {
    let world = fleet(&["blue", "red", "green"]).await;
    change(&world, "red", "alter table notes add column extra text").await;
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
        shown(&again)[1],
        "1 2 drifted by Template green,red [+ table notes: column extra text]",
        "{again:?}"
    );
    assert!(look(&world.control).await.unwrap().is_empty());
    world.execute("update tenants set schema_fingerprinted_at = null").await;
    assert!(look(&world.control).await.unwrap().is_empty());
    assert_eq!(world.count("schemas").await, 2);
}

#[tokio::test]
async fn workers_look_by_themselves() {
    let mut world = fleet(&["blue", "red"]).await;
    change(&world, "red", "alter table notes add column extra text").await;
    let drift_every = Duration::from_millis(1);
    world.employ(WorkerConfig { spares: 0, drift_every, ..WorkerConfig::default() });
    eventually(async || world.count("schemas where told_at is not null").await == 1).await;
    let report = report(&world.control).await.unwrap();
    assert_eq!((report.unknown, report.drifted().count()), (0, 1));
}

#[tokio::test]
async fn twenty_with_the_same_drift_are_one_schema() {
    let names: Vec<String> = (1..=22).map(|it| format!("studio-{it:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let world = fleet(&names).await;
    for name in &names[2..] {
        change(&world, name, "create index notes_body_index on notes (body)").await;
    }
    let report = read_all(&world).await;
    assert_eq!((report.tenants, report.unknown), (22, 0));
    assert_eq!(
        shown(&report),
        [
            "1 2 expected by Template studio-01,studio-02",
            "1 20 drifted by Template studio-03,studio-04,studio-05,studio-06,studio-07 \
             [+ table notes: index notes_body_index CREATE INDEX notes_body_index ON public.notes USING btree (body)]",
        ]
    );
}

/// Without a template at their version, as in the middle of a rollout, most tenants are right.
#[tokio::test]
async fn where_no_template_says_it_the_commonest_schema_is_right() {
    let world = fleet(&["blue", "red", "green", "grey"]).await;
    for name in ["blue", "red", "green"] {
        change(&world, name, "alter table notes add column more text").await;
    }
    world.execute("update tenants set schema_version = 2 where database_name in (select database_name from tenant_summaries where subdomain <> 'grey')").await;
    change(&world, "red", "alter table notes alter column more type varchar(9)").await;
    assert_eq!(
        shown(&read_all(&world).await),
        [
            "2 2 expected by Commonest blue,green",
            "2 1 drifted by Commonest red [~ table notes: column more: expected text, found character varying(9)]",
            "1 1 expected by Template grey",
        ]
    );
}

#[tokio::test]
async fn an_index_that_cannot_be_used_is_a_hint() {
    let world = fleet(&["blue"]).await;
    change(&world, "blue", "insert into notes values ('twice'), ('twice')").await;
    let client = world.server.connect(&database(&world, "blue").await).await;
    let failed = client.execute("create unique index concurrently notes_key on notes (body)", &[]);
    assert!(failed.await.is_err());
    let report = read_all(&world).await;
    assert_eq!(
        report.schemas[0].hints,
        ["index notes_key of table notes is invalid: drop it, or run the rollout again"]
    );
}

#[tokio::test]
async fn another_version_forgets_the_fingerprint_and_a_fingerprint_changes_no_route() {
    let world = fleet(&["blue"]).await;
    let epoch = async || {
        world
            .count("(select epoch from tenants) as it cross join generate_series(1, it.epoch)")
            .await
    };
    let known = async || {
        world.count("tenants where schema_fingerprint is not null and schema_fingerprinted_at is not null").await
    };
    let before = epoch().await;
    assert_eq!(fingerprint_missing(&world.control, 10).await.unwrap().read, 1);
    assert!(fingerprint_missing(&world.control, 10).await.unwrap().is_empty());
    assert_eq!((epoch().await, known().await), (before, 1));

    world.execute("update tenants set schema_version = schema_version").await;
    assert_eq!(known().await, 1, "it is the same version");
    world.execute("update tenants set schema_version = 2").await;
    assert_eq!(known().await, 0);
    world.execute("update tenants set schema_version = 3, schema_fingerprint = (select fingerprint from schemas), schema_fingerprinted_at = now()").await;
    assert_eq!(known().await, 1, "it was given with the version");
}

#[tokio::test]
async fn what_is_a_day_old_is_read_again() {
    let world = fleet(&["blue", "red"]).await;
    fingerprint_missing(&world.control, 10).await.unwrap();
    world
        .execute(
            "update tenants set schema_fingerprinted_at = now() - interval '25 hours'
             where organization_id = (select id from tenant_summaries where subdomain = 'red')",
        )
        .await;
    assert_eq!(fingerprint_missing(&world.control, 10).await.unwrap().read, 1);
}

#[tokio::test]
async fn a_round_that_was_cut_off_is_made_again_soon() {
    let world = fleet(&["blue", "red"]).await;
    fingerprint_missing(&world.control, 10).await.unwrap();
    let pass = async |interval: &str| {
        let later = format!(
            "update tenants set schema_fingerprinted_at = schema_fingerprinted_at - interval '{interval}'"
        );
        world.execute(&later).await;
    };
    pass("25 hours").await;
    // All that a round has done which dies while it reads.
    let client = world.control.catalog.client().await.unwrap();
    let (fresh, retry) = (24.0 * 3_600.0, 600.0);
    let claimed = drift_claim().bind(&client, &fresh, &retry, &10).all().await.unwrap();
    assert_eq!(claimed.len(), 2);
    assert!(fingerprint_missing(&world.control, 10).await.unwrap().is_empty(), "they are taken");
    assert_eq!(report(&world.control).await.unwrap().unknown, 0, "what is known stays so");
    pass("11 minutes").await;
    assert_eq!(fingerprint_missing(&world.control, 10).await.unwrap().read, 2);
    pass("11 minutes").await;
    assert!(fingerprint_missing(&world.control, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_database_that_cannot_be_read_is_unknown_and_keeps_nobody_else_waiting() {
    let world = fleet(&["blue", "red", "green"]).await;
    let gone = database(&world, "red").await;
    fingerprint_missing(&world.control, 10).await.unwrap();
    let admin = world.server.connect("postgres").await;
    admin.execute(&format!("drop database {gone} with (force)"), &[]).await.unwrap();

    world.execute("update tenants set schema_fingerprinted_at = null").await;
    let round = fingerprint_missing(&world.control, 10).await.unwrap();
    assert_eq!((round.read, round.failed), (2, 1));
    let report = report(&world.control).await.unwrap();
    assert_eq!((report.tenants, report.unknown), (3, 1));
    assert_eq!(shown(&report), ["1 2 expected by Template blue,green"]);
    // After a while, or when somebody asks.
    assert!(fingerprint_missing(&world.control, 10).await.unwrap().is_empty());
    refresh(&world.control, &Wish::Missing, WAIT).await.unwrap();
    world.execute("update tenants set schema_fingerprinted_at = now() - interval '11 minutes' where schema_fingerprint is null").await;
    assert_eq!(fingerprint_missing(&world.control, 10).await.unwrap().failed, 1);
}

#[tokio::test]
async fn a_server_that_is_down_fails_at_once_and_is_tried_again() {
    let world = fleet(&["blue", "red"]).await;
    // The control database is on the same server, so it is the way to it that is lost.
    world.execute("update servers set admin_host = '/nowhere'").await;
    let round = fingerprint_missing(&world.control, 10).await.unwrap();
    assert_eq!((round.read, round.failed), (0, 2));
    let socket = world.server.address().socket_dir.to_str().unwrap().to_owned();
    world.execute(&format!("update servers set admin_host = '{socket}'")).await;
    refresh(&world.control, &Wish::Missing, WAIT).await.unwrap();
    assert_eq!(
        shown(&report(&world.control).await.unwrap()),
        ["1 2 expected by Template blue,red"]
    );
}

#[tokio::test]
async fn who_is_being_worked_on_is_left_alone() {
    let world = fleet(&["blue", "red"]).await;
    world
        .execute(
            "insert into operations (id, kind, organization_id, subdomain, step, input, actor)
             select gen_random_uuid(), 'suspend', id, subdomain, 'set_access', '{}', 'a test'
             from organizations where subdomain = 'red'",
        )
        .await;
    assert_eq!(fingerprint_missing(&world.control, 10).await.unwrap().read, 1);
    assert_eq!(report(&world.control).await.unwrap().unknown, 1);
}

#[tokio::test]
async fn rounds_are_bounded_and_two_at_once_share_the_work() {
    let world = fleet(&["blue", "red", "green", "grey"]).await;
    assert_eq!(fingerprint_missing(&world.control, 1).await.unwrap().read, 1);
    let (one, other) = tokio::join!(
        fingerprint_missing(&world.control, 2),
        fingerprint_missing(&world.control, 2)
    );
    assert_eq!(one.unwrap().read + other.unwrap().read, 3);
}

#[tokio::test]
async fn tenants_are_read_anew_by_name_and_strangers_are_refused() {
    let world = fleet(&["blue", "red"]).await;
    fingerprint_missing(&world.control, 10).await.unwrap();
    for name in ["blue", "red"] {
        change(&world, name, "drop function cloison_first_data(jsonb)").await;
    }
    let wish = |names: &[&str]| Wish::Tenants(names.iter().map(|&it| it.to_owned()).collect());
    refresh(&world.control, &wish(&["blue"]), WAIT).await.unwrap();
    let schemas = shown(&report(&world.control).await.unwrap());
    assert_eq!(schemas.len(), 2, "{schemas:?}");
    assert!(
        schemas[1].starts_with("1 1 drifted by Template blue [- function cloison_first_data"),
        "{schemas:?}"
    );

    let refused = refresh(&world.control, &wish(&["red", "nobody"]), WAIT).await.unwrap_err();
    assert!(matches!(refused, DriftError::NoTenant(name) if name == "nobody"));
    assert_eq!(report(&world.control).await.unwrap().unknown, 0, "nothing was forgotten");
}
