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
    let mut place = Place { in_tests: is_test_file(path), ..Place::default() };
    for (index, line) in text.lines().enumerate() {
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        place.enter(code);
        if let Some(message) = refuse(code, &place) {
            findings.push(Finding::new(path, index + 1, message));
        }
    }
    findings
}

/// Where in a file a line stands.
#[derive(Default)]
struct Place {
    in_tests: bool,
    /// The test's clock is stopped: sleeping takes no time, and moves it on.
    is_time_made_up: bool,
    /// The function that asks again and again, for what announces itself in no other way.
    is_eventually: bool,
}

impl Place {
    fn enter(&mut self, code: &str) {
        self.in_tests |= code.starts_with("#[cfg(test)]");
        if code.starts_with("#[test]") || code.starts_with("#[tokio::test") {
            self.is_time_made_up = code.contains("start_paused = true");
        }
        if code.contains("fn ") {
            self.is_eventually = code.contains("fn eventually");
        }
    }

    fn may_sleep(&self) -> bool {
        !self.in_tests || self.is_time_made_up || self.is_eventually
    }
}

fn is_test_file(path: &Path) -> bool {
    path.ends_with("tests.rs") || path.components().any(|part| part.as_os_str() == "tests")
}

/// What is wrong with a line that is not a comment. Attributes are looked for at the start of the line,
/// where rustfmt puts them.
fn refuse(code: &str, place: &Place) -> Option<&'static str> {
    if code.starts_with("#[ignore") {
        return Some("an ignored test tests nothing: mend it, assert what is wrong, or delete it");
    }
    if code.starts_with("#[allow(") || code.starts_with("#![allow(") {
        return Some("say `#[expect(lint, reason = \"..\")]`, which ends when its cause does");
    }
    if !place.may_sleep() && sleeps(code) {
        return Some(
            "a test that sleeps is slow or fails now and then: wait for the event, ask for it in `eventually`, \
             or stop the clock with `start_paused = true`",
        );
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
        let two_tests = concat!(
            "//! W\n#[tokio::test(start_paused = true)]\nasync fn a() {\n  sle",
            "ep(second).await;\n}\n#[tokio::test]\nasync fn b() {\n  sle",
            "ep(second).await;\n}"
        );
        assert_eq!(lines("crates/a/tests/b.rs", two_tests), [8]);
        let asking = concat!("//! W\nasync fn eventually() {\n  sle", "ep(short).await;\n}\n");
        assert_eq!(lines("crates/a/tests/b.rs", asking), [0; 0]);
        assert_eq!(lines("crates/a/tests/b.rs", "//! W\nquery(\"select pg_sleep(1)\");"), [0; 0]);
    }
}
