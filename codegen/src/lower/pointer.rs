//! JSON pointers (RFC 6901), the addresses of everything that is lowered.

use serde_json::Value;
use std::borrow::Cow;
use std::rc::Rc;

/// The pointer of a member or element.
pub(super) fn child(pointer: &str, segment: &str) -> Rc<str> {
    let mut text = String::with_capacity(pointer.len() + segment.len() + 1);
    text.push_str(pointer);
    text.push('/');
    for letter in segment.chars() {
        match letter {
            '~' => text.push_str("~0"),
            '/' => text.push_str("~1"),
            other => text.push(other),
        }
    }
    text.into()
}

/// The pointer of an element of an array member, as in `/allOf/2`.
pub(super) fn element(pointer: &str, member: &str, index: usize) -> Rc<str> {
    format!("{pointer}/{member}/{index}").into()
}

/// The segments of a pointer, unescaped.
pub(super) fn segments(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(|segment| {
        if segment.contains('~') {
            Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(segment)
        }
    })
}

/// The pointer that a local `$ref` holds: what follows the `#`, its percent escapes resolved.
pub(super) fn of_reference(reference: &str) -> Option<Cow<'_, str>> {
    let fragment = reference.strip_prefix('#')?;
    if !fragment.is_empty() && !fragment.starts_with('/') {
        return None;
    }
    Some(if fragment.contains('%') { Cow::Owned(percent_decoded(fragment)) } else { Cow::Borrowed(fragment) })
}

/// The value behind a local `$ref`, with its pointer.
pub(super) fn follow<'a>(root: &'a Value, reference: &str) -> Option<(Rc<str>, &'a Value)> {
    let pointer = of_reference(reference)?;
    let value = root.pointer(&pointer)?;
    Some((pointer.as_ref().into(), value))
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok()))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
