//! What in a studio's database is no part of what its owner takes along: who has a hash of a password can try guesses on it, and sign-ins
//! are for a browser.

/// Tables of `public`, and of some only a column. Names stay here once their table has gone, for studios at an older schema.
pub const SECRETS: &[(&str, Option<&str>)] =
    &[("users", Some("password_hash")), ("sign_in_links", None), ("sign_ins", None)];

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = include_str!("../schema.sql");

    /// The columns of each table, as `table.column`.
    fn columns() -> Vec<String> {
        let mut columns = Vec::new();
        for table in SCHEMA.split("CREATE TABLE public.").skip(1) {
            let (name, rest) = table.split_once(" (").unwrap();
            let (body, _) = rest.split_once("\n);").unwrap();
            let names = body.lines().filter_map(|it| it.split_whitespace().next());
            columns.extend(names.filter(|it| *it != "CONSTRAINT").map(|it| format!("{name}.{it}")));
        }
        columns
    }

    fn is_left_out(column: &str) -> bool {
        SECRETS.iter().any(|(table, only)| match only {
            Some(only) => column == format!("{table}.{only}"),
            None => column.split('.').next() == Some(table),
        })
    }

    #[test]
    fn whatever_looks_like_a_secret_is_left_out_and_all_that_is_left_out_is_there() {
        let columns = columns();
        let suspicious = ["password", "token", "secret", "totp"];
        for column in &columns {
            if suspicious.iter().any(|it| column.contains(it)) {
                assert!(is_left_out(column), "{column}");
            }
        }
        for (table, only) in SECRETS {
            let there = |it: &String| match only {
                Some(only) => *it == format!("{table}.{only}"),
                None => it.starts_with(&format!("{table}.")),
            };
            assert!(columns.iter().any(there), "{table} {only:?}");
        }
        assert!(!is_left_out("users.email") && columns.contains(&"users.email".to_owned()));
    }
}
