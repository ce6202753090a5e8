//! What an operator sees of a process's connections. On a platform of its own, where nobody else makes requests.

use std::io::Read;
use std::process::{Child, Stdio};

use reqwest::{Client, Method, StatusCode};
use serde_json::Value;

use crate::http::{api, client, fetch};
use crate::output::stderr;
use crate::up::{SHARED, Up, cloison, fresh_data_dir};

/// Everybody may see it, and it takes one connection.
async fn visit(visitor: &Client, up: &Up, studio: &str) {
    let url = up.url(&format!("{studio}.localhost"));
    let page = visitor.get(format!("{url}/sign-in")).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
}

/// Visits for as long as the program runs, and answers what it has printed.
async fn visit_during(mut program: Child, up: &Up, studio: &str) -> String {
    let visitor = client();
    let ended = loop {
        visit(&visitor, up, studio).await;
        if let Some(ended) = program.try_wait().unwrap() {
            break ended;
        }
    };
    assert!(ended.success());
    let mut printed = String::new();
    program.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
    printed
}

fn top(up: &Up, arguments: &[&str]) -> Child {
    let mut command = cloison(&up.data_dir);
    command.args(["router", "top", "--once"]).args(arguments);
    command.stdout(Stdio::piped()).spawn().unwrap()
}

/// What stands under a heading in the line that begins with this name.
fn cell<'a>(text: &'a str, first: &str, heading: &str, name: &str) -> &'a str {
    let mut lines = text.lines().skip_while(|it| !it.starts_with(first));
    let headings: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    let line = lines.find(|it| it.split_whitespace().next() == Some(name));
    let line = line.unwrap_or_else(|| panic!("no {name} in:\n{text}"));
    // Columns are two blanks apart, and a cell may have one.
    let cells: Vec<&str> = line.split("  ").map(str::trim).filter(|it| !it.is_empty()).collect();
    cells[headings.iter().position(|it| *it == heading).unwrap()]
}

fn of<'a>(report: &'a Value, list: &str, name: &str, value: &str) -> Option<&'a Value> {
    report[list].as_array().unwrap().iter().find(|it| it[name] == value)
}

fn acquires(server: &Value) -> u64 {
    server["acquire"]["counts"].as_array().unwrap().iter().map(|it| it.as_u64().unwrap()).sum()
}

#[tokio::test]
async fn requests_are_counted_and_shown_while_they_are_made() {
    let up = Up::start(&fresh_data_dir(), &["--demo"]);
    let visitor = client();
    visit(&visitor, &up, "demo").await;
    let before = fetch(&up, "/v1/router").await;
    for _ in 0..20 {
        visit(&visitor, &up, "demo").await;
    }
    let now = fetch(&up, "/v1/router").await;
    assert_eq!(before["process"]["started_at"], now["process"]["started_at"]);
    assert!(before["process"]["uptime_us"].as_u64() < now["process"]["uptime_us"].as_u64());
    let (server, server_before) = (&now["servers"][0], &before["servers"][0]);
    let name = server["server"].as_str().unwrap();
    assert_eq!(acquires(server) - acquires(server_before), 20, "{now}");
    // As many as one tenant may have, at most: they are used again.
    let connects = server["connects"].as_u64().unwrap();
    assert!((1..=server["budget"].as_u64().unwrap() / 4).contains(&connects), "{now}");
    let demo = |report: &Value| of(report, "tenants", "subdomain", "demo").cloned().unwrap();
    let grown =
        |what: &str| demo(&now)[what].as_u64().unwrap() - demo(&before)[what].as_u64().unwrap();
    assert_eq!(grown("acquires"), 20, "{now}");
    assert!(grown("held_us") > 0, "{now}");
    assert!(of(&now, "tenants", "subdomain", "lantern").is_none(), "nobody asked for it: {now}");
    let nodes = now["nodes"].as_array().unwrap();
    assert_eq!((nodes.len(), &nodes[0]["name"]), (1, &now["process"]["name"]), "{now}");
    let leased = &nodes[0]["servers"][0];
    assert_eq!((&leased["server"], &leased["seats"]), (&server["server"], &server["budget"]));
    assert_eq!(now["bring_ups"]["brought_up"], 0, "every tenant is made at the newest schema");
    let one = fetch(&up, "/v1/router?limit=1").await;
    assert_eq!(one["tenants"].as_array().unwrap().len(), 1);
    let asked = api(&up, Method::GET, "/v1/router?limit=101").send().await.unwrap();
    assert_eq!(asked.status(), StatusCode::BAD_REQUEST);

    let text = visit_during(top(&up, &[]), &up, "demo").await;
    assert!(!text.contains('\u{1b}'), "{text}");
    assert!(text.contains("\nNothing is wrong: "), "{text}");
    assert_eq!(cell(&text, "SERVER", "STATE", name), "up");
    let budget = server["budget"].to_string();
    assert_eq!(cell(&text, "SERVER", "SEATS", name), budget);
    let rate = |first: &str, name: &str| cell(&text, first, "ACQUIRES/S", name).parse::<f64>();
    assert!(rate("SERVER", name).unwrap() >= 1.0, "{text}");
    assert!(rate("TENANT", "demo").unwrap() >= 1.0, "{text}");
    assert!(cell(&text, "SERVER", "P99", name).starts_with('≤'), "{text}");
    let node = format!("\n{} ", now["process"]["name"].as_str().unwrap());
    assert!(text.contains(&node), "{text}");

    // A tenant that comes is shown with what it cost: its first connection.
    let json = visit_during(top(&up, &["--json", "--interval", "2s"]), &up, "lantern").await;
    let view: Value = serde_json::from_str(&json).unwrap();
    let lantern = of(&view, "tenants", "subdomain", "lantern").unwrap();
    assert!(lantern["interval"]["acquires"]["count"].as_u64().unwrap() > 1, "{view}");
    let idle_before = of(&view, "tenants", "subdomain", "demo").unwrap();
    assert_eq!(idle_before["interval"]["acquires"]["count"], 0, "{view}");
    let interval_us = view["interval_us"].as_u64().unwrap();
    assert!((1_500_000..10_000_000).contains(&interval_us), "{view}");
    up.stop();
}

#[test]
fn without_a_command_it_shows_its_help() {
    let shown = SHARED.run(&["router"]);
    let help = stderr(&shown);
    assert!(help.contains("Usage: cloison router") && help.contains("top"), "{help}");
    let refused = stderr(&SHARED.run(&["router", "top", "--interval", "1"]));
    assert!(refused.contains("say it with its unit, as in `1s`"), "{refused}");
}
