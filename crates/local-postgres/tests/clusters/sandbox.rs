//! A folder to start clusters in, which is stopped and removed with the test.

use std::{
    env, fs,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    process::{self, Command},
};

use cloison_local_postgres::{Cluster, ClusterConfig, Durability, Installation, StartError};

pub(crate) struct Sandbox {
    root: PathBuf,
    pub(crate) installation: Installation,
}

impl Sandbox {
    pub(crate) fn new(test: &str) -> Self {
        let root = env::temp_dir().join(format!("cloison-local-{test}-{}", process::id()));
        fs::create_dir_all(&root).unwrap();
        let explicit = env::var_os("CLOISON_PG_BIN").map(PathBuf::from);
        let installation = Installation::find(explicit.as_deref()).unwrap();
        Self { root: fs::canonicalize(root).unwrap(), installation }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    pub(crate) fn config(&self) -> ClusterConfig {
        ClusterConfig {
            durability: Durability::Disposable,
            ..ClusterConfig::new(self.path("data"))
        }
    }

    pub(crate) fn start(&self, config: &ClusterConfig) -> Result<Cluster, StartError> {
        Cluster::start(&self.installation, config)
    }

    /// One value, asked for as the superuser by the socket.
    pub(crate) fn ask(&self, cluster: &Cluster, sql: &str) -> String {
        let socket_dir = cluster.socket_dir().to_str().unwrap();
        self.psql(cluster, &format!("host={socket_dir} user=postgres dbname=postgres"), sql)
            .unwrap()
    }

    /// One value, or what psql said instead.
    pub(crate) fn psql(
        &self,
        cluster: &Cluster,
        connection: &str,
        sql: &str,
    ) -> Result<String, String> {
        let output = Command::new(self.installation.program("psql"))
            .args(["--no-psqlrc", "--no-password", "--tuples-only", "--no-align", "--command", sql])
            .arg(format!("{connection} port={}", cluster.port()))
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() { Ok(text(&output.stdout)) } else { Err(text(&output.stderr)) }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // A test that fails may have left a server running.
        for entry in fs::read_dir(&self.root).into_iter().flatten().flatten() {
            drop(Cluster::remove(&entry.path()));
        }
        drop(fs::remove_dir_all(&self.root));
    }
}

/// The pid of the server, which is the first line of its pid file.
pub(crate) fn pid(cluster: &Cluster) -> i32 {
    let file = fs::read_to_string(cluster.home().join("data/postmaster.pid")).unwrap();
    file.lines().next().unwrap().parse().unwrap()
}

pub(crate) fn owner_and_mode(path: &Path) -> (u32, u32) {
    let metadata = fs::metadata(path).unwrap();
    (metadata.uid(), metadata.mode() & 0o777)
}

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}
