//! Every value that the reader accepts has a position, and the text there is that value.

use super::read;
use crate::diagnostics::positions::{LineColumn, NodeSpans, Positions, Span};
use crate::pointer::join;
use serde_json::Value;
use std::path::{Path, PathBuf};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures");

/// A text with its positions.
struct LocatedText<'t> {
    lines: Vec<&'t str>,
    positions: Positions,
}

impl LocatedText<'_> {
    /// Returns the first place at which a value or its key is not what the positions say.
    fn wrong(&self, pointer: &str, value: &Value) -> Option<String> {
        if self.positions.node(pointer).is_none() {
            return Some(format!("{pointer} has no position"));
        }
        let spans = self.positions.locate(pointer)?;
        if !self.is_at(value, spans) {
            return Some(format!("{pointer} is not {:?} at {spans:?}", self.text(spans.value)));
        }
        match value {
            Value::Object(members) => members.iter().find_map(|(name, member)| {
                let pointer = join(pointer, name);
                let key = self.positions.locate(&pointer)?.key.map(|key| self.text(key)).unwrap_or_default();
                if !is_key(&key, name) {
                    return Some(format!("the key of {pointer} is not {key:?}"));
                }
                self.wrong(&pointer, member)
            }),
            Value::Array(items) => {
                let mut items = items.iter().enumerate();
                items.find_map(|(index, item)| self.wrong(&join(pointer, &index.to_string()), item))
            }
            _ => None,
        }
    }

    fn is_at(&self, value: &Value, NodeSpans { value: span, container, .. }: NodeSpans) -> bool {
        let text = self.text(span);
        if text.starts_with('*') {
            return true;
        }
        match value {
            Value::Object(members) => {
                let first = members.keys().next().map(String::as_str).unwrap_or_default();
                let is_block = ["? ", "<<", "!!map", "&", first].iter().any(|start| text.starts_with(start));
                container && (text.starts_with(['{', '"', '\'']) || is_block || first.parse::<u64>().is_ok())
            }
            Value::Array(_) => container && text.starts_with(['[', '-', '&', '!']),
            _ => !container && is_scalar(&text, value),
        }
    }

    fn text(&self, Span { start, end }: Span) -> String {
        let LineColumn { line: first, column } = start;
        let lines = (first..=end.line).map(|line| {
            let characters = self.lines.get(line - 1).copied().unwrap_or_default().chars();
            let skipped = if line == first { column - 1 } else { 0 };
            let taken = if line == end.line { end.column - 1 } else { usize::MAX };
            characters.take(taken).skip(skipped).collect::<String>()
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn is_key(text: &str, name: &str) -> bool {
    text.starts_with('*') || is_scalar(text, &Value::String(name.to_owned())) || {
        read(&format!("{{{text}: 1}}")).is_ok_and(|object| object.get(name).is_some())
    }
}

/// Returns whether a text is a scalar, or the lines of one.
fn is_scalar(text: &str, value: &Value) -> bool {
    let written = read(&format!("v: {text}")).or_else(|_| read(&format!("{{\"v\": {text}}}")));
    let letters = |text: &str| text.chars().filter(|letter| !letter.is_whitespace()).collect::<String>();
    written.is_ok_and(|written| written["v"] == *value)
        || value.as_str().is_some_and(|value| letters(value) == letters(text))
}

#[track_caller]
fn assert_positions(name: &str, text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Ok(value) = read(text) else { return false };
    let positions = Positions::of(text);
    assert_eq!(positions.end(), None, "{name}: the positions end before the text");
    let normal = text.replace("\r\n", "\n").replace('\r', "\n");
    let located = LocatedText { lines: normal.split('\n').collect(), positions };
    assert_eq!(located.wrong("", &value), None, "{name}: {text}");
    true
}

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is part of the repository") {
        let path = entry.expect("it can be listed").path();
        if path.is_dir() {
            documents(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "json") {
            found.push(path);
        }
    }
}

#[test]
fn every_value_of_every_fixture_has_its_position() {
    let mut paths = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/chatkit.yaml"))];
    documents(Path::new(FIXTURES), &mut paths);
    let read = paths.iter().filter(|path| {
        let text = std::fs::read_to_string(path).expect("fixtures are UTF-8");
        assert_positions(&path.display().to_string(), &text)
    });
    assert!(read.count() > 50);
}

#[test]
fn every_notation_has_its_positions() {
    for text in [
        // libyaml accepts brackets at the column of the key.
        "a:\n  b: [\n    x,\n    y\n  ]\n  c: 1\n",
        "a:\n  b: {\n  x: 1,\n  y: 2\n  }\nc: 1\n",
        "a: [\nx\n]\nb: 1\n",
        "a: \"x\ny\"\nb: 1\n",
        "a: &a {k: 1}\nb: *a\nc: {<<: *a, d: [*a]}\n",
        "0x10: a\nTrue: b\n+5: c\n0o17: d\n010: e\n-1: f\n'0x11': g\n",
        "&k key: 1\nother: {*k : 2}\n",
        "a: |\n  text\n\n  more\nb: >-\n  folded\n  text\nc: |2\n   deep\nd: |\n  end",
        "a: 'it''s'\nb: \"\\u00e9\\x41\"\nc: plain\n  more\nd:\ne: ~\n",
        "a: {b: [{c: [[1], {d: 2}]}]}\n",
        "%YAML 1.1\n---\na: 1\n...\n",
        "? a\n: 1\n? b\n: - 2\n",
        "a: !!str 1\nb: !!map {c: !!seq [1]}\n!!str d: 1\n",
        "a:\r\n- b: ü\r\n  c: 1\r\n- d\r\n",
        "a: x\u{2028}  y\nb: 1\n",
        "\u{feff}a: 1\nb: 2\n",
        "{\n\t\"a\": [1,\t2],\n\t\"\\ud83d\\ude00\": {\"b\\/c\": \"\u{7f}\"}\n}\n",
        "{\"a\": \"!x, !!y,z\", \"b\": 1}",
        "a: hello !x, you\nb: [1, '!y,', z]\n",
    ] {
        assert!(assert_positions("text", text), "the reader refuses {text:?}");
    }
}

#[test]
fn every_accepted_mutation_has_its_positions() {
    const SEED: &str =
        "a: [\n  x, 'y'\n  ]\nb: &b\n  - k: {l: 1, \"m\": 2}\n    n: |\n      text\n  - *b2\nc: {<<: *m}\n";
    const PARTS: [&str; 24] = [
        "[", "]", "{", "}", ",", ": ", ":", "- ", "? ", "\n", "\r\n", "  ", "'", "\"", "|", "# ", "&m ", "*m",
        "!!str ", "!t,", "\\", "é", "\u{85}", "\t",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).unwrap_or_default()
    };
    let mut accepted = 0;
    for _ in 0..5_000 {
        let mut text: Vec<char> = SEED.replace("*b2", "o").replace("*m", "{p: 1}").chars().collect();
        for _ in 0..=below(3) {
            let at = below(text.len());
            let end = if below(2) == 0 { (at + 1 + below(4)).min(text.len()) } else { at };
            text.splice(at..end, PARTS[below(PARTS.len())].chars());
        }
        let text: String = text.into_iter().collect();
        // Some line breaks of YAML 1.1 are characters within a line elsewhere, so only the existence counts here.
        if let Ok(value) = read(&text) {
            accepted += 1;
            let positions = Positions::of(&text);
            let mut all = vec![(String::new(), &value)];
            while let Some((pointer, value)) = all.pop() {
                assert!(positions.node(&pointer).is_some(), "{pointer} of {text:?}");
                match value {
                    Value::Object(members) => {
                        all.extend(members.iter().map(|(key, value)| (join(&pointer, key), value)));
                    }
                    Value::Array(items) => {
                        let items = items.iter().enumerate();
                        all.extend(items.map(|(index, item)| (join(&pointer, &index.to_string()), item)));
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(accepted > 500, "{accepted}");
}
