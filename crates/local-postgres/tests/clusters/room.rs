//! Clusters whose files come from elsewhere.

use std::{process::Command, sync::atomic::AtomicBool};

use cloison_local_postgres::{Account, Cluster, Durability, Room, StartError, private_folder};

use crate::sandbox::{Sandbox, is_root, owner_and_mode};

#[test]
fn files_that_were_brought_are_started_again_and_again() {
    let sandbox = Sandbox::new("room");
    let original = sandbox.start(&sandbox.config()).unwrap();
    sandbox.ask(&original, "create table brought as select 'along' as it");
    let (files, address) = (original.data(), original.address().clone());
    original.stop().unwrap();

    let mut config = sandbox.config();
    config.data_dir = sandbox.path("room");
    let room = Room::take(&config).unwrap();
    let stays = AtomicBool::new(false);
    let refused = room.start(&sandbox.installation, &config, &stays).unwrap_err();
    assert!(matches!(refused, StartError::NotACluster { .. }), "{refused}");
    let copied = Command::new("cp").arg("-a").arg(files).arg(room.data()).status().unwrap();
    assert!(copied.success());
    // Nobody else has it, from the taking on.
    let refused = sandbox.start(&config).unwrap_err();
    assert!(matches!(refused, StartError::Busy { .. }), "{refused}");

    // A start that failed takes nothing away.
    config.settings = vec![("shared_buffers".into(), "nonsense".into())];
    let refused = room.start(&sandbox.installation, &config, &stays).unwrap_err();
    assert!(refused.to_string().contains("shared_buffers"), "{refused}");
    config.settings = vec![("listen_addresses".into(), String::new())];
    let unwanted = AtomicBool::new(true);
    let refused = room.start(&sandbox.installation, &config, &unwanted).unwrap_err();
    assert!(matches!(refused, StartError::Failed { gave_up: true, .. }), "{refused}");

    let cluster = room.start(&sandbox.installation, &config, &stays).unwrap();
    assert_ne!(cluster.address(), &address);
    assert_eq!(sandbox.ask(&cluster, "select it from brought"), "along");
    assert_eq!(sandbox.ask(&cluster, "show listen_addresses"), "");
    assert_eq!(cluster.account(), room.account());
    drop(room);
    let refused = Cluster::remove(&config.data_dir).unwrap_err();
    assert!(matches!(refused, StartError::Busy { .. }), "{refused}");
}

#[test]
fn what_belongs_to_a_cluster_is_open_to_its_user_alone() {
    let sandbox = Sandbox::new("beside");
    let cluster = sandbox.start(&sandbox.config()).unwrap();
    let parent = sandbox.path("backups");
    let make =
        || private_folder(&parent, "live", cluster.account(), Durability::Disposable).unwrap();
    let folder = make();
    assert_eq!(folder, parent.join("live"));
    assert_eq!(owner_and_mode(&folder), (owner_and_mode(cluster.home()).0, 0o700));
    assert_eq!(make(), folder);
    if is_root() {
        assert_ne!(Account::choose(&folder).unwrap().name(), "root");
    }
}
