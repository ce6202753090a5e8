//! Each condition fires, and nearly fires; and the alerts in `monitoring` have the same thresholds, commands and order of gravity.

use std::collections::BTreeMap;

use cloison_catalog::queries::backups::PastDrillNewest;
use cloison_catalog::queries::servers::{Server, ServerStock};
use cloison_catalog::queries::watch as queries;
use cloison_model::{OperationId, OperationState, Policy, RolloutDirection, ServerId};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::*;
use crate::rollout::{RolloutView, Stage};
use crate::watch::{
    Activity, BackupFacts, Disk, FleetFacts, Replica, ServerFacts, ServerSight, Sight, TenantSight,
};

const RULES: &str = include_str!("../../../../../monitoring/prometheus/cloison.rules.yml");

fn now() -> Timestamp {
    "2026-03-18T12:00:00Z".parse().unwrap()
}

/// A fleet of one server in which all is well.
struct Case {
    fleet: FleetFacts,
    server: ServerSight,
    erased_seen: i64,
    control_backup: f64,
    here: Here,
    catalog_is_down: bool,
}

impl Case {
    fn well() -> Self {
        let id = Uuid::from_u128(1);
        let fleet = FleetFacts {
            tenants: Vec::new(),
            versions: Vec::new(),
            fleet: queries::WatchFleet { schema_version: Some(3), behind: 7, quarantined: 0 },
            phases: Vec::new(),
            limits: queries::WatchLimits { database_bytes: 0, requests_per_day: 0 },
            ai_credits: queries::WatchAiCredits {
                available: 7,
                held: 7,
                reservations: 7,
                oldest_seconds: 1e6,
                out_of_step: 0,
            },
            operations: Vec::new(),
            servers: vec![Server {
                id,
                name: "eu-1".to_owned(),
                region: "eu".to_owned(),
                host: String::new(),
                port: 5432,
                admin_host: String::new(),
                admin_role: String::new(),
                admin_password_sealed: None,
                state: "ACCEPTING".to_owned(),
                connection_budget: 100,
                capacity: 1_000,
            }],
            spares: vec![ServerStock { server_id: id, spares: 3 }],
            rollout: None,
            webhooks_disabled: 0,
            domains: no_domains(),
            backups: BackupFacts {
                oldest_age_seconds: Some(3_600.0),
                overdue: 0,
                failing: 0,
                without: 0,
                broken: 0,
                drills_overdue: 0,
                drills_failing: 0,
                drills: queries::WatchDrills { restore_seconds: None, data_age_seconds: None },
                past_drills: Vec::new(),
            },
            key_fits: true,
        };
        let facts = ServerFacts {
            is_archiving: true,
            disk: Some(Disk { bytes: 1_000, free_bytes: 100 }),
            ..ServerFacts::default()
        };
        let server = ServerSight {
            id: ServerId(id),
            name: "eu-1".to_owned(),
            region: "eu".to_owned(),
            capacity: 1_000,
            facts: Some(facts),
            took: std::time::Duration::ZERO,
            activity: Activity::default(),
            tenants: Vec::new(),
            sizes: None,
        };
        let here = Here { spares_wanted: 3, ..Here::default() };
        Self { fleet, server, erased_seen: 0, control_backup: 60.0, here, catalog_is_down: false }
    }

    fn facts(&mut self) -> &mut ServerFacts {
        self.server.facts.as_mut().unwrap()
    }

    fn found(self) -> Vec<Trouble> {
        let sight = Sight {
            at: now(),
            fleet: (!self.catalog_is_down).then(|| self.fleet.into()),
            servers: vec![self.server],
            erased_seen: self.erased_seen,
            control_backup_age_seconds: Some(self.control_backup),
        };
        troubles(&sight, &self.here, now())
    }
}

fn no_domains() -> queries::WatchDomains {
    queries::WatchDomains {
        pending: 2,
        serving: 3,
        failing: 0,
        overdue_seconds: 0.0,
        certificates_good: 3,
        certificates_failing: 0,
        certificates_ending: 0,
        ends_seconds: Some(5e6),
    }
}

/// What is found after a change: names, and how bad.
fn check(change: impl FnOnce(&mut Case)) -> String {
    let mut case = Case::well();
    change(&mut case);
    let names: Vec<_> = case.found().iter().map(Trouble::name).collect();
    names.join(" ")
}

