//! The file that says that a key is gone on purpose. It is never removed.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use jiff::Timestamp;

use super::files;
use crate::keystore::KeyName;

const BEGUN: &str = "begun ";
const GONE: &str = "gone ";

/// More than two times have.
const TEXT_BYTES_MAX: u64 = 1 << 10;

pub(super) struct Tombstone {
    pub(super) begun_at: Timestamp,
    /// None if destroying was broken off. The key may not be used even so.
    pub(super) gone_at: Option<Timestamp>,
}

fn file_name(name: KeyName) -> String {
    format!("{name}.destroyed")
}

/// That the file is there is what counts. One that cannot be understood has the time when it was written.
pub(super) fn read(folder: &Path, name: KeyName) -> io::Result<Option<Tombstone>> {
    let file = match File::open(folder.join(file_name(name))) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    let written_at = file.metadata()?.modified()?;
    let mut text = Vec::new();
    file.take(TEXT_BYTES_MAX).read_to_end(&mut text)?;
    let text = String::from_utf8_lossy(&text);
    let time = |word| text.lines().find_map(|it| it.strip_prefix(word)?.trim().parse().ok());
    let written_at = Timestamp::try_from(written_at).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(Some(Tombstone { begun_at: time(BEGUN).unwrap_or(written_at), gone_at: time(GONE) }))
}

/// Leaves one that is there.
pub(super) fn write_begun(folder: &Path, name: KeyName, begun_at: Timestamp) -> io::Result<()> {
    let text = format!("{BEGUN}{begun_at}\n");
    files::write_new(folder, &file_name(name), text.as_bytes()).map(|_was_first| ())
}

pub(super) fn write_gone(
    folder: &Path,
    name: KeyName,
    begun_at: Timestamp,
    gone_at: Timestamp,
) -> io::Result<()> {
    let text = format!("{BEGUN}{begun_at}\n{GONE}{gone_at}\n");
    files::write_over(folder, &file_name(name), text.as_bytes())
}
