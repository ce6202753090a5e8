//! From a name to the addresses that may be reached. The connection goes to one of these and to nothing else, so a name that stands
//! for something else a moment later gains nothing.

use std::error::Error;
use std::net::SocketAddr;

use cloison_model::{Reach, RefusedAddress};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::lookup_host;

#[derive(Clone, Copy, Debug)]
pub(super) struct Guarded(pub(super) Reach);

#[derive(Debug, thiserror::Error)]
#[error("the name stands for nothing")]
struct Nothing;

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let found = lookup_host((name.as_str(), 0)).await?;
            let allowed = allowed(reach, found)?;
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Those that may be reached, or why none of them may.
fn allowed(
    reach: Reach,
    found: impl Iterator<Item = SocketAddr>,
) -> Result<Vec<SocketAddr>, Box<dyn Error + Send + Sync>> {
    let (mut allowed, mut refused) = (Vec::new(), None);
    for address in found {
        match reach.check(address.ip()) {
            Ok(()) => allowed.push(address),
            Err(error) => refused = Some(error),
        }
    }
    match (allowed.is_empty(), refused) {
        (false, _) => Ok(allowed),
        (true, Some(error)) => Err(error.into()),
        (true, None) => Err(Nothing.into()),
    }
}

/// Why a request was not sent, if it is that.
pub(super) fn refusal(error: &reqwest::Error) -> Option<RefusedAddress> {
    let mut source = error.source();
    while let Some(it) = source {
        if let Some(refused) = it.downcast_ref::<RefusedAddress>() {
            return Some(*refused);
        }
        source = it.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(reach: Reach, found: &[&str]) -> Result<Vec<String>, String> {
        let found = found.iter().map(|it| SocketAddr::new(it.parse().unwrap(), 0));
        let allowed = allowed(reach, found).map_err(|it| it.to_string())?;
        Ok(allowed.iter().map(|it| it.ip().to_string()).collect())
    }

    #[test]
    fn only_what_may_be_reached_is_left() {
        let one = ["1.1.1.1".to_owned()];
        assert_eq!(check(Reach::Public, &["10.0.0.1", "1.1.1.1", "::1"]).unwrap(), one);
        let refused = check(Reach::Public, &["10.0.0.1"]).unwrap_err();
        assert_eq!(refused, "10.0.0.1 is a private address, where webhooks do not go");
        assert_eq!(check(Reach::Public, &[]).unwrap_err(), "the name stands for nothing");
    }

    /// Through the client, as it is asked.
    #[tokio::test]
    async fn a_name_of_this_machine_is_refused() {
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = reqwest::Client::builder().no_proxy();
        let client = client.dns_resolver(std::sync::Arc::new(Guarded(Reach::Public)));
        let asked = client.build().unwrap().get("http://localhost:1/").send().await.unwrap_err();
        assert!(refusal(&asked).unwrap().address.is_loopback());
    }
}
