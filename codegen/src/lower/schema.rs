//! From schemas to types.

use super::merged_schema::{Flat, Home, Kind, Node, Part};
use super::raw_schema::Notes;
use super::resolver::{DEPTH, Sole};
use super::{Lowerer, name_scope, pointer};
use crate::diagnostics::Diagnostic;
use crate::ir::{
    Additional, Alias, Docs, Enum, EnumRepr, IntegerType, IntegerWidth, ListType, MapType, NumberType, Object, Schema,
    StringType, Type, TypeDef, TypeId, TypeKind, Usage,
};
use crate::pattern::is_checkable;
use serde_json::Value;
use std::rc::Rc;

/// What an inline type would be called, and to whom it belongs.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) name: Rc<str>,
    pub(super) home: Home,
}

impl Spot {
    pub(super) fn of(part: &Part<'_>) -> Self {
        Self { name: Rc::clone(&part.name), home: part.home }
    }

    /// The place of something within.
    pub(super) fn inner(&self, suffix: &str) -> Self {
        Self { name: format!("{}{suffix}", self.name).into(), home: self.home }
    }
}

/// A schema where it is used.
pub(super) struct Use<'a> {
    pub(super) schema: Schema,
    /// Its only value, where the caller asked for constants.
    pub(super) constant: Option<Value>,
    pub(super) notes: Notes<'a>,
}

/// What a flat schema becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Any,
    Boolean,
    Integer,
    Number,
    String,
    List,
    Map,
    Struct,
    Enum(EnumRepr),
    Union,
}

impl Sort {
    pub(super) fn of(flat: &Flat<'_>) -> Self {
        if !flat.unions.is_empty() {
            return Self::Union;
        }
        // No enum keeps a secret: what it does not list, it prints.
        if flat.secret {
            return Self::String;
        }
        if let Some(repr) = flat.values.as_deref().and_then(|values| repr_of(values, flat.kind)) {
            return Self::Enum(repr);
        }
        match flat.kind {
            None => Self::Any,
            Some(Kind::Boolean) => Self::Boolean,
            Some(Kind::Integer) => Self::Integer,
            Some(Kind::Number) => Self::Number,
            Some(Kind::String) => Self::String,
            Some(Kind::Array) => Self::List,
            // A closed object without properties has exactly one value, which no map can say.
            Some(Kind::Object) if !flat.properties.is_empty() || (flat.closed && flat.additional.is_empty()) => {
                Self::Struct
            }
            Some(Kind::Object) => Self::Map,
        }
    }
}

fn repr_of(values: &[&Value], kind: Option<Kind>) -> Option<EnumRepr> {
    if values.is_empty() {
        None
    } else if values.iter().all(|value| value.is_string()) && matches!(kind, None | Some(Kind::String)) {
        Some(EnumRepr::String)
    } else if values.iter().all(|value| value.is_i64()) && matches!(kind, None | Some(Kind::Integer)) {
        Some(EnumRepr::Integer)
    } else {
        None
    }
}

/// The prose of an item.
pub(super) fn docs_of(notes: &Notes<'_>) -> Docs {
    Docs {
        title: notes.title.map(str::to_owned),
        description: notes.description.map(str::to_owned),
        example: notes.example.cloned(),
        link: notes.link.map(str::to_owned),
    }
}

/// The one value of a schema, where it is a scalar.
pub(super) fn only_value<'a>(flat: &Flat<'a>) -> Option<&'a Value> {
    match flat.values.as_deref() {
        Some([value]) if flat.unions.is_empty() && !flat.secret && !value.is_object() && !value.is_array() => {
            let agrees = flat.kind.is_none_or(|kind| {
                let actual = Kind::of_value(value);
                actual == Some(kind) || (kind == Kind::Number && actual == Some(Kind::Integer))
            });
            agrees.then_some(value)
        }
        _ => None,
    }
}

impl<'a> Lowerer<'a> {
    /// Lowers a component to its definition.
    pub(super) fn define_component(&mut self, index: usize) {
        let Some(part) = self.components.get(index).cloned() else { return };
        let node = std::slice::from_ref(&part);
        let (kind, notes) = if let Some(sole) = self.sole_reference(node) {
            let notes = sole.notes;
            let target = self.used(&sole, &part.pointer, false);
            (TypeKind::Alias(Alias { schema: Schema { nullable: false, ..target.schema }, recursive: false }), notes)
        } else if let Some(flat) = self.component_flat(index) {
            (self.component_kind(&flat, &part), flat.notes)
        } else {
            let any = Schema { ty: Type::Any, nullable: false };
            (TypeKind::Alias(Alias { schema: any, recursive: false }), Notes::default())
        };
        let def = self.definition(&part.name, &part.pointer, &notes, kind);
        if let Some(slot) = self.types.get_mut(index) {
            *slot = def;
        }
    }

