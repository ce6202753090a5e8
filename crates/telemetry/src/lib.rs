//! What a process says of itself: lines on stderr, and spans for a collector of OpenTelemetry.
//!
//! Whoever works says what it does with `tracing`; here it is decided what of that is told, and how it looks. Deliberately absent: any
//! knowledge of tenants or operations, whose names are fields like others.

mod fields;
mod filter;
mod layer;
mod line;
mod otlp;
mod span;

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{Registry, reload};

use self::filter::Filter;
use self::layer::{Look, Telling};

pub use self::filter::is_filter;
pub use self::line::LogFormat;
pub use self::otlp::{FLUSH_SECONDS_MAX, OtlpEndpoint, OtlpHeaders, OtlpSettings};

/// Warnings, but not the drivers' own: who uses a connection says once what its loss means.
pub const DEFAULT: &str = "warn,deadpool.postgres=off";

/// What a process has been told about its log so far. The filter and the format can be changed by a configuration that is read later,
/// unless the command line has said them.
pub struct Telemetry {
    filter: reload::Handle<Filter, Registry>,
    look: Arc<Look>,
    filter_is_said: bool,
    format_is_said: bool,
}

/// Begins to log, to stderr. Once in a process.
pub fn start(filter: Option<&str>, format: Option<LogFormat>) -> Telemetry {
    let (filtering, handle) = reload::Layer::new(Filter::new(filter.unwrap_or(DEFAULT)));
    let is_coloured = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let look = Arc::new(Look::new(format.unwrap_or_default(), is_coloured));
    // Whoever reads the log may have gone; the work goes on.
    let telling = Telling::new(Arc::clone(&look), |line| drop(io::stderr().lock().write_all(line)));
    tracing_subscriber::registry().with(filtering).with(telling).init();
    Telemetry {
        filter: handle,
        look,
        filter_is_said: filter.is_some(),
        format_is_said: format.is_some(),
    }
}

impl Telemetry {
    /// What the configuration says.
    pub fn configured(&self, filter: &str, format: LogFormat) {
        if !self.filter_is_said {
            let changed = self.filter.reload(Filter::new(filter));
            changed.expect("the subscriber lives as long as the process");
        }
        if !self.format_is_said {
            self.look.set(format);
        }
    }

    /// From now on, spans go to a collector, which is told which process of which machine this is. Within a runtime, and once.
    ///
    /// # Errors
    ///
    /// If no client can be made.
    pub fn export(&self, settings: OtlpSettings, instance: String) -> Result<(), reqwest::Error> {
        self.look.export(otlp::Exporter::start(settings, instance)?);
        Ok(())
    }

    /// Waits until what is waiting to be exported is, for [`FLUSH_SECONDS_MAX`] at most.
    pub async fn flush(&self) {
        if let Some(exporter) = self.look.exporter() {
            exporter.flush().await;
        }
    }
}
