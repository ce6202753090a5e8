//! What the figures were measured on.

use std::fmt;
use std::fs;
use std::thread;

use serde_json::{Value, json};

pub(super) struct Machine {
    cores: usize,
    cpu: String,
    memory_gb: f64,
    postgresql: String,
}

impl Machine {
    pub(super) fn look(postgresql: String) -> Self {
        // Elsewhere than on Linux the figures are as good, and the machine has no name.
        let cpu_info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let memory_info = fs::read_to_string("/proc/meminfo").unwrap_or_default();
        Self {
            cores: thread::available_parallelism().map_or(0, usize::from),
            cpu: field(&cpu_info, "model name").unwrap_or("unknown").to_owned(),
            memory_gb: field(&memory_info, "MemTotal").map_or(0.0, gigabytes),
            postgresql,
        }
    }

    pub(super) fn json(&self) -> Value {
        let Self { cores, cpu, memory_gb, postgresql } = self;
        json!({ "cores": cores, "cpu": cpu, "memory_gb": memory_gb, "postgresql": postgresql })
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cores, cpu, memory_gb, postgresql } = self;
        write!(f, "machine: {cores} cores, {cpu}, {memory_gb} GB, PostgreSQL {postgresql}")
    }
}

/// The first `name : value` of a file in /proc.
fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim())
}

/// From `24576000 kB`, with one digit after the point.
fn gigabytes(kilobytes: &str) -> f64 {
    let kilobytes: f64 = kilobytes.trim_end_matches(" kB").parse().unwrap_or(0.0);
    (kilobytes / 100_000.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::{field, gigabytes};

    #[test]
    fn proc_files_are_read() {
        assert_eq!(field("processor\t: 0\nmodel name\t: A CPU\n", "model name"), Some("A CPU"));
        assert_eq!(field("", "model name"), None);
        assert!((gigabytes("24576000 kB") - 24.6).abs() < f64::EPSILON);
    }
}
