//! A private cluster: started or picked up, then ours until stopped.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicBool},
    thread,
    time::Duration,
};

use crate::{
    SUPERUSER,
    account::Account,
    config::{self, ClusterConfig, Durability, Files},
    error::{StartError, StopError, at},
    initdb,
    installation::Installation,
    lock::Lock,
    place, port,
    postmaster::{self, NotReady, Patience, PidFile, Postmaster},
    room::Room,
    socket,
};

/// How often a port may be snatched from under a server before we say so.
const PORT_ATTEMPTS_MAX: u32 = 10;
/// Orphaned processes end within milliseconds, those in the middle of a large write later.
const ORPHANS_WAIT: Duration = Duration::from_millis(100);
const ORPHANS_WAITS_MAX: u32 = 100;

/// Where a server takes connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Holds the socket, for the superuser. Closed to all but root and the server's user.
    pub socket_dir: PathBuf,
    /// On 127.0.0.1, for everybody else; it also names the socket.
    pub port: u16,
}

/// A running server and the sole right to its data directory.
///
/// Dropping it stops the server: a durable one with a checkpoint, a disposable one at once. A process that is killed
/// leaves it running, and the next [`Cluster::start`] picks it up.
#[derive(Debug)]
pub struct Cluster {
    data_dir: PathBuf,
    home: PathBuf,
    account: Account,
    address: Address,
    durability: Durability,
    /// `None` once it has been stopped, or left running on purpose.
    server: Option<Postmaster>,
    adopted: bool,
    _lock: Arc<Lock>,
}

impl Cluster {
    /// Makes the cluster if there is none, starts it if it does not run, and waits until it takes connections.
    pub fn start(installation: &Installation, config: &ClusterConfig) -> Result<Self, StartError> {
        let room = Room::take(config)?;
        initdb::ensure(installation, config, &room.home, &room.account)?;
        Self::start_in(&room, installation, config, &AtomicBool::new(false))
    }

    /// Starts the cluster whose files are there.
    pub(crate) fn start_in(
        room: &Room,
        installation: &Installation,
        config: &ClusterConfig,
        given_up: &AtomicBool,
    ) -> Result<Self, StartError> {
        let socket_dir = socket::prepare(&room.data_dir, &room.home, &room.account)?;
        let launch = Launch { installation, config, room, socket_dir, given_up };
        let (server, port, adopted) = match launch.adopt()? {
            Some((server, port)) => (server, port, true),
            None => launch.launch().map(|(server, port)| (server, port, false))?,
        };
        // Held from here on, so that whatever fails now still stops the server.
        let cluster = Self {
            data_dir: room.data_dir.clone(),
            home: room.home.clone(),
            account: room.account.clone(),
            address: Address { socket_dir: launch.socket_dir, port },
            durability: config.durability,
            server: Some(server),
            adopted,
            _lock: Arc::clone(&room.lock),
        };
        port::remember(&cluster.data_dir, port, &cluster.account)?;
        Ok(cluster)
    }

    pub fn address(&self) -> &Address {
        &self.address
    }

    pub fn socket_dir(&self) -> &Path {
        &self.address.socket_dir
    }

    pub fn port(&self) -> u16 {
        self.address.port
    }

    /// The role to connect as by the socket.
    pub fn superuser(&self) -> &'static str {
        SUPERUSER
    }

    /// Where the cluster of a data directory is or would be, whether it runs or not.
    pub fn home_of(data_dir: &Path) -> PathBuf {
        place::known(data_dir)
    }

    /// Where the cluster's files and its log are: in the data directory, or where a log line said when it was made.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The PostgreSQL data directory proper, as other programs are told it.
    pub fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    /// Who the server runs as.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Whether the server had been left running by another process.
    pub fn adopted(&self) -> bool {
        self.adopted
    }

    /// Disconnects everybody, writes everything down and stops the server.
    pub fn stop(mut self) -> Result<(), StopError> {
        self.server.take().map_or(Ok(()), |mut it| it.stop())
    }

    /// Gives up the data directory but not the server, which then runs until the next one stops it.
    pub fn leave_running(mut self) -> Address {
        self.server = None;
        self.address.clone()
    }

    /// Removes the cluster of a data directory with all its data, stopping a server that was left running. One that
    /// another process uses is refused. No cluster at all is fine.
    pub fn remove(data_dir: &Path) -> Result<(), StartError> {
        let Ok(data_dir) = fs::canonicalize(data_dir) else {
            return Ok(());
        };
        let home = place::known(&data_dir);
        let account = Account::choose(&home.join("data"))?;
        let _lock = Lock::take(&data_dir, &account)?;
        if let Some((mut server, _)) =
            Postmaster::running(&home.join("data"), &home.join("postgres.log"))?
        {
            server.stop_at_once().map_err(StartError::LeftRunning)?;
        }
        socket::remove(&data_dir);
        place::remove(&data_dir, &home).map_err(at("remove", &home))
    }

    /// Stops the server at once and removes the cluster with all its data. The data directory itself stays.
    pub fn destroy(mut self) -> Result<(), StartError> {
        if let Some(mut server) = self.server.take() {
            server.stop_at_once().map_err(StartError::LeftRunning)?;
        }
        socket::remove(&self.data_dir);
        place::remove(&self.data_dir, &self.home).map_err(at("remove", &self.home))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let Some(mut server) = self.server.take() else {
            return;
        };
        let stopped = match self.durability {
            Durability::Durable => server.stop(),
            Durability::Disposable => server.stop_at_once(),
        };
        if let Err(error) = stopped {
            tracing::warn!(%error, "the cluster in {} keeps running", self.data_dir.display());
        }
    }
}

