//! Asks for secrets: on a terminal without showing them, or line by line from standard input.
//!
//! Never from arguments or options: every user of a machine sees those of every process.

use std::io::{self, BufRead, IsTerminal, Read, StderrLock, Write};

use anyhow::{Context, Result};
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};

use crate::complaint::Complaint;

/// Longer than any secret of ours; a file that was piped in by mistake is not read to its end.
const BYTES_MAX: u64 = 4_096;
const CTRL_C: u8 = 3;
const CTRL_D: u8 = 4;
const BACKSPACE: [u8; 2] = [8, 127];

/// Where answers come from.
#[derive(Clone, Copy)]
pub(crate) enum Answers {
    Terminal,
    /// One a line, in the order of the questions.
    Lines,
}

impl Answers {
    /// As told by `--password-stdin`.
    pub(crate) fn from(password_stdin: bool) -> Result<Self> {
        if password_stdin {
            return Ok(Self::Lines);
        }
        if io::stdin().is_terminal() {
            return Ok(Self::Terminal);
        }
        Err(Complaint::new(
            "standard input is not a terminal",
            "nobody can be asked for a secret, and one in an argument would be seen by everybody",
            "send it as a line of standard input, with --password-stdin",
        )
        .into())
    }

    /// Something that everybody may see.
    pub(crate) fn ask(self, question: &str) -> Result<String> {
        match self {
            Self::Lines => line(question),
            Self::Terminal => {
                prompt(&mut io::stderr().lock(), question)?;
                line(question)
            }
        }
    }

    /// Something that nobody may see.
    pub(crate) fn ask_hidden(self, question: &str) -> Result<String> {
        match self {
            Self::Lines => line(question),
            Self::Terminal => hidden(question),
        }
    }
}

fn prompt(stderr: &mut StderrLock<'_>, question: &str) -> io::Result<()> {
    write!(stderr, "{question}: ")?;
    stderr.flush()
}

fn line(question: &str) -> Result<String> {
    let mut text = String::new();
    let read = io::stdin().lock().take(BYTES_MAX).read_line(&mut text);
    if read.with_context(|| format!("read the {question}"))? == 0 {
        return Err(ended(question));
    }
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn ended(question: &str) -> anyhow::Error {
    Complaint::new(
        format!("no {question} was given"),
        "standard input ended before it",
        "send one line for each secret that is asked for",
    )
    .into()
}

/// Sets the terminal back, whatever happens between.
struct Quiet(Termios);

impl Quiet {
    /// No echo; and Ctrl-C comes as a byte, since it would end us with the echo still off.
    fn new() -> io::Result<Self> {
        let before = tcgetattr(io::stdin())?;
        let mut quiet = before.clone();
        quiet.local_modes -= LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG;
        quiet.special_codes[SpecialCodeIndex::VMIN] = 1;
        quiet.special_codes[SpecialCodeIndex::VTIME] = 0;
        tcsetattr(io::stdin(), OptionalActions::Flush, &quiet)?;
        Ok(Self(before))
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        if let Err(error) = tcsetattr(io::stdin(), OptionalActions::Flush, &self.0) {
            tracing::warn!("the terminal's echo stays off ({error}); turn it on with: stty sane");
        }
    }
}

fn hidden(question: &str) -> Result<String> {
    let mut stderr = io::stderr().lock();
    prompt(&mut stderr, question)?;
    let typed = {
        let _quiet = Quiet::new().context("turn off the terminal's echo")?;
        typed(io::stdin().lock().bytes())
    };
    writeln!(stderr)?;
    let bytes = typed.with_context(|| format!("read the {question}"))?;
    let bytes = bytes.ok_or_else(|| {
        Complaint::new("interrupted", "nothing was sent", "run the command again")
    })?;
    String::from_utf8(bytes).with_context(|| format!("read the {question}"))
}

/// A line as it is typed; `None` when interrupted.
fn typed(bytes: impl Iterator<Item = io::Result<u8>>) -> io::Result<Option<Vec<u8>>> {
    let mut text = Vec::new();
    for byte in bytes.take(usize::try_from(BYTES_MAX).expect("it is small")) {
        match byte? {
            b'\n' | b'\r' => return Ok(Some(text)),
            CTRL_C | CTRL_D => return Ok(None),
            it if BACKSPACE.contains(&it) => {
                // One character, of however many bytes.
                while text.pop().is_some_and(|it| it & 0b1100_0000 == 0b1000_0000) {}
            }
            it => text.push(it),
        }
    }
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &str) -> Option<String> {
        let typed = typed(keys.bytes().map(Ok)).unwrap();
        typed.map(|it| String::from_utf8(it).unwrap())
    }

    #[test]
    fn what_is_typed_can_be_taken_back() {
        assert_eq!(check("abc\n"), Some("abc".to_owned()));
        assert_eq!(check("abé\u{7f}\u{8}c\rx"), Some("ac".to_owned()));
        assert_eq!(check("\u{7f}a\n"), Some("a".to_owned()));
        assert_eq!(check("ab\u{3}c\n"), None);
    }
}
