//! The types of an API, with their names and constraints.

use serde_json::Value;
use std::ops::RangeInclusive;

/// An index into [`Api::types`](super::Api::types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// The prose and the example of an item, as written in the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// `title` of a schema, or `summary` of an operation.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `example`, or the first of `examples`.
    pub example: Option<Value>,
    /// `externalDocs.url`.
    pub link: Option<String>,
}

/// The directions in which a type crosses the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// A parameter or a request body reaches it.
    pub request: bool,
    /// A response reaches it.
    pub response: bool,
}

/// A type that the crate defines.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// The Rust name, such as `ThreadItem`.
    pub name: String,
    /// The name of its files, such as `thread_item`. Never a keyword.
    pub module: String,
    /// The key in `components.schemas`, such as `ChatKitThreadItem`; `None` for an inline schema.
    pub schema: Option<String>,
    /// The JSON pointer of the schema, such as `/components/schemas/ChatKitThreadItem`.
    pub pointer: String,
    /// The prose and the example.
    pub docs: Docs,
    /// `deprecated`.
    pub deprecated: bool,
    /// The directions in which it crosses the wire.
    pub usage: Usage,
    /// `default` of the component itself, not of a property that uses it.
    pub default: Option<Value>,
    /// The kind.
    pub kind: TypeKind,
}

impl TypeDef {
    /// Returns the names that its module exports: its own, and that of the struct of its constructor's arguments.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let arguments = match &self.kind {
            TypeKind::Object(Object { constructor: Constructor::Named(name), .. }) => Some(name.as_str()),
            _ => None,
        };
        std::iter::once(self.name.as_str()).chain(arguments)
    }
}

/// The kinds of type definitions.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKind {
    /// An object with listed properties: a struct.
    Object(Object),
    /// A string or integer with listed values: an enum with a catch-all.
    Enum(Enum),
    /// One of several schemas: an enum with a catch-all.
    Union(Union),
    /// Any other component: a type alias, or a newtype if it contains itself.
    Alias(Alias),
}

/// A named scalar, list or map.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// The aliased type.
    pub schema: Schema,
    /// Whether it contains itself, which a Rust alias cannot do.
    pub recursive: bool,
}

/// An object with listed properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// The properties in the order of the document, with `allOf` parts merged.
    pub properties: Vec<Property>,
    /// The properties that are not listed.
    pub additional: Additional,
    /// `minProperties` and `maxProperties`.
    pub size: SizeBounds,
    /// How the constructor takes its arguments.
    pub constructor: Constructor,
}

/// How a constructor takes its arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constructor {
    /// By position.
    Positional,
    /// By name, in a struct that has this name and a public field for each argument.
    Named(String),
}

