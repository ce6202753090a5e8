//! On which server a new tenant goes, and why. Pure: the fleet comes in as a list.

use std::fmt;
use std::str::FromStr;

use crate::ids::ServerId;
use crate::tenant::UnknownWord;

/// Whether a server takes new tenants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerState {
    Accepting,
    Draining,
    Offline,
}

/// A server as placement sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: ServerId,
    pub name: String,
    pub region: String,
    pub state: ServerState,
    pub tenants: i64,
    pub capacity: i64,
}

/// Where to, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    On { server: ServerId, why: String },
    Nowhere { why: String },
}

/// The emptiest accepting server of the region; by name where two are equally empty, so that the
/// same fleet always gives the same answer.
pub fn place(region: &str, fleet: &[Candidate]) -> Placement {
    let mut local = fleet.iter().filter(|it| it.region == region).peekable();
    if local.peek().is_none() {
        return Placement::Nowhere { why: format!("no server is in region {region}") };
    }
    let open = local
        .filter(|it| it.state == ServerState::Accepting && it.tenants < it.capacity)
        .min_by_key(|it| (it.tenants * 1_000 / it.capacity, &it.name));
    match open {
        Some(it) => Placement::On {
            server: it.id,
            why: format!(
                "{} is the emptiest of region {region}: {} of {} tenants",
                it.name, it.tenants, it.capacity
            ),
        },
        None => Placement::Nowhere {
            why: format!("every server of region {region} is full or not accepting tenants"),
        },
    }
}

impl ServerState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accepting => "ACCEPTING",
            Self::Draining => "DRAINING",
            Self::Offline => "OFFLINE",
        }
    }
}

impl FromStr for ServerState {
    type Err = UnknownWord;

    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        [Self::Accepting, Self::Draining, Self::Offline]
            .into_iter()
            .find(|it| it.as_str() == word)
            .ok_or_else(|| UnknownWord::new(word))
    }
}

impl fmt::Display for ServerState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// The fleet is one word a server: `name:region:state:tenants/capacity`.
    fn check(region: &str, fleet: &str) -> String {
        let fleet: Vec<_> = fleet
            .split_whitespace()
            .zip(1..)
            .map(|(word, id)| {
                let [name, region, state, load] = word.split(':').collect::<Vec<_>>()[..] else {
                    panic!("four parts in {word}")
                };
                let (tenants, capacity) = load.split_once('/').unwrap();
                Candidate {
                    id: ServerId(Uuid::from_u128(id)),
                    name: name.to_owned(),
                    region: region.to_owned(),
                    state: state.parse().unwrap(),
                    tenants: tenants.parse().unwrap(),
                    capacity: capacity.parse().unwrap(),
                }
            })
            .collect();
        match place(region, &fleet) {
            Placement::On { why, .. } | Placement::Nowhere { why } => why,
        }
    }

    #[test]
    fn the_emptiest_of_the_region_by_share() {
        let fleet = "a:eu:ACCEPTING:50/100 b:eu:ACCEPTING:60/1000 c:us:ACCEPTING:0/10";
        assert_eq!(check("eu", fleet), "b is the emptiest of region eu: 60 of 1000 tenants");
    }

    #[test]
    fn never_another_region_never_a_full_or_draining_one() {
        let fleet = "a:eu:DRAINING:0/10 b:eu:ACCEPTING:10/10 c:us:ACCEPTING:0/10";
        assert_eq!(
            check("eu", fleet),
            "every server of region eu is full or not accepting tenants"
        );
        assert_eq!(check("asia", fleet), "no server is in region asia");
    }
}
