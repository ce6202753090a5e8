//! What is outside the tenant's own schema: other tenants', everybody's, or nobody's after the session.

use super::{Place, Verdict};
use crate::command::{Command, is_named};

pub(super) fn cluster(place: &Place<'_>) -> Option<Verdict> {
    is_of_cluster(place.command).then(|| {
        Verdict::refused(
            "It is about the whole server, where other tenants are too; a migration has its own schema only.",
            "Leave it out: databases and roles are made by Cloison.",
        )
    })
}

pub(crate) fn is_of_cluster(command: &Command<'_>) -> bool {
    let shared = ["database", "role", "user", "group", "tablespace", "system", "subscription"];
    match command.verb() {
        "create" | "alter" | "drop" => {
            shared.contains(&command.kind.as_str()) || command.starts(&["drop", "owned"])
        }
        "reassign" => true,
        // Rights are on something; without that, it is a role which is given.
        "grant" | "revoke" => !command.has_outside("on"),
        _ => false,
    }
}

pub(super) fn extension(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let is_one =
        ["create", "alter", "drop"].contains(&command.verb()) && command.kind == "extension";
    is_one.then(|| {
        Verdict::refused(
            "Extensions belong to the superuser, and the file runs as cloison_owner.",
            "Name what is needed on top of the file: -- extensions: pg_trgm, btree_gist",
        )
    })
}

pub(super) fn grant_to_public(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let grants = command.verb() == "grant"
        || (command.kind == "default privileges" && command.has(&["grant"]));
    let to_public = || {
        // TO is no name, so the first one is where the roles begin.
        let mut roles = command.tokens.iter().skip_while(|it| !it.is("to"));
        roles.any(|it| is_named(it, "public"))
    };
    (grants && to_public()).then(|| {
        Verdict::refused(
            "It gives rights to every role of the server, and other tenants' roles are among them.",
            "Grant to cloison_app, and to cloison_reader what is left of it for a tenant that may only read.",
        )
    })
}

pub(super) fn temporary(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let is_temporary = command.is_temporary
        || command.has(&["into", "temp"])
        || command.has(&["into", "temporary"]);
    is_temporary.then(|| {
        Verdict::refused(
            "It makes something in pg_temp, which is gone with the connection.",
            "Use a WITH query, or a table that a later file drops.",
        )
    })
}
