//! Data directories that a server cannot simply live in.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{DirBuilderExt as _, PermissionsExt as _},
    path::Path,
    process::Command,
};

use cloison_local_postgres::{Cluster, ClusterConfig, StartError};

use crate::sandbox::{Sandbox, is_root, owner_and_mode};

/// A data directory below a folder that is closed to all but us.
fn closed(sandbox: &Sandbox) -> ClusterConfig {
    fs::DirBuilder::new().mode(0o700).create(sandbox.path("closed")).unwrap();
    ClusterConfig { data_dir: sandbox.path("closed/data"), ..sandbox.config() }
}

fn pointer(config: &ClusterConfig) -> String {
    fs::read_to_string(config.data_dir.join("cluster-at")).unwrap()
}

#[test]
fn a_closed_home_works_and_stays_closed() {
    let sandbox = Sandbox::new("closed");
    let config = closed(&sandbox);
    let first = sandbox.start(&config).unwrap();
    let home = first.home().to_owned();
    if is_root() {
        assert_eq!(pointer(&config).trim(), home.to_str().unwrap());
        assert!(!home.starts_with(&config.data_dir));
    } else {
        assert_eq!(home, config.data_dir.join("cluster"));
    }
    assert_eq!(owner_and_mode(&home).1, 0o700);
    assert_eq!(owner_and_mode(&sandbox.path("closed")).1, 0o700);
    sandbox.ask(&first, "create table kept as select 42 as answer");
    first.stop().unwrap();

    let second = sandbox.start(&config).unwrap();
    assert_eq!(second.home(), home);
    assert_eq!(sandbox.ask(&second, "select answer from kept"), "42");
    second.destroy().unwrap();
    assert!(!home.exists());
    assert!(!config.data_dir.join("cluster-at").exists());
}

/// Somebody tries it as root once: that must not take the cluster from its user.
#[test]
fn a_cluster_stays_its_users() {
    let sandbox = Sandbox::new("owner");
    let first = sandbox.start(&sandbox.config()).unwrap();
    let home = first.home().to_owned();
    first.stop().unwrap();
    if is_root() {
        let status = Command::new("chown")
            .args(["-R", "nobody"])
            .arg(sandbox.path("data"))
            .status()
            .unwrap();
        assert!(status.success());
    }
    let owner = owner_and_mode(&home).0;
    let second = sandbox.start(&sandbox.config()).unwrap();
    assert_eq!(sandbox.ask(&second, "select 1"), "1");
    for path in
        [home.join("data/postmaster.pid"), sandbox.path("data/lock"), sandbox.path("data/port")]
    {
        assert_eq!(owner_and_mode(&path).0, owner, "{}", path.display());
    }
}

#[test]
fn a_data_directory_of_another_user_is_refused() {
    let sandbox = Sandbox::new("other-user");
    fs::create_dir(sandbox.path("data")).unwrap();
    fs::write(sandbox.path("data/lock"), "").unwrap();
    fs::set_permissions(sandbox.path("data/lock"), Permissions::from_mode(0o400)).unwrap();
    let started = sandbox.start(&sandbox.config());
    if is_root() {
        assert!(started.is_ok(), "permissions do not stop root");
    } else {
        assert!(matches!(started, Err(StartError::NotYours { .. })));
    }
}

#[test]
fn a_cluster_that_is_gone_is_not_made_anew_in_silence() {
    let sandbox = Sandbox::new("gone");
    let config = closed(&sandbox);
    fs::create_dir(&config.data_dir).unwrap();
    fs::write(config.data_dir.join("cluster-at"), "/nonexistent/cluster\n").unwrap();
    let error = sandbox.start(&config).unwrap_err();
    assert!(
        matches!(&error, StartError::PlaceGone { target, .. } if target == Path::new("/nonexistent/cluster")),
        "{error}"
    );
}

#[test]
fn a_path_too_long_for_a_socket_works() {
    let sandbox = Sandbox::new("long");
    let config = ClusterConfig { data_dir: sandbox.path(&"long".repeat(30)), ..sandbox.config() };
    let first = sandbox.start(&config).unwrap();
    let socket_dir = first.socket_dir().to_owned();
    assert!(first.home().starts_with(&config.data_dir));
    assert!(socket_dir.as_os_str().len() < 90, "{}", socket_dir.display());
    assert_eq!(owner_and_mode(&socket_dir), (owner_and_mode(first.home()).0, 0o700));
    assert_eq!(sandbox.ask(&first, "select 1"), "1");
    first.leave_running();

    let second = sandbox.start(&config).unwrap();
    assert!(second.adopted());
    second.stop().unwrap();

    // Anybody can put something where a reboot emptied the place: it is not used.
    fs::remove_dir_all(&socket_dir).unwrap();
    fs::write(&socket_dir, "not a folder").unwrap();
    let third = sandbox.start(&config).unwrap();
    assert_ne!(third.socket_dir(), socket_dir);
    assert_eq!(sandbox.ask(&third, "select 1"), "1");
    let socket_dir_of_third = third.socket_dir().to_owned();
    third.destroy().unwrap();
    assert!(!socket_dir_of_third.exists());
    fs::remove_file(&socket_dir).unwrap();
}

#[test]
fn a_link_is_followed_to_one_and_the_same_cluster() {
    let sandbox = Sandbox::new("link");
    let first = sandbox.start(&sandbox.config()).unwrap();
    std::os::unix::fs::symlink(sandbox.path("data"), sandbox.path("link")).unwrap();
    let linked = ClusterConfig { data_dir: sandbox.path("link"), ..sandbox.config() };
    assert!(matches!(sandbox.start(&linked), Err(StartError::Busy { .. })));
    first.leave_running();
    let second = sandbox.start(&linked).unwrap();
    assert!(second.adopted());
    Cluster::stop(second).unwrap();
}
