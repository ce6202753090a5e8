//! Stops the server that tests share, for the end of a run. Tests themselves never need it: whoever comes first
//! starts the server, and an idle one does no harm.

#![expect(clippy::print_stdout, reason = "it says what it did")]

use std::env;

use cloison_testkit::{Stopped, shared_stop};

fn main() -> anyhow::Result<()> {
    anyhow::ensure!(env::args().skip(1).eq(["stop"]), "usage: test-cluster stop");
    match shared_stop()? {
        Stopped::Yes => println!("the shared test server is stopped"),
        Stopped::InUse => println!("the shared test server is in use by another run and stays"),
    }
    Ok(())
}
