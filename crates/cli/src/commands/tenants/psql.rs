//! `cloison tenants psql`: PostgreSQL's own shell, with the tenant's own rights.
//!
//! The password goes by a file that only its owner can read: arguments and environment can be seen by others
//! or handed on.

use std::ffi::OsString;
use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, ExitStatus};
use std::{env, fs};

use anyhow::{Context, Result};
use cloison_api::Credentials;
use tokio::process::Command;
use tokio::signal::unix::{SignalKind, signal};
use uuid::Uuid;

use crate::complaint::Complaint;

/// What would lead psql elsewhere, or past the password file.
const MISLEADING: [&str; 5] =
    ["PGHOSTADDR", "PGSERVICE", "PGSERVICEFILE", "PGPASSWORD", "PGOPTIONS"];

/// A folder that nobody else can look into. It goes when it is dropped, and the password with it.
struct PrivateFolder(PathBuf);

pub(super) async fn run(credentials: &Credentials, arguments: &[OsString]) -> Result<ExitCode> {
    let folder = PrivateFolder::new(&env::temp_dir()).context("make a private folder")?;
    let file = folder.password_file(credentials).context("write the password file")?;

    // Ctrl-C is for psql, which stops a query by it. Whoever ends us otherwise ends psql too.
    let _interrupt = signal(SignalKind::interrupt()).context("listen for Ctrl-C")?;
    let mut terminate = signal(SignalKind::terminate()).context("listen for signals")?;
    let mut hang_up = signal(SignalKind::hangup()).context("listen for signals")?;
    let mut child = command(credentials, &file, arguments).spawn().map_err(refused)?;
    tokio::select! {
        ended = child.wait() => Ok(exit_code(ended.context("wait for psql")?)),
        _ = terminate.recv() => Ok(ExitCode::FAILURE),
        _ = hang_up.recv() => Ok(ExitCode::FAILURE),
    }
}

/// Names go by the environment, where none of them is read as a connection string.
fn command(credentials: &Credentials, password_file: &Path, arguments: &[OsString]) -> Command {
    let Credentials { host, port, database, user, password: _ } = credentials;
    let mut command = Command::new("psql");
    for variable in MISLEADING {
        command.env_remove(variable);
    }
    command
        .arg("--no-password")
        .args(arguments)
        .env("PGHOST", host)
        .env("PGPORT", port.to_string())
        .env("PGDATABASE", database)
        .env("PGUSER", user)
        .env("PGPASSFILE", password_file)
        .env("PGAPPNAME", "cloison tenants psql")
        .kill_on_drop(true);
    command
}

fn refused(error: io::Error) -> anyhow::Error {
    if error.kind() == io::ErrorKind::NotFound {
        return Complaint::new(
            "psql is not installed, or not on the PATH",
            "it is PostgreSQL's own client, and does not come with Cloison",
            "on Debian and Ubuntu: apt-get install postgresql-client",
        )
        .into();
    }
    anyhow::Error::from(error).context("start psql")
}

/// psql's own, so that a script sees what psql means by it.
fn exit_code(status: ExitStatus) -> ExitCode {
    match status.code().and_then(|it| u8::try_from(it).ok()) {
        Some(code) => ExitCode::from(code),
        None => ExitCode::FAILURE,
    }
}

impl PrivateFolder {
    /// Refuses a folder that is already there, whoever made it.
    fn new(parent: &Path) -> io::Result<Self> {
        let path = parent.join(format!("cloison-{}", Uuid::new_v4().simple()));
        DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }

    fn password_file(&self, credentials: &Credentials) -> io::Result<PathBuf> {
        let path = self.0.join("pgpass");
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(line(credentials).as_bytes())?;
        Ok(path)
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "could not remove {}, which holds a password", self.0.display());
        }
    }
}

/// `host:port:database:user:password`, as libpq reads it.
fn line(credentials: &Credentials) -> String {
    let Credentials { host, port, database, user, password } = credentials;
    let port = port.to_string();
    let fields = [host, &port, database, user, password];
    format!("{}\n", fields.map(|it| it.replace('\\', "\\\\").replace(':', "\\:")).join(":"))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn credentials(host: &str, password: &str) -> Credentials {
        Credentials {
            host: host.to_owned(),
            port: 5432,
            database: "studio_1_db".to_owned(),
            user: "studio_1_db".to_owned(),
            password: password.to_owned(),
        }
    }

    #[test]
    fn a_line_for_libpq() {
        assert_eq!(
            line(&credentials("127.0.0.1", "hunter2")),
            "127.0.0.1:5432:studio_1_db:studio_1_db:hunter2\n"
        );
        assert_eq!(
            line(&credentials("::1", r"a:b\c")),
            "\\:\\:1:5432:studio_1_db:studio_1_db:a\\:b\\\\c\n"
        );
    }

    #[test]
    fn nobody_else_can_read_it_and_nothing_stays() {
        let folder = PrivateFolder::new(&env::temp_dir()).unwrap();
        let file = folder.password_file(&credentials("127.0.0.1", "hunter2")).unwrap();
        let mode = |it: &Path| fs::metadata(it).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder.0), mode(&file)), (0o700, 0o600));
        let path = folder.0.clone();
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn the_password_is_in_no_argument_and_in_no_variable() {
        let command = command(&credentials("127.0.0.1", "hunter2"), Path::new("/x/pgpass"), &[]);
        assert!(!format!("{:?}", command.as_std()).contains("hunter2"));
    }
}
