//! A platform of one server, and a tenant application of one table.

use std::time::Duration;

use cloison_catalog::queries::servers;
use cloison_catalog::{Catalog, DATABASE, ROLE};
use cloison_control::call::Call;
use cloison_control::operations::{WorkerConfig, run_due, wait_for_end, work};
use cloison_control::pg::Admin;
use cloison_control::provision::{ProvisionError, ProvisionRequest, provision};
use cloison_control::releases::{ReleaseSource, settle};
use cloison_control::{Control, MasterKey, bootstrap};
use cloison_model::{OperationId, OperationState, Release, Secret, Subdomain, TenantId};
use cloison_router::{Directory, Key};
use cloison_testkit::{Options, Server};
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;
use uuid::Uuid;

/// What every provisioned database is to have: one table and its first row. A name beginning with
/// "broken" makes the first data fail.
pub(crate) const APPLICATION: &[(&str, &str)] = &[(
    "1_notes.sql",
    "-- phase: expand
-- extensions: citext
create table notes (body citext not null);
grant usage on schema public to cloison_app, cloison_reader;
grant select, insert, update, delete on notes to cloison_app;
grant select on notes to cloison_reader;
create function cloison_first_data(data jsonb) returns void language plpgsql as $$
begin
    if data ->> 'name' like 'broken%' then
        raise exception 'no first data for %', data ->> 'name';
    end if;
    insert into notes (body)
    select data ->> 'owner_email'
    where not exists (select from notes);
end $$;
revoke execute on function cloison_first_data(jsonb) from public;
",
)];

pub(crate) struct World {
    pub(crate) server: Server,
    pub(crate) control: Control,
    /// Stops what runs beside the test.
    at_work: Option<DropGuard>,
}

/// The control database's.
pub(crate) const PASSWORD: &str = "control's password";

/// How long a test waits for an operation before it fails: far longer than any takes.
const PATIENCE: Duration = Duration::from_mins(1);

impl World {
    /// With a worker that keeps no spares.
    pub(crate) async fn new() -> Self {
        let mut world = Self::idle().await;
        world.employ(WorkerConfig { spares: 0, ..WorkerConfig::default() });
        world
    }

    /// Puts a worker to work.
    pub(crate) fn employ(&mut self, config: WorkerConfig) {
        let shutdown = CancellationToken::new();
        self.control.tracker.spawn(work(self.control.clone(), config, shutdown.clone()));
        self.at_work = Some(shutdown.drop_guard());
    }

    /// Sends the worker home, so that nothing happens beside the test from now on.
    pub(crate) fn dismiss(&mut self) {
        self.at_work = None;
    }

    /// Nobody works unless the test does.
    pub(crate) async fn idle() -> Self {
        Self::idle_on(server()).await
    }

    /// On a server that a test has set up.
    pub(crate) async fn idle_on(server: Server) -> Self {
        let tracker = TaskTracker::new();
        let password = Secret::new(PASSWORD);
        let source = ReleaseSource::Carried(Release::from_files(APPLICATION).unwrap().into());
        let admin = admin(&server, &tracker);
        bootstrap::control_database(&admin, &password).await.unwrap();
        // Few, so that work which needs two at a time would be seen to wait for itself; and for long, so that a slow machine
        // is not taken for that.
        let config = server.tcp_config(DATABASE, ROLE, password.expose());
        let catalog = Catalog::waiting(config, 4, Duration::from_mins(1));
        let control = Control::new(catalog, MasterKey::generate(), source, tracker);
        register(&control, &server, "eu-1", 1_000).await;
        let (release, version) = settle(&control).await.unwrap();
        bootstrap::server(&admin, &release, version).await.unwrap();
        Self { server, control, at_work: None }
    }

    pub(crate) fn admin(&self) -> Admin {
        admin(&self.server, &self.control.tracker)
    }

    /// Provisions and waits for the end.
    pub(crate) async fn provision(
        &self,
        request: ProvisionRequest,
    ) -> Result<(OperationId, OperationState), ProvisionError> {
        let operation = provision(&self.control, &call(), &request).await?;
        Ok((operation, self.end_of(operation).await))
    }

    pub(crate) async fn end_of(&self, operation: OperationId) -> OperationState {
        let state = wait_for_end(&self.control, operation, PATIENCE).await.unwrap().unwrap();
        assert!(state.is_end(), "operation {operation} does not end");
        state
    }

