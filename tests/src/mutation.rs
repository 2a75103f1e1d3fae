//! Random changes of documents and payloads, by structure or by bytes.

use serde_json::{Map, Value, json};

use crate::json::{self, Place};
use crate::random::Random;

/// The largest result of a change, in bytes. Copies of parts into themselves would double a value each time.
const LARGEST: usize = 30_000;

/// Texts that readers, parsers and emitters treat in a way of their own.
const WORDS: [&str; 36] = [
    "",
    " ",
    "a/b",
    "~1",
    "\u{202e}",
    "\u{feff}",
    "\0",
    "\u{7f}",
    "\"",
    "\\",
    "${x}",
    "{}",
    "*/",
    "```",
    "<script>",
    "self",
    "Self",
    "type",
    "crate",
    "gen",
    "r#x",
    "_",
    "1",
    "con",
    "null",
    "true",
    "é",
    "e\u{301}",
    "Option",
    "String",
    "object",
    "array",
    "date-time",
    "^(a+)+$",
    "#/components/schemas",
    "2XX",
];

/// Changes one to four parts of a value. `other` provides parts to copy.
#[must_use]
pub fn value(random: &mut Random, value: &Value, other: &Value) -> Value {
    let mut changed = value.clone();
    for _ in 0..=random.below(4) {
        let next = change(random, &changed, other);
        if next.to_string().len() <= LARGEST {
            changed = next;
        }
    }
    changed
}

fn change(random: &mut Random, value: &Value, other: &Value) -> Value {
    let places = json::places(value);
    let place = random.pick(&places);
    match random.below(8) {
        0 => place.removed(value),
        1 => place.replaced(value, odd_value(random)),
        2 => place.replaced(value, part(random, value)),
        3 => place.replaced(value, part(random, other)),
        4 => in_object(random, value, rename),
        5 => {
            let (name, new) = (word(random, value), part(random, value));
            in_object(random, value, |_, object| drop(object.insert(name.clone(), new.clone())))
        }
        6 => {
            // A text in the place of another often refers to something.
            let texts: Vec<&Place> = places.iter().filter(|place| is_text(place.get(value))).collect();
            if texts.is_empty() { value.clone() } else { random.pick(&texts).replaced(value, text_of(random, value)) }
        }
        _ => {
            let merged = part(random, other);
            in_object(random, value, |_, object| object.extend(merged.as_object().cloned().unwrap_or_default()))
        }
    }
}

/// Changes one of the objects of a value.
fn in_object(random: &mut Random, value: &Value, change: impl Fn(&mut Random, &mut Map<String, Value>)) -> Value {
    let places = json::places(value);
    let objects: Vec<&Place> = places.iter().filter(|place| place.get(value).is_some_and(Value::is_object)).collect();
    let mut changed = value.clone();
    if !objects.is_empty()
        && let Some(Value::Object(object)) = random.pick(&objects).get_mut(&mut changed)
    {
        change(random, object);
    }
    changed
}

fn rename(random: &mut Random, object: &mut Map<String, Value>) {
    let names: Vec<String> = object.keys().cloned().collect();
    if !names.is_empty()
        && let Some(value) = object.remove(random.pick(&names))
    {
        object.insert((*random.pick(&WORDS)).to_owned(), value);
    }
}

fn odd_value(random: &mut Random) -> Value {
    match random.below(4) {
        0 => random.pick(&json::one_of_each_kind()).clone(),
        1 => json!(*random.pick(&WORDS)),
        2 => json!("long ".repeat(60)),
        _ => {
            let numbers = [
                json!(-1),
                json!(0),
                json!(-0.0),
                json!(1.0),
                json!(1e300),
                json!(i64::MIN),
                json!(u64::MAX),
                json!(0.1),
            ];
            random.pick(&numbers).clone()
        }
    }
}

fn part(random: &mut Random, value: &Value) -> Value {
    let places = json::places(value);
    random.pick(&places).get(value).cloned().unwrap_or_default()
}

fn is_text(value: Option<&Value>) -> bool {
    value.is_some_and(Value::is_string)
}

/// Returns one of the texts in a value.
fn text_of(random: &mut Random, value: &Value) -> Value {
    let places = json::places(value);
    let texts: Vec<&Value> =
        places.iter().filter_map(|place| place.get(value)).filter(|value| value.is_string()).collect();
    if texts.is_empty() { Value::Null } else { (*random.pick(&texts)).clone() }
}

/// Returns a name that may already be in use.
fn word(random: &mut Random, value: &Value) -> String {
    match text_of(random, value) {
        Value::String(text) if random.below(2) == 0 => text,
        _ => (*random.pick(&WORDS)).to_owned(),
    }
}

/// Changes one to four lines of a text, without regard for its meaning. `other` provides lines to copy.
#[must_use]
pub fn text(random: &mut Random, text: &str, other: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let others: Vec<&str> = other.lines().collect();
    for _ in 0..=random.below(4) {
        change_line(random, &mut lines, &others);
    }
    lines.join("\n")
}

fn change_line(random: &mut Random, lines: &mut Vec<String>, others: &[&str]) {
    let at = random.below(lines.len());
    if lines.is_empty() {
        lines.push((*random.pick(&WORDS)).to_owned());
        return;
    }
    match random.below(7) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(at, lines[at].clone()),
        2 => {
            let with = random.below(lines.len());
            lines.swap(at, with);
        }
        3 => lines[at].insert_str(0, "  "),
        4 => lines[at] = lines[at].strip_prefix("  ").unwrap_or(&lines[at]).to_owned(),
        5 if !others.is_empty() => {
            let start = random.below(others.len());
            let end = (start + 1 + random.below(8)).min(others.len());
            lines.splice(at..at, others[start..end].iter().map(|line| (*line).to_owned()));
        }
        _ => lines[at] = change_character(random, &lines[at]),
    }
}

/// Replaces a character of a line, or inserts a word.
fn change_character(random: &mut Random, line: &str) -> String {
    let mut characters: Vec<char> = line.chars().collect();
    let at = random.below(characters.len() + 1);
    let with = (*random.pick(&WORDS)).chars();
    let end = (at + random.below(2)).min(characters.len());
    characters.splice(at..end, with);
    characters.into_iter().collect()
}
