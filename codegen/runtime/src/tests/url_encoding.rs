//! Path parameters, and the URL of a request.

use crate::runtime::request_url::RequestUrl;
use crate::runtime::url_encoding::{encode, is_segment};

#[test]
fn a_value_stays_a_single_segment() {
    let cases = [
        ("cthr_1", "cthr_1"),
        ("a/b", "a%2Fb"),
        ("../sessions", "..%2Fsessions"),
        ("..\\x", "..%5Cx"),
        ("a?b", "a%3Fb"),
        ("a#b", "a%23b"),
        ("a b", "a%20b"),
        ("%2F", "%252F"),
        ("ключ", "%D0%BA%D0%BB%D1%8E%D1%87"),
        ("🦀", "%F0%9F%A6%80"),
        ("a\r\nb", "a%0D%0Ab"),
        ("-._~", "-._~"),
        ("@:!$&'()*+,;=", "%40%3A%21%24%26%27%28%29%2A%2B%2C%3B%3D"),
    ];
    for (value, expected) in cases {
        assert_eq!(encode(value), expected);
        assert!(is_segment(value), "{value}");
    }
    let long = "/".repeat(10_000);
    assert_eq!(encode(&long), "%2F".repeat(10_000));
    assert!(is_segment(&long));
}

#[test]
fn a_value_that_would_name_another_resource_is_not_a_segment() {
    for value in ["", ".", "..", "%2e", "%2E", "%2e%2e", ".%2e", "%2e.", "%252e%252e", "%25252E"] {
        assert!(!is_segment(value), "{value}");
    }
    // Values are decoded several times, up to a limit.
    assert!(!is_segment(&format!("%{}2e", "25".repeat(10))));
    assert!(is_segment(&format!("%{}2e", "25".repeat(1_000_000))));
    for value in ["...", ".a", "a..", "%2e%2e%2e", "%", "%%", "%zz", " ", "%00"] {
        assert!(is_segment(value), "{value}");
    }
}

#[test]
fn path_parameters_are_filled_only_in_the_template() {
    let cases = [("/x/{a}/y/{b}", "/x/1/y/22"), ("/x/{b}.{a}{a}", "/x/22.11"), ("/{aa}/{", "/{aa}/{"), ("/x", "/x")];
    for (template, expected) in cases {
        let base = "/{a}";
        let mut address = RequestUrl::new(base, template);
        address.fill("a", "1");
        address.fill("b", "22");
        assert_eq!(address.as_str(), format!("{base}{expected}"));
    }
}
