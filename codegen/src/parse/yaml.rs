//! Reads YAML and JSON text into an untyped value.

mod any_yaml;

use super::expansion;
use crate::diagnostics::positions::{DuplicateKey, ForeignTag, LineColumn, Positions, Span};
use crate::diagnostics::{Diagnostic, Place};
use crate::pointer::PointerBuf;
use any_yaml::AnyYaml;
use serde_json::{Map, Value};
use serde_yaml::Value as Yaml;
use std::fmt::Display;

/// Reads YAML, which includes JSON, into a JSON value.
pub(super) fn read(text: &str) -> Result<Value, Vec<Diagnostic>> {
    if let Some(error) = expansion::check(text) {
        return Err(vec![error]);
    }
    let value = match serde_yaml::from_str::<AnyYaml>(text) {
        Ok(AnyYaml(value)) => convert(text, value)?,
        Err(error) => recover(text, &error)?,
    };
    match value {
        Value::Object(_) => Ok(value),
        Value::Null => {
            Err(vec![Diagnostic::error("yaml", "", "the document is empty").help("start it with `openapi: 3.0.3`")])
        }
        other => {
            let kind = super::wording::kind_of(&other);
            let message = format!("the document must be a mapping with `openapi`, but is {kind}");
            Err(vec![Diagnostic::error("yaml", "", message).help("start it with `openapi: 3.0.3`, without `- `")])
        }
    }
}

/// Reads text that is not YAML as JSON, or returns the errors. JSON has escapes that YAML does not have.
fn recover(text: &str, error: &serde_yaml::Error) -> Result<Value, Vec<Diagnostic>> {
    let positions = Positions::of(text);
    if text.trim_start().starts_with('{')
        && let Ok(value) = serde_json::from_str(text)
    {
        let duplicates = duplicates(&positions, ONE_KEY);
        return if duplicates.is_empty() { Ok(value) } else { Err(duplicates) };
    }
    let message = error.to_string();
    if message.contains("duplicate entry") {
        let duplicates = duplicates(&positions, ONE_KEY);
        if !duplicates.is_empty() {
            return Err(duplicates);
        }
    }
    if message.contains("more than one document")
        && let Some(second) = positions.second_document()
    {
        let place = Place::Text { line: second.line, column: second.column };
        let error = Diagnostic::error("yaml", "", "the text contains several YAML documents, but only one is allowed");
        return Err(vec![Diagnostic { place, ..error }.help("remove the `---` and everything after it")]);
    }
    if let Some(error) = wrong_quote(&positions, error, &message) {
        return Err(vec![error]);
    }
    let mut diagnostic = Diagnostic::error("yaml", "", without_position(&message)).help(help_for(&message));
    if let Some(location) = error.location() {
        diagnostic.place = Place::Text { line: location.line(), column: location.column() };
    }
    Err(vec![diagnostic])
}

/// Returns the error for a quote that closes too late, too early or not at all. YAML notices it far behind its cause.
fn wrong_quote(positions: &Positions, error: &serde_yaml::Error, message: &str) -> Option<Diagnostic> {
    let place = |LineColumn { line, column }: LineColumn| Place::Text { line, column };
    let at = |start, message: &str| Diagnostic { place: place(start), ..Diagnostic::error("yaml", "", message) };
    if let Some((_, start)) = message.split_once("while scanning a quoted scalar at line ") {
        let (line, column) = start.split_once(" column ")?;
        let start = LineColumn { line: line.parse().ok()?, column: column.parse().ok()? };
        return Some(at(start, "this quote is never closed").help("close it at the end of the text that it quotes"));
    }
    let location = error.location()?;
    let end = LineColumn { line: location.line(), column: location.column() };
    let Span { start, .. } = positions.last_quoted().filter(|quoted| quoted.end == end)?;
    if start.line < end.line {
        let error = at(start, "this quote is not closed in its line, and the next quote closes it");
        let related = vec![(place(end), "text after that quote".to_owned())];
        return Some(Diagnostic { related, ..error.help("close the quote at the end of the text that it quotes") });
    }
    let error = at(end, "a quote closes before this text");
    let related = vec![(place(start), "it opens here".to_owned())];
    let help = "double a single quote within single quotes, and write `\\\"` for a double quote within double quotes";
    Some(Diagnostic { related, ..error.help(help) })
}

/// The help for errors of the YAML parser, by a part of its message.
const HELP: &[(&str, &str)] = &[
    ("mapping values are not allowed", "quote text that contains `: `, and indent all keys of a mapping equally"),
    ("cannot start any token", "quote text that starts with a special character, and indent with spaces, not tabs"),
    ("unknown anchor", "write `&name` before the first `*name`"),
    ("duplicate entry", ONE_KEY),
    ("repetition limit", "replace the aliases with components, and refer to those with `$ref`"),
    ("recursion limit", "move inner parts to components, and refer to those with `$ref`"),
    ("tab", "indent with spaces, not tabs"),
    ("control characters", "remove the control characters, or escape them in double quotes"),
];

const ONE_KEY: &str = "remove one of them";

fn help_for(message: &str) -> &'static str {
    let known = HELP.iter().find(|(part, _)| message.contains(part));
    known.map_or("check the indentation here and above, and close every quote and bracket", |(_, help)| help)
}

/// Removes the position at the end of a message, because the diagnostic states it already.
fn without_position(message: &str) -> &str {
    message.rfind(" at line ").map_or(message, |end| &message[..end])
}

