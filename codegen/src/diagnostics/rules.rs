//! The ids of the rules that a document can break.

/// The ids of all rules, sorted. A [`Diagnostic`](super::Diagnostic) has one of them.
pub const RULES: &[&str] = &[
    "ambiguous-path",
    "bad-default",
    "bad-example",
    "binary-in-json",
    "conflicting-all-of",
    "conflicting-keys",
    "cyclic-ref",
    "cyclic-schema",
    "dangling-ref",
    "duplicate-enum-value",
    "duplicate-key",
    "duplicate-operation-id",
    "duplicate-parameter",
    "duplicate-required",
    "empty-range",
    "external-ref",
    "ignored-header",
    "incomplete-default",
    "infinite-value",
    "limit-exceeded",
    "misplaced-extension",
    "misplaced-keyword",
    "missing-key",
    "missing-name",
    "name-clash",
    "never-matches",
    "not-expressed",
    "not-json",
    "only-in-3.1",
    "openapi",
    "paging",
    "path-parameter",
    "recursive-untagged-union",
    "ref-siblings",
    "required-without-property",
    "reserved-name",
    "unchecked-constraint",
    "unchecked-examples",
    "union-tag",
    "unknown-extension",
    "unknown-format",
    "unknown-key",
    "unknown-security-scheme",
    "unsupported-enum",
    "unsupported-pattern",
    "unsupported-ref",
    "unsupported-union",
    "unsupported-version",
    "unusable-name",
    "unused-discriminator",
    "unused-name",
    "wrong-key",
    "wrong-ref-kind",
    "wrong-type",
    "wrong-value",
    "yaml",
];

/// Returns whether an id is one of [`RULES`].
pub(super) fn is_rule(id: &str) -> bool {
    RULES.binary_search(&id).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{RULES, is_rule};

    #[test]
    fn rules_are_sorted_and_found() {
        assert!(RULES.is_sorted());
        assert!(RULES.iter().all(|rule| is_rule(rule)));
        assert!(!is_rule("no-such-rule"));
    }
}
