//! On which server a new tenant goes, and why. Pure: the fleet comes in as a list.

use crate::ids::ServerId;
use crate::words::words;

words! {
    /// Whether a server takes new tenants.
    ServerState {
        Accepting = "ACCEPTING",
        Draining = "DRAINING",
        Offline = "OFFLINE",
    }
}

/// Tenants that one connection of a server's budget is enough for: nearly all are asleep at any moment, and a few
/// wait for each other without noticing.
const TENANTS_PER_CONNECTION_MAX: i64 = 50;

/// A server as placement sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub id: ServerId,
    pub name: String,
    pub region: String,
    pub state: ServerState,
    pub tenants: i64,
    /// Tenants it has room for.
    pub capacity: i64,
    /// Connections that Cloison may open there for tenants.
    pub connection_budget: i64,
}

/// Where to, or why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placement {
    On { server: ServerId, why: String },
    Nowhere { why: String },
}

/// The emptiest accepting server of the region; by name where two are equally empty, so that the
/// same fleet always gives the same answer.
///
/// A server is as full as the scarcer of its two goods: room for databases, and connections.
pub fn place(region: &str, fleet: &[Candidate]) -> Placement {
    let mut local = fleet.iter().filter(|it| it.region == region).peekable();
    if local.peek().is_none() {
        return Placement::Nowhere { why: format!("no server is in region {region}") };
    }
    let open = local
        .filter(|it| it.state == ServerState::Accepting && it.tenants < it.tenants_max())
        .min_by_key(|it| (it.tenants * 1_000 / it.tenants_max(), &it.name));
    match open {
        Some(it) => Placement::On {
            server: it.id,
            why: format!(
                "{} is the emptiest of region {region}: {} of {} tenants",
                it.name,
                it.tenants,
                it.tenants_max()
            ),
        },
        None => Placement::Nowhere {
            why: format!("every server of region {region} is full or not accepting tenants"),
        },
    }
}

impl Candidate {
    /// Tenants it can hold: by its room, or by its connections if those are fewer.
    pub fn tenants_max(&self) -> i64 {
        self.capacity.min(self.connection_budget.saturating_mul(TENANTS_PER_CONNECTION_MAX)).max(1)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// The fleet is one word a server: `name:region:state:tenants/capacity/connections`.
    fn check(region: &str, fleet: &str) -> String {
        let fleet: Vec<_> = fleet
            .split_whitespace()
            .zip(1..)
            .map(|(word, id)| {
                let [name, region, state, load] = word.split(':').collect::<Vec<_>>()[..] else {
                    panic!("four parts in {word}")
                };
                let load: Vec<i64> = load.split('/').map(|it| it.parse().unwrap()).collect();
                Candidate {
                    id: ServerId(Uuid::from_u128(id)),
                    name: name.to_owned(),
                    region: region.to_owned(),
                    state: state.parse().unwrap(),
                    tenants: load[0],
                    capacity: load[1],
                    connection_budget: load[2],
                }
            })
            .collect();
        match place(region, &fleet) {
            Placement::On { why, .. } | Placement::Nowhere { why } => why,
        }
    }

    #[test]
    fn the_emptiest_of_the_region_by_share() {
        let fleet = "a:eu:ACCEPTING:50/100/50 b:eu:ACCEPTING:60/1000/50 c:us:ACCEPTING:0/10/50";
        assert_eq!(check("eu", fleet), "b is the emptiest of region eu: 60 of 1000 tenants");
    }

    #[test]
    fn never_another_region_never_a_full_or_draining_one() {
        let fleet = "a:eu:DRAINING:0/10/50 b:eu:ACCEPTING:10/10/50 c:us:ACCEPTING:0/10/50";
        assert_eq!(
            check("eu", fleet),
            "every server of region eu is full or not accepting tenants"
        );
        assert_eq!(check("asia", fleet), "no server is in region asia");
    }

    #[test]
    fn connections_count_as_much_as_room() {
        let fleet = "a:eu:ACCEPTING:50/1000/1 b:eu:ACCEPTING:400/1000/100";
        assert_eq!(check("eu", fleet), "b is the emptiest of region eu: 400 of 1000 tenants");
    }
}
