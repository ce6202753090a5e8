//! Where domains should lead, and how they are looked at.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use cloison_model::{Hostname, Reach};
use rustls::pki_types::CertificateDer;
use tokio::sync::Notify;

/// One name or address at which our front door is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FrontDoor {
    Address(IpAddr),
    Name(Hostname),
}

#[derive(Clone, Debug)]
pub struct DomainSettings {
    /// Who is asked; without, whom the system asks.
    pub resolvers: Vec<SocketAddr>,
    /// Without, only the proof is asked for.
    pub target: Vec<FrontDoor>,
    /// Whether a look shakes hands by TLS, too.
    pub certificates: bool,
    /// Where looks go, beside the resolvers and the target.
    pub reach: Reach,
    /// For one question, and for one handshake.
    pub timeout: Duration,
    /// Of the zones' own servers. Tests have another.
    pub authority_port: u16,
    /// Of HTTPS. Tests have another.
    pub tls_port: u16,
    /// Who is trusted beside those whom the system trusts: nobody, but in tests.
    pub roots: Vec<CertificateDer<'static>>,
}

impl Default for DomainSettings {
    fn default() -> Self {
        Self {
            resolvers: Vec::new(),
            target: Vec::new(),
            certificates: false,
            reach: Reach::default(),
            timeout: Duration::from_secs(5),
            authority_port: 53,
            tls_port: 443,
            roots: Vec::new(),
        }
    }
}

/// Of one process. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Domains {
    pub(super) settings: Arc<DomainSettings>,
    /// There may be something to look at.
    pub(super) wanted: Arc<Notify>,
}

impl Domains {
    pub fn new(settings: DomainSettings) -> Self {
        Self { settings: Arc::new(settings), wanted: Arc::default() }
    }

    pub fn settings(&self) -> &DomainSettings {
        &self.settings
    }
}
