//! Paths: every value is one segment, whatever is in it.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but what RFC 3986 calls unreserved.
pub const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All but what RFC 3986 has a meaning for, as `allowReserved` asks. What would end the query is encoded all the same.
pub const NOT_ALLOWED: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// Text in percent-encoding.
pub fn encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

/// Whether a value can be a segment. One that is empty, `.` or `..` would change which resource is meant, and so would
/// one that says so after decoding, since proxies decode.
pub fn is_segment(value: &str) -> bool {
    let mut text = Cow::Borrowed(value);
    // Each round undoes one encoding, and shortens the text.
    while text.contains('%') {
        let decoded = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        if decoded == *text {
            break;
        }
        text = Cow::Owned(decoded);
    }
    !matches!(&*text, "" | "." | "..")
}

/// Writes values into the places of a template, as in `/threads/{thread_id}`. The values are encoded already.
pub fn fill(template: &str, values: &[(&str, String)]) -> String {
    let mut path = String::with_capacity(template.len() + values.iter().map(|(_, value)| value.len()).sum::<usize>());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            path.push_str(value);
        }
        rest = tail;
    }
    path.push_str(rest);
    path
}

#[cfg(test)]
mod tests {
    use super::{encode, fill, is_segment};

    #[test]
    fn a_value_stays_one_segment() {
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
    fn what_would_name_another_resource_is_no_segment() {
        for value in ["", ".", "..", "%2e", "%2E", "%2e%2e", ".%2e", "%2e.", "%252e%252e", "%25252E"] {
            assert!(!is_segment(value), "{value}");
        }
        for value in ["...", ".a", "a..", "%2e%2e%2e", "%", "%%", "%zz", " ", "%00"] {
            assert!(is_segment(value), "{value}");
        }
    }

    #[test]
    fn a_template_takes_each_value_once_and_reads_none_again() {
        let values = [("a", "{b}".to_owned()), ("b", "2".to_owned())];
        assert_eq!(fill("/x/{a}/y/{b}", &values), "/x/{b}/y/2");
        assert_eq!(fill("/x/{a}.{b}", &values), "/x/{b}.2");
        assert_eq!(fill("/x", &values), "/x");
    }
}