/// All that is settled before a server runs.
struct Launch<'a> {
    installation: &'a Installation,
    config: &'a ClusterConfig,
    room: &'a Room,
    socket_dir: PathBuf,
    given_up: &'a AtomicBool,
}

impl Launch<'_> {
    /// Picks up a server that was left running, if it answers and runs with what we would start it with. Any other
    /// is stopped.
    fn adopt(&self) -> Result<Option<(Postmaster, u16)>, StartError> {
        let Some((mut server, file)) = Postmaster::running(&self.data(), &self.room.log())? else {
            return Ok(None);
        };
        if let Some(port) = self.fit(&file)? {
            tracing::info!(
                pid = file.pid,
                port,
                "picked up the server left running in {}",
                self.room.data_dir.display()
            );
            return Ok(Some((server, port)));
        }
        tracing::info!(
            pid = file.pid,
            "restarting the server left running in {}",
            self.room.data_dir.display()
        );
        server.stop().map_err(StartError::LeftRunning)?;
        Ok(None)
    }

    /// The port of a running server that is as good as one that we would start.
    fn fit(&self, file: &PidFile) -> Result<Option<u16>, StartError> {
        let Some(port) =
            file.port.filter(|_| file.ready && file.socket_dir.as_ref() == Some(&self.socket_dir))
        else {
            return Ok(None);
        };
        if self.config.port.is_some_and(|it| it != port) {
            return Ok(None);
        }
        // The files are written right before a start and at no other time, so they are what the server runs with.
        let same = |name: &str, text: &str| {
            fs::read_to_string(self.data().join(name)).is_ok_and(|it| it == text)
        };
        let fits = self.files(port)?.iter().all(|(name, text)| same(name, text));
        Ok((fits && postmaster::answers(&self.socket_dir, port)).then_some(port))
    }

    fn launch(&self) -> Result<(Postmaster, u16), StartError> {
        socket::clear(&self.socket_dir)?;
        let mut remembered = port::remembered(&self.room.data_dir);
        let mut port = port::choose(self.config.port, remembered)?;
        let (mut snatched, mut waited) = (0, 0);
        loop {
            self.write(&self.files(port)?)?;
            match self.spawn() {
                Ok(server) => return Ok((server, port)),
                Err(NotReady::PortTaken) if snatched < PORT_ATTEMPTS_MAX => {
                    snatched += 1;
                    remembered = remembered.filter(|it| *it != port);
                    port = port::choose(self.config.port, remembered)?;
                }
                Err(NotReady::PortTaken) => return Err(StartError::PortTaken { port }),
                Err(NotReady::Orphans(_)) if waited < ORPHANS_WAITS_MAX => {
                    waited += 1;
                    thread::sleep(ORPHANS_WAIT);
                }
                Err(NotReady::Orphans(error) | NotReady::Failed(error)) => return Err(error),
            }
        }
    }

    fn spawn(&self) -> Result<Postmaster, NotReady> {
        let patience = Patience { ready_within: self.config.ready_within, given_up: self.given_up };
        let (data, log) = (self.data(), self.room.log());
        Postmaster::start(self.installation, &data, &log, &self.room.account, patience)
    }

    fn files(&self, port: u16) -> Result<Files, StartError> {
        config::render(self.config, &self.room.account, port, &self.socket_dir)
    }

    fn write(&self, files: &Files) -> Result<(), StartError> {
        for (name, text) in files {
            let path = self.data().join(name);
            fs::write(&path, text).map_err(at("write", &path))?;
            self.room.account.own(&path)?;
        }
        Ok(())
    }

    fn data(&self) -> PathBuf {
        self.room.data()
    }
}
