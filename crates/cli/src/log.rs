//! What is logged, to stderr.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

/// Warnings, but not the drivers' own: who uses a connection says once what its loss means.
pub(crate) const DEFAULT: &str = "warn,deadpool.postgres=off";

/// What is logged can be changed by a configuration that is read later, unless the command line has said it.
pub(crate) struct Log {
    change: Option<Box<dyn Fn(EnvFilter)>>,
}

pub(crate) fn start(said: Option<&str>) -> Log {
    let builder = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        // tracing-subscriber looks at NO_COLOR itself.
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .with_env_filter(EnvFilter::new(said.unwrap_or(DEFAULT)))
        .with_filter_reloading();
    let filter = builder.reload_handle();
    builder.init();
    let change = move |it| filter.reload(it).expect("the subscriber lives as long as the process");
    Log { change: said.is_none().then(|| Box::new(change) as Box<dyn Fn(EnvFilter)>) }
}

impl Log {
    pub(crate) fn configured(&self, filter: &str) {
        if let Some(change) = &self.change {
            change(EnvFilter::new(filter));
        }
    }
}

/// Whether the text says something that can be logged by.
pub(crate) fn is_filter(text: &str) -> bool {
    EnvFilter::builder().parse(text).is_ok()
}
