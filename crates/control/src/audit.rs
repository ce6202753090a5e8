//! Writing to the audit log, and whether it is what was written: walks the chain of hashes from its first row to its head.
//!
//! The hashes are computed here, outside the database that is examined. Who can rewrite the log can
//! rewrite all its hashes too; that shows only against a head that was noted elsewhere, which is what
//! the noted [`Link`] is for.

use std::fmt;
use std::str::FromStr;

use cloison_catalog::queries::audit::{self as queries, AuditChain};
use cloison_catalog::{Catalog, GenericClient, Unavailable};
use cloison_model::hexadecimal;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio_postgres::IsolationLevel;
use tokio_postgres::types::Json;

/// Rows that are read at a time.
const PAGE: i64 = 1_000;
/// What the first row follows, as the migration wrote it.
const START: (i64, &[u8]) = (0, &[0]);

/// Writes a row. Whoever else writes one waits until the commit.
///
/// `detail` holds no secret and nothing about a person: the log can never be cleaned.
pub async fn append(
    client: &impl GenericClient,
    actor: &str,
    action: &str,
    subject: &str,
    detail: &Value,
) -> Result<(), tokio_postgres::Error> {
    queries::audit_append().bind(client, &actor, &action, &subject, &Json(detail)).one().await?;
    Ok(())
}

/// A row's id and hash: what is noted elsewhere, as `<id>:<hash>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: i64,
    pub hash: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a noted head is <id>:<hash>, as `audit verify` prints it")]
pub struct LinkError;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Rows that are as they were written.
    pub rows: i64,
    /// The newest of them.
    pub head: Link,
    pub fault: Option<Fault>,
}

/// The first thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Missing { id: i64, found: i64 },
    Unlinked { id: i64 },
    Changed { id: i64 },
    UnknownFormat { id: i64, format: i16 },
    OlderFormat { id: i64 },
    CutOff { last: i64, head: i64 },
    BeyondHead { last: i64, head: i64 },
    OtherHead { last: i64 },
    NotedMissing { id: i64 },
    NotedOther { id: i64 },
}

#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    #[error("read the audit log")]
    Database(#[from] tokio_postgres::Error),
}

/// How far the walk has come.
struct Walk {
    last: Link,
    format: i16,
    noted: Option<Link>,
}

/// Reads the whole log, in pages, as it was at one moment.
pub async fn verify(catalog: &Catalog, noted: Option<Link>) -> Result<Report, VerifyError> {
    let mut client = catalog.client().await?;
    let txn = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .await?;
    let head = queries::audit_head().bind(&txn).one().await?;
    let head = Link { id: head.last_id, hash: head.last_hash };
    let mut walk = Walk::new(noted);
    let fault = loop {
        let rows = queries::audit_chain().bind(&txn, &walk.last.id, &PAGE).all().await?;
        if rows.is_empty() {
            break walk.end(&head).err();
        }
        if let Err(fault) = rows.iter().try_for_each(|it| walk.follow(it)) {
            break Some(fault);
        }
    };
    txn.rollback().await?;
    Ok(Report { rows: walk.last.id, head: walk.last, fault })
}

impl Walk {
    fn new(noted: Option<Link>) -> Self {
        Self { last: Link { id: START.0, hash: START.1.to_vec() }, format: 0, noted }
    }

    fn follow(&mut self, row: &AuditChain) -> Result<(), Fault> {
        let id = self.last.id + 1;
        if row.id != id {
            return Err(Fault::Missing { id, found: row.id });
        }
        if row.previous_hash != self.last.hash {
            return Err(Fault::Unlinked { id });
        }
        if row.format < self.format {
            return Err(Fault::OlderFormat { id });
        }
        let fields = fields(row).ok_or(Fault::UnknownFormat { id, format: row.format })?;
        let hash = Sha256::new().chain_update(&row.previous_hash).chain_update(fields).finalize();
        if row.hash != hash.as_slice() {
            return Err(Fault::Changed { id });
        }
        if self.noted.as_ref().is_some_and(|it| it.id == id && it.hash != row.hash) {
            return Err(Fault::NotedOther { id });
        }
        self.last = Link { id, hash: row.hash.clone() };
        self.format = row.format;
        Ok(())
    }

