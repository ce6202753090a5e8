//! What is on the servers, and how it goes with what the backup says.

use std::collections::{BTreeMap, BTreeSet};

use cloison_catalog::queries::servers::Server;
use cloison_catalog::queries::tenants::tenant_set_schema_version;
use cloison_model::{DatabaseName, TenantId};
use futures_util::{StreamExt as _, stream};
use tokio_postgres::types::Type;
use uuid::Uuid;

use super::adopt::adopt;
use super::error::RecoverError;
use super::evidence::{Evidence, Told};
use super::known::Known;
use super::numbers::{number_in, number_of};
use super::report::{Moved, Recovered};
use super::spares::{Template, forget};
use super::tombstones::Tombstones;
use crate::backups::Backups;
use crate::control::Control;
use crate::erasures;
use crate::pg::{Admin, ddl};

/// Databases of a server that are asked for their version at once.
const ASKED_AT_ONCE: usize = 8;

/// What servers are compared with.
pub(super) struct Scan<'a> {
    pub(super) control: &'a Control,
    pub(super) backups: &'a Backups,
    pub(super) known: &'a Known,
    pub(super) tombstones: &'a Tombstones,
    pub(super) evidence: &'a Evidence,
    /// Of organizations that the backup does not know, by number.
    pub(super) unknown: &'a BTreeMap<i64, Told>,
    /// Subdomains that are taken.
    pub(super) taken: BTreeSet<String>,
    /// Subdomains of those whose database is not where the backup says.
    pub(super) missing: BTreeSet<String>,
}

/// Names on one server.
struct Seen {
    databases: BTreeSet<String>,
    number_max: i64,
}

