//! Types: what values are, and how they are named.

use serde_json::Value;

/// An index into [`Api::types`](super::Api::types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// Prose and examples of an item, as the document has them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// `title` of a schema, `summary` of an operation.
    pub title: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `example`, or the first of `examples`.
    pub example: Option<Value>,
    /// `externalDocs.url`.
    pub link: Option<String>,
}

/// In which direction a type crosses the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Reachable from a parameter or a request body.
    pub request: bool,
    /// Reachable from a response.
    pub response: bool,
}

/// A type that the crate defines.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// The Rust name, as in `ThreadItem`.
    pub name: String,
    /// The name of the module files, as in `thread_item`. Never a keyword.
    pub module: String,
    /// The key in `components.schemas`, as in `ChatKitThreadItem`; absent for an inline schema.
    pub schema: Option<String>,
    /// JSON pointer of the schema, as in `/components/schemas/ChatKitThreadItem`.
    pub pointer: String,
    /// Prose and example.
    pub docs: Docs,
    /// `deprecated`.
    pub deprecated: bool,
    /// Whether requests, responses or both reach it.
    pub usage: Usage,
    /// `default` of the component itself; that of a property stands on the property.
    pub default: Option<Value>,
    /// What it is.
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

/// The four kinds of definitions.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKind {
    /// An object with listed properties: a struct.
    Object(Object),
    /// A string or integer with listed values: an enum with a catch-all.
    Enum(Enum),
    /// One of several schemas: an enum with a catch-all.
    Union(Union),
    /// A component that is none of these: a type alias, or a newtype where it contains itself.
    Alias(Alias),
}

/// A named scalar, list or map.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    /// What it stands for.
    pub schema: Schema,
    /// It contains itself, which no Rust alias can.
    pub recursive: bool,
}

/// An object with listed properties.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// In the order of the document; `allOf` parts are merged.
    pub properties: Vec<Property>,
    /// What else it may carry.
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
    /// `false`. A payload's unknown fields are kept all the same.
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
    /// The Rust field, without `r#` (`type` stays `type`; the emitter escapes keywords).
    pub rust_name: String,
    /// JSON pointer of the property's schema at its use, before any `$ref` is followed.
    pub pointer: String,
    /// The type, with `schema.nullable` for null.
    pub schema: Schema,
    /// Listed in `required`.
    pub required: bool,
    /// Its only value: required, not nullable, and a scalar enum of one value. Such a property is no field.
    pub constant: Option<Value>,
    /// `default`; `Some(Value::Null)` where the document says `default: null`.
    pub default: Option<Value>,
    /// Prose and example.
    pub docs: Docs,
    /// `deprecated`.
    pub deprecated: bool,
    /// `readOnly`: only in responses, and `required` speaks of these alone.
    pub read_only: bool,
    /// `writeOnly`: only in requests, and `required` speaks of these alone.
    pub write_only: bool,
    /// The field must be boxed, since its type contains the object itself without a list or map between.
    pub boxed: bool,
    /// How the field holds absence and null.
    pub presence: Presence,
    /// Whether the constructor takes it. Otherwise it has a setter, unless it is a constant.
    pub in_constructor: bool,
}

/// How the field of a property holds absence and null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// No field: the only value is always written.
    Constant,
    /// `T`.
    Required,
    /// `Option<T>`: `None` is null, and absence decodes as `None`.
    RequiredNullable,
    /// `Option<T>`: `None` is absence.
    Optional,
    /// `OptionalNullable<T>`: absence and null are two values.
    OptionalNullable,
    /// `T`, or `Option<T>` if null is a value: absence decodes as the default.
    Defaulted {
        /// A default that was absent is not written.
        optional: bool,
    },
}

/// A type where it is used, with the constraints of that use.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// The type.
    pub ty: Type,
    /// Null is a value of it.
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
    /// `format` as written, `unixtime` for one.
    pub format: Option<String>,
    /// `minimum` and its kin.
    pub bounds: NumberBounds,
}

/// Which Rust integer holds the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntegerWidth {
    /// `format: int32`.
    I32,
    /// `format: int64`, and integers without a format.
    I64,
    /// `format: uint32`, which some documents use.
    U32,
    /// `format: uint64`, and integers that start at zero or above and end beyond `i64::MAX`.
    U64,
}

/// Numbers. Always `f64`: a narrower type would lose digits that the wire carried.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberType {
    /// `format` as written: `float`, `double`.
    pub format: Option<String>,
    /// `minimum` and its kin.
    pub bounds: NumberBounds,
}

/// Bounds on integers and numbers. JSON numbers, so that no digit of an `i64` or `u64` is lost.
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

/// Text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StringType {
    /// `format` as written.
    pub format: Option<String>,
    /// `minLength` and `maxLength`, in Unicode code points.
    pub length: SizeBounds,
    /// `pattern`, an ECMA-262 regular expression.
    pub pattern: Option<String>,
    /// `x-secret`: nothing may print it.
    pub secret: bool,
}

/// A lower and an upper bound on a length or a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SizeBounds {
    /// The least, inclusive.
    pub min: Option<u64>,
    /// The most, inclusive.
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
    /// In the order of the document. Null is not among them: it makes its use nullable.
    pub values: Vec<EnumValue>,
}

/// What an enum's values are on the wire.
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
    /// On the wire.
    pub value: Value,
    /// The Rust variant.
    pub rust_name: String,
}

/// One of several schemas.
#[derive(Clone, Debug, PartialEq)]
pub struct Union {
    /// How a decoder tells the variants apart.
    pub kind: UnionKind,
    /// `oneOf`, as opposed to `anyOf`.
    pub exclusive: bool,
    /// In the order of the document, but of [`UnionKind::Untagged`] ones the more specific first.
    pub variants: Vec<Variant>,
}

/// How a decoder tells variants apart.
#[derive(Clone, Debug, PartialEq)]
pub enum UnionKind {
    /// By the value of one string property, which all variants, all of them objects, have.
    Tagged {
        /// The property's name on the wire.
        property: String,
        /// There is no `discriminator`: the variants' constants tell.
        inferred: bool,
    },
    /// By the JSON type of the value: no two variants share one.
    ByJsonType,
    /// By trying: the first variant that accepts the value.
    Untagged,
}

/// One of the schemas of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The Rust variant.
    pub rust_name: String,
    /// The tag values that select it, at least one where the union is tagged, otherwise none.
    pub tags: Vec<String>,
    /// What it holds; never nullable, since null then belongs to the union's use.
    pub schema: Schema,
    /// JSON pointer of the variant's schema at its use.
    pub pointer: String,
    /// The payload must be boxed.
    pub boxed: bool,
}
