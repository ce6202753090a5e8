//! The oldest schema that the pages work with: every statement of theirs is prepared there.

use std::fs;
use std::path::Path;

use cloison_studio::{MIGRATIONS, SCHEMA_MIN};
use cloison_testkit::Server;

use crate::studio::migrate;

/// The statements of `queries/` as PostgreSQL reads them, each with its name.
fn statements() -> Vec<(String, String)> {
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
            numbered.push_str(&format!("${}", number + 1));
            rest = after;
        }
        numbered.push_str(rest);
    }
    numbered
}

/// The statements that cannot be prepared on a database with so many migrations.
async fn unfit(migrations: i64) -> Vec<String> {
    let database = Server::shared().database("oldest").await;
    let some = &MIGRATIONS[..usize::try_from(migrations).unwrap()];
    migrate(&database, some).await.unwrap();
    let client = database.connect().await;
    let mut unfit = Vec::new();
    for (name, sql) in statements() {
        if let Err(error) = client.prepare(&sql).await {
            unfit.push(format!("{name}: {error:?}"));
        }
    }
    unfit
}

#[tokio::test]
async fn the_pages_work_with_the_oldest_schema_and_with_none_before() {
    assert!(statements().len() > 40);
    let (last, _) = MIGRATIONS[usize::try_from(SCHEMA_MIN).unwrap() - 1];
    assert!(last.starts_with(&format!("{SCHEMA_MIN:04}_")), "{last}");
    assert_eq!(unfit(SCHEMA_MIN).await, [""; 0]);
    assert_ne!(unfit(SCHEMA_MIN - 1).await, [""; 0]);
}
