//! The file of one key: 32 random bytes in base64, for its owner's eyes only.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::files;
use crate::keystore::KeyName;
use crate::keystore::sealing::{KEY_BYTES, KeyBytes};

/// More than a key's text has; a file that goes on is no key.
const TEXT_BYTES_MAX: u64 = 100;

fn file_name(name: KeyName) -> String {
    format!("{name}.key")
}

/// Answers false if somebody else was first; theirs is the key.
pub(super) fn make(folder: &Path, name: KeyName, key: &KeyBytes) -> io::Result<bool> {
    let text = Zeroizing::new(STANDARD.encode(key.as_slice()) + "\n");
    files::write_new(folder, &file_name(name), text.as_bytes())
}

pub(super) fn read(folder: &Path, name: KeyName) -> io::Result<Option<KeyBytes>> {
    let path = folder.join(file_name(name));
    let file = match File::open(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    if files::is_open_to_others(&file.metadata()?) {
        let why = format!(
            "others than its owner may read the file; see who has, then: chmod 600 {}",
            path.display()
        );
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
    }
    let mut text = Zeroizing::new(String::new());
    // What is not text is no key.
    let is_text = file.take(TEXT_BYTES_MAX).read_to_string(&mut text).is_ok();
    let bytes = Zeroizing::new(STANDARD.decode(text.trim_end()).unwrap_or_default());
    match <[u8; KEY_BYTES]>::try_from(bytes.as_slice()) {
        Ok(key) if is_text => Ok(Some(Zeroizing::new(key))),
        Ok(_) | Err(_) => {
            let why = format!(
                "{} is damaged (it is not {KEY_BYTES} bytes in base64): bring it back from the keystore's copy",
                path.display()
            );
            Err(io::Error::new(io::ErrorKind::InvalidData, why))
        }
    }
}

/// Removes the key, and what a kill has left of making it: between two steps of that, a leftover is the key under a second name.
/// Answers how many files there were.
pub(super) fn remove(folder: &Path, name: KeyName) -> io::Result<usize> {
    let key = file_name(name);
    let mut removed = 0;
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path == folder.join(&key) || files::is_leftover_of(&path, &key) {
            match fs::remove_file(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                done => {
                    done?;
                    removed += 1;
                }
            }
        }
    }
    Ok(removed)
}
