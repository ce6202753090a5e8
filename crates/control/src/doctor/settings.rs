//! Settings of a server that hurt, and who its `pg_hba.conf` lets in where.
//!
//! Deliberately absent: what is a matter of taste or of speed; `wal_level`, as long as nothing here needs logical decoding; TLS, which
//! this program does not speak; data checksums, which no command turns on while the server runs.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use tokio_postgres::Client;
use tokio_postgres::types::Type;

use super::server::Place;
use super::{Ask, Check, Finding, clock, control_database};
use crate::control::Control;
use crate::pg::ddl::{APP, READER};
use crate::pgbouncer::ADMINISTRATION;

const NAMES: &[&str] = &[
    "fsync",
    "full_page_writes",
    "synchronous_commit",
    "autovacuum",
    "track_counts",
    "max_connections",
    "superuser_reserved_connections",
    "reserved_connections",
    "log_statement",
    "log_min_duration_statement",
    "log_parameter_max_length",
    "log_parameter_max_length_on_error",
];

type Settings = BTreeMap<String, String>;

/// A line of `pg_hba.conf`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct EntryRule {
    line: i32,
    kind: String,
    databases: Vec<String>,
    users: Vec<String>,
    method: String,
}

pub(super) async fn examine(
    place: Place<'_>,
    ask: &Ask<'_>,
    findings: &mut Vec<Finding>,
) -> Result<()> {
    let Place { server, pg, .. } = place;
    let settings = read(pg).await?;
    findings.extend(of_settings(&settings, &server.name));
    findings.extend(too_few_connections(&settings, server.connection_budget, &server.name));
    findings.extend(of_rules(&entry_rules(pg).await?, &server.name));
    findings.extend(clock::examine(pg, ask, &server.name).await?);
    Ok(())
}

/// The control database's own server, with the rights that this process has there.
pub(super) async fn examine_control_database(
    control: &Control,
    ask: &Ask<'_>,
) -> Result<Vec<Finding>> {
    let client = control.catalog.client().await?;
    let mut findings = of_settings(&read(&client).await?, control_database::SUBJECT);
    findings.extend(clock::examine(&client, ask, control_database::SUBJECT).await?);
    Ok(findings)
}

async fn read(pg: &Client) -> Result<Settings> {
    let rows = pg
        .query_typed(
            "select name, setting from pg_settings where name = any ($1)",
            &[(&NAMES, Type::TEXT_ARRAY)],
        )
        .await
        .context("read the settings")?;
    Ok(rows.iter().map(|it| (it.get(0), it.get(1))).collect())
}

/// What a reload would make of the file.
async fn entry_rules(pg: &Client) -> Result<Vec<EntryRule>> {
    let rows = pg
        .query_typed(
            "select line_number, type, database, user_name, auth_method
             from pg_hba_file_rules
             where error is null
             order by line_number",
            &[],
        )
        .await
        .context("read pg_hba.conf")?;
    let rule = |it: &tokio_postgres::Row| EntryRule {
        line: it.get(0),
        kind: it.get(1),
        databases: it.get(2),
        users: it.get(3),
        method: it.get(4),
    };
    Ok(rows.iter().map(rule).collect())
}

fn of_settings(settings: &Settings, subject: &str) -> Vec<Finding> {
    let is = |name: &str, value: &str| settings.get(name).is_some_and(|it| it == value);
    let off = |check, name: &str| {
        is(name, "off").then(|| {
            Finding::new(check, subject, format!("the setting {name} is off")).mend(set(name, "on"))
        })
    };
    let durability = ["fsync", "full_page_writes", "synchronous_commit"];
    let vacuum = ["autovacuum", "track_counts"];
    let mut findings: Vec<Finding> = Vec::new();
    findings.extend(durability.iter().filter_map(|it| off(Check::DurabilityOff, it)));
    findings.extend(vacuum.iter().filter_map(|it| off(Check::AutovacuumOff, it)));

    let leak = |what: String, mend: String| Finding::new(Check::LogLeaks, subject, what).mend(mend);
    let statements = settings.get("log_statement").filter(|it| *it != "none");
    findings.extend(statements.map(|it| {
        let what =
            format!("the setting log_statement is {it}, so statements are logged as they are");
        leak(what, set("log_statement", "none"))
    }));
    let logs_slow = number(settings, "log_min_duration_statement").is_some_and(|it| it >= 0);
    if logs_slow && !is("log_parameter_max_length", "0") {
        let what = "statements that take long are logged with their parameters";
        findings.push(leak(what.to_owned(), set("log_parameter_max_length", "0")));
    }
    if settings.contains_key("log_parameter_max_length_on_error")
        && !is("log_parameter_max_length_on_error", "0")
    {
        let what = "statements that fail are logged with their parameters";
        findings.push(leak(what.to_owned(), set("log_parameter_max_length_on_error", "0")));
    }
    findings
}

