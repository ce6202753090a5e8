//! What the lint says, as plain values.

/// What was read, and all there is to say about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// In the order in which they would run, a file before the one that takes it back.
    pub files: Vec<String>,
    /// In the order of the files and their lines.
    pub findings: Vec<Finding>,
}

/// One thing about one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `<version>_<name>.sql`, or `.down.sql`.
    pub file: String,
    /// Counted from 1; 1 too for what is about the whole file.
    pub line: usize,
    /// As it is written in `-- lint: allow <rule> because <reason>`.
    pub rule: String,
    pub severity: Severity,
    /// What is so. One sentence, or two.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The reason of whoever allowed it in the file's header.
    pub allowed: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// It must not be released.
    Refused,
    /// Somebody should know.
    Noted,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Noted => "noted",
        }
    }
}

impl Finding {
    /// One word: how severe it is, or that it is allowed.
    pub fn verdict(&self) -> &'static str {
        if self.allowed.is_some() { "allowed" } else { self.severity.as_str() }
    }
}

impl Report {
    /// How many findings have this verdict: `refused`, `noted` or `allowed`.
    pub fn count(&self, verdict: &str) -> usize {
        self.findings.iter().filter(|it| it.verdict() == verdict).count()
    }

    /// Whether the release must not go out as it is.
    pub fn is_refused(&self) -> bool {
        self.count(Severity::Refused.as_str()) > 0
    }
}
