//! A plant for each check. A check without one does not compile.

use std::fs;
use std::path::PathBuf;

use cloison_archive::KeyName;
use cloison_control::MasterKey;
use cloison_control::doctor::Check;
use cloison_model::TenantId;
use futures_util::FutureExt as _;
use jiff::SignedDuration;
use uuid::Uuid;

use super::ground::{Ground, Mend, Step, Work};

const CONTROL: &str = cloison_catalog::DATABASE;
const SERVER: &str = "postgres";
const BLUE: &str = "studio_1_db";

pub(super) struct Plant {
    pub(super) steps: Vec<Step>,
    /// The doctor looks so much later.
    pub(super) later: SignedDuration,
    /// What cannot but be found as well.
    pub(super) with: Vec<Check>,
    pub(super) mend: Mend,
}

impl Plant {
    fn new(steps: Vec<Step>, mend: Mend) -> Self {
        Self { steps, later: SignedDuration::ZERO, with: Vec::new(), mend }
    }

    /// Statements in one database, and those that undo them.
    fn sql(database: &'static str, statement: &'static str, undone: &'static str) -> Self {
        Self::new(vec![Step::Sql(database, statement)], Mend::By(vec![Step::Sql(database, undone)]))
    }

    /// A statement that the doctor undoes.
    fn fixed(database: &'static str, statement: &'static str) -> Self {
        Self::new(vec![Step::Sql(database, statement)], Mend::Fix(vec![]))
    }

    fn work(work: Work, undone: Work) -> Self {
        Self::new(vec![Step::Work(work)], Mend::By(vec![Step::Work(undone)]))
    }

    fn later(self, later: SignedDuration) -> Self {
        Self { later, ..self }
    }

    fn with(self, with: &[Check]) -> Self {
        Self { with: with.to_vec(), ..self }
    }
}

/// Whoever was erased long ago.
fn erased() -> Uuid {
    "00000000-0000-4000-8000-0000000000ed".parse().unwrap()
}

/// A domain of blue's that is in order but for what is spoilt here.
fn domain(spoil: &'static str) -> Plant {
    let claim = "insert into domains (id, hostname, organization_id, verification_token, verified_at, last_checked_at, due_at, certificate_from, certificate_until)
        select gen_random_uuid(), 'book.blue.example', id, 'a token', now(), now(), now() + interval '1 day', now(), now() + interval '90 days'
        from organizations where number = 1";
    Plant::new(
        vec![Step::Sql(CONTROL, claim), Step::Sql(CONTROL, spoil)],
        Mend::By(vec![Step::Sql(CONTROL, "delete from domains")]),
    )
}

const ERASED: &str = "insert into erasures (organization_id, number, server, database_name, operation_id, actor)
    values ('00000000-0000-4000-8000-0000000000ed', 99, 'eu-1', 'studio_99_db', gen_random_uuid(), 'a test')";
const NEVER_ERASED: &str = "delete from erasures";

