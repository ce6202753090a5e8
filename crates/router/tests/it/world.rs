//! Tenants on the shared server, each with a database and a role of its own.

use std::thread;
use std::time::Duration;

use cloison_model::DatabaseName;
use cloison_router::{
    Identifier, Intent, Location, Login, Resolution, Route, Router, Secret, ServerId, Site,
    Subdomain, Tenant, TenantId,
};
use cloison_testkit::{Options, Server};
use tokio_postgres::Client;
use uuid::Uuid;

use crate::place::patient;

/// What nearly every test wants.
pub(crate) const WRITE: Intent = Intent::ReadWrite;

pub(crate) const SERVER: ServerId = ServerId(Uuid::from_u128(7));

/// Every tenant's password, and its verifier with a single iteration: the usual 4,096 would be most
/// of what an unoptimised build does here.
pub(crate) const PASSWORD: &str = "secret";
pub(crate) const VERIFIER: &str = "SCRAM-SHA-256$1:MDEyMzQ1Njc4OWFiY2RlZg==$rb2i4FWE8CCi1HDhnBxhv8/uERf3QN6tiTjE4qSdliQ=:\
    gWfVquF9Vgm4YA/KIyjllnL4Zn6B7unP+DKFnilYEAg=";

/// Databases and roles that go away with it.
pub(crate) struct World {
    pub(crate) server: Server,
    pub(crate) admin: Client,
    pub(crate) routes: Vec<Route>,
}

impl World {
    /// So many tenants, each with one table, `notes`.
    pub(crate) async fn of(tenants: usize) -> Self {
        Self::on(Server::shared(), tenants).await
    }

    /// On a server of its own, which the test may ill-treat.
    pub(crate) async fn apart(tenants: usize) -> Self {
        let hba = vec!["host sameuser all 127.0.0.1/32 scram-sha-256".to_owned()];
        Self::on(Server::private_with(&Options { hba, ..Options::default() }), tenants).await
    }

    async fn on(server: Server, tenants: usize) -> Self {
        let admin = server.connect("postgres").await;
        let first = server.number();
        let mut world = Self { server, admin, routes: Vec::new() };
        for number in (first..).take(tenants) {
            world.add(number, &DatabaseName::of_number(number).into()).await;
        }
        world
    }

    /// One tenant whose database and role have this name, with a number behind it.
    pub(crate) async fn named(name: &str) -> Self {
        let server = Server::shared();
        let admin = server.connect("postgres").await;
        let number = server.number();
        let mut world = Self { server, admin, routes: Vec::new() };
        world.add(number, &format!("{name} {number}").parse().unwrap()).await;
        world
    }

    async fn add(&mut self, number: i64, name: &Identifier) {
        // Known to the destructor before there is anything to destroy.
        let subdomain = format!("studio-{number}").parse().unwrap();
        let route = route_to(self.server.port(), number, subdomain);
        self.routes.push(Route { database: name.clone(), role: name.clone(), ..route });
        let quoted = name.quoted();
        self.run(&format!("create role {quoted} login password '{VERIFIER}'")).await;
        self.run(&format!("create database {quoted} template template0 strategy wal_log")).await;
        let client = self.server.connect(name.as_str()).await;
        client.execute("create table notes (body text not null)", &[]).await.unwrap();
        let grant = format!("grant select, insert, delete on notes to {quoted}");
        client.execute(&grant, &[]).await.unwrap();
    }

    /// Drops the tenant's database with all connections to it, and makes another of the same name.
    pub(crate) async fn make_again(&self, route: &Route) {
        let name = route.database.quoted();
        self.run(&format!("drop database {name} with (force)")).await;
        self.run(&format!("create database {name} template template0 strategy wal_log")).await;
    }

    pub(crate) async fn run(&self, sql: &str) {
        self.admin.execute(sql, &[]).await.unwrap();
    }

    /// As many seats as there are, for one tenant.
    pub(crate) fn router(&self, budget: usize) -> Router {
        Router::fixed_with(self.routes.clone(), budget, patient())
    }

