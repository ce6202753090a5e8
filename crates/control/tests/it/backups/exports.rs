//! Exports: what is in one, who gets it from which byte on, and when there is none any more.

use std::fs;
use std::io::{Cursor, Read as _};

use cloison_control::call::{Call, IdempotencyKey};
use cloison_control::exports::{
    Export, ExportsError, LeftOut, delete, delete_strays, download, export, export_fetch,
    export_of_link, exports_of, link, sweep,
};
use cloison_control::life_cycle::command;
use cloison_control::operations::{Cuts, Place, Stopped, WorkerConfig, run_due};
use cloison_model::{AccessMode, Command, ExportState, OperationId, OperationState, hexadecimal};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncReadExt as _;
use uuid::Uuid;
use zip::ZipArchive;

use super::{Safe, name, world};
use crate::erasures::WEEK;
use crate::world::{World, call};

impl World {
    pub(crate) async fn export_begun(&self, subdomain: &str) -> OperationId {
        export(&self.control, &call(), self.id(subdomain).await).await.unwrap()
    }

    async fn exported(&self, subdomain: &str) -> Export {
        let operation = self.export_begun(subdomain).await;
        self.work_off(&WorkerConfig::default()).await;
        self.is_done(operation).await;
        export_fetch(&self.control, operation.0).await.unwrap()
    }

    pub(crate) async fn downloaded(&self, export: &Export, from: u64) -> Vec<u8> {
        let mut zip = Vec::new();
        let mut content = download(&self.control, &call(), export, from).await.unwrap();
        content.read_to_end(&mut zip).await.unwrap();
        zip
    }

    /// Who did what with exports, and what the log says of it.
    async fn trail(&self) -> Vec<String> {
        let client = self.server.connect(cloison_catalog::DATABASE).await;
        let trail =
            "select concat_ws(' ', actor, action, subject, detail ->> 'from') from audit_log
                     where action like '%export%' order by id";
        client.query(trail, &[]).await.unwrap().iter().map(|it| it.get(0)).collect()
    }
}

/// A worker that dies where the export lies in the store and nobody knows.
fn dying() -> WorkerConfig {
    let cuts = Cuts::when(|it| it.place == Place::BeforeCommit);
    WorkerConfig { cuts, ..WorkerConfig::default() }
}

