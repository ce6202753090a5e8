//! What every SQL file keeps to.

use std::path::Path;

use super::Finding;

const KEYWORDS: [&str; 18] = [
    "SELECT",
    "INSERT",
    "UPDATE",
    "DELETE",
    "FROM",
    "WHERE",
    "JOIN",
    "VALUES",
    "RETURNING",
    "CREATE",
    "ALTER",
    "DROP",
    "TABLE",
    "GRANT",
    "REVOKE",
    "AND",
    "NULL",
    "ORDER",
];
const PHASES: [&str; 3] = ["expand", "backfill", "contract"];

pub(super) fn check(path: &Path, text: &str) -> Vec<Finding> {
    let is_in = |folder: &str| path.parent().is_some_and(|it| it.ends_with(folder));
    let mut findings = Vec::new();
    let code: Vec<String> = text.lines().map(without_comment_and_text).collect();
    for (index, line) in code.iter().enumerate() {
        if let Some(keyword) = words(line).find(|word| KEYWORDS.contains(word)) {
            findings.push(Finding::new(
                path,
                index + 1,
                format!("write `{keyword}` in lower case"),
            ));
        }
    }
    if is_in("queries") {
        findings.extend(check_queries(path, text, &code));
    }
    if is_in("migrations") && !is_way_back(path) && !has_phase(text) {
        let message = format!("say `-- phase: ..` in the header, one of {}", PHASES.join(", "));
        findings.push(Finding::new(path, 1, message));
    }
    findings
}

fn check_queries(path: &Path, text: &str, code: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut depth = 0;
    for (index, (line, code)) in text.lines().zip(code).enumerate() {
        let mut found = |message: &str| findings.push(Finding::new(path, index + 1, message));
        if answers_all_columns(code, &mut depth) {
            found("name the columns: a new one must not change what a query answers");
        }
        // cornucopia joins the lines of a query, so a comment would swallow the rest of it.
        let is_note = line.contains("--") && !code.trim().is_empty();
        if is_note {
            found("put the comment above the query: inside, it swallows what follows");
        }
    }
    findings
}

/// Whether a `*` outside all brackets stands for columns. Inside, it does not reach the answer.
fn answers_all_columns(code: &str, depth: &mut usize) -> bool {
    let mut found = false;
    for (at, it) in code.char_indices() {
        match it {
            '(' => *depth += 1,
            ')' => *depth = depth.saturating_sub(1),
            '*' if *depth == 0 => {
                let before = code[..at].trim_end();
                found |= before.is_empty()
                    || ["select", "returning", ",", "."].iter().any(|end| before.ends_with(end));
            }
            _ => {}
        }
    }
    found
}

fn is_way_back(path: &Path) -> bool {
    path.to_string_lossy().ends_with(".down.sql")
}

fn has_phase(text: &str) -> bool {
    text.lines()
        .take_while(|line| line.starts_with("--"))
        .filter_map(|line| line.strip_prefix("-- phase:"))
        .any(|phase| PHASES.contains(&phase.trim()))
}

/// The line without its comment and without what stands in quotes, which is data.
fn without_comment_and_text(line: &str) -> String {
    let mut code = String::new();
    let mut quoted = false;
    let mut rest = line.chars().peekable();
    while let Some(it) = rest.next() {
        match it {
            '\'' => quoted = !quoted,
            '-' if !quoted && rest.peek() == Some(&'-') => break,
            _ if !quoted => code.push(it),
            _ => {}
        }
    }
    code
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|it: char| !(it.is_alphanumeric() || it == '_')).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::check;

    fn findings(path: &str, text: &str) -> Vec<String> {
        check(Path::new(path), text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn keywords_are_lower_case() {
        assert_eq!(
            findings("queries/rooms.sql", "select id\nFROM rooms where state = 'ORDER' -- AND"),
            [
                "queries/rooms.sql:2: write `FROM` in lower case",
                "queries/rooms.sql:2: put the comment above the query: inside, it swallows what follows",
            ]
        );
    }

    #[test]
    fn queries_name_their_columns() {
        assert_eq!(findings("a/queries/b.sql", "--! rooms\nselect id from rooms;"), [""; 0]);
        assert_eq!(findings("a/queries/b.sql", "select count(*) from rooms;"), [""; 0]);
        assert_eq!(findings("a/queries/b.sql", "select * from rooms;").len(), 1);
        assert_eq!(findings("a/queries/b.sql", "select rooms.* from rooms;").len(), 1);
        assert_eq!(findings("a/queries/b.sql", "select price * 2 as double from rooms;"), [""; 0]);
        assert_eq!(
            findings("a/queries/b.sql", "select b.id\nfrom (\n  select a.* from a\n) b;"),
            [""; 0]
        );
    }

    #[test]
    fn a_migration_says_its_phase() {
        assert_eq!(findings("migrations/1_a.sql", "-- phase: expand\ncreate table a ();"), [""; 0]);
        assert_eq!(findings("migrations/1_a.sql", "create table a ();").len(), 1);
        assert_eq!(findings("migrations/1_a.sql", "-- phase: later\n").len(), 1);
        assert_eq!(findings("migrations/1_a.down.sql", "drop table a;"), [""; 0]);
    }
}
