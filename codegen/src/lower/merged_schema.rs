//! What a schema comes to once its `allOf` parts and references are followed, and how two such are united.

use super::pointer;
use super::raw_schema::{Notes, View};
use crate::diagnostics::Diagnostic;
use crate::ir::{NumberBounds, SizeBounds};
use indexmap::IndexMap;
use serde_json::{Map, Number, Value};
use std::cmp::Ordering;
use std::rc::Rc;

/// Which component (by its index) or the operations (one past the last) an inline type belongs to.
pub(crate) type Home = usize;

/// One written schema, and what an inline type made of it would be called.
///
/// The name hangs on where a schema is written and not on who uses it, so that a schema that several `allOf`s
/// inherit is one type with one name.
#[derive(Clone, Debug)]
pub(crate) struct Part<'a> {
    pub(crate) pointer: Rc<str>,
    pub(crate) raw: &'a Value,
    pub(crate) name: Rc<str>,
    pub(crate) home: Home,
}

/// Schemas that a value must satisfy all at once; hardly ever more than one.
pub(crate) type Node<'a> = Vec<Part<'a>>;

/// The types of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    pub(crate) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "boolean" => Self::Boolean,
            "integer" => Self::Integer,
            "number" => Self::Number,
            "string" => Self::String,
            "array" => Self::Array,
            "object" => Self::Object,
            _ => return None,
        })
    }

    pub(crate) fn of_value(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Number,
            Value::Number(_) => Self::Integer,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        })
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// A `oneOf` or `anyOf` of two variants or more, without null.
#[derive(Clone, Debug)]
pub(crate) struct UnionPart<'a> {
    /// Of the list of variants.
    pub(crate) pointer: Rc<str>,
    /// Of the schema that has the list.
    pub(crate) owner: Rc<str>,
    pub(crate) exclusive: bool,
    pub(crate) variants: Vec<Part<'a>>,
    pub(crate) discriminator: Option<&'a Map<String, Value>>,
}

/// A schema without `allOf` and `$ref`.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a keyword of its own")]
pub(crate) struct Flat<'a> {
    pub(crate) pointer: Rc<str>,
    pub(crate) notes: Notes<'a>,
    /// Whether null is a value of it; undecided while nothing speaks of types.
    pub(crate) nullable: Option<bool>,
    pub(crate) kind: Option<Kind>,
    /// Where `kind` was said.
    pub(crate) kind_pointer: Rc<str>,
    pub(crate) format: Option<&'a str>,
    /// The values of `enum` but null.
    pub(crate) values: Option<Vec<&'a Value>>,
    /// Whether a variant takes any other value as well.
    pub(crate) open: bool,
    pub(crate) number: NumberBounds,
    pub(crate) length: SizeBounds,
    pub(crate) pattern: Option<&'a str>,
    pub(crate) secret: bool,
    pub(crate) items: Node<'a>,
    pub(crate) item_count: SizeBounds,
    pub(crate) unique: bool,
    pub(crate) properties: IndexMap<&'a str, Node<'a>>,
    /// Names, with where each is listed.
    pub(crate) required: IndexMap<&'a str, Rc<str>>,
    pub(crate) additional: Node<'a>,
    pub(crate) closed: bool,
    pub(crate) property_count: SizeBounds,
    pub(crate) property_names: SizeBounds,
    pub(crate) unions: Vec<UnionPart<'a>>,
    /// The components that were merged into it.
    pub(crate) ancestors: Vec<usize>,
}

impl<'a> Flat<'a> {
    /// A schema that accepts anything.
    pub(crate) fn any(pointer: Rc<str>) -> Self {
        Self {
            kind_pointer: Rc::clone(&pointer),
            pointer,
            notes: Notes::default(),
            nullable: None,
            kind: None,
            format: None,
            values: None,
            open: false,
            number: NumberBounds::default(),
            length: SizeBounds::default(),
            pattern: None,
            secret: false,
            items: Vec::new(),
            item_count: SizeBounds::default(),
            unique: false,
            properties: IndexMap::new(),
            required: IndexMap::new(),
            additional: Vec::new(),
            closed: false,
            property_count: SizeBounds::default(),
            property_names: SizeBounds::default(),
            unions: Vec::new(),
            ancestors: Vec::new(),
        }
    }