fn in_zip(zip: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = ZipArchive::new(Cursor::new(zip)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn all_that_a_tenant_has_and_no_secret() {
    let (mut world, safe) = world().await;
    world.control.exported.leave_out = vec![
        LeftOut::table("public", "tokens"),
        LeftOut::column("public", "people", "password_hash"),
        // Of another version of the schema.
        LeftOut::table("public", "tokens_of_tomorrow"),
    ];
    world.made("blue").await;
    let tenant = world.id("blue").await;
    world
        .run_in(
            "studio_1_db",
            "create table tokens (hash text); insert into tokens values ('a secret');
             create table people (email text, password_hash text);
             insert into people values ('kim@example.com', 'a secret')",
        )
        .await;
    let files = safe.store().join(format!("tenants/{tenant}/files/2026"));
    fs::create_dir_all(&files).unwrap();
    fs::write(files.join("take-1.wav"), "RIFF one").unwrap();
    fs::write(files.join("take-2.wav"), "RIFF two").unwrap();

    let export = world.exported("blue").await;
    let made = export.content().unwrap();
    assert_eq!((made.files, export.title.as_str()), (2, "blue studio"));
    let zip = world.downloaded(&export, 0).await;
    assert_eq!(zip.len() as u64, made.bytes);
    assert_eq!(hexadecimal(&Sha256::digest(&zip)), made.sha256);
    assert_eq!(in_zip(&zip, "files/2026/take-2.wav"), "RIFF two");
    assert_eq!(in_zip(&zip, "tables/public.notes.csv"), "body\nkim@example.com\n");
    assert_eq!(in_zip(&zip, "tables/public.people.csv"), "email\nkim@example.com\n");
    assert!(in_zip(&zip, "README.txt").starts_with("English below.\n\nblue studio"));
    let archive = ZipArchive::new(Cursor::new(&zip[..])).unwrap();
    assert!(archive.file_names().all(|it| !it.unwrap().contains("tokens")));

    // Nothing of it can be read where it lies.
    let object = fs::read(safe.path_of(".zip.zst.age")).unwrap();
    assert!(object.starts_with(b"age-encryption.org/v1"));
    let middle = made.bytes / 2;
    assert_eq!(world.downloaded(&export, middle).await, zip[zip.len() / 2..]);
    assert_eq!(
        world.trail().await,
        [
            "a test tenant.export blue".to_owned(),
            // Who goes on within the hour is in the log already.
            "a test export.download blue 0".to_owned(),
        ]
    );
}

#[tokio::test]
async fn whatever_a_tenant_may_do_it_may_be_exported() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    for access in [AccessMode::ReadOnly, AccessMode::ExportOnly, AccessMode::Blocked] {
        let suspend = Command::Suspend(access);
        command(&world.control, &call(), &name("blue"), suspend, None).await.unwrap();
        world.work_off(&WorkerConfig::default()).await;
        let export = world.exported("blue").await;
        assert_eq!(export.state, ExportState::Ready, "{access}");
    }
}

#[tokio::test]
async fn one_at_a_time_and_not_many() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    let tenant = world.id("blue").await;
    world.export_begun("blue").await;
    let again = export(&world.control, &call(), tenant).await;
    assert!(matches!(again, Err(ExportsError::Busy)), "{again:?}");
    world.work_off(&WorkerConfig::default()).await;
    for _ in 1..5 {
        world.exported("blue").await;
    }
    let sixth = export(&world.control, &call(), tenant).await;
    assert!(matches!(sixth, Err(ExportsError::TooMany(5))), "{sixth:?}");
    world.execute("update exports set expires_at = now() where id = (select min(id::text)::uuid from exports)").await;
    world.exported("blue").await;
    let stranger = export(&world.control, &call(), cloison_model::TenantId(Uuid::now_v7())).await;
    assert!(matches!(stranger, Err(ExportsError::NoExport)), "{stranger:?}");
}

#[tokio::test]
async fn a_link_gives_one_export_and_nothing_else() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    let (one, other) = (world.exported("blue").await, world.exported("blue").await);
    let key = IdempotencyKey::new("k", "POST", "/v1/exports/x/link", b"").unwrap();
    let asked = Call { key: Some(key), ..call() };
    let token = link(&world.control, &asked, one.id).await.unwrap();
    assert_eq!(token, link(&world.control, &asked, one.id).await.unwrap(), "the same call again");
    let another = link(&world.control, &call(), other.id).await.unwrap();
    assert_ne!(token, another);
    assert_eq!(export_of_link(&world.control, token.expose()).await.unwrap().export.id, one.id);
    assert_eq!(export_of_link(&world.control, another.expose()).await.unwrap().export.id, other.id);
    let wrong = export_of_link(&world.control, &one.id.to_string()).await;
    assert!(matches!(wrong, Err(ExportsError::NoExport)), "{wrong:?}");
    assert_eq!(world.count("export_links").await, 2);
    let plain =
        format!("export_links where encode(token_hash, 'escape') like '%{}%'", token.expose());
    assert_eq!(world.count(&plain).await, 0);
}

