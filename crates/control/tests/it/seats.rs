//! Processes that share the connections of one server, each with a runtime of its own, so that one can be killed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use cloison_catalog::{Catalog, DATABASE, ROLE};
use cloison_control::{Control, seats};
use cloison_model::{NodeId, SeatReport, ServerId};
use cloison_router::{
    Config, Directory, Intent, Router, SeatLeases, SeatRound, SilentLease, Taken,
};
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::world::{PASSWORD, World, eventually, request};

const BUDGET: i64 = 8;
/// A tenant may have a quarter of what a process has, so with four of them a process can use all it has.
const TENANTS: [&str; 4] = ["blue", "green", "red", "white"];
const QUERIES: &str = include_str!("../../../catalog/queries/seats.sql");

/// A process that serves, as far as seats are concerned.
struct Process {
    runtime: Option<Runtime>,
    router: Router,
    tracker: TaskTracker,
    shutdown: CancellationToken,
    wants_more: Arc<AtomicBool>,
    answers: Arc<AtomicI64>,
}

impl Process {
    async fn start(world: &World, name: &str) -> Self {
        let runtime = Runtime::new().unwrap();
        let (tracker, shutdown) = (TaskTracker::new(), CancellationToken::new());
        // Its connections belong to its runtime.
        let catalog = Catalog::new(world.server.tcp_config(DATABASE, ROLE, PASSWORD), 4);
        let Control { key, source, .. } = world.control.clone();
        let process = seats::Process { name: name.to_owned(), ..seats::Process::default() };
        let control = Control::new(catalog, key, source, tracker.clone()).of(process);
        let config = Config { acquire_timeout: Duration::from_mins(1), ..Config::default() };
        let router = runtime
            .spawn(Router::start(control, config, tracker.clone(), shutdown.clone()))
            .await
            .unwrap()
            .unwrap();
        let (wants_more, answers) = (Arc::default(), Arc::default());
        Self { runtime: Some(runtime), router, tracker, shutdown, wants_more, answers }
    }

    /// From now on there is always somebody who waits for a connection.
    async fn load(&self, world: &World) {
        self.wants_more.store(true, Ordering::Relaxed);
        for number in 0..4 * TENANTS.len() {
            let tenant = world.id(TENANTS[number % TENANTS.len()]).await;
            let tenant = self.router.tenant(tenant).unwrap();
            let (wants_more, answers) = (Arc::clone(&self.wants_more), Arc::clone(&self.answers));
            self.runtime.as_ref().unwrap().spawn(async move {
                while wants_more.load(Ordering::Relaxed) {
                    // What is cut off is asked for again, as a visitor would.
                    let Ok(connection) = tenant.acquire(Intent::ReadWrite).await else { continue };
                    let asked = connection.query("select pg_sleep(0.005)", &[]).await;
                    answers.fetch_add(i64::from(asked.is_ok()), Ordering::Relaxed);
                }
            });
        }
    }

    /// For what ends after a minute by itself; it has begun.
    async fn ask_for_long(
        &self,
        world: &World,
        subdomain: &str,
        superuser: &tokio_postgres::Client,
    ) -> JoinHandle<Result<(), tokio_postgres::Error>> {
        let tenant = self.router.tenant(world.id(subdomain).await).unwrap();
        let before = asked_for_long(superuser).await;
        let asked = self.runtime.as_ref().unwrap().spawn(async move {
            let connection = tenant.acquire(Intent::ReadWrite).await.unwrap();
            let forever = "select set_config('statement_timeout', '0', false)";
            connection.query(forever, &[]).await.unwrap();
            connection.query("select pg_sleep(60)", &[]).await.map(drop)
        });
        eventually(async || asked_for_long(superuser).await > before).await;
        asked
    }

    fn rest(&self) {
        self.wants_more.store(false, Ordering::Relaxed);
    }

    /// No goodbye to anybody.
    fn kill(mut self) {
        self.runtime.take().unwrap().shutdown_background();
    }

    async fn stop(self) {
        self.rest();
        self.shutdown.cancel();
        self.tracker.close();
        self.tracker.wait().await;
    }

