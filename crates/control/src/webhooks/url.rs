//! Where a webhook goes.

use std::net::{IpAddr, Ipv4Addr};

use cloison_model::{Reach, RefusedAddress};
use reqwest::Url;

/// Longer than any that somebody means.
const BYTES_MAX: usize = 1_000;

/// Invariant: `https://`, or `http://` to this machine, with a host, without a user and without a fragment. An address that stands in
/// it in place of a name may be reached; what a name stands for is looked at each time ([`super::resolve`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookUrl(Url);

#[derive(Debug, thiserror::Error)]
pub enum UrlError {
    #[error("a webhook's URL is like https://example.com/hooks, of at most {BYTES_MAX} bytes")]
    NotOne,
    /// Whoever is on the way would read what is in it.
    #[error("a webhook's URL begins with https://, unless it leads to this machine")]
    Plain,
    #[error("a webhook's URL holds no user and no password: who sends is proven by the signature")]
    User,
    #[error(transparent)]
    Refused(#[from] RefusedAddress),
}

impl WebhookUrl {
    pub fn parse(text: &str, reach: Reach) -> Result<Self, UrlError> {
        let url = Url::parse(text.trim()).ok().filter(|it| {
            it.as_str().len() <= BYTES_MAX
                && it.host_str().is_some_and(|it| !it.is_empty())
                && it.fragment().is_none()
                && it.port() != Some(0)
        });
        let url = url.ok_or(UrlError::NotOne)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(UrlError::User);
        }
        match url.scheme() {
            "https" => {}
            "http" if is_this_machine(&url) => {}
            "http" => return Err(UrlError::Plain),
            _ => return Err(UrlError::NotOne),
        }
        if let Some(address) = address_in(&url) {
            reach.check(address)?;
        }
        Ok(Self(url))
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// All of it that may be written down anywhere: some put a secret into the path.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    pub(super) fn into_url(self) -> Url {
        self.0
    }
}

fn is_this_machine(url: &Url) -> bool {
    address_in(url).is_some_and(|it| it.is_loopback())
}

/// One that no resolver needs to be asked about.
fn address_in(url: &Url) -> Option<IpAddr> {
    match url.host_str()? {
        "localhost" => Some(Ipv4Addr::LOCALHOST.into()),
        host => host.trim_start_matches('[').trim_end_matches(']').parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Why not, or what it is.
    fn check(text: &str, reach: Reach) -> String {
        match WebhookUrl::parse(text, reach) {
            Ok(it) => it.as_str().to_owned(),
            Err(error) => match error {
                UrlError::NotOne => "not one".to_owned(),
                UrlError::Plain => "plain".to_owned(),
                UrlError::User => "user".to_owned(),
                UrlError::Refused(it) => format!("refused {}", it.address),
            },
        }
    }

    #[test]
    fn what_is_taken_and_what_is_not() {
        for (text, expected) in [
            ("https://example.com/hooks?a=b", "https://example.com/hooks?a=b"),
            ("HTTPS://Example.com:8443", "https://example.com:8443/"),
            ("http://example.com/hooks", "plain"),
            ("https://kim:secret@example.com/", "user"),
            ("https://example.com/#there", "not one"),
            ("https://", "not one"),
            ("ftp://example.com/", "not one"),
            ("file:///etc/passwd", "not one"),
            ("example.com/hooks", "not one"),
            ("", "not one"),
            ("https://127.0.0.1/", "refused 127.0.0.1"),
            ("https://localhost/", "refused 127.0.0.1"),
            ("https://10.0.0.1/", "refused 10.0.0.1"),
            ("https://[::1]/", "refused ::1"),
            ("https://[fd00::1]:8443/", "refused fd00::1"),
            // As browsers, and those who try, write it.
            ("https://0x7f.1/", "refused 127.0.0.1"),
            ("https://2130706433/", "refused 127.0.0.1"),
            ("https://169.254.169.254/latest/meta-data", "refused 169.254.169.254"),
        ] {
            assert_eq!(check(text, Reach::Public), expected, "{text}");
        }
        assert_eq!(check("http://127.0.0.1:9/x", Reach::Loopback), "http://127.0.0.1:9/x");
        assert_eq!(check("http://[::1]:9/x", Reach::Loopback), "http://[::1]:9/x");
        assert_eq!(check("http://10.0.0.1/", Reach::Private), "plain");
        assert_eq!(check("https://10.0.0.1/", Reach::Private), "https://10.0.0.1/");
        assert_eq!(
            check(&format!("https://e.example/{}", "x".repeat(990)), Reach::Public),
            "not one"
        );
    }
}
