//! A recovery ends everywhere, and the next one goes all the way.

use cloison_control::recover::{RecoverError, Stage};

use super::{Ask, world};

#[tokio::test]
async fn whatever_ends_it_nobody_serves_from_half_of_it() {
    let (world, safe) = world().await;
    for it in ["blue", "beta"] {
        world.made(it).await;
    }
    world.back_up_control().await;
    world.made("late").await;
    world.back_up().await;
    world.erased(&safe, "beta").await;
    let stages = [
        Stage::Restored,
        Stage::Migrated,
        Stage::Buried,
        Stage::Scanned,
        Stage::Numbered,
        Stage::RolesSetBack,
    ];
    for stage in stages {
        world.lose_control().await;
        let ended = world.recover(Ask { cut: Some(stage), ..Ask::default() }).await;
        assert!(matches!(ended, Err(RecoverError::Killed)), "{stage:?}");
        assert_eq!(world.control_databases().await, ["studio_platform_master_recovery"]);

        let report = world.recover(Ask::default()).await.unwrap();
        assert_eq!((report.tenants, report.erased.len()), (2, 1), "{stage:?}");
        assert_eq!(report.taken_in.len(), 1, "{stage:?}");
        assert_eq!(report.to_do, [], "{stage:?}");
        assert_eq!(world.may("blue").await, "write", "{stage:?}");
        assert_eq!(world.may("late").await, "write", "{stage:?}");
        assert_eq!(world.control_databases().await, ["studio_platform_master"]);
    }
    // Nobody was told, but it had been done: the next one finds a control database in use.
    world.lose_control().await;
    let ended = world.recover(Ask { cut: Some(Stage::InPlace), ..Ask::default() }).await;
    assert!(matches!(ended, Err(RecoverError::Killed)));
    let again = world.recover(Ask::default()).await;
    assert!(matches!(again, Err(RecoverError::InUse { tenants: 2 })));
    assert_eq!(world.may("late").await, "write");
}