impl Scan<'_> {
    /// Answers how it is administered, and the highest number there. [`RecoverError::Server`] says that it could not be looked at.
    pub(super) async fn server(
        &mut self,
        server: &Server,
        report: &mut Recovered,
    ) -> Result<(Admin, i64), RecoverError> {
        let admin = self.control.admin_of(server);
        let admin = admin.map_err(RecoverError::of_server(&server.name, "postgres"))?;
        let seen = see(&admin).await.map_err(RecoverError::of_server(&server.name, "postgres"))?;
        let place = (server, &admin);
        let template = Template::read(&admin, &self.control.tracker).await;
        let spares = self.judge_spares(place, &seen, &template, report).await?;
        self.report_missing(server, &seen, report).await?;
        self.report_back(server, &seen, report);
        self.follow_versions(place, &seen, report).await?;
        let strays: Vec<(i64, &String)> = seen
            .databases
            .iter()
            .filter_map(|it| Some((number_of(it)?, it)))
            .filter(|(number, _)| !spares.contains(number))
            .filter(|(_, database)| !self.is_known(server, database))
            .collect();
        for (number, database) in strays {
            match self.judge_stray(place, (number, database), &template, report).await {
                Err(RecoverError::Server { source, .. }) => report.ask(
                    database,
                    format!("it is on server {}, no row knows it, and it could not be looked into or taken in ({source:#}); it is left as it is. Set that right and recover again, or look into it yourself", server.name),
                ),
                judged => judged?,
            }
        }
        Ok((admin, seen.number_max))
    }

    /// Of a server that could not be looked at: any of them may have been taken. Answers how many.
    pub(super) async fn forget_spares(
        &self,
        server: &Server,
        report: &mut Recovered,
    ) -> Result<usize, RecoverError> {
        let mut forgotten = 0;
        for spare in self.known.spares.iter().filter(|it| it.server_id == server.id) {
            forget(self.control, spare).await?;
            forgotten += 1;
        }
        report.spares_forgotten += forgotten;
        Ok(forgotten)
    }

    /// Answers the numbers of those that stay.
    async fn judge_spares(
        &self,
        (server, admin): (&Server, &Admin),
        seen: &Seen,
        template: &Template,
        report: &mut Recovered,
    ) -> Result<BTreeSet<i64>, RecoverError> {
        let mut stay = BTreeSet::new();
        for spare in self.known.spares.iter().filter(|it| it.server_id == server.id) {
            let database = DatabaseName::of_number(spare.number);
            let may_be = spare.state == "READY"
                && seen.databases.contains(database.as_str())
                && self.evidence.backups_of(spare.id).next().is_none()
                && !self.tombstones.has(spare.id)
                && !self.tombstones.has_number(spare.number);
            // What cannot be looked into has proved nothing.
            let is_all = template.is_all_of(admin, database.as_str(), &self.control.tracker);
            if may_be && is_all.await.unwrap_or(false) {
                report.spares_kept += 1;
                stay.insert(spare.number);
            } else {
                report.spares_forgotten += 1;
                forget(self.control, spare).await?;
            }
        }
        Ok(stay)
    }

    async fn report_missing(
        &mut self,
        server: &Server,
        seen: &Seen,
        report: &mut Recovered,
    ) -> Result<(), RecoverError> {
        let here = self.known.organizations.values().filter(|it| it.server_id == Some(server.id));
        let missing = here
            .filter(|it| it.database_name.as_ref().is_some_and(|it| !seen.databases.contains(it)));
        self.missing.extend(missing.map(|it| it.subdomain.clone()));
        for it in self.known.in_use_on(server.id) {
            let (database, subdomain) = (it.database_name.as_deref(), &it.subdomain);
            let Some(database) = database.filter(|_| self.missing.contains(subdomain)) else {
                continue;
            };
            let way_out = if erasures::had_begun(self.backups, TenantId(it.id)).await? {
                erasures::not_to_be_restored(subdomain)
            } else if self.evidence.backups_of(it.id).next().is_some() {
                format!(
                    "if it was not archived after the backup, somebody has lost it; either way, put the newest backup in its place: cloison backups restore {subdomain} --swap --confirm {subdomain}"
                )
            } else {
                "and there is no backup of it; if it was erased, take it out: cloison tenants erase"
                    .to_owned()
            };
            let what =
                format!("its database {database} is missing on server {}; {way_out}", server.name);
            report.ask(subdomain.clone(), what);
        }
        Ok(())
    }

    /// Databases of tenants that are archived, as the backup says.
    fn report_back(&self, server: &Server, seen: &Seen, report: &mut Recovered) {
        for it in self.known.archived_on(server.id) {
            let database = it.database_name.as_deref().unwrap_or_default();
            if !seen.databases.contains(database) {
                continue;
            }
            let what = format!(
                "it is archived, as the backup says, and its database {database} is on server {}: it may have been unarchived and written to after the backup. Unarchiving it again would bring back what it was when it was archived. Rename that database first, then: cloison tenants unarchive {}; and bring over what is newer in it by pg_dump and pg_restore",
                server.name, it.subdomain
            );
            report.ask(it.subdomain.clone(), what);
        }
    }

    /// A rollout may have gone on after the backup; a router goes by the version.
    async fn follow_versions(
        &self,
        (server, admin): (&Server, &Admin),
        seen: &Seen,
        report: &mut Recovered,
    ) -> Result<(), RecoverError> {
        let there = self.known.in_use_on(server.id).filter_map(|it| {
            let database = it.database_name.clone()?;
            seen.databases.contains(&database).then_some((it, database))
        });
        let asked = there.map(|(it, database)| async move {
            let version = async {
                let client = admin.connect(&database).await?;
                ddl::schema_version(&client).await
            };
            (it, version.await)
        });
        let asked: Vec<_> = asked.collect();
        let found: Vec<_> = stream::iter(asked).buffered(ASKED_AT_ONCE).collect().await;
        let client = self.control.catalog.client().await?;
        for (it, to) in found {
            let from = it.schema_version.unwrap_or_default();
            match to {
                Ok(to) if from == to => {}
                Ok(to) => {
                    tenant_set_schema_version().bind(&client, &to, &it.id).await?;
                    report.moved.push(Moved { subdomain: it.subdomain.clone(), from, to });
                }
                Err(error) => {
                    let why = anyhow::Error::from(error);
                    report.ask(
                        it.subdomain.clone(),
                        format!("its database on server {} does not say at which schema version it is ({why:#}); it is taken to be at {from}, as in the backup. Look into it; if it is damaged: cloison backups restore {}", server.name, it.subdomain),
                    );
                }
            }
        }
        Ok(())
    }

    fn is_known(&self, server: &Server, database: &str) -> bool {
        let is_it = |it: &super::known::Organization| {
            it.server_id == Some(server.id) && it.database_name.as_deref() == Some(database)
        };
        self.known.organizations.values().any(is_it)
    }

    async fn judge_stray(
        &mut self,
        (server, admin): (&Server, &Admin),
        (number, database): (i64, &str),
        template: &Template,
        report: &mut Recovered,
    ) -> Result<(), RecoverError> {
        let drop = format!("drop database \"{database}\"");
        let name = &server.name;
        if self.tombstones.has_number(number) {
            report.ask(
                database,
                format!("it is on server {name} and belongs to an organization that was erased: the server was brought back from before that. Nobody can reach it through Cloison; {drop}"),
            );
            return Ok(());
        }
        if let Some(it) = self.known.of_number(number) {
            report.ask(
                database,
                format!("it is on server {name}, where its tenant {} is not: compare the two before you {drop}", it.subdomain),
            );
            return Ok(());
        }
        if let Some(told) = self.unknown.get(&number).filter(|it| it.database == database) {
            match adopt(self.control, (server, admin), told, &self.taken).await? {
                Ok(taken_in) => {
                    self.taken.insert(taken_in.subdomain.clone());
                    report.taken_in.push(taken_in);
                }
                Err(why) => report.ask(
                    database,
                    format!("it is on server {name} and cannot be taken in: {why}; rename that one and recover again"),
                ),
            }
            return Ok(());
        }
        let is_all = template.is_all_of(admin, database, &self.control.tracker).await;
        let what = if is_all.map_err(RecoverError::of_server(name, database))? {
            format!(
                "it is on server {name} and holds nothing but what the template holds, as a database made ahead does; {drop}"
            )
        } else {
            format!(
                "it is on server {name}, was made after the backup, and no backup of its own says whose it is. Look into it. Whoever it belongs to is made anew with `cloison tenants create`, and gets what is in it by pg_dump and pg_restore; if nobody needs it: {drop}"
            )
        };
        report.ask(database, what);
        Ok(())
    }
}

