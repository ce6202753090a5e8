//! The one binary, `cloison`: reads arguments and configuration, and puts the crates together.
//!
//! Not here: logic. A command asks the API and prints the answer; `up` starts what the crates offer.

mod args;
mod bulk;
mod columns;
mod commands;
mod complaint;
mod config;
mod output;
mod platform;
mod profile;
mod progress;
mod secret_input;
mod serve;
mod up;
mod whole_file;
mod work;

use std::io::{self, Write};
use std::process::ExitCode;

use crate::args::{Arguments, Command, ConfigFile};
use crate::config::{Environment, Overrides};
use anyhow::Context as _;
use clap::Parser;
use cloison_telemetry::{OtlpSettings, Telemetry};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
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
    let telemetry = cloison_telemetry::start(arguments.log.as_deref(), arguments.log_format);
    let done = Box::pin(obey(arguments, &telemetry)).await;
    telemetry.flush().await;
    done
}

async fn obey(arguments: Arguments, telemetry: &Telemetry) -> anyhow::Result<ExitCode> {
    let Arguments { json, connection, command, .. } = arguments;
    let output = output::Output::new(json);
    let environment = Environment::read();
    let export = |settings: Option<OtlpSettings>| match settings {
        Some(it) => telemetry.export(it, work::process_name()).context("export spans"),
        None => Ok(()),
    };
    let configured = |file: &ConfigFile, overrides| {
        let config = config::load(file.config.as_deref(), &environment, overrides)?;
        telemetry.configured(&config.log, config.log_format);
        export(config.otlp.clone())?;
        anyhow::Ok(config)
    };
    match command {
        Command::Serve(options) => {
            let overrides = Overrides { port: options.port, ops_port: options.ops_port };
            let config = configured(&options.config, overrides)?;
            Box::pin(serve::serve(config, options.until_stdin_closes)).await.map(success)
        }
        Command::Work(options) => {
            let ops_port = options.ops_port;
            let overrides = Overrides { port: None, ops_port };
            let config = configured(&options.config, overrides)?;
            work::work(config, ops_port, options.until_stdin_closes).await.map(success)
        }
        Command::Config { command } => commands::config::run(command, &environment, output).await,
        Command::Up(options) => {
            let work = config::work(&environment)?;
            export(config::otlp(&environment)?)?;
            Box::pin(up::up(options, connection.data_dir, work, &environment)).await.map(success)
        }
        Command::Recover(options) => {
            commands::recover::run(options, connection.data_dir, &environment, output).await
        }
        Command::Tenants { command } => {
            commands::tenants::run(command, &connection.client()?, output).await
        }
        Command::Domains { command } => {
            commands::domains::run(command, &connection.client()?, output).await
        }
        Command::Backups { command } => {
            commands::backups::run(command, &connection.client()?, output).await
        }
        Command::Erasures { command } => {
            commands::erasures::run(command, &connection, output).await
        }
        Command::Exports { command } => {
            commands::exports::run(command, &connection.client()?, output).await
        }
        Command::Events { command } => {
            commands::events::run(command, &connection.client()?, output).await
        }
        Command::AiCredits { command } => {
            commands::ai_credits::run(command, &connection.client()?, output).await
        }
        Command::Webhooks { command } => {
            commands::webhooks::run(command, &connection.client()?, output).await
        }
        Command::Operations { command } => {
            commands::operations::run(command, &connection.client()?, output).await
        }
        Command::Console => commands::console::run(&connection.client()?, output).await,
        Command::Login(options) => commands::login::run(options, &connection, output).await,
        Command::Me { command } => commands::me::run(command, &connection, output).await,
        Command::Users { command } => {
            commands::users::run(command, &connection.client()?, output).await
        }
        Command::Tokens { command } => {
            commands::tokens::run(command, &connection.client()?, output).await
        }
        Command::Audit { command } => {
            commands::audit::run(command, &connection.client()?, output).await
        }
        Command::Completions { shell } => commands::completions::run(shell),
        Command::Man { dir } => commands::man::run(dir.as_deref()),
        Command::MasterKey { command } => {
            commands::master_key::run(command, &connection.client()?, output).await
        }
        Command::Migrations { command } => {
            commands::migrations::run(command, &connection, output).await
        }
        Command::Servers { command } => {
            commands::servers::run(command, &connection.client()?, output).await
        }
        Command::Router { command } => {
            commands::router::run(command, &connection.client()?, output).await
        }
        Command::PgBouncerConfig(options) => {
            commands::pgbouncer::run(options, &connection.client()?, output).await
        }
        Command::Plans { command } => {
            commands::servers::run_plans(command, &connection.client()?, output).await
        }
        Command::Doctor { fix } => commands::doctor::run(fix, &connection.client()?, output).await,
    }
}

fn success((): ()) -> ExitCode {
    ExitCode::SUCCESS
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|it| it.kind() == io::ErrorKind::BrokenPipe)
}
