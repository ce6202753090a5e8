//! Calls to Vault: with the token, for so long, so many times.

use std::error::Error;
use std::fmt;

use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use zeroize::Zeroizing;

use super::answer::{Answer, Meaning, meaning};
use super::{Patience, VaultSettings};
use crate::keystore::KeystoreError;

/// More than Vault says of a key with thousands of versions.
const BODY_BYTES_MAX: usize = 1 << 20;

pub(super) struct Http {
    client: Client,
    /// Ends in `/v1/MOUNT/`.
    base: Url,
    mount: String,
    patience: Patience,
    describe: String,
}

impl Http {
    pub(super) fn new(
        settings: &VaultSettings,
        mount: &str,
        patience: Patience,
    ) -> Result<Self, KeystoreError> {
        let wrong = |why: &str| KeystoreError::Unusable {
            keystore: "vault".to_owned(),
            why: why.to_owned(),
            source: None,
        };
        let address = Url::parse(settings.address.trim_end_matches('/'))
            .ok()
            .filter(|it| {
                matches!(it.scheme(), "http" | "https")
                    && it.has_host()
                    && it.query().is_none()
                    && it.fragment().is_none()
            })
            .ok_or_else(|| wrong("its address is not like https://vault.example:8200"))?;
        if !address.username().is_empty() || address.password().is_some() {
            return Err(wrong(
                "its address holds a user or a password: Vault takes a token instead",
            ));
        }
        if address.scheme() == "http" && !is_this_machine(&address) {
            return Err(wrong(
                "its address is http:// on another machine, where anybody on the way reads the token: use https://",
            ));
        }
        let is_path =
            |it: &str| it.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-./".contains(&it));
        if mount.is_empty() || !is_path(mount) || mount.contains("..") {
            return Err(wrong("the place of its engine is not like transit or team/transit"));
        }
        let base = format!("{}/v1/{mount}/", address.as_str().trim_end_matches('/'));
        let base = Url::parse(&base)
            .map_err(|_not_a_url| wrong("its address has more than host, port and path"))?;
        let headers =
            headers(settings).ok_or_else(|| wrong("its token or namespace is not one word"))?;
        let client = Client::builder()
            .timeout(patience.timeout)
            .default_headers(headers)
            // The token goes nowhere but to this address.
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| KeystoreError::Unusable {
                keystore: "vault".to_owned(),
                why: "no HTTP client can be made".to_owned(),
                source: Some(Box::new(error)),
            })?;
        let describe = format!("vault {}/{mount}", address.as_str().trim_end_matches('/'));
        Ok(Self { client, base, mount: mount.to_owned(), patience, describe })
    }

    pub(super) fn describe(&self) -> &str {
        &self.describe
    }

    /// Every call may be sent again: an answer can be lost after Vault has done as it was told.
    pub(super) async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Answer, KeystoreError> {
        let mut waits = self.patience.waits.iter();
        loop {
            let (why, source) = match self.try_once(method.clone(), path, body).await {
                Ok((status, bytes)) => match meaning(&self.mount, path, status, bytes) {
                    Meaning::Answered(answer) => return Ok(answer),
                    Meaning::Unusable(why) => return Err(self.strange(&why)),
                    Meaning::Away(why) => return Err(self.away(why, None)),
                    Meaning::Again(why) => (why, None),
                },
                Err(error) => (self.why(&error), Some(error.without_url().into())),
            };
            let Some(wait) = waits.next() else {
                let tries = self.patience.waits.len() + 1;
                return Err(self.away(format!("{why} ({tries} tries)"), source));
            };
            tracing::debug!(method = %method, path, why, "vault is asked again");
            tokio::time::sleep(*wait).await;
        }
    }

    /// Reads the `data` of an answer.
    pub(super) fn data<T: DeserializeOwned>(&self, body: Vec<u8>) -> Result<T, KeystoreError> {
        #[derive(Deserialize)]
        struct Body<T> {
            data: T,
        }
        let body = Zeroizing::new(body);
        // What the parser says could quote the body, which may hold a secret.
        serde_json::from_slice::<Body<T>>(&body)
            .map(|it| it.data)
            .map_err(|_may_quote| self.strange("it does not answer as a Vault does; is this one?"))
    }

    /// Not as a Vault that is set up for us answers.
    pub(super) fn strange(&self, why: &str) -> KeystoreError {
        KeystoreError::Unusable {
            keystore: self.describe.clone(),
            why: why.to_owned(),
            source: None,
        }
    }

    async fn try_once(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<(u16, Vec<u8>), reqwest::Error> {
        let url = self.base.join(path).expect("a path of names and slashes joins any address");
        let mut request = self.client.request(method, url);
        if let Some(body) = body {
            request = request.json(body);
        }
        let mut response = request.send().await?;
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if bytes.len() + chunk.len() > BODY_BYTES_MAX {
                // Cut off, it is not understood, which is what it deserves.
                break;
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok((response.status().as_u16(), bytes))
    }

    fn why(&self, error: &reqwest::Error) -> String {
        if error.is_timeout() {
            format!("it has said nothing for {:?}", self.patience.timeout)
        } else if error.is_connect() {
            "no connection comes about".to_owned()
        } else {
            "the connection breaks".to_owned()
        }
    }

    fn away(&self, why: String, source: Option<Box<dyn Error + Send + Sync>>) -> KeystoreError {
        KeystoreError::Away { keystore: self.describe.clone(), why, source }
    }
}

fn headers(settings: &VaultSettings) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    let mut token = HeaderValue::from_str(settings.token.expose().trim()).ok()?;
    token.set_sensitive(true);
    headers.insert("x-vault-token", token);
    headers.insert("x-vault-request", HeaderValue::from_static("true"));
    if let Some(namespace) = &settings.namespace {
        headers.insert("x-vault-namespace", HeaderValue::from_str(namespace).ok()?);
    }
    Some(headers)
}

fn is_this_machine(address: &Url) -> bool {
    let host = address.host_str().unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|it| it.is_loopback())
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http").field("describe", &self.describe).finish_non_exhaustive()
    }
}
