//! What the settings mean. Pure: text in, values or a mistake out; no file is read here.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use cloison_control::domains::DomainSettings;
use cloison_model::{BaseDomain, Reach};
use cloison_server::PublicUrl;

use super::backups::{self, DefaultPlaces};
use super::environment::Environment;
use super::keys;
use super::mistake::{From, Mistake};
use super::reader::{Reader, SecretPlace, Shown, Wrong};
use super::{Overrides, domains, otlp, text};
use crate::work::WorkSettings;
use cloison_telemetry::{LogFormat, OtlpSettings};

/// More operations at once than a server's disk or our connections to it can take.
const CONCURRENCY_MAX: usize = 64;
/// More series than anybody looks at.
const TOP_TENANTS_MAX: u16 = 1_000;
/// More spares than a server can be asked to hold beside its tenants.
const SPARES_MAX: u16 = 100;

/// A configuration that can be tried; its secrets are not read yet.
pub(super) struct Settings {
    pub(super) control_host: String,
    pub(super) control_port: u16,
    pub(super) control_password: (SecretPlace, From),
    pub(super) master_key: (SecretPlace, From),
    pub(super) public_url: PublicUrl,
    pub(super) web: SocketAddr,
    pub(super) ops: SocketAddr,
    pub(super) top_tenants: u16,
    /// The folder and who has named it, or nothing for what is built in.
    pub(super) migrations: Option<(PathBuf, From)>,
    /// Of the servers, by pgBackRest.
    pub(super) archives: Option<(PathBuf, From)>,
    pub(super) work: WorkSettings,
    pub(super) webhooks: Reach,
    pub(super) domains: DomainSettings,
    /// Nothing if there is no store.
    pub(super) backups: Option<backups::Settings>,
    pub(super) log: String,
    pub(super) log_format: LogFormat,
    pub(super) otlp: Option<OtlpSettings>,
    pub(super) shown: Vec<Shown>,
}

pub(super) fn parse(
    file: &str,
    environment: &Environment,
    overrides: Overrides,
) -> Result<Settings, Mistake> {
    let file = text::parse(file)?;
    let mut reader = Reader { file: &file, environment, overrides, shown: Vec::new() };
    let base = reader.take(&keys::BASE_DOMAIN, "localhost", base_domain)?;
    let log = reader.take(&keys::LOG, cloison_telemetry::DEFAULT, filter)?;
    let log_format = reader.take(&keys::LOG_FORMAT, LogFormat::default().as_str(), log_format)?;
    let master_key = reader.take_secret(
        &keys::MASTER_KEY,
        &keys::MASTER_KEY_FILE,
        "where the master key is",
        "without it no tenant's password can be opened",
    )?;
    let control_host = reader.take(&keys::CONTROL_HOST, "127.0.0.1", host)?;
    let control_port = reader.take(&keys::CONTROL_PORT, "5432", port)?;
    let control_password = reader.take_secret(
        &keys::CONTROL_PASSWORD,
        &keys::CONTROL_PASSWORD_FILE,
        "what the password of the control database is",
        "without it the control database lets nobody in",
    )?;
    let web = address(&mut reader, &keys::WEB_ADDRESS, &keys::WEB_PORT, "8080")?;
    let ops = address(&mut reader, &keys::OPS_ADDRESS, &keys::OPS_PORT, "9090")?;
    let top_tenants = top_tenants(&mut reader)?;
    let public_url = public_url(&mut reader, base, web.port())?;
    let archives = reader.take_folder(&keys::POINT_IN_TIME_ARCHIVES, "(none)");
    let migrations = reader.take_folder(&keys::TENANT_MIGRATIONS, "(the studio's, built in)");
    let work = work(&mut reader)?;
    let webhooks = webhooks(&mut reader, is_for_this_machine(&public_url, web))?;
    let domains = domains::parse(&mut reader, is_for_this_machine(&public_url, web))?;
    let backups = backups::parse(&mut reader, None)?;
    let otlp = otlp::parse(&mut reader)?;
    let shown = reader.shown;
    Ok(Settings {
        control_host,
        control_port,
        control_password,
        master_key,
        public_url,
        web,
        ops,
        top_tenants,
        migrations,
        archives,
        work,
        webhooks,
        domains,
        backups,
        log,
        log_format,
        otlp,
        shown,
    })
}

