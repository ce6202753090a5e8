//! `cloison migrations drift`: which schemas tenants really have.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use cloison_api::{Client, DriftReport, DriftSchema, RefreshDrift};

use crate::args::DriftOptions;
use crate::output::{Output, grouped};

/// What the server waits for as well, if nobody says otherwise.
const WAIT: Duration = Duration::from_secs(30);

pub(super) async fn run(
    options: DriftOptions,
    client: &Client,
    output: Output,
) -> Result<ExitCode> {
    let DriftOptions { refresh, tenants, all } = options;
    let report = if refresh {
        client.drift_refresh(&RefreshDrift { tenants, all }, WAIT).await?
    } else {
        client.drift_fetch().await?
    };
    output.print(&report, || text(&report))?;
    let has_drifted = report.schemas.iter().any(|it| !it.is_expected);
    Ok(if has_drifted { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn text(report: &DriftReport) -> String {
    let distinct: BTreeSet<&str> = report.schemas.iter().map(|it| &*it.fingerprint).collect();
    let mut text = format!(
        "{} among {}\n",
        counted(distinct.len(), "distinct schema"),
        counted(report.tenants, "tenant")
    );
    if report.unknown > 0 {
        let unread = counted(report.unknown, "tenant");
        writeln!(
            text,
            "{unread} not read yet, or not to be reached; to try now: cloison migrations drift --refresh"
        )
        .expect("writing to a string does not fail");
    }
    for schema in &report.schemas {
        write(&mut text, schema).expect("writing to a string does not fail");
    }
    text
}

fn write(text: &mut String, schema: &DriftSchema) -> std::fmt::Result {
    let standing = match (schema.is_expected, schema.expected_from.as_str()) {
        (true, "TEMPLATE") => "as the template has it",
        (true, _) => "the commonest of this version, which no template has",
        (false, "TEMPLATE") => "not as the template has it",
        (false, _) => "not the commonest of this version, which no template has",
    };
    let (version, short) = (schema.version, schema.fingerprint.get(..12).unwrap_or_default());
    writeln!(text)?;
    writeln!(text, "version {version}, schema {short}: {standing}")?;
    writeln!(text, "  {}", who(schema))?;
    for line in schema.diff.iter().chain(&schema.hints) {
        writeln!(text, "  {line}")?;
    }
    Ok(())
}

/// `12 tenants: blue, red, .. and 10 more`.
fn who(schema: &DriftSchema) -> String {
    let tenants = counted(schema.tenants, "tenant");
    let names = schema.examples.join(", ");
    let shown = i64::try_from(schema.examples.len()).unwrap_or(i64::MAX);
    match schema.tenants.saturating_sub(shown) {
        more if more > 0 => format!("{tenants}: {names} and {} more", grouped(more)),
        _all => format!("{tenants}: {names}"),
    }
}

fn counted(count: impl TryInto<i64>, noun: &str) -> String {
    let count = count.try_into().unwrap_or(i64::MAX);
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(version: i64, tenants: i64, examples: &[&str], diff: &[&str]) -> DriftSchema {
        DriftSchema {
            fingerprint: "0123456789abcdef".to_owned(),
            version,
            tenants,
            examples: examples.iter().map(|&it| it.to_owned()).collect(),
            is_expected: diff.is_empty(),
            expected_from: "TEMPLATE".to_owned(),
            diff: diff.iter().map(|&it| it.to_owned()).collect(),
            hints: Vec::new(),
        }
    }

    #[test]
    fn each_schema_has_its_tenants_and_what_differs() {
        let hints =
            vec!["index x of table t is invalid: drop it, or run the rollout again".to_owned()];
        let report = DriftReport {
            tenants: 1_204,
            unknown: 3,
            schemas: vec![
                schema(6, 1_199, &["demo", "lantern"], &[]),
                DriftSchema {
                    hints,
                    fingerprint: "fedcba9876543210".to_owned(),
                    ..schema(6, 1, &["blue"], &["- table a", "+ table b"])
                },
                DriftSchema {
                    expected_from: "COMMONEST".to_owned(),
                    ..schema(5, 1, &["red"], &[])
                },
            ],
        };
        insta::assert_snapshot!(text(&report), @r"
        2 distinct schemas among 1,204 tenants
        3 tenants not read yet, or not to be reached; to try now: cloison migrations drift --refresh

        version 6, schema 0123456789ab: as the template has it
          1,199 tenants: demo, lantern and 1,197 more

        version 6, schema fedcba987654: not as the template has it
          1 tenant: blue
          - table a
          + table b
          index x of table t is invalid: drop it, or run the rollout again

        version 5, schema 0123456789ab: the commonest of this version, which no template has
          1 tenant: red
        ");
    }

    #[test]
    fn nothing_to_tell() {
        let report = DriftReport { tenants: 0, unknown: 0, schemas: Vec::new() };
        assert_eq!(text(&report), "0 distinct schemas among 0 tenants\n");
    }

    #[test]
    fn thousands_are_grouped() {
        for (count, shown) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(count), shown);
        }
    }
}
