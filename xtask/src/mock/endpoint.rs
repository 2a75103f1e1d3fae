//! An operation of the spec with everything that the mock derives from it before the first request.

use super::pagination::Pagination;
use super::rejection::Problem;
use super::responses::{ErrorResponses, SuccessResponse};
use super::values::unaliased;
use chatkit_codegen::LoweredDocument;
use chatkit_codegen::ir::{
    Api, Operation, Parameter, ParameterContent, ParameterLocation, SecurityScheme, Style, Type, TypeKind,
};
use chatkit_codegen::pointer::join;
use indexmap::IndexMap;

/// An operation, ready to be called.
#[derive(Debug)]
pub(super) struct Endpoint {
    pub(super) operation: Operation,
    pub(super) parameters: Vec<EndpointParameter>,
    pub(super) success: SuccessResponse,
    pub(super) errors: ErrorResponses,
    /// How the example is cut into pages.
    pub(super) pagination: Option<Pagination>,
}

/// A parameter, and the pointer of its schema.
#[derive(Debug)]
pub(super) struct EndpointParameter {
    pub(super) definition: Parameter,
    pub(super) schema: String,
}

impl Endpoint {
    pub(super) fn new(source: &LoweredDocument, operation: &Operation) -> Self {
        let success = SuccessResponse::new(&source.document, operation);
        let parameters = operation.parameters.iter().map(|parameter| {
            let at = source.document.resolve(&parameter.pointer);
            let at = at.map_or_else(|| parameter.pointer.clone(), |(pointer, _)| pointer);
            let schema = match &parameter.content {
                ParameterContent::Styled { .. } => join(&at, "schema"),
                ParameterContent::Media(media) => join(&media.pointer, "schema"),
            };
            EndpointParameter { definition: parameter.clone(), schema }
        });
        Self {
            parameters: parameters.collect(),
            errors: ErrorResponses::new(&source.document, operation, &success),
            pagination: success.example().and_then(|page| Pagination::new(&source.api, operation, page)),
            success,
            operation: operation.clone(),
        }
    }

    /// Returns the pointers of all schemas that a request is checked against.
    pub(super) fn schemas(&self) -> impl Iterator<Item = String> {
        let bodies = self.operation.body.iter().flat_map(|body| &body.content);
        let bodies = bodies.filter(|media| media.schema.is_some()).map(|media| join(&media.pointer, "schema"));
        self.parameters.iter().map(|parameter| parameter.schema.clone()).chain(bodies)
    }

    /// Returns its security requirements, of which one has to be met.
    pub(super) fn security<'a>(&'a self, api: &'a Api) -> &'a [IndexMap<String, Vec<String>>] {
        self.operation.security.as_deref().unwrap_or(&api.security)
    }

    /// Returns the schemes that its security requirements name.
    pub(super) fn schemes<'a>(&'a self, api: &'a Api) -> impl Iterator<Item = &'a SecurityScheme> {
        self.security(api).iter().flat_map(IndexMap::keys).filter_map(|name| api.security_schemes.get(name))
    }

    /// Returns whether a query parameter has the style `deepObject`, such as `filter[name]=value`.
    pub(super) fn is_deep(&self, name: &str) -> bool {
        self.parameters.iter().map(|parameter| &parameter.definition).any(|parameter| {
            let deep = matches!(parameter.content, ParameterContent::Styled { style: Style::DeepObject, .. });
            deep && parameter.location == ParameterLocation::Query && parameter.name == name
        })
    }
}

impl EndpointParameter {
    /// Returns a problem with its value.
    pub(super) fn problem(&self, message: &str) -> Problem {
        let kind = match self.definition.location {
            ParameterLocation::Path => "path parameter",
            ParameterLocation::Query => "query parameter",
            ParameterLocation::Header => "header",
            ParameterLocation::Cookie => "cookie",
        };
        Problem::new(kind, &self.definition.name, message)
    }

    /// Returns whether the mock cannot read its style: an object, or a path style with dots or semicolons.
    pub(super) fn is_unsupported(&self, api: &Api) -> bool {
        let ParameterContent::Styled { schema, style, .. } = &self.definition.content else { return false };
        let object = match unaliased(api, schema) {
            Type::Map(_) => true,
            Type::Named(id) => matches!(api.type_def(*id).kind, TypeKind::Object(_)),
            _ => false,
        };
        object || matches!(style, Style::Matrix | Style::Label | Style::DeepObject)
    }
}
