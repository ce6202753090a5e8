//! What can be asked about migrations.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Subcommand};
use cloison_model::parse_waves;

#[derive(Subcommand)]
pub(crate) enum MigrationsCommand {
    /// How many tenants are at which version, what is pending, who was left behind and why
    #[command(after_help = "\
Examples:
  cloison migrations status
  cloison migrations status --json | jq .quarantines")]
    Status,

    /// Bring all tenants to the newest version, a few first
    #[command(after_help = "\
Examples:
  cloison migrations rollout --canary demo
  cloison migrations rollout --canary demo,blue --waves 5%,100% --max-failures 0
  cloison migrations rollout --to 7 --no-wait
  cloison migrations rollout --canary demo --lazy --deadline 24h

The files are linted and run on copies first. Then the canaries go, then 1 % of the fleet, 10 %, and all. A tenant whose
migration fails stays as it was and is quarantined; the rest go on, unless more than --max-failures have failed.
It goes on by itself: Ctrl-C only ends the watching. Ends with 1 if it halted, or if any tenant failed.")]
    Rollout(RolloutOptions),

    /// One rollout: its waves, who failed in it and why
    #[command(after_help = "\
Examples:
  cloison migrations show            the one that is under way
  cloison migrations show 4 --json")]
    Show {
        #[command(flatten)]
        which: WhichRollout,
    },

    /// All rollouts, the newest first
    #[command(after_help = "Example:\n  cloison migrations list")]
    List,

    /// Follow a rollout until it has ended or is stopped
    #[command(after_help = "\
Examples:
  cloison migrations watch
  cloison migrations watch 4")]
    Watch {
        #[command(flatten)]
        which: WhichRollout,
    },

    /// Start no more tenants; those under way go on to the end
    #[command(after_help = "\
Examples:
  cloison migrations pause
  cloison migrations pause 4")]
    Pause {
        #[command(flatten)]
        which: WhichRollout,
    },

    /// Go on with a rollout that was paused, or has halted
    #[command(after_help = "\
Examples:
  cloison migrations resume
  cloison migrations resume 4 --max-failures 10")]
    Resume {
        #[command(flatten)]
        which: WhichRollout,
        /// Let so many tenants fail in all, in place of the limit that it had
        #[arg(long, value_name = "TENANTS")]
        max_failures: Option<u32>,
    },

    /// End a rollout for good; tenants stay where they are
    #[command(after_help = "\
Examples:
  cloison migrations cancel
  cloison migrations cancel 4")]
    Cancel {
        #[command(flatten)]
        which: WhichRollout,
    },

    /// Take all tenants back to where they were before a rollout, by the down files
    #[command(after_help = "\
Examples:
  cloison migrations rollback --rollout 4
  cloison migrations rollback --rollout 4 --waves 100% --per-server 8

A file that has no down file is named before any tenant is touched.")]
    Rollback(RollbackOptions),

    /// Try tenants again whose migration has failed, and wait for it
    #[command(after_help = "\
Examples:
  cloison migrations retry --tenant blue
  cloison migrations retry --tenants blue,green")]
    Retry {
        /// One that is quarantined, or several with commas between them
        #[arg(
            long = "tenant",
            visible_alias = "tenants",
            value_delimiter = ',',
            required = true,
            value_name = "SUBDOMAIN"
        )]
        tenants: Vec<String>,
    },

    /// Read migrations and say what would lock, break programs that run, or not be safe to run in every tenant
    #[command(after_help = "\
Examples:
  cloison migrations lint --dir migrations            the newest file
  cloison migrations lint --dir migrations --from 7   all above version 7, as one release
  cloison migrations lint --from 0                    all of the studio's, as for a fresh tenant

It runs nothing and asks nobody. What is refused must not be released, and the command fails; what is noted somebody
should know. Tables that the looked-at files create themselves are in nobody's way, so with --from 0 most is fine.

A file says what is right nevertheless, at its top:
  -- lint: allow ban-drop-table because nothing has read it since spring")]
    Lint(LintOptions),

    /// Which schemas tenants really have, and how those differ that they should not have
    #[command(after_help = "\
Examples:
  cloison migrations drift
  cloison migrations drift --refresh           read those that are not known yet
  cloison migrations drift --refresh --tenant blue
  cloison migrations drift --refresh --all --json | jq '.schemas[] | select(.is_expected | not)'

Every tenant is read once a day, and after each change of its version. In a diff, `-` is missing, `+` should not be
there, and `~` is not what it should be. Ends with 1 if a tenant has a schema that it should not have.")]
    Drift(DriftOptions),
}

#[derive(Args)]
pub(crate) struct LintOptions {
    /// The folder of `<version>_<name>.sql` files [default: the studio's migrations, which are built in]
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,