fn tenant(bytes: u64) -> TenantSight {
    let database = format!("studio_{bytes}_db");
    TenantSight { database, connections: 0, activity: Activity::default(), lately: 0, bytes }
}

fn operation(kind: &str, waiting: i64, oldest_seconds: f64) -> queries::WatchOperations {
    queries::WatchOperations { kind: kind.to_owned(), running: 2, waiting, oldest_seconds }
}

fn phase(phase: &str, seconds: f64) -> queries::WatchPhases {
    queries::WatchPhases { phase: phase.to_owned(), seconds }
}

fn rollout(stage: Stage, paused: Option<&str>, ended: Option<Timestamp>) -> RolloutView {
    RolloutView {
        number: 7,
        operation: OperationId(Uuid::nil()),
        direction: RolloutDirection::Up,
        stage,
        from: 2,
        to: 3,
        rolls_back: None,
        policy: Policy::default(),
        canaries: Vec::new(),
        lazy_until: None,
        paused: paused.map(|it| (it.to_owned(), "why".to_owned())),
        waiting: None,
        error: None,
        actor: String::new(),
        created_at: now(),
        started_at: None,
        finished_at: ended,
        waves: Vec::new(),
        recent: 0,
        shadow: None,
    }
}

#[test]
fn all_is_well() {
    assert_eq!(check(|_| {}), "");
}

#[test]
fn what_the_control_database_tells() {
    assert_eq!(check(|it| it.catalog_is_down = true), "ControlDatabaseDown");
    assert_eq!(check(|it| it.fleet.key_fits = false), "MasterKeyMissing");
    assert_eq!(check(|it| it.fleet.fleet.quarantined = 1), "MigrationFailed");
    for (name, seconds, found) in [
        ("PROVISIONING", 300.0, ""),
        ("PROVISIONING", 301.0, "TenantStuck"),
        ("ERASING", 3_600.0, ""),
        ("ERASING", 3_601.0, "TenantStuck"),
        ("RESTORING", 300.0, ""),
        ("RESTORING", 301.0, "TenantHeldBack"),
        ("MOVING", 3_600.0, ""),
        ("MOVING", 3_601.0, "TenantHeldBack"),
        ("READY", 1e9, ""),
    ] {
        assert_eq!(check(|it| it.fleet.phases = vec![phase(name, seconds)]), found, "{name}");
    }
    for (kind, waiting, seconds, found) in [
        ("backup", 0, 1_800.0, ""),
        ("backup", 0, 1_801.0, "BackupSlow"),
        ("provision", 0, 9_999.0, ""),
        ("provision", 1, 1_800.0, ""),
        ("provision", 1, 1_801.0, "OperationStuck"),
        ("erase", 5, 1e6, ""),
    ] {
        let operation = operation(kind, waiting, seconds);
        assert_eq!(check(|it| it.fleet.operations = vec![operation]), found, "{kind} {seconds}");
    }
    assert_eq!(check(|it| it.fleet.limits.database_bytes = 1), "TenantOverLimit");
    assert_eq!(check(|it| it.fleet.limits.requests_per_day = 2), "TenantOverLimit");
    assert_eq!(check(|it| it.fleet.ai_credits.out_of_step = 1), "AiCreditsOutOfStep");
    assert_eq!(check(|it| it.fleet.webhooks_disabled = 1), "WebhookDisabled");
    assert_eq!(check(|it| it.fleet.spares[0].spares = 2), "SparesMissing");
    assert_eq!(check(|it| it.fleet.spares.clear()), "SparesMissing");
    let draining = |it: &mut Case| {
        it.fleet.spares.clear();
        it.fleet.servers[0].state = "DRAINING".to_owned();
    };
    assert_eq!(check(draining), "");
    assert_eq!(check(|it| it.erased_seen = 1), "ErasedTenantSeen");
}

#[test]
fn rollouts() {
    let failed = Stage::Ended(OperationState::Failed);
    let ago = |hours| Some(now() - SignedDuration::from_hours(hours));
    for (view, found) in [
        (rollout(Stage::Running, None, None), ""),
        (rollout(Stage::Paused, Some("kim@example.com"), None), ""),
        (rollout(Stage::Paused, Some("cloison"), None), "RolloutHalted"),
        (rollout(failed, None, ago(12)), "RolloutFailed"),
        (rollout(failed, None, ago(13)), ""),
        (rollout(Stage::Ended(OperationState::Done), None, ago(1)), ""),
    ] {
        let stage = view.stage;
        assert_eq!(check(|it| it.fleet.rollout = Some(view)), found, "{stage:?}");
    }
}

