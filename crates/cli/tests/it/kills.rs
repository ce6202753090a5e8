//! The program is killed while tenants are made, and asked again with the same keys: in the end each is there, once.
//!
//! `cargo xtask torture provision` does the same at length, and at moments that are really random.

use std::sync::atomic::{AtomicBool, Ordering};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

use crate::http::{api, client, eventually_some};
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
