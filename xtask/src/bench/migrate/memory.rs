//! The most memory that a process has had, as Linux counts it.

use std::fs;

use anyhow::{Context, Result};

/// From now on the most is counted anew.
pub(super) fn forget_peak(process: u32) -> Result<()> {
    // 5 is the one that forgets the peak; the others are about pages.
    fs::write(format!("/proc/{process}/clear_refs"), "5").context("forget the peak of memory")
}

/// The most resident memory since then, in MB of 1,000,000 bytes.
pub(super) fn peak_mb(process: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    peak(&status).context("Linux says how much memory a process has had")
}

fn peak(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes * 1_024.0 / 1_000_000.0)
}

#[cfg(test)]
mod tests {
    use super::peak;

    #[test]
    fn the_peak_is_read() {
        assert_eq!(peak("Name:\tcloison\nVmHWM:\t   15625 kB\nVmRSS:\t 1 kB\n"), Some(16.0));
        assert_eq!(peak("Name:\tcloison\n"), None);
    }
}
