//! A database with an owner, and what has been run on it.

use std::time::Duration;

use cloison_control::migrate::{
    Limits, MigrateError, Migrated, MigrationFailure, Way, migrate, unlock,
};
use cloison_control::pg::{Admin, AdminClient, ddl};
use cloison_model::Release;
use cloison_testkit::{Database, Options, Proxy, Server};
use tokio_postgres::Client;
use tokio_util::task::TaskTracker;

use crate::world::eventually;

/// Shared by all tests of a server, for roles are.
const OWNER: &str = "migrations_owner";
/// A superuser who may come in by TCP; on private servers only.
const REMOTE: &str = "remote";

pub(super) type Files<'a> = &'a [(&'a str, &'a str)];

/// What every database begins with.
pub(super) const NOTES: (&str, &str) = (
    "1_notes.sql",
    "-- phase: expand\ncreate table notes (id int primary key, body text);\ninsert into notes select it, 'same' from generate_series(1, 3) as it",
);
pub(super) const NOTES_DOWN: (&str, &str) = ("1_notes.down.sql", "drop table notes");

pub(super) struct Ground {
    pub(super) database: Database,
    admin: Admin,
    pub(super) tasks: TaskTracker,
}

impl Ground {
    /// Empty.
    pub(super) async fn empty() -> Self {
        Self::on(&Server::shared()).await
    }

    /// With its notes.
    pub(super) async fn new() -> Self {
        let ground = Self::empty().await;
        ground.up(&[NOTES]).await.unwrap();
        ground
    }

    /// With its notes, and a network between it and whoever migrates it.
    pub(super) async fn behind_a_network() -> (Self, Proxy) {
        let server = Server::private_with(&Options {
            hba: vec![format!("host all {REMOTE} 127.0.0.1/32 trust")],
            ..Options::default()
        });
        let client = server.connect("postgres").await;
        client.execute(&format!("create role {REMOTE} superuser login"), &[]).await.unwrap();
        let proxy = Proxy::to(server.port()).await;
        let mut ground = Self::on(&server).await;
        ground.admin = Admin::new("127.0.0.1", proxy.port, REMOTE, None, ground.tasks.clone());
        ground.up(&[NOTES]).await.unwrap();
        (ground, proxy)
    }

    /// Empty.
    pub(super) async fn on(server: &Server) -> Self {
        let tasks = TaskTracker::new();
        let database = server.database("migrate").await;
        let client = database.connect().await;
        ddl::group_role_ensure(&client, OWNER).await.unwrap();
        let name = database.name();
        client.execute(&format!("alter database {name} owner to {OWNER}"), &[]).await.unwrap();
        let admin = by_socket(server, &tasks);
        Self { database, admin, tasks }
    }

    /// From now on.
    pub(super) fn comes_by_socket(&mut self) {
        self.admin = by_socket(self.database.server(), &self.tasks);
    }

    pub(super) async fn admin(&self) -> AdminClient {
        self.admin.connect(self.database.name()).await.unwrap()
    }

    /// Runs all that is pending of a release of these files, and lets the next one in.
    pub(super) async fn up(&self, files: Files<'_>) -> Result<Migrated, MigrateError> {
        let to = release(files).version();
        self.go(files, Way::Up { to }).await
    }

    pub(super) async fn go(&self, files: Files<'_>, way: Way) -> Result<Migrated, MigrateError> {
        let client = self.admin().await;
        let done = run(&client, files, way).await;
        if !client.is_closed() && !matches!(done, Err(MigrateError::Lost { .. })) {
            unlock(&client).await.unwrap();
        }
        done
    }

    /// Fails, and the failure is the database's.
    pub(super) async fn fails(&self, files: Files<'_>) -> MigrationFailure {
        match self.up(files).await {
            Err(MigrateError::Failed(failure)) => *failure,
            other => panic!("{other:?}"),
        }
    }

    /// Once nobody has the turn on it.
    pub(super) async fn up_in_the_end(&self, files: Files<'_>) -> Migrated {
        let mut migrated = None;
        eventually(async || match self.up(files).await {
            Err(MigrateError::Busy) => false,
            done => {
                migrated = Some(done.unwrap());
                true
            }
        })
        .await;
        migrated.unwrap()
    }

    /// Versions in the history, and the names of tables and indexes with a `?` behind those that are not valid.
    pub(super) async fn has(&self) -> String {
        let client = self.database.connect().await;
        let rows = client
            .query(
                "select version::text from cloison_migrations
                 union all
                 select relname || case when not indisvalid then '?' else '' end
                 from pg_class
                 left join pg_index on indexrelid = pg_class.oid
                 where relnamespace = 'public'::regnamespace
                     and relkind in ('r', 'i')
                     and relname not like '%\\_pkey'
                     and relname <> 'cloison_migrations'
                     and (indisvalid is not null or relkind = 'r')
                 order by 1",
                &[],
            )
            .await
            .unwrap();
        let words: Vec<String> =
            rows.iter().map(|it| it.get::<_, Option<String>>(0).unwrap_or_default()).collect();
        words.join(" ")
    }

    /// Waits until the condition on `pg_stat_activity` is true of a session of this database.
    pub(super) async fn until(&self, watcher: &Client, condition: &str) {
        let query = format!(
            "select exists (select from pg_stat_activity where datname = $1 and pid <> pg_backend_pid() and {condition})"
        );
        eventually(async || {
            watcher.query_one(&query, &[&self.database.name()]).await.unwrap().get(0)
        })
        .await;
    }

    /// Ends the sessions that migrate it, as their server's crash or an operator would.
    pub(super) async fn end_migration(&self, watcher: &Client) {
        let ended = watcher
            .query(
                "select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = $1 and application_name = 'cloison/admin'",
                &[&self.database.name()],
            )
            .await
            .unwrap();
        assert_eq!(ended.len(), 1, "one session migrates it");
    }
}

fn by_socket(server: &Server, tasks: &TaskTracker) -> Admin {
    let socket = server.address().socket_dir.to_str().unwrap();
    Admin::new(socket, server.port(), "postgres", None, tasks.clone())
}

/// As usual, but on a machine as slow as it likes.
pub(super) const PATIENT: Limits =
    Limits { lock_timeout_alone: Duration::from_mins(10), ..Limits::USUAL };

pub(super) async fn run(
    client: &AdminClient,
    files: Files<'_>,
    way: Way,
) -> Result<Migrated, MigrateError> {
    run_within(client, files, way, &PATIENT).await
}

pub(super) async fn run_within(
    client: &AdminClient,
    files: Files<'_>,
    way: Way,
    limits: &Limits,
) -> Result<Migrated, MigrateError> {
    migrate(client, &release(files), OWNER, way, limits).await
}

pub(super) fn release(files: Files<'_>) -> Release {
    Release::from_files(files).unwrap()
}

/// What `pg_stat_activity` says of a statement that is under way.
pub(super) const SLEEPS: &str = "wait_event = 'PgSleep'";
pub(super) const WAITS_FOR_A_LOCK: &str = "wait_event_type = 'Lock'";
