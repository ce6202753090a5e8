//! Everything that can have happened since the backup, at once.

use cloison_control::audit;
use cloison_control::life_cycle::command;
use cloison_control::operations::WorkerConfig;
use cloison_control::recover::Survivors;
use cloison_model::Command;

use super::{Ask, name, world};
use crate::world::call;

#[tokio::test]
async fn it_comes_back_as_things_are_now() {
    let (world, safe) = world().await;
    for it in ["blue", "beta", "rose"] {
        world.made(it).await;
    }
    world.back_up().await;
    let backup = world.back_up_control().await;
    // Nobody who looks at the backup can know of any of this.
    world.made("late").await;
    world.made("lone").await;
    let epoch: i64 = world.one("select last_value from route_epoch").await;
    let number: i64 = world.one("select last_value from organizations_number_seq").await;
    world.run_in("studio_1_db", "insert into notes values ('changed')").await;
    cloison_control::backups::want(&world.control, &[name("late"), name("blue")]).await.unwrap();
    let backups = world.control.backups.clone().unwrap();
    let now = jiff::Timestamp::now();
    cloison_control::backups::round(&world.control, &backups, now).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    world.erased(&safe, "beta").await;
    command(&world.control, &call(), &name("rose"), Command::RotatePassword, None).await.unwrap();
    world.work_off(&WorkerConfig::default()).await;
    world.run_in("studio_1_db", "insert into notes values ('written later')").await;
    let late = world.id("late").await;
    world.lose_control().await;

    let report = world.recover(Ask { survivors: Survivors::Possible, ..Ask::default() }).await;
    let report = report.unwrap();
    assert_eq!((report.backup, report.tenants, &report.put_aside), (backup, 3, &None));
    assert_eq!(report.erased.len(), 1);
    assert_eq!(report.erased[0].subdomain, "beta");
    assert_eq!(report.taken_in.len(), 1);
    assert_eq!(report.taken_in[0].database, "studio_4_db");
    assert_eq!(report.to_do.len(), 1, "{:?}", report.to_do);
    assert_eq!(report.to_do[0].subject, "studio_5_db");
    assert!(report.to_do[0].what.contains("no backup of its own says whose it is"));
    assert_eq!((report.backups_found, report.backups_gone), (2, 0), "of late and of blue");
    assert_eq!(report.roles_set_back, 1, "rose's password is that of the backup");
    assert_eq!(report.number_max, number);
    assert!(report.epoch > epoch + 1_000_000);

    for it in ["blue", "rose", "late"] {
        assert_eq!(world.may(it).await, "write", "{it}");
    }
    assert!(world.notes("studio_1_db").await.contains(&"written later".to_owned()));
    assert_eq!(world.id("late").await, late);
    assert_eq!(world.count("organizations where subdomain = 'beta'").await, 0);
    assert_eq!(world.count("erasures where number = 2").await, 1);
    let lowest: i64 = world.one("select min(epoch) from tenants").await;
    assert!(lowest > report.epoch);
    let verified = audit::verify(&world.control.catalog, None).await.unwrap();
    assert_eq!(verified.fault, None);
    let action: String = world.one("select action from audit_log order by id desc limit 1").await;
    assert_eq!(action, "control_database.recover");

    // Half of the budget of 20 is left to processes that may still serve.
    let reserved: i32 = world.one("select sum(seats)::integer from seat_leases where silent").await;
    assert_eq!(reserved, 10);
    let findings = world.examined(false).await.findings;
    let subjects: Vec<_> = findings.iter().map(|it| it.what.as_str()).collect();
    assert_eq!(subjects.len(), 2, "the database and the role that nobody knows: {subjects:?}");

    world.made("next").await;
    assert_eq!(world.number_of("next").await, number + 1);
    let copy = world.restored("late").await;
    world.is_done(copy).await;
    world.back_up_control().await;
}
