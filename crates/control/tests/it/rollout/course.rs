//! What an operator asks for, and what becomes of it.

use cloison_catalog::queries::migrations::{fleet_version, tenants_straggling};
use cloison_control::releases::ReleasesError;
use cloison_control::rollout::{
    self, Begun, RollbackRequest, RolloutError, RolloutRequest, Stage, pause, resume, retry,
    roll_back, show, start,
};
use cloison_model::{HistoryError, OperationState, Policy, Subdomain};

use super::{MORE, MORE_DOWN, STRICT, release, wanted};
use crate::world::{World, call, eventually};

fn named(names: &[&str]) -> Vec<Subdomain> {
    names.iter().map(|it| it.parse().unwrap()).collect()
}

#[tokio::test]
async fn the_fleet_comes_to_the_newest_version_and_new_tenants_with_it() {
    let mut world = World::new().await;
    world.tenants(&["blue", "green", "red"]).await;
    world.control.source = release(&[MORE]);
    let request = RolloutRequest { canaries: named(&["green"]), ..wanted() };
    let view = world.roll_out(&request).await;
    assert_eq!(view.stage, Stage::Ended(OperationState::Done), "{view:?}");
    assert_eq!((view.waves[0].done, view.waves.iter().map(|it| it.done).sum::<u32>()), (1, 3));
    world.tenants(&["late"]).await;
    let names = ["blue", "green", "late", "red"];
    assert_eq!(world.versions().await, names.map(|it| (it.to_owned(), 2)));
    let again = start(&world.control, &call(), &wanted()).await.unwrap();
    assert_eq!(again, Begun::UpToDate { version: 2 });
}

#[tokio::test]
async fn one_that_fails_is_quarantined_and_the_rest_go_on() {
    let mut world = World::new().await;
    world.tenants(&["blue", "green", "red"]).await;
    world.spoil("green").await;
    world.control.source = release(&[STRICT]);
    let view = world.roll_out(&wanted()).await;
    assert_eq!(view.stage, Stage::Ended(OperationState::Done), "{view:?}");
    let failures = rollout::failures(&world.control, view.number).await.unwrap();
    let [failure] = &failures[..] else { panic!("{failures:?}") };
    assert_eq!(failure.subdomain, "green");
    assert_eq!((failure.version, failure.at_version), (Some(2), 1));
    assert_eq!(failure.sqlstate.as_deref(), Some("23514"));
    assert!(failure.statement.as_deref().unwrap().starts_with("alter table notes add constraint"));
    assert!(!failure.message.contains("bad@example.com"), "a customer's data: {}", failure.message);
    let versions = [("blue", 2), ("green", 1), ("red", 2)];
    assert_eq!(world.versions().await, versions.map(|(name, it)| (name.to_owned(), it)));

    // It is left alone, also by the next rollout, until somebody says so.
    world.control.source =
        release(&[STRICT, ("3_next.sql", "-- phase: expand\ncreate table next ();")]);
    let next = world.roll_out(&wanted()).await;
    assert_eq!(next.waves.iter().map(|it| it.done).sum::<u32>(), 2);
    let unlike = retry(&world.control, &call(), &"blue".parse().unwrap()).await.unwrap_err();
    assert!(matches!(unlike, RolloutError::NotQuarantined(_)), "{unlike}");
    let green: Subdomain = "green".parse().unwrap();
    let again = retry(&world.control, &call(), &green).await.unwrap();
    assert_eq!(world.end_of(again).await, OperationState::Failed);
    world.inside("green").await.execute("delete from notes", &[]).await.unwrap();
    let again = retry(&world.control, &call(), &green).await.unwrap();
    assert_eq!(world.end_of(again).await, OperationState::Done);
    assert_eq!(world.versions().await, ["blue", "green", "red"].map(|it| (it.to_owned(), 3)));
    assert_eq!(world.count("quarantines").await, 0);
}

