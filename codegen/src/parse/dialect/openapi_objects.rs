//! The objects of OpenAPI 3.0.3, as data: which keys each has, of which shape, and which of them are required.

use super::extensions::Site;

/// A kind of object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are OpenAPI's")]
pub(crate) enum Kind {
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

/// What a value must be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Anything.
    Any,
    /// A string.
    Text,
    /// A boolean.
    Flag,
    /// A number.
    Number,
    /// A whole number from zero.
    Count,
    /// One of these strings.
    Word(&'static [&'static str]),
    /// An array of strings.
    Texts,
    /// An array of anything.
    Values,
    /// An object with strings.
    TextMap,
    /// An object with anything.
    AnyMap,
    /// An object of a kind.
    Object(Kind),
    /// An array of such.
    List(Kind),
    /// An object with such under free names.
    Map(Kind),
    /// A schema or a boolean.
    SchemaOrFlag,
}

/// A key of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// The key.
    pub(crate) key: &'static str,
    /// What stands behind it.
    pub(crate) shape: Shape,
    /// An example of what stands behind it, if it must be there.
    pub(crate) required: Option<&'static str>,
}

/// An optional key.
const fn may(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, required: None }
}

/// A required key.
const fn must(key: &'static str, example: &'static str, shape: Shape) -> Field {
    Field { key, shape, required: Some(example) }
}

use Kind as K;
use Shape::{Any, AnyMap, Count, Flag, List, Map, Number, Object, SchemaOrFlag, Text, TextMap, Texts, Values, Word};

impl Kind {
    /// The keys. Kinds with free keys have none.
    pub(crate) fn fields(self) -> &'static [Field] {
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

    /// The shape behind keys that the document chooses.
    pub(crate) fn free(self) -> Option<Shape> {
        match self {
            K::Paths | K::Callback => Some(Object(K::PathItem)),
            K::Responses => Some(Object(K::Response)),
            K::SecurityRequirement => Some(Texts),
            _ => None,
        }
    }

    /// The shape behind a key.
    pub(crate) fn shape(self, key: &str) -> Option<Shape> {
        self.free().or_else(|| self.fields().iter().find(|field| field.key == key).map(|field| field.shape))
    }

    /// Whether a `$ref` may stand in its place.
    pub(crate) fn by_reference(self) -> bool {
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

    /// Whether `x-…` keys are extensions of it, and not names that the document chose.
    pub(crate) fn extensible(self) -> bool {
        self != K::SecurityRequirement
    }

    /// Where its extensions stand, if we have some there.
    pub(crate) fn site(self) -> Option<Site> {
        match self {
            K::Document => Some(Site::Document),
            K::Schema => Some(Site::Schema),
            K::Operation => Some(Site::Operation),
            K::Parameter => Some(Site::Parameter),
            K::Server => Some(Site::Server),
            K::SecurityScheme => Some(Site::SecurityScheme),
            _ => None,
        }
    }

    /// The section of `components` that holds such objects.
    pub(crate) fn section(self) -> Option<&'static str> {
        COMPONENTS.iter().find(|field| matches!(field.shape, Map(kind) if kind == self)).map(|field| field.key)
    }

