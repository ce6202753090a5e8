//! What only a folder has: modes, a disk that is full, names that stand in each other's way.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use axum::body::Bytes;
use cloison_archive::{Store, StoreError, StoreLocation};
use cloison_testkit::SmallDisk;
use jiff::Timestamp;
use tokio_util::task::TaskTracker;

use super::world::{Folder, World, key, noise, settings};

#[tokio::test]
async fn nobody_else_can_look_into_it() {
    let world = World::folder();
    world.store.put(&key("a/b/put"), &b"x"[..]).await.unwrap();
    world.store.create(&key("a/c/created"), Bytes::from_static(b"x")).await.unwrap();
    let mode =
        |name: &str| fs::metadata(world.files.join(name)).unwrap().permissions().mode() & 0o7777;
    for folder in ["", "a", "a/b", "a/c"] {
        assert_eq!(mode(folder), 0o700, "{folder}");
    }
    for file in ["a/b/put", "a/c/created"] {
        assert_eq!(mode(file), 0o600, "{file}");
    }
}

#[tokio::test]
async fn a_full_disk_keeps_what_it_has_and_says_that_it_is_full() {
    let folder = Folder::new();
    let disk = SmallDisk::mount_beside(folder.path(), 1 << 20);
    let location = StoreLocation::Folder(disk.path().to_owned());
    let tasks = TaskTracker::new();
    let store = Store::open(&settings(location, 0), &tasks).unwrap();
    store.put(&key("a"), &b"before"[..]).await.unwrap();
    let too_much = noise(3 << 20);
    let error = store.put(&key("a"), &*too_much).await.unwrap_err();
    assert!(matches!(error, StoreError::Full { .. }) && error.is_passing(), "{error}");
    let created = store.create(&key("b"), too_much.into()).await.unwrap_err();
    assert!(matches!(created, StoreError::Full { .. }), "{created}");
    tasks.close();
    tasks.wait().await;
    let there = fs::read_dir(disk.path()).unwrap();
    let there: Vec<_> = there.map(|it| it.unwrap().file_name()).collect();
    assert_eq!(there, ["a"]);
    assert_eq!(fs::read(disk.path().join("a")).unwrap(), b"before");
    // What has failed has left no room taken.
    store.put(&key("c"), &*noise(900 << 10)).await.unwrap();
}

#[tokio::test]
async fn a_name_that_leads_through_an_object_leads_nowhere() {
    let world = World::folder();
    world.store.put(&key("a"), &b"x"[..]).await.unwrap();
    assert!(world.store.get(&key("a/b")).await.unwrap().is_none());
    assert_eq!(world.store.delete_prefix(&key("a")).await.unwrap().objects, 0);
    let error = world.store.put(&key("a/b"), &b"x"[..]).await.unwrap_err();
    assert!(matches!(error, StoreError::Other { .. }) && !error.is_passing(), "{error}");
    assert_eq!(world.names(None).await, ["a"]);
}

#[tokio::test]
async fn a_link_is_not_followed() {
    let world = World::folder();
    let outside = Folder::new();
    fs::write(outside.path().join("theirs"), "x").unwrap();
    world.store.put(&key("a/ours"), &b"x"[..]).await.unwrap();
    std::os::unix::fs::symlink(outside.path(), world.files.join("a/link")).unwrap();
    assert_eq!(world.names(None).await, ["a/ours"]);
    world.store.delete_prefix(&key("a")).await.unwrap();
    assert!(!world.files.join("a").exists());
    assert!(outside.path().join("theirs").exists());
}

#[tokio::test]
async fn what_a_killed_process_left_goes_once_it_is_old() {
    let world = World::folder();
    world.store.put(&key("a/whole"), &b"x"[..]).await.unwrap();
    let left = world.files.join("a/broken~0123456789abcdef");
    fs::write(&left, "half").unwrap();
    let written = Timestamp::try_from(fs::metadata(&left).unwrap().modified().unwrap()).unwrap();
    let at_work = world.store.delete_unfinished(written).await.unwrap();
    assert_eq!((at_work, left.exists()), (0, true));
    let old = world.store.delete_unfinished(written + Duration::from_secs(1)).await.unwrap();
    assert_eq!((old, left.exists()), (1, false));
    assert_eq!(world.names(None).await, ["a/whole"]);
}
