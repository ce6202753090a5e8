//! A tenant's life, as an operator leads it and as the people of its studio meet it: suspended, resumed, cancelled,
//! erased, and with another password.

use std::cell::Cell;

use cloison_router::{Directory, Key, Route};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio_postgres::NoTls;
use tokio_postgres::error::SqlState;

use crate::http::{PASSWORD, Person, api, client, eventually, fetch};
use crate::output::{json, stderr, stdout};
use crate::up::{SHARED, Up};

const EMAIL: &str = "robin@example.com";
const REFUSED: &str = "Rien n’a été enregistré : ce studio est en lecture seule";

/// Makes a studio of this test's own, with its owner signed in.
async fn studio(up: &Up, subdomain: &str) -> Person {
    let made = create(up, subdomain);
    Person::by_link(up, subdomain, made["operation"]["sign_in_url"].as_str().unwrap()).await
}

fn create(up: &Up, subdomain: &str) -> Value {
    json(&up.run(&[
        "tenants",
        "create",
        subdomain,
        "--name",
        "Le Grand Large",
        "--owner-email",
        EMAIL,
        "--json",
    ]))
}

/// What `tenants show` says: billing, access and infrastructure.
fn states(up: &Up, subdomain: &str) -> [String; 3] {
    let shown = json(&up.run(&["tenants", "show", subdomain, "--json"]));
    ["billing", "access", "infrastructure"].map(|it| shown[it].as_str().unwrap().to_owned())
}

/// The way into the tenant's database.
async fn route(up: &Up, subdomain: &str) -> Route {
    let key = Key::Subdomain(subdomain.parse().unwrap());
    up.control().fetch(&key).await.unwrap().expect("it is there")
}

/// Routers hear of a change a moment after it is made.
async fn eventually_answers(person: &Person, status: StatusCode) {
    eventually(&format!("the studio answers {status}"), async || {
        person.get("/calendar").await.status() == status
    })
    .await;
}

#[tokio::test]
async fn who_may_only_read_looks_around_and_is_told_why_nothing_is_saved() {
    let up = &*SHARED;
    let person = studio(up, "reader").await;
    let said = stdout(&up.run(&[
        "tenants",
        "suspend",
        "reader",
        "--access",
        "read-only",
        "--reason",
        "an invoice is unpaid",
    ]));
    assert!(said.contains("DONE"), "{said}");
    assert_eq!(states(up, "reader"), ["TRIALING", "READ_ONLY", "READY"]);

    eventually("every page says so", async || {
        person.get("/calendar").await.text().await.unwrap().contains("class=\"read-only\"")
    })
    .await;
    for path in ["/calendar", "/clients", "/clients/new", "/sessions/new"] {
        let page = person.get(path).await;
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        let words = page.text().await.unwrap();
        assert!(words.contains("Ce studio est en lecture seule."), "{path}");
        assert!(!words.contains("unpaid"), "the reason is the operator's");
    }

    // A client and a session are refused in words, and nothing typed is lost.
    let refused = person.post("/clients/new", &[("display_name", "Marée haute")]).await;
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let words = refused.text().await.unwrap();
    assert!(words.contains(REFUSED) && words.contains("value=\"Marée haute\""), "{words}");
    let editor = person.get("/sessions/new").await.text().await.unwrap();
    let room = between(&editor, "<select id=\"room\" name=\"room\"><option value=\"", "\"");
    let typed = [
        ("title", "Prises voix"),
        ("client", "Marée haute"),
        ("room", room),
        ("date", between(&editor, "type=\"date\" required value=\"", "\"")),
        ("from", "14:00"),
        ("to", "18:00"),
        ("days", "0"),
        ("state", "confirmed"),
    ];
    let refused = person.post("/sessions", &typed).await;
    let (status, words) = (refused.status(), refused.text().await.unwrap());
    assert_eq!(status, StatusCode::CONFLICT, "{words}");
    assert!(words.contains(REFUSED) && words.contains("value=\"Prises voix\""), "{words}");

    // By password and by link people come in as ever; the link leaves the password alone.
    let by_password = async |password: &str| {
        let fields = [("email", EMAIL), ("password", password)];
        Person::at(up, "reader").post("/sign-in", &fields).await.status()
    };
    assert_eq!(by_password(PASSWORD).await, StatusCode::SEE_OTHER);
    let link = up.fresh_sign_in_url("reader");
    let path = reqwest::Url::parse(&link).unwrap().path().to_owned();
    let stranger = Person::at(up, "reader");
    assert!(!stranger.get(&path).await.text().await.unwrap().contains("name=\"password\""));
    let entered = stranger.post(&path, &[("password", "another password")]).await;
    assert_eq!(entered.status(), StatusCode::SEE_OTHER);
    assert!(entered.headers().contains_key("set-cookie"));
    assert_eq!(stranger.post(&path, &[]).await.status(), StatusCode::GONE, "it works once");
    assert_eq!(by_password(PASSWORD).await, StatusCode::SEE_OTHER);
    assert_eq!(by_password("another password").await, StatusCode::UNPROCESSABLE_ENTITY);

    stdout(&up.run(&["tenants", "resume", "reader"]));
    eventually("the page no longer says so", async || {
        !person.get("/calendar").await.text().await.unwrap().contains("class=\"read-only\"")
    })
    .await;
    let made = person.post("/clients/new", &[("display_name", "Marée haute")]).await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER);
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("{before} is not in {text}"));
    rest.split_once(after).unwrap().0
}