#[test]
fn backups_and_drills() {
    let change = |of: fn(&mut BackupFacts)| check(|it| of(&mut it.fleet.backups));
    assert_eq!(change(|it| it.overdue = 1), "BackupOverdue");
    assert_eq!(change(|it| it.failing = 1), "BackupFailing");
    assert_eq!(change(|it| it.without = 1), "TenantWithoutBackup");
    assert_eq!(change(|it| it.broken = 1), "BackupBroken");
    assert_eq!(change(|it| it.drills_overdue = 1), "DrillOverdue");
    assert_eq!(change(|it| it.drills_failing = 1), "DrillFailing");
    let drill = |why: Option<&str>| PastDrillNewest {
        server_id: Uuid::from_u128(1),
        began_at: now(),
        failed_why: why.map(str::to_owned),
    };
    assert_eq!(check(|it| it.fleet.backups.past_drills = vec![drill(None)]), "");
    let failed = drill(Some("no space left"));
    assert_eq!(check(|it| it.fleet.backups.past_drills = vec![failed]), "PastDrillFailing");
    assert_eq!(check(|it| it.control_backup = 3.0 * 3_600.0), "");
    assert_eq!(check(|it| it.control_backup = 3.0 * 3_600.0 + 1.0), "ControlBackupOverdue");
}

#[test]
fn domains_and_their_certificates() {
    let change = |of: fn(&mut queries::WatchDomains)| check(|it| of(&mut it.fleet.domains));
    assert_eq!(change(|it| it.pending = 9), "");
    assert_eq!(change(|it| it.failing = 1), "DomainFailing");
    assert_eq!(change(|it| it.certificates_failing = 1), "CertificateFailing");
    assert_eq!(change(|it| it.certificates_ending = 1), "CertificateEnding");
    assert_eq!(change(|it| it.overdue_seconds = 3_600.0), "");
    assert_eq!(change(|it| it.overdue_seconds = 3_601.0), "DomainChecksOverdue");
}

#[test]
fn servers() {
    assert_eq!(check(|it| it.server.facts = None), "ServerDown");
    let free = |bytes| check(|it| it.facts().disk.as_mut().unwrap().free_bytes = bytes);
    assert_eq!((free(100), free(99)), (String::new(), "DiskNearlyFull".to_owned()));
    assert_eq!(check(|it| it.facts().disk = None), "", "it is another machine's");
    assert_eq!(check(|it| it.facts().xid_age = 1_500_000_000), "");
    assert_eq!(check(|it| it.facts().xid_age = 1_500_000_001), "TransactionIdAge");
    let lag = |lag_seconds| {
        let replica = Replica { name: "r".to_owned(), lag_bytes: 1, lag_seconds };
        check(|it| it.facts().replicas = vec![replica])
    };
    assert_eq!((lag(30.0), lag(30.1)), (String::new(), "ReplicaLag".to_owned()));
    assert_eq!(check(|it| it.facts().is_archiving = false), "ArchiveOff");
    let archive = |age, fails, waiting| {
        check(|it| {
            it.facts().archive_age_seconds = age;
            it.facts().is_archive_failing = fails;
            it.facts().archive_waiting = waiting;
        })
    };
    assert_eq!(archive(Some(1e6), false, 0), "", "nobody writes there");
    assert_eq!(archive(Some(900.0), true, 1), "ArchiveFailing");
    assert_eq!(archive(None, true, 1), "ArchiveFailing");
    assert_eq!(archive(Some(901.0), true, 0), "ArchiveStalled");
    assert_eq!(archive(Some(900.0), false, 1), "", "it is about to be archived");
    assert_eq!(archive(Some(901.0), false, 1), "ArchiveStalled");
}

#[test]
fn one_line_tells_of_all_large_databases() {
    let sizes = [10_000_000_000, 10_000_000_001, 12_000_000_000, 9];
    let mut case = Case::well();
    case.server.tenants = sizes.map(tenant).into();
    let [Trouble::TenantDatabaseLarge { tenants, database, bytes }] = &case.found()[..] else {
        panic!("one of them")
    };
    assert_eq!((*tenants, database.as_str(), *bytes), (2, "studio_12000000000_db", 12_000_000_000));
}

