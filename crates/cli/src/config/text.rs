//! From the text of `cloison.toml` to what it says, with the line of each word.
//!
//! Not here: what a value means. A number is still text.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{self, Key};
use super::mistake::{From, Mistake};

/// A value as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) line: usize,
}

/// By the name of the key.
pub(super) type Text = BTreeMap<&'static str, Said>;

pub(super) fn parse(text: &str) -> Result<Text, Mistake> {
    let root = DeTable::parse(text).map_err(|error| Mistake {
        from: From::Line(error.span().map_or(1, |it| line_of(text, it.start))),
        what: error.message().replace('\n', ", "),
        meaning: "the file is not TOML from here on".to_owned(),
        advice: "a line is: key = \"text\", or key = 5432, or [table]".to_owned(),
    })?;
    let mut said = Text::new();
    for (name, value) in root.get_ref() {
        match value.get_ref() {
            DeValue::Table(table) => {
                let names = keys::names_in(Some(name.get_ref()));
                if names.is_empty() {
                    let here = line_of(text, name.span().start);
                    return Err(unknown(here, &format!("table [{}]", name.get_ref())));
                }
                for (inner, value) in table {
                    let full = format!("{}.{}", name.get_ref(), inner.get_ref());
                    let line = line_of(text, inner.span().start);
                    let known =
                        key(&full).ok_or_else(|| unknown_key(line, inner.get_ref(), &names))?;
                    said.insert(known.name, Said { text: plain(known, line, value)?, line });
                }
            }
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_) => {
                let line = line_of(text, name.span().start);
                let known = key(name.get_ref())
                    .ok_or_else(|| unknown_key(line, name.get_ref(), &keys::names_in(None)))?;
                said.insert(known.name, Said { text: plain(known, line, value)?, line });
            }
        }
    }
    Ok(said)
}

fn key(name: &str) -> Option<&'static Key> {
    keys::ALL.into_iter().find(|it| it.name == name && it.place == keys::Allowed::Anywhere)
}

fn plain(key: &Key, line: usize, value: &Spanned<DeValue<'_>>) -> Result<String, Mistake> {
    match value.get_ref() {
        DeValue::String(it) => Ok(it.to_string()),
        DeValue::Integer(it) => Ok(it.to_string()),
        DeValue::Boolean(it) if key.takes == keys::Takes::Flag => Ok(it.to_string()),
        DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => Err(Mistake {
            from: From::Line(line),
            what: format!("{} is of type {}", key.name, value.get_ref().type_str()),
            meaning: "this setting is a text or a whole number".to_owned(),
            advice: "write it in double quotes, or as digits".to_owned(),
        }),
    }
}

fn unknown_key(line: usize, name: &str, known: &[&str]) -> Mistake {
    Mistake {
        from: From::Line(line),
        what: format!("there is no setting '{name}' here"),
        meaning: "a misspelt setting would be one that nobody reads".to_owned(),
        advice: format!("known here: {}", known.join(", ")),
    }
}

fn unknown(line: usize, what: &str) -> Mistake {
    Mistake {
        from: From::Line(line),
        what: format!("there is no {what}"),
        meaning: "a misspelt setting would be one that nobody reads".to_owned(),
        advice: format!("known are: [{}]", keys::tables().join("], [")),
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|it| *it == b'\n').count() + 1
}
