//! What a copy has otherwise than the original, in words.

use std::collections::BTreeMap;
use std::fmt;

use super::facts::{DatabaseFacts, SequenceFacts, TableFacts};

/// One thing that the copy has otherwise. `table` and `sequence` are `schema.name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    Missing {
        table: String,
        rows: u64,
    },
    Extra {
        table: String,
        rows: u64,
    },
    Rows {
        table: String,
        here: u64,
        copy: u64,
    },
    /// As many rows, and not the same.
    Content {
        table: String,
        rows: u64,
    },
    SequenceMissing {
        sequence: String,
    },
    SequenceExtra {
        sequence: String,
    },
    /// The copy would give numbers that have been given already.
    SequenceBehind {
        sequence: String,
        here: i64,
        copy: i64,
    },
    LargeObjects {
        here: i64,
        copy: i64,
    },
}

impl DatabaseFacts {
    /// What `copy` has otherwise than this, the original; nothing if it is as good.
    ///
    /// A sequence that is further on in the copy is no difference: sequences are not part of a snapshot, and a dump finds them
    /// where they have got to meanwhile.
    pub fn differences(&self, copy: &Self) -> Vec<Difference> {
        let mut differences = tables(&self.tables, &copy.tables);
        differences.extend(sequences(&self.sequences, &copy.sequences));
        let (here, copy) = (self.large_objects, copy.large_objects);
        if here != copy {
            differences.push(Difference::LargeObjects { here, copy });
        }
        differences
    }
}

fn tables(here: &[TableFacts], copy: &[TableFacts]) -> Vec<Difference> {
    paired(here, copy, |it| (&it.schema, &it.name))
        .into_iter()
        .filter_map(|((schema, name), pair)| {
            let table = format!("{schema}.{name}");
            match pair {
                (Some(here), None) => Some(Difference::Missing { table, rows: here.rows }),
                (None, Some(copy)) => Some(Difference::Extra { table, rows: copy.rows }),
                (Some(here), Some(copy)) if here.rows != copy.rows => {
                    Some(Difference::Rows { table, here: here.rows, copy: copy.rows })
                }
                (Some(here), Some(copy)) if here.hash != copy.hash => {
                    Some(Difference::Content { table, rows: here.rows })
                }
                (Some(_), Some(_)) | (None, None) => None,
            }
        })
        .collect()
}

fn sequences(here: &[SequenceFacts], copy: &[SequenceFacts]) -> Vec<Difference> {
    paired(here, copy, |it| (&it.schema, &it.name))
        .into_iter()
        .filter_map(|((schema, name), pair)| {
            let sequence = format!("{schema}.{name}");
            match pair {
                (Some(_), None) => Some(Difference::SequenceMissing { sequence }),
                (None, Some(_)) => Some(Difference::SequenceExtra { sequence }),
                (Some(here), Some(copy)) if is_behind(here, copy) => {
                    let (here, copy) = (here.last_value, copy.last_value);
                    Some(Difference::SequenceBehind { sequence, here, copy })
                }
                (Some(_), Some(_)) | (None, None) => None,
            }
        })
        .collect()
}

/// Whether the copy would give out what the original has given out.
fn is_behind(here: &SequenceFacts, copy: &SequenceFacts) -> bool {
    if copy.last_value == here.last_value {
        return here.is_called && !copy.is_called;
    }
    (copy.last_value < here.last_value) == (here.increment > 0)
}

type Pairs<'a, T> = BTreeMap<(&'a String, &'a String), (Option<&'a T>, Option<&'a T>)>;

fn paired<'a, T>(
    here: &'a [T],
    copy: &'a [T],
    key: impl Fn(&'a T) -> (&'a String, &'a String),
) -> Pairs<'a, T> {
    let mut pairs = Pairs::new();
    for it in here {
        pairs.entry(key(it)).or_default().0 = Some(it);
    }
    for it in copy {
        pairs.entry(key(it)).or_default().1 = Some(it);
    }
    pairs
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { table, rows } => {
                write!(f, "table {table}: missing in the copy, {} here", counted(*rows))
            }
            Self::Extra { table, rows } => {
                write!(f, "table {table}: in the copy alone, with {}", counted(*rows))
            }
            Self::Rows { table, here, copy } => {
                write!(f, "table {table}: {}, {copy} in the copy", counted(*here))
            }
            Self::Content { table, rows } => {
                write!(f, "table {table}: {} in both, and not the same", counted(*rows))
            }
            Self::SequenceMissing { sequence } => {
                write!(f, "sequence {sequence}: missing in the copy")
            }
            Self::SequenceExtra { sequence } => write!(f, "sequence {sequence}: in the copy alone"),
            Self::SequenceBehind { sequence, here, copy } if here == copy => write!(
                f,
                "sequence {sequence}: the copy would give {copy} again, which has been given"
            ),
            Self::SequenceBehind { sequence, here, copy } => {
                write!(f, "sequence {sequence}: at {here}, only at {copy} in the copy")
            }
            Self::LargeObjects { here, copy } => {
                write!(f, "large objects: {here}, {copy} in the copy")
            }
        }
    }
}

