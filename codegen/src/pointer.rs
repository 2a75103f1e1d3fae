//! JSON pointers (RFC 6901), and the fragments of `$ref`s that hold them.

use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashSet;
use std::rc::Rc;

/// A pointer that grows on the way down a document and shrinks on the way up. So a walk allocates only for what it
/// reports.
#[derive(Debug, Default)]
pub(crate) struct PointerBuf(String);

impl PointerBuf {
    /// Creates a path that starts at a pointer.
    pub(crate) fn at(pointer: &str) -> Self {
        Self(pointer.to_owned())
    }

    /// Steps into a property, runs a function, and steps out again.
    pub(crate) fn within<T>(&mut self, key: &str, run: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.0.len();
        push(&mut self.0, key);
        let result = run(self);
        self.0.truncate(length);
        result
    }

    /// Returns the pointer.
    pub(crate) fn here(&self) -> &str {
        &self.0
    }

    /// Returns the pointer of a child.
    pub(crate) fn child(&self, key: &str) -> String {
        join(&self.0, key)
    }
}

/// Returns the pointer of a child.
#[must_use]
pub fn join(pointer: &str, key: &str) -> String {
    let mut joined = String::with_capacity(pointer.len() + key.len() + 1);
    joined.push_str(pointer);
    push(&mut joined, key);
    joined
}

/// Returns the pointer of a child as a shared string.
pub(crate) fn child(pointer: &str, key: &str) -> Rc<str> {
    join(pointer, key).into()
}

/// Returns the pointer of an element of an array member, such as `/allOf/2`.
pub(crate) fn element(pointer: &str, member: &str, index: usize) -> Rc<str> {
    format!("{pointer}/{member}/{index}").into()
}

/// Returns the segments of a pointer, unescaped.
pub fn segments(pointer: &str) -> impl Iterator<Item = Cow<'_, str>> {
    pointer.split('/').skip(1).map(|segment| {
        if segment.contains('~') {
            Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(segment)
        }
    })
}

/// Returns the last segment, unescaped.
pub(crate) fn last(pointer: &str) -> Cow<'_, str> {
    let start = pointer.rfind('/').unwrap_or(0);
    segments(&pointer[start..]).next().unwrap_or_default()
}

/// Returns the pointer without its last segment; empty for the root.
pub(crate) fn parent(pointer: &str) -> &str {
    &pointer[..pointer.rfind('/').unwrap_or(0)]
}

/// Returns the percent-decoded pointer of a local `$ref`; `None` if the `$ref` is not a local pointer.
pub(crate) fn of_reference(reference: &str) -> Option<String> {
    let fragment = reference.strip_prefix('#')?;
    if !(fragment.is_empty() || fragment.starts_with('/')) {
        return None;
    }
    if !fragment.contains('%') {
        return Some(fragment.to_owned());
    }
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let [first, tail @ ..] = rest {
        match (first, tail) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                bytes.push(hex(*high) << 4 | hex(*low));
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

/// Returns the value of a hexadecimal digit.
fn hex(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => digit.to_ascii_lowercase() - b'a' + 10,
    }
}

/// Returns the value that a local `$ref` names, with its pointer. The value may be a `$ref` itself.
pub(crate) fn target<'a>(root: &'a Value, reference: &str) -> Option<(Rc<str>, &'a Value)> {
    let pointer = of_reference(reference)?;
    let value = root.pointer(&pointer)?;
    Some((pointer.into(), value))
}

/// Follows a `$ref`, and any `$ref` that it leads to. Returns the last value with its pointer; `None` for a cycle.
pub(crate) fn follow<'a>(root: &'a Value, reference: &str) -> Option<(String, &'a Value)> {
    let mut passed: HashSet<String> = HashSet::new();
    let mut pointer = of_reference(reference)?;
    loop {
        let value = root.pointer(&pointer)?;
        let Some(next) = value.get("$ref").and_then(Value::as_str) else { return Some((pointer, value)) };
        let next = of_reference(next)?;
        if !passed.insert(std::mem::replace(&mut pointer, next)) {
            return None;
        }
    }
}

fn push(pointer: &mut String, key: &str) {
    pointer.push('/');
    if key.contains(['~', '/']) {
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(key);
    }
}

#[cfg(test)]
mod tests {
    use super::{PointerBuf, last, of_reference, parent, segments};

    #[test]
    fn segments_are_escaped_and_unescaped() {
        let mut path = PointerBuf::default();
        let pointer = path.within("a/b", |path| path.child("c~d"));
        assert_eq!(pointer, "/a~1b/c~0d");
        assert_eq!(segments(&pointer).collect::<Vec<_>>(), ["a/b", "c~d"]);
        assert_eq!(last(&pointer), "c~d");
        assert_eq!(parent(&pointer), "/a~1b");
        assert_eq!(path.here(), "");
    }

    #[test]
    fn references_are_percent_decoded() {
        assert_eq!(of_reference("#/paths/~1a~1%7Bid%7D").as_deref(), Some("/paths/~1a~1{id}"));
        assert_eq!(of_reference("#/a%2").as_deref(), Some("/a%2"));
        assert_eq!(of_reference("#").as_deref(), Some(""));
        assert_eq!(of_reference("#anchor"), None);
        assert_eq!(of_reference("other.yaml#/a"), None);
        assert_eq!(of_reference("#/%ff"), None);
    }
}
