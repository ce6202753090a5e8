//! The worker is killed everywhere: before each effect, between effect and commit, and after each commit. Another one
//! goes on, and the world ends as if nothing had happened, once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cloison_control::life_cycle::command;
use cloison_control::operations::{Cuts, Stopped, WorkerConfig, cancel, run_due, wait_for_end};
use cloison_control::provision::provision;
use cloison_control::spares::restock;
use cloison_model::{AccessMode, Command, OperationId, OperationState};
use cloison_router::{Directory, Key};

use crate::world::{World, call, request};

/// More places than any operation has.
const PLACES_MAX: usize = 40;

/// What is done to a tenant called `blue-<n>`, over and over, each time with a death at the next place.
pub(crate) struct Rehearsal<P, B> {
    /// Before the operation, with a worker that does not die.
    pub(crate) prepare: P,
    pub(crate) begin: B,
}

/// Answers at how many places the worker died. `check` sees the world after each death and the work of another worker.
pub(crate) async fn kill_everywhere<P, B>(
    world: &World,
    rehearsal: Rehearsal<P, B>,
    check: impl AsyncFn(&World, &str, OperationId),
) -> usize
where
    P: AsyncFn(&World, &str),
    B: AsyncFn(&World, &str) -> OperationId,
{
    let another = WorkerConfig::default();
    for place in 0..PLACES_MAX {
        let subdomain = format!("blue-{place}");
        (rehearsal.prepare)(world, &subdomain).await;
        world.work_off(&another).await;
        let operation = (rehearsal.begin)(world, &subdomain).await;
        let died = run_until_death(world, place).await;
        world.work_off(&another).await;
        check(world, &subdomain, operation).await;
        world.check_whole().await;
        if !died {
            assert!(place > 2, "an operation has more places than {place}");
            return place;
        }
    }
    panic!("an operation of more than {PLACES_MAX} places, or one that never ends");
}

/// Runs the operation that is due until the worker dies at this place, counted from 0; answers whether it did.
async fn run_until_death(world: &World, place: usize) -> bool {
    let passed = Arc::new(AtomicUsize::new(0));
    let cuts = Cuts::when(move |_| passed.fetch_add(1, Ordering::Relaxed) == place);
    let config = WorkerConfig { cuts, ..WorkerConfig::default() };
    match run_due(&world.control, &config).await.unwrap() {
        Some(Stopped::Killed) => true,
        Some(Stopped::Ended(_)) => false,
        stopped => panic!("{stopped:?}"),
    }
}

impl World {
    /// Nothing is left on the server that the catalog does not know, and the other way round.
    pub(crate) async fn check_whole(&self) {
        let report = self.examined(false).await;
        assert!(report.findings.is_empty(), "{:#?}", report.findings);
        let known = self
            .names(
                "select 'database ' || it from (
                     select database_name as it from tenants
                     union all
                     select 'studio_' || number || '_db' from spares
                 ) as known",
            )
            .await;
        let left: Vec<_> = self.left_on_server().await;
        let databases: Vec<_> =
            left.iter().filter(|it| it.starts_with("database ")).cloned().collect();
        assert_eq!(databases, known);
        assert_eq!(left.len(), 2 * databases.len(), "a role for each database: {left:?}");
        assert_eq!(self.count("operations where state = 'RUNNING'").await, 0);
        let twice = "(select from events where type <> 'rollout.halted' group by data -> 'operation', type having count(*) > 1) as it";
        assert_eq!(self.count(twice).await, 0, "an operation has told the same thing twice");
        let people = "events where data::text like '%example.com%'";
        assert_eq!(self.count(people).await, 0, "events tell nothing of people");
    }

    async fn names(&self, query: &str) -> Vec<String> {
        let client = self.server.connect(cloison_catalog::DATABASE).await;
        let rows = client.query(query, &[]).await.unwrap();
        let mut names: Vec<String> = rows.iter().map(|it| it.get(0)).collect();
        names.sort();
        names
    }

    /// `billing access phase` of a tenant; empty if there is none.
    pub(crate) async fn states(&self, subdomain: &str) -> String {
        let client = self.control.catalog.client().await.unwrap();
        let row = cloison_catalog::queries::tenants::tenant_summary()
            .bind(&client, &subdomain)
            .opt()
            .await
            .unwrap();
        row.map_or_else(String::new, |it| {
            format!("{} {} {}", it.billing, it.access, it.infrastructure)
        })
    }

    async fn state_of(&self, operation: OperationId) -> OperationState {
        wait_for_end(&self.control, operation, std::time::Duration::ZERO).await.unwrap().unwrap()
    }

    /// Whether the tenant's own role gets in, and what it may do: nothing, read, or write.
    pub(crate) async fn may(&self, subdomain: &str) -> &'static str {
        let key = Key::Subdomain(subdomain.parse().unwrap());
        let route = self.control.fetch(&key).await.unwrap().unwrap();
        let config = self.server.tcp_config(
            route.database.as_str(),
            route.role.as_str(),
            route.password.expose(),
        );
        let Ok((client, connection)) = config.connect(tokio_postgres::NoTls).await else {
            return "nothing";
        };
        self.control.tracker.spawn(connection);
        client.query("select body from notes", &[]).await.unwrap();
        match client.execute("insert into notes (body) values ('x')", &[]).await {
            Ok(_) => "write",
            Err(_) => "read",
        }
    }
}

