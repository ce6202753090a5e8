//! Customers' own domains: which names can be claimed, how a claim is proven, what the DNS's answers mean, and when it is asked again.
//!
//! Not here: asking it.

mod due;
mod judge;

use std::net::IpAddr;

pub use due::{CLAIM_DAYS, Checks, next_check};
pub use judge::{DomainAnswer, DomainLook, DomainNews, DomainStanding, DomainVerdict, judge};

use crate::hostname::{BaseDomain, HostError, Hostname, Site};
use crate::words::words;

/// More than anybody has, and each is asked for in the DNS again and again.
pub const DOMAINS_MAX: i64 = 20;

/// Before the hostname, so that the record is in the way of no other.
const CHALLENGE: &str = "_cloison-challenge";
const HOST_BYTES_MAX: usize = 253;

words! {
    /// What an operator has to know of one.
    DomainState {
        /// Claimed, and not proven yet: nobody is served there.
        Pending = "pending",
        Serving = "serving",
        /// Proven, served, and not as it should be.
        Failing = "failing",
    }
}

words! {
    /// Why a check did not pass.
    DomainProblem {
        /// The DNS did not answer, so nothing is known.
        Unanswered = "UNANSWERED",
        /// The record that proves whose domain it is is missing, or says something else.
        Unproven = "UNPROVEN",
        /// It leads to another place than ours.
        Elsewhere = "ELSEWHERE",
    }
}

words! {
    /// What is wrong with what whoever comes there by HTTPS is shown.
    CertificateProblem {
        /// Nobody answers there.
        Unreachable = "UNREACHABLE",
        /// A browser would refuse it.
        Untrusted = "UNTRUSTED",
    }
}

/// The TXT record that proves a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    pub name: String,
    pub value: String,
}

/// Why a name cannot be a customer's own domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    #[error("it is not a domain name, as in booking.example.com")]
    NotAName(#[source] HostError),
    #[error("it is an address, and only a name can be proven in the DNS")]
    Address,
    #[error(
        "it has one label, and a domain of one's own has two at least, as in booking.example.com"
    )]
    OneLabel,
    #[error("it is the platform's own: a tenant has its subdomain there already")]
    Ours,
    /// The platform's own is below it.
    #[error("the platform's own domain is below it")]
    AboveOurs,
    #[error("names that end in .localhost stand for the machine that asks, whoever that is")]
    Localhost,
    #[error("it is too long: the name of the record that proves it would have more than 253 bytes")]
    TooLong,
}

impl ClaimError {
    /// Which rule is broken, as a stable word.
    pub fn rule(self) -> &'static str {
        match self {
            Self::NotAName(_) => "hostname",
            Self::Address => "address",
            Self::OneLabel => "labels",
            Self::Ours | Self::AboveOurs => "ours",
            Self::Localhost => "localhost",
            Self::TooLong => "length",
        }
    }
}

/// The name that is meant, if a customer can have it.
pub fn claimable(text: &str, base: &BaseDomain) -> Result<Hostname, ClaimError> {
    let text = text.trim();
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    if bare.parse::<IpAddr>().is_ok() {
        return Err(ClaimError::Address);
    }
    let host: Hostname = text.parse().map_err(ClaimError::NotAName)?;
    match base.site(&host) {
        Site::Base | Site::Console | Site::Subdomain(_) | Site::Nobody => {
            return Err(ClaimError::Ours);
        }
        Site::Custom(_) => {}
    }
    let name = host.as_str();
    if base.as_str().strip_suffix(name).is_some_and(|it| it.ends_with('.')) {
        return Err(ClaimError::AboveOurs);
    }
    let (_, last) = name.rsplit_once('.').ok_or(ClaimError::OneLabel)?;
    // As browsers read it: whatever ends in a number is an address.
    if last.starts_with(|it: char| it.is_ascii_digit()) {
        return Err(ClaimError::Address);
    }
    if last == "localhost" {
        return Err(ClaimError::Localhost);
    }
    if CHALLENGE.len() + 1 + name.len() > HOST_BYTES_MAX {
        return Err(ClaimError::TooLong);
    }
    Ok(host)
}

impl Challenge {
    pub fn of(hostname: &Hostname, token: &str) -> Self {
        Self {
            name: format!("{CHALLENGE}.{hostname}"),
            value: format!("cloison-verification={token}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str) -> String {
        let base: BaseDomain = "studios.example.com".parse().unwrap();
        match claimable(text, &base) {
            Ok(it) => it.to_string(),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn what_can_be_claimed_and_what_not() {
        let long = format!(
            "{}.{}.{}.{}.org",
            "a".repeat(60),
            "b".repeat(60),
            "c".repeat(60),
            "d".repeat(48)
        );
        let longest = format!(
            "{}.{}.{}.{}.org",
            "a".repeat(60),
            "b".repeat(60),
            "c".repeat(60),
            "d".repeat(47)
        );
        for (text, expected) in [
            ("booking.rue-haute.example", "booking.rue-haute.example"),
            (" Booking.Rue-Haute.Example. ", "booking.rue-haute.example"),
            ("rue-haute.example", "rue-haute.example"),
            ("b\u{fc}cher.example", "xn--bcher-kva.example"),
            ("notstudios.example.com", "notstudios.example.com"),
            ("console.rue-haute.example", "console.rue-haute.example"),
            ("example", "OneLabel"),
            ("localhost", "OneLabel"),
            ("booking.localhost", "Localhost"),
            ("studios.example.com", "Ours"),
            ("console.studios.example.com", "Ours"),
            ("blue.studios.example.com", "Ours"),
            ("a.b.studios.example.com", "Ours"),
            ("example.com", "AboveOurs"),
            ("com", "AboveOurs"),
            ("127.0.0.1", "Address"),
            ("127.1", "Address"),
            ("booking.0x7f", "Address"),
            ("::1", "Address"),
            ("[::1]", "Address"),
            ("*.rue-haute.example", "NotAName(Malformed)"),
            ("rue_haute.example", "NotAName(Malformed)"),
            ("https://rue-haute.example/", "NotAName(Malformed)"),
            ("", "NotAName(Malformed)"),
            (&long, "TooLong"),
            (&longest, &longest),
        ] {
            assert_eq!(check(text), expected, "{text}");
        }
    }

    #[test]
    fn a_challenge_as_one_types_it() {
        let challenge = Challenge::of(&"booking.rue-haute.example".parse().unwrap(), "5eed");
        assert_eq!(challenge.name, "_cloison-challenge.booking.rue-haute.example");
        assert_eq!(challenge.value, "cloison-verification=5eed");
    }

    proptest! {
        #[test]
        fn whatever_is_claimed_is_nobody_elses_and_fits_the_dns(text in "[a-z0-9.-]{1,250}") {
            let base: BaseDomain = "studios.example.com".parse().unwrap();
            if let Ok(host) = claimable(&text, &base) {
                prop_assert!(matches!(base.site(&host), Site::Custom(_)));
                prop_assert!(host.as_str().contains('.'));
                prop_assert!(Challenge::of(&host, "").name.len() <= HOST_BYTES_MAX);
                prop_assert_eq!(claimable(host.as_str(), &base), Ok(host));
            }
        }
    }
}
