//! Starting, stopping, being killed, and starting again.

use std::net::TcpStream;
use std::process::Stdio;

use reqwest::StatusCode;

use crate::http::{Person, client};
use crate::up::{Up, cloison, fresh_data_dir};

#[tokio::test]
async fn a_second_start_finds_everything_as_it_was() {
    let first = Up::start(&fresh_data_dir(), &["--demo"]);
    let person = Person::by_link(&first, "demo", &first.sign_in_url("demo")).await;
    let booked = person.get("/calendar").await.text().await.unwrap();
    let (cookie, token) = (person.cookie, first.token.clone());
    let data_dir = first.stop();

    let second = Up::start(&data_dir, &["--demo"]);
    assert_eq!(second.token, token);
    let doctor = second.run(&["doctor"]);
    let told = String::from_utf8(doctor.stdout).unwrap();
    let well = told.lines().count() == 1 && told.starts_with("nothing left to do: ");
    assert!(doctor.status.success() && well, "what `up` sets is as it should be: {told}");
    let mut person = Person::at(&second, "demo");
    person.cookie = cookie;
    let again = person.get("/calendar").await;
    assert_eq!(again.status(), StatusCode::OK, "the sign-in is still good");
    assert_eq!(
        blocks(&again.text().await.unwrap()),
        blocks(&booked),
        "no demo session was made twice"
    );
    // And there is a fresh link for who needs one.
    Person::by_link(&second, "lantern", &second.sign_in_url("lantern")).await;
    second.stop();
}

/// How many sessions a calendar page links to.
fn blocks(page: &str) -> usize {
    page.matches("href=\"/sessions/").count()
}

#[tokio::test]
async fn after_a_kill_the_clusters_are_picked_up() {
    let first = Up::start(&fresh_data_dir(), &["--demo"]);
    let control_port = first.control_port();
    let data_dir = first.kill();
    assert!(
        TcpStream::connect(("127.0.0.1", control_port)).is_ok(),
        "a killed process leaves its clusters"
    );

    let second = Up::start(&data_dir, &["--demo"]);
    assert_eq!(second.control_port(), control_port);
    let answer = client().get(second.url("demo.localhost")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    second.stop();
    assert!(
        TcpStream::connect(("127.0.0.1", control_port)).is_err(),
        "stopping stops the clusters"
    );
}

#[tokio::test]
async fn several_servers_in_several_regions() {
    let up = Up::start(&fresh_data_dir(), &["--servers", "eu-1:eu,us-1:us"]);
    for (subdomain, region, server) in [("paris", "eu", "eu-1"), ("austin", "us", "us-1")] {
        let made = up.run(&[
            "tenants",
            "create",
            subdomain,
            "--owner-email",
            "kim@example.com",
            "--region",
            region,
        ]);
        assert!(made.status.success(), "{made:?}");
        let shown = up.run(&["tenants", "show", subdomain]);
        assert!(String::from_utf8(shown.stdout).unwrap().contains(server));
    }
    // Without saying so again, both are started again.
    let data_dir = up.stop();
    let up = Up::start(&data_dir, &[]);
    let listed = String::from_utf8(up.run(&["tenants", "list"]).stdout).unwrap();
    assert!(listed.contains("us-1") && listed.contains("eu-1"), "{listed}");
    let status = reqwest_status(&up, "austin").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    up.stop();
}

async fn reqwest_status(up: &Up, subdomain: &str) -> StatusCode {
    let host = format!("{subdomain}.localhost");
    client()
        .get(format!("http://127.0.0.1:{}/", up.port))
        .header("host", host)
        .send()
        .await
        .unwrap()
        .status()
}

#[test]
fn a_port_in_use_is_said_before_anything_starts() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let data_dir = fresh_data_dir();
    let ended =
        cloison(&data_dir).args(["up", "--port", &port]).stdin(Stdio::null()).output().unwrap();
    assert!(!ended.status.success());
    let words = String::from_utf8(ended.stderr).unwrap();
    assert!(words.starts_with(&format!("error: cannot listen on port {port}")), "{words}");
    assert!(words.contains("--port"), "{words}");
    assert!(words.lines().count() <= 3, "{words}");
    assert!(!data_dir.join("clusters").exists());
}

#[test]
fn two_at_once_on_one_data_directory_are_refused() {
    let up = Up::start(&fresh_data_dir(), &[]);
    let ended = cloison(&up.data_dir)
        .args(["up", "--port", "0", "--ops-port", "0"])
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(!ended.status.success());
    let words = String::from_utf8(ended.stderr).unwrap();
    assert!(words.contains(&up.pid().to_string()), "it says who has it: {words}");
    up.stop();
}