async fn nothing(_: &World, _: &str) {}

async fn tenant(world: &World, subdomain: &str) {
    provision(&world.control, &call(), &request(subdomain)).await.unwrap();
}

async fn ask(world: &World, subdomain: &str, wanted: Command) -> OperationId {
    let subdomain = subdomain.parse().unwrap();
    command(&world.control, &call(), &subdomain, wanted, None).await.unwrap()
}

async fn done(world: &World, operation: OperationId) {
    world.is_done(operation).await;
}

#[tokio::test]
async fn provision_from_nothing() {
    let world = World::idle().await;
    let begin = async |world: &World, subdomain: &str| {
        provision(&world.control, &call(), &request(subdomain)).await.unwrap()
    };
    let check = async |world: &World, subdomain: &str, operation| {
        done(world, operation).await;
        assert_eq!(world.told(operation).await, ["tenant.created"]);
        assert_eq!(world.states(subdomain).await, "TRIALING FULL READY");
        assert_eq!(world.may(subdomain).await, "write");
    };
    let places = kill_everywhere(&world, Rehearsal { prepare: nothing, begin }, check).await;
    assert_eq!(places, 9, "three steps of three places");
}

#[tokio::test]
async fn provision_from_a_spare() {
    let world = World::idle().await;
    let prepare = async |world: &World, _: &str| {
        restock(&world.control, 1).await.unwrap();
    };
    let begin = async |world: &World, subdomain: &str| {
        let operation = provision(&world.control, &call(), &request(subdomain)).await.unwrap();
        assert_eq!(world.count("spares").await, 0, "the spare is taken");
        operation
    };
    let check = async |world: &World, subdomain: &str, operation| {
        done(world, operation).await;
        assert_eq!(world.told(operation).await, ["tenant.created"]);
        assert_eq!(world.may(subdomain).await, "write");
    };
    let places = kill_everywhere(&world, Rehearsal { prepare, begin }, check).await;
    assert_eq!(places, 6, "of three steps the first has been done ahead");
}

#[tokio::test]
async fn a_provision_that_fails() {
    let world = World::idle().await;
    let begin = async |world: &World, subdomain: &str| {
        let broken = cloison_control::provision::ProvisionRequest {
            name: "broken".to_owned(),
            ..request(subdomain)
        };
        provision(&world.control, &call(), &broken).await.unwrap()
    };
    let check = async |world: &World, subdomain: &str, operation| {
        assert_eq!(world.state_of(operation).await, OperationState::Failed);
        assert!(world.told(operation).await.is_empty());
        assert_eq!(world.states(subdomain).await, "");
        assert_eq!(world.left_on_server().await, Vec::<String>::new());
        assert_eq!(world.count("organizations").await, 0);
    };
    kill_everywhere(&world, Rehearsal { prepare: nothing, begin }, check).await;
}

/// Wherever it was when somebody changed their mind, nothing stays.
#[tokio::test]
async fn a_provision_that_is_cancelled() {
    let world = World::idle().await;
    let another = WorkerConfig::default();
    for place in 0..PLACES_MAX {
        let subdomain = format!("blue-{place}");
        let operation = provision(&world.control, &call(), &request(&subdomain)).await.unwrap();
        if !run_until_death(&world, place).await {
            assert_eq!(place, 9);
            return;
        }
        if world.state_of(operation).await.is_end() {
            // It died after its last commit: too late to change one's mind.
            assert!(cancel(&world.control, &call(), operation).await.is_err());
            assert_eq!(world.states(&subdomain).await, "TRIALING FULL READY");
            continue;
        }
        cancel(&world.control, &call(), operation).await.unwrap();
        world.work_off(&another).await;
        assert_eq!(world.state_of(operation).await, OperationState::Cancelled);
        assert_eq!(world.states(&subdomain).await, "");
        world.check_whole().await;
    }
}

