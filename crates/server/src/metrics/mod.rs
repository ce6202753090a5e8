//! `/metrics`: OpenMetrics, on the operations port. What each name means is in `docs/metrics.md`.
//!
//! Two kinds: what this process has counted since its start, and what it reads of the fleet when it is asked. Series do not grow with
//! tenants: a few are told of by name, the others as a sum.

mod exposition;
mod fleet;
mod http;
mod number;
mod router;
mod servers;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use cloison_control::Control;
use cloison_control::usage::RequestCounts;
use cloison_control::watch::{Sight, Watch};
use cloison_router::Router;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::registry::Registry;
use tokio::time::Instant;

use self::exposition::Exposition;
use self::number::{signed, truth};

pub use self::http::HttpStats;
pub(crate) use self::http::{Answered, count, method, name};

pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What is told, and how much of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MetricsSettings {
    /// So many of the largest tenants, and so many of the busiest, are told of by name.
    pub top_tenants: usize,
    /// Spares that this process keeps on each server.
    pub spares_wanted: u16,
}

/// One process's. Cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    settings: MetricsSettings,
    watch: Watch,
    counted: Arc<Registry>,
    /// Of a process that serves tenants.
    serving: Option<(Router, RequestCounts)>,
}

impl Metrics {
    pub fn new(
        settings: MetricsSettings,
        control: &Control,
        watch: Watch,
        serving: Option<(Router, RequestCounts)>,
        http: &HttpStats,
    ) -> Self {
        let mut counted = Registry::default();
        control.stats.register(&mut counted);
        control.ai_credits.register(&mut counted);
        http.register(&mut counted);
        Self { settings, watch, counted: Arc::new(counted), serving }
    }

    /// All of it, as text.
    ///
    /// # Errors
    ///
    /// None that is known of: writing to a string does not fail.
    pub async fn text(&self) -> Result<String, fmt::Error> {
        let began = Instant::now();
        let sight = self.watch.look().await;
        let mut read = self.exposition(&sight).await;
        read.one("cloison_scrape_seconds", "How long this took", began.elapsed().as_secs_f64());
        let mut registry = Registry::default();
        registry.register_collector(Box::new(read));
        let mut text = String::new();
        encode_registry(&mut text, &registry)?;
        encode_registry(&mut text, &self.counted)?;
        encode_eof(&mut text)?;
        Ok(text)
    }

    async fn exposition(&self, sight: &Sight) -> Exposition {
        let mut out = Exposition::default();
        out.gauge("cloison_build_info", "Which build this is")
            .add([("version", env!("CARGO_PKG_VERSION"))], 1.0);
        out.one(
            "cloison_catalog_up",
            "Whether the control database answered",
            truth(sight.fleet.is_some()),
        );
        if let Some(facts) = &sight.fleet {
            fleet::fleet(&mut out, facts, self.settings.spares_wanted);
        }
        out.any(
            "cloison_control_backup_age_seconds",
            "Since the control database was last backed up, as sampled",
            sight.control_backup_age_seconds,
        );
        out.one(
            "cloison_erased_tenants_on_servers",
            "Erased tenants whose database or role is on a server",
            signed(sight.erased_seen),
        );
        servers::servers(&mut out, &sight.servers);
        let chosen = servers::chosen(&sight.servers, self.settings.top_tenants);
        let databases: Vec<_> = chosen.iter().map(|(_, it)| it.database.clone()).collect();
        // Without the control database nobody has a name, and all are others; it is not waited for once more.
        let names = match sight.fleet {
            Some(_) => self.watch.names(&databases).await,
            None => HashMap::new(),
        };
        servers::tenants(&mut out, &sight.servers, &chosen, &names);
        if let Some((router, requests)) = &self.serving {
            servers::requests(&mut out, &chosen, &names, requests);
            let names: BTreeMap<_, _> =
                sight.servers.iter().map(|it| (it.id, it.name.clone())).collect();
            router::router(&mut out, router, &names);
            out.one(
                "cloison_router_directory_up",
                "Whether the router hears of changed routes",
                truth(router.is_in_touch()),
            );
        }
        out
    }
}
