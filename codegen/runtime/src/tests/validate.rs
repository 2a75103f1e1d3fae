//! Checking values against the bounds of the spec.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::support::validate::{Check, Checker, Limit, Violation, Violations, validate};

/// A value that a function checks.
struct By<F>(F);

impl<F: Fn(&mut Checker<'_>)> Check for By<F> {
    fn check(&self, checker: &mut Checker<'_>) {
        (self.0)(checker);
    }
}

fn violations(check: impl Fn(&mut Checker<'_>)) -> Vec<Violation> {
    validate(&By(check)).err().map(Violations::into_iter).map(Iterator::collect).unwrap_or_default()
}

fn fits(check: impl Fn(&mut Checker<'_>)) -> bool {
    violations(check).is_empty()
}

/// Returns the only violation, as text.
fn broken(check: impl Fn(&mut Checker<'_>)) -> String {
    let violations = violations(check);
    assert_eq!(violations.len(), 1, "{violations:?}");
    violations[0].to_string()
}

#[test]
fn numbers_have_bounds_on_both_sides() {
    assert!(fits(|c| c.minimum(3, 3)));
    assert_eq!(broken(|c| c.minimum(2, 3)), "must be at least 3, is 2");
    assert!(fits(|c| c.exclusive_minimum(4_i32, 3)));
    assert_eq!(broken(|c| c.exclusive_minimum(3_i32, 3)), "must be above 3, is 3");
    assert!(fits(|c| c.maximum(u64::MAX, u64::MAX)));
    assert_eq!(broken(|c| c.maximum(4_u32, 3)), "must be at most 3, is 4");
    assert!(fits(|c| c.exclusive_maximum(2.5, 3.0)));
    assert_eq!(broken(|c| c.exclusive_maximum(3.0, 3.0)), "must be below 3.0, is 3.0");
    assert_eq!(broken(|c| c.minimum(f64::NAN, 3.0)), "must be at least 3.0, is null");
}

#[test]
fn integers_can_be_multiples() {
    assert!(fits(|c| c.multiple_of(-9, 3)));
    assert!(fits(|c| c.multiple_of(0, 3)));
    assert_eq!(broken(|c| c.multiple_of(10_u64, 3)), "must be a multiple of 3, is 10");
    assert!(fits(|c| c.multiple_of(i64::MIN, 2)));
}

#[test]
fn decimal_fractions_can_be_multiples() {
    for (value, limit) in [
        (0.3, 0.1),
        (0.7, 0.1),
        (-1.1, 0.1),
        (4.35, 0.01),
        (0.0, 0.1),
        (1e300, 0.1),
        (1e-7, 1e-8),
        (7.5, 2.5),
        (1.0, 1.0),
    ] {
        assert!(fits(|c| c.multiple_of_number(value, limit)), "{value} is a multiple of {limit}");
    }
    for (value, limit) in [(0.35, 0.1), (0.300_001, 0.1), (1.0, 3.0), (1e-20, 0.1), (0.05, 0.1), (f64::INFINITY, 0.1)] {
        assert!(!fits(|c| c.multiple_of_number(value, limit)), "{value} is not a multiple of {limit}");
    }
    assert_eq!(broken(|c| c.multiple_of_number(0.35, 0.1)), "must be a multiple of 0.1, is 0.35");
}

#[test]
fn every_short_decimal_is_a_multiple_of_its_last_place() {
    for (places, step) in [(1, 1), (2, 1), (2, 5), (3, 1), (3, 7), (4, 3), (6, 1)] {
        let decimal = |number: i64| format!("{number}e-{places}").parse::<f64>().expect("a number");
        let limit = decimal(step);
        for factor in (0..200_000).step_by(7).chain(0..2000) {
            let value = decimal(factor * step);
            let text = format!("{factor} times {limit} is {value}");
            assert!(fits(|c| c.multiple_of_number(value, limit)), "{text}");
            if step > 1 {
                assert!(!fits(|c| c.multiple_of_number(decimal(factor * step + 1), limit)), "{text}");
            }
        }
    }
}

#[test]
fn infinities_and_nan_are_violations() {
    assert!(fits(|c| c.finite(f64::MAX)));
    for value in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        assert_eq!(broken(|c| c.finite(value)), "must be finite");
    }
}

#[test]
fn lengths_count_code_points() {
    for text in ["ab", "éé", "日本", "👍🏽"] {
        assert!(fits(|c| c.length(text, Some(2), Some(2))), "{text}");
        assert_eq!(broken(|c| c.length(text, Some(3), None)), "must have at least 3 characters, has 2");
        assert_eq!(broken(|c| c.length(text, None, Some(1))), "must have at most 1 character, has 2");
    }
    assert!(fits(|c| c.length("", Some(0), Some(0))));
    assert!(fits(|c| c.length("", None, None)));
}

#[test]
fn sizes_of_lists_and_objects_are_checked() {
    assert!(fits(|c| c.item_count(2, Some(2), Some(2))));
    assert_eq!(broken(|c| c.item_count(1, Some(2), None)), "must have at least 2 elements, has 1");
    assert_eq!(broken(|c| c.item_count(3, None, Some(2))), "must have at most 2 elements, has 3");
    assert!(fits(|c| c.property_count(2, Some(2), Some(2))));
    assert_eq!(broken(|c| c.property_count(1, Some(2), None)), "must have at least 2 properties, has 1");
    assert_eq!(broken(|c| c.property_count(3, None, Some(2))), "must have at most 2 properties, has 3");
}

#[test]
fn lengths_of_names_are_checked_at_their_paths() {
    let map = BTreeMap::from([(String::new(), 0), ("éé".to_owned(), 0), ("abc".to_owned(), 0)]);
    assert!(fits(|c| c.names(&map, Some(0), Some(3))));
    assert_eq!(broken(|c| c.names(&map, Some(1), None)), "`[\"\"]`: must have a name of at least 1 character, has 0");
    assert_eq!(broken(|c| c.names(&map, None, Some(2))), "`abc`: must have a name of at most 2 characters, has 3");
}

#[test]
fn equal_elements_violate_uniqueness() {
    assert!(fits(|c| c.unique::<i32>(&[])));
    assert!(fits(|c| c.unique(&[1, 2, 3])));
    assert_eq!(broken(|c| c.unique(&["a", "b", "a"])), "must not have equal elements");
}

#[test]
fn violations_of_patterns_and_formats_show_the_value() {
    assert!(fits(|c| c.require(true, Limit::Pattern("^a$"), "a")));
    assert_eq!(broken(|c| c.require(false, Limit::Pattern("^a$"), "b")), "must match `^a$`, is \"b\"");
    assert_eq!(broken(|c| c.require(false, Limit::Format("date"), "b")), "must have the format `date`, is \"b\"");
}

#[test]
fn a_violation_has_its_path_at_any_depth() {
    let map = BTreeMap::from([("a b".to_owned(), vec![1, 5]), ("c".to_owned(), vec![7])]);
    let check = |checker: &mut Checker<'_>| {
        checker.property("first").minimum(0, 1);
        {
            let checker = &mut checker.property("data");
            for (name, list) in &map {
                let checker = &mut checker.property(name);
                for (index, value) in list.iter().enumerate() {
                    checker.item(index).maximum(*value, 4);
                }
            }
        }
        checker.minimum(0, 2);
    };
    let found = violations(check);
    let places: Vec<_> = found.iter().map(|violation| (violation.path.as_str(), &violation.value)).collect();
    assert_eq!(
        places,
        [("first", &json!(0)), ("data[\"a b\"][1]", &json!(5)), ("data.c[0]", &json!(7)), ("", &json!(0))]
    );
    assert_eq!(found[1].limit, Limit::Maximum(json!(4)));
    let all = validate(&By(check)).expect_err("four are outside");
    assert_eq!(
        all.to_string(),
        "`first`: must be at least 1, is 0; `data[\"a b\"][1]`: must be at most 4, is 5; \
         `data.c[0]`: must be at most 4, is 7; must be at least 2, is 0"
    );
    assert_eq!(all.as_slice(), found);
    assert_eq!((&all).into_iter().count(), 4);
}

#[test]
fn a_boxed_value_is_checked() {
    assert!(validate(&Box::new(By(|c: &mut Checker<'_>| c.minimum(1, 2)))).is_err());
}

#[test]
fn a_violation_of_a_length_does_not_show_the_text() {
    let found = violations(|c| c.length("hunter2", None, Some(1)));
    assert_eq!(found[0].value, Value::from(7));
}