    pub(crate) fn tenants(&self, router: &Router) -> Vec<Tenant> {
        self.routes.iter().map(|it| router.tenant(it.tenant).expect("visible")).collect()
    }

    /// The same tenants, by another way to the server.
    pub(crate) fn routes_by(&self, port: u16) -> Vec<Route> {
        self.routes.iter().map(|it| Route { port, ..it.clone() }).collect()
    }

    /// How many connections the server has to these databases, as itself sees it.
    pub(crate) async fn connections(&self) -> i64 {
        let names: Vec<_> = self.routes.iter().map(|it| it.database.as_str()).collect();
        let sql = "select count(*) from pg_stat_activity
                   where datname = any($1) and backend_type = 'client backend' and usename = datname";
        self.admin.query_one(sql, &[&names]).await.unwrap().get(0)
    }

    /// What the first tenant's table holds, read as the superuser.
    pub(crate) async fn notes(&self) -> Vec<String> {
        let client = self.server.connect(self.routes[0].database.as_str()).await;
        let rows = client.query("select body from notes order by body", &[]).await.unwrap();
        rows.iter().map(|it| it.get(0)).collect()
    }
}

/// The route of the tenant with this number, of a server on this port.
pub(crate) fn route_to(port: u16, number: i64, subdomain: Subdomain) -> Route {
    let database = DatabaseName::of_number(number);
    let location = Location {
        server: SERVER,
        host: "127.0.0.1".to_owned(),
        port,
        database: database.clone().into(),
    };
    let login = Login { role: database.role().into(), password: Secret::new(PASSWORD) };
    let tenant = TenantId(Uuid::from_u128(number.cast_unsigned().into()));
    Route { epoch: 1, schema_version: 1, ..Route::new(tenant, subdomain, location, login) }
}

impl Drop for World {
    fn drop(&mut self) {
        let config = self.server.config("postgres");
        let names: Vec<_> = self.routes.iter().map(|it| it.database.quoted().to_string()).collect();
        // On a thread, as the test's own runtime may be ending. What cannot be dropped goes with
        // the server.
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let (client, connection) = config.connect(tokio_postgres::NoTls).await?;
                let dropping = async {
                    for name in names {
                        drop(
                            client
                                .execute(&format!("drop database {name} with (force)"), &[])
                                .await,
                        );
                        drop(client.execute(&format!("drop role {name}"), &[]).await);
                    }
                };
                tokio::select! {
                    () = dropping => Ok::<_, Box<dyn std::error::Error + Send + Sync>>(()),
                    ended = connection => Ok(ended?),
                }
            })
        });
        drop(dropping.join());
    }
}

/// Asks until it is so. For what the server does in its own time.
pub(crate) async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    for _ in 0..1_000 {
        if is_so().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never: {what}");
}

/// One word for the answer, and the epoch of whom was found.
pub(crate) async fn resolve(router: &Router, host: &str) -> String {
    let base: cloison_router::BaseDomain = "example.com".parse().unwrap();
    let site: Site = base.site(&host.parse().unwrap());
    match router.resolve(&site).await {
        Resolution::Found(tenant) => format!("found {}", tenant.subdomain()),
        Resolution::Unknown => "unknown".to_owned(),
        Resolution::Suspended { access, .. } => format!("suspended {access}"),
        Resolution::Unavailable(why) => format!("unavailable {why:?}"),
    }
}

/// Once all is at rest no seat is lost: none is taken but by idle connections, and nobody waits.
pub(crate) async fn at_rest(router: &Router) {
    eventually("every seat is given back", async || {
        router.stats().iter().all(|it| it.in_use == 0 && it.waiting == 0)
    })
    .await;
}

/// Tenants on a server that is none; only for [`crate::stub`].
pub(crate) fn routes_at(port: u16, tenants: i64) -> Vec<Route> {
    (1..=tenants)
        .map(|number| route_to(port, number, format!("studio-{number}").parse().unwrap()))
        .collect()
}

pub(crate) async fn backend(connection: &cloison_router::Client) -> i32 {
    connection.query_one("select pg_backend_pid()", &[]).await.unwrap().get(0)
}
