//! What a store does, whichever kind it is.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Bytes;
use cloison_archive::{Created, Deleted, History, StoreError};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _, ReadBuf, duplex};

use super::world::{SECRET, World, key, noise};

/// Each kind has it done on an empty store.
async fn each(test: impl AsyncFn(World)) {
    test(World::folder()).await;
    test(World::bucket().await).await;
}

/// More than a part, and not a multiple of anything.
const LARGE: usize = (12 << 20) + 12_345;

async fn all(world: &World, name: &str) -> Option<Vec<u8>> {
    let mut reader = world.store.get(&key(name)).await.unwrap()?;
    let mut all = Vec::new();
    reader.read_to_end(&mut all).await.unwrap();
    assert_eq!(reader.bytes(), all.len() as u64);
    Some(all)
}

#[tokio::test]
async fn what_is_put_is_got() {
    each(async |world| {
        for (name, bytes) in [("a/large", LARGE), ("a/exact", 8 << 20), ("a/b/small", 5), ("c", 0)]
        {
            let content = noise(bytes);
            let stored = world.store.put(&key(name), &*content).await.unwrap();
            assert_eq!(stored.bytes, bytes as u64);
            assert_eq!(stored.sha256, <[u8; 32]>::from(Sha256::digest(&content)));
            assert!(all(&world, name).await == Some(content), "{name}");
        }
        world.store.put(&key("a/large"), &b"replaced"[..]).await.unwrap();
        assert_eq!(all(&world, "a/large").await.unwrap(), b"replaced");
        assert_eq!(world.names(None).await, ["a/b/small", "a/exact", "a/large", "c"]);
        world.see_nothing_unfinished().await;
    })
    .await;
}