    fn component_kind(&mut self, flat: &Flat<'a>, part: &Part<'a>) -> TypeKind {
        let spot = Spot::of(part);
        self.kind(flat, &spot).unwrap_or_else(|| {
            let ty = self.plain(flat, &spot);
            TypeKind::Alias(Alias { schema: Schema { ty, nullable: false }, recursive: false })
        })
    }

    fn definition(&self, name: &str, pointer: &str, notes: &Notes<'_>, kind: TypeKind) -> TypeDef {
        let key = pointer.strip_prefix("/components/schemas/").and_then(|_| {
            let mut segments = pointer::segments(pointer).skip(2);
            let key = segments.next()?;
            segments.next().is_none().then(|| key.into_owned())
        });
        TypeDef {
            name: name.to_owned(),
            module: name_scope::module(name),
            schema: key.filter(|key| self.by_key.contains_key(key.as_str())),
            pointer: pointer.to_owned(),
            docs: docs_of(notes),
            deprecated: notes.deprecated.unwrap_or_default(),
            usage: Usage::default(),
            default: notes.default.cloned(),
            kind,
        }
    }

    /// Lowers a schema where it is used. `constant`: one value alone may stand for itself, without a type.
    pub(super) fn schema(&mut self, node: &[Part<'a>], spot: &Spot, constant: bool) -> Use<'a> {
        let node = &*self.pruned(node);
        let pointer = node.last().map_or_else(|| Rc::from(""), |part| Rc::clone(&part.pointer));
        if let Some(sole) = self.sole_reference(node) {
            return self.used(&sole, &pointer, constant);
        }
        if self.depth > DEPTH {
            self.too_deep(&pointer);
            return Use { schema: Schema { ty: Type::Any, nullable: false }, constant: None, notes: Notes::default() };
        }
        let mut flat = self.flatten(node);
        self.settle(&mut flat);
        let (spot, identity) = match node {
            [part] => (Spot::of(part), Rc::clone(&part.pointer)),
            parts => (spot.clone(), identity(parts)),
        };
        self.use_flat(&flat, &identity, &spot, constant)
    }

    /// Uses a component.
    fn used(&mut self, sole: &Sole<'a>, pointer: &str, constant: bool) -> Use<'a> {
        let flat = self.component_flat(sole.component);
        if flat.is_none() {
            self.diagnostics.push(
                Diagnostic::error("cyclic-schema", pointer, "this schema is nothing but itself")
                    .help("say what it is: a type, properties, items or variants"),
            );
        }
        let any = flat.as_deref().is_some_and(|flat| Sort::of(flat) == Sort::Any);
        let own = flat.as_deref().is_some_and(Flat::is_nullable);
        let nullable = sole.nullable.unwrap_or(own) && !any;
        let value = flat.as_deref().and_then(only_value).filter(|_| constant && !nullable);
        let ty = Type::Named(TypeId(sole.component));
        Use { schema: Schema { ty, nullable }, constant: value.cloned(), notes: sole.notes }
    }

    /// Lowers a flat schema where it is used. `identity` tells it from every other inline schema.
    pub(super) fn use_flat(&mut self, flat: &Flat<'a>, identity: &str, spot: &Spot, constant: bool) -> Use<'a> {
        let nullable = flat.is_nullable() && Sort::of(flat) != Sort::Any;
        let notes = flat.notes;
        let value = only_value(flat).filter(|_| constant && !nullable);
        self.depth += 1;
        let ty = match value {
            Some(value) => constant_type(value),
            None => self.ty(flat, identity, spot),
        };
        self.depth -= 1;
        Use { schema: Schema { ty, nullable }, constant: value.cloned(), notes }
    }

    fn ty(&mut self, flat: &Flat<'a>, identity: &str, spot: &Spot) -> Type {
        if !matches!(Sort::of(flat), Sort::Struct | Sort::Enum(_) | Sort::Union) {
            return self.plain(flat, spot);
        }
        if let Some(id) = self.inline.get(identity) {
            return Type::Named(*id);
        }
        let name = flat.notes.rust_name.map_or_else(|| Rc::clone(&spot.name), Rc::from);
        let spot = Spot { name, home: spot.home };
        let id = TypeId(self.types.len());
        self.inline.insert(identity.to_owned(), id);
        // Its place is taken before its insides are lowered, which may lead back to it.
        let empty = Object { properties: Vec::new(), additional: Additional::Any, size: flat.property_count };
        self.types.push(self.definition(&spot.name, &flat.pointer, &flat.notes, TypeKind::Object(empty)));
        if let Some(home) = self.homes.get_mut(spot.home) {
            home.push(id);
        }
        if let Some(kind) = self.kind(flat, &spot)
            && let Some(def) = self.types.get_mut(id.0)
        {
            def.kind = kind;
            // The default of an inline schema stands where it is used.
            def.default = None;
        }
        Type::Named(id)
    }

    /// The definition that a schema needs, if it needs one.
    fn kind(&mut self, flat: &Flat<'a>, spot: &Spot) -> Option<TypeKind> {
        Some(match Sort::of(flat) {
            Sort::Struct => TypeKind::Object(self.object(flat, spot)),
            Sort::Enum(repr) => TypeKind::Enum(Enum { repr, values: self.enum_values(flat, &spot.name) }),
            Sort::Union => TypeKind::Union(self.union(flat, spot)),
            _ => return None,
        })
    }

    /// The type of a schema that needs no definition.
    fn plain(&mut self, flat: &Flat<'a>, spot: &Spot) -> Type {
        self.check_values(flat);
        self.check_constraints(flat);
        match Sort::of(flat) {
            Sort::Boolean => Type::Boolean,
            Sort::Integer => Type::Integer(integer(flat)),
            Sort::Number => {
                let format = flat.format.map(str::to_owned);
                Type::Number(NumberType { format, bounds: flat.number.clone() })
            }
            Sort::String => Type::String(StringType {
                format: flat.format.map(str::to_owned),
                length: flat.length,
                pattern: flat.pattern.map(str::to_owned),
                secret: flat.secret,
            }),
            Sort::List => {
                let items = self.within(&flat.items, &spot.inner("Item"));
                Type::List(Box::new(ListType { items, size: flat.item_count, unique: flat.unique }))
            }
            Sort::Map => {
                self.check_map_required(flat);
                let values = self.within(&flat.additional, &spot.inner("Value"));
                Type::Map(Box::new(MapType { values, keys: flat.property_names, size: flat.property_count }))
            }
            _ => Type::Any,
        }
    }

    /// The elements of a list or the values of a map.
    pub(super) fn within(&mut self, node: &Node<'a>, spot: &Spot) -> Schema {
        if node.is_empty() {
            return Schema { ty: Type::Any, nullable: false };
        }
        self.schema(node, spot, false).schema
    }

    /// Finds what `validate()` cannot check.
    fn check_constraints(&mut self, flat: &Flat<'a>) {
        let mut warn = |keyword: &str, message: &str, help: &str| {
            let at = pointer::child(&flat.pointer, keyword);
            self.diagnostics.push(Diagnostic::warning("unchecked-constraint", &*at, message).help(help));
        };
        let sort = Sort::of(flat);
        let fraction = flat.number.multiple_of.as_ref().is_some_and(|step| step.as_i128().is_none());
        if matches!(sort, Sort::Integer) && fraction {
            warn("multipleOf", "whether an integer is a multiple of a fraction is not checked", "use a whole number");
        }
        if matches!(sort, Sort::String) && flat.pattern.is_some_and(|pattern| !is_checkable(pattern)) {
            let help =
                "write it without look-around, back references and Unicode classes, or say it in the description";
            warn("pattern", "this pattern is not checked", help);
        }
    }

    fn check_map_required(&mut self, flat: &Flat<'a>) {
        if let Some((name, pointer)) = flat.required.first() {
            self.diagnostics.push(
                Diagnostic::warning(
                    "unchecked-constraint",
                    &**pointer,
                    format!("whether a map has the key `{name}` is not checked"),
                )
                .help("list it among `properties`"),
            );
        }
    }
}

/// What tells a combination of schemas from others.
pub(super) fn identity(parts: &[Part<'_>]) -> Rc<str> {
    let pointers: Vec<&str> =
        parts.iter().map(|part| part.raw.get("$ref").and_then(Value::as_str).unwrap_or(&part.pointer)).collect();
    pointers.join(" ").into()
}

fn constant_type(value: &Value) -> Type {
    match Kind::of_value(value) {
        Some(Kind::Boolean) => Type::Boolean,
        Some(Kind::Integer) => Type::Integer(IntegerType {
            width: if value.is_i64() { IntegerWidth::I64 } else { IntegerWidth::U64 },
            format: None,
            bounds: crate::ir::NumberBounds::default(),
        }),
        Some(Kind::Number) => Type::Number(NumberType { format: None, bounds: crate::ir::NumberBounds::default() }),
        Some(Kind::String) => Type::String(StringType::default()),
        _ => Type::Any,
    }
}

fn integer(flat: &Flat<'_>) -> IntegerType {
    let bounds = flat.number.clone();
    let wide = bounds.maximum.as_ref().is_some_and(|max| max.as_i64().is_none() && max.as_f64() > Some(0.0));
    let natural = bounds.minimum.as_ref().is_some_and(|min| min.as_u64().is_some() || min.as_f64() == Some(0.0));
    let width = match flat.format {
        Some("int32") => IntegerWidth::I32,
        Some("uint32") => IntegerWidth::U32,
        Some("uint64") => IntegerWidth::U64,
        Some("int64") => IntegerWidth::I64,
        _ if wide && natural => IntegerWidth::U64,
        _ => IntegerWidth::I64,
    };
    IntegerType { width, format: flat.format.map(str::to_owned), bounds }
}
