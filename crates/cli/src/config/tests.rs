//! What a text means, or what is wrong with it: one line a case.

use std::env;
use std::path::Path;

use cloison_control::domains::{DomainSettings, FrontDoor};
use cloison_model::{Reach, RetentionPolicy};

use super::backups::{KeystoreSaid, StoreSaid};
use super::environment::Environment;
use super::settings::{self, Settings};
use super::{DefaultPlaces, Overrides, Told, Written, keys, load};
use crate::complaint;
use crate::work::WorkSettings;

const SECRETS: &str = "master_key_file = 'k'\n[control]\npassword_file = 'p'\n";

/// The environment is `NAME=value` a word.
fn read(text: &str, environment: &str, port: Option<u16>) -> Result<Settings, String> {
    settings::parse(text, &words(environment), Overrides { port, ops_port: None })
        .map_err(|it| complaint::render(&it.complaint(Some("c.toml".as_ref())).into()))
}

fn words(environment: &str) -> Environment {
    let words = environment.split_whitespace().filter_map(|it| it.split_once('='));
    Environment::of(words.map(|(a, b)| (a.to_owned(), b.to_owned())))
}

/// The line of the effective configuration for `name`.
fn check(text: &str, environment: &str, name: &str) -> String {
    let settings = read(text, environment, None).unwrap_or_else(|it| panic!("{it}"));
    let shown = settings.shown.iter().find(|it| it.name == name).unwrap();
    format!("{} ({})", shown.value, shown.from.shown(Some("c.toml".as_ref())))
}

fn mistake(text: &str, environment: &str) -> String {
    read(text, environment, None).err().unwrap()
}

#[test]
fn the_environment_wins_over_the_file_and_an_option_over_both() {
    let text = format!("{SECRETS}[web]\nport = 8000");
    assert_eq!(check(&text, "", "web.port"), "8000 (c.toml:5)");
    assert_eq!(check(&text, "CLOISON_PORT=8001", "web.port"), "8001 (CLOISON_PORT)");
    assert_eq!(check(SECRETS, "CLOISON_PORT=", "web.port"), "8080 (default)");
    let settings = read(&text, "CLOISON_PORT=8001", Some(8002)).ok().unwrap();
    assert_eq!(settings.web.port(), 8002);
}

#[test]
fn the_environment_is_enough() {
    let environment = "CLOISON_MASTER_KEY=a CLOISON_CONTROL_PASSWORD=hunter2";
    assert_eq!(check("", environment, "master_key"), "(hidden) (CLOISON_MASTER_KEY)");
    assert_eq!(check("", environment, "control.password"), "(hidden) (CLOISON_CONTROL_PASSWORD)");
}

#[test]
fn a_secret_of_the_environment_wins_over_a_file_of_secrets() {
    let given = "CLOISON_CONTROL_PASSWORD=hunter2";
    assert_eq!(check(SECRETS, given, "control.password"), "(hidden) (CLOISON_CONTROL_PASSWORD)");
    let text = format!("{SECRETS}password = 'hunter2'");
    assert_eq!(
        mistake(&text, ""),
        "error: c.toml:3: both control.password and control.password_file are set\n  it is not clear which of them counts\n  take one of them out\n"
    );
}

#[test]
fn where_people_find_us() {
    let url =
        |text: &str| read(&format!("{SECRETS}{text}"), "", None).ok().unwrap().public_url.console();
    assert_eq!(url(""), "http://console.localhost:8080");
    assert_eq!(url("[web]\nport = 80"), "http://console.localhost");
    assert_eq!(url("[public]\nscheme = 'https'"), "https://console.localhost");
    assert_eq!(url("[public]\nscheme = 'https'\nport = 8443"), "https://console.localhost:8443");
}

