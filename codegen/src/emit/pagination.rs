//! The paginated calls, with the fields and parameters that carry their cursors.

use super::call_signature::{Argument, CallSignature, Output};
use super::context::Context;
use super::fields;
use super::rust_type::RustType;
use crate::ir::{ListType, Object, PagingDirection, ParameterLocation, Property, Type, TypeKind};

/// The pagination of a call.
pub struct Pagination<'a, 'c> {
    /// The property of a page that holds the items.
    pub items: &'a Property,
    list: &'a ListType,
    /// The property of a page that says whether there is another page.
    pub more: Option<&'a Property>,
    pub forward: CursorBinding<'a, 'c>,
    pub backward: Option<CursorBinding<'a, 'c>>,
}

/// The cursor of one direction.
pub struct CursorBinding<'a, 'c> {
    /// The argument that takes the cursor.
    pub argument: &'c Argument<'a>,
    /// The property of a page that holds the cursor.
    pub property: &'a Property,
}

impl<'a, 'c> Pagination<'a, 'c> {
    /// Returns the pagination of a call. It is `None` if the spec declares none, if a page may be null, or if the
    /// cursor parameters are required.
    pub fn of(context: &Context<'a>, call: &'c CallSignature<'a>) -> Option<Self> {
        let paging = call.operation.paging.as_ref()?;
        let page = page(context, call)?;
        let items = stored(page, &paging.items)?;
        let Type::List(list) = context.types.resolve(&items.schema.ty) else { return None };
        let more = match &paging.more {
            Some(more) => Some(stored(page, more)?),
            None => None,
        };
        let binding = |direction: &PagingDirection| {
            let property = stored(page, &direction.cursor)?;
            Some(CursorBinding { argument: argument(call, direction)?, property })
        };
        let forward = binding(&paging.forward)?;
        Some(Self { items, list, more, forward, backward: paging.backward.as_ref().and_then(binding) })
    }

    /// Returns the type of an item.
    pub fn item_type(&self, context: &Context<'a>) -> RustType<'a> {
        context.types.schema_type(&self.list.items)
    }
}

/// Returns the object that holds a page.
fn page<'a>(context: &Context<'a>, call: &CallSignature<'a>) -> Option<&'a Object> {
    let Output::Json(Some(schema)) = call.output else { return None };
    let Type::Named(id) = context.types.resolve(&schema.ty) else { return None };
    match &context.api.type_def(*id).kind {
        TypeKind::Object(object) if !schema.nullable => Some(object),
        _ => None,
    }
}

fn stored<'a>(page: &'a Object, name: &str) -> Option<&'a Property> {
    fields::stored(page).find(|property| property.name == name)
}

fn argument<'a, 'c>(call: &'c CallSignature<'a>, direction: &PagingDirection) -> Option<&'c Argument<'a>> {
    let is_it = |argument: &&Argument<'_>| {
        argument.parameter.location == ParameterLocation::Query && argument.parameter.name == direction.parameter
    };
    call.arguments.iter().find(is_it).filter(|argument| !argument.parameter.required)
}
