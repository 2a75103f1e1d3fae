//! The fields of objects other than schemas, by the table of OpenAPI's objects.

use super::super::impact_by_direction::{NOWHERE, REQUEST, RESPONSE};
use super::super::located_value::{LocatedValue, ValuePair};
use super::super::media_types;
use super::super::parameters::style;
use super::search::Search;
use crate::http_methods::METHODS;
use crate::ir::Usage;
use crate::numbers::is_same_value;
use crate::parse::dialect::openapi_objects::{FieldType, ObjectKind};
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value};

/// Compares the document, apart from what operations and component schemas lead to.
pub(super) fn compare_document<'a>(search: &mut Search<'_, 'a>, both: &ValuePair<'a>) {
    compare(search, ObjectKind::Document, both, NOWHERE);
    if let (Some(base), Some(head)) = both.child("paths") {
        let both = ValuePair { base, head };
        let keys: IndexSet<&str> = both.keys().filter(|key| !key.starts_with('/')).collect();
        for key in keys {
            compare_field(search, ObjectKind::Paths, key, &both, NOWHERE);
        }
    }
    let empty = || LocatedValue::new("/components", &Value::Null);
    let (base, head) = both.child("components");
    let both = ValuePair { base: base.unwrap_or_else(empty), head: head.unwrap_or_else(empty) };
    let keys: IndexSet<&str> = both.keys().filter(|key| ObjectKind::Components.field_type(key).is_none()).collect();
    for key in keys {
        compare_field(search, ObjectKind::Components, key, &both, NOWHERE);
    }
    compare_security_schemes(search, &both);
}

fn compare_security_schemes<'a>(search: &mut Search<'_, 'a>, components: &ValuePair<'a>) {
    let (base, head) = components.child("securitySchemes");
    let head = entries(head.as_ref(), ObjectKind::SecurityScheme);
    let renamed = search.comparison.renamed_schemes.clone();
    let base: IndexMap<String, LocatedValue<'a>> = entries(base.as_ref(), ObjectKind::SecurityScheme)
        .into_iter()
        .map(|(name, scheme)| (renamed.get(name.as_str()).map_or(name, |name| (*name).to_owned()), scheme))
        .collect();
    compare_entries(search, ObjectKind::SecurityScheme, [base, head], REQUEST);
}

/// Compares two objects of a kind.
pub(super) fn compare<'a>(search: &mut Search<'_, 'a>, kind: ObjectKind, both: &ValuePair<'a>, usage: Usage) {
    let mut both = both.clone();
    if kind.may_be_reference() {
        both = ValuePair {
            base: search.comparison.base.resolve(&both.base),
            head: search.comparison.head.resolve(&both.head),
        };
    }
    let places = [&both.base.at, &both.head.at];
    if !search.begin(places.map(|place| format!("{kind:?} {place}")))
        || places.into_iter().enumerate().any(|(side, place)| !place.is_empty() && search.coverage.has(side, place))
    {
        return;
    }
    if both.base.object().is_none() || both.head.object().is_none() {
        return check_same(search, "", [Some(&both.base), Some(&both.head)], usage);
    }
    let keys: IndexSet<&str> = both.keys().collect();
    for key in keys.into_iter().filter(|key| !is_read_elsewhere(kind, key)) {
        compare_field(search, kind, key, &both, usage);
    }
}

/// Whether a field counts only for the operations that it leads to, or that inherit it.
fn is_read_elsewhere(kind: ObjectKind, key: &str) -> bool {
    match kind {
        ObjectKind::Document => matches!(key, "paths" | "components" | "security" | "servers"),
        ObjectKind::PathItem => METHODS.contains(&key) || matches!(key, "parameters" | "servers"),
        ObjectKind::Operation => matches!(key, "parameters" | "servers" | "security"),
        _ => false,
    }
}