    fn end(&self, head: &Link) -> Result<(), Fault> {
        let last = self.last.id;
        if last < head.id {
            return Err(Fault::CutOff { last, head: head.id });
        }
        if last > head.id {
            return Err(Fault::BeyondHead { last, head: head.id });
        }
        if self.last.hash != head.hash {
            return Err(Fault::OtherHead { last });
        }
        match &self.noted {
            Some(noted) if !(1..=last).contains(&noted.id) => {
                Err(Fault::NotedMissing { id: noted.id })
            }
            Some(_) | None => Ok(()),
        }
    }
}

/// What a row's hash covers, after the hash of the row before it. `audit_append` does the same.
fn fields(row: &AuditChain) -> Option<String> {
    let id = row.id.to_string();
    let said = [&id, &row.written, &row.actor, &row.action, &row.subject, &row.detail];
    match row.format {
        1 => Some(said.map(String::as_str).join("|")),
        2 => {
            let framed = |it: &str| format!("{}:{it},", it.len());
            Some(framed("2") + &said.map(|it| framed(it)).concat())
        }
        _unknown => None,
    }
}

impl FromStr for Link {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        let (id, hash) = text.split_once(':').ok_or(LinkError)?;
        let is_hash = hash.len() == 64 && hash.bytes().all(|it| it.is_ascii_hexdigit());
        let id = id.parse().ok().filter(|it| *it > 0 && is_hash).ok_or(LinkError)?;
        let digits = hash.as_bytes().chunks(2);
        let hash = digits.map(|it| {
            let pair = str::from_utf8(it).expect("hexadecimal digits are ASCII");
            u8::from_str_radix(pair, 16).expect("two hexadecimal digits are a byte")
        });
        Ok(Self { id, hash: hash.collect() })
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.id, hexadecimal(&self.hash))
    }
}

impl Fault {
    /// The row to look at.
    pub fn row(&self) -> i64 {
        match *self {
            Self::Missing { id, .. }
            | Self::Unlinked { id }
            | Self::Changed { id }
            | Self::UnknownFormat { id, .. }
            | Self::OlderFormat { id }
            | Self::NotedMissing { id }
            | Self::NotedOther { id } => id,
            Self::CutOff { last, .. } => last + 1,
            Self::BeyondHead { head, .. } => head + 1,
            Self::OtherHead { last } => last,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { id, found } => {
                write!(f, "row {id} is missing: the next one is row {found}")
            }
            Self::Unlinked { id } => {
                write!(f, "row {id} does not follow the row before it: one of the two was replaced")
            }
            Self::Changed { id } => {
                write!(f, "row {id} was changed: its hash is not that of what it says")
            }
            Self::UnknownFormat { id, format } => {
                write!(f, "row {id} is in format {format}, which this version does not know")
            }
            Self::OlderFormat { id } => {
                write!(
                    f,
                    "row {id} is in an older format than the row before it: it was not written by Cloison"
                )
            }
            Self::CutOff { last, head } => {
                write!(
                    f,
                    "the log ends at row {last}, but {head} were written: its end was cut off"
                )
            }
            Self::BeyondHead { last, head } => {
                write!(f, "the log goes on to row {last}, but {head} were written: rows were added")
            }
            Self::OtherHead { last } => {
                write!(f, "row {last} is not the one that was written last: it was replaced")
            }
            Self::NotedMissing { id } => {
                write!(f, "row {id}, which was noted elsewhere, is not in the log")
            }
            Self::NotedOther { id } => {
                write!(
                    f,
                    "row {id} has another hash than was noted elsewhere: the log was rewritten"
                )
            }
        }
    }
}
