//! Why a release may not go on to tenants, in an operator's words.

use std::fmt;
use std::time::Duration;

use super::{LockMode, ShadowOf};

const NO_HARM: &str = "no tenant was touched";

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShadowRefusal {
    /// A file does not run.
    Failed(ShadowFailure),
    /// A table is written anew, and it is large.
    Rewrite { file: String, table: String, subdomain: String, bytes: u64, bytes_max: u64 },
    /// A lock was held for long.
    LockMeasured {
        file: String,
        table: String,
        mode: LockMode,
        of: ShadowOf,
        held: Duration,
        held_max: Duration,
    },
    /// It would be, in a tenant that is too large to be copied.
    LockEstimated {
        file: String,
        table: String,
        mode: LockMode,
        of: ShadowOf,
        held: Duration,
        copied_bytes: u64,
        subdomain: String,
        bytes: u64,
        estimate: Duration,
        held_max: Duration,
    },
}

/// A file that has failed on a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShadowFailure {
    pub of: ShadowOf,
    /// The message, with the file or the version in it.
    pub what: String,
    pub sqlstate: Option<String>,
    pub statement: Option<String>,
    pub hint: Option<String>,
}

impl fmt::Display for ShadowRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(failure) => failure.fmt(f),
            Self::Rewrite { file, table, subdomain, bytes, bytes_max } => write!(
                f,
                "{file} writes all of {table} anew, and nobody gets at it meanwhile: in {subdomain} it has {}, and more than {} is refused; {}",
                size_in_words(*bytes),
                size_in_words(*bytes_max),
                way_on(file)
            ),
            Self::LockMeasured { file, table, mode, of, held, held_max } => write!(
                f,
                "{file} holds {mode} on {table} for {} on a copy of {of}, and more than {} is refused: {} so long; {}",
                duration_in_words(*held),
                duration_in_words(*held_max),
                who_waits(*mode),
                way_on(file)
            ),
            Self::LockEstimated {
                file,
                table,
                mode,
                of,
                held,
                copied_bytes,
                subdomain,
                bytes,
                estimate,
                held_max,
            } => write!(
                f,
                "{file} holds {mode} on {table} for {} on a copy of {of}, where it has {}; in {subdomain} it has {}, which makes about {}, and more than {} is refused: {} so long; {}",
                duration_in_words(*held),
                size_in_words(*copied_bytes),
                size_in_words(*bytes),
                duration_in_words(*estimate),
                duration_in_words(*held_max),
                who_waits(*mode),
                way_on(file)
            ),
        }
    }
}

impl fmt::Display for ShadowFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { of, what, sqlstate, statement, hint } = self;
        write!(f, "on a copy of {of}, {what}")?;
        if let Some(code) = sqlstate {
            write!(f, " ({code})")?;
        }
        if let Some(statement) = statement {
            write!(f, ", at: {statement}")?;
        }
        if let Some(hint) = hint {
            write!(f, "; {hint}")?;
        }
        let mend = match of {
            ShadowOf::Template => "mend the file",
            ShadowOf::Tenant(_) => "mend the file, or that tenant's data",
        };
        write!(f, "; {NO_HARM}: {mend}, and start again")
    }
}

/// How a file comes to do less at once. The phases are of the way up alone.
fn way_on(file: &str) -> &'static str {
    if file.ends_with(".down.sql") {
        "let it do less at once, or take the risk with --skip-shadow"
    } else {
        "split it into expand, backfill and contract, or take the risk with --skip-shadow"
    }
}

fn who_waits(mode: LockMode) -> &'static str {
    if mode.stops_reads() { "everybody would wait" } else { "whoever writes would wait" }
}

/// `84 MB`, `3.1 GB`.
pub fn size_in_words(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
    let mut tenths = bytes.saturating_mul(10) >> 10;
    let mut unit = 0;
    while tenths >= 10 << 10 && unit + 1 < UNITS.len() {
        tenths >>= 10;
        unit += 1;
    }
    in_tenths(tenths, UNITS[unit])
}

/// `3 ms`, `1.2 s`, `4 min`.
pub fn duration_in_words(duration: Duration) -> String {
    let milliseconds = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    match milliseconds {
        0..1_000 => format!("{milliseconds} ms"),
        1_000..100_000 => in_tenths(milliseconds / 100, "s"),
        _ => in_tenths(milliseconds / 6_000, "min"),
    }
}

/// From ten on, the tenths are of no interest.
fn in_tenths(tenths: u64, unit: &str) -> String {
    match (tenths / 10, tenths % 10) {
        (whole, tenth) if whole < 10 && tenth > 0 => format!("{whole}.{tenth} {unit}"),
        (whole, _) => format!("{whole} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (bytes, words) in [
            (0, "0 kB"),
            (1 << 10, "1 kB"),
            (84 << 20, "84 MB"),
            ((3 << 30) + (100 << 20), "3 GB"),
            ((3 << 30) + (200 << 20), "3.1 GB"),
            (5 << 40, "5 TB"),
        ] {
            assert_eq!(size_in_words(bytes), words, "{bytes}");
        }
    }

    #[test]
    fn durations() {
        for (milliseconds, words) in
            [(3, "3 ms"), (1_000, "1 s"), (1_250, "1.2 s"), (59_999, "59 s"), (240_000, "4 min")]
        {
            assert_eq!(duration_in_words(Duration::from_millis(milliseconds)), words);
        }
    }

    #[test]
    fn a_down_file_has_no_phases() {
        let said = |file: &str| {
            let refusal = ShadowRefusal::Rewrite {
                file: file.to_owned(),
                table: "public.bookings".to_owned(),
                subdomain: "lantern".to_owned(),
                bytes: 65 << 20,
                bytes_max: 64 << 20,
            };
            refusal.to_string().rsplit_once("; ").unwrap().1.to_owned()
        };
        assert_eq!(
            said("0002_more.sql"),
            "split it into expand, backfill and contract, or take the risk with --skip-shadow"
        );
        assert_eq!(
            said("0002_more.down.sql"),
            "let it do less at once, or take the risk with --skip-shadow"
        );
    }

    #[test]
    fn a_failure_says_where_what_and_what_to_do() {
        let failure = ShadowFailure {
            of: ShadowOf::Tenant("lantern".to_owned()),
            what: "0002_strict.sql fails in line 3: column \"x\" contains null values".to_owned(),
            sqlstate: Some("23502".to_owned()),
            statement: Some("alter table a alter x set not null".to_owned()),
            hint: None,
        };
        assert_eq!(
            failure.to_string(),
            "on a copy of lantern, 0002_strict.sql fails in line 3: column \"x\" contains null values (23502), at: alter table a alter x set not null; no tenant was touched: mend the file, or that tenant's data, and start again"
        );
    }
}
