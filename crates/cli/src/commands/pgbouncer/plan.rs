//! What is to be written, with every name parsed: nothing in a plan can break out of the line that it stands in.

use std::net::SocketAddr;
use std::path::Path;

use cloison_api::{PgBouncerPlace, PgBouncerUser};
use cloison_model::{DatabaseName, RoleName};

use crate::args::Entries;
use crate::complaint::Complaint;

/// The role that looks verifiers up, and the schema of its function. The server makes both.
pub(super) const LOOKUP: &str = "cloison_pgbouncer";

#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) shape: Shape,
    pub(super) entries: Entries,
    pub(super) verifiers: Verifiers,
    pub(super) servers: Vec<Place>,
    pub(super) listen: SocketAddr,
    /// Where the files are, as the files themselves name it.
    pub(super) folder: Word,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    TenantRoles,
    SharedRole { role: RoleName, connections: i32 },
}

/// Where PgBouncer finds what it compares a client's password with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verifiers {
    LookedUp,
    InTheFile,
}

#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) name: Word,
    pub(super) host: Word,
    pub(super) port: u16,
    pub(super) router_budget: i32,
    pub(super) lookups: i32,
    /// With what PostgreSQL holds each one's role to.
    pub(super) tenants: Vec<(DatabaseName, i32)>,
}

/// Invariant: 1 to 255 bytes of letters, digits and `. _ - : /`. So it ends no line, value or quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word(String);

/// How the connections of a shared role are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shares {
    pub(super) lookups: i32,
    pub(super) working: i32,
    /// PostgreSQL still counts a connection for a moment after PgBouncer has closed it.
    pub(super) leaving: i32,
}

impl Word {
    const BYTES_MAX: usize = 255;

    pub(super) fn parse(text: &str) -> Result<Self, Complaint> {
        let plain = |it: u8| it.is_ascii_alphanumeric() || b"._-:/".contains(&it);
        if (1..=Self::BYTES_MAX).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(unfit(text))
        }
    }

    pub(super) fn of_path(path: &Path) -> Result<Self, Complaint> {
        Self::parse(&path.to_string_lossy())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Place {
    pub(super) fn parse(place: &PgBouncerPlace) -> Result<Self, Complaint> {
        let tenant = |it: &cloison_api::PgBouncerTenant| {
            let name = it.database.parse().map_err(|_not_a_name| unfit(&it.database))?;
            Ok((name, it.connection_limit))
        };
        Ok(Self {
            name: Word::parse(&place.server)?,
            host: Word::parse(&place.host)?,
            port: place.port,
            router_budget: place.connection_budget,
            lookups: place.lookups,
            tenants: place.tenants.iter().map(tenant).collect::<Result<_, Complaint>>()?,
        })
    }
}

pub(super) fn role(text: &str) -> Result<RoleName, Complaint> {
    text.parse().map_err(|_not_a_name| unfit(text))
}

/// Half of what PostgreSQL lets the role have. The other half is the router's, which the same role works in.
pub(super) fn pool_size(connection_limit: i32) -> i32 {
    (connection_limit / 2).max(1)
}

pub(super) fn shares(connections: i32, lookups: i32) -> Shares {
    let leaving = (connections / 4).max(2);
    Shares { lookups, working: connections - lookups - leaving, leaving }
}

/// One line of `auth_file`.
pub(super) fn user_line(user: &PgBouncerUser) -> Result<String, Complaint> {
    let PgBouncerUser { name, secret } = user;
    let role = role(name)?;
    let plain = |it: u8| it.is_ascii_graphic() && it != b'"' && it != b'\\';
    if secret.is_empty() || !secret.bytes().all(plain) {
        return Err(unfit(&format!("the secret of {name}")));
    }
    Ok(format!("\"{}\" \"{secret}\"\n", role.as_str()))
}

fn unfit(text: &str) -> Complaint {
    Complaint::new(
        format!("'{}' cannot stand in PgBouncer's configuration", text.escape_debug()),
        "letters, digits and . _ - : / can, in a role's name small letters, digits and _",
        "choose another name or folder",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_ends_no_line() {
        for good in ["eu-1", "127.0.0.1", "::1", "db.example.com", "/etc/pgbouncer/cloison"] {
            assert!(Word::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "a b", "a\nb", "a=b", "a;b", "a\"b", "a'b", "é", "%x", &"x".repeat(256)] {
            assert!(Word::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_line_holds_one_name_and_one_secret() {
        let line = |name: &str, secret: &str| {
            user_line(&PgBouncerUser { name: name.to_owned(), secret: secret.to_owned() }).ok()
        };
        assert_eq!(
            line("a", "SCRAM-SHA-256$1:a$b:c").unwrap(),
            "\"a\" \"SCRAM-SHA-256$1:a$b:c\"\n"
        );
        for (name, secret) in [("a\" \"b", "x"), ("a", "x\"\n\"b\" \"y"), ("a", ""), ("a", "x y")] {
            assert_eq!(line(name, secret), None);
        }
    }

    #[test]
    fn a_secret_is_in_no_message() {
        let user = PgBouncerUser { name: "a".to_owned(), secret: "hunter2\n".to_owned() };
        assert!(!user_line(&user).unwrap_err().to_string().contains("hunter2"));
    }

    #[test]
    fn shares_are_the_whole() {
        for connections in 5..200 {
            let Shares { lookups, working, leaving } = shares(connections, 2);
            assert_eq!(lookups + working + leaving, connections);
            assert!(working > 0 && leaving > 0, "{connections}");
        }
        assert_eq!(shares(40, 2), Shares { lookups: 2, working: 28, leaving: 10 });
        assert_eq!((pool_size(20), pool_size(1)), (10, 1));
    }
}
