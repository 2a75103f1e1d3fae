//! Finds the lines and columns of JSON pointers.
//!
//! The first parse of the text keeps no positions. This second parse runs only if there is a place to show.

use super::yaml_events::{Notation, YamlEvents};
use crate::pointer::{join, segments};
use libyaml_safer::{Event, EventData, ScalarStyle};
use std::collections::HashMap;

pub(crate) use super::yaml_events::{LineColumn, Span};

/// The spans of the value at a pointer, and of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NodeSpans {
    /// The key, if the value is that of a property.
    pub(crate) key: Option<Span>,
    /// The value.
    pub(crate) value: Span,
    /// Whether the value is a mapping or a sequence.
    pub(crate) container: bool,
}

/// A key that a mapping has more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DuplicateKey {
    /// The key.
    pub(crate) key: String,
    /// The pointer of the mapping.
    pub(crate) mapping: String,
    /// The first occurrence of the key.
    pub(crate) first: Span,
    /// A later occurrence.
    pub(crate) again: Span,
}

/// A tag that the reader of documents ignores, such as `!!binary`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ForeignTag {
    /// The tag, with `!!` for the prefix of YAML's own tags.
    pub(crate) tag: String,
    /// The pointer of the node, or of the mapping if the node is a key.
    pub(crate) pointer: String,
}

/// The positions of all nodes of a document.
#[derive(Debug, Default)]
pub(crate) struct Positions {
    nodes: Vec<YamlNode>,
    duplicates: Vec<DuplicateKey>,
    foreign_tags: Vec<ForeignTag>,
    second_document: Option<LineColumn>,
    end: Option<LineColumn>,
    last_quoted: Option<Span>,
}

#[derive(Debug)]
struct YamlNode {
    span: Span,
    content: NodeContent,
}

#[derive(Debug)]
enum NodeContent {
    Scalar,
    Alias(Option<usize>),
    Sequence(Vec<usize>),
    /// Sorted by key, once it is complete.
    Mapping(Vec<MappingEntry>),
}

#[derive(Debug)]
struct MappingEntry {
    key: String,
    span: Span,
    node: usize,
}

/// The greatest number of aliases and merged mappings behind one step. Only a document that refers to itself has more.
const DEEPEST: usize = 16;

impl Positions {
    /// Reads a text. The part after a syntax error has no positions.
    pub(crate) fn of(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let positions = Self::read(text, Notation::Yaml);
        if positions.end.is_some() && text.trim_start().starts_with('{') {
            return Self::read(text, Notation::Json);
        }
        positions
    }

    fn read(text: &str, notation: Notation) -> Self {
        let mut events = YamlEvents::of(text, notation);
        let mut builder = PositionsBuilder::default();
        let mut last = LineColumn { line: 1, column: 1 };
        let complete = loop {
            let Some(event) = events.next() else { break false };
            let span = events.span(&event);
            last = span.end;
            builder.positions.last_quoted = is_quoted(&event).then_some(span);
            match builder.step(&events, &event, span) {
                ReadProgress::Continues => {}
                ReadProgress::Ends => break true,
                ReadProgress::TooDeep => break false,
            }
        };
        while !builder.open.is_empty() {
            builder.close(None);
        }
        builder.positions.end = (!complete).then_some(last);
        builder.positions
    }

    /// Returns the position at which a syntax error ends the positions. Values behind it have those of an ancestor.
    pub(crate) fn end(&self) -> Option<LineColumn> {
        self.end
    }

    /// Returns the last node before the end, if it is quoted text.
    pub(crate) fn last_quoted(&self) -> Option<Span> {
        self.last_quoted
    }

    /// Returns the tags that JSON does not have and the reader ignores, in the order of the text.
    pub(crate) fn foreign_tags(&self) -> &[ForeignTag] {
        &self.foreign_tags
    }

    /// Returns the start of the second YAML document, if there is one.
    pub(crate) fn second_document(&self) -> Option<LineColumn> {
        self.second_document
    }

    /// Returns the keys that a mapping has more than once, in the order of the text.
    pub(crate) fn duplicates(&self) -> &[DuplicateKey] {
        &self.duplicates
    }

    /// Returns the spans of a pointer, or of its nearest ancestor that exists.
    pub(crate) fn locate(&self, pointer: &str) -> Option<NodeSpans> {
        let (node, key, _) = self.find(pointer);
        self.location(node, key)
    }

    /// Returns a number for the part of the text that gives the value at a pointer; `None` if it has no position.
    ///
    /// Two pointers have the same number if one of them leads through an alias.
    pub(crate) fn node(&self, pointer: &str) -> Option<usize> {
        let (node, _, exact) = self.find(pointer);
        (exact && node < self.nodes.len()).then_some(node)
    }

    /// Returns the node of a pointer or of its nearest ancestor, its key, and whether it is the node of the pointer.
    fn find(&self, pointer: &str) -> (usize, Option<Span>, bool) {
        let mut found = (0, None);
        for segment in segments(pointer) {
            let Some(child) = self.child(found.0, &segment, 0) else {
                return (found.0, found.1, false);
            };
            found = child;
        }
        (found.0, found.1, true)
    }

