//! The random numbers for jitter.

use crate::runtime::clock::random;

#[test]
fn random_numbers_spread_from_zero_to_below_one() {
    let numbers: Vec<f64> = (0..1000).map(|_| random()).collect();
    assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
    for tenth in 0..10 {
        let (from, to) = (f64::from(tenth) / 10.0, f64::from(tenth + 1) / 10.0);
        assert!(numbers.iter().any(|number| (from..to).contains(number)), "nothing in {from}..{to}");
    }
}
