//! What the handlers work with.

use std::time::Instant;

use cloison_control::Control;
use cloison_control::usage::RequestCounts;
use cloison_control::watch::Watch;
use cloison_model::{BaseDomain, Hostname, Secret, Subdomain};
use cloison_router::Router;
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::metrics::HttpStats;

/// One process's view of the platform. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Platform {
    pub control: Control,
    pub router: Router,
    pub public_url: PublicUrl,
    pub started: Started,
    /// Requests are counted there.
    pub http: HttpStats,
    /// Those of tenants, there.
    pub requests: RequestCounts,
    /// What the console shows; one process looks at the fleet once for all who ask.
    pub watch: Watch,
    /// Spares that this process keeps on each server.
    pub spares_wanted: u16,
    /// Streams end when it is cancelled.
    pub shutdown: CancellationToken,
}

/// Since when this process runs: who compares two of its answers wants to know that they are of one run.
#[derive(Clone, Copy, Debug)]
pub struct Started {
    pub at: Timestamp,
    /// The same, by the clock that nobody sets.
    pub instant: Instant,
}

/// How people reach us: `scheme://<something.>base[:port]`.
#[derive(Clone, Debug)]
pub struct PublicUrl {
    pub scheme: &'static str,
    pub base: BaseDomain,
    /// Absent where it is the scheme's own.
    pub port: Option<u16>,
}

impl PublicUrl {
    /// The public page.
    pub fn base(&self) -> String {
        self.of(self.base.as_str())
    }

    /// The operator's console and the API.
    pub fn console(&self) -> String {
        self.of(&format!("console.{}", self.base))
    }

    pub fn tenant(&self, subdomain: &Subdomain) -> String {
        self.of(&format!("{subdomain}.{}", self.base))
    }

    /// Under the tenant's own domain, if it has one that links are to name.
    pub fn tenant_at(&self, subdomain: &Subdomain, own: Option<&Hostname>) -> String {
        own.map_or_else(|| self.tenant(subdomain), |it| self.of(it.as_str()))
    }

    /// Where the tenant application takes a one-time sign-in token.
    pub fn sign_in(&self, subdomain: &Subdomain, own: Option<&Hostname>, token: &Secret) -> String {
        format!("{}/sign-in/{}", self.tenant_at(subdomain, own), token.expose())
    }

    /// Where whoever has the link's token is signed in to the console.
    pub fn console_link(&self, token: &Secret) -> String {
        format!("{}/sign-in/{}", self.console(), token.expose())
    }

    /// Where whoever has the token gets an export.
    pub fn export(&self, token: &Secret) -> String {
        format!("{}/exports/{}", self.console(), token.expose())
    }

    fn of(&self, host: &str) -> String {
        match self.port {
            Some(port) => format!("{}://{host}:{port}", self.scheme),
            None => format!("{}://{host}", self.scheme),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls() {
        let url = |scheme, port| PublicUrl { scheme, base: "example.com".parse().unwrap(), port };
        assert_eq!(url("http", Some(8080)).console(), "http://console.example.com:8080");
        assert_eq!(url("https", None).tenant(&"demo".parse().unwrap()), "https://demo.example.com");
    }
}
