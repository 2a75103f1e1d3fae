//! How calls cross the wire.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::context::{Context, Field, Holds, Scope, mentions};
use super::operation::{Argument, Call, Output, response_type};
use super::pagination::{Turn, Walk};
use super::{correction_table, defaults, validate};
use crate::ir::{Location, Parameter, ParameterContent, Schema, Style, Type, is_json};

/// The wire code of a call.
pub fn wire(context: &Context<'_>, call: &Call<'_>, credentials: &[usize], headers: &[usize]) -> TokenStream {
    let name = call.ident();
    let operation = call.operation;
    let (id, path) = (operation.id.as_deref().unwrap_or(&operation.type_name), &operation.path);
    let accept = response_type(operation);
    let method = format_ident!("{}", operation.method);
    let credentials = credentials.iter().map(|index| Literal::usize_unsuffixed(*index));
    let headers = headers.iter().map(|index| Literal::usize_unsuffixed(*index));
    let output = call.output.ty(context).tokens(Scope::Wire);
    let check = check(context, call);
    let write = write(context, call);
    let decode = decode(context, call);
    let paged = operation.paging.as_ref().and_then(|_| paged(context, call));
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

/// What the wire code of a call mentions.
fn imports(call: &Call<'_>, code: &TokenStream) -> TokenStream {
    let name = call.ident();
    let some = |mentioned: &str, import: TokenStream| mentions(code, mentioned).then_some(import);
    // The method of a value's trait, beside that of the call's.
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
        use crate::runtime::operation::{Operation, OperationInfo};
        #paging
        use crate::runtime::request::RequestBuilder;
        use crate::runtime::response_body;
        #style
        #shape
        use crate::support::lenient::Lenient;
        #bounds
    }
}

