//! What `pgbackrest verify` found: every file of the repository read, and its checksum compared.
//!
//! A segment that is missing between others is no finding of pgBackRest's, which looks at what is there; the holes are
//! found here, from the names.

use crate::{error::Error, wal::Segment};

/// The state of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// pgBackRest's words on what it could not read, or read otherwise than it was written.
    pub damaged: Vec<String>,
    /// Nothing after the first of them can be reached from a backup before it.
    pub missing: Vec<Segment>,
}

impl Verified {
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty() && self.missing.is_empty()
    }

    /// ```text
    /// stanza: eu-1
    /// status: error
    ///   backup: 20261128-193329F, status: invalid, total files checked: 964, total valid files: 963
    ///     checksum invalid: 1
    /// ```
    pub(crate) fn parse(text: &str, missing: Vec<Segment>) -> Result<Self, Error> {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
        let status = lines.iter().find_map(|it| it.strip_prefix("status: "));
        let damaged = match status {
            Some("ok") => Vec::new(),
            Some(_) => lines.iter().filter(|it| is_amiss(it)).map(|it| (*it).to_owned()).collect(),
            None => return Err(Error::Words { command: "verify", said: text.trim().to_owned() }),
        };
        Ok(Self { damaged, missing })
    }
}

/// Of what is as it should be, pgBackRest says so.
fn is_amiss(line: &str) -> bool {
    let counts =
        |line: &str| line.split(", ").all(|it| it.ends_with(": 0") && !it.contains("total"));
    let heads = ["stanza: ", "status: "];
    !heads.iter().any(|it| line.starts_with(it))
        && !line.contains("status: valid")
        && !counts(line)
        && {
            // `archiveId: 15-1, total WAL checked: 7, total valid WAL: 7`
            let totals: Vec<&str> = line
                .split(", ")
                .filter_map(|it| it.strip_prefix("total ")?.rsplit_once(": "))
                .map(|it| it.1)
                .collect();
            !(line.starts_with("archiveId: ") && totals.windows(2).all(|it| it[0] == it[1]))
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_read() {
        let sound = Verified::parse("stanza: eu-1\nstatus: ok\n", Vec::new()).unwrap();
        assert!(sound.is_sound());
        let hole = "000000010000000000000004".parse().unwrap();
        assert!(!Verified::parse("status: ok\n", vec![hole]).unwrap().is_sound());
        let text = "stanza: eu-1\nstatus: error\n\
            \x20 archiveId: 15-1, total WAL checked: 7, total valid WAL: 7\n\
            \x20   missing: 0, checksum invalid: 0, size invalid: 0, other: 0\n\
            \x20 backup: 20261128-193329F, status: invalid, total files checked: 964, total valid files: 963\n\
            \x20   missing: 0, checksum invalid: 1, size invalid: 0, other: 0\n\
            \x20 backup: 20261129-193329F, status: valid, total files checked: 964, total valid files: 964\n";
        let damaged = Verified::parse(text, Vec::new()).unwrap().damaged;
        assert_eq!(
            damaged,
            [
                "backup: 20261128-193329F, status: invalid, total files checked: 964, total valid files: 963",
                "missing: 0, checksum invalid: 1, size invalid: 0, other: 0"
            ]
        );
        let segment = "status: error\n archiveId: 15-1, total WAL checked: 7, total valid WAL: 6\n";
        assert_eq!(Verified::parse(segment, Vec::new()).unwrap().damaged.len(), 1);
        assert!(Verified::parse("", Vec::new()).is_err());
    }
}
