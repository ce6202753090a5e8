//! `GET /v1/operations/{id}/events`, read as a browser's `EventSource` reads it.

use std::fs;

use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::http::{api, eventually, fetch};
use crate::up::{STALLED, Up, cloison, fresh_data_dir};

/// One event of a stream.
#[derive(Debug, PartialEq, Eq)]
struct Event {
    name: String,
    id: Option<i64>,
    data: Value,
}

/// A stream that is being read.
struct Stream {
    response: Response,
    unread: String,
}

impl Stream {
    async fn open(up: &Up, id: &str, last: Option<i64>) -> Self {
        let mut request = api(up, Method::GET, &format!("/v1/operations/{id}/events"));
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { response, unread: String::new() }
    }

    /// Nothing once the server has closed the stream; comments are passed over.
    async fn next(&mut self) -> Option<Event> {
        loop {
            while let Some(end) = self.unread.find("\n\n") {
                let frame: String = self.unread.drain(..end + 2).collect();
                let field = |name: &str| {
                    let lines = frame.lines().filter_map(|it| it.split_once(": "));
                    lines.into_iter().find(|it| it.0 == name).map(|it| it.1.to_owned())
                };
                let event = field("event").map(|name| Event {
                    name,
                    id: field("id").map(|it| it.parse().unwrap()),
                    data: serde_json::from_str(&field("data").unwrap()).unwrap(),
                });
                if event.is_some() {
                    return event;
                }
            }
            let chunk = self.response.chunk().await.expect("the stream is not broken off")?;
            self.unread.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }

    async fn rest(mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some(event) = self.next().await {
            events.push(event);
        }
        events
    }
}

/// A tenant that cannot be made, once it has said so.
async fn stalled(up: &Up, subdomain: &str) -> String {
    let tenant =
        json!({ "subdomain": subdomain, "name": "A studio", "owner_email": "kim@example.com" });
    let begun = api(up, Method::POST, "/v1/tenants").json(&tenant).send().await.unwrap();
    let begun: Value = begun.json().await.unwrap();
    let id = begun["operation"]["id"].as_str().unwrap().to_owned();
    eventually("it has been tried", async || {
        fetch(up, &format!("/v1/operations/{id}")).await["attempts"].as_i64().unwrap() > 0
    })
    .await;
    id
}

#[tokio::test]
async fn each_event_comes_once_also_to_who_was_cut_off() {
    let up = &*STALLED;
    let held = up.hold_template().await;
    let id = stalled(up, "streamed").await;
    let mut whole = Stream::open(up, &id, None).await;
    let first = whole.next().await.unwrap();
    assert_eq!((first.name.as_str(), first.id), ("step", Some(1)));
    assert_eq!(first.data["sequence"], 1);
    assert!(first.data["message"].as_str().is_some_and(|it| !it.is_empty()));

    let cancelled = api(up, Method::POST, &format!("/v1/operations/{id}/cancel?wait=30s"))
        .send()
        .await
        .unwrap();
    assert_eq!(cancelled.status(), StatusCode::OK);
    let mut events = vec![first];
    events.extend(whole.rest().await);
    let ended = events.pop().unwrap();
    assert_eq!((ended.name.as_str(), ended.id), ("end", None));
    assert_eq!((&ended.data["state"], &ended.data["id"]), (&json!("CANCELLED"), &json!(id)));
    let told = ended.data["events"].as_array().unwrap();
    assert_eq!(
        events.iter().map(|it| &it.data).collect::<Vec<_>>(),
        told.iter().collect::<Vec<_>>()
    );
    let count = i64::try_from(events.len()).unwrap();
    assert_eq!(
        events.iter().filter_map(|it| it.id).collect::<Vec<_>>(),
        (1..=count).collect::<Vec<_>>()
    );

    // Wherever somebody was cut off, the rest is all they get, and all of it.
    for last in 0..=count {
        let rest = Stream::open(up, &id, Some(last)).await.rest().await;
        let (end, steps) = rest.split_last().unwrap();
        assert_eq!(end, &ended);
        assert_eq!(steps, &events[usize::try_from(last).unwrap()..], "after {last}");
    }
    drop(held);
}

#[tokio::test]
async fn what_is_not_there_is_not_followed() {
    let up = &*STALLED;
    for id in [uuid::Uuid::nil().to_string(), "x".to_owned()] {
        let answer =
            api(up, Method::GET, &format!("/v1/operations/{id}/events")).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NOT_FOUND);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        assert_eq!(answer.json::<Value>().await.unwrap()["code"], "not_found");
    }
}

#[tokio::test]
async fn an_open_stream_does_not_keep_it_from_stopping() {
    let data_dir = fresh_data_dir();
    let log = data_dir.join("log");
    let mut command = cloison(&data_dir);
    command.env("CLOISON_WORK_SPARES_PER_SERVER", "0").stderr(fs::File::create(&log).unwrap());
    let up = Up::start_as(&data_dir, &[], command);
    let held = up.hold_template().await;
    let id = stalled(&up, "endless").await;
    let mut stream = Stream::open(&up, &id, None).await;
    assert!(stream.next().await.is_some());
    drop(held);
    up.stop();

    // It was closed and not cut off, and nobody had to be waited for in vain.
    assert!(stream.rest().await.iter().all(|it| it.name == "step"));
    let log = fs::read_to_string(log).unwrap();
    assert!(!log.contains("were cut off"), "{log}");
}
