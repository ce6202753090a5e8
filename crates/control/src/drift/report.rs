//! Which schemas there are among the tenants, and what is wrong with those that should not be.

use std::collections::BTreeMap;

use cloison_catalog::queries::drift as queries;
use cloison_catalog::queries::drift::Count;
use cloison_model::{ExpectedFrom, Schema, SchemaCount, SchemaDiff, expected};

use super::DriftError;
use crate::control::{Control, SERVERS_MAX};

/// Distinct schemas that a report has at most: far more than a fleet that is looked after.
const SCHEMAS_MAX: i64 = 1_000;
/// Of so many the lines are read, the newest versions first; the rest is counted.
const READ_MAX: usize = 100;

/// What is known of READY tenants; nothing is read from their databases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The newest version first; of a version, those that are expected, and then the commonest.
    pub schemas: Vec<Distinct>,
    pub tenants: i64,
    /// Tenants whose schema has not been read since they came to their version, or could not be.
    pub unknown: i64,
}

/// One schema at one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distinct {
    pub fingerprint: String,
    pub version: i64,
    pub tenants: i64,
    /// Subdomains of some of them, the oldest first.
    pub examples: Vec<String>,
    pub is_expected: bool,
    /// How it was told what is expected at this version.
    pub expected_from: ExpectedFrom,
    /// Against what is expected; empty if that is this one.
    pub diff: Vec<String>,
    /// What to do about it, where that is known.
    pub hints: Vec<String>,
}

impl Report {
    pub fn drifted(&self) -> impl Iterator<Item = &Distinct> {
        self.schemas.iter().filter(|it| !it.is_expected)
    }
}

pub async fn report(control: &Control) -> Result<Report, DriftError> {
    let client = control.catalog.client().await?;
    let counts = queries::drift_counts().bind(&client, &SCHEMAS_MAX).all().await?;
    let templates = queries::template_list().bind(&client, &SERVERS_MAX).all().await?;
    let templates: Vec<(i64, String)> =
        templates.into_iter().map(|it| (it.schema_version, it.fingerprint)).collect();

    let mut report = Report::default();
    let mut known: BTreeMap<i64, Vec<(String, Count)>> = BTreeMap::new();
    for count in counts {
        report.tenants += count.tenants;
        match &count.schema_fingerprint {
            Some(it) => known.entry(count.schema_version).or_default().push((it.clone(), count)),
            None => report.unknown += count.tenants,
        }
    }
    let mut standards = BTreeMap::new();
    for (version, schemas) in known.into_iter().rev() {
        let (from, right) = standard(version, &templates, &schemas);
        let (mut those, others): (Vec<_>, Vec<_>) =
            schemas.into_iter().partition(|(it, _)| right.contains(it));
        those.extend(others);
        let distinct = |(fingerprint, count): (String, Count)| Distinct {
            is_expected: right.contains(&fingerprint),
            fingerprint,
            version,
            tenants: count.tenants,
            examples: count.examples,
            expected_from: from,
            diff: Vec::new(),
            hints: Vec::new(),
        };
        report.schemas.extend(those.into_iter().map(distinct));
        standards.insert(version, right.into_iter().next());
    }

    let lines = read(&client, &report, &standards).await?;
    for schema in &mut report.schemas {
        let Some(found) = lines.get(&schema.fingerprint) else { continue };
        schema.hints = found.invalid_indexes().map(hint).collect();
        let standard = standards[&schema.version].as_ref().and_then(|it| lines.get(it));
        if let Some(standard) = standard.filter(|_| !schema.is_expected) {
            schema.diff = SchemaDiff::between(standard, found).lines();
        }
    }
    Ok(report)
}

fn standard(
    version: i64,
    templates: &[(i64, String)],
    schemas: &[(String, Count)],
) -> (ExpectedFrom, Vec<String>) {
    let templates: Vec<&str> =
        templates.iter().filter(|it| it.0 == version).map(|it| it.1.as_str()).collect();
    let counts: Vec<SchemaCount<'_>> = schemas
        .iter()
        .map(|(fingerprint, count)| SchemaCount { fingerprint, tenants: count.tenants })
        .collect();
    let (from, right) = expected(&templates, &counts).expect("a version is here with its tenants");
    (from, right.into_iter().map(str::to_owned).collect())
}

/// The lines of what is to be compared, and of what it is compared with.
async fn read(
    client: &cloison_catalog::Client,
    report: &Report,
    standards: &BTreeMap<i64, Option<String>>,
) -> Result<BTreeMap<String, Schema>, DriftError> {
    let of_tenants = report.schemas.iter().map(|it| &it.fingerprint).take(READ_MAX);
    let versions = report.schemas.iter().take(READ_MAX).map(|it| it.version);
    let right = versions.filter_map(|it| standards[&it].as_ref());
    let mut wanted: Vec<&str> = of_tenants.chain(right).map(String::as_str).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let rows = queries::schema_fetch().bind(client, &wanted).all().await?;
    rows.into_iter().map(|it| Ok((it.fingerprint, Schema::parse(&it.lines)?))).collect()
}

fn hint((object, index): (&str, &str)) -> String {
    format!("index {index} of {object} is invalid: drop it, or run the rollout again")
}
