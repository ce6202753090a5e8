//! What a file has to have.

use super::Verdict;
use crate::file::{File, Way};

pub(super) fn phase_missing(file: &File<'_>) -> Option<(usize, Verdict)> {
    let is_missing = file.way == Way::Up && !file.says_its_phase();
    let verdict = Verdict::refused(
        "The file does not say what it does to programs that run.",
        "Put one of these on top: -- phase: expand (it only adds), -- phase: backfill (it writes data), -- phase: contract (it takes away)",
    );
    is_missing.then_some((0, verdict))
}

pub(super) fn empty(file: &File<'_>) -> Option<(usize, Verdict)> {
    let verdict = Verdict::refused(
        "There is no statement in the file.",
        "Write one, or leave the file out; versions may have gaps.",
    );
    file.commands.is_empty().then_some((0, verdict))
}
