//! An operation of the spec, made ready to be called.

use super::pagination::Pagination;
use super::responses::{ErrorResponses, SuccessResponse};
use chatkit_codegen::Source;
use chatkit_codegen::ir::{
    Api, Location, Operation, Parameter, ParameterContent, SecurityScheme, Style, Type, TypeKind,
};
use chatkit_codegen::pointer::join;
use indexmap::IndexMap;

use super::values::behind;

/// An operation, and what is known of it before the first request.
#[derive(Debug)]
pub(super) struct Endpoint {
    pub(super) operation: Operation,
    pub(super) inputs: Vec<EndpointParameter>,
    /// What it answers when nothing is wrong.
    pub(super) answer: SuccessResponse,
    pub(super) errors: ErrorResponses,
    /// How the answer is cut into pages.
    pub(super) pagination: Option<Pagination>,
}

/// A parameter, and where its schema is.
#[derive(Debug)]
pub(super) struct EndpointParameter {
    pub(super) parameter: Parameter,
    pub(super) schema: String,
}

impl Endpoint {
    pub(super) fn new(source: &Source, operation: &Operation) -> Self {
        let answer = SuccessResponse::new(&source.document, operation);
        let inputs = operation.parameters.iter().map(|parameter| {
            let at = source.document.resolve(&parameter.pointer);
            let at = at.map_or_else(|| parameter.pointer.clone(), |(pointer, _)| pointer);
            let schema = match &parameter.content {
                ParameterContent::Styled { .. } => join(&at, "schema"),
                ParameterContent::Media(media) => join(&media.pointer, "schema"),
            };
            EndpointParameter { parameter: parameter.clone(), schema }
        });
        Self {
            inputs: inputs.collect(),
            errors: ErrorResponses::new(&source.document, operation, &answer),
            pagination: answer.example().and_then(|page| Pagination::new(&source.api, operation, page)),
            answer,
            operation: operation.clone(),
        }
    }

    /// The pointers of all schemas that a request is checked against.
    pub(super) fn schemas(&self) -> impl Iterator<Item = String> {
        let bodies = self.operation.body.iter().flat_map(|body| &body.content);
        let bodies = bodies.filter(|media| media.schema.is_some()).map(|media| join(&media.pointer, "schema"));
        self.inputs.iter().map(|input| input.schema.clone()).chain(bodies)
    }

    /// The alternatives of its credentials.
    pub(super) fn security<'a>(&'a self, api: &'a Api) -> &'a [IndexMap<String, Vec<String>>] {
        self.operation.security.as_deref().unwrap_or(&api.security)
    }

    /// The schemes that its alternatives consist of.
    pub(super) fn schemes<'a>(&'a self, api: &'a Api) -> impl Iterator<Item = &'a SecurityScheme> {
        self.security(api).iter().flat_map(IndexMap::keys).filter_map(|name| api.security_schemes.get(name))
    }

    /// Whether a query parameter is written as in `filter[name]=value`.
    pub(super) fn is_deep(&self, name: &str) -> bool {
        self.inputs.iter().any(|input| {
            let deep = matches!(input.parameter.content, ParameterContent::Styled { style: Style::DeepObject, .. });
            deep && input.parameter.location == Location::Query && input.parameter.name == name
        })
    }
}

impl EndpointParameter {
    /// What messages call it.
    pub(super) fn kind(&self) -> &'static str {
        match self.parameter.location {
            Location::Path => "path parameter",
            Location::Query => "query parameter",
            Location::Header => "header",
            Location::Cookie => "cookie",
        }
    }

    /// Whether it is written in a way that is not read: an object, or with dots or semicolons in a path.
    pub(super) fn is_unread(&self, api: &Api) -> bool {
        let ParameterContent::Styled { schema, style, .. } = &self.parameter.content else { return false };
        let object = match behind(api, schema) {
            Type::Map(_) => true,
            Type::Named(id) => matches!(api.type_def(*id).kind, TypeKind::Object(_)),
            _ => false,
        };
        object || matches!(style, Style::Matrix | Style::Label | Style::DeepObject)
    }
}
