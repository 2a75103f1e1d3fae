//! Percent-decoding of paths and queries.

use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Percent-decodes text.
///
/// # Errors
///
/// An escape is incomplete, or the result is not UTF-8. The message continues a sentence about the text.
pub(super) fn decode(text: &str) -> Result<String, &'static str> {
    let bytes = text.as_bytes();
    let broken = |at: usize| !bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    if text.match_indices('%').any(|(at, _)| broken(at)) {
        return Err("`%` is not followed by two hexadecimal digits");
    }
    let decoded = percent_decode_str(text).decode_utf8();
    decoded.map(Cow::into_owned).map_err(|_| "percent-decoded, it is not UTF-8")
}

/// Decodes text of a query, in which `+` is a space.
pub(super) fn decode_query(text: &str) -> Result<String, &'static str> {
    decode(&text.replace('+', " "))
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn rejects_incomplete_escapes_and_invalid_utf_8() {
        assert_eq!(decode("a%2Fb%C3%A4").as_deref(), Ok("a/bä"));
        for text in ["%", "%2", "%zz", "a%+1", "%ff"] {
            assert!(decode(text).is_err(), "{text}");
        }
    }
}
