//! What can be asked about migrations.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(crate) enum MigrationsCommand {
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
