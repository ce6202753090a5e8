//! Databases, and PostgreSQL's own programs at work on them.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use cloison_archive::bundle::ProgramOutput;
use cloison_archive::tables::{DatabaseFacts, Snapshot, facts};
use cloison_testkit::{Database, Server, program};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::Command;
use tokio_postgres::Client;
use tokio_util::task::TaskTracker;

/// What databases can hold that is hard to copy.
pub(crate) const NASTY: &str = include_str!("nasty.sql");

/// The studio's schema, with rows in it. The roles that it is for have to be there.
pub(crate) fn studio() -> String {
    let (schema, rows) = (include_str!("../../../studio/schema.sql"), include_str!("studio.sql"));
    // Its functions come before its tables.
    format!("set check_function_bodies = off; {schema}; {rows}")
}

pub(crate) async fn run(client: &Client, sql: &str) {
    client.simple_query(sql).await.unwrap_or_else(|error| panic!("{error:?}: {sql:.200}"));
}

pub(crate) async fn database(server: &Server, hint: &str, sql: &str) -> Database {
    let database = server.database(hint).await;
    run(&database.connect().await, sql).await;
    database
}

pub(crate) async fn open(database: &Database) -> Snapshot {
    Snapshot::open(database.connect().await, &TaskTracker::new()).await.unwrap()
}

pub(crate) async fn facts_of(database: &Database) -> DatabaseFacts {
    facts(&open(database).await).await.unwrap()
}

/// One of PostgreSQL's programs, connected as the superuser.
pub(crate) fn command(name: &str, server: &Server) -> Command {
    let mut command = Command::new(program(name));
    connected(&mut command, server);
    command
}

fn connected(command: &mut Command, server: &Server) {
    let address = server.address();
    command
        .env("PGHOST", &address.socket_dir)
        .env("PGPORT", address.port.to_string())
        .env("PGUSER", "postgres")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .kill_on_drop(true);
}

/// `pg_dump` at work, as something to read.
pub(crate) fn dumping(database: &Database, arguments: &[String]) -> ProgramOutput {
    let mut command = command("pg_dump", database.server());
    command.args(arguments).arg(database.name());
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    ProgramOutput::new("pg_dump", child).unwrap()
}

pub(crate) async fn dump(database: &Database, arguments: &[&str]) -> Vec<u8> {
    let arguments: Vec<String> = arguments.iter().map(|&it| it.to_owned()).collect();
    let mut bytes = Vec::new();
    dumping(database, &arguments).read_to_end(&mut bytes).await.unwrap();
    bytes
}

/// Into an empty database; any error ends it.
pub(crate) async fn restore(dump: &[u8], into: &Database) {
    let mut command = command("pg_restore", into.server());
    command
        .args(["--exit-on-error", "--no-owner", "--no-privileges", "--dbname", into.name()])
        .stdin(Stdio::piped());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let (written, ended) = tokio::join!(
        async {
            // If it stops reading, what it says is worth more.
            drop(stdin.write_all(dump).await);
            drop(stdin);
        },
        child.wait_with_output()
    );
    let () = written;
    let ended = ended.unwrap();
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
}

/// A line of a shell, in a folder, with PostgreSQL's programs on the PATH.
pub(crate) async fn shell(line: &str, folder: &Path, server: &Server) -> String {
    let programs = program("pg_restore").parent().unwrap().to_owned();
    let mut command = Command::new("sh");
    connected(&mut command, server);
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", programs.display());
    let ran = command.env("PATH", path).current_dir(folder).args(["-c", line]).output().await;
    let ran = ran.unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{line}: {said}");
    String::from_utf8(ran.stdout).unwrap()
}

/// Asks until the answer is yes, for what announces itself in no other way; a minute at most.
pub(crate) async fn eventually(client: &Client, question: &str) {
    for _ in 0..6_000 {
        if client.query_one(question, &[]).await.unwrap().get::<_, bool>(0) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never: {question}");
}
