//! A real HTTP server that webhooks come to: it keeps what came, and answers as it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

/// How it answers one request.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    Status(u16),
    /// With 503, and the wish not to be asked for so many seconds.
    Later(u32),
    /// To a place on the same server that would say yes.
    Elsewhere,
    /// Not at all, until the connection goes.
    Never,
}

/// One request as it came.
#[derive(Clone, Debug)]
pub(super) struct Came {
    pub(super) id: String,
    pub(super) timestamp: String,
    pub(super) signatures: Vec<String>,
    pub(super) text: String,
    pub(super) body: Value,
}

#[derive(Clone)]
pub(super) struct Receiver {
    shared: Arc<Shared>,
    pub(super) url: String,
}

struct Shared {
    came: Mutex<Vec<Came>>,
    /// For the next requests; 200 for those after them.
    answers: Mutex<VecDeque<Answer>>,
    arrived: Notify,
    _stop: DropGuard,
}

impl Receiver {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hooks", listener.local_addr().unwrap());
        let stop = CancellationToken::new();
        let shared = Arc::new(Shared {
            came: Mutex::default(),
            answers: Mutex::default(),
            arrived: Notify::new(),
            _stop: stop.clone().drop_guard(),
        });
        let receiver = Self { shared: Arc::clone(&shared), url };
        // It must not keep itself alive.
        let app = Router::new().fallback(receive).with_state(Arc::downgrade(&shared));
        TaskTracker::new().spawn(async move {
            tokio::select! {
                served = async { axum::serve(listener, app).await } => served.unwrap(),
                () = stop.cancelled() => {}
            }
        });
        receiver
    }

    pub(super) fn answer(&self, answers: &[Answer]) {
        self.shared.answers.lock().unwrap().extend(answers);
    }

    /// All of them, in order.
    pub(super) fn came(&self) -> Vec<Came> {
        self.shared.came.lock().unwrap().clone()
    }

    /// The tenants that they were about.
    pub(super) fn told(&self) -> Vec<String> {
        let of = |it: &Came| it.body["data"]["tenant"]["subdomain"].as_str().unwrap().to_owned();
        self.came().iter().map(of).collect()
    }

    /// Returns when one more has come.
    pub(super) async fn arrival(&self) {
        self.shared.arrived.notified().await;
    }
}

async fn receive(
    State(shared): State<std::sync::Weak<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let shared = shared.upgrade().unwrap();
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/json");
    let text = String::from_utf8(body.to_vec()).unwrap();
    shared.came.lock().unwrap().push(Came {
        id: header("webhook-id"),
        timestamp: header("webhook-timestamp"),
        signatures: header("webhook-signature").split(' ').map(str::to_owned).collect(),
        body: serde_json::from_str(&text).unwrap(),
        text,
    });
    shared.arrived.notify_one();
    let answer = shared.answers.lock().unwrap().pop_front().unwrap_or(Answer::Status(200));
    drop(shared);
    match answer {
        Answer::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Answer::Later(seconds) => {
            let later = [(RETRY_AFTER, seconds.to_string())];
            (StatusCode::SERVICE_UNAVAILABLE, later).into_response()
        }
        Answer::Elsewhere => Redirect::temporary("/other").into_response(),
        Answer::Never => std::future::pending().await,
    }
}

impl Came {
    /// Which of its signatures a receiver with this secret accepts, computed as the specification says.
    pub(super) fn signed_by(&self, secret: &str) -> Vec<bool> {
        let key = STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{}.{}.{}", self.id, self.timestamp, self.text).as_bytes());
        let expected = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
        self.signatures.iter().map(|it| *it == expected).collect()
    }
}