fn counted(rows: u64) -> String {
    match rows {
        1 => "1 row".to_owned(),
        rows => format!("{rows} rows"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `tables` is one word a table, `name:rows:hash`; `sequences` one word a sequence, `name:last_value`, with `?` behind a value that
    /// was not given yet and `-` before one that counts down.
    fn database(tables: &str, sequences: &str) -> DatabaseFacts {
        let tables = tables.split_whitespace().map(|word| {
            let [name, rows, hash] = word.split(':').collect::<Vec<_>>()[..] else {
                panic!("three parts in {word}")
            };
            TableFacts {
                schema: "public".to_owned(),
                name: name.to_owned(),
                rows: rows.parse().unwrap(),
                hash: hash.to_owned(),
            }
        });
        let sequences = sequences.split_whitespace().map(|word| {
            let (name, value) = word.split_once(':').unwrap();
            SequenceFacts {
                schema: "public".to_owned(),
                name: name.trim_start_matches('-').to_owned(),
                increment: if name.starts_with('-') { -1 } else { 1 },
                last_value: value.trim_end_matches('?').parse().unwrap(),
                is_called: !value.ends_with('?'),
            }
        });
        DatabaseFacts {
            server_version_num: 150_018,
            wal_lsn: "0/1".to_owned(),
            taken_at: "2026-11-24T09:00:00Z".parse().unwrap(),
            large_objects: 0,
            tables: tables.collect(),
            sequences: sequences.collect(),
        }
    }

    fn check(here: (&str, &str), copy: (&str, &str)) -> String {
        let differences = database(here.0, here.1).differences(&database(copy.0, copy.1));
        differences.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn tables_in_words() {
        for (here, copy, words) in [
            ("a:1:x b:2:y", "b:2:y a:1:x", ""),
            (
                "invoices:120:x",
                "invoices:119:y",
                "table public.invoices: 120 rows, 119 in the copy",
            ),
            ("a:1:x", "a:1:y", "table public.a: 1 row in both, and not the same"),
            ("a:1:x", "", "table public.a: missing in the copy, 1 row here"),
            ("", "a:0:x", "table public.a: in the copy alone, with 0 rows"),
            (
                "a:1:x b:1:x",
                "b:2:y c:1:x",
                "table public.a: missing in the copy, 1 row here; table public.b: 1 row, 2 in the copy; table public.c: in the copy alone, with 1 row",
            ),
        ] {
            assert_eq!(check((here, ""), (copy, "")), words, "{here} | {copy}");
        }
    }

    #[test]
    fn a_sequence_may_be_further_on_and_not_behind() {
        for (here, copy, words) in [
            ("a:7", "a:7", ""),
            ("a:7", "a:9", ""),
            ("a:7?", "a:7", ""),
            ("a:7", "a:6", "sequence public.a: at 7, only at 6 in the copy"),
            ("a:7", "a:7?", "sequence public.a: the copy would give 7 again, which has been given"),
            ("-a:-7", "-a:-9", ""),
            ("-a:-7", "-a:-6", "sequence public.a: at -7, only at -6 in the copy"),
            ("a:7", "", "sequence public.a: missing in the copy"),
            ("", "a:7", "sequence public.a: in the copy alone"),
        ] {
            assert_eq!(check(("", here), ("", copy)), words, "{here} | {copy}");
        }
    }

    #[test]
    fn when_and_where_they_were_taken_is_no_difference() {
        let here = database("a:1:x", "");
        let mut copy = here.clone();
        (copy.server_version_num, copy.wal_lsn) = (180_001, "5/2".to_owned());
        copy.taken_at = "2027-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(here.differences(&copy), []);
        copy.large_objects = 3;
        assert_eq!(here.differences(&copy)[0].to_string(), "large objects: 0, 3 in the copy");
    }

    #[test]
    fn facts_are_read_as_they_were_written() {
        let facts = database("b:1:x a:2:y", "s:7?");
        let written = serde_json::to_string(&facts).unwrap();
        assert_eq!(serde_json::from_str::<DatabaseFacts>(&written).unwrap(), facts);
    }
}
