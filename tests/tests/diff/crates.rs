//! Compares the source verdict of each case with the bytes of the two generated crates.

use chatkit_codegen::diff::{SourceImpact, compare};

use crate::corpus::{self, Case};

/// Cases in which the bytes differ although callers notice nothing, each with the reason.
const SAME_TO_CALLERS: &[(&str, &str)] = &[
    ("neutral_bounds_beyond_the_integer_types", "the documentation copies the number from the document"),
    ("neutral_charset_in_another_case", "the content type is copied from the document"),
    ("neutral_keys_reordered", "methods are in another order"),
    ("neutral_media_type_in_another_case", "the content type is copied from the document"),
    ("neutral_named_arguments_reordered", "fields are in another order"),
    ("neutral_number_bound_written_as_a_float", "the documentation copies the number from the document"),
    ("neutral_optional_parameters_reordered", "setters are in another order"),
    ("neutral_optional_properties_reordered", "fields are in another order"),
    ("neutral_security_moved_into_the_operation", "security requirements are in another file"),
    ("neutral_security_moved_to_the_document", "security requirements are in another file"),
    ("neutral_security_schemes_reordered", "setters are in another order"),
    ("neutral_security_together_reordered", "credentials are sent in another order"),
    ("neutral_whole_numbers_written_as_floats", "the documentation copies the number from the document"),
];

/// Parts of the names of the cases that have a document which the generator refuses.
const REFUSED: &[&str] = &[
    "_items_omitted",
    "_items_stated",
    "unknown_",
    "equal_to_another",
    "examples_of_schema",
    "items_empty_schema",
    "null_in_a_list_of_types",
    "path_parameter_required_",
    "reference_to_another_file",
    "values_written_as_floats",
];

#[test]
fn the_crate_changes_only_with_a_source_verdict() {
    let mut wrong = Vec::new();
    for case in corpus::cases() {
        let Some(changed) = changed(&case) else { continue };
        let [base, head] = case.revisions();
        let source = compare(&base, &head).source();
        let excused = SAME_TO_CALLERS.iter().any(|(name, _)| *name == case.name);
        let fits =
            if changed { source > SourceImpact::None || excused } else { source <= SourceImpact::Patch && !excused };
        if !fits {
            let word = if changed { "differs" } else { "is the same" };
            wrong.push(format!("{}: the crate {word}, and the verdict is {}", case.name, source.name()));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

/// Whether the crates differ; `None` if a document is refused.
fn changed(case: &Case) -> Option<bool> {
    let refused = REFUSED.iter().any(|part| case.name.contains(part));
    match [&case.base, &case.head].map(|text| chatkit_codegen::generate(&case.name, text)) {
        [Ok(base), Ok(head)] if !refused => Some(base.files != head.files),
        [Ok(_), Ok(_)] => panic!("{} is not refused", case.name),
        crates => {
            let report = crates.into_iter().find_map(Result::err);
            assert!(refused, "{}:\n{}", case.name, report.map(|report| report.to_string()).unwrap_or_default());
            None
        }
    }
}
