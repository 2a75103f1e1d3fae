//! Strategies for property-based tests: JSON values that follow a schema.
//!
//! They work on the intermediate representation: bounds, formats, maps, recursion, directions. Their values round-trip
//! through generated code, because they have every property that decoding would fill in.

use std::rc::Rc;

use chatkit_codegen::ir::{
    Additional, Api, Enum, EnumRepr, IntegerType, IntegerWidth, ListType, MapType, NumberBounds, NumberType, Object,
    Presence, Property, Schema, SizeBounds, StringType, Type, TypeDef, TypeId, TypeKind, Union, UnionKind,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::string::string_regex;
use serde_json::{Map, Number, Value, json};

use crate::json;

/// Whether values have parts that the schema does not list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownParts {
    /// Values have only listed parts.
    Excluded,
    /// Values also have unknown fields, enum values and variants, as a newer server would send them.
    Included,
}

/// The depth of nested types below which values have no optional properties.
const DEPTH: u32 = 4;

/// Returns a strategy for values of a schema.
pub fn value(api: &Api, schema: &Schema, unknown_parts: UnknownParts) -> BoxedStrategy<Value> {
    Source::new(api, unknown_parts).schema(schema, DEPTH)
}

/// Returns a strategy for values of a type.
pub fn of_type(api: &Api, id: TypeId, unknown_parts: UnknownParts) -> BoxedStrategy<Value> {
    Source::new(api, unknown_parts).named(id, DEPTH)
}

/// Writes values as JSON text, with whitespace and escapes of any kind.
pub fn text(values: BoxedStrategy<Value>) -> BoxedStrategy<String> {
    (values, any::<u64>()).prop_map(|(value, seed)| json::text(&value, seed)).boxed()
}

/// Returns a strategy for any JSON value, a few levels deep.
pub fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(Value::from),
        characters(0, 8).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((characters(0, 6), inner), 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>())),
        ]
    })
    .boxed()
}

#[derive(Clone)]
struct Source {
    api: Rc<Api>,
    unknown_parts: UnknownParts,
    /// The depth of the shallowest value of each type.
    heights: Rc<Vec<u32>>,
}

impl Source {
    fn new(api: &Api, unknown_parts: UnknownParts) -> Self {
        Self { api: Rc::new(api.clone()), unknown_parts, heights: Rc::new(heights(api)) }
    }

    fn schema(&self, schema: &Schema, depth: u32) -> BoxedStrategy<Value> {
        if !schema.nullable {
            return self.ty(&schema.ty, depth);
        }
        if depth == 0 {
            return Just(Value::Null).boxed();
        }
        prop_oneof![1 => Just(Value::Null), 3 => self.ty(&schema.ty, depth)].boxed()
    }

    fn ty(&self, ty: &Type, depth: u32) -> BoxedStrategy<Value> {
        match ty {
            Type::Any => any_json(),
            Type::Boolean => any::<bool>().prop_map(Value::from).boxed(),
            Type::Integer(ty) => integer(ty),
            Type::Number(ty) => number(ty),
            Type::String(ty) => string(ty).prop_map(Value::from).boxed(),
            Type::List(ty) => self.list(ty, depth),
            Type::Map(ty) => self.map(ty, depth),
            Type::Named(id) => {
                // Lazy, since a type may contain itself.
                let (source, id) = (self.clone(), *id);
                Just(()).prop_flat_map(move |()| source.named(id, depth.saturating_sub(1))).boxed()
            }
        }
    }

    fn list(&self, list: &ListType, depth: u32) -> BoxedStrategy<Value> {
        let (least, most) = counts(list.size, depth);
        let unique = list.unique;
        vec(self.schema(&list.items, depth), least..=most)
            .prop_map(move |values| if unique { without_repeats(values) } else { values })
            .prop_filter("too few different elements", move |values| values.len() >= least)
            .prop_map(Value::from)
            .boxed()
    }

