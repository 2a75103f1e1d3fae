//! The signature of an operation's call: its arguments, its body and its output.

use proc_macro2::Ident;

use super::context::Context;
use super::identifiers::ident;
use super::media_choice::{preferred, success};
use super::rust_type::RustType;
use super::setter_parameters;
use crate::ir::{Body, MediaType, Operation, Parameter, ParameterContent, Schema, Type, is_json};
use crate::rust_name;

/// An operation as its callers see it.
pub struct CallSignature<'a> {
    pub operation: &'a Operation,
    /// The parameters that a caller passes.
    pub arguments: Vec<Argument<'a>>,
    pub body: Option<BodyArgument<'a>>,
    pub output: Output<'a>,
}

/// A parameter that a caller passes.
pub struct Argument<'a> {
    pub parameter: &'a Parameter,
    pub schema: &'a Schema,
}

/// A request body that a caller passes.
pub struct BodyArgument<'a> {
    pub body: &'a Body,
    pub media: &'a MediaType,
    /// Its schema, if it is JSON with a schema.
    pub schema: Option<&'a Schema>,
}

/// The content of a successful response.
pub enum Output<'a> {
    Nothing,
    Json(Option<&'a Schema>),
    Bytes,
}

impl<'a> CallSignature<'a> {
    pub fn new(operation: &'a Operation) -> Self {
        let passed = operation.parameters.iter().filter(|each| each.constant.is_none() && each.environment.is_none());
        Self {
            operation,
            arguments: passed.filter_map(argument).collect(),
            body: operation.body.as_ref().and_then(body_argument),
            output: output(operation),
        }
    }

    /// Returns the name of the call's struct.
    pub fn ident(&self) -> Ident {
        ident(&self.operation.type_name)
    }

    /// Returns the name of the call's modules.
    pub fn module(&self) -> String {
        rust_name::file(&self.operation.type_name)
    }

    /// Returns the arguments of the resource's method.
    pub fn required(&self) -> impl Iterator<Item = &Argument<'a>> {
        self.arguments.iter().filter(|argument| argument.parameter.required)
    }

    /// Returns the arguments of the setters.
    pub fn optional(&self) -> impl Iterator<Item = &Argument<'a>> {
        self.arguments.iter().filter(|argument| !argument.parameter.required)
    }

    /// Returns the body, if the resource's method takes it.
    pub fn required_body(&self) -> Option<&BodyArgument<'a>> {
        self.body.as_ref().filter(|argument| argument.body.required)
    }

    /// Returns the body, if a setter takes it.
    pub fn optional_body(&self) -> Option<&BodyArgument<'a>> {
        self.body.as_ref().filter(|argument| !argument.body.required)
    }

    /// Returns the types of all arguments.
    pub fn types(&self) -> impl Iterator<Item = &Type> {
        let body = self.body.iter().filter_map(|argument| argument.schema);
        self.arguments.iter().map(|argument| argument.schema).chain(body).map(|schema| &schema.ty)
    }

    /// Returns the types of the arguments of the resource's method.
    pub fn required_types(&self) -> impl Iterator<Item = &Type> {
        let body = self.required_body().and_then(|argument| argument.schema);
        self.required().map(|argument| argument.schema).chain(body).map(|schema| &schema.ty)
    }
}

fn argument(parameter: &Parameter) -> Option<Argument<'_>> {
    let schema = parameter_schema(parameter)?;
    Some(Argument { parameter, schema })
}

/// Returns the schema of a parameter, or `None` if it is described by a media type without a schema.
fn parameter_schema(parameter: &Parameter) -> Option<&Schema> {
    match &parameter.content {
        ParameterContent::Styled { schema, .. } => Some(schema),
        ParameterContent::Media(media) => media.schema.as_ref(),
    }
}

fn body_argument(body: &Body) -> Option<BodyArgument<'_>> {
    let media = preferred(&body.content)?;
    Some(BodyArgument { body, media, schema: media.schema.as_ref().filter(|_| is_json(&media.name)) })
}

fn output(operation: &Operation) -> Output<'_> {
    match success(operation) {
        None => Output::Nothing,
        Some(media) if is_json(&media.name) => Output::Json(media.schema.as_ref()),
        Some(_) => Output::Bytes,
    }
}

impl Argument<'_> {
    /// Returns its name, raw if it is a keyword.
    pub fn ident(&self) -> Ident {
        ident(&self.parameter.rust_name)
    }

    /// Returns the type of the parameter that takes it.
    pub fn ty<'a>(&self, context: &Context<'a>) -> RustType<'a> {
        let ty = context.types.rust_type(&self.schema.ty);
        if self.takes_into(context) { ty.into() } else { ty }
    }

    /// Returns whether the parameter that takes it converts by `into`.
    pub fn takes_into(&self, context: &Context<'_>) -> bool {
        setter_parameters::takes_into(context, &self.schema.ty)
    }
}

impl BodyArgument<'_> {
    /// Returns the type of the body.
    pub fn ty<'a>(&self, context: &Context<'a>) -> RustType<'a> {
        match self.schema {
            Some(schema) => context.types.schema_type(schema),
            None if is_json(&self.media.name) => RustType::Json,
            None => RustType::Bytes,
        }
    }
}

impl Output<'_> {
    /// Returns the type of the decoded response.
    pub fn ty<'a>(&self, context: &Context<'a>) -> RustType<'a> {
        match self {
            Self::Nothing => RustType::Unit,
            Self::Bytes => RustType::Bytes,
            Self::Json(None) => RustType::Json,
            Self::Json(Some(schema)) => context.types.schema_type(schema),
        }
    }
}
