//! The figures of the migrations, for people and for programs.

use serde_json::{Map, Value, json};

use super::Measured;
use super::alembic::Alembic;
use super::contest::Score;
use crate::bench::Report;
use crate::bench::sample::{Sample, rounded};

impl Measured {
    pub(super) fn report(&self) -> Report {
        Report {
            table: self.table().join("\n"),
            machine: self.machine(),
            figures: Value::Object(self.figures()),
        }
    }

    /// The worst of all sizes.
    fn worst(&self, of: fn(&Score) -> f64) -> f64 {
        self.scores.iter().map(of).fold(f64::INFINITY, f64::min)
    }

    fn table(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "migrate: two columns, a table and an index; {} tenants at once; seconds",
            self.per_server
        )];
        for score in &self.scores {
            lines.push(String::new());
            lines.extend(score.table());
        }
        let noop = &self.noop;
        lines.extend([
            String::new(),
            format!(
                "nothing to do for {} catalogued tenants: status {:.3} s, rollout {:.3} s, {} sessions on their databases",
                noop.catalogued,
                noop.status.as_secs_f64(),
                noop.rollout.as_secs_f64(),
                noop.sessions
            ),
        ]);
        lines
    }

    fn figures(&self) -> Map<String, Value> {
        let noop = &self.noop;
        let mut figures = Map::new();
        let mut put = |name: String, value: Value| drop(figures.insert(name, value));
        put("name".to_owned(), json!("migrate"));
        put("per_server".to_owned(), json!(self.per_server));
        for score in &self.scores {
            for (name, value) in score.figures() {
                put(format!("{name}_{}", score.tenants), json!(value));
            }
        }
        for (name, value) in [
            ("vs_alembic", self.worst(Score::versus_alembic)),
            ("vs_alembic_processes", self.worst(Score::versus_processes)),
            ("noop_10k_s", rounded((noop.status + noop.rollout).as_secs_f64())),
            ("noop_status_s", rounded(noop.status.as_secs_f64())),
            ("noop_rollout_s", rounded(noop.rollout.as_secs_f64())),
        ] {
            put(name.to_owned(), json!(value));
        }
        put("noop_tenants".to_owned(), json!(noop.catalogued));
        put("noop_sessions".to_owned(), json!(noop.sessions));
        put("alembic_version".to_owned(), json!(Alembic::version()));
        figures
    }
}

impl Score {
    fn raw_ratio(&self) -> f64 {
        rounded(self.product.seconds(50) / self.by_hand.seconds(50))
    }

    fn versus_alembic(&self) -> f64 {
        rounded(self.alembic.seconds(50) / self.product.seconds(50))
    }

    /// As many processes as there are tenants.
    fn processes_seconds(&self) -> f64 {
        let tenants = u32::try_from(self.tenants).expect("they were counted so");
        rounded(self.process.seconds(50) * f64::from(tenants))
    }

    fn versus_processes(&self) -> f64 {
        rounded(self.processes_seconds() / self.product.seconds(50))
    }

    fn table(&self) -> Vec<String> {
        let row = |name: &str, sample: &Sample, ratio: f64| {
            let [fastest, median, slowest] = [1, 50, 100].map(|it| sample.seconds(it));
            format!("{name:<44}{fastest:>10.3}{median:>10.3}{slowest:>10.3}{ratio:>10.2}")
        };
        let versus = |sample: &Sample| sample.seconds(50) / self.by_hand.seconds(50);
        vec![
            format!(
                "{:<44}{:>10}{:>10}{:>10}{:>10}",
                format!("{} tenants", self.tenants),
                "fastest",
                "median",
                "slowest",
                "by hand"
            ),
            row("by hand, nothing written down (baseline)", &self.by_hand, 1.0),
            row("rollout, first tenant to last", &self.product, versus(&self.product)),
            row("  of it before the first tenant", &self.before, versus(&self.before)),
            row("  of it after the last one", &self.after, versus(&self.after)),
            row("  and its gates, before", &self.gates, versus(&self.gates)),
            row("Alembic, one process", &self.alembic, versus(&self.alembic)),
            row("Alembic, one process for one tenant", &self.process, versus(&self.process)),
            format!("Alembic, one process a tenant, scaled: {:.1} s", self.processes_seconds()),
            format!(
                "the rollout is {:.1} times as fast as Alembic, {:.0} times as one process a tenant; most memory {:.1} MB",
                self.versus_alembic(),
                self.versus_processes(),
                self.peak_mb
            ),
        ]
    }

    fn figures(&self) -> [(&'static str, f64); 11] {
        [
            ("seconds", self.product.seconds(50)),
            ("gates_seconds", self.gates.seconds(50)),
            ("before_seconds", self.before.seconds(50)),
            ("after_seconds", self.after.seconds(50)),
            ("raw_seconds", self.by_hand.seconds(50)),
            ("raw_ratio", self.raw_ratio()),
            ("alembic_seconds", self.alembic.seconds(50)),
            ("alembic_process_seconds", self.process.seconds(50)),
            ("vs_alembic", self.versus_alembic()),
            ("vs_alembic_processes", self.versus_processes()),
            ("rss_mb", rounded(self.peak_mb)),
        ]
    }
}