    fn map(&self, map: &MapType, depth: u32) -> BoxedStrategy<Value> {
        let (least, most) = counts(map.size, depth);
        let shortest = size(map.keys.min.unwrap_or(0));
        let longest = map.keys.max.map_or(shortest + 12, size);
        vec((characters(shortest, longest), self.schema(&map.values, depth)), least..=most)
            .prop_map(|entries| entries.into_iter().collect::<Map<_, _>>())
            .prop_filter("too few different keys", move |map| map.len() >= least)
            .prop_map(Value::Object)
            .boxed()
    }

    fn named(&self, id: TypeId, depth: u32) -> BoxedStrategy<Value> {
        let def = self.api.type_def(id);
        match &def.kind {
            TypeKind::Object(object) => self.object(object, depth).prop_map(Value::Object).boxed(),
            TypeKind::Enum(values) => self.enumeration(values),
            TypeKind::Union(union) => self.union(union, depth),
            TypeKind::Alias(alias) => self.schema(&alias.schema, depth),
        }
    }

    fn object(&self, object: &Object, depth: u32) -> BoxedStrategy<Map<String, Value>> {
        let listed = object.properties.iter().map(|property| self.property(property, depth)).collect::<Vec<_>>();
        let names: Vec<String> = object.properties.iter().map(|property| property.name.clone()).collect();
        let (least, most) = (object.size.min.map_or(0, size), object.size.max.map_or(usize::MAX, size));
        let unknown_fields =
            vec((characters(1, 8), self.unknown_field(object, depth)), self.unknown_field_count(object));
        let optional: Vec<bool> = object.properties.iter().map(may_be_absent).collect();
        (listed, unknown_fields)
            .prop_map(move |(listed, unknown_fields)| {
                let mut entries: Vec<(String, Value)> = Vec::new();
                let mut spare = Vec::new();
                for ((name, value), optional) in names.iter().zip(listed).zip(&optional) {
                    let Some((value, wanted)) = value else { continue };
                    let into = if *optional && !wanted { &mut spare } else { &mut entries };
                    into.push((name.clone(), value));
                }
                while entries.len() < least && !spare.is_empty() {
                    entries.extend(spare.pop());
                }
                for (name, value) in unknown_fields {
                    if !names.contains(&name) {
                        entries.push((name, value));
                    }
                }
                let mut kept: Map<String, Value> = Map::new();
                for (name, value) in entries {
                    let dropped = kept.len() >= most && !names.contains(&name);
                    if !dropped {
                        kept.insert(name, value);
                    }
                }
                kept.into_iter().collect::<Vec<_>>()
            })
            .prop_filter("outside its number of properties", move |entries| (least..=most).contains(&entries.len()))
            .prop_shuffle()
            .prop_map(Map::from_iter)
            .boxed()
    }

    /// Returns a strategy for a property's value and whether an optional property is present. It gives `None` if the
    /// value would be too deep.
    fn property(&self, property: &Property, depth: u32) -> BoxedStrategy<Option<(Value, bool)>> {
        if let Some(constant) = &property.constant {
            let constant = constant.clone();
            return any::<bool>().prop_map(move |wanted| Some((constant.clone(), wanted))).boxed();
        }
        if depth == 0 && may_be_absent(property) {
            return Just(None).boxed();
        }
        (self.schema(&property.schema, depth), any::<bool>()).prop_map(Some).boxed()
    }

    fn unknown_field_count(&self, object: &Object) -> std::ops::RangeInclusive<usize> {
        let needed = object.size.min.map_or(0, size).saturating_sub(object.properties.len());
        let some = match object.additional {
            Additional::Closed | Additional::Any if self.unknown_parts == UnknownParts::Excluded => 0,
            _ => 3,
        };
        // Random names may be equal.
        if needed == 0 { 0..=some } else { needed + 2..=needed + 4 }
    }

    fn unknown_field(&self, object: &Object, depth: u32) -> BoxedStrategy<Value> {
        match &object.additional {
            Additional::Typed(schema) => self.schema(schema, depth),
            Additional::Any | Additional::Closed => any_json(),
        }
    }

