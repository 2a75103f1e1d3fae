//! The objects of OpenAPI 3.0.3, as data: the fields of each, their types, and whether they are required.

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are OpenAPI's")]
pub enum ObjectKind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    Paths,
    PathItem,
    Operation,
    Parameter,
    Header,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Example,
    Link,
    Components,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    Flows,
    Flow,
    SecurityRequirement,
    Callback,
}

/// The type of a field's value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FieldType {
    /// Anything.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Boolean,
    /// A number.
    Number,
    /// A non-negative integer.
    Count,
    /// One of these strings.
    Word(&'static [&'static str]),
    /// An array of strings.
    Texts,
    /// An array of anything.
    Values,
    /// A map from names to strings.
    TextMap,
    /// A map from names to anything.
    AnyMap,
    /// An object of this kind.
    Object(ObjectKind),
    /// An array of objects of this kind.
    List(ObjectKind),
    /// A map from names to objects of this kind.
    Map(ObjectKind),
    /// A schema or a boolean.
    SchemaOrBoolean,
}

/// A field whose key OpenAPI defines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FixedField {
    /// The key.
    pub(crate) key: &'static str,
    /// The type of its value.
    pub(crate) field_type: FieldType,
    /// An example of its value, if the field is required.
    pub(crate) required: Option<&'static str>,
}

/// Returns an optional field.
const fn may(key: &'static str, field_type: FieldType) -> FixedField {
    FixedField { key, field_type, required: None }
}

/// Returns a required field.
const fn must(key: &'static str, example: &'static str, field_type: FieldType) -> FixedField {
    FixedField { key, field_type, required: Some(example) }
}

use FieldType::{
    Any, AnyMap, Boolean, Count, List, Map, Number, Object, SchemaOrBoolean, Text, TextMap, Texts, Values, Word,
};
use ObjectKind as K;

impl ObjectKind {
    /// Returns the fields whose keys OpenAPI defines. A kind with patterned fields has none.
    pub(crate) fn fixed_fields(self) -> &'static [FixedField] {
        match self {
            K::Document => DOCUMENT,
            K::Info => INFO,
            K::Contact => CONTACT,
            K::License => LICENSE,
            K::Server => SERVER,
            K::ServerVariable => SERVER_VARIABLE,
            K::Tag => TAG,
            K::ExternalDocs => EXTERNAL_DOCS,
            K::PathItem => PATH_ITEM,
            K::Operation => OPERATION,
            K::Parameter => PARAMETER,
            K::Header => HEADER,
            K::RequestBody => REQUEST_BODY,
            K::MediaType => MEDIA_TYPE,
            K::Encoding => ENCODING,
            K::Response => RESPONSE,
            K::Example => EXAMPLE,
            K::Link => LINK,
            K::Components => COMPONENTS,
            K::Schema => SCHEMA,
            K::Discriminator => DISCRIMINATOR,
            K::Xml => XML,
            K::SecurityScheme => SECURITY_SCHEME,
            K::Flows => FLOWS,
            K::Flow => FLOW,
            K::Paths | K::Responses | K::Callback | K::SecurityRequirement => &[],
        }
    }

    /// Returns the type of the patterned fields, whose keys the document chooses.
    pub(crate) fn patterned_fields(self) -> Option<FieldType> {
        match self {
            K::Paths | K::Callback => Some(Object(K::PathItem)),
            K::Responses => Some(Object(K::Response)),
            K::SecurityRequirement => Some(Texts),
            _ => None,
        }
    }

    /// Returns the type of a field; `None` if the kind does not have it.
    pub(crate) fn field_type(self, key: &str) -> Option<FieldType> {
        self.patterned_fields()
            .or_else(|| self.fixed_fields().iter().find(|field| field.key == key).map(|field| field.field_type))
    }

    /// Returns whether a `$ref` may replace an object of this kind.
    pub(crate) fn may_be_reference(self) -> bool {
        matches!(
            self,
            K::Schema
                | K::Response
                | K::Parameter
                | K::Example
                | K::RequestBody
                | K::Header
                | K::SecurityScheme
                | K::Link
                | K::Callback
                | K::PathItem
        )
    }

    /// Returns whether `x-…` keys are extensions, and not names that the document chose.
    pub(crate) fn allows_extensions(self) -> bool {
        self != K::SecurityRequirement
    }

    /// Returns the section of `components` that holds such objects.
    pub(crate) fn components_section(self) -> Option<&'static str> {
        COMPONENTS.iter().find(|field| matches!(field.field_type, Map(kind) if kind == self)).map(|field| field.key)
    }

    /// Returns its name with an article.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            K::Document => "the document",
            K::Info => "an info object",
            K::Contact => "a contact",
            K::License => "a license",
            K::Server => "a server",
            K::ServerVariable => "a server variable",
            K::Tag => "a tag",
            K::ExternalDocs => "external docs",
            K::Paths => "a paths object",
            K::PathItem => "a path item",
            K::Operation => "an operation",
            K::Parameter => "a parameter",
            K::Header => "a header",
            K::RequestBody => "a request body",
            K::MediaType => "a media type",
            K::Encoding => "an encoding",
            K::Responses => "a responses object",
            K::Response => "a response",
            K::Example => "an example",
            K::Link => "a link",
            K::Components => "a components object",
            K::Schema => "a schema",
            K::Discriminator => "a discriminator",
            K::Xml => "an xml object",
            K::SecurityScheme => "a security scheme",
            K::Flows => "OAuth flows",
            K::Flow => "an OAuth flow",
            K::SecurityRequirement => "a security requirement",
            K::Callback => "a callback",
        }
    }
}

