//! Backups as an operator meets them: made, left out where nothing has changed, restored beside, swapped in and out, drilled,
//! pruned, and found out when a byte of one is changed.

use std::fs;
use std::path::{Path, PathBuf};

use cloison_model::Role;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::http::{Person, api, eventually};
use crate::output::{json, stderr, stdout};
use crate::up::{SHARED, Up, fresh_data_dir};

const CLIENT: &str = "Marée haute";

fn made(up: &Up, subdomain: &str) -> Value {
    let email = ["--owner-email", "robin@example.com", "--json"];
    json(&up.run(&[&["tenants", "create", subdomain][..], &email].concat()))
}

/// The one backup that was made, or that has all there is to say.
fn backup(up: &Up, arguments: &[&str]) -> (String, String) {
    let report = json(&up.run(&[&["backups", "create", "--json"], arguments].concat()));
    let row = &report["rows"][0];
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    (text(&row["result"]), text(&row["backup"]))
}

async fn has_client(person: &Person) -> bool {
    let page = person.get("/clients").await;
    assert_eq!(page.status(), StatusCode::OK);
    page.text().await.unwrap().contains(CLIENT)
}

async fn add_client(person: &Person) {
    let added = person.post("/clients/new", &[("display_name", CLIENT)]).await;
    assert_eq!(added.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_tenant_is_brought_back_and_that_is_taken_back() {
    let up = Up::start(&fresh_data_dir(), &[]);
    let made = made(&up, "blue");
    let link = made["operation"]["sign_in_url"].as_str().unwrap();

    assert_eq!(backup(&up, &["blue"]).0, "done");
    eventually("nothing has changed", async || backup(&up, &["blue"]).0 == "unchanged").await;
    assert_eq!(backup(&up, &["blue", "--force"]).0, "done");
    // Whoever is at work has changed something, or may have.
    let person = Person::by_link(&up, "blue", link).await;
    let (result, first) = backup(&up, &["blue"]);
    assert_eq!(result, "done");
    add_client(&person).await;

    // Beside the live database first.
    let told = stdout(&up.run(&["backups", "restore", "blue", "--backup", &first]));
    assert!(told.starts_with("A copy of blue as it was at "), "{told}");
    let copies = json(&up.run(&["backups", "copies", "blue", "--json"]));
    let copy = &copies["items"][0];
    let id = copy["id"].as_str().unwrap();
    assert_eq!((&copy["state"], &copy["was_live"]), (&json!("READY"), &json!(false)), "{copy}");
    assert_eq!(copy["backup"], first.as_str());
    assert!(told.contains(&format!("cloison backups swap blue --copy {id} --confirm blue\n")));
    assert!(has_client(&person).await, "visitors notice nothing");

    let swap = ["backups", "swap", "blue", "--copy", id, "--confirm"];
    let refused = stderr(&up.run(&[&swap[..], &["bleu"]].concat()));
    assert!(refused.contains("nothing was done"), "{refused}");
    let told = stdout(&up.run(&[&swap[..], &["blue"]].concat()));
    assert!(told.starts_with("Visitors of blue now see it as it was at "), "{told}");
    assert!(!has_client(&person).await, "it is as it was then");
    let undo = ["backups", "restore", "blue", "--undo", "--confirm", "blue"];
    assert!(told.contains(&format!("cloison {}\n", undo.join(" "))), "{told}");
    let told = stdout(&up.run(&undo));
    assert!(told.starts_with("blue is again as it was before the swap."), "{told}");
    assert!(has_client(&person).await, "and all is there again");
    let refused = stderr(&up.run(&undo));
    assert_eq!(refused.lines().count(), 3, "{refused}");
    assert!(refused.starts_with("error: there is no swap of blue to take back\n"), "{refused}");

    // All in one.
    let arguments = ["--backup", &first, "--swap", "--confirm", "blue", "--json"];
    let report = json(&up.run(&[&["backups", "restore", "blue"][..], &arguments].concat()));
    assert_eq!(
        (&report["restore"]["state"], &report["swap"]["state"]),
        (&json!("DONE"), &json!("DONE"))
    );
    assert_eq!(report["copy"]["was_live"], true, "{report}");
    assert!(!has_client(&person).await);
    let former = report["copy"]["id"].as_str().unwrap();
    stdout(&up.run(&["backups", "drop", "blue", "--copy", former, "--confirm", "blue"]));
    let copies = json(&up.run(&["backups", "copies", "blue", "--json"]));
    assert_eq!(copies["items"].as_array().unwrap().len(), 1, "{copies}");

    drills_and_pruning(&up);
    changed_byte(&up);
    up.stop();
}

fn drills_and_pruning(up: &Up) {
    let drilled = json(&up.run(&["backups", "drill", "blue", "--json"]));
    let drill = &drilled["items"][0];
    assert_eq!((&drill["state"], &drill["subdomain"]), (&json!("PASSED"), &json!("blue")));
    assert!(drill["restore_seconds"].as_f64().unwrap() > 0.0, "{drill}");
    let told = stdout(&up.run(&["backups", "drill", "--status"]));
    assert!(told.contains("PASSED"), "{told}");

    made(up, "red");
    let (all, status) = (["backups", "create", "--all"], ["backups", "status", "--json"]);
    let report = json(&up.run(&[&all[..], &["--json"]].concat()));
    assert_eq!((&report["tenants"], &report["failed"]), (&json!(2), &json!(0)), "{report}");
    let standing = json(&up.run(&status));
    for (name, count) in
        [("tenants", 2), ("wanted", 0), ("running", 0), ("without_good", 0), ("behind_count", 0)]
    {
        assert_eq!(standing[name], count, "{name}: {standing}");
    }
    let place = up.data_dir.join("backups").display().to_string();
    assert_eq!(standing["store"], format!("file://{place}"));

    // All of one day: only the newest has a place.
    let listed = json(&up.run(&["backups", "list", "blue", "--json"]));
    let listed = listed["items"].as_array().unwrap();
    assert!(listed.len() >= 2, "{listed:?}");
    assert_eq!(listed[0]["retention"]["reason"], "LAST_GOOD");
    let oldest = listed.last().unwrap();
    assert_eq!(oldest["retention"]["stays"], false, "{oldest}");
    let oldest = oldest["id"].as_str().unwrap();
    let hold = ["backups", "hold", "blue", "--backup", oldest, "--reason", "case 2026-113"];
    stdout(&up.run(&hold));
    let shown = stdout(&up.run(&["backups", "list", "blue"]));
    assert!(shown.contains("held by owner@localhost: case 2026-113"), "{shown}");
    let rest = listed.len() - 2;
    let prune = ["backups", "prune", "--json"];
    let dry = json(&up.run(&[&prune[..], &["--dry-run"]].concat()));
    assert_eq!((&dry["dry_run"], &dry["pruned_count"]), (&json!(true), &json!(rest)), "{dry}");
    let count =
        || json(&up.run(&["backups", "list", "blue", "--json"]))["items"].as_array().unwrap().len();
    assert_eq!(count(), listed.len(), "nothing was deleted");
    stdout(&up.run(&["backups", "release", "blue", "--backup", oldest]));
    let pruned = json(&up.run(&[&prune[..], &["--tenant", "blue"]].concat()));
    assert_eq!(pruned["pruned_count"], rest + 1, "{pruned}");
    assert!(pruned["pruned"].as_array().unwrap().iter().all(|it| it["reason"] == "OUTLIVED"));
    assert_eq!(count(), 1);
    let left = files(&up.data_dir.join("backups/tenants"));
    assert_eq!(left.iter().filter(|it| it.ends_with("manifest.json")).count(), 2, "{left:?}");
}

/// Nobody but the bytes says so, and from then on everybody does.
fn changed_byte(up: &Up) {
    stdout(&up.run(&["backups", "verify", "blue"]));
    let listed = json(&up.run(&["backups", "list", "blue", "--json"]));
    let id = listed["items"][0]["id"].as_str().unwrap().to_owned();
    assert!(listed["items"][0]["verified_at"].is_string(), "{listed}");
    let dumps = files(&up.data_dir.join("backups"));
    let is_dump = |it: &&PathBuf| {
        it.extension().is_some_and(|it| it == "age") && it.to_str().unwrap().contains(&id)
    };
    let dump = dumps.iter().find(is_dump).unwrap();
    let mut bytes = fs::read(dump).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(dump, bytes).unwrap();

    let verified = up.run(&["backups", "verify", "blue", "--backup", &id]);
    assert!(!verified.status.success(), "{verified:?}");
    let shown = stdout(&up.run(&["backups", "list", "blue"]));
    assert!(shown.contains("BROKEN: "), "{shown}");
    let refused = stderr(&up.run(&["backups", "restore", "blue", "--backup", &id]));
    assert!(refused.contains("cannot be restored"), "{refused}");
    assert_eq!(refused.lines().count(), 3, "{refused}");
    let refused = stderr(&up.run(&["backups", "restore", "blue"]));
    assert!(refused.starts_with("error: blue has no backup that could be restored\n"), "{refused}");
    let doctor = up.run(&["doctor"]);
    let told = String::from_utf8(doctor.stdout).unwrap();
    assert!(told.contains(&format!("its backup {id} of ")), "{told}");

    // The one that is made in its place is good.
    assert_eq!(backup(up, &["blue"]).0, "done");
    stdout(&up.run(&["backups", "restore", "blue"]));
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found
}

#[tokio::test]
async fn a_moment_that_cannot_be_meant_is_said_in_three_lines() {
    let up = &*SHARED;
    for (at, first) in [
        ("2026-10-25 02:30 Europe/Paris", "2026-10-25 02:30:00 came twice in Europe/Paris"),
        ("2026-03-29 02:30 Europe/Paris", "2026-03-29 02:30:00 never came in Europe/Paris"),
        ("2026-01-22 14:32", "'2026-01-22 14:32' does not say in which time zone"),
        ("2100-01-01 00:00 UTC", "2100-01-01 00:00:00 UTC is still to come"),
        ("when it was fine", "'when it was fine' is not a moment that can be read"),
    ] {
        let refused = stderr(&up.run(&["backups", "restore", "demo", "--at", at]));
        assert!(refused.starts_with(&format!("error: {first}\n")), "{refused}");
        assert_eq!(refused.lines().count(), 3, "{refused}");
    }
    let refused = stderr(&up.run(&["backups", "restore", "demo", "--at", "10 minutes ago"]));
    assert!(refused.contains("pgBackRest"), "{refused}");
    let answer = api(up, Method::POST, "/v1/tenants/demo/restore")
        .json(&json!({ "at": "10 minutes ago" }))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::CONFLICT);
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["code"], "not_configured");
}

