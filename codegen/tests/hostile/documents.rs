//! Builds documents.

use std::fmt::Write;

/// Returns a document with some component schemas, each a key and a schema in one line.
pub(crate) fn with_schemas<K: AsRef<str>, S: AsRef<str>>(schemas: impl IntoIterator<Item = (K, S)>) -> String {
    let mut text = "openapi: 3.0.3\ninfo: { title: Hostile, version: '1' }\npaths: {}\n".to_owned();
    let mut section = "components:\n  schemas:\n";
    for (key, schema) in schemas {
        writeln!(text, "{}    {}: {}", std::mem::take(&mut section), key.as_ref(), schema.as_ref())
            .expect("writing to a String cannot fail");
    }
    text
}

/// Returns a reference to a component, or to a schema within one.
pub(crate) fn reference(name: impl AsRef<str>) -> String {
    format!("{{ $ref: '#/components/schemas/{}' }}", name.as_ref())
}

/// Returns a document with schemas `S0` to `S<count>`. Each but the last is made of the reference to the next.
pub(crate) fn chain(count: usize, last: &str, link: impl Fn(usize, String) -> String) -> String {
    let links = (0..count).map(|index| (format!("S{index}"), link(index, reference(format!("S{}", index + 1)))));
    with_schemas(links.chain([(format!("S{count}"), last.to_owned())]))
}

/// Returns a document with a schema `X` that has the properties `p0` to `p<count>`. Each but the last is made of the
/// reference to the next.
pub(crate) fn property_chain(count: usize, last: &str, link: impl Fn(usize, String) -> String) -> String {
    let links = (0..count).map(|index| {
        let next = reference(format!("X/properties/p{}", index + 1));
        format!("p{index}: {}", link(index, next))
    });
    let properties: Vec<String> = links.chain([format!("p{count}: {last}")]).collect();
    with_schemas([("X", format!("{{ type: object, properties: {{ {} }} }}", properties.join(", ")))])
}

/// Returns a schema that is wrapped some number of times.
pub(crate) fn nested(levels: usize, inner: &str, wrap: impl Fn(usize, String) -> String) -> String {
    (0..levels).fold(inner.to_owned(), |inner, level| wrap(level, inner))
}

/// Returns an object with one property.
pub(crate) fn object(name: impl AsRef<str>, schema: impl AsRef<str>) -> String {
    format!("{{ type: object, properties: {{ {}: {} }} }}", name.as_ref(), schema.as_ref())
}

/// Returns an object that requires a string.
pub(crate) fn requiring(name: impl AsRef<str>) -> String {
    let name = name.as_ref();
    format!("{{ type: object, required: [{name}], properties: {{ {name}: {{ type: string }} }} }}")
}