    fn enumeration(&self, values: &Enum) -> BoxedStrategy<Value> {
        let listed: Vec<Value> = values.values.iter().map(|listed| listed.value.clone()).collect();
        let listed = select(listed);
        if self.unknown_parts == UnknownParts::Excluded {
            return listed.boxed();
        }
        let other = match values.repr {
            EnumRepr::String => characters(0, 12).prop_map(Value::from).boxed(),
            EnumRepr::Integer => any::<i64>().prop_map(Value::from).boxed(),
        };
        prop_oneof![listed, other].boxed()
    }

    fn union(&self, union: &Union, depth: u32) -> BoxedStrategy<Value> {
        let height = |ty: &Type| height(&self.heights, ty);
        let least = union.variants.iter().map(|variant| height(&variant.schema.ty)).min().unwrap_or_default();
        let fits = |ty: &Type| depth > 0 || height(ty) == least;
        let mut choices = Vec::new();
        for variant in union.variants.iter().filter(|variant| fits(&variant.schema.ty)) {
            let payload = self.schema(&variant.schema, depth);
            choices.push(match &union.kind {
                UnionKind::Tagged { property, .. } => tagged(payload, property, select(variant.tags.clone()).boxed()),
                UnionKind::ByJsonType | UnionKind::Untagged => payload,
            });
        }
        if self.unknown_parts == UnknownParts::Included {
            choices.push(self.unknown(union));
        }
        proptest::strategy::Union::new(choices).boxed()
    }

    /// Returns a strategy for variants that the union does not list.
    fn unknown(&self, union: &Union) -> BoxedStrategy<Value> {
        if let UnionKind::Tagged { property, .. } = &union.kind {
            let known: Vec<String> = union.variants.iter().flat_map(|variant| variant.tags.clone()).collect();
            let tag = characters(0, 12).prop_filter("a known tag", move |tag| !known.contains(tag)).boxed();
            let payload = vec((characters(0, 8), any_json()), 0..4);
            return tagged(payload.prop_map(|entries| Value::Object(Map::from_iter(entries))).boxed(), property, tag);
        }
        // An object could match a variant without required properties, and a list could match a list of anything.
        let kinds = [json!(null), json!(true), json!(-3), json!(1.5), json!("unknown"), json!([[null]])];
        let api = Rc::clone(&self.api);
        let taken = |value: &Value| union.variants.iter().any(|variant| accepts_kind(&api, &variant.schema.ty, value));
        let free: Vec<Value> = kinds.into_iter().filter(|value| !taken(value)).collect();
        if free.is_empty() { Just(Value::Null).boxed() } else { select(free).boxed() }
    }
}

/// Whether a type has values of the same JSON type.
fn accepts_kind(api: &Api, ty: &Type, value: &Value) -> bool {
    match ty {
        Type::Any => true,
        Type::Boolean => value.is_boolean(),
        Type::Integer(_) => value.is_i64(),
        Type::Number(_) => value.is_number(),
        Type::String(_) => value.is_string(),
        Type::List(_) => value.is_array(),
        Type::Map(_) => value.is_object(),
        Type::Named(id) => match &api.type_def(*id).kind {
            TypeKind::Object(_) => value.is_object(),
            TypeKind::Enum(values) => (values.repr == EnumRepr::String && value.is_string()) || value.is_i64(),
            TypeKind::Alias(alias) => accepts_kind(api, &alias.schema.ty, value),
            TypeKind::Union(union) => union.variants.iter().any(|inner| accepts_kind(api, &inner.schema.ty, value)),
        },
    }
}

/// Whether a payload without the property stays without it on a round trip.
fn may_be_absent(property: &Property) -> bool {
    matches!(
        property.presence,
        Presence::Optional | Presence::OptionalNullable | Presence::Defaulted { optional: true }
    )
}

