//! The master key changes while a studio is served, and a restart finds the new one.

use std::fs;

use reqwest::StatusCode;

use crate::http::client;
use crate::up::{Up, fresh_data_dir};

#[tokio::test]
async fn it_changes_while_everything_runs() {
    let up = Up::start(&fresh_data_dir(), &[]);
    let made = up.run(&["tenants", "create", "blue", "--owner-email", "kim@example.com"]);
    assert!(made.status.success(), "{made:?}");
    let file = up.data_dir.join("secrets/master.key");
    let first = fs::read_to_string(&file).unwrap();

    let rotated = up.run(&["master-key", "rotate"]);
    assert!(rotated.status.success(), "{rotated:?}");
    let both = fs::read_to_string(&file).unwrap();
    assert_eq!(both.lines().count(), 2);
    assert_eq!(both.lines().nth(1), Some(first.trim()));
    let said = String::from_utf8(rotated.stdout).unwrap();
    assert!(said.contains("The old key still opens"), "{said}");
    assert!(!said.contains(first.trim()));

    let forgotten = up.run(&["master-key", "forget-old"]);
    assert!(forgotten.status.success(), "{forgotten:?}");
    let second = fs::read_to_string(&file).unwrap();
    assert_eq!(second.lines().count(), 1);
    assert_ne!(second.trim(), first.trim());
    let again = up.run(&["master-key", "forget-old"]);
    assert!(!again.status.success());

    assert_eq!(sign_in_page(&up).await, StatusCode::OK);
    let data_dir = up.stop();
    let up = Up::start(&data_dir, &[]);
    assert_eq!(sign_in_page(&up).await, StatusCode::OK);
    assert!(up.run(&["doctor"]).status.success());
    up.stop();
}

async fn sign_in_page(up: &Up) -> StatusCode {
    client().get(format!("{}/sign-in", up.url("blue.localhost"))).send().await.unwrap().status()
}