fn too_few_connections(settings: &Settings, budget: i32, subject: &str) -> Option<Finding> {
    let of = |name| number(settings, name);
    let most = of("max_connections")?;
    // Before PostgreSQL 16 there was but one kind.
    let reserved = of("superuser_reserved_connections").unwrap_or_default()
        + of("reserved_connections").unwrap_or_default();
    let needed = i64::from(budget) + ADMINISTRATION + reserved;
    (most < needed).then(|| {
        let what = format!(
            "it takes {most} connections; the budget is {budget}, administration needs {ADMINISTRATION}, and {reserved} are reserved"
        );
        let mend = format!(
            "on it: alter system set max_connections = {needed}; then restart it; or give it a smaller budget"
        );
        Finding::new(Check::ConnectionsShort, subject, what).mend(mend)
    })
}

/// Rules by which any role may come in, wherever it wants to or without a password.
fn of_rules(rules: &[EntryRule], subject: &str) -> Vec<Finding> {
    let tell = |rule: &EntryRule, what: &str, mend: &str| {
        let line = rule.line;
        Finding::new(
            Check::EntryRulesOpen,
            subject,
            format!("line {line} of its pg_hba.conf {what}"),
        )
        .mend(format!("{mend}; then on it: select pg_reload_conf()"))
    };
    let mut findings = Vec::new();
    // Who comes in as the operating system says is nobody else.
    for rule in rules.iter().filter(|it| !["reject", "peer"].contains(&it.method.as_str())) {
        let is_of_tenants = rule.users.iter().any(|it| is_of_tenants(it));
        if rule.method == "trust" && (is_of_tenants || rule.kind != "local") {
            let what = format!("lets in ({}) whoever says a name, without a password", rule.kind);
            findings.push(tell(rule, &what, "let it say scram-sha-256 in place of trust"));
        } else if is_of_tenants && rule.databases.iter().any(|it| is_elsewhere(it)) {
            let what = format!("lets each role into the databases {}", rule.databases.join(", "));
            findings.push(tell(rule, &what, "let it say sameuser in place of these"));
        }
    }
    findings
}

/// Whether tenants' roles are among those of whom a rule speaks in this word. What a PgBouncer works as is in a group of its own, and
/// has to get into all.
fn is_of_tenants(user: &str) -> bool {
    let group = user.strip_prefix('+');
    user == "all"
        || user.starts_with("studio_")
        || user.starts_with('/')
        || group.is_some_and(|it| [APP, READER].contains(&it))
}

/// Whether a tenant's role gets by this word into a database that is not its own.
fn is_elsewhere(database: &str) -> bool {
    !matches!(database, "sameuser" | "replication")
}

fn number(settings: &Settings, name: &str) -> Option<i64> {
    settings.get(name)?.parse().ok()
}

fn set(name: &str, value: &str) -> String {
    format!("on it: alter system set {name} = '{value}'; select pg_reload_conf()")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(words: &str) -> Settings {
        let pair = |it: &str| {
            let (name, value) = it.split_once('=').unwrap();
            (name.to_owned(), value.to_owned())
        };
        words.split_whitespace().map(pair).collect()
    }

    #[test]
    fn postgresqls_own_settings_are_well() {
        let defaults = settings(
            "fsync=on full_page_writes=on synchronous_commit=on autovacuum=on track_counts=on log_statement=none
             log_min_duration_statement=-1 log_parameter_max_length=-1 log_parameter_max_length_on_error=0",
        );
        assert_eq!(of_settings(&defaults, "eu-1"), []);
        assert_eq!(of_settings(&Settings::new(), "eu-1"), [], "a server that does not know them");
    }

    #[test]
    fn statements_that_take_long_may_be_logged_without_their_parameters() {
        let told = |words| of_settings(&settings(words), "eu-1").len();
        assert_eq!(told("log_min_duration_statement=100 log_parameter_max_length=0"), 0);
        assert_eq!(told("log_min_duration_statement=100 log_parameter_max_length=-1"), 1);
    }

    #[test]
    fn what_is_reserved_counts() {
        let told = |words| too_few_connections(&settings(words), 100, "eu-1").map(|it| it.what);
        assert_eq!(told("max_connections=113 superuser_reserved_connections=3"), None);
        assert!(told("max_connections=112 superuser_reserved_connections=3").is_some());
        assert!(
            told("max_connections=113 superuser_reserved_connections=3 reserved_connections=1")
                .is_some()
        );
    }

    #[test]
    fn a_rule_is_open_if_it_lets_a_tenant_in_elsewhere() {
        let check = |databases: &str, users: &str, method: &str| {
            let words = |it: &str| it.split(',').map(str::to_owned).collect();
            let rule = EntryRule {
                line: 3,
                kind: "host".to_owned(),
                databases: words(databases),
                users: words(users),
                method: method.to_owned(),
            };
            !of_rules(&[rule], "eu-1").is_empty()
        };
        assert!(!check("sameuser", "all", "scram-sha-256"));
        assert!(!check("all", "postgres", "peer"));
        assert!(!check("all", "all", "reject"));
        assert!(!check("all", "all", "peer"), "as Debian has it");
        assert!(!check("all", "app_pool", "scram-sha-256"), "what a PgBouncer works as");
        assert!(!check("all", "+cloison_gateway", "scram-sha-256"), "as `up` has it");
        assert!(check("all", "all", "scram-sha-256"));
        assert!(check("sameuser,studio_1_db", "all", "scram-sha-256"));
        assert!(check("samerole", "+cloison_app", "scram-sha-256"));
        assert!(check("sameuser", "all", "trust"));
        assert!(check("all", "postgres", "trust"), "over the network");
    }
}
