//! Which TCP port a server gets. The choice is remembered, so that addresses stay what they were.

use std::{
    fs, io,
    net::{Ipv4Addr, TcpListener},
    path::Path,
};

use crate::{
    account::Account,
    error::{StartError, at},
};

/// The file in the data directory that remembers the port.
const FILE: &str = "port";

pub(crate) fn remembered(data_dir: &Path) -> Option<u16> {
    fs::read_to_string(data_dir.join(FILE)).ok()?.trim().parse().ok()
}

pub(crate) fn remember(data_dir: &Path, port: u16, account: &Account) -> Result<(), StartError> {
    let path = data_dir.join(FILE);
    fs::write(&path, format!("{port}\n")).map_err(at("write", &path))?;
    account.own(&path)
}

/// A port that was free a moment ago. Another program may take it before the server does; then one asks again.
pub(crate) fn choose(given: Option<u16>, remembered: Option<u16>) -> Result<u16, StartError> {
    if let Some(port) = given {
        return if is_free(port) { Ok(port) } else { Err(StartError::PortTaken { port }) };
    }
    if let Some(port) = remembered.filter(|it| is_free(*it)) {
        return Ok(port);
    }
    any().map_err(at("find a free port on", Path::new("127.0.0.1")))
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

fn any() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_port_is_taken_or_refused_but_never_replaced() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        assert!(
            matches!(choose(Some(port), None), Err(StartError::PortTaken { port: it }) if it == port)
        );
        assert_ne!(choose(None, Some(port)).unwrap(), port, "a remembered port gives way");
    }
}
