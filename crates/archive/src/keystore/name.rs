//! Names of keys.

use std::fmt;
use std::str::FromStr;

use cloison_model::TenantId;
use uuid::Uuid;

const TENANT: &str = "tenant-";
const CONTROL: &str = "control";
const SIGNING: &str = "signing";

/// Whose key it is.
///
/// Its text is lower-case letters, digits and hyphens, so it is a file's name and a part of an address as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyName {
    /// Opens this tenant's archives.
    Tenant(TenantId),
    /// Opens the archives of the control database.
    Control,
    /// Opens what manifests and certificates are signed with.
    Signing,
}

/// A text that names no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' names no key: it is `tenant-` and an organization's id, `control` or `signing`")]
pub struct UnknownKeyName(String);

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tenant(id) => write!(f, "{TENANT}{id}"),
            Self::Control => f.write_str(CONTROL),
            Self::Signing => f.write_str(SIGNING),
        }
    }
}

impl FromStr for KeyName {
    type Err = UnknownKeyName;

    /// One text a key: other spellings of an id are not taken.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = match text {
            CONTROL => Some(Self::Control),
            SIGNING => Some(Self::Signing),
            _ => text
                .strip_prefix(TENANT)
                .and_then(|id| Uuid::parse_str(id).ok())
                .map(|id| Self::Tenant(TenantId(id)))
                .filter(|it| it.to_string() == text),
        };
        name.ok_or_else(|| UnknownKeyName(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_has_one_spelling() {
        let id = Uuid::from_u128(0xABC);
        for name in [KeyName::Tenant(TenantId(id)), KeyName::Control, KeyName::Signing] {
            assert_eq!(name.to_string().parse(), Ok(name));
        }
        for text in [
            "",
            "tenant-",
            "Control",
            "tenant-00000000-0000-0000-0000-000000000ABC",
            "tenant-00000000000000000000000000000abc",
            "tenant-../signing",
            "signing.destroyed",
        ] {
            assert!(text.parse::<KeyName>().is_err(), "{text}");
        }
    }
}