#[tokio::test]
async fn suspend_resume_and_cancel() {
    use AccessMode::{Blocked, ExportOnly, Full, ReadOnly};
    let world = World::idle().await;
    let cases: [(&[Command], Command, &str, &str); 5] = [
        (&[], Command::Suspend(ReadOnly), "TRIALING READ_ONLY READY", "read"),
        (&[], Command::Suspend(Blocked), "TRIALING BLOCKED READY", "nothing"),
        (&[Command::Suspend(Blocked)], Command::Resume(Full), "TRIALING FULL READY", "write"),
        (
            &[Command::Suspend(ExportOnly)],
            Command::Resume(ReadOnly),
            "TRIALING READ_ONLY READY",
            "read",
        ),
        (&[], Command::Cancel, "CANCELLED EXPORT_ONLY READY", "read"),
    ];
    for (number, (before, wanted, states, may)) in cases.into_iter().enumerate() {
        let name = |subdomain: &str| format!("{subdomain}-{number}");
        let prepare = async |world: &World, subdomain: &str| {
            tenant(world, &name(subdomain)).await;
            world.work_off(&WorkerConfig::default()).await;
            for earlier in before {
                ask(world, &name(subdomain), *earlier).await;
                world.work_off(&WorkerConfig::default()).await;
            }
        };
        let begin =
            async |world: &World, subdomain: &str| ask(world, &name(subdomain), wanted).await;
        let check = async |world: &World, subdomain: &str, operation| {
            done(world, operation).await;
            assert_eq!(world.states(&name(subdomain)).await, states);
            assert_eq!(world.may(&name(subdomain)).await, may);
            let event = match wanted {
                Command::Suspend(_) => "tenant.suspended",
                Command::Resume(_) => "tenant.resumed",
                _ => "tenant.cancelled",
            };
            assert_eq!(world.told(operation).await, [event]);
        };
        let places = kill_everywhere(&world, Rehearsal { prepare, begin }, check).await;
        assert_eq!(places, 6, "{wanted:?}");
    }
}

#[tokio::test]
async fn erase() {
    let world = World::idle().await;
    let begin = async |world: &World, subdomain: &str| ask(world, subdomain, Command::Erase).await;
    let check = async |world: &World, subdomain: &str, operation: OperationId| {
        done(world, operation).await;
        assert_eq!(world.states(subdomain).await, "");
        assert_eq!(world.left_on_server().await, Vec::<String>::new());
        let told = world.told(operation).await;
        assert_eq!(told, ["tenant.erasure_requested", "tenant.erased"]);
        let tombstones = format!("erasures where operation_id = '{operation}'");
        assert_eq!(world.count(&tombstones).await, 1);
        assert_eq!(
            world.count("operations where input::text like '%example.com%'").await,
            0,
            "nothing about a person stays"
        );
    };
    let places = kill_everywhere(&world, Rehearsal { prepare: tenant, begin }, check).await;
    assert_eq!(places, 30);
}

#[tokio::test]
async fn rotate_password() {
    let world = World::idle().await;
    let begin =
        async |world: &World, subdomain: &str| ask(world, subdomain, Command::RotatePassword).await;
    let check = async |world: &World, subdomain: &str, operation| {
        done(world, operation).await;
        assert!(world.told(operation).await.is_empty(), "nobody outside knows the password");
        assert_eq!(world.may(subdomain).await, "write");
        assert_eq!(world.count("tenants where next_password_verifier is not null").await, 0);
    };
    let places = kill_everywhere(&world, Rehearsal { prepare: tenant, begin }, check).await;
    assert_eq!(places, 6);
}

#[tokio::test]
async fn spares_are_made_and_dropped() {
    let world = World::idle().await;
    let newest = async |world: &World| {
        let client = world.server.connect(cloison_catalog::DATABASE).await;
        let row = client.query_one("select id from operations order by id desc limit 1", &[]).await;
        OperationId(row.unwrap().get(0))
    };
    let begin = async |world: &World, _: &str| {
        let spares = u16::try_from(world.count("spares").await).unwrap();
        assert_eq!(restock(&world.control, spares + 1).await.unwrap(), 1);
        newest(world).await
    };
    let check = async |world: &World, _: &str, operation| {
        done(world, operation).await;
        assert_eq!(world.count("spares where state <> 'READY'").await, 0);
    };
    let places = kill_everywhere(&world, Rehearsal { prepare: nothing, begin }, check).await;
    assert_eq!(places, 9);
    let made = world.count("spares").await;

    // An older release's are dropped, one after the other.
    let begin = async |world: &World, _: &str| {
        world
            .execute(
                "update spares set schema_version = 0 where id = (select id from spares limit 1)",
            )
            .await;
        assert_eq!(restock(&world.control, 0).await.unwrap(), 1);
        newest(world).await
    };
    let check = async |world: &World, _: &str, operation| {
        done(world, operation).await;
        assert_eq!(world.count("spares where schema_version = 0").await, 0);
    };
    let places = kill_everywhere(&world, Rehearsal { prepare: nothing, begin }, check).await;
    assert_eq!(places, 9);
    assert_eq!(world.count("spares").await, made - 10);
}
