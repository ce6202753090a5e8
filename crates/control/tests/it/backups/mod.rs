//! Backups of tenants and what can be made of them, on a real server, a store in a folder, and keys in another.

mod archived;
mod cuts;
mod doctor;
mod due;
mod exports;
mod faults;
mod house;
mod inspected;
mod restored;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cloison_archive::{DirectoryKeystore, Patience, S3Options, Store, StoreSettings};
use cloison_control::backups::{Backups, round};
use cloison_control::copies::{self, Restored};
use cloison_control::operations::WorkerConfig;
use cloison_model::{OperationId, OperationState, Subdomain};
use cloison_testkit::Server;
use jiff::Timestamp;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::world::{World, call, eventually, request, server};

/// What a session calls itself that a test keeps.
pub(crate) const STAYS: &str = "stays";

/// A store and a keystore, gone with the handle.
pub(crate) struct Safe(PathBuf);

impl Safe {
    pub(crate) fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("cloison-safe-{}", Uuid::now_v7()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.0.join("store")
    }

    pub(crate) fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    /// As a process finds them that starts now.
    pub(crate) fn backups(&self) -> Backups {
        let settings = StoreSettings {
            location: self.store().to_str().unwrap().parse().unwrap(),
            s3: S3Options::default(),
            credentials: None,
            patience: Patience::default(),
        };
        let store = Store::open(&settings, &TaskTracker::new()).unwrap();
        let keystore = DirectoryKeystore::open_or_make(&self.keys()).unwrap();
        Backups::new(store, Arc::new(keystore))
    }

    /// What lies in the store, by name.
    pub(crate) fn objects(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.store()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(self.store()).unwrap();
                    found.push(name.to_str().unwrap().to_owned());
                }
            }
        }
        found.sort();
        found
    }

    /// Something below this folder of the store that cannot be deleted, as under an object lock: no path leads to its end, so long is it.
    pub(crate) fn lock(&self, folder: &str) {
        let name = "x".repeat(200);
        let chain = |from: PathBuf| (0..15).fold(from, |it, _| it.join(&name));
        let (upper, lower) = (self.store().join(folder).join("locked"), self.0.join("lower"));
        fs::create_dir_all(chain(upper.clone())).unwrap();
        fs::create_dir_all(chain(lower.clone())).unwrap();
        fs::rename(lower, chain(upper).join("lower")).unwrap();
    }

    /// And now it can.
    pub(crate) fn unlock(&self, folder: &str) {
        fs::remove_dir_all(self.store().join(folder).join("locked")).unwrap();
    }

    pub(crate) fn path_of(&self, ends: &str) -> PathBuf {
        let found: Vec<_> = self.objects().into_iter().filter(|it| it.ends_with(ends)).collect();
        assert_eq!(found.len(), 1, "objects that end in {ends}: {found:?}");
        self.store().join(Path::new(&found[0]))
    }
}

impl Drop for Safe {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// A platform with a safe, where nobody works unless the test does.
pub(crate) async fn world() -> (World, Safe) {
    world_on(server()).await
}

/// On a server that a test has set up.
pub(crate) async fn world_on(server: Server) -> (World, Safe) {
    let safe = Safe::new();
    let mut world = World::on(server).await;
    world.control.backups = Some(safe.backups());
    (world, safe)
}

pub(crate) fn name(text: &str) -> Subdomain {
    text.parse().unwrap()
}

impl World {
    pub(crate) async fn made(&self, subdomain: &str) {
        cloison_control::provision::provision(&self.control, &call(), &request(subdomain))
            .await
            .unwrap();
        self.work_off(&WorkerConfig::default()).await;
    }

    /// Asks for a backup of everybody, and has it made.
    pub(crate) async fn back_up(&self) {
        cloison_control::backups::want(&self.control, &[]).await.unwrap();
        let backups = self.control.backups.as_ref().unwrap();
        self.settled().await;
        while round(&self.control, backups, Timestamp::now()).await.unwrap().left > 0 {
            self.work_off(&WorkerConfig::default()).await;
            self.settled().await;
        }
        self.work_off(&WorkerConfig::default()).await;
    }

    /// Waits for sessions with tenants' databases to be over, but for those that call themselves [`STAYS`].
    pub(crate) async fn settled(&self) {
        let client = self.server.connect("postgres").await;
        let sessions = "select count(*) from pg_stat_activity
            where datname like 'studio\\_%\\_db' and backend_type = 'client backend' and application_name <> $1";
        let left = async || client.query_one(sessions, &[&STAYS]).await.unwrap().get::<_, i64>(0);
        eventually(async || left().await == 0).await;
    }

    pub(crate) async fn restored(&self, subdomain: &str) -> OperationId {
        let copy =
            copies::restore(&self.control, &call(), &name(subdomain), Restored::Newest).await;
        let copy = copy.unwrap();
        self.work_off(&WorkerConfig::default()).await;
        copy
    }

    pub(crate) async fn swapped(&self, subdomain: &str, copy: OperationId) -> OperationId {
        let swap = copies::swap(&self.control, &call(), &name(subdomain), copy.0).await.unwrap();
        self.work_off(&WorkerConfig::default()).await;
        swap
    }

    /// The state, and why it failed.
    pub(crate) async fn outcome(&self, operation: OperationId) -> (OperationState, String) {
        let client = self.server.connect(cloison_catalog::DATABASE).await;
        let row = client
            .query_one(
                "select state, coalesce(error, '') from operations where id = $1",
                &[&operation.0],
            )
            .await
            .unwrap();
        (row.get::<_, &str>(0).parse().unwrap(), row.get(1))
    }

    pub(crate) async fn is_done(&self, operation: OperationId) {
        let (state, why) = self.outcome(operation).await;
        assert_eq!(state, OperationState::Done, "{why}");
    }

    /// In the tenant's database, or in its copy.
    pub(crate) async fn run_in(&self, database: &str, statement: &str) {
        self.server.connect(database).await.simple_query(statement).await.unwrap();
    }

    /// The notes of a database, sorted.
    pub(crate) async fn notes(&self, database: &str) -> Vec<String> {
        let client = self.server.connect(database).await;
        let rows = client.query("select body::text from notes order by body", &[]).await.unwrap();
        rows.iter().map(|it| it.get(0)).collect()
    }

    /// The only copy there is.
    pub(crate) async fn copy_database(&self) -> String {
        let client = self.server.connect(cloison_catalog::DATABASE).await;
        client.query_one("select database_name from copies", &[]).await.unwrap().get(0)
    }

    /// Copies that are on the server, whatever the rows say.
    pub(crate) async fn copies_on_server(&self) -> Vec<String> {
        let client = self.server.connect("postgres").await;
        let like = "select datname::text from pg_database where datname like '%\\_copy\\_%'";
        client.query(like, &[]).await.unwrap().iter().map(|it| it.get(0)).collect()
    }
}
