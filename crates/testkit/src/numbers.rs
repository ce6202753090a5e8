//! Numbers that no other test has got, in whatever process and run.

use std::io::{Read as _, Seek as _, Write as _};

use anyhow::{Context as _, Result};

use crate::folder::lock_file;

/// How many numbers a test may count on from the one it gets.
pub(crate) const BLOCK: i64 = 1000;

/// The first of a block of unused numbers. A file and not a sequence, because a number is wanted before any database.
pub(crate) fn next() -> Result<i64> {
    let mut file = lock_file("numbers")?;
    file.lock().context("lock the numbers")?;
    let mut text = String::new();
    file.read_to_string(&mut text).context("read the numbers")?;
    let next = text.trim().parse::<i64>().unwrap_or(0) + BLOCK;
    // Never shorter than what it replaces, so there is no need to truncate.
    file.rewind().and_then(|()| write!(file, "{next}")).context("write the numbers")?;
    Ok(next)
}
