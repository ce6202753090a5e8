//! One run of a program, which ends with whoever asked for it.

use std::{
    process::{self, Output, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::{process::Command, time::timeout};

use crate::error::{Error, at};

/// `command` is a leader of its own group. `name` is for messages.
pub(crate) async fn run(
    mut command: process::Command,
    name: &'static str,
    within: Duration,
) -> Result<Output, Error> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let program = std::path::PathBuf::from(command.get_program());
    let child = Command::from(command).spawn().map_err(at("run", &program))?;
    let pid = child.id().and_then(|it| i32::try_from(it).ok()).and_then(Pid::from_raw);
    let ending = child.wait_with_output();
    tokio::pin!(ending);
    // Declared last, so dropped first: while the child has not been waited for, its pid is nobody else's.
    let mut group = Group(pid);
    let Ok(ended) = timeout(within, &mut ending).await else {
        return Err(Error::TookTooLong { command: name, within });
    };
    group.0 = None;
    ended.map_err(at("wait for", &program))
}

/// A program and the processes that work for it, told to end when dropped. pgBackRest then lets go of its lock and of the
/// backup on the server by itself.
struct Group(Option<Pid>);

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(pid) = self.0
            && let Err(error) = kill_process_group(pid, Signal::TERM)
        {
            tracing::debug!(%error, "a program had ended when it was told to");
        }
    }
}
