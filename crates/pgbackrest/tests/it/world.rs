//! A live server that archives, and a place to restore it to. Stopped and removed with the test.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
    time::Duration,
};

use cloison_local_postgres::{Cluster, ClusterConfig, Durability, Installation};
use cloison_pgbackrest::{
    Found, Kind, Moment, Order, Program, RestoreError, Scratch, Server, Settings, Stanza, Wanted,
    archive_now, clear_leftovers, restore,
};
use jiff::Timestamp;
use tokio::task::JoinHandle;
use tokio_postgres::{Client, Config, NoTls};

/// Far longer than anything here takes, on any machine.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) struct World {
    pub(crate) installation: Installation,
    pub(crate) stanza: Stanza,
    /// `None` once it has been lost.
    pub(crate) cluster: Option<Cluster>,
    config: ClusterConfig,
    root: PathBuf,
}

impl World {
    /// A server whose stanza is not created yet.
    pub(crate) fn bare(test: &str, settings: &[(&str, &str)]) -> Self {
        let root = place().join(format!("cloison-pgbackrest-{test}-{}", process::id()));
        fs::create_dir_all(&root).unwrap();
        let root = fs::canonicalize(root).unwrap();
        let explicit = env::var_os("CLOISON_PG_BIN").map(PathBuf::from);
        let installation = Installation::find(explicit.as_deref()).unwrap();
        let mut config = ClusterConfig {
            durability: Durability::Disposable,
            ..ClusterConfig::new(root.join("live"))
        };
        let account =
            cloison_local_postgres::Account::choose(&Cluster::home_of(&config.data_dir)).unwrap();
        let folder = root.join("stanza");
        account.private_dir(&folder).unwrap();
        let program = Program::find(None).unwrap();
        let stanza = Stanza::new(program, "live".parse().unwrap(), folder, account);
        // As a server has it that is not for tests.
        config.settings = vec![("full_page_writes".into(), "on".into())];
        // Segments of which little is used take little.
        config.settings.push(("wal_init_zero".into(), "off".into()));
        config.settings.extend(stanza.server_settings(&Settings::USUAL));
        let own = settings.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        config.settings.extend(own);
        let cluster = Cluster::start(&installation, &config).unwrap();
        stanza.configure(&Server::of(&cluster), &Settings::USUAL).unwrap();
        Self { installation, stanza, cluster: Some(cluster), config, root }
    }

    /// With an anchor, two databases with a row each, and a full backup.
    pub(crate) async fn new(test: &str) -> Self {
        Self::with(test, &[]).await
    }

    pub(crate) async fn with(test: &str, settings: &[(&str, &str)]) -> Self {
        Self::of(test, settings, &["anchor", "a", "b"]).await
    }

    /// With just these databases. Each has some three hundred files, so there are not more than it takes.
    pub(crate) async fn of(test: &str, settings: &[(&str, &str)], databases: &[&str]) -> Self {
        let world = Self::bare(test, settings);
        world.stanza.create().await.unwrap();
        let live = world.live("postgres").await;
        for name in databases {
            // The backup has its files, and the log need not.
            live.run(&format!("create database {name} strategy file_copy")).await;
            world.live(name).await.write("before the backup").await;
        }
        world.stanza.backup(Kind::Full).await.unwrap();
        // Until each later moment is one of this backup's.
        let from = world.stanza.info().await.unwrap().restorable_from().unwrap();
        eventually(async || live.now().await >= from).await;
        world
    }

    pub(crate) fn cluster(&self) -> &Cluster {
        self.cluster.as_ref().unwrap()
    }

    pub(crate) async fn live(&self, database: &str) -> Session {
        let mut config = Config::new();
        config
            .host_path(self.cluster().socket_dir())
            .port(self.cluster().port())
            .user(self.cluster().superuser())
            .dbname(database);
        Session::open(&config).await
    }

    /// All that was committed until now is in the archive from then on.
    pub(crate) async fn archive(&self) -> Timestamp {
        archive_now(&self.live("postgres").await.client, PATIENCE).await.unwrap()
    }

    pub(crate) fn scratches(&self) -> PathBuf {
        self.root.join("scratch")
    }

    pub(crate) fn order(&self, databases: &[Wanted], at: Moment) -> Order {
        Order {
            databases: databases.to_vec(),
            anchor: "anchor".to_owned(),
            templates: vec!["template".to_owned()],
            at,
            folder: self.scratches(),
            replay_within: PATIENCE,
        }
    }

