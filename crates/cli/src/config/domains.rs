//! Customers' own domains: who is asked, and where they should lead.

use std::net::{IpAddr, SocketAddr};

use cloison_control::domains::{DomainSettings, FrontDoor};
use cloison_model::{Hostname, Reach};

use super::keys;
use super::mistake::Mistake;
use super::reader::{Reader, Wrong};

/// Whom the system asks.
pub(super) const SYSTEM: &str = "system";
/// Only the proof is asked for.
pub(super) const ANYWHERE: &str = "anywhere";
const DNS_PORT: u16 = 53;
/// More than anybody has, and each is asked or looked up for each domain.
const PLACES_MAX: usize = 8;

pub(super) fn parse(
    reader: &mut Reader<'_>,
    is_for_this_machine: bool,
) -> Result<DomainSettings, Mistake> {
    let resolvers = reader.take(&keys::DOMAINS_RESOLVER, SYSTEM, |it| {
        let meaning =
            "it names resolvers by their addresses, as in 127.0.0.1:53, with commas between";
        if it == SYSTEM { Ok(Vec::new()) } else { list(it, meaning, resolver) }
    })?;
    let target = reader.take(&keys::DOMAINS_TARGET, ANYWHERE, |it| {
        let meaning = "it names our front door, as customers' domains are to lead there: names or addresses, with commas between";
        if it == ANYWHERE { Ok(Vec::new()) } else { list(it, meaning, front_door) }
    })?;
    let looked_at = (!target.is_empty()).to_string();
    let certificates = reader.take(&keys::DOMAINS_CERTIFICATES, &looked_at, |it| {
        it.parse().map_err(|_neither| Wrong {
            what: format!("'{it}' is neither true nor false"),
            meaning: "true looks at what is shown on port 443 of each domain",
        })
    })?;
    let reach = if is_for_this_machine { Reach::Loopback } else { Reach::Public };
    Ok(DomainSettings { resolvers, target, certificates, reach, ..DomainSettings::default() })
}

/// As a file says it.
pub(super) fn said(settings: &DomainSettings) -> (String, String) {
    let resolvers: Vec<_> = settings.resolvers.iter().map(ToString::to_string).collect();
    let target = settings.target.iter().map(|it| match it {
        FrontDoor::Address(it) => it.to_string(),
        FrontDoor::Name(it) => it.to_string(),
    });
    let target: Vec<_> = target.collect();
    let or = |all: Vec<String>, otherwise: &str| {
        if all.is_empty() { otherwise.to_owned() } else { all.join(",") }
    };
    (or(resolvers, SYSTEM), or(target, ANYWHERE))
}

fn list<T>(
    text: &str,
    meaning: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Wrong> {
    let read = |it: &str| {
        let it = it.trim();
        parse(it).ok_or_else(|| Wrong { what: format!("'{it}' is not one"), meaning })
    };
    let all = text.split(',').map(read).collect::<Result<Vec<_>, _>>()?;
    if all.len() > PLACES_MAX {
        return Err(Wrong { what: format!("has more than {PLACES_MAX}"), meaning });
    }
    Ok(all)
}

fn resolver(text: &str) -> Option<SocketAddr> {
    let address = || text.parse::<IpAddr>().ok().map(|it| SocketAddr::new(it, DNS_PORT));
    text.parse().ok().or_else(address)
}

fn front_door(text: &str) -> Option<FrontDoor> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(FrontDoor::Address(address));
    }
    let name: Hostname = text.parse().ok()?;
    let is_name = name
        .as_str()
        .rsplit_once('.')
        .is_some_and(|(_, last)| !last.starts_with(|it: char| it.is_ascii_digit()));
    is_name.then_some(FrontDoor::Name(name))
}