#[tokio::test]
async fn too_many_failures_halt_it_and_it_can_go_on_or_be_cancelled() {
    let mut world = World::new().await;
    world.tenants(&["blue", "green", "red", "violet"]).await;
    world.spoil("blue").await;
    world.spoil("green").await;
    world.control.source = release(&[STRICT]);
    let request = RolloutRequest {
        canaries: named(&["blue"]),
        policy: Policy { max_failures: 0, ..Policy::default() },
        ..wanted()
    };
    let (number, operation) = world.begin(&request).await;
    let halted = world.see(number, |it| it.stage == Stage::Paused).await;
    let why = "1 tenant has failed, more than 0";
    assert_eq!(halted.paused, Some(("cloison".to_owned(), why.to_owned())));
    assert_eq!(world.versions().await.iter().filter(|it| it.1 == 2).count(), 0, "nobody after it");
    let busy = start(&world.control, &call(), &wanted()).await.unwrap_err();
    assert!(matches!(busy, RolloutError::Busy(it) if it == number), "{busy}");

    resume(&world.control, &call(), number, Some(0)).await.unwrap();
    world.see(number, |it| it.paused.as_ref().is_some_and(|(by, _)| by == "cloison")).await;
    cloison_control::operations::cancel(&world.control, &call(), operation).await.unwrap();
    assert_eq!(world.end_of(operation).await, OperationState::Cancelled);
    let told = world.told(operation).await;
    assert_eq!(told, ["rollout.started", "rollout.halted", "rollout.halted", "rollout.cancelled"]);
    let failed = "events where type = 'tenant.migration_failed' and subdomain = 'blue'";
    assert_eq!(world.count(failed).await, 1);
    let ended = resume(&world.control, &call(), number, None).await.unwrap_err();
    assert!(matches!(ended, RolloutError::Ended(_)), "{ended}");
    // What it has done stays, and what it has not is begun by another.
    let refused = start(&world.control, &call(), &request).await.unwrap_err();
    assert!(matches!(&refused, RolloutError::CanaryQuarantined(it) if it.as_str() == "blue"));
    let again = RolloutRequest { canaries: named(&["green"]), ..request };
    let (number, operation) = world.begin(&again).await;
    world.see(number, |it| it.stage == Stage::Paused).await;
    resume(&world.control, &call(), number, Some(1)).await.unwrap();
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    assert_eq!(world.count("quarantines").await, 2);
    assert_eq!(world.versions().await.iter().filter(|it| it.1 == 2).count(), 2);
}

#[tokio::test]
async fn nobody_is_started_after_one_too_many_has_failed() {
    let mut world = World::new().await;
    let names = ["blue", "green", "ochre", "pink", "red", "violet"];
    world.tenants(&names).await;
    for name in names {
        world.spoil(name).await;
    }
    world.control.source = release(&[STRICT]);
    let policy = Policy { waves: vec![100], max_failures: 1, per_server: 1, ..Policy::default() };
    let (number, operation) = world.begin(&RolloutRequest { policy, ..wanted() }).await;
    world.see(number, |it| it.stage == Stage::Paused).await;
    cloison_control::operations::cancel(&world.control, &call(), operation).await.unwrap();
    assert_eq!(world.end_of(operation).await, OperationState::Cancelled);
    assert_eq!(world.count("quarantines").await, 2);
    // New tenants are at the new version already. The four that are left do not follow by themselves.
    let client = world.control.catalog.client().await.unwrap();
    assert_eq!(fleet_version().bind(&client).one().await.unwrap(), 2);
    assert_eq!(tenants_straggling().bind(&client, &10).all().await.unwrap().len(), 0);
}

#[tokio::test]
async fn a_busy_canary_is_waited_for() {
    let mut world = World::new().await;
    world.tenants(&["blue", "green"]).await;
    let moving = "update tenants set phase = 'MOVING' where organization_id = (select id from organizations where subdomain = 'blue')";
    world.execute(moving).await;
    world.control.source = release(&[MORE]);
    let request = RolloutRequest { canaries: named(&["blue"]), ..wanted() };
    let (number, operation) = world.begin(&request).await;
    world.see(number, |it| it.waves.first().is_some_and(|it| it.pending == 1)).await;
    world.execute("update tenants set phase = 'READY'").await;
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    let out_of_turn = "rollout_tenants as canary join rollout_tenants as other using (rollout) where canary.wave = 0 and other.wave > 0 and other.started_at < canary.finished_at";
    assert_eq!(world.count(out_of_turn).await, 0);
    assert!(world.versions().await.iter().all(|it| it.1 == 2));
}

