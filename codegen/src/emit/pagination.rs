//! Which calls can be walked page by page, and how.

use super::context::{Context, Field, fields};
use super::operation::{Argument, Call, Output};
use super::rust_type::RustType;
use crate::ir::{Cursor, ListType, Location, Type, TypeKind};

/// A walk through the pages of a call.
pub struct Walk<'a, 'c> {
    /// The field of a page that holds the items.
    pub items: Field<'a>,
    list: &'a ListType,
    /// The field that says whether there is another page.
    pub more: Option<Field<'a>>,
    pub forward: Turn<'a, 'c>,
    pub backward: Option<Turn<'a, 'c>>,
}

/// One direction of a walk.
pub struct Turn<'a, 'c> {
    /// What takes the cursor.
    pub argument: &'c Argument<'a>,
    /// The field of a page that gives it.
    pub cursor: Field<'a>,
}

/// Whether a call can be walked page by page.
pub fn is_paged(context: &Context<'_>, call: &Call<'_>) -> bool {
    Walk::of(context, call).is_some()
}

impl<'a, 'c> Walk<'a, 'c> {
    /// `None` where the call has no paging, or where its page may be null and its cursor parameters are not optional.
    pub fn of(context: &Context<'a>, call: &'c Call<'a>) -> Option<Self> {
        let paging = call.operation.paging.as_ref()?;
        let page = page(context, call)?;
        let items = field(&page, &paging.items)?;
        let Type::List(list) = context.resolve(&items.property.schema.ty) else { return None };
        let more = match &paging.more {
            Some(more) => Some(field(&page, more)?),
            None => None,
        };
        let turn = |cursor: &Cursor| {
            let cursor_field = field(&page, &cursor.cursor)?;
            Some(Turn { argument: argument(call, cursor)?, cursor: cursor_field })
        };
        let forward = turn(&paging.forward)?;
        Some(Self { items, list, more, forward, backward: paging.backward.as_ref().and_then(turn) })
    }

    /// The type of an item.
    pub fn item(&self, context: &Context<'a>) -> RustType<'a> {
        context.schema_type(&self.list.items)
    }
}

/// The fields of the object that a page is.
fn page<'a>(context: &Context<'a>, call: &Call<'a>) -> Option<Vec<Field<'a>>> {
    let Output::Json(Some(schema)) = call.output else { return None };
    let Type::Named(id) = context.resolve(&schema.ty) else { return None };
    let def = context.api.type_def(*id);
    match &def.kind {
        TypeKind::Object(object) if !schema.nullable => Some(fields(object)),
        _ => None,
    }
}

fn field<'a>(page: &[Field<'a>], property: &str) -> Option<Field<'a>> {
    page.iter().find(|field| field.property.name == property && field.is_stored()).copied()
}

fn argument<'a, 'c>(call: &'c Call<'a>, cursor: &Cursor) -> Option<&'c Argument<'a>> {
    let is_it = |argument: &&Argument<'_>| {
        argument.parameter.location == Location::Query && argument.parameter.name == cursor.parameter
    };
    call.arguments.iter().find(is_it).filter(|argument| !argument.parameter.required)
}
