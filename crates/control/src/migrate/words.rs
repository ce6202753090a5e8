//! The words of a statement, for the few questions about it that PostgreSQL does not answer.

/// Words and names as PostgreSQL reads them: lower case, but for those in double quotes. Comments and texts are left out.
pub(super) fn words(statement: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = statement;
    while let Some(first) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("--") {
            rest = after.split_once('\n').map_or("", |it| it.1);
        } else if let Some(after) = rest.strip_prefix("/*") {
            rest = after.split_once("*/").map_or("", |it| it.1);
        } else if let Some(after) = rest.strip_prefix('\'') {
            rest = after.split_once('\'').map_or("", |it| it.1);
        } else if let Some(after) = rest.strip_prefix('"') {
            let (name, after) = quoted(after);
            words.push(name);
            rest = after;
        } else if is_of_word(first) {
            let end = rest.find(|it| !is_of_word(it)).unwrap_or(rest.len());
            words.push(rest[..end].to_lowercase());
            rest = &rest[end..];
        } else {
            rest = &rest[first.len_utf8()..];
        }
    }
    words
}

fn is_of_word(it: char) -> bool {
    it.is_alphanumeric() || it == '_' || it == '$'
}

/// A name in double quotes, after the first of them, and what follows it.
fn quoted(text: &str) -> (String, &str) {
    let mut name = String::new();
    let mut rest = text;
    loop {
        let Some((before, after)) = rest.split_once('"') else { return (name + rest, "") };
        name.push_str(before);
        match after.strip_prefix('"') {
            Some(more) => {
                name.push('"');
                rest = more;
            }
            None => return (name, after),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn as_postgresql_reads_them() {
        assert_eq!(
            words("Copy \"A b\".c_1 (\"d\"\"\") -- from\n/* x */FROM stdin"),
            ["copy", "A b", "c_1", "d\"", "from", "stdin"]
        );
        assert_eq!(words("a \"never ends"), ["a", "never ends"]);
        assert_eq!(words("/* never ends"), [""; 0]);
        assert_eq!(words("a 'it''s b' c"), ["a", "c"]);
    }
}
