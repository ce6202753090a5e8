//! The conditions.

use std::cmp::Ordering;

use cloison_catalog::queries::watch::{WatchDomains, WatchLimits};
use cloison_model::OperationState;
use jiff::Timestamp;

use super::limits::{
    ARCHIVE_SECONDS_MAX, BACKUP_SECONDS_MAX, CONTROL_BACKUP_SECONDS_MAX, DATABASE_BYTES_MAX,
    DISK_FREE_MIN, DOMAIN_CHECK_SECONDS_MAX, ERASING_SECONDS_MAX, HTTP_ERRORS_MAX,
    HTTP_ERRORS_SHARE_MAX, MOVING_SECONDS_MAX, OPERATION_SECONDS_MAX, PROVISIONING_SECONDS_MAX,
    REPLICA_LAG_SECONDS_MAX, RESTORING_SECONDS_MAX, ROLLOUT_FAILED_SECONDS_MAX,
    TRANSACTION_ID_AGE_MAX,
};
use super::{Here, Trouble};
use crate::rollout::{RolloutView, Stage};
use crate::watch::{BackupFacts, Disk, FleetFacts, ServerFacts, ServerSight, Sight};

/// Pure: all that is wrong, the worst first.
pub fn troubles(sight: &Sight, here: &Here, now: Timestamp) -> Vec<Trouble> {
    let mut found = Vec::new();
    match &sight.fleet {
        None => found.push(Trouble::ControlDatabaseDown),
        Some(facts) => {
            fleet(facts, &mut found);
            spares(facts, here.spares_wanted, &mut found);
            if let Some(it) = &facts.rollout {
                rollout(it, now, &mut found);
            }
            backups(&facts.backups, &mut found);
            past_drills(facts, &mut found);
            domains(&facts.domains, &mut found);
        }
    }
    if sight.erased_seen > 0 {
        found.push(Trouble::ErasedTenantSeen { tenants: sight.erased_seen });
    }
    if let Some(seconds) = sight.control_backup_age_seconds
        && seconds > CONTROL_BACKUP_SECONDS_MAX
    {
        found.push(Trouble::ControlBackupOverdue { seconds });
    }
    for it in &sight.servers {
        match &it.facts {
            None => found.push(Trouble::ServerDown { server: it.name.clone() }),
            Some(facts) => server(&it.name, facts, &mut found),
        }
    }
    large(&sight.servers, &mut found);
    seats(here, &mut found);
    found.sort_by(|one, other| one.partial_cmp(other).unwrap_or(Ordering::Equal));
    found
}

fn fleet(facts: &FleetFacts, found: &mut Vec<Trouble>) {
    if !facts.key_fits {
        found.push(Trouble::MasterKeyMissing);
    }
    if facts.fleet.quarantined > 0 {
        found.push(Trouble::MigrationFailed { tenants: facts.fleet.quarantined });
    }
    for it in &facts.phases {
        let (phase, seconds) = (it.phase.clone(), it.seconds);
        match it.phase.as_str() {
            "PROVISIONING" if seconds > PROVISIONING_SECONDS_MAX => {
                found.push(Trouble::TenantStuck { phase, seconds });
            }
            "ERASING" if seconds > ERASING_SECONDS_MAX => {
                found.push(Trouble::TenantStuck { phase, seconds });
            }
            "RESTORING" if seconds > RESTORING_SECONDS_MAX => {
                found.push(Trouble::TenantHeldBack { phase, seconds });
            }
            "MOVING" if seconds > MOVING_SECONDS_MAX => {
                found.push(Trouble::TenantHeldBack { phase, seconds });
            }
            _ => {}
        }
    }
    for it in &facts.operations {
        if it.kind == "backup" && it.oldest_seconds > BACKUP_SECONDS_MAX {
            found.push(Trouble::BackupSlow { seconds: it.oldest_seconds });
        }
        // An erasure rests for days before it begins.
        if it.kind != "erase" && it.waiting > 0 && it.oldest_seconds > OPERATION_SECONDS_MAX {
            found.push(Trouble::OperationStuck { kind: it.kind.clone(), operations: it.waiting });
        }
    }
    let WatchLimits { database_bytes, requests_per_day } = facts.limits;
    if database_bytes > 0 || requests_per_day > 0 {
        found.push(Trouble::TenantOverLimit { database_bytes, requests_per_day });
    }
    if facts.ai_credits.out_of_step > 0 {
        found.push(Trouble::AiCreditsOutOfStep { tenants: facts.ai_credits.out_of_step });
    }
    if facts.webhooks_disabled > 0 {
        found.push(Trouble::WebhookDisabled { endpoints: facts.webhooks_disabled });
    }
}

fn spares(facts: &FleetFacts, wanted: u16, found: &mut Vec<Trouble>) {
    for server in facts.servers.iter().filter(|it| it.state == "ACCEPTING") {
        let ready = facts.spares.iter().find(|it| it.server_id == server.id);
        let ready = ready.map_or(0, |it| it.spares);
        if ready < i64::from(wanted) {
            found.push(Trouble::SparesMissing { server: server.name.clone(), ready, wanted });
        }
    }
}

