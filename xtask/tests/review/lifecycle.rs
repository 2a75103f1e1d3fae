//! The removal of something deprecated, before and after its last day.

use crate::repository::{SPEC, TestRepository, edited};

const PROPERTY: &str = "        age:\n          type: integer\n          description: In years.\n";

const DEPRECATED: &str = "          deprecated: true\n          x-sunset: 2026-01-31\n";

/// The documents that the tests compare.
const BOTH: [&str; 2] = ["old.yaml", "new.yaml"];

/// Creates two documents, the second of which lacks a property.
fn removing(property: &str) -> TestRepository {
    let repository = TestRepository::new();
    repository.write("old.yaml", &edited(SPEC, PROPERTY, property));
    repository.write("new.yaml", &edited(SPEC, PROPERTY, ""));
    repository
}

#[test]
fn removal_after_the_last_day_is_expected() {
    let repository = removing(&format!("{PROPERTY}{DEPRECATED}"));
    let text = repository.diff(&[BOTH[0], BOTH[1], "--fail-on", "wire", "--today=2026-02-01"]).succeeded();
    assert!(text.contains("expected: it was deprecated, with 2026-01-31 as its last day"), "{text}");
    assert!(text.contains("wire compatible, source major"), "{text}");
    // The crate loses a field all the same.
    assert!(text.starts_with("SDK impact: MAJOR, wire: COMPATIBLE\n"), "{text}");
    let change = &repository.data(&[BOTH[0], BOTH[1], "--today=2026-02-01"])["changes"][0];
    assert_eq!((&change["expected"], &change["grade"]), (&true.into(), &"compatible".into()));
}

#[test]
fn removal_on_the_last_day_is_breaking() {
    let repository = removing(&format!("{PROPERTY}{DEPRECATED}"));
    repository.diff(&[BOTH[0], BOTH[1], "--fail-on", "wire", "--today=2026-01-31"]).failed(1);
    let change = &repository.data(&[BOTH[0], BOTH[1], "--today=2026-01-31"])["changes"][0];
    assert_eq!((&change["expected"], &change["grade"]), (&false.into(), &"breaking".into()));
    assert_eq!(change["sunset"], "2026-01-31");
}

#[test]
fn removal_without_deprecation_is_breaking() {
    for property in [PROPERTY.to_owned(), format!("{PROPERTY}          x-sunset: 2026-01-31\n")] {
        removing(&property).diff(&[BOTH[0], BOTH[1], "--fail-on", "wire", "--today=2026-02-01"]).failed(1);
    }
}
