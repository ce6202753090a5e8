//! A release is run on copies before any tenant is touched.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cloison_archive::ProgramPlaces;
use cloison_catalog::DATABASE;
use cloison_control::life_cycle::command;
use cloison_control::operations::{Cuts, Place, Stopped, WorkerConfig, cancel, run_due};
use cloison_control::provision::provision;
use cloison_control::rollout::{
    self, Begun, RollbackRequest, RolloutRequest, RolloutView, Stage, show,
};
use cloison_model::{Command, OperationId, OperationState, Step};
use serde_json::Value;

use crate::rollout::{MORE, MORE_DOWN, release, wanted};
use crate::world::{World, call, eventually, request};

/// Writes each row of the one table anew.
const ANEW: (&str, &str) = (
    "2_anew.sql",
    "-- phase: expand
-- lint: allow adding-field-with-default because this is the shadow run's to find out
alter table notes add column dice double precision not null default random();",
);
/// Does not go with a note of the owner of "bad".
const STRICT: (&str, &str) = (
    "2_strict.sql",
    "-- phase: expand
-- lint: allow constraint-missing-not-valid because this is the shadow run's to find out
alter table notes add constraint notes_body_check check (body <> 'owner@bad.example');",
);
/// Holds its lock for longer than anybody should wait.
const SLOW: (&str, &str) = (
    "2_slow.sql",
    "-- phase: expand
alter table notes add column more text;
select pg_sleep(0.2);",
);
const SLOW_DOWN: (&str, &str) =
    ("2_more.down.sql", "alter table notes drop column more; select pg_sleep(0.2);");
const ALONE: (&str, &str) = (
    "3_alone.sql",
    "-- phase: expand
-- no-transaction
create index concurrently if not exists notes_body_idx on notes (body);",
);

fn gated() -> RolloutRequest {
    RolloutRequest { skip_shadow: false, ..wanted() }
}

impl World {
    /// Names of what a shadow run has on the server.
    async fn shadows(&self) -> Vec<String> {
        let client = self.server.connect("postgres").await;
        let like = "cloison\\_shadow\\_%";
        let rows = client
            .query(
                "select datname::text from pg_database where datname like $1 order by 1",
                &[&like],
            )
            .await
            .unwrap();
        rows.iter().map(|it| it.get(0)).collect()
    }

    async fn database(&self, subdomain: &str) -> String {
        let client = self.server.connect(DATABASE).await;
        let name = "select database_name from tenants
                    join organizations on organizations.id = organization_id
                    where subdomain = $1::text::citext";
        client.query_one(name, &[&subdomain]).await.unwrap().get(0)
    }

    async fn in_tenant(&self, subdomain: &str, statement: &str) {
        let client = self.server.connect(&self.database(subdomain).await).await;
        client.execute(statement, &[]).await.unwrap();
    }

    async fn events(&self, operation: OperationId) -> Vec<String> {
        let client = self.server.connect(DATABASE).await;
        let rows = client
            .query(
                "select message from operation_events where operation_id = $1 order by sequence",
                &[&operation.0],
            )
            .await
            .unwrap();
        rows.iter().map(|it| it.get(0)).collect()
    }

    async fn roll_back(&self, number: i64, request: &RollbackRequest) -> RolloutView {
        let begun = rollout::roll_back(&self.control, &call(), number, request).await.unwrap();
        let Begun::Rollout { number, operation } = begun else { panic!("{begun:?}") };
        self.end_of(operation).await;
        show(&self.control, number).await.unwrap().unwrap()
    }

    /// The rollout has ended at its gate: why.
    async fn refused(&self, view: &RolloutView) -> String {
        assert_eq!(view.stage, Stage::Ended(OperationState::Failed), "{view:?}");
        assert!(self.versions().await.iter().all(|it| it.1 == 1), "a tenant was touched");
        assert_eq!(self.count("rollout_tenants").await, 0);
        assert_eq!(self.shadows().await, [""; 0]);
        view.error.clone().unwrap()
    }
}

