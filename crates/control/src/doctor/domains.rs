//! Customers' own domains, as their last checks have found them.

use anyhow::Result;
use cloison_catalog::queries::doctor::{DoctorDomains, doctor_domains};
use jiff::{SignedDuration, Timestamp};

use super::{Check, Finding, ROWS_MAX};
use crate::control::Control;

/// Whoever checks comes by every few minutes.
const LATE: SignedDuration = SignedDuration::from_hours(1);
/// Whoever renews a certificate does so before this share of its life is left.
const LEFT_MIN: f64 = 0.25;

pub(super) async fn examine(control: &Control, now: Timestamp) -> Result<Vec<Finding>> {
    let client = control.catalog.client().await?;
    let domains = doctor_domains().bind(&client, &ROWS_MAX).all().await?;
    Ok(domains.iter().flat_map(|it| of_domain(it, now)).chain(late(&domains, now)).collect())
}

/// What is wrong with it: its DNS, and what a browser is shown.
fn of_domain(domain: &DoctorDomains, now: Timestamp) -> impl Iterator<Item = Finding> {
    let DoctorDomains { hostname, subdomain, .. } = domain;
    let tell = |check, what: String, mend: &str| {
        let mend = format!("{mend}: cloison domains show {subdomain} {hostname}");
        Finding::new(check, &format!("domain {hostname}"), what).mend(mend)
    };
    let dns = domain.failing_since.map(|since| {
        let what = format!("{}, since {}", found(domain.found.as_deref()), minute(since));
        tell(Check::DomainFailing, what, "the records as they should be")
    });
    let certificate = match domain.certificate_failing_since {
        Some(since) => {
            let seen = found(domain.certificate_found.as_deref());
            let what = format!("{seen}, since {}", minute(since));
            Some(tell(Check::CertificateFailing, what, "see the log of the proxy, then"))
        }
        None => ending(domain, now).map(|until| {
            let what = format!("its certificate ends at {}, and was not renewed", minute(until));
            tell(Check::CertificateEnding, what, "see the log of the proxy, then")
        }),
    };
    dns.into_iter().chain(certificate)
}

/// The end of a certificate of whose life too little is left.
fn ending(domain: &DoctorDomains, now: Timestamp) -> Option<Timestamp> {
    let (from, until) = (domain.certificate_from?, domain.certificate_until?);
    let left = until.duration_since(now).as_secs_f64();
    (left < until.duration_since(from).as_secs_f64() * LEFT_MIN).then_some(until)
}

fn late(domains: &[DoctorDomains], now: Timestamp) -> Option<Finding> {
    let oldest = domains.iter().map(|it| it.due_at).min()?;
    (now.duration_since(oldest) > LATE).then(|| {
        let what = format!("a check of a domain has been due since {}", minute(oldest));
        Finding::new(Check::DomainChecksLate, "domains", what)
            .mend("start a worker (cloison work), or see in its log what hinders it")
    })
}

fn found(words: Option<&str>) -> &str {
    words.unwrap_or("its last check did not pass")
}

fn minute(at: Timestamp) -> String {
    format!("{} UTC", at.strftime("%F %R"))
}