#[tokio::test]
async fn what_has_expired_goes_and_is_told_so() {
    let (world, safe) = world().await;
    world.made("blue").await;
    let (old, young) = (world.exported("blue").await, world.exported("blue").await);
    let token = link(&world.control, &call(), old.id).await.unwrap();
    assert_eq!(sweep(&world.control).await.unwrap(), 0, "nothing is due");
    world.execute(&format!("update exports set expires_at = now() where id = '{}'", old.id)).await;

    // Before anybody has swept, too.
    let late = export_of_link(&world.control, token.expose()).await.unwrap().export;
    assert_eq!(late.state, ExportState::Expired);
    let refused = download(&world.control, &call(), &late, 0).await;
    assert!(matches!(refused, Err(ExportsError::Expired)), "{refused:?}");
    let refused = link(&world.control, &call(), old.id).await;
    assert!(matches!(refused, Err(ExportsError::Expired)), "{refused:?}");

    let (one, two) = tokio::join!(sweep(&world.control), sweep(&world.control));
    assert!(one.unwrap() + two.unwrap() >= 1, "both may have done it");
    let left = exports_of(&world.control, young.tenant).await.unwrap();
    assert_eq!(left.iter().map(|it| it.id).collect::<Vec<_>>(), [young.id]);
    assert!(!safe.objects().iter().any(|it| it.contains(&old.id.to_string())));
    let late = export_of_link(&world.control, token.expose()).await;
    assert!(matches!(late, Err(ExportsError::Expired)), "{late:?}");
    world.execute("update export_links set expires_at = now() - interval '31 days'").await;
    assert_eq!(sweep(&world.control).await.unwrap(), 0);
    let late = export_of_link(&world.control, token.expose()).await;
    assert!(matches!(late, Err(ExportsError::NoExport)), "{late:?}");
    assert!(!world.downloaded(&young, 0).await.is_empty());
}

#[tokio::test]
async fn what_a_dead_worker_has_left_is_no_export() {
    let (world, safe) = world().await;
    world.made("blue").await;
    let operation = world.export_begun("blue").await;
    assert_eq!(run_due(&world.control, &dying()).await.unwrap(), Some(Stopped::Killed));
    assert_eq!(safe.objects().len(), 1, "it lies there");
    let export = export_fetch(&world.control, operation.0).await.unwrap();
    assert_eq!(export.state, ExportState::Making);
    let refused = download(&world.control, &call(), &export, 0).await;
    assert!(matches!(refused, Err(ExportsError::NotYet)), "{refused:?}");
    let refused = link(&world.control, &call(), export.id).await;
    assert!(matches!(refused, Err(ExportsError::NotYet)), "{refused:?}");
    // However old: somebody will go on with it.
    world
        .execute("update exports set expires_at = now(), asked_at = now() - interval '9 days'")
        .await;
    assert_eq!(sweep(&world.control).await.unwrap(), 0);

    cloison_control::operations::cancel(&world.control, &call(), operation).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    let export = export_fetch(&world.control, operation.0).await.unwrap();
    let refused = download(&world.control, &call(), &export, 0).await;
    assert!(matches!(&refused, Err(ExportsError::Failed(why)) if why == "it was cancelled"));
    assert_eq!(sweep(&world.control).await.unwrap(), 1);
    assert!(safe.objects().is_empty());
}

#[tokio::test]
async fn an_erased_tenant_has_no_exports_and_gets_none() {
    let (world, safe) = world().await;
    world.made("blue").await;
    let tenant = world.id("blue").await;
    let export = world.exported("blue").await;
    let token = link(&world.control, &call(), export.id).await.unwrap();
    let under_way = world.export_begun("blue").await;
    assert_eq!(run_due(&world.control, &dying()).await.unwrap(), Some(Stopped::Killed));

    let erase =
        command(&world.control, &call(), &name("blue"), Command::Erase, None).await.unwrap();
    assert_eq!(
        run_due(&world.control, &WorkerConfig::default()).await.unwrap(),
        Some(Stopped::Waiting)
    );
    let refused = cloison_control::exports::export(&world.control, &call(), tenant).await;
    assert!(matches!(refused, Err(ExportsError::Refused(_))), "{refused:?}");
    world.work_off(&WorkerConfig::default()).await;
    assert_eq!(world.outcome(under_way).await.0, OperationState::Cancelled);
    world.is_done(erase).await;
    let left = safe.objects();
    assert!(left.iter().all(|it| !it.starts_with("tenants/")), "{left:?}");
    assert_eq!(world.count("exports").await + world.count("export_links").await, 0);
    let refused = export_of_link(&world.control, token.expose()).await;
    assert!(matches!(refused, Err(ExportsError::NoExport)), "{refused:?}");
}

