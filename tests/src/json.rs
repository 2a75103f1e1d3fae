//! Compares, addresses and writes JSON values in ways that tests need.

use std::fmt::{self, Display, Write};

use serde_json::{Map, Number, Value};

use crate::random::Random;

/// Whether two values are equal. Numbers compare by value: 5 equals 5.0.
#[must_use]
pub fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => equal_numbers(left, right),
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let found = |(name, value): (&String, &Value)| right.get(name).is_some_and(|other| equal(value, other));
            left.len() == right.len() && left.iter().all(found)
        }
        _ => left == right,
    }
}

fn equal_numbers(left: &Number, right: &Number) -> bool {
    match (integer(left), integer(right)) {
        (Some(left), Some(right)) => left == right,
        (None, None) => left.as_f64() == right.as_f64(),
        _ => false,
    }
}

/// Returns the integer that equals a number, however it is written. Floats beyond `i128` compare as floats.
fn integer(number: &Number) -> Option<i128> {
    if let Some(signed) = number.as_i64() {
        return Some(signed.into());
    }
    if let Some(unsigned) = number.as_u64() {
        return Some(unsigned.into());
    }
    let float = number.as_f64()?;
    #[allow(clippy::cast_possible_truncation, reason = "the bound below is far within i128")]
    (float.fract() == 0.0 && float.abs() < 1e30).then_some(float as i128)
}

/// A step from a value to a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the value of a property.
    Key(String),
    /// To an element.
    Index(usize),
}

/// A place in a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place(Vec<Step>);

impl Place {
    /// Returns the place of the value itself.
    #[must_use]
    pub fn root() -> Self {
        Self::default()
    }

    /// Returns the place of a property.
    #[must_use]
    pub fn key(&self, name: &str) -> Self {
        self.then(Step::Key(name.to_owned()))
    }

    /// Returns the place of an element.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Step::Index(index))
    }

    fn then(&self, step: Step) -> Self {
        Self(self.0.iter().cloned().chain([step]).collect())
    }

    /// Returns the steps.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Returns the place that contains this one, and the step from there.
    #[must_use]
    pub fn parent(&self) -> Option<(Self, &Step)> {
        let (last, steps) = self.0.split_last()?;
        Some((Self(steps.to_vec()), last))
    }

    /// Returns the value at this place.
    #[must_use]
    pub fn get<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        self.0.iter().try_fold(value, |value, step| match step {
            Step::Key(name) => value.get(name),
            Step::Index(index) => value.get(index),
        })
    }

    /// Returns the value at this place, to change it.
    pub fn get_mut<'v>(&self, value: &'v mut Value) -> Option<&'v mut Value> {
        self.0.iter().try_fold(value, |value, step| match step {
            Step::Key(name) => value.get_mut(name),
            Step::Index(index) => value.get_mut(index),
        })
    }

    /// Returns a copy of a value with another value at this place.
    #[must_use]
    pub fn replaced(&self, value: &Value, other: Value) -> Value {
        let mut value = value.clone();
        if let Some(place) = self.get_mut(&mut value) {
            *place = other;
        }
        value
    }

    /// Returns a copy of a value without the property or element at this place.
    #[must_use]
    pub fn removed(&self, value: &Value) -> Value {
        let mut value = value.clone();
        let Some((parent, last)) = self.parent() else { return value };
        match (parent.get_mut(&mut value), last) {
            // The others keep their order.
            (Some(Value::Object(map)), Step::Key(name)) => drop(map.shift_remove(name)),
            (Some(Value::Array(elements)), Step::Index(index)) if *index < elements.len() => {
                drop(elements.remove(*index));
            }
            _ => {}
        }
        value
    }
}

/// Writes a place as error messages do: `data[3].content`, with unusual names as JSON strings in brackets.
impl Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(name) if plain(name) => {
                    let dot = if position == 0 { "" } else { "." };
                    write!(f, "{dot}{name}")?;
                }
                Step::Key(name) => write!(f, "[{}]", Value::from(name.as_str()).to_string().replace('`', "\\u0060"))?,
            }
        }
        Ok(())
    }
}

fn plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-$".contains(c))
}

/// Returns the path that an error message names. It is empty if the error is about the whole value.
#[must_use]
pub fn path_of(error: &impl Display) -> String {
    let message = error.to_string();
    let path = message.strip_prefix("at `").and_then(|rest| rest.split_once("`: "));
    path.map_or_else(String::new, |(path, _)| path.to_owned())
}