fn runs(report: &Value, file: usize) -> Vec<&str> {
    let runs = report["files"][file]["runs"].as_array().unwrap();
    runs.iter().map(|it| it["on"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_is_seen_on_the_copies_is_kept_and_told() {
    let mut world = World::new().await;
    world.tenants(&["blue", "green", "red"]).await;
    world
        .in_tenant(
            "green",
            "insert into notes select repeat(md5(i::text), 10) from generate_series(1, 5000) as i",
        )
        .await;
    world.control.source = release(&[MORE, ALONE]);
    let view = world.roll_out(&gated()).await;
    assert_eq!(view.stage, Stage::Ended(OperationState::Done), "{view:?}");
    let report = view.shadow.unwrap();
    assert_eq!(report["files"][0]["file"], "0002_more.sql");
    assert_eq!(runs(&report, 0), ["the template", "green", "blue"]);
    assert_eq!(runs(&report, 1), ["the template", "green", "blue"]);
    let table = &report["files"][0]["runs"][1]["tables"][0];
    assert_eq!(table["table"], "public.notes");
    assert_eq!(table["mode"], "ACCESS EXCLUSIVE");
    assert_eq!(table["is_rewritten"], false);
    assert!(table["table_bytes"].as_u64().unwrap() > 100_000, "{report}");
    assert_eq!(report["copies"][0]["subdomain"], "green");
    assert_eq!(report["refusals"], Value::Array(Vec::new()));
    let events = world.events(view.operation).await;
    let event = events.iter().find(|it| it.starts_with("ran 2 files on a copy of the template ("));
    let event = event.unwrap_or_else(|| panic!("{events:?}"));
    assert!(event.contains("strongest lock ACCESS EXCLUSIVE on public.notes for "), "{event}");
    assert_eq!(world.shadows().await, [""; 0]);
}

#[tokio::test]
async fn a_tenant_that_ends_with_another_schema_is_named() {
    let mut world = World::new().await;
    world.tenants(&["blue", "green"]).await;
    world.in_tenant("green", "alter table notes add column stray text").await;
    world.control.source = release(&[MORE]);
    let view = world.roll_out(&gated()).await;
    assert_eq!(view.stage, Stage::Ended(OperationState::Done), "{view:?}");
    let report = view.shadow.unwrap();
    let of = |name: &str| {
        let all = report["schemas"].as_array().unwrap();
        all.iter().find(|it| it["on"] == name).unwrap()["fingerprint"].as_str().unwrap()
    };
    assert_eq!(of("the template"), of("blue"));
    assert_ne!(of("the template"), of("green"));
    let events = world.events(view.operation).await;
    let ends = "; ends with another schema than the template: green";
    assert!(events.iter().any(|it| it.ends_with(ends)), "{events:?}");
}

#[tokio::test]
async fn a_way_back_is_tried_as_well() {
    let mut world = World::new().await;
    world.tenants(&["blue"]).await;
    world.control.source = release(&[MORE, MORE_DOWN]);
    let up = world.roll_out(&wanted()).await;
    assert!(up.shadow.is_none(), "it was to be left out");
    let back = world.roll_back(up.number, &RollbackRequest::default()).await;
    assert_eq!(back.stage, Stage::Ended(OperationState::Done), "{back:?}");
    let report = back.shadow.unwrap();
    assert_eq!(report["files"][0]["file"], "0002_more.down.sql");
    assert_eq!(runs(&report, 0), ["the template", "blue"]);
}

#[tokio::test]
async fn a_way_back_that_is_refused_goes_without_where_that_is_said() {
    let mut world = World::idle().await;
    world.control.shadow.limits.lock_time_max = std::time::Duration::from_millis(100);
    world.control.source = release(&[MORE, SLOW_DOWN]);
    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    world.tenants(&["blue"]).await;
    let up = world.roll_out(&wanted()).await;
    let refused = world.roll_back(up.number, &RollbackRequest::default()).await;
    assert_eq!(refused.stage, Stage::Ended(OperationState::Failed), "{refused:?}");
    let why = refused.error.unwrap();
    assert!(why.starts_with("0002_more.down.sql holds ACCESS EXCLUSIVE on public.notes"), "{why}");
    assert!(why.ends_with("let it do less at once, or take the risk with --skip-shadow"), "{why}");
    assert_eq!(world.versions().await, [("blue".to_owned(), 2)]);

    let risky = RollbackRequest { skip_shadow: true, ..RollbackRequest::default() };
    let back = world.roll_back(up.number, &risky).await;
    assert_eq!(back.stage, Stage::Ended(OperationState::Done), "{back:?}");
    assert!(back.shadow.is_none(), "it was to be left out");
    assert_eq!(world.versions().await, [("blue".to_owned(), 1)]);
    let said =
        "audit_log where detail @> '{\"skip_shadow\": true}' and action = 'rollout.rollback'";
    assert_eq!(world.count(said).await, 1);
}

#[tokio::test]
async fn data_that_breaks_a_file_is_found_in_a_copy() {
    let mut world = World::new().await;
    world.tenants(&["bad", "good"]).await;
    world.in_tenant("bad", "insert into notes values ('owner@bad.example')").await;
    world.control.source = release(&[STRICT]);
    let view = world.roll_out(&gated()).await;
    let why = world.refused(&view).await;
    for words in [
        "on a copy of bad, 0002_strict.sql fails in line 3: ",
        "(23514), at: alter table notes add constraint notes_body_check",
        "no tenant was touched: mend the file, or that tenant's data",
    ] {
        assert!(why.contains(words), "{words} is not in: {why}");
    }
    assert!(!why.contains("good"), "{why}");
    assert_eq!(view.shadow.unwrap()["refusals"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_file_that_runs_nowhere_is_found_in_the_template() {
    let mut world = World::new().await;
    world.tenants(&["blue"]).await;
    let broken =
        ("2_broken.sql", "-- phase: expand\ncreate table a (b int);\nselect * from no_table;");
    world.control.source = release(&[broken]);
    let view = world.roll_out(&gated()).await;
    let why = world.refused(&view).await;
    let words = "on a copy of the template, 0002_broken.sql fails in line 3: relation \"no_table\" does not exist (42P01), at: select * from no_table; no tenant was touched: mend the file, and start again";
    assert!(why.contains(words), "{why}");
    assert_eq!(view.shadow.unwrap()["copies"], Value::Array(Vec::new()), "there was no need");
}

#[tokio::test]
async fn a_large_table_is_not_written_anew() {
    let mut world = World::idle().await;
    for name in ["large", "small"] {
        provision(&world.control, &call(), &request(name)).await.unwrap();
    }
    world.work_off(&WorkerConfig::default()).await;
    world
        .in_tenant(
            "large",
            "insert into notes select repeat(md5(i::text), 30) from generate_series(1, 2000) as i",
        )
        .await;
    world.control.source = release(&[ANEW]);
    world.control.shadow.limits.rewrite_bytes_max = 64 << 10;
    // The large one is measured, whether it is copied or not.
    world.control.shadow.limits.copies = 0;
    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    let view = world.roll_out(&gated()).await;
    let why = world.refused(&view).await;
    assert!(why.contains("0002_anew.sql writes all of public.notes anew"), "{why}");
    assert!(
        why.contains("in large it has ") && why.contains("more than 64 kB is refused"),
        "{why}"
    );
    assert!(why.contains("or take the risk with --skip-shadow"), "{why}");
}

#[tokio::test]
async fn a_lock_that_is_held_for_long_is_refused() {
    let mut world = World::idle().await;
    world.control.shadow.limits.lock_time_max = std::time::Duration::from_millis(100);
    world.control.source = release(&[SLOW]);
    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    world.tenants(&["blue"]).await;
    let view = world.roll_out(&gated()).await;
    let why = world.refused(&view).await;
    let words = "0002_slow.sql holds ACCESS EXCLUSIVE on public.notes for 2";
    assert!(why.contains(words) && why.contains("everybody would wait so long"), "{why}");
}

#[tokio::test]
async fn without_the_programs_it_is_refused_and_says_how_to_get_them() {
    let mut world = World::idle().await;
    world.control.shadow.programs = ProgramPlaces::Only(Vec::new());
    world.control.source = release(&[MORE]);
    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    world.tenants(&["blue"]).await;
    let view = world.roll_out(&gated()).await;
    let why = world.refused(&view).await;
    assert!(why.contains("apt-get install postgresql-client-1"), "{why}");
    assert!(why.contains("--skip-shadow"), "{why}");
    let view = world.roll_out(&wanted()).await;
    assert_eq!(view.stage, Stage::Ended(OperationState::Done), "{view:?}");
}

/// Programs in a folder of their own, gone with the handle.
struct Fake(PathBuf);

impl Fake {
    /// `dump` is a shell script; `$here` is the folder.
    fn new(name: &str, dump: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("cloison-shadow-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let put = |program: &str, script: &str| {
            let path = folder.join(program);
            fs::write(&path, format!("#!/bin/sh\nhere={}\n{script}\n", folder.display())).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        };
        put("pg_dump", dump);
        put("pg_restore", "exec pg_restore \"$@\"");
        Self(folder)
    }

    fn places(&self) -> ProgramPlaces {
        ProgramPlaces::Only(vec![self.0.clone()])
    }

    fn pid(&self) -> Option<String> {
        fs::read_to_string(self.0.join("pid")).ok().filter(|it| it.ends_with('\n'))
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// Never ends by itself.
const HANGS: &str = "echo $$ > $here/pid; exec sleep 600";

#[tokio::test]
async fn a_copy_that_fails_says_why() {
    let fake =
        Fake::new("fails", "echo 'pg_dump: error: no luck today' >&2; echo 'a row' >&2; exit 1");
    let mut world = World::idle().await;
    world.control.shadow.programs = fake.places();
    world.control.source = release(&[MORE]);
    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    world.tenants(&["blue"]).await;
    let view = world.roll_out(&gated()).await;
    let why = world.refused(&view).await;
    let words = "blue cannot be copied for the shadow run: pg_dump: error: no luck today;";
    assert!(why.contains(words) && !why.contains("a row"), "{why}");
}

#[tokio::test]
async fn a_copy_that_fails_for_a_moment_is_tried_again() {
    let fake = Fake::new("moment", "exec pg_dump \"$@\" --lock-wait-timeout=100");
    let mut world = World::idle().await;
    let (number, operation) = about_to_begin(&mut world).await;
    world.control.shadow.programs = fake.places();
    let mut client = world.server.connect(&world.database("blue").await).await;
    let held = client.transaction().await.unwrap();
    held.execute("lock table notes in access exclusive mode", &[]).await.unwrap();
    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    let why = "could not shadow run: blue cannot be copied for the shadow run: pg_dump: error: query failed: ERROR:  canceling statement due to ";
    eventually(async || world.events(operation).await.iter().any(|it| it.starts_with(why))).await;
    held.rollback().await.unwrap();
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    let view = show(&world.control, number).await.unwrap().unwrap();
    assert_eq!(runs(&view.shadow.unwrap(), 0), ["the template", "blue"]);
}

/// Nobody works, one tenant is there and a rollout is due.
async fn about_to_begin(world: &mut World) -> (i64, OperationId) {
    provision(&world.control, &call(), &request("blue")).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    world.control.source = release(&[MORE]);
    let begun = rollout::start(&world.control, &call(), &gated()).await.unwrap();
    let Begun::Rollout { number, operation } = begun else { panic!("{begun:?}") };
    (number, operation)
}

/// The same, and the worker has died in the middle: the rollout's operation, and the copy that is left.
async fn cut_off(world: &mut World, name: &str) -> (OperationId, String) {
    let fake = Fake::new(name, HANGS);
    let (number, operation) = about_to_begin(world).await;
    let programs = std::mem::replace(&mut world.control.shadow.programs, fake.places());
    let config = WorkerConfig::default();
    tokio::select! {
        stopped = run_due(&world.control, &config) => panic!("{stopped:?}"),
        () = eventually(async || fake.pid().is_some()) => {}
    }
    // Its program has died with it.
    let process = Path::new("/proc").join(fake.pid().unwrap().trim());
    eventually(async || !process.exists()).await;
    world.control.shadow.programs = programs;
    let tenant = world.database("blue").await;
    let left = world.shadows().await;
    let copy =
        format!("cloison_shadow_{number}_{}", tenant.replace(|it: char| !it.is_ascii_digit(), ""));
    assert_eq!(left, [copy.as_str()]);
    (operation, copy)
}

/// Before another worker has looked at it.
async fn cancel_at_once(world: &World, operation: OperationId) {
    cancel(&world.control, &call(), operation).await.unwrap();
    world.execute("update operations set due_at = now() where state = 'RUNNING'").await;
    let stopped = run_due(&world.control, &WorkerConfig::default()).await.unwrap();
    assert_eq!(stopped, Some(Stopped::Ended(OperationState::Cancelled)));
}

#[tokio::test]
async fn what_a_run_that_was_cut_off_has_left_is_closed_and_goes_with_the_next() {
    let mut world = World::idle().await;
    let (operation, copy) = cut_off(&mut world, "hangs").await;
    let tenant = world.database("blue").await;
    let client = world.server.connect("postgres").await;
    let may = client
        .query_one(
            "select has_database_privilege($1, $2, 'connect') or has_database_privilege('cloison_pgbouncer', $2, 'connect'),
                 (select datconnlimit from pg_database where datname = $2)",
            &[&tenant, &copy],
        )
        .await
        .unwrap();
    assert_eq!((may.get::<_, bool>(0), may.get::<_, i32>(1)), (false, 0));
    let report = world.examined(false).await;
    assert!(report.findings.is_empty(), "it is in use: {:?}", report.findings);

    world.execute("update operations set due_at = now() where state = 'RUNNING'").await;
    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    assert_eq!(world.shadows().await, [""; 0]);
}

#[tokio::test]
async fn what_is_left_of_a_rollout_that_has_ended_is_told_and_goes() {
    let mut world = World::idle().await;
    let (operation, copy) = cut_off(&mut world, "ended").await;
    cancel_at_once(&world, operation).await;
    let report = world.examined(false).await;
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert!(
        finding.mend.as_ref().unwrap().contains(&format!("drop database \"{copy}\"")),
        "{finding:?}"
    );
    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    eventually(async || world.shadows().await.is_empty()).await;
    let report = world.examined(false).await;
    assert!(report.findings.is_empty(), "{:?}", report.findings);
}

#[tokio::test]
async fn what_is_left_goes_with_a_rollout_that_makes_no_copies() {
    let mut world = World::idle().await;
    let (operation, _) = cut_off(&mut world, "skipped").await;
    cancel_at_once(&world, operation).await;
    let strangers = "create database cloison_shadow_of_another";
    world.server.connect("postgres").await.execute(strangers, &[]).await.unwrap();
    rollout::start(&world.control, &call(), &wanted()).await.unwrap();
    run_due(&world.control, &WorkerConfig::default()).await.unwrap();
    assert_eq!(world.versions().await, [("blue".to_owned(), 2)]);
    assert_eq!(world.shadows().await, ["cloison_shadow_of_another"]);
}

#[tokio::test]
async fn a_tenant_that_is_erased_takes_its_copies_along() {
    let mut world = World::idle().await;
    let (rollout, _) = cut_off(&mut world, "erased").await;
    let blue = "blue".parse().unwrap();
    let erase = command(&world.control, &call(), &blue, Command::Erase, None).await.unwrap();
    // The rollout is left where it is.
    world
        .execute("update operations set due_at = now() + interval '1 hour' where kind = 'rollout'")
        .await;
    run_due(&world.control, &WorkerConfig::default()).await.unwrap();
    assert_eq!(world.end_of(erase).await, OperationState::Done);
    assert_eq!(world.shadows().await, [""; 0]);

    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    world.execute("update operations set due_at = now() where state = 'RUNNING'").await;
    assert_eq!(world.end_of(rollout).await, OperationState::Done);
}

#[tokio::test]
async fn a_rollout_that_is_cancelled_lets_go_of_its_copies() {
    let fake = Fake::new("cancelled", HANGS);
    let mut world = World::idle().await;
    let (_, operation) = about_to_begin(&mut world).await;
    world.control.shadow.programs = fake.places();
    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    eventually(async || fake.pid().is_some()).await;
    cancel(&world.control, &call(), operation).await.unwrap();
    assert_eq!(world.end_of(operation).await, OperationState::Cancelled);
    assert_eq!(world.shadows().await, [""; 0]);
    assert_eq!(world.count("rollout_tenants").await, 0);
}

#[tokio::test]
async fn a_server_that_is_away_is_named_and_the_others_are_looked_at() {
    let mut world = World::new().await;
    world.tenants(&["blue", "green"]).await;
    world.execute(
        "insert into servers
             (id, name, region, host, port, admin_host, admin_role, admin_password_sealed, connection_budget, capacity)
         select gen_random_uuid(), 'eu-2', region, host, 1, admin_host, admin_role, null, connection_budget, capacity
         from servers",
    )
    .await;
    world
        .execute(
            "update tenants
         set server_id = servers.id
         from servers, organizations
         where servers.name = 'eu-2'
             and organizations.id = tenants.organization_id
             and organizations.subdomain = 'green'",
        )
        .await;
    world.control.source = release(&[MORE]);
    let begun = rollout::start(&world.control, &call(), &gated()).await.unwrap();
    let Begun::Rollout { number, operation } = begun else { panic!("{begun:?}") };
    let ends = "; not looked at, since they do not answer: eu-2";
    eventually(async || world.events(operation).await.iter().any(|it| it.ends_with(ends))).await;
    let view = show(&world.control, number).await.unwrap().unwrap();
    assert_eq!(runs(&view.shadow.unwrap(), 0), ["the template", "blue"]);
}

#[tokio::test]
async fn a_worker_that_dies_at_the_gate_is_replaced() {
    let mut world = World::idle().await;
    let (number, operation) = about_to_begin(&mut world).await;
    for place in [Place::BeforeEffect, Place::BeforeCommit] {
        let died = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&died);
        let cuts = Cuts::when(move |cut| {
            cut.step == Step::ShadowRun
                && cut.place == place
                && seen.fetch_add(1, Ordering::Relaxed) == 0
        });
        let config = WorkerConfig { cuts, ..WorkerConfig::default() };
        assert_eq!(run_due(&world.control, &config).await.unwrap(), Some(Stopped::Killed));
        assert_eq!(died.load(Ordering::Relaxed), 1);
        world.execute("update operations set due_at = now() where state = 'RUNNING'").await;
    }
    world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
    assert_eq!(world.end_of(operation).await, OperationState::Done);
    let view = show(&world.control, number).await.unwrap().unwrap();
    assert_eq!(runs(&view.shadow.unwrap(), 0), ["the template", "blue"]);
    assert_eq!(world.versions().await, [("blue".to_owned(), 2)]);
    assert_eq!(world.shadows().await, [""; 0]);
}
