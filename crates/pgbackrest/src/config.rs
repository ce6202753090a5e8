//! The text of pgBackRest's configuration, and the settings of a server that archives by it. Pure.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use cloison_local_postgres::Cluster;

use crate::{error::Error, program::Program, stanza::StanzaName};

/// The server whose data is archived, as it runs now. Its port and its socket may be others after its next start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub data: PathBuf,
    pub socket_dir: PathBuf,
    pub port: u16,
    /// Comes in by the socket without a password.
    pub superuser: String,
}

impl Server {
    pub fn of(cluster: &Cluster) -> Self {
        Self {
            data: cluster.data(),
            socket_dir: cluster.socket_dir().to_owned(),
            port: cluster.port(),
            superuser: cluster.superuser().to_owned(),
        }
    }
}

/// How much is kept, and at which pace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How far back one can go at least. What is older goes once a full backup is that old.
    pub retention_days: u32,
    /// Processes that compress, for a backup and for a restore.
    pub processes: u32,
    /// What is committed is in the archive after this long, even if little is written: the most that is lost with the
    /// server's disk.
    pub archive_timeout: Duration,
}

impl Settings {
    /// Two weeks, two processes, fifty seconds: with the time that a segment takes into the archive, what was committed a
    /// minute ago is there.
    pub const USUAL: Self =
        Self { retention_days: 14, processes: 2, archive_timeout: Duration::from_secs(50) };
}

/// Where a stanza keeps what, below its folder.
pub(crate) const CONFIG: &str = "pgbackrest.conf";
pub(crate) const REPOSITORY: &str = "repository";
pub(crate) const LOG: &str = "log";
pub(crate) const LOCK: &str = "lock";
pub(crate) const SPOOL: &str = "spool";

/// All of the file. Nothing is left to the machine's own configuration, which is not read.
pub(crate) fn render(
    folder: &Path,
    name: &StanzaName,
    server: &Server,
    settings: &Settings,
) -> Result<String, Error> {
    let path = |it: &Path| {
        let text = it.to_str().filter(|it| !it.contains(char::is_control) && it.trim() == *it);
        text.map(str::to_owned).ok_or_else(|| Error::Path { path: it.to_owned() })
    };
    let below = |it: &str| path(&folder.join(it));
    let global = [
        ("repo1-path", below(REPOSITORY)?),
        // A database has some three hundred files, most of them tiny.
        ("repo1-bundle", "y".to_owned()),
        ("repo1-retention-full-type", "time".to_owned()),
        ("repo1-retention-full", settings.retention_days.to_string()),
        ("compress-type", "zst".to_owned()),
        ("process-max", settings.processes.to_string()),
        // The checkpoint at once, and not within minutes.
        ("start-fast", "y".to_owned()),
        // One segment at a time: a failure is then in the server's own log and statistics.
        ("archive-async", "n".to_owned()),
        ("log-path", below(LOG)?),
        ("lock-path", below(LOCK)?),
        ("spool-path", below(SPOOL)?),
        // Nobody rotates the file, so only what is amiss goes there; the caller is told on stderr.
        ("log-level-file", "warn".to_owned()),
        ("log-level-console", "off".to_owned()),
        ("log-level-stderr", "warn".to_owned()),
    ];
    let own = [
        ("pg1-path", path(&server.data)?),
        ("pg1-socket-path", path(&server.socket_dir)?),
        ("pg1-port", server.port.to_string()),
        ("pg1-user", server.superuser.clone()),
    ];
    let mut text = String::from("# Written at every start.\n[global]\n");
    let mut lines = |section: &str, pairs: &[(&str, String)]| {
        text.push_str(section);
        for (key, value) in pairs {
            writeln!(text, "{key}={value}").expect("a string takes any text");
        }
    };
    lines("", &global);
    lines(&format!("\n[{name}]\n"), &own);
    Ok(text)
}

/// What a server has to be started with so that its log is archived.
pub(crate) fn server_settings(
    program: &Program,
    folder: &Path,
    name: &StanzaName,
    settings: &Settings,
) -> Vec<(String, String)> {
    let push = shell(program, folder, name, "archive-push \"%p\"");
    let seconds = settings.archive_timeout.as_secs();
    [
        ("archive_mode", "on".to_owned()),
        ("archive_command", push),
        ("archive_timeout", format!("{seconds}s")),
        // Less would leave out what a replay needs.
        ("wal_level", "replica".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// How a restored server fetches log: from the same archive, for data that lies elsewhere.
pub(crate) fn restore_command(
    program: &Program,
    folder: &Path,
    name: &StanzaName,
    data: &Path,
) -> String {
    let get = format!("--pg1-path={} archive-get %f \"%p\"", quoted(data));
    shell(program, folder, name, &get)
}

fn shell(program: &Program, folder: &Path, name: &StanzaName, rest: &str) -> String {
    let (program, config) = (quoted(program.path()), quoted(&folder.join(CONFIG)));
    format!("{program} --config={config} --stanza={name} {rest}")
}

/// For a shell, in a text in which PostgreSQL replaces what follows a percent sign.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''").replace('%', "%%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(data: &str) -> Server {
        Server {
            data: data.into(),
            socket_dir: "/srv/socket".into(),
            port: 5433,
            superuser: "postgres".into(),
        }
    }

    #[test]
    fn the_file_says_everything() {
        let name = "server-eu-1".parse().unwrap();
        let folder = Path::new("/srv/backups/eu 1");
        let text = render(folder, &name, &server("/srv/data"), &Settings::USUAL).unwrap();
        assert_eq!(
            text,
            "# Written at every start.\n\
             [global]\n\
             repo1-path=/srv/backups/eu 1/repository\n\
             repo1-bundle=y\n\
             repo1-retention-full-type=time\n\
             repo1-retention-full=14\n\
             compress-type=zst\n\
             process-max=2\n\
             start-fast=y\n\
             archive-async=n\n\
             log-path=/srv/backups/eu 1/log\n\
             lock-path=/srv/backups/eu 1/lock\n\
             spool-path=/srv/backups/eu 1/spool\n\
             log-level-file=warn\n\
             log-level-console=off\n\
             log-level-stderr=warn\n\
             \n\
             [server-eu-1]\n\
             pg1-path=/srv/data\n\
             pg1-socket-path=/srv/socket\n\
             pg1-port=5433\n\
             pg1-user=postgres\n"
        );
    }

    #[test]
    fn a_path_that_would_begin_another_line_is_refused() {
        let name = "server-eu-1".parse().unwrap();
        for data in ["/srv/data\nrepo1-path=/etc", " /srv/data", "/srv/data "] {
            let refused = render(Path::new("/srv"), &name, &server(data), &Settings::USUAL);
            assert!(matches!(refused, Err(Error::Path { .. })), "{data:?}");
        }
    }

    #[test]
    fn a_path_is_one_word_to_the_shell_and_to_postgresql() {
        assert_eq!(quoted(Path::new("/a b/it's 100%p")), r"'/a b/it'\''s 100%%p'");
    }
}