#[tokio::test]
async fn who_is_not_there_is_said_and_nothing_is_begun() {
    let up = &*SHARED;
    for arguments in [
        &["list", "nobody"][..],
        &["restore", "nobody"],
        &["copies", "nobody"],
        &["drill", "nobody"],
        &["prune", "--tenant", "nobody", "--dry-run"],
    ] {
        let refused = stderr(&up.run(&[&["backups"], arguments].concat()));
        assert_eq!(refused, "error: There is no tenant 'nobody'.\n", "{arguments:?}");
    }
    let report = up.run(&["backups", "create", "nobody", "--json"]);
    assert_eq!(report.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&report.stdout).unwrap();
    assert_eq!(report["rows"][0]["result"], "failed");
    for body in [json!({ "tenants": ["demo", "nobody"] }), json!({ "tenants": ["no body"] })] {
        let refused = api(up, Method::POST, "/v1/backups").json(&body).send().await.unwrap();
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{body}");
    }
    let status = api(up, Method::GET, "/v1/backups/status").send().await.unwrap();
    let status: Value = status.json().await.unwrap();
    assert_eq!(status["wanted"], 0, "one name that is wrong leaves the others alone: {status}");
}

/// The same request with the same key begins one backup, and who may look may not ask.
#[tokio::test]
async fn asked_twice_it_is_made_once() {
    let up = &*SHARED;
    made(up, "keyed");
    let ask = || {
        let key = "a backup of keyed";
        api(up, Method::POST, "/v1/tenants/keyed/backups?wait=60s")
            .header("idempotency-key", key)
            .json(&json!({ "force": true }))
            .send()
    };
    let (first, again) = (ask().await.unwrap(), ask().await.unwrap());
    let (first, again): (Value, Value) = (first.json().await.unwrap(), again.json().await.unwrap());
    assert_eq!(first["operation"]["id"], again["operation"]["id"], "{again}");
    let told = first["operation"]["events"].to_string();
    assert!(told.contains("wrote the backup: "), "{told}");
    let listed = json(&up.run(&["backups", "list", "keyed", "--json"]));
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);

    let looks = crate::access::hire(up, "looks@example.com", Role::Auditor).await;
    assert_eq!(looks.backup_list("keyed").await.unwrap().items.len(), 1);
    let refused = looks.backup_create("keyed", &cloison_api::CreateBackup::default(), None).await;
    assert!(refused.unwrap_err().to_string().contains("backup.make"));
}