    async fn makes_progress(&self) {
        let before = self.answers.load(Ordering::Relaxed);
        eventually(async || self.answers.load(Ordering::Relaxed) > before + 20).await;
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// Looks all the time how many connections the tenants' roles have.
struct Watch {
    most: Arc<AtomicI64>,
    looks: Arc<AtomicI64>,
    _until_dropped: tokio_util::sync::DropGuard,
}

impl Watch {
    async fn begin(world: &World) -> Self {
        let client = world.server.connect("postgres").await;
        let (most, looks) = (Arc::new(AtomicI64::new(0)), Arc::new(AtomicI64::new(0)));
        let over = CancellationToken::new();
        world.control.tracker.spawn(over.clone().run_until_cancelled_owned({
            let (most, looks) = (Arc::clone(&most), Arc::clone(&looks));
            async move {
                loop {
                    most.fetch_max(connections(&client).await, Ordering::Relaxed);
                    looks.fetch_add(1, Ordering::Relaxed);
                }
            }
        }));
        Self { most, looks, _until_dropped: over.drop_guard() }
    }

    /// How many there were at most, since this was asked last.
    fn most(&self) -> i64 {
        assert!(self.looks.swap(0, Ordering::Relaxed) > 50, "it has hardly looked");
        self.most.swap(0, Ordering::Relaxed)
    }
}

async fn connections(client: &tokio_postgres::Client) -> i64 {
    let sql = r"select count(*) from pg_stat_activity where usename like 'studio\_%\_db'";
    client.query_one(sql, &[]).await.unwrap().get(0)
}

async fn asked_for_long(client: &tokio_postgres::Client) -> i64 {
    let sql = "select count(*) from pg_stat_activity
        where query = 'select pg_sleep(60)' and state = 'active'";
    client.query_one(sql, &[]).await.unwrap().get(0)
}

async fn world() -> World {
    let world = World::new().await;
    world.execute(&format!("update servers set connection_budget = {BUDGET}")).await;
    for subdomain in TENANTS {
        world.provision(request(subdomain)).await.unwrap();
    }
    world
}

/// `name seats` of each, as an operator would be shown it; of one that is silent, `name kept`.
async fn leased(world: &World) -> String {
    let client = world.control.catalog.client().await.unwrap();
    let mut all: Vec<_> = seats::list(&client)
        .await
        .unwrap()
        .iter()
        .map(|it| {
            let silent = if it.is_silent { " silent" } else { "" };
            format!("{} {}{silent}", it.name, it.seats)
        })
        .collect();
    all.sort();
    all.join(", ")
}

async fn becomes(world: &World, expected: &str) {
    eventually(async || leased(world).await == expected).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_never_have_more_than_the_budget_and_each_what_the_other_leaves() {
    let world = world().await;
    let watch = Watch::begin(&world).await;
    let first = Process::start(&world, "first").await;
    assert_eq!(leased(&world).await, "first 8");
    first.load(&world).await;
    eventually(async || watch.most.load(Ordering::Relaxed) == BUDGET).await;

    let second = Process::start(&world, "second").await;
    second.load(&world).await;
    becomes(&world, "first 4, second 4").await;
    first.makes_progress().await;
    second.makes_progress().await;

    second.rest();
    becomes(&world, "first 7, second 1").await;
    second.load(&world).await;
    becomes(&world, "first 4, second 4").await;

    world.execute("update servers set connection_budget = 6").await;
    becomes(&world, "first 3, second 3").await;
    assert_eq!(watch.most(), BUDGET);
    first.makes_progress().await;
    second.makes_progress().await;
    assert!(watch.most() <= 6, "the smaller budget");

    let superuser = world.server.connect("postgres").await;
    let long = second.ask_for_long(&world, TENANTS[0], &superuser).await;
    second.kill();
    let begun = Instant::now();
    eventually(async || asked_for_long(&superuser).await == 0).await;
    assert!(begun.elapsed() < Duration::from_secs(30), "the server sees that nobody waits");
    drop(long);
    becomes(&world, "first 5, second 1 silent").await;
    first.makes_progress().await;
    assert!(watch.most() <= 6);
    first.stop().await;
    assert_eq!(leased(&world).await, "second 1 silent", "who stops gives back at once");

    let mut client = world.control.catalog.client().await.unwrap();
    let node = seats::list(&client).await.unwrap()[0].node;
    assert!(seats::forget(&mut client, node).await.unwrap());
    assert!(!seats::forget(&mut client, node).await.unwrap());
    assert_eq!(world.count("router_nodes").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_control_database_each_serves_with_what_it_keeps() {
    let world = world().await;
    let watch = Watch::begin(&world).await;
    let first = Process::start(&world, "first").await;
    let second = Process::start(&world, "second").await;
    first.load(&world).await;
    second.load(&world).await;
    becomes(&world, "first 4, second 4").await;
    let superuser = world.server.connect("postgres").await;

    lock_out(&superuser).await;
    eventually(async || connections(&superuser).await <= 2).await;
    assert!(watch.most() <= BUDGET);
    first.makes_progress().await;
    second.makes_progress().await;
    assert_eq!(watch.most(), 2);

    superuser.execute(&format!("alter role {ROLE} login"), &[]).await.unwrap();
    eventually(async || watch.most.load(Ordering::Relaxed) == BUDGET).await;
    becomes(&world, "first 4, second 4").await;
    assert_eq!(watch.most(), BUDGET);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_in_use_is_cut_off_before_others_could_have_its_seat() {
    let world = world().await;
    let process = Process::start(&world, "first").await;
    let superuser = world.server.connect("postgres").await;
    // One of the two has the seat that is kept.
    let first = process.ask_for_long(&world, TENANTS[0], &superuser).await;
    let second = process.ask_for_long(&world, TENANTS[1], &superuser).await;
    lock_out(&superuser).await;
    let error = tokio::select! {
        ended = first => ended.unwrap().unwrap_err(),
        ended = second => ended.unwrap().unwrap_err(),
    };
    assert!(error.is_closed(), "{error:?}");
    eventually(async || connections(&superuser).await == 1).await;
    assert_eq!(asked_for_long(&superuser).await, 1);
}

/// From now on the control database is of no use to anybody.
async fn lock_out(superuser: &tokio_postgres::Client) {
    superuser.execute(&format!("alter role {ROLE} nologin"), &[]).await.unwrap();
    let end = "select pg_terminate_backend(pid) from pg_stat_activity where usename = $1";
    superuser.query(end, &[&ROLE]).await.unwrap();
}

/// Rounds made by hand.
struct Hand<'a> {
    world: &'a World,
    node: NodeId,
    server: ServerId,
}

impl Hand<'_> {
    async fn round(
        &self,
        number: i64,
        report: (usize, usize, usize),
        silent: &[SilentLease],
    ) -> Option<SeatLeases> {
        let (held, kept, wanted) = report;
        let round = SeatRound {
            node: self.node,
            number,
            reports: BTreeMap::from([(self.server, SeatReport { held, kept, wanted })]),
            silent: silent.to_vec(),
            is_last: false,
        };
        self.world.control.lease_seats(&round).await.ok().flatten()
    }

    async fn seats(&self, number: i64, report: (usize, usize, usize)) -> (usize, usize) {
        let leases = self.round(number, report, &[]).await.unwrap();
        let own = leases.own[&self.server];
        (own.seats, own.share)
    }
}

#[tokio::test]
async fn rounds_that_come_late_and_silence_that_was_broken_change_nothing() {
    let world = World::idle().await;
    world.execute(&format!("update servers set connection_budget = {BUDGET}")).await;
    let client = world.server.connect(DATABASE).await;
    let server = client.query_one("select id from servers", &[]).await.unwrap().get(0);
    let hand = |number| Hand {
        world: &world,
        node: NodeId(Uuid::from_u128(number)),
        server: ServerId(server),
    };
    let (first, second) = (hand(1), hand(2));
    assert_eq!(first.seats(1, (0, 0, 0)).await, (8, 8));
    assert_eq!(second.seats(1, (0, 0, 9)).await, (0, 7));
    assert_eq!(first.seats(3, (5, 1, 9)).await, (5, 4));
    assert!(first.round(2, (0, 0, 0), &[]).await.is_none(), "a later one has been made");
    assert_eq!(second.seats(2, (0, 0, 9)).await, (3, 4));

    let silent = |renewals, taken| SilentLease {
        server: ServerId(server),
        node: first.node,
        renewals,
        taken,
    };
    second.round(3, (3, 1, 9), &[silent(1, Taken::Rest)]).await.unwrap();
    assert_eq!(first.seats(4, (5, 1, 9)).await, (5, 4), "it has been heard of since");
    let leases = second.round(4, (3, 1, 9), &[silent(4, Taken::Rest)]).await.unwrap();
    assert_eq!((leases.own[&ServerId(server)].seats, leases.others[0].is_silent), (7, true));
    let leases = second.round(5, (7, 1, 9), &[silent(4, Taken::All)]).await.unwrap();
    assert_eq!((leases.own[&ServerId(server)].seats, leases.others.len()), (8, 0));
    assert_eq!(world.count("router_nodes").await, 1);
    assert_eq!(first.seats(5, (5, 1, 9)).await, (0, 4), "it has nothing, whatever it believes");

    let error =
        client.execute("update seat_leases set seats = 9 where seats > 0", &[]).await.unwrap_err();
    let broken = error.as_db_error().unwrap();
    assert_eq!(broken.constraint(), Some("seat_leases_budget_check"));
    assert_eq!(broken.message(), format!("server {server} has 8 seats, and 9 would be leased"));
}

#[tokio::test]
async fn a_server_that_is_new_comes_with_the_next_round_and_one_that_goes_takes_its_leases() {
    let world = World::idle().await;
    let process = Process::start(&world, "first").await;
    world
        .execute(
            "insert into servers (id, name, region, host, port, admin_host, admin_role, connection_budget)
             values (gen_random_uuid(), 'eu-2', 'eu', '127.0.0.1', 1, '127.0.0.1', 'postgres', 5)",
        )
        .await;
    becomes(&world, "first 20, first 5").await;
    world.execute("delete from servers where name = 'eu-2'").await;
    becomes(&world, "first 20").await;
    process.stop().await;
    assert_eq!(leased(&world).await, "");
}

/// So a clock of the database that jumps can break nothing.
#[test]
fn no_statement_decides_by_the_clock_of_the_database() {
    let clocks = ["now()", "clock_timestamp", "current_timestamp", "interval", "age("];
    let lines = QUERIES.lines().filter(|line| clocks.iter().any(|it| line.contains(it)));
    assert_eq!(lines.collect::<Vec<_>>(), ["    seen_at = now()"]);
    let times = QUERIES.lines().filter(|it| it.contains("_at"));
    let compared =
        times.filter(|it| ["<", ">", "where", "and "].iter().any(|word| it.contains(word)));
    assert_eq!(compared.collect::<Vec<_>>(), [""; 0]);
}