#[tokio::test]
async fn a_piece_of_an_object() {
    each(async |world| {
        let content = noise(100_000);
        world.store.put(&key("a"), &*content).await.unwrap();
        let range = world.store.get_range(&key("a"), 10..70_010).await.unwrap().unwrap();
        assert!(range == content[10..70_010]);
        let mut rest = Vec::new();
        let mut reader = world.store.get_from(&key("a"), 99_990).await.unwrap().unwrap();
        reader.read_to_end(&mut rest).await.unwrap();
        assert_eq!((reader.bytes(), &*rest), (100_000, &content[99_990..]));
        assert!(world.store.get_small(&key("a"), 100_000).await.unwrap().unwrap() == content);
        for refused in [
            world.store.get_range(&key("a"), 99_999..100_001).await,
            world.store.get_range(&key("a"), 100_001..100_002).await,
            world.store.get_small(&key("a"), 99_999).await,
        ] {
            assert!(matches!(refused, Err(StoreError::Broken { .. })), "{refused:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_is_none() {
    each(async |world| {
        let store = &world.store;
        assert!(store.get(&key("a/b")).await.unwrap().is_none());
        assert_eq!(store.get_small(&key("a"), 9).await.unwrap(), None);
        assert_eq!(store.get_range(&key("a"), 1..2).await.unwrap(), None);
        assert_eq!(store.stat(&key("a")).await.unwrap(), None);
        assert!(world.names(None).await.is_empty() && world.names(Some("a")).await.is_empty());
        store.delete(&[key("a"), key("a/b")]).await.unwrap();
        assert_eq!(store.delete_prefix(&key("a")).await.unwrap(), Deleted::default());
    })
    .await;
}

#[tokio::test]
async fn an_object_is_created_once() {
    each(async |world| {
        let create = async |bytes: &'static [u8]| {
            world.store.create(&key("a/manifest"), Bytes::from_static(bytes)).await.unwrap()
        };
        assert_eq!(create(b"first").await, Created::New);
        assert_eq!(create(b"first").await, Created::Same);
        assert_eq!(create(b"other").await, Created::Other);
        assert_eq!(create(b"first and more").await, Created::Other);
        assert_eq!(all(&world, "a/manifest").await.unwrap(), b"first");
        world.see_nothing_unfinished().await;
    })
    .await;
}

#[tokio::test]
async fn of_many_who_create_one_object_one_does() {
    each(async |world| {
        let each: Vec<_> = (0_u8..8).map(|it| Bytes::from(vec![it; 1000])).collect();
        let name = key("a");
        let created = futures_util::future::join_all(
            each.iter().map(|bytes| world.store.create(&name, bytes.clone())),
        );
        let created: Vec<_> = created.await.into_iter().map(Result::unwrap).collect();
        let there = all(&world, "a").await.unwrap();
        for (created, bytes) in created.iter().zip(&each) {
            // The server of the test looks whether it is there, then writes: it can let in two who come together.
            if world.server.is_none() {
                assert_eq!(*created == Created::New, *bytes == there);
            }
        }
        assert!(each.iter().any(|it| *it == there));
    })
    .await;
}

#[tokio::test]
async fn a_list_is_whole_in_order_and_of_whole_parts() {
    each(async |world| {
        let mut expected = BTreeSet::new();
        for number in 0..1_203 {
            expected.insert(format!("many/{}/{number}", number % 7));
        }
        expected.extend(["many.x", "manyx/1", "z"].map(str::to_owned));
        for name in &expected {
            let path = world.files.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name).unwrap();
        }
        // Of another hand.
        fs::write(world.files.join("many/not ours"), "").unwrap();
        assert_eq!(world.names(None).await, expected.iter().cloned().collect::<Vec<_>>());
        let below: Vec<_> = expected.iter().filter(|it| it.starts_with("many/")).cloned().collect();
        assert_eq!(world.names(Some("many")).await, below);
        let stat = world.store.stat(&key("many/3/10")).await.unwrap().unwrap();
        assert_eq!((stat.key, stat.bytes), (key("many/3/10"), 9));
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_is_gone_and_nothing_else() {
    each(async |world| {
        for name in ["a/1", "a/2", "a/b/3", "a/b/c/4", "ab/5", "a.b"] {
            world.store.put(&key(name), &b"x"[..]).await.unwrap();
        }
        world.store.delete(&[key("a/1"), key("gone")]).await.unwrap();
        assert_eq!(world.names(None).await, ["a.b", "a/2", "a/b/3", "a/b/c/4", "ab/5"]);
        // What a process that was killed has left.
        if world.server.is_none() {
            fs::write(world.files.join("a/2~0123"), "").unwrap();
        }
        let unfinished = u64::from(world.server.is_none());
        let deleted = world.store.delete_prefix(&key("a")).await.unwrap();
        let history = History::NotKept;
        assert_eq!(deleted, Deleted { objects: 3, versions: 0, unfinished, history });
        assert_eq!(world.names(None).await, ["a.b", "ab/5"]);
        assert_eq!(world.store.delete_prefix(&key("a")).await.unwrap(), Deleted::default());
        world.see_nothing_unfinished().await;
    })
    .await;
}

/// Gives what it has, then fails.
struct Broken<'a>(&'a [u8]);

impl AsyncRead for Broken<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.0.is_empty() {
            return Poll::Ready(Err(io::Error::other("the dump died")));
        }
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

#[tokio::test]
async fn what_cannot_be_read_to_its_end_is_not_stored() {
    each(async |world| {
        world.store.put(&key("a"), &b"before"[..]).await.unwrap();
        for bytes in [0, 10, LARGE] {
            let content = noise(bytes);
            let error = world.store.put(&key("a"), Broken(&content)).await.unwrap_err();
            assert!(matches!(error, StoreError::Input { .. }) && !error.is_passing(), "{error}");
        }
        assert_eq!(all(&world, "a").await.unwrap(), b"before");
        world.see_nothing_unfinished().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_dropped_on_the_way_is_not_stored() {
    each(async |world| {
        let (mut sender, receiver) = duplex(64 << 10);
        let (name, content) = (key("a"), noise(LARGE));
        tokio::select! {
            stored = world.store.put(&name, receiver) => panic!("{stored:?}"),
            sent = sender.write_all(&content) => sent.unwrap(),
        }
        assert_eq!(all(&world, "a").await, None);
        world.see_nothing_unfinished().await;
    })
    .await;
}

#[tokio::test]
async fn a_store_that_works_passes_its_check_and_is_empty_after_it() {
    each(async |world| {
        assert_eq!(world.store.check().await.unwrap(), History::NotKept);
        assert_eq!(world.store.check().await.unwrap(), History::NotKept);
        assert!(world.names(None).await.is_empty());
        world.see_nothing_unfinished().await;
    })
    .await;
}

#[tokio::test]
async fn a_store_shows_its_address_and_no_secret() {
    each(async |world| {
        let shown = format!("{:?} {}", world.store, world.store);
        assert!(!shown.contains(SECRET), "{shown}");
        assert!(shown.contains(if world.server.is_some() { "s3://archives" } else { "file:///" }));
    })
    .await;
}
