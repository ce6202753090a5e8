//! The folder of the control database is gone, and with it everything that says whose databases there are.

use std::path::Path;
use std::sync::Arc;

use cloison_archive::{DirectoryKeystore, Patience, S3Options, Store, StoreSettings};
use cloison_control::backups::{self, Backups};
use cloison_control::control_backup;
use cloison_local_postgres::Cluster;
use jiff::Timestamp;
use reqwest::StatusCode;
use serde_json::Value;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::http::{Person, eventually};
use crate::output::{json, stderr, stdout};
use crate::up::{Up, cloison, fresh_data_dir};

/// Makes a studio with a client of its own, and answers the cookie of its owner.
async fn studio(up: &Up, subdomain: &str) -> Option<String> {
    let options = ["--name", "Le Large", "--owner-email", "robin@example.com", "--json"];
    let made = json(&up.run(&[&["tenants", "create", subdomain], &options[..]].concat()));
    let link = made["operation"]["sign_in_url"].as_str().unwrap();
    let person = Person::by_link(up, subdomain, link).await;
    let client = format!("Client of {subdomain}");
    let saved = person.post("/clients/new", &[("display_name", &client)]).await;
    assert_eq!(saved.status(), StatusCode::SEE_OTHER);
    person.cookie.clone()
}

/// The client of a studio is seen by whoever was signed in before all this.
async fn is_alive(up: &Up, subdomain: &str, cookie: Option<String>) {
    let mut person = Person::at(up, subdomain);
    person.cookie = cookie;
    eventually("the studio answers with its data", async || {
        let page = person.get("/clients").await;
        page.text().await.unwrap().contains(&format!("Client of {subdomain}"))
    })
    .await;
}

fn safe(data_dir: &Path) -> Backups {
    let settings = StoreSettings {
        location: data_dir.join("backups").to_str().unwrap().parse().unwrap(),
        s3: S3Options::default(),
        credentials: None,
        patience: Patience::default(),
    };
    let store = Store::open(&settings, &TaskTracker::new()).unwrap();
    let keystore = DirectoryKeystore::open_or_make(&data_dir.join("keys")).unwrap();
    Backups::new(store, Arc::new(keystore))
}

async fn one<T: for<'a> tokio_postgres::types::FromSql<'a>>(up: &Up, query: &str) -> T {
    let client = up.control().catalog.client().await.unwrap();
    client.query_one(query, &[]).await.unwrap().get(0)
}

#[tokio::test]
async fn a_lost_control_database_comes_back_with_all_who_live_and_none_who_was_erased() {
    let up = Up::start_without_spares(&fresh_data_dir(), &[]);
    let data_dir = up.data_dir.clone();
    let blue = studio(&up, "blue").await;
    let rose = studio(&up, "rose").await;
    studio(&up, "doomed").await;
    let backups = safe(&data_dir);
    control_backup::back_up(&up.control(), &backups, Timestamp::now()).await.unwrap();

    // All that follows, the backup does not know.
    let late = studio(&up, "late").await;
    backups::want(&up.control(), &["late".parse().unwrap()]).await.unwrap();
    eventually("the later studio is backed up", async || {
        let made = "select exists (select from backups join organizations on organizations.id = organization_id where subdomain = 'late')";
        one::<bool>(&up, made).await
    })
    .await;
    let doomed: Uuid = one(&up, "select id from organizations where subdomain = 'doomed'").await;
    let erased = up.run(&["tenants", "erase", "doomed", "--confirm", "doomed", "--now", "--json"]);
    assert!(erased.status.success(), "{erased:?}");
    assert!(data_dir.join(format!("backups/erasures/{doomed}.json")).is_file());
    up.stop();
    Cluster::remove(&data_dir.join("clusters/control")).unwrap();

    let anew = cloison(&data_dir).args(["up", "--port", "0", "--ops-port", "0"]).output().unwrap();
    assert!(!anew.status.success());
    let why = stderr(&anew);
    assert!(why.contains("3 databases of tenants") && why.contains("cloison recover"), "{why}");

    let listed = cloison(&data_dir).args(["recover", "--list"]).output().unwrap();
    assert!(stdout(&listed).contains("signed and unaltered"), "{listed:?}");
    let recovered = cloison(&data_dir).args(["recover", "--all-stopped"]).output().unwrap();
    let said = stdout(&recovered);
    assert!(said.contains("It knows 3 tenants. The next number is 5"), "{said}");
    assert!(said.contains("doomed: was erased at") && said.contains("and stays so"), "{said}");
    assert!(said.contains("late: made after the backup; its database studio_4_db"), "{said}");
    assert!(said.contains("Nothing else is left to do."), "{said}");

    let again = cloison(&data_dir).args(["recover", "--all-stopped"]).output().unwrap();
    assert!(stderr(&again).contains("it has 3 tenants"), "{again:?}");

    let up = Up::start_without_spares(&data_dir, &[]);
    for (subdomain, cookie) in [("blue", blue), ("rose", rose), ("late", late)] {
        is_alive(&up, subdomain, cookie).await;
    }
    let nobody = Person::at(&up, "doomed").get("/clients").await;
    assert_eq!(nobody.status(), StatusCode::NOT_FOUND);
    let tenants: Value = json(&up.run(&["tenants", "list", "--json"]));
    let subdomains: Vec<_> = tenants["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["subdomain"].as_str().unwrap())
        .collect();
    assert_eq!(subdomains, ["blue", "late", "rose"]);
    studio(&up, "next").await;
    let number: i64 = one(&up, "select number from organizations where subdomain = 'next'").await;
    assert_eq!(number, 5);
    let doctor = up.run(&["doctor"]);
    assert!(doctor.status.success(), "{doctor:?}");
    let entry = stdout(&up.run(&["audit", "list"]));
    assert!(entry.contains("control_database.recover"), "{entry}");
}