fn rollout(it: &RolloutView, now: Timestamp, found: &mut Vec<Trouble>) {
    if it.is_halted() {
        found.push(Trouble::RolloutHalted { number: it.number });
    }
    let ended = it.finished_at.unwrap_or(now);
    if it.stage == Stage::Ended(OperationState::Failed)
        && now.duration_since(ended).as_secs_f64() <= ROLLOUT_FAILED_SECONDS_MAX
    {
        found.push(Trouble::RolloutFailed { number: it.number });
    }
}

fn backups(facts: &BackupFacts, found: &mut Vec<Trouble>) {
    let (drills_failing, drills_overdue) =
        (signed(facts.drills_failing), signed(facts.drills_overdue));
    let all = [
        (facts.overdue, Trouble::BackupOverdue { tenants: facts.overdue }),
        (facts.without, Trouble::TenantWithoutBackup { tenants: facts.without }),
        (facts.failing, Trouble::BackupFailing { tenants: facts.failing }),
        (facts.broken, Trouble::BackupBroken { backups: facts.broken }),
        (drills_failing, Trouble::DrillFailing { tenants: drills_failing }),
        (drills_overdue, Trouble::DrillOverdue { tenants: drills_overdue }),
    ];
    found.extend(all.into_iter().filter(|(count, _)| *count > 0).map(|(_, it)| it));
}

fn past_drills(facts: &FleetFacts, found: &mut Vec<Trouble>) {
    for it in facts.backups.past_drills.iter().filter(|it| it.failed_why.is_some()) {
        let server = facts.servers.iter().find(|server| server.id == it.server_id);
        let server = server.map_or_else(|| it.server_id.to_string(), |it| it.name.clone());
        found.push(Trouble::PastDrillFailing { server });
    }
}

fn domains(facts: &WatchDomains, found: &mut Vec<Trouble>) {
    if facts.failing > 0 {
        found.push(Trouble::DomainFailing { domains: facts.failing });
    }
    if facts.certificates_failing > 0 {
        found.push(Trouble::CertificateFailing { domains: facts.certificates_failing });
    }
    if let (1.., Some(seconds)) = (facts.certificates_ending, facts.ends_seconds) {
        let domains = facts.certificates_ending;
        found.push(Trouble::CertificateEnding { domains, seconds: seconds.max(0.0) });
    }
    if facts.overdue_seconds > DOMAIN_CHECK_SECONDS_MAX {
        found.push(Trouble::DomainChecksOverdue { seconds: facts.overdue_seconds });
    }
}

fn server(name: &str, facts: &ServerFacts, found: &mut Vec<Trouble>) {
    let server = || name.to_owned();
    if let Some(free) = facts.disk.and_then(Disk::free)
        && free < DISK_FREE_MIN
    {
        found.push(Trouble::DiskNearlyFull { server: server(), free });
    }
    if float(facts.xid_age.unsigned_abs()) > TRANSACTION_ID_AGE_MAX {
        found.push(Trouble::TransactionIdAge { server: server(), age: facts.xid_age });
    }
    for it in facts.replicas.iter().filter(|it| it.lag_seconds > REPLICA_LAG_SECONDS_MAX) {
        let (replica, seconds) = (it.name.clone(), it.lag_seconds);
        found.push(Trouble::ReplicaLag { server: server(), replica, seconds });
    }
    // A server that nobody writes to archives nothing: the age alone says nothing.
    let is_wanted = facts.is_archive_failing || facts.archive_waiting > 0;
    match facts.archive_age_seconds.filter(|it| *it > ARCHIVE_SECONDS_MAX) {
        _ if !facts.is_archiving => found.push(Trouble::ArchiveOff { server: server() }),
        Some(seconds) if is_wanted => {
            found.push(Trouble::ArchiveStalled { server: server(), seconds });
        }
        Some(_) | None if facts.is_archive_failing => {
            found.push(Trouble::ArchiveFailing { server: server() });
        }
        Some(_) | None => {}
    }
}

fn large(servers: &[ServerSight], found: &mut Vec<Trouble>) {
    let tenants = servers.iter().flat_map(|it| &it.tenants);
    let large: Vec<_> = tenants.filter(|it| float(it.bytes) > DATABASE_BYTES_MAX).collect();
    if let Some(largest) = large.iter().max_by_key(|it| it.bytes) {
        let (database, bytes) = (largest.database.clone(), largest.bytes);
        found.push(Trouble::TenantDatabaseLarge { tenants: large.len(), database, bytes });
    }
}

fn seats(here: &Here, found: &mut Vec<Trouble>) {
    for it in here.seats.iter().filter(|it| it.waiting > 0 && it.in_use >= it.budget) {
        let (server, waiting) = (it.server.clone(), it.waiting);
        found.push(Trouble::SeatsExhausted { server, waiting });
    }
    let (requests, errors) = here.answered;
    if errors > HTTP_ERRORS_MAX && errors / requests > HTTP_ERRORS_SHARE_MAX {
        found.push(Trouble::HttpErrors { share: errors / requests });
    }
}

fn signed(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "what is compared are billions, not single bytes")]
fn float(count: u64) -> f64 {
    count as f64
}
