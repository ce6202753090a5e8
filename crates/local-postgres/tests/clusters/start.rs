//! What a cluster is once it runs: who may come in, where from, and what it remembers.

use std::{fs, net::TcpListener};

use cloison_local_postgres::{Cluster, Durability, StartError};
use rustix::process::{Pid, getpgid};

use crate::sandbox::{Sandbox, is_root, owner_and_mode, pid};

#[test]
fn a_cluster_runs_as_an_ordinary_user_apart_from_the_terminal() {
    let sandbox = Sandbox::new("user");
    let cluster = sandbox.start(&sandbox.config()).unwrap();

    let (owner, mode) = owner_and_mode(cluster.socket_dir());
    assert_eq!(mode, 0o700);
    assert_eq!(owner, owner_and_mode(cluster.home()).0);
    if is_root() {
        assert_ne!(owner, 0);
    } else {
        assert_eq!(owner, rustix::process::geteuid().as_raw());
    }
    // A Ctrl-C goes to the process group of the terminal, and the server leads its own.
    let server = Pid::from_raw(pid(&cluster));
    assert_eq!(getpgid(server).ok(), server);
}

#[test]
fn the_superuser_comes_in_by_the_socket_alone() {
    let sandbox = Sandbox::new("superuser");
    let mut config = sandbox.config();
    config.hba = vec!["host sameuser all 127.0.0.1/32 scram-sha-256".into()];
    let cluster = sandbox.start(&config).unwrap();

    assert_eq!(sandbox.ask(&cluster, "select current_user"), "postgres");
    sandbox.ask(&cluster, "alter role postgres password 'known'");
    sandbox.ask(&cluster, "create role one login password 'one'");
    sandbox.ask(&cluster, "create database one owner one");
    sandbox.ask(&cluster, "create database two");

    let socket_dir = cluster.socket_dir().display();
    for (connection, expected) in [
        ("host=127.0.0.1 user=one password=one dbname=one".to_owned(), Ok("one")),
        (
            "host=127.0.0.1 user=one password=two dbname=one".to_owned(),
            Err("password authentication failed"),
        ),
        ("host=127.0.0.1 user=one password=one dbname=two".to_owned(), Err("no pg_hba.conf entry")),
        (
            "host=127.0.0.1 user=postgres password=known dbname=postgres".to_owned(),
            Err("pg_hba.conf rejects"),
        ),
        (
            format!("host={socket_dir} user=one password=one dbname=one"),
            Err("no pg_hba.conf entry"),
        ),
    ] {
        let answer = sandbox.psql(&cluster, &connection, "select current_user");
        match expected {
            Ok(user) => assert_eq!(answer.as_deref(), Ok(user), "{connection}"),
            Err(reason) => assert!(
                answer.as_ref().is_err_and(|it| it.contains(reason)),
                "{connection}: {answer:?}"
            ),
        }
    }
    let stored = "select rolpassword like 'SCRAM-SHA-256$%' from pg_authid where rolname = 'one'";
    assert_eq!(sandbox.ask(&cluster, stored), "t");
}

#[test]
fn text_is_unicode_sorted_by_code_point_and_pages_are_checked() {
    let sandbox = Sandbox::new("text");
    let cluster = sandbox.start(&sandbox.config()).unwrap();
    assert_eq!(sandbox.ask(&cluster, "show server_encoding"), "UTF8");
    assert_eq!(sandbox.ask(&cluster, "show data_checksums"), "on");
    assert_eq!(
        sandbox.ask(
            &cluster,
            "select string_agg(it, '' order by it) from unnest('{a,B,é,z}'::text[]) it"
        ),
        "Bazé"
    );
    assert_eq!(sandbox.ask(&cluster, "select lower('MARÉE')"), "marée");
}

#[test]
fn settings_of_the_caller_win_and_reach_the_server_as_they_are() {
    let sandbox = Sandbox::new("settings");
    let mut config = sandbox.config();
    let setting = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    config.settings = vec![
        setting("fsync", "on"),
        setting("max_connections", "37"),
        setting("cloison.note", r"it's a \ and 'more'"),
    ];
    let cluster = sandbox.start(&config).unwrap();
    assert_eq!(sandbox.ask(&cluster, "show fsync"), "on");
    assert_eq!(sandbox.ask(&cluster, "show full_page_writes"), "off");
    assert_eq!(sandbox.ask(&cluster, "show max_connections"), "37");
    assert_eq!(sandbox.ask(&cluster, "show cloison.note"), r"it's a \ and 'more'");
}

#[test]
fn what_is_stored_is_there_after_a_stop_and_so_is_the_port() {
    let sandbox = Sandbox::new("again");
    let mut config = sandbox.config();
    config.durability = Durability::Durable;
    config.seeds = None;
    let cluster = sandbox.start(&config).unwrap();
    let port = cluster.port();
    assert_eq!(sandbox.ask(&cluster, "show fsync"), "on");
    sandbox.ask(&cluster, "create table kept as select 42 as answer");
    cluster.stop().unwrap();

    let cluster = sandbox.start(&config).unwrap();
    assert!(!cluster.adopted());
    assert_eq!(cluster.port(), port);
    assert_eq!(sandbox.ask(&cluster, "select answer from kept"), "42");
    cluster.stop().unwrap();

    let taken = TcpListener::bind(("127.0.0.1", port)).unwrap();
    let cluster = sandbox.start(&config).unwrap();
    assert_ne!(cluster.port(), port);
    drop((cluster, taken));
}

#[test]
fn a_given_port_is_used_or_refused() {
    let sandbox = Sandbox::new("port");
    let mut config = sandbox.config();
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    config.port = Some(port);
    let error = sandbox.start(&config).unwrap_err();
    assert!(matches!(error, StartError::PortTaken { port: it } if it == port), "{error}");
    drop(taken);
    assert_eq!(sandbox.start(&config).unwrap().port(), port);
}

#[test]
fn dropping_stops_the_server_and_destroying_removes_it() {
    let sandbox = Sandbox::new("drop");
    let cluster = sandbox.start(&sandbox.config()).unwrap();
    let (home, pid) = (cluster.home().to_owned(), pid(&cluster));
    drop(cluster);
    assert!(!fs::exists(format!("/proc/{pid}")).unwrap());
    assert!(home.join("data").is_dir());

    sandbox.start(&sandbox.config()).unwrap().destroy().unwrap();
    assert!(!home.exists());

    let cluster = sandbox.start(&sandbox.config()).unwrap();
    assert!(matches!(Cluster::remove(&sandbox.path("data")), Err(StartError::Busy { .. })));
    cluster.leave_running();
    Cluster::remove(&sandbox.path("data")).unwrap();
    assert!(!home.exists());
    Cluster::remove(&sandbox.path("nonexistent")).unwrap();
}
