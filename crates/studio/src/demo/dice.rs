//! Chance with a seed: the same seed gives the same studio, down to the ids.

use jiff::Timestamp;
use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

pub(super) struct Dice(StdRng);

impl Dice {
    /// For one studio: two of them with one seed have no id in common.
    pub(super) fn of(studio: &str, seed: u64) -> Self {
        let digest = Sha256::new().chain_update(studio).chain_update(seed.to_be_bytes()).finalize();
        Self(StdRng::from_seed(digest.into()))
    }

    fn new(seed: u64) -> Self {
        Self(StdRng::seed_from_u64(seed))
    }

    /// Another set, for another part of the studio: what one part throws does not change the next.
    pub(super) fn fork(&mut self) -> Self {
        Self::new(self.0.random())
    }

    /// From `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        self.0.random_range(low..=high)
    }

    pub(super) fn index(&mut self, len: usize) -> usize {
        self.0.random_range(0..len)
    }

    pub(super) fn percent(&mut self, chance: u32) -> bool {
        self.0.random_ratio(chance, 100)
    }

    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        *from.choose(&mut self.0).expect("the lists of this module are not empty")
    }

    /// One of the values, as often as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, from: &[(T, u32)]) -> T {
        from.choose_weighted(&mut self.0, |(_, weight)| *weight)
            .expect("the lists of this module have weights")
            .0
    }

    pub(super) fn shuffle<T>(&mut self, all: &mut [T]) {
        all.shuffle(&mut self.0);
    }

    /// A version 7 id of that time, as the product would have made it then.
    pub(super) fn id(&mut self, at: Timestamp) -> Uuid {
        let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
        let random: [u8; 10] = self.0.random();
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    pub(super) fn bytes(&mut self) -> [u8; 32] {
        self.0.random()
    }
}
