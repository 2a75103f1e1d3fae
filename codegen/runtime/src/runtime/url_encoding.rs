//! Percent-encoding of parameters: a path parameter is always one segment.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All characters but the unreserved ones of RFC 3986.
pub const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All characters but the unreserved and reserved ones of RFC 3986, for `allowReserved`. A character that would end the
/// query is encoded all the same.
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

/// Encodes a text.
pub fn encode(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

/// Encodes a text that may be owned.
pub fn encode_part(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => encode(text),
        Cow::Owned(text) => Cow::Owned(encode(&text).into_owned()),
    }
}

/// Returns `true` if a value can be a path segment. An empty one, `.` and `..` would name another resource. So would
/// one that decodes to them, since proxies decode.
pub fn is_segment(value: &str) -> bool {
    // No chain of proxies is as long. Without a limit, a text that is encoded over and over takes quadratic time.
    const ROUNDS: usize = 16;
    let mut text = Cow::Borrowed(value);
    for _ in 0..ROUNDS {
        if !text.contains('%') {
            break;
        }
        text = Cow::Owned(percent_decode_str(&text).decode_utf8_lossy().into_owned());
    }
    !matches!(&*text, "" | "." | "..")
}
