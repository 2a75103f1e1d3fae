//! The table of our extensions of OpenAPI: their names, the objects that have them, and their values.

use super::openapi_objects::ObjectKind;

/// The type of an extension's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtensionValue {
    /// A Rust identifier in upper camel case.
    TypeName,
    /// A Rust identifier in snake case.
    ValueName,
    /// An object from strings to Rust identifiers in upper camel case.
    TypeNames,
    /// The name of a package, in kebab case.
    PackageName,
    /// The name of an environment variable.
    Variable,
    /// A day, such as `2026-01-31`.
    Day,
    /// A non-empty string.
    Text,
    /// A non-negative integer.
    Count,
    /// `true`.
    True,
    /// A non-empty JSON pointer.
    Pointer,
    /// A list of strings.
    Texts,
    /// An object with these properties: the name, the type of the value, and whether the property is required.
    Object(&'static [(&'static str, ExtensionValue, bool)]),
}

/// The objects of a kind that may have an extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// All of them.
    Always,
    /// Schemas directly in `properties`.
    Property,
    /// Schemas with an `enum`, `oneOf` or `anyOf`.
    Alternatives,
    /// Schemas of this `type`.
    Type(&'static str),
    /// Header parameters.
    Header,
    /// Objects with `deprecated: true`.
    Deprecated,
}

/// An extension on one kind of object.
#[derive(Clone, Copy, Debug)]
pub struct Extension {
    /// Its key, such as `x-rust-name`.
    pub name: &'static str,
    /// The kind of object that has it.
    pub object: ObjectKind,
    /// The objects of this kind that may have it.
    pub condition: Condition,
    /// The type of its value.
    pub value: ExtensionValue,
    /// Its effect, in one line without a full stop.
    pub summary: &'static str,
}

const CURSOR: ExtensionValue =
    ExtensionValue::Object(&[("parameter", ExtensionValue::Text, true), ("cursor", ExtensionValue::Text, true)]);

/// Every extension. An extension of several kinds of objects has a row for each kind.
pub const EXTENSIONS: &[Extension] = &[
    Extension {
        name: "x-rust-crate",
        object: ObjectKind::Document,
        condition: Condition::Always,
        value: ExtensionValue::Object(&[
            ("name", ExtensionValue::PackageName, false),
            ("type-prefix", ExtensionValue::TypeName, false),
        ]),
        summary: "the name of the crate, and a prefix that the names of its types drop",
    },
    Extension {
        name: "x-errors",
        object: ObjectKind::Document,
        condition: Condition::Always,
        value: ExtensionValue::Object(&[
            ("message", ExtensionValue::Pointer, true),
            ("type", ExtensionValue::Pointer, false),
            ("param", ExtensionValue::Pointer, false),
            ("code", ExtensionValue::Pointer, false),
            ("final", ExtensionValue::Texts, false),
        ]),
        summary: "the places of the message, type and code in an error body, and the codes that are never retried",
    },
    Extension {
        name: "x-rust-name",
        object: ObjectKind::Schema,
        condition: Condition::Always,
        value: ExtensionValue::TypeName,
        summary: "the name of the Rust type",
    },
    Extension {
        name: "x-rust-field",
        object: ObjectKind::Schema,
        condition: Condition::Property,
        value: ExtensionValue::ValueName,
        summary: "the name of the Rust field",
    },
    Extension {
        name: "x-rust-names",
        object: ObjectKind::Schema,
        condition: Condition::Alternatives,
        value: ExtensionValue::TypeNames,
        summary: "the names of Rust variants, by enum value, tag or schema",
    },
    Extension {
        name: "x-secret",
        object: ObjectKind::Schema,
        condition: Condition::Type("string"),
        value: ExtensionValue::True,
        summary: "redacts the value wherever it is printed",
    },
    Extension {
        name: "x-property-names",
        object: ObjectKind::Schema,
        condition: Condition::Type("object"),
        value: ExtensionValue::Object(&[
            ("minLength", ExtensionValue::Count, false),
            ("maxLength", ExtensionValue::Count, false),
        ]),
        summary: "bounds on the length of each key",
    },
    Extension {
        name: "x-rust-module",
        object: ObjectKind::Operation,
        condition: Condition::Always,
        value: ExtensionValue::ValueName,
        summary: "the resource that the method belongs to",
    },
    Extension {
        name: "x-rust-name",
        object: ObjectKind::Operation,
        condition: Condition::Always,
        value: ExtensionValue::ValueName,
        summary: "the name of the method",
    },
    Extension {
        name: "x-paging",
        object: ObjectKind::Operation,
        condition: Condition::Always,
        value: ExtensionValue::Object(&[
            ("items", ExtensionValue::Text, true),
            ("more", ExtensionValue::Text, false),
            ("forward", CURSOR, true),
            ("backward", CURSOR, false),
        ]),
        summary: "how to get from one page of a list to the next",
    },
    Extension {
        name: "x-rust-name",
        object: ObjectKind::Parameter,
        condition: Condition::Always,
        value: ExtensionValue::ValueName,
        summary: "the name of the Rust parameter",
    },
    Extension {
        name: "x-sunset",
        object: ObjectKind::Operation,
        condition: Condition::Deprecated,
        value: ExtensionValue::Day,
        summary: "the last day on which the operation is supported",
    },
    Extension {
        name: "x-sunset",
        object: ObjectKind::Parameter,
        condition: Condition::Deprecated,
        value: ExtensionValue::Day,
        summary: "the last day on which the parameter is supported",
    },
    Extension {
        name: "x-sunset",
        object: ObjectKind::Schema,
        condition: Condition::Deprecated,
        value: ExtensionValue::Day,
        summary: "the last day on which the schema or property is supported",
    },
    Extension {
        name: "x-environment",
        object: ObjectKind::Parameter,
        condition: Condition::Header,
        value: ExtensionValue::Variable,
        summary: "the environment variable that supplies the header for the whole client",
    },
    Extension {
        name: "x-environment",
        object: ObjectKind::Server,
        condition: Condition::Always,
        value: ExtensionValue::Variable,
        summary: "the environment variable that overrides the address",
    },
    Extension {
        name: "x-environment",
        object: ObjectKind::SecurityScheme,
        condition: Condition::Always,
        value: ExtensionValue::Variable,
        summary: "the environment variable that holds the credential",
    },
];
