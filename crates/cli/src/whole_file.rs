//! Writes a file whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, Result};

/// Written beside and renamed, so a kill half-way leaves the old text.
pub(crate) fn write(file: &Path, text: &str, mode: u32) -> Result<()> {
    let beside = file.with_extension("new");
    let written = || -> io::Result<()> {
        let mut new =
            OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(&beside)?;
        new.write_all(text.as_bytes())?;
        new.sync_all()?;
        fs::rename(&beside, file)
    };
    written().with_context(|| format!("write {}", file.display()))
}
