//! The signed document inside the PDF of a certificate.
//!
//! It is attached as it stands, not packed, so finding it takes no reader of PDF.

use serde::de::IgnoredAny;

pub(super) const FILE_NAME: &str = "certificate.json";

/// How a signed document begins. Inside a text of JSON its quotes would be escaped.
const BEGINNING: &[u8] = b"{\n  \"payload\": \"";

pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

/// The attached document. A file with two is one that somebody has added to, and has none.
pub(super) fn find(pdf: &[u8]) -> Result<&[u8], &'static str> {
    let mut found = places(pdf);
    let (first, second) = (found.next(), found.next());
    let start = match (first, second) {
        (None, _) => return Err("no certificate is attached to the PDF: ask for the JSON file"),
        (Some(_), Some(_)) => {
            return Err(
                "more than one certificate is attached to the PDF: somebody has added to it",
            );
        }
        (Some(start), None) => start,
    };
    let rest = &pdf[start..];
    let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<IgnoredAny>();
    match values.next() {
        Some(Ok(_)) => Ok(&rest[..values.byte_offset()]),
        Some(Err(_)) | None => Err("the certificate that is attached to the PDF is damaged"),
    }
}

fn places(pdf: &[u8]) -> impl Iterator<Item = usize> {
    let braces = pdf.iter().enumerate().filter(|(_, byte)| **byte == BEGINNING[0]);
    braces.map(|(at, _)| at).filter(|at| pdf[*at..].starts_with(BEGINNING))
}
