//! Names of keys.

use std::fmt;
use std::str::FromStr;

use cloison_model::TenantId;
use uuid::Uuid;

const TENANT: &str = "tenant-";
const FISCAL: &str = "fiscal-";
const CONTROL: &str = "control";
const SIGNING: &str = "signing";

/// Whose key it is.
///
/// Its text is lower-case letters, digits and hyphens, so it is a file's name and a part of an address as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyName {
    /// Opens this tenant's archives.
    Tenant(TenantId),
    /// Opens what a law wants kept of this tenant. Another than the tenant's, which is destroyed when the tenant is erased.
    Fiscal(TenantId),
    /// Opens the archives of the control database.
    Control,
    /// Opens what manifests and certificates are signed with.
    Signing,
}

/// A text that names no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "'{0}' names no key: it is `tenant-` or `fiscal-` and an organization's id, `control` or `signing`"
)]
pub struct UnknownKeyName(String);

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tenant(id) => write!(f, "{TENANT}{id}"),
            Self::Fiscal(id) => write!(f, "{FISCAL}{id}"),
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
            _ => of_tenant(text, TENANT, Self::Tenant)
                .or_else(|| of_tenant(text, FISCAL, Self::Fiscal))
                .filter(|it| it.to_string() == text),
        };
        name.ok_or_else(|| UnknownKeyName(text.to_owned()))
    }
}

fn of_tenant(text: &str, prefix: &str, name: fn(TenantId) -> KeyName) -> Option<KeyName> {
    let id = Uuid::parse_str(text.strip_prefix(prefix)?).ok()?;
    Some(name(TenantId(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_has_one_spelling() {
        let id = Uuid::from_u128(0xABC);
        let of_tenant = [KeyName::Tenant(TenantId(id)), KeyName::Fiscal(TenantId(id))];
        for name in of_tenant.into_iter().chain([KeyName::Control, KeyName::Signing]) {
            assert_eq!(name.to_string().parse(), Ok(name));
        }
        for text in [
            "",
            "tenant-",
            "fiscal-",
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