#[test]
fn a_mistake_is_explained_with_its_line() {
    for (text, first, second, third) in [
        (
            "[control]\nprot = 5432",
            "c.toml:2: there is no setting 'prot' here",
            "a misspelt setting would be one that nobody reads",
            "known here: host, port, password, password_file",
        ),
        (
            "\n[contrl]\nport = 5432",
            "c.toml:2: there is no table [contrl]",
            "a misspelt setting would be one that nobody reads",
            "known are: [control], [public], [web], [ops], [otlp], [tenant], [work], [webhooks], [domains], [point_in_time], [backups]",
        ),
        (
            "master_key = 'c2VjcmV0'",
            "c.toml:1: there is no setting 'master_key' here",
            "a misspelt setting would be one that nobody reads",
            "known here: base_domain, log, log_format, master_key_file",
        ),
        (
            "base_domain = true",
            "c.toml:1: base_domain is of type boolean",
            "this setting is a text or a whole number",
            "write it in double quotes, or as digits",
        ),
    ] {
        assert_eq!(mistake(text, ""), format!("error: {first}\n  {second}\n  {third}\n"));
    }
    for (text, first) in [
        ("[web]\nport = 70000", "c.toml:5: web.port '70000' is not a port"),
        ("[web]\nport = 0", "c.toml:5: web.port '0' is not a port"),
        ("[web]\naddress = 'x'", "c.toml:5: web.address 'x' is not an IP address"),
        ("[public]\nscheme = 'ftp'", "c.toml:5: public.scheme 'ftp' is neither http nor https"),
        (
            "[otlp]\nendpoint = 'collector:4317'",
            "c.toml:5: otlp.endpoint 'collector:4317' is not the address of a collector",
        ),
        ("[otlp]\nsample_ratio = 2", "c.toml:5: otlp.sample_ratio '2' is out of bounds"),
        ("[otlp]\nheaders = 'a=b'", "c.toml:5: "),
        ("[work]\nconcurrency = 0", "c.toml:5: work.concurrency '0' is out of bounds"),
        (
            "host = 'db.example.com'",
            "c.toml:4: control.host 'db.example.com' is not on this machine",
        ),
        ("host = '192.0.2.1'", "c.toml:4: control.host '192.0.2.1' is not on this machine"),
        ("[web\nport = 1", "c.toml:4: "),
        ("[web]\nport = 1\nport = 2", "c.toml:6: duplicate key"),
    ] {
        let words = mistake(&format!("{SECRETS}{text}"), "");
        assert!(words.starts_with(&format!("error: {first}")), "{words}");
        assert_eq!(words.lines().count(), 3, "{words}");
    }
    let words = mistake(SECRETS, "CLOISON_PORT=x");
    assert!(words.starts_with("error: CLOISON_PORT: web.port 'x' is not a port\n"), "{words}");
    assert!(words.contains("unset CLOISON_PORT for the default, 8080"), "{words}");
    let words = mistake(SECRETS, "CLOISON_LOG_FORMAT=xml");
    assert!(words.contains("log_format 'xml' is neither text nor json"), "{words}");
    let words = mistake("", "");
    assert!(words.starts_with("error: c.toml: nothing says where the master key is\n"), "{words}");
}

#[test]
fn places_on_this_machine() {
    for (host, meant) in [
        ("127.0.0.1", "127.0.0.1"),
        ("::1", "::1"),
        ("localhost", "127.0.0.1"),
        ("/run/x", "/run/x"),
    ] {
        let settings = read(&format!("{SECRETS}host = '{host}'"), "", None).ok().unwrap();
        assert_eq!(settings.control_host, meant);
    }
}

#[test]
fn what_up_writes_reads_back() {
    let written = Written {
        base_domain: &"example.com".parse().unwrap(),
        control_port: 5433,
        port: 8082,
        ops_port: 9092,
        migrations: Some("/srv/migrations".as_ref()),
        archives: Some("point-in-time"),
        top_tenants: 7,
        work: WorkSettings { concurrency: 2, spares_per_server: 0 },
        webhooks: Reach::Private,
        domains: &DomainSettings {
            resolvers: vec!["127.0.0.1:5353".parse().unwrap()],
            target: vec![FrontDoor::Name("front.example.com".parse().unwrap())],
            certificates: false,
            ..DomainSettings::default()
        },
        backups: &told(
            "CLOISON_BACKUPS_KEEP_DAILY=9 CLOISON_BACKUPS_STORE=s3://ours CLOISON_BACKUPS_S3_ACCESS_KEY_ID=hunter2 CLOISON_BACKUPS_S3_SECRET_ACCESS_KEY_FILE=s CLOISON_BACKUPS_S3_PATH_STYLE=true",
        ),
        store: "backups",
        keystore: "keys",
        master_key_file: "secrets/master.key",
        password_file: "secrets/control.password",
    };
    let text = written.text().unwrap();
    assert!(!text.contains("hunter2"), "{text}");
    // The id of the access key stays in the environment.
    let settings = read(&text, "CLOISON_BACKUPS_S3_ACCESS_KEY_ID=hunter2", None).ok().unwrap();
    let backups = settings.backups.unwrap();
    assert!(matches!(backups.store.0, StoreSaid::Bucket(_)) && backups.s3.path_style);
    assert!(matches!(backups.keystore.0, KeystoreSaid::Folder(it) if it == Path::new("keys")));
    assert_eq!(backups.retention, RetentionPolicy { daily: 9, ..RetentionPolicy::default() });
    assert!(text.contains(&format!("{}/s\"", env::current_dir().unwrap().display())), "{text}");
    assert_eq!(settings.control_port, 5433);
    assert_eq!(settings.public_url.console(), "http://console.example.com:8082");
    assert_eq!(settings.ops.port(), 9092);
    assert_eq!((settings.top_tenants, settings.webhooks), (7, Reach::Private));
    assert_eq!(settings.work, written.work);
    assert_eq!(settings.domains.resolvers, written.domains.resolvers);
    assert_eq!(settings.domains.target, written.domains.target);
    assert!(!settings.domains.certificates);
    assert_eq!(settings.migrations.unwrap().0, Path::new("/srv/migrations"));
}

