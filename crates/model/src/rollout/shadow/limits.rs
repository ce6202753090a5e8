//! How far a shadow run goes, and what it lets pass.

use std::time::Duration;

const MB: u64 = 1 << 20;

/// Every number of the shadow run that is a matter of judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShadowLimits {
    /// Tenants that are copied.
    pub copies: usize,
    /// A larger tenant is not copied.
    pub copy_bytes_max: u64,
    /// One copy, from the first row read to the last index built.
    pub copy_time_max: Duration,
    /// Of the largest tenants, whose tables' sizes are looked at.
    pub largest: usize,
    /// A larger table is not written anew.
    pub rewrite_bytes_max: u64,
    /// A lock that keeps writes out is not held for longer, nor would it be in the largest tenants.
    pub lock_time_max: Duration,
    /// In a smaller table, the time says nothing about a larger one.
    pub scaled_bytes_min: u64,
    /// Less than this above an empty table's time is noise, and is not scaled.
    pub scaled_time_min: Duration,
    /// All of it.
    pub time_max: Duration,
}

/// Two copies: one for what the data may hold, one for where the schema may stand. 256 MB are dumped and restored in
/// about half a minute. 64 MB are written anew in about a second, and a second is what a visitor waits without a second
/// thought. A scan of 8 MB takes some 5 to 20 ms, so below that there is nothing to measure. Two hours are longer than
/// any file of a sensible release takes on a copy of 256 MB.
impl Default for ShadowLimits {
    fn default() -> Self {
        Self {
            copies: 2,
            copy_bytes_max: 256 * MB,
            copy_time_max: Duration::from_mins(10),
            largest: 3,
            rewrite_bytes_max: 64 * MB,
            lock_time_max: Duration::from_secs(1),
            scaled_bytes_min: 8 * MB,
            scaled_time_min: Duration::from_millis(10),
            time_max: Duration::from_hours(2),
        }
    }
}