/// Returns the kind of object at a pointer; `None` if OpenAPI does not have an object there.
pub(crate) fn kind_at(pointer: &str) -> Option<ObjectKind> {
    let mut field_type = Object(K::Document);
    for segment in crate::pointer::segments(pointer) {
        field_type = match field_type {
            Object(kind) => kind.field_type(&segment)?,
            List(kind) | Map(kind) => Object(kind),
            SchemaOrBoolean => K::Schema.field_type(&segment)?,
            _ => return None,
        };
    }
    match field_type {
        Object(kind) => Some(kind),
        SchemaOrBoolean => Some(K::Schema),
        _ => None,
    }
}

const DOCUMENT: &[FixedField] = &[
    must("openapi", "3.0.3", Any),
    must("info", "{ title: Petstore, version: '1.0' }", Object(K::Info)),
    may("servers", List(K::Server)),
    must("paths", "{}", Object(K::Paths)),
    may("components", Object(K::Components)),
    may("security", List(K::SecurityRequirement)),
    may("tags", List(K::Tag)),
    may("externalDocs", Object(K::ExternalDocs)),
];

const INFO: &[FixedField] = &[
    must("title", "Petstore", Text),
    may("description", Text),
    may("termsOfService", Text),
    may("contact", Object(K::Contact)),
    may("license", Object(K::License)),
    must("version", "'1.0'", Text),
];

const CONTACT: &[FixedField] = &[may("name", Text), may("url", Text), may("email", Text)];

const LICENSE: &[FixedField] = &[must("name", "MIT", Text), may("url", Text)];

const SERVER: &[FixedField] =
    &[must("url", "https://api.example.com", Text), may("description", Text), may("variables", Map(K::ServerVariable))];

const SERVER_VARIABLE: &[FixedField] = &[may("enum", Texts), must("default", "v1", Text), may("description", Text)];

const TAG: &[FixedField] =
    &[must("name", "pets", Text), may("description", Text), may("externalDocs", Object(K::ExternalDocs))];

const EXTERNAL_DOCS: &[FixedField] = &[may("description", Text), must("url", "https://example.com/docs", Text)];

const PATH_ITEM: &[FixedField] = &[
    may("summary", Text),
    may("description", Text),
    may("get", Object(K::Operation)),
    may("put", Object(K::Operation)),
    may("post", Object(K::Operation)),
    may("delete", Object(K::Operation)),
    may("options", Object(K::Operation)),
    may("head", Object(K::Operation)),
    may("patch", Object(K::Operation)),
    may("trace", Object(K::Operation)),
    may("servers", List(K::Server)),
    may("parameters", List(K::Parameter)),
];

const OPERATION: &[FixedField] = &[
    may("tags", Texts),
    may("summary", Text),
    may("description", Text),
    may("externalDocs", Object(K::ExternalDocs)),
    may("operationId", Text),
    may("parameters", List(K::Parameter)),
    may("requestBody", Object(K::RequestBody)),
    must("responses", "{ '200': { description: Done } }", Object(K::Responses)),
    may("callbacks", Map(K::Callback)),
    may("deprecated", Boolean),
    may("security", List(K::SecurityRequirement)),
    may("servers", List(K::Server)),
];

/// The locations of a parameter.
pub(crate) const PARAMETER_LOCATIONS: &[&str] = &["path", "query", "header", "cookie"];

/// The styles of a parameter.
pub(crate) const PARAMETER_STYLES: &[&str] =
    &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"];

const PARAMETER: &[FixedField] = &[
    must("name", "limit", Text),
    must("in", "query", Word(PARAMETER_LOCATIONS)),
    may("description", Text),
    may("required", Boolean),
    may("deprecated", Boolean),
    may("allowEmptyValue", Boolean),
    may("style", Word(PARAMETER_STYLES)),
    may("explode", Boolean),
    may("allowReserved", Boolean),
    may("schema", Object(K::Schema)),
    may("example", Any),
    may("examples", Map(K::Example)),
    may("content", Map(K::MediaType)),
];

const HEADER: &[FixedField] = &[
    may("description", Text),
    may("required", Boolean),
    may("deprecated", Boolean),
    may("allowEmptyValue", Boolean),
    may("style", Word(&["simple"])),
    may("explode", Boolean),
    may("allowReserved", Boolean),
    may("schema", Object(K::Schema)),
    may("example", Any),
    may("examples", Map(K::Example)),
    may("content", Map(K::MediaType)),
];

const REQUEST_BODY: &[FixedField] = &[
    may("description", Text),
    must("content", "{ application/json: { schema: … } }", Map(K::MediaType)),
    may("required", Boolean),
];

