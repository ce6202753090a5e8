//! What every hand-written Rust file keeps to.

use std::path::Path;

use super::Finding;

pub(super) fn check(path: &Path, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !text.trim_start().starts_with("//!") {
        findings.push(Finding::new(
            path,
            1,
            "open with a module doc: why it is there, what is not in it",
        ));
    }
    let mut in_tests = is_test_file(path);
    for (index, line) in text.lines().enumerate() {
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        in_tests |= code.starts_with("#[cfg(test)]");
        if let Some(message) = refuse(code, in_tests) {
            findings.push(Finding::new(path, index + 1, message));
        }
    }
    findings
}

fn is_test_file(path: &Path) -> bool {
    path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests")
}

/// What is wrong with a line that is not a comment. Attributes are looked for at the start of the line,
/// where rustfmt puts them.
fn refuse(code: &str, in_tests: bool) -> Option<&'static str> {
    if code.starts_with("#[ignore") {
        return Some("an ignored test tests nothing: mend it, assert what is wrong, or delete it");
    }
    if code.starts_with("#[allow(") || code.starts_with("#![allow(") {
        return Some("say `#[expect(lint, reason = \"..\")]`, which ends when its cause does");
    }
    if in_tests && sleeps(code) {
        return Some("a test that sleeps is slow or fails now and then: wait for the event");
    }
    None
}

fn sleeps(code: &str) -> bool {
    code.match_indices("sleep(").any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !before.is_some_and(|it| it.is_alphanumeric() || it == '_')
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::check;

    /// The lines with a finding.
    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(Path::new(path), text).into_iter().map(|it| it.line).collect()
    }

    #[test]
    fn a_file_opens_with_its_doc() {
        assert_eq!(lines("src/a.rs", "//! Why.\nfn a() {}"), [0; 0]);
        assert_eq!(lines("src/a.rs", "// Why.\nfn a() {}"), [1]);
    }

    #[test]
    fn no_ignored_test_and_no_bare_allow() {
        assert_eq!(lines("src/a.rs", concat!("//! W\n#[", "ignore]\nfn a() {}")), [2]);
        assert_eq!(lines("src/a.rs", concat!("//! W\n#![", "allow(dead_code)]")), [2]);
        assert_eq!(lines("src/a.rs", "//! W\n#[expect(dead_code, reason = \"\")]"), [0; 0]);
    }

    #[test]
    fn sleeping_is_for_what_is_not_a_test() {
        let nap = concat!("//! W\ntokio::time::sle", "ep(second).await;");
        assert_eq!(lines("crates/a/src/b.rs", nap), [0; 0]);
        assert_eq!(lines("crates/a/tests/b.rs", nap), [2]);
        let nap_in_tests =
            concat!("//! W\n#[cfg(test)]\nmod tests {\n  thread::sle", "ep(second);\n}");
        assert_eq!(lines("crates/a/src/b.rs", nap_in_tests), [4]);
        assert_eq!(lines("crates/a/tests/b.rs", "//! W\nquery(\"select pg_sleep(1)\");"), [0; 0]);
    }
}