async fn see(admin: &Admin) -> Result<Seen, tokio_postgres::Error> {
    let client = admin.connect("postgres").await?;
    let names = async |text: &str| {
        let rows = client.query_typed(text, &[(&"studio\\_%", Type::TEXT)]).await?;
        let names = rows.iter().map(|it| it.get::<_, String>(0));
        Ok::<_, tokio_postgres::Error>(names.collect::<BTreeSet<_>>())
    };
    let databases = names("select datname::text from pg_database where datname like $1").await?;
    let roles = names("select rolname::text from pg_roles where rolname like $1").await?;
    let numbers = databases.iter().chain(&roles).filter_map(|it| number_in(it));
    let number_max = numbers.max().unwrap_or_default();
    Ok(Seen { databases, number_max })
}

/// Manifests of organizations that the backup does not know, by number.
pub(super) async fn unknown(
    evidence: &Evidence,
    known: &Known,
    tombstones: &Tombstones,
    told: impl AsyncFn(Uuid) -> Result<Option<Told>, RecoverError>,
) -> Result<BTreeMap<i64, Told>, RecoverError> {
    let mut unknown = BTreeMap::new();
    for id in evidence.organizations() {
        if known.organizations.contains_key(&id) || tombstones.has(id) {
            continue;
        }
        if let Some(it) = told(id).await? {
            unknown.insert(it.number, it);
        }
    }
    Ok(unknown)
}