    /// What a schema says itself, apart from its combinators.
    pub(crate) fn own(part: &Part<'a>, view: &View<'a>) -> Self {
        let at = &part.pointer;
        let mut flat = Self {
            notes: view.notes,
            kind: own_kind(view),
            format: view.format,
            values: view.values.map(|values| values.iter().filter(|value| !value.is_null()).collect()),
            number: view.number.clone(),
            length: view.length,
            pattern: view.pattern,
            secret: view.secret,
            item_count: view.item_count,
            unique: view.unique,
            property_count: view.property_count,
            property_names: view.property_names,
            ..Self::any(Rc::clone(at))
        };
        if flat.kind.is_some() || flat.values.is_some() {
            let null = view.nullable == Some(true) || view.values.is_some_and(|list| list.iter().any(Value::is_null));
            flat.nullable = Some(null);
        }
        if let Some(raw) = view.items {
            flat.items.push(part.inner(pointer::child(at, "items"), raw, "Item"));
        }
        flat.own_properties(part, view);
        flat
    }

    fn own_properties(&mut self, part: &Part<'a>, view: &View<'a>) {
        let at = &part.pointer;
        if let Some(properties) = view.properties {
            let parent = pointer::child(at, "properties");
            for (name, raw) in properties {
                let suffix = super::name_scope::upper(name);
                self.properties.insert(name, vec![part.inner(pointer::child(&parent, name), raw, &suffix)]);
            }
        }
        for (index, name) in view.required.iter().enumerate() {
            if let Some(name) = name.as_str() {
                self.required.entry(name).or_insert_with(|| pointer::element(at, "required", index));
            }
        }
        match view.additional {
            None | Some(Value::Bool(true)) => {}
            Some(Value::Bool(false)) => self.closed = true,
            Some(raw) if raw.as_object().is_some_and(Map::is_empty) => {}
            Some(raw) => self.additional.push(part.inner(pointer::child(at, "additionalProperties"), raw, "Value")),
        }
    }

    /// Whether null is a value of it.
    pub(crate) fn is_nullable(&self) -> bool {
        self.nullable == Some(true)
    }

    /// Whether it says anything about objects beyond being one.
    pub(crate) fn has_members(&self) -> bool {
        !self.properties.is_empty() || !self.additional.is_empty() || self.closed
    }

    /// Narrows it to what another accepts as well. Of notes, the other's win.
    pub(crate) fn unite(&mut self, other: Flat<'a>, found: &mut Vec<Diagnostic>) {
        self.notes = other.notes.over(self.notes);
        self.nullable = match (self.nullable, other.nullable) {
            (Some(mine), Some(theirs)) => Some(mine && theirs),
            (mine, theirs) => mine.or(theirs),
        };
        self.unite_kind(&other, found);
        self.open = match (&self.values, &other.values) {
            (Some(_), Some(_)) => self.open && other.open,
            (None, Some(_)) => other.open,
            (_, None) => self.open,
        };
        self.unite_values(other.values, &other.pointer, found);
        self.unite_text(other.format, other.pattern, &other.pointer, found);
        unite_numbers(&mut self.number, &other.number);
        unite_sizes(&mut self.length, other.length);
        unite_sizes(&mut self.item_count, other.item_count);
        unite_sizes(&mut self.property_count, other.property_count);
        unite_sizes(&mut self.property_names, other.property_names);
        self.secret |= other.secret;
        self.unique |= other.unique;
        self.closed |= other.closed;
        unite_nodes(&mut self.items, other.items);
        unite_nodes(&mut self.additional, other.additional);
        for (name, node) in other.properties {
            unite_nodes(self.properties.entry(name).or_default(), node);
        }
        for (name, pointer) in other.required {
            self.required.entry(name).or_insert(pointer);
        }
        for union in other.unions {
            if !self.unions.iter().any(|known| known.pointer == union.pointer) {
                self.unions.push(union);
            }
        }
        for ancestor in other.ancestors {
            if !self.ancestors.contains(&ancestor) {
                self.ancestors.push(ancestor);
            }
        }
    }

    fn unite_kind(&mut self, other: &Flat<'a>, found: &mut Vec<Diagnostic>) {
        match (self.kind, other.kind) {
            (Some(mine), Some(theirs)) if mine == theirs => {}
            (_, None) | (Some(Kind::Integer), Some(Kind::Number)) => {}
            (None, Some(_)) | (Some(Kind::Number), Some(Kind::Integer)) => {
                self.kind = other.kind;
                self.kind_pointer = Rc::clone(&other.kind_pointer);
            }
            (Some(mine), Some(theirs)) => found.push(
                conflict(
                    &other.kind_pointer,
                    format!("this is of type `{}`, and of type `{}` elsewhere", theirs.name(), mine.name()),
                )
                .related(&*self.kind_pointer, format!("of type `{}` here", mine.name())),
            ),
        }
    }

