//! Which addresses a webhook may go to.
//!
//! Whoever may name a URL could otherwise have this machine ask others inside its network, or itself. What is not plainly an
//! address of the public internet is refused, and an address in another's clothes is looked at as what it is.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How far inside webhooks may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Addresses of the public internet.
    #[default]
    Public,
    /// This machine, too: of an installation that nobody else can reach.
    Loopback,
    /// Everything, as the operator wants it.
    Private,
}

/// Where none goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub struct RefusedAddress {
    pub address: IpAddr,
    what: &'static str,
}

impl fmt::Display for RefusedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}, where webhooks do not go", self.address, self.what)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Public,
    Loopback,
    Inside(&'static str),
}

const PRIVATE: Kind = Kind::Inside("a private address");
const LINK_LOCAL: Kind = Kind::Inside("a link-local address");
const RESERVED: Kind = Kind::Inside("a reserved address");

impl Reach {
    /// Whether a connection may go there.
    pub fn check(self, address: IpAddr) -> Result<(), RefusedAddress> {
        let refused = |what| Err(RefusedAddress { address, what });
        match (kind(address), self) {
            (Kind::Public, _) | (_, Self::Private) | (Kind::Loopback, Self::Loopback) => Ok(()),
            (Kind::Loopback, Self::Public) => refused("this machine"),
            (Kind::Inside(what), Self::Public | Self::Loopback) => refused(what),
        }
    }
}

fn kind(address: IpAddr) -> Kind {
    match address {
        IpAddr::V4(it) => kind_4(it),
        IpAddr::V6(it) => kind_6(it),
    }
}

fn kind_4(address: Ipv4Addr) -> Kind {
    match address.octets() {
        [127, ..] => Kind::Loopback,
        // The last of them are between a provider and its customers.
        [10, ..] | [172, 16..=31, ..] | [192, 168, ..] | [100, 64..=127, ..] => PRIVATE,
        [169, 254, ..] => LINK_LOCAL,
        // This network, many at once, and those that are for nobody.
        [0 | 224..=255, ..] => RESERVED,
        [a, b, c, _] if is_reserved([a, b, c]) => RESERVED,
        [..] => Kind::Public,
    }
}

/// For tests, examples and relays.
fn is_reserved(prefix: [u8; 3]) -> bool {
    const PREFIXES: [[u8; 3]; 5] =
        [[192, 0, 0], [192, 0, 2], [192, 88, 99], [198, 51, 100], [203, 0, 113]];
    PREFIXES.contains(&prefix) || matches!(prefix, [198, 18..=19, _])
}

fn kind_6(address: Ipv6Addr) -> Kind {
    if address.is_loopback() {
        return Kind::Loopback;
    }
    let [high, low] = [address.segments()[6], address.segments()[7]].map(u16::to_be_bytes);
    let last = Ipv4Addr::new(high[0], high[1], low[0], low[1]);
    match address.segments() {
        // `::ffff:10.0.0.1` and `64:ff9b::10.0.0.1` lead to the address of the fourth version in them.
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => kind_4(last),
        // So does `2002:a00:1::`.
        [0x2002, a, b, ..] => {
            let ([a, b], [c, d]) = (a.to_be_bytes(), b.to_be_bytes());
            match kind_4(Ipv4Addr::new(a, b, c, d)) {
                Kind::Public => Kind::Public,
                Kind::Loopback | Kind::Inside(_) => RESERVED,
            }
        }
        // Tunnels, benchmarks and examples.
        [0x2001, 0..=0x01ff | 0x0db8, ..] | [0x3fff, ..] => RESERVED,
        [0xfc00..=0xfdff, ..] => PRIVATE,
        [0xfe80..=0xfebf, ..] => LINK_LOCAL,
        [0x2000..=0x3fff, ..] => Kind::Public,
        [..] => RESERVED,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(address: &str) -> [bool; 3] {
        let address: IpAddr = address.parse().unwrap();
        [Reach::Public, Reach::Loopback, Reach::Private].map(|it| it.check(address).is_ok())
    }

    #[test]
    fn the_public_internet_is_for_everybody() {
        for address in [
            "1.1.1.1",
            "93.184.215.14",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.167.1.1",
            "169.253.0.1",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::1",
        ] {
            assert_eq!(check(address), [true; 3], "{address}");
        }
    }

    #[test]
    fn what_is_inside_is_for_who_says_so() {
        for address in [
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "0.0.0.0",
            "0.1.2.3",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:a00:1::1",
            "2002:7f00:1::1",
            "2001::1",
            "2001:db8::1",
            "::10.0.0.1",
            "3fff::1",
        ] {
            assert_eq!(check(address), [false, false, true], "{address}");
        }
    }

    #[test]
    fn this_machine_is_for_itself() {
        for address in ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(check(address), [false, true, true], "{address}");
        }
    }

    #[test]
    fn the_refusal_says_why() {
        let refused = Reach::Public.check("169.254.169.254".parse().unwrap()).unwrap_err();
        let words = "169.254.169.254 is a link-local address, where webhooks do not go";
        assert_eq!(refused.to_string(), words);
    }

    proptest! {
        /// Whatever clothes it wears.
        #[test]
        fn an_address_in_another_is_what_it_is(bits: u32) {
            let plain = Ipv4Addr::from_bits(bits);
            let refused = Reach::Public.check(plain.into()).is_err();
            let mapped = plain.to_ipv6_mapped();
            prop_assert_eq!(Reach::Public.check(mapped.into()).is_err(), refused);
        }
    }
}
