//! `cloison tenants psql`: the tenant's own role, on the tenant's own database.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use axum::routing::post;
use axum::{Router, http};
use cloison_api::Credentials;
use cloison_router::{Directory, Key};
use tokio::net::TcpListener;

use crate::http::fetch;
use crate::up::{SHARED, cloison, fresh_data_dir};

/// Only one test asks the shared platform for this studio's credentials, so it can count who does.
const STUDIO: &str = "lantern";

/// What the studio's router uses.
async fn credentials() -> Credentials {
    let control = SHARED.control();
    let key = Key::Subdomain(STUDIO.parse().unwrap());
    let route = control.fetch(&key).await.unwrap().expect("the studio is there");
    Credentials {
        host: route.host.clone(),
        port: route.port,
        database: route.database.as_str().to_owned(),
        user: route.role.as_str().to_owned(),
        password: route.password.expose().to_owned(),
    }
}

/// A console that gives these credentials, and its URL.
async fn console(credentials: &Credentials) -> String {
    let text = serde_json::to_string(credentials).unwrap();
    let answer = move || async move { ([(http::header::CONTENT_TYPE, "application/json")], text) };
    let app = Router::new().route(&format!("/v1/tenants/{STUDIO}/credentials"), post(answer));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    #[expect(clippy::disallowed_methods, reason = "it ends with the test's runtime")]
    tokio::spawn(axum::serve(listener, app).into_future());
    url
}

async fn psql(command: Command, folder: &Path, variables: &[(&str, &str)]) -> Output {
    let mut command = tokio::process::Command::from(command);
    command
        .args(["tenants", "psql", STUDIO, "--"])
        .args(["-X", "-A", "-t", "-c", "select current_user, current_database()"])
        .env("TMPDIR", folder)
        .envs(variables.iter().copied());
    command.output().await.unwrap()
}

/// Asks this console.
fn asking(url: &str, folder: &Path) -> Command {
    let mut command = cloison(folder);
    command.args(["--url", url, "--token", "x"]);
    command
}

/// How often somebody was given the studio's credentials.
async fn noted() -> usize {
    let asked =
        fetch(&SHARED, &format!("/v1/audit?action=tenant.credentials&subject={STUDIO}")).await;
    asked["items"].as_array().unwrap().len()
}

#[tokio::test]
async fn it_is_the_tenant_and_leaves_no_password() {
    let credentials = credentials().await;
    let folder = fresh_data_dir();
    let before = noted().await;
    // What the operator's own shell says must lead nowhere else.
    let led_astray = [("PGHOSTADDR", "192.0.2.1"), ("PGSERVICE", "x")];
    let asked = psql(cloison(&SHARED.data_dir), &folder, &led_astray).await;
    let said = String::from_utf8(asked.stdout).unwrap();
    assert_eq!(said, format!("{}|{}\n", credentials.user, credentials.database));
    assert!(asked.status.success());
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "nothing stays behind");
    assert_eq!(noted().await, before + 1, "it is in the audit log");
}

#[tokio::test]
async fn a_password_that_is_refused_is_psqls_to_say() {
    let wrong = Credentials { password: "wrong".to_owned(), ..credentials().await };
    let folder = fresh_data_dir();
    let refused = psql(asking(&console(&wrong).await, &folder), &folder, &[]).await;
    assert_eq!(refused.status.code(), Some(2), "psql's own exit code: {refused:?}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[tokio::test]
async fn where_psql_is_missing_it_says_what_to_install() {
    let folder = fresh_data_dir();
    let nowhere = [("PATH", folder.to_str().unwrap())];
    let console = console(&credentials().await).await;
    let asked = psql(asking(&console, &folder), &folder, &nowhere).await;
    assert_eq!(asked.status.code(), Some(1));
    let words = String::from_utf8(asked.stderr).unwrap();
    assert!(words.starts_with("error: psql is not installed"), "{words}");
    assert_eq!(words.lines().count(), 3, "{words}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}
