//! Names of files in a bundle: safe wherever it is unpacked, and no two alike.
//!
//! Whoever unpacks it may have Windows, macOS or Linux, so what one of them forbids is not used, and names that differ by their
//! letters' case alone are alike.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::tables::Table;

/// Of one part of a path. File systems take 255; the rest is for a number and an ending.
const PART_BYTES_MAX: usize = 200;

/// Windows takes these for devices, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
const NUMBERED_DEVICES: [&str; 2] = ["com", "lpt"];

/// What is taken, in small letters.
#[derive(Debug, Default)]
pub(super) struct Names {
    files: HashSet<String>,
    folders: HashSet<String>,
}

impl Names {
    /// A path in `folder` for what its owner calls `name`, which may have folders of its own. `endings` are the files that go by this
    /// name; the path comes without.
    pub(super) fn claim(&mut self, folder: &str, name: &str, endings: &[&str]) -> String {
        let mut parts = safe_parts(name);
        let last = parts.pop().unwrap_or_else(|| "_".to_owned());
        let mut path = folder.to_owned();
        for part in parts {
            path = self.free(&path, &part, &[""], |names, path| !names.files.contains(path));
            self.folders.insert(path.to_lowercase());
        }
        let path = self.free(&path, &last, endings, |names, path| {
            !names.files.contains(path) && !names.folders.contains(path)
        });
        for ending in endings {
            self.files.insert(format!("{path}{ending}").to_lowercase());
        }
        path
    }

    /// The first of `name`, `name (2)`, `name (3)` .. that can be had.
    fn free(
        &self,
        folder: &str,
        name: &str,
        endings: &[&str],
        is_free: impl Fn(&Self, &str) -> bool,
    ) -> String {
        let mut path = format!("{folder}/{name}");
        let mut number = 1_u64;
        while !endings.iter().all(|it| is_free(self, &format!("{path}{it}").to_lowercase())) {
            number += 1;
            path = match endings {
                [""] => format!("{folder}/{}", numbered(name, number)),
                _ => format!("{folder}/{name} ({number})"),
            };
        }
        path
    }
}

/// Before the ending, so that the file still opens.
fn numbered(name: &str, number: u64) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 8 => {
            format!("{stem} ({number}).{ending}")
        }
        _ => format!("{name} ({number})"),
    }
}

/// `schema.table` in letters that every file system takes: all others, and dots, as `%` and their bytes.
pub(super) fn of_table(table: &Table) -> String {
    let name = format!("{}.{}", escaped(&table.schema), escaped(&table.name));
    shortened(&name)
}

fn escaped(name: &str) -> String {
    let mut escaped = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' => escaped.push(char::from(byte)),
            other => write!(escaped, "%{other:02X}").expect("a string takes all"),
        }
    }
    escaped
}

/// For what stands in a command: `a-z`, `0-9` and `-`, at most 40 of them and at least one.
pub(super) fn plain(name: &str) -> String {
    let letters = name
        .chars()
        .map(|it| if it.is_ascii_alphanumeric() { it.to_ascii_lowercase() } else { '-' });
    let plain: String = letters.take(40).collect();
    match plain.trim_matches('-') {
        "" => "export".to_owned(),
        plain => plain.to_owned(),
    }
}

/// No part is empty, leads out of the folder, is hidden, or is read as anything but a name.
fn safe_parts(name: &str) -> Vec<String> {
    let parts = name.split(['/', '\\']).map(|part| part.trim_matches([' ', '.']));
    parts.filter(|it| !it.is_empty()).map(safe_part).collect()
}

fn safe_part(part: &str) -> String {
    let part: String = part.chars().map(|it| if is_forbidden(it) { '_' } else { it }).collect();
    let part = shortened(&part);
    if is_device(&part) { format!("_{part}") } else { part }
}

