//! Whether a file is a certificate, without a network and without a database.

use super::{ErasureCertificate, attachment};
use crate::signing::{SignatureError, Signed, VerifyingKey};

/// More than any certificate has; its reason is a text that somebody typed.
pub const CERTIFICATE_BYTES_MAX: usize = 4 << 20;

/// What was given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// The document itself.
    Json,
    /// A PDF that has it attached. What its pages show is not checked: tell the reader what the document says.
    Pdf,
}

/// A certificate that is as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedCertificate {
    /// What it says.
    pub certificate: ErasureCertificate,
    /// Who has signed it. To be shown, where nobody was expected.
    pub key: VerifyingKey,
    /// Where it was found.
    pub kind: FileKind,
}

/// Reads a certificate, as JSON or as PDF, and believes it only if it is as it was signed, and by `expected` if somebody is.
pub fn verify_file(
    bytes: &[u8],
    expected: Option<&VerifyingKey>,
) -> Result<VerifiedCertificate, SignatureError> {
    let not_such = |why: &str| SignatureError::NotSuchADocument { why: why.to_owned() };
    if bytes.len() > CERTIFICATE_BYTES_MAX {
        return Err(not_such(&format!("it has more than {CERTIFICATE_BYTES_MAX} bytes")));
    }
    let (json, kind) = if attachment::is_pdf(bytes) {
        (attachment::find(bytes).map_err(not_such)?, FileKind::Pdf)
    } else {
        (bytes, FileKind::Json)
    };
    let signed: Signed<ErasureCertificate> = Signed::parse(json, CERTIFICATE_BYTES_MAX)?;
    let certificate = signed.verify(expected)?;
    let key = signed.key().ok_or_else(|| not_such("it has no public key"))?;
    Ok(VerifiedCertificate { certificate, key, kind })
}
