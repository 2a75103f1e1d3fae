//! The references between operations and components, which lead to the operations and types that a place is part of.

use super::revision::Revision;
use crate::http_methods::METHODS;
use crate::pointer::{join, of_reference, segments};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The operations and components of a document, and the references between them.
pub(super) struct ReferenceGraph {
    /// The index of each operation and component, by pointer.
    nodes: HashMap<String, usize>,
    pointers: Vec<String>,
    /// The nodes that each node refers to.
    targets: Vec<Vec<usize>>,
    /// The nodes that refer to each node.
    users: Vec<Vec<usize>>,
    /// The names of operations.
    operations: HashMap<usize, String>,
    /// The names of the Rust types of component schemas.
    types: HashMap<usize, String>,
}

impl ReferenceGraph {
    pub(super) fn new(revision: &Revision) -> Self {
        let mut graph = Self {
            nodes: HashMap::new(),
            pointers: Vec::new(),
            targets: Vec::new(),
            users: Vec::new(),
            operations: HashMap::new(),
            types: HashMap::new(),
        };
        let mut written: Vec<(usize, Vec<&Value>)> = Vec::new();
        graph.add_operations(&revision.raw, &mut written);
        graph.add_components(&revision.raw, &mut written);
        for def in &revision.api.types {
            if let Some(node) = graph.nodes.get(&def.pointer) {
                graph.types.insert(*node, def.name.clone());
            }
        }
        for (node, values) in written {
            let mut references = HashSet::new();
            for value in values {
                gather(value, &mut references);
            }
            let targets = references.iter().filter_map(|reference| graph.node_of(&of_reference(reference)?));
            let mut targets: Vec<usize> = targets.collect();
            targets.sort_unstable();
            targets.dedup();
            for target in &targets {
                graph.users[*target].push(node);
            }
            graph.targets[node] = targets;
        }
        graph
    }

    fn add(&mut self, pointer: String) -> usize {
        let node = self.pointers.len();
        self.nodes.insert(pointer.clone(), node);
        self.pointers.push(pointer);
        self.targets.push(Vec::new());
        self.users.push(Vec::new());
        node
    }

    fn add_operations<'r>(&mut self, root: &'r Value, written: &mut Vec<(usize, Vec<&'r Value>)>) {
        for (path, item) in root.get("paths").and_then(Value::as_object).into_iter().flatten() {
            let (at, item) = match item.get("$ref").and_then(Value::as_str) {
                Some(reference) => match crate::pointer::follow(root, reference) {
                    Some(target) => target,
                    None => continue,
                },
                None => (join("/paths", path), item),
            };
            for (method, operation) in item.as_object().into_iter().flatten() {
                if METHODS.contains(&method.as_str()) {
                    let node = self.add(join(&at, method));
                    let id = operation.get("operationId").and_then(Value::as_str);
                    let name = id.map_or_else(|| format!("{} {path}", method.to_ascii_uppercase()), str::to_owned);
                    self.operations.insert(node, name);
                    written.push((node, [Some(operation), item.get("parameters")].into_iter().flatten().collect()));
                }
            }
        }
    }

    fn add_components<'r>(&mut self, root: &'r Value, written: &mut Vec<(usize, Vec<&'r Value>)>) {
        for (section, list) in root.get("components").and_then(Value::as_object).into_iter().flatten() {
            for (key, value) in list.as_object().into_iter().flatten() {
                let node = self.add(join(&join("/components", section), key));
                written.push((node, vec![value]));
            }
        }
    }

    /// Returns the operation or component that a pointer is in.
    fn node_of(&self, pointer: &str) -> Option<usize> {
        let cut = pointer.match_indices('/').nth(3).map_or(pointer.len(), |(end, _)| end);
        self.nodes.get(&pointer[..cut]).copied()
    }

    /// Returns the operations and components that a pointer is in. Parts of a path are in all its operations.
    fn nodes_of(&self, pointer: &str) -> Vec<usize> {
        if let Some(node) = self.node_of(pointer) {
            return vec![node];
        }
        let Some(path) = segments(pointer).nth(1).filter(|_| pointer.starts_with("/paths/")) else { return Vec::new() };
        let path = join("/paths", &path);
        METHODS.iter().filter_map(|method| self.nodes.get(&join(&path, method)).copied()).collect()
    }

    /// Returns the operations and Rust types that a place is part of, each in the order of the document.
    pub(super) fn reach(&self, pointer: &str) -> (Vec<String>, Vec<String>) {
        let mut work = self.nodes_of(pointer);
        let mut seen: HashSet<usize> = work.iter().copied().collect();
        while let Some(node) = work.pop() {
            work.extend(self.users[node].iter().filter(|user| seen.insert(**user)));
        }
        let mut reached: Vec<usize> = seen.into_iter().collect();
        reached.sort_unstable();
        let named =
            |names: &HashMap<usize, String>| reached.iter().filter_map(|node| names.get(node).cloned()).collect();
        (named(&self.operations), named(&self.types))
    }

    /// Returns the operations and components that a pointer is in. Places in the same ones have the same reach.
    pub(super) fn home(&self, pointer: Option<&str>) -> Vec<usize> {
        pointer.map(|pointer| self.nodes_of(pointer)).unwrap_or_default()
    }

    /// Returns the nodes that a node refers to.
    pub(super) fn targets(&self, node: usize) -> &[usize] {
        &self.targets[node]
    }

    /// Returns the nodes that refer to a node.
    pub(super) fn users(&self, node: usize) -> &[usize] {
        &self.users[node]
    }

    /// Iterates over the operations and components that a place leads to, the nearest first, without its own.
    pub(super) fn levels(&self, pointer: &str, next: fn(&Self, usize) -> &[usize]) -> impl Iterator<Item = Vec<&str>> {
        let mut level = self.nodes_of(pointer);
        let mut seen: HashSet<usize> = level.iter().copied().collect();
        std::iter::from_fn(move || {
            level =
                level.iter().flat_map(|node| next(self, *node)).filter(|node| seen.insert(**node)).copied().collect();
            (!level.is_empty()).then(|| level.iter().map(|node| self.pointers[*node].as_str()).collect())
        })
    }
}

/// Collects the references within a value.
pub(super) fn gather<'v>(value: &'v Value, found: &mut HashSet<&'v str>) {
    match value {
        Value::Object(object) => {
            if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
                found.insert(reference);
            }
            for (key, value) in object {
                if key == "mapping" {
                    let targets = value.as_object().into_iter().flatten().filter_map(|(_, target)| target.as_str());
                    found.extend(targets.filter(|target| target.starts_with("#/")));
                }
                match key.as_str() {
                    "example" | "examples" | "default" | "enum" => {}
                    // Properties may have these names, and `default` is the name of a response.
                    "properties" | "responses" if value.is_object() => {
                        for part in value.as_object().into_iter().flat_map(serde_json::Map::values) {
                            gather(part, found);
                        }
                    }
                    _ => gather(value, found),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| gather(value, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn follows_references_in_properties_named_like_keywords() {
        let operation = json!({
            "responses": {"default": {"$ref": "#/components/responses/Error"}},
            "schema": {"properties": {"example": {"$ref": "#/components/schemas/Example"}}, "default": {"$ref": "no"}}
        });
        let mut found = HashSet::new();
        gather(&operation, &mut found);
        assert_eq!(found, HashSet::from(["#/components/responses/Error", "#/components/schemas/Example"]));
    }
}
