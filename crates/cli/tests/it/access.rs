//! Every call of the API, asked by everybody: as a stranger, with tokens that are no good, and in each
//! role. What is walked is the server's own route table, so a new call is walked too.

use std::collections::BTreeMap;

use cloison_api::{Client, CreateToken, CreateUser, Endpoint, Verb};
use cloison_model::{Action, Role, may};
use cloison_server::{Needs, served};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::http::{PASSWORD, api, client};
use crate::up::{SHARED, Up};

/// A request that the call can read and that changes nothing: about what is not there, or refused.
fn request(up: &Up, endpoint: &Endpoint, token: Option<&str>) -> RequestBuilder {
    let path = endpoint
        .path
        .replace("{subdomain}", "nobody")
        .replace("{hostname}", "nobody.example.com")
        .replace("{email}", "nobody@example.com")
        .replace("{number}", "999999")
        .replace("{id}", &Uuid::nil().to_string());
    let method = match endpoint.verb {
        Verb::Get => Method::GET,
        Verb::Post => Method::POST,
        Verb::Put => Method::PUT,
        Verb::Patch => Method::PATCH,
        Verb::Delete => Method::DELETE,
    };
    let request = client().request(method, format!("{}{path}", up.url("console.localhost")));
    let request = if endpoint.verb.is_reading() { request } else { request.json(&json!({})) };
    match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    }
}

async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let answer = request.send().await.unwrap();
    let status = answer.status();
    let body = answer.text().await.unwrap();
    (status, serde_json::from_str(&body).unwrap_or(Value::Null))
}

/// The owner's client, through which the others are made.
pub(crate) fn owner(up: &Up) -> Client {
    drop(client());
    Client::new(&up.url("console.localhost"), up.token.trim()).unwrap()
}

fn token(name: &str, role: Role) -> CreateToken {
    let role = Some(role.to_string());
    CreateToken { name: name.to_owned(), role, expires_in_days: Some(1), never_expires: false }
}

/// A user of this role, signed in.
pub(crate) async fn hire(up: &Up, email: &str, role: Role) -> Client {
    let user = CreateUser { email: email.to_owned(), name: None, role: role.to_string() };
    let invited = owner(up).user_create(&user).await.unwrap();
    let url = up.url("console.localhost");
    let newcomer = Client::new(&url, &invited.invitation).unwrap();
    let change = cloison_api::ChangePassword { current: None, new: PASSWORD.to_owned() };
    newcomer.password_change(&change).await.unwrap();
    let sign_in =
        cloison_api::SignIn { email: email.to_owned(), password: PASSWORD.to_owned(), code: None };
    let signed_in = Client::new(&url, "").unwrap().sign_in(&sign_in).await.unwrap();
    Client::new(&url, &signed_in.token).unwrap()
}

#[tokio::test]
async fn a_stranger_gets_nowhere() {
    let up = &*SHARED;
    let revoked = owner(up).token_create(&token("revoked", Role::Owner)).await.unwrap();
    owner(up).token_revoke(revoked.token.id).await.unwrap();
    let expired = owner(up).token_create(&token("expired", Role::Owner)).await.unwrap();
    let control = up.control();
    let catalog = control.catalog.client().await.unwrap();
    catalog
        .execute(
            "update api_tokens set expires_at = now() - interval '1 second' where id = $1",
            &[&expired.token.id],
        )
        .await
        .unwrap();
    let long = "x".repeat(5_000);
    for call in served() {
        let name = call.endpoint.name;
        for token in [
            None,
            Some(""),
            Some("wrong"),
            Some(&*long),
            Some(&*revoked.secret),
            Some(&*expired.secret),
        ] {
            let (status, body) = answer(request(up, call.endpoint, token)).await;
            if call.needs == Needs::Nothing {
                assert_ne!(body["code"], "unauthorized", "{name} is for everybody");
            } else {
                assert_eq!(status, StatusCode::UNAUTHORIZED, "{name} with {token:?}");
                assert_eq!(body["code"], "unauthorized", "{name}");
            }
        }
    }
}

#[tokio::test]
async fn each_role_may_what_the_table_says_and_nothing_else() {
    let up = &*SHARED;
    let mut tokens = BTreeMap::new();
    for role in Role::ALL {
        let made = owner(up).token_create(&token(role.as_str(), role)).await.unwrap();
        tokens.insert(role.as_str(), made.secret);
    }
    for call in served() {
        let action = match call.needs {
            Needs::Nothing => continue,
            Needs::AnyToken => panic!("{} needs an action", call.endpoint.name),
            Needs::Invitation(action) | Needs::Token(action) => action,
        };
        for role in Role::ALL {
            let token = &tokens[role.as_str()];
            let (status, body) = answer(request(up, call.endpoint, Some(token))).await;
            let refused = status == StatusCode::FORBIDDEN
                && body["code"] == "forbidden_role"
                && body["detail"].as_str().unwrap().contains(action.as_str());
            assert_eq!(refused, !may(role, action), "{} as {role}: {body}", call.endpoint.name);
            assert!(status != StatusCode::INTERNAL_SERVER_ERROR, "{}: {body}", call.endpoint.name);
        }
    }
}