#[tokio::test]
async fn who_is_to_be_erased_is_given_out_no_more_and_again_if_it_is_taken_back() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    let export = world.exported("blue").await;
    let token = link(&world.control, &call(), export.id).await.unwrap();
    let asked = world.to_be_erased("blue", WEEK).await;
    world.run_once().await;
    let refused = export_of_link(&world.control, token.expose()).await;
    assert!(matches!(refused, Err(ExportsError::Expired)), "{refused:?}");
    let refused = export_fetch(&world.control, export.id).await;
    assert!(matches!(refused, Err(ExportsError::NoExport)), "{refused:?}");
    cloison_control::operations::cancel(&world.control, &call(), asked).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    let linked = export_of_link(&world.control, token.expose()).await.unwrap();
    assert_eq!((linked.export.id, linked.made_by.as_str()), (export.id, "a test"));
}

#[tokio::test]
async fn one_can_be_taken_away_at_once() {
    let (world, safe) = world().await;
    world.made("blue").await;
    let making = world.export_begun("blue").await;
    let refused = delete(&world.control, &call(), making.0).await;
    assert!(matches!(refused, Err(ExportsError::NotYet)), "{refused:?}");
    world.work_off(&WorkerConfig::default()).await;
    let token = link(&world.control, &call(), making.0).await.unwrap();
    let key = IdempotencyKey::new("k", "DELETE", "/v1/exports/x", b"").unwrap();
    let asked = Call { key: Some(key), ..call() };
    delete(&world.control, &asked, making.0).await.unwrap();
    let late = export_of_link(&world.control, token.expose()).await.unwrap().export;
    let refused = download(&world.control, &call(), &late, 0).await;
    assert!(matches!(refused, Err(ExportsError::Expired)), "{refused:?}");
    assert_eq!(sweep(&world.control).await.unwrap(), 1);
    assert!(safe.objects().is_empty());
    delete(&world.control, &asked, making.0).await.unwrap();
    assert_eq!(world.count("audit_log where action = 'export.delete'").await, 1);
}

#[tokio::test]
async fn not_many_at_once_take_the_same_one() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    let (one, other) = (world.exported("blue").await, world.exported("blue").await);
    let take = async |export: &Export| download(&world.control, &call(), export, 0).await;
    let mut taken = Vec::new();
    let refused = loop {
        match take(&one).await {
            Ok(content) => taken.push(content),
            Err(refused) => break refused,
        }
    };
    assert!(matches!(refused, ExportsError::Crowded), "{refused:?}");
    take(&other).await.unwrap();
    taken.pop();
    take(&one).await.unwrap();
    assert_eq!(world.count("audit_log where action = 'export.download'").await, 2, "once each");
}

/// As after a restore of the control database.
#[tokio::test]
async fn what_only_the_store_knows_goes_a_day_after_it_would_have() {
    let (world, safe) = world().await;
    world.made("blue").await;
    let (lost, known) = (world.exported("blue").await, world.exported("blue").await);
    world.execute(&format!("delete from exports where id = '{}'", lost.id)).await;
    let backups = world.control.backups.as_ref().unwrap();
    let in_days = async |days: i64| {
        let now = Timestamp::now() + SignedDuration::from_hours(24 * days);
        delete_strays(&world.control, backups, now).await.unwrap()
    };
    assert_eq!(in_days(7).await, 0);
    assert_eq!(in_days(9).await, 1);
    let left = safe.objects();
    assert_eq!(left.len(), 1);
    assert!(left[0].contains(&known.id.to_string()), "{left:?}");
}

#[tokio::test]
async fn a_changed_byte_is_found_where_it_is() {
    let (world, safe): (World, Safe) = world().await;
    world.made("blue").await;
    let export = world.exported("blue").await;
    let path = safe.path_of(".zip.zst.age");
    let mut bytes = fs::read(&path).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let read = match download(&world.control, &call(), &export, 0).await {
        Ok(mut content) => content.read_to_end(&mut Vec::new()).await.map_err(|it| it.to_string()),
        Err(error) => Err(error.to_string()),
    };
    assert!(read.is_err());
    fs::remove_file(&path).unwrap();
    let gone = download(&world.control, &call(), &export, 0).await;
    assert!(gone.unwrap_err().to_string().contains("it was deleted there"));
}
