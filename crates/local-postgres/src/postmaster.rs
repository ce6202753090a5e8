//! A server process: our child, or one that a process before us left running.
//!
//! What is known of it is in `postmaster.pid`, which PostgreSQL keeps in the data folder. The file outlives a server
//! that was killed, so its word is checked against the process and the socket.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    os::unix::{fs::OpenOptionsExt as _, net::UnixStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::{
    account::Account,
    error::{StartError, StopError, at},
    installation::Installation,
};

/// Between two looks at a file or a process that nothing else tells about.
const POLL: Duration = Duration::from_millis(5);
/// A fast stop ends with a checkpoint. After this long we stop it at once, which costs a recovery at the next start.
const FAST_STOP_WITHIN: Duration = Duration::from_mins(1);
const IMMEDIATE_STOP_WITHIN: Duration = Duration::from_secs(10);
/// A server that is well answers at once.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// What a person can take in of a log.
const LOG_TAIL_LINES: usize = 15;
const LOG_TAIL_BYTES: u64 = 8 * 1024;
/// The log is kept once over, so it takes at most twice this.
const LOG_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// What `postmaster.pid` says. Later lines are absent while the server starts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PidFile {
    pub(crate) pid: i32,
    pub(crate) port: Option<u16>,
    pub(crate) socket_dir: Option<PathBuf>,
    pub(crate) ready: bool,
}

impl PidFile {
    pub(crate) fn read(data: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(data.join("postmaster.pid")).ok()?)
    }

    /// pid, folder, start, port, socket directory, address, shared memory, status: one a line.
    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let line = |index: usize| lines.get(index).copied().filter(|it| !it.is_empty());
        Some(Self {
            pid: line(0)?.parse().ok().filter(|it| *it > 0)?,
            port: line(3).and_then(|it| it.parse().ok()),
            socket_dir: line(4).map(PathBuf::from),
            ready: line(7) == Some("ready"),
        })
    }
}

#[derive(Debug)]
pub(crate) struct Postmaster {
    pid: i32,
    /// Ours to be waited for; `None` if it was adopted.
    child: Option<Child>,
    log: PathBuf,
}

/// How long a start is waited for.
#[derive(Clone, Copy)]
pub(crate) struct Patience<'a> {
    pub(crate) ready_within: Duration,
    /// Set by whoever does not want the server any more.
    pub(crate) given_up: &'a AtomicBool,
}

/// Why a server that was started is not ready.
pub(crate) enum NotReady {
    /// Another program took the port between our look and the server's.
    PortTaken,
    /// Processes of a server that was killed are about to notice it.
    Orphans(StartError),
    Failed(StartError),
}

impl Postmaster {
    /// The server that runs on this data, if one does. A pid file without a server is removed: PostgreSQL would take
    /// any process that has got the pid since for a server.
    pub(crate) fn running(data: &Path, log: &Path) -> Result<Option<(Self, PidFile)>, StartError> {
        let path = data.join("postmaster.pid");
        let Some(file) = PidFile::read(data) else {
            return Ok(None);
        };
        if is_server_of(file.pid, data) {
            return Ok(Some((Self { pid: file.pid, child: None, log: log.to_owned() }, file)));
        }
        tracing::info!(pid = file.pid, "removing {}, whose server is gone", path.display());
        fs::remove_file(&path).map_err(at("remove the stale", &path))?;
        Ok(None)
    }