#[tokio::test]
async fn whoever_is_tried_again_meanwhile_gets_no_file_that_has_passed_no_gate() {
    const NEXT: (&str, &str) = ("3_next.sql", "-- phase: expand\ncreate table next ();");
    let mut world = World::new().await;
    world.tenants(&["blue", "green"]).await;
    world.spoil("blue").await;
    world.control.source = release(&[STRICT]);
    world.roll_out(&wanted()).await;
    world.inside("blue").await.execute("delete from notes", &[]).await.unwrap();
    let holder = world.inside("green").await;
    holder.execute("begin", &[]).await.unwrap();
    holder.execute("lock table cloison_migrations in access exclusive mode", &[]).await.unwrap();
    world.control.source = release(&[STRICT, NEXT]);
    let (number, operation) = world.begin(&wanted()).await;
    world.see(number, |it| it.waves.iter().any(|it| it.running == 1)).await;
    let again = retry(&world.control, &call(), &"blue".parse().unwrap()).await.unwrap();
    assert_eq!(world.end_of(again).await, OperationState::Done);
    assert_eq!(world.versions().await[0], ("blue".to_owned(), 2));
    holder.execute("commit", &[]).await.unwrap();
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    eventually(async || world.versions().await.iter().all(|it| it.1 == 3)).await;
}

#[tokio::test]
async fn whoever_is_still_on_the_way_up_is_taken_back_with_the_others() {
    let mut world = World::new().await;
    world.tenants(&["blue", "green"]).await;
    let holder = world.inside("blue").await;
    holder.execute("begin", &[]).await.unwrap();
    holder.execute("lock table notes in access share mode", &[]).await.unwrap();
    world.control.source = release(&[MORE, MORE_DOWN]);
    let policy = Policy { waves: vec![100], ..Policy::default() };
    let (number, operation) = world.begin(&RolloutRequest { policy, ..wanted() }).await;
    world.see(number, |it| it.waves.iter().map(|it| it.running + it.done).sum::<u32>() == 2).await;
    cloison_control::operations::cancel(&world.control, &call(), operation).await.unwrap();
    assert_eq!(world.end_of(operation).await, OperationState::Cancelled);
    let begun =
        roll_back(&world.control, &call(), number, &RollbackRequest::default()).await.unwrap();
    let Begun::Rollout { operation, .. } = begun else { panic!("{begun:?}") };
    holder.execute("commit", &[]).await.unwrap();
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    eventually(async || {
        let is_over =
            world.count("operations where kind = 'migrate' and state = 'RUNNING'").await == 0;
        is_over && world.versions().await.iter().all(|it| it.1 == 1)
    })
    .await;
}

#[tokio::test]
async fn it_is_paused_between_two_tenants_and_goes_on() {
    let mut world = World::idle().await;
    world.employ(cloison_control::operations::WorkerConfig { spares: 0, ..Default::default() });
    world.tenants(&["blue", "green", "red"]).await;
    world.control.source = release(&[MORE]);
    // Somebody holds the canary's table, so that the rollout stands there.
    let holder = world.inside("red").await;
    holder.execute("begin", &[]).await.unwrap();
    holder.execute("lock table notes in access share mode", &[]).await.unwrap();
    let request = RolloutRequest { canaries: named(&["red"]), ..wanted() };
    let (number, operation) = world.begin(&request).await;
    world.see(number, |it| it.waves.first().is_some_and(|it| it.running == 1)).await;
    pause(&world.control, &call(), number).await.unwrap();
    holder.execute("commit", &[]).await.unwrap();
    world.see(number, |it| it.waves[0].done == 1 && it.stage == Stage::Paused).await;
    assert_eq!(world.versions().await.iter().filter(|it| it.1 == 2).count(), 1);
    resume(&world.control, &call(), number, None).await.unwrap();
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    assert_eq!(world.versions().await.iter().filter(|it| it.1 == 2).count(), 3);
}

