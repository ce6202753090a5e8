//! Customers' own domains, as their last checks have found them.

use anyhow::Result;
use cloison_catalog::queries::doctor::{DoctorDomains, doctor_domains};
use cloison_catalog::queries::watch::watch_domains;
use jiff::{SignedDuration, Timestamp};

use super::{Check, Finding, ROWS_MAX};
use crate::control::Control;
use crate::watch::trouble::limits::DOMAIN_CHECK_SECONDS_MAX;

pub(super) async fn examine(control: &Control, now: Timestamp) -> Result<Vec<Finding>> {
    let client = control.catalog.client().await?;
    let wrong = doctor_domains().bind(&client, &ROWS_MAX).all().await?;
    let overdue_seconds = watch_domains().bind(&client).one().await?.overdue_seconds;
    Ok(wrong.iter().flat_map(of_domain).chain(late(overdue_seconds, now)).collect())
}

/// What is wrong with it: its DNS, and what a browser is shown.
fn of_domain(domain: &DoctorDomains) -> impl Iterator<Item = Finding> {
    let DoctorDomains { hostname, subdomain, .. } = domain;
    let tell = |check, what: String, mend: &str| {
        let mend = format!("{mend}: cloison domains show {subdomain} {hostname}");
        Finding::new(check, &format!("domain {hostname}"), what).mend(mend)
    };
    let dns = domain.failing_since.filter(|_| domain.is_failing).map(|since| {
        let what = format!("{}, since {}", found(domain.found.as_deref()), minute(since));
        tell(Check::DomainFailing, what, "the records as they should be")
    });
    let refused = domain.certificate_failing_since.map(|since| {
        let what =
            format!("{}, since {}", found(domain.certificate_found.as_deref()), minute(since));
        (Check::CertificateFailing, what)
    });
    let is_ending = domain.certificate.as_deref() == Some("ending");
    let ending = domain.certificate_until.filter(|_| is_ending).map(|until| {
        let what = format!("its certificate ends at {}, and was not renewed", minute(until));
        (Check::CertificateEnding, what)
    });
    let certificate = refused.or(ending);
    let certificate =
        certificate.map(|(check, what)| tell(check, what, "see the log of the proxy, then"));
    dns.into_iter().chain(certificate)
}

/// Of any domain, proven or not.
fn late(overdue_seconds: f64, now: Timestamp) -> Option<Finding> {
    (overdue_seconds > DOMAIN_CHECK_SECONDS_MAX).then(|| {
        let due_at = now - SignedDuration::from_secs_f64(overdue_seconds);
        let what = format!("a check of a domain has been due since {}", minute(due_at));
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
