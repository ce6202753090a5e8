//! What is wrong with a backup is found before anybody relies on it.

use std::fs;

use cloison_archive::{Manifest, ProgramPlaces, Signed};
use cloison_control::copies::{self, CopyError, Restored};
use cloison_control::operations::WorkerConfig;
use cloison_model::OperationState;
use sha2::{Digest as _, Sha256};

use super::{Safe, name, world};
use crate::world::{World, call};

/// One backup of `blue`, after which something is done to the safe; then a restore. Answers why it failed, and whether the backup is
/// known to be broken.
async fn check(harm: impl AsyncFn(&Safe)) -> (String, bool) {
    let (world, safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    harm(&safe).await;
    let restore = world.restored("blue").await;
    let (state, why) = world.outcome(restore).await;
    assert_eq!(state, OperationState::Failed);
    assert!(world.copies_on_server().await.is_empty());
    assert_eq!(world.count("copies").await, 0);
    let is_broken = world.count("backups where broken_why is not null").await == 1;
    if is_broken {
        let again = copies::restore(&world.control, &call(), &name("blue"), Restored::Newest).await;
        assert!(matches!(again, Err(CopyError::NoBackup)));
    }
    (why, is_broken)
}

fn change(path: &std::path::Path, how: impl Fn(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    how(&mut bytes);
    fs::write(path, bytes).unwrap();
}

#[tokio::test]
async fn a_changed_byte() {
    let (why, is_broken) = check(async |safe| {
        change(&safe.path_of(".age"), |it| {
            let middle = it.len() / 2;
            it[middle] ^= 1;
        });
    })
    .await;
    assert!(why.contains("cannot be opened to its end"), "{why}");
    assert!(is_broken);
}

#[tokio::test]
async fn a_missing_end() {
    let (why, is_broken) =
        check(async |safe| change(&safe.path_of(".age"), |it| it.truncate(it.len() - 1))).await;
    assert!(why.contains("bytes and not"), "{why}");
    assert!(is_broken);
}

#[tokio::test]
async fn a_dump_that_is_gone() {
    let (why, is_broken) = check(async |safe| fs::remove_file(safe.path_of(".age")).unwrap()).await;
    assert!(why.contains("it was deleted there"), "{why}");
    assert!(is_broken);
}

#[tokio::test]
async fn a_manifest_that_says_something_else() {
    let (why, is_broken) = check(async |safe| {
        change(&safe.path_of("manifest.json"), |it| {
            let text = String::from_utf8(it.clone()).unwrap();
            assert!(text.contains("blue"));
            *it = text.replace("blue", "grey").into_bytes();
        });
    })
    .await;
    assert!(why.contains("altered"), "{why}");
    assert!(is_broken);
}

#[tokio::test]
async fn a_manifest_that_is_gone() {
    let (why, is_broken) =
        check(async |safe| fs::remove_file(safe.path_of("manifest.json")).unwrap()).await;
    assert!(why.contains("no manifest"), "{why}");
    assert!(is_broken);
}

#[tokio::test]
async fn an_empty_folder_where_the_store_was_mounted() {
    let (why, is_broken) = check(async |safe| {
        fs::rename(safe.store(), safe.store().with_file_name("unmounted")).unwrap();
        fs::create_dir(safe.store()).unwrap();
    })
    .await;
    assert!(why.contains("is not the one that the backup was written to"), "{why}");
    assert!(!is_broken);
}

/// As a process that starts where nothing is mounted.
#[tokio::test]
async fn a_store_with_a_signing_key_of_its_own() {
    let (why, is_broken) = check(async |safe| {
        let unmounted = safe.store().with_file_name("unmounted");
        fs::rename(safe.store(), &unmounted).unwrap();
        let stranger = safe.backups();
        stranger.signer().await.unwrap();
        let key = fs::read(safe.store().join("signing/key")).unwrap();
        assert_ne!(key, fs::read(unmounted.join("signing/key")).unwrap());
    })
    .await;
    assert!(why.contains("is not the one that the backup was written to"), "{why}");
    assert!(!is_broken);
}

#[tokio::test]
async fn a_keystore_without_the_key() {
    let (why, is_broken) = check(async |safe| {
        for entry in fs::read_dir(safe.keys()).unwrap() {
            let path = entry.unwrap().path();
            if path.file_name().unwrap().to_str().unwrap().starts_with("tenant-") {
                fs::remove_file(path).unwrap();
            }
        }
    })
    .await;
    assert!(why.contains("key"), "{why}");
    assert!(!is_broken, "the backup is not at fault");
}

/// A restore of a backup whose manifest says something else, signed like the real one. Answers how it ended, why, and whether the backup is
/// known to be broken.
async fn restored_by(change: impl Fn(&mut Manifest)) -> (OperationState, String, bool) {
    let (world, safe) = world().await;
    world.made("blue").await;
    world.back_up().await;
    let path = safe.path_of("manifest.json");
    let bytes = fs::read(&path).unwrap();
    let signer = world.control.backups.as_ref().unwrap().signer().await.unwrap();
    let signed = Signed::<Manifest>::parse(&bytes, bytes.len()).unwrap();
    let mut manifest = signed.verify(Some(&signer.verifying_key())).unwrap();
    change(&mut manifest);
    let bytes = Signed::seal(&manifest, &signer).unwrap().to_json();
    let hash = Sha256::digest(&bytes).to_vec();
    fs::write(path, bytes).unwrap();
    let client = world.server.connect(cloison_catalog::DATABASE).await;
    client.execute("update backups set manifest_hash = $1", &[&hash]).await.unwrap();

    let restore = world.restored("blue").await;
    let (state, why) = world.outcome(restore).await;
    let is_broken = world.count("backups where broken_why is not null").await == 1;
    (state, why, is_broken)
}

#[tokio::test]
async fn a_schema_that_was_read_otherwise_is_not_compared() {
    let other = |it: &mut Manifest| it.schema_fingerprint = "other".to_owned();
    let (state, why, is_broken) = restored_by(other).await;
    assert_eq!((state, is_broken), (OperationState::Failed, true), "{why}");
    assert!(why.starts_with("the restored schema is another"), "{why}");
    for reading in [None, Some("an earlier statement on PostgreSQL 15".to_owned())] {
        let (state, why, is_broken) = restored_by(|it| {
            other(it);
            it.schema_reading.clone_from(&reading);
        })
        .await;
        assert_eq!((state, is_broken), (OperationState::Done, false), "{why}");
    }
}

#[tokio::test]
async fn rows_that_are_not_those_of_the_manifest() {
    let (state, why, is_broken) = restored_by(|it| it.facts.tables[0].rows += 1).await;
    assert_eq!((state, is_broken), (OperationState::Failed, true));
    assert!(why.starts_with("what was restored is not what was backed up: "), "{why}");
}

async fn with_fake_dump(script: &str) -> (World, Safe) {
    use std::os::unix::fs::PermissionsExt as _;
    let (mut world, safe) = world().await;
    world.made("blue").await;
    let folder = safe.0.join("programs");
    fs::create_dir(&folder).unwrap();
    for (program, script) in [("pg_dump", script), ("pg_restore", "exec pg_restore \"$@\"")] {
        let path = folder.join(program);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    world.control.backups.as_mut().unwrap().programs = ProgramPlaces::Only(vec![folder]);
    world.back_up().await;
    (world, safe)
}

#[tokio::test]
async fn a_pg_dump_that_is_older_than_the_server_is_refused() {
    let (world, _safe) = with_fake_dump("echo 'pg_dump (PostgreSQL) 9.6.24'").await;
    let why: String = world.failure("backup").await;
    assert!(why.contains("is of version 9, which cannot read it; install a newer one"), "{why}");
    assert_eq!(world.count("backups").await, 0);
    assert_eq!(world.count("backup_states where failures = 1 and wanted_at is null").await, 1);
}

#[tokio::test]
async fn a_dump_that_breaks_off_is_no_backup() {
    let script = "case $1 in --version) exec pg_dump --version ;; esac
        pg_dump \"$@\" | head -c 2000
        echo 'pg_dump: error: the disk has gone' >&2
        exit 1";
    let (world, safe) = with_fake_dump(script).await;
    let why: String = world.failure("backup").await;
    assert!(why.contains("the disk has gone"), "{why}");
    assert_eq!(world.count("backups").await, 0);
    let told = "events where type = 'tenant.backup_failed' and subdomain = 'blue'";
    assert_eq!(world.count(told).await, 1);
    assert!(safe.objects().iter().all(|it| !it.ends_with("manifest.json")));
    // Nobody is left in the tenant's database.
    world.work_off(&WorkerConfig::default()).await;
}

impl World {
    /// Why the only operation of this kind has failed.
    async fn failure(&self, kind: &str) -> String {
        let client = self.server.connect(cloison_catalog::DATABASE).await;
        let row = client.query_one("select error from operations where kind = $1", &[&kind]).await;
        row.unwrap().get(0)
    }
}
