//! The product's statements as shared tables need them: each with `tenant_id = $n` in it.
//!
//! They are written by hand in `queries/shared.sql`. Without what they say of the tenant they must be the product's
//! own, letter for letter; that is how they are found, so a change of the product's that is not made here is an error.

use std::collections::HashMap;
use std::sync::LazyLock;

const SHARED: &str = include_str!("../queries/shared.sql");
const INVOICES: &str = include_str!("../queries/invoices.sql");
const ALLOCATIONS: &str = include_str!("../../studio/queries/allocations.sql");
const SESSIONS: &str = include_str!("../../studio/queries/sessions.sql");

/// The product's text, as the generated functions send it, to the text for shared tables.
pub(crate) struct Statements(HashMap<String, String>);

impl Statements {
    pub(crate) fn shared() -> Self {
        Self(statements(SHARED).map(|(_, body)| pair(&body)).collect())
    }

    pub(crate) fn find(&self, product: &str) -> Option<&str> {
        self.0.get(product).map(String::as_str)
    }
}

/// The product's statements that the generated functions send without preparing them, and one that is ours.
pub(crate) struct Texts {
    pub(crate) sessions_lapse: String,
    pub(crate) allocations_insert: String,
    /// The studio has invoices and no page for them yet, so this is in the product's manner and not its own.
    pub(crate) invoices_list: String,
}

impl Texts {
    pub(crate) fn get() -> &'static Self {
        static TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts {
            sessions_lapse: product(SESSIONS, "sessions_lapse"),
            allocations_insert: product(ALLOCATIONS, "allocations_insert"),
            invoices_list: product(INVOICES, "invoices_list"),
        });
        &TEXTS
    }
}

fn product(file: &str, name: &str) -> String {
    let (_, body) = statements(file).find(|(it, _)| it == name).expect("its file has it");
    numbered(&body, &mut Vec::new())
}

/// The statement without the tenant and with it. The tenant is the last parameter.
fn pair(shared: &str) -> (String, String) {
    let mut names = Vec::new();
    let product = numbered(&without_tenant(shared), &mut names);
    names.push("tenant_id".to_owned());
    (product, numbered(shared, &mut names))
}

/// Each statement of a file: its name, and its text on one line, as the generated functions have it.
fn statements(file: &str) -> impl Iterator<Item = (String, String)> + '_ {
    file.split("--!").skip(1).filter_map(|block| {
        let (header, body) = block.split_once('\n')?;
        let name = header.split_whitespace().next()?.to_owned();
        let body = body.split_whitespace().collect::<Vec<_>>().join(" ");
        Some((name, body.trim_end_matches(';').to_owned()))
    })
}

fn without_tenant(shared: &str) -> String {
    const CONDITION: &str = ".tenant_id = :tenant_id and ";
    let mut text = shared.to_owned();
    while let Some(at) = text.find(CONDITION) {
        let alias = text[..at].rfind(|it: char| !it.is_alphanumeric()).map_or(0, |it| it + 1);
        text.replace_range(alias..at + CONDITION.len(), "");
    }
    text.replace(" where :tenant_id::bigint is not null", "")
        .replace(", :tenant_id)", ")")
        .replace(":tenant_id, ", "")
        .replace("(tenant_id, ", "(")
}

/// `:name` becomes `$n`, in the order of `names` and then of appearance.
fn numbered(text: &str, names: &mut Vec<String>) -> String {
    let mut sql = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(':') {
        let (before, after) = rest.split_at(at);
        sql.push_str(before);
        if let Some(cast) = after.strip_prefix("::") {
            sql.push_str("::");
            rest = cast;
            continue;
        }
        let word = &after[1..];
        let end = word.find(|it: char| !(it.is_alphanumeric() || it == '_')).unwrap_or(word.len());
        let (name, after) = word.split_at(end);
        let number = names.iter().position(|it| it == name).unwrap_or_else(|| {
            names.push(name.to_owned());
            names.len() - 1
        });
        sql.push('$');
        sql.push_str(&(number + 1).to_string());
        rest = after;
    }
    sql.push_str(rest);
    sql
}

#[cfg(test)]
mod tests {
    use super::{ALLOCATIONS, INVOICES, SESSIONS, Statements, numbered, pair, statements};

    #[test]
    fn without_its_tenant_a_statement_is_the_products() {
        let shared = "select s.id from sessions s join clients c on c.tenant_id = :tenant_id and c.id = s.client_id \
                      where s.tenant_id = :tenant_id and s.starts_at <= :now and s.status = :status::text";
        let (product, shared) = pair(shared);
        assert_eq!(
            product,
            "select s.id from sessions s join clients c on c.id = s.client_id \
             where s.starts_at <= $1 and s.status = $2::text"
        );
        assert!(shared.contains("c.tenant_id = $3 and c.id"));
        assert!(
            shared
                .ends_with("where s.tenant_id = $3 and s.starts_at <= $1 and s.status = $2::text")
        );
    }

    #[test]
    fn every_shared_statement_is_one_of_the_products() {
        let calendar = include_str!("../../studio/queries/calendar.sql");
        let clients = include_str!("../../studio/queries/clients.sql");
        let product: Vec<String> = [ALLOCATIONS, SESSIONS, INVOICES, calendar, clients]
            .into_iter()
            .flat_map(statements)
            .map(|(_, body)| numbered(&body, &mut Vec::new()))
            .collect();
        for text in Statements::shared().0.keys() {
            assert!(product.contains(text), "not a statement of the product's: {text}");
        }
    }
}
