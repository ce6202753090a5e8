//! The worker is killed everywhere on the way to a backup, to a copy, through a swap, and through an erasure with all of that.

use cloison_control::backups::{round, want};
use cloison_control::copies::{self, Restored};
use cloison_control::exports::{exports_of, sweep};
use cloison_control::life_cycle::command;
use cloison_control::operations::WorkerConfig;
use cloison_model::{Command, OperationId, OperationState, hexadecimal};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{name, world};
use crate::cuts::{Rehearsal, kill_everywhere};
use crate::world::{World, call};

async fn begun(world: &World, subdomain: &str) -> OperationId {
    want(&world.control, &[name(subdomain)]).await.unwrap();
    let backups = world.control.backups.clone().unwrap();
    assert_eq!(round(&world.control, &backups, Timestamp::now()).await.unwrap().begun, 1);
    let client = world.server.connect(cloison_catalog::DATABASE).await;
    let running = "select id from operations where kind = 'backup' and state = 'RUNNING'";
    OperationId(client.query_one(running, &[]).await.unwrap().get(0))
}

async fn backed_up(world: &World, subdomain: &str) {
    world.made(subdomain).await;
    begun(world, subdomain).await;
    world.work_off(&WorkerConfig::default()).await;
}

#[tokio::test]
async fn backup() {
    let (world, safe) = world().await;
    let prepare = async |world: &World, subdomain: &str| world.made(subdomain).await;
    let rehearsal = Rehearsal { prepare, begin: begun };
    let died = kill_everywhere(&world, rehearsal, async |world, subdomain, operation| {
        world.is_done(operation).await;
        let tenant = world.id(subdomain).await;
        assert_eq!(world.count(&format!("backups where organization_id = '{tenant}'")).await, 1);
        assert!(world.told(operation).await.is_empty(), "it is every night");
        let manifests = format!("{tenant}/backups/{operation}/manifest.json");
        assert_eq!(safe.objects().iter().filter(|it| it.ends_with(&manifests)).count(), 1);
        let copy = world.restored(subdomain).await;
        world.is_done(copy).await;
        copies::drop_one(&world.control, &call(), &name(subdomain), copy.0).await.unwrap();
        world.work_off(&WorkerConfig::default()).await;
    })
    .await;
    assert_eq!(died, 3);
}

#[tokio::test]
async fn restore() {
    let (world, _safe) = world().await;
    let begin = async |world: &World, subdomain: &str| {
        copies::restore(&world.control, &call(), &name(subdomain), Restored::Newest).await.unwrap()
    };
    let rehearsal = Rehearsal { prepare: backed_up, begin };
    kill_everywhere(&world, rehearsal, async |world, subdomain, operation| {
        world.is_done(operation).await;
        assert_eq!(world.notes(&world.copy_database().await).await, ["kim@example.com"]);
        copies::drop_one(&world.control, &call(), &name(subdomain), operation.0).await.unwrap();
        world.work_off(&WorkerConfig::default()).await;
        assert!(world.copies_on_server().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn swap() {
    let (world, _safe) = world().await;
    let prepare = async |world: &World, subdomain: &str| {
        backed_up(world, subdomain).await;
        world.restored(subdomain).await;
        assert_eq!(world.may(subdomain).await, "write", "which writes an x");
    };
    let begin = async |world: &World, subdomain: &str| {
        let copy = world.copy_id().await;
        copies::swap(&world.control, &call(), &name(subdomain), copy).await.unwrap()
    };
    kill_everywhere(&world, Rehearsal { prepare, begin }, async |world, subdomain, operation| {
        world.is_done(operation).await;
        assert_eq!(world.states(subdomain).await, "TRIALING FULL READY");
        assert_eq!(world.told(operation).await, ["tenant.restored"]);
        assert_eq!(world.notes(&world.copy_database().await).await, ["kim@example.com", "x"]);
        assert_eq!(world.may(subdomain).await, "write");
        let copy = world.copy_id().await;
        copies::drop_one(&world.control, &call(), &name(subdomain), copy).await.unwrap();
        world.work_off(&WorkerConfig::default()).await;
    })
    .await;
}

#[tokio::test]
async fn drill() {
    let (world, _safe) = world().await;
    let begin = async |world: &World, subdomain: &str| {
        copies::drill(&world.control, &call(), &name(subdomain), Restored::Newest).await.unwrap()
    };
    let rehearsal = Rehearsal { prepare: backed_up, begin };
    kill_everywhere(&world, rehearsal, async |world, _, operation| {
        world.is_done(operation).await;
        let passed = format!(
            "drills where id = '{operation}' and failed_why is null and finished_at is not null"
        );
        assert_eq!(world.count(&passed).await, 1);
        assert!(world.copies_on_server().await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn export() {
    let (world, safe) = world().await;
    let prepare = async |world: &World, subdomain: &str| world.made(subdomain).await;
    let begin = async |world: &World, subdomain: &str| world.export_begun(subdomain).await;
    let rehearsal = Rehearsal { prepare, begin };
    let died = kill_everywhere(&world, rehearsal, async |world, subdomain, operation| {
        world.is_done(operation).await;
        let of_tenant = exports_of(&world.control, world.id(subdomain).await).await.unwrap();
        assert_eq!(of_tenant.len(), 1);
        assert_eq!(world.told(operation).await, ["tenant.exported"]);
        let zip = world.downloaded(&of_tenant[0], 0).await;
        assert_eq!(hexadecimal(&Sha256::digest(&zip)), of_tenant[0].content().unwrap().sha256);
        // What the dead have left goes with the export.
        world.execute("update exports set expires_at = now()").await;
        assert_eq!(sweep(&world.control).await.unwrap(), 1);
        assert!(safe.objects().is_empty());
    })
    .await;
    assert_eq!(died, 3);
}

#[tokio::test]
async fn erase() {
    let (world, safe) = world().await;
    let prepare = async |world: &World, subdomain: &str| {
        backed_up(world, subdomain).await;
        world.restored(subdomain).await;
    };
    let begin = async |world: &World, subdomain: &str| {
        command(&world.control, &call(), &name(subdomain), Command::Erase, None).await.unwrap()
    };
    kill_everywhere(&world, Rehearsal { prepare, begin }, async |world, subdomain, operation| {
        assert_eq!(world.outcome(operation).await.0, OperationState::Done);
        assert_eq!(world.states(subdomain).await, "");
        assert!(world.copies_on_server().await.is_empty());
        let objects = safe.objects();
        let (certificates, others): (Vec<_>, Vec<_>) =
            objects.iter().partition(|it| it.starts_with("erasures/"));
        assert_eq!(others, ["signing/key"]);
        let erased = world.count("erasures where published_at is not null").await;
        assert_eq!(i64::try_from(certificates.len()).unwrap(), erased);
        let certificate = world.certificate(operation).await;
        let archives = certificate.done.archives_deleted;
        assert_eq!((archives.count, archives.versions), (1, 2), "wherever it was killed");
    })
    .await;
}

impl World {
    pub(super) async fn copy_id(&self) -> Uuid {
        let client = self.server.connect(cloison_catalog::DATABASE).await;
        client.query_one("select id from copies", &[]).await.unwrap().get(0)
    }
}
