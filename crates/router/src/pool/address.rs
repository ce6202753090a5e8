//! Where a server listens, and the one door through which bytes leave for it.
//!
//! Only this machine is reached: there is no TLS here yet, and without it nothing may cross a network.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, UnixStream, lookup_host};

use crate::error::ConnectError;

/// A place on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    Tcp(SocketAddr),
    Socket(PathBuf),
}

pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

impl Address {
    /// Opens a stream to the server, and says where it leads.
    pub(crate) async fn connect(
        host: &str,
        port: u16,
    ) -> Result<(Self, Box<dyn Stream>), ConnectError> {
        let mut refused = None;
        for address in locate(host, port).await? {
            match address.open().await {
                Ok(stream) => return Ok((address, stream)),
                Err(error) => refused = Some((address, error)),
            }
        }
        let (address, source) = match refused {
            Some((address, source)) => (address.to_string(), source),
            None => (format!("{host}:{port}"), io::Error::other("the name leads nowhere")),
        };
        Err(ConnectError::Unreachable { address, source })
    }

    /// Opens another stream to the same place.
    pub(crate) async fn open(&self) -> io::Result<Box<dyn Stream>> {
        Ok(match self {
            Self::Tcp(address) => {
                let stream = TcpStream::connect(address).await?;
                // Questions are small and wait for their answers.
                stream.set_nodelay(true)?;
                notice_death(&stream)?;
                Box::new(stream)
            }
            Self::Socket(path) => Box::new(UnixStream::connect(path).await?),
        })
    }
}

/// Has the kernel find out that the other machine has gone without a word, within half a minute.
fn notice_death(stream: &TcpStream) -> io::Result<()> {
    let keepalive = TcpKeepalive::new()
        .with_time(Duration::from_secs(10))
        .with_interval(Duration::from_secs(5))
        .with_retries(3);
    let socket = SockRef::from(stream);
    socket.set_tcp_keepalive(&keepalive)?;
    // What has been sent and not been acknowledged in this time never will be.
    #[cfg(target_os = "linux")]
    socket.set_tcp_user_timeout(Some(Duration::from_secs(25)))?;
    Ok(())
}

async fn locate(host: &str, port: u16) -> Result<Vec<Address>, ConnectError> {
    if host.starts_with('/') {
        return Ok(vec![Address::Socket(PathBuf::from(host).join(format!(".s.PGSQL.{port}")))]);
    }
    let name = || format!("{host}:{port}");
    let found: Vec<_> = lookup_host((host, port))
        .await
        .map_err(|source| ConnectError::Unreachable { address: name(), source })?
        .collect();
    if found.iter().all(|it| it.ip().is_loopback()) {
        Ok(found.into_iter().map(Address::Tcp).collect())
    } else {
        Err(ConnectError::NotLocal { address: name() })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(it) => it.fmt(f),
            Self::Socket(it) => it.display().fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn check(host: &str) -> String {
        match locate(host, 5432).await {
            Ok(found) => found.iter().map(Address::to_string).collect::<Vec<_>>().join(" "),
            Err(error) => error.to_string(),
        }
    }

    #[tokio::test]
    async fn nothing_is_sent_to_another_machine() {
        assert_eq!(check("127.0.0.1").await, "127.0.0.1:5432");
        assert_eq!(check("::1").await, "[::1]:5432");
        assert_eq!(check("/run/postgresql").await, "/run/postgresql/.s.PGSQL.5432");
        for host in ["192.0.2.1", "0.0.0.0", "2001:db8::1"] {
            assert!(check(host).await.contains("TLS to remote servers is not built yet"), "{host}");
        }
    }
}
