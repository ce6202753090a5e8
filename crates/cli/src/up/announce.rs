//! What `up` says on stdout: where to go.

use std::io::{self, Write};

use anyhow::Result;
use cloison_model::Secret;
use cloison_server::PublicUrl;

use super::data_dir::DataDir;
use super::demo::Studio;

pub(super) fn ready(
    url: &PublicUrl,
    console_link: Option<&Secret>,
    data: &DataDir,
    studios: &[Studio],
) -> Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "Cloison is up.")?;
    writeln!(out, "  console and API  {}", url.console())?;
    if let Some(link) = console_link {
        // Whoever finds it used up or too old asks for another.
        writeln!(out, "    open once      {}", url.console_link(link))?;
        writeln!(out, "    another link   cloison console")?;
    }
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