pub(super) fn plant(check: Check) -> Plant {
    match check {
        Check::ServerUnreachable => Plant::sql(
            CONTROL,
            "insert into servers (id, name, region, host, port, admin_host, admin_role, connection_budget)
             values (gen_random_uuid(), 'us-1', 'us', '127.0.0.1', 1, '127.0.0.1', 'postgres', 20)",
            "delete from servers where name = 'us-1'",
        ),
        Check::NotLookedAt => Plant::sql(
            CONTROL,
            "revoke select on webhook_endpoints from cloison_control",
            "grant select on webhook_endpoints to cloison_control",
        ),
        Check::DatabaseMissing => Plant::sql(
            SERVER,
            "alter database studio_1_db rename to elsewhere",
            "alter database elsewhere rename to studio_1_db",
        ),
        Check::ErasedTenantBack => Plant::new(
            vec![
                Step::Sql(CONTROL, ERASED),
                Step::Sql(SERVER, "create database studio_99_db"),
            ],
            Mend::Fix(vec![Step::Sql(CONTROL, NEVER_ERASED)]),
        ),
        Check::RoleNotAsSet => Plant::fixed(
            SERVER,
            "revoke connect on database studio_1_db from studio_1_db; alter role studio_1_db connection limit 500",
        ),
        Check::ConnectOpen => Plant::fixed(
            SERVER,
            "grant temporary on database studio_1_db to public; grant connect on database cloison_template to studio_2_db",
        ),
        Check::WrongOwner => Plant::fixed(SERVER, "alter database studio_1_db owner to postgres"),
        Check::EntryRulesOpen => Plant::sql(
            SERVER,
            "copy (select 'host all all 127.0.0.1/32 scram-sha-256 # planted') to program 'cat >> pg_hba.conf'",
            "copy (select 1) to program 'sed -i /planted/d pg_hba.conf'",
        ),
        Check::ReplicationSlot => Plant::sql(
            SERVER,
            "select pg_create_physical_replication_slot('planted', true)",
            "select pg_drop_replication_slot('planted')",
        ),
        Check::Subscription => Plant::new(
            vec![Step::Sql(BLUE, "create subscription planted connection 'dbname=x' publication x with (connect = false)")],
            Mend::By(vec![
                Step::Sql(BLUE, "alter subscription planted disable"),
                Step::Sql(BLUE, "alter subscription planted set (slot_name = none)"),
                Step::Sql(BLUE, "drop subscription planted"),
            ]),
        ),
        Check::PreparedTransaction => Plant::sql(
            BLUE,
            "begin; insert into notes values ('planted'); prepare transaction 'planted'",
            "rollback prepared 'planted'",
        )
        .later(SignedDuration::from_mins(6)),
        Check::OrphanDatabase => Plant::sql(
            SERVER,
            "create database studio_98_db",
            "drop database studio_98_db",
        ),
        Check::OrphanRole => Plant::sql(SERVER, "create role studio_98_db", "drop role studio_98_db"),
        Check::ShadowLeft => Plant::sql(
            SERVER,
            "create database cloison_shadow_0",
            "drop database cloison_shadow_0",
        ),
        Check::CopyOverdue => Plant::sql(
            CONTROL,
            "insert into copies (id, organization_id, server_id, database_name, state, drop_after)
             select gen_random_uuid(), organization_id, server_id, 'studio_1_copy_x', 'READY', now() - interval '2 hours'
             from tenants where database_name = 'studio_1_db'",
            "delete from copies",
        ),
        Check::ClockSkew => Plant::new(vec![], Mend::By(vec![])).later(SignedDuration::from_mins(1)),
        // What the ground was made with is this, too. A role's own setting holds at once.
        Check::DurabilityOff => Plant::sql(
            SERVER,
            "alter role postgres set synchronous_commit = off",
            "alter role postgres reset synchronous_commit",
        ),
        Check::AutovacuumOff => Plant::sql(
            SERVER,
            "alter role postgres set track_counts = off",
            "alter role postgres reset track_counts",
        ),
        Check::ConnectionsShort => Plant::sql(
            CONTROL,
            "update servers set connection_budget = 1000",
            "update servers set connection_budget = 20",
        ),
        Check::LogLeaks => Plant::sql(
            SERVER,
            "alter role postgres set log_statement = 'mod';
             alter role postgres set log_parameter_max_length_on_error = -1",
            "alter role postgres reset log_statement;
             alter role postgres reset log_parameter_max_length_on_error",
        ),
        // A server with `archive_mode` off has a test in `backups/doctor.rs`.
        Check::ArchiveOff => Plant::work(
            |it| async move { it.archive(false).await }.boxed_local(),
            |it| async move { it.unarchive() }.boxed_local(),
        ),
        Check::ArchiveStalled => Plant::new(
            vec![
                Step::Sql(SERVER, "alter system set archive_command = 'false'"),
                Step::Sql(SERVER, "select pg_reload_conf()"),
                Step::Sql(BLUE, "insert into notes values ('planted')"),
                Step::Sql(SERVER, "select pg_switch_wal()"),
                Step::Work(|it| async move { it.archiving_has("failed_count > 0").await }.boxed_local()),
            ],
            Mend::By(vec![
                Step::Sql(SERVER, "alter system reset archive_command"),
                Step::Sql(SERVER, "select pg_reload_conf()"),
                Step::Work(|it| {
                    async move { it.archiving_has("last_archived_time > last_failed_time").await }.boxed_local()
                }),
            ]),
        )
        .later(SignedDuration::from_hours(1)),
        Check::ArchiveBackupLate => Plant::work(
            |it| async move { it.archive(true).await }.boxed_local(),
            |it| async move { it.unarchive() }.boxed_local(),
        )
        .later(SignedDuration::from_hours(7))
        .with(&[Check::ControlBackupLate]),
        Check::ControlBackupLate => Plant::sql(
            CONTROL,
            "update cloison_migrations set applied_at = now() - interval '4 hours'",
            "update cloison_migrations set applied_at = now()",
        ),
        Check::MasterKey => Plant::work(
            |it| {
                async move {
                    let other = MasterKey::generate();
                    it.kept_key = Some(std::mem::replace(&mut it.world.control.key, other));
                }
                .boxed_local()
            },
            |it| async move { it.world.control.key = it.kept_key.take().unwrap() }.boxed_local(),
        ),
        Check::WorkerAbsent => Plant::sql(
            CONTROL,
            "insert into operations (id, kind, organization_id, subdomain, input, actor, step, due_at)
             select gen_random_uuid(), 'verify_backup', id, subdomain, '{}', 'a test', 'verify_backup', now() - interval '2 minutes'
             from organizations where subdomain = 'blue'",
            "delete from operations where actor = 'a test' and step = 'verify_backup'",
        ),
        Check::OperationWaiting => Plant::sql(
            CONTROL,
            "insert into operations (id, kind, organization_id, subdomain, input, actor, step, due_at, attempts, waiting)
             select gen_random_uuid(), 'verify_backup', id, subdomain, '{}', 'a test', 'verify_backup', now() + interval '1 hour', 3, 'the store is full'
             from organizations where subdomain = 'blue'",
            "delete from operations where actor = 'a test' and step = 'verify_backup'",
        ),
        Check::TenantAdrift => Plant::sql(
            CONTROL,
            "update tenants set phase = 'ERASING' where database_name = 'studio_1_db'",
            "update tenants set phase = 'READY' where database_name = 'studio_1_db'",
        ),
        Check::NodeGone => Plant::sql(
            CONTROL,
            "insert into router_nodes (id, name, round, seen_at)
             values ('00000000-0000-4000-8000-000000000001', 'web-1', 7, now() - interval '2 hours');
             insert into seat_leases (server_id, node_id, seats, kept, wanted, renewals, silent)
             select id, '00000000-0000-4000-8000-000000000001', 2, 2, 0, 7, true from servers",
            "delete from seat_leases; delete from router_nodes",
        ),
        Check::Quarantined => Plant::sql(
            CONTROL,
            "insert into quarantines (organization_id, message, at_version, sqlstate)
             select id, 'a value is null', 1, '23502' from organizations where subdomain = 'blue'",
            "delete from quarantines",
        ),
        Check::TenantBehind => Plant::sql(
            CONTROL,
            "update fleet set schema_version = 2",
            "update fleet set schema_version = 1",
        ),
        Check::SchemaDrift => Plant::new(
            vec![
                Step::Sql(BLUE, "alter table notes owner to postgres; revoke select on notes from cloison_reader"),
                Step::Work(|it| async move { it.read_schemas().await }.boxed_local()),
            ],
            Mend::By(vec![
                Step::Sql(BLUE, "alter table notes owner to cloison_owner; grant select on notes to cloison_reader"),
                Step::Work(|it| async move { it.read_schemas().await }.boxed_local()),
            ]),
        ),
        Check::SchemaUnread => Plant::sql(
            CONTROL,
            "update organizations set created_at = now() - interval '3 days';
             update tenants set schema_fingerprinted_at = now() - interval '3 days'",
            "update organizations set created_at = now() - interval '1 hour';
             update tenants set schema_fingerprinted_at = now()",
        ),
        Check::SpareBehind => Plant::sql(
            CONTROL,
            "update spares set schema_version = 0, created_at = now() - interval '1 hour'",
            "update spares set schema_version = 1, created_at = now()",
        ),
        Check::SparesFailing => Plant::sql(
            CONTROL,
            "insert into operations (id, kind, state, input, actor, step, error, finished_at)
             select 'ffffffff-ffff-4fff-bfff-ffffffffffff', 'make_spare', 'FAILED', jsonb_build_object('server', id), 'a test', 'make_database', 'no room', now()
             from servers",
            "delete from operations where error = 'no room'",
        ),
        Check::DomainFailing => domain(
            "update domains set problem = 'ELSEWHERE', found = 'it leads to 192.0.2.7', failing_since = now() - interval '2 hours'",
        ),
        Check::CertificateFailing => domain(
            "update domains set certificate_problem = 'UNTRUSTED', certificate_found = 'its certificate has ended', certificate_failing_since = now()",
        ),
        Check::CertificateEnding => domain(
            "update domains set certificate_from = now() - interval '80 days', certificate_until = now() + interval '10 days'",
        ),
        // Whoever has just claimed one waits the most.
        Check::DomainChecksLate => domain(
            "update domains set verified_at = null, due_at = now() - interval '2 hours'",
        ),
        Check::AiCreditsOutOfStep => Plant::sql(
            CONTROL,
            "insert into ai_credits_accounts (organization_id, available)
             select id, 5 from organizations where subdomain = 'blue'",
            "delete from ai_credits_accounts",
        ),
        Check::WebhookDisabled => Plant::sql(
            CONTROL,
            "update webhook_endpoints set state = 'DISABLED', disabled_why = 'it has answered 410'",
            "update webhook_endpoints set state = 'ENABLED', disabled_why = null",
        ),
        Check::WebhookFailing => Plant::sql(
            CONTROL,
            "update webhook_endpoints set failures = 9, failing_since = now() - interval '2 hours'",
            "update webhook_endpoints set failures = 0, failing_since = null",
        ),
        Check::NoStore => Plant::work(
            |it| async move { it.kept_backups = it.world.control.backups.take() }.boxed_local(),
            |it| async move { it.world.control.backups = it.kept_backups.take() }.boxed_local(),
        ),
        // Where a file is, nothing is to be listed.
        Check::StoreUnusable => Plant::work(
            |it| {
                async move {
                    let store = it.safe.store();
                    Ground::rename(&store, &away(&store));
                    fs::write(&store, "a file").unwrap();
                }
                .boxed_local()
            },
            |it| {
                async move {
                    let store = it.safe.store();
                    fs::remove_file(&store).unwrap();
                    Ground::rename(&away(&store), &store);
                }
                .boxed_local()
            },
        )
        .with(&[Check::BackupMissing]),
        Check::KeystoreUnusable => Plant::work(
            |it| async move { Ground::rename(&it.safe.keys(), &away(&it.safe.keys())) }.boxed_local(),
            |it| async move { Ground::rename(&away(&it.safe.keys()), &it.safe.keys()) }.boxed_local(),
        ),
        Check::TenantWithoutBackup => Plant::sql(
            CONTROL,
            "update backups set taken_at = now() - interval '27 hours'",
            "update backups set taken_at = now()",
        ),
        Check::BackupBroken => Plant::sql(
            CONTROL,
            "update backups set broken_why = 'a byte has changed', broken_at = now()",
            "update backups set broken_why = null, broken_at = null",
        )
        .with(&[Check::TenantWithoutBackup]),
        Check::BackupMissing => Plant::work(
            |it| {
                async move {
                    let manifest = it.manifest().await;
                    Ground::rename(&manifest, &it.safe.store().with_extension("manifest"));
                    fs::write(it.safe.store().with_extension("place"), manifest.to_str().unwrap()).unwrap();
                }
                .boxed_local()
            },
            |it| {
                async move {
                    let place = fs::read_to_string(it.safe.store().with_extension("place")).unwrap();
                    Ground::rename(&it.safe.store().with_extension("manifest"), &PathBuf::from(place));
                }
                .boxed_local()
            },
        ),
        Check::KeyMissing => Plant::work(
            |it| async move { let key = it.key().await; Ground::rename(&key, &away(&key)) }.boxed_local(),
            |it| async move { let key = it.key().await; Ground::rename(&key, &key.with_extension("key")) }.boxed_local(),
        ),
        Check::KeyNotDestroyed => Plant::new(
            vec![
                Step::Sql(CONTROL, ERASED),
                Step::Work(|it| {
                    async move {
                        let backups = it.safe.backups();
                        backups.keystore.ensure(KeyName::Tenant(TenantId(erased()))).await.unwrap();
                    }
                    .boxed_local()
                }),
            ],
            Mend::Fix(vec![Step::Sql(CONTROL, NEVER_ERASED)]),
        ),
        Check::DrillFailing => Plant::sql(
            CONTROL,
            "insert into drills (id, organization_id, backup_id, began_at, finished_at, failed_why)
             select gen_random_uuid(), organization_id, id, now(), now(), 'no room' from backups",
            "delete from drills",
        ),
        Check::DrillStale => Plant::sql(
            CONTROL,
            "insert into drills (id, organization_id, backup_id, began_at, finished_at)
             select gen_random_uuid(), organization_id, id, now() - interval '38 days', now() - interval '38 days' from backups",
            "delete from drills",
        ),
        Check::OrphanObjects => Plant::work(
            |it| async move { it.write_old(Uuid::from_u128(7)) }.boxed_local(),
            |it| async move { it.remove_old(Uuid::from_u128(7)) }.boxed_local(),
        ),
        Check::ErasedObjects => Plant::new(
            vec![
                Step::Sql(CONTROL, ERASED),
                Step::Work(|it| async move { it.write_old(erased()) }.boxed_local()),
            ],
            Mend::By(vec![
                Step::Work(|it| async move { it.remove_old(erased()) }.boxed_local()),
                Step::Sql(CONTROL, NEVER_ERASED),
            ]),
        ),
    }
}

fn away(path: &std::path::Path) -> PathBuf {
    path.with_extension("away")
}
