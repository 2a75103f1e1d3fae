//! Decides how each property holds absence and null, and which properties a constructor takes.

use crate::ir::{Constructor, Object, Presence, Property, TypeDef, TypeKind, Usage};
use crate::rust_name;
use serde_json::Value;

/// The most arguments that a constructor takes by position. More of them are easily swapped.
const MOST_POSITIONAL: usize = 5;

/// Decides the presence of every property, and the arguments of every constructor.
///
/// It needs to know which directions reach a type, and which fields are boxed.
pub(super) fn decide(types: &mut [TypeDef]) {
    for TypeDef { name, usage, kind, .. } in types {
        if let TypeKind::Object(object) = kind {
            for property in &mut object.properties {
                property.presence = presence(*usage, property);
                property.in_constructor = in_constructor(*usage, property);
            }
            object.constructor = constructor(name, object);
        }
    }
}

fn presence(usage: Usage, property: &Property) -> Presence {
    let only_response = usage.response && !usage.request;
    let only_request = usage.request && !usage.response;
    // `required` applies to responses if the property is read-only, and to requests if it is write-only.
    let applies = (!property.read_only || only_response) && (!property.write_only || only_request);
    let required = property.required && applies;
    let has_default = property.default.as_ref().is_some_and(|default| !default.is_null());
    match (required, property.schema.nullable) {
        _ if property.constant.is_some() && required => Presence::Constant,
        // A boxed property contains its own type, and so would its default.
        _ if has_default && only_response && !property.boxed => Presence::Defaulted { optional: !required },
        (true, false) => Presence::Required,
        (true, true) => Presence::RequiredNullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    }
}

fn in_constructor(usage: Usage, property: &Property) -> bool {
    match property.presence {
        Presence::Required => true,
        // A request says null on purpose, unless null is the default. A response may lack the property.
        Presence::RequiredNullable => usage.request && !property.default.as_ref().is_some_and(Value::is_null),
        Presence::Optional => property.required && property.write_only,
        Presence::Constant | Presence::OptionalNullable | Presence::Defaulted { .. } => false,
    }
}

fn constructor(type_name: &str, object: &Object) -> Constructor {
    let arguments = object.properties.iter().filter(|property| property.in_constructor).count();
    if arguments > MOST_POSITIONAL {
        Constructor::Named(rust_name::arguments(type_name))
    } else {
        Constructor::Positional
    }
}