fn compare_field<'a>(search: &mut Search<'_, 'a>, kind: ObjectKind, key: &str, both: &ValuePair<'a>, usage: Usage) {
    let (base, head) = both.child(key);
    let is_extension = key.starts_with("x-") && kind.allows_extensions();
    match kind.field_type(key).filter(|_| !is_extension) {
        Some(FieldType::Object(ObjectKind::Schema)) => match (base, head) {
            (Some(base), Some(head)) => search.add_schemas(&[vec![base], vec![head]], usage),
            (base, head) => search.check(key, [base.as_slice(), head.as_slice()], [&[], &[]], usage),
        },
        Some(FieldType::Object(ObjectKind::Responses)) => {
            compare_map(search, ObjectKind::Response, &[base, head], RESPONSE);
        }
        Some(FieldType::Object(inner)) => match (base, head) {
            (Some(base), Some(head)) => compare(search, inner, &ValuePair { base, head }, usage_of(inner, usage)),
            (base, head) => check_same(search, key, [base.as_ref(), head.as_ref()], usage),
        },
        Some(FieldType::Map(inner)) if !is_whole(inner) => {
            compare_map(search, inner, &[base, head], usage_of(inner, usage));
        }
        Some(FieldType::List(inner)) => compare_list(search, inner, [base, head], usage),
        Some(FieldType::TextMap | FieldType::AnyMap | FieldType::Map(_)) => {
            compare_wholes(search, &[base, head], usage);
        }
        _ if is_same_field(kind, key, both) => {}
        _ => check_same(search, key, [base.as_ref(), head.as_ref()], usage),
    }
}

/// Whether objects of a kind are compared as a whole.
fn is_whole(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Callback | ObjectKind::Link | ObjectKind::Encoding | ObjectKind::ServerVariable)
}

fn usage_of(kind: ObjectKind, usage: Usage) -> Usage {
    match kind {
        ObjectKind::RequestBody => REQUEST,
        ObjectKind::Response => RESPONSE,
        ObjectKind::Example => NOWHERE,
        _ => usage,
    }
}

/// Compares the objects of a map by key.
fn compare_map<'a>(search: &mut Search<'_, 'a>, kind: ObjectKind, maps: &[Option<LocatedValue<'a>>; 2], usage: Usage) {
    let maps = [entries(maps[0].as_ref(), kind), entries(maps[1].as_ref(), kind)];
    compare_entries(search, kind, maps, usage);
}

type EntriesByKey<'a> = IndexMap<String, LocatedValue<'a>>;

/// Returns the entries of a map, with keys in the one form of those that mean the same.
fn entries<'a>(map: Option<&LocatedValue<'a>>, kind: ObjectKind) -> EntriesByKey<'a> {
    let entries = map.into_iter().flat_map(LocatedValue::entries);
    let entries = entries.map(|(key, value)| match kind {
        ObjectKind::Header => (key.to_ascii_lowercase(), value),
        ObjectKind::Response => (key.to_ascii_uppercase(), value),
        ObjectKind::MediaType => (media_types::normalized(key), value),
        _ => (key.to_owned(), value),
    });
    // The media type describes this header.
    entries.filter(|(key, _)| kind != ObjectKind::Header || key != "content-type").collect()
}

fn compare_entries<'a>(
    search: &mut Search<'_, 'a>,
    kind: ObjectKind,
    [base, head]: [EntriesByKey<'a>; 2],
    usage: Usage,
) {
    let keys: IndexSet<&String> = base.keys().chain(head.keys()).collect();
    for key in keys {
        match (base.get(key), head.get(key)) {
            (Some(base), Some(head)) => {
                compare(search, kind, &ValuePair { base: base.clone(), head: head.clone() }, usage);
            }
            (base, head) => check_same(search, key, [base, head], usage),
        }
    }
}