    fn unite_values(&mut self, theirs: Option<Vec<&'a Value>>, at: &str, found: &mut Vec<Diagnostic>) {
        let Some(theirs) = theirs else { return };
        let Some(mine) = &mut self.values else {
            self.values = Some(theirs);
            return;
        };
        let common: Vec<&Value> = mine.iter().copied().filter(|value| theirs.contains(value)).collect();
        if common.is_empty() && !theirs.is_empty() && !mine.is_empty() {
            let message = "no value of this `enum` is a value of the other one".to_owned();
            found.push(conflict(at, message).related(&*self.pointer, "the other `enum`"));
        } else {
            *mine = common;
        }
    }

    fn unite_text(&mut self, format: Option<&'a str>, pattern: Option<&'a str>, at: &str, found: &mut Vec<Diagnostic>) {
        match (self.format, format) {
            (Some(mine), Some(theirs)) if mine != theirs => found.push(
                conflict(at, format!("the format is `{theirs}` here and `{mine}` elsewhere"))
                    .related(&*self.pointer, format!("`{mine}` here")),
            ),
            (mine, theirs) => self.format = theirs.or(mine),
        }
        match (self.pattern, pattern) {
            (Some(mine), Some(theirs)) if mine != theirs => found.push(
                Diagnostic::warning("unchecked-constraint", at, "a value has two patterns, of which one is checked")
                    .related(&*self.pointer, "the pattern that is not checked")
                    .help("write one pattern that says both"),
            ),
            _ => {}
        }
        self.pattern = pattern.or(self.pattern);
    }
}

impl<'a> Part<'a> {
    /// A schema within this one: an inline type made of it takes this one's name and a suffix.
    pub(crate) fn inner(&self, pointer: Rc<str>, raw: &'a Value, suffix: &str) -> Part<'a> {
        let own = raw.get("x-rust-name").and_then(Value::as_str);
        let name = own.map_or_else(|| format!("{}{suffix}", self.name).into(), Rc::from);
        Part { pointer, raw, name, home: self.home }
    }
}

fn own_kind(view: &View<'_>) -> Option<Kind> {
    if let Some(name) = view.kind {
        return Kind::of(name);
    }
    if let Some(values) = view.values {
        let mut kinds = values.iter().filter_map(Kind::of_value);
        let first = kinds.next();
        return first.filter(|first| kinds.all(|kind| kind == *first));
    }
    if view.properties.is_some() || view.additional.is_some() {
        return Some(Kind::Object);
    }
    view.items.map(|_| Kind::Array)
}

pub(crate) fn conflict(at: &str, message: String) -> Diagnostic {
    Diagnostic::error("conflicting-all-of", at, message)
        .help("a value has to satisfy every part of an `allOf`: make the parts agree, or leave one of them out")
}

fn unite_nodes<'a>(mine: &mut Node<'a>, theirs: Node<'a>) {
    for part in theirs {
        // Equal schemas are common where a part repeats what another says; the first stands for both.
        if !mine.iter().any(|known| known.pointer == part.pointer || known.raw == part.raw) {
            mine.push(part);
        }
    }
}

fn unite_sizes(mine: &mut SizeBounds, theirs: SizeBounds) {
    mine.min = mine.min.max(theirs.min);
    mine.max = match (mine.max, theirs.max) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
}

fn unite_numbers(mine: &mut NumberBounds, theirs: &NumberBounds) {
    tighten(
        (&mut mine.minimum, &mut mine.exclusive_minimum),
        (theirs.minimum.as_ref(), theirs.exclusive_minimum),
        Ordering::Greater,
    );
    tighten(
        (&mut mine.maximum, &mut mine.exclusive_maximum),
        (theirs.maximum.as_ref(), theirs.exclusive_maximum),
        Ordering::Less,
    );
    if theirs.multiple_of.is_some() {
        mine.multiple_of.clone_from(&theirs.multiple_of);
    }
}

fn tighten(
    (mine, mine_exclusive): (&mut Option<Number>, &mut bool),
    theirs: (Option<&Number>, bool),
    tighter: Ordering,
) {
    let Some(limit) = theirs.0 else { return };
    let replace = mine.as_ref().is_none_or(|known| compare(limit, known) == Some(tighter));
    if replace {
        *mine = Some(limit.clone());
        *mine_exclusive = theirs.1;
    } else if mine.as_ref() == Some(limit) {
        *mine_exclusive |= theirs.1;
    }
}

/// Compares without loss where both are whole.
fn compare(a: &Number, b: &Number) -> Option<Ordering> {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => Some(a.cmp(&b)),
        _ => a.as_f64()?.partial_cmp(&b.as_f64()?),
    }
}
