//! The label an organization chooses, `my-studio` in `my-studio.example.com`.
//!
//! Each refusal says which rule was broken, since a person is going to read it while filling in a form.

use std::fmt;
use std::str::FromStr;

/// A tenant's label under the base domain.
///
/// Invariant: 1 to 63 bytes of `a-z`, `0-9` and `-`, no hyphen at either end, and not an encoded
/// international name (`xn--`), which could look like somebody else's. One that parses is not
/// reserved either; whoever reserves other names says [`Subdomain::from_label`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subdomain(String);

/// RFC 1035, section 2.3.4.
const LABEL_BYTES_MAX: usize = 63;

/// Hosts that are ours, that mail and TLS tools expect to be the operator's, or that would let a
/// customer pose as the operator.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "abuse", "account", "accounts", "acme", "admin", "administrator", "api", "app", "assets",
    "auth", "autoconfig", "autodiscover", "billing", "blog", "cdn", "cloison", "console",
    "dashboard", "db", "dev", "dns", "docs", "email", "ftp", "ghost", "git", "grafana", "health",
    "help", "hostmaster", "imap", "internal", "localhost", "login", "mail", "master", "metrics",
    "mx", "news", "noc", "ns", "ns1", "ns2", "oauth", "operator", "ops", "platform", "pop",
    "pop3", "postgres", "postmaster", "private", "prometheus", "proxy", "public", "root",
    "secure", "security", "signin", "signup", "smtp", "ssl", "sso", "staff", "staging", "static",
    "status", "support", "sysadmin", "system", "tls", "vpn", "webmail", "webmaster", "wpad",
    "www",
];

/// What the hosts of copies begin with that are open to be looked at, so no tenant's does.
const INSPECTION: &str = "inspect-";

/// Which rule a text breaks that should have been a [`Subdomain`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubdomainError {
    /// Nothing there.
    #[error("a subdomain has at least one character")]
    Empty,
    /// Longer than a label may be.
    #[error("a subdomain has at most 63 characters, this one has {0}")]
    TooLong(usize),
    /// A character that a label cannot have.
    #[error("a subdomain has only lower-case letters a-z, digits and hyphens, not {0:?}")]
    Character(char),
    /// A hyphen at an end.
    #[error("a subdomain neither begins nor ends with a hyphen")]
    Hyphen,
    /// An encoded international name.
    #[error("a subdomain does not begin with xn--, which marks an encoded international name")]
    Encoded,
    /// A name that is not for customers.
    #[error("'{0}' is reserved for the platform")]
    Reserved(String),
}

impl SubdomainError {
    /// Which rule was broken, as a stable word for programs.
    pub fn rule(&self) -> &'static str {
        match self {
            Self::Empty | Self::TooLong(_) => "length",
            Self::Character(_) => "characters",
            Self::Hyphen => "hyphen",
            Self::Encoded => "encoded",
            Self::Reserved(_) => "reserved",
        }
    }
}

impl Subdomain {
    /// The label as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host of an opened copy. Whoever does not know the 128 bits does not find it.
    pub fn of_inspection(secret: u128) -> Self {
        Self(format!("{INSPECTION}{secret:032x}"))
    }

    /// Whether it is an opened copy's.
    pub fn is_inspection(&self) -> bool {
        self.0.starts_with(INSPECTION)
    }

    /// Parses a label that may be one of those which are reserved here, such as `acme` or `blog`.
    pub fn from_label(text: &str) -> Result<Self, SubdomainError> {
        if text.is_empty() {
            return Err(SubdomainError::Empty);
        }
        if let Some(bad) = text.chars().find(|it| !matches!(it, 'a'..='z' | '0'..='9' | '-')) {
            return Err(SubdomainError::Character(bad));
        }
        if text.len() > LABEL_BYTES_MAX {
            return Err(SubdomainError::TooLong(text.len()));
        }
        if text.starts_with('-') || text.ends_with('-') {
            return Err(SubdomainError::Hyphen);
        }
        if text.starts_with("xn--") {
            return Err(SubdomainError::Encoded);
        }
        Ok(Self(text.to_owned()))
    }
}

impl FromStr for Subdomain {
    type Err = SubdomainError;

    fn from_str(text: &str) -> Result<Self, SubdomainError> {
        let label = Self::from_label(text)?;
        if RESERVED.contains(&text) || label.is_inspection() {
            return Err(SubdomainError::Reserved(text.to_owned()));
        }
        Ok(label)
    }
}

impl fmt::Display for Subdomain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) -> Result<String, &'static str> {
        text.parse::<Subdomain>().map(|it| it.to_string()).map_err(|it| it.rule())
    }

    #[test]
    fn good_ones_stay_as_they_are() {
        for text in ["a", "7", "my-studio", "a--b", &"a".repeat(63)] {
            assert_eq!(check(text), Ok(text.to_owned()));
        }
    }

    #[test]
    fn each_refusal_names_its_rule() {
        assert_eq!(check(""), Err("length"));
        assert_eq!(check(&"a".repeat(64)), Err("length"));
        assert_eq!(check("My-Studio"), Err("characters"));
        assert_eq!(check("a.b"), Err("characters"));
        assert_eq!(check("a_b"), Err("characters"));
        assert_eq!(check("studio\u{e9}"), Err("characters"));
        assert_eq!(check("a\n"), Err("characters"));
        assert_eq!(check("-a"), Err("hyphen"));
        assert_eq!(check("a-"), Err("hyphen"));
        assert_eq!(check("xn--stdio-4ya"), Err("encoded"));
        for reserved in ["console", "www", "api", "admin", "mail"] {
            assert_eq!(check(reserved), Err("reserved"));
            assert_eq!(Subdomain::from_label(reserved).unwrap().as_str(), reserved);
        }
    }

    #[test]
    fn the_reserved_list_is_sorted_and_would_parse_otherwise() {
        assert!(RESERVED.is_sorted());
        assert!(RESERVED.iter().all(|it| check(it) == Err("reserved")));
    }

    proptest! {
        #[test]
        fn what_parses_is_one_dns_label(text in ".{0,70}") {
            if let Ok(subdomain) = text.parse::<Subdomain>() {
                let label = subdomain.as_str();
                prop_assert!((1..=63).contains(&label.len()));
                prop_assert!(label.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-'));
                prop_assert!(!label.starts_with('-') && !label.ends_with('-'));
            }
        }
    }
}
