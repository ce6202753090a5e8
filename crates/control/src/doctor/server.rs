//! One server: one connection, a handful of statements, whatever the number of tenants.

use anyhow::{Context as _, Result};
use cloison_catalog::queries::servers::Server;
use tokio::time::timeout;

use super::{
    Area, Ask, Check, Finding, archiving, entry, not_looked_at, replication, settings, silent,
    strays,
};
use crate::control::Control;
use crate::pg::{Admin, AdminClient};
use crate::roles;

/// What was seen of a server, as far as it got.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) tenants: usize,
    pub(crate) findings: Vec<Finding>,
}

/// What an area of a server is looked at with.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) control: &'a Control,
    pub(super) server: &'a Server,
    pub(super) admin: &'a Admin,
    /// To the database `postgres`.
    pub(super) pg: &'a AdminClient,
}

const AREAS: [Area; 4] = [Area::Tenants, Area::Replication, Area::Settings, Area::Archives];

/// What was found before it failed or fell silent is told.
pub(super) async fn examine(control: &Control, ask: &Ask<'_>, server: &Server) -> Seen {
    let mut seen = Seen::default();
    let areas: Vec<Area> = AREAS.into_iter().filter(|it| ask.has(*it)).collect();
    if areas.is_empty() {
        return seen;
    }
    let looked = timeout(ask.patience(), look(control, ask, server, &areas, &mut seen)).await;
    let why = match looked {
        Ok(Ok(())) => return seen,
        Ok(Err(error)) => format!("{error:#}"),
        Err(_elapsed) => silent(ask),
    };
    let what = format!("it could not be looked at, or not to the end: {why}");
    let finding = Finding::new(Check::ServerUnreachable, &server.name, what).mend(
        "see that PostgreSQL runs there and lets this process in, then ask again: cloison doctor",
    );
    seen.findings.push(finding);
    seen
}

async fn look(
    control: &Control,
    ask: &Ask<'_>,
    server: &Server,
    areas: &[Area],
    seen: &mut Seen,
) -> Result<()> {
    let admin = control.admin_of(server)?;
    let pg = admin.connect("postgres").await.context("connect to it")?;
    let place = Place { control, server, admin: &admin, pg: &pg };
    for area in areas {
        let looked = match area {
            Area::Tenants => tenants(place, ask, seen).await,
            Area::Replication => replication::examine(place, ask.now(), &mut seen.findings).await,
            Area::Settings => settings::examine(place, ask, &mut seen.findings).await,
            Area::Archives => archiving::examine(place, ask.now(), &mut seen.findings).await,
            Area::ControlDatabase
            | Area::Operations
            | Area::Schemas
            | Area::Domains
            | Area::AiCredits
            | Area::Webhooks
            | Area::Backups
            | Area::Objects
            | Area::Keys => Ok(()),
        };
        if let Err(error) = looked {
            // With the connection gone, the rest would only say so again.
            if pg.is_closed() {
                return Err(error);
            }
            let subject = format!("{}, {}", server.name, area.as_str());
            seen.findings.push(not_looked_at(&subject, &format!("{error:#}")));
        }
    }
    Ok(())
}

async fn tenants(place: Place<'_>, ask: &Ask<'_>, seen: &mut Seen) -> Result<()> {
    let Place { control, server, admin, .. } = place;
    roles::examine(control, admin, server, ask.fix, seen).await?;
    let strays = strays::examine(place, ask.fix, &mut seen.findings).await?;
    entry::examine(place, ask.fix, &strays, &mut seen.findings).await
}
