//! What lies in the object store and what the control database says lies there, by one list of names: nothing is read.
//!
//! Deliberately not looked at: what is meant to stay without a row (certificates, what a law wants kept, signing keys, backups of the control
//! database), and files of the application. Another installation in the same place is seen as tenants that nobody knows.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use cloison_archive::{BackupError, ObjectKey};
use cloison_catalog::queries::doctor as queries;
use cloison_catalog::queries::doctor::DoctorBackups as Row;
use cloison_catalog::queries::exports::exports_without_row;
use cloison_model::EXPORT_DAYS;
use futures_util::TryStreamExt as _;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::finding::listed;
use super::{Check, Finding};
use crate::backups::Backups;
use crate::control::Control;

/// What nobody will finish is deleted once a day, a day after it was written; whatever is younger may be at work still.
const SETTLED_AFTER: SignedDuration = SignedDuration::from_hours(50);
/// Exports without a row go a day after they would have expired.
const EXPORT_SETTLED_AFTER: SignedDuration =
    SignedDuration::from_hours((EXPORT_DAYS as i64 + 3) * 24);
/// More rows than a control database is meant for.
const ROWS_MAX: i64 = 1_000_000;
const MANIFEST: &str = "manifest.json";

/// All that lies side by side below `tenants/<organization>/<kind>/<id>/`.
#[derive(Clone, Copy, Debug)]
struct Folder {
    organization: Uuid,
    kind: Kind,
    id: Uuid,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Backup,
    Export,
}

/// What a list says of a folder.
#[derive(Clone, Copy, Debug)]
struct Found {
    folder: Folder,
    newest: Timestamp,
    is_whole: bool,
}

/// Of what was found, what the control database does not know, asked after the list.
#[derive(Debug, Default)]
struct Unknown {
    organizations: BTreeSet<Uuid>,
    erased: BTreeSet<Uuid>,
    backups: BTreeSet<Uuid>,
    exports: BTreeSet<Uuid>,
}

pub(super) async fn examine(control: &Control, now: Timestamp) -> Result<Vec<Finding>> {
    // That there is none is told elsewhere.
    let Some(backups) = &control.backups else { return Ok(Vec::new()) };
    let before = rows(control).await?;
    let found = list(backups).await.context("list what is in the store")?;
    let settled: Vec<Found> = found.values().filter(|it| it.is_settled(now)).copied().collect();
    let unknown = unknown(control, &settled).await?;
    let mut findings = strays(&settled, &unknown, &backups.store.to_string());

    let is_there = |it: &Row| found.get(&it.id).is_some_and(|it| it.is_whole);
    let missing: Vec<Row> = before.into_iter().filter(|it| !is_there(it)).collect();
    if !missing.is_empty() {
        let after: BTreeSet<Uuid> = rows(control).await?.iter().map(|it| it.id).collect();
        findings.extend(missing.iter().filter(|it| after.contains(&it.id)).map(of_missing));
    }
    Ok(findings)
}

async fn rows(control: &Control) -> Result<Vec<Row>> {
    let client = control.catalog.client().await?;
    queries::doctor_backups().bind(&client, &ROWS_MAX).all().await.context("list the backups")
}

async fn list(backups: &Backups) -> Result<BTreeMap<Uuid, Found>, BackupError> {
    let top: ObjectKey = "tenants".parse().expect("it is a name");
    let mut objects = backups.store.list(Some(&top));
    let mut found = BTreeMap::<Uuid, Found>::new();
    while let Some(object) = objects.try_next().await? {
        let Some((folder, name)) = parse(object.key.as_str()) else { continue };
        let newest = object.modified;
        let entry = found.entry(folder.id).or_insert(Found { folder, newest, is_whole: false });
        entry.newest = entry.newest.max(newest);
        entry.is_whole |= name == MANIFEST;
    }
    Ok(found)
}

/// Of `tenants/<organization>/backups/<id>/<name>`, and of exports.
fn parse(key: &str) -> Option<(Folder, &str)> {
    let mut parts = key.strip_prefix("tenants/")?.splitn(4, '/');
    let organization = parts.next()?.parse().ok()?;
    let kind = match parts.next()? {
        "backups" => Kind::Backup,
        "exports" => Kind::Export,
        _of_the_application => return None,
    };
    let id = parts.next()?.parse().ok()?;
    Some((Folder { organization, kind, id }, parts.next()?))
}

impl Found {
    fn is_settled(&self, now: Timestamp) -> bool {
        let after = match self.folder.kind {
            Kind::Backup => SETTLED_AFTER,
            Kind::Export => EXPORT_SETTLED_AFTER,
        };
        now.duration_since(self.newest) > after
    }
}