#[tokio::test]
async fn who_is_suspended_meets_a_page_that_names_nobody() {
    let up = &*SHARED;
    let person = studio(up, "closed").await;
    // Who may only take the data away finds the way to it, and nothing else.
    let closed: [(&str, &[&str]); 2] = [
        ("export-only", &["/calendar", "/clients", "/settings"]),
        ("blocked", &["/", "/calendar", "/sign-in", "/assets/nothing", "/settings/export"]),
    ];
    for (access, paths) in closed {
        stdout(&up.run(&["tenants", "suspend", "closed", "--access", access]));
        eventually_answers(&person, StatusCode::FORBIDDEN).await;
        if access == "blocked" {
            eventually("the way out is closed too", async || {
                person.get("/settings/export").await.status() == StatusCode::FORBIDDEN
            })
            .await;
        }
        for path in paths {
            let page = person.get(path).await;
            assert_eq!(page.status(), StatusCode::FORBIDDEN, "{access} {path}");
            let words = page.text().await.unwrap();
            for name in ["closed", "Le Grand Large", EMAIL, "demo", "lantern"] {
                assert!(!words.contains(name), "{path} names {name}: {words}");
            }
        }
    }
    let refused = stderr(&up.run(&["tenants", "suspend", "closed", "--access", "read-only"]));
    assert!(refused.contains("it may do less than that already"), "{refused}");
    assert_eq!(states(up, "closed"), ["TRIALING", "BLOCKED", "READY"]);
    // Its credentials are no way in either.
    let refused = up.run(&["tenants", "psql", "closed", "--", "-c", "select 1"]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");

    stdout(&up.run(&["tenants", "resume", "closed"]));
    eventually_answers(&person, StatusCode::OK).await;
    let made = person.post("/clients/new", &[("display_name", "Marée haute")]).await;
    assert_eq!(made.status(), StatusCode::SEE_OTHER, "and it can be worked with");
}

#[tokio::test]
async fn who_has_left_can_take_the_data_away_and_does_not_come_back() {
    let up = &*SHARED;
    let person = studio(up, "leaver").await;
    let refused = stderr(&up.run(&["tenants", "cancel", "leaver", "--confirm", "leave"]));
    assert_eq!(refused.lines().count(), 3, "{refused}");
    assert_eq!(states(up, "leaver"), ["TRIALING", "FULL", "READY"]);

    stdout(&up.run(&["tenants", "cancel", "leaver", "--confirm", "leaver"]));
    assert_eq!(states(up, "leaver"), ["CANCELLED", "EXPORT_ONLY", "READY"]);
    eventually_answers(&person, StatusCode::FORBIDDEN).await;

    let refused = stderr(&up.run(&["tenants", "resume", "leaver"]));
    assert!(refused.contains("its subscription is cancelled"), "{refused}");
    assert!(refused.lines().count() <= 3, "{refused}");
    let refused =
        api(up, Method::POST, "/v1/tenants/leaver/resume").json(&json!({})).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::CONFLICT);
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(problem["code"], "not_in_this_state");
}