/// `additionalProperties`.
#[derive(Clone, Debug, PartialEq)]
pub enum Additional {
    /// Absent, `true` or `{}`: anything.
    Any,
    /// `false`. Decoding still keeps unknown fields.
    Closed,
    /// A schema for the values.
    Typed(Box<Schema>),
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a keyword of OpenAPI")]
pub struct Property {
    /// The name on the wire.
    pub name: String,
    /// The name of the Rust field, without `r#`: the emitter escapes keywords.
    pub rust_name: String,
    /// The JSON pointer of the property's schema, before any `$ref` is followed.
    pub pointer: String,
    /// The type, and whether it is nullable.
    pub schema: Schema,
    /// Whether `required` lists it.
    pub required: bool,
    /// The only value, if the property is required, not nullable, and a scalar enum of one value. It is not a field
    /// then.
    pub constant: Option<Value>,
    /// `default`; `Some(Value::Null)` for `default: null`.
    pub default: Option<Value>,
    /// The prose and the example.
    pub docs: Docs,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`: it is only in responses, and `required` applies only to them.
    pub read_only: bool,
    /// `writeOnly`: it is only in requests, and `required` applies only to them.
    pub write_only: bool,
    /// Whether the field must be boxed, because its type contains the object without a list or a map between.
    pub boxed: bool,
    /// How the field holds absence and null.
    pub presence: Presence,
    /// Whether the constructor takes it.
    pub in_constructor: bool,
}

/// How the field of a property holds absence and null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// No field: encoding always writes the only value.
    Constant,
    /// `T`.
    Required,
    /// `Option<T>`: `None` is null, and a missing property decodes as `None`.
    RequiredNullable,
    /// `Option<T>`: `None` is a missing property.
    Optional,
    /// `OptionalNullable<T>`: absence and null are different values.
    OptionalNullable,
    /// `T`, or `Option<T>` if it is nullable: a missing property decodes as the default.
    Defaulted {
        /// Whether encoding leaves out a default that was missing when it was decoded.
        optional: bool,
    },
}

/// A use of a type, with the constraints of that use.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// The type.
    pub ty: Type,
    /// Whether it is nullable.
    pub nullable: bool,
}

/// The types of values.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `{}`: any JSON value.
    Any,
    /// `type: boolean`.
    Boolean,
    /// `type: integer`.
    Integer(IntegerType),
    /// `type: number`.
    Number(NumberType),
    /// `type: string` without an enum.
    String(StringType),
    /// `type: array`.
    List(Box<ListType>),
    /// `type: object` without listed properties.
    Map(Box<MapType>),
    /// A definition of the crate.
    Named(TypeId),
}

/// Whole numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct IntegerType {
    /// The Rust type that holds every value of the schema.
    pub width: IntegerWidth,
    /// `format` as written, such as `unixtime`.
    pub format: Option<String>,
    /// The bounds, such as `minimum`.
    pub bounds: NumberBounds,
}

/// The Rust integer that holds the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerWidth {
    /// `format: int32`.
    I32,
    /// `format: int64`, and integers without a format.
    I64,
    /// `format: uint32`, which some documents use.
    U32,
    /// `format: uint64`, and integers with a minimum of at least zero and a maximum above `i64::MAX`.
    U64,
}

impl IntegerWidth {
    /// Returns the least and the greatest value.
    #[must_use]
    pub fn range(self) -> RangeInclusive<i128> {
        match self {
            Self::I32 => i32::MIN.into()..=i32::MAX.into(),
            Self::I64 => i64::MIN.into()..=i64::MAX.into(),
            Self::U32 => 0..=u32::MAX.into(),
            Self::U64 => 0..=u64::MAX.into(),
        }
    }
}

/// Numbers. They are always `f64`, because a narrower type would lose digits.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberType {
    /// `format` as written: `float`, `double`.
    pub format: Option<String>,
    /// The bounds, such as `minimum`.
    pub bounds: NumberBounds,
}

/// Bounds on integers and numbers. They are JSON numbers, which keep every digit of an `i64` or `u64`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumberBounds {
    /// `minimum`.
    pub minimum: Option<serde_json::Number>,
    /// `exclusiveMinimum: true`.
    pub exclusive_minimum: bool,
    /// `maximum`.
    pub maximum: Option<serde_json::Number>,
    /// `exclusiveMaximum: true`.
    pub exclusive_maximum: bool,
    /// `multipleOf`.
    pub multiple_of: Option<serde_json::Number>,
}

/// `type: string` without an enum.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StringType {
    /// `format` as written.
    pub format: Option<String>,
    /// `minLength` and `maxLength`, in Unicode code points.
    pub length: SizeBounds,
    /// `pattern`, an ECMA-262 regular expression.
    pub pattern: Option<String>,
    /// `x-secret`: the value is redacted wherever it is printed.
    pub secret: bool,
}

/// A lower and an upper bound on a length or a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SizeBounds {
    /// The lower bound, inclusive.
    pub min: Option<u64>,
    /// The upper bound, inclusive.
    pub max: Option<u64>,
}

/// `type: array`.
#[derive(Clone, Debug, PartialEq)]
pub struct ListType {
    /// The elements.
    pub items: Schema,
    /// `minItems` and `maxItems`.
    pub size: SizeBounds,
    /// `uniqueItems`.
    pub unique: bool,
}

/// `type: object` without listed properties.
#[derive(Clone, Debug, PartialEq)]
pub struct MapType {
    /// The values.
    pub values: Schema,
    /// `x-property-names`: bounds on the length of each key.
    pub keys: SizeBounds,
    /// `minProperties` and `maxProperties`.
    pub size: SizeBounds,
}

/// A string or integer with listed values.
#[derive(Clone, Debug, PartialEq)]
pub struct Enum {
    /// Whether the values are strings or integers.
    pub repr: EnumRepr,
    /// The values in the order of the document, without null, which makes the use nullable.
    pub values: Vec<EnumValue>,
}

/// The JSON type of an enum's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumRepr {
    /// Strings.
    String,
    /// Integers, as `i64`.
    Integer,
}

/// One listed value.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: Value,
    /// The name of the Rust variant.
    pub rust_name: String,
}

/// One of several schemas.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// How a decoder distinguishes the variants.
    pub kind: UnionKind,
    /// Whether it is a `oneOf` and not an `anyOf`.
    pub exclusive: bool,
    /// The variants in the order of the document; those of an untagged union with the more specific first.
    pub variants: Vec<Variant>,
}

/// How a decoder distinguishes variants.
#[derive(Clone, Debug, PartialEq)]
pub enum UnionKind {
    /// By the value of one string property that every variant has. All variants are objects.
    Tagged {
        /// The property's name on the wire.
        property: String,
        /// Whether the union lacks a `discriminator`, and the constants of the variants take its place.
        inferred: bool,
    },
    /// By the JSON type of the value, which differs for each variant.
    ByJsonType,
    /// By trying the variants: the first that accepts the value.
    Untagged,
}

/// One of the schemas of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The name of the Rust variant.
    pub rust_name: String,
    /// The tag values that select it: at least one in a tagged union, none in any other.
    pub tags: Vec<String>,
    /// The payload. It is never nullable, because null belongs to the use of the union.
    pub schema: Schema,
    /// The JSON pointer of the variant's schema, before any `$ref` is followed.
    pub pointer: String,
    /// Whether the payload must be boxed.
    pub boxed: bool,
}
