//! `cargo xtask tidy`: the rules of this project that no other tool checks.
//!
//! Each rule is a pure function from text (or from what cargo says) to findings, with its reason in its doc.
//! There is no way to switch a rule off for one line; a rule that needs exceptions is a wrong rule.

mod dependencies;
mod documents;
mod expression;
mod licences;
mod manifests;
mod metadata;
mod places;
mod size;
mod sources;
mod sql;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::workspace;
use metadata::Metadata;

/// A place that breaks a rule, and how to put it right.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    path: PathBuf,
    /// Counted from 1; 0 is the file as a whole.
    line: usize,
    message: String,
}

impl Finding {
    pub(crate) fn new(path: &Path, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path.display(), self.message),
            line => write!(f, "{}:{line}: {}", self.path.display(), self.message),
        }
    }
}

/// A file of the project. What is not text has no text to check.
#[derive(Clone)]
pub(crate) struct File {
    path: PathBuf,
    text: String,
}

impl File {
    fn is(&self, extension: &str) -> bool {
        self.path.extension().is_some_and(|it| it == extension)
    }

    /// Whether the file is written by `cargo xtask prepare`, and so not by us.
    fn is_generated(&self) -> bool {
        crate::prepare::PAIRS.iter().any(|pair| {
            self.path.starts_with(Path::new("crates").join(pair.generated).join("src"))
                || self.path == Path::new("crates").join(pair.name).join("schema.sql")
        })
    }

    fn is_written_in(&self, extension: &str) -> bool {
        self.is(extension) && !self.is_generated()
    }
}

pub(crate) fn run() -> Result<ExitCode> {
    let files = read_files()?;
    let metadata = Metadata::load()?;
    let policy =
        fs::read_to_string(workspace::root().join("deny.toml")).context("read deny.toml")?;

    let mut findings = dependencies::check(&metadata);
    findings.extend(licences::check(&metadata, &policy)?);
    findings.extend(documents::check(&files));
    for file in &files {
        findings.extend(check(file));
    }
    findings.sort();

    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!("tidy: {} files, {}", files.len(), size::summary(&files));
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("error: {} broken; each line above says how to put it right", rules(findings.len()));
    Ok(ExitCode::FAILURE)
}

fn check(file: &File) -> Vec<Finding> {
    let mut findings = places::check(&file.path, &file.text);
    if file.path.ends_with("Cargo.toml") {
        findings.extend(manifests::check(&file.path, &file.text));
    }
    if file.is_written_in("rs") {
        findings.extend(sources::check(&file.path, &file.text));
        findings.extend(size::check(&file.path, &file.text));
    }
    if file.is_written_in("sql") {
        findings.extend(sql::check(&file.path, &file.text));
    }
    findings
}

fn read_files() -> Result<Vec<File>> {
    let mut files = Vec::new();
    for path in workspace::files()? {
        let bytes = fs::read(workspace::root().join(&path))
            .with_context(|| format!("read {}", path.display()))?;
        files.push(File { path, text: String::from_utf8(bytes).unwrap_or_default() });
    }
    Ok(files)
}

fn rules(findings: usize) -> String {
    match findings {
        1 => "one rule is".to_owned(),
        more => format!("{more} rules are"),
    }
}
