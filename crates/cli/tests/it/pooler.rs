//! The real PgBouncer as a child process, with the files that `cloison pgbouncer-config` writes. It ends with the test.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader};
use std::iter;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;

use cloison_router::Route;
use cloison_testkit::free_port;
use tokio_postgres::{Client, Config, NoTls};
use uuid::Uuid;

use crate::up::Up;

pub(crate) struct Pooler {
    /// Where clients come in.
    door: Child,
    /// Who talks to PostgreSQL: the second PgBouncer, where there is one.
    limiter: Option<Child>,
    port: u16,
    folder: PathBuf,
}

impl Pooler {
    /// Has its files written with these options, and starts it.
    pub(crate) fn start(up: &Up, options: &[&str]) -> Self {
        // Where PostgreSQL's user can enter, whoever owns the checkout.
        let folder = env::temp_dir().join(format!("cloison-pooler-{}", Uuid::new_v4().simple()));
        fs::create_dir(&folder).unwrap();
        // PgBouncer refuses to run as root. Its folder is its user's, and so are the files.
        let account =
            (id(&["-u"]) == 0).then(|| (id(&["-u", "postgres"]), id(&["-g", "postgres"])));
        if let Some((uid, gid)) = account {
            chown(&folder, Some(uid), Some(gid)).unwrap();
        }
        let port = free_port();
        let listen = format!("127.0.0.1:{port}");
        let path = folder.to_str().unwrap();
        let written =
            up.run(&[&["pgbouncer-config", "--dir", path, "--listen", &listen], options].concat());
        assert!(written.status.success(), "{options:?}: {written:?}");
        let limiter = folder.join("limiter.ini");
        let limiter = limiter.exists().then(|| run(&limiter, account));
        Self { door: run(&folder.join("pgbouncer.ini"), account), limiter, port, folder }
    }

    /// The tenant's own credentials, presented here.
    pub(crate) fn config(&self, route: &Route) -> Config {
        let mut config = Config::new();
        config.host("127.0.0.1").port(self.port);
        config.user(route.role.as_str()).dbname(route.database.as_str());
        config.password(route.password.expose());
        config
    }

    pub(crate) async fn connect(&self, route: &Route) -> Result<Client, tokio_postgres::Error> {
        Self::try_connect(&self.config(route)).await
    }

    pub(crate) async fn try_connect(config: &Config) -> Result<Client, tokio_postgres::Error> {
        let (client, connection) = config.connect(NoTls).await?;
        #[expect(clippy::disallowed_methods, reason = "the task ends with the client")]
        tokio::spawn(connection);
        // PgBouncer answers before PostgreSQL does.
        client.query_typed("select 1", &[]).await?;
        Ok(client)
    }

    /// How many connections it has to PostgreSQL, or is opening. PostgreSQL would count those too that are on their way out,
    /// for as long as the machine is busy.
    pub(crate) fn connections_to(&self, port: u16) -> usize {
        const OPENING_OR_OPEN: [&str; 2] = ["01", "02"];
        let pid = self.limiter.as_ref().unwrap_or(&self.door).id();
        let table = fs::read_to_string(format!("/proc/{pid}/net/tcp")).unwrap();
        let there = format!("0100007F:{port:04X}");
        let mine = fs::read_dir(format!("/proc/{pid}/fd")).unwrap();
        let mine: Vec<_> = mine.filter_map(|it| fs::read_link(it.ok()?.path()).ok()).collect();
        let is_counted = |line: &&str| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            fields[2] == there
                && OPENING_OR_OPEN.contains(&fields[3])
                && mine.contains(&PathBuf::from(format!("socket:[{}]", fields[9])))
        };
        table.lines().filter(is_counted).count()
    }

    /// The names and secrets of its `auth_file`.
    pub(crate) fn users(&self) -> Vec<(String, String)> {
        let text = fs::read_to_string(self.folder.join("userlist.txt")).unwrap();
        let user = |line: &str| {
            let fields: Vec<&str> = line.split('"').collect();
            (fields[1].to_owned(), fields[3].to_owned())
        };
        text.lines().map(user).collect()
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        for child in iter::once(&mut self.door).chain(&mut self.limiter) {
            drop(child.kill());
            drop(child.wait());
        }
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// Starts one and waits until it is there.
fn run(file: &Path, account: Option<(u32, u32)>) -> Child {
    let mut command = Command::new(program());
    if let Some((uid, gid)) = account {
        command.uid(uid).gid(gid);
    }
    command.arg(file).current_dir("/").stderr(Stdio::piped());
    let mut child = command.spawn().expect("scripts/test installs it");
    let mut said = String::new();
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    while !said.contains("process up") {
        let read = stderr.read_line(&mut said).unwrap();
        assert!(read > 0, "PgBouncer ended early; it said:\n{said}");
    }
    assert!(!said.contains("WARNING") && !said.contains("ERROR"), "{said}");
    // Reads to the end, so that it never waits for a full pipe.
    thread::spawn(move || stderr.lines().map_while(Result::ok).for_each(drop));
    child
}

/// Debian keeps it where only root's PATH looks.
fn program() -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    let places = env::split_paths(&path).chain(["/usr/sbin".into()]);
    places.map(|it| it.join("pgbouncer")).find(|it| it.exists()).expect("scripts/test installs it")
}

fn id(arguments: &[&str]) -> u32 {
    let output = Command::new("id").args(arguments).output().expect("id is everywhere");
    String::from_utf8(output.stdout).unwrap().trim().parse().expect("it is a number")
}

/// The one value that a query answers.
pub(crate) async fn text(client: &Client, query: &str) -> String {
    client.query_typed_one(query, &[]).await.unwrap().get(0)
}

pub(crate) async fn number(client: &Client, query: &str) -> i64 {
    client.query_typed_one(query, &[]).await.unwrap().get(0)
}
