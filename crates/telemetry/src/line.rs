//! How a line of the log looks. Pure: what happened in, text out.

use std::fmt::{self, Write};
use std::str::FromStr;

use jiff::Timestamp;
use tracing::Level;

use crate::fields::{Fields, Value};
use crate::span::Position;

/// For people, or for programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogFormat {
    #[default]
    Text,
    /// One object a line.
    Json,
}

/// One thing that happened.
pub(crate) struct Line<'a> {
    pub(crate) at: Timestamp,
    pub(crate) level: Level,
    pub(crate) target: &'a str,
    pub(crate) message: &'a str,
    /// The event's, and then those of the spans that it happened in; the nearest has said a name first.
    pub(crate) fields: &'a Fields,
    pub(crate) position: Option<Position>,
}

const DIM: &str = "\u{1b}[2m";
const PLAIN: &str = "\u{1b}[0m";

impl Line<'_> {
    pub(crate) fn write(&self, format: LogFormat, is_coloured: bool) -> String {
        let mut text = String::with_capacity(256);
        let written = match format {
            LogFormat::Text => self.text(&mut text, is_coloured),
            LogFormat::Json => self.json(&mut text),
        };
        written.expect("writing to a string does not fail");
        text.push('\n');
        text
    }

    fn text(&self, out: &mut String, is_coloured: bool) -> fmt::Result {
        let (dim, plain) = if is_coloured { (DIM, PLAIN) } else { ("", "") };
        let level = if is_coloured { colour(self.level) } else { "" };
        write!(out, "{dim}{}{plain} {level}{:>5}{plain} ", moment(self.at), self.level)?;
        one_line(out, self.message)?;
        for (name, value) in self.fields.iter() {
            write!(out, " {dim}{name}={plain}")?;
            match value {
                Value::Text(text) if is_word(text) => out.push_str(text),
                Value::Text(text) => write!(out, "{text:?}")?,
                Value::Whole(_) | Value::Real(_) | Value::Flag(_) => write!(out, "{value}")?,
            }
        }
        match self.position {
            Some(it) => write!(out, " {dim}trace_id={plain}{}", it.here.trace),
            None => Ok(()),
        }
    }

    fn json(&self, out: &mut String) -> fmt::Result {
        write!(out, r#"{{"timestamp":"{}","level":"{}""#, moment(self.at), self.level)?;
        pair(out, "target", self.target)?;
        pair(out, "message", self.message)?;
        if let Some(Position { here, .. }) = self.position {
            write!(out, r#","trace_id":"{}","span_id":"{}""#, here.trace, here.span)?;
        }
        for (name, value) in self.fields.iter().filter(|it| !TAKEN.contains(&it.0)) {
            match value {
                Value::Text(text) => pair(out, name, text)?,
                // Infinities are no JSON.
                Value::Real(it) if !it.is_finite() => pair(out, name, &it.to_string())?,
                Value::Whole(_) | Value::Real(_) | Value::Flag(_) => {
                    write!(out, ",{}:{value}", quoted(name))?;
                }
            }
        }
        out.push('}');
        Ok(())
    }
}

/// What every line has, and no field may take.
const TAKEN: [&str; 6] = ["timestamp", "level", "target", "message", "trace_id", "span_id"];

fn moment(at: Timestamp) -> impl fmt::Display {
    at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ")
}

fn colour(level: Level) -> &'static str {
    match level {
        Level::ERROR => "\u{1b}[31m",
        Level::WARN => "\u{1b}[33m",
        Level::INFO => "\u{1b}[32m",
        Level::DEBUG => "\u{1b}[34m",
        Level::TRACE => "\u{1b}[35m",
    }
}

/// Whoever is quoted begins no line of the log, and paints no terminal.
fn one_line(out: &mut String, text: &str) -> fmt::Result {
    for it in text.chars() {
        if it.is_control() { write!(out, "{}", it.escape_default())? } else { out.push(it) }
    }
    Ok(())
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|it| it.is_ascii_graphic() && !matches!(it, '"' | '\\' | '='))
}

fn pair(out: &mut String, name: &str, text: &str) -> fmt::Result {
    write!(out, ",{}:{}", quoted(name), quoted(text))
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("a text is JSON")
}

impl LogFormat {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
        }
    }
}

impl FromStr for LogFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            other => Err(format!("'{other}' is neither text nor json")),
        }
    }
}