/// What the request asks for counts where the call alone does not say it.
#[tokio::test]
async fn some_requests_need_more_than_their_call() {
    let up = &*SHARED;
    for (method, path, action) in [
        (Method::POST, "/v1/doctor?fix=true", Action::DoctorFix),
        (Method::GET, "/v1/tokens?all=true", Action::TokenManageAll),
    ] {
        for role in Role::ALL {
            let made = owner(up).token_create(&token("more", role)).await.unwrap();
            let url = format!("{}{path}", up.url("console.localhost"));
            let (status, body) =
                answer(client().request(method.clone(), url).bearer_auth(made.secret)).await;
            assert_eq!(
                status == StatusCode::FORBIDDEN,
                !may(role, action),
                "{role} {path}: {body}"
            );
        }
    }
}

#[tokio::test]
async fn an_invitation_is_good_for_a_password_and_nothing_else() {
    let up = &*SHARED;
    let user = CreateUser {
        email: "invited@example.com".to_owned(),
        name: None,
        role: "owner".to_owned(),
    };
    let invited = owner(up).user_create(&user).await.unwrap();
    for call in served() {
        let (status, body) = answer(request(up, call.endpoint, Some(&invited.invitation))).await;
        let refused = status == StatusCode::FORBIDDEN;
        let expected = matches!(call.needs, Needs::Token(_));
        assert_eq!(refused, expected, "{}: {body}", call.endpoint.name);
    }
}

#[tokio::test]
async fn a_demoted_or_disabled_user_is_so_at_once() {
    let up = &*SHARED;
    let kim = hire(up, "demoted@example.com", Role::Operator).await;
    let me = kim.me().await.unwrap();
    assert!(me.may.contains(&"tenant.create".to_owned()), "{me:?}");
    assert_eq!(
        (me.user.email.as_str(), me.token_kind.as_str()),
        ("demoted@example.com", "sign_in")
    );

    let change = |role: Option<&str>, disabled| cloison_api::ChangeUser {
        role: role.map(str::to_owned),
        disabled,
    };
    owner(up).user_change("demoted@example.com", &change(Some("auditor"), None)).await.unwrap();
    assert!(!kim.me().await.unwrap().may.contains(&"tenant.create".to_owned()));
    owner(up).user_change("demoted@example.com", &change(None, Some(true))).await.unwrap();
    let refused = kim.me().await.unwrap_err().to_string();
    assert!(refused.contains("not expired or revoked"), "{refused}");
}

#[tokio::test]
async fn the_document_is_served_to_everybody_and_names_every_call() {
    let up = &*SHARED;
    let url = format!("{}/v1/openapi.json", up.url("console.localhost"));
    let (status, document) = answer(client().get(url)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(document["openapi"], "3.1.0");
    for call in served() {
        let verb = call.endpoint.verb.as_str().to_lowercase();
        let operation = &document["paths"][call.endpoint.path][&verb];
        assert_eq!(operation["operationId"], call.endpoint.name);
        assert_eq!(operation["x-roles"].is_array(), call.needs != Needs::Nothing);
    }
}

#[tokio::test]
async fn the_same_key_makes_one_token_and_one_link() {
    let up = &*SHARED;
    for (path, body, secret) in [
        ("/v1/tokens", json!({ "name": "keyed" }), "secret"),
        ("/v1/tenants/demo/sign-in-links", Value::Null, "sign_in_url"),
    ] {
        let ask = |key: &str, body: &Value| {
            let request = api(up, Method::POST, path).header("idempotency-key", key);
            if body.is_null() { request } else { request.json(body) }
        };
        let key = Uuid::new_v4().to_string();
        let (status, first) = answer(ask(&key, &body)).await;
        assert_eq!(status, StatusCode::OK, "{first}");
        assert_eq!(answer(ask(&key, &body)).await.1[secret], first[secret]);
        let other = Uuid::new_v4().to_string();
        assert_ne!(answer(ask(&other, &body)).await.1[secret], first[secret]);
        let (status, problem) = answer(ask(&key, &json!({ "name": "other" }))).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(problem["code"], "idempotency_key_reused");
    }
    let (status, problem) =
        answer(api(up, Method::POST, "/v1/tokens").header("idempotency-key", "").json(&json!({})))
            .await;
    assert_eq!((status.as_u16(), &problem["code"]), (400, &json!("bad_request")));
}
