//! Decides how each property holds absence and null, and which properties a constructor takes.

use crate::ir::{Presence, Property, TypeDef, TypeKind, Usage};

/// Decides the presence of every property. Needs to know which directions reach a type, and what is boxed.
pub(super) fn decide(types: &mut [TypeDef]) {
    for def in types {
        let usage = def.usage;
        if let TypeKind::Object(object) = &mut def.kind {
            for property in &mut object.properties {
                property.presence = presence(usage, property);
                property.in_constructor = in_constructor(property);
            }
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

fn in_constructor(property: &Property) -> bool {
    match property.presence {
        Presence::Required | Presence::RequiredNullable => true,
        Presence::Optional => property.required && property.write_only,
        Presence::Constant | Presence::OptionalNullable | Presence::Defaulted { .. } => false,
    }
}
