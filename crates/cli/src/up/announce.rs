//! What `up` says on stdout: where to go.

use std::io::{self, Write};

use anyhow::Result;
use cloison_server::PublicUrl;

use super::data_dir::DataDir;
use super::demo::Studio;

pub(super) fn ready(url: &PublicUrl, data: &DataDir, studios: &[Studio]) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "Cloison is up.")?;
    writeln!(out, "  console and API  {}", url.console())?;
    writeln!(out, "  data directory   {}", data.path().display())?;
    for studio in studios {
        writeln!(out)?;
        writeln!(out, "  {}", studio.name)?;
        writeln!(out, "    studio   {}", studio.url)?;
        writeln!(out, "    sign in  {}", studio.sign_in_url)?;
    }
    writeln!(out)?;
    writeln!(out, "Ctrl-C stops everything.")?;
    Ok(out.flush()?)
}
