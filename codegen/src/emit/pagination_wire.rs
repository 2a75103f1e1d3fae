//! The wire code of paginated calls.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::call_signature::CallSignature;
use super::context::Context;
use super::fields::{self, FieldWrapper};
use super::pagination::{CursorBinding, Pagination};
use super::rust_type::TypePath;
use crate::ir::{Property, Type};

/// Emits the implementation of `Paged`, or `None` if the call is not paginated.
pub fn paged(context: &Context<'_>, call: &CallSignature<'_>) -> Option<TokenStream> {
    let pagination = Pagination::of(context, call)?;
    let name = call.ident();
    let item = pagination.item_type(context).tokens(TypePath::Qualified);
    let cursors = cursor_methods(context, &pagination);
    let more = has_more(&pagination);
    let items = or_default(pagination.items, &quote! { .into_option() });
    Some(quote! {
        impl Paged for #name {
            type Item = #item;

            #cursors

            #more

            fn into_items(page: Self::Output) -> Vec<Self::Item> {
                #items
            }
        }
    })
}

/// Emits the methods that read and set the cursors.
fn cursor_methods(context: &Context<'_>, pagination: &Pagination<'_, '_>) -> TokenStream {
    let forward = CursorCode::new(context, &pagination.forward);
    let backward = pagination.backward.as_ref().map(|binding| CursorCode::new(context, binding));
    let direction = direction(&forward, backward.as_ref());
    let reset = reset(&forward, backward.as_ref());
    let CursorCode { given, set, next, .. } = &forward;
    let none = || (quote! { None }, quote! { {} }, quote! { None });
    let (given_back, set_back, previous) = backward.map_or_else(none, |code| (code.given, code.set, code.next));
    quote! {
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
            #reset
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
    }
}

fn has_more(pagination: &Pagination<'_, '_>) -> TokenStream {
    let (page, more) = match pagination.more {
        Some(more) => (quote! { page }, or_default(more, &quote! { .as_ref().copied() })),
        None => (quote! { _ }, quote! { true }),
    };
    quote! {
        fn has_more(#page: &Self::Output) -> bool {
            #more
        }
    }
}

/// Emits the value of a page's field, or its default.
fn or_default(property: &Property, as_option: &TokenStream) -> TokenStream {
    let name = fields::ident(property);
    match fields::wrapper(property) {
        FieldWrapper::Bare => quote! { page.#name },
        FieldWrapper::Option => quote! { page.#name.unwrap_or_default() },
        FieldWrapper::OptionalNullable => quote! { page.#name #as_option.unwrap_or_default() },
    }
}

/// Emits the direction of a call: backward if only the cursor of that direction is set.
fn direction(forward: &CursorCode, backward: Option<&CursorCode>) -> TokenStream {
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

/// Emits statements that clear both cursors when the direction changes. Together they would select an empty page.
fn reset(forward: &CursorCode, backward: Option<&CursorCode>) -> TokenStream {
    let Some(backward) = backward else { return TokenStream::new() };
    let (forward, backward) = (&forward.field, &backward.field);
    quote! {
        if direction != self.direction() {
            self.#forward = None;
            self.#backward = None;
        }
    }
}

/// The code for the cursor of one direction.
struct CursorCode {
    /// The field of the call that takes the cursor.
    field: Ident,
    /// Reads the cursor of the call.
    given: TokenStream,
    /// Sets the cursor of the call.
    set: TokenStream,
    /// Reads the cursor from a page.
    next: TokenStream,
}

impl CursorCode {
    fn new(context: &Context<'_>, CursorBinding { argument, property }: &CursorBinding<'_, '_>) -> Self {
        let field = argument.ident();
        let set = if matches!(context.types.resolve(&argument.schema.ty), Type::String(_)) {
            quote! { self.#field = Some(cursor) }
        } else {
            // The cursor is the text of a number.
            quote! { self.#field = cursor.parse().ok() }
        };
        let given = quote! { self.#field.as_ref().map(ToString::to_string) };
        let name = fields::ident(property);
        let next = match fields::wrapper(property) {
            FieldWrapper::Bare => quote! { Some(page.#name.to_string()) },
            FieldWrapper::Option | FieldWrapper::OptionalNullable => {
                quote! { page.#name.as_ref().map(ToString::to_string) }
            }
        };
        Self { field, given, set, next }
    }
}