/// On the shared platform: a studio as it was is looked at beside the studio as it is.
#[tokio::test]
async fn a_copy_is_looked_at_under_a_host_of_its_own() {
    let up = &*SHARED;
    let made = made(up, "seen");
    let link = made["operation"]["sign_in_url"].as_str().unwrap();
    let person = Person::by_link(up, "seen", link).await;
    assert_eq!(backup(up, &["seen"]).0, "done");
    add_client(&person).await;

    let inspect = ["backups", "restore", "seen", "--as", "inspect", "--json"];
    let report = json(&up.run(&inspect));
    assert_eq!(report["copy"]["state"], "OPEN", "{report}");
    let (id, copy) = (report["copy"]["id"].as_str().unwrap(), &report["open"]);
    let (url, link) = (copy["url"].as_str().unwrap(), copy["sign_in_url"].as_str().unwrap());
    let host = url.strip_prefix("http://").unwrap().split('.').next().unwrap();
    assert!(host.starts_with("inspect-") && link.starts_with(url), "{report}");

    let stranger = Person::at(up, host);
    assert_eq!(stranger.get("/clients").await.status(), StatusCode::SEE_OTHER);
    let looks = Person::by_link(up, host, link).await;
    assert!(!has_client(&looks).await, "it is as it was then");
    let page = looks.get("/clients").await.text().await.unwrap();
    assert!(page.contains("Ceci est une copie du studio tel qu’il était."), "{page}");
    let refused = looks.post("/clients/new", &[("display_name", CLIENT)]).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let page = looks.get("/settings/export").await.text().await.unwrap();
    assert!(!page.contains("error"), "{page}");
    assert!(has_client(&person).await, "and the studio as it is");

    // Where it is, those know who may restore.
    let auditor = crate::access::hire(up, "copies@example.com", Role::Auditor).await;
    let id_of_opening: uuid::Uuid = copy["id"].as_str().unwrap().parse().unwrap();
    let seen = auditor.operation_fetch(id_of_opening).await.unwrap();
    assert_eq!((seen.url, seen.sign_in_url), (None, None));

    let told = stdout(&up.run(&["backups", "open", "seen", "--copy", id]));
    assert!(told.starts_with("seen as it was at "), "{told}");
    assert!(told.contains("/sign-in/") && !told.contains(host), "another host: {told}");
    assert_eq!(looks.get("/clients").await.status(), StatusCode::NOT_FOUND);
    let told = stdout(&up.run(&["backups", "close", "seen", "--copy", id]));
    assert!(told.starts_with("Nobody gets into that copy of seen any more."), "{told}");
    let refused = stderr(&up.run(&["backups", "close", "seen", "--copy", id]));
    assert!(refused.starts_with("error: That copy of seen is not open"), "{refused}");
    let refused = stderr(&up.run(&["tenants", "create", host, "--owner-email", "a@example.com"]));
    assert!(refused.contains("reserved for the platform"), "{refused}");
}
