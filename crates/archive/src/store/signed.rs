//! Requests that `object_store` does not make: about versions, and about uploads that never ended.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Method, Request};
use object_store::aws::{AwsAuthorizer, AwsCredential};
use object_store::client::{HttpError, HttpErrorKind, HttpRequestBody, HttpService as _};
use tokio::time::sleep;

use super::Patience;
use super::verdict::{Verdict, verdict};
use super::wire::{Wire, collect};

/// Of an answer: a list of 1000 names with their versions is well below 2 MiB.
const ANSWER_BYTES_MAX: usize = 16 << 20;

/// A pause is twice the one before, but no longer than this.
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// Signs for one bucket.
#[derive(Debug)]
pub(super) struct Signed {
    pub(super) wire: Wire,
    pub(super) url: String,
    pub(super) region: String,
    pub(super) credential: AwsCredential,
    pub(super) patience: Patience,
    /// As it is shown.
    pub(super) store: String,
}

impl Signed {
    /// Sends a request that may be sent twice, without a body. `name` is the object's, of the bucket if it is empty.
    pub(super) async fn send(
        &self,
        method: Method,
        name: &str,
        query: &[(&str, &str)],
    ) -> Result<Bytes, Verdict> {
        let uri = format!("{}/{}{}", self.url, encoded(name, true), query_of(query));
        let began = Instant::now();
        let mut pause = self.patience.pause;
        let mut retries = 0;
        loop {
            let error = match self.send_once(method.clone(), &uri).await {
                Ok(answer) => return Ok(answer),
                Err(error) => verdict(&self.store, error),
            };
            let may_pass = matches!(&error, Verdict::Failed(error) if error.is_passing());
            let exhausted = retries >= self.patience.retries_max
                || began.elapsed() > self.patience.retrying_max;
            if !may_pass || exhausted {
                return Err(error);
            }
            sleep(pause).await;
            pause = (pause * 2).min(PAUSE_MAX);
            retries += 1;
        }
    }

    async fn send_once(&self, method: Method, uri: &str) -> Result<Bytes, HttpError> {
        let request = Request::builder().method(method).uri(uri).body(HttpRequestBody::empty());
        let mut request = request.map_err(|error| HttpError::new(HttpErrorKind::Unknown, error))?;
        AwsAuthorizer::new(&self.credential, "s3", &self.region)
            .try_authorize(&mut request, None)
            .map_err(|error| HttpError::new(HttpErrorKind::Unknown, error))?;
        let response = self.wire.call(request).await?;
        collect(response.into_body(), ANSWER_BYTES_MAX).await
    }
}

fn query_of(query: &[(&str, &str)]) -> String {
    let pairs = query.iter().map(|(name, value)| format!("{name}={}", encoded(value, false)));
    let pairs: Vec<_> = pairs.collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// As signatures want it: all but letters, digits and four signs, and in a path the slash.
fn encoded(text: &str, is_path: bool) -> String {
    let is_plain =
        |it: u8| it.is_ascii_alphanumeric() || b"-._~".contains(&it) || (is_path && it == b'/');
    text.bytes().fold(String::with_capacity(text.len()), |mut all, byte| {
        if is_plain(byte) {
            all.push(char::from(byte));
        } else {
            write!(all, "%{byte:02X}").expect("writing to a string does not fail");
        }
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_as_they_are_signed() {
        assert_eq!(encoded("a/b c+d\u{e9}~", true), "a/b%20c%2Bd%C3%A9~");
        assert_eq!(
            query_of(&[("versions", ""), ("prefix", "a/b"), ("key-marker", "&=")]),
            "?versions=&prefix=a%2Fb&key-marker=%26%3D"
        );
        assert_eq!(query_of(&[]), "");
    }
}
