//! Each start runs the bootstrap again; it adds what is missing and breaks nothing.

use cloison_control::bootstrap;
use cloison_control::releases::settle;
use cloison_model::{OperationState, Release, Secret};

use crate::world::{APPLICATION, World, request};

#[tokio::test]
async fn it_can_be_run_again() {
    let world = World::new().await;
    world.provision(request("blue")).await.unwrap();
    let admin = world.admin();
    bootstrap::control_database(&admin, &Secret::new("control's password")).await.unwrap();
    let (release, version) = settle(&world.control).await.unwrap();
    bootstrap::server(&admin, &release, version).await.unwrap();
    assert_eq!(world.count("organizations").await, 1);
    let postgres = world.server.connect("postgres").await;
    let anchor = "select has_database_privilege('cloison_app', 'cloison_pitr_anchor', 'connect')";
    let anchor = postgres.query_one(anchor, &[]).await.unwrap();
    assert!(!anchor.get::<_, bool>(0), "nobody gets into what restores hold on to");
    assert_eq!(world.provision(request("red")).await.unwrap().1, OperationState::Done);
}

#[tokio::test]
async fn a_migration_that_fails_changes_nothing() {
    let world = World::new().await;
    let broken: Vec<_> = APPLICATION
        .iter()
        .copied()
        .chain([("2_broken.sql", "-- phase: expand\ncreate table half ();\nselect 1 / 0;")])
        .collect();
    let release = Release::from_files(&broken).unwrap();
    let error = format!("{:#}", bootstrap::server(&world.admin(), &release, 2).await.unwrap_err());
    assert!(error.contains("migration 2 (broken) failed"), "{error}");
    assert!(error.contains("division by zero"), "{error}");
    let template = world.server.connect("cloison_template").await;
    let half = template.query_one("select to_regclass('half') is null", &[]).await.unwrap();
    assert!(half.get::<_, bool>(0));
}

#[tokio::test]
async fn a_process_that_may_not_migrate_sees_whether_it_fits() {
    let world = World::new().await;
    let client = world.control.catalog.client().await.unwrap();
    let check = async || match bootstrap::control_database_verify(&client).await {
        Ok(()) => "fits".to_owned(),
        Err(error) => error.to_string(),
    };
    assert_eq!(check().await, "fits");

    let admin = world.admin().connect(cloison_catalog::DATABASE).await.unwrap();
    admin
        .execute("insert into cloison_migrations values (9999, 'later', 'x', now())", &[])
        .await
        .unwrap();
    assert!(check().await.contains("at version 9999, newer than the"), "{}", check().await);

    admin.execute("delete from cloison_migrations", &[]).await.unwrap();
    assert!(check().await.contains("at version 0, older than the"), "{}", check().await);
}
