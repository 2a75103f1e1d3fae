//! Pagination: serves the items of the example, as if they were the whole collection, in pages.

use super::rejection::{Problem, Rejection};
use super::values::{QueryValues, is_integer, unaliased};
use chatkit_codegen::ir::{
    Api, Operation, Paging, PagingDirection, Parameter, ParameterContent, ParameterLocation, Type,
};
use serde_json::Value;
use std::ops::Range;

/// How the example of an operation is cut into pages.
#[derive(Debug)]
pub(super) struct Pagination {
    paging: Paging,
    size: Option<PageSizeParameter>,
    cursors: CursorSource,
}

/// The parameter for the number of items on a page.
#[derive(Debug)]
struct PageSizeParameter {
    name: String,
    default: Option<u64>,
}

/// Where the values of cursors come from.
#[derive(Debug, PartialEq, Eq)]
enum CursorSource {
    /// A property of the item next to the page boundary.
    ItemProperty(String),
    /// The number of items before the page boundary: the example's cursors are not a property of its items.
    Offset { as_number: bool },
}

impl Pagination {
    /// Returns `None` if the operation has no pagination, or its example is not a page.
    pub(super) fn new(api: &Api, operation: &Operation, page: &Value) -> Option<Self> {
        let paging = operation.paging.clone()?;
        let items = page.get(&paging.items)?.as_array()?;
        let integers = || integer_queries(api, operation);
        let as_number = integers().any(|parameter| parameter.name == paging.forward.parameter);
        let offset = CursorSource::Offset { as_number };
        let cursors = cursor_property(&paging, items, page).map_or(offset, CursorSource::ItemProperty);
        // No extension names the page size. By convention it is `limit`. Without one, the first other integer with a
        // default or a maximum is the best guess.
        let is_cursor = |name: &str| directions(&paging).any(|cursor| cursor.parameter == name);
        let sizes = || integers().filter(|parameter| !is_cursor(&parameter.name));
        let limit = sizes().find(|parameter| parameter.name == "limit");
        let size = limit.or_else(|| sizes().find(|parameter| is_bounded(api, parameter)));
        let size = size.map(|parameter| PageSizeParameter {
            name: parameter.name.clone(),
            default: parameter.default.as_ref().and_then(Value::as_u64),
        });
        Some(Self { paging, size, cursors })
    }

    /// Cuts the requested page out of the example.
    pub(super) fn page(&self, example: &Value, query: &QueryValues) -> Result<Value, Rejection> {
        let items = example.get(&self.paging.items).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let start = self.boundary(Some(&self.paging.forward), items, query)?;
        let end = self.boundary(self.paging.backward.as_ref(), items, query)?;
        let size = self.size(query).unwrap_or(items.len());
        let backward = end.is_some() && start.is_none();
        let all = start.unwrap_or(0)..end.unwrap_or(items.len());
        let window = if backward {
            all.end.saturating_sub(size).max(all.start)..all.end
        } else {
            all.start..all.start.saturating_add(size).min(all.end)
        };
        let more = if backward { window.start > all.start } else { window.end < all.end };
        Ok(self.cut(example, items, window, more))
    }

    /// Returns the number of items before the boundary that a cursor names, or `None` if it was not sent.
    fn boundary(
        &self,
        cursor: Option<&PagingDirection>,
        items: &[Value],
        query: &QueryValues,
    ) -> Result<Option<usize>, Rejection> {
        let Some((cursor, value)) = cursor.and_then(|cursor| Some((cursor, query.get(&cursor.parameter)?))) else {
            return Ok(None);
        };
        let forward = cursor == &self.paging.forward;
        let boundary = match &self.cursors {
            CursorSource::ItemProperty(key) => {
                let found = items.iter().position(|item| item.get(key) == Some(value));
                found.map(|index| if forward { index + 1 } else { index })
            }
            CursorSource::Offset { .. } => {
                let number = value.as_str().map_or_else(|| value.as_u64(), |text| text.parse().ok());
                number.and_then(|number| usize::try_from(number).ok()).filter(|number| *number <= items.len())
            }
        };
        let unknown = || Problem::new("query parameter", &cursor.parameter, "no page has this cursor");
        boundary.map(Some).ok_or_else(|| Rejection::of(&[unknown()]))
    }

    fn size(&self, query: &QueryValues) -> Option<usize> {
        let size = self.size.as_ref()?;
        let given = query.get(&size.name).map(|value| value.as_u64().unwrap_or_default());
        given.or(size.default).map(|size| usize::try_from(size).unwrap_or(usize::MAX))
    }

    fn cut(&self, example: &Value, items: &[Value], window: Range<usize>, more: bool) -> Value {
        let mut page = example.clone();
        let Some(properties) = page.as_object_mut() else { return page };
        let mut set = |name: &str, value: Value| properties.insert(name.to_owned(), value);
        // The window of two cursors in the wrong order is empty.
        let shown = items.get(window.clone()).unwrap_or_default();
        for cursor in directions(&self.paging) {
            let forward = cursor == &self.paging.forward;
            let (edge, boundary) = if forward { (shown.last(), window.end) } else { (shown.first(), window.start) };
            // Without a property such as `has_more`, a null cursor marks the end.
            let at_end = if forward { window.end == items.len() } else { window.start == 0 };
            let none = self.paging.more.is_none() && at_end;
            let value = edge.filter(|_| !none).map(|edge| match &self.cursors {
                CursorSource::ItemProperty(key) => edge.get(key).cloned().unwrap_or_default(),
                CursorSource::Offset { as_number: true } => Value::from(boundary),
                CursorSource::Offset { as_number: false } => Value::from(boundary.to_string()),
            });
            set(&cursor.cursor, value.unwrap_or_default());
        }
        if let Some(name) = &self.paging.more {
            set(name, Value::Bool(more));
        }
        set(&self.paging.items, Value::Array(shown.to_vec()));
        page
    }
}

fn directions(paging: &Paging) -> impl Iterator<Item = &PagingDirection> {
    std::iter::once(&paging.forward).chain(&paging.backward)
}

/// Returns the integers among the query parameters.
fn integer_queries<'a>(api: &'a Api, operation: &'a Operation) -> impl Iterator<Item = &'a Parameter> {
    let queries = operation.parameters.iter().filter(|parameter| parameter.location == ParameterLocation::Query);
    queries.filter(move |parameter| match &parameter.content {
        ParameterContent::Styled { schema, .. } => is_integer(api, schema),
        ParameterContent::Media(_) => false,
    })
}

fn is_bounded(api: &Api, parameter: &Parameter) -> bool {
    let ParameterContent::Styled { schema, .. } = &parameter.content else { return false };
    let maximum = match unaliased(api, schema) {
        Type::Integer(integer) => integer.bounds.maximum.is_some(),
        _ => false,
    };
    maximum || parameter.default.is_some()
}

/// Finds the property of the items that the example's cursors come from.
///
/// It equals the cursors at both ends of the page, and differs between any two items.
fn cursor_property(paging: &Paging, items: &[Value], page: &Value) -> Option<String> {
    let (first, last) = (items.first()?.as_object()?, items.last()?);
    let is_source = |name: &str| {
        let forward = page.get(&paging.forward.cursor) == last.get(name);
        let backward = paging.backward.as_ref().is_none_or(|cursor| page.get(&cursor.cursor) == first.get(name));
        let values: Vec<_> = items.iter().filter_map(|item| item.get(name)).collect();
        let distinct = values.iter().enumerate().all(|(index, value)| !values[..index].contains(value));
        forward && backward && distinct && values.len() == items.len()
    };
    first.keys().find(|name| is_source(name)).cloned()
}