#[tokio::test]
async fn it_is_taken_back_by_the_down_files_or_refused_before_anything_is_touched() {
    let mut world = World::new().await;
    world.tenants(&["blue", "green"]).await;
    world.control.source = release(&[MORE]);
    let done = world.roll_out(&wanted()).await;
    let refused =
        roll_back(&world.control, &call(), done.number, &RollbackRequest::default()).await;
    let refused = refused.unwrap_err();
    assert!(
        matches!(&refused, RolloutError::Release(ReleasesError::History(HistoryError::NoWayBack { files })) if files == "0002_more.sql"),
        "{refused}"
    );
    // A way back can be given after the release.
    world.control.source = release(&[
        MORE,
        MORE_DOWN,
        ("3_next.sql", "-- phase: expand\ncreate table next ();"),
        ("3_next.down.sql", "drop table next;"),
    ]);
    let done = world.roll_out(&wanted()).await;
    world.tenants(&["late"]).await;
    let begun =
        roll_back(&world.control, &call(), done.number, &RollbackRequest::default()).await.unwrap();
    let Begun::Rollout { number, operation } = begun else { panic!("{begun:?}") };
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    let view = show(&world.control, number).await.unwrap().unwrap();
    assert_eq!((view.rolls_back, view.from, view.to), (Some(done.number), 3, 2));
    assert_eq!(world.versions().await, ["blue", "green", "late"].map(|it| (it.to_owned(), 2)));
    world.tenants(&["later"]).await;
    assert_eq!(world.versions().await[3], ("later".to_owned(), 2));
    let there = world.inside("blue").await;
    let next = there.query_one("select to_regclass('next') is null", &[]).await.unwrap();
    assert!(next.get::<_, bool>(0));
}

#[tokio::test]
async fn what_a_tenant_could_not_take_is_forgotten_when_it_is_taken_back_from_all() {
    const LAX: (&str, &str) =
        ("2_strict.down.sql", "alter table notes drop constraint notes_body_check;");
    let mut world = World::new().await;
    world.tenants(&["blue", "green"]).await;
    world.spoil("blue").await;
    world.control.source = release(&[STRICT, LAX]);
    let done = world.roll_out(&wanted()).await;
    assert_eq!(world.count("quarantines").await, 1);
    let begun =
        roll_back(&world.control, &call(), done.number, &RollbackRequest::default()).await.unwrap();
    let Begun::Rollout { operation, .. } = begun else { panic!("{begun:?}") };
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    assert_eq!(world.count("quarantines").await, 0);
    assert_eq!(world.versions().await, ["blue", "green"].map(|it| (it.to_owned(), 1)));
}

#[tokio::test]
async fn a_tenant_that_stands_half_way_is_taken_back_with_the_others() {
    // A transaction of its own before what fails, and no way back yet.
    const HALF: (&str, &str) =
        ("2_half.sql", "-- phase: expand\n-- no-transaction\ncreate table if not exists half ();");
    let strict = ("3_strict.sql", STRICT.1);
    let mut world = World::new().await;
    world.tenants(&["blue", "green"]).await;
    world.spoil("blue").await;
    world.control.source = release(&[HALF, strict]);
    let done = world.roll_out(&wanted()).await;
    assert_eq!(world.versions().await, [("blue".to_owned(), 2), ("green".to_owned(), 3)]);
    let down = "alter table notes drop constraint notes_body_check;";
    world.control.source = release(&[
        HALF,
        ("2_half.down.sql", "drop table half;"),
        strict,
        ("3_strict.down.sql", down),
    ]);
    let begun =
        roll_back(&world.control, &call(), done.number, &RollbackRequest::default()).await.unwrap();
    let Begun::Rollout { number, operation } = begun else { panic!("{begun:?}") };
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    let view = show(&world.control, number).await.unwrap().unwrap();
    assert_eq!(view.waves.iter().map(|it| it.done).sum::<u32>(), 2, "{view:?}");
    assert_eq!(world.versions().await, ["blue", "green"].map(|it| (it.to_owned(), 1)));
    assert_eq!(world.count("quarantines").await, 0);
}