/// Compares a list by names or addresses, and the elements that are left by position. The order has no meaning.
pub(super) fn compare_list<'a>(
    search: &mut Search<'_, 'a>,
    kind: ObjectKind,
    lists: [Option<LocatedValue<'a>>; 2],
    usage: Usage,
) {
    let key = if kind == ObjectKind::Server { "url" } else { "name" };
    let [base, mut head] = lists.map(|list| list.iter().flat_map(LocatedValue::elements).collect::<Vec<_>>());
    let mut gone = Vec::new();
    for base in base {
        match head.iter().position(|head| head.text(key) == base.text(key)) {
            Some(index) => compare(search, kind, &ValuePair { base, head: head.remove(index) }, usage),
            None => gone.push(base),
        }
    }
    for index in 0..gone.len().max(head.len()) {
        match (gone.get(index), head.get(index)) {
            (Some(base), Some(head)) => {
                compare(search, kind, &ValuePair { base: base.clone(), head: head.clone() }, usage);
            }
            (base, head) => check_same(search, key, [base, head], usage),
        }
    }
}

/// Compares the values of a map by key, each as a whole.
fn compare_wholes<'a>(search: &mut Search<'_, 'a>, maps: &[Option<LocatedValue<'a>>; 2], usage: Usage) {
    let keys: IndexSet<&str> = maps.iter().flatten().flat_map(LocatedValue::entries).map(|(key, _)| key).collect();
    for key in keys {
        let values = maps.each_ref().map(|map| map.as_ref().and_then(|map| map.child(key)));
        check_same(search, key, [values[0].as_ref(), values[1].as_ref()], usage);
    }
}

fn check_same<'a>(search: &mut Search<'_, 'a>, key: &str, values: [Option<&LocatedValue<'a>>; 2], usage: Usage) {
    if matches!(values, [Some(was), Some(is)] if is_same_value(was.raw, is.raw)) {
        return;
    }
    let lists = values.map(|value| value.map(std::slice::from_ref).unwrap_or_default());
    search.check(key, lists, [&[], &[]], usage);
}

/// Whether a field means the same on both sides, with the defaults of OpenAPI filled in.
fn is_same_field(kind: ObjectKind, key: &str, both: &ValuePair<'_>) -> bool {
    let [was, is] = [&both.base, &both.head].map(|owner| stated_or_default(kind, key, owner));
    match (was, is) {
        (Some(was), Some(is)) => is_same_value(&was, &is),
        (was, is) => was.is_none() && is.is_none(),
    }
}

/// Returns the value of a field, or its default. An empty list or map is the same as none.
fn stated_or_default(kind: ObjectKind, key: &str, owner: &LocatedValue<'_>) -> Option<Value> {
    let is_path = owner.text("in") == Some("path");
    match (kind, key) {
        // A path has its parameters by position, and header names and schemes have no case.
        (ObjectKind::Parameter, "name") if is_path => return None,
        (ObjectKind::Parameter, "required") if is_path => return Some(Value::Bool(true)),
        (ObjectKind::Parameter | ObjectKind::SecurityScheme, "name") if owner.text("in") == Some("header") => {
            return owner.text(key).map(|name| name.to_ascii_lowercase().into());
        }
        (ObjectKind::SecurityScheme, "scheme") => return owner.text(key).map(|name| name.to_ascii_lowercase().into()),
        _ => {}
    }
    let is_empty =
        |value: &&Value| value.as_array().is_some_and(Vec::is_empty) || value.as_object().is_some_and(Map::is_empty);
    let default = match (kind, key) {
        (ObjectKind::Parameter | ObjectKind::Header, "style") => Some(style(owner).into()),
        (ObjectKind::Parameter | ObjectKind::Header, "explode") => Some(Value::Bool(style(owner) == "form")),
        (_, "required" | "deprecated" | "allowEmptyValue" | "allowReserved") => Some(Value::Bool(false)),
        _ => None,
    };
    owner.raw.get(key).filter(|value| !is_empty(value)).cloned().or(default)
}