/// What `up` passes on of such an environment.
fn told(environment: &str) -> Vec<Told> {
    let defaults = DefaultPlaces { store: "/data/backups", keystore: "/data/keys" };
    let (_, shown) = settings::backups_alone(&words(environment), defaults)
        .unwrap_or_else(|it| panic!("{}", complaint::render(&it.complaint(None).into())));
    shown.into_iter().filter_map(Told::of).collect()
}

#[test]
fn webhooks_go_inside_where_that_was_said_or_nobody_comes_from_outside() {
    let reach = |text: &str, environment: &str| {
        read(&format!("{text}{SECRETS}"), environment, None).ok().unwrap().webhooks
    };
    assert_eq!(reach("", ""), Reach::Loopback);
    assert_eq!(reach("base_domain = 'example.com'\n", ""), Reach::Public);
    assert_eq!(reach("", "CLOISON_ADDRESS=0.0.0.0"), Reach::Public);
    let said = "CLOISON_WEBHOOKS_PRIVATE_ADDRESSES=true";
    assert_eq!(reach("base_domain = 'example.com'\n", said), Reach::Private);
    let words = mistake(SECRETS, "CLOISON_WEBHOOKS_PRIVATE_ADDRESSES=1");
    let first = "error: CLOISON_WEBHOOKS_PRIVATE_ADDRESSES: webhooks.private_addresses '1' is neither true nor false";
    assert!(words.starts_with(first), "{words}");
}

#[test]
fn where_domains_should_lead() {
    let read =
        |lines: &str| read(&format!("{SECRETS}[domains]\n{lines}"), "", None).ok().unwrap().domains;
    let usual = read("");
    assert!(usual.resolvers.is_empty() && usual.target.is_empty() && !usual.certificates);
    let said = read("resolver = '127.0.0.1, [::1]:5353'\ntarget = 'front.example.com,192.0.2.1'");
    assert_eq!(said.resolvers, ["127.0.0.1:53", "[::1]:5353"].map(|it| it.parse().unwrap()));
    let door: [FrontDoor; 2] = [
        FrontDoor::Name("front.example.com".parse().unwrap()),
        FrontDoor::Address("192.0.2.1".parse().unwrap()),
    ];
    assert_eq!(said.target, door);
    assert!(
        said.certificates,
        "whoever says where the front door is wants to know what is shown there"
    );
    assert!(!read("target = '192.0.2.1'\ncertificates = false").certificates);
    for (lines, what) in [
        ("resolver = 'dns.example.com'", "domains.resolver 'dns.example.com' is not one"),
        ("resolver = ''", "domains.resolver '' is not one"),
        ("target = 'front'", "domains.target 'front' is not one"),
        ("target = '192.0.2.1,192.0.2'", "domains.target '192.0.2' is not one"),
        ("target = '::1,::1,::1,::1,::1,::1,::1,::1,::1'", "domains.target has more than 8"),
        ("resolvers = '127.0.0.1'", "there is no setting 'resolvers' here"),
    ] {
        let words = mistake(&format!("{SECRETS}[domains]\n{lines}"), "");
        assert!(words.starts_with(&format!("error: c.toml:5: {what}")), "{words}");
        assert_eq!(words.lines().count(), 3, "{words}");
    }
}

/// With these lines in `[backups]`.
fn backed_up(lines: &str) -> String {
    format!("{SECRETS}[backups]\n{lines}")
}

#[test]
fn backups_by_default_and_otherwise() {
    assert_eq!(check(SECRETS, "", "backups.store"), "(none, so no backups are made) (default)");
    let text = backed_up("store = '/srv/b'\nkeystore = 'k'");
    assert_eq!(check(&text, "", "backups.store"), "/srv/b (c.toml:5)");
    assert_eq!(check(&text, "", "backups.window"), "22:00-06:00 (default)");
    let text = backed_up(
        "store = 's3://ours/x'\nkeystore = 'https://vault:8200'\nvault_token_file = 't'\ns3_path_style = true\ns3_secret_access_key_file = 's'",
    );
    let environment =
        "CLOISON_BACKUPS_S3_ACCESS_KEY_ID=hunter2 CLOISON_BACKUPS_VAULT_TOKEN=hunter2";
    for (name, shown) in [
        ("backups.s3_path_style", "true (c.toml:8)"),
        ("backups.s3_access_key_id", "(hidden) (CLOISON_BACKUPS_S3_ACCESS_KEY_ID)"),
        ("backups.s3_secret_access_key_file", "s (c.toml:9)"),
        ("backups.vault_mount", "transit (default)"),
        ("backups.vault_token", "(hidden) (CLOISON_BACKUPS_VAULT_TOKEN)"),
        ("backups.keep_monthly", "12 (default)"),
    ] {
        assert_eq!(check(&text, environment, name), shown);
    }
    // More at once on a server than in all would be less than was asked for.
    let text = backed_up("store = '/b'\nkeystore = 'k'\nper_server = 12");
    let backups = read(&text, "", None).ok().unwrap().backups.unwrap();
    assert_eq!((backups.caps.per_server, backups.caps.in_total), (12, 12));
}

