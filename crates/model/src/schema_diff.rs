//! What differs between the schema that a database should have and the one that it has, for a person.

use std::collections::{BTreeMap, BTreeSet};

use crate::schema::{Schema, SchemaLine};

/// More lines than anybody reads; whoever has more differences has another schema altogether.
pub const DIFF_LINES_MAX: usize = 40;
/// What is shown of one definition. Of two that are longer, the place is shown where they part.
const DEFINITION_CHARS_MAX: usize = 120;
/// How much is shown of what they have in common before that.
const COMMON_CHARS: usize = 24;

/// Lines in the order of their objects: `-` is missing, `+` should not be there, `~` is not what it should be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemaDiff(Vec<String>);

impl SchemaDiff {
    pub fn between(expected: &Schema, found: &Schema) -> Self {
        let sides = [expected, found].map(|it| it.lines().iter().collect::<BTreeSet<_>>());
        let [wanted, there] = &sides;
        let [wanted_sizes, sizes] = [expected, found].map(sizes);
        let mut changes: BTreeMap<&str, BTreeMap<&str, Change<'_>>> = BTreeMap::new();
        for line in wanted.difference(there) {
            change(&mut changes, line).missing.push(&line.definition);
        }
        for line in there.difference(wanted) {
            change(&mut changes, line).extra.push(&line.definition);
        }
        let of_object = |(object, parts): (&str, BTreeMap<&str, Change<'_>>)| match (
            wanted_sizes.get(object),
            sizes.get(object),
        ) {
            (Some(&parts), None) => vec![whole('-', object, parts)],
            (None, Some(&parts)) => vec![whole('+', object, parts)],
            (Some(_), Some(_)) | (None, None) => {
                parts.into_iter().flat_map(|(part, it)| it.told(object, part)).collect()
            }
        };
        Self(changes.into_iter().flat_map(of_object).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, however many.
    pub fn differences(&self) -> &[String] {
        &self.0
    }

    /// At most [`DIFF_LINES_MAX`], and a last one that says how many more there are.
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.0.iter().take(DIFF_LINES_MAX).cloned().collect();
        match self.0.len() - lines.len() {
            0 => {}
            more => lines.push(format!("and {more} more")),
        }
        lines
    }
}

/// Definitions of one part on one side alone. More than one of a side are of objects whose names do not tell them apart.
#[derive(Default)]
struct Change<'a> {
    missing: Vec<&'a str>,
    extra: Vec<&'a str>,
}

impl Change<'_> {
    fn told(&self, object: &str, part: &str) -> Vec<String> {
        let changed = self.missing.iter().zip(&self.extra);
        let changed = changed.map(|(expected, found)| {
            let name =
                if part.is_empty() { object.to_owned() } else { format!("{object}: {part}") };
            let [expected, found] = compared(expected, found);
            format!("~ {name}: expected {expected}, found {found}")
        });
        let pairs = changed.len();
        let rest = |sign, of: &[&str]| -> Vec<String> {
            of.iter().skip(pairs).map(|it| alone(sign, object, part, it)).collect()
        };
        let (missing, extra) = (rest('-', &self.missing), rest('+', &self.extra));
        changed.chain(missing).chain(extra).collect()
    }
}

fn change<'a, 'b>(
    changes: &'b mut BTreeMap<&'a str, BTreeMap<&'a str, Change<'a>>>,
    line: &'a SchemaLine,
) -> &'b mut Change<'a> {
    changes.entry(&line.object).or_default().entry(&line.part).or_default()
}

/// How many lines each object has.
fn sizes(schema: &Schema) -> BTreeMap<&str, usize> {
    let mut sizes = BTreeMap::new();
    for line in schema.lines() {
        *sizes.entry(line.object.as_str()).or_default() += 1;
    }
    sizes
}

fn whole(sign: char, object: &str, lines: usize) -> String {
    match lines {
        1 => format!("{sign} {object}"),
        lines => format!("{sign} {object}, with all that belongs to it ({lines} lines)"),
    }
}

fn alone(sign: char, object: &str, part: &str, definition: &str) -> String {
    let definition = cut(&on_one_line(definition), 0);
    let told: Vec<&str> =
        [part, definition.as_str()].into_iter().filter(|it| !it.is_empty()).collect();
    format!("{sign} {object}: {}", told.join(" "))
}

/// Two definitions that differ, so that one sees where.
fn compared(one: &str, other: &str) -> [String; 2] {
    let folded = [one, other].map(on_one_line);
    // All that differs is white space.
    let texts = if folded[0] == folded[1] {
        [one, other].map(|it| it.escape_debug().to_string())
    } else {
        folded
    };
    let is_long = texts.iter().any(|it| it.chars().count() > DEFINITION_CHARS_MAX);
    let common = texts[0].chars().zip(texts[1].chars()).take_while(|(a, b)| a == b).count();
    let from = if is_long { common.saturating_sub(COMMON_CHARS) } else { 0 };
    texts.map(|it| if it.is_empty() { "nothing".to_owned() } else { cut(&it, from) })
}

