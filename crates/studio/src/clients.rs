//! Finding clients: what was typed, made into the terms of a search. Accents, case and apostrophes are the
//! database's to ignore (`fold`), and so is ranking.

/// Nobody types more words than this to find one client; more would only slow the search down.
const TERMS_MAX: usize = 5;
const CHARS_MAX: usize = 80;

/// A search as the queries of `clients.sql` take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// Each word has to occur somewhere; escaped for LIKE.
    pub terms: Vec<String>,
    /// The whole, for likeness: a letter swapped is still found.
    pub query: String,
    /// The whole, escaped for LIKE, for putting first what begins with it.
    pub prefix: String,
}

impl Search {
    /// `None` when there is nothing to search for.
    pub fn parse(typed: &str) -> Option<Self> {
        let query: String = typed.chars().filter(|c| *c != '\0').take(CHARS_MAX).collect();
        let words: Vec<&str> = query.split_whitespace().collect();
        if words.is_empty() {
            return None;
        }
        let query = words.join(" ");
        let mut terms: Vec<String> = words.into_iter().map(escaped).take(TERMS_MAX).collect();
        // The longest first: it rules out most.
        terms.sort_by_key(|term| std::cmp::Reverse(term.len()));
        let prefix = escaped(&query);
        Some(Self { terms, query, prefix })
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '%' | '_') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_terms_and_wildcards_are_letters() {
        let search = Search::parse("  100%\tde  L'été_ ").unwrap();
        assert_eq!(search.terms, ["L'été\\_", "100\\%", "de"]);
        assert_eq!(search.query, "100% de L'été_");
        assert_eq!(search.prefix, "100\\% de L'été\\_");
    }

    #[test]
    fn nothing_typed_is_no_search() {
        assert_eq!(Search::parse(" \t "), None);
        assert_eq!(Search::parse("\0"), None);
    }

    #[test]
    fn a_search_is_bounded() {
        let search = Search::parse(&"ab ".repeat(1000)).unwrap();
        assert_eq!(search.terms.len(), TERMS_MAX);
        assert!(search.query.chars().count() <= CHARS_MAX);
    }
}
