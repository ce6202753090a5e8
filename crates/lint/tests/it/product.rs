//! The studio's own migrations.

use std::fs;
use std::path::Path;

use cloison_lint::lint;
use cloison_model::Release;

#[test]
fn the_studios_migrations_may_be_released() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../studio/migrations");
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        files.push((name, fs::read_to_string(&path).unwrap()));
    }
    let report = lint(&Release::from_files(&files).unwrap(), 0, 0);
    assert_eq!(report.files.len(), files.len());
    let refused: Vec<_> = report.findings.iter().filter(|it| it.verdict() == "refused").collect();
    assert!(refused.is_empty(), "{refused:#?}");
}
