//! What a start does about a process before it that was killed.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

use crate::sandbox::{Sandbox, pid};

#[test]
fn a_server_left_running_is_picked_up() {
    let sandbox = Sandbox::new("adopt");
    let first = sandbox.start(&sandbox.config()).unwrap();
    let (address, server) = (first.address().clone(), pid(&first));
    let left = first.leave_running();
    assert_eq!(left, address);

    let second = sandbox.start(&sandbox.config()).unwrap();
    assert!(second.adopted());
    assert_eq!((second.address(), pid(&second)), (&address, server));
    assert_eq!(sandbox.ask(&second, "select 1"), "1");
    second.stop().unwrap();
    assert!(sandbox.start(&sandbox.config()).is_ok_and(|it| !it.adopted()));
}

#[test]
fn a_server_with_other_settings_is_restarted() {
    let sandbox = Sandbox::new("settings-changed");
    let first = sandbox.start(&sandbox.config()).unwrap();
    let server = pid(&first);
    first.leave_running();

    let mut config = sandbox.config();
    config.settings = vec![("max_connections".into(), "41".into())];
    let second = sandbox.start(&config).unwrap();
    assert!(!second.adopted());
    assert_ne!(pid(&second), server);
    assert_eq!(sandbox.ask(&second, "show max_connections"), "41");
}

#[test]
fn a_server_that_was_killed_is_started_anew() {
    let sandbox = Sandbox::new("killed");
    let first = sandbox.start(&sandbox.config()).unwrap();
    sandbox.ask(&first, "create table kept as select 42 as answer");
    sandbox.ask(&first, "checkpoint");
    kill_process(Pid::from_raw(pid(&first)).unwrap(), Signal::KILL).unwrap();
    // As a process that died as well: the file stays, nobody waits for the server.
    first.leave_running();

    let second = sandbox.start(&sandbox.config()).unwrap();
    assert!(!second.adopted());
    assert_eq!(sandbox.ask(&second, "select answer from kept"), "42");
}

#[test]
fn a_pid_that_another_process_got_since_is_no_server() {
    let sandbox = Sandbox::new("pid");
    let first = sandbox.start(&sandbox.config()).unwrap();
    let file = first.home().join("data/postmaster.pid");
    let text = fs::read_to_string(&file).unwrap();
    first.stop().unwrap();
    let own = std::process::id().to_string();
    let rest = text.split_once('\n').unwrap().1;
    fs::write(&file, format!("{own}\n{rest}")).unwrap();

    let second = sandbox.start(&sandbox.config()).unwrap();
    assert!(!second.adopted());
    assert_eq!(sandbox.ask(&second, "select 1"), "1");
}

#[test]
fn an_initdb_that_was_interrupted_is_done_again() {
    let sandbox = Sandbox::new("initdb");
    let first = sandbox.start(&sandbox.config()).unwrap();
    let home = first.home().to_owned();
    first.stop().unwrap();
    // As if killed right before the end: everything is there but the name.
    fs::rename(home.join("data"), home.join("data.unfinished-1")).unwrap();
    fs::remove_file(home.join("data.unfinished-1/global/pg_control")).unwrap();

    let second = sandbox.start(&sandbox.config()).unwrap();
    assert_eq!(sandbox.ask(&second, "select 1"), "1");
    assert!(!home.join("data.unfinished-1").exists());
}

#[test]
fn two_at_once_are_refused_by_pid() {
    let sandbox = Sandbox::new("twice");
    let first = sandbox.start(&sandbox.config()).unwrap();
    let error = sandbox.start(&sandbox.config()).unwrap_err().to_string();
    assert!(
        error.contains(&format!("in use by another process (pid {})", std::process::id())),
        "{error}"
    );
    assert_eq!(sandbox.ask(&first, "select 1"), "1");
    drop(first);
    sandbox.start(&sandbox.config()).unwrap();
}
