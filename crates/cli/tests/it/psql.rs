//! `cloison tenants psql`: the tenant's own role, on the tenant's own database.

use std::fs;
use std::path::Path;
use std::process::Output;

use axum::routing::post;
use axum::{Router, http};
use cloison_api::Credentials;
use cloison_router::{Directory, Key};
use tokio::net::TcpListener;

use crate::up::{SHARED, cloison, fresh_data_dir};

/// What the demo studio's router uses.
async fn credentials() -> Credentials {
    let control = SHARED.control();
    let key = Key::Subdomain("demo".parse().unwrap());
    let route = control.fetch(&key).await.unwrap().expect("the demo studio is there");
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
    let app = Router::new().route("/v1/tenants/demo/credentials", post(answer));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    #[expect(clippy::disallowed_methods, reason = "it ends with the test's runtime")]
    tokio::spawn(axum::serve(listener, app).into_future());
    url
}

async fn psql(url: &str, folder: &Path, variables: &[(&str, &str)]) -> Output {
    let mut command = cloison(folder);
    command
        .args(["--url", url, "--token", "x", "tenants", "psql", "demo", "--"])
        .args(["-X", "-A", "-t", "-c", "select current_user, current_database()"])
        .env("TMPDIR", folder)
        .envs(variables.iter().copied());
    tokio::process::Command::from(command).output().await.unwrap()
}

#[tokio::test]
async fn it_is_the_tenant_and_leaves_no_password() {
    let credentials = credentials().await;
    let url = console(&credentials).await;
    let folder = fresh_data_dir();
    // What the operator's own shell says must lead nowhere else.
    let asked = psql(&url, &folder, &[("PGHOSTADDR", "192.0.2.1"), ("PGSERVICE", "x")]).await;
    let said = String::from_utf8(asked.stdout).unwrap();
    assert_eq!(said, format!("{}|{}\n", credentials.user, credentials.database));
    assert!(asked.status.success());
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "nothing stays behind");

    let wrong = Credentials { password: "wrong".to_owned(), ..credentials };
    let refused = psql(&console(&wrong).await, &folder, &[]).await;
    assert_eq!(refused.status.code(), Some(2), "psql's own exit code: {refused:?}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[tokio::test]
async fn where_psql_is_missing_it_says_what_to_install() {
    let url = console(&credentials().await).await;
    let folder = fresh_data_dir();
    let asked = psql(&url, &folder, &[("PATH", folder.to_str().unwrap())]).await;
    assert_eq!(asked.status.code(), Some(1));
    let words = String::from_utf8(asked.stderr).unwrap();
    assert!(words.starts_with("error: psql is not installed"), "{words}");
    assert_eq!(words.lines().count(), 3, "{words}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}
