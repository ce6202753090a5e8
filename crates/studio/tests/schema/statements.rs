//! Every statement of the pages, as text.

use std::fs;
use std::path::Path;

/// The statements of `queries/` as PostgreSQL reads them, each with its name.
pub(crate) fn statements() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
    let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    let texts = files.map(|it| fs::read_to_string(it).unwrap());
    let named = texts.flat_map(|text| {
        let parts = text.split("--! ").skip(1);
        parts
            .map(|part| {
                let (name, sql) = part.split_once('\n').unwrap();
                (name.to_owned(), numbered(sql))
            })
            .collect::<Vec<_>>()
    });
    named.collect()
}

/// `:name` becomes `$1`, except in a text; `::` is a cast.
fn numbered(sql: &str) -> String {
    let (mut numbered, mut names) = (String::new(), Vec::new());
    for (position, piece) in sql.split('\'').enumerate() {
        if position > 0 {
            numbered.push('\'');
        }
        if position % 2 == 1 {
            numbered.push_str(piece);
            continue;
        }
        let mut rest = piece;
        while let Some((before, after)) = rest.split_once(':') {
            numbered.push_str(before);
            if let Some(after) = after.strip_prefix(':') {
                numbered.push_str("::");
                rest = after;
                continue;
            }
            let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_';
            let (name, after) = after.split_at(after.find(|it| !is_part(it)).unwrap());
            let known = names.iter().position(|it| *it == name);
            let number = known.unwrap_or_else(|| {
                names.push(name);
                names.len() - 1
            });
            numbered.push('$');
            numbered.push_str(&(number + 1).to_string());
            rest = after;
        }
        numbered.push_str(rest);
    }
    numbered
}
