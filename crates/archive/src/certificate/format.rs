//! The word that tells a certificate from whatever else is signed with the same key.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

const FORMAT: &str = "cloison-erasure-certificate/1";

/// The kind and version of the document. No other word reads as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateFormat;

impl Serialize for CertificateFormat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(FORMAT)
    }
}

impl<'de> Deserialize<'de> for CertificateFormat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        if word == FORMAT {
            Ok(Self)
        } else {
            Err(D::Error::custom(format!("its format is '{word}' and not '{FORMAT}'")))
        }
    }
}
