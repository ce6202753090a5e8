//! The recovery, from its beginning to its end.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use cloison_archive::VerifyingKey;
use cloison_catalog::queries::backups as backup_queries;
use cloison_catalog::queries::recover as queries;
use cloison_catalog::queries::servers::{Server, server_list};
use cloison_model::{Secret, TenantId};
use jiff::Timestamp;
use serde_json::json;
use tokio::time::{Instant, sleep_until};
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use super::choose::{Chosen, choose, signer};
use super::error::RecoverError;
use super::evidence::{Evidence, Told, told};
use super::ground;
use super::known::Known;
use super::numbers::epoch_after;
use super::report::Recovered;
use super::resumed;
use super::scan::{Scan, unknown};
use super::seats;
use super::tombstones::Tombstones;
use crate::audit;
use crate::backups::{Backups, note_backup};
use crate::control::{Control, SERVERS_MAX};
use crate::key_rotation::Closed;
use crate::master_key::MasterKey;
use crate::pg::{Admin, AdminClient, ddl};
use crate::releases::ReleaseSource;
use crate::{bootstrap, doctor, key_rotation, releases, roles};

/// Connections to the database beside.
const CONNECTIONS: usize = 4;
/// Numbers that a server which does not answer may hold and nobody has seen.
const NUMBERS_UNSEEN: i64 = 10_000;
const BACKUPS_PAGE: i64 = 1_000;
/// What sets roles right later.
const SET_BACK: &str = "cloison doctor --fix";

/// What is to be recovered, and from what.
pub struct Order<'a> {
    /// A superuser of the server that is to hold the control database.
    pub admin: &'a Admin,
    /// What processes reach the control database with.
    pub password: &'a Secret,
    pub key: &'a MasterKey,
    pub source: ReleaseSource,
    pub backups: &'a Backups,
    pub tracker: &'a TaskTracker,
    /// Or the newest that is good.
    pub backup: Option<Uuid>,
    /// A control database with tenants makes way.
    pub replace: bool,
    pub survivors: Survivors,
    /// Servers that are not where the backup says.
    pub servers: &'a [ServerAt],
    /// Who asks, for the audit log.
    pub actor: &'a str,
    /// A test has it end there.
    pub cut: Option<Stage>,
}

/// Processes that still serve from what they know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Survivors {
    /// There may be some.
    Possible,
    /// Somebody vouches that every process of this installation has ended.
    None,
}

/// Where a server is now.
#[derive(Clone, Debug)]
pub struct ServerAt {
    pub name: String,
    pub host: String,
    pub port: u16,
    pub admin_host: String,
    pub admin_role: String,
}

/// After which a crash leaves something different behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Restored,
    Migrated,
    Buried,
    Scanned,
    Numbered,
    RolesSetBack,
    InPlace,
}

/// Does all of it, or leaves the control database's name to what had it.
pub async fn recover(order: &Order<'_>) -> Result<Recovered, RecoverError> {
    let server = ground::alone(order.admin).await?;
    let recovered = Box::pin(alone(order, &server)).await;
    ground::give_way(&server).await;
    recovered
}

async fn alone(order: &Order<'_>, server: &AdminClient) -> Result<Recovered, RecoverError> {
    let there = ground::in_use(order.admin, server).await?;
    if let Some(tenants) = there.filter(|it| *it > 0 && !order.replace) {
        return Err(RecoverError::InUse { tenants });
    }
    let key = signer(order.backups).await?;
    let chosen = choose(order.backups, order.backup, &key).await?;
    let (found, known) = (chosen.manifest.schema_version, ground::version_known()?);
    if found > known {
        return Err(RecoverError::Newer { found, known });
    }
    if there.is_none() {
        let began = Instant::now();
        return beside(order, server, (key, chosen), (0, began)).await;
    }
    let recovered = match ground::shut_out(order.admin, server).await {
        Ok(number) => beside(order, server, (key, chosen), (number, Instant::now())).await,
        Err(error) => Err(error),
    };
    match recovered {
        // Whoever is killed opens nothing.
        Ok(_) | Err(RecoverError::Killed) => recovered,
        Err(error) => Err(ground::let_in(server, error).await),
    }
}