/// Returns every place in a value, beginning with the value itself.
#[must_use]
pub fn places(value: &Value) -> Vec<Place> {
    let mut found = Vec::new();
    collect(value, &Place::root(), &mut found);
    found
}

fn collect(value: &Value, place: &Place, found: &mut Vec<Place>) {
    found.push(place.clone());
    match value {
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                collect(value, &place.index(index), found);
            }
        }
        Value::Object(map) => {
            for (name, value) in map {
                collect(value, &place.key(name), found);
            }
        }
        _ => {}
    }
}

/// Returns one value of each JSON type.
#[must_use]
pub fn one_of_each_kind() -> Vec<Value> {
    use serde_json::json;
    vec![json!(null), json!(true), json!(7), json!(0.5), json!("replacement"), json!(["a"]), json!({"b": 1})]
}

/// Returns a copy of a value with the properties of each object in reverse order.
#[must_use]
pub fn reversed(value: &Value) -> Value {
    match value {
        Value::Array(list) => list.iter().map(reversed).collect(),
        Value::Object(map) => {
            Value::Object(map.iter().rev().map(|(name, value)| (name.clone(), reversed(value))).collect())
        }
        other => other.clone(),
    }
}

/// Returns an object with its properties in another order, by their indices.
#[must_use]
pub fn reordered(object: &Map<String, Value>, order: &[usize]) -> Value {
    let entries: Vec<_> = object.iter().collect();
    Value::Object(order.iter().map(|&index| (entries[index].0.clone(), entries[index].1.clone())).collect())
}

/// Returns JSON text in which the object at a place has one more property, at its end or its beginning. The object may
/// already have a property of this name.
#[must_use]
pub fn text_with_extra(value: &Value, place: &Place, name: &str, extra: &Value, at_end: bool) -> String {
    fn write(value: &Value, steps: Option<&[Step]>, name: &str, extra: &Value, at_end: bool) -> String {
        let inner = |step: &Step| match steps {
            Some([first, rest @ ..]) if first == step => Some(rest),
            _ => None,
        };
        match value {
            Value::Array(list) => {
                let items = list.iter().enumerate();
                let items = items.map(|(index, item)| write(item, inner(&Step::Index(index)), name, extra, at_end));
                format!("[{}]", items.collect::<Vec<_>>().join(","))
            }
            Value::Object(map) => {
                let mut entries: Vec<_> = map
                    .iter()
                    .map(|(key, item)| {
                        let item = write(item, inner(&Step::Key(key.clone())), name, extra, at_end);
                        format!("{}:{item}", Value::from(key.as_str()))
                    })
                    .collect();
                if steps == Some(&[]) {
                    let position = if at_end { entries.len() } else { 0 };
                    entries.insert(position, format!("{}:{extra}", Value::from(name)));
                }
                format!("{{{}}}", entries.join(","))
            }
            scalar => scalar.to_string(),
        }
    }
    write(value, Some(place.steps()), name, extra, at_end)
}

/// Returns JSON text with whitespace and escapes that a seed chooses.
#[must_use]
pub fn text(value: &Value, seed: u64) -> String {
    let mut writer = Writer { text: String::new(), random: Random::new(seed) };
    writer.value(value);
    writer.text
}

struct Writer {
    text: String,
    random: Random,
}

impl Writer {
    fn space(&mut self) {
        for _ in 0..self.random.below(3) {
            self.text.push(*self.random.pick(&[' ', '\n', '\t', '\r']));
        }
    }

    fn value(&mut self, value: &Value) {
        self.space();
        match value {
            Value::String(string) => self.string(string),
            Value::Array(list) => self.between('[', ']', list.iter(), Self::value),
            Value::Object(map) => self.between('{', '}', map.iter(), |writer, (name, value)| {
                writer.space();
                writer.string(name);
                writer.space();
                writer.text.push(':');
                writer.value(value);
            }),
            scalar => self.text.push_str(&scalar.to_string()),
        }
        self.space();
    }

    fn between<T>(&mut self, open: char, close: char, items: impl Iterator<Item = T>, write: fn(&mut Self, T)) {
        self.text.push(open);
        for (index, item) in items.enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            write(self, item);
        }
        self.space();
        self.text.push(close);
    }

    fn string(&mut self, string: &str) {
        self.text.push('"');
        for character in string.chars() {
            if self.random.below(4) == 0 || character < ' ' || matches!(character, '"' | '\\') {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    // Writing to a string cannot fail.
                    let _ = write!(self.text, "\\u{unit:04x}");
                }
            } else {
                self.text.push(character);
            }
        }
        self.text.push('"');
    }
}