#[test]
fn this_process() {
    let seats = |in_use, waiting| {
        let seats = Seats { server: "eu-1".to_owned(), budget: 10, in_use, waiting };
        check(|it| it.here.seats = vec![seats])
    };
    assert_eq!(seats(10, 0), "");
    assert_eq!(seats(9, 3), "", "one is free");
    assert_eq!(seats(10, 1), "SeatsExhausted");
    let answered = |requests, errors| check(|it| it.here.answered = (requests, errors));
    assert_eq!(answered(100.0, 3.0), "", "few are none");
    assert_eq!(answered(400.0, 4.0), "", "one in a hundred");
    assert_eq!(answered(399.0, 4.0), "HttpErrors");
    assert_eq!(answered(0.0, 0.0), "");
}

#[test]
fn the_worst_is_told_first() {
    let all = check(|it| {
        it.fleet.webhooks_disabled = 1;
        it.fleet.backups.failing = 1;
        it.server.facts = None;
        it.fleet.fleet.quarantined = 2;
        it.fleet.backups.overdue = 1;
    });
    assert_eq!(all, "ServerDown MigrationFailed BackupOverdue BackupFailing WebhookDisabled");
    let found = every();
    assert!(found.is_sorted_by_key(Trouble::severity));
}

/// One of each kind, in order.
fn every() -> Vec<Trouble> {
    let (server, phase, seconds, tenants) = ("eu-1".to_owned(), "MOVING".to_owned(), 1.0, 1);
    let mut all = vec![
        Trouble::ControlDatabaseDown,
        Trouble::MasterKeyMissing,
        Trouble::ServerDown { server: server.clone() },
        Trouble::HttpErrors { share: 0.5 },
        Trouble::ErasedTenantSeen { tenants },
        Trouble::AiCreditsOutOfStep { tenants },
        Trouble::TenantHeldBack { phase: phase.clone(), seconds },
        Trouble::DiskNearlyFull { server: server.clone(), free: 0.01 },
        Trouble::TransactionIdAge { server: server.clone(), age: 1 },
        Trouble::ArchiveStalled { server: server.clone(), seconds },
        Trouble::RolloutHalted { number: 7 },
        Trouble::MigrationFailed { tenants },
        Trouble::RolloutFailed { number: 7 },
        Trouble::BackupOverdue { tenants },
        Trouble::ControlBackupOverdue { seconds },
        Trouble::DrillFailing { tenants },
        Trouble::PastDrillFailing { server: server.clone() },
        Trouble::CertificateFailing { domains: 1 },
        Trouble::SeatsExhausted { server: server.clone(), waiting: 1 },
        Trouble::TenantDatabaseLarge { tenants: 1, database: String::new(), bytes: 1 },
        Trouble::TenantStuck { phase, seconds },
        Trouble::OperationStuck { kind: "backup".to_owned(), operations: 1 },
        Trouble::ReplicaLag { server: server.clone(), replica: "r".to_owned(), seconds },
        Trouble::ArchiveFailing { server: server.clone() },
        Trouble::BackupSlow { seconds },
        Trouble::TenantWithoutBackup { tenants },
        Trouble::BackupFailing { tenants },
        Trouble::BackupBroken { backups: 1 },
        Trouble::DrillOverdue { tenants },
        Trouble::ArchiveOff { server: server.clone() },
        Trouble::SparesMissing { server, ready: 1, wanted: 3 },
        Trouble::DomainFailing { domains: 1 },
        Trouble::CertificateEnding { domains: 1, seconds },
        Trouble::DomainChecksOverdue { seconds },
        Trouble::TenantOverLimit { database_bytes: 1, requests_per_day: 0 },
        Trouble::WebhookDisabled { endpoints: 1 },
    ];
    let before = all.clone();
    all.sort_by(|one, other| one.partial_cmp(other).unwrap());
    assert_eq!(all, before, "in order");
    all
}

/// The alerts by name: each one's text, without comments.
fn alerts() -> BTreeMap<&'static str, String> {
    let rules = RULES.split("- alert: Cloison").skip(1);
    rules
        .map(|it| {
            let it = it.split("- record:").next().unwrap();
            let (name, rest) = it.split_once('\n').unwrap();
            let lines = rest.lines().map(str::trim).filter(|it| !it.starts_with('#'));
            (name, lines.collect::<Vec<_>>().join(" "))
        })
        .collect()
}

/// Those that a process cannot tell of itself, or that are of single requests.
const ALERTS_OF_PROMETHEUS: [&str; 3] = ["Down", "MetricsAbsent", "RequestsTurnedAway"];

