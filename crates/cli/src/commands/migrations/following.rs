//! Watching a rollout until it has ended or is stopped: over itself on a terminal, a line now and then elsewhere.
//!
//! The rollout does not need to be watched. Whoever stops watching leaves it running.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cloison_api::{Client, ClientError, Code, Rollout};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::sleep;

use super::drawing;
use crate::output::Output;

/// The answer is a few small queries.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// Looks in a row that fail before we give up; a process that is started again is there by then.
const MISSES_MAX: u32 = 100;
/// As often as other progress.
const LINE_EVERY: Duration = Duration::from_secs(10);
/// What a shell says of who was interrupted.
const INTERRUPTED: u8 = 130;

/// Follows it to its end, and prints how it stands then.
pub(super) async fn conclude(number: i64, client: &Client, output: Output) -> Result<ExitCode> {
    let mut interrupted = signal(SignalKind::interrupt()).context("listen for Ctrl-C")?;
    let mut told = Told::new(output, Instant::now());
    let followed = tokio::select! {
        followed = follow(number, client, &mut told) => Some(followed),
        _ = interrupted.recv() => None,
    };
    told.finish();
    let Some(followed) = followed else {
        // Whether or not somebody still reads it.
        drop(writeln!(
            io::stderr(),
            "Rollout {number} goes on by itself.\n  watch it:  cloison migrations watch {number}\n  stop it:   cloison migrations pause {number}"
        ));
        return Ok(ExitCode::from(INTERRUPTED));
    };
    let rollout = followed?;
    output.print(&rollout, || drawing::whole(&rollout))?;
    Ok(exit_code(&rollout))
}