    /// Look at what is above this version, which all tenants have; 0 is everything [default: the newest file only]
    #[arg(long, value_name = "VERSION", value_parser = clap::value_parser!(i64).range(0..))]
    pub(crate) from: Option<i64>,
}

#[derive(Args)]
pub(crate) struct DriftOptions {
    /// Read schemas now, for half a minute at most: those that are not known, if nothing else is said
    #[arg(long)]
    pub(crate) refresh: bool,

    /// With --refresh: read this tenant's, whatever is known; can be said again
    #[arg(long = "tenant", value_name = "SUBDOMAIN", requires = "refresh")]
    pub(crate) tenants: Vec<String>,

    /// With --refresh: read all tenants', whatever is known
    #[arg(long, requires = "refresh", conflicts_with = "tenants")]
    pub(crate) all: bool,
}

/// A rollout by its number.
#[derive(Args, Clone, Copy)]
pub(crate) struct WhichRollout {
    /// Its number [default: the one that is under way]
    #[arg(value_name = "ROLLOUT")]
    pub(crate) number: Option<i64>,
}

#[derive(Args)]
pub(crate) struct RolloutOptions {
    /// Who goes first, and alone: a subdomain, or several with commas between them
    #[arg(long = "canary", value_delimiter = ',', value_name = "SUBDOMAIN")]
    pub(crate) canaries: Vec<String>,

    #[command(flatten)]
    pub(crate) policy: PolicyOptions,

    /// Come to this version [default: the newest]
    #[arg(long, value_name = "VERSION")]
    pub(crate) to: Option<i64>,

    /// After the canaries, migrate each tenant at its first request, and at the deadline whoever is left
    #[arg(long)]
    pub(crate) lazy: bool,

    /// How long after the start that is, as in `8h`, `30m` or `2d`
    #[arg(long, value_name = "TIME", default_value = "24h", requires = "lazy", value_parser = deadline)]
    pub(crate) deadline: Duration,

    /// Do not run the files on copies first
    #[arg(long)]
    pub(crate) skip_shadow: bool,

    /// Return at once
    #[arg(long)]
    pub(crate) no_wait: bool,
}

#[derive(Args)]
pub(crate) struct RollbackOptions {
    /// The one that is taken back
    #[arg(long, value_name = "ROLLOUT")]
    pub(crate) rollout: i64,

    #[command(flatten)]
    pub(crate) policy: PolicyOptions,

    /// Do not run the down files on copies first
    #[arg(long)]
    pub(crate) skip_shadow: bool,

    /// Return at once
    #[arg(long)]
    pub(crate) no_wait: bool,
}

/// How carefully it goes; what is not said is the server's to choose.
#[derive(Args)]
pub(crate) struct PolicyOptions {
    /// How much of the fleet has been started after each wave [default: 1%,10%,100%]
    #[arg(long, value_name = "PERCENTS", value_parser = waves)]
    pub(crate) waves: Option<Waves>,

    /// Halt when more tenants than these have failed [default: 3]
    #[arg(long, value_name = "TENANTS")]
    pub(crate) max_failures: Option<u32>,

    /// Tenants at once on one server [default: 2]
    #[arg(long, value_name = "TENANTS")]
    pub(crate) per_server: Option<u16>,

    /// Tenants at once on all servers [default: 16]
    #[arg(long, value_name = "TENANTS")]
    pub(crate) in_total: Option<u16>,
}

/// Per cents, so that clap takes them for one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Waves(pub(crate) Vec<u8>);

fn waves(text: &str) -> Result<Waves, String> {
    parse_waves(text).map(Waves).map_err(|it| it.to_string())
}

/// Days are of 24 hours.
fn deadline(text: &str) -> Result<Duration, String> {
    let split = text.len() - text.chars().next_back().map_or(0, char::len_utf8);
    let (count, unit) = text.split_at(split);
    let unit = match unit {
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => 0,
    };
    let seconds = count.parse::<u64>().ok().and_then(|it| it.checked_mul(unit));
    match seconds {
        Some(seconds) if seconds > 0 => Ok(Duration::from_secs(seconds)),
        Some(_) | None => Err("say it with its unit, as in `8h`, `30m` or `2d`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_has_a_unit() {
        assert_eq!(deadline("30m"), Ok(Duration::from_mins(30)));
        assert_eq!(deadline("24h"), Ok(Duration::from_hours(24)));
        assert_eq!(deadline("2d"), Ok(Duration::from_hours(48)));
        for wrong in ["", "h", "24", "0h", "-1h", "1.5h", "99999999999999999999d", "é"] {
            assert!(deadline(wrong).is_err(), "{wrong}");
        }
    }
}
