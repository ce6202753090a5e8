//! The console in a browser, minus the browser: who gets in, who does not, and what is shown.

use cloison_api::{CreateToken, CreateUser};
use cloison_model::Role;
use reqwest::{Method, StatusCode, Url};

use crate::access::{hire, owner};
use crate::http::{PASSWORD, Person, client};
use crate::output::{json, stdout};
use crate::up::{SHARED, Up, fresh_data_dir};

/// Somebody at the console, not signed in.
fn stranger(up: &Up) -> Person {
    Person::at(up, "console")
}

/// What the browser keeps, and where it is led.
fn entered(answer: &reqwest::Response) -> (Option<String>, String) {
    let headers = answer.headers();
    let word = |name: &str| headers.get(name).map(|it| it.to_str().unwrap().to_owned());
    (word("set-cookie"), word("location").unwrap_or_default())
}

async fn sign_in(person: &mut Person, fields: &[(&str, &str)]) -> reqwest::Response {
    let answer = person.post("/sign-in", fields).await;
    if let (Some(cookie), _) = entered(&answer) {
        person.cookie = Some(cookie.split(';').next().unwrap().to_owned());
    }
    answer
}

/// Somebody of this role, who looks at the console.
async fn viewer(up: &Up, email: &str, role: Role) -> Person {
    drop(hire(up, email, role).await);
    let mut person = stranger(up);
    let answer = sign_in(&mut person, &[("email", email), ("password", PASSWORD)]).await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{email}");
    person
}

fn link_of(up: &Up) -> String {
    let made = json(&up.run(&["console", "--json"]));
    Url::parse(made["url"].as_str().unwrap()).unwrap().path().to_owned()
}

/// The local owner, in a browser.
async fn local_owner(up: &Up) -> Person {
    let mut person = stranger(up);
    let answer = person.post(&link_of(up), &[]).await;
    let (cookie, location) = entered(&answer);
    assert_eq!((answer.status(), location.as_str()), (StatusCode::SEE_OTHER, "/"));
    person.cookie = Some(cookie.unwrap().split(';').next().unwrap().to_owned());
    person
}

#[tokio::test]
async fn a_stranger_is_led_to_the_door_and_back() {
    let up = &*SHARED;
    drop(hire(up, "visits@example.com", Role::Operator).await);
    let mut person = stranger(up);
    let answer = person.get("/?span=24h").await;
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(entered(&answer).1, "/sign-in?next=%2F%3Fspan%3D24h");
    let form = person.get("/sign-in?next=%2F%3Fspan%3D24h").await.text().await.unwrap();
    assert!(form.contains("value=\"/?span=24h\""), "{form}");

    let fields = [("email", "visits@example.com"), ("password", PASSWORD), ("next", "/?span=24h")];
    let answer = sign_in(&mut person, &fields).await;
    let (cookie, location) = entered(&answer);
    assert_eq!((answer.status(), location.as_str()), (StatusCode::SEE_OTHER, "/?span=24h"));
    let cookie = cookie.unwrap();
    for flag in ["__Host-cloison-console=", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"] {
        assert!(cookie.contains(flag), "{flag} in {cookie}");
    }
    let page = person.get(&location).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.text().await.unwrap().contains("visits@example.com"));
    assert_eq!(person.get("/sign-in").await.status(), StatusCode::SEE_OTHER, "already inside");
}

#[tokio::test]
async fn nobody_is_led_elsewhere() {
    let up = &*SHARED;
    drop(hire(up, "led@example.com", Role::Support).await);
    for next in ["//evil.example", "/\\evil.example", "https://evil.example/", "", "/a\r\nb:c"] {
        let fields = [("email", "led@example.com"), ("password", PASSWORD), ("next", next)];
        let answer = sign_in(&mut stranger(up), &fields).await;
        assert_eq!(entered(&answer).1, "/", "{next}");
        let answer = stranger(up).post("/preferences", &[("theme", "dark"), ("back", next)]).await;
        assert_eq!(entered(&answer).1, "/", "{next}");
    }
}

#[tokio::test]
async fn every_role_looks_and_the_cookie_is_good_for_nothing_else() {
    let up = &*SHARED;
    for role in Role::ALL {
        let person = viewer(up, &format!("{role}-looks@example.com"), role).await;
        assert_eq!(person.get("/").await.status(), StatusCode::OK, "{role}");
        for path in ["/v1/me", "/v1/tenants"] {
            assert_eq!(person.get(path).await.status(), StatusCode::UNAUTHORIZED, "{role} {path}");
        }
    }
}

