//! Paging: the example's items are the whole collection, served in windows.

use super::parameters::QueryValues;
use super::rejection::{Problem, Rejection};
use super::values::is_integer;
use chatkit_codegen::ir::{Api, Cursor, Location, Operation, Paging, Parameter, ParameterContent};
use serde_json::Value;
use std::ops::Range;

/// How the answer of an operation is cut into pages.
#[derive(Debug)]
pub(super) struct Pagination {
    paging: Paging,
    size: Option<PageSizeParameter>,
    key: CursorSource,
}

/// The parameter that says how many items a page has.
#[derive(Debug)]
struct PageSizeParameter {
    parameter: String,
    default: Option<u64>,
}

/// What a cursor is.
#[derive(Debug, PartialEq, Eq)]
enum CursorSource {
    /// A property of the item next to the gap between two pages.
    ItemProperty(String),
    /// The number of items before the gap, where the example's cursors are nothing that its items have.
    Offset { as_number: bool },
}

impl Pagination {
    /// `None` where the operation is not paged, or its example is no page.
    pub(super) fn new(api: &Api, operation: &Operation, page: &Value) -> Option<Self> {
        let paging = operation.paging.clone()?;
        let items = page.get(&paging.items)?.as_array()?;
        let queries = || operation.parameters.iter().filter(|parameter| parameter.location == Location::Query);
        let integer = |parameter: &&Parameter| match &parameter.content {
            ParameterContent::Styled { schema, .. } => is_integer(api, schema),
            ParameterContent::Media(_) => false,
        };
        let as_number = queries().find(|parameter| parameter.name == paging.forward.parameter);
        let as_number = as_number.as_ref().is_some_and(integer);
        let key =
            property_key(&paging, items, page).map_or(CursorSource::Offset { as_number }, CursorSource::ItemProperty);
        // The spec has no extension for the page size. By convention it is called `limit`; in its absence we guess the
        // first other integer that has a default or a maximum.
        let cursors = |name: &str| directions(&paging).any(|cursor| cursor.parameter == name);
        let sizes = || queries().filter(integer).filter(|parameter| !cursors(&parameter.name));
        let named = sizes().find(|parameter| parameter.name == "limit");
        let size = named.or_else(|| sizes().find(|parameter| is_bounded(api, parameter)));
        let size = size.map(|parameter| PageSizeParameter {
            parameter: parameter.name.clone(),
            default: parameter.default.as_ref().and_then(Value::as_u64),
        });
        Some(Self { paging, size, key })
    }

    /// The page that the parameters ask for.
    pub(super) fn page(&self, example: &Value, values: &QueryValues) -> Result<Value, Rejection> {
        let items = example.get(&self.paging.items).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let start = self.gap(Some(&self.paging.forward), items, values)?;
        let end = self.gap(self.paging.backward.as_ref(), items, values)?;
        let size = self.size(values).unwrap_or(items.len());
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

    /// The number of items before the gap that a cursor stands for; `None` where there is no such parameter.
    fn gap(&self, cursor: Option<&Cursor>, items: &[Value], values: &QueryValues) -> Result<Option<usize>, Rejection> {
        let Some((cursor, value)) = cursor.and_then(|cursor| Some((cursor, values.get(&cursor.parameter)?))) else {
            return Ok(None);
        };
        let forward = cursor == &self.paging.forward;
        let gap = match &self.key {
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
        gap.map(Some).ok_or_else(|| Rejection::of(&[unknown()]))
    }

    fn size(&self, values: &QueryValues) -> Option<usize> {
        let size = self.size.as_ref()?;
        let given = values.get(&size.parameter).map(|value| value.as_u64().unwrap_or_default());
        given.or(size.default).map(|size| usize::try_from(size).unwrap_or(usize::MAX))
    }

    fn cut(&self, example: &Value, items: &[Value], window: Range<usize>, more: bool) -> Value {
        let mut page = example.clone();
        let Some(properties) = page.as_object_mut() else { return page };
        let mut set = |name: &str, value: Value| properties.insert(name.to_owned(), value);
        // Between two cursors that have changed places is nothing.
        let shown = items.get(window.clone()).unwrap_or_default();
        for cursor in directions(&self.paging) {
            let forward = cursor == &self.paging.forward;
            let (edge, gap) = if forward { (shown.last(), window.end) } else { (shown.first(), window.start) };
            // Without a word of whether there is more, the cursor itself has to say so.
            let at_end = if forward { window.end == items.len() } else { window.start == 0 };
            let none = self.paging.more.is_none() && at_end;
            let value = edge.filter(|_| !none).map(|edge| match &self.key {
                CursorSource::ItemProperty(key) => edge.get(key).cloned().unwrap_or_default(),
                CursorSource::Offset { as_number: true } => Value::from(gap),
                CursorSource::Offset { as_number: false } => Value::from(gap.to_string()),
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

fn directions(paging: &Paging) -> impl Iterator<Item = &Cursor> {
    std::iter::once(&paging.forward).chain(&paging.backward)
}

fn is_bounded(api: &Api, parameter: &Parameter) -> bool {
    let ParameterContent::Styled { schema, .. } = &parameter.content else { return false };
    let maximum = match super::values::behind(api, schema) {
        chatkit_codegen::ir::Type::Integer(integer) => integer.bounds.maximum.is_some(),
        _ => false,
    };
    maximum || parameter.default.is_some()
}

/// The property of the items that the example's cursors are taken from: it has their values at both ends, and another
/// one in each item.
fn property_key(paging: &Paging, items: &[Value], page: &Value) -> Option<String> {
    let (first, last) = (items.first()?.as_object()?, items.last()?);
    let fits = |name: &str| {
        let forward = page.get(&paging.forward.cursor) == last.get(name);
        let backward = paging.backward.as_ref().is_none_or(|cursor| page.get(&cursor.cursor) == first.get(name));
        let values: Vec<_> = items.iter().filter_map(|item| item.get(name)).collect();
        let distinct = values.iter().enumerate().all(|(index, value)| !values[..index].contains(value));
        forward && backward && distinct && values.len() == items.len()
    };
    first.keys().find(|name| fits(name)).cloned()
}
