//! What is wrong with a configuration, and where to look.

use std::path::Path;

use crate::complaint::Complaint;

/// Who said something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// Counted from 1.
    Line(usize),
    Variable(&'static str),
    Option(&'static str),
    Default,
}

/// A mistake in words: what it is, what it means, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(super) from: From,
    pub(super) what: String,
    pub(super) meaning: String,
    pub(super) advice: String,
}

impl From {
    /// `file` is the configuration file, where there is one.
    pub(super) fn shown(self, file: Option<&Path>) -> String {
        match (self, file) {
            (Self::Line(line), Some(file)) => format!("{}:{line}", file.display()),
            (Self::Line(line), None) => format!("line {line}"),
            (Self::Variable(name) | Self::Option(name), _) => name.to_owned(),
            (Self::Default, _) => "default".to_owned(),
        }
    }
}

impl Mistake {
    pub(super) fn complaint(&self, file: Option<&Path>) -> Complaint {
        let what = match (self.from, file) {
            // Missing as a whole, so no line is to blame.
            (From::Default, Some(file)) => format!("{}: {}", file.display(), self.what),
            (From::Default, None) => self.what.clone(),
            (From::Line(_) | From::Variable(_) | From::Option(_), file) => {
                format!("{}: {}", self.from.shown(file), self.what)
            }
        };
        Complaint::new(what, self.meaning.clone(), self.advice.clone())
    }
}
