//! Ports for programs that a test starts, and that are told theirs before they listen.

use std::net::{Ipv4Addr, TcpListener};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// Below those that the system gives to whoever asks for any (from 32768 on, by Linux's own settings), so that nobody gets one in between.
const FIRST: u16 = 20_000;
const COUNT: u16 = 12_000;
/// Test processes that run side by side begin apart from each other.
const APART: u32 = 97;

/// One that nobody listens at. They are given in turn, so that two calls never answer the same before all were given.
///
/// # Panics
///
/// If none of them is free.
pub fn free_port() -> u16 {
    static TURN: AtomicU32 = AtomicU32::new(0);
    let start = process::id().wrapping_mul(APART);
    (0..COUNT)
        .map(|_| start.wrapping_add(TURN.fetch_add(1, Ordering::Relaxed)) % u32::from(COUNT))
        .filter_map(|it| Some(FIRST + u16::try_from(it).ok()?))
        .find(|it| TcpListener::bind((Ipv4Addr::LOCALHOST, *it)).is_ok())
        .expect("a port is free")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_listens_keeps_a_port_and_the_others_come_in_turn() {
        let port = free_port();
        let _listening = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        assert_ne!(free_port(), free_port());
        assert!((0..COUNT).all(|_| free_port() != port));
    }
}
