//! From a header to the log, to an operation, to a collector: one trace.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use cloison_router::{Directory as _, Key};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::collector::Collector;
use crate::http::{Person, api, client, eventually, eventually_some};
use crate::output::{json, stderr};
use crate::up::{SHARED, Up, cloison, fresh_data_dir};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const ABOVE: &str = "00f067aa0ba902b7";

/// Logs to a file, as it is told to.
fn start(data_dir: &Path, log: &Path, environment: &[(&str, &str)]) -> Up {
    let mut command = cloison(data_dir);
    command.stderr(fs::File::create(log).unwrap()).envs(environment.iter().copied());
    Up::start_as(data_dir, &[], command)
}

/// Those of one trace, of a log in JSON.
fn lines(log: &Path, trace: &str) -> Vec<Value> {
    let text = fs::read_to_string(log).unwrap();
    let lines = text.lines().map(|it| serde_json::from_str::<Value>(it).unwrap());
    lines.filter(|it| it["trace_id"] == trace).collect()
}

fn traceparent(response: &Response) -> (String, String) {
    let header = response.headers()["traceparent"].to_str().unwrap();
    let parts: Vec<&str> = header.split('-').collect();
    assert_eq!((parts[0], parts[3], parts.len()), ("00", "01", 4), "{header}");
    (parts[1].to_owned(), parts[2].to_owned())
}

#[tokio::test]
async fn an_order_is_followed_from_its_header_to_the_last_step() {
    let (data_dir, collector) = (fresh_data_dir(), Collector::start());
    let log = data_dir.join("log");
    let environment = [
        ("CLOISON_LOG", "info"),
        ("CLOISON_LOG_FORMAT", "json"),
        ("CLOISON_OTLP_ENDPOINT", &*collector.endpoint),
    ];
    let up = start(&data_dir, &log, &environment);
    let header = format!("00-{TRACE}-{ABOVE}-01");
    let order = json!({ "subdomain": "blue", "name": "Blue", "owner_email": "kim@example.com" });
    let ordered = api(&up, Method::POST, "/v1/tenants?wait=60s").header("traceparent", &header);
    let ordered = ordered.json(&order).send().await.unwrap();
    assert_eq!(ordered.status(), 200);
    let (trace, request) = traceparent(&ordered);
    assert_eq!(trace, TRACE);
    assert_ne!(request, ABOVE);
    let operation = ordered.json::<Value>().await.unwrap()["operation"].clone();
    assert_eq!(operation["trace_id"], TRACE);
    let id = operation["id"].as_str().unwrap();
    let shown = up.run(&["operations", "show", id]);
    assert!(String::from_utf8(shown.stdout).unwrap().contains(TRACE));

    let of_trace = async || {
        let mut spans = collector.spans();
        spans.retain(|it| it.trace() == TRACE);
        // The request ends last: it has waited for the others.
        spans.iter().any(|it| it.name() == "POST /v1/tenants").then_some(spans)
    };
    let spans = eventually_some("the spans arrive", of_trace).await;
    let named = |name: &str| {
        spans.iter().find(|it| it.name() == name).unwrap_or_else(|| panic!("there is no {name}"))
    };
    let asked = named("POST /v1/tenants");
    assert_eq!((asked.id(), asked.parent()), (request.clone(), ABOVE.to_owned()));
    assert_eq!(asked.get("http.response.status_code"), "200");
    let worked = named("operation provision");
    assert_eq!(worked.parent(), request);
    assert_eq!((&*worked.get("cloison.tenant"), &*worked.get("cloison.operation")), ("blue", id));
    assert_eq!(worked.get("cloison.outcome"), "DONE");
    let step = named("step write_first_data");
    assert_eq!(step.parent(), worked.id());
    assert_eq!((&*step.get("cloison.tenant"), &*step.get("cloison.outcome")), ("blue", "done"));

    let lines = lines(&log, TRACE);
    let [done, answered] = &lines[..] else { panic!("{lines:#?}") };
    assert_eq!((&done["operation"], &done["tenant"]), (&json!(id), &json!("blue")));
    assert_eq!(
        (&answered["route"], &answered["span_id"]),
        (&json!("/v1/tenants"), &json!(request))
    );

    // A request to a studio knows whose it is; the path of nobody is never told.
    let page = Person::at(&up, "blue").get("/sign-in?next=%2Fcalendar").await;
    let (trace, _) = traceparent(&page);
    let found = async || collector.spans().into_iter().find(|it| it.trace() == trace);
    let visit = eventually_some("the visit arrives", found).await;
    assert_eq!((visit.name(), &*visit.get("cloison.tenant")), ("GET /sign-in", "blue"));
    assert_eq!(visit.parent(), "");
    // What is still waiting is sent before the end.
    let last = traceparent(&Person::at(&up, "blue").get("/sign-in").await).0;
    up.stop();
    assert!(collector.spans().iter().any(|it| it.trace() == last));
}

