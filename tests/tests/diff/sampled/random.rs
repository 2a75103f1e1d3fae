//! Random choices that a seed decides, so that each run of a test makes the same ones.

/// A generator of random numbers (`SplitMix64`).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let bits = bits ^ (bits >> 31);
        usize::try_from(bits % u64::try_from(bound.max(1)).expect("a bound fits")).expect("it is below the bound")
    }

    /// Whether one of this number of equal chances comes up.
    pub fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    /// Chooses an element.
    pub fn choose<'c, T>(&mut self, among: &'c [T]) -> Option<&'c T> {
        among.get(self.below(among.len()))
    }

    /// Shuffles elements.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for index in (1..list.len()).rev() {
            list.swap(index, self.below(index + 1));
        }
    }
}
