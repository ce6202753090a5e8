//! Asking the DNS, with nothing remembered from one look to the next.
//!
//! Proofs are asked of the zone's own servers: a resolver may know for an hour that there was nothing, while somebody who has just created
//! the record waits.

use std::net::{IpAddr, SocketAddr};

use cloison_model::DomainAnswer;
use hickory_resolver::config::{NameServerConfig, ResolveHosts, ResolverConfig, ResolverOpts};
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{RData, RecordType};
use hickory_resolver::{Resolver, TokioResolver};
use tokio::time::timeout;

use super::settings::DomainSettings;

/// Of a zone: what one does not know, the others do not either.
const SERVERS_MAX: usize = 4;
/// A question that got lost is asked once more.
const ATTEMPTS: usize = 2;

pub(super) struct Dns<'a> {
    settings: &'a DomainSettings,
    resolver: TokioResolver,
}

impl<'a> Dns<'a> {
    /// Whom the system asks is read anew each time.
    pub(super) fn new(settings: &'a DomainSettings) -> Result<Self, String> {
        let builder = if settings.resolvers.is_empty() {
            Resolver::builder_tokio()
                .map_err(|error| format!("the system names no resolver: {error}"))?
        } else {
            let provider = TokioRuntimeProvider::default();
            Resolver::builder_with_config(asking(&settings.resolvers), provider)
        };
        let resolver = builder.with_options(options(settings, true)).build();
        Ok(Self { settings, resolver: resolver.map_err(|error| error.to_string())? })
    }

    /// The TXT records at a name below this host.
    pub(super) async fn proof(&self, host: &str, name: &str) -> DomainAnswer<String> {
        if let Some(DomainAnswer::Said(texts)) = self.proof_of_zone(host, name).await
            && !texts.is_empty()
        {
            return DomainAnswer::Said(texts);
        }
        // Perhaps they cannot be reached from here, or the record is an alias for one in another zone.
        texts(self.lookup(&self.resolver, name, RecordType::TXT).await)
    }

    /// Behind whatever names are on the way.
    pub(super) async fn addresses(&self, name: &str) -> DomainAnswer<IpAddr> {
        let (four, six) = tokio::join!(
            self.lookup(&self.resolver, name, RecordType::A),
            self.lookup(&self.resolver, name, RecordType::AAAA),
        );
        match (addresses(four), addresses(six)) {
            (DomainAnswer::Said(four), DomainAnswer::Said(six)) => {
                DomainAnswer::Said([four, six].concat())
            }
            (silence @ DomainAnswer::Silence(_), _) | (_, silence) => silence,
        }
    }

    /// As the zone's own servers have them; nothing if these are not known.
    async fn proof_of_zone(&self, host: &str, name: &str) -> Option<DomainAnswer<String>> {
        let servers = self.servers_of(host).await?;
        let provider = TokioRuntimeProvider::default();
        let resolver = Resolver::builder_with_config(asking(&servers), provider)
            .with_options(options(self.settings, false))
            .build()
            .ok()?;
        Some(texts(self.lookup(&resolver, name, RecordType::TXT).await))
    }

    /// Of the innermost zone that the host is in. Where they are decides a stranger, so no address inside is asked.
    async fn servers_of(&self, host: &str) -> Option<Vec<SocketAddr>> {
        let mut zone = host;
        let names = loop {
            let found = self.lookup(&self.resolver, zone, RecordType::NS).await.ok()?;
            let names = found.into_iter().filter_map(|it| match it {
                RData::NS(it) => Some(it.0.to_ascii()),
                _other => None,
            });
            let names: Vec<_> = names.take(SERVERS_MAX).collect();
            if !names.is_empty() {
                break names;
            }
            // Those of a whole top-level domain know none of its records.
            zone = zone.split_once('.').map(|(_, above)| above).filter(|it| it.contains('.'))?;
        };
        let mut servers = Vec::new();
        for name in names {
            if let DomainAnswer::Said(found) = self.addresses(name.trim_end_matches('.')).await {
                let public = found.into_iter().filter(|it| self.settings.reach.check(*it).is_ok());
                servers.extend(public.map(|it| SocketAddr::new(it, self.settings.authority_port)));
            }
        }
        servers.truncate(SERVERS_MAX);
        (!servers.is_empty()).then_some(servers)
    }

    /// No records, if that is what the DNS says; an error, if it says nothing.
    async fn lookup(
        &self,
        resolver: &TokioResolver,
        name: &str,
        kind: RecordType,
    ) -> Result<Vec<RData>, String> {
        // With a dot at its end it is looked for nowhere else.
        let looked_up = timeout(self.settings.timeout, resolver.lookup(format!("{name}."), kind));
        let late =
            || format!("there was no answer within {} s", self.settings.timeout.as_secs_f64());
        match looked_up.await.map_err(|_late| late())? {
            Ok(found) => Ok(found.answers().iter().map(|it| it.data.clone()).collect()),
            Err(NetError::Dns(DnsError::NoRecordsFound(none))) => match none.response_code {
                ResponseCode::NoError | ResponseCode::NXDomain => Ok(Vec::new()),
                code => Err(format!("the answer was {code}")),
            },
            Err(NetError::Timeout) => Err(late()),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn asking(servers: &[SocketAddr]) -> ResolverConfig {
    let server = |at: &SocketAddr| {
        let mut server = NameServerConfig::udp_and_tcp(at.ip());
        for connection in &mut server.connections {
            connection.port = at.port();
        }
        server
    };
    ResolverConfig::from_parts(None, Vec::new(), servers.iter().map(server).collect())
}

fn options(settings: &DomainSettings, recursion_desired: bool) -> ResolverOpts {
    let mut options = ResolverOpts::default();
    options.timeout = settings.timeout / u32::try_from(ATTEMPTS).unwrap_or(1);
    options.attempts = ATTEMPTS - 1;
    options.cache_size = 0;
    options.use_hosts_file = ResolveHosts::Never;
    options.recursion_desired = recursion_desired;
    options
}

fn texts(found: Result<Vec<RData>, String>) -> DomainAnswer<String> {
    answer(found, |it| match it {
        // A long one comes in pieces.
        RData::TXT(it) => {
            Some(it.txt_data.iter().map(|it| String::from_utf8_lossy(it)).collect::<String>())
        }
        _on_the_way => None,
    })
}

fn addresses(found: Result<Vec<RData>, String>) -> DomainAnswer<IpAddr> {
    answer(found, |it| it.ip_addr())
}

fn answer<T>(
    found: Result<Vec<RData>, String>,
    read: impl Fn(RData) -> Option<T>,
) -> DomainAnswer<T> {
    match found {
        Ok(found) => DomainAnswer::Said(found.into_iter().filter_map(read).collect()),
        Err(why) => DomainAnswer::Silence(why),
    }
}
