//! `prometheus-postgres-exporter`, as a child of this process.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use cloison_testkit::free_port;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep};

use crate::clusters::Cluster;

const PROGRAM: &str = "prometheus-postgres-exporter";
/// It listens at once.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a database costs with it: its size and its statistics, read in each.
const QUERIES: &str = "\
pg_own:
  query: \"select current_database() as datname, pg_database_size(current_database()) as bytes, \
xact_commit, numbackends from pg_stat_database where datname = current_database()\"
  metrics:
    - datname: {usage: LABEL, description: Name}
    - bytes: {usage: GAUGE, description: Size}
    - xact_commit: {usage: COUNTER, description: Transactions}
    - numbackends: {usage: GAUGE, description: Connections}
";

pub(super) struct Exporter {
    child: Child,
    url: String,
    queries: std::path::PathBuf,
}

impl Exporter {
    pub(super) async fn start(server: &Cluster) -> Result<Self> {
        let port = free_port();
        let queries = std::env::temp_dir().join(format!("cloison-exporter-{port}.yaml"));
        std::fs::write(&queries, QUERIES).context("write the exporter's queries")?;
        let child = Command::new(PROGRAM)
            .arg("--auto-discover-databases")
            .arg(format!("--extend.query-path={}", queries.display()))
            .arg(format!("--web.listen-address=127.0.0.1:{port}"))
            .env("DATA_SOURCE_NAME", format!("{} sslmode=disable", server.database("postgres")))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("start {PROGRAM}; on Debian: apt-get install {PROGRAM}"))?;
        let exporter = Self { child, url: format!("http://127.0.0.1:{port}/metrics"), queries };
        let until = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            if Instant::now() > until {
                bail!("{PROGRAM} does not listen");
            }
            sleep(Duration::from_millis(20)).await;
        }
        Ok(exporter)
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Exporter {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        drop(std::fs::remove_file(&self.queries));
    }
}

/// Tenants' databases that it has looked into.
pub(super) fn databases(text: &str) -> usize {
    text.lines().filter(|it| it.starts_with("pg_own_bytes{") && it.contains("studio_")).count()
}
