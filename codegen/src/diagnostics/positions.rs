//! Finds the lines and columns of JSON pointers.
//!
//! The first parse of the text keeps no positions. This second parse runs only if there is a place to show.

use crate::pointer::{join, segments};
use saphyr_parser::{Event, Marker, Parser, ScanError};
use std::collections::HashMap;

/// A position in the text: line and column, both counted from 1, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LineColumn {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A part of the text. The end is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: LineColumn,
    pub(crate) end: LineColumn,
}

impl Span {
    fn of(span: saphyr_parser::Span) -> Self {
        Self { start: LineColumn::of(span.start), end: LineColumn::of(span.end) }
    }
}

impl LineColumn {
    fn of(marker: Marker) -> Self {
        Self { line: marker.line().max(1), column: marker.col() + 1 }
    }
}

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

/// The positions of all nodes of a document.
#[derive(Debug, Default)]
pub(crate) struct Positions {
    nodes: Vec<YamlNode>,
    duplicates: Vec<DuplicateKey>,
    second_document: Option<LineColumn>,
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
        // Unlike YAML, JSON has surrogate escapes. Here only their length matters, not their value.
        let replaced = text.contains("\\u").then(|| without_surrogates(text));
        let mut builder = PositionsBuilder::default();
        let mut parser = Parser::new_from_str(replaced.as_deref().unwrap_or(text));
        while let Some(Ok(())) = builder.step(parser.next_event()) {}
        while !builder.open.is_empty() {
            builder.close(None);
        }
        builder.positions
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
        let mut location = self.location(0, None)?;
        let mut node = 0;
        for segment in segments(pointer) {
            let Some((child, key)) = self.child(node, &segment, 0) else {
                break;
            };
            location = self.location(child, key)?;
            node = child;
        }
        Some(location)
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

/// Returns the end of a collection: after its bracket, if it has one. The span of the bracket also includes the blanks
/// after it.
fn end(span: saphyr_parser::Span) -> LineColumn {
    let LineColumn { line, column } = LineColumn::of(span.start);
    LineColumn { line, column: column + usize::from(!span.is_empty()) }
}

/// Returns the first entry of a key.
fn entry<'a>(entries: &'a [MappingEntry], key: &str) -> Option<&'a MappingEntry> {
    let start = entries.partition_point(|entry| entry.key.as_str() < key);
    entries.get(start).filter(|entry| entry.key == key)
}

/// Replaces surrogate escapes such as `\ud83d` by an escape of the same length.
fn without_surrogates(text: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("\\u") {
        let (before, after) = rest.split_at(start);
        replaced.push_str(before);
        let surrogate = after
            .get(2..6)
            .is_some_and(|digits| u32::from_str_radix(digits, 16).is_ok_and(|code| (0xd800..0xe000).contains(&code)));
        if surrogate {
            replaced.push_str("\\uFFFD");
            rest = &after[6..];
        } else {
            replaced.push_str("\\u");
            rest = &after[2..];
        }
    }
    replaced.push_str(rest);
    replaced
}

/// Builds the nodes from the events of the parser.
#[derive(Default)]
struct PositionsBuilder {
    positions: Positions,
    /// The collections around the next node.
    open: Vec<OpenCollection>,
    anchors: HashMap<usize, usize>,
    documents: usize,
}

struct OpenCollection {
    node: usize,
    /// The key whose value comes next, in a mapping.
    key: Option<(String, Span)>,
    /// Whether the collection is itself a key, which JSON does not have.
    is_key: bool,
}

impl PositionsBuilder {
    /// Adds an event. Stops at a syntax error and at the end of the first document.
    fn step(&mut self, event: Option<Result<(Event<'_>, saphyr_parser::Span), ScanError>>) -> Option<Result<(), ()>> {
        let Ok((event, span)) = event? else {
            return Some(Err(()));
        };
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.positions.second_document = Some(LineColumn::of(span.start));
                    return None;
                }
            }
            Event::Scalar(text, _, anchor, _) => self.leaf(NodeContent::Scalar, Some(&text), anchor, Span::of(span)),
            Event::Alias(anchor) => {
                let target = self.anchors.get(&anchor).copied();
                self.leaf(NodeContent::Alias(target), None, 0, Span::of(span));
            }
            Event::SequenceStart(anchor, _) => self.start(NodeContent::Sequence(Vec::new()), anchor, Span::of(span)),
            Event::MappingStart(anchor, _) => self.start(NodeContent::Mapping(Vec::new()), anchor, Span::of(span)),
            Event::SequenceEnd | Event::MappingEnd => self.close(Some(end(span))),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
        }
        Some(Ok(()))
    }

    /// Returns whether the next node is a key.
    fn expects_key(&self) -> bool {
        self.open.last().is_some_and(|open| {
            open.key.is_none() && matches!(self.positions.nodes[open.node].content, NodeContent::Mapping(_))
        })
    }

    fn leaf(&mut self, content: NodeContent, text: Option<&str>, anchor: usize, span: Span) {
        if self.expects_key()
            && let Some(open) = self.open.last_mut()
        {
            open.key = Some((text.unwrap_or_default().to_owned(), span));
            return;
        }
        self.add(content, anchor, span);
    }

    fn start(&mut self, content: NodeContent, anchor: usize, span: Span) {
        let is_key = self.expects_key();
        let node = if is_key { self.push(content, span) } else { self.add(content, anchor, span) };
        self.open.push(OpenCollection { node, key: None, is_key });
    }

    fn push(&mut self, content: NodeContent, span: Span) -> usize {
        self.positions.nodes.push(YamlNode { span, content });
        self.positions.nodes.len() - 1
    }

    /// Adds a value to the innermost open collection.
    fn add(&mut self, content: NodeContent, anchor: usize, span: Span) -> usize {
        let node = self.push(content, span);
        if anchor > 0 {
            self.anchors.insert(anchor, node);
        }
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
        let mapping = self.pointer();
        self.positions.duplicates.extend(found.into_iter().map(|(key, first, again)| DuplicateKey {
            key,
            mapping: mapping.clone(),
            first,
            again,
        }));
    }

    /// Returns the pointer of the collection that was closed last.
    fn pointer(&self) -> String {
        self.open.iter().fold(String::new(), |pointer, open| match &self.positions.nodes[open.node].content {
            NodeContent::Sequence(items) => join(&pointer, &items.len().saturating_sub(1).to_string()),
            NodeContent::Mapping(entries) => join(&pointer, entries.last().map_or("", |entry| &entry.key)),
            NodeContent::Scalar | NodeContent::Alias(_) => pointer,
        })
    }
}

#[cfg(test)]
mod tests;