#[test]
fn a_mistake_about_backups_is_explained() {
    for (lines, environment, first) in [
        ("store = '/b'", "", "c.toml:5: nothing says where the keystore for backups is"),
        ("keep_daily = 1", "", "c.toml:5: backups.keep_daily is set, and backups.store is not"),
        (
            "",
            "CLOISON_BACKUPS_KEYSTORE=k",
            "CLOISON_BACKUPS_KEYSTORE: backups.keystore is set, and backups.store is not",
        ),
        ("store = 's3://x'\nkeystore = 'k'", "", "c.toml:5: backups.store: 'x' is not the name of"),
        ("store = 'ftp://x'\nkeystore = 'k'", "", "c.toml:5: backups.store: 'ftp://x' is not an"),
        (
            "store = 's3://ours'\nkeystore = 'k'",
            "",
            "c.toml: nothing says what the id of the bucket's access key is",
        ),
        (
            "store = '/b'\nkeystore = 'https://vault:8200'",
            "",
            "c.toml: nothing says what the Vault's token is",
        ),
        (
            "store = '/b'\nkeystore = 'k'\nwindow = 'at night'",
            "",
            "c.toml:7: backups.window 'at night' is no part of the day",
        ),
        (
            "store = '/b'\nkeystore = 'k'\nper_server = 0",
            "",
            "c.toml:7: backups.per_server '0' is out of bounds",
        ),
        (
            "store = 's3://ours'\ns3_path_style = 'maybe'",
            "",
            "c.toml:6: backups.s3_path_style 'maybe' is neither true nor false",
        ),
        (
            "s3_secret_access_key = 'hunter2'",
            "",
            "c.toml:5: there is no setting 's3_secret_access_key' here",
        ),
    ] {
        let words = mistake(&backed_up(lines), environment);
        assert!(words.starts_with(&format!("error: {first}")), "{words}");
        assert_eq!(words.lines().count(), 3, "{words}");
        assert!(!words.contains("hunter2"), "{words}");
    }
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let missing =
        load(Some("no/such.toml".as_ref()), &Environment::default(), Overrides::default());
    let words = complaint::render(&missing.err().unwrap());
    assert!(words.starts_with("error: there is no no/such.toml\n"), "{words}");
}

/// The page names every setting, and no other.
#[test]
fn the_manual_is_whole() {
    let page = include_str!("../../../../docs/configuration.md");
    let rows: Vec<&str> = page.lines().filter(|it| it.starts_with("| `")).collect();
    assert_eq!(rows.len(), keys::ALL.len());
    for (row, key) in rows.iter().zip(keys::ALL) {
        let start = format!("| `{}` | `{}` |", key.name, key.variable);
        assert!(row.starts_with(&start), "{row} is not about {key:?}");
    }
}

#[test]
fn spans_go_where_the_variables_of_open_telemetry_say_too() {
    let shown = |environment| check(SECRETS, environment, "otlp.endpoint");
    assert_eq!(shown(""), "(none, so no spans are exported) (default)");
    let theirs = "OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4318";
    assert_eq!(shown(theirs), "http://a:4318 (OTEL_EXPORTER_OTLP_ENDPOINT)");
    let both = "CLOISON_OTLP_ENDPOINT=http://b:4318 OTEL_EXPORTER_OTLP_ENDPOINT=http://a:4318";
    assert_eq!(shown(both), "http://b:4318 (CLOISON_OTLP_ENDPOINT)");
    let headers = "CLOISON_OTLP_HEADERS=x-key=hunter2";
    assert_eq!(check(SECRETS, headers, "otlp.headers"), "(hidden) (CLOISON_OTLP_HEADERS)");
    let words = mistake(SECRETS, "OTEL_EXPORTER_OTLP_HEADERS=hunter2");
    assert!(words.starts_with("error: OTEL_EXPORTER_OTLP_HEADERS: "), "{words}");
    assert!(!words.contains("hunter2"), "{words}");
    let settings = read(SECRETS, theirs, None).ok().unwrap().otlp.unwrap();
    assert_eq!((settings.sample_ratio, &*settings.service_name), (1.0, "cloison"));
}
