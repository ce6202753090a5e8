//! Errors as a tired operator reads them: three lines at most. What happened, what it means, what to do.

use std::fmt;

use cloison_api::{ClientError, Code};

/// An error with its words ready.
#[derive(Debug)]
pub(crate) struct Complaint {
    what: String,
    meaning: String,
    advice: String,
}

impl Complaint {
    pub(crate) fn new(
        what: impl Into<String>,
        meaning: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self { what: what.into(), meaning: meaning.into(), advice: advice.into() }
    }

    /// With the place that is to blame in front.
    pub(crate) fn at(self, place: &str) -> Self {
        Self { what: format!("{place}: {}", self.what), ..self }
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Complaint {}

/// The text for stderr, with its line ends.
pub(crate) fn render(error: &anyhow::Error) -> String {
    if let Some(it) = error.chain().find_map(|it| it.downcast_ref::<Complaint>()) {
        return lines(&[&it.what, &it.meaning, &it.advice]);
    }
    match error.downcast_ref::<ClientError>() {
        Some(ClientError::Problem(it)) if it.code == Code::Unauthorized => lines(&[
            "the token is not known, has expired or was revoked, or its user is disabled",
            "it comes from --token, CLOISON_TOKEN or the profile",
            "sign in with: cloison login",
        ]),
        Some(ClientError::Problem(it)) => {
            let mut said: Vec<&str> = it.detail.lines().collect();
            let place = it.trace_id.as_ref().map(|it| format!("in the log it has trace_id {it}"));
            if it.code == Code::Internal {
                // No more than one line that the server has to say of its own failure.
                said.truncate(2);
                said.extend(place.as_deref());
            }
            lines(&said)
        }
        Some(ClientError::Unreachable { url, source }) => lines(&[
            &format!("no answer from {url}"),
            &innermost(source),
            "is Cloison running there? start it with: cloison up",
        ]),
        Some(ClientError::NotOurs { url, .. }) => lines(&[
            &format!("{url} answered, but not with Cloison's API"),
            "another program may listen there",
            "check --url, or CLOISON_URL",
        ]),
        None => lines(&[&format!("{error:#}")]),
    }
}

fn lines(lines: &[&str]) -> String {
    let mut text = String::new();
    for (line, lead) in lines.iter().filter(|it| !it.is_empty()).zip(["error: ", "  ", "  "]) {
        text.push_str(lead);
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The reason at the bottom of a chain; what is above it repeats the URL.
pub(crate) fn innermost(error: &dyn std::error::Error) -> String {
    let mut reason = error;
    while let Some(source) = reason.source() {
        reason = source;
    }
    reason.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_lines() {
        let error =
            anyhow::Error::from(Complaint::new("a happened", "b is so", "do c")).context("start");
        assert_eq!(render(&error), "error: a happened\n  b is so\n  do c\n");
    }

    #[test]
    fn a_chain_reads_as_one_sentence() {
        let error = anyhow::anyhow!("disk full").context("write the key").context("start");
        assert_eq!(render(&error), "error: start: write the key: disk full\n");
    }
}
