//! What can happen to a folder of keys.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;

use super::{Folder, tenant};
use crate::keystore::{DirectoryKeystore, KeyName, Keystore, KeystoreError};

const SECRET: &[u8] = b"a secret";

fn keys(folder: &Folder) -> PathBuf {
    folder.path().join("keys")
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

/// What an operator reads: the error and its causes.
fn words(error: &KeystoreError) -> String {
    let mut text = error.to_string();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        text = format!("{text}: {cause}");
        next = cause.source();
    }
    text
}

#[tokio::test]
async fn nobody_else_may_read() {
    let folder = Folder::new();
    let keystore = folder.keystore();
    keystore.ensure(KeyName::Signing).await.unwrap();
    keystore.destroy(tenant(1)).await.unwrap();
    assert_eq!(mode(&keys(&folder)), 0o700);
    for entry in fs::read_dir(keys(&folder)).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
    assert_eq!(keystore.describe(), format!("directory {}", keys(&folder).display()));
}

#[tokio::test]
async fn wrong_rights_are_refused_and_the_remedy_is_said() {
    let folder = Folder::new();
    let keystore = folder.keystore();
    keystore.ensure(KeyName::Signing).await.unwrap();
    let file = keys(&folder).join("signing.key");
    for others in [0o040, 0o004, 0o020, 0o001] {
        fs::set_permissions(&file, Permissions::from_mode(0o600 | others)).unwrap();
        let error = keystore.wrap(KeyName::Signing, SECRET).await.unwrap_err();
        assert!(words(&error).contains(&format!("chmod 600 {}", file.display())), "{error}");
    }
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    keystore.wrap(KeyName::Signing, SECRET).await.unwrap();

    fs::set_permissions(keys(&folder), Permissions::from_mode(0o750)).unwrap();
    let error = keystore.wrap(KeyName::Signing, SECRET).await.unwrap_err();
    assert!(words(&error).contains("chmod 700"), "{error}");
    assert!(matches!(DirectoryKeystore::open(&keys(&folder)), Err(KeystoreError::Unusable { .. })));
}

#[tokio::test]
async fn a_missing_folder_is_not_a_missing_key() {
    let folder = Folder::new();
    let error = DirectoryKeystore::open(&keys(&folder)).unwrap_err();
    assert!(words(&error).contains("the folder is missing"), "{error}");

    let keystore = folder.keystore();
    keystore.ensure(tenant(1)).await.unwrap();
    let away = folder.path().join("away");
    fs::rename(keys(&folder), &away).unwrap();
    let error = keystore.ensure(tenant(1)).await.unwrap_err();
    assert!(words(&error).contains("the folder is missing"), "{error}");

    // The place is there and its disk is not mounted: no key is made beside the ones that are away.
    fs::create_dir(keys(&folder)).unwrap();
    fs::set_permissions(keys(&folder), Permissions::from_mode(0o700)).unwrap();
    for error in [
        keystore.ensure(tenant(1)).await.unwrap_err(),
        keystore.destroy(tenant(1)).await.unwrap_err(),
        DirectoryKeystore::open_or_make(&keys(&folder)).unwrap_err(),
    ] {
        assert!(words(&error).contains("its disk may not be mounted"), "{error}");
    }
    // Unless somebody says so.
    DirectoryKeystore::make(&keys(&folder)).unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let error = DirectoryKeystore::open(&folder.path().join("file")).unwrap_err();
    assert!(words(&error).contains("not a folder"), "{error}");
}

#[tokio::test]
async fn a_folder_of_other_things_is_not_taken() {
    let folder = Folder::new();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o700)).unwrap();
    fs::write(folder.path().join("letter.txt"), "Dear Ada").unwrap();
    assert!(DirectoryKeystore::make(folder.path()).is_err());
}

#[tokio::test]
async fn another_keystores_key_does_not_open() {
    let (one, two) = (Folder::new(), Folder::new());
    one.keystore().ensure(tenant(1)).await.unwrap();
    two.keystore().ensure(tenant(1)).await.unwrap();
    let wrapped = one.keystore().wrap(tenant(1), SECRET).await.unwrap();
    let error = two.keystore().unwrap(tenant(1), &wrapped).await.unwrap_err();
    assert!(matches!(&error, KeystoreError::DoesNotOpen { .. }));
    assert!(words(&error).contains("wrapped with another key"), "{error}");
}

#[tokio::test]
async fn the_same_key_under_another_name_does_not_open() {
    let folder = Folder::new();
    let keystore = folder.keystore();
    keystore.ensure(tenant(1)).await.unwrap();
    let file = |name: KeyName| keys(&folder).join(format!("{name}.key"));
    fs::copy(file(tenant(1)), file(tenant(2))).unwrap();
    let wrapped = keystore.wrap(tenant(1), SECRET).await.unwrap();
    let opened = keystore.unwrap(tenant(2), &wrapped).await;
    assert!(matches!(opened, Err(KeystoreError::DoesNotOpen { .. })));
}