    /// Its name with its article.
    pub(crate) fn name(self) -> &'static str {
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

/// The kind of object that a pointer leads to; `None` where it is none, or where there is nothing.
pub(crate) fn kind_at(pointer: &str) -> Option<Kind> {
    let mut shape = Object(K::Document);
    for segment in crate::pointer::segments(pointer) {
        shape = match shape {
            Object(kind) => kind.shape(&segment)?,
            List(kind) | Map(kind) => Object(kind),
            SchemaOrFlag => K::Schema.shape(&segment)?,
            _ => return None,
        };
    }
    match shape {
        Object(kind) => Some(kind),
        SchemaOrFlag => Some(K::Schema),
        _ => None,
    }
}

const DOCUMENT: &[Field] = &[
    must("openapi", "3.0.3", Any),
    must("info", "{ title: Petstore, version: '1.0' }", Object(K::Info)),
    may("servers", List(K::Server)),
    must("paths", "{}", Object(K::Paths)),
    may("components", Object(K::Components)),
    may("security", List(K::SecurityRequirement)),
    may("tags", List(K::Tag)),
    may("externalDocs", Object(K::ExternalDocs)),
];

const INFO: &[Field] = &[
    must("title", "Petstore", Text),
    may("description", Text),
    may("termsOfService", Text),
    may("contact", Object(K::Contact)),
    may("license", Object(K::License)),
    must("version", "'1.0'", Text),
];

const CONTACT: &[Field] = &[may("name", Text), may("url", Text), may("email", Text)];

const LICENSE: &[Field] = &[must("name", "MIT", Text), may("url", Text)];

const SERVER: &[Field] =
    &[must("url", "https://api.example.com", Text), may("description", Text), may("variables", Map(K::ServerVariable))];

const SERVER_VARIABLE: &[Field] = &[may("enum", Texts), must("default", "v1", Text), may("description", Text)];

const TAG: &[Field] =
    &[must("name", "pets", Text), may("description", Text), may("externalDocs", Object(K::ExternalDocs))];

const EXTERNAL_DOCS: &[Field] = &[may("description", Text), must("url", "https://example.com/docs", Text)];

const PATH_ITEM: &[Field] = &[
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

const OPERATION: &[Field] = &[
    may("tags", Texts),
    may("summary", Text),
    may("description", Text),
    may("externalDocs", Object(K::ExternalDocs)),
    may("operationId", Text),
    may("parameters", List(K::Parameter)),
    may("requestBody", Object(K::RequestBody)),
    must("responses", "{ '200': { description: Done } }", Object(K::Responses)),
    may("callbacks", Map(K::Callback)),
    may("deprecated", Flag),
    may("security", List(K::SecurityRequirement)),
    may("servers", List(K::Server)),
];

/// The locations of a parameter.
pub(crate) const LOCATIONS: &[&str] = &["path", "query", "header", "cookie"];

const STYLES: &[&str] = &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"];

const PARAMETER: &[Field] = &[
    must("name", "limit", Text),
    must("in", "query", Word(LOCATIONS)),
    may("description", Text),
    may("required", Flag),
    may("deprecated", Flag),
    may("allowEmptyValue", Flag),
    may("style", Word(STYLES)),
    may("explode", Flag),
    may("allowReserved", Flag),
    may("schema", Object(K::Schema)),
    may("example", Any),
    may("examples", Map(K::Example)),
    may("content", Map(K::MediaType)),
];

const HEADER: &[Field] = &[
    may("description", Text),
    may("required", Flag),
    may("deprecated", Flag),
    may("allowEmptyValue", Flag),
    may("style", Word(&["simple"])),
    may("explode", Flag),
    may("allowReserved", Flag),
    may("schema", Object(K::Schema)),
    may("example", Any),
    may("examples", Map(K::Example)),
    may("content", Map(K::MediaType)),
];

const REQUEST_BODY: &[Field] = &[
    may("description", Text),
    must("content", "{ application/json: { schema: … } }", Map(K::MediaType)),
    may("required", Flag),
];

const MEDIA_TYPE: &[Field] = &[
    may("schema", Object(K::Schema)),
    may("example", Any),
    may("examples", Map(K::Example)),
    may("encoding", Map(K::Encoding)),
];

const ENCODING: &[Field] = &[
    may("contentType", Text),
    may("headers", Map(K::Header)),
    may("style", Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
    may("explode", Flag),
    may("allowReserved", Flag),
];

const RESPONSE: &[Field] = &[
    must("description", "Done", Text),
    may("headers", Map(K::Header)),
    may("content", Map(K::MediaType)),
    may("links", Map(K::Link)),
];

const EXAMPLE: &[Field] =
    &[may("summary", Text), may("description", Text), may("value", Any), may("externalValue", Text)];

const LINK: &[Field] = &[
    may("operationRef", Text),
    may("operationId", Text),
    may("parameters", AnyMap),
    may("requestBody", Any),
    may("description", Text),
    may("server", Object(K::Server)),
];

const COMPONENTS: &[Field] = &[
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
pub(crate) const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

const SCHEMA: &[Field] = &[
    may("title", Text),
    may("multipleOf", Number),
    may("maximum", Number),
    may("exclusiveMaximum", Flag),
    may("minimum", Number),
    may("exclusiveMinimum", Flag),
    may("maxLength", Count),
    may("minLength", Count),
    may("pattern", Text),
    may("maxItems", Count),
    may("minItems", Count),
    may("uniqueItems", Flag),
    may("maxProperties", Count),
    may("minProperties", Count),
    may("required", Texts),
    may("enum", Values),
    may("type", Word(TYPES)),
    may("allOf", List(K::Schema)),
    may("oneOf", List(K::Schema)),
    may("anyOf", List(K::Schema)),
    may("not", Object(K::Schema)),
    may("items", Object(K::Schema)),
    may("properties", Map(K::Schema)),
    may("additionalProperties", SchemaOrFlag),
    may("description", Text),
    may("format", Text),
    may("default", Any),
    may("nullable", Flag),
    may("discriminator", Object(K::Discriminator)),
    may("readOnly", Flag),
    may("writeOnly", Flag),
    may("xml", Object(K::Xml)),
    may("externalDocs", Object(K::ExternalDocs)),
    may("example", Any),
    may("deprecated", Flag),
];

const DISCRIMINATOR: &[Field] = &[must("propertyName", "type", Text), may("mapping", TextMap)];

const XML: &[Field] =
    &[may("name", Text), may("namespace", Text), may("prefix", Text), may("attribute", Flag), may("wrapped", Flag)];

const SECURITY_SCHEME: &[Field] = &[
    must("type", "http", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
    may("description", Text),
    may("name", Text),
    may("in", Word(&["query", "header", "cookie"])),
    may("scheme", Text),
    may("bearerFormat", Text),
    may("flows", Object(K::Flows)),
    may("openIdConnectUrl", Text),
];

const FLOWS: &[Field] = &[
    may("implicit", Object(K::Flow)),
    may("password", Object(K::Flow)),
    may("clientCredentials", Object(K::Flow)),
    may("authorizationCode", Object(K::Flow)),
];

const FLOW: &[Field] =
    &[may("authorizationUrl", Text), may("tokenUrl", Text), may("refreshUrl", Text), must("scopes", "{}", TextMap)];

#[cfg(test)]
mod tests {
    use super::{Kind, kind_at};

    #[test]
    fn pointers_lead_to_kinds() {
        for (pointer, expected) in [
            ("", Some(Kind::Document)),
            ("/components/schemas/A", Some(Kind::Schema)),
            ("/components/schemas/A/properties/b/items", Some(Kind::Schema)),
            ("/components/schemas/A/additionalProperties/not", Some(Kind::Schema)),
            ("/paths/~1a/get/responses/200", Some(Kind::Response)),
            ("/paths/~1a/get/callbacks/done/x/post", Some(Kind::Operation)),
            ("/components/schemas", None),
            ("/components/schemas/A/example/properties/b", None),
            ("/components/nonsense/A", None),
        ] {
            assert_eq!(kind_at(pointer), expected, "{pointer}");
        }
    }

    #[test]
    fn every_referenced_component_kind_has_its_section() {
        assert_eq!(Kind::RequestBody.section(), Some("requestBodies"));
        assert_eq!(Kind::PathItem.section(), None);
    }
}
