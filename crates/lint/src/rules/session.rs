//! What outlives the transaction: the connection goes on to other files.

use super::{Place, Verdict};
use crate::command::{Command, is_named};

/// Timeouts are how nobody waits behind a migration for long; they are set by whoever runs it.
const TIMEOUTS: [&str; 4] = [
    "lock_timeout",
    "statement_timeout",
    "idle_in_transaction_session_timeout",
    "transaction_timeout",
];

const CHANGE_CONNECTION: [&str; 5] = [
    "set_config",
    "pg_advisory_lock",
    "pg_advisory_lock_shared",
    "pg_try_advisory_lock",
    "pg_try_advisory_lock_shared",
];

pub(super) fn state(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let (message, help) = match command.verb() {
        "set" if is_role(command) => (
            "It changes who runs the rest; objects would have another owner than cloison_owner.",
            "Leave it out: files run as cloison_owner.",
        ),
        "set" if is_timeout(command) => (
            "It changes a timeout that keeps programs from waiting behind the migration.",
            "Leave it out. For long statements write -- timeout: 30min on top of the file.",
        ),
        "set" if !["local", "constraints", "transaction"].contains(&command.word(1)) => (
            "The setting stays with the connection after the file.",
            "Say SET LOCAL, or leave it out.",
        ),
        "reset" | "discard" | "load" | "listen" | "unlisten" | "deallocate" | "declare" => {
            ("It changes the connection and not the database.", "Leave it out.")
        }
        "prepare" if command.word(1) != "transaction" => (
            "A prepared statement stays with the connection after the file.",
            "Write the statement itself.",
        ),
        "execute" => (
            "It runs a statement that was prepared on this connection.",
            "Write the statement itself.",
        ),
        _ if changes_connection(command) => (
            "It changes the connection and not the database.",
            "Leave it out; for a setting say SET LOCAL.",
        ),
        _ => return None,
    };
    Some(Verdict::refused(message, help))
}

pub(super) fn setting(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    let is_local = command.starts(&["set", "local"]) && state(place).is_none();
    is_local.then(|| {
        Verdict::noted(
            "The setting stays until the end of the transaction, which other files may be a part of.",
            "Set it back at the end of the file, or write what depends on it so that it does not.",
        )
    })
}

fn is_role(command: &Command<'_>) -> bool {
    let at = 1 + usize::from(["local", "session"].contains(&command.word(1)));
    // SET SESSION AUTHORIZATION has `session` as a word of its own.
    let name = command.tokens.get(at);
    let names = ["role", "session_authorization"];
    name.is_some_and(|token| names.iter().any(|it| is_named(token, it)))
        || command.has(&["session", "authorization"])
}

fn is_timeout(command: &Command<'_>) -> bool {
    command.tokens.iter().any(|token| TIMEOUTS.iter().any(|it| is_named(token, it)))
}

/// By a function, which any statement may call.
fn changes_connection(command: &Command<'_>) -> bool {
    CHANGE_CONNECTION.iter().any(|it| command.runs(it))
}
