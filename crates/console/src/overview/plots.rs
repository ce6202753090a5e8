//! The plots: what the history holds, as pictures.

use std::cmp::Reverse;

use cloison_control::history::{Drawn, FleetLine, RequestLine, ServerLine, Span};
use cloison_control::watch::{ServerSight, Sight};

use crate::format;
use crate::i18n::{Lang, Say};
use crate::plot::{Axis, Plot, Series};

/// More lines than these nobody tells apart.
const SERVERS_MAX: usize = 6;

pub(super) struct Plots {
    pub(super) spans: Vec<SpanChoice>,
    /// Drawn; nothing while the control database does not answer.
    pub(super) drawn: Option<Vec<String>>,
    /// There are more servers than lines.
    pub(super) some_servers: Option<String>,
}

pub(super) struct SpanChoice {
    pub(super) href: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

/// Those with the most connections, in order of their names: a line keeps its look while they are the same.
pub(super) fn drawn_servers(sight: &Sight) -> Vec<&ServerSight> {
    let connections =
        |it: &ServerSight| it.facts.as_ref().map_or(0, |it| it.connections.values().sum::<i64>());
    let mut servers: Vec<_> = sight.servers.iter().collect();
    servers.sort_by_key(|it| (Reverse(connections(it)), &it.name));
    servers.truncate(SERVERS_MAX);
    servers.sort_by_key(|it| &it.name);
    servers
}

impl Plots {
    pub(super) fn of(lang: Lang, span: Span, drawn: Option<&Drawn>, sight: &Sight) -> Self {
        let choice = |it: Span| SpanChoice {
            href: format!("/?span={}", it.word()),
            label: lang.t(match it {
                Span::SixHours => "plots-span-6h",
                Span::Day => "plots-span-24h",
                Span::Fortnight => "plots-span-14d",
            }),
            chosen: it == span,
        };
        let drawn =
            drawn.map(|it| plots(lang, it, sight).iter().map(|it| draw(lang, it)).collect());
        let is_some = sight.servers.len() > SERVERS_MAX;
        Self {
            spans: Span::ALL.map(choice).into(),
            drawn,
            some_servers: is_some.then(|| lang.t1("plots-servers", "count", SERVERS_MAX)),
        }
    }
}

fn draw(lang: Lang, plot: &Plot) -> String {
    plot.draw(lang).unwrap_or_else(|error| {
        tracing::error!(%error, "a plot could not be drawn");
        String::new()
    })
}

fn plots(lang: Lang, drawn: &Drawn, sight: &Sight) -> Vec<Plot> {
    let axis = Axis {
        from: drawn.from,
        stretch_seconds: drawn.stretch_seconds,
        stretches: drawn.fleet.len(),
    };
    let plot = |id, title: &str, series, format, step_min| Plot {
        id,
        title: lang.t(title),
        axis,
        series,
        format,
        step_min,
    };
    let requests = |name: &str, of: fn(&RequestLine) -> Option<f64>| Series {
        name: lang.t(name),
        values: drawn.requests.iter().map(|it| of(it.as_ref()?)).collect(),
    };
    let fleet = |name: &str, of: fn(&FleetLine) -> Option<f64>| Series {
        name: lang.t(name),
        values: drawn.fleet.iter().map(|it| of(it.as_ref()?)).collect(),
    };
    let servers = |of: fn(&ServerLine) -> Option<f64>| {
        let all = drawn.servers.iter().map(|(id, lines)| Series {
            name: sight
                .servers
                .iter()
                .find(|it| it.id == *id)
                .map_or_else(|| id.to_string(), |it| it.name.clone()),
            values: lines.iter().map(|it| of(it.as_ref()?)).collect(),
        });
        all.collect()
    };
    let answered = vec![
        requests("plot-requests-all", |it| Some(it.per_second)),
        requests("plot-requests-errors", |it| Some(it.errors_per_second)),
    ];
    let latency = vec![requests("plot-latency-p95", |it| it.p95_seconds)];
    let age = vec![fleet("plot-backup-age", |it| Some(it.oldest_backup_seconds? / 3_600.0))];
    let operations = vec![fleet("plot-operations-name", |it| Some(float(it.operations)))];
    let behind = vec![fleet("plot-tenants", |it| Some(float(it.behind)))];
    let connections = servers(|it| Some(float(it.connections)));
    let bytes = servers(|it| it.database_bytes.map(float));
    let transactions = servers(|it| it.transactions_per_second);
    vec![
        plot("requests", "plot-requests", answered, format::number, 0.1),
        plot("latency", "plot-latency", latency, format::latency, 0.001),
        plot("connections", "plot-connections", connections, format::number, 1.0),
        plot("transactions", "plot-transactions", transactions, format::number, 0.1),
        plot("bytes", "plot-bytes", bytes, format::bytes, 1e6),
        plot("backup", "plot-backup", age, format::hours, 1.0),
        plot("operations", "plot-operations", operations, format::number, 1.0),
        plot("behind", "plot-behind", behind, format::number, 1.0),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "a plot is not that fine")]
fn float(count: i64) -> f64 {
    count as f64
}
