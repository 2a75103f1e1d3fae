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

/// As [`encode`], for text that may be owned.
pub fn encode_part(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => encode(text),
        Cow::Owned(text) => Cow::Owned(encode(&text).into_owned()),
    }
}

/// Whether a value can be a segment. One that is empty, `.` or `..` would change which resource is meant, and so would
/// one that says so after decoding, since proxies decode.
pub fn is_segment(value: &str) -> bool {
    // No chain of proxies is as long, and a text may be encoded once for every other of its characters.
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
