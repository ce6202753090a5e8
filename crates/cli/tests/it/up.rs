//! `cloison up` as a child process. It stops, with its clusters, when the test process ends.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, Mutex, mpsc};
use std::thread;

use cloison_catalog::queries::servers::{Server, server_list};
use cloison_catalog::{Catalog, DATABASE, ROLE};
use cloison_control::pg::{AdminClient, ddl};
use cloison_control::releases::ReleaseSource;
use cloison_control::{Control, MasterKey};
use cloison_model::{Release, ServerId};
use cloison_testkit::free_port;
use tokio_util::task::TaskTracker;

/// One running platform. Dropping it closes its standard input, which is how it is told to stop.
pub(crate) struct Up {
    child: Child,
    pub(crate) port: u16,
    pub(crate) ops_port: u16,
    pub(crate) data_dir: PathBuf,
    /// What it printed until it was ready.
    pub(crate) announced: String,
    pub(crate) token: String,
    /// What it prints after that.
    heard: Mutex<mpsc::Receiver<String>>,
}

/// The one that most tests share, with the demo's two studios: `demo` and `lantern`.
pub(crate) static SHARED: LazyLock<Up> =
    LazyLock::new(|| Up::start(&fresh_data_dir(), &["--demo"]));

/// Where operations can be stopped half-way: nothing is made ahead, so whoever holds the template
/// ([`Up::hold_template`]) keeps a new tenant from being made. No test here lets one be made.
pub(crate) static STALLED: LazyLock<Up> =
    LazyLock::new(|| Up::start_without_spares(&fresh_data_dir(), &[]));

impl Up {
    pub(crate) fn start(data_dir: &Path, options: &[&str]) -> Self {
        Self::start_as(data_dir, options, cloison(data_dir))
    }

    /// With nothing made ahead, so that a new tenant is cloned while one looks.
    pub(crate) fn start_without_spares(data_dir: &Path, options: &[&str]) -> Self {
        let mut command = cloison(data_dir);
        command.env("CLOISON_WORK_SPARES_PER_SERVER", "0");
        Self::start_as(data_dir, options, command)
    }

