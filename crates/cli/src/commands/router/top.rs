//! Looks again and again, and shows each look. A process that does not answer for a while is waited for.

use std::io::{self, Write};
use std::time::Duration;

use anyhow::{Context, Result};
use cloison_api::{Client, ClientError, Code, RouterReport};
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::drawing::{Line, Tone, at, draw, wrap};
use super::screen::Screen;
use super::view::{TENANTS_ASKED, View, compare};
use crate::args::TopOptions;
use crate::complaint::Complaint;
use crate::output::Output;

/// The answer is made from memory and one small query: longer, and something is wrong that should be seen.
const ANSWER_MAX: Duration = Duration::from_secs(5);

/// How looks are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Show {
    /// Each over the one before.
    Live,
    /// Each below the one before.
    Blocks,
    /// Each as one line of JSON.
    Json,
}

pub(super) async fn top(options: &TopOptions, client: &Client, output: Output) -> Result<()> {
    let mut screen = Screen::new(&options.terminal);
    let show = if output.is_json() {
        Show::Json
    } else if screen.is_terminal() && !options.once {
        Show::Live
    } else {
        Show::Blocks
    };
    let watched = watch(options, client, show, &mut screen);
    if show != Show::Live {
        return watched.await;
    }
    let mut interrupted = signal(SignalKind::interrupt()).context("listen for Ctrl-C")?;
    tokio::select! {
        done = watched => done,
        _ = interrupted.recv() => Ok(writeln!(io::stdout())?),
    }
}

async fn watch(
    options: &TopOptions,
    client: &Client,
    show: Show,
    screen: &mut Screen,
) -> Result<()> {
    let mut ticks = interval(options.interval);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut before: Option<RouterReport> = None;
    let mut last: Option<View> = None;
    loop {
        ticks.tick().await;
        match look(client).await {
            Ok(now) => {
                let view = compare(before.as_ref(), &now, usize::from(options.limit));
                // There is nothing to compare the first one with.
                if show == Show::Live || before.is_some() {
                    present(&view, None, show, screen)?;
                    if options.once {
                        return Ok(());
                    }
                }
                before = Some(now);
                last = Some(view);
            }
            Err(error) => match &last {
                Some(view) if !options.once && may_pass(&error) => {
                    present(view, Some(&error), show, screen)?;
                }
                Some(_) | None => return Err(error),
            },
        }
    }
}

async fn look(client: &Client) -> Result<RouterReport> {
    match timeout(ANSWER_MAX, client.router_fetch(TENANTS_ASKED)).await {
        Ok(answer) => Ok(answer?),
        Err(_elapsed) => Err(Complaint::new(
            format!("no answer within {} s", ANSWER_MAX.as_secs()),
            "the process may hang, or have no processor to run on",
            "see what it logs; another process can be asked with --url",
        )
        .into()),
    }
}

/// Whether the next look may be answered although this one was not. Who is not let in will not be later.
fn may_pass(error: &anyhow::Error) -> bool {
    match error.downcast_ref::<ClientError>() {
        Some(ClientError::Problem(it)) => matches!(it.code, Code::Unavailable | Code::Internal),
        Some(ClientError::Unreachable { .. } | ClientError::NotOurs { .. }) | None => true,
    }
}

/// With a failure, it is an old look.
fn present(
    view: &View,
    failure: Option<&anyhow::Error>,
    show: Show,
    screen: &mut Screen,
) -> Result<()> {
    let size = screen.size();
    match (show, failure) {
        (Show::Live, failure) => {
            let mut lines = failure.map_or_else(Vec::new, |it| wrap(&missed(view, it), size.width));
            lines.extend(draw(view, size.width));
            screen.redraw(&lines, size)?;
        }
        (Show::Blocks | Show::Json, Some(failure)) => {
            // It is no result.
            writeln!(io::stderr(), "{}", missed(view, failure).text)?;
        }
        (Show::Blocks, None) => {
            screen.append(&draw(view, size.width))?;
        }
        (Show::Json, None) => {
            let mut stdout = io::stdout().lock();
            serde_json::to_writer(&mut stdout, view)?;
            writeln!(stdout)?;
            stdout.flush()?;
        }
    }
    Ok(())
}

fn missed(view: &View, error: &anyhow::Error) -> Line {
    let words = error.to_string();
    let words = words.strip_suffix('.').unwrap_or(&words);
    Line::new(Tone::Danger, format!("This look failed: {words}. The last one is of {}.", at(view)))
}