/// Returns an error for each key that a mapping has twice.
fn duplicates(positions: &Positions, help: &str) -> Vec<Diagnostic> {
    let place = |start: LineColumn| Place::Text { line: start.line, column: start.column };
    let error = |duplicate: &DuplicateKey| {
        let message = format!("the key `{}` appears twice in the mapping at `#{}`", duplicate.key, duplicate.mapping);
        Diagnostic {
            place: place(duplicate.again.start),
            related: vec![(place(duplicate.first.start), "first listed here".to_owned())],
            ..Diagnostic::error("duplicate-key", "", message).help(help)
        }
    };
    positions.duplicates().iter().map(error).collect()
}

fn convert(text: &str, mut value: Yaml) -> Result<Value, Vec<Diagnostic>> {
    if value.apply_merge().is_err() {
        // The failed merge has removed the wrong value.
        let whole = serde_yaml::from_str::<AnyYaml>(text).ok();
        let pointer =
            whole.and_then(|AnyYaml(value)| unmergeable(&value, &mut PointerBuf::default())).unwrap_or_default();
        let error = Diagnostic::error("yaml", pointer, "the value of `<<` cannot be merged").at_key();
        return Err(vec![error.help("write an alias of a mapping, such as `<<: *name`, or a list of aliases")]);
    }
    let mut conversion = YamlToJson { diagnostics: Vec::new(), collision: false };
    let value = conversion.value(value, &mut PointerBuf::default());
    if conversion.collision {
        // For example, `200` and `"200"` are different keys in YAML.
        let help = "remove one of them: JSON keys are strings, so a number and its text are the same key";
        conversion.diagnostics.extend(duplicates(&Positions::of(text), help));
    }
    // `serde_yaml` ignores these tags. The first two texts are how they are written, and the last one names a prefix.
    if ["!!", "!<", "%TAG"].iter().any(|written| text.contains(written)) {
        for ForeignTag { tag, pointer } in Positions::of(text).foreign_tags() {
            conversion.diagnostics.push(foreign_tag(tag, pointer));
        }
    }
    if conversion.diagnostics.is_empty() { Ok(value) } else { Err(conversion.diagnostics) }
}

/// Returns the pointer of the first `<<` whose value is neither a mapping nor a list of mappings.
fn unmergeable(value: &Yaml, path: &mut PointerBuf) -> Option<String> {
    match value {
        Yaml::Sequence(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| path.within(&index.to_string(), |path| unmergeable(item, path))),
        Yaml::Mapping(mapping) => mapping.iter().find_map(|(key, value)| {
            let key = key.as_str().unwrap_or_default();
            let fits = match value {
                Yaml::Mapping(_) => true,
                Yaml::Sequence(items) => items.iter().all(Yaml::is_mapping),
                _ => false,
            };
            if key == "<<" && !fits { Some(path.child(key)) } else { path.within(key, |path| unmergeable(value, path)) }
        }),
        _ => None,
    }
}

fn foreign_tag(tag: impl Display, pointer: &str) -> Diagnostic {
    let message = format!("the tag `{tag}` has no meaning in JSON");
    Diagnostic::error("not-json", pointer, message).help("remove the tag")
}

/// Converts YAML to JSON.
struct YamlToJson {
    diagnostics: Vec<Diagnostic>,
    /// Whether two keys of a mapping have become one.
    collision: bool,
}

impl YamlToJson {
    fn value(&mut self, value: Yaml, path: &mut PointerBuf) -> Value {
        match value {
            Yaml::Null => Value::Null,
            Yaml::Bool(value) => Value::Bool(value),
            Yaml::String(value) => Value::String(value),
            Yaml::Number(value) => self.number(&value, path),
            Yaml::Sequence(items) => {
                let item =
                    |(index, item): (usize, Yaml)| path.within(&index.to_string(), |path| self.value(item, path));
                Value::Array(items.into_iter().enumerate().map(item).collect())
            }
            Yaml::Mapping(mapping) => self.mapping(mapping, path),
            Yaml::Tagged(tagged) => {
                self.diagnostics.push(foreign_tag(&tagged.tag, path.here()));
                Value::Null
            }
        }
    }

    fn number(&mut self, number: &serde_yaml::Number, path: &PointerBuf) -> Value {
        let converted = match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), ..) => Some(number.into()),
            (_, Some(number), _) => Some(number.into()),
            (_, _, Some(number)) => serde_json::Number::from_f64(number),
            _ => None,
        };
        converted.map_or_else(
            || {
                let message = format!("JSON cannot represent the number `{number}`");
                let help = "write a finite number, or remove the key";
                self.diagnostics.push(Diagnostic::error("not-json", path.here(), message).help(help));
                Value::Null
            },
            Value::Number,
        )
    }

    fn mapping(&mut self, mapping: serde_yaml::Mapping, path: &mut PointerBuf) -> Value {
        let mut object = Map::with_capacity(mapping.len());
        for (key, value) in mapping {
            let key = match key {
                Yaml::String(key) => key,
                Yaml::Bool(key) => key.to_string(),
                Yaml::Number(key) if key.is_u64() || key.is_i64() => key.to_string(),
                other => {
                    self.key(&other, path);
                    continue;
                }
            };
            let value = path.within(&key, |path| self.value(value, path));
            self.collision |= object.insert(key, value).is_some();
        }
        Value::Object(object)
    }

    fn key(&mut self, key: &Yaml, path: &PointerBuf) {
        let (name, pointer) = match key {
            Yaml::Null => ("`null`".to_owned(), path.child("null")),
            Yaml::Number(key) => (format!("`{key}`"), path.child(&key.to_string())),
            _ => ("a mapping, a list or a tagged value".to_owned(), path.here().to_owned()),
        };
        let message = format!("{name} cannot be a key: keys of JSON are strings");
        self.diagnostics.push(Diagnostic::error("not-json", pointer, message).at_key().help("quote the key"));
    }
}

#[cfg(test)]
mod position_tests;
#[cfg(test)]
mod tests;