/// Control characters, those that Windows forbids, and those that turn the direction of writing and so hide an ending.
fn is_forbidden(it: char) -> bool {
    it.is_control()
        || matches!(it, '<' | '>' | ':' | '"' | '|' | '?' | '*')
        || matches!(it, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let without_number = stem.strip_suffix(|it: char| it.is_ascii_digit());
    DEVICES.contains(&stem.as_str())
        || without_number.is_some_and(|it| NUMBERED_DEVICES.contains(&it))
}

/// Keeps the ending of a name that is too long.
fn shortened(name: &str) -> String {
    if name.len() <= PART_BYTES_MAX {
        return name.to_owned();
    }
    let ending = match name.rsplit_once('.') {
        Some((_, ending)) if ending.len() <= 8 => format!(".{ending}"),
        _ => String::new(),
    };
    let end = name.floor_char_boundary(PART_BYTES_MAX - ending.len());
    format!("{}{ending}", &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paths that these names get, one after the other.
    fn check(names: &[&str]) -> Vec<String> {
        let mut taken = Names::default();
        names.iter().map(|name| taken.claim("files", name, &[""])).collect()
    }

    #[test]
    fn no_name_leads_out_of_its_folder() {
        for (name, path) in [
            ("Prise 3.wav", "files/Prise 3.wav"),
            ("Été/Prise 3.wav", "files/Été/Prise 3.wav"),
            ("../../etc/passwd", "files/etc/passwd"),
            ("/etc/passwd", "files/etc/passwd"),
            ("..\\..\\a.wav", "files/a.wav"),
            ("C:\\a.wav", "files/C_/a.wav"),
            (".. /. ./a", "files/a"),
            ("...", "files/_"),
            ("", "files/_"),
            (".bashrc", "files/bashrc"),
            ("a\nb\0c\u{202e}d.wav", "files/a_b_c_d.wav"),
            ("a. ", "files/a"),
            ("nul.wav", "files/_nul.wav"),
            ("COM1", "files/_COM1"),
            ("com", "files/com"),
            ("what? \"yes\"*", "files/what_ _yes__"),
        ] {
            assert_eq!(check(&[name]), [path], "{name:?}");
        }
    }

    #[test]
    fn no_two_are_alike_wherever_they_are_unpacked() {
        assert_eq!(
            check(&["a.wav", "A.wav", "a.wav", "a (2).wav"]),
            ["files/a.wav", "files/A (2).wav", "files/a (3).wav", "files/a (2) (2).wav"]
        );
        // A file and a folder of one name.
        assert_eq!(check(&["a", "A/b", "a/c"]), ["files/a", "files/A (2)/b", "files/a (2)/c"]);
        assert_eq!(check(&["a/b", "A"]), ["files/a/b", "files/A (2)"]);
    }

    #[test]
    fn long_names_are_cut_between_letters_and_keep_their_ending() {
        let path = &check(&[&format!("{}.flac", "é".repeat(300))])[0];
        assert!(
            path.ends_with("é.flac") && path.len() <= "files/".len() + PART_BYTES_MAX,
            "{path}"
        );
        let both = check(&["x".repeat(900).as_str(), "x".repeat(901).as_str()]);
        assert_eq!(both[1], format!("{} (2)", both[0]));
    }

    #[test]
    fn tables_are_told_apart_in_plain_letters() {
        let named = |schema: &str, name: &str| {
            let (schema, name) = (schema.to_owned(), name.to_owned());
            of_table(&Table { oid: 1, schema, name, columns: vec![], condition: None })
        };
        assert_eq!(named("public", "invoices"), "public.invoices");
        assert_eq!(named("public", "séance"), "public.s%C3%A9ance");
        assert_eq!(named("a.b", "c"), "a%2Eb.c");
        assert_eq!(named("a", "b.c"), "a.b%2Ec");
        assert_eq!(named("..", "../x"), "%2E%2E.%2E%2E%2Fx");
        assert!(named(&"é".repeat(31), &"é".repeat(31)).len() <= PART_BYTES_MAX);
    }

    #[test]
    fn the_files_of_a_table_stay_together() {
        let mut taken = Names::default();
        let endings = [".csv", ".json"];
        assert_eq!(taken.claim("tables", "public.a", &endings), "tables/public.a");
        assert_eq!(taken.claim("tables", "public.A", &endings), "tables/public.A (2)");
    }

    #[test]
    fn what_goes_into_a_command_needs_no_quotes() {
        for (name, safe) in [
            ("Studio Marée; rm -rf /", "studio-mar-e--rm--rf"),
            ("$(x)", "x"),
            ("-é-", "export"),
            ("rue-haute", "rue-haute"),
        ] {
            assert_eq!(plain(name), safe);
        }
    }
}
