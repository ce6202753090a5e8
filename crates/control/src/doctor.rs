//! What is not as it should be, in words, over the whole fleet: what the control database, the servers, the object store and the
//! keystore say of each other.
//!
//! Only what is safe to set right is set right. A database that belongs to nobody may hold the only copy of a customer's data, so a
//! person decides; but not about one whose tenant was erased, which is erased again.
//!
//! A module for each area: a thin part that reads, and a pure one that says what is wrong with what was read. All areas and all servers are
//! looked at at once, each within a time of its own, and one that fails is a finding and hides no other. No tenant's database is connected to.

mod ai_credits;
mod archiving;
mod backups;
mod check;
mod clock;
mod control_database;
mod domains;
mod entry;
mod finding;
mod keys;
mod objects;
mod operations;
mod replication;
mod schemas;
mod server;
mod settings;
mod strays;
mod webhooks;

use std::time::Duration;

use anyhow::Result;
use cloison_catalog::queries::servers::server_list;
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, join, join_all};
use jiff::{SignedDuration, Timestamp};
use tokio::time::{Instant, timeout};

use crate::control::{Control, SERVERS_MAX};

pub use self::check::{Check, Severity};
pub use self::finding::{Finding, Report};
pub(crate) use self::server::Seen;

/// Rows of one kind that are read at most: more than a control database is meant for.
const ROWS_MAX: i64 = 10_000;
/// Whoever sets things right does so tenant by tenant, and whoever asks over the API waits for a little more than a minute.
const FIXING_TAKES: u32 = 3;

/// What can be looked at by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// On each server: databases, roles, and who gets in where.
    Tenants,
    /// On each server: slots, subscriptions, prepared transactions.
    Replication,
    /// Of each server, and of the control database's.
    Settings,
    /// The servers' own.
    Archives,
    ControlDatabase,
    Operations,
    Schemas,
    Domains,
    AiCredits,
    Webhooks,
    Backups,
    Objects,
    Keys,
}

impl Area {
    pub const ALL: &[Self] = &[
        Self::Tenants,
        Self::Replication,
        Self::Settings,
        Self::Archives,
        Self::ControlDatabase,
        Self::Operations,
        Self::Schemas,
        Self::Domains,
        Self::AiCredits,
        Self::Webhooks,
        Self::Backups,
        Self::Objects,
        Self::Keys,
    ];

    /// As the subject of a finding.
    fn as_str(self) -> &'static str {
        match self {
            Self::Tenants => "tenants",
            Self::Replication => "replication",
            Self::Settings => "settings",
            Self::Archives => "archives",
            Self::ControlDatabase => control_database::SUBJECT,
            Self::Operations => "operations",
            Self::Schemas => "schemas",
            Self::Domains => "domains",
            Self::AiCredits => "AI credits",
            Self::Webhooks => "webhooks",
            Self::Backups => "backups",
            Self::Objects => "the store",
            Self::Keys => "the keystore",
        }
    }
}

/// What is asked of the doctor.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    pub areas: &'a [Area],
    /// In whose name what is safe to set right is set right; nothing is without.
    pub fix: Option<&'a str>,
    /// For each area, and for each server.
    pub patience: Duration,
    asked_at: Timestamp,
    asked: Instant,
}

impl Ask<'_> {
    /// Whoever asks waits for the answer, and a server that hangs is as good as down.
    const PATIENCE: Duration = Duration::from_secs(20);

    /// To look at these, now, and to set nothing right.
    pub fn about(areas: &[Area], now: Timestamp) -> Ask<'_> {
        Ask { areas, fix: None, patience: Self::PATIENCE, asked_at: now, asked: Instant::now() }
    }

    /// What has passed since it was asked counts.
    fn now(&self) -> Timestamp {
        let passed = SignedDuration::try_from(self.asked.elapsed());
        self.asked_at.saturating_add(passed.unwrap_or_default()).unwrap_or(self.asked_at)
    }

    fn has(&self, area: Area) -> bool {
        self.areas.contains(&area)
    }

    fn patience(&self) -> Duration {
        if self.fix.is_some() { self.patience * FIXING_TAKES } else { self.patience }
    }
}

/// Looks at what is asked for. Fails only if the servers cannot be listed: whatever else fails is a finding.
pub async fn examine(control: &Control, ask: &Ask<'_>) -> Result<Report> {
    let servers = {
        let client = control.catalog.client().await?;
        server_list().bind(&client, &SERVERS_MAX).all().await?
    };
    let areas = Area::ALL.iter().filter(|it| ask.has(**it));
    let areas = areas.filter_map(|it| Some((*it, look(control, ask, *it)?)));
    let of_areas = join_all(areas.map(|(area, looking)| within(ask, area, looking)));
    let of_servers = join_all(servers.iter().map(|it| server::examine(control, ask, it)));
    let (of_areas, of_servers) = join(of_areas, of_servers).await;

    let tenants = of_servers.iter().map(|it| it.tenants).sum();
    let of_servers = of_servers.into_iter().flat_map(|it| it.findings);
    Ok(Report::of(tenants, of_servers.chain(of_areas.into_iter().flatten()).collect()))
}

type Looking<'a> = BoxFuture<'a, Result<Vec<Finding>>>;

/// What is looked at once, and not on each server.
fn look<'a>(control: &'a Control, ask: &'a Ask<'_>, area: Area) -> Option<Looking<'a>> {
    Some(match area {
        Area::Tenants | Area::Replication | Area::Archives => return None,
        Area::Settings => settings::examine_control_database(control, ask).boxed(),
        Area::ControlDatabase => control_database::examine(control, ask).boxed(),
        Area::Operations => operations::examine(control).boxed(),
        Area::Schemas => schemas::examine(control).boxed(),
        Area::Domains => domains::examine(control, ask.now()).boxed(),
        Area::AiCredits => ai_credits::examine(control).boxed(),
        Area::Webhooks => webhooks::examine(control, ask.now()).boxed(),
        Area::Backups => backups::examine(control, ask).boxed(),
        Area::Objects => objects::examine(control, ask.now()).boxed(),
        Area::Keys => keys::examine(control, ask).boxed(),
    })
}

async fn within(ask: &Ask<'_>, area: Area, looking: Looking<'_>) -> Vec<Finding> {
    match timeout(ask.patience(), looking).await {
        Ok(Ok(findings)) => findings,
        Ok(Err(error)) => vec![not_looked_at(area.as_str(), &format!("{error:#}"))],
        Err(_elapsed) => vec![not_looked_at(area.as_str(), &silent(ask))],
    }
}

fn not_looked_at(subject: &str, why: &str) -> Finding {
    let what = format!("this could not be looked at, or not to the end: {why}");
    Finding::new(Check::NotLookedAt, subject, what)
        .mend("when that is set right, ask again: cloison doctor")
}

fn silent(ask: &Ask<'_>) -> String {
    format!("it has not answered within {} s", ask.patience().as_secs_f32())
}