#[tokio::test]
async fn a_damaged_key_is_named_and_never_replaced() {
    let folder = Folder::new();
    let keystore = folder.keystore();
    keystore.ensure(tenant(1)).await.unwrap();
    let file = keys(&folder).join(format!("{}.key", tenant(1)));
    let whole = fs::read(&file).unwrap();
    for damaged in [&b""[..], &whole[..20], b"\xff\xfe", &[whole.clone(), whole.clone()].concat()] {
        fs::write(&file, damaged).unwrap();
        for error in [
            keystore.ensure(tenant(1)).await.unwrap_err(),
            keystore.wrap(tenant(1), SECRET).await.unwrap_err(),
        ] {
            let words = words(&error);
            assert!(words.contains("is damaged"), "{words}");
            assert!(!words.contains(str::from_utf8(&whole[..20]).unwrap()), "{words}");
        }
        assert_eq!(fs::read(&file).unwrap(), damaged);
    }
    fs::write(&file, &whole).unwrap();
    keystore.wrap(tenant(1), SECRET).await.unwrap();
}

#[tokio::test]
async fn what_a_kill_leaves_of_a_half_made_key_is_harmless() {
    let folder = Folder::new();
    let keystore = folder.keystore();
    let file = keys(&folder).join(format!("{}.key", tenant(1)));
    let leftover = file.with_extension("key.0123456789abcdef.new");
    // Killed while it was written: there is no key yet, and the next one is whole.
    fs::write(&leftover, "AAAA").unwrap();
    assert!(matches!(keystore.wrap(tenant(1), SECRET).await, Err(KeystoreError::NeverMade { .. })));
    keystore.ensure(tenant(1)).await.unwrap();
    let wrapped = keystore.wrap(tenant(1), SECRET).await.unwrap();

    // Killed after the link: the leftover is the key itself, and goes with it.
    fs::remove_file(&leftover).unwrap();
    fs::hard_link(&file, &leftover).unwrap();
    assert_eq!(keystore.unwrap(tenant(1), &wrapped).await.unwrap().expose(), SECRET);
    keystore.destroy(tenant(1)).await.unwrap();
    assert!(!file.exists() && !leftover.exists());
}

#[tokio::test]
async fn destroying_that_was_broken_off_is_taken_to_its_end() {
    let folder = Folder::new();
    let keystore = folder.keystore();
    keystore.ensure(tenant(1)).await.unwrap();
    let file = keys(&folder).join(format!("{}.key", tenant(1)));
    let tombstone = keys(&folder).join(format!("{}.destroyed", tenant(1)));
    let key = fs::read(&file).unwrap();
    // Killed between the tombstone and the key, three days ago. It counts as destroyed, and is not gone.
    fs::write(&tombstone, "begun 2026-11-20T08:00:00Z\n").unwrap();
    let error = keystore.wrap(tenant(1), SECRET).await.unwrap_err();
    assert!(
        matches!(error, KeystoreError::Destroyed { at, .. } if at.to_string() == "2026-11-20T08:00:00Z")
    );
    let destroyed = keystore.destroy(tenant(1)).await.unwrap();
    assert!(!file.exists());
    assert!(destroyed.gone_at > "2026-11-20T08:00:00Z".parse().unwrap(), "the day it was gone");
    assert_eq!(keystore.destroy(tenant(1)).await.unwrap(), destroyed);

    // An older copy of the folder was played back over it.
    fs::write(&file, &key).unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o600)).unwrap();
    assert!(matches!(keystore.ensure(tenant(1)).await, Err(KeystoreError::Destroyed { .. })));
    let again = keystore.destroy(tenant(1)).await.unwrap();
    assert!(!file.exists() && again.gone_at > destroyed.gone_at);

    // A tombstone that nobody can read is one.
    fs::write(&tombstone, b"\xff").unwrap();
    assert!(matches!(keystore.ensure(tenant(1)).await, Err(KeystoreError::Destroyed { .. })));
}

#[test]
fn makers_and_destroyers_at_once_leave_no_key() {
    let folder = Folder::new();
    let keystore = folder.keystore();
    for number in 0..20 {
        let name = tenant(number);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| match keystore.ensure_now(name) {
                    Ok(()) | Err(KeystoreError::Destroyed { .. }) => {}
                    Err(other) => panic!("{other:?}"),
                });
            }
            scope.spawn(|| keystore.destroy_now(name, jiff::Timestamp::now).unwrap());
        });
        assert!(matches!(keystore.ensure_now(name), Err(KeystoreError::Destroyed { .. })));
        let left = fs::read_dir(keys(&folder)).unwrap().map(|it| it.unwrap().file_name());
        let left: Vec<_> = left.filter(|it| it.to_string_lossy().contains(".key")).collect();
        assert_eq!(left, [""; 0]);
    }
}

#[test]
fn makers_of_a_folder_at_once_make_one() {
    let folder = Folder::new();
    for number in 0..20 {
        let keys = folder.path().join(number.to_string());
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| DirectoryKeystore::open_or_make(&keys).unwrap());
            }
        });
        assert_eq!(fs::read_dir(&keys).unwrap().count(), 1);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 20);
}
