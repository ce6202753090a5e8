//! What whoever comes to a domain by HTTPS is shown: a handshake as a browser makes it, and nothing after that.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use cloison_model::{CertificateProblem, Hostname};
use futures_util::future::join_all;
use jiff::Timestamp;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, Error as TlsError, SignatureScheme};
use rustls_platform_verifier::Verifier;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use x509_cert::Certificate;
use x509_cert::der::Decode as _;

use super::settings::DomainSettings;

/// Of one name; front doors have a handful at most.
const ADDRESSES_MAX: usize = 4;

/// What was seen at a domain.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) from: Option<Timestamp>,
    pub(super) until: Option<Timestamp>,
    pub(super) problem: Option<(CertificateProblem, String)>,
}

/// At every address that the name has, since visitors come to each. The worst is told, and of good ones that which ends first.
pub(super) async fn look(
    settings: &DomainSettings,
    hostname: &Hostname,
    addresses: &[IpAddr],
    ours: &[IpAddr],
) -> Seen {
    let may_go = |it: &&IpAddr| ours.contains(it) || settings.reach.check(**it).is_ok();
    let reachable: Vec<_> = addresses.iter().filter(may_go).take(ADDRESSES_MAX).collect();
    if reachable.is_empty() {
        let words = "it has no address on the public internet, so nobody was asked".to_owned();
        return unreachable(words);
    }
    let looks = reachable.into_iter().map(|it| shake_hands(settings, hostname, *it));
    let seen = join_all(looks).await;
    let worst = |it: &Seen| (it.problem.is_none(), it.until);
    seen.into_iter().min_by_key(worst).unwrap_or_default()
}

async fn shake_hands(settings: &DomainSettings, hostname: &Hostname, address: IpAddr) -> Seen {
    let place = SocketAddr::new(address, settings.tls_port);
    let Ok(name) = ServerName::try_from(hostname.as_str().to_owned()) else {
        return unreachable(format!("{hostname} is no name for TLS"));
    };
    let shown = match Shown::new(&settings.roots) {
        Ok(shown) => Arc::new(shown),
        Err(error) => return unreachable(format!("no certificate can be verified here: {error}")),
    };
    let Ok(connector) = connector(&shown) else {
        return unreachable("there is no TLS here".to_owned());
    };
    let shaken = timeout(settings.timeout, async {
        let stream = TcpStream::connect(place).await?;
        connector.connect(name, stream).await
    });
    let outcome = shaken.await;
    let (from, until) = shown.validity().unzip();
    let refused = shown.refused();
    let problem = match (outcome, refused) {
        (_, Some(refused)) => Some((
            CertificateProblem::Untrusted,
            format!("{place} shows a certificate that a browser refuses: {}", why(&refused)),
        )),
        (Ok(Ok(_)), None) => None,
        (Ok(Err(error)), None) => Some((
            CertificateProblem::Unreachable,
            format!("{place} does not speak TLS for this name: {error}"),
        )),
        (Err(_late), None) => {
            let seconds = settings.timeout.as_secs_f64();
            Some((
                CertificateProblem::Unreachable,
                format!("{place} did not answer within {seconds} s"),
            ))
        }
    };
    Seen { from, until, problem }
}

fn connector(shown: &Arc<Shown>) -> Result<TlsConnector, TlsError> {
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(shown) as Arc<dyn ServerCertVerifier>)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

fn unreachable(found: String) -> Seen {
    Seen { problem: Some((CertificateProblem::Unreachable, found)), ..Seen::default() }
}

/// For people who have never read a certificate.
fn why(error: &TlsError) -> String {
    use rustls::CertificateError as Why;
    let TlsError::InvalidCertificate(why) = error else { return error.to_string() };
    match why {
        Why::Expired | Why::ExpiredContext { .. } => "it has expired".to_owned(),
        Why::NotValidYet | Why::NotValidYetContext { .. } => "it is not valid yet".to_owned(),
        Why::NotValidForName | Why::NotValidForNameContext { .. } => {
            "it is for another name".to_owned()
        }
        Why::UnknownIssuer => "nobody who is trusted has signed it".to_owned(),
        Why::Revoked => "it was revoked".to_owned(),
        other => other.to_string(),
    }
}

/// Verifies as the system does, and remembers what it was shown: of one that is refused it is to be said until when it was good.
#[derive(Debug)]
struct Shown {
    verifier: Verifier,
    seen: Mutex<Option<(Vec<u8>, Option<TlsError>)>>,
}

impl Shown {
    fn new(roots: &[CertificateDer<'static>]) -> Result<Self, TlsError> {
        let provider: Arc<CryptoProvider> = Arc::new(ring::default_provider());
        let verifier = Verifier::new_with_extra_roots(roots.iter().cloned(), provider)?;
        Ok(Self { verifier, seen: Mutex::default() })
    }

    fn refused(&self) -> Option<TlsError> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).as_ref()?.1.clone()
    }

    fn validity(&self) -> Option<(Timestamp, Timestamp)> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let certificate = Certificate::from_der(&seen.as_ref()?.0).ok()?;
        let validity = certificate.tbs_certificate.validity;
        let at =
            |it: std::time::Duration| Timestamp::from_second(it.as_secs().try_into().ok()?).ok();
        Some((
            at(validity.not_before.to_unix_duration())?,
            at(validity.not_after.to_unix_duration())?,
        ))
    }
}

impl ServerCertVerifier for Shown {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        let verified = self.verifier.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        let refused = verified.as_ref().err().cloned();
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((end_entity.to_vec(), refused));
        verified
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.verifier.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        self.verifier.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.verifier.supported_verify_schemes()
    }
}