#[tokio::test]
async fn only_a_sign_in_is_a_cookie() {
    let up = &*SHARED;
    let new = CreateToken {
        name: "in a cookie".to_owned(),
        role: None,
        expires_in_days: Some(1),
        never_expires: false,
    };
    let token = owner(up).token_create(&new).await.unwrap().secret;
    let email = "cookie@example.com".to_owned();
    let user = CreateUser { email, name: None, role: "owner".to_owned() };
    let invitation = owner(up).user_create(&user).await.unwrap().invitation;
    let link = link_of(up).trim_start_matches("/sign-in/").to_owned();
    for secret in [token.as_str(), &invitation, &link, "cloison_nonsense", ""] {
        let mut person = stranger(up);
        person.cookie = Some(format!("__Host-cloison-console={secret}"));
        let answer = person.get("/").await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{secret}");
    }
    // And neither an invitation nor an API token is a link.
    for secret in [token, invitation] {
        let path = format!("/sign-in/{secret}");
        assert_eq!(stranger(up).get(&path).await.status(), StatusCode::GONE);
        assert_eq!(stranger(up).post(&path, &[]).await.status(), StatusCode::GONE);
    }
}

#[tokio::test]
async fn a_wrong_password_is_said_and_counted_and_what_was_typed_stays() {
    let up = &*SHARED;
    drop(hire(up, "guessed@example.com", Role::Operator).await);
    let guess = [("email", "guessed@example.com"), ("password", "not the password")];
    let mut statuses = Vec::new();
    for _ in 0..6 {
        let answer = stranger(up).post("/sign-in", &guess).await;
        statuses.push(answer.status().as_u16());
        assert!(entered(&answer).0.is_none(), "no cookie");
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            assert!(answer.headers().contains_key("retry-after"));
        }
        let page = answer.text().await.unwrap();
        assert!(page.contains("value=\"guessed@example.com\"") && page.contains("role=\"alert\""));
        assert!(!page.contains("not the password"));
    }
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429]);
    let nobody = [("email", "no address"), ("password", "x")];
    let answer = stranger(up).post("/sign-in", &nobody).await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn signing_out_ends_the_sign_in_itself() {
    let up = &*SHARED;
    let person = viewer(up, "leaves@example.com", Role::Auditor).await;
    let token = person.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();
    let me = async || {
        let url = format!("{}/v1/me", up.url("console.localhost"));
        client().get(url).bearer_auth(&token).send().await.unwrap().status()
    };
    assert_eq!(me().await, StatusCode::OK);
    let answer = person.post("/sign-out", &[]).await;
    let (cookie, location) = entered(&answer);
    assert!(cookie.unwrap().contains("Max-Age=0"));
    assert_eq!(location, "/sign-in?out=1");
    assert_eq!(me().await, StatusCode::UNAUTHORIZED, "a copy of the cookie is good no more");
    assert_eq!(person.get("/").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(stranger(up).post("/sign-out", &[]).await.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_sign_in_that_ran_out_or_whose_user_is_disabled_is_none() {
    let up = &*SHARED;
    let expired = viewer(up, "expired@example.com", Role::Operator).await;
    let disabled = viewer(up, "disabled-viewer@example.com", Role::Operator).await;
    let control = up.control();
    let catalog = control.catalog.client().await.unwrap();
    let expire = "update api_tokens set expires_at = now() where platform_user_id =
        (select id from platform_users where email = 'expired@example.com')";
    catalog.execute(expire, &[]).await.unwrap();
    stdout(&up.run(&["users", "disable", "disabled-viewer@example.com"]));
    for person in [expired, disabled] {
        let answer = person.get("/").await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let door = person.get("/sign-in").await.text().await.unwrap();
        assert!(door.contains("no longer signed in"), "{door}");
    }
}

#[tokio::test]
async fn forms_of_other_sites_are_refused() {
    let up = &*SHARED;
    let person = local_owner(up).await;
    let link = link_of(up);
    for path in ["/sign-in", "/sign-out", "/preferences", link.as_str()] {
        let answer = client()
            .request(Method::POST, format!("{}{path}", up.url("console.localhost")))
            .header("origin", "https://evil.example")
            .header("sec-fetch-site", "cross-site")
            .header("cookie", person.cookie.as_deref().unwrap())
            .form(&[("email", "x@example.com")])
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
        assert!(entered(&answer).0.is_none());
        assert!(answer.text().await.unwrap().contains("another site"), "{path}");
    }
    assert_eq!(person.get("/").await.status(), StatusCode::OK, "nobody was signed out");
    assert_eq!(stranger(up).get(&link).await.status(), StatusCode::OK, "and no link used up");
}

#[tokio::test]
async fn a_link_lets_in_once() {
    let up = &*SHARED;
    let said = stdout(&up.run(&["console"]));
    assert!(said.contains("It works once, until "), "{said}");
    let path = Url::parse(said.lines().next().unwrap()).unwrap().path().to_owned();
    let mut person = stranger(up);
    for _ in 0..2 {
        let page = person.get(&path).await;
        assert_eq!(page.status(), StatusCode::OK, "opening it changes nothing");
        assert!(page.text().await.unwrap().contains("owner@localhost"));
    }
    let bearer = client()
        .get(format!("{}/v1/me", up.url("console.localhost")))
        .bearer_auth(path.trim_start_matches("/sign-in/"));
    assert_eq!(bearer.send().await.unwrap().status(), StatusCode::UNAUTHORIZED);
    let (cookie, _) = entered(&person.post(&path, &[]).await);
    person.cookie = Some(cookie.unwrap().split(';').next().unwrap().to_owned());
    assert_eq!(person.get("/").await.status(), StatusCode::OK);
    assert_eq!(stranger(up).post(&path, &[]).await.status(), StatusCode::GONE);
    assert_eq!(stranger(up).get(&path).await.status(), StatusCode::GONE);
    let announced = format!("{}/sign-in/", up.url("console.localhost"));
    assert!(up.announced.contains(&announced), "`up` says how to get in: {}", up.announced);
}

#[tokio::test]
async fn the_page_is_in_two_languages_and_asks_for_nothing_inline() {
    let up = &*SHARED;
    let person = local_owner(up).await;
    let page = async |language: &str| {
        let request = client()
            .get(up.url("console.localhost"))
            .header("accept-language", language)
            .header("cookie", person.cookie.as_deref().unwrap());
        request.send().await.unwrap()
    };
    for (language, words) in [
        ("fr", ["Serveurs", "Dans le temps", "Sauvegardes et essais", "Plus gros studios"]),
        ("en", ["Servers", "Over time", "Backups and drills", "Largest tenants"]),
        ("de", ["Servers", "Over time", "Backups and drills", "Largest tenants"]),
    ] {
        let answer = page(language).await;
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.headers()["cache-control"], "no-store");
        let text = answer.text().await.unwrap();
        for word in words {
            assert!(text.contains(word), "{word} in {language}");
        }
        assert!(text.contains("eu-1") && text.contains("owner@localhost"));
        assert!(!text.contains("style=") && !text.contains("onclick"), "nothing is inline");
    }
    for span in ["6h", "24h", "14d", "1000y", "%00"] {
        assert_eq!(person.get(&format!("/?span={span}")).await.status(), StatusCode::OK, "{span}");
    }
    for (path, status) in [("/nowhere", 404), ("/assets/app.css", 404), ("/sign-out", 405)] {
        assert_eq!(person.get(path).await.status().as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn without_the_control_database_it_says_so() {
    let up = Up::start(&fresh_data_dir(), &[]);
    let person = local_owner(&up).await;
    assert_eq!(person.get("/").await.status(), StatusCode::OK);
    up.stop_control_database();
    // What was looked at just now is shown for some seconds more.
    crate::http::eventually("the page tells of it", async || {
        let answer = person.get("/").await;
        assert_eq!(answer.status(), StatusCode::OK, "who was known is let in");
        let text = answer.text().await.unwrap();
        text.contains("The control database does not answer") && text.contains("eu-1")
    })
    .await;
    let mut other = stranger(&up);
    other.cookie = Some("__Host-cloison-console=cloison_somebody".to_owned());
    assert_eq!(other.get("/").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    let fields = [("email", "kim@example.com"), ("password", PASSWORD)];
    let answer = stranger(&up).post("/sign-in", &fields).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.text().await.unwrap().contains("Tenants are served on"));
}
