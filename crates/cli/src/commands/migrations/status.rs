//! `cloison migrations status`: the fleet at a glance.

use std::process::ExitCode;

use anyhow::Result;
use cloison_api::{Client, FleetStatus};

use super::drawing::{progress, quarantined};
use crate::output::{Output, grouped, table};

pub(super) async fn run(client: &Client, output: Output) -> Result<ExitCode> {
    let status = client.fleet_status().await?;
    output.print(&status, || text(&status))?;
    Ok(ExitCode::SUCCESS)
}

fn text(status: &FleetStatus) -> String {
    let mut parts = vec![format!("{}\n", heading(status))];
    if !status.versions.is_empty() {
        parts.push(versions(status));
    }
    parts.extend(pending(status));
    if let Some(rollout) = &status.rollout {
        parts.push(progress(rollout).join("\n") + "\n");
    }
    parts.extend(status.quarantines.iter().map(quarantined));
    parts.join("\n")
}

/// `1,204 tenants, 3 behind, 1 quarantined; new ones are made at version 7`.
fn heading(status: &FleetStatus) -> String {
    let tenants: i64 = status.versions.iter().map(|it| it.tenants).sum();
    let quarantined: i64 = status.versions.iter().map(|it| it.quarantined).sum();
    let noun = if tenants == 1 { "tenant" } else { "tenants" };
    let ahead = match tenants_where(status, |it| it > status.version) {
        0 => String::new(),
        ahead => format!("{} ahead, ", grouped(ahead)),
    };
    format!(
        "{} {noun}, {} behind, {ahead}{} quarantined; new ones are made at version {}",
        grouped(tenants),
        grouped(tenants_where(status, |it| it < status.version)),
        grouped(quarantined),
        status.version
    )
}

fn tenants_where(status: &FleetStatus, is_meant: impl Fn(i64) -> bool) -> i64 {
    status.versions.iter().filter(|it| is_meant(it.version)).map(|it| it.tenants).sum()
}

fn versions(status: &FleetStatus) -> String {
    let rows: Vec<Vec<String>> = status
        .versions
        .iter()
        .map(|it| {
            vec![
                it.version.to_string(),
                grouped(it.tenants),
                grouped(it.quarantined),
                grouped(it.under_way),
            ]
        })
        .collect();
    table(&["version", "tenants", "quarantined", "under way"], &rows)
}

/// What a rollout would bring, and how to begin it.
fn pending(status: &FleetStatus) -> Option<String> {
    if let Some(problem) = &status.release_problem {
        let lines: Vec<_> = problem.lines().collect();
        return Some(format!("No rollout can begin. {}\n", lines.join("\n  ")));
    }
    let release = status.release.as_ref()?;
    if release.pending.is_empty() {
        return None;
    }
    let files = release.pending.join("\n  ");
    let advice = match &status.rollout {
        Some(it) if it.is_held() => format!("go on with: cloison migrations resume {}", it.number),
        Some(it) => format!("watch it with: cloison migrations watch {}", it.number),
        None if status.version >= release.version => {
            let left: i64 = status
                .versions
                .iter()
                .filter(|it| it.version < status.version)
                .map(|it| it.tenants - it.quarantined)
                .sum();
            if left > 0 {
                "go on with: cloison migrations rollout".to_owned()
            } else {
                "these are for the tenants below".to_owned()
            }
        }
        None => "begin with: cloison migrations rollout --canary <subdomain>".to_owned(),
    };
    Some(format!("Pending for the oldest tenant:\n  {files}\n{advice}\n"))
}

#[cfg(test)]
mod tests {
    use cloison_api::{CarriedRelease, FleetVersion};

    use super::super::drawing::tests::rollout;
    use super::*;

    fn status(versions: &[[i64; 4]], pending: &[&str]) -> FleetStatus {
        let version = |it: &[i64; 4]| {
            let [version, tenants, quarantined, under_way] = *it;
            FleetVersion { version, tenants, quarantined, under_way }
        };
        FleetStatus {
            version: 6,
            release: Some(CarriedRelease {
                version: 7,
                checksum: "c0ffee".to_owned(),
                pending: pending.iter().map(|&it| it.to_owned()).collect(),
            }),
            release_problem: None,
            versions: versions.iter().map(version).collect(),
            quarantines: Vec::new(),
            rollout: None,
        }
    }

    #[test]
    fn what_is_pending_is_said_with_how_to_begin() {
        insta::assert_snapshot!(text(&status(&[[6, 1_204, 0, 0]], &["0007_names.sql"])), @r"
        1,204 tenants, 0 behind, 0 quarantined; new ones are made at version 6

        VERSION  TENANTS  QUARANTINED  UNDER WAY
        6        1,204    0            0

        Pending for the oldest tenant:
          0007_names.sql
        begin with: cloison migrations rollout --canary <subdomain>
        ");
    }

    #[test]
    fn a_live_rollout_is_drawn() {
        let mut it = status(&[[5, 1, 1, 0], [6, 3, 0, 1], [7, 1, 0, 0]], &["0007_names.sql"]);
        it.rollout = Some(rollout("RUNNING", &[[0, 0, 1, 0, 0], [2, 1, 0, 0, 0]]));
        insta::assert_snapshot!(text(&it), @r"
        5 tenants, 1 behind, 1 ahead, 1 quarantined; new ones are made at version 6

        VERSION  TENANTS  QUARANTINED  UNDER WAY
        5        1        1            0
        6        3        0            1
        7        1        0            0

        Pending for the oldest tenant:
          0007_names.sql
        watch it with: cloison migrations watch 4

        Rollout 4: version 6 to 7, running
          canaries  [########################] 1 of 1
          to 100 %  [........................] 0 of 3, 1 under way
          1 of 4 tenants done, 2.5 a second, about 90 s left
        ");
    }

    #[test]
    fn a_release_that_cannot_go_out_hides_nothing_else() {
        let mut it = status(&[[6, 1, 0, 0]], &[]);
        it.release = None;
        it.release_problem = Some("0006_x.sql was edited.\nIt differs.\nPut it back.".to_owned());
        insta::assert_snapshot!(text(&it), @r"
        1 tenant, 0 behind, 0 quarantined; new ones are made at version 6

        VERSION  TENANTS  QUARANTINED  UNDER WAY
        6        1        0            0

        No rollout can begin. 0006_x.sql was edited.
          It differs.
          Put it back.
        ");
    }
}
