//! `cargo xtask ci`: every check of the project, cheapest first, each with its time.
//!
//! It goes on after a failure, so that one run shows all that is wrong, and says so again at the end.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::process;
use crate::workspace::root;

/// What `cargo` is called with, under the name that a reader of the log looks for.
const STEPS: [(&str, &[&str]); 8] = [
    ("format", &["fmt", "--all", "--check"]),
    ("tidy", &["xtask", "tidy"]),
    ("monitoring", &["xtask", "monitoring"]),
    ("generated code", &["xtask", "prepare", "--check"]),
    ("lints", &["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"]),
    (
        "lints of the router without axum",
        &[
            "clippy",
            "--package",
            "cloison-router",
            "--no-default-features",
            "--all-targets",
            "--locked",
            "--",
            "--deny",
            "warnings",
        ],
    ),
    ("documentation", &["doc", "--workspace", "--no-deps", "--locked", "--document-private-items"]),
    ("tests", &["test", "--workspace", "--locked", "--no-fail-fast"]),
];

struct Step {
    name: &'static str,
    took: Duration,
    outcome: Result<()>,
}

pub(crate) fn run() -> ExitCode {
    let steps: Vec<Step> = STEPS.iter().map(|(name, arguments)| step(name, arguments)).collect();

    println!("\n== summary");
    for Step { name, took, outcome } in &steps {
        let mark = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!("{mark:6} {name} ({:.1} s)", took.as_secs_f64());
    }
    if steps.iter().all(|step| step.outcome.is_ok()) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn step(name: &'static str, arguments: &[&str]) -> Step {
    println!("\n== {name}: cargo {}", arguments.join(" "));
    let started = Instant::now();
    let outcome = process::run(
        Command::new("cargo")
            .current_dir(root())
            .args(arguments)
            // A warning in the documentation is a broken link.
            .env("RUSTDOCFLAGS", "--deny warnings"),
    );
    if let Err(error) = &outcome {
        eprintln!("error: {name}: {error:#}");
    }
    Step { name, took: started.elapsed(), outcome }
}