    pub(crate) async fn restore(
        &self,
        database: &str,
        at: Moment,
    ) -> Result<Scratch, RestoreError> {
        self.restore_wanted(&wanted(database), at).await
    }

    pub(crate) async fn restore_wanted(
        &self,
        database: &Wanted,
        at: Moment,
    ) -> Result<Scratch, RestoreError> {
        let order = self.order(std::slice::from_ref(database), at);
        restore(&self.stanza, &self.installation, &order).await
    }

    /// The files of the repository whose path holds this, sorted.
    pub(crate) fn repository_files(&self, part: &str) -> Vec<PathBuf> {
        fn walk(dir: &Path, files: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(dir).unwrap().flatten() {
                if entry.file_type().unwrap().is_dir() {
                    walk(&entry.path(), files);
                } else if entry.file_type().unwrap().is_file() {
                    files.push(entry.path());
                }
            }
        }
        let mut files = Vec::new();
        walk(&self.stanza.folder().join("repository"), &mut files);
        files.retain(|it| it.to_string_lossy().contains(part));
        files.sort();
        files
    }

    /// Stops the server and starts it again.
    pub(crate) fn start_again(&mut self) {
        self.cluster.take().unwrap().stop().unwrap();
        self.start_anew();
    }

    /// Starts what is there, if anything is.
    pub(crate) fn start_anew(&mut self) {
        let cluster = Cluster::start(&self.installation, &self.config).unwrap();
        self.stanza.configure(&Server::of(&cluster), &Settings::USUAL).unwrap();
        self.cluster = Some(cluster);
    }
}

impl Drop for World {
    fn drop(&mut self) {
        drop(self.cluster.take());
        drop(clear_leftovers(&self.scratches()));
        drop(Cluster::remove(&self.config.data_dir));
        drop(fs::remove_dir_all(&self.root));
    }
}

/// In memory if there is enough: the suite makes and removes some tens of thousands of files, and pgBackRest flushes each.
fn place() -> PathBuf {
    const BYTES_MIN: u64 = 4 << 30;
    let memory = Path::new("/dev/shm");
    match rustix::fs::statvfs(memory) {
        Ok(it) if it.f_bavail * it.f_frsize >= BYTES_MIN => memory.to_owned(),
        Ok(_) | Err(_) => env::temp_dir(),
    }
}

pub(crate) fn wanted(name: &str) -> Wanted {
    Wanted { name: name.to_owned(), oid: None }
}

/// Looks until it is so.
pub(crate) async fn eventually(is_so: impl AsyncFn() -> bool) {
    let looking = async {
        while !is_so().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, looking).await.expect("it has been long enough");
}

/// The folders of scratch servers that are there.
pub(crate) fn folders(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    entries.map(|it| it.path()).filter(|it| it.is_dir()).collect()
}

/// A connection that is closed when dropped.
pub(crate) struct Session {
    pub(crate) client: Client,
    connection: JoinHandle<()>,
}

impl Drop for Session {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

impl Session {
    #[expect(clippy::disallowed_methods, reason = "it is aborted when the session is dropped")]
    pub(crate) async fn open(config: &Config) -> Self {
        let (client, connection) = config.connect(NoTls).await.unwrap();
        let connection = tokio::spawn(async move { drop(connection.await) });
        Self { client, connection }
    }

    pub(crate) async fn run(&self, sql: &str) {
        self.client.execute(sql, &[]).await.unwrap();
    }

    pub(crate) async fn make(&self, database: &str, template: &str) {
        self.run(&format!("create database {database} template {template} strategy wal_log")).await;
    }

    /// A row, and when it was certainly committed.
    pub(crate) async fn write(&self, text: &str) -> Timestamp {
        self.run("create table if not exists note (text text primary key)").await;
        self.client.execute("insert into note values ($1)", &[&text]).await.unwrap();
        self.now().await
    }

    pub(crate) async fn now(&self) -> Timestamp {
        self.client.query_one("select clock_timestamp()", &[]).await.unwrap().get(0)
    }

    pub(crate) async fn oid(&self, database: &str) -> u32 {
        let sql = "select oid from pg_database where datname = $1::text";
        self.client.query_one(sql, &[&database]).await.unwrap().get(0)
    }
}

/// What was written there, in a database that a restore has found.
pub(crate) async fn notes(scratch: &Scratch, found: &Found) -> Vec<String> {
    let session = Session::open(&scratch.config(&found.name)).await;
    let rows = session.client.query("select text from note order by text", &[]).await.unwrap();
    rows.iter().map(|it| it.get(0)).collect()
}