const MEDIA_TYPE: &[FixedField] = &[
    may("schema", Object(K::Schema)),
    may("example", Any),
    may("examples", Map(K::Example)),
    may("encoding", Map(K::Encoding)),
];

const ENCODING: &[FixedField] = &[
    may("contentType", Text),
    may("headers", Map(K::Header)),
    may("style", Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
    may("explode", Boolean),
    may("allowReserved", Boolean),
];

const RESPONSE: &[FixedField] = &[
    must("description", "Done", Text),
    may("headers", Map(K::Header)),
    may("content", Map(K::MediaType)),
    may("links", Map(K::Link)),
];

const EXAMPLE: &[FixedField] =
    &[may("summary", Text), may("description", Text), may("value", Any), may("externalValue", Text)];

const LINK: &[FixedField] = &[
    may("operationRef", Text),
    may("operationId", Text),
    may("parameters", AnyMap),
    may("requestBody", Any),
    may("description", Text),
    may("server", Object(K::Server)),
];

const COMPONENTS: &[FixedField] = &[
    may("schemas", Map(K::Schema)),
    may("responses", Map(K::Response)),
    may("parameters", Map(K::Parameter)),
    may("examples", Map(K::Example)),
    may("requestBodies", Map(K::RequestBody)),
    may("headers", Map(K::Header)),
    may("securitySchemes", Map(K::SecurityScheme)),
    may("links", Map(K::Link)),
    may("callbacks", Map(K::Callback)),
];

/// The types of a schema.
pub(crate) const SCHEMA_TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

const SCHEMA: &[FixedField] = &[
    may("title", Text),
    may("multipleOf", Number),
    may("maximum", Number),
    may("exclusiveMaximum", Boolean),
    may("minimum", Number),
    may("exclusiveMinimum", Boolean),
    may("maxLength", Count),
    may("minLength", Count),
    may("pattern", Text),
    may("maxItems", Count),
    may("minItems", Count),
    may("uniqueItems", Boolean),
    may("maxProperties", Count),
    may("minProperties", Count),
    may("required", Texts),
    may("enum", Values),
    may("type", Word(SCHEMA_TYPES)),
    may("allOf", List(K::Schema)),
    may("oneOf", List(K::Schema)),
    may("anyOf", List(K::Schema)),
    may("not", Object(K::Schema)),
    may("items", Object(K::Schema)),
    may("properties", Map(K::Schema)),
    may("additionalProperties", SchemaOrBoolean),
    may("description", Text),
    may("format", Text),
    may("default", Any),
    may("nullable", Boolean),
    may("discriminator", Object(K::Discriminator)),
    may("readOnly", Boolean),
    may("writeOnly", Boolean),
    may("xml", Object(K::Xml)),
    may("externalDocs", Object(K::ExternalDocs)),
    may("example", Any),
    may("deprecated", Boolean),
];

const DISCRIMINATOR: &[FixedField] = &[must("propertyName", "type", Text), may("mapping", TextMap)];

const XML: &[FixedField] = &[
    may("name", Text),
    may("namespace", Text),
    may("prefix", Text),
    may("attribute", Boolean),
    may("wrapped", Boolean),
];

const SECURITY_SCHEME: &[FixedField] = &[
    must("type", "http", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
    may("description", Text),
    may("name", Text),
    may("in", Word(&["query", "header", "cookie"])),
    may("scheme", Text),
    may("bearerFormat", Text),
    may("flows", Object(K::Flows)),
    may("openIdConnectUrl", Text),
];

const FLOWS: &[FixedField] = &[
    may("implicit", Object(K::Flow)),
    may("password", Object(K::Flow)),
    may("clientCredentials", Object(K::Flow)),
    may("authorizationCode", Object(K::Flow)),
];

const FLOW: &[FixedField] =
    &[may("authorizationUrl", Text), may("tokenUrl", Text), may("refreshUrl", Text), must("scopes", "{}", TextMap)];

#[cfg(test)]
mod tests {
    use super::{ObjectKind, kind_at};

    #[test]
    fn pointers_have_the_kind_of_their_object() {
        for (pointer, expected) in [
            ("", Some(ObjectKind::Document)),
            ("/components/schemas/A", Some(ObjectKind::Schema)),
            ("/components/schemas/A/properties/b/items", Some(ObjectKind::Schema)),
            ("/components/schemas/A/additionalProperties/not", Some(ObjectKind::Schema)),
            ("/paths/~1a/get/responses/200", Some(ObjectKind::Response)),
            ("/paths/~1a/get/callbacks/done/x/post", Some(ObjectKind::Operation)),
            ("/components/schemas", None),
            ("/components/schemas/A/example/properties/b", None),
            ("/components/nonsense/A", None),
        ] {
            assert_eq!(kind_at(pointer), expected, "{pointer}");
        }
    }

    #[test]
    fn only_kinds_of_components_have_a_section() {
        assert_eq!(ObjectKind::RequestBody.components_section(), Some("requestBodies"));
        assert_eq!(ObjectKind::PathItem.components_section(), None);
    }
}
