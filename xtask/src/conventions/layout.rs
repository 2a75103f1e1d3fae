//! The layout of the text, and the order of the keys of schemas.

use super::convention::{Convention, ConventionReport};
use super::spec_document::SpecDocument;
use super::text_lines::{TextLine, text_lines};

pub(super) const LINE_LENGTH: Convention =
    Convention { name: "line-length", summary: "A line has at most 120 characters", judge: line_length };

pub(super) const BLOCK_STYLE: Convention = Convention {
    name: "block-style",
    summary: "Mappings and lists are in block style, unless they are empty",
    judge: block_style,
};

pub(super) const INDENTATION: Convention = Convention {
    name: "indentation",
    summary: "Each level is indented by two spaces, the items of a list too",
    judge: indentation,
};

pub(super) const KEY_ORDER: Convention = Convention {
    name: "key-order",
    summary: "The keys of a schema have a fixed order, with extensions anywhere among them",
    judge: key_order,
};

const MAX_LENGTH: usize = 120;

/// The first keys of a schema. Keys that constrain the value follow, and then the last ones.
const FIRST_KEYS: [&str; 5] = ["type", "format", "nullable", "description", "required"];

const LAST_KEYS: [&str; 2] = ["default", "example"];

/// Keys that the order does not mention.
const UNORDERED_KEYS: [&str; 6] = ["title", "deprecated", "readOnly", "writeOnly", "externalDocs", "xml"];

fn line_length(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for (index, line) in document.text.lines().enumerate() {
        let length = line.chars().count();
        if length > MAX_LENGTH {
            let message = format!("this line has {length} characters, of at most {MAX_LENGTH}");
            report.text(index + 1, MAX_LENGTH + 1, message, "break the line, in prose by `>-` or `|`");
        }
    }
}

fn block_style(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for line in text_lines(document.text) {
        let (column, value) = line.value;
        let value = value.split(" #").next().unwrap_or_default().trim_end();
        if value.starts_with(['{', '[']) && !["{}", "[]"].contains(&value) {
            let help = "write one key or item a line";
            report.text(line.number, column + 1, "this value is in flow style", help);
        }
    }
}

fn indentation(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    const HELP: &str = "indent each level by two spaces, and the items of a list by two more than their key";
    let mut previous: Option<TextLine<'_>> = None;
    for line in text_lines(document.text) {
        let above = previous.as_ref();
        let deepest = above.map_or(0, |above| above.column + 2);
        let is_item_beside_its_key = line.column > line.indent
            && above.is_some_and(|above| above.column == line.indent && above.value.1.is_empty());
        if line.indent % 2 != 0 || line.indent > deepest || is_item_beside_its_key {
            let message = format!("this line is indented by {} spaces", line.indent);
            report.text(line.number, line.indent + 1, message, HELP);
        }
        if line.block.is_some_and(|block| block != line.column + 2) {
            report.text(line.number, line.column + 1, "the text below is not indented by two spaces", HELP);
        }
        previous = Some(line);
    }
}

fn key_order(document: &SpecDocument<'_>, report: &mut ConventionReport) {
    for node in document.schemas() {
        let keys = node.object.keys().filter_map(|key| Some((key, rank(key)?)));
        let mut last: Option<(&String, usize)> = None;
        for (key, rank) in keys {
            match last {
                Some((before, highest)) if highest > rank => {
                    let help = "keep this order: `type`, `format`, `nullable`, `description`, `required`, constraints, \
                                `default`, `example`";
                    report.key(&node.at(key), format!("`{key}` comes after `{before}`"), help);
                }
                _ => last = Some((key, rank)),
            }
        }
    }
}

/// Returns the position of a key among the keys of a schema, or `None` if it may be anywhere.
fn rank(key: &str) -> Option<usize> {
    if key.starts_with("x-") || UNORDERED_KEYS.contains(&key) {
        return None;
    }
    let first = FIRST_KEYS.iter().position(|known| *known == key);
    let last = || LAST_KEYS.iter().position(|known| *known == key).map(|at| FIRST_KEYS.len() + 1 + at);
    Some(first.or_else(last).unwrap_or(FIRST_KEYS.len()))
}
