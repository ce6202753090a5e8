//! What a program writes, as something to read that fails if the program does.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::process::{Child, ChildStdout};

use crate::programs::{ProgramFailure, ended};

/// The output of `pg_dump`, for instance. A pipe alone ends in the same way whether its program has done all or has died, so the end
/// is told only when the program has ended well; else there is an error with what it said, a [`ProgramFailure`] inside.
pub struct ProgramOutput {
    stdout: ChildStdout,
    /// Runs along, as a program that nobody listens to comes to a stop.
    end: BoxFuture<'static, Result<(), ProgramFailure>>,
    ended: Option<Result<(), ProgramFailure>>,
}

impl ProgramOutput {
    /// Takes a program whose output and errors are piped. Have it spawned with `kill_on_drop`, so that it ends when this is dropped.
    pub fn new(program: &str, mut child: Child) -> io::Result<Self> {
        let piped = |what: &str| io::Error::other(format!("the {what} of {program} is not piped"));
        let stdout = child.stdout.take().ok_or_else(|| piped("output"))?;
        if child.stderr.is_none() {
            return Err(piped("error output"));
        }
        let program = program.to_owned();
        let end = async move { ended(&program, &mut child).await };
        Ok(Self { stdout, end: end.boxed(), ended: None })
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let ended = match self.ended.take() {
            Some(ended) => ended,
            None => ready!(self.end.poll_unpin(cx)),
        };
        self.ended = Some(ended.clone());
        Poll::Ready(ended.map_err(io::Error::other))
    }
}

impl AsyncRead for ProgramOutput {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        // Whatever it is, the end matters when all has been read.
        let end = self.poll_end(cx);
        ready!(Pin::new(&mut self.stdout).poll_read(cx, buf))?;
        if buf.filled().len() > before || buf.remaining() == 0 {
            return Poll::Ready(Ok(()));
        }
        end
    }
}

#[cfg(test)]
mod tests {
    use std::process::Stdio;

    use tokio::io::AsyncReadExt as _;
    use tokio::process::Command;

    use super::*;

    /// What a shell's script writes, or why it failed.
    async fn check(script: &str) -> Result<String, String> {
        let child = Command::new("sh")
            .args(["-c", script])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut output = ProgramOutput::new("sh", child).unwrap();
        let mut written = String::new();
        let read = output.read_to_string(&mut written).await;
        read.map(|_| written).map_err(|it| it.to_string())
    }

    #[tokio::test]
    async fn the_end_is_an_end_only_if_the_program_ended_well() {
        for (script, read) in [
            ("printf abc", Ok("abc")),
            ("printf abc; echo notice >&2", Ok("abc")),
            (
                "printf abc; echo 'x: detail\nx: error: no space' >&2; exit 1",
                Err("x: error: no space"),
            ),
            ("printf abc; kill -9 $$", Err("sh failed and did not say why")),
            // The pipe ends long before the program.
            ("printf abc; exec >&-; printf 'x: error: late' >&2; exit 3", Err("x: error: late")),
            // More than a pipe holds.
            ("head -c 300000 /dev/zero | tr '\\\\0' e >&2; printf abc", Ok("abc")),
        ] {
            let read = read.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(check(script).await, read, "{script}");
        }
    }
}
