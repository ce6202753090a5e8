//! What is wrong, in words: what happened, what it means, what to type.

use std::collections::HashMap;

use cloison_control::watch::trouble::{Severity, Trouble};
use fluent_bundle::FluentValue;

use crate::format;
use crate::i18n::{Lang, Say};

/// More than anybody mends at once. Each server has its own lines.
const LINES_MAX: usize = 30;

pub(super) struct WrongList {
    pub(super) heading: String,
    pub(super) lines: Vec<Wrong>,
    /// Those that are not listed.
    pub(super) more: usize,
}

pub(super) struct Wrong {
    pub(super) is_critical: bool,
    pub(super) title: String,
    pub(super) means: String,
    pub(super) command: String,
    pub(super) is_on_server: bool,
    /// The page that tells more.
    pub(super) runbook: String,
}

impl WrongList {
    /// `names` are tenants' by their databases.
    pub(super) fn of(lang: Lang, found: &[Trouble], names: &HashMap<String, String>) -> Self {
        let heading = match found.len() {
            0 => lang.t("all-well"),
            count => lang.t1("wrong-count", "count", count),
        };
        let lines = found.iter().take(LINES_MAX).map(|it| Wrong::of(lang, it, names)).collect();
        Self { heading, lines, more: found.len().saturating_sub(LINES_MAX) }
    }
}

impl Wrong {
    fn of(lang: Lang, trouble: &Trouble, names: &HashMap<String, String>) -> Self {
        let tenant = match trouble {
            Trouble::TenantDatabaseLarge { database, .. } => names.get(database),
            _ => None,
        };
        let key = format!("trouble-{}", kebab(trouble.name()));
        let values = || values(lang, trouble, tenant.map(String::as_str));
        Self {
            is_critical: trouble.severity() == Severity::Critical,
            title: lang.t_with(&key, values()),
            means: lang.t_with(&format!("{key}-means"), values()),
            command: trouble.command(tenant.map(String::as_str)),
            is_on_server: trouble.is_on_server(),
            runbook: runbook(trouble),
        }
    }
}

fn runbook(trouble: &Trouble) -> String {
    match trouble {
        // No alert fires for it, and alerts are what the runbook is of.
        Trouble::WebhookDisabled { .. } => "docs/webhooks.md".to_owned(),
        other => format!("docs/runbook/Cloison{}.md", other.name()),
    }
}

/// What may be put into its words.
fn values(
    lang: Lang,
    trouble: &Trouble,
    tenant: Option<&str>,
) -> Vec<(&'static str, FluentValue<'static>)> {
    let text = |it: &str| FluentValue::from(it.to_owned());
    let time = |it: f64| FluentValue::from(format::duration(lang, it));
    let share = |it: f64| FluentValue::from(format::share(lang, it));
    match trouble {
        Trouble::ControlDatabaseDown | Trouble::MasterKeyMissing => Vec::new(),
        Trouble::ServerDown { server }
        | Trouble::PastDrillFailing { server }
        | Trouble::ArchiveFailing { server }
        | Trouble::ArchiveOff { server } => vec![("server", text(server))],
        Trouble::HttpErrors { share: it } => vec![("share", share(*it))],
        Trouble::DiskNearlyFull { server, free } => {
            vec![("server", text(server)), ("share", share(*free))]
        }
        Trouble::TenantHeldBack { phase, seconds } | Trouble::TenantStuck { phase, seconds } => {
            vec![("phase", text(phase)), ("time", time(*seconds))]
        }
        Trouble::TransactionIdAge { server, age } => {
            vec![("server", text(server)), ("age", format::count(lang, *age).into())]
        }
        Trouble::ArchiveStalled { server, seconds } => {
            vec![("server", text(server)), ("time", time(*seconds))]
        }
        Trouble::RolloutHalted { number } | Trouble::RolloutFailed { number } => {
            vec![("number", number.to_string().into())]
        }
        Trouble::ErasedTenantSeen { tenants }
        | Trouble::AiCreditsOutOfStep { tenants }
        | Trouble::MigrationFailed { tenants }
        | Trouble::BackupOverdue { tenants }
        | Trouble::DrillFailing { tenants }
        | Trouble::TenantWithoutBackup { tenants }
        | Trouble::BackupFailing { tenants }
        | Trouble::DrillOverdue { tenants } => vec![("tenants", (*tenants).into())],
        Trouble::ControlBackupOverdue { seconds }
        | Trouble::BackupSlow { seconds }
        | Trouble::DomainChecksOverdue { seconds } => vec![("time", time(*seconds))],
        Trouble::SeatsExhausted { server, waiting } => {
            vec![("server", text(server)), ("count", (*waiting).into())]
        }
        Trouble::TenantDatabaseLarge { tenants, database, bytes } => vec![
            ("count", (*tenants).into()),
            ("tenant", text(tenant.unwrap_or(database))),
            ("size", format::bytes(lang, size(*bytes)).into()),
        ],
        Trouble::OperationStuck { kind, operations } => {
            vec![("kind", text(kind)), ("count", (*operations).into())]
        }
        Trouble::ReplicaLag { server, replica, seconds } => {
            vec![("server", text(server)), ("replica", text(replica)), ("time", time(*seconds))]
        }
        Trouble::BackupBroken { backups } => vec![("count", (*backups).into())],
        Trouble::SparesMissing { server, ready, wanted } => vec![
            ("server", text(server)),
            ("ready", (*ready).into()),
            ("wanted", i64::from(*wanted).into()),
        ],
        Trouble::TenantOverLimit { database_bytes, requests_per_day } => {
            vec![("size", (*database_bytes).into()), ("requests", (*requests_per_day).into())]
        }
        Trouble::DomainFailing { domains } | Trouble::CertificateFailing { domains } => {
            vec![("count", (*domains).into())]
        }
        Trouble::CertificateEnding { domains, seconds } => {
            vec![("count", (*domains).into()), ("time", time(*seconds))]
        }
        Trouble::WebhookDisabled { endpoints } => vec![("count", (*endpoints).into())],
    }
}

