//! The patterns of the spec.

use crate::support::pattern;

#[test]
fn a_pattern_without_anchors_matches_anywhere() {
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
fn a_pattern_that_does_not_compile_accepts_any_text() {
    assert!(pattern::matches!("(?=look-ahead)", "anything"));
}