/// The work, while nobody has got into a control database since that moment. Numbers up to this one were given out by the one that makes way.
async fn beside(
    order: &Order<'_>,
    server: &AdminClient,
    (key, chosen): (VerifyingKey, Chosen),
    (number, since): (i64, Instant),
) -> Result<Recovered, RecoverError> {
    ground::fill(order, server, &chosen).await?;
    order.reached(Stage::Restored)?;
    bootstrap::control_schema(order.admin, ddl::RECOVERY).await?;
    order.reached(Stage::Migrated)?;

    let catalog = order.admin.catalog(ddl::RECOVERY, CONNECTIONS);
    let source = order.source.clone();
    let control = Control::new(catalog, order.key.clone(), source, order.tracker.clone());
    let recovery = Recovery { order, control: &control, key, number };
    let mut report = recovery.bring_up_to_date(chosen).await?;
    control.catalog.close();

    // Whoever was in contact with a control database until then has more connections than are left to it now.
    if order.survivors == Survivors::Possible {
        sleep_until(since + seats::CUT_OFF_AFTER).await;
    }
    let role = cloison_catalog::ROLE.parse().expect("it is a name");
    let database = ground::control_database();
    let put_aside = ddl::recovery_put_in_place(server, &database, &role, Timestamp::now()).await?;
    report.put_aside = put_aside.map(|it| it.to_string());
    order.reached(Stage::InPlace)?;
    Ok(report)
}

impl Order<'_> {
    fn reached(&self, stage: Stage) -> Result<(), RecoverError> {
        if self.cut == Some(stage) { Err(RecoverError::Killed) } else { Ok(()) }
    }
}

/// What the servers have shown.
struct Looked {
    /// Those that could be looked at.
    servers: Vec<(Server, Admin)>,
    /// The highest number on any.
    number_max: i64,
    /// Subdomains of those whose database is not where the backup says.
    missing: BTreeSet<String>,
}

/// Work on the database beside.
struct Recovery<'a> {
    order: &'a Order<'a>,
    control: &'a Control,
    key: VerifyingKey,
    /// The last that the control database has given out which makes way.
    number: i64,
}