fn check(context: &Context<'_>, call: &Call<'_>) -> Option<TokenStream> {
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
    let body = call.body.as_ref().and_then(|payload| {
        let check = validate::nested(context, payload.schema?)?;
        Some(if payload.body.required {
            quote! { { let value = &self.body; #check } }
        } else {
            quote! { if let Some(value) = &self.body { #check } }
        })
    });
    let checks: Vec<_> = arguments.chain(body).collect();
    (!checks.is_empty()).then(|| quote! { fn check(&self, checker: &mut Checker<'_>) { #(#checks)* } })
}

fn write(context: &Context<'_>, call: &Call<'_>) -> TokenStream {
    let parameters = call.operation.parameters.iter().filter(|each| each.environment.is_none());
    let lines = parameters.filter_map(|parameter| {
        if let Some((name, value)) = constant_header(parameter) {
            return Some(quote! {
                request.constant_header(
                    const { http::HeaderName::from_static(#name) },
                    const { http::HeaderValue::from_static(#value) },
                );
            });
        }
        let argument = call.arguments.iter().find(|argument| std::ptr::eq(argument.parameter, parameter));
        if let Some(argument) = argument.filter(|argument| is_segment(context, argument)) {
            let (name, field) = (&parameter.name, argument.ident());
            return Some(quote! { request.segment(#name, &self.#field); });
        }
        let value = match (&parameter.constant, argument) {
            (Some(constant), _) => defaults::scalar(constant).map(|value| quote! { &#value })?,
            (None, Some(argument)) => {
                let name = argument.ident();
                if parameter.required {
                    quote! { &self.#name }
                } else {
                    quote! { self.#name.as_ref() }
                }
            }
            (None, None) => return None,
        };
        Some(line(parameter, &value, parameter.constant.is_some() || parameter.required))
    });
    let lines: Vec<_> = lines.collect();
    let body = call.body.as_ref().map(|payload| {
        let media = &payload.media.name;
        let method = if is_json(media) {
            quote! { json }
        } else {
            quote! { bytes }
        };
        let value = if payload.body.required {
            quote! { Some(&self.body) }
        } else {
            quote! { self.body.as_ref() }
        };
        quote! { request.#method(#media, #value); }
    });
    let unused = (lines.is_empty() && body.is_none()).then(|| quote! { let _ = request; });
    quote! { fn write(&self, request: &mut RequestBuilder) { #unused #(#lines)* #body } }
}

/// Name and value of a header that is always the same, is not written as JSON, and can be sent.
fn constant_header(parameter: &Parameter) -> Option<(String, &str)> {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let is_value = |byte: u8| matches!(byte, b'\t' | b' '..=b'~');
    match (&parameter.location, &parameter.content, &parameter.constant) {
        (Location::Header, ParameterContent::Styled { .. }, Some(Value::String(value)))
            if parameter.name.bytes().all(is_name) && value.bytes().all(is_value) =>
        {
            Some((parameter.name.to_ascii_lowercase(), value))
        }
        _ => None,
    }
}

/// Whether an argument is a text that is a part of the path, and stands by itself.
fn is_segment(context: &Context<'_>, argument: &Argument<'_>) -> bool {
    let Parameter { location: Location::Path, content: ParameterContent::Styled { style: Style::Simple, .. }, .. } =
        argument.parameter
    else {
        return false;
    };
    let Type::String(text) = context.resolve(&argument.schema.ty) else { return false };
    !text.secret && !argument.schema.nullable
}

fn line(parameter: &Parameter, value: &TokenStream, always: bool) -> TokenStream {
    let (name, form) = (&parameter.name, form(parameter));
    let optional = if always {
        quote! { Some(#value) }
    } else {
        value.clone()
    };
    let reserved = parameter.allow_reserved;
    match parameter.location {
        Location::Path => quote! { request.path(#name, #value, #form); },
        Location::Query => quote! { request.query(#name, #optional, #form, #reserved); },
        Location::Header => quote! { request.header(#name, #optional, #form); },
        Location::Cookie => quote! { request.cookie(#name, #optional, #form); },
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

fn decode(context: &Context<'_>, call: &Call<'_>) -> TokenStream {
    let (body, lenient, value) = match &call.output {
        Output::Nothing => (quote! { _ }, quote! { _ }, quote! { response_body::nothing() }),
        Output::Bytes => (quote! { body }, quote! { _ }, quote! { response_body::bytes(body) }),
        Output::Json(schema) => {
            let any = Schema { ty: Type::Any, nullable: true };
            let shape = correction_table::reference_from(context, schema.unwrap_or(&any), &quote! { super::super });
            (quote! { body }, quote! { lenient }, quote! { response_body::json(body, lenient, #shape) })
        }
    };
    quote! {
        fn decode(#body: &Bytes, #lenient: bool) -> Result<Lenient<Self::Output>, serde_json::Error> {
            #value
        }
    }
}

/// The walk through the pages of a call.
fn paged(context: &Context<'_>, call: &Call<'_>) -> Option<TokenStream> {
    let walk = Walk::of(context, call)?;
    let name = call.ident();
    let item = walk.item(context).tokens(Scope::Wire);
    let items = or_default(&walk.items, &quote! { .into_option() });
    let (page_name, more) = match &walk.more {
        Some(more) => (quote! { page }, or_default(more, &quote! { .as_ref().copied() })),
        None => (quote! { _ }, quote! { true }),
    };
    let forward = Way::new(context, &walk.forward);
    let backward = walk.backward.as_ref().map(|turn| Way::new(context, turn));
    let direction = direction(&forward, backward.as_ref());
    let turn = turn(&forward, backward.as_ref());
    let none = || (quote! { None }, quote! { {} }, quote! { None });
    let (given_back, set_back, previous) = backward.map_or_else(none, |way| (way.given, way.set, way.next));
    let Way { given, set, next, .. } = forward;
    Some(quote! {
        impl Paged for #name {
            type Item = #item;

            fn direction(&self) -> Direction {
                #direction
            }

            fn cursor(&self, direction: Direction) -> Option<String> {
                match direction {
                    Direction::Forward => #given,
                    Direction::Backward => #given_back,
                }
            }

            fn with_cursor(mut self, direction: Direction, cursor: String) -> Self {
                #turn
                match direction {
                    Direction::Forward => #set,
                    Direction::Backward => #set_back,
                }
                self
            }

            fn next_cursor(page: &Self::Output, direction: Direction) -> Option<String> {
                let cursor = match direction {
                    Direction::Forward => #next,
                    Direction::Backward => #previous,
                };
                cursor.filter(|cursor| !cursor.is_empty())
            }

            fn has_more(#page_name: &Self::Output) -> bool {
                #more
            }

            fn into_items(page: Self::Output) -> Vec<Self::Item> {
                #items
            }
        }
    })
}

/// The value of a page's field, or the empty one.
fn or_default(field: &Field<'_>, as_option: &TokenStream) -> TokenStream {
    let name = field.ident();
    match field.holds() {
        Holds::Value => quote! { page.#name },
        Holds::Option => quote! { page.#name.unwrap_or_default() },
        Holds::Three => quote! { page.#name #as_option.unwrap_or_default() },
    }
}

/// In which direction a call walks: backward where only that direction's cursor is set.
fn direction(forward: &Way, backward: Option<&Way>) -> TokenStream {
    let Some(backward) = backward else { return quote! { Direction::Forward } };
    let (forward, backward) = (&forward.field, &backward.field);
    quote! {
        if self.#backward.is_some() && self.#forward.is_none() {
            Direction::Backward
        } else {
            Direction::Forward
        }
    }
}

/// Whoever turns leaves the cursor of the way there behind: between the two there is nothing.
fn turn(forward: &Way, backward: Option<&Way>) -> TokenStream {
    let Some(backward) = backward else { return TokenStream::new() };
    let (forward, backward) = (&forward.field, &backward.field);
    quote! {
        if direction != self.direction() {
            self.#forward = None;
            self.#backward = None;
        }
    }
}

/// One direction through a list.
struct Way {
    /// The field of the call that takes the cursor.
    field: Ident,
    /// The cursor that the call has.
    given: TokenStream,
    /// Gives the call another.
    set: TokenStream,
    /// The cursor that a page gives.
    next: TokenStream,
}

impl Way {
    fn new(context: &Context<'_>, Turn { argument, cursor }: &Turn<'_, '_>) -> Self {
        let field = argument.ident();
        let set = if matches!(context.resolve(&argument.schema.ty), Type::String(_)) {
            quote! { self.#field = Some(cursor) }
        } else {
            // It was written from a number.
            quote! { self.#field = cursor.parse().ok() }
        };
        let given = quote! { self.#field.as_ref().map(ToString::to_string) };
        let name = cursor.ident();
        let next = match cursor.holds() {
            Holds::Value => quote! { Some(page.#name.to_string()) },
            Holds::Option | Holds::Three => quote! { page.#name.as_ref().map(ToString::to_string) },
        };
        Self { field, given, set, next }
    }
}