#[expect(clippy::cast_precision_loss, reason = "it is told in three digits")]
pub(super) fn size(bytes: u64) -> f64 {
    bytes as f64
}

/// `ServerDown` is `server-down`.
fn kebab(name: &str) -> String {
    let mut text = String::new();
    for it in name.chars() {
        if it.is_uppercase() && !text.is_empty() {
            text.push('-');
        }
        text.extend(it.to_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    fn every() -> Vec<Trouble> {
        let (server, phase, seconds) = ("eu-1".to_owned(), "MOVING".to_owned(), 7_300.0);
        let large = |tenants| {
            let database = "studio_7_db".to_owned();
            Trouble::TenantDatabaseLarge { tenants, database, bytes: 12_345_678_901 }
        };
        vec![
            Trouble::ControlDatabaseDown,
            Trouble::MasterKeyMissing,
            Trouble::ServerDown { server: server.clone() },
            Trouble::HttpErrors { share: 0.034 },
            Trouble::ErasedTenantSeen { tenants: 1 },
            Trouble::AiCreditsOutOfStep { tenants: 1 },
            Trouble::TenantHeldBack { phase: phase.clone(), seconds },
            Trouble::DiskNearlyFull { server: server.clone(), free: 0.051 },
            Trouble::TransactionIdAge { server: server.clone(), age: 1_600_000_000 },
            Trouble::ArchiveStalled { server: server.clone(), seconds },
            Trouble::RolloutHalted { number: 1_207 },
            Trouble::MigrationFailed { tenants: 2 },
            Trouble::RolloutFailed { number: 7 },
            Trouble::BackupOverdue { tenants: 1_204 },
            Trouble::ControlBackupOverdue { seconds: 12_000.0 },
            Trouble::DrillFailing { tenants: 1 },
            Trouble::PastDrillFailing { server: server.clone() },
            Trouble::CertificateFailing { domains: 1 },
            Trouble::SeatsExhausted { server: server.clone(), waiting: 12 },
            large(1),
            large(3),
            Trouble::TenantStuck { phase, seconds },
            Trouble::OperationStuck { kind: "backup".to_owned(), operations: 2 },
            Trouble::ReplicaLag {
                server: server.clone(),
                replica: "eu-1b".to_owned(),
                seconds: 95.0,
            },
            Trouble::ArchiveFailing { server: server.clone() },
            Trouble::BackupSlow { seconds: 2_000.0 },
            Trouble::TenantWithoutBackup { tenants: 1 },
            Trouble::BackupFailing { tenants: 3 },
            Trouble::BackupBroken { backups: 1 },
            Trouble::DrillOverdue { tenants: 5 },
            Trouble::ArchiveOff { server: server.clone() },
            Trouble::SparesMissing { server, ready: 1, wanted: 3 },
            Trouble::DomainFailing { domains: 2 },
            Trouble::CertificateEnding { domains: 3, seconds: 900_000.0 },
            Trouble::DomainChecksOverdue { seconds },
            Trouble::TenantOverLimit { database_bytes: 2, requests_per_day: 1 },
            Trouble::WebhookDisabled { endpoints: 1 },
        ]
    }

    /// Read it aloud.
    #[test]
    fn troubles_in_words() {
        let names = HashMap::from([("studio_7_db".to_owned(), "blue".to_owned())]);
        for lang in Lang::ALL {
            let mut told = String::new();
            for it in every() {
                let wrong = Wrong::of(lang, &it, &names);
                let (title, means) = (wrong.title, wrong.means);
                writeln!(told, "{title}\n  {means}\n  {}", wrong.command).unwrap();
            }
            let told = told.replace('\u{202f}', " ");
            insta::assert_snapshot!(format!("troubles-{lang}"), told);
        }
    }

    #[test]
    fn every_page_that_is_named_is_there() {
        for it in every() {
            let page = runbook(&it);
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(&page);
            assert!(path.exists(), "{page}");
        }
    }

    #[test]
    fn there_are_no_words_for_what_is_no_trouble() {
        let spoken = include_str!("../../locales/en/troubles.ftl");
        let keys = spoken.lines().filter_map(|it| it.split_once(" = ")).map(|it| it.0);
        let named: Vec<_> =
            every().iter().map(|it| format!("trouble-{}", kebab(it.name()))).collect();
        for key in keys.filter(|it| it.starts_with("trouble-")) {
            let key = key.trim_end_matches("-means");
            assert!(named.iter().any(|it| it == key), "{key}");
        }
    }

    #[test]
    fn the_list_is_bounded() {
        let many: Vec<_> =
            (0..100).map(|it| Trouble::ServerDown { server: format!("eu-{it}") }).collect();
        let list = WrongList::of(Lang::En, &many, &HashMap::new());
        assert_eq!((list.lines.len(), list.more), (LINES_MAX, 70));
        assert_eq!(list.heading, "100 things are wrong");
        assert_eq!(WrongList::of(Lang::Fr, &[], &HashMap::new()).heading, "Tout va bien");
    }
}
