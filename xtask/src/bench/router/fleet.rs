//! A thousand tenants on a private server, each with a database and a role of its own, as the product makes them.
//!
//! The server is one of the test kit's: it lies beside the build, keeps nothing for a power cut, since nothing here
//! writes, and is removed in the end, also after an error.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cloison_model::{AccessMode, DatabaseName, Phase, Secret, ServerId, TenantId};
use cloison_router::{Limits, Route};
use cloison_testkit::{Options, Server};
use tokio::task::JoinSet;
use tokio_postgres::Client;
use uuid::Uuid;

use crate::clusters::connect;

/// The one role with which PgBouncer comes to every database: it has no other total limit.
pub(super) const GATEWAY: &str = "gateway";
/// What a request asks: one row by its key, and who answers.
pub(super) const QUESTION: &str =
    "select body, current_database()::text, pg_backend_pid() from notes where id = $1";
pub(super) const NOTES: i32 = 1_000;

const SERVER: ServerId = ServerId(Uuid::from_u128(1));
/// The product's servers have as many; three contestants with 50 each fit, the superuser included.
const SERVER_CONNECTIONS: &str = "200";
const TEMPLATE: &str = "bench_template";
/// The group whose rights every role has.
const GROUP: &str = "bench_app";
/// Databases to make at the same time: more are not faster.
const MAKERS: usize = 4;

pub(in crate::bench) struct Fleet {
    /// The superuser's.
    pub(super) admin: Client,
    /// In the order of their numbers, which begin at 1.
    pub(super) routes: Vec<Route>,
    pub(super) password: Secret,
    /// PostgreSQL's.
    pub(super) version: String,
    pub(super) made_in: Duration,
    /// Removed with the last handle.
    server: Server,
}

impl Fleet {
    pub(super) async fn make(tenants: u32) -> Result<Self> {
        let setting = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let server = Server::private_with(&Options {
            hba: vec![
                format!("host all {GATEWAY} 127.0.0.1/32 scram-sha-256"),
                "host sameuser all 127.0.0.1/32 scram-sha-256".to_owned(),
            ],
            settings: vec![
                setting("max_connections", SERVER_CONNECTIONS),
                // Its rounds over a thousand databases would come into everybody's time, at random.
                setting("autovacuum", "off"),
            ],
        });
        let admin = connect(&superuser(&server, "postgres")).await?;
        let version: String = admin.query_one("show server_version", &[]).await?.get(0);
        let mut fleet = Self {
            admin,
            routes: Vec::new(),
            // 256 bits, as a tenant's password has; one for all, since its cost is the same.
            password: Secret::new(format!(
                "{}{}",
                Uuid::new_v4().simple(),
                Uuid::new_v4().simple()
            )),
            // Distributions add their own words after the number.
            version: version.split(' ').next().unwrap_or_default().to_owned(),
            made_in: Duration::ZERO,
            server,
        };
        let started = Instant::now();
        fleet.make_template().await.context("make the template")?;
        fleet.routes = (1..=tenants).map(|it| fleet.route(it)).collect();
        fleet.make_tenants().await.context("make the tenants")?;
        fleet.admin.execute("checkpoint", &[]).await?;
        // What is left to be written is not to be written in somebody's time.
        rustix::fs::sync();
        fleet.made_in = started.elapsed();
        Ok(fleet)
    }

    pub(super) fn tenants(&self) -> u32 {
        u32::try_from(self.routes.len()).expect("they were counted so")
    }

    /// Another connection of the superuser.
    pub(super) async fn superuser(&self) -> Result<Client> {
        connect(&superuser(&self.server, "postgres")).await
    }

    pub(super) fn port(&self) -> u16 {
        self.server.port()
    }

    /// Where the server's user may write.
    pub(super) fn socket_dir(&self) -> &std::path::Path {
        &self.server.address().socket_dir
    }

    /// A tenant's own way in, past every pool.
    pub(super) fn config(&self, tenant: usize) -> tokio_postgres::Config {
        let route = &self.routes[tenant];
        self.server.tcp_config(route.database.as_str(), route.role.as_str(), self.password.expose())
    }

    async fn make_template(&self) -> Result<()> {
        let password = self.password.expose();
        for statement in [
            format!("create role {GROUP} nologin"),
            format!("create role {GATEWAY} login password '{password}' in role {GROUP}"),
            format!("create database {TEMPLATE}"),
        ] {
            self.admin.execute(&statement, &[]).await?;
        }
        let template = connect(&superuser(&self.server, TEMPLATE)).await?;
        for statement in [
            "create table notes (id integer primary key, body text not null)".to_owned(),
            format!(
                "insert into notes
                 select number, md5(number::text)
                 from generate_series(1, {NOTES}) as number"
            ),
            format!("grant select on notes to {GROUP}"),
            // The first to read a row would otherwise write, in each copy again.
            "vacuum (freeze, analyze)".to_owned(),
        ] {
            template.execute(&statement, &[]).await?;
        }
        Ok(())
    }

    async fn make_tenants(&self) -> Result<()> {
        let next = Arc::new(AtomicUsize::new(0));
        let mut makers = JoinSet::new();
        for _ in 0..MAKERS {
            let (next, server) = (Arc::clone(&next), self.server.clone());
            let routes = self.routes.clone();
            let admin = self.superuser().await?;
            makers.spawn(async move {
                while let Some(route) = routes.get(next.fetch_add(1, Ordering::Relaxed)) {
                    make_tenant(&server, &admin, route).await?;
                }
                anyhow::Ok(())
            });
        }
        while let Some(made) = makers.join_next().await {
            made??;
        }
        Ok(())
    }

    fn route(&self, number: u32) -> Route {
        let database = DatabaseName::of_number(number.into());
        Route {
            host: "127.0.0.1".to_owned(),
            port: self.port(),
            ..route(number, database, self.password.clone())
        }
    }
}

/// A tenant that nobody connects to.
pub(super) fn route(number: u32, database: DatabaseName, password: Secret) -> Route {
    Route {
        tenant: TenantId(Uuid::from_u128(number.into())),
        subdomain: format!("studio-{number}").parse().expect("a plain name is a subdomain"),
        hostnames: vec![],
        epoch: 1,
        access: AccessMode::Full,
        phase: Phase::Ready,
        schema_version: 1,
        schema_floor: 0,
        awaits: None,
        server: SERVER,
        host: String::new(),
        port: 0,
        role: database.role().into(),
        database: database.into(),
        password,
        limits: Limits::default(),
    }
}

async fn make_tenant(server: &Server, admin: &Client, route: &Route) -> Result<()> {
    let (database, role) = (route.database.quoted(), route.role.quoted());
    let password = route.password.expose();
    for statement in [
        format!("create role {role} login password '{password}' in role {GROUP}"),
        format!("create database {database} template {TEMPLATE} strategy wal_log"),
        format!("revoke connect, temporary on database {database} from public"),
        format!("grant connect on database {database} to {role}, {GATEWAY}"),
    ] {
        admin
            .execute(&statement, &[])
            .await
            .with_context(|| format!("make {}", route.subdomain))?;
    }
    // A database's first session writes down what the next ones begin with. In the product it is the one that
    // writes the first data.
    connect(&superuser(server, route.database.as_str()))
        .await?
        .execute("select from notes limit 1", &[])
        .await?;
    Ok(())
}

fn superuser(server: &Server, database: &str) -> String {
    let address = server.address();
    format!(
        "host='{}' port={} user=postgres dbname={database}",
        address.socket_dir.display(),
        address.port
    )
}
