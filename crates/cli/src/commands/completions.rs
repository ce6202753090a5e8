//! `cloison completions`: a script that completes our commands and options, for one shell.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::CommandFactory;

use crate::args::{Arguments, Shell};

pub(crate) fn run(shell: Shell) -> Result<ExitCode> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(&script(shell))?;
    stdout.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Into memory first: clap panics where a pipe is closed.
fn script(shell: Shell) -> Vec<u8> {
    let shell = match shell {
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Zsh => clap_complete::Shell::Zsh,
        Shell::Fish => clap_complete::Shell::Fish,
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "cloison", &mut script);
    script
}
