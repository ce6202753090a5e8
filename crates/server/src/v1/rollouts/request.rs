//! From what was sent to what is meant; each refusal names the field and the rule.

use std::ops::RangeInclusive;
use std::time::Duration;

use cloison_api::{Code, RollBack, StartRollout};
use cloison_control::rollout::{RollbackRequest, RolloutRequest};
use cloison_model::{Policy, Subdomain, SubdomainError, parse_waves};

use crate::error::{ApiError, sentence};

/// More than a server's disk and its connections for administration can take.
const PER_SERVER: RangeInclusive<u16> = 1..=32;
/// Each is a connection of the one process that works on the rollout.
const IN_TOTAL: RangeInclusive<u16> = 1..=256;
/// As many as somebody can have looked at one by one.
const CANARIES_MAX: usize = 100;
/// Whoever has not come for a month is migrated without.
const LAZY_HOURS_MAX: f64 = 31.0 * 24.0;
/// More than there are tenants.
const FAILURES_MAX: u32 = 1_000_000;

pub(super) fn parse(body: StartRollout) -> Result<RolloutRequest, ApiError> {
    let StartRollout {
        canaries,
        waves,
        max_failures,
        per_server,
        in_total,
        to,
        lazy_hours,
        skip_shadow,
    } = body;
    if canaries.len() > CANARIES_MAX {
        let words = format!("At most {CANARIES_MAX} tenants go first. Let a first wave be small.");
        return Err(invalid("canaries", "length", words));
    }
    let canary = |it: &String| {
        it.parse::<Subdomain>()
            .map_err(|_not_a_name: SubdomainError| super::refusals::no_canary(it))
    };
    Ok(RolloutRequest {
        policy: policy(waves.as_deref(), max_failures, per_server, in_total)?,
        canaries: canaries.iter().map(canary).collect::<Result<_, _>>()?,
        to,
        lazy_for: lazy_hours.map(lazy_for).transpose()?,
        skip_shadow,
    })
}

pub(super) fn back(body: RollBack) -> Result<RollbackRequest, ApiError> {
    let RollBack { waves, max_failures, per_server, in_total, skip_shadow } = body;
    let policy = policy(waves.as_deref(), max_failures, per_server, in_total)?;
    Ok(RollbackRequest { policy, skip_shadow })
}

fn policy(
    waves: Option<&[u8]>,
    max_failures: Option<u32>,
    per_server: Option<u16>,
    in_total: Option<u16>,
) -> Result<Policy, ApiError> {
    let default = Policy::default();
    let waves = match waves {
        None => default.waves,
        Some(given) => {
            let text: Vec<_> = given.iter().map(ToString::to_string).collect();
            parse_waves(&text.join(",")).map_err(|error| {
                invalid("waves", "ascending", format!("{}.", sentence(&error.to_string())))
            })?
        }
    };
    Ok(Policy {
        waves,
        max_failures: max_failures.unwrap_or(default.max_failures).min(FAILURES_MAX),
        per_server: within("per_server", per_server, default.per_server, &PER_SERVER)?,
        in_total: within("in_total", in_total, default.in_total, &IN_TOTAL)?,
    })
}

fn within(
    field: &str,
    asked: Option<u16>,
    default: u16,
    bounds: &RangeInclusive<u16>,
) -> Result<u16, ApiError> {
    let count = asked.unwrap_or(default);
    if bounds.contains(&count) {
        return Ok(count);
    }
    let words = format!("`{field}` is {} to {} tenants at once.", bounds.start(), bounds.end());
    Err(invalid(field, "range", words))
}

fn lazy_for(hours: f64) -> Result<Duration, ApiError> {
    let in_range = hours > 0.0 && hours <= LAZY_HOURS_MAX;
    in_range.then(|| Duration::from_secs_f64(hours * 3_600.0)).ok_or_else(|| {
        let words = format!("`lazy_hours` is more than 0, and {LAZY_HOURS_MAX} at most.");
        invalid("lazy_hours", "range", words)
    })
}

fn invalid(field: &str, rule: &str, words: String) -> ApiError {
    ApiError::new(Code::InvalidField, words).of_field(field, rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_the_usual() {
        let request = parse(StartRollout::default()).unwrap();
        assert_eq!(request.policy, Policy::default());
        assert_eq!((request.lazy_for, request.to, request.skip_shadow), (None, None, false));
        assert_eq!(back(RollBack::default()).unwrap(), RollbackRequest::default());
    }

    #[test]
    fn either_way_goes_without_the_shadow_run_if_that_is_said() {
        let start = StartRollout { skip_shadow: true, ..StartRollout::default() };
        let back_too = RollBack { skip_shadow: true, ..RollBack::default() };
        assert!(parse(start).unwrap().skip_shadow && back(back_too).unwrap().skip_shadow);
    }

    #[test]
    fn a_fraction_of_an_hour_is_time_too() {
        let body = StartRollout { lazy_hours: Some(0.5), ..StartRollout::default() };
        assert_eq!(parse(body).unwrap().lazy_for, Some(Duration::from_mins(30)));
    }

    #[test]
    fn what_is_out_of_bounds_is_refused() {
        let usual = StartRollout::default;
        for (body, field) in [
            (StartRollout { waves: Some(vec![10, 5, 100]), ..usual() }, "waves"),
            (StartRollout { waves: Some(vec![]), ..usual() }, "waves"),
            (StartRollout { per_server: Some(0), ..usual() }, "per_server"),
            (StartRollout { in_total: Some(257), ..usual() }, "in_total"),
            (StartRollout { lazy_hours: Some(0.0), ..usual() }, "lazy_hours"),
            (StartRollout { lazy_hours: Some(f64::NAN), ..usual() }, "lazy_hours"),
            (StartRollout { lazy_hours: Some(1e9), ..usual() }, "lazy_hours"),
            (StartRollout { canaries: vec!["No Label".to_owned()], ..usual() }, "canaries"),
            (StartRollout { canaries: vec!["a".to_owned(); 101], ..usual() }, "canaries"),
        ] {
            let error = format!("{:?}", parse(body.clone()).unwrap_err());
            assert!(error.contains(&format!("field: Some(\"{field}\")")), "{body:?}: {error}");
        }
    }
}
