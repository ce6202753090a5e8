//! The same benchmark, by an optimised build of this program.
//!
//! Only for what is measured in this process; the others build the product so, and measure that.

use std::env;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::product::{self, Profile};

/// Hands over with the same arguments, and says what the other says.
pub(super) fn in_release() -> Result<ExitCode> {
    let program = product::build_package("xtask", "xtask", Profile::Release)?;
    let status = Command::new(&program)
        .args(env::args_os().skip(1))
        .status()
        .with_context(|| format!("start {}", program.display()))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
