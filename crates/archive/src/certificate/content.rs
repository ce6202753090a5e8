//! What stands on the pages, in order, before anybody has thought of pages.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::moment::moment;
use super::words::{Counted, Words};
use super::{DeletedCount, ErasureCertificate, Holder, Kept, KeptKind};
use crate::signing::VerifyingKey;

/// Digits of a fingerprint that the eye takes in at once.
const FINGERPRINT_GROUP: usize = 4;

/// One piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    Title(String),
    /// A paragraph across the page.
    Text(String),
    Heading(String),
    /// A name, what there is to it, and what is to be said about that.
    Row {
        label: String,
        value: String,
        note: String,
    },
}

/// How to write it.
pub(super) struct Manner<'a> {
    pub(super) words: &'a Words,
    pub(super) zone: &'a TimeZone,
}

impl Manner<'_> {
    fn at(&self, at: Timestamp) -> String {
        moment(self.words, self.zone, at)
    }

    /// `1,204 archives`.
    fn count(&self, count: u64, noun: &Counted) -> String {
        let noun = if count == 1 { noun.one } else { noun.many };
        format!("{} {noun}", grouped(&count.to_string(), 3, self.words.thousands))
    }
}

pub(super) fn content(
    manner: &Manner<'_>,
    certificate: &ErasureCertificate,
    key: &VerifyingKey,
) -> Vec<Block> {
    let words = manner.words;
    let times_of = manner.zone.iana_name().map(|name| fill(words.times_of, name));
    let lead = [words.lead, times_of.as_deref().unwrap_or_default()].join(" ");
    let mut blocks = vec![Block::Title(words.title.to_owned()), Block::Text(lead)];
    blocks.extend(request(manner, certificate));
    blocks.extend(done(manner, certificate));
    blocks.extend(remains(manner, certificate));
    blocks.push(Block::Heading(words.check.to_owned()));
    blocks.push(Block::Text(words.check_how.to_owned()));
    blocks.push(Block::Text(words.check_other.to_owned()));
    blocks.push(row(words.key_id, key.key_id()));
    blocks.push(row(words.fingerprint, spaced(&key.fingerprint())));
    blocks
}

fn request(manner: &Manner<'_>, certificate: &ErasureCertificate) -> Vec<Block> {
    let words = manner.words;
    vec![
        Block::Heading(words.request.to_owned()),
        noted(
            words.organization,
            certificate.organization_number.to_string(),
            certificate.organization_id.to_string(),
        ),
        row(words.requested_by, certificate.requested_by.clone()),
        row(words.requested, manner.at(certificate.requested_at)),
        row(words.reason, certificate.reason.clone()),
        noted(
            words.certificate,
            certificate.certificate_id.to_string(),
            format!("{} {}", words.issued, manner.at(certificate.issued_at)),
        ),
    ]
}

fn done(manner: &Manner<'_>, certificate: &ErasureCertificate) -> Vec<Block> {
    let words = manner.words;
    let done = &certificate.done;
    let key = &done.key_destroyed;
    let mut key_note = fill(words.key_in, &format!("{} ({})", key.keystore, key.name));
    if key.gone_at > certificate.issued_at {
        key_note = format!("{} {key_note}", words.key_later);
    }
    vec![
        Block::Heading(words.done.to_owned()),
        noted(words.legal_hold, manner.at(done.legal_hold_checked_at), words.legal_hold_none),
        row(words.fenced, manner.at(done.fenced_at)),
        row(words.database, manner.at(done.database_dropped_at)),
        row(words.role, manner.at(done.role_dropped_at)),
        deleted(
            manner,
            words.archives,
            &done.archives_deleted,
            &words.archive_count,
            words.archives_none,
        ),
        deleted(
            manner,
            words.exports,
            &done.exports_deleted,
            &words.export_count,
            words.exports_none,
        ),
        noted(words.key, manner.at(key.gone_at), key_note),
        noted(words.tombstone, manner.at(done.tombstone_written_at), words.tombstone_means),
    ]
}

fn deleted(
    manner: &Manner<'_>,
    label: &str,
    deleted: &DeletedCount,
    noun: &Counted,
    none: &str,
) -> Block {
    let note = if deleted.count == 0 && deleted.versions == 0 {
        none.to_owned()
    } else {
        let versions = manner.count(deleted.versions, &manner.words.version_count);
        format!("{}, {versions}", manner.count(deleted.count, noun))
    };
    noted(label, manner.at(deleted.at), note)
}

fn remains(manner: &Manner<'_>, certificate: &ErasureCertificate) -> Vec<Block> {
    let words = manner.words;
    let backups = match certificate.point_in_time_until {
        None => words.point_in_time_none.to_owned(),
        Some(until) => fill(words.point_in_time_until, &manner.at(until)),
    };
    let mut blocks =
        vec![Block::Heading(words.remains.to_owned()), row(words.point_in_time, backups)];
    if certificate.kept.is_empty() {
        blocks.push(row(words.kept, words.kept_none));
    }
    blocks.extend(certificate.kept.iter().map(|it| kept(manner, it)));
    blocks
}

fn kept(manner: &Manner<'_>, kept: &Kept) -> Block {
    let words = manner.words;
    let what = match kept.what {
        KeptKind::FiscalArchive => words.fiscal_archive,
    };
    let held_by = match kept.held_by {
        Holder::Organization => words.held_by_organization,
        Holder::Operator => words.held_by_operator,
    };
    let held_by = fill(held_by, &manner.at(kept.handed_over_at));
    let bytes = manner.count(kept.bytes, &words.byte_count);
    let note = format!("{held_by}\n{bytes}, SHA-256 {}", spaced(&kept.sha256));
    noted(words.kept, format!("{what} ({})", kept.law), note)
}

fn row(label: &str, value: impl Into<String>) -> Block {
    noted(label, value, "")
}

fn noted(label: &str, value: impl Into<String>, note: impl Into<String>) -> Block {
    Block::Row { label: label.to_owned(), value: value.into(), note: note.into() }
}

fn fill(text: &str, with: &str) -> String {
    text.replacen("{}", with, 1)
}

/// From the front, for the eye.
fn spaced(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let groups = digits.chunks(FINGERPRINT_GROUP).map(|it| it.iter().collect::<String>());
    groups.collect::<Vec<_>>().join(" ")
}

/// From the back, as numbers are.
fn grouped(digits: &str, length: usize, between: &str) -> String {
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(length) {
            text.push_str(between);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_from_the_back_and_fingerprints_from_the_front() {
        for (digits, text) in
            [("1", "1"), ("999", "999"), ("1000", "1,000"), ("1234567", "1,234,567")]
        {
            assert_eq!(grouped(digits, 3, ","), text);
        }
        assert_eq!(spaced("0123456789"), "0123 4567 89");
    }
}
