//! The control database: whether it could be brought back, whether our key opens what is sealed in it, who may connect to it, whom it has
//! that were erased, and which processes it has not heard of.

use anyhow::{Context as _, Result};
use cloison_catalog::queries::doctor as queries;
use cloison_catalog::queries::doctor::DoctorNodesGone as NodeGone;
use cloison_catalog::{Client, DATABASE};
use jiff::{SignedDuration, Timestamp};
use tokio_postgres::types::Type;

use super::finding::listed;
use super::{Ask, Check, Finding, ROWS_MAX};
use crate::control::Control;
use crate::erasures::resurrected_rows;
use crate::{control_backup, key_rotation};

pub(super) const SUBJECT: &str = "the control database";

/// A process that is restarted, or a machine, is back by then.
const GONE_AFTER: SignedDuration = SignedDuration::from_hours(1);

pub(super) async fn examine(control: &Control, ask: &Ask<'_>) -> Result<Vec<Finding>> {
    let now = ask.now();
    let (made_at, mut findings) = {
        let client = control.catalog.client().await?;
        let mut findings = Vec::from_iter(sealed(control, &client).await?);
        findings.extend(open_to_all(&client).await?);
        findings.extend(nodes_gone(&client, now).await?);
        findings.extend(resurrected_rows(&client).await?);
        (made_at(&client).await?, findings)
    };
    findings.extend(unprotected(control, made_at.unwrap_or(now), now).await?);
    Ok(findings)
}

async fn made_at(client: &Client) -> Result<Option<Timestamp>> {
    let made = "select min(applied_at) from cloison_migrations";
    Ok(client.query_typed_one(made, &[]).await?.get(0))
}

/// Whether it could not be brought back, or only as it was long ago.
async fn unprotected(
    control: &Control,
    made_at: Timestamp,
    now: Timestamp,
) -> Result<Option<Finding>> {
    let Some(backups) = &control.backups else { return Ok(None) };
    let listed = control_backup::list(&backups.store).await;
    let listed = listed.context("list the backups of the control database")?;
    let problem = control_backup::problem(control_backup::newest(&listed, now), made_at, now);
    Ok(problem.map(|what| {
        Finding::new(Check::ControlBackupLate, SUBJECT, what)
            .mend("the log of `cloison work`, `serve` or `up` says why none is made")
    }))
}

/// All sealed values are opened, which takes microseconds each.
async fn sealed(control: &Control, client: &Client) -> Result<Option<Finding>> {
    let found = key_rotation::closed(&control.key, client).await.context("read what is sealed")?;
    Ok((found.closed > 0).then(|| {
        let what = format!(
            "{} of {} sealed passwords do not open with the master key of this process",
            found.closed, found.of
        );
        Finding::new(Check::MasterKey, SUBJECT, what).mend(
            "give it the key that they were sealed with (master_key_file, or CLOISON_MASTER_KEY: <new>,<old>) and start it again",
        )
    }))
}

async fn open_to_all(client: &Client) -> Result<Option<Finding>> {
    let row = client
        .query_typed_one(
            "select exists (
                 select
                 from aclexplode(coalesce(datacl, acldefault('d', datdba)))
                 where grantee = 0
                     and privilege_type = 'CONNECT'
             )
             from pg_database
             where datname = $1",
            &[(&DATABASE, Type::TEXT)],
        )
        .await
        .context("read who may connect to the control database")?;
    Ok(row.get::<_, bool>(0).then(|| {
        let what = format!("the database {DATABASE} lets in public");
        Finding::new(Check::ConnectOpen, SUBJECT, what).mend(format!(
            "on its server, as the superuser: revoke all on database {DATABASE} from public"
        ))
    }))
}

async fn nodes_gone(client: &Client, now: Timestamp) -> Result<Vec<Finding>> {
    let rows = queries::doctor_nodes_gone().bind(client, &ROWS_MAX).all().await;
    let rows = rows.context("list the processes that have fallen silent")?;
    Ok(rows.iter().filter_map(|it| of_node(it, now)).collect())
}

fn of_node(node: &NodeGone, now: Timestamp) -> Option<Finding> {
    let NodeGone { name, seen_at, seats, servers } = node;
    if now.duration_since(*seen_at) <= GONE_AFTER {
        return None;
    }
    let what = format!(
        "this process was last heard of at {} UTC and keeps {seats} connections to {}",
        seen_at.strftime("%F %R"),
        listed(servers, servers.len())
    );
    Some(Finding::new(Check::NodeGone, &format!("process {name}"), what).mend(
        "start one on its machine, which takes them over at once; they are free a day after it fell silent in any case",
    ))
}