    /// Works until nothing is due, by `config`; each lease that a killed worker has left runs out at once.
    pub(crate) async fn work_off(&self, config: &WorkerConfig) -> usize {
        let mut ran = 0;
        loop {
            self.execute("update operations set due_at = now() where state = 'RUNNING'").await;
            match run_due(&self.control, config).await.unwrap() {
                Some(_) => ran += 1,
                None => return ran,
            }
        }
    }

    pub(crate) async fn id(&self, subdomain: &str) -> TenantId {
        let key = Key::Subdomain(subdomain.parse().unwrap());
        self.control.fetch(&key).await.unwrap().unwrap().tenant
    }

    /// As the superuser on the control database.
    pub(crate) async fn execute(&self, statement: &str) -> u64 {
        let client = self.server.connect(DATABASE).await;
        client.execute(statement, &[]).await.unwrap()
    }

    /// Names of databases and login roles of tenants that are on the server.
    pub(crate) async fn left_on_server(&self) -> Vec<String> {
        let client = self.server.connect("postgres").await;
        let rows = client
            .query(
                "select 'database ' || datname as it from pg_database where datname like 'studio\\_%\\_db'
                 union all
                 select 'role ' || rolname from pg_roles where rolname like 'studio\\_%\\_db'
                 order by it",
                &[],
            )
            .await
            .unwrap();
        rows.iter().map(|it| it.get(0)).collect()
    }

    /// What programs outside have been told by an operation, in order.
    pub(crate) async fn told(&self, operation: OperationId) -> Vec<String> {
        let client = self.server.connect(DATABASE).await;
        let told = "select type from events where data ->> 'operation' = $1 order by sequence";
        let rows = client.query(told, &[&operation.to_string()]).await.unwrap();
        rows.iter().map(|it| it.get(0)).collect()
    }

    /// How many rows a table of the control database has.
    pub(crate) async fn count(&self, table: &str) -> i64 {
        let client = self.server.connect(DATABASE).await;
        client.query_one(&format!("select count(*) from {table}"), &[]).await.unwrap().get(0)
    }
}

pub(crate) fn request(subdomain: &str) -> ProvisionRequest {
    let subdomain: Subdomain = subdomain.parse().unwrap();
    ProvisionRequest {
        name: format!("{subdomain} studio"),
        subdomain,
        region: "eu".to_owned(),
        plan: "standard".to_owned(),
        owner_email: "kim@example.com".to_owned(),
        locale: "en".to_owned(),
        time_zone: "Europe/Paris".to_owned(),
    }
}

/// Without an idempotency key.
pub(crate) fn call() -> Call {
    Call::internal("a test")
}

/// One that lets tenants in by TCP.
pub(crate) fn server() -> Server {
    server_with(Options::default())
}

/// The same, and what else is asked for.
pub(crate) fn server_with(mut options: Options) -> Server {
    options.hba.extend([
        format!("host {DATABASE} {ROLE} 127.0.0.1/32 scram-sha-256"),
        "host sameuser all 127.0.0.1/32 scram-sha-256".to_owned(),
    ]);
    Server::private_with(&options)
}

pub(crate) async fn register(control: &Control, server: &Server, name: &str, capacity: i32) {
    let client = control.catalog.client().await.unwrap();
    servers::server_upsert()
        .bind(
            &client,
            &Uuid::now_v7(),
            &name,
            &"eu",
            &"127.0.0.1",
            &i32::from(server.port()),
            &server.address().socket_dir.to_str().unwrap(),
            &"postgres",
            &None::<&[u8]>,
            &20,
            &capacity,
        )
        .await
        .unwrap();
}

pub(crate) fn admin(server: &Server, tracker: &TaskTracker) -> Admin {
    let socket = server.address().socket_dir.to_str().unwrap();
    Admin::new(socket, server.port(), "postgres", None, tracker.clone())
}

/// Asks until the answer is yes, a minute at most.
pub(crate) async fn eventually(mut asked: impl AsyncFnMut() -> bool) {
    let deadline = tokio::time::Instant::now() + PATIENCE;
    while !asked().await {
        assert!(tokio::time::Instant::now() < deadline, "it does not happen");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