fn tagged(payload: BoxedStrategy<Value>, property: &str, tag: BoxedStrategy<String>) -> BoxedStrategy<Value> {
    let property = property.to_owned();
    (payload, tag, any::<prop::sample::Index>())
        .prop_map(move |(payload, tag, position)| {
            let Value::Object(mut map) = payload else { return payload };
            if let Some(old) = map.get_mut(&property) {
                *old = Value::from(tag);
            } else {
                map.shift_insert(position.index(map.len() + 1), property.clone(), Value::from(tag));
            }
            Value::Object(map)
        })
        .boxed()
}

fn integer(ty: &IntegerType) -> BoxedStrategy<Value> {
    let (least, most) = match ty.width {
        IntegerWidth::I32 => (i128::from(i32::MIN), i128::from(i32::MAX)),
        IntegerWidth::I64 => (i128::from(i64::MIN), i128::from(i64::MAX)),
        IntegerWidth::U32 => (0, i128::from(u32::MAX)),
        IntegerWidth::U64 => (0, i128::from(u64::MAX)),
    };
    let NumberBounds { minimum, exclusive_minimum, maximum, exclusive_maximum, multiple_of } = &ty.bounds;
    let least = minimum
        .as_ref()
        .map_or(least, |minimum| least.max(if *exclusive_minimum { floor(minimum) + 1 } else { ceil(minimum) }));
    let most = maximum
        .as_ref()
        .map_or(most, |maximum| most.min(if *exclusive_maximum { ceil(maximum) - 1 } else { floor(maximum) }));
    let step = multiple_of.as_ref().map_or(1, |step| floor(step).max(1));
    let (lower, upper) = (-(-least).div_euclid(step), most.div_euclid(step));
    assert!(lower <= upper, "no integer is within {:?}", ty.bounds);
    let edges = select(vec![lower, upper, 0.clamp(lower, upper), 1.clamp(lower, upper)]);
    prop_oneof![1 => edges, 2 => lower..=upper]
        .prop_map(move |count| Value::Number(Number::from_i128(count * step).unwrap_or_else(|| 0.into())))
        .boxed()
}

fn float(number: &Number) -> f64 {
    number.as_f64().unwrap_or_default()
}

/// Rounds down.
fn floor(number: &Number) -> i128 {
    whole(number).unwrap_or_else(|| truncated(float(number).floor()))
}

/// Rounds up.
fn ceil(number: &Number) -> i128 {
    whole(number).unwrap_or_else(|| truncated(float(number).ceil()))
}

fn whole(number: &Number) -> Option<i128> {
    number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from))
}

#[allow(clippy::cast_possible_truncation, reason = "saturates, and bounds of integers are within i128")]
fn truncated(whole: f64) -> i128 {
    whole as i128
}

fn number(ty: &NumberType) -> BoxedStrategy<Value> {
    let bounds = ty.bounds.clone();
    let least = bounds.minimum.as_ref().map_or(-1e15, float);
    let most = bounds.maximum.as_ref().map_or(1e15, float).max(least);
    if let Some(step) = &bounds.multiple_of {
        let step = float(step);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "the bounds are far within i64"
        )]
        let counts = (least / step).ceil() as i64..=((most / step).floor() as i64).min(1 << 40);
        #[allow(clippy::cast_precision_loss, reason = "below 2^40")]
        return counts.prop_map(move |count| Value::from(count as f64 * step)).boxed();
    }
    // An integer is a number as well, and stays equal if `f64` can represent it.
    #[allow(clippy::cast_possible_truncation, reason = "whole numbers below 2^53")]
    let whole = |value: f64| Value::from(value.trunc() as i64);
    (least..=most, any::<bool>())
        .prop_map(move |(value, cut)| {
            let cut = cut && (least..=most).contains(&value.trunc()) && value.abs() < 9e15;
            if cut { whole(value) } else { Value::from(value) }
        })
        .prop_filter("on an exclusive bound", move |value| {
            let value = value.as_f64();
            !(bounds.exclusive_minimum && value == Some(least) || bounds.exclusive_maximum && value == Some(most))
        })
        .boxed()
}

