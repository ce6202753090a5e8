//! Starts that fail, and what they say: what happened, what it means, what to do.

use std::fs;

use cloison_local_postgres::StartError;

use crate::sandbox::Sandbox;

#[test]
fn data_of_another_major_version_is_left_alone() {
    let sandbox = Sandbox::new("major");
    let cluster = sandbox.start(&sandbox.config()).unwrap();
    let version = cluster.home().join("data/PG_VERSION");
    cluster.stop().unwrap();
    let original = fs::read_to_string(&version).unwrap();
    fs::write(&version, "14\n").unwrap();

    let error = sandbox.start(&sandbox.config()).unwrap_err();
    assert!(matches!(&error, StartError::OtherMajor { found, .. } if found == "14"), "{error}");
    let message = error.to_string();
    assert!(
        message.contains("install PostgreSQL 14 and give its bin folder, or move this folder away"),
        "{message}"
    );

    fs::remove_file(&version).unwrap();
    let error = sandbox.start(&sandbox.config()).unwrap_err();
    assert!(matches!(error, StartError::NotACluster { .. }), "{error}");
    fs::write(&version, original).unwrap();
    sandbox.start(&sandbox.config()).unwrap();
}

#[test]
fn a_server_that_fails_is_quoted() {
    let sandbox = Sandbox::new("failing");
    let mut config = sandbox.config();
    config.settings = vec![("max_connections".into(), "many".into())];
    let error = sandbox.start(&config).unwrap_err();
    assert!(matches!(error, StartError::Failed { gave_up: false, .. }), "{error}");
    let message = error.to_string();
    assert!(
        message.contains("postgres.log") && message.contains(r#""max_connections": "many""#),
        "{message}"
    );
    // Only this start's lines are quoted, and the next one is not held up by this one.
    config.settings = vec![("work_mem".into(), "lots".into())];
    let message = sandbox.start(&config).unwrap_err().to_string();
    assert!(message.contains("work_mem") && !message.contains("max_connections"), "{message}");
    sandbox.start(&sandbox.config()).unwrap();
}

#[test]
fn what_would_break_out_of_a_line_is_refused() {
    let sandbox = Sandbox::new("lines");
    for (name, value, hba) in [
        ("work_mem", "1MB'\nfsync = 'off", ""),
        ("work_mem = '1MB'\nfsync", "off", ""),
        ("", "off", ""),
        ("work_mem", "4MB", "host all all 127.0.0.1/32 reject\nhost all all 0.0.0.0/0 trust"),
    ] {
        let mut config = sandbox.config();
        config.settings = vec![(name.into(), value.into())];
        config.hba = vec![hba.into()];
        let error = sandbox.start(&config).unwrap_err();
        assert!(matches!(error, StartError::Setting { .. }), "{error}");
    }
}
