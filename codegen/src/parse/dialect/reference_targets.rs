//! Checks the targets of `$ref`s: that each exists, is an object of the right kind, and is not part of a cycle.

use super::openapi_objects::{ObjectKind, kind_at};
use crate::diagnostics::{Diagnostic, Place};
use crate::pointer::{self, join};
use crate::suggest::{self, SuggestionBudget};
use serde_json::Value;
use std::collections::HashMap;

/// The `$ref`s of a document, in the order of the document.
#[derive(Debug, Default)]
pub(super) struct References<'a> {
    /// The pointer of the object with the `$ref`, the expected kind, and the target.
    all: Vec<(String, ObjectKind, &'a str)>,
    /// The pointers and values in `discriminator.mapping`.
    mappings: Vec<(String, &'a str)>,
    /// The pointers of schemas with `allOf`, and the number of parts.
    parts: Vec<(String, usize)>,
}

/// A resolved target.
#[derive(Clone)]
enum ReferenceTarget {
    /// The target exists.
    Found { pointer: String, kind: Option<ObjectKind> },
    /// The target does not exist, with the error.
    Bad { rule: &'static str, message: String, help: String },
}

impl<'a> References<'a> {
    /// Notes a `$ref`.
    pub(super) fn add(&mut self, pointer: &str, kind: ObjectKind, target: &'a str) {
        self.all.push((pointer.to_owned(), kind, target));
    }

    /// Notes a value of a discriminator's mapping.
    pub(super) fn add_mapping(&mut self, pointer: String, target: &'a str) {
        self.mappings.push((pointer, target));
    }

    /// Notes a schema with `allOf`.
    pub(super) fn add_parts(&mut self, pointer: &str, count: usize) {
        self.parts.push((pointer.to_owned(), count));
    }

    /// Checks everything that was noted.
    pub(super) fn check(&self, root: &Value, found: &mut Vec<Diagnostic>) {
        let mut targets: HashMap<&str, ReferenceTarget> = HashMap::new();
        let mut edges: HashMap<&str, Vec<String>> = HashMap::new();
        let mut suggestions = SuggestionBudget::default();
        for (pointer, kind, reference) in &self.all {
            let target = targets.entry(reference).or_insert_with(|| resolve(root, reference, *kind, &mut suggestions));
            match target {
                ReferenceTarget::Bad { rule, message, help } => {
                    found.push(Diagnostic::error(rule, join(pointer, "$ref"), message.clone()).help(help.clone()));
                }
                ReferenceTarget::Found { kind: actual, .. } if *actual != Some(*kind) => {
                    found.push(wrong_kind(pointer, *kind, *actual, reference));
                }
                ReferenceTarget::Found { pointer: target, .. } => {
                    edges.entry(pointer).or_default().push(target.clone());
                }
            }
        }
        for (pointer, reference) in &self.mappings {
            found.extend(mapping(root, pointer, reference, &mut suggestions));
        }
        for (pointer, count) in &self.parts {
            let parts = (0..*count).map(|index| format!("{pointer}/allOf/{index}"));
            edges.entry(pointer).or_default().extend(parts);
        }
        let order = self.all.iter().map(|(pointer, ..)| pointer.as_str());
        cycles(order.chain(self.parts.iter().map(|(pointer, _)| pointer.as_str())), &edges, found);
    }
}

fn resolve(root: &Value, reference: &str, kind: ObjectKind, suggestions: &mut SuggestionBudget) -> ReferenceTarget {
    if let Some(pointer) = pointer::of_reference(reference) {
        if root.pointer(&pointer).is_some() {
            return ReferenceTarget::Found { kind: kind_at(&pointer), pointer };
        }
        let near = suggestions.take().then(|| nearest(root, &pointer, kind)).flatten();
        let help = near.unwrap_or_else(|| match kind.components_section() {
            Some(section) => format!("define it in `components.{section}`, or refer to {} that exists", kind.name()),
            None => "replace the `$ref` with the object".to_owned(),
        });
        return ReferenceTarget::Bad {
            rule: "dangling-ref",
            message: format!("there is nothing at `{reference}`"),
            help,
        };
    }
    ReferenceTarget::Bad {
        rule: "external-ref",
        message: format!("`{reference}` is not in this document: a `$ref` must start with `#/`"),
        help: without_fragment(root, reference, kind)
            .unwrap_or_else(|| "copy the object into `components`, and refer to it there".to_owned()),
    }
}

/// Returns the help for a reference that lacks `#/`; `None` if it probably names a file.
fn without_fragment(root: &Value, reference: &str, kind: ObjectKind) -> Option<String> {
    let path = reference.trim_start_matches(['#', '/']);
    let did_you_mean = |pointer: &str| format!("did you mean `#{pointer}`?");
    if root.pointer(&format!("/{path}")).is_some_and(Value::is_object) {
        return Some(did_you_mean(&format!("/{path}")));
    }
    let section = kind.components_section()?;
    let name = path.rsplit('/').next().unwrap_or(path);
    let components = root.get("components").and_then(|components| components.get(section));
    let has = |name: &str| components.is_some_and(|components| components.get(name).is_some());
    if has(path) || (has(name) && !path.contains(['.', ':'])) {
        return Some(did_you_mean(&join(&format!("/components/{section}"), name)));
    }
    let is_file = path.contains(['.', ':']);
    (!is_file).then(|| {
        let near = nearest(root, &join(&format!("/components/{section}"), name), kind);
        near.unwrap_or_else(|| format!("write `#/components/{section}/…`, with the name of {}", kind.name()))
    })
}

/// Suggests a target for a dangling pointer: the nearest name beside it, or in the right section.
fn nearest(root: &Value, pointer: &str, kind: ObjectKind) -> Option<String> {
    let name = pointer::last(pointer);
    let parents = [
        Some(pointer::parent(pointer).to_owned()),
        kind.components_section().map(|section| format!("/components/{section}")),
    ];
    parents.into_iter().flatten().find_map(|parent| {
        let siblings = root.pointer(&parent)?.as_object()?;
        let near = suggest::nearest(&name, siblings.keys().map(String::as_str))?;
        Some(format!("did you mean `#{}`?", join(&parent, near)))
    })
}

fn wrong_kind(pointer: &str, expected: ObjectKind, actual: Option<ObjectKind>, reference: &str) -> Diagnostic {
    let actual = actual.map_or("not an OpenAPI object", ObjectKind::name);
    let message = format!("`{reference}` is {actual}, but {} is expected here", expected.name());
    let target = pointer::of_reference(reference).unwrap_or_default();
    let help = match expected.components_section() {
        Some(section) => format!("refer to {}, such as `#/components/{section}/…`", expected.name()),
        None => "replace the `$ref` with the object".to_owned(),
    };
    let error = Diagnostic::error("wrong-ref-kind", join(pointer, "$ref"), message).help(help);
    Diagnostic { related: vec![(Place::Key(target), "the `$ref` leads here".to_owned())], ..error }
}

/// Checks a value of a discriminator's mapping: the name of a schema, or a reference to one.
fn mapping(root: &Value, pointer: &str, reference: &str, suggestions: &mut SuggestionBudget) -> Option<Diagnostic> {
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    if schemas.and_then(|schemas| schemas.get(reference)).is_some() {
        return None;
    }
    // A string with a dot is the name of a file.
    let target = if reference.starts_with('#') || reference.contains(['/', '.']) {
        resolve(root, reference, ObjectKind::Schema, suggestions)
    } else {
        let names = schemas.and_then(Value::as_object).into_iter().flat_map(|schemas| schemas.keys());
        ReferenceTarget::Bad {
            rule: "dangling-ref",
            message: format!("the schema `{reference}` does not exist"),
            help: suggestions
                .take()
                .then(|| suggest::did_you_mean(reference, names.map(String::as_str)))
                .flatten()
                .unwrap_or_else(|| "define it in `components.schemas`, or name a schema that exists".to_owned()),
        }
    };
    match target {
        ReferenceTarget::Bad { rule, message, help } => Some(Diagnostic::error(rule, pointer, message).help(help)),
        ReferenceTarget::Found { kind: Some(ObjectKind::Schema), .. } => None,
        ReferenceTarget::Found { kind, .. } => {
            let actual = kind.map_or("not an OpenAPI object", ObjectKind::name);
            let message = format!("`{reference}` is {actual}, but a schema is expected here");
            let help = "refer to a schema, such as `#/components/schemas/…`";
            Some(Diagnostic::error("wrong-ref-kind", pointer, message).help(help))
        }
    }
}

/// Finds each cycle once. The depth-first search keeps its own stack, because a chain may be as long as the document.
fn cycles<'a>(
    starts: impl Iterator<Item = &'a str>,
    edges: &'a HashMap<&'a str, Vec<String>>,
    found: &mut Vec<Diagnostic>,
) {
    // The position of a node on the current path; `None` once everything behind it has been searched.
    let mut state: HashMap<&str, Option<usize>> = HashMap::new();
    for start in starts {
        if state.contains_key(start) {
            continue;
        }
        let mut path: Vec<(&str, usize)> = vec![(start, 0)];
        state.insert(start, Some(0));
        while let Some((node, next)) = path.last_mut() {
            let Some(target) = edges.get(*node).and_then(|targets| targets.get(*next)) else {
                state.insert(node, None);
                path.pop();
                continue;
            };
            *next += 1;
            match state.get(target.as_str()) {
                None => {
                    state.insert(target, Some(path.len()));
                    path.push((target, 0));
                }
                Some(Some(position)) => found.push(cycle(&path[*position..])),
                Some(None) => {}
            }
        }
    }
}

fn cycle(path: &[(&str, usize)]) -> Diagnostic {
    // The parts of an `allOf` are steps of the search, but the message leaves them out.
    let nodes: Vec<&str> = path.iter().map(|(node, _)| *node).collect();
    let visible: Vec<&str> =
        nodes.iter().copied().filter(|node| !nodes.iter().any(|other| is_part(node, other))).collect();
    let shown = if visible.is_empty() { &nodes } else { &visible };
    let first = shown.first().copied().unwrap_or_default();
    let steps: Vec<String> = shown.iter().chain([&first]).map(|node| format!("`#{node}`")).collect();
    let mut error =
        Diagnostic::error("cyclic-ref", first, format!("this definition leads back to itself: {}", steps.join(" → ")))
            .at_key()
            .help("break the cycle: write one of these without a reference to the next");
    error.related =
        shown[1..].iter().map(|node| (Place::Key((*node).to_owned()), "through this one".to_owned())).collect();
    error
}

fn is_part(node: &str, of: &str) -> bool {
    node.strip_prefix(of).is_some_and(|rest| rest.starts_with("/allOf/"))
}