#[tokio::test]
async fn what_is_no_traceparent_is_as_good_as_none() {
    for header in ["", "nonsense", &format!("00-{}-{ABOVE}-01", TRACE.to_uppercase())] {
        let asked = client().get(SHARED.url("demo.localhost")).header("traceparent", header);
        let answer = asked.send().await.unwrap();
        assert!(answer.status().is_redirection(), "{header}");
        assert_ne!(traceparent(&answer).0, TRACE);
    }
    let unsampled = format!("00-{TRACE}-{ABOVE}-00");
    let asked = client().get(SHARED.url("demo.localhost")).header("traceparent", unsampled);
    let answer = asked.send().await.unwrap();
    let header = answer.headers()["traceparent"].to_str().unwrap();
    assert!(header.starts_with(&format!("00-{TRACE}-")) && header.ends_with("-00"), "{header}");
}

#[tokio::test]
async fn who_is_refused_is_told_where_it_is_in_the_log() {
    let refused = api(&SHARED, Method::GET, "/v1/tenants/nobody-at-all").send().await.unwrap();
    let (trace, _) = traceparent(&refused);
    let problem: Value = refused.json().await.unwrap();
    assert_eq!((&problem["code"], &problem["trace_id"]), (&json!("not_found"), &json!(trace)));
}

#[tokio::test]
async fn a_failure_of_ours_can_be_quoted() {
    let data_dir = fresh_data_dir();
    let log = data_dir.join("log");
    let up = start(&data_dir, &log, &[("CLOISON_LOG_FORMAT", "json")]);
    let made = up.run(&["tenants", "create", "blue", "--owner-email", "kim@example.com", "--json"]);
    let link = json(&made)["operation"]["sign_in_url"].as_str().unwrap().to_owned();
    let person = Person::by_link(&up, "blue", &link).await;
    let route =
        up.control().fetch(&Key::Subdomain("blue".parse().unwrap())).await.unwrap().unwrap();
    let tenant = Up::superuser(&up.server_home(), route.database.as_str()).await;
    tenant.simple_query("alter table clients rename to lost").await.unwrap();
    let page = person.get("/clients").await;
    assert_eq!(page.status(), 500);
    let (trace, _) = traceparent(&page);
    let text = page.text().await.unwrap();
    assert!(text.contains(&trace), "the page names it: {text}");
    let [line] = &lines(&log, &trace)[..] else { panic!("one line tells of {trace}") };
    assert_eq!((&line["tenant"], &line["code"]), (&json!("blue"), &json!("42P01")));

    let home = cloison_local_postgres::Cluster::home_of(&data_dir.join("clusters/control"));
    let control = Up::superuser(&home, cloison_catalog::DATABASE).await;
    control.simple_query("alter table plans rename to lost").await.unwrap();
    let words = stderr(&up.run(&["plans", "list"]));
    let (_, trace) = words.trim_end().rsplit_once("in the log it has trace_id ").unwrap();
    assert!(words.lines().count() <= 3, "{words}");
    let [line] = &lines(&log, trace)[..] else { panic!("one line tells of {trace}") };
    assert_eq!(line["level"], "ERROR");
}

#[tokio::test]
async fn a_collector_that_hangs_delays_nobody() {
    let (data_dir, hangs) = (fresh_data_dir(), TcpListener::bind("127.0.0.1:0").unwrap());
    let (log, endpoint) = (data_dir.join("log"), format!("http://{}", hangs.local_addr().unwrap()));
    let up = start(&data_dir, &log, &[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]);
    let visit = async || {
        let answer = client().get(up.url("localhost")).send().await.unwrap();
        answer.status() == 200
    };
    assert!(visit().await);
    // It has a batch now, and will never answer.
    let (_stream, _) = tokio::task::spawn_blocking(move || hangs.accept()).await.unwrap().unwrap();
    let began = Instant::now();
    for _ in 0..100 {
        assert!(visit().await);
    }
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    let began = Instant::now();
    up.stop();
    let took = began.elapsed();
    // Three seconds for the collector; the rest is what stopping takes.
    assert!(took < Duration::from_secs(13), "{took:?}");
    let said = fs::read_to_string(&log).unwrap();
    assert_eq!(said.matches("the collector did not take the last spans").count(), 1, "{said}");
}

#[tokio::test]
async fn a_collector_that_is_away_is_spoken_of_once() {
    let data_dir = fresh_data_dir();
    let log = data_dir.join("log");
    let up = start(&data_dir, &log, &[("CLOISON_OTLP_ENDPOINT", "http://127.0.0.1:1")]);
    let said = || fs::read_to_string(&log).unwrap().matches("takes no spans").count();
    eventually("it is said", async || {
        client().get(up.url("localhost")).send().await.unwrap();
        said() > 0
    })
    .await;
    client().get(up.url("localhost")).send().await.unwrap();
    // The last batch is tried at the end.
    up.stop();
    assert_eq!(said(), 1);
}
