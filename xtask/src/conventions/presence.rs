//! Which properties may be left out or null, by the direction in which their types cross the wire.

use super::convention::{Convention, ConventionReport};
use super::spec_document::SpecDocument;
use chatkit_codegen::ir::{Property, TypeDef, TypeKind, Usage};

pub(super) const RESPONSE_PRESENCE: Convention = Convention {
    name: "response-presence",
    summary: "A property of a response is required, and if it may be null, it has a default",
    judge: response_presence,
};

pub(super) const REQUEST_PRESENCE: Convention = Convention {
    name: "request-presence",
    summary: "A property of a request is not nullable",
    judge: request_presence,
};

/// Returns the properties of the types with a usage, each with its type.
fn properties<'a>(
    document: &SpecDocument<'a>,
    is_used: impl Fn(Usage) -> bool,
) -> impl Iterator<Item = (&'a TypeDef, &'a Property)> {
    let types = document.api.types.iter().filter(move |def| is_used(def.usage));
    types.flat_map(|def| {
        let properties = match &def.kind {
            TypeKind::Object(object) => object.properties.as_slice(),
            _ => &[],
        };
        properties.iter().map(move |property| (def, property))
    })
}

fn response_presence(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for (def, property) in properties(document, |usage| usage.response && !usage.request) {
        let (name, owner) = (&property.name, def.schema.as_ref().unwrap_or(&def.name));
        if !property.required {
            let help = "list it in `required`; if it may be absent, add its `default` as well, or `nullable` and `default: null`";
            report.key(&property.pointer, format!("`{name}` of `{owner}` is only in responses, but optional"), help);
        }
        if property.schema.nullable && property.default.is_none() {
            let message = format!("`{name}` of `{owner}` may be null, but has no default");
            report.key(&property.pointer, message, "add `default: null`");
        }
    }
}

fn request_presence(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for (def, property) in properties(document, |usage| usage.request) {
        if property.schema.nullable {
            let owner = def.schema.as_ref().unwrap_or(&def.name);
            let message = format!("`{}` of `{owner}` is in requests, but nullable", property.name);
            report.key(&property.pointer, message, "remove `nullable`: a request omits a property to leave it unset");
        }
    }
}
