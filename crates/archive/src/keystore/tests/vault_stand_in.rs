//! A stand-in for `HashiCorp`'s Vault, in the test's own process: no real Vault runs here.
//!
//! It speaks the part of the HTTP interface that the keystore uses, with the answers that Vault's documentation and source give: the same
//! statuses and shapes of body, and the same refusals. Its cipher is another one, which nobody sees from outside. On demand it fails in the
//! ways that a Vault fails.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use cloison_model::Secret;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::keystore::sealing::random_bytes;
use crate::keystore::vault::Patience;
use crate::keystore::{VaultKeystore, VaultSettings};

pub(super) const TOKEN: &str = "hvs.stand-in";

/// What happens to one request, instead of an answer.
#[derive(Clone)]
pub(super) enum Fault {
    /// None.
    None,
    /// Nothing is done and this is answered.
    Answer(u16, &'static str),
    /// Nothing is done and nothing is answered.
    Silence,
    /// It is done, and the answer is lost.
    AnswerLost,
}

#[derive(Clone, Default)]
struct StoredKey {
    versions: BTreeMap<u32, ([u8; 32], i64)>,
    deletion_allowed: bool,
}

#[derive(Default)]
pub(super) struct Inside {
    keys: BTreeMap<String, StoredKey>,
    /// For the next requests, in order; then none.
    pub(super) faults: VecDeque<Fault>,
    /// From this request on, counted from now, each is denied: so ends a process that is killed.
    pub(super) denied_after: Option<usize>,
    pub(super) asked: usize,
}

/// A running stand-in.
pub(super) struct StandIn {
    inside: Arc<Mutex<Inside>>,
    address: String,
    server: JoinHandle<()>,
}

impl StandIn {
    pub(super) async fn start() -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let inside = Arc::new(Mutex::new(Inside::default()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(answer).with_state(Arc::clone(&inside));
        #[expect(clippy::disallowed_methods, reason = "it ends with the test, which holds it")]
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { inside, address, server }
    }

    pub(super) fn settings(&self) -> VaultSettings {
        VaultSettings {
            address: self.address.clone(),
            mount: "transit".to_owned(),
            namespace: None,
            token: Secret::new(TOKEN),
        }
    }

    pub(super) fn keystore(&self) -> VaultKeystore {
        keystore_with(&self.settings())
    }

    pub(super) fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap()
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.inside().keys.keys().cloned().collect()
    }
}

/// Any keystore here is tried three times, without waiting in between.
pub(super) fn keystore_with(settings: &VaultSettings) -> VaultKeystore {
    let patience = Patience { timeout: Duration::from_secs(1), waits: vec![Duration::ZERO; 2] };
    VaultKeystore::with_patience(settings, patience).unwrap()
}

impl Drop for StandIn {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(
    State(inside): State<Arc<Mutex<Inside>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let fault = {
        let mut inside = inside.lock().unwrap();
        inside.asked += 1;
        match &mut inside.denied_after {
            Some(0) => Fault::Answer(403, "permission denied"),
            Some(left) => {
                *left -= 1;
                inside.faults.pop_front().unwrap_or(Fault::None)
            }
            None => inside.faults.pop_front().unwrap_or(Fault::None),
        }
    };
    let token = headers.get("x-vault-token").map(|it| it.as_bytes().to_vec());
    let done = || {
        if token.as_deref() != Some(TOKEN.as_bytes()) {
            return refusal(403, "permission denied");
        }
        let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
        inside.lock().unwrap().act(&method, uri.path(), &body)
    };
    match fault {
        Fault::None => done(),
        Fault::Answer(status, said) => refusal(status, said),
        Fault::Silence => std::future::pending().await,
        Fault::AnswerLost => {
            drop(done());
            std::future::pending().await
        }
    }
}

impl Inside {
    /// As Vault's own backup of a key does, when it is restored under another name.
    pub(super) fn copy_key(&mut self, from: &str, to: &str) {
        let key = self.keys[from].clone();
        self.keys.insert(to.to_owned(), key);
    }

    fn act(&mut self, method: &Method, path: &str, body: &Value) -> Response {
        let Some(path) = path.strip_prefix("/v1/transit/") else {
            let route = path.trim_start_matches("/v1/");
            return refusal(
                404,
                &format!("no handler for route \"{route}\". route entry not found."),
            );
        };
        let parts: Vec<&str> = path.split('/').collect();
        match (method.as_str(), &parts[..]) {
            ("POST", ["keys", name]) => self.make(name, body),
            ("GET", ["keys", name]) => self.read(name),
            ("DELETE", ["keys", name]) => self.delete(name),
            ("POST", ["keys", name, "config"]) => match self.keys.get_mut(*name) {
                None => refusal(400, &format!("no existing key named {name} could be found")),
                Some(key) => {
                    key.deletion_allowed |= body["deletion_allowed"] == true;
                    self.read(name)
                }
            },
            ("POST", ["keys", name, "rotate"]) => match self.keys.get_mut(*name) {
                None => refusal(400, "key not found"),
                Some(key) => {
                    key.add_version();
                    self.read(name)
                }
            },
            ("POST", ["encrypt", name]) => self.encrypt(name, body),
            ("POST", ["decrypt", name]) => self.decrypt(name, body),
            _ => refusal(405, "unsupported operation"),
        }
    }