#[test]
fn each_alert_is_a_trouble_as_grave() {
    let alerts = alerts();
    for (name, text) in &alerts {
        if ALERTS_OF_PROMETHEUS.contains(name) {
            continue;
        }
        let found = every().into_iter().find(|it| it.name() == *name);
        let found = found.unwrap_or_else(|| panic!("{name} is no trouble"));
        let severity = match found.severity() {
            Severity::Critical => "severity: critical",
            Severity::Warning => "severity: warning",
        };
        assert!(text.contains(severity), "{name}");
    }
    let without: Vec<_> =
        every().iter().map(Trouble::name).filter(|it| !alerts.contains_key(it)).collect();
    assert_eq!(without, ["WebhookDisabled"], "troubles without an alert");
}

#[test]
fn alerts_have_the_same_thresholds() {
    let alerts = alerts();
    for (name, numbers) in [
        ("TenantDatabaseLarge", &[limits::DATABASE_BYTES_MAX][..]),
        ("DiskNearlyFull", &[limits::DISK_FREE_MIN]),
        ("ReplicaLag", &[limits::REPLICA_LAG_SECONDS_MAX]),
        ("TransactionIdAge", &[limits::TRANSACTION_ID_AGE_MAX]),
        ("ArchiveStalled", &[limits::ARCHIVE_SECONDS_MAX, 0.0]),
        ("HttpErrors", &[limits::HTTP_ERRORS_SHARE_MAX, limits::HTTP_ERRORS_MAX]),
        ("TenantStuck", &[limits::PROVISIONING_SECONDS_MAX, limits::ERASING_SECONDS_MAX]),
        ("TenantHeldBack", &[limits::RESTORING_SECONDS_MAX, limits::MOVING_SECONDS_MAX]),
        ("OperationStuck", &[0.0, limits::OPERATION_SECONDS_MAX]),
        ("BackupSlow", &[limits::BACKUP_SECONDS_MAX]),
        ("ControlBackupOverdue", &[limits::CONTROL_BACKUP_SECONDS_MAX]),
        ("MigrationFailed", &[0.0]),
        ("BackupOverdue", &[0.0]),
        ("DrillFailing", &[0.0]),
        ("ErasedTenantSeen", &[0.0]),
        ("DomainFailing", &[0.0]),
        ("CertificateFailing", &[0.0]),
        ("CertificateEnding", &[0.0]),
        ("DomainChecksOverdue", &[limits::DOMAIN_CHECK_SECONDS_MAX]),
        ("AiCreditsOutOfStep", &[0.0]),
    ] {
        let text = &alerts[name];
        let expression = text.split("labels:").next().unwrap().split(" for:").next().unwrap();
        assert_eq!(thresholds(expression), numbers, "{name}: {expression}");
    }
    let failed = alerts["RolloutFailed"].split("offset ").nth(1).unwrap();
    let hours: f64 = failed.split('h').next().unwrap().parse().unwrap();
    assert!((hours * 3_600.0 - limits::ROLLOUT_FAILED_SECONDS_MAX).abs() < 1.0);
}

/// The numbers that an expression compares with, each a product.
fn thresholds(expression: &str) -> Vec<f64> {
    let words: Vec<_> = expression.split_whitespace().collect();
    let places = (0..words.len()).filter(|it| matches!(words[*it], ">" | "<"));
    places
        .map(|place| {
            let product = words[place + 1..].chunks(2);
            let mut factors: Vec<f64> = Vec::new();
            for it in product {
                factors.push(it[0].parse().unwrap());
                if it.get(1) != Some(&"*") {
                    break;
                }
            }
            factors.into_iter().product()
        })
        .collect()
}

#[test]
fn alerts_and_troubles_say_to_type_the_same() {
    let alerts = alerts();
    // There it is the process that is asked, at its address.
    let elsewhere = ["ControlDatabaseDown"];
    for it in every().iter().filter(|it| !elsewhere.contains(&it.name())) {
        let Some(text) = alerts.get(it.name()) else { continue };
        let first = text.split("First").nth(1).unwrap().trim_start_matches(", on the server");
        let first = first.trim_start_matches(": ").split(" runbook_url").next().unwrap();
        let first =
            first.replace("{{ $labels.tenant }}", "blue").replace("{{ $labels.rollout }}", "7");
        assert_eq!(it.command(Some("blue")), first, "{}", it.name());
        assert_eq!(text.contains("First, on the server"), it.is_on_server(), "{}", it.name());
    }
}
