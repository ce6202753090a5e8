//! An S3 server of another hand (`s3s-fs`) inside the process, and faults between it and whoever asks.
//!
//! It keeps no versions: for those there is [`super::versioned`].

use std::collections::VecDeque;
use std::convert::Infallible;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

use super::world::{KEY_ID, SECRET};

/// Listens until it is dropped.
pub(crate) struct Server {
    pub(crate) port: u16,
    network: Arc<Network>,
    _stop: DropGuard,
}

#[derive(Default)]
struct Network {
    /// For requests to come; the first that fits one takes it.
    faults: Mutex<VecDeque<(Method, Fault)>>,
    /// All requests: method, path and query, and the range that was asked for.
    seen: Mutex<Vec<String>>,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// It goes as it should.
    Nothing,
    /// It does not reach the server, who seems to say this.
    Answer(u16, &'static str),
    /// Nothing comes back, ever.
    Silence,
    /// The server does it, but the connection breaks before the answer.
    Lost,
    /// The connection breaks after so many bytes of the answer.
    Cut(usize),
    /// Nothing more comes after so many bytes of the answer.
    Stall(usize),
}

impl Server {
    pub(crate) async fn start(root: &Path) -> Self {
        let mut builder = S3ServiceBuilder::new(FileSystem::new(root).unwrap());
        builder.set_auth(SimpleAuth::from_single(KEY_ID, SECRET));
        let network = Arc::new(Network::default());
        let state = (builder.build(), Arc::clone(&network));
        let (port, stop) = serve(Router::new().fallback(answer).with_state(state)).await;
        Self { port, network, _stop: stop }
    }

    /// Each for one request of that method, in this order.
    pub(crate) fn fail(&self, method: &Method, faults: &[Fault]) {
        let faults = faults.iter().map(|it| (method.clone(), *it));
        self.network.faults.lock().unwrap().extend(faults);
    }

    /// What has been asked since this was called last.
    pub(crate) fn seen(&self) -> Vec<String> {
        std::mem::take(&mut self.network.seen.lock().unwrap())
    }
}

/// On a port of its own, until the guard is dropped.
pub(crate) async fn serve(app: Router) -> (u16, DropGuard) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let stop = CancellationToken::new();
    let serving = async move { axum::serve(listener, app).await.unwrap() };
    TaskTracker::new().spawn(stop.clone().run_until_cancelled_owned(serving));
    (port, stop.drop_guard())
}

async fn answer(
    State((s3, network)): State<(S3Service, Arc<Network>)>,
    request: Request,
) -> Result<Response, Infallible> {
    let fault = network.note(&request);
    let fault = match fault {
        Some(Fault::Answer(status, code)) => return Ok(refusal(status, code)),
        Some(Fault::Silence) => std::future::pending().await,
        other => other,
    };
    let answer = s3.call(request.map(s3s::Body::http_body_unsync)).await.unwrap();
    let (parts, body) = answer.into_parts();
    let mut whole = Body::new(body).into_data_stream();
    let body = match fault {
        None | Some(Fault::Nothing | Fault::Answer(..) | Fault::Silence) => {
            Body::from_stream(whole)
        }
        // Ends the connection's task, and with it the connection.
        Some(Fault::Lost) => std::panic::resume_unwind(Box::new("lost")),
        Some(Fault::Cut(bytes) | Fault::Stall(bytes)) => {
            let mut beginning = Vec::new();
            while let Some(chunk) = whole.next().await
                && beginning.len() < bytes
            {
                beginning.extend_from_slice(&chunk.unwrap());
            }
            beginning.truncate(bytes);
            let beginning = stream::iter([Ok(Bytes::from(beginning))]);
            if matches!(fault, Some(Fault::Stall(_))) {
                Body::from_stream(beginning.chain(stream::pending::<io::Result<Bytes>>()))
            } else {
                // It goes out while the rest is waited for.
                let cut = stream::once(async {
                    tokio::task::yield_now().await;
                    Err(io::Error::other("cut"))
                });
                Body::from_stream(beginning.chain(cut))
            }
        }
    };
    Ok(Response::from_parts(parts, body))
}

impl Network {
    fn note(&self, request: &Request) -> Option<Fault> {
        let header = |name| request.headers().get(name).and_then(|it| it.to_str().ok());
        let words = [request.method().as_str(), &request.uri().to_string()]
            .into_iter()
            .chain(header("range"))
            .collect::<Vec<_>>()
            .join(" ");
        self.seen.lock().unwrap().push(words);
        let mut faults = self.faults.lock().unwrap();
        let place = faults.iter().position(|(method, _)| method == request.method())?;
        faults.remove(place).map(|(_, fault)| fault)
    }
}

/// As S3 writes one.
pub(crate) fn refusal(status: u16, code: &str) -> Response {
    let text = format!("<Error><Code>{code}</Code><Message>as the test has it</Message></Error>");
    (StatusCode::from_u16(status).unwrap(), [("etag", "\"none\"")], text).into_response()
}