/// What the environment says, for a process that has no file.
fn alone<T>(
    environment: &Environment,
    read: impl FnOnce(&mut Reader<'_>) -> Result<T, Mistake>,
) -> Result<(T, Vec<Shown>), Mistake> {
    let file = text::Text::new();
    let overrides = Overrides::default();
    let mut reader = Reader { file: &file, environment, overrides, shown: Vec::new() };
    let said = read(&mut reader)?;
    Ok((said, reader.shown))
}

pub(super) fn work_alone(environment: &Environment) -> Result<WorkSettings, Mistake> {
    alone(environment, work).map(|it| it.0)
}

pub(super) fn top_tenants_alone(environment: &Environment) -> Result<u16, Mistake> {
    alone(environment, top_tenants).map(|it| it.0)
}

/// For `up`, which is for this machine.
pub(super) fn webhooks_alone(environment: &Environment) -> Result<Reach, Mistake> {
    alone(environment, |reader| webhooks(reader, true)).map(|it| it.0)
}

/// For `up`, the same.
pub(super) fn domains_alone(environment: &Environment) -> Result<DomainSettings, Mistake> {
    alone(environment, |reader| domains::parse(reader, true)).map(|it| it.0)
}

pub(super) fn otlp_alone(environment: &Environment) -> Result<Option<OtlpSettings>, Mistake> {
    alone(environment, otlp::parse).map(|it| it.0)
}

/// And each setting that it has said.
pub(super) fn backups_alone(
    environment: &Environment,
    defaults: DefaultPlaces<'_>,
) -> Result<(Option<backups::Settings>, Vec<Shown>), Mistake> {
    alone(environment, |reader| backups::parse(reader, Some(defaults)))
}

fn top_tenants(reader: &mut Reader<'_>) -> Result<u16, Mistake> {
    reader.take(&keys::OPS_TOP_TENANTS, "50", |it| {
        count(it, 0, TOP_TENANTS_MAX, "tenants told of by name are 0 to 1000")
    })
}

fn webhooks(reader: &mut Reader<'_>, is_for_this_machine: bool) -> Result<Reach, Mistake> {
    let private = reader.take(&keys::WEBHOOKS_PRIVATE_ADDRESSES, "false", |it| {
        it.parse().map_err(|_neither| Wrong {
            what: format!("'{it}' is neither true nor false"),
            meaning: "true lets webhooks go to private addresses, and so to machines that nobody else can reach",
        })
    })?;
    Ok(match (private, is_for_this_machine) {
        (true, _) => Reach::Private,
        (false, true) => Reach::Loopback,
        (false, false) => Reach::Public,
    })
}

/// Nobody comes from elsewhere, not by a proxy either.
fn is_for_this_machine(public_url: &PublicUrl, web: SocketAddr) -> bool {
    web.ip().is_loopback() && public_url.base.as_str() == "localhost"
}

fn work(reader: &mut Reader<'_>) -> Result<WorkSettings, Mistake> {
    let default = WorkSettings::default();
    let concurrency = default.concurrency.to_string();
    let spares = default.spares_per_server.to_string();
    Ok(WorkSettings {
        concurrency: reader.take(&keys::WORK_CONCURRENCY, &concurrency, |it| {
            count(it, 1, CONCURRENCY_MAX, "operations at once are 1 to 64")
        })?,
        spares_per_server: reader.take(&keys::WORK_SPARES, &spares, |it| {
            count(it, 0, SPARES_MAX, "spares per server are 0 to 100")
        })?,
    })
}

fn address(
    reader: &mut Reader<'_>,
    address: &'static keys::Key,
    port_key: &'static keys::Key,
    default: &str,
) -> Result<SocketAddr, Mistake> {
    let ip = reader.take(address, "127.0.0.1", |it| {
        it.parse::<IpAddr>().map_err(|_not_an_address| Wrong {
            what: format!("'{it}' is not an IP address"),
            meaning: "it says on which of this machine's addresses to listen",
        })
    })?;
    Ok(SocketAddr::new(ip, reader.take(port_key, default, port)?))
}

/// Without a public port, plain http is at our own, and https is at a proxy's 443.
fn public_url(
    reader: &mut Reader<'_>,
    base: BaseDomain,
    web_port: u16,
) -> Result<PublicUrl, Mistake> {
    let (scheme, usual) = reader.take(&keys::PUBLIC_SCHEME, "http", |it| match it {
        "http" => Ok(("http", 80)),
        "https" => Ok(("https", 443)),
        other => Err(Wrong {
            what: format!("'{other}' is neither http nor https"),
            meaning: "links to tenants and to the console begin with it",
        }),
    })?;
    let default = if scheme == "http" { web_port } else { usual };
    let port = reader.take(&keys::PUBLIC_PORT, &default.to_string(), port)?;
    Ok(PublicUrl { scheme, base, port: (port != usual).then_some(port) })
}

fn base_domain(text: &str) -> Result<BaseDomain, Wrong> {
    text.parse().map_err(|_reason| Wrong {
        what: format!("'{text}' is not a domain name"),
        meaning: "every tenant is a label under it, as in demo.example.com",
    })
}

fn filter(text: &str) -> Result<String, Wrong> {
    if cloison_telemetry::is_filter(text) {
        return Ok(text.to_owned());
    }
    Err(Wrong {
        what: format!("'{text}' is not a log filter"),
        meaning: "a filter is a level, or targets with levels, as in warn,cloison_control=debug",
    })
}

fn log_format(text: &str) -> Result<LogFormat, Wrong> {
    text.parse().map_err(|what| Wrong {
        what,
        meaning: "text is for people, json is one object a line, for programs",
    })
}

fn host(text: &str) -> Result<String, Wrong> {
    if text.starts_with('/') {
        return Ok(text.to_owned());
    }
    if text == "localhost" {
        return Ok("127.0.0.1".to_owned());
    }
    if text.parse::<IpAddr>().is_ok_and(|it| it.is_loopback()) {
        return Ok(text.to_owned());
    }
    Err(Wrong {
        what: format!("'{text}' is not on this machine"),
        meaning: "there is no TLS to PostgreSQL yet, so only a loopback address or a socket directory will do",
    })
}

fn port(text: &str) -> Result<u16, Wrong> {
    let wrong = || Wrong {
        what: format!("'{text}' is not a port"),
        meaning: "a port is a number from 1 to 65535",
    };
    text.parse().ok().filter(|it| *it > 0).ok_or_else(wrong)
}

pub(super) fn count<T: FromStr + PartialOrd>(
    text: &str,
    min: T,
    max: T,
    meaning: &'static str,
) -> Result<T, Wrong> {
    let wrong = || Wrong { what: format!("'{text}' is out of bounds"), meaning };
    text.parse().ok().filter(|it| (min..=max).contains(it)).ok_or_else(wrong)
}
