//! Databases that the backup knows otherwise: spares that were taken, tenants that are gone, servers that do not answer.

use cloison_control::operations::WorkerConfig;
use cloison_control::spares::restock;

use super::{Ask, world};

#[tokio::test]
async fn a_spare_that_was_taken_since_is_given_to_nobody() {
    let (world, _safe) = world().await;
    for spares in 1..=2 {
        assert_eq!(restock(&world.control, spares).await.unwrap(), 1);
        world.work_off(&WorkerConfig::default()).await;
    }
    world.back_up_control().await;
    // Takes the first, is kept out again, and has no backup: all that is left of it is what is in the database.
    world.made("taken").await;
    let database = world.one::<String>("select database_name from tenants").await;
    world.execute("update organizations set access_mode = 'BLOCKED'").await;
    let revoke = format!("revoke cloison_app from {database}");
    let server = world.server.connect("postgres").await;
    server.execute(&revoke, &[]).await.unwrap();
    server
        .execute(&format!("revoke connect on database {database} from {database}"), &[])
        .await
        .unwrap();
    server.execute(&format!("alter role {database} connection limit 0"), &[]).await.unwrap();
    world.lose_control().await;

    let report = world.recover(Ask::default()).await.unwrap();
    assert_eq!((report.spares_kept, report.spares_forgotten), (1, 1));
    assert_eq!(report.to_do.len(), 1, "{:?}", report.to_do);
    assert_eq!(report.to_do[0].subject, database);
    world.made("next").await;
    world.made("more").await;
    let takers = format!("tenants where database_name = '{database}'");
    assert_eq!(world.count(&takers).await, 0);
    assert_eq!(world.notes(&database).await, ["kim@example.com"], "and it is as it was");
    assert_eq!(world.count("spares").await, 0, "the other one was taken");
}

/// Nobody can look whether they were taken.
#[tokio::test]
async fn spares_of_a_server_that_does_not_answer_are_given_to_nobody() {
    let (world, _safe) = world().await;
    assert_eq!(restock(&world.control, 1).await.unwrap(), 1);
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(restock(&world.control, 2).await.unwrap(), 1);
    world.execute("update servers set admin_host = '/nowhere'").await;
    world.back_up_control().await;
    world.lose_control().await;

    let report = world.recover(Ask::default()).await.unwrap();
    assert_eq!((report.spares_kept, report.spares_forgotten), (0, 2));
    let told = super::about(&report, "eu-1");
    assert!(told.contains("2 databases made ahead there are counted as such no more"), "{told}");
    assert!(told.contains("made there after it are not taken in"), "{told}");
    assert_eq!(world.count("spares").await, 0);
    assert_eq!(world.count("operations where state = 'RUNNING'").await, 0);
}

/// Of three tenants two are in trouble, and the third does not notice; of two servers one is away.
#[tokio::test]
async fn one_that_is_in_trouble_keeps_nobody_else_from_coming_back() {
    let (world, _safe) = world().await;
    for it in ["blue", "rose", "red"] {
        world.made(it).await;
    }
    crate::world::register(&world.control, &world.server, "eu-0", 10).await;
    world.execute("update servers set admin_host = '/nowhere' where name = 'eu-0'").await;
    world.back_up_control().await;
    world.run_in("studio_1_db", "drop table cloison_migrations").await;
    world.run_in("postgres", "drop database studio_2_db with (force)").await;
    for role in ["studio_2_db", "studio_3_db"] {
        world.run_in("postgres", &format!("alter role {role} connection limit 3")).await;
    }
    world.lose_control().await;

    let report = world.recover(Ask::default()).await.unwrap();
    assert_eq!((report.tenants, report.roles_set_back), (3, 1), "{:?}", report.to_do);
    let blue = super::about(&report, "blue");
    assert!(blue.contains("does not say at which schema version it is"), "{blue}");
    let rose = super::about(&report, "rose");
    assert!(rose.contains("is missing on server eu-1"), "{rose}");
    assert_eq!(world.may("red").await, "write");

    world.run_in("postgres", "alter role studio_3_db connection limit 3").await;
    let found = world.examined(true).await.findings;
    let about = |subject: &str| found.iter().filter(|it| it.subject == subject).collect::<Vec<_>>();
    assert!(about("eu-0")[0].what.contains("could not be looked at"), "{found:?}");
    assert!(about("rose").iter().all(|it| !it.fixed), "{found:?}");
    assert!(about("red").iter().all(|it| it.fixed) && about("red").len() == 1, "{found:?}");
}

#[tokio::test]
async fn a_spare_that_was_taken_and_backed_up_is_its_tenants_again() {
    let (world, _safe) = world().await;
    assert_eq!(restock(&world.control, 1).await.unwrap(), 1);
    world.work_off(&WorkerConfig::default()).await;
    world.back_up_control().await;
    world.made("taken").await;
    world.back_up().await;
    let id = world.id("taken").await;
    world.lose_control().await;
    let report = world.recover(Ask::default()).await.unwrap();
    assert_eq!((report.taken_in.len(), report.spares_forgotten), (1, 1));
    assert_eq!((world.id("taken").await, world.may("taken").await), (id, "write"));
}

#[tokio::test]
async fn what_is_missing_is_said_with_the_way_out() {
    let (world, safe) = world().await;
    for it in ["blue", "rose", "gone"] {
        world.made(it).await;
    }
    let gone = world.id("gone").await.0;
    world.back_up().await;
    crate::world::register(&world.control, &world.server, "eu-9", 10).await;
    world.execute("update servers set admin_host = '/nowhere' where name = 'eu-9'").await;
    world.back_up_control().await;
    world.run_in("postgres", "drop database studio_2_db with (force)").await;
    world.run_in("studio_1_db", "insert into cloison_migrations values (9, 'later', 'x')").await;
    // Erased, and then its server was brought back from before that.
    world.bury(&safe, gone, 3).await;
    world.lose_control().await;

    let report = world.recover(Ask::default()).await.unwrap();
    let about = |subject| super::about(&report, subject);
    assert!(about("rose").ends_with(
        "put the newest backup in its place: cloison backups restore rose --swap --confirm rose"
    ));
    assert!(about("studio_3_db").contains("belongs to an organization that was erased"));
    assert!(about("eu-9").starts_with("this server could not be looked at"));
    assert!(about("migrations").starts_with("tenants are at version 9"));
    assert_eq!(report.to_do.len(), 4);
    assert_eq!((report.moved.len(), report.moved[0].to), (1, 9));
    assert_eq!(report.number_max, 10_003, "it may hold numbers that nobody has seen");
}

#[tokio::test]
async fn work_goes_on_where_it_was_unless_its_tenant_is_gone() {
    let (world, safe) = world().await;
    world.made("gone").await;
    let gone = (world.id("gone").await.0, world.number_of("gone").await);
    let half = cloison_control::provision::provision(
        &world.control,
        &crate::world::call(),
        &crate::world::request("half"),
    )
    .await
    .unwrap();
    let erase = cloison_control::life_cycle::command(
        &world.control,
        &crate::world::call(),
        &super::name("gone"),
        cloison_model::Command::Erase,
        None,
    )
    .await
    .unwrap();
    world.back_up_control().await;
    world.work_off(&WorkerConfig::default()).await;
    world.bury(&safe, gone.0, gone.1).await;
    world.lose_control().await;

    let report = world.recover(Ask::default()).await.unwrap();
    assert_eq!((report.operations_going_on, report.erased.len()), (1, 1));
    world.is_done(erase).await;
    world.work_off(&WorkerConfig::default()).await;
    world.is_done(half).await;
    assert_eq!(world.may("half").await, "write");
}