fn on_one_line(definition: &str) -> String {
    definition.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str, from: usize) -> String {
    let shown: String = text.chars().skip(from).take(DEFINITION_CHARS_MAX).collect();
    let before = if from > 0 { "…" } else { "" };
    let is_cut = text.chars().count() > from + DEFINITION_CHARS_MAX;
    format!("{before}{shown}{}", if is_cut { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// A line is `object | part | definition`.
    fn schema(lines: &str) -> Schema {
        let line = |line: &str| {
            let mut fields = line.split('|').map(|it| it.trim().to_owned());
            let mut next = || fields.next().unwrap_or_default();
            SchemaLine { object: next(), part: next(), definition: next() }
        };
        Schema::new(lines.lines().map(line).collect())
    }

    fn check(expected: &str, found: &str) -> String {
        SchemaDiff::between(&schema(expected), &schema(found)).lines().join("\n")
    }

    const BOOKINGS: &str = "table bookings\ntable bookings | column id | uuid not null";

    #[test]
    fn a_part_is_missing_extra_or_another() {
        let with = |part: &str| format!("{BOOKINGS}\ntable bookings | {part}");
        let note = with("column note | text");
        assert_eq!(check(&note, BOOKINGS), "- table bookings: column note text");
        assert_eq!(check(BOOKINGS, &note), "+ table bookings: column note text");
        assert_eq!(
            check(&note, &with("column note | text not null")),
            "~ table bookings: column note: expected text, found text not null"
        );
    }

    #[test]
    fn an_object_that_is_missing_is_one_line() {
        let other = "table rooms\ntable rooms | column id | uuid";
        assert_eq!(
            check(&format!("{BOOKINGS}\nsequence s | | bigint"), other),
            "- sequence s\n\
             - table bookings, with all that belongs to it (2 lines)\n\
             + table rooms, with all that belongs to it (2 lines)"
        );
    }

    #[test]
    fn the_object_itself_differs() {
        assert_eq!(
            check("table a", "table a | | unlogged"),
            "~ table a: expected nothing, found unlogged"
        );
    }

    #[test]
    fn names_that_do_not_tell_apart_are_paired_as_far_as_they_go() {
        assert_eq!(
            check("x | p | a\nx | p | b\nx | p | c", "x | p | c\nx | p | d"),
            "~ x: p: expected a, found d\n- x: p b"
        );
    }

    #[test]
    fn of_long_definitions_the_place_is_shown_where_they_part() {
        let view = |column: &str| {
            let columns: Vec<String> = (0..100).map(|it| format!("column_{it}")).collect();
            format!("view v | | select {}, {column} as last from t", columns.join(", "))
        };
        assert_eq!(
            check(&view("a"), &view("b")),
            "~ view v: expected …, column_98, column_99, a as last from t, found …, column_98, column_99, b as last from t"
        );
    }

    #[test]
    fn white_space_is_seen_where_it_is_all_that_differs() {
        let view = |text: &str| {
            let line = SchemaLine {
                object: "view v".to_owned(),
                part: String::new(),
                definition: text.to_owned(),
            };
            Schema::new(vec![line])
        };
        assert_eq!(
            SchemaDiff::between(&view("select ' '"), &view("select '\t'")).differences(),
            ["~ view v: expected select \\' \\', found select \\'\\t\\'"]
        );
    }

    #[test]
    fn a_long_list_says_how_much_longer_it_is() {
        let many: Vec<String> = (0..52).map(|it| format!("table t{it:02}")).collect();
        let lines = SchemaDiff::between(&schema(&many.join("\n")), &schema("schema s")).lines();
        assert_eq!(lines.len(), DIFF_LINES_MAX + 1);
        // One line is the schema's.
        assert_eq!(lines.last().unwrap(), "and 13 more");
    }

    fn lines() -> impl Strategy<Value = Vec<SchemaLine>> {
        let line = ("[ab]", "[ cd]", "[efg]{0,2}");
        let made = |(object, part, definition): (String, String, String)| SchemaLine {
            object,
            part: part.trim().to_owned(),
            definition,
        };
        vec(line.prop_map(made), 0..8)
    }

    proptest! {
        #[test]
        fn there_is_a_difference_if_and_only_if_the_fingerprints_differ(one in lines(), other in lines()) {
            let (one, other) = (Schema::new(one), Schema::new(other));
            let diff = SchemaDiff::between(&one, &other);
            prop_assert_eq!(diff.is_empty(), one.fingerprint() == other.fingerprint());
        }

        #[test]
        fn the_order_of_lines_does_not_count(one in lines(), other in lines()) {
            let backwards = |lines: &[SchemaLine]| Schema::new(lines.iter().rev().cloned().collect());
            prop_assert_eq!(
                SchemaDiff::between(&Schema::new(one.clone()), &Schema::new(other.clone())),
                SchemaDiff::between(&backwards(&one), &backwards(&other))
            );
        }

        /// What is missing the one way is extra the other way.
        #[test]
        fn looked_at_from_the_other_side_it_is_as_long(one in lines(), other in lines()) {
            let (one, other) = (Schema::new(one), Schema::new(other));
            let (there, back) = (SchemaDiff::between(&one, &other), SchemaDiff::between(&other, &one));
            let signs = |diff: &SchemaDiff, sign| {
                diff.differences().iter().filter(|it| it.starts_with(sign)).count()
            };
            prop_assert_eq!(signs(&there, '-'), signs(&back, '+'));
            prop_assert_eq!(signs(&there, '~'), signs(&back, '~'));
        }
    }
}
