//! Where spans go, as people write it. What the variables of OpenTelemetry mean is what these mean.

use std::fmt;

use http::{HeaderName, HeaderValue, Uri};

/// Where spans go, and which. It has no Debug: headers are secrets.
#[derive(Clone)]
pub struct OtlpSettings {
    pub endpoint: OtlpEndpoint,
    pub headers: OtlpHeaders,
    pub service_name: String,
    /// The share of all traces that is exported, 0 to 1.
    pub sample_ratio: f64,
}

/// Of a collector, as in `http://127.0.0.1:4318`. Invariant: http or https, and nothing in it is a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtlpEndpoint(String);

/// Sent along, such as a collector's key.
#[derive(Clone, Default)]
pub struct OtlpHeaders(pub(super) Vec<(HeaderName, HeaderValue)>);

impl OtlpEndpoint {
    /// Nothing if it is none. A path is kept, and `/v1/traces` comes behind it.
    pub fn parse(text: &str) -> Option<Self> {
        let uri: Uri = text.parse().ok()?;
        let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
        let names_nobody = !uri.authority()?.as_str().contains('@');
        let is_plain = uri.query().is_none() && !text.contains('#');
        (is_http && names_nobody && is_plain).then(|| Self(text.trim_end_matches('/').to_owned()))
    }
}

impl fmt::Display for OtlpEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl OtlpHeaders {
    /// Nothing if they are none. As in `x-key=abc,authorization=Basic%20abc`.
    pub fn parse(text: &str) -> Option<Self> {
        let pairs = text.split(',').filter(|it| !it.trim().is_empty());
        let header = |pair: &str| {
            let (name, value) = pair.split_once('=')?;
            let name = HeaderName::from_bytes(name.trim().as_bytes()).ok()?;
            let mut value = HeaderValue::from_bytes(&decoded(value.trim())?).ok()?;
            value.set_sensitive(true);
            Some((name, value))
        };
        pairs.map(header).collect::<Option<_>>().map(Self)
    }
}

/// Per cent.
fn decoded(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let (byte, after) = match (first, after) {
            (b'%', [a, b, after @ ..]) => {
                let digit = |it: u8| char::from(it).to_digit(16);
                (u8::try_from(digit(*a)? * 16 + digit(*b)?).ok()?, after)
            }
            (b'%', _) => return None,
            (byte, after) => (*byte, after),
        };
        bytes.push(byte);
        rest = after;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collectors() {
        let check = |text| OtlpEndpoint::parse(text).map(|it| it.0);
        assert_eq!(check("http://127.0.0.1:4318/").as_deref(), Some("http://127.0.0.1:4318"));
        assert_eq!(check("https://a.example/otlp").as_deref(), Some("https://a.example/otlp"));
        for text in [
            "",
            "127.0.0.1:4318",
            "grpc://a:4317",
            "http://me:secret@a",
            "http://a?key=b",
            "http://a#b",
        ] {
            assert_eq!(check(text), None, "{text}");
        }
    }

    #[test]
    fn headers() {
        let check = |text| {
            let pairs = OtlpHeaders::parse(text)?.0.into_iter();
            Some(pairs.map(|(a, b)| format!("{a}: {}", b.to_str().unwrap())).collect::<Vec<_>>())
        };
        assert_eq!(check("X-Key=a%20b=, c=d,").unwrap(), ["x-key: a b=", "c: d"]);
        assert_eq!(check("").unwrap(), [""; 0]);
        for text in ["a", "a b=c", "a=%2", "a=%zz", "a=%0a", "a=%+9"] {
            assert!(check(text).is_none(), "{text}");
        }
    }
}
