//! What is not gone on with, and what is left as it was then.

use std::fs;

use cloison_catalog::DATABASE;
use cloison_control::recover::{RecoverError, Stage, candidates};
use cloison_control::{MasterKey, bootstrap};
use cloison_model::Secret;
use uuid::Uuid;

use super::{Ask, world};
use crate::world::PASSWORD;

#[tokio::test]
async fn a_control_database_with_tenants_makes_way_only_if_it_is_told_to() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up_control().await;
    let refused = world.recover(Ask::default()).await;
    assert!(matches!(refused, Err(RecoverError::InUse { tenants: 1 })));
    assert_eq!(world.control_databases().await, ["studio_platform_master"]);

    let report = world.recover(Ask { replace: true, ..Ask::default() }).await.unwrap();
    let aside = report.put_aside.unwrap();
    assert_eq!(
        world.control_databases().await,
        ["studio_platform_master".to_owned(), aside.clone()]
    );
    assert_eq!(world.may("blue").await, "write");
    let before = world.server.connect(&aside).await;
    let tenants: i64 = before.query_one("select count(*) from tenants", &[]).await.unwrap().get(0);
    assert_eq!(tenants, 1, "nothing is dropped");
}

/// Whoever still works with it would give out numbers that the recovered one gives out again.
#[tokio::test]
async fn the_one_that_makes_way_is_shut_first_and_opened_again_where_nothing_comes_of_it() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up_control().await;
    world.one::<i64>("select setval('organizations_number_seq', 40)").await;
    let is_shut = async || {
        let client = world.server.connect("postgres").await;
        let limit = "select datconnlimit = 0 from pg_database where datname = $1";
        client.query_one(limit, &[&DATABASE]).await.unwrap().get::<_, bool>(0)
    };
    let replace = |cut| Ask { replace: true, cut, ..Ask::default() };

    let killed = world.recover(replace(Some(Stage::Restored))).await;
    assert!(matches!(killed, Err(RecoverError::Killed)));
    assert!(is_shut().await);
    bootstrap::control_database(&world.admin(), &Secret::new(PASSWORD)).await.unwrap();
    assert!(!is_shut().await, "the next start opens it");
    let key = Some(MasterKey::generate());
    let refused = world.recover(Ask { key, ..replace(None) }).await;
    assert!(matches!(refused, Err(RecoverError::OtherMasterKey { .. })));
    assert!(!is_shut().await);

    let killed = world.recover(replace(Some(Stage::Scanned))).await;
    assert!(matches!(killed, Err(RecoverError::Killed)));
    let report = world.recover(replace(None)).await.unwrap();
    assert_eq!(report.number_max, 40);
    assert!(!is_shut().await);
    world.made("next").await;
    assert_eq!(world.number_of("next").await, 41);
}

/// The key was changed, and the backup is from the middle of that.
#[tokio::test]
async fn a_master_key_that_opens_a_part_is_not_enough() {
    let (mut world, _safe) = world().await;
    world.made("blue").await;
    let (old, new) = (world.control.key.to_base64(), MasterKey::generate().to_base64());
    let both = format!("{}\n{}", new.expose(), old.expose());
    world.control.key = MasterKey::parse(&both).unwrap();
    world.made("rose").await;
    world.back_up_control().await;
    world.lose_control().await;
    for key in [&old, &new] {
        let key = Some(MasterKey::parse(key.expose()).unwrap());
        let refused = world.recover(Ask { key, ..Ask::default() }).await;
        let Err(RecoverError::OtherMasterKey { closed, of }) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!((closed, of), (2, 4), "a password and a link of each");
    }
    assert_eq!(world.recover(Ask::default()).await.unwrap().tenants, 2);
}

#[tokio::test]
async fn a_store_that_has_nothing_is_told_from_one_that_has() {
    let (world, safe) = world().await;
    let empty = world.recover(Ask::default()).await;
    assert!(matches!(empty, Err(RecoverError::OtherStore { .. })), "there are no tenants yet");
    assert!(!safe.store().exists(), "no key is made by looking");
    world.made("blue").await;
    world.back_up().await;
    world.lose_control().await;
    let none = world.recover(Ask::default()).await;
    assert!(matches!(none, Err(RecoverError::NoBackup { .. })));
}

#[tokio::test]
async fn a_backup_that_is_broken_is_passed_over_and_said() {
    let (world, safe) = world().await;
    world.made("blue").await;
    let older = world.back_up_control().await;
    let newer = world.back_up_control().await;
    world.lose_control().await;
    let folder = format!("control/backups/{newer}/");
    let is_dump = |it: &String| it.starts_with(&folder) && it.contains(".dump.");
    let dump = safe.store().join(safe.objects().into_iter().find(is_dump).unwrap());
    let mut bytes = fs::read(&dump).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&dump, bytes).unwrap();

    let asked = world.recover(Ask { backup: Some(newer), ..Ask::default() }).await;
    assert!(matches!(asked, Err(RecoverError::NotThat { backup, .. }) if backup == newer));
    let gone = world.recover(Ask { backup: Some(Uuid::now_v7()), ..Ask::default() }).await;
    assert!(matches!(gone, Err(RecoverError::NotThat { .. })), "{gone:?}");
    assert!(world.control_databases().await.is_empty());

    let listed = candidates(world.control.backups.as_ref().unwrap()).await.unwrap();
    let listed: Vec<_> = listed.iter().map(|it| (it.id, it.manifest.is_ok())).collect();
    assert_eq!(listed, [(newer, true), (older, true)], "a list reads no dumps");
    let report = world.recover(Ask::default()).await.unwrap();
    assert_eq!(report.backup, older);
    assert_eq!(report.passed_over.len(), 1);
    assert_eq!(report.passed_over[0].backup, newer);
}

#[tokio::test]
async fn another_master_key_is_noticed_before_anything_takes_effect() {
    let (world, _safe) = world().await;
    world.made("blue").await;
    world.back_up_control().await;
    world.lose_control().await;
    let key = Some(MasterKey::generate());
    let refused = world.recover(Ask { key, ..Ask::default() }).await;
    assert!(
        matches!(refused, Err(RecoverError::OtherMasterKey { closed: 2, of: 2 })),
        "{refused:?}"
    );
    assert_eq!(world.control_databases().await, ["studio_platform_master_recovery"]);
}

#[tokio::test]
async fn a_tombstone_that_cannot_be_believed_stops_it_if_it_stands_for_somebody() {
    let (world, safe) = world().await;
    world.made("blue").await;
    world.back_up_control().await;
    let (id, stranger) = (world.id("blue").await.0, Uuid::now_v7());
    world.bury(&safe, stranger, 77).await;
    let place = |id: Uuid| safe.store().join(format!("erasures/{id}.json"));
    // As whoever can write into the store and not sign would do it.
    fs::copy(place(stranger), place(id)).unwrap();
    world.lose_control().await;
    let refused = world.recover(Ask::default()).await;
    let Err(RecoverError::Tombstone { subdomain, why, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(
        (subdomain.as_str(), why.as_str()),
        ("blue", "it is the certificate of another organization")
    );

    fs::rename(place(id), place(Uuid::from_u128(5))).unwrap();
    let report = world.recover(Ask::default()).await.unwrap();
    assert_eq!((report.tenants, report.erased.len()), (1, 0));
    assert_eq!(report.to_do.len(), 1, "it stands for nobody: {:?}", report.to_do);
    assert_eq!(report.number_max, 77, "the stranger had that number, and nobody gets it again");
}
