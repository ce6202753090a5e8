//! What can be done with AI credits.

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

#[derive(Subcommand)]
pub(crate) enum AiCreditsCommand {
    /// Show what a tenant may spend on AI, what is held, and what it has spent this month
    #[command(after_help = "Example:\n  cloison ai-credits show blue")]
    Show { subdomain: String },

    /// List what became of each credit, the newest first
    #[command(after_help = "\
Examples:
  cloison ai-credits ledger blue
  cloison ai-credits ledger blue --before 1041")]
    Ledger {
        subdomain: String,

        /// Only entries before the one of this number
        #[arg(long)]
        before: Option<i64>,
    },

    /// Give a tenant credits, beside those that its plan grants each month
    #[command(after_help = "\
Examples:
  cloison ai-credits grant blue --amount 5000 --source topup --reason 'invoice 2026-113'
  cloison ai-credits grant blue --amount 200 --source promo --expires 2026-12-31 --reason 'the fair'")]
    Grant(GrantOptions),

    /// Take back what is left of a grant; what is held of it can still be spent
    #[command(
        after_help = "Example:\n  cloison ai-credits void blue --grant 0193b7a2-6f3e-7c1d-9a54-2f1c8e0d7b66"
    )]
    Void {
        subdomain: String,

        /// As `cloison ai-credits show` lists it
        #[arg(long, value_name = "ID")]
        grant: Uuid,
    },

    /// Show who spends the most this month
    #[command(after_help = "Example:\n  cloison ai-credits top --limit 50")]
    Top {
        /// So many tenants
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1_000))]
        limit: u16,
    },
}

#[derive(Args)]
pub(crate) struct GrantOptions {
    pub(crate) subdomain: String,

    /// How many
    #[arg(long, value_name = "CREDITS")]
    pub(crate) amount: i64,

    /// Where they come from
    #[arg(long)]
    pub(crate) source: SourceWord,

    /// Why, for whoever looks later
    #[arg(long)]
    pub(crate) reason: String,

    /// The last day that they can be spent on, in UTC, or a moment as in 2026-12-31T18:00:00Z; without it they do not expire
    #[arg(long, value_name = "DAY", value_parser = parse_expiry)]
    pub(crate) expires: Option<Timestamp>,

    /// The same key again is the same grant, whatever came of the first
    #[arg(long, value_name = "KEY")]
    pub(crate) idempotency_key: Option<String>,
}

/// What people grant.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum SourceWord {
    /// Bought
    Topup,
    Promo,
    /// Instead of some that were spent in vain
    Refund,
    Adjustment,
}

impl SourceWord {
    /// As the API has it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Topup => "TOPUP",
            Self::Promo => "PROMO",
            Self::Refund => "REFUND",
            Self::Adjustment => "ADJUSTMENT",
        }
    }
}

/// A day lasts to its end.
fn parse_expiry(text: &str) -> Result<Timestamp, String> {
    let wrong = || "a day as in 2026-12-31, or a moment as in 2026-12-31T18:00:00Z".to_owned();
    if let Ok(moment) = text.parse() {
        return Ok(moment);
    }
    let day: Date = text.parse().map_err(|_not_a_day| wrong())?;
    let next = day.tomorrow().map_err(|_no_such_day| wrong())?;
    let midnight = next.to_zoned(TimeZone::UTC).map_err(|_out_of_range| wrong())?;
    Ok(midnight.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lasts_to_its_end() {
        let read = |text| parse_expiry(text).map(|it| it.to_string());
        assert_eq!(read("2026-12-31").unwrap(), "2027-01-01T00:00:00Z");
        assert_eq!(read("2026-12-31T18:00:00Z").unwrap(), "2026-12-31T18:00:00Z");
        for wrong in ["tomorrow", "2026-02-30", "31.12.2026", ""] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
