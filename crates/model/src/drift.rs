//! Which of the schemas that tenants of one version have is the one that they should have.

/// Why a schema is taken for the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedFrom {
    /// A server's template at this version has it.
    Template,
    /// No template is at this version, and no other schema is in more tenants of it.
    Commonest,
}

/// A schema, and in how many tenants of one version it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemaCount<'a> {
    pub fingerprint: &'a str,
    pub tenants: i64,
}

/// Which schemas of a version are right; the first is the one to compare others with. Nothing if there is none at all.
///
/// Templates may differ and all be right: servers of other versions of PostgreSQL word a definition in other ways, and an
/// extension is as new as its server's packages. `templates` are those at this version, `schemas` are of its tenants.
pub fn expected<'a>(
    templates: &[&'a str],
    schemas: &[SchemaCount<'a>],
) -> Option<(ExpectedFrom, Vec<&'a str>)> {
    let tenants = |fingerprint: &str| {
        schemas.iter().filter(|it| it.fingerprint == fingerprint).map(|it| it.tenants).sum::<i64>()
    };
    if !templates.is_empty() {
        let mut right = templates.to_vec();
        right.sort_unstable();
        right.dedup();
        // Stable: those that are in as many tenants stay in their order.
        right.sort_by_key(|it| std::cmp::Reverse(tenants(it)));
        return Some((ExpectedFrom::Template, right));
    }
    // Of two that are in as many tenants nobody can tell which is right; it is always the same one.
    let commonest = schemas.iter().min_by_key(|it| (std::cmp::Reverse(it.tenants), it.fingerprint));
    commonest.map(|it| (ExpectedFrom::Commonest, vec![it.fingerprint]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tenants are `fingerprint=count` a word.
    fn check(templates: &str, tenants: &str) -> String {
        let templates: Vec<&str> = templates.split_whitespace().collect();
        let words: Vec<_> =
            tenants.split_whitespace().filter_map(|it| it.split_once('=')).collect();
        let schemas: Vec<_> = words
            .iter()
            .map(|&(fingerprint, tenants)| SchemaCount {
                fingerprint,
                tenants: tenants.parse().unwrap(),
            })
            .collect();
        match expected(&templates, &schemas) {
            Some((from, right)) => format!("{from:?} {}", right.join(" ")),
            None => "nothing".to_owned(),
        }
    }

    #[test]
    fn a_template_is_right_however_few_tenants_have_its_schema() {
        assert_eq!(check("a", "b=900 a=1"), "Template a");
        assert_eq!(check("a", ""), "Template a");
    }

    #[test]
    fn templates_that_differ_are_all_right() {
        assert_eq!(check("b a b c", "b=1 c=7"), "Template c b a");
    }

    #[test]
    fn without_a_template_the_commonest_is_right() {
        assert_eq!(check("", "a=1 b=2"), "Commonest b");
        assert_eq!(check("", "b=2 a=2"), "Commonest a");
        assert_eq!(check("", ""), "nothing");
    }
}