#[tokio::test]
async fn what_is_wrong_with_a_release_is_said_before_anything_is_touched() {
    const SPARSE: (&str, &str) = ("3_c.sql", "-- phase: expand\ncreate table c ();");
    let mut world = World::new().await;
    world.tenants(&["blue"]).await;
    let refused = async |world: &mut World, files: &[(&str, &str)]| {
        world.control.source = release(files);
        let begun = world.count("rollouts").await;
        let error = start(&world.control, &call(), &wanted()).await.unwrap_err();
        assert_eq!(world.count("rollouts").await, begun);
        error.to_string()
    };
    let nonsense = [("2_x.sql", "-- phase: expand\nalter tible notes;")];
    assert_eq!(
        refused(&mut world, &nonsense).await,
        "the release may not be rolled out: the lint refuses it in 1 places"
    );
    let early = [MORE, ("3_less.sql", "-- phase: contract\nalter table notes drop column more;")];
    assert_eq!(
        refused(&mut world, &early).await,
        "0003_less.sql takes something away, and 1 of the tenants have not had all that comes before it"
    );
    // Gaps are no fault; filling one afterwards is.
    world.control.source = release(&[SPARSE]);
    world.roll_out(&wanted()).await;
    assert_eq!(
        refused(&mut world, &[MORE, SPARSE]).await,
        "migration 2 (more) comes before 3, which was applied already; give it a version above that"
    );
    let edited = [("3_c.sql", "-- phase: expand\ncreate table c (id int);")];
    assert!(
        refused(&mut world, &edited)
            .await
            .starts_with("migration 3 (c) was applied with another text")
    );
    let without = [("4_d.sql", "-- phase: expand\ncreate table d ();")];
    assert_eq!(
        refused(&mut world, &without).await,
        "migration 3 (c) was applied and is not in this release"
    );
    let back = RolloutRequest { to: Some(1), ..wanted() };
    world.control.source = release(&[SPARSE]);
    let backwards = start(&world.control, &call(), &back).await.unwrap_err();
    assert_eq!(backwards.to_string(), "the fleet is at version 3, and 1 is older");
    let older = refused(&mut world, &[]).await;
    assert!(older.starts_with("the database is at version 3, newer than the 1"), "{older}");
    let nobody = RolloutRequest { canaries: named(&["nobody"]), ..wanted() };
    world.control.source = release(&[SPARSE, ("4_d.sql", "-- phase: expand\ncreate table d ();")]);
    let error = start(&world.control, &call(), &nobody).await.unwrap_err();
    assert_eq!(error.to_string(), "there is no tenant 'nobody'");
}

#[tokio::test]
async fn nothing_is_taken_away_from_builds_that_do_not_know_it() {
    const LESS: (&str, &str) =
        ("3_less.sql", "-- phase: contract\nalter table notes drop column more;");
    let mut world = World::new().await;
    world.tenants(&["blue"]).await;
    world.control.source = release(&[MORE]);
    world.roll_out(&wanted()).await;
    world.control.source = release(&[MORE, LESS]);
    let put = "insert into router_nodes (id, name, round, schema_newest, seen_at) values (gen_random_uuid()";
    for it in [
        "'web-1/1 serve', 1, 2, now()",
        "'new', 1, 3, now()",
        "'gone', 1, 2, now() - interval '1 minute'",
        "'of another program', 1, null, now()",
    ] {
        world.execute(&format!("{put}, {it})")).await;
    }
    let refused = start(&world.control, &call(), &wanted()).await.unwrap_err();
    let RolloutError::OlderBuilds { file, nodes } = refused else { panic!("{refused}") };
    assert_eq!((&*file, &*nodes), ("0003_less.sql", &["web-1/1 serve".to_owned()][..]));
    world.execute("delete from router_nodes where name = 'web-1/1 serve'").await;
    let view = world.roll_out(&wanted()).await;
    assert_eq!((view.stage, view.to), (Stage::Ended(OperationState::Done), 3), "{view:?}");
}

#[tokio::test]
async fn tenants_that_were_busy_or_came_too_late_follow_by_themselves() {
    let mut world = World::new().await;
    world.tenants(&["blue", "green"]).await;
    // As if a move were under way.
    world.execute("update tenants set phase = 'MOVING' where organization_id = (select id from organizations where subdomain = 'green')").await;
    world.control.source = release(&[MORE]);
    let view = world.roll_out(&wanted()).await;
    assert_eq!(view.waves.iter().map(|it| it.skipped).sum::<u32>(), 1, "{view:?}");
    world.execute("update tenants set phase = 'READY'").await;
    eventually(async || world.versions().await.iter().all(|it| it.1 == 2)).await;
}