#[tokio::test]
async fn of_who_is_erased_a_tombstone_stays_and_the_name_is_free() {
    let up = &*SHARED;
    let person = studio(up, "gone").await;
    person.post("/clients/new", &[("display_name", "Marée haute")]).await;
    let database = json(&up.run(&["tenants", "show", "gone", "--json"]))["database"]
        .as_str()
        .unwrap()
        .to_owned();

    let refused = stderr(&up.run(&["tenants", "erase", "gone", "--confirm", "gnoe"]));
    assert!(refused.contains("nothing was done"), "{refused}");
    for body in [json!({ "confirm": "Gone" }), json!({ "confirm": "" }), json!({})] {
        let path = "/v1/tenants/gone/erase";
        let refused = api(up, Method::POST, path).json(&body).send().await.unwrap();
        assert!(refused.status().is_client_error(), "{body}");
    }
    assert_eq!(person.get("/calendar").await.status(), StatusCode::OK, "nothing has happened");

    let reason = format!("{EMAIL} has asked for it");
    let erased = up.run(&[
        "tenants",
        "erase",
        "gone",
        "--confirm",
        "gone",
        "--now",
        "--reason",
        &reason,
        "--json",
    ]);
    let erasure = json(&erased)["operation"]["id"].as_str().unwrap().to_owned();
    eventually_answers(&person, StatusCode::NOT_FOUND).await;
    let words = stderr(&up.run(&["tenants", "show", "gone"]));
    assert!(words.contains("There is no tenant 'gone'."), "{words}");
    for of in [
        "datname::text from pg_database where datname",
        "rolname::text from pg_roles where rolname",
    ] {
        let left = up.on_server(&format!("select {of} = '{database}'")).await;
        assert!(left.is_empty(), "{left:?}");
    }
    tombstone_only(up, &database, &erasure).await;

    // The name is another customer's now, at once, and nothing is left of the first.
    let cookie = person.cookie.clone();
    drop(person);
    let newcomer = studio(up, "gone").await;
    let clients = newcomer.get("/clients").await;
    assert_eq!(clients.status(), StatusCode::OK);
    assert!(!clients.text().await.unwrap().contains("Marée haute"));
    let mut person = Person::at(up, "gone");
    person.cookie = cookie;
    let old = person.get("/clients").await;
    assert_eq!(old.status(), StatusCode::SEE_OTHER, "the old sign-in is nobody's");
    let now = json(&up.run(&["tenants", "show", "gone", "--json"]));
    assert_ne!(now["database"], database);
}

/// Neither the control database nor what the API shows of the tenant's operations names a person.
async fn tombstone_only(up: &Up, database: &str, erasure: &str) {
    let control = up.control();
    let client = control.catalog.client().await.unwrap();
    let tombs = client
        .query("select operation_id::text from erasures where database_name = $1", &[&database])
        .await
        .unwrap();
    let [tomb] = &tombs[..] else { panic!("one tombstone, not {}", tombs.len()) };
    assert_eq!(tomb.get::<_, String>(0), erasure);
    let named: i64 = client
        .query_one(
            "select count(*) from operations left join operation_events on operation_id = operations.id
             where operations.subdomain = 'gone'
                 and (secret_sealed is not null or concat(input, error, waiting, message) ~ '@|Large')",
            &[],
        )
        .await
        .unwrap()
        .get(0);
    assert_eq!(named, 0);
    let listed = fetch(up, "/v1/operations?tenant=gone").await.to_string();
    assert!(!listed.contains(EMAIL) && !listed.contains("sign_in_url"), "{listed}");
}

#[tokio::test]
async fn a_password_is_changed_under_the_feet_of_everybody() {
    const ROTATIONS: u32 = 5;
    let up = &*SHARED;
    let person = studio(up, "busy").await;
    let before = route(up, "busy").await;
    let is_over = Cell::new(false);
    let visits = async || {
        let mut visits = 0;
        while !is_over.get() {
            for path in ["/calendar", "/clients"] {
                assert_eq!(person.get(path).await.status(), StatusCode::OK, "visit {visits}");
                visits += 1;
            }
        }
        visits
    };
    let rotations = async {
        for _ in 0..ROTATIONS {
            let path = "/v1/tenants/busy/rotate-password?wait=30s";
            let answer = api(up, Method::POST, path).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK);
            let body: Value = answer.json().await.unwrap();
            assert_eq!(body["operation"]["state"], "DONE");
            // Someone who was there meanwhile, with a connection of the old password, is still there.
            assert_eq!(person.get("/clients").await.status(), StatusCode::OK);
        }
        is_over.set(true);
    };
    let (one, other, ()) = tokio::join!(visits(), visits(), rotations);
    assert!(one + other >= ROTATIONS, "{one} and {other} visits");

    let after = route(up, "busy").await;
    let get_in = async |route: &Route| {
        let mut config = tokio_postgres::Config::new();
        config.host(&route.host).port(route.port).dbname(route.database.as_str());
        config.user(route.role.as_str()).password(route.password.expose());
        config.connect(NoTls).await.map(drop)
    };
    let refused = get_in(&before).await.unwrap_err();
    assert_eq!(refused.code(), Some(&SqlState::INVALID_PASSWORD));
    get_in(&after).await.unwrap();
    assert_eq!(client().get(up.url("busy.localhost")).send().await.unwrap().status(), 303);
}
