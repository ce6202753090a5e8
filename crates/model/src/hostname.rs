//! From the bytes of a `Host` header to what is meant by them.
//!
//! Here is the only place that reads a host: two readings of one header are how a request for one
//! tenant ends at another.

use std::fmt;
use std::str::FromStr;

use crate::subdomain::Subdomain;

/// A host name in its one spelling.
///
/// Invariant: lower-case ASCII labels of 1 to 63 bytes, 253 bytes at most, no port, no trailing
/// dot; international names in their `xn--` form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hostname(String);

/// The domain under which every tenant has a label, `example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseDomain(Hostname);

/// Whose host it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Site {
    /// The base domain itself: the public page.
    Base,
    /// `console.<base>`: the operator's console and the API.
    Console,
    /// `<subdomain>.<base>`.
    Subdomain(Subdomain),
    /// A name under the base domain that no tenant can have, such as one with two labels.
    Nobody,
    /// Any other domain; a tenant's only if that tenant has verified it.
    Custom(Hostname),
}

/// RFC 1035, section 2.3.4, without the root's length byte.
const HOST_BYTES_MAX: usize = 253;
const LABEL_BYTES_MAX: usize = 63;
const CONSOLE: &str = "console";

/// Why a request's host cannot be read: 400.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// There is none.
    #[error("the request does not say which host it is for")]
    Absent,
    /// There are two, and who is meant depends on who reads it.
    #[error("the request names more than one host")]
    Several,
    /// It is no name.
    #[error("the host is not a domain name")]
    Malformed,
}

impl Hostname {
    /// Reads a `Host` header's value: case, port, trailing dot and IDNA are normalised; what is
    /// not a domain name is refused.
    pub fn from_header(value: &[u8]) -> Result<Self, HostError> {
        // The longest name with dot and port; a longer value is not worth a look.
        if value.len() > HOST_BYTES_MAX + ".:65535".len() {
            return Err(HostError::Malformed);
        }
        let Ok(text) = str::from_utf8(value) else { return Err(HostError::Malformed) };
        if text.is_empty() {
            return Err(HostError::Absent);
        }
        let name = match text.rsplit_once(':') {
            Some((name, port)) if is_port(port) => name,
            Some(_) => return Err(HostError::Malformed),
            None => text,
        };
        name.parse()
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Hostname {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        let text = text.strip_suffix('.').unwrap_or(text);
        let Ok(name) = idna::domain_to_ascii_cow(text.as_bytes(), idna::AsciiDenyList::STD3) else {
            return Err(HostError::Malformed);
        };
        let valid = name.len() <= HOST_BYTES_MAX && name.split('.').all(is_label);
        if valid { Ok(Self(name.into_owned())) } else { Err(HostError::Malformed) }
    }
}

impl fmt::Display for Hostname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl BaseDomain {
    /// The domain as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Says whose host this is. Pure: whether a subdomain or a custom domain exists is the
    /// directory's to say, and so is which labels are nobody's.
    pub fn site(&self, host: &Hostname) -> Site {
        let Some(rest) = host.0.strip_suffix(self.0.as_str()) else {
            return Site::Custom(host.clone());
        };
        if rest.is_empty() {
            return Site::Base;
        }
        let Some(label) = rest.strip_suffix('.') else { return Site::Custom(host.clone()) };
        if label == CONSOLE {
            return Site::Console;
        }
        Subdomain::from_label(label).map_or(Site::Nobody, Site::Subdomain)
    }
}

impl FromStr for BaseDomain {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        text.parse().map(Self)
    }
}

impl fmt::Display for BaseDomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn is_port(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit()) && text.parse::<u16>().is_ok()
}

fn is_label(label: &str) -> bool {
    (1..=LABEL_BYTES_MAX).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(header: &str) -> String {
        let base: BaseDomain = "example.com".parse().expect("a domain");
        match Hostname::from_header(header.as_bytes()) {
            Ok(host) => match base.site(&host) {
                Site::Base => "base".to_owned(),
                Site::Console => "console".to_owned(),
                Site::Subdomain(it) => format!("tenant {it}"),
                Site::Nobody => "nobody".to_owned(),
                Site::Custom(it) => format!("custom {it}"),
            },
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn one_spelling_for_one_host() {
        for header in [
            "demo.example.com",
            "demo.example.com:8080",
            "DEMO.Example.COM",
            "demo.example.com.",
            "Demo.Example.Com.:443",
            "\u{ff44}emo.example.com",
        ] {
            assert_eq!(check(header), "tenant demo", "{header}");
        }
    }

    #[test]
    fn our_own_hosts() {
        assert_eq!(check("example.com"), "base");
        assert_eq!(check("console.example.com:8080"), "console");
    }

    #[test]
    fn another_domain_is_never_a_tenant_of_ours() {
        assert_eq!(check("demo.example.org"), "custom demo.example.org");
        assert_eq!(check("demo.notexample.com"), "custom demo.notexample.com");
        assert_eq!(check("demoexample.com"), "custom demoexample.com");
        assert_eq!(check("example.com.evil.org"), "custom example.com.evil.org");
        assert_eq!(check("b\u{fc}cher.example.org"), "custom xn--bcher-kva.example.org");
        assert_eq!(check("127.0.0.1:8080"), "custom 127.0.0.1");
    }

    #[test]
    fn names_no_tenant_can_have() {
        for header in ["a.demo.example.com", "b\u{fc}ro.example.com"] {
            assert_eq!(check(header), "nobody", "{header}");
        }
    }

    #[test]
    fn garbage_is_refused() {
        let long = format!("{}.example.com", "a".repeat(300));
        let many = format!("{}example.com", "a.".repeat(125));
        for header in [
            "de mo.example.com",
            "demo..example.com",
            ".example.com",
            "demo.example.com:",
            "demo.example.com:99999",
            "demo.example.com:80:80",
            "demo.example.com:8a",
            "[::1]:80",
            "demo_x.example.com",
            "demo/..",
            "demo@example.com",
            "demo.example.com\u{0}",
            "*",
            "-demo.example.com",
            "xn--.example.com",
            "http://demo.example.com",
            ".",
            &long,
            &many,
        ] {
            assert_eq!(check(header), "Malformed", "{header:?}");
        }
        assert_eq!(check(""), "Absent");
        assert_eq!(Hostname::from_header(b"demo\xff.example.com"), Err(HostError::Malformed));
    }

    proptest! {
        #[test]
        fn any_bytes_give_an_answer_and_a_name_reads_the_same_again(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(host) = Hostname::from_header(&bytes) {
                prop_assert_eq!(Hostname::from_header(host.as_str().as_bytes()), Ok(host));
            }
        }
    }
}
