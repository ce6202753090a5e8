//! Exports from end to end: an operator's download that goes on where it broke, a link for somebody without an account, and the studio's owner who
//! takes everything along, also after leaving.

use std::fs;
use std::path::PathBuf;

use cloison_control::exports::tenant_of;
use cloison_control::owner_connect;
use cloison_model::hexadecimal;
use reqwest::{Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::http::{Person, api, client, eventually, eventually_some, fetch};
use crate::output::{json, stderr, stdout};
use crate::up::{SHARED, Up, fresh_data_dir};

fn create(up: &Up, subdomain: &str) -> Value {
    json(&up.run(&["tenants", "create", subdomain, "--owner-email", "kim@example.com", "--json"]))
}

/// Makes an export, and answers its id and its bytes.
fn export(up: &Up, subdomain: &str) -> (String, Vec<u8>) {
    let file = folder().join("whole.zip");
    let taken = json(&up.run(&["tenants", "export", subdomain, "-o", path(&file), "--json"]));
    let zip = fs::read(&file).unwrap();
    let content = &taken["export"]["content"];
    assert_eq!(content["sha256"], sha256(&zip));
    assert_eq!(content["bytes"], zip.len());
    (taken["export"]["id"].as_str().unwrap().to_owned(), zip)
}

fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn folder() -> PathBuf {
    let folder = fresh_data_dir();
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn path(file: &std::path::Path) -> &str {
    file.to_str().unwrap()
}

async fn log_of(up: &Up, subdomain: &str) -> Vec<String> {
    let control = up.control();
    let client = control.catalog.client().await.unwrap();
    let query = "select concat_ws(' ', actor, action, detail ->> 'from') from audit_log
                 where subject = $1 and action like '%export%' order by id";
    client.query(query, &[&subdomain]).await.unwrap().iter().map(|it| it.get(0)).collect()
}

#[tokio::test]
async fn a_download_goes_on_where_it_broke() {
    let up = &*SHARED;
    create(up, "exporter");
    let (id, zip) = export(up, "exporter");
    assert!(zip.starts_with(b"PK"));

    let folder = folder();
    let there = folder.join("there.zip");
    fs::write(&there, "a year of work").unwrap();
    let refused = stderr(&up.run(&["tenants", "export", "exporter", "-o", path(&there)]));
    assert!(refused.contains("is there already"), "{refused}");
    assert_eq!(fs::read(&there).unwrap(), b"a year of work");

    let half = zip.len() / 2;
    for (name, left) in [
        ("half.zip", &zip[..half]),
        ("whole.zip", &zip[..]),
        // Of another export.
        ("other.zip", &b"something else"[..]),
    ] {
        let file = folder.join(name);
        fs::write(folder.join(format!("{name}.part")), left).unwrap();
        let said =
            stdout(&up.run(&["tenants", "export", "exporter", "--export", &id, "-o", path(&file)]));
        assert!(said.contains("as it should be"), "{said}");
        assert!(fs::read(&file).unwrap() == zip, "{name}");
        assert!(!folder.join(format!("{name}.part")).exists());
    }
    let log = log_of(up, "exporter").await;
    let told = log.iter().filter(|it| it.contains("export.download")).collect::<Vec<_>>();
    assert_eq!(told, ["owner@localhost export.download 0"], "once within the hour");

    let listed = stdout(&up.run(&["tenants", "exports", "exporter"]));
    assert!(listed.contains(&id) && listed.contains("READY"), "{listed}");
    let file = folder.join("of-another.zip");
    let refused =
        stderr(&up.run(&["tenants", "export", "demo", "--export", &id, "-o", path(&file)]));
    assert!(refused.contains("is of exporter, not of demo"), "{refused}");
    assert!(!file.exists());
}

fn with(request: RequestBuilder, headers: &[(&str, &str)]) -> RequestBuilder {
    headers.iter().fold(request, |it, (name, value)| it.header(*name, *value))
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |it| it.to_str().unwrap())
}

#[tokio::test]
async fn whoever_has_the_link_gets_the_export_until_it_expires() {
    let up = &*SHARED;
    create(up, "linked");
    let (id, zip) = export(up, "linked");
    let made = json(&up.run(&["tenants", "export", "linked", "--export", &id, "--link", "--json"]));
    let url = made["link"]["url"].as_str().unwrap();
    assert!(url.starts_with(&up.url("console.localhost")), "{url}");
    let get = |headers: &[(&str, &str)]| with(client().get(url), headers).send();

    let whole = get(&[]).await.unwrap();
    assert_eq!(whole.status(), StatusCode::OK);
    let etag = header(&whole, "etag").to_owned();
    for (name, value) in [
        ("content-type", "application/zip"),
        ("accept-ranges", "bytes"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("content-length", &zip.len().to_string()),
        ("etag", &format!("\"{}\"", sha256(&zip))),
    ] {
        assert_eq!(header(&whole, name), value, "{name}");
    }
    assert!(header(&whole, "content-disposition").starts_with("attachment; filename=\"linked-"));
    assert!(whole.bytes().await.unwrap() == zip[..]);

    let part = get(&[("range", "bytes=100-199"), ("if-range", &etag)]).await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(header(&part, "content-range"), format!("bytes 100-199/{}", zip.len()));
    assert!(part.bytes().await.unwrap() == zip[100..200]);
    let another = get(&[("range", "bytes=100-199"), ("if-range", "\"other\"")]).await.unwrap();
    assert_eq!(another.status(), StatusCode::OK);
    assert_eq!(another.bytes().await.unwrap().len(), zip.len());
    let beyond = get(&[("range", "bytes=999999999-")]).await.unwrap();
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(header(&beyond, "content-range"), format!("bytes */{}", zip.len()));
    let before = log_of(up, "linked").await.len();
    let head = client().head(url).send().await.unwrap();
    assert_eq!(header(&head, "content-length"), zip.len().to_string());
    let log = log_of(up, "linked").await;
    assert_eq!(log.len(), before, "nothing was given out");
    let given = "whoever has the link of owner@localhost export.download 0".to_owned();
    assert_eq!(log.iter().filter(|it| **it == given).count(), 1, "{log:?}");

    // An operator needs no link, and a token is no operator's.
    let path = format!("/v1/exports/{id}/content");
    let beyond = api(up, Method::GET, &path).header("range", "bytes=999999999-").send().await;
    let beyond = beyond.unwrap();
    assert_eq!(header(&beyond, "content-range"), format!("bytes */{}", zip.len()));
    assert_eq!(beyond.json::<Value>().await.unwrap()["code"], "range_not_satisfiable");
    let token = url.rsplit('/').next().unwrap();
    let as_token = client().get(format!("{}{path}", up.url("console.localhost")));
    assert_eq!(as_token.bearer_auth(token).send().await.unwrap().status(), 401);

    let unknown = format!("{}/exports/{}", up.url("console.localhost"), "x".repeat(43));
    let unknown = client().get(unknown).send().await.unwrap();
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    stdout(&up.run(&["exports", "delete", &id]));
    let late = get(&[("accept-language", "fr")]).await.unwrap();
    assert_eq!(late.status(), StatusCode::GONE);
    assert!(late.text().await.unwrap().contains("Lien expiré"));
    assert_eq!(api(up, Method::GET, &path).send().await.unwrap().status(), StatusCode::GONE);
}

impl Person {
    /// Asks for an export, waits, and answers where it can be downloaded.
    async fn export(&self) -> String {
        let asked = self.post("/settings/export", &[]).await;
        assert_eq!(asked.status(), StatusCode::SEE_OTHER, "{}", asked.text().await.unwrap());
        eventually_some("the export is there", async || {
            let page = self.get("/settings/export").await.text().await.unwrap();
            let href = page.split("href=\"").find(|it| it.starts_with("/settings/export/"))?;
            Some(href.split('"').next().unwrap().to_owned())
        })
        .await
    }
}

#[tokio::test]
async fn an_owner_takes_everything_along_also_after_leaving() {
    let up = &*SHARED;
    let made = create(up, "owned");
    let link = made["operation"]["sign_in_url"].as_str().unwrap();
    let stranger = Person::at(up, "owned");
    let turned_away = stranger.get("/settings/export").await;
    assert_eq!(header(&turned_away, "location"), "/sign-in?next=%2Fsettings%2Fexport");
    let owner = Person::by_link(up, "owned", link).await;
    let calendar = owner.get("/calendar").await.text().await.unwrap();
    assert!(calendar.contains("href=\"/settings/export\""), "the menu leads there");

    let href = owner.export().await;
    let zip = owner.get(&href).await;
    assert_eq!(header(&zip, "content-type"), "application/zip");
    assert!(zip.bytes().await.unwrap().starts_with(b"PK"));
    assert_eq!(stranger.get(&href).await.status(), StatusCode::SEE_OTHER);
    let log = log_of(up, "owned").await;
    assert_eq!(log, ["the owner of owned tenant.export", "the owner of owned export.download 0"]);

    // Another studio's export does not exist here, whoever knows its id.
    create(up, "neighbour");
    let (others, _) = export(up, "neighbour");
    let reached = owner.get(&format!("/settings/export/{others}")).await;
    assert_eq!(reached.status(), StatusCode::NOT_FOUND);
    assert!(!log_of(up, "neighbour").await.iter().any(|it| it.contains("the owner of owned")));

    // The owner's alone.
    let name = "owned".parse().unwrap();
    let control = up.control();
    let database = owner_connect(&control, &name).await.unwrap();
    let manager = "update users set role = 'MANAGER' where email = 'kim@example.com'";
    database.execute(manager, &[]).await.unwrap();
    for path in ["/settings/export", &href] {
        assert_eq!(owner.get(path).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
    database.execute(&manager.replace("MANAGER", "OWNER"), &[]).await.unwrap();

    stdout(&up.run(&["tenants", "cancel", "owned", "--confirm", "owned"]));
    eventually("the studio is closed", async || {
        owner.get("/calendar").await.status() == StatusCode::FORBIDDEN
    })
    .await;
    assert_eq!(header(&owner.get("/").await, "location"), "/settings/export");
    let later = owner.export().await;
    assert!(owner.get(&later).await.bytes().await.unwrap().starts_with(b"PK"));
    assert_eq!(stranger.get("/sign-in").await.status(), StatusCode::OK);

    let catalog = control.catalog.client().await.unwrap();
    let tenant = tenant_of(&catalog, &name).await.unwrap();
    let objects = up.data_dir.join(format!("backups/tenants/{tenant}/exports"));
    assert!(fs::read_dir(&objects).unwrap().count() > 0, "{}", objects.display());
    stdout(&up.run(&["tenants", "erase", "owned", "--confirm", "owned", "--now"]));
    assert!(!objects.exists());
    let listed = fetch(up, "/v1/tenants/owned/exports").await;
    assert_eq!(listed["code"], "not_found");
}
