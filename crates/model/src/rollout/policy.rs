//! How carefully a rollout goes: its waves, and how much of what at once.

/// The wave of the tenants that were named to go first.
pub const CANARY_WAVE: usize = 0;

/// More waves than anybody watches.
const WAVES_MAX: usize = 20;

/// Invariant: `waves` ascend, and the last one is 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Per cent of the fleet that have been started once a wave is through, for each wave after the canaries.
    pub waves: Vec<u8>,
    /// More tenants than these may not fail, or it halts.
    pub max_failures: u32,
    /// Tenants at once on one server.
    pub per_server: u16,
    /// Tenants at once on all servers together.
    pub in_total: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    #[error("'{0}' is no wave; write per cents of the fleet, as in 1%,10%,100%")]
    NotAWave(String),
    #[error("waves grow, and {second}% comes after {first}%")]
    NotGrowing { first: u8, second: u8 },
    #[error("the last wave is 100%, and {0}% would leave the rest behind for good")]
    NotAll(u8),
    #[error("more than {WAVES_MAX} waves")]
    TooMany,
}

impl Default for Policy {
    fn default() -> Self {
        Self { waves: vec![1, 10, 100], max_failures: 3, per_server: 2, in_total: 16 }
    }
}

/// `1%,10%,100%`, with or without the signs.
pub fn parse_waves(text: &str) -> Result<Vec<u8>, PolicyError> {
    let wave = |it: &str| {
        let number = it.trim().trim_end_matches('%').parse().ok();
        number
            .filter(|it| (1..=100).contains(it))
            .ok_or_else(|| PolicyError::NotAWave(it.trim().to_owned()))
    };
    let waves = text.split(',').map(wave).collect::<Result<Vec<u8>, _>>()?;
    if waves.len() > WAVES_MAX {
        return Err(PolicyError::TooMany);
    }
    if let Some(pair) = waves.windows(2).find(|it| it[0] >= it[1]) {
        return Err(PolicyError::NotGrowing { first: pair[0], second: pair[1] });
    }
    match waves.last() {
        Some(100) => Ok(waves),
        Some(last) => Err(PolicyError::NotAll(*last)),
        None => Err(PolicyError::NotAWave(text.to_owned())),
    }
}

/// How many tenants are in a wave or an earlier one, canaries left out. A wave has at least one more than the one before it, while
/// there are any: a wave of nobody proves nothing.
pub fn wave_sizes(waves: &[u8], tenants: usize) -> Vec<usize> {
    let mut sizes = Vec::with_capacity(waves.len());
    let mut before = 0;
    for percent in waves {
        let share = (tenants * usize::from(*percent)).div_ceil(100);
        before = share.max(before + 1).min(tenants);
        sizes.push(before);
    }
    sizes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_are_read_with_their_reasons() {
        assert_eq!(parse_waves("1%,10%,100%"), Ok(vec![1, 10, 100]));
        assert_eq!(parse_waves(" 50 , 100 "), Ok(vec![50, 100]));
        for (text, why) in [
            ("", "'' is no wave; write per cents of the fleet, as in 1%,10%,100%"),
            ("0%,100%", "'0%' is no wave; write per cents of the fleet, as in 1%,10%,100%"),
            ("10%,5%,100%", "waves grow, and 5% comes after 10%"),
            ("1%,10%", "the last wave is 100%, and 10% would leave the rest behind for good"),
        ] {
            assert_eq!(parse_waves(text).unwrap_err().to_string(), why);
        }
    }

    #[test]
    fn sizes() {
        for (tenants, sizes) in
            [(0, [0, 0, 0]), (1, [1, 1, 1]), (3, [1, 2, 3]), (150, [2, 15, 150])]
        {
            assert_eq!(wave_sizes(&[1, 10, 100], tenants), sizes, "{tenants}");
        }
    }
}
