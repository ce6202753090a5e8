//! The master key changes while everything runs.

use cloison_archive::ProgramPlaces;
use cloison_control::key_rotation::{RotationError, forget_old, rotate};
use cloison_control::operations::WorkerConfig;
use cloison_control::provision::provision;
use cloison_control::spares::restock;
use cloison_control::{MasterKey, control_backup};
use cloison_router::{Directory, Key};
use jiff::Timestamp;

use crate::world::{World, call, eventually, request};

#[tokio::test]
async fn every_sealed_value_is_sealed_anew() {
    let mut world = World::idle().await;
    provision(&world.control, &call(), &request("blue")).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    restock(&world.control, 1).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    let key = Key::Subdomain("blue".parse().unwrap());
    let before = world.control.fetch(&key).await.unwrap().unwrap();

    let refused = rotate(&world.control, &call()).await;
    assert!(matches!(refused, Err(RotationError::NoNewKey)), "{refused:?}");
    let refused = forget_old(&world.control, &call()).await;
    assert!(matches!(refused, Err(RotationError::NoOldKey)), "{refused:?}");

    let old = world.control.key.to_base64();
    let both = format!("{}\n{}", MasterKey::generate().to_base64().expose(), old.expose());
    world.control.key = MasterKey::parse(&both).unwrap();
    let rotated = rotate(&world.control, &call()).await.unwrap();
    // A tenant's password, its first sign-in link, and a spare's password.
    assert_eq!((rotated.resealed, rotated.keys), (3, 2));
    let again = rotate(&world.control, &call()).await.unwrap();
    assert_eq!(again.resealed, 0);
    assert_eq!(forget_old(&world.control, &call()).await.unwrap().keys, 1);

    let after = world.control.fetch(&key).await.unwrap().unwrap();
    assert_eq!(after.password, before.password);
    assert!(after.epoch > before.epoch, "routers read it anew");
    assert_eq!(world.count("audit_log where action like 'master_key.%'").await, 3);

    // The old key alone opens nothing any more, and says so before anything is changed.
    world.control.key = MasterKey::parse(old.expose()).unwrap();
    assert!(world.control.fetch(&key).await.is_err());
    let wrong = format!("{}\n{}", MasterKey::generate().to_base64().expose(), old.expose());
    world.control.key = MasterKey::parse(&wrong).unwrap();
    let refused = rotate(&world.control, &call()).await;
    assert!(matches!(refused, Err(RotationError::Key(_))), "{refused:?}");
}

/// Of the older backups nobody knows the passwords any more once the old key is forgotten.
#[tokio::test]
async fn the_old_key_is_not_forgotten_before_there_is_a_backup_that_does_without() {
    let (mut world, _safe) = crate::backups::world().await;
    world.made("blue").await;
    let before = world.back_up_control().await;
    let old = world.control.key.to_base64();
    let both = format!("{}\n{}", MasterKey::generate().to_base64().expose(), old.expose());
    world.control.key = MasterKey::parse(&both).unwrap();
    rotate(&world.control, &call()).await.unwrap();
    // A backup's id says to the millisecond when it was begun, and one of the same millisecond counts as before.
    let rotated = Timestamp::now().as_millisecond();
    eventually(async || Timestamp::now().as_millisecond() > rotated).await;
    let between = world.back_up_control().await;

    let programs = std::mem::replace(
        &mut world.control.backups.as_mut().unwrap().programs,
        ProgramPlaces::Only(vec!["/nowhere".into()]),
    );
    let refused = forget_old(&world.control, &call()).await;
    assert!(matches!(refused, Err(RotationError::Backup(_))), "{refused:?}");
    world.control.backups.as_mut().unwrap().programs = programs;
    let forgotten = forget_old(&world.control, &call()).await.unwrap();
    assert_eq!((forgotten.keys, forgotten.closed), (1, vec![before]));
    let backups = world.control.backups.as_ref().unwrap();
    let listed = control_backup::list(&backups.store).await.unwrap();
    let listed: Vec<_> = listed.iter().map(|it| it.id).collect();
    assert_eq!(listed, [forgotten.backup.unwrap(), between, before]);
}

/// A new sealed column has to be in the view, or a rotation would lose it.
#[tokio::test]
async fn no_sealed_column_is_forgotten() {
    let world = World::idle().await;
    let client = world.server.connect(cloison_catalog::DATABASE).await;
    let rows = client
        .query(
            "select table_name || '.' || column_name
             from information_schema.columns
             where column_name like '%\\_sealed' and table_schema = 'public'
             order by 1",
            &[],
        )
        .await
        .unwrap();
    let columns: Vec<String> = rows.iter().map(|it| it.get(0)).collect();
    // Each is in `sealed_values` and in `sealed_value_replace` (migration 0020); two views of routes show some of them.
    assert_eq!(
        columns,
        [
            "inspection_routes.database_password_sealed",
            "inspections.role_password_sealed",
            "operations.secret_sealed",
            "platform_users.totp_secret_sealed",
            "routes.database_password_sealed",
            "servers.admin_password_sealed",
            "spares.database_password_sealed",
            "tenants.database_password_sealed",
            "tenants.next_password_sealed",
            "webhook_endpoints.former_secret_sealed",
            "webhook_endpoints.secret_sealed",
        ]
    );
}
