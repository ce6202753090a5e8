//! Puts bookings that overlap side by side, so that no double booking or second hold hides behind
//! another. Pure; it knows quarters of an hour and no sessions.

/// A place in a column: lane `lane` of `of`, both small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) lane: usize,
    pub(crate) of: usize,
}

/// For each `(top, bottom)`, in the given order, which lane it takes. Entries that touch nothing get
/// the whole width; a chain of overlaps shares one width, so that its blocks line up.
pub(crate) fn lanes(spans: &[(usize, usize)], lanes_max: usize) -> Vec<Place> {
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by_key(|&index| (spans[index].0, index));

    let mut places = vec![Place { lane: 0, of: 1 }; spans.len()];
    let mut chain: Vec<usize> = Vec::new();
    let mut ends: Vec<usize> = Vec::new();
    let close = |chain: &mut Vec<usize>, ends: &mut Vec<usize>, places: &mut Vec<Place>| {
        let of = ends.len().clamp(1, lanes_max);
        for index in chain.drain(..) {
            places[index].of = of;
            places[index].lane = places[index].lane.min(of - 1);
        }
        ends.clear();
    };

    for index in order {
        let (top, bottom) = spans[index];
        if ends.iter().all(|&end| end <= top) {
            close(&mut chain, &mut ends, &mut places);
        }
        let lane = ends.iter().position(|&end| end <= top).unwrap_or_else(|| {
            ends.push(0);
            ends.len() - 1
        });
        ends[lane] = bottom;
        places[index].lane = lane;
        chain.push(index);
    }
    close(&mut chain, &mut ends, &mut places);
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `from-to` words in, `lane/of` words out.
    fn check(spans: &str) -> String {
        let spans: Vec<(usize, usize)> = spans
            .split_whitespace()
            .map(|it| {
                let (from, to) = it.split_once('-').unwrap();
                (from.parse().unwrap(), to.parse().unwrap())
            })
            .collect();
        lanes(&spans, 8)
            .iter()
            .map(|it| format!("{}/{}", it.lane, it.of))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn alone_takes_the_width() {
        assert_eq!(check("0-4 4-8 10-12"), "0/1 0/1 0/1");
    }

    #[test]
    fn overlaps_share_the_width() {
        assert_eq!(check("0-8 4-12"), "0/2 1/2");
        assert_eq!(check("0-8 0-8 0-8"), "0/3 1/3 2/3");
    }

    #[test]
    fn a_chain_keeps_one_width_and_reuses_lanes() {
        assert_eq!(check("0-8 4-12 8-16 20-24"), "0/2 1/2 0/2 0/1");
    }

    #[test]
    fn more_than_fit_share_the_last_lane() {
        let spans = vec![(0, 4); 10];
        let places = lanes(&spans, 8);
        assert!(places.iter().all(|it| it.of == 8 && it.lane < 8));
    }
}
