//! What the control database knows of the fleet.

use cloison_catalog::queries::servers::Server;
use cloison_catalog::queries::watch::WatchDomains;
use cloison_control::rollout::RolloutView;
use cloison_control::watch::FleetFacts;
use cloison_model::{Limit, WaveCount};
use uuid::Uuid;

use super::exposition::Exposition;
use super::number::{signed, size, truth};

pub(super) fn fleet(out: &mut Exposition, facts: &FleetFacts, spares_wanted: u16) {
    let family = out.gauge("cloison_tenants", "Tenants by phase, access mode and region");
    for it in &facts.tenants {
        let labels = [("phase", &*it.phase), ("access", &*it.access_mode), ("region", &*it.region)];
        family.add(labels, signed(it.tenants));
    }
    let family = out.gauge("cloison_tenants_at_version", "READY tenants by their schema's version");
    for it in &facts.versions {
        family.add([("version", &*it.schema_version.to_string())], signed(it.tenants));
    }
    let fleet = &facts.fleet;
    let version = fleet.schema_version.map(signed);
    out.any("cloison_fleet_version", "The version that new tenants are made at", version);
    out.one(
        "cloison_tenants_behind",
        "READY tenants below the fleet's version, but for those in quarantine",
        signed(fleet.behind),
    );
    out.one(
        "cloison_tenants_quarantined",
        "Tenants left behind by a migration that failed",
        signed(fleet.quarantined),
    );
    let family =
        out.gauge("cloison_tenants_over_limit", "Tenants that use all that their plan allows");
    for (limit, tenants) in [
        (Limit::DatabaseBytes, facts.limits.database_bytes),
        (Limit::RequestsPerDay, facts.limits.requests_per_day),
    ] {
        family.add([("limit", limit.as_str())], signed(tenants));
    }
    let family = out.gauge(
        "cloison_tenant_phase_oldest_seconds",
        "For how long somebody has been in a phase that passes",
    );
    for it in &facts.phases {
        family.add([("phase", &*it.phase)], it.seconds);
    }
    spares(out, facts, spares_wanted);
    operations(out, facts);
    if let Some(rollout) = &facts.rollout {
        self::rollout(out, rollout);
    }
    backups(out, facts);
    domains(out, &facts.domains);
    ai_credits(out, facts);
    out.one(
        "cloison_master_key_loaded",
        "Whether sealed passwords open with this process's key",
        truth(facts.key_fits),
    );
}

fn spares(out: &mut Exposition, facts: &FleetFacts, wanted: u16) {
    let family = out.gauge("cloison_spares", "Databases that wait for a tenant");
    for server in &facts.servers {
        let ready = facts.spares.iter().find(|it| it.server_id == server.id);
        family.add([("server", &*server.name)], signed(ready.map_or(0, |it| it.spares)));
    }
    let family = out.gauge("cloison_spares_wanted", "How many of them this process keeps ready");
    for server in facts.servers.iter().filter(|it| it.state == "ACCEPTING") {
        family.add([("server", &*server.name)], f64::from(wanted));
    }
}

fn operations(out: &mut Exposition, facts: &FleetFacts) {
    let all = &facts.operations;
    let family = out.gauge("cloison_operations", "Operations under way");
    for it in all {
        family.add([("kind", &*it.kind)], signed(it.running));
    }
    let family =
        out.gauge("cloison_operations_waiting", "Those of them that wait to be tried again");
    for it in all {
        family.add([("kind", &*it.kind)], signed(it.waiting));
    }
    let family =
        out.gauge("cloison_operation_oldest_seconds", "Since the oldest of them was asked for");
    for it in all {
        family.add([("kind", &*it.kind)], it.oldest_seconds);
    }
    let backup = all.iter().find(|it| it.kind == "backup").map_or(0.0, |it| it.oldest_seconds);
    out.one(
        "cloison_backup_running_seconds",
        "For how long the longest backup has been under way",
        backup,
    );
}

fn rollout(out: &mut Exposition, it: &RolloutView) {
    let number = it.number.to_string();
    let family =
        out.gauge("cloison_rollout_tenants", "Tenants of the newest rollout by how far they are");
    let sum = |of: fn(&WaveCount) -> u32| it.waves.iter().map(|wave| f64::from(of(wave))).sum();
    for (state, tenants) in [
        ("pending", sum(|it| it.pending)),
        ("running", sum(|it| it.running)),
        ("done", sum(|it| it.done)),
        ("failed", sum(|it| it.failed)),
        ("skipped", sum(|it| it.skipped)),
    ] {
        family.add([("rollout", &*number), ("state", state)], tenants);
    }
    let stage = it.stage_word().to_lowercase();
    out.gauge("cloison_rollout_state", "1 for the stage that the newest rollout is in")
        .add([("rollout", &*number), ("state", &*stage)], 1.0);
}

