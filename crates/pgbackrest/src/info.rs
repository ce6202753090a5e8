//! What `pgbackrest info` knows: the backups, and the archive between and after them.

use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;

use crate::{
    error::Error,
    wal::{Segment, parse_lsn},
};

/// How a backup builds on earlier ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Needs no other.
    Full,
    /// What has changed since the last full one.
    Diff,
    /// What has changed since the last one of any kind.
    Incr,
}

impl Kind {
    /// As pgBackRest spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Diff => "diff",
            Self::Incr => "incr",
        }
    }
}

/// What there is of one stanza. Backups come oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Info {
    pub backups: Vec<Backup>,
    /// One for each server that has written here, the present one last.
    pub archives: Vec<Archive>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    pub label: String,
    pub kind: Kind,
    pub start: Timestamp,
    pub stop: Timestamp,
    /// The size of the server's files.
    pub server_bytes: u64,
    /// What this backup added to the repository.
    pub added_bytes: u64,
    pub first_segment: Segment,
    pub last_segment: Segment,
    /// Where in the log its files fit each other.
    pub consistent_lsn: u64,
    /// A page of the server did not fit its checksum when it was read.
    pub has_bad_pages: bool,
    /// The archive that it is replayed from.
    pub archive: u32,
    /// Known only if the backup was asked for by its label.
    pub databases: Option<Vec<DatabaseRef>>,
}

/// A database as a backup lists it; those that every server has are `template0` to `postgres`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DatabaseRef {
    pub name: String,
    pub oid: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// As `15-1`: the major version, and the number that backups name it by.
    pub id: String,
    pub number: u32,
    pub first: Segment,
    pub last: Segment,
}

impl Backup {
    /// From here on a server restored from it can stop. The clock of `stop` counts whole seconds, rounded down.
    pub fn restorable_from(&self) -> Timestamp {
        self.stop + 1.second()
    }
}

impl Info {
    /// The earliest moment to which the server can be restored.
    pub fn restorable_from(&self) -> Option<Timestamp> {
        self.backups.iter().map(Backup::restorable_from).min()
    }

    pub fn archive(&self, number: u32) -> Option<&Archive> {
        self.archives.iter().find(|it| it.number == number)
    }

    /// `[{"name": .., "backup": [..], "archive": [..]}]`, one for each stanza that was asked for.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let unknown = |source| Error::Answer { command: "info", source };
        let stanzas: Vec<StanzaText> = serde_json::from_str(text).map_err(unknown)?;
        let mut info = Self::default();
        for stanza in stanzas {
            for backup in stanza.backup {
                info.backups.push(backup.read()?);
            }
            info.archives.extend(stanza.archive.into_iter().filter_map(ArchiveText::read));
        }
        info.backups.sort_by_key(|it| (it.start, it.stop));
        Ok(info)
    }
}

#[derive(Deserialize)]
struct StanzaText {
    #[serde(default)]
    backup: Vec<BackupText>,
    #[serde(default)]
    archive: Vec<ArchiveText>,
}

#[derive(Deserialize)]
struct BackupText {
    label: String,
    #[serde(rename = "type")]
    kind: Kind,
    timestamp: Seconds,
    info: Sizes,
    archive: Ends,
    lsn: Ends,
    #[serde(default)]
    error: bool,
    database: DatabaseText,
    #[serde(default, rename = "database-ref")]
    databases: Option<Vec<DatabaseRef>>,
}

#[derive(Deserialize)]
struct Seconds {
    start: i64,
    stop: i64,
}

#[derive(Deserialize)]
struct Sizes {
    size: u64,
    repository: RepositorySizes,
}

#[derive(Deserialize)]
struct RepositorySizes {
    delta: u64,
}

#[derive(Deserialize)]
struct Ends {
    start: String,
    stop: String,
}

#[derive(Deserialize)]
struct DatabaseText {
    id: u32,
}

/// An archive without a segment in it has neither end.
#[derive(Deserialize)]
struct ArchiveText {
    id: String,
    database: DatabaseText,
    min: Option<String>,
    max: Option<String>,
}

impl BackupText {
    fn read(self) -> Result<Backup, Error> {
        let odd = |said: String| Error::Words { command: "info", said };
        let at = |seconds| Timestamp::from_second(seconds).map_err(|error| odd(error.to_string()));
        let segment = |name: &str| name.parse::<Segment>().map_err(|error| odd(error.to_string()));
        let lsn = &self.lsn.stop;
        Ok(Backup {
            consistent_lsn: parse_lsn(lsn).ok_or_else(|| odd(lsn.clone()))?,
            kind: self.kind,
            start: at(self.timestamp.start)?,
            stop: at(self.timestamp.stop)?,
            server_bytes: self.info.size,
            added_bytes: self.info.repository.delta,
            first_segment: segment(&self.archive.start)?,
            last_segment: segment(&self.archive.stop)?,
            has_bad_pages: self.error,
            archive: self.database.id,
            databases: self.databases,
            label: self.label,
        })
    }
}

impl ArchiveText {
    fn read(self) -> Option<Archive> {
        Some(Archive {
            number: self.database.id,
            first: self.min?.parse().ok()?,
            last: self.max?.parse().ok()?,
            id: self.id,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As version 2.45 printed it, shortened.
    const ANSWER: &str = r#"[{"archive":[{"database":{"id":1,"repo-key":1},"id":"15-1","max":"000000010000000000000005",
        "min":"000000010000000000000001"}],"backup":[{"archive":{"start":"000000010000000000000002","stop":
        "000000010000000000000003"},"backrest":{"format":5,"version":"2.45"},"database":{"id":1,"repo-key":1},
        "database-ref":[{"name":"postgres","oid":5}],"error":false,"info":{"delta":22992555,"repository":
        {"delta":2821649,"size":2821650},"size":22992556},"label":"20261128-193329F","lsn":{"start":"0/2000028",
        "stop":"0/3000050"},"prior":null,"reference":null,"timestamp":{"start":1795894409,"stop":1795894411},
        "type":"full"}],"cipher":"none","name":"s","status":{"code":0,"message":"ok"}}]"#;

    #[test]
    fn an_answer_is_read() {
        let info = Info::parse(ANSWER).unwrap();
        let backup = &info.backups[0];
        assert_eq!((backup.label.as_str(), backup.kind), ("20261128-193329F", Kind::Full));
        assert_eq!((backup.server_bytes, backup.added_bytes), (22_992_556, 2_821_649));
        assert_eq!(backup.consistent_lsn, 0x300_0050);
        assert_eq!(backup.databases.as_ref().unwrap()[0].name, "postgres");
        assert_eq!(info.restorable_from().unwrap().to_string(), "2026-11-28T19:33:32Z");
        assert_eq!(info.archive(1).unwrap().last.to_string(), "000000010000000000000005");
    }

    #[test]
    fn a_stanza_that_is_not_there_has_nothing() {
        let none = r#"[{"archive":[],"backup":[],"name":"s","status":{"code":1,"message":"missing stanza path"}}]"#;
        assert_eq!(Info::parse(none).unwrap(), Info::default());
        assert_eq!(Info::default().restorable_from(), None);
        assert!(Info::parse("no JSON").is_err());
    }
}