async fn unknown(control: &Control, settled: &[Found]) -> Result<Unknown> {
    let ids = |kind| -> Vec<Uuid> {
        settled.iter().filter(|it| it.folder.kind == kind).map(|it| it.folder.id).collect()
    };
    let organizations: BTreeSet<Uuid> = settled.iter().map(|it| it.folder.organization).collect();
    let organizations: Vec<Uuid> = organizations.into_iter().collect();
    let client = control.catalog.client().await?;
    let asked = queries::doctor_organizations_unknown().bind(&client, &organizations).all().await;
    let gone = asked.context("ask whose objects these are")?;
    let backups = queries::doctor_backups_unknown().bind(&client, &ids(Kind::Backup)).all().await;
    let exports = exports_without_row().bind(&client, &ids(Kind::Export)).all().await;
    let of = |erased: bool| gone.iter().filter(move |it| it.is_erased == erased).map(|it| it.id);
    Ok(Unknown {
        organizations: of(false).collect(),
        erased: of(true).collect(),
        backups: backups.context("ask which backups these are")?.into_iter().collect(),
        exports: exports.context("ask which exports these are")?.into_iter().collect(),
    })
}

fn strays(settled: &[Found], unknown: &Unknown, store: &str) -> Vec<Finding> {
    let mut of_nobody = BTreeSet::new();
    let mut of_erased = BTreeSet::new();
    let mut left = Vec::new();
    for Found { folder, .. } in settled {
        let Folder { organization, kind, id } = folder;
        let (word, is_unknown) = match kind {
            Kind::Backup => ("backups", unknown.backups.contains(id)),
            Kind::Export => ("exports", unknown.exports.contains(id)),
        };
        if unknown.erased.contains(organization) {
            of_erased.insert(format!("tenants/{organization}/"));
        } else if unknown.organizations.contains(organization) {
            of_nobody.insert(format!("tenants/{organization}/"));
        } else if is_unknown {
            left.push(format!("tenants/{organization}/{word}/{id}/"));
        }
    }
    let names = |it: &BTreeSet<String>| listed(&Vec::from_iter(it), it.len());
    let mut findings = Vec::new();
    if !of_erased.is_empty() {
        let what = format!("objects of erased tenants are in {store}: {}", names(&of_erased));
        findings.push(Finding::new(Check::ErasedObjects, super::backups::SUBJECT, what).mend(
            "a worker deletes them once a day and says in its log why it cannot; an object lock of the store may hold them",
        ));
    }
    if !of_nobody.is_empty() {
        let what =
            format!("objects in {store} are of tenants that nobody knows: {}", names(&of_nobody));
        findings.push(Finding::new(Check::OrphanObjects, super::backups::SUBJECT, what).mend(
            "if they are another installation's, give each a prefix of its own; if a control database was restored: cloison recover; else delete them there",
        ));
    }
    if !left.is_empty() {
        let what = format!(
            "{} folders in {store} are of backups or exports that nobody knows: {}",
            left.len(),
            listed(&left, left.len())
        );
        findings.push(Finding::new(Check::OrphanObjects, super::backups::SUBJECT, what).mend(
            "a worker deletes what nobody finished once a day; what has a manifest is a backup: keep it until you know what it holds, else delete it there",
        ));
    }
    findings
}

fn of_missing(row: &Row) -> Finding {
    let Row { id, subdomain, taken_at } = row;
    let taken_at = taken_at.strftime("%F %R");
    let what = format!("its backup {id} of {taken_at} UTC is not in the store");
    Finding::new(Check::BackupMissing, subdomain, what).mend(format!(
        "bring the store back if it lost more; have it counted as broken: cloison backups verify {subdomain} --backup {id}; then: cloison backups create {subdomain}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_whose_it_is() {
        let id = "0193b7a2-6f3e-7c1d-9a54-2f1c8e0d7b66";
        let check = |key: &str| parse(key).map(|(folder, name)| (folder.kind, name.to_owned()));
        let whole = check(&format!("tenants/{id}/backups/{id}/manifest.json"));
        assert_eq!(whole, Some((Kind::Backup, "manifest.json".to_owned())));
        let export = check(&format!("tenants/{id}/exports/{id}/1.zip.zst.age"));
        assert_eq!(export, Some((Kind::Export, "1.zip.zst.age".to_owned())));
        for other in ["files/a.wav", "backups", "backups/x/y"] {
            assert_eq!(check(&format!("tenants/{id}/{other}")), None, "{other}");
        }
        assert_eq!(check(&format!("erasures/{id}.json")), None);
    }

    #[test]
    fn what_may_be_at_work_is_left_alone() {
        let now: Timestamp = "2026-03-18T12:00:00Z".parse().unwrap();
        let check = |kind, hours| {
            let folder = Folder { organization: Uuid::nil(), kind, id: Uuid::nil() };
            let newest = now - SignedDuration::from_hours(hours);
            Found { folder, newest, is_whole: false }.is_settled(now)
        };
        assert!(!check(Kind::Backup, 50) && check(Kind::Backup, 51));
        assert!(!check(Kind::Export, 240) && check(Kind::Export, 241));
    }
}
