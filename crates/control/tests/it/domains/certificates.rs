//! What visitors are shown by HTTPS, on servers that show good and bad certificates.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use cloison_control::domains::{self, FrontDoor};
use cloison_model::CertificateProblem::{Unreachable, Untrusted};
use jiff::civil::date;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::{CancellationToken, DropGuard};
use tokio_util::task::TaskTracker;

use super::{CHALLENGE, Ground, HOSTNAME};

/// Who signs.
struct Issuer {
    certificate: Certificate,
    key: KeyPair,
}

fn issuer(name: &str) -> Issuer {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let key = KeyPair::generate().unwrap();
    Issuer { certificate: params.self_signed(&key).unwrap(), key }
}

/// A server that shows one certificate, or says nothing at all.
struct Shop {
    port: u16,
    _stop: DropGuard,
}

impl Shop {
    async fn showing(name: &str, issuer: &Issuer, (from, until): (i32, i32)) -> Self {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(until, 1, 1);
        let key = KeyPair::generate().unwrap();
        let shown = params.signed_by(&key, &issuer.certificate, &issuer.key).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![shown.der().clone()], key.serialize_der().try_into().unwrap());
        Self::open(Some(TlsAcceptor::from(Arc::new(config.unwrap())))).await
    }

    async fn silent() -> Self {
        Self::open(None).await
    }

    async fn open(acceptor: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        TaskTracker::new().spawn(stopped.run_until_cancelled_owned(async move {
            let mut kept = Vec::new();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                match &acceptor {
                    // Whoever refuses it goes away in the middle.
                    Some(acceptor) => drop(acceptor.accept(stream).await),
                    None => kept.push(stream),
                }
            }
        }));
        Self { port, _stop: stop.drop_guard() }
    }
}

/// A proven domain that leads to that server.
async fn seen(shop: &Shop, trusted: &Issuer) -> domains::Certificate {
    let mut ground = Ground::of(&["blue"]).await;
    ground.dns.set(HOSTNAME, "A", &["127.0.0.1"]);
    lead(&mut ground, shop, trusted);
    assert!(ground.proven("blue").await.certificate.until.is_none(), "it was served nobody before");
    ground.check("blue").await.certificate
}

fn lead(ground: &mut Ground, shop: &Shop, trusted: &Issuer) {
    let root: CertificateDer<'static> = trusted.certificate.der().clone();
    ground.set(|it| {
        it.target = vec![FrontDoor::Address(IpAddr::from([127, 0, 0, 1]))];
        it.certificates = true;
        it.tls_port = shop.port;
        it.roots = vec![root];
        it.timeout = Duration::from_secs(1);
    });
}

#[tokio::test]
async fn a_good_one_is_good_until_it_says() {
    let issuer = issuer("ours");
    let shop = Shop::showing(HOSTNAME, &issuer, (2024, 2090)).await;
    let seen = seen(&shop, &issuer).await;
    assert_eq!((seen.problem, seen.found, seen.failing_since), (None, None, None));
    let year = |it: jiff::Timestamp| it.to_zoned(jiff::tz::TimeZone::UTC).date();
    assert_eq!(seen.from.map(year), Some(date(2024, 1, 1)));
    assert_eq!(seen.until.map(year), Some(date(2090, 1, 1)));
}

async fn refused(name: &str, years: (i32, i32), is_trusted: bool, words: &str) {
    let (ours, theirs) = (issuer("ours"), issuer("theirs"));
    let shop = Shop::showing(name, &ours, years).await;
    let seen = seen(&shop, if is_trusted { &ours } else { &theirs }).await;
    assert_eq!(seen.problem, Some(Untrusted));
    let found = seen.found.unwrap();
    assert!(found.ends_with(words), "{found}");
    assert!(seen.until.is_some() && seen.failing_since.is_some(), "what it says is kept");
}

#[tokio::test]
async fn one_that_has_expired_is_refused() {
    refused(HOSTNAME, (2020, 2021), true, "it has expired").await;
}

#[tokio::test]
async fn one_for_another_name_is_refused() {
    refused("other.rue-haute.example", (2024, 2090), true, "it is for another name").await;
}

#[tokio::test]
async fn one_that_nobody_trusted_has_signed_is_refused() {
    refused(HOSTNAME, (2024, 2090), false, "nobody who is trusted has signed it").await;
}

#[tokio::test]
async fn a_server_that_hangs_is_left_and_one_that_is_not_there_is_told() {
    let issuer = issuer("ours");
    let mut ground = Ground::of(&["blue"]).await;
    ground.dns.set(HOSTNAME, "A", &["127.0.0.1"]);
    let hanging = Shop::silent().await;
    lead(&mut ground, &hanging, &issuer);
    let proven = ground.proven("blue").await;
    let wait = proven.due_at.duration_since(proven.checked_at.unwrap()).as_mins();
    assert!((4..=5).contains(&wait), "who is served now gets a certificate now: {wait}");
    let seen = ground.check("blue").await.certificate;
    assert_eq!(seen.problem, Some(Unreachable));
    assert!(seen.found.unwrap().ends_with("did not answer within 1 s"));
    drop(hanging);
    let since = seen.failing_since;
    let checked = ground.check("blue").await.certificate;
    assert_eq!((checked.problem, checked.failing_since), (Some(Unreachable), since));

    // What another place shows is not ours to watch.
    ground.dns.set(HOSTNAME, "A", &[super::THERE]);
    let checked = ground.check("blue").await.certificate;
    assert_eq!((checked.problem, checked.failing_since), (None, None));
    let shop = Shop::showing(HOSTNAME, &issuer, (2024, 2090)).await;
    lead(&mut ground, &shop, &issuer);
    ground.dns.set(HOSTNAME, "A", &["127.0.0.1"]);
    assert!(ground.check("blue").await.certificate.until.is_some());
    ground.dns.set(CHALLENGE, "TXT", &[]);
    assert!(ground.check("blue").await.certificate.until.is_some(), "visitors still come");
}