    /// From a command of this binary that knows its environment already.
    pub(crate) fn start_as(data_dir: &Path, options: &[&str], mut command: Command) -> Self {
        let (port, ops_port) = (free_port(), free_port());
        let mut child = command
            .args([
                "up",
                "--until-stdin-closes",
                "--port",
                &port.to_string(),
                "--ops-port",
                &ops_port.to_string(),
            ])
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary was built for this test");
        let stdout = child.stdout.take().expect("stdout is piped");
        let (lines, heard) = mpsc::channel();
        // Reads to the end, so that the child never waits for a full pipe.
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                drop(lines.send(line));
            }
        });
        let mut announced = String::new();
        while !announced.contains("Ctrl-C stops everything.") {
            let line = heard
                .recv()
                .unwrap_or_else(|_| panic!("`cloison up` ended early; it said:\n{announced}"));
            announced.push_str(&line);
            announced.push('\n');
        }
        let token =
            fs::read_to_string(data_dir.join("secrets/api.token")).expect("up writes a token");
        Self {
            child,
            port,
            ops_port,
            data_dir: data_dir.to_owned(),
            announced,
            token,
            heard: Mutex::new(heard),
        }
    }

    pub(crate) fn url(&self, host: &str) -> String {
        format!("http://{host}:{}", self.port)
    }

    /// The newest sign-in link that was announced for a studio.
    pub(crate) fn sign_in_url(&self, subdomain: &str) -> String {
        let start = self.url(&format!("{subdomain}.localhost"));
        self.announced
            .split_whitespace()
            .find(|it| it.starts_with(&format!("{start}/sign-in/")))
            .unwrap_or_else(|| panic!("no sign-in link for {subdomain} in:\n{}", self.announced))
            .to_owned()
    }

    /// Another command of the same binary, asking this platform.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        cloison(&self.data_dir).args(arguments).output().expect("the binary runs")
    }

    /// The control plane over this platform's data, for looking behind the scenes.
    pub(crate) fn control(&self) -> Control {
        let secret = |name: &str| {
            fs::read_to_string(self.data_dir.join("secrets").join(name)).expect("up made it")
        };
        let port = self.control_port();
        let mut config = tokio_postgres::Config::new();
        config
            .host("127.0.0.1")
            .port(port)
            .dbname(DATABASE)
            .user(ROLE)
            .password(secret("control.password").trim());
        let key = MasterKey::parse(&secret("master.key")).expect("up wrote a key");
        let release = Release::from_files(cloison_studio::MIGRATIONS)
            .expect("the studio's migrations are named right");
        let source = ReleaseSource::Carried(release.into());
        Control::new(Catalog::new(config, 4), key, source, TaskTracker::new())
    }

    /// A new sign-in link, good for one test.
    pub(crate) fn fresh_sign_in_url(&self, subdomain: &str) -> String {
        let made = self.run(&["tenants", "sign-in-link", subdomain]);
        assert!(made.status.success(), "{made:?}");
        String::from_utf8(made.stdout).expect("a URL is text").trim().to_owned()
    }

    /// Where the administrator of the tenants' server gets in.
    pub(crate) async fn server_socket_dir(&self) -> PathBuf {
        PathBuf::from(self.server().await.admin_host)
    }

    /// One column of text, asked of the tenants' server as its administrator, sorted.
    pub(crate) async fn on_server(&self, query: &str) -> Vec<String> {
        let control = self.control();
        let catalog = control.catalog.client().await.expect("the control database runs");
        let admin = control
            .admin(&catalog, ServerId(self.server().await.id))
            .await
            .expect("it is registered");
        let client = admin.connect("postgres").await.expect("the server runs");
        let rows = client.query(query, &[]).await.expect("it answers");
        let mut column: Vec<String> = rows.iter().map(|it| it.get(0)).collect();
        column.sort();
        column
    }

    /// While this is kept, no tenant is cloned: PostgreSQL clones nothing that somebody is connected to.
    pub(crate) async fn hold_template(&self) -> AdminClient {
        let control = self.control();
        let catalog = control.catalog.client().await.expect("the control database runs");
        let server = ServerId(self.server().await.id);
        let admin = control.admin(&catalog, server).await.expect("it is registered");
        admin.connect(ddl::TEMPLATE).await.expect("the server runs")
    }

    async fn server(&self) -> Server {
        let control = self.control();
        let client = control.catalog.client().await.expect("the control database runs");
        let servers = server_list().bind(&client, &10).all().await.expect("it answers");
        servers.into_iter().next().expect("up registers one")
    }

    /// Stops the control database's cluster behind the platform's back, and waits until it has gone.
    pub(crate) fn stop_control_database(&self) {
        stop_cluster(&cloison_local_postgres::Cluster::home_of(
            &self.data_dir.join("clusters/control"),
        ));
    }

    /// The same with the cluster that tenants are on.
    pub(crate) fn stop_tenants_server(&self) {
        stop_cluster(&self.server_home());
    }

    pub(crate) fn control_port(&self) -> u16 {
        let home =
            cloison_local_postgres::Cluster::home_of(&self.data_dir.join("clusters/control"));
        postmaster_line(&home, 3).parse().expect("the fourth line of postmaster.pid is the port")
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// As kill -9 does: no goodbye, the clusters go on.
    pub(crate) fn kill(mut self) -> PathBuf {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
        self.data_dir.clone()
    }

    /// Asks it to stop and waits for it; its exit must be clean.
    pub(crate) fn stop(self) -> PathBuf {
        let data_dir = self.data_dir.clone();
        self.stop_and_tell();
        data_dir
    }

    /// The same, and answers all that it has printed on stdout.
    pub(crate) fn stop_and_tell(mut self) -> String {
        drop(self.child.stdin.take());
        let status = self.child.wait().expect("it ends");
        assert!(status.success(), "`cloison up` ended with {status}");
        let heard = self.heard.get_mut().expect("nobody panics while listening");
        heard.iter().fold(self.announced.clone(), |said, line| said + &line + "\n")
    }

    /// The homes of its PostgreSQL clusters.
    pub(crate) fn clusters(&self) -> Vec<PathBuf> {
        let clusters = fs::read_dir(self.data_dir.join("clusters")).expect("up made it");
        clusters
            .map(|it| cloison_local_postgres::Cluster::home_of(&it.expect("it is listed").path()))
            .collect()
    }

    /// The home of the cluster that tenants are on.
    pub(crate) fn server_home(&self) -> PathBuf {
        let control =
            cloison_local_postgres::Cluster::home_of(&self.data_dir.join("clusters/control"));
        let mut homes = self.clusters();
        homes.retain(|it| *it != control);
        homes.pop().expect("up starts one")
    }

    /// A session of a cluster's superuser, which only the socket lets in.
    pub(crate) async fn superuser(home: &Path, database: &str) -> tokio_postgres::Client {
        let mut config = tokio_postgres::Config::new();
        config.host_path(postmaster_line(home, 4)).user("postgres").dbname(database);
        config.port(postmaster_line(home, 3).parse().expect("it is a port"));
        let (client, connection) = config.connect(tokio_postgres::NoTls).await.expect("it runs");
        #[expect(clippy::disallowed_methods, reason = "the task ends with the client")]
        tokio::spawn(connection);
        client
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}

/// Waits until nobody listens there any more.
fn stop_cluster(home: &Path) {
    let (pid, port) = (postmaster_line(home, 0), postmaster_line(home, 3));
    let told =
        Command::new("kill").args(["-INT", &pid]).status().expect("kill is a program everywhere");
    assert!(told.success());
    let port: u16 = port.parse().expect("the fourth line of postmaster.pid is the port");
    while TcpStream::connect(("127.0.0.1", port)).is_ok() {
        thread::yield_now();
    }
}

fn postmaster_line(home: &Path, line: usize) -> String {
    let mut text = String::new();
    let found = walk(home).find(|it| it.ends_with("postmaster.pid")).expect("the cluster runs");
    fs::File::open(found).and_then(|mut it| it.read_to_string(&mut text)).expect("it can be read");
    text.lines().nth(line).expect("postmaster.pid has eight lines").trim().to_owned()
}

/// The folder and the folders in it.
fn walk(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let children = |it: &Path| {
        fs::read_dir(it).into_iter().flatten().map_while(Result::ok).map(|it| it.path())
    };
    children(folder)
        .chain(children(folder).flat_map(move |it| children(&it).collect::<Vec<_>>()))
        .collect::<Vec<_>>()
        .into_iter()
}

/// The binary, with none of the environment's settings.
pub(crate) fn cloison(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cloison"));
    for variable in [
        "CLOISON_CONFIG",
        "CLOISON_LOG",
        "CLOISON_LOG_FORMAT",
        "CLOISON_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "CLOISON_MASTER_KEY",
        "CLOISON_CONTROL_PASSWORD",
        "CLOISON_URL",
        "CLOISON_TOKEN",
        "CLOISON_PORT",
        "CLOISON_OPS_PORT",
        "CLOISON_SERVERS",
        "CLOISON_TENANT_MIGRATIONS",
        "CLOISON_BASE_DOMAIN",
    ] {
        command.env_remove(variable);
    }
    command.env("CLOISON_DATA_DIR", data_dir);
    // A backup of each cluster would be made while tests want the processors; those that are about it ask for it.
    command.env("CLOISON_POINT_IN_TIME", "false");
    command
}

/// A folder of this run; those of runs that have ended are removed.
pub(crate) fn fresh_data_dir() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("up");
        for old in fs::read_dir(&root).into_iter().flatten().map_while(Result::ok) {
            let alive =
                old.file_name().to_str().is_some_and(|it| Path::new("/proc").join(it).exists());
            if !alive {
                for cluster in fs::read_dir(old.path()).into_iter().flatten().map_while(Result::ok)
                {
                    for data_dir in fs::read_dir(cluster.path().join("clusters"))
                        .into_iter()
                        .flatten()
                        .map_while(Result::ok)
                    {
                        drop(cloison_local_postgres::Cluster::remove(&data_dir.path()));
                    }
                }
                drop(fs::remove_dir_all(old.path()));
            }
        }
        root.join(std::process::id().to_string())
    });
    let data_dir = ROOT.join(COUNT.fetch_add(1, Ordering::Relaxed).to_string());
    fs::create_dir_all(&data_dir).expect("the target folder can be written");
    data_dir
}