    /// Starts the server and waits until it takes connections.
    pub(crate) fn start(
        installation: &Installation,
        data: &Path,
        log: &Path,
        account: &Account,
        patience: Patience<'_>,
    ) -> Result<Self, NotReady> {
        let (output, log_start) = open_log(log, account).map_err(NotReady::Failed)?;
        let errors = output.try_clone().map_err(at("open", log)).map_err(NotReady::Failed)?;
        let program = installation.program("postgres");
        let child = account
            .command(program.as_os_str())
            .arg("-D")
            .arg(data)
            .stdout(Stdio::from(output))
            .stderr(Stdio::from(errors))
            .spawn()
            .map_err(at("run", &program))
            .map_err(NotReady::Failed)?;
        let pid = i32::try_from(child.id()).expect("a pid is a positive i32");
        let mut server = Self { pid, child: Some(child), log: log.to_owned() };
        let started = Instant::now();
        loop {
            if PidFile::read(data).is_some_and(|it| it.pid == pid && it.ready) {
                return Ok(server);
            }
            let gave_up = started.elapsed() > patience.ready_within
                || patience.given_up.load(Ordering::Relaxed);
            if gave_up || !server.is_running() {
                let said = read_from(log, log_start);
                if !gave_up && said.contains("could not create any TCP/IP sockets") {
                    return Err(NotReady::PortTaken);
                }
                if gave_up && let Err(error) = server.stop_at_once() {
                    tracing::warn!(%error, "the server that was not ready in time is still there");
                }
                let failed =
                    StartError::Failed { gave_up, log: log.to_owned(), log_tail: tail(&said) };
                let orphans = said.contains("pre-existing shared memory block");
                return Err(if orphans {
                    NotReady::Orphans(failed)
                } else {
                    NotReady::Failed(failed)
                });
            }
            thread::sleep(POLL);
        }
    }

    /// Disconnects everybody, writes everything down and stops.
    pub(crate) fn stop(&mut self) -> Result<(), StopError> {
        self.signal(Signal::INT)?;
        if self.ends_within(FAST_STOP_WITHIN) {
            return Ok(());
        }
        tracing::warn!(
            pid = self.pid,
            "PostgreSQL is slow to stop; stopping it at once, it will recover when started"
        );
        self.stop_at_once()
    }

    /// Stops without a checkpoint, as a crash would.
    pub(crate) fn stop_at_once(&mut self) -> Result<(), StopError> {
        self.signal(Signal::QUIT)?;
        if self.ends_within(IMMEDIATE_STOP_WITHIN) {
            return Ok(());
        }
        Err(StopError::StillRunning { pid: self.pid, log: self.log.clone() })
    }

    fn signal(&mut self, signal: Signal) -> Result<(), StopError> {
        // A child that has ended keeps its pid until it is waited for, so this never hits a stranger.
        if !self.is_running() {
            return Ok(());
        }
        let pid = Pid::from_raw(self.pid).expect("a pid file's pid is positive");
        match kill_process(pid, signal) {
            Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
            Err(error) => Err(StopError::Signal { pid: self.pid, source: error.into() }),
        }
    }

    fn ends_within(&mut self, limit: Duration) -> bool {
        let started = Instant::now();
        while self.is_running() {
            if started.elapsed() > limit {
                return false;
            }
            thread::sleep(POLL);
        }
        true
    }

    pub(crate) fn is_running(&mut self) -> bool {
        match &mut self.child {
            Some(child) => matches!(child.try_wait(), Ok(None)),
            None => is_alive(self.pid),
        }
    }
}

/// Whether the server takes connections. It is asked whether it speaks TLS, which needs no user and leaves no line
/// in its log; on a Unix socket the answer is no.
pub(crate) fn answers(socket_dir: &Path, port: u16) -> bool {
    const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];
    let ask = || -> io::Result<u8> {
        let mut stream = UnixStream::connect(socket_dir.join(format!(".s.PGSQL.{port}")))?;
        stream.set_read_timeout(Some(ANSWER_WITHIN))?;
        stream.write_all(&SSL_REQUEST)?;
        let mut answer = [0];
        stream.read_exact(&mut answer)?;
        Ok(answer[0])
    };
    ask().is_ok_and(|it| it == b'N' || it == b'S')
}

