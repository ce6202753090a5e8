//! `cloison erasures verify`: reads a certificate and believes nothing that is not as it was signed. It asks no server, so whoever was
//! erased can run it.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use cloison_archive::{
    CERTIFICATE_BYTES_MAX, DeletedCount, ErasureCertificate, FileKind, Holder, Kept, KeptKind,
    SignatureError, VerifiedCertificate, VerifyingKey, verify_file,
};
use jiff::Timestamp;
use serde_json::json;

use crate::complaint::Complaint;
use crate::output::{Output, grouped, list};

pub(super) fn run(file: &Path, key: Option<&str>, output: Output) -> Result<ExitCode> {
    let expected = key.map(|it| it.trim().parse::<VerifyingKey>()).transpose();
    let expected = expected.map_err(|error| {
        Complaint::new(
            format!("--key: {error}"),
            "nothing was verified",
            "take it as it is printed by: cloison erasures key",
        )
    })?;
    let verified = verify_file(&read(file)?, expected.as_ref())
        .map_err(|error| refused(&error).at(&file.display().to_string()))?;
    let document = json!({
        "certificate": &verified.certificate,
        "key": { "public_key": verified.key.to_string(), "fingerprint": verified.key.fingerprint() },
        "is_expected_key": expected.is_some(),
    });
    output.print(&document, || text(&verified, expected.is_some()))?;
    Ok(ExitCode::SUCCESS)
}

/// A little more than a certificate can have, so that one that is too long is told so.
fn read(file: &Path) -> Result<Vec<u8>> {
    let opened = File::open(file).with_context(|| format!("open {}", file.display()))?;
    let mut bytes = Vec::new();
    let most = CERTIFICATE_BYTES_MAX as u64 + 1;
    opened
        .take(most)
        .read_to_end(&mut bytes)
        .with_context(|| format!("read {}", file.display()))?;
    Ok(bytes)
}

/// Each has its own words: a file that is something else is a slip, one that was altered is not.
fn refused(error: &SignatureError) -> Complaint {
    match error {
        SignatureError::NotSuchADocument { why } => Complaint::new(
            format!("this is no certificate of an erasure: {why}"),
            "it may be another file, or cut off on its way",
            "take it again with: cloison erasures certificate ID -o FILE",
        ),
        SignatureError::Altered { key_id } => Complaint::new(
            format!("it was ALTERED after it was signed with the key {key_id}"),
            "nothing that it says is to be believed",
            "ask whoever issued it for another, and tell them",
        ),
        SignatureError::AnotherKey { found, expected } => Complaint::new(
            format!("it is signed with the key {found} and not with {expected}"),
            "it is unaltered, but it is not from whom it should be",
            "compare the key with one that came another way; whoever runs the platform prints it with: cloison erasures key",
        ),
    }
}

fn text(verified: &VerifiedCertificate, is_expected: bool) -> String {
    let it = &verified.certificate;
    let whose = if is_expected {
        "It is as it was signed, with the key that was expected.".to_owned()
    } else {
        format!(
            "It is as it was signed. Whose key that was it cannot say itself: compare\n  {}\nwith a fingerprint that came another way.",
            verified.key.fingerprint()
        )
    };
    let file = match verified.kind {
        FileKind::Json => "",
        FileKind::Pdf => " What is said here is in the document that is attached to the PDF.",
    };
    format!("{whose}{file}\n\n{}\n{}", done(it), remains(it))
}

fn done(it: &ErasureCertificate) -> String {
    let done = &it.done;
    let key = format!(
        "{}, {} in {}",
        at(done.key_destroyed.gone_at),
        done.key_destroyed.name,
        done.key_destroyed.keystore
    );
    list(&[
        ("certificate", &it.certificate_id.to_string()),
        ("organization", &format!("{} ({})", it.organization_number, it.organization_id)),
        ("asked by", &it.requested_by),
        ("asked", &at(it.requested_at)),
        ("reason", &it.reason),
        ("no legal hold", &at(done.legal_hold_checked_at)),
        ("closed to everybody", &at(done.fenced_at)),
        ("database dropped", &at(done.database_dropped_at)),
        ("role dropped", &at(done.role_dropped_at)),
        ("backups deleted", &deleted(&done.archives_deleted)),
        ("exports deleted", &deleted(&done.exports_deleted)),
        ("key destroyed", &key),
        ("tombstone", &at(done.tombstone_written_at)),
    ])
}

fn remains(it: &ErasureCertificate) -> String {
    let copies = it.point_in_time_until.map_or_else(
        || "none: the servers keep no point-in-time copies".to_owned(),
        |until| {
            format!(
                "among those of others, in the servers' point-in-time copies until {}",
                at(until)
            )
        },
    );
    let mut text = list(&[("still there", &copies)]);
    if it.kept.is_empty() {
        text.push_str(&list(&[("kept by law", "nothing")]));
    }
    for kept in &it.kept {
        text.push_str(&list(&[("kept by law", &kept_words(kept))]));
    }
    text
}

fn kept_words(kept: &Kept) -> String {
    let what = match kept.what {
        KeptKind::FiscalArchive => "a fiscal archive",
    };
    let who = match kept.held_by {
        Holder::Organization => "the organization itself",
        Holder::Operator => "whoever runs the platform",
    };
    format!(
        "{what} of {} bytes, held by {who} since {}; {}; SHA-256 {}",
        grouped(i64::try_from(kept.bytes).unwrap_or(i64::MAX)),
        at(kept.handed_over_at),
        kept.law,
        kept.sha256
    )
}

fn deleted(it: &DeletedCount) -> String {
    format!("{}, {} in {} objects and versions", at(it.at), it.count, it.versions)
}

fn at(it: Timestamp) -> String {
    it.strftime("%Y-%m-%d %H:%M:%S UTC").to_string()
}
