//! Takes settings one by one from whoever says them first: an option, the environment, the file, the default.

use std::path::PathBuf;

use cloison_model::Secret;

use super::Overrides;
use super::environment::Environment;
use super::keys::Key;
use super::mistake::{From, Mistake};
use super::text::Text;

/// What is wrong with a value, apart from where it stands.
pub(super) struct Wrong {
    pub(super) what: String,
    pub(super) meaning: &'static str,
}

/// Where a secret is. It is read by whoever needs it, not here.
#[derive(Clone)]
pub(super) enum SecretPlace {
    Given(Secret),
    File(PathBuf),
}

/// One line of the effective configuration. Never holds a secret.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(super) from: From,
}

pub(super) struct Reader<'a> {
    pub(super) file: &'a Text,
    pub(super) environment: &'a Environment,
    pub(super) overrides: Overrides,
    pub(super) shown: Vec<Shown>,
}

impl Reader<'_> {
    pub(super) fn take<T>(
        &mut self,
        key: &'static Key,
        default: &str,
        parse: impl Fn(&str) -> Result<T, Wrong>,
    ) -> Result<T, Mistake> {
        let (text, from) = self.find(key).unwrap_or_else(|| (default.to_owned(), From::Default));
        let value = parse(&text).map_err(|wrong| mistake(key, from, default, &wrong))?;
        self.shown.push(Shown { name: key.name, value: text, from });
        Ok(value)
    }

    /// Nothing is shown, and nothing answered, if nobody says it.
    pub(super) fn take_if_said(&mut self, key: &'static Key) -> Option<(String, From)> {
        let (text, from) = self.find(key)?;
        self.show(key, &text, from);
        Some((text, from))
    }

    pub(super) fn show(&mut self, key: &'static Key, value: &str, from: From) {
        self.shown.push(Shown { name: key.name, value: value.to_owned(), from });
    }

    /// Whichever of the two is said by whoever comes first; both said by the same one are too many.
    pub(super) fn take_secret(
        &mut self,
        given: &'static Key,
        file: &'static Key,
        what: &str,
        meaning: &str,
    ) -> Result<(SecretPlace, From), Mistake> {
        let place = match (self.find(given), self.find(file)) {
            (Some((_, a)), Some((_, b))) if a.rank() == b.rank() => {
                return Err(Mistake {
                    from: b,
                    what: format!("both {} and {} are set", given.name, file.name),
                    meaning: "it is not clear which of them counts".to_owned(),
                    advice: "take one of them out".to_owned(),
                });
            }
            (Some((_, a)), Some((path, b))) if b.rank() < a.rank() => self.pointed(file, path, b),
            (None, Some((path, b))) => self.pointed(file, path, b),
            (Some((text, a)), Some(_) | None) => {
                self.shown.push(Shown { name: given.name, value: "(hidden)".to_owned(), from: a });
                (SecretPlace::Given(Secret::new(text)), a)
            }
            (None, None) => {
                return Err(Mistake {
                    from: From::Default,
                    what: format!("nothing says {what}"),
                    meaning: meaning.to_owned(),
                    advice: format!("set {} in the file, or {}", file.name, given.variable),
                });
            }
        };
        Ok(place)
    }

    /// `otherwise` is shown where nobody names one.
    pub(super) fn take_folder(
        &mut self,
        key: &'static Key,
        otherwise: &str,
    ) -> Option<(PathBuf, From)> {
        let found = self.find(key);
        let (value, from) = found.clone().unwrap_or_else(|| (otherwise.to_owned(), From::Default));
        self.shown.push(Shown { name: key.name, value, from });
        found.map(|(path, from)| (path.into(), from))
    }

    fn pointed(&mut self, key: &'static Key, path: String, from: From) -> (SecretPlace, From) {
        self.shown.push(Shown { name: key.name, value: path.clone(), from });
        (SecretPlace::File(path.into()), from)
    }

    pub(super) fn find(&self, key: &Key) -> Option<(String, From)> {
        if let Some((option, text)) = self.overrides.of(key) {
            return Some((text, From::Option(option)));
        }
        if let Some((variable, text)) = self.environment.find(key.variable) {
            return Some((text.to_owned(), From::Variable(variable)));
        }
        self.file.get(key.name).map(|it| (it.text.clone(), From::Line(it.line)))
    }
}

impl From {
    /// Who is heard first has the lowest.
    fn rank(self) -> u8 {
        match self {
            Self::Option(_) => 0,
            Self::Variable(_) => 1,
            Self::Line(_) => 2,
            Self::Default => 3,
        }
    }
}

fn mistake(key: &Key, from: From, default: &str, wrong: &Wrong) -> Mistake {
    let way_out = match from {
        From::Line(_) | From::Option(_) => "leave it out".to_owned(),
        From::Variable(name) => format!("unset {name}"),
        From::Default => "set it".to_owned(),
    };
    Mistake {
        from,
        what: format!("{} {}", key.name, wrong.what),
        meaning: wrong.meaning.to_owned(),
        advice: format!("correct it, or {way_out} for the default, {default}"),
    }
}
