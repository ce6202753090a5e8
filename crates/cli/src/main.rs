//! The one binary, `cloison`: reads arguments and configuration, and puts the crates together.
//!
//! Not here: logic. A command asks the API and prints the answer; `up` starts what the crates offer.

mod args;
mod commands;
mod complaint;
mod output;
mod platform;
mod profile;
mod up;
mod work;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::args::{Arguments, Command};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log(&arguments.log);
    rustls::crypto::ring::default_provider()
        .install_default()
        .expect("nothing was installed before");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match runtime {
        Ok(runtime) => runtime.block_on(run(arguments)),
        Err(error) => Err(anyhow::Error::from(error).context("start the runtime")),
    };
    match done {
        Ok(code) => code,
        // Whoever read our output has gone, as `head` does: nothing to complain about.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell if stderr is closed too.
            drop(write!(io::stderr(), "{}", complaint::render(&error)));
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Arguments { json, connection, command, log: _ } = arguments;
    let output = output::Output::new(json);
    match command {
        Command::Up(options) => {
            up::up(options, connection.data_dir).await.map(|()| ExitCode::SUCCESS)
        }
        Command::Tenants { command } => {
            commands::tenants::run(command, &connection.client()?, output).await
        }
        Command::Operations { command } => {
            commands::operations::run(command, &connection.client()?, output).await
        }
        Command::Doctor { fix } => commands::doctor::run(fix, &connection.client()?, output).await,
    }
}

fn log(filter: &str) {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(filter))
        .with_writer(io::stderr)
        // tracing-subscriber looks at NO_COLOR itself.
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .init();
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe)
}
