//! The wire code of calls.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::call_signature::{Argument, BodyArgument, CallSignature, Output};
use super::context::Context;
use super::identifiers::mentions;
use super::media_choice::accepted_type;
use super::rust_type::TypePath;
use super::{correction_table, json_literal, pagination_wire, validate};
use crate::ir::{Parameter, ParameterContent, ParameterLocation, Schema, Style, Type, is_json};

/// Emits the wire code of a call.
pub fn wire(context: &Context<'_>, call: &CallSignature<'_>, credentials: &[usize], headers: &[usize]) -> TokenStream {
    let name = call.ident();
    let operation = call.operation;
    let (id, path) = (operation.id.as_deref().unwrap_or(&operation.type_name), &operation.path);
    let accept = accepted_type(operation);
    let method = format_ident!("{}", operation.method);
    let credentials = credentials.iter().map(|index| Literal::usize_unsuffixed(*index));
    let headers = headers.iter().map(|index| Literal::usize_unsuffixed(*index));
    let output = call.output.ty(context).tokens(TypePath::Qualified);
    let check = check(context, call);
    let write = write(context, call);
    let decode = decode(context, call);
    let paged = pagination_wire::paged(context, call);
    let code = quote! {
        impl Operation for #name {
            type Output = #output;

            const INFO: &'static OperationInfo = &OperationInfo {
                id: #id,
                method: http::Method::#method,
                path: #path,
                accept: #accept,
                credentials: &[#(#credentials),*],
                headers: &[#(#headers),*],
            };

            fn call(&self) -> &Call {
                &self.call
            }

            #check
            #write
            #decode
        }

        #paged
    };
    let imports = imports(call, &code);
    quote! { #imports #code }
}

/// Emits the imports of the names in the wire code of a call.
fn imports(call: &CallSignature<'_>, code: &TokenStream) -> TokenStream {
    let name = call.ident();
    let some = |mentioned: &str, import: TokenStream| mentions(code, mentioned).then_some(import);
    // The call's own `check` needs no import. A nested value's `check` does.
    let nested = code.to_string().contains("value . check");
    let bounds = match (nested, mentions(code, "Checker")) {
        (true, _) => Some(quote! { use crate::support::validate::{Check, Checker}; }),
        (false, true) => Some(quote! { use crate::support::validate::Checker; }),
        (false, false) => None,
    };
    let style = match (mentions(code, "ParameterStyle"), mentions(code, "Style")) {
        (true, true) => Some(quote! { use crate::runtime::style::{ParameterStyle, Style}; }),
        (true, false) => Some(quote! { use crate::runtime::style::ParameterStyle; }),
        (false, _) => None,
    };
    let models = some("models", quote! { use crate::models; });
    let paging = some("Direction", quote! { use crate::runtime::paging::{Direction, Paged}; });
    let shape = some("Shape", quote! { use crate::support::correction::Shape; });
    quote! {
        use bytes::Bytes;

        #models
        use crate::operations::#name;
        use crate::runtime::call::Call;
        use crate::runtime::operation::Operation;
        use crate::runtime::operation_info::OperationInfo;
        #paging
        use crate::runtime::request_builder::RequestBuilder;
        use crate::runtime::response_body;
        #style
        #shape
        use crate::support::lenient::Lenient;
        #bounds
    }
}

fn check(context: &Context<'_>, call: &CallSignature<'_>) -> Option<TokenStream> {
    let arguments = call.arguments.iter().filter_map(|argument| {
        let (name, wire) = (argument.ident(), &argument.parameter.name);
        let body = validate::nested(context, &Schema { nullable: false, ..argument.schema.clone() })?;
        let check = quote! { let checker = &mut checker.property(#wire); #body };
        Some(if argument.parameter.required {
            quote! { { let value = &self.#name; #check } }
        } else {
            quote! { if let Some(value) = &self.#name { #check } }
        })
    });
    let body = call.body.as_ref().and_then(|argument| {
        let check = validate::nested(context, argument.schema?)?;
        Some(if argument.body.required {
            quote! { { let value = &self.body; #check } }
        } else {
            quote! { if let Some(value) = &self.body { #check } }
        })
    });
    let checks: Vec<_> = arguments.chain(body).collect();
    (!checks.is_empty()).then(|| quote! { fn check(&self, checker: &mut Checker<'_>) { #(#checks)* } })
}

fn write(context: &Context<'_>, call: &CallSignature<'_>) -> TokenStream {
    let parameters = call.operation.parameters.iter().filter(|each| each.environment.is_none());
    let lines: Vec<_> = parameters.filter_map(|parameter| parameter_line(context, call, parameter)).collect();
    let body = call.body.as_ref().map(body_line);
    let unused = (lines.is_empty() && body.is_none()).then(|| quote! { let _ = request; });
    quote! { fn write(&self, request: &mut RequestBuilder) { #unused #(#lines)* #body } }
}

/// Emits the statement that writes a parameter, or `None` if the call does not have it.
fn parameter_line(context: &Context<'_>, call: &CallSignature<'_>, parameter: &Parameter) -> Option<TokenStream> {
    if let Some((name, value)) = constant_header(parameter) {
        return Some(quote! {
            request.constant_header(
                const { http::HeaderName::from_static(#name) },
                const { http::HeaderValue::from_static(#value) },
            );
        });
    }
    if let Some(constant) = &parameter.constant {
        let value = json_literal::scalar(constant)?;
        return Some(styled_line(parameter, &quote! { &#value }, true));
    }
    let argument = call.arguments.iter().find(|argument| std::ptr::eq(argument.parameter, parameter))?;
    let field = argument.ident();
    if is_segment(context, argument) {
        let name = &parameter.name;
        return Some(quote! { request.segment(#name, &self.#field); });
    }
    let value = if parameter.required {
        quote! { &self.#field }
    } else {
        quote! { self.#field.as_ref() }
    };
    Some(styled_line(parameter, &value, parameter.required))
}

fn body_line(argument: &BodyArgument<'_>) -> TokenStream {
    let media = &argument.media.name;
    let method = if is_json(media) {
        quote! { json }
    } else {
        quote! { bytes }
    };
    let value = if argument.body.required {
        quote! { Some(&self.body) }
    } else {
        quote! { self.body.as_ref() }
    };
    quote! { request.#method(#media, #value); }
}

/// Returns the name and value of a header that is constant, is not written as JSON, and can be sent.
fn constant_header(parameter: &Parameter) -> Option<(String, &str)> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let is_value = |byte: u8| matches!(byte, b'\t' | b' '..=b'~');
    match (&parameter.location, &parameter.content, &parameter.constant) {
        (ParameterLocation::Header, ParameterContent::Styled { .. }, Some(Value::String(value)))
            if parameter.name.bytes().all(is_name) && value.bytes().all(is_value) =>
        {
            Some((parameter.name.to_ascii_lowercase(), value))
        }
        _ => None,
    }
}

/// Returns whether an argument is a string that is a segment of the path.
fn is_segment(context: &Context<'_>, argument: &Argument<'_>) -> bool {
    let Parameter {
        location: ParameterLocation::Path,
        content: ParameterContent::Styled { style: Style::Simple, .. },
        ..
    } = argument.parameter
    else {
        return false;
    };
    let Type::String(text) = context.types.resolve(&argument.schema.ty) else { return false };
    !text.secret && !argument.schema.nullable
}

/// Emits the statement that writes a parameter by its style. `value` is an `Option`, unless `always` is set.
fn styled_line(parameter: &Parameter, value: &TokenStream, always: bool) -> TokenStream {
    let (name, form) = (&parameter.name, form(parameter));
    let optional = if always {
        quote! { Some(#value) }
    } else {
        value.clone()
    };
    let reserved = parameter.allow_reserved;
    match parameter.location {
        ParameterLocation::Path => quote! { request.path(#name, #value, #form); },
        ParameterLocation::Query => quote! { request.query(#name, #optional, #form, #reserved); },
        ParameterLocation::Header => quote! { request.header(#name, #optional, #form); },
        ParameterLocation::Cookie => quote! { request.cookie(#name, #optional, #form); },
    }
}

fn form(parameter: &Parameter) -> TokenStream {
    let (style, explode) = match &parameter.content {
        ParameterContent::Media(_) => (quote! { Json }, false),
        ParameterContent::Styled { style, explode, .. } => {
            let style = match style {
                Style::Matrix => quote! { Matrix },
                Style::Label => quote! { Label },
                Style::Simple => quote! { Simple },
                Style::Form => quote! { Form },
                Style::SpaceDelimited => quote! { SpaceDelimited },
                Style::PipeDelimited => quote! { PipeDelimited },
                Style::DeepObject => quote! { DeepObject },
            };
            (style, *explode)
        }
    };
    match (style.to_string().as_str(), explode) {
        ("Form", true) => quote! { ParameterStyle::QUERY },
        ("Simple", false) => quote! { ParameterStyle::SIMPLE },
        _ => quote! { ParameterStyle { style: Style::#style, explode: #explode } },
    }
}

fn decode(context: &Context<'_>, call: &CallSignature<'_>) -> TokenStream {
    let (body, lenient, value) = match &call.output {
        Output::Nothing => (quote! { _ }, quote! { _ }, quote! { response_body::nothing() }),
        Output::Bytes => (quote! { body }, quote! { _ }, quote! { response_body::bytes(body) }),
        Output::Json(schema) => {
            let any = Schema { ty: Type::Any, nullable: true };
            let schema = schema.unwrap_or(&any);
            let shape = correction_table::reference_from(context, schema, &quote! { super::super });
            // A table within a table that names a static is a temporary, except in a constant.
            let shape = match context.types.resolve(&schema.ty) {
                Type::List(_) | Type::Map(_) => quote! { const { #shape } },
                _ => shape,
            };
            (quote! { body }, quote! { lenient }, quote! { response_body::json(body, lenient, #shape) })
        }
    };
    quote! {
        fn decode(#body: &Bytes, #lenient: bool) -> Result<Lenient<Self::Output>, serde_json::Error> {
            #value
        }
    }
}
