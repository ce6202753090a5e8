//! Processes on one control database share the connections of its server, and a killed one does not keep them.

use std::collections::BTreeMap;

use cloison_control::{Control, seats};
use cloison_testkit::free_port;
use reqwest::StatusCode;

use crate::http::{client, eventually};
use crate::serve::Beside;
use crate::up::{Up, fresh_data_dir};

/// Seats by the number of the process.
async fn leased(control: &Control) -> BTreeMap<u32, i32> {
    let client = control.catalog.client().await.unwrap();
    let number = |name: &str| {
        let (_, process) = name.split_once('/').unwrap();
        process.split(' ').next().unwrap().parse().unwrap()
    };
    let leased = seats::list(&client).await.unwrap();
    leased.iter().map(|it| (number(&it.name), it.seats)).collect()
}

fn serve(up: &Up) -> (Beside, String) {
    let (port, ops_port) = (free_port().to_string(), free_port().to_string());
    let beside = Beside::start(up, &["serve", "--port", &port, "--ops-port", &ops_port]);
    (beside, format!("http://127.0.0.1:{port}/sign-in"))
}

#[tokio::test]
async fn a_killed_process_leaves_its_seats_to_the_others() {
    let up = Up::start(&fresh_data_dir(), &["--demo"]);
    let control = up.control();
    assert_eq!(leased(&control).await, BTreeMap::from([(up.pid(), 100)]));

    let (first, _) = serve(&up);
    let (second, second_url) = serve(&up);
    let all = [up.pid(), first.id(), second.id()];
    eventually("three share a hundred", async || {
        let leased = leased(&control).await;
        let sum: i32 = leased.values().sum();
        assert!(sum <= 100, "{leased:?}");
        sum == 100 && all.iter().all(|it| (32..=35).contains(&leased[it]))
    })
    .await;
    let page = client().get(&second_url).header("host", "demo.localhost").send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);

    first.kill();
    eventually("two share a hundred", async || {
        let leased = leased(&control).await;
        let sum: i32 = leased.values().sum();
        assert!(sum <= 100, "{leased:?}");
        leased.len() == 2 && leased.values().all(|it| *it == 50)
    })
    .await;

    second.kill();
    let (third, third_url) = serve(&up);
    let leased_now = leased(&control).await;
    assert!(
        !leased_now.contains_key(&all[2]),
        "whoever starts on its machine sees that it is dead"
    );
    assert!(leased_now.contains_key(&third.id()));
    let page = client().get(&third_url).header("host", "demo.localhost").send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);

    third.kill();
    let again = Up::start(&up.kill(), &[]);
    let control = again.control();
    assert_eq!(leased(&control).await, BTreeMap::from([(again.pid(), 100)]), "at once");
}
