//! HTTP as different callers speak it: raw bytes, the API with a token, a person with cookies.

use std::collections::BTreeMap;
use std::future;
use std::io::{Read, Write};
use std::iter;
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Method, RequestBuilder, Response, Url};
use serde_json::Value;
use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

use crate::up::Up;

/// Sends bytes to the public port and reads the answer to its end.
pub(crate) fn raw(up: &Up, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", up.port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(request).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// The status of a raw answer.
pub(crate) fn status(answer: &str) -> u16 {
    answer
        .split_whitespace()
        .nth(1)
        .and_then(|it| it.parse().ok())
        .unwrap_or_else(|| panic!("no status in {answer:?}"))
}

/// Asks for `/` with these header lines, and to close.
pub(crate) fn get_with(up: &Up, headers: &str) -> String {
    raw(up, format!("GET / HTTP/1.1\r\n{headers}connection: close\r\n\r\n").as_bytes())
}

/// A client that knows where `*.localhost` is, keeps cookies, and follows no redirect.
///
/// `__Host-` cookies are `Secure`, which browsers also send to localhost; this client would not,
/// so [`Person`] keeps its own.
pub(crate) fn client() -> Client {
    // Each test may come first.
    drop(rustls::crypto::ring::default_provider().install_default());
    let client = Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy();
    client.dns_resolver(Arc::new(Here)).build().unwrap()
}

/// Every name is this machine's.
struct Here;

impl Resolve for Here {
    fn resolve(&self, _name: Name) -> Resolving {
        let here: Addrs = Box::new(iter::once(([127, 0, 0, 1], 0).into()));
        Box::pin(future::ready(Ok(here)))
    }
}

/// A call of the API with the owner's token.
pub(crate) fn api(up: &Up, method: Method, path: &str) -> RequestBuilder {
    client()
        .request(method, format!("{}{path}", up.url("console.localhost")))
        .bearer_auth(up.token.trim())
}

/// Asks until the answer is yes, a minute at most: far longer than anything takes.
pub(crate) async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    eventually_some(what, async || is_so().await.then_some(())).await;
}

/// Asks until there is an answer, for what announces itself in no other way.
pub(crate) async fn eventually_some<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < deadline, "it does not happen that {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What the API answers to a GET.
pub(crate) async fn fetch(up: &Up, path: &str) -> Value {
    api(up, Method::GET, path).send().await.unwrap().json().await.unwrap()
}

/// Somebody with a browser, minus the browser.
pub(crate) struct Person {
    client: Client,
    origin: String,
    pub(crate) cookie: Option<String>,
    /// Of those who are signed in.
    _desk: Option<OwnedMutexGuard<()>>,
}

/// The only seat at the owner's desk: choosing a password signs the owner out everywhere else, so of
/// tests that share a studio one at a time is its owner.
pub(crate) async fn desk(up: &Up, subdomain: &str) -> OwnedMutexGuard<()> {
    static DESKS: Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<()>>>> =
        Mutex::new(BTreeMap::new());
    let origin = up.url(subdomain);
    let desk = Arc::clone(DESKS.lock().unwrap().entry(origin).or_default());
    desk.lock_owned().await
}

impl Person {
    pub(crate) fn at(up: &Up, subdomain: &str) -> Self {
        let origin = up.url(&format!("{subdomain}.localhost"));
        Self { client: client(), origin, cookie: None, _desk: None }
    }

    /// Comes in by a one-time link and chooses a password.
    pub(crate) async fn by_link(up: &Up, subdomain: &str, link: &str) -> Self {
        let mut person = Self { _desk: Some(desk(up, subdomain).await), ..Self::at(up, subdomain) };
        let path = Url::parse(link).unwrap().path().to_owned();
        let page = person.get(&path).await;
        assert_eq!(page.status(), 200, "the link shows its form");
        let fields = [("password", PASSWORD)];
        let answer = person.post(&path, &fields).await;
        let cookie = answer
            .headers()
            .get_all("set-cookie")
            .iter()
            .filter_map(|it| it.to_str().ok())
            .find(|it| it.starts_with("__Host-cloison="));
        let cookie = cookie.map(|it| it.split(';').next().unwrap().to_owned());
        let status = answer.status();
        person.cookie = cookie;
        assert!(
            person.cookie.is_some(),
            "the link signs in, but answered {status}: {}",
            answer.text().await.unwrap()
        );
        person
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.send(Method::GET, path, None).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.send(Method::POST, path, Some(fields)).await
    }

    async fn send(&self, method: Method, path: &str, fields: Option<&[(&str, &str)]>) -> Response {
        let mut request = self.client.request(method, format!("{}{path}", self.origin));
        request = request.header("origin", &self.origin);
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(fields) = fields {
            request = request.form(fields);
        }
        request.send().await.unwrap()
    }
}

/// Long enough for every rule.
pub(crate) const PASSWORD: &str = "correct horse battery staple";