    fn location(&self, node: usize, key: Option<Span>) -> Option<NodeSpans> {
        let YamlNode { span, content } = self.nodes.get(node)?;
        let container = matches!(content, NodeContent::Sequence(_) | NodeContent::Mapping(_));
        Some(NodeSpans { key, value: *span, container })
    }

    fn child(&self, node: usize, segment: &str, depth: usize) -> Option<(usize, Option<Span>)> {
        if depth > DEEPEST {
            return None;
        }
        match &self.nodes.get(node)?.content {
            NodeContent::Scalar => None,
            NodeContent::Alias(target) => self.child((*target)?, segment, depth + 1),
            NodeContent::Sequence(items) => Some((*items.get(segment.parse::<usize>().ok()?)?, None)),
            NodeContent::Mapping(entries) => entry(entries, segment)
                .map(|entry| (entry.node, Some(entry.span)))
                .or_else(|| self.merged(entry(entries, "<<")?.node, segment, depth + 1)),
        }
    }

    /// Looks a key up in the value of `<<`: a mapping, or a sequence of mappings.
    fn merged(&self, node: usize, segment: &str, depth: usize) -> Option<(usize, Option<Span>)> {
        if depth > DEEPEST {
            return None;
        }
        match &self.nodes.get(node)?.content {
            NodeContent::Alias(target) => self.merged((*target)?, segment, depth + 1),
            NodeContent::Sequence(items) => items.iter().find_map(|item| self.child(*item, segment, depth + 1)),
            _ => self.child(node, segment, depth + 1),
        }
    }
}

fn is_quoted(event: &Event) -> bool {
    use ScalarStyle::{DoubleQuoted, SingleQuoted};
    matches!(event.data, EventData::Scalar { style: SingleQuoted | DoubleQuoted, .. })
}

/// Returns the first entry of a key.
fn entry<'a>(entries: &'a [MappingEntry], key: &str) -> Option<&'a MappingEntry> {
    let start = entries.partition_point(|entry| entry.key.as_str() < key);
    entries.get(start).filter(|entry| entry.key == key)
}

/// The greatest number of collections within each other. The reader accepts fewer.
const DEEPEST_NESTING: usize = 256;

/// The tags that have a meaning in JSON, after their common prefix.
const JSON_TAGS: [&str; 7] = ["bool", "float", "int", "map", "null", "seq", "str"];

/// Builds the nodes from the events of the parser.
#[derive(Default)]
struct PositionsBuilder {
    positions: Positions,
    /// The collections around the next node.
    open: Vec<OpenCollection>,
    anchors: HashMap<String, AnchoredNode>,
    documents: usize,
}

struct OpenCollection {
    node: usize,
    /// The key whose value comes next, in a mapping.
    key: Option<(String, Span)>,
    /// Whether the collection is itself a key, which JSON does not have.
    is_key: bool,
}

#[derive(Clone)]
struct AnchoredNode {
    node: usize,
    /// The text of a scalar, which an alias may repeat as a key.
    text: String,
}

/// Whether a document has more events.
enum ReadProgress {
    Continues,
    Ends,
    TooDeep,
}

impl PositionsBuilder {
    /// Adds an event. The end of the first document ends the positions.
    fn step(&mut self, events: &YamlEvents<'_>, event: &Event, span: Span) -> ReadProgress {
        match &event.data {
            EventData::DocumentStart { .. } => {
                self.documents += 1;
                if self.documents > 1 {
                    self.positions.second_document = Some(span.start);
                    return ReadProgress::Ends;
                }
            }
            EventData::Scalar { anchor, tag, value, style, .. } => {
                let is_plain = *style == ScalarStyle::Plain && tag.is_none();
                let text = if self.expects_key() || anchor.is_some() {
                    events.key(event, value, is_plain)
                } else {
                    String::new()
                };
                let parents = self.open.len() - usize::from(self.expects_key());
                self.leaf(NodeContent::Scalar, text, anchor.as_deref(), span);
                self.note_tag(tag.as_deref(), parents);
            }
            EventData::Alias { anchor } => {
                let target = self.anchors.get(anchor).cloned();
                let (node, text) = target.map_or((None, String::new()), |target| (Some(target.node), target.text));
                self.leaf(NodeContent::Alias(node), text, None, span);
            }
            EventData::SequenceStart { anchor, tag, .. } => {
                self.start(NodeContent::Sequence(Vec::new()), anchor.as_deref(), span);
                self.note_tag(tag.as_deref(), self.open.len() - 1);
            }
            EventData::MappingStart { anchor, tag, .. } => {
                self.start(NodeContent::Mapping(Vec::new()), anchor.as_deref(), span);
                self.note_tag(tag.as_deref(), self.open.len() - 1);
            }
            EventData::SequenceEnd | EventData::MappingEnd => self.close(Some(span.end)),
            EventData::StreamStart { .. } | EventData::DocumentEnd { .. } => {}
            EventData::StreamEnd => return ReadProgress::Ends,
        }
        if self.open.len() > DEEPEST_NESTING { ReadProgress::TooDeep } else { ReadProgress::Continues }
    }