fn domains(out: &mut Exposition, it: &WatchDomains) {
    let family = out.gauge("cloison_domains", "Customers' own domains by what their check found");
    for (state, domains) in
        [("pending", it.pending), ("serving", it.serving), ("failing", it.failing)]
    {
        family.add([("state", state)], signed(domains));
    }
    let family = out.gauge("cloison_domain_certificates", "Certificates seen there");
    for (state, domains) in [
        ("good", it.certificates_good),
        ("ending", it.certificates_ending),
        ("failing", it.certificates_failing),
    ] {
        family.add([("state", state)], signed(domains));
    }
    out.any(
        "cloison_domain_certificate_left_seconds",
        "Until the certificate that ends first ends",
        it.ends_seconds,
    );
    out.one(
        "cloison_domain_checks_overdue_seconds",
        "Since the oldest check of a domain was due",
        it.overdue_seconds,
    );
}

fn backups(out: &mut Exposition, facts: &FleetFacts) {
    let it = &facts.backups;
    out.any(
        "cloison_backup_oldest_age_seconds",
        "Since when the READY tenant whose newest good backup is known to be all there is for the shortest time",
        it.oldest_age_seconds,
    );
    for (name, help, value) in [
        (
            "cloison_tenants_backup_overdue",
            "Tenants of whose last 26 hours there is no backup",
            signed(it.overdue),
        ),
        ("cloison_tenants_backup_failing", "Tenants whose last backup failed", signed(it.failing)),
        (
            "cloison_tenants_without_backup",
            "READY tenants that have no backup that could be restored",
            signed(it.without),
        ),
        ("cloison_backups_broken", "Backups that cannot be restored", signed(it.broken)),
        (
            "cloison_drills_overdue",
            "Tenants whose backup was not restored for a trial for too long",
            size(it.drills_overdue),
        ),
        (
            "cloison_drills_failing",
            "Tenants whose backup could not be restored when that was last tried",
            size(it.drills_failing),
        ),
    ] {
        out.one(name, help, value);
    }
    out.any(
        "cloison_drill_restore_seconds",
        "The slowest restore of the tenants' newest drills: the recovery time",
        it.drills.restore_seconds,
    );
    out.any(
        "cloison_drill_data_age_seconds",
        "The oldest data that the tenants' newest drills brought back, when they began: the recovery point",
        it.drills.data_age_seconds,
    );
    let now = jiff::Timestamp::now();
    let family = out.gauge(
        "cloison_past_drill_age_seconds",
        "Since a tenant of the server was last taken back to a random second",
    );
    for it in &facts.backups.past_drills {
        let age = now.duration_since(it.began_at).as_secs_f64().max(0.0);
        family.add([("server", name_of(&facts.servers, it.server_id))], age);
    }
    let family = out.gauge("cloison_past_drill_failed", "Whether that failed");
    for it in &facts.backups.past_drills {
        let labels = [("server", name_of(&facts.servers, it.server_id))];
        family.add(labels, truth(it.failed_why.is_some()));
    }
}

fn ai_credits(out: &mut Exposition, facts: &FleetFacts) {
    let it = &facts.ai_credits;
    for (name, help, value) in [
        (
            "cloison_ai_credits_available",
            "AI credits that tenants may spend, of all together",
            signed(it.available),
        ),
        ("cloison_ai_credits_held", "AI credits that reservations hold", signed(it.held)),
        ("cloison_ai_credits_reservations", "Those reservations", signed(it.reservations)),
        (
            "cloison_ai_credits_reservation_oldest_seconds",
            "Since the oldest of them was made",
            it.oldest_seconds,
        ),
        (
            "cloison_ai_credits_out_of_step",
            "Tenants whose AI credits do not add up",
            signed(it.out_of_step),
        ),
    ] {
        out.one(name, help, value);
    }
}

fn name_of(servers: &[Server], id: Uuid) -> &str {
    servers.iter().find(|it| it.id == id).map_or("", |it| &it.name)
}
