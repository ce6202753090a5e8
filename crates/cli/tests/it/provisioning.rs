//! `POST /v1/tenants`, as a program calls it.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::http::{Person, api, client};
use crate::up::SHARED;

fn tenant(subdomain: &str) -> Value {
    json!({ "subdomain": subdomain, "name": "A studio", "region": "eu", "plan": "standard", "owner_email": "kim@example.com" })
}

#[tokio::test]
async fn a_tenant_is_made_and_its_owner_gets_in() {
    let up = &*SHARED;
    let answer =
        api(up, Method::POST, "/v1/tenants?wait=30s").json(&tenant("blue")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let body: Value = answer.json().await.unwrap();
    let operation = &body["operation"];
    assert_eq!(operation["state"], "DONE");
    assert_eq!(operation["url"], up.url("blue.localhost"));

    let person = Person::by_link(up, "blue", operation["sign_in_url"].as_str().unwrap()).await;
    let page = person.get("/calendar").await.text().await.unwrap();
    assert!(page.contains("Studio A") && page.contains("Studio B"), "the first rooms are there");

    let shown: Value =
        api(up, Method::GET, "/v1/tenants/blue").send().await.unwrap().json().await.unwrap();
    assert_eq!(
        (&shown["access"], &shown["infrastructure"], &shown["billing"]),
        (&json!("FULL"), &json!("READY"), &json!("TRIALING"))
    );

    // The link worked once.
    let path =
        reqwest::Url::parse(operation["sign_in_url"].as_str().unwrap()).unwrap().path().to_owned();
    let again = Person::at(up, "blue").post(&path, &[("password", crate::http::PASSWORD)]).await;
    assert!(
        again
            .headers()
            .get("set-cookie")
            .is_none_or(|it| !it.to_str().unwrap().contains("__Host-cloison="))
    );

    let duplicate =
        api(up, Method::POST, "/v1/tenants?wait=30s").json(&tenant("blue")).send().await.unwrap();
    assert_eq!(duplicate.status(), StatusCode::CONFLICT);
    assert_eq!(duplicate.headers()["content-type"], "application/problem+json");
    let problem: Value = duplicate.json().await.unwrap();
    assert_eq!(problem["code"], "subdomain_taken");
}

#[tokio::test]
async fn without_waiting_it_is_accepted_and_can_be_followed() {
    let up = &*SHARED;
    let answer =
        api(up, Method::POST, "/v1/tenants").json(&tenant("followed")).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let location = answer.headers()["location"].to_str().unwrap().to_owned();
    let operation: Value =
        api(up, Method::GET, &location).send().await.unwrap().json().await.unwrap();
    assert_eq!(operation["subdomain"], "followed");
}

#[tokio::test]
async fn each_bad_subdomain_is_refused_with_its_rule() {
    let up = &*SHARED;
    let long = "a".repeat(64);
    for (subdomain, rule) in [
        ("", "length"),
        (&*long, "length"),
        ("Studio", "characters"),
        ("a.b", "characters"),
        ("a b", "characters"),
        ("é", "characters"),
        ("'; drop database x; --", "characters"),
        ("-a", "hyphen"),
        ("a-", "hyphen"),
        ("xn--a", "encoded"),
        ("console", "reserved"),
        ("www", "reserved"),
        ("api", "reserved"),
        ("admin", "reserved"),
        ("mail", "reserved"),
    ] {
        let answer =
            api(up, Method::POST, "/v1/tenants").json(&tenant(subdomain)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY, "{subdomain}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(
            (&problem["code"], &problem["rule"]),
            (&json!("invalid_subdomain"), &json!(rule)),
            "{subdomain}"
        );
    }
}

#[tokio::test]
async fn bad_fields_and_bodies_are_named() {
    let up = &*SHARED;
    let with = |field: &str, value: Value| {
        let mut body = tenant("never-made");
        body[field] = value;
        body
    };
    for (body, status, code) in [
        (with("owner_email", json!("kim")), 422, "invalid_field"),
        (with("name", json!("")), 422, "invalid_field"),
        (with("name", json!("x".repeat(121))), 422, "invalid_field"),
        (with("locale", json!("tlh")), 422, "invalid_field"),
        (with("time_zone", json!("Mars/Olympus")), 422, "invalid_field"),
        (with("plan", json!("golden")), 422, "unknown_plan"),
        (with("region", json!("mars")), 503, "no_server"),
        (with("surprise", json!(1)), 400, "bad_request"),
        (json!([]), 400, "bad_request"),
        (json!({ "subdomain": "x".repeat(100_000) }), 413, "too_large"),
    ] {
        let answer = api(up, Method::POST, "/v1/tenants").json(&body).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{code}");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["code"], code, "{problem}");
    }
    assert_eq!(
        api(up, Method::GET, "/v1/tenants/never-made").send().await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        api(up, Method::DELETE, "/v1/tenants").send().await.unwrap().status(),
        StatusCode::METHOD_NOT_ALLOWED
    );
    assert_eq!(
        api(up, Method::GET, "/v1/nothing").send().await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        api(up, Method::GET, "/v1/operations/x").send().await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn nobody_asks_the_api_without_a_token() {
    let up = &*SHARED;
    for path in
        ["/v1/tenants", "/v1/tenants/demo", "/v1/operations", "/v1/doctor", "/v1/nothing", "/v1"]
    {
        for method in [Method::GET, Method::POST, Method::DELETE] {
            let url = format!("{}{path}", up.url("console.localhost"));
            for token in [None, Some(""), Some("wrong"), Some(&*"x".repeat(5_000))] {
                let mut request = client().request(method.clone(), &url);
                if let Some(token) = token {
                    request = request.bearer_auth(token);
                }
                let answer = request.send().await.unwrap();
                assert_eq!(
                    answer.status(),
                    StatusCode::UNAUTHORIZED,
                    "{method} {path} with {token:?}"
                );
                assert!(!answer.text().await.unwrap().contains("demo"));
            }
        }
    }
}
