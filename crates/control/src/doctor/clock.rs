//! Whether a server's clock says what this machine's does.

use anyhow::{Context as _, Result};
use jiff::{SignedDuration, Timestamp};
use tokio_postgres::Client;

use super::{Ask, Check, Finding};

/// Leases last for ten seconds, and a request takes part of one.
const SKEW_MAX: SignedDuration = SignedDuration::from_secs(5);

pub(super) async fn examine(pg: &Client, ask: &Ask<'_>, subject: &str) -> Result<Option<Finding>> {
    let before = ask.now();
    let row = pg.query_typed_one("select clock_timestamp()", &[]).await;
    let theirs: Timestamp = row.context("ask for the time")?.get(0);
    Ok(of(theirs, before, ask.now(), subject))
}

/// It was asked and had answered at these times of ours.
fn of(theirs: Timestamp, before: Timestamp, after: Timestamp, subject: &str) -> Option<Finding> {
    let (ahead, behind) = (theirs.duration_since(after), before.duration_since(theirs));
    let (skew, which) = if ahead > behind { (ahead, "ahead of") } else { (behind, "behind") };
    (skew > SKEW_MAX).then(|| {
        let seconds = skew.as_secs();
        let what = format!("its clock is {seconds} s {which} that of the machine that looks");
        Finding::new(Check::ClockSkew, subject, what)
            .mend("see on both machines whether they follow a time server: timedatectl")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_answer_is_no_skew() {
        let at = |seconds: i64| Timestamp::from_second(1_000 + seconds).unwrap();
        let check =
            |theirs, before, after| of(at(theirs), at(before), at(after), "eu-1").map(|it| it.what);
        assert_eq!(check(0, 0, 0), None);
        assert_eq!(check(10, 0, 20), None, "it took 20 s to answer");
        assert_eq!(check(5, 0, 0), None);
        let told = |seconds: u8, which: &str| {
            Some(format!("its clock is {seconds} s {which} that of the machine that looks"))
        };
        assert_eq!(check(30, 0, 20), told(10, "ahead of"));
        assert_eq!(check(-7, 0, 20), told(7, "behind"));
    }
}