    /// Notes the tag of a node if the reader ignores it and JSON does not have it. `parents` are the collections around
    /// the last node that the pointer names.
    fn note_tag(&mut self, tag: Option<&str>, parents: usize) {
        let Some(tag) = tag.filter(|tag| !tag.starts_with('!')) else { return };
        let own = tag.strip_prefix("tag:yaml.org,2002:");
        if own.is_some_and(|name| JSON_TAGS.contains(&name)) {
            return;
        }
        let tag = own.map_or_else(|| format!("!<{tag}>"), |name| format!("!!{name}"));
        self.positions.foreign_tags.push(ForeignTag { tag, pointer: self.pointer(parents) });
    }

    /// Returns whether the next node is a key.
    fn expects_key(&self) -> bool {
        self.open.last().is_some_and(|open| {
            open.key.is_none() && matches!(self.positions.nodes[open.node].content, NodeContent::Mapping(_))
        })
    }

    fn leaf(&mut self, content: NodeContent, text: String, anchor: Option<&str>, span: Span) {
        if self.expects_key() {
            if let Some(anchor) = anchor {
                let node = self.push(content, span);
                self.anchors.insert(anchor.to_owned(), AnchoredNode { node, text: text.clone() });
            }
            if let Some(open) = self.open.last_mut() {
                open.key = Some((text, span));
            }
            return;
        }
        let node = self.add(content, span);
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor.to_owned(), AnchoredNode { node, text });
        }
    }

    fn start(&mut self, content: NodeContent, anchor: Option<&str>, span: Span) {
        let is_key = self.expects_key();
        let node = if is_key { self.push(content, span) } else { self.add(content, span) };
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor.to_owned(), AnchoredNode { node, text: String::new() });
        }
        self.open.push(OpenCollection { node, key: None, is_key });
    }

    fn push(&mut self, content: NodeContent, span: Span) -> usize {
        self.positions.nodes.push(YamlNode { span, content });
        self.positions.nodes.len() - 1
    }

    /// Adds a value to the innermost open collection.
    fn add(&mut self, content: NodeContent, span: Span) -> usize {
        let node = self.push(content, span);
        if let Some(open) = self.open.last_mut() {
            match &mut self.positions.nodes[open.node].content {
                NodeContent::Sequence(items) => items.push(node),
                NodeContent::Mapping(entries) => {
                    if let Some((key, span)) = open.key.take() {
                        entries.push(MappingEntry { key, span, node });
                    }
                }
                NodeContent::Scalar | NodeContent::Alias(_) => {}
            }
        }
        node
    }

    fn close(&mut self, end: Option<LineColumn>) {
        let Some(OpenCollection { node, is_key, .. }) = self.open.pop() else {
            return;
        };
        if let Some(end) = end {
            self.positions.nodes[node].span.end = end;
        }
        self.sort(node);
        if is_key {
            let span = self.positions.nodes[node].span;
            if let Some(open) = self.open.last_mut() {
                open.key = Some((String::new(), span));
            }
        } else if self.open.is_empty() {
            self.positions.duplicates.sort_by_key(|duplicate| duplicate.again.start);
        }
    }

    /// Sorts the entries of a mapping, and notes duplicate keys.
    fn sort(&mut self, node: usize) {
        let NodeContent::Mapping(entries) = &mut self.positions.nodes[node].content else {
            return;
        };
        // Stable, so that of equal keys the first in the text stays the first.
        entries.sort_by(|left, right| left.key.cmp(&right.key));
        let mut first = 0;
        let mut found = Vec::new();
        for (index, entry) in entries.iter().enumerate().skip(1) {
            if entry.key != entries[first].key {
                first = index;
            } else if !entry.key.is_empty() {
                found.push((entry.key.clone(), entries[first].span, entry.span));
            }
        }
        if found.is_empty() {
            return;
        }
        let mapping = self.pointer(self.open.len());
        self.positions.duplicates.extend(found.into_iter().map(|(key, first, again)| DuplicateKey {
            key,
            mapping: mapping.clone(),
            first,
            again,
        }));
    }

    /// Returns the pointer of the last node within the outermost open collections.
    fn pointer(&self, collections: usize) -> String {
        self.open[..collections].iter().fold(String::new(), |pointer, open| {
            match &self.positions.nodes[open.node].content {
                NodeContent::Sequence(items) => join(&pointer, &items.len().saturating_sub(1).to_string()),
                NodeContent::Mapping(entries) => join(&pointer, entries.last().map_or("", |entry| &entry.key)),
                NodeContent::Scalar | NodeContent::Alias(_) => pointer,
            }
        })
    }
}

#[cfg(test)]
mod tests;
