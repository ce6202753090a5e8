//! `cloison man`: a page for each command, from the same words as `--help`.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::{fs, iter};

use anyhow::{Context, Result};
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};

use crate::args::Arguments;

/// With a folder, every page into it; without one, that of `cloison` itself to stdout.
pub(crate) fn run(folder: Option<&Path>) -> Result<ExitCode> {
    let Some(folder) = folder else {
        let mut stdout = io::stdout().lock();
        stdout.write_all(&page(&root())?)?;
        stdout.flush()?;
        return Ok(ExitCode::SUCCESS);
    };
    fs::create_dir_all(folder).with_context(|| format!("create {}", folder.display()))?;
    for command in commands() {
        let file = folder.join(format!("{}.1", title(&command)));
        fs::write(&file, page(&command)?).with_context(|| format!("write {}", file.display()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn root() -> Command {
    let mut root = Arguments::command().disable_help_subcommand(true);
    root.build();
    root
}

/// All that are not hidden, those that only hold others too.
fn commands() -> Vec<Command> {
    fn with_children(command: &Command) -> Vec<Command> {
        let children = command.get_subcommands().filter(|it| !it.is_hide_set());
        iter::once(command.clone()).chain(children.flat_map(with_children)).collect()
    }
    with_children(&root())
}

fn title(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone())
        .source(concat!("cloison ", env!("CARGO_PKG_VERSION")))
        .manual("Cloison");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page)?;
    }
    if let Some(examples) = command.get_after_help() {
        render_examples(&examples.to_string()).to_writer(&mut page)?;
    }
    Ok(page)
}

/// As they stand, one command a line.
fn render_examples(text: &str) -> Roff {
    let mut section = Roff::new();
    section.control("SH", ["EXAMPLES"]).control("nf", []);
    for line in text.lines().filter(|it| !matches!(*it, "Example:" | "Examples:")) {
        section.text([roman(line)]);
    }
    section.control("fi", []);
    section
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a command says of itself in its help.
    fn examples(command: &Command) -> String {
        command.get_after_help().map(ToString::to_string).unwrap_or_default()
    }

    #[test]
    fn every_command_says_what_it_is_for_and_has_an_example() {
        for command in commands() {
            let title = title(&command);
            assert!(command.get_about().is_some(), "{title} does not say what it is for");
            let call = title.replace('-', " ");
            let shown = examples(&command);
            if !command.has_subcommands() {
                assert!(
                    shown.replace('-', " ").contains(&call),
                    "the help of `{call}` has no example of it"
                );
            }
        }
    }

    #[test]
    fn every_command_has_a_page_with_its_example() {
        let all = commands();
        assert!(all.len() > 10);
        for command in all {
            let page = String::from_utf8(page(&command).unwrap()).unwrap();
            assert!(page.contains(".SH SYNOPSIS"), "{page}");
            assert_eq!(page.contains(".SH EXAMPLES"), !examples(&command).is_empty(), "{page}");
        }
    }
}
