//! One server's share of pgBackRest: its name, its folder, and what can be asked for.

use std::{
    ffi::OsString,
    fmt, fs,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
    process::Output,
    str::FromStr,
    time::Duration,
};

use cloison_local_postgres::Account;

use crate::{
    command,
    config::{self, CONFIG, LOCK, LOG, REPOSITORY, SPOOL, Server, Settings},
    error::{Error, at},
    info::{Info, Kind},
    program::Program,
    verify::Verified,
    wal::{self, Segment},
};

/// For what reads or writes little. pgBackRest waits up to a minute for a segment to arrive.
const SOON: Duration = Duration::from_mins(5);
/// For what goes through all of a server or of a repository.
const AT_LENGTH: Duration = Duration::from_hours(12);

/// Invariant: 1 to 48 characters of `a-z`, `0-9`, `-` and `_`, the first no hyphen. So it is a file name, an option's
/// value and a section of a configuration as it stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StanzaName(String);

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` cannot name a stanza; use 1 to 48 of a-z, 0-9, hyphen and underscore")]
pub struct StanzaNameError(String);

impl FromStr for StanzaName {
    type Err = StanzaNameError;

    fn from_str(text: &str) -> Result<Self, StanzaNameError> {
        let plain = |it: u8| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        if (1..=48).contains(&text.len()) && text.bytes().all(plain) && !text.starts_with('-') {
            return Ok(Self(text.to_owned()));
        }
        Err(StanzaNameError(text.to_owned()))
    }
}

impl fmt::Display for StanzaName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What pgBackRest keeps for one server. Making this value touches nothing; [`Stanza::configure`] does.
#[derive(Clone, Debug)]
pub struct Stanza {
    program: Program,
    name: StanzaName,
    folder: PathBuf,
    account: Account,
}

impl Stanza {
    /// `folder` holds all of it, repository included, and exists; `account` is who runs the server, and can enter it.
    pub fn new(
        program: Program,
        name: StanzaName,
        folder: impl Into<PathBuf>,
        account: Account,
    ) -> Self {
        Self { program, name, folder: folder.into(), account }
    }

    pub fn name(&self) -> &StanzaName {
        &self.name
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn account(&self) -> &Account {
        &self.account
    }

    /// What the server has to be started with.
    pub fn server_settings(&self, settings: &Settings) -> Vec<(String, String)> {
        config::server_settings(&self.program, &self.folder, &self.name, settings)
    }

    /// Writes the configuration for the server as it runs now, whole, since the server's archiving reads it at any time.
    pub fn configure(&self, server: &Server, settings: &Settings) -> Result<(), Error> {
        let text = config::render(&self.folder, &self.name, server, settings)?;
        for name in [REPOSITORY, LOG, LOCK, SPOOL] {
            let dir = self.folder.join(name);
            if !dir.is_dir() {
                self.account.private_dir(&dir).map_err(at("make the folder", &dir))?;
            }
        }
        let unfinished = self.folder.join("pgbackrest.conf.unfinished");
        let write = || {
            use std::io::Write as _;
            let mut file = fs::File::options()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&unfinished)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            self.account.own(&unfinished).map_err(std::io::Error::other)?;
            fs::rename(&unfinished, self.folder.join(CONFIG))
        };
        write().map_err(at("write", &unfinished))
    }

    /// Makes the repository for this server; one that is there is checked, and stays. The server runs.
    pub async fn create(&self) -> Result<(), Error> {
        self.done("stanza-create", &[], SOON).await.map(drop)
    }

    /// Sees that a segment of the server's log gets into the archive.
    pub async fn check(&self) -> Result<(), Error> {
        self.done("check", &[], SOON).await.map(drop)
    }

    /// Makes a backup; what is past its retention goes. Without an earlier backup to build on, any kind is a full one.
    pub async fn backup(&self, kind: Kind) -> Result<(), Error> {
        let kind = format!("--type={}", kind.as_str());
        self.done("backup", &[kind.into()], AT_LENGTH).await.map(drop)
    }

    /// Removes what is past its retention.
    pub async fn expire(&self) -> Result<(), Error> {
        self.done("expire", &[], SOON).await.map(drop)
    }

    /// What there is. A stanza that was never created has nothing.
    pub async fn info(&self) -> Result<Info, Error> {
        Info::parse(&self.done("info", &["--output=json".into()], SOON).await?)
    }

    /// What there is of one backup, with the databases in it.
    pub async fn info_of(&self, label: &str) -> Result<Info, Error> {
        let set = format!("--set={label}");
        Info::parse(&self.done("info", &["--output=json".into(), set.into()], SOON).await?)
    }

    /// The segments of an archive, in their order.
    pub async fn segments(&self, archive: &str) -> Result<Vec<Segment>, Error> {
        let path = format!("archive/{}/{archive}", self.name);
        let listing = self.done("repo-ls", &["--recurse".into(), path.into()], SOON).await?;
        Ok(wal::listed(&listing))
    }

    /// Reads all of the repository and says what is amiss.
    pub async fn verify(&self) -> Result<Verified, Error> {
        let info = self.info().await?;
        if info.backups.is_empty() && info.archives.is_empty() {
            return Err(Error::NoStanza { stanza: self.name.clone() });
        }
        let mut missing = Vec::new();
        for archive in &info.archives {
            missing.extend(wal::holes(&self.segments(&archive.id).await?, archive.first));
        }
        let ended =
            self.run("verify", &["--output=text".into(), "--verbose".into()], AT_LENGTH).await?;
        let said = String::from_utf8_lossy(&ended.stdout);
        // Some versions say what they found by their exit code, too.
        if !ended.status.success() && !said.contains("status: ") {
            return Err(self.refusal("verify", &ended));
        }
        Verified::parse(&said, missing)
    }

    /// Puts the files of a backup into an empty folder: all of them, or only those of some databases besides what every
    /// server has. No server is told to do anything with them.
    pub(crate) async fn restore_files(
        &self,
        label: &str,
        data: &Path,
        databases: &[u32],
    ) -> Result<(), Error> {
        let mut path = OsString::from("--pg1-path=");
        path.push(data);
        // Else a tablespace would go to where the live server has it.
        let mut tablespaces = OsString::from("--tablespace-map-all=");
        tablespaces.push(data.with_extension("tablespaces"));
        let mut arguments =
            vec![path, tablespaces, format!("--set={label}").into(), "--type=none".into()];
        arguments.extend(databases.iter().map(|it| format!("--db-include={it}").into()));
        self.done("restore", &arguments, AT_LENGTH).await.map(drop)
    }

    /// How a server whose data lies in this folder fetches log from this archive.
    pub(crate) fn restore_command(&self, data: &Path) -> String {
        config::restore_command(&self.program, &self.folder, &self.name, data)
    }

    /// What it printed.
    async fn done(
        &self,
        command: &'static str,
        arguments: &[OsString],
        within: Duration,
    ) -> Result<String, Error> {
        let ended = self.run(command, arguments, within).await?;
        if !ended.status.success() {
            return Err(self.refusal(command, &ended));
        }
        let warned = String::from_utf8_lossy(&ended.stderr);
        if !warned.trim().is_empty() {
            tracing::debug!(stanza = %self.name, "pgbackrest {command}: {}", warned.trim());
        }
        Ok(String::from_utf8_lossy(&ended.stdout).into_owned())
    }

    async fn run(
        &self,
        command: &'static str,
        arguments: &[OsString],
        within: Duration,
    ) -> Result<Output, Error> {
        let mut config = OsString::from("--config=");
        config.push(self.folder.join(CONFIG));
        // As the server's own user: the files that pgBackRest reads and makes are the server's.
        let mut running = self.account.command(self.program.path().as_os_str());
        running.arg(config).arg(format!("--stanza={}", self.name)).arg(command).args(arguments);
        command::run(running, command, within).await
    }

    fn refusal(&self, command: &'static str, ended: &Output) -> Error {
        let said = String::from_utf8_lossy(&ended.stderr);
        Error::of(&self.name, command, ended.status.code(), &said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_be_no_option_and_no_path() {
        for good in ["control", "server-eu-1", "a_b", "1"] {
            assert_eq!(good.parse::<StanzaName>().unwrap().to_string(), good);
        }
        for bad in ["", "-x", "a/b", "..", "a b", "A", "é", &"a".repeat(49)] {
            assert!(bad.parse::<StanzaName>().is_err(), "{bad}");
        }
    }
}
