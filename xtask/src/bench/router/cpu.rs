//! Processor time, which says what a request costs even when others use the machine, too.
//!
//! Read from /proc, for the server with its processes that have ended, this process, and PgBouncer.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result};

use super::fleet::Fleet;

/// What /proc counts in: `USER_HZ`, a hundredth of a second on every Linux.
const TICKS_PER_SECOND: u64 = 100;

pub(super) struct Cpu {
    postmaster: u32,
    others: [u32; 2],
}

/// One process, as its `stat` says.
#[derive(Debug, PartialEq, Eq)]
struct Stat {
    parent: u32,
    own: u64,
    /// Of its children that have ended.
    children: u64,
}

impl Cpu {
    pub(super) async fn of(fleet: &Fleet, pgbouncer: u32) -> Result<Self> {
        let backend: i32 = fleet.admin.query_one("select pg_backend_pid()", &[]).await?.get(0);
        let stat =
            read(&backend.to_string()).context("look at a server process (on Linux alone)")?;
        Ok(Self { postmaster: stat.parent, others: [std::process::id(), pgbouncer] })
    }

    /// Since they were started.
    pub(super) fn spent(&self) -> Result<Duration> {
        let mut ticks = 0;
        for process in fs::read_dir("/proc")? {
            let process = process?.file_name();
            let Some(pid) = process.to_str().and_then(|it| it.parse::<u32>().ok()) else {
                continue;
            };
            // It may have ended meanwhile; then it is counted by its parent.
            let Some(stat) = read(&pid.to_string()) else { continue };
            if pid == self.postmaster {
                ticks += stat.own + stat.children;
            } else if stat.parent == self.postmaster || self.others.contains(&pid) {
                ticks += stat.own;
            }
        }
        Ok(Duration::from_millis(ticks * 1_000 / TICKS_PER_SECOND))
    }
}

fn read(pid: &str) -> Option<Stat> {
    parse(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// The name stands in brackets and may hold anything; the parent is the second field after it.
fn parse(stat: &str) -> Option<Stat> {
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let number = |index: usize| fields.get(index)?.parse::<u64>().ok();
    Some(Stat {
        parent: fields.get(1)?.parse().ok()?,
        own: number(11)? + number(12)?,
        children: number(13)? + number(14)?,
    })
}

#[cfg(test)]
mod tests {
    use super::{Stat, parse};

    #[test]
    fn a_process_is_read() {
        let stat =
            "812 (postgres: a) b) S 7 812 812 0 -1 4194560 100 0 0 0 30 12 500 60 20 0 1 0 9 1 2";
        assert_eq!(parse(stat), Some(Stat { parent: 7, own: 42, children: 560 }));
        assert_eq!(parse("812 (postgres"), None);
    }
}
