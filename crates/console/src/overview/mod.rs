//! The console's one page: what is wrong, then the fleet. However many tenants there are, it is as long.

mod fleet;
mod groups;
mod plots;
mod rollout;
mod servers;
mod tenants;
mod wrong;

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use cloison_control::history::{Drawn, Span, answered_lately, read};
use cloison_control::operations::StepError;
use cloison_control::watch::Sight;
use cloison_control::watch::trouble::{Here, Seats, troubles};
use cloison_model::ServerId;
use http::StatusCode;
use jiff::Timestamp;
use serde::Deserialize;

use self::fleet::Fleet;
use self::plots::{Plots, drawn_servers};
use self::servers::ServerRow;
use self::tenants::{TenantList, chosen};
use self::wrong::WrongList;
use crate::frame::Frame;
use crate::notices::html;
use crate::sign_in::Visitor;
use crate::{Config, Console, format};

/// A browser without script loads the page again after so long; with it, parts of it come more often.
const RELOAD_SECONDS: u16 = 60;

#[derive(Template)]
#[template(path = "overview.html")]
struct Page {
    p: Frame,
    seen_at: String,
    wrong: WrongList,
    fleet: Option<Fleet>,
    servers: Vec<ServerRow>,
    plots: Plots,
    tenants: [TenantList; 2],
}

#[derive(Deserialize)]
pub(crate) struct ShowQuery {
    span: Option<String>,
}

/// What is asked once the fleet was looked at; nothing of it while the control database is down.
#[derive(Default)]
struct Asked {
    names: HashMap<String, String>,
    drawn: Option<Drawn>,
    answered: (f64, f64),
}

/// `GET /`
pub(crate) async fn show(
    visitor: Visitor,
    State(console): State<Console>,
    Query(query): Query<ShowQuery>,
) -> Response {
    let span = query.span.as_deref().and_then(Span::parse).unwrap_or(Span::SixHours);
    let config = &console.config;
    let sight = config.watch.glance().await;
    let now = Timestamp::now();
    // Who does not answer is not asked once more.
    let asked = match &sight.fleet {
        Some(_) => ask(config, &sight, span, now).await,
        None => Asked::default(),
    };
    let here = Here {
        seats: seats(config, &sight),
        spares_wanted: config.spares_wanted,
        answered: asked.answered,
    };
    let found = troubles(&sight, &here, now);
    let p = Frame { reload_seconds: Some(RELOAD_SECONDS), ..visitor.frame() };
    let lang = p.lang;
    let page = Page {
        seen_at: format::clock(sight.at),
        wrong: WrongList::of(lang, &found, &asked.names),
        fleet: sight.fleet.as_ref().map(|it| Fleet::of(lang, it, &sight, now)),
        servers: servers::rows(lang, &sight, &here.seats),
        plots: Plots::of(lang, span, asked.drawn.as_ref(), &sight),
        tenants: tenants::lists(lang, &sight, &asked.names),
        p,
    };
    html(StatusCode::OK, &page)
}

async fn ask(config: &Config, sight: &Sight, span: Span, now: Timestamp) -> Asked {
    let ids: Vec<ServerId> = drawn_servers(sight).iter().map(|it| it.id).collect();
    let databases = chosen(sight);
    let missing = |error: &StepError| {
        tracing::debug!("a part of the console is missing: {error}");
    };
    let (names, drawn, answered) = tokio::join!(
        config.watch.names(&databases),
        read(&config.control, span, &ids, now),
        answered_lately(&config.control, now),
    );
    Asked {
        names: names.into_iter().map(|(database, (_, name))| (database, name)).collect(),
        drawn: drawn.inspect_err(missing).ok(),
        answered: answered.inspect_err(missing).unwrap_or_default(),
    }
}

/// This process's connections; of a server that is not registered any more there is nothing to say.
fn seats(config: &Config, sight: &Sight) -> Vec<Seats> {
    let named =
        |id: ServerId| sight.servers.iter().find(|it| it.id == id).map(|it| it.name.clone());
    let stats = config.router.stats().into_iter();
    let seats = stats.filter_map(|it| {
        Some(Seats {
            server: named(it.server)?,
            budget: it.budget,
            in_use: it.in_use,
            waiting: it.waiting,
        })
    });
    seats.collect()
}