/// Whether the process is a server on this data, and not one that got the pid later. PostgreSQL works in its data
/// folder. Where that cannot be seen (on macOS; as root in a container without ptrace), its command line has to do.
fn is_server_of(pid: i32, data: &Path) -> bool {
    if !is_alive(pid) {
        return false;
    }
    match fs::read_link(format!("/proc/{pid}/cwd")) {
        Ok(cwd) => fs::canonicalize(data).is_ok_and(|it| it == cwd),
        Err(_) => command_line(pid).contains(&*data.to_string_lossy()),
    }
}

fn command_line(pid: i32) -> String {
    let bytes = fs::read(format!("/proc/{pid}/cmdline")).or_else(|_| {
        let ps = Command::new("ps")
            .args(["-o", "command=", "-p", &pid.to_string()])
            .stdin(Stdio::null())
            .output();
        ps.map(|it| it.stdout)
    });
    String::from_utf8_lossy(&bytes.unwrap_or_default()).into_owned()
}

/// A process that has ended but was never waited for still has its pid: in a container, often nobody waits.
fn is_alive(pid: i32) -> bool {
    let Some(raw) = Pid::from_raw(pid) else {
        return false;
    };
    let exists = !matches!(test_kill_process(raw), Err(rustix::io::Errno::SRCH));
    // `pid (name) state ..`, and the name may hold anything but is the last in parentheses.
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit_once(')').and_then(|(_, it)| it.trim_start().chars().next());
    exists && !matches!(state, Some('Z' | 'X'))
}

/// Opens the server's log at its end, and says where that is.
fn open_log(log: &Path, account: &Account) -> Result<(File, u64), StartError> {
    if fs::metadata(log).is_ok_and(|it| it.len() > LOG_BYTES_MAX) {
        fs::rename(log, log.with_extension("log.1")).map_err(at("rotate", log))?;
    }
    let file = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(log)
        .map_err(at("open", log))?;
    account.own(log)?;
    let end = file.metadata().map_err(at("look at", log))?.len();
    Ok((file, end))
}

fn read_from(log: &Path, start: u64) -> String {
    let read = || -> io::Result<Vec<u8>> {
        let mut file = File::open(log)?;
        let end = file.metadata()?.len();
        file.seek(SeekFrom::Start(start.max(end.saturating_sub(LOG_TAIL_BYTES))))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map(|it| String::from_utf8_lossy(&it).into_owned()).unwrap_or_default()
}

fn tail(said: &str) -> String {
    let lines: Vec<&str> = said.lines().collect();
    lines[lines.len().saturating_sub(LOG_TAIL_LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pid_file_is_read_at_every_stage() {
        let starting = "4711\n/data\n1700000000\n5432\n\n\n";
        let ready =
            "4711\n/data\n1700000000\n5432\n/data/socket\n127.0.0.1\n  1234567   42\nready   \n";
        let parsed = PidFile::parse(starting).unwrap();
        assert_eq!(
            (parsed.pid, parsed.port, parsed.socket_dir, parsed.ready),
            (4711, Some(5432), None, false)
        );
        let parsed = PidFile::parse(ready).unwrap();
        assert_eq!((parsed.socket_dir, parsed.ready), (Some("/data/socket".into()), true));
        for broken in ["", "\n", "-1\n", "0\n", "what\n"] {
            assert_eq!(PidFile::parse(broken), None, "{broken:?}");
        }
    }

    #[test]
    fn another_process_with_the_pid_is_no_server() {
        let own = i32::try_from(std::process::id()).unwrap();
        assert!(is_alive(own));
        assert!(command_line(own).contains("cloison_local_postgres"), "{}", command_line(own));
        assert!(!is_server_of(own, Path::new("/nonexistent")));
    }

    #[test]
    fn a_process_that_nobody_waited_for_is_not_alive() {
        let mut child = Command::new("true").spawn().unwrap();
        let pid = i32::try_from(child.id()).unwrap();
        // Waits for the end of the process without waiting for the process itself.
        while is_alive(pid) {
            thread::yield_now();
        }
        assert!(child.wait().unwrap().success());
    }
}
