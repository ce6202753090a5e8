//! The control database is lost, and comes back from the store and the server.

mod backed_up;
mod cuts;
mod erased;
mod refused;
mod resumed;
mod strays;
mod whole;

use std::fs;

use cloison_archive::{
    CertificateFormat, DeletedCount, Done, ErasureCertificate, KeyDestroyed, Signed,
};
use cloison_catalog::DATABASE;
use cloison_control::life_cycle::command;
use cloison_control::operations::WorkerConfig;
use cloison_control::recover::{Order, RecoverError, Recovered, Stage, Survivors, recover};
use cloison_control::{MasterKey, control_backup};
use cloison_model::{Command, Secret};
use jiff::Timestamp;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::backups::{Safe, name, world};
use crate::world::{PASSWORD, World, call};

/// What a test has otherwise than an operator who types `cloison recover`.
struct Ask {
    backup: Option<Uuid>,
    replace: bool,
    survivors: Survivors,
    cut: Option<Stage>,
    key: Option<MasterKey>,
}

impl Default for Ask {
    fn default() -> Self {
        Self { backup: None, replace: false, survivors: Survivors::None, cut: None, key: None }
    }
}

impl World {
    pub(crate) async fn back_up_control(&self) -> Uuid {
        let backups = self.control.backups.as_ref().unwrap();
        let made = control_backup::back_up(&self.control, backups, Timestamp::now()).await;
        made.unwrap().manifest.backup
    }

    /// As a disk does.
    async fn lose_control(&self) {
        let server = self.server.connect("postgres").await;
        let drop = format!("drop database if exists {DATABASE} with (force)");
        server.execute(&drop, &[]).await.unwrap();
    }

    async fn recover(&self, ask: Ask) -> Result<Recovered, RecoverError> {
        let (admin, tracker) = (self.admin(), TaskTracker::new());
        recover(&Order {
            admin: &admin,
            password: &Secret::new(PASSWORD),
            key: ask.key.as_ref().unwrap_or(&self.control.key),
            source: self.control.source.clone(),
            backups: self.control.backups.as_ref().unwrap(),
            tracker: &tracker,
            backup: ask.backup,
            replace: ask.replace,
            survivors: ask.survivors,
            servers: &[],
            actor: "a test",
            cut: ask.cut,
        })
        .await
    }

    async fn control_databases(&self) -> Vec<String> {
        let client = self.server.connect("postgres").await;
        let like = "select datname::text from pg_database where datname like 'studio\\_platform%' order by 1";
        client.query(like, &[]).await.unwrap().iter().map(|it| it.get(0)).collect()
    }

    async fn one<T: for<'a> tokio_postgres::types::FromSql<'a>>(&self, query: &str) -> T {
        self.server.connect(DATABASE).await.query_one(query, &[]).await.unwrap().get(0)
    }

    /// Erased, with the tombstone that an erasure leaves.
    async fn erased(&self, safe: &Safe, subdomain: &str) {
        let (id, number) = (self.id(subdomain).await.0, self.number_of(subdomain).await);
        command(&self.control, &call(), &name(subdomain), Command::Erase, None).await.unwrap();
        self.work_off(&WorkerConfig::default()).await;
        self.bury(safe, id, number).await;
    }

    async fn bury(&self, safe: &Safe, id: Uuid, number: i64) {
        let signer = self.control.backups.as_ref().unwrap().signer().await.unwrap();
        let json = Signed::seal(&certificate(id, number), &signer).unwrap().to_json();
        fs::create_dir_all(safe.store().join("erasures")).unwrap();
        fs::write(safe.store().join(format!("erasures/{id}.json")), json).unwrap();
    }

    async fn number_of(&self, subdomain: &str) -> i64 {
        self.one(&format!("select number from organizations where subdomain = '{subdomain}'")).await
    }
}

/// What is left to a person about this, which is one thing.
fn about(report: &Recovered, subject: &str) -> String {
    let found: Vec<_> = report.to_do.iter().filter(|it| it.subject == subject).collect();
    assert_eq!(found.len(), 1, "{subject}: {:?}", report.to_do);
    found[0].what.clone()
}

fn certificate(organization_id: Uuid, organization_number: i64) -> ErasureCertificate {
    let at = Timestamp::now();
    let none = DeletedCount { at, count: 0, versions: 0 };
    ErasureCertificate {
        format: CertificateFormat,
        certificate_id: Uuid::now_v7(),
        issued_at: at,
        organization_id,
        organization_number,
        requested_by: "user kim".to_owned(),
        requested_at: at,
        reason: "they have left".to_owned(),
        done: Done {
            legal_hold_checked_at: at,
            fenced_at: at,
            database_dropped_at: at,
            role_dropped_at: at,
            archives_deleted: none,
            exports_deleted: none,
            key_destroyed: KeyDestroyed {
                name: format!("tenant-{organization_id}"),
                keystore: "a directory".to_owned(),
                gone_at: at,
            },
            tombstone_written_at: at,
        },
        point_in_time_until: None,
        kept: Vec::new(),
    }
}
