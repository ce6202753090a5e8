//! What can be asked about the router, and how it is shown.

use std::ffi::OsString;
use std::time::Duration;

use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(crate) enum RouterCommand {
    /// Who uses the servers' connections, as it happens: what is wrong, then servers, then the busiest tenants
    #[command(after_help = "\
Examples:
  cloison router top
  cloison router top --interval 10s --limit 5
  cloison router top --once
  cloison router top --json | jq .servers

Numbers are those of the one process that answers: SEATS how many connections it may have; USED those in use, being
opened or being closed; FAILED/S requests that got no connection; P50 and P99 the times within which half, and all but
one in a hundred, of those that got one had it; EVICTIONS/S idle connections that were closed because another tenant
needed the seat. WAITS/S says how many had to wait, and why: `budget` all seats were taken, `share` the tenant had all
that one may have, `connecting` too many were being opened at the same time, `outage` the server was down. SEAT TIME is
the part of those seats that a tenant's requests used; it is counted when a connection is given back.")]
    Top(TopOptions),
}

#[derive(Args)]
pub(crate) struct TopOptions {
    /// How long each look is, as in `500ms`, `1s` or `1m`
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = interval)]
    pub(crate) interval: Duration,

    /// How many tenants to show
    #[arg(long, value_name = "TENANTS", default_value_t = 20, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub(crate) limit: u8,

    /// Look once, print it and end
    #[arg(long)]
    pub(crate) once: bool,

    #[command(flatten)]
    pub(crate) terminal: TerminalOptions,
}

/// What the terminal says of itself in the environment.
#[derive(Args)]
pub(crate) struct TerminalOptions {
    /// Use no colour (<https://no-color.org>)
    #[arg(long, env = "NO_COLOR", hide = true, value_name = "ANYTHING")]
    no_color: Option<OsString>,

    /// The kind of terminal
    #[arg(long, env = "TERM", hide = true)]
    term: Option<OsString>,
}

impl TerminalOptions {
    pub(crate) fn may_colour(&self) -> bool {
        self.no_color.as_ref().is_none_or(|it| it.is_empty())
    }

    /// Whether it can go back to a line that it has printed.
    pub(crate) fn can_redraw(&self) -> bool {
        self.term.as_ref().is_some_and(|it| it != "dumb")
    }
}

/// Shorter and it shows noise; an hour is as long as anybody looks.
const INTERVALS: std::ops::RangeInclusive<Duration> =
    Duration::from_millis(100)..=Duration::from_hours(1);

fn interval(text: &str) -> Result<Duration, String> {
    let parsed = text.parse::<jiff::SignedDuration>().ok().and_then(|it| it.try_into().ok());
    let parsed = parsed.ok_or_else(|| "say it with its unit, as in `1s`".to_owned())?;
    if INTERVALS.contains(&parsed) { Ok(parsed) } else { Err("100ms to 1h".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_has_a_unit_and_bounds() {
        assert_eq!(interval("1s"), Ok(Duration::from_secs(1)));
        assert_eq!(interval("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(interval("1m"), Ok(Duration::from_mins(1)));
        for wrong in ["1", "", "soon", "-1s", "0s", "99ms", "2h"] {
            assert!(interval(wrong).is_err(), "{wrong}");
        }
    }
}
