//! AI credits as programs and operators use them: over HTTP and with the command line.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::http::api;
use crate::up::{SHARED, Up};

async fn ask(up: &Up, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
    let request = api(up, method, &format!("/v1/tenants/{path}"));
    let request = match &body {
        Some(body) => request.json(body),
        None => request,
    };
    let answer = request.send().await.unwrap();
    let status = answer.status();
    (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null))
}

fn told(up: &Up, arguments: &[&str]) -> String {
    let output = up.run(&[&["ai-credits"], arguments].concat());
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn refused(up: &Up, arguments: &[&str]) -> String {
    let output = up.run(&[&["ai-credits"], arguments].concat());
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn granted_reserved_settled_and_looked_at() {
    let up = &*SHARED;
    let made = up.run(&["tenants", "create", "credited", "--owner-email", "kim@example.com"]);
    assert!(made.status.success(), "{made:?}");
    let granting =
        ["grant", "credited", "--amount", "500", "--source", "topup", "--reason", "an invoice"];
    let keyed = [&granting[..], &["--idempotency-key", "credited 1", "--json"]].concat();
    let (one, other) = (told(up, &keyed), told(up, &keyed));
    assert_eq!(one, other, "the same key is the same grant");
    let granted: Value = serde_json::from_str(&one).unwrap();
    assert_eq!((&granted["source"], &granted["remaining"]), (&json!("TOPUP"), &json!(500)));

    // The plan's came with the first look.
    let path = "credited/ai-credits/reservations";
    let work = |request: &str, amount: i64| {
        Some(json!({ "request_id": request, "amount": amount, "feature": "transcription" }))
    };
    let (status, held) = ask(up, Method::POST, path, work("a", 1_200)).await;
    assert_eq!((status, &held["state"]), (StatusCode::OK, &json!("HELD")));
    let (_, again) = ask(up, Method::POST, path, work("a", 1_200)).await;
    assert_eq!(again["id"], held["id"]);
    let (status, problem) = ask(up, Method::POST, path, work("b", 301)).await;
    assert_eq!(status, StatusCode::PAYMENT_REQUIRED);
    assert_eq!(problem["code"], "too_few_ai_credits");
    assert_eq!(
        problem["detail"],
        "credited has 300 AI credits available, and 301 were asked for; 1200 more are held by other requests. Ask for less, wait for those, or grant some."
    );
    for (body, code) in [
        (work("a", 1_199), "request_id_reused"),
        (work("c", 0), "invalid_field"),
        (work("", 1), "invalid_field"),
        (
            Some(json!({ "request_id": "c", "amount": 1, "feature": "x", "seconds": 86_401 })),
            "invalid_field",
        ),
    ] {
        let (status, problem) = ask(up, Method::POST, path, body).await;
        assert_eq!((status, &problem["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!(code)));
    }

    let of_it = format!("{path}/{}", held["id"].as_str().unwrap());
    let settle = |spent: i64| Some(json!({ "spent": spent }));
    let (status, problem) = ask(up, Method::POST, &format!("{of_it}/settle"), settle(1_201)).await;
    assert_eq!((status, &problem["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("spent")));
    let (status, settled) = ask(up, Method::POST, &format!("{of_it}/settle"), settle(1_100)).await;
    assert_eq!((status, &settled["spent"]), (StatusCode::OK, &json!(1_100)));
    assert_eq!(ask(up, Method::GET, &of_it, None).await.1, settled);
    let (status, problem) = ask(up, Method::POST, &format!("{of_it}/release"), None).await;
    assert_eq!((status, &problem["code"]), (StatusCode::CONFLICT, &json!("reservation_closed")));

    let shown = told(up, &["show", "credited"]);
    for line in
        ["available  400\n", "held       0\n", "TOPUP   400 of 500", "transcription  1,100  1\n"]
    {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    let ledger = told(up, &["ledger", "credited"]);
    let kinds: Vec<&str> =
        ledger.lines().skip(1).filter_map(|it| it.split_whitespace().nth(3)).collect();
    assert_eq!(kinds, ["SETTLE", "RESERVE", "GRANT", "GRANT"], "{ledger}");
    let top: Value = serde_json::from_str(&told(up, &["top", "--json"])).unwrap();
    let spenders = top["tenants"].as_array().unwrap();
    assert_eq!(
        (&spenders[0]["subdomain"], &spenders[0]["spent"]),
        (&json!("credited"), &json!(1_100))
    );

    let grant = granted["id"].as_str().unwrap();
    told(up, &["void", "credited", "--grant", grant]);
    assert!(told(up, &["show", "credited"]).contains("available  0\n"));
    assert_eq!(
        refused(up, &["void", "credited", "--grant", &uuid::Uuid::nil().to_string()]),
        "error: credited has no such grant.\n"
    );
    assert_eq!(refused(up, &["show", "nobody"]), "error: There is no tenant 'nobody'.\n");
    let late = [&granting[..], &["--expires", "2020-01-01"]].concat();
    assert_eq!(refused(up, &late), "error: The grant would have expired already.\n");
    let (_, problem) = ask(
        up,
        Method::POST,
        "credited/ai-credits/grants",
        Some(json!({ "source": "PLAN", "amount": 1, "reason": "x" })),
    )
    .await;
    assert_eq!((&problem["code"], &problem["field"]), (&json!("invalid_field"), &json!("source")));
}