fn string(ty: &StringType) -> BoxedStrategy<String> {
    let shortest = size(ty.length.min.unwrap_or(0));
    let longest = ty.length.max.map_or(shortest + 16, size);
    if let Some(pattern) = &ty.pattern {
        // A value that consists of the match alone matches with and without anchors.
        let pattern = pattern.trim_start_matches('^').trim_end_matches('$');
        let matching = string_regex(pattern).unwrap_or_else(|error| panic!("the pattern `{pattern}`: {error}"));
        return matching
            .prop_filter("outside its length", move |text| (shortest..=longest).contains(&text.chars().count()))
            .boxed();
    }
    let form = match ty.format.as_deref() {
        Some("date-time") => {
            "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?(Z|[+-]0[0-9]:30)"
        }
        Some("date") => "20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
        Some("uuid") => "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-fA-F]{4}-[0-9A-F]{12}",
        Some("uri") => "https?://[a-z]{1,8}\\.example(/[a-zA-Z0-9._~-]{0,6}){0,3}(\\?[a-z]=[0-9])?",
        Some("byte") => "([A-Za-z0-9+/]{4}){0,4}([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
        _ => return characters(shortest, longest),
    };
    let form = string_regex(form).unwrap_or_else(|error| panic!("the form `{form}`: {error}"));
    let longest = ty.length.max.map_or(usize::MAX, size);
    form.prop_filter("outside its length", move |text| (shortest..=longest).contains(&text.chars().count())).boxed()
}

/// Returns a strategy for texts of any characters. Those that JSON escapes are more frequent.
fn characters(shortest: usize, longest: usize) -> BoxedStrategy<String> {
    let rare = select(vec!['"', '\\', '/', '\0', '\n', '\u{7f}', '\u{2028}', '\u{fffd}', '\u{1f980}', '`', '.', '[']);
    let character = prop_oneof![4 => proptest::char::range('a', 'z'), 1 => rare, 1 => any::<char>()];
    vec(character, shortest..=longest.max(shortest)).prop_map(String::from_iter).boxed()
}

fn size(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// Returns the least and the greatest number of elements, fewer at a greater depth.
fn counts(bounds: SizeBounds, depth: u32) -> (usize, usize) {
    let least = size(bounds.min.unwrap_or(0));
    let some = least + size(depth.min(3).into());
    (least, bounds.max.map_or(some, |most| some.min(size(most))))
}

fn without_repeats(values: Vec<Value>) -> Vec<Value> {
    let mut different: Vec<Value> = Vec::new();
    for value in values {
        if !different.iter().any(|other| json::equal(other, &value)) {
            different.push(value);
        }
    }
    different
}

/// Returns the depth of the shallowest value of each type. A union chooses by it when it must end.
fn heights(api: &Api) -> Vec<u32> {
    let mut heights = vec![u32::MAX; api.types.len()];
    loop {
        let next: Vec<u32> = api.types.iter().map(|def| height_of(&heights, def)).collect();
        if next == heights {
            return heights;
        }
        heights = next;
    }
}

fn height_of(heights: &[u32], def: &TypeDef) -> u32 {
    let inner = match &def.kind {
        TypeKind::Enum(_) => 0,
        TypeKind::Alias(alias) => schema_height(heights, &alias.schema),
        TypeKind::Object(object) => {
            let needed = object.properties.iter().filter(|property| !may_be_absent(property));
            needed.map(|property| schema_height(heights, &property.schema)).max().unwrap_or_default()
        }
        TypeKind::Union(union) => {
            union.variants.iter().map(|variant| schema_height(heights, &variant.schema)).min().unwrap_or_default()
        }
    };
    inner.saturating_add(1)
}

fn schema_height(heights: &[u32], schema: &Schema) -> u32 {
    if schema.nullable { 0 } else { height(heights, &schema.ty) }
}

fn height(heights: &[u32], ty: &Type) -> u32 {
    match ty {
        Type::Named(id) => heights[id.0],
        Type::List(list) if list.size.min.unwrap_or(0) > 0 => schema_height(heights, &list.items),
        Type::Map(map) if map.size.min.unwrap_or(0) > 0 => schema_height(heights, &map.values),
        _ => 0,
    }
}
