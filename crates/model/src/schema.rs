//! A tenant database's schema as lines of text, and its fingerprint: two databases with the same one have the same schema.
//!
//! Not here: how the lines are read (`control::schema`), and what differs between two schemas ([`crate::SchemaDiff`]).

use sha2::{Digest, Sha256};

use crate::hexadecimal::hexadecimal;

/// How an index that PostgreSQL could not finish, and does not use, ends its definition.
const INVALID: &str = " (invalid)";

/// One object of a schema, or one part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchemaLine {
    /// `table bookings`.
    pub object: String,
    /// `column note`; empty where the line is about the object itself.
    pub part: String,
    /// `text not null`; may be empty.
    pub definition: String,
}

/// Invariant: the lines are in order and each is there once, so the order in which they were read or made does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema(Vec<SchemaLine>);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a line of a schema")]
pub struct NotASchema(String);

impl Schema {
    pub fn new(mut lines: Vec<SchemaLine>) -> Self {
        lines.sort_unstable();
        lines.dedup();
        Self(lines)
    }

    pub fn lines(&self) -> &[SchemaLine] {
        &self.0
    }

    /// One line a line, its three fields with tabs between.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(written).collect();
        lines.join("\n")
    }

    /// Reads what [`Self::text`] has written.
    pub fn parse(text: &str) -> Result<Self, NotASchema> {
        text.lines().map(read).collect::<Result<_, _>>().map(Self::new)
    }

    /// SHA-256 of the text, in hexadecimal.
    pub fn fingerprint(&self) -> String {
        hexadecimal(&Sha256::digest(self.text()))
    }

    /// Indexes that are there and of no use: building them failed or was cut off. Each with its table.
    pub fn invalid_indexes(&self) -> impl Iterator<Item = (&str, &str)> {
        let is_invalid = |it: &&SchemaLine| it.definition.ends_with(INVALID);
        self.0.iter().filter(is_invalid).filter_map(|it| {
            let index = it.part.strip_prefix("index ")?;
            Some((it.object.as_str(), index))
        })
    }
}

fn written(line: &SchemaLine) -> String {
    let SchemaLine { object, part, definition } = line;
    format!("{}\t{}\t{}", escaped(object), escaped(part), escaped(definition))
}

/// A name may hold a tab, and a view is written over several lines.
fn escaped(field: &str) -> String {
    field.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn read(line: &str) -> Result<SchemaLine, NotASchema> {
    let fields: Vec<&str> = line.split('\t').collect();
    match *fields.as_slice() {
        [object, part, definition] => Ok(SchemaLine {
            object: unescaped(object),
            part: unescaped(part),
            definition: unescaped(definition),
        }),
        _ => Err(NotASchema(line.to_owned())),
    }
}

fn unescaped(field: &str) -> String {
    let mut text = String::with_capacity(field.len());
    let mut chars = field.chars();
    while let Some(it) = chars.next() {
        if it != '\\' {
            text.push(it);
            continue;
        }
        match chars.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some(other) => text.push(other),
            None => text.push('\\'),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn line(object: &str, part: &str, definition: &str) -> SchemaLine {
        let [object, part, definition] = [object, part, definition].map(str::to_owned);
        SchemaLine { object, part, definition }
    }

    fn lines() -> impl Strategy<Value = Vec<SchemaLine>> {
        let field = || r"[ab\\nt\t\n\r]{0,4}";
        vec((field(), field(), field()).prop_map(|(a, b, c)| line(&a, &b, &c)), 0..6)
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(lines in lines()) {
            let schema = Schema::new(lines);
            prop_assert_eq!(Schema::parse(&schema.text()), Ok(schema));
        }

        #[test]
        fn other_lines_have_another_fingerprint(one in lines(), other in lines()) {
            let (one, other) = (Schema::new(one), Schema::new(other));
            prop_assert_eq!(one.fingerprint() == other.fingerprint(), one == other);
        }
    }

    #[test]
    fn the_order_in_which_lines_come_does_not_count() {
        let (a, b) = (line("table a", "", ""), line("table b", "", ""));
        let one = Schema::new(vec![a.clone(), b.clone()]);
        let other = Schema::new(vec![b.clone(), a, b]);
        assert_eq!(one.fingerprint(), other.fingerprint());
    }

    /// What is stored stays readable, and equal to what is read later.
    #[test]
    fn the_fingerprint_of_a_text_does_not_change() {
        let schema =
            Schema::new(vec![line("view v", "", "select 1\nas a"), line("table t", "", "")]);
        assert_eq!(schema.text(), "table t\t\t\nview v\t\tselect 1\\nas a");
        assert_eq!(
            schema.fingerprint(),
            "db299b07d55ac7b78d128c00043730438968fc3db99035838f7a2b6b1e879353"
        );
    }

    #[test]
    fn another_text_is_no_schema() {
        let refused = Schema::parse("table a\t\t\ntable b").unwrap_err();
        assert_eq!(refused.to_string(), "'table b' is not a line of a schema");
    }

    #[test]
    fn an_invalid_index_is_seen() {
        let schema = Schema::new(vec![
            line("table t", "index a", "CREATE INDEX a ON public.t USING btree (x)"),
            line("table t", "index b", "CREATE INDEX b ON public.t USING btree (x) (invalid)"),
        ]);
        assert_eq!(schema.invalid_indexes().collect::<Vec<_>>(), [("table t", "b")]);
    }
}