/// Whether all came to what was wanted.
fn exit_code(rollout: &Rollout) -> ExitCode {
    let failed = rollout.waves.iter().any(|it| it.failed > 0);
    if rollout.stage == "DONE" && !failed { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn follow(number: i64, client: &Client, told: &mut Told) -> Result<Rollout, ClientError> {
    let mut misses = 0;
    loop {
        match client.rollout_fetch(number).await {
            Ok(rollout) => {
                misses = 0;
                told.tell(&rollout, Instant::now());
                if rollout.is_ended() || rollout.is_held() {
                    return Ok(rollout);
                }
            }
            Err(error) if misses < MISSES_MAX && may_pass(&error) => misses += 1,
            Err(error) => return Err(error),
        }
        sleep(LOOK_EVERY).await;
    }
}

/// Whether the next look may be answered although this one was not.
fn may_pass(error: &ClientError) -> bool {
    match error {
        ClientError::Problem(it) => matches!(it.code, Code::Unavailable | Code::Internal),
        ClientError::Unreachable { .. } | ClientError::NotOurs { .. } => true,
    }
}

/// How it is shown on stderr.
enum Told {
    Drawn(ProgressBar),
    Lines(Lines),
    Nothing,
}

/// What was said where nothing can be drawn over.
struct Lines {
    title: Option<String>,
    /// Waves that were through.
    through: usize,
    said: Instant,
}

impl Told {
    fn new(output: Output, now: Instant) -> Self {
        if io::stderr().is_terminal() {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(10));
            Self::Drawn(
                bar.with_style(
                    ProgressStyle::with_template("{msg}").expect("the template is right"),
                ),
            )
        } else if output.is_json() {
            Self::Nothing
        } else {
            Self::Lines(Lines { title: None, through: 0, said: now })
        }
    }

    fn tell(&mut self, rollout: &Rollout, now: Instant) {
        match self {
            Self::Drawn(bar) => {
                bar.set_message(drawing::progress(rollout).join("\n"));
                bar.tick();
            }
            Self::Lines(lines) => {
                for line in lines.due(rollout, now) {
                    // Progress is no result: nobody need be there to read it.
                    drop(writeln!(io::stderr(), "{line}"));
                }
            }
            Self::Nothing => {}
        }
    }

    /// Makes room for the result.
    fn finish(self) {
        if let Self::Drawn(bar) = self {
            bar.finish_and_clear();
        }
    }
}

impl Lines {
    /// Its title when that changes, each wave when it is through, and now and then how far it is.
    fn due(&mut self, it: &Rollout, now: Instant) -> Vec<String> {
        let mut lines = Vec::new();
        let title = drawing::title(it);
        if self.title.as_ref() != Some(&title) {
            lines.push(title.clone());
            self.title = Some(title);
        }
        let is_through = |at: &usize| it.waves[*at].pending == 0 && it.waves[*at].running == 0;
        let through = (0..it.waves.len()).take_while(is_through).count();
        let newly = it.waves.get(self.through..through).unwrap_or_default();
        lines.extend(newly.iter().filter(|it| it.tenants() > 0).map(drawing::through));
        self.through = through;
        let is_due = lines.is_empty() && now.duration_since(self.said) >= LINE_EVERY;
        if is_due && it.stage == "CHECKING" {
            lines.push("still checking the files".to_owned());
        } else if is_due || newly.iter().any(|it| it.tenants() > 0) {
            let waits = it.waiting.as_ref().filter(|_| is_due).map(|why| format!("; waits: {why}"));
            lines.push(format!("{}{}", drawing::totals(it), waits.unwrap_or_default()));
        }
        if !lines.is_empty() {
            self.said = now;
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::super::drawing::tests::rollout;
    use super::*;

    #[test]
    fn a_line_for_each_wave_and_one_every_ten_seconds() {
        let start = Instant::now();
        let mut lines = Lines { title: None, through: 0, said: start };
        let mut due = |seconds, stage: &str, waves: &[[u32; 5]]| {
            lines.due(&rollout(stage, waves), start + Duration::from_secs(seconds))
        };
        assert_eq!(due(0, "CHECKING", &[]), ["Rollout 4: version 6 to 7, checking the files"]);
        assert_eq!(due(12, "CHECKING", &[]), ["still checking the files"]);
        assert_eq!(
            due(13, "RUNNING", &[[0, 0, 1, 0, 0], [9, 0, 0, 0, 0]]),
            [
                "Rollout 4: version 6 to 7, running",
                "canaries: 1 done",
                "1 of 10 tenants done, 2.5 a second, about 90 s left"
            ]
        );
        assert_eq!(due(22, "RUNNING", &[[0, 0, 1, 0, 0], [8, 1, 0, 0, 0]]), [""; 0]);
        assert_eq!(
            due(23, "RUNNING", &[[0, 0, 1, 0, 0], [4, 1, 4, 0, 0]]),
            ["5 of 10 tenants done, 2.5 a second, about 90 s left"]
        );
        assert_eq!(due(24, "RUNNING", &[[0, 0, 1, 0, 0], [3, 1, 5, 0, 0]]), [""; 0]);
        assert_eq!(
            due(25, "DONE", &[[0, 0, 1, 0, 0], [0, 0, 8, 1, 0]]),
            [
                "Rollout 4: version 6 to 7, done",
                "to 100 %: 8 done, 1 failed",
                "9 of 10 tenants done, 1 failed, 2.5 a second"
            ]
        );
    }

    #[test]
    fn it_fails_if_anybody_did() {
        assert_eq!(exit_code(&rollout("DONE", &[[0, 0, 9, 0, 1]])), ExitCode::SUCCESS);
        for (stage, wave) in [
            ("DONE", [0, 0, 8, 1, 0]),
            ("HALTED", [1, 0, 1, 0, 0]),
            ("PAUSED", [1, 0, 1, 0, 0]),
            ("CANCELLED", [0, 0, 1, 0, 0]),
            ("FAILED", [0, 0, 0, 0, 0]),
        ] {
            assert_eq!(exit_code(&rollout(stage, &[wave])), ExitCode::FAILURE, "{stage}");
        }
    }
}