impl Recovery<'_> {
    async fn bring_up_to_date(&self, chosen: Chosen) -> Result<Recovered, RecoverError> {
        let (order, control, store) = (self.order, self.control, &self.order.backups.store);
        let manifest = chosen.manifest;
        let mut report = Recovered::of(manifest.backup, manifest.taken_at, chosen.passed_over);
        {
            let client = control.catalog.client().await?;
            let Closed { closed, of } = key_rotation::closed(&control.key, &client).await?;
            if closed > 0 {
                return Err(RecoverError::OtherMasterKey { closed, of });
            }
            self.move_servers(&client).await?;
        }
        let known = self.known().await?;
        let tombstones = Tombstones::collect(store, &self.key, &known, &mut report).await?;
        tombstones.replay(control, &known, &mut report).await?;
        order.reached(Stage::Buried)?;

        let number_before = known.number_max();
        let known = self.known().await?;
        let evidence = Evidence::collect(store).await?;
        let newest = async |id: Uuid| evidence.newest(store, id, &self.key).await;
        let unknown = unknown(&evidence, &known, &tombstones, newest).await?;
        let looked = self.scan(&known, &tombstones, &evidence, &unknown, &mut report).await?;
        self.follow_backups(&evidence, &mut report).await?;
        order.reached(Stage::Scanned)?;

        let numbers = [number_before, tombstones.number_max(), looked.number_max, self.number];
        let told = unknown.keys().copied().max().unwrap_or_default();
        let number = numbers.into_iter().fold(told, i64::max);
        self.raise(number, &mut report).await?;
        order.reached(Stage::Numbered)?;

        self.set_roles_back(&looked, &mut report).await?;
        order.reached(Stage::RolesSetBack)?;
        self.finish(&mut report).await?;
        Ok(report)
    }

    async fn known(&self) -> Result<Known, RecoverError> {
        Known::read(&self.control.catalog.client().await?).await
    }

    async fn move_servers(&self, client: &cloison_catalog::Client) -> Result<(), RecoverError> {
        for it in self.order.servers {
            queries::recovered_server_move()
                .bind(
                    client,
                    &it.host.as_str(),
                    &i32::from(it.port),
                    &it.admin_host.as_str(),
                    &it.admin_role.as_str(),
                    &it.name.as_str(),
                )
                .await?;
        }
        Ok(())
    }

    async fn scan(
        &self,
        known: &Known,
        tombstones: &Tombstones,
        evidence: &Evidence,
        unknown: &BTreeMap<i64, Told>,
        report: &mut Recovered,
    ) -> Result<Looked, RecoverError> {
        let control = self.control;
        let taken: BTreeSet<String> =
            known.subdomains().into_iter().map(ToOwned::to_owned).collect();
        let (backups, missing) = (self.order.backups, BTreeSet::new());
        let mut scan =
            Scan { control, backups, known, tombstones, evidence, unknown, taken, missing };
        let rows = {
            let client = control.catalog.client().await?;
            server_list().bind(&client, &SERVERS_MAX).all().await?
        };
        let (mut servers, mut number_max) = (Vec::new(), 0);
        let mut is_unseen = false;
        for server in rows {
            match Box::pin(scan.server(&server, report)).await {
                Ok((admin, number)) => {
                    number_max = number_max.max(number);
                    servers.push((server, admin));
                }
                Err(RecoverError::Server { source, .. }) => {
                    is_unseen = true;
                    let forgotten = scan.forget_spares(&server, report).await?;
                    report.ask(&server.name, unseen(&source, forgotten));
                }
                Err(error) => return Err(error),
            }
        }
        if is_unseen {
            number_max = number_max.max(known.number_max()) + NUMBERS_UNSEEN;
        }
        Ok(Looked { servers, number_max, missing: scan.missing })
    }

    /// Backups of tenants that were made after the control database's, and those that have been pruned since.
    async fn follow_backups(
        &self,
        evidence: &Evidence,
        report: &mut Recovered,
    ) -> Result<(), RecoverError> {
        let known = self.known().await?;
        let mut client = self.control.catalog.client().await?;
        let mut rows = BTreeSet::new();
        let mut after = None;
        loop {
            let page =
                queries::recovered_backups().bind(&client, &after, &BACKUPS_PAGE).all().await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            rows.extend(page.into_iter().map(|it| (it.organization_id, it.id)));
        }
        for (_, backup) in rows.iter().filter(|(of, backup)| !evidence.has(*of, *backup)) {
            backup_queries::backup_delete().bind(&client, backup).await?;
            report.backups_gone += 1;
        }
        let store = &self.order.backups.store;
        for id in known.organizations.keys() {
            for backup in evidence.backups_of(*id).filter(|it| !rows.contains(&(*id, *it))) {
                let Some(told) = told(store, *id, backup, &self.key).await? else { continue };
                let pair = told.written.manifest.key.to_tenant_key()?;
                let txn = client.transaction().await?;
                backup_queries::backup_key_keep()
                    .bind(&txn, id, &pair.recipient.as_str(), &pair.wrapped.as_slice())
                    .opt()
                    .await?;
                let noted = note_backup(&txn, TenantId(*id), backup, &told.written, 0.0, "");
                noted.await.map_err(anyhow::Error::from)?;
                txn.commit().await?;
                report.backups_found += 1;
            }
        }
        Ok(())
    }

    /// Numbers, epochs, seats, and who works on what: nothing that was given out before is given out again, or believed.
    async fn raise(&self, number: i64, report: &mut Recovered) -> Result<(), RecoverError> {
        match self.order.survivors {
            Survivors::Possible => seats::reserve(self.control).await?,
            Survivors::None => seats::clear(self.control).await?,
        }
        let mut client = self.control.catalog.client().await?;
        let txn = client.transaction().await?;
        let buried = queries::recovered_erasures_number_max().bind(&txn).one().await?;
        let number = number.max(buried).max(1);
        report.number_max = queries::recovered_number_raise().bind(&txn, &number).one().await?;
        let last = queries::recovered_epoch().bind(&txn).one().await?;
        let epoch = epoch_after(last, Timestamp::now());
        report.epoch = queries::recovered_epoch_raise().bind(&txn, &epoch).one().await?;
        let last = queries::recovered_event().bind(&txn).one().await?;
        let event = epoch_after(last, Timestamp::now());
        queries::recovered_event_raise().bind(&txn, &event).one().await?;
        report.tenants = queries::recovered_routes_touch().bind(&txn).one().await?;
        resumed::go_on(&txn, report).await?;
        txn.commit().await?;
        Ok(())
    }

    /// What was changed after the backup: the catalog's password is the one that routers know.
    async fn set_roles_back(
        &self,
        looked: &Looked,
        report: &mut Recovered,
    ) -> Result<(), RecoverError> {
        for (server, admin) in &looked.servers {
            let mut found = doctor::Seen::default();
            let actor = Some(self.order.actor);
            let set = roles::examine(self.control, admin, server, actor, &mut found).await;
            let (fixed, left): (Vec<_>, Vec<_>) =
                found.findings.into_iter().partition(|it| it.fixed);
            report.roles_set_back += fixed.len();
            // A role without its database cannot be set, and is after the restore.
            for it in left.into_iter().filter(|it| !looked.missing.contains(&it.subject)) {
                report.ask(it.subject, format!("{}; once that is right: {SET_BACK}", it.what));
            }
            if let Err(error) = set {
                report.ask(
                    &server.name,
                    format!("not all of its roles could be set back ({error:#}); when what is missing is there again: {SET_BACK}"),
                );
            }
        }
        Ok(())
    }

    async fn finish(&self, report: &mut Recovered) -> Result<(), RecoverError> {
        let client = self.control.catalog.client().await?;
        let fleet = releases::fleet_version(&client).await?.unwrap_or_default();
        if let Some(to) = report.moved.iter().map(|it| it.to).filter(|it| *it > fleet).max() {
            report.ask(
                "migrations",
                format!("tenants are at version {to}, and the backup is from before that rollout: begin it again, and it finds them done: cloison migrations rollout"),
            );
        }
        let number = |it: usize| u64::try_from(it).unwrap_or(u64::MAX);
        let detail = json!({
            "backup": report.backup,
            "taken_at": report.taken_at,
            "erased": number(report.erased.len()),
            "taken_in": report.taken_in.iter().map(|it| &it.subdomain).collect::<Vec<_>>(),
            "to_do": number(report.to_do.len()),
            "number_max": report.number_max,
            "epoch": report.epoch,
        });
        let (actor, database) = (&self.order.actor, cloison_catalog::DATABASE);
        let written = audit::append(&client, actor, "control_database.recover", database, &detail);
        written.await.context("write the audit log")?;
        Ok(())
    }
}

fn unseen(why: &anyhow::Error, spares: usize) -> String {
    let spares = match spares {
        0 => String::new(),
        1 => " A database made ahead there is counted as one no more.".to_owned(),
        _ => format!(" {spares} databases made ahead there are counted as such no more."),
    };
    format!(
        "this server could not be looked at ({why:#}): its tenants are as the backup says, and any that were made there after it are not taken in.{spares} When it is there again: {SET_BACK}"
    )
}
