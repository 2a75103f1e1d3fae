//! Percent-encodes parameters. A path parameter stays a single segment.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All characters except the unreserved ones of RFC 3986.
pub const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All characters except the unreserved and reserved ones of RFC 3986, for `allowReserved`.
/// Characters that would end the value or the query are encoded too.
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

/// Returns `true` if a value can be a path segment.
///
/// An empty value, `.` and `..` would name another resource. So would a value that decodes to one
/// of them, since proxies decode paths.
pub fn is_segment(value: &str) -> bool {
    // No chain of proxies is this long. Without a limit, a text that is encoded many times would take quadratic time.
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