    fn make(&mut self, name: &str, body: &Value) -> Response {
        if body["type"] != "aes256-gcm96" {
            return refusal(400, "unknown key type");
        }
        // One that is there stays.
        let key = self.keys.entry(name.to_owned()).or_default();
        if key.versions.is_empty() {
            key.add_version();
        }
        self.read(name)
    }

    fn read(&self, name: &str) -> Response {
        let Some(key) = self.keys.get(name) else { return missing() };
        let versions: BTreeMap<_, _> = key
            .versions
            .iter()
            .map(|(number, (_, made_at))| (number.to_string(), made_at))
            .collect();
        data(&json!({
            "name": name,
            "type": "aes256-gcm96",
            "deletion_allowed": key.deletion_allowed,
            "latest_version": key.versions.len(),
            "keys": versions,
        }))
    }

    fn delete(&mut self, name: &str) -> Response {
        match self.keys.get(name) {
            None => refusal(
                400,
                &format!("error deleting policy {name}: could not delete key; not found"),
            ),
            Some(key) if !key.deletion_allowed => refusal(
                400,
                &format!("error deleting policy {name}: deletion is not allowed for this key"),
            ),
            Some(_) => {
                self.keys.remove(name);
                StatusCode::NO_CONTENT.into_response()
            }
        }
    }

    /// As Vault does for a token that may create, it makes a key that is not there.
    fn encrypt(&mut self, name: &str, body: &Value) -> Response {
        let key = self.keys.entry(name.to_owned()).or_default();
        if key.versions.is_empty() {
            key.add_version();
        }
        let (version, (key, _)) = key.versions.last_key_value().unwrap();
        let Some(secret) = decoded(&body["plaintext"]) else {
            return refusal(400, "failed to base64-decode plaintext");
        };
        let nonce: [u8; 24] = random_bytes();
        let aad = decoded(&body["associated_data"]).unwrap_or_default();
        let cipher = XChaCha20Poly1305::new(&Key::from(*key));
        let payload = Payload { msg: &secret, aad: &aad };
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).unwrap();
        let text = STANDARD.encode([&nonce[..], &sealed].concat());
        data(&json!({ "ciphertext": format!("vault:v{version}:{text}"), "key_version": version }))
    }

    fn decrypt(&mut self, name: &str, body: &Value) -> Response {
        let Some(key) = self.keys.get(name) else {
            return refusal(400, "encryption key not found");
        };
        let text = body["ciphertext"].as_str().unwrap_or_default();
        let Some((version, text)) = text.strip_prefix("vault:v").and_then(|it| it.split_once(':'))
        else {
            return refusal(400, "invalid ciphertext: no prefix");
        };
        let Some((key, _)) = version.parse().ok().and_then(|it: u32| key.versions.get(&it)) else {
            return refusal(400, "invalid ciphertext: version number could not be decoded");
        };
        let Ok(bytes) = STANDARD.decode(text) else {
            return refusal(400, "invalid ciphertext: could not decode base64");
        };
        let Some((nonce, sealed)) = bytes.split_first_chunk::<24>() else {
            return refusal(400, "invalid ciphertext length");
        };
        let aad = decoded(&body["associated_data"]).unwrap_or_default();
        let cipher = XChaCha20Poly1305::new(&Key::from(*key));
        match cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &aad }) {
            Ok(secret) => data(&json!({ "plaintext": STANDARD.encode(secret) })),
            Err(_) => refusal(400, "cipher: message authentication failed"),
        }
    }
}

impl StoredKey {
    fn add_version(&mut self) {
        let number = u32::try_from(self.versions.len()).unwrap() + 1;
        self.versions.insert(number, (random_bytes(), Timestamp::now().as_second()));
    }
}

fn decoded(text: &Value) -> Option<Vec<u8>> {
    STANDARD.decode(text.as_str()?).ok()
}

fn data(data: &Value) -> Response {
    (StatusCode::OK, json!({ "request_id": "0", "data": data }).to_string()).into_response()
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, json!({ "errors": [] }).to_string()).into_response()
}

fn refusal(status: u16, said: &str) -> Response {
    let status = StatusCode::from_u16(status).unwrap();
    (status, json!({ "errors": [said] }).to_string()).into_response()
}
