//! Code whose effect cannot be read from it.

use super::{Place, Verdict};
use crate::command::Command;
use crate::tokens::tokens;

const HELP: &str = "Nothing to do: the shadow run shows what it locks and how long it takes. Plain statements are judged here, too.";

pub(super) fn opaque(place: &Place<'_>) -> Option<Verdict> {
    let command = place.command;
    match command.verb() {
        "do" if builds_statements(command) => Some(Verdict::noted(
            "A block of code that puts statements together as it runs; what they do cannot be read from it.",
            HELP,
        )),
        "do" => {
            Some(Verdict::noted("A block of code; which of it runs cannot be read from it.", HELP))
        }
        "call" => {
            Some(Verdict::noted("It calls a procedure; what that does cannot be read here.", HELP))
        }
        _ => None,
    }
}

/// Whether the body has an EXECUTE.
fn builds_statements(command: &Command<'_>) -> bool {
    command.bodies().flat_map(tokens).any(|it| it.is("execute"))
}
