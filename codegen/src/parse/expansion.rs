//! The limits of a YAML text before it is read: how deep it nests, and how far its aliases expand.
//!
//! The reader keeps a copy of an anchor's value for each alias, so that a short text could fill the memory. It also takes
//! quadratic time for brackets nested in each other.

use crate::diagnostics::yaml_events::{Notation, YamlEvents};
use crate::diagnostics::{Diagnostic, Place};
use libyaml_safer::EventData;
use std::collections::HashMap;

/// How deep collections may be nested. The reader has the same limit.
const MOST_LEVELS: usize = 128;

/// How many values aliases may add.
const MOST_VALUES: usize = 500_000;

/// How many bytes of text aliases may add.
const MOST_BYTES: usize = 50_000_000;

/// Returns an error if a text exceeds a limit. A text within the limits may still be wrong.
pub(super) fn check(text: &str) -> Option<Diagnostic> {
    if !may_nest_deep(text) && !may_have_aliases(text) {
        return None;
    }
    let mut expansion = Expansion::default();
    let mut events = YamlEvents::of(text.strip_prefix('\u{feff}').unwrap_or(text), Notation::Yaml);
    // The reader reports a syntax error.
    while let Some(event) = events.next() {
        if let Some((message, help)) = expansion.exceeds(&event.data) {
            let start = events.span(&event).start;
            let place = Place::Text { line: start.line, column: start.column };
            return Some(Diagnostic { place, ..Diagnostic::error("yaml", "", message).help(help) });
        }
        if matches!(event.data, EventData::StreamEnd) {
            return None;
        }
    }
    None
}

/// Returns the message and the help for collections that are nested too deep.
fn too_deep() -> (String, &'static str) {
    let message = format!("lists and mappings are nested more than {MOST_LEVELS} levels deep here");
    (message, "move inner parts to components, and refer to those with `$ref`")
}

/// Returns whether brackets may be nested too deep. It also counts those in texts.
fn may_nest_deep(text: &str) -> bool {
    let mut depth: usize = 0;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MOST_LEVELS
    })
}

/// Returns whether the text may have an anchor and an alias. Prose may look like them.
fn may_have_aliases(text: &str) -> bool {
    let has = |sign: u8| {
        text.as_bytes().windows(3).any(|part| {
            part[1] == sign
                && part[0].is_ascii_whitespace() | b"[{,".contains(&part[0])
                && !part[2].is_ascii_whitespace()
        })
    };
    has(b'&') && has(b'*')
}

/// The size of a value with its aliases expanded.
#[derive(Clone, Copy, Default)]
struct Size {
    values: usize,
    bytes: usize,
}

impl Size {
    fn add(&mut self, other: Self) {
        self.values = self.values.saturating_add(other.values);
        self.bytes = self.bytes.saturating_add(other.bytes);
    }
}

/// The sizes found so far.
#[derive(Default)]
struct Expansion {
    /// The open collections, each with its anchor.
    open: Vec<(Option<String>, Size)>,
    anchors: HashMap<String, Size>,
    /// The values and bytes that aliases add to the document.
    added: Size,
}

impl Expansion {
    /// Adds an event. Returns the message and the help if a limit is exceeded.
    fn exceeds(&mut self, event: &EventData) -> Option<(String, &'static str)> {
        match event {
            EventData::Scalar { anchor, value, .. } => self.add(anchor.clone(), Size { values: 1, bytes: value.len() }),
            EventData::SequenceStart { anchor, .. } | EventData::MappingStart { anchor, .. } => {
                self.open.push((anchor.clone(), Size { values: 1, bytes: 0 }));
                if self.open.len() > MOST_LEVELS {
                    return Some(too_deep());
                }
            }
            EventData::SequenceEnd | EventData::MappingEnd => {
                if let Some((anchor, size)) = self.open.pop() {
                    self.add(anchor, size);
                }
            }
            EventData::Alias { anchor } => {
                let size = self.anchors.get(anchor).copied().unwrap_or_default();
                self.added.add(size);
                self.add(None, size);
                if self.added.values > MOST_VALUES || self.added.bytes > MOST_BYTES {
                    let message =
                        format!("the repetition by aliases adds more than {MOST_VALUES} values or {MOST_BYTES} bytes");
                    return Some((message, "replace the aliases with components, and refer to those with `$ref`"));
                }
            }
            _ => {}
        }
        None
    }

    /// Adds a value to the collection around it.
    fn add(&mut self, anchor: Option<String>, size: Size) {
        if let Some(anchor) = anchor {
            self.anchors.insert(anchor, size);
        }
        if let Some((_, around)) = self.open.last_mut() {
            around.add(size);
        }
    }
}
