//! The program is killed while tenants are made, and asked again with the same keys: in the end each is there, once. And while they
//! are migrated: in the end each has had each file, once.
//!
//! `cargo xtask torture provision` does the same at length, and at moments that are really random.

use std::sync::atomic::{AtomicBool, Ordering};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::fleet::Fleet;
use crate::http::{api, client, eventually_some};
use crate::output::json as printed;
use crate::up::{Up, fresh_data_dir};

const SEED: u64 = 7;
const TENANTS: usize = 24;
const KILLS: usize = 3;

fn subdomain(number: usize) -> String {
    format!("studio-{number}")
}

fn create(up: &Up, number: usize) -> RequestBuilder {
    let subdomain = subdomain(number);
    let tenant =
        json!({ "subdomain": subdomain, "name": "A studio", "owner_email": "kim@example.com" });
    api(up, Method::POST, "/v1/tenants").header("idempotency-key", subdomain).json(&tenant)
}

/// How many tenants are ready.
async fn ready(up: &Up) -> Option<usize> {
    let answer = api(up, Method::GET, "/v1/tenants").send().await.ok()?;
    let page: Value = answer.json().await.ok()?;
    let items = page["items"].as_array()?;
    Some(items.iter().filter(|it| it["infrastructure"] == "READY").count())
}

#[tokio::test]
async fn killed_again_and_again_it_makes_each_tenant_once() {
    let data_dir = fresh_data_dir();
    let mut dice = StdRng::seed_from_u64(SEED);
    for kill in 0..KILLS {
        let up = Up::start(&data_dir, &[]);
        // The moment is one of progress and not of time.
        let until = ready(&up).await.unwrap() + dice.random_range(1..=TENANTS / (KILLS + 1));
        let is_over = AtomicBool::new(false);
        let calls = async {
            for number in 0..TENANTS {
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
                let answer = create(&up, number).send().await.unwrap();
                assert!(answer.status().is_success(), "seed {SEED}: {}", answer.status());
            }
        };
        let progress = async {
            let what = format!("seed {SEED}, kill {kill}: {until} are ready");
            eventually_some(&what, async || ready(&up).await.filter(|it| *it >= until)).await;
            is_over.store(true, Ordering::Relaxed);
        };
        tokio::join!(calls, progress);
        up.kill();
    }

    let up = Up::start(&data_dir, &[]);
    for number in 0..TENANTS {
        let answer = create(&up, number).send().await.unwrap();
        assert!(answer.status().is_success(), "seed {SEED}: {}", answer.status());
    }
    let what = format!("seed {SEED}: all are ready");
    eventually_some(&what, async || ready(&up).await.filter(|it| *it == TENANTS)).await;
    check(&up).await;
    up.stop();
}

/// Cannot be run twice, and takes long enough to be met half-way.
const TWICE: (&str, &str) = (
    "0009_twice.sql",
    "-- phase: expand\ncreate table twice (id bigint primary key);\nselect pg_sleep(0.1);\n",
);
/// Leaves an invalid index behind where it is cut off.
const APART: (&str, &str) = (
    "0010_apart.sql",
    "-- phase: expand
-- no-transaction
create index concurrently if not exists clients_country_index on clients (country);
",
);

/// How many tenants the rollout has behind it.
async fn migrated(up: &Up) -> Option<u64> {
    let rollout: Value =
        api(up, Method::GET, "/v1/rollouts/1").send().await.ok()?.json().await.ok()?;
    let waves = rollout["waves"].as_array()?;
    Some(waves.iter().filter_map(|it| it["done"].as_u64()).sum())
}

#[tokio::test]
async fn killed_again_and_again_it_migrates_each_tenant_once() {
    const STUDIOS: u64 = 16;
    let mut fleet = Fleet::start_empty();
    for number in 0..STUDIOS {
        let path = "/v1/tenants?wait=30s";
        let subdomain = subdomain(usize::try_from(number).unwrap());
        let tenant =
            json!({ "subdomain": subdomain, "name": "A studio", "owner_email": "kim@example.com" });
        let made = api(&fleet.up, Method::POST, path).json(&tenant).send().await.unwrap();
        assert!(made.status().is_success(), "{}", made.status());
    }
    fleet.put(TWICE);
    fleet.put(APART);
    fleet.told(&["rollout", "--skip-shadow", "--per-server", "2", "--no-wait"]);
    let mut dice = StdRng::seed_from_u64(SEED);
    let mut until = 0;
    for kill in 0..KILLS {
        until = (until + dice.random_range(1..=4)).max(migrated(&fleet.up).await.unwrap());
        let what = format!("seed {SEED}, kill {kill}: {until} are migrated");
        eventually_some(&what, async || migrated(&fleet.up).await.filter(|it| *it >= until)).await;
        fleet = fleet.kill_and_start();
    }
    let what = format!("seed {SEED}: all are migrated");
    eventually_some(&what, async || {
        let rollout = fleet.told(&["show", "1"]);
        rollout.starts_with("Rollout 1: version 8 to 10, done\n").then_some(())
    })
    .await;
    assert_eq!(migrated(&fleet.up).await, Some(STUDIOS));
    let status = printed(&fleet.run(&["status", "--json"]));
    assert_eq!(
        status["versions"],
        json!([{ "version": 10, "tenants": STUDIOS, "quarantined": 0, "under_way": 0 }])
    );
    let report = printed(&fleet.run(&["drift", "--refresh", "--all", "--json"]));
    assert_eq!(report["schemas"].as_array().unwrap().len(), 1, "{report}");
    fleet.up.stop();
}

async fn check(up: &Up) {
    for number in 0..TENANTS {
        let host = format!("{}.localhost", subdomain(number));
        let url = format!("http://127.0.0.1:{}/sign-in", up.port);
        let answer = client().get(url).header("host", host).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "seed {SEED}: {number}");
    }
    // Spares are made as well; the doctor tells what belongs to nobody, and what has stopped half-way.
    let found = eventually_some("the doctor finds nothing", async || {
        let report = up.run(&["doctor", "--json"]);
        let value: Value = serde_json::from_slice(&report.stdout).ok()?;
        value["findings"].as_array()?.is_empty().then_some(value)
    })
    .await;
    assert_eq!(found["tenants"], TENANTS, "seed {SEED}");
    let page = api(up, Method::GET, "/v1/operations").send().await.unwrap();
    let page: Value = page.json().await.unwrap();
    let provisions =
        page["items"].as_array().unwrap().iter().filter(|it| it["kind"] == "provision");
    assert_eq!(provisions.count(), TENANTS, "seed {SEED}: a key is good for one operation");
}
