//! Patterns of the spec.

use crate::support::pattern;

#[test]
fn a_pattern_matches_anywhere_unless_it_says_otherwise() {
    let plain = |text| pattern::matches!("b+", text);
    let anchored = |text| pattern::matches!("^[a-z]{2,3}$", text);
    for (text, in_plain, in_anchored) in [
        ("", false, false),
        ("abc", true, true),
        ("ab", true, true),
        ("xy", false, true),
        ("abcd", true, false),
        ("é", false, false),
    ] {
        assert_eq!((plain(text), anchored(text)), (in_plain, in_anchored), "{text}");
    }
}

#[test]
fn a_text_is_not_refused_by_a_pattern_that_does_not_compile() {
    assert!(pattern::matches!("(?=look-ahead)", "anything"));
}
