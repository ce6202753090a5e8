//! All that is looked at for one domain. It writes nothing, and ends within a bounded time whatever strangers do.

use std::net::IpAddr;

use cloison_model::{DomainAnswer, DomainLook, DomainProblem, judge_domain};

use super::certificate::{self, Seen};
use super::check::Due;
use super::dns::Dns;
use super::settings::{DomainSettings, FrontDoor};

pub(super) struct Look {
    pub(super) dns: DomainLook,
    /// Nothing if it was not looked at.
    pub(super) certificate: Option<Seen>,
}

pub(super) async fn look(settings: &DomainSettings, due: &Due) -> Look {
    let dns = match Dns::new(settings) {
        Ok(dns) => ask(&dns, settings, due).await,
        Err(why) => DomainLook {
            texts: DomainAnswer::Silence(why.clone()),
            addresses: DomainAnswer::Silence(why),
            target: None,
        },
    };
    // Nobody gets a certificate for a name that is not served.
    let certificate = if settings.certificates && due.is_verified {
        certificate(settings, due, &dns).await
    } else {
        None
    };
    Look { dns, certificate }
}

async fn ask(dns: &Dns<'_>, settings: &DomainSettings, due: &Due) -> DomainLook {
    let name = due.hostname.as_str();
    let (texts, addresses, target) = tokio::join!(
        dns.proof(name, &due.challenge.name),
        dns.addresses(name),
        front_door(dns, &settings.target),
    );
    DomainLook { texts, addresses, target: (!settings.target.is_empty()).then_some(target) }
}

/// All addresses of ours; one name that is not answered for leaves them unknown.
async fn front_door(dns: &Dns<'_>, target: &[FrontDoor]) -> DomainAnswer<IpAddr> {
    let mut addresses = Vec::new();
    for it in target {
        match it {
            FrontDoor::Address(it) => addresses.push(*it),
            FrontDoor::Name(name) => match dns.addresses(name.as_str()).await {
                DomainAnswer::Said(found) => addresses.extend(found),
                silence @ DomainAnswer::Silence(_) => return silence,
            },
        }
    }
    DomainAnswer::Said(addresses)
}

/// Of a place that is not ours, nothing is to be said.
async fn certificate(settings: &DomainSettings, due: &Due, dns: &DomainLook) -> Option<Seen> {
    let DomainAnswer::Said(addresses) = &dns.addresses else { return None };
    match judge_domain(&due.challenge, None, dns).problem {
        Some(DomainProblem::Elsewhere) => return Some(Seen::default()),
        Some(DomainProblem::Unanswered) => return None,
        Some(DomainProblem::Unproven) | None => {}
    }
    let ours = match &dns.target {
        Some(DomainAnswer::Said(ours)) => ours.as_slice(),
        Some(DomainAnswer::Silence(_)) | None => &[],
    };
    Some(certificate::look(settings, &due.hostname, addresses, ours).await)
}
