//! A studio's key, index or trigger as one of shared tables: the tenant first. Text in, text out.

/// A constraint as PostgreSQL writes it, with the tenant as the first column of each list of columns.
/// `None` for a check, which comes with the columns.
pub(super) fn constraint(definition: &str) -> Option<String> {
    let first = |text: &str, item: &str| text.replacen('(', &format!("({item}, "), 1);
    if definition.starts_with("PRIMARY KEY ") || definition.starts_with("UNIQUE ") {
        Some(first(definition, "tenant_id"))
    } else if definition.starts_with("EXCLUDE ") {
        Some(first(definition, "tenant_id with ="))
    } else if definition.starts_with("FOREIGN KEY ") {
        let (from, to) = definition.split_once(" REFERENCES ")?;
        let [from, to] = [from, to].map(|text| first(text, "tenant_id"));
        Some(format!("{from} references {to}"))
    } else {
        None
    }
}

/// An index as PostgreSQL writes it.
pub(super) fn index(definition: &str) -> String {
    let definition = moved(definition);
    let (head, columns) = definition.split_once(" USING ").unwrap_or((&definition, ""));
    format!("{head} using {}", columns.replacen('(', "(tenant_id, ", 1))
}

/// On the table that has taken the old one's place.
pub(super) fn moved(definition: &str) -> String {
    definition.replacen(" ON studio.", " on public.", 1)
}

#[cfg(test)]
mod tests {
    use super::{constraint, index};

    #[test]
    fn the_tenant_comes_first() {
        for (studio, shared) in [
            ("PRIMARY KEY (id)", Some("PRIMARY KEY (tenant_id, id)")),
            ("UNIQUE (id, kind)", Some("UNIQUE (tenant_id, id, kind)")),
            (
                "EXCLUDE USING gist (room WITH =, busy WITH &&) WHERE (active)",
                Some(
                    "EXCLUDE USING gist (tenant_id with =, room WITH =, busy WITH &&) WHERE (active)",
                ),
            ),
            (
                "FOREIGN KEY (a, b) REFERENCES rooms(id, kind) ON DELETE CASCADE",
                Some(
                    "FOREIGN KEY (tenant_id, a, b) references rooms(tenant_id, id, kind) ON DELETE CASCADE",
                ),
            ),
            ("CHECK ((a > 0))", None),
        ] {
            assert_eq!(constraint(studio).as_deref(), shared, "{studio}");
        }
        assert_eq!(
            index("CREATE UNIQUE INDEX users_email_key ON studio.users USING btree (lower(email))"),
            "CREATE UNIQUE INDEX users_email_key on public.users using btree (tenant_id, lower(email))"
        );
    }
}
